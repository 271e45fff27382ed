"""WORD: numbers of chapters, items and goal tables follow one another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from jiheng.auditing.prose import corpus
from jiheng.auditing.registry import Gap, rule
from jiheng.budget import BudgetDocument, Project, Severity, normalise

_HAN = "一二三四五六七八九十"
_LEADING = (
    (re.compile(rf"^\s*[（(]([{_HAN}]{{1,3}})[)）]"), "（{}）"),
    (re.compile(rf"^\s*([{_HAN}]{{1,3}})、"), "{}、"),
    (re.compile(r"^\s*(\d{1,2})\s*[.．、](?!\d)"), "{}."),
)
# Within one text: "1、…；2、…" and "一是…；二是…"; each with what it is looked for by in all texts at once.
_INNER = (
    (re.compile(r"(?:^|[。；;：:\s])(\d{1,2})[、.．](?!\d)"), re.compile(r"[、.．](?<=\d[、.．])(?!\d)")),
    (re.compile(rf"(?:^|[。；;：:，,\s])([{_HAN}])是"), re.compile(rf"是(?<=[{_HAN}]是)")),
)


def _number(text: str) -> int:
    """一 to 九十九, or digits."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _HAN.index(text[-1]) + 1
    return 10 * (_HAN.index(tens) + 1 if tens else 1) + (_HAN.index(ones) + 1 if ones else 0)


def _break(numbers: Iterable[int]) -> tuple[int, int, int] | None:
    """Where numbers do not follow: position, the one before and the one there; a new 1 begins a new list."""
    for at, (before, here) in enumerate(pairwise(numbers), 1):
        if here not in (before + 1, 1):
            return at, before, here
    return None


@rule(
    "WORD-004", title="序号连续", severity=Severity.NOTICE, basis="gb-t-9704-2012", article="结构层次", checks=("F02",),
)  # fmt: skip
def items_are_numbered_without_gap(document: BudgetDocument) -> Iterator[Gap]:
    """Items that begin with numbers ((一), (二), …) have each number once and in order; so have itemised goals."""
    for field in ("duties", "overall_goal"):
        items = getattr(document, field)
        for pattern, form in _LEADING:
            found = [(index, match[1]) for index, text in enumerate(items) if (match := pattern.match(text))]
            if len(found) < 2:
                continue
            broken = _break(_number(text) for _, text in found)
            if broken is not None:
                at = broken[0]
                before, here = form.format(found[at - 1][1]), form.format(found[at][1])
                yield _gap(f"{field}.{found[at][0]}", before, here)
            break
    goals = [(index, goal.number) for index, goal in enumerate(document.sub_goals) if goal.number is not None]
    broken = _break(number for _, number in goals)
    if broken is not None:
        at, before_, here_ = broken
        yield _gap(f"sub_goals.{goals[at][0]}.title", f"（{before_}）", f"（{here_}）")


def _gap(path: str, before: str, here: str) -> Gap:
    return Gap(
        path=path,
        message=f"序号“{before}”之后是“{here}”{'，重复' if before == here else '，不连续'}",
        remedy="核对是否漏项，更正序号",
        stated=here,
    )


_TABLE: Final = re.compile(rf"^(?:附|公开)?表?0*(\d{{1,2}}|[{_HAN}]{{1,3}})(?:表)?$")


@rule(
    "WORD-014", title="公开表的表号不重复", severity=Severity.NOTICE, basis="gb-t-9704-2012", article="结构层次",
    checks=("F02", "D40"),
)  # fmt: skip
def tables_have_numbers_of_their_own(document: BudgetDocument) -> Iterator[Gap]:
    """Two tables that follow one another and are of different kinds do not have one number."""
    for index, (before, here) in enumerate(pairwise(document.tables), 1):
        if before.number is None or before.number != here.number or before.issuer != here.issuer:
            continue
        if before.kind is None or here.kind is None or before.kind is here.kind:
            continue
        if not _TABLE.match(normalise(here.number)):
            continue
        yield Gap(
            path=f"tables.{index}.number",
            message=f"《{before.title or ''}》和《{here.title or ''}》的表号都是“{here.number}”",
            remedy="更正表号，并核对目录",
            stated=here.number,
            related=(f"tables.{index - 1}.number",),
        )


@rule(
    "WORD-005", title="文中的序号连续", severity=Severity.NOTICE, basis="gb-t-9704-2012", article="结构层次",
    checks=("F02",),
)  # fmt: skip
def numbers_within_a_text_follow(document: BudgetDocument) -> Iterator[Gap]:
    """Numbers within one text ("1、…2、…", "一是…二是…") begin with one and follow without a gap."""
    for pattern, looked_for in _INNER:
        for path, text in corpus(document).holding(looked_for):
            if ".indicators." in path:
                continue
            found = pattern.findall(text)
            numbers = [_number(one) for one in found]
            if len(numbers) < 3 or numbers[0] != 1:
                continue
            broken = _break(numbers)
            if broken is not None:
                at = broken[0]
                yield _gap(path, found[at - 1], found[at])


@rule(
    "WORD-006", title="绩效目标表的序号连续", severity=Severity.WARNING, basis="form-performance-text", article="目录",
    checks=("D40",),
)  # fmt: skip
def goal_tables_are_numbered_in_order(document: BudgetDocument) -> Iterator[Gap]:
    """The numbers before the headings of goal tables count the tables; a table without a number is counted, too."""
    for field, projects in (("special_funds", document.special_funds), ("projects", document.projects)):
        before: tuple[int, Project] | None = None
        for index, project in enumerate(projects):
            number = project.number
            if number is None:
                continue
            if before is not None and number != 1:
                last, other = before
                due = (other.number or 0) + index - last
                if number != due:
                    yield Gap(
                        path=f"{field}.{index}.heading",
                        message=f"“{other.label}”的序号是 {other.number}，其后第 {index - last} 张表“{project.label}”的序号是 {number}，"
                        f"应为 {due}",
                        remedy="核对目录和表题，补上漏列的表或更正序号",
                        stated=str(number),
                        computed=str(due),
                        difference=str(abs(number - due)),
                        related=(f"{field}.{last}.heading",),
                    )
            before = index, project
