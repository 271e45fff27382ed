"""Goal forms of many provinces: every variant met in the field, with its traps."""

from __future__ import annotations

import msgspec
import pytest

from jiheng.reading.coverage import LeftOver
from jiheng.reading.layouts.document import read_documents
from tests.conftest import ROOT
from tests.reading.layouts.grids import at, load

FORMS = sorted((ROOT / "tests" / "data" / "forms").glob("*.txt"))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_is_read(path):
    blocks, expected = load(path)
    documents, unread, _ = read_documents(blocks)
    assert [found.text for found in unread if found.kind is LeftOver.UNKNOWN] == []
    (document,) = msgspec.to_builtins(documents)
    assert {key: at(document, key) for key in expected} == expected
