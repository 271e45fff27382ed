"""The catalogue of rules: what each checks, how bad a breach is, on what it rests, and what a finding looks like."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Final

import msgspec

from jiheng.auditing.registry import FAMILY_TITLES, Rule, all_rules
from jiheng.auditing.thresholds import stored_thresholds, threshold_titles
from jiheng.standards.regulations import cite, regulation

EXAMPLES: Final = "examples.json"
"""Rule -> the message of a finding of it, made from the cases that test the rule (``make docs``)."""


class Entry(msgspec.Struct, frozen=True):
    """A rule as people look it up.

    Attributes:
        basis: regulation, article and gist.
        example: the message of a finding, with its figures.
        keeps: what would keep the rule in that place, as it would be written.
        is_mendable: whether the example came with values that put it right.
    """

    rule: Rule
    basis: str
    example: str
    keeps: str
    is_mendable: bool

    @property
    def family(self) -> str:
        """What its family is about."""
        return FAMILY_TITLES.get(self.rule.family, self.rule.family)


class Example(msgspec.Struct, frozen=True):
    """A finding of a rule."""

    message: str
    keeps: str = ""
    is_mendable: bool = False


def entries() -> list[Entry]:
    """All rules, by family in the order of ``FAMILY_TITLES`` and then by id."""
    known = _examples()
    order = list(FAMILY_TITLES)

    def place(rule: Rule) -> tuple[int, str]:
        return (order.index(rule.family) if rule.family in order else len(order), rule.id)

    nothing = Example("")
    return [
        Entry(
            rule,
            cite(rule.basis, rule.article),
            (found := known.get(rule.id, nothing)).message,
            found.keeps,
            found.is_mendable,
        )
        for rule in sorted(all_rules(), key=place)
    ]


class Bound(msgspec.Struct, frozen=True):
    """A bound that a department may set: where it stands in the settings, its value, and what it is."""

    family: str
    name: str
    value: str
    title: str

    @property
    def key(self) -> str:
        """ "costs.warn_above"."""
        return f"{self.family}.{self.name}"


def bounds() -> list[Bound]:
    """All bounds, as they come with the program."""
    titles = threshold_titles()
    return [
        Bound(family, name, _written(value), titles[family][name])
        for family, found in stored_thresholds().items()
        for name, value in found.items()
    ]


def _written(value: object) -> str:
    """A bound as TOML has it, a long list cut short."""
    if not isinstance(value, list):
        return str(value)
    shown = "、".join(str(one) if isinstance(one, str) else _inner(one) for one in value[:4])
    return f"{shown}等 {len(value)} 项" if len(value) > 4 else shown


def _inner(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(f"{name} {number}" for name, number in value.items())
    return "/".join(map(str, value)) if isinstance(value, list) else str(value)


def markdown(found: Sequence[Entry]) -> str:
    """The catalogue as a page of Markdown, in Chinese."""
    lines = [
        "# 规则目录",
        "",
        f"审核规则共 {len(found)} 条，由规则的声明生成（`make docs`），不手工修改。“错误”是前后矛盾或违反规定，“警告”很可能有误，“提示”值得一看。"
        "依据后标“（待核对原文）”的，没有见到原文。能直接改正的，可用 `jiheng mend` 或在网页上一次采用。",
        "",
        "| 类别 | 规则数 | 错误 | 警告 | 提示 |",
        "|---|---|---|---|---|",
    ]
    families = [(family, list(rules)) for family, rules in groupby(found, key=lambda entry: entry.family)]
    for family, rules in families:
        counts = [
            sum(entry.rule.severity.value == name for entry in rules)
            for name in ("error", "warning", "notice")
        ]
        lines.append(f"| {family} | {len(rules)} | {' | '.join(map(str, counts))} |")
    for family, rules in families:
        lines += ["", f"## {family}", ""]
        for entry in rules:
            lines += _section(entry)
    return "\n".join([*lines, *_bounds()]).rstrip() + "\n"


def _bounds() -> list[str]:
    """The bounds that a department may set, as a table."""
    lines = [
        "", "## 可调的界限", "",
        "写在审核设置（TOML）的 `[thresholds.组]` 下，或某一地区的 `[division.区划代码.thresholds.组]` 下。", "",
        "| 组 | 界限 | 默认 | 含义 |", "|---|---|---|---|",
    ]  # fmt: skip
    return lines + [f"| {one.family} | {one.name} | {one.value} | {one.title} |" for one in bounds()]


def _section(entry: Entry) -> list[str]:
    rule = entry.rule
    mendable = "，能直接改正" if entry.is_mendable else ""
    lines = [
        f"### {rule.id} {rule.title}",
        "",
        f"- 程度：{rule.severity.label}{mendable}",
        f"- 依据：{entry.basis}",
    ]
    if regulation(rule.basis).is_convention:
        lines[-1] += "（通行格式，非法规）"
    if entry.example:
        lines.append(f"- 例：{entry.example}")
    if entry.keeps:
        lines.append(f"- 合规的写法：{entry.keeps}")
    return [*lines, ""]


@cache
def _examples() -> dict[str, Example]:
    stored = files("jiheng.auditing").joinpath(EXAMPLES)
    return msgspec.json.decode(stored.read_bytes(), type=dict[str, Example]) if stored.is_file() else {}
