"""Findings that a person has explained: they stay listed, with who and why, and no longer count."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from jiheng.auditing.toml_files import load_toml
from jiheng.budget import BudgetDocument, Finding, Item, follow, normalise, text_at
from jiheng.errors import InvalidSettings

_CALLED: Final = ("code", "name", "title", "heading", "term", "label", "level3", "text")
"""Fields by which an item of a list is told from its neighbours."""


class Waiver(msgspec.Struct, frozen=True, kw_only=True):
    """An explanation of one finding.

    Attributes:
        key: of the finding (``key_of``). It outlives reading the file again and handing in a new version, and lapses
            when another value stands there, or in what it was held against.
    """

    key: str
    rule: str
    reason: str
    who: str
    made_on: date


class Waived(msgspec.Struct, frozen=True):
    """A finding with its explanation."""

    finding: Finding
    waiver: Waiver


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    waiver: list[Waiver] = []


def key_of(finding: Finding, document: BudgetDocument) -> str:
    """What names a finding however often its document is read.

    Body, year, rule, project, indicator, item and field say what it is about; the figures, and the texts of every
    value that takes part, what was explained. Numbers of rows do not count: a project may be put before another.
    """
    path = finding.path or ""
    field = ".".join(step for step in path.split(".") if not step.isdigit())
    parts = [
        finding.rule, _body(document), str(document.fiscal_year), document.kind.value, finding.project,
        finding.indicator, _item(document, path), field, finding.stated, finding.computed, finding.difference,
        *(text_at(document, one) for one in (path, *finding.related)),
    ]  # fmt: skip
    text = "\x1f".join(normalise(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _body(document: BudgetDocument) -> str | None:
    """Whose document it is; one that does not say so is told from others by its title, or its first project."""
    named = document.department.name if document.department else None
    first = next((project for _, project in document.goal_tables()), None)
    return named or document.issuer or document.title or (first.code or first.label if first else None)


def _item(document: BudgetDocument, path: str) -> str:
    """What the item of a list is called that a path leads through: its code, name, title or text."""
    for node in reversed(follow(document, path)):
        if isinstance(node, str):
            return node
        called = [text for field in _CALLED if isinstance(text := getattr(node, field, None), str)]
        if called and isinstance(node, Item):
            return "\x1e".join(called)
    return ""


def parted(findings: Iterable[Finding], waivers: Sequence[Waiver]) -> tuple[list[Finding], list[Waived]]:
    """The findings that nobody has explained, and those that somebody has."""
    known = {(waiver.key, waiver.rule): waiver for waiver in waivers}
    left: list[Finding] = []
    waived: list[Waived] = []
    for finding in findings:
        waiver = known.get((finding.key, finding.rule))
        if waiver is None:
            left.append(finding)
        else:
            waived.append(Waived(finding, waiver))
    return left, waived


def load_waivers(path: Path) -> list[Waiver]:
    """The explanations in a TOML file: ``[[waiver]]`` with key, rule, reason, who and made_on.

    Raises:
        InvalidSettings: it cannot be read.
    """
    remedy = "每条写 key、rule、reason、who 和 made_on，如 made_on = 2024-01-31。"
    stored = load_toml(path, _File, "说明文件", remedy)
    empty = next(
        (waiver for waiver in stored.waiver if not (waiver.reason.strip() and waiver.who.strip())), None
    )
    if empty is not None:
        raise InvalidSettings(f"对 {empty.rule} 的说明没有理由或姓名。", place=str(path), remedy="请补写。")
    return stored.waiver
