"""Goal forms of many provinces: every variant met in the field, with its traps."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from jiheng.reading.coverage import LeftOver
from jiheng.reading.layouts.document import read_documents
from tests.conftest import ROOT
from tests.reading.layouts.grids import blocks_of

FORMS = sorted((ROOT / "tests" / "data" / "forms").glob("*.txt"))


def load(path: Path) -> tuple[list[Any], dict[str, Any]]:
    grid, _, expected = path.read_text(encoding="utf-8").partition("\n===\n")
    ragged = grid.startswith("ragged\n")
    lines = {}
    for line in expected.splitlines():
        key, _, value = line.partition(" = ")
        lines[key] = tomllib.loads(f"value = {value}")["value"]
    return blocks_of(grid.removeprefix("ragged\n"), ragged=ragged), lines


def at(node: Any, path: str) -> Any:
    """The value at ``path``; "#" gathers it from every item of a list, "" for what is absent."""
    step, _, rest = path.partition(".")
    if step == "#":
        return [at(item, rest) for item in node]
    if node is None:
        return ""
    found = node[int(step)] if isinstance(node, list) else node[step]
    if not rest:
        return "" if found is None else found
    return at(found, rest)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_is_read(path):
    blocks, expected = load(path)
    documents, unread, _ = read_documents(blocks)
    assert [found.text for found in unread if found.kind is LeftOver.UNKNOWN] == []
    (document,) = msgspec.to_builtins(documents)
    assert {key: at(document, key) for key in expected} == expected
