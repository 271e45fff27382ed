"""Runs our own program over the suite within this process and writes ``SCORE.md``."""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from conformance.run import HERE, Programs, manifest, measure, results, table
from jiheng.auditing import audit
from jiheng.budget import exchange
from jiheng.reading import read
from jiheng.reading.result import Reading

_HEAD = """# The score of 绩衡

Written by `python -m conformance.score`; what the figures mean is in [README.md](README.md).

"""


def rules() -> dict[str, list[str]]:
    """Our rules -> kinds of error."""
    found: dict[str, list[str]] = json.loads((HERE / "jiheng_rules.json").read_text(encoding="utf-8"))
    return found


@cache
def _read(file: Path) -> Reading:
    return read(file.read_bytes(), name=file.name)


def reads(file: Path) -> Any:
    """What ``jiheng read --json`` prints."""
    return exchange.to_builtins(_read(file).documents)


def audits(file: Path) -> Any:
    """What ``jiheng audit --json`` prints."""
    return msgspec.to_builtins(audit(_read(file).documents).findings)


def compares(file: Path, previous: Path) -> Any:
    """What ``jiheng audit --json --previous`` prints."""
    found = audit(_read(file).documents, previous=_read(previous).documents)
    return msgspec.to_builtins(found.findings)


def score() -> str:
    """The page of our score."""
    return _HEAD + table(results(measure(manifest(), Programs(reads, audits, compares, rules()))))


if __name__ == "__main__":
    page = score()
    (HERE / "SCORE.md").write_text(page, encoding="utf-8")
    sys.stdout.write(page)
