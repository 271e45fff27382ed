"""NAME, TXT: the table of contents lists what follows, under the same numbers and names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from jiheng.auditing.naming import likeness, plain_name
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.remembered import remembered
from jiheng.auditing.thresholds import thresholds
from jiheng.budget import BudgetDocument, Severity, normalise

_TABLE = "绩效目标表"


class _Printed(NamedTuple):
    """An entry of the contents or the title of a goal table: its path, number, title and what is compared of it."""

    path: str
    number: int | None
    title: str
    name: str


class _Matched(NamedTuple):
    """Entries and titles: of the same name, of another name at the same place, and those that stand alone."""

    same: Sequence[tuple[_Printed, _Printed]]
    other: Sequence[tuple[_Printed, _Printed]]
    entries: Sequence[_Printed]
    titles: Sequence[_Printed]


@remembered
def _matched(document: BudgetDocument) -> Sequence[_Matched]:
    """The entries for goal tables beside the goal tables; nothing where one of the two is not printed."""
    entries = [
        _Printed(f"contents.{index}", _number(entry.number), entry.title, plain_name(entry.title))
        for index, entry in enumerate(document.contents)
        if normalise(entry.title).endswith(_TABLE)
    ]
    titles = [
        _Printed(f"{path}.heading", project.number, project.heading, _name(project.heading))
        for path, project in document.goal_tables()
        if project.heading and _TABLE in project.heading
    ]
    if not entries or len(titles) < sum(1 for _ in document.goal_tables()):
        return []
    same = []
    for entry in list(entries):
        title = next((title for title in titles if title.name == entry.name), None)
        if title is not None:
            same.append((entry, title))
            entries.remove(entry)
            titles.remove(title)
    other = []
    for entry in list(entries):
        title = next((title for title in titles if _may_be(entry, title)), None)
        if title is not None:
            other.append((entry, title))
            entries.remove(entry)
            titles.remove(title)
    return [_Matched(same, other, entries, titles)]


def _may_be(entry: _Printed, title: _Printed) -> bool:
    """Whether both mean one project: names alike, or at least the number and half of the name."""
    alike = likeness(entry.name, title.name)
    return alike >= thresholds("names")["same"] or (entry.number == title.number and alike >= _HALF)


_HALF = 0.5


def _number(text: str | None) -> int | None:
    digits = "".join(sign for sign in text or "" if sign.isdigit())
    return int(digits) if digits else None


def _name(heading: str) -> str:
    """A heading's name as it is compared, without its number."""
    plain = normalise(heading)
    digits = len(plain) - len(plain.lstrip("0123456789"))
    return plain_name(plain[digits:].lstrip(".、．") if digits else plain)


@rule(
    "NAME-012", title="目录与表题的项目名称一致", severity=Severity.ERROR, basis="form-performance-text", article="目录",
    checks=("C16", "D40"),
)  # fmt: skip
def contents_name_the_goal_tables(document: BudgetDocument) -> Iterator[Gap]:
    """The entry of a goal table in the table of contents has the name of its title; silent without contents."""
    for matched in _matched(document):
        for entry, title in matched.other:
            yield Gap(
                path=f"{entry.path}.title",
                message=f"目录写的是“{entry.title}”，正文的表题是“{title.title}”",
                remedy="按表中的项目名称统一目录和表题，或更新目录",
                stated=entry.title,
                computed=title.title,
                related=(title.path,),
            )


@rule(
    "TXT-022", title="目录列全绩效目标表", severity=Severity.ERROR, basis="form-performance-text", article="目录",
    checks=("D40",),
)  # fmt: skip
def contents_list_every_goal_table(document: BudgetDocument) -> Iterator[Gap]:
    """Each goal table has an entry in the table of contents, and each entry its table; silent without contents."""
    for matched in _matched(document):
        for title in matched.titles:
            yield Gap(
                path=title.path,
                message=f"目录没有列“{title.title}”",
                remedy="更新目录",
                stated=title.title,
            )
        for entry in matched.entries:
            yield Gap(
                path=f"{entry.path}.title",
                message=f"目录列有“{entry.title}”，正文没有这张表",
                remedy="补上绩效目标表，或更新目录",
                stated=entry.title,
            )


@rule(
    "TXT-023", title="目录的序号、顺序与正文一致", severity=Severity.ERROR, basis="form-performance-text",
    article="目录", checks=("D40", "F02"),
)  # fmt: skip
def contents_are_in_the_order_of_the_text(document: BudgetDocument) -> Iterator[Gap]:
    """An entry has the number of its goal table, and entries follow one another as the tables do."""
    for matched in _matched(document):
        for entry, title in (*matched.same, *matched.other):
            if None not in (entry.number, title.number) and entry.number != title.number:
                yield Gap(
                    path=f"{entry.path}.number",
                    message=f"“{entry.title}”在目录中是第 {entry.number} 项，正文的表题是第 {title.number} 项",
                    remedy="更新目录，或改正表题的序号",
                    stated=str(entry.number),
                    computed=str(title.number),
                    related=(title.path,),
                )
        yield from _out_of_order(document, matched)


def _out_of_order(document: BudgetDocument, matched: _Matched) -> Iterator[Gap]:
    """The first entry that stands before another whose table comes earlier."""
    order = {f"{path}.heading": index for index, (path, _) in enumerate(document.goal_tables())}
    pairs = sorted((*matched.same, *matched.other), key=lambda pair: int(pair[0].path.rpartition(".")[2]))
    for (first, one), (second, other) in pairwise(pairs):
        if order[one.path] > order[other.path]:
            yield Gap(
                path=f"{second.path}.title",
                message=f"目录中“{first.title}”在“{second.title}”之前，正文相反",
                remedy="更新目录",
                related=(one.path, other.path),
            )
            return
