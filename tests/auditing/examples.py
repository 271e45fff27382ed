"""``make docs``: writes what the catalogue of rules takes from the cases that test them, and the catalogue itself."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec

from jiheng.auditing import all_rules, audit
from jiheng.auditing.catalogue import EXAMPLES, Example, entries, markdown
from tests.auditing.builders import document

ROOT = Path(__file__).resolve().parents[2]
CASES = Path(__file__).with_name("cases")
STORED = ROOT / "src" / "jiheng" / "auditing" / EXAMPLES
CATALOGUE = ROOT / "docs" / "规则目录.md"


def examples() -> dict[str, Example]:
    """Of every rule the first finding of the first case that fires."""
    found: dict[str, Example] = {}
    for rule in all_rules():
        cases = tomllib.loads((CASES / f"{rule.id}.toml").read_text(encoding="utf-8"))["case"]
        case = next(case for case in cases if case["finds"])
        documents = [document(table) for table in case.get("documents") or [case["document"]]]
        earlier = [document(table) for table in case.get("previous", [])]
        library = [document(table) for table in case.get("library", [])]
        finding = audit(documents, previous=earlier, library=library, rules=[rule]).findings[0]
        found[rule.id] = Example(finding.message, kept(cases), bool(finding.mends))
    return found


def kept(cases: list[dict[str, Any]]) -> str:
    """How the rule is kept, in the words of the sound case that shows it; "" where none says it yet."""
    return next((case["keeps"] for case in cases if "keeps" in case and not case["finds"]), "")


def encoded(found: dict[str, Example]) -> bytes:
    """As it is stored."""
    return msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n"


if __name__ == "__main__":
    STORED.write_bytes(encoded(examples()))
    CATALOGUE.write_text(markdown(entries()), encoding="utf-8")
