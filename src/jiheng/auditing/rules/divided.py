"""TXT: the table of contents of a disclosure names its chapters and tables as they follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from jiheng.auditing.naming import likeness
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.thresholds import number
from jiheng.budget import BudgetDocument, Kind, Severity, normalise

_GOAL_TABLE: Final = "绩效目标表"
_KINDS: Final = frozenset({Kind.DEPARTMENT_DISCLOSURE, Kind.UNIT_DISCLOSURE, Kind.FINAL_ACCOUNTS})
_NUMBERING: Final = re.compile(
    r"^(?:附[件表]?|表|公开)?[\d一二三四五六七八九十]{0,3}(?:[、.．:：)）-]|表)(?=.)|^(?:部门|单位)?公开\d+表"
)
_ASIDE: Final = re.compile(r"20\d\d年?度?|[\s“”\"'《》()（）、,，.。:：·\-—]|(?:情况|的|部门|单位|总体|财政)")
"""What titles of one table have or have not: 部门收入总表, 2024年收入总体情况表."""
_KEYS: Final = re.compile(
    r"收入|支出|收支|基金|国有资本|一般公共|拨款|基本|项目|三公|采购|绩效|资产|机关运行|职责|机构|名词|说明|预算|决算"
)
"""Titles that differ in one of these are of different things, however alike they look."""
_ALL_TABLES: Final = re.compile(
    r"^(?:[^收支]{0,3}[、.．)）])?(?:20\d{2}年?度?)?(?:部门|单位)?(?:预算|决算|预决算)?(?:公开)?(?:报|附)?表格?$"
)
"""The name of a chapter that holds all tables: 五、部门预算表."""
_COUNTED: Final = (
    ("一二三四五六七八九十", re.compile(r"^第([一二三四五六七八九十])(?:部分|章)$")),
    ("一二三四五六七八九十", re.compile(r"^([一二三四五六七八九十])、$")),
)


class _Title(NamedTuple):
    """A title in the contents or in the text: its path, as printed, and as it is compared."""

    path: str
    printed: str
    plain: str
    is_table: bool


def _title(path: str, text: str) -> _Title:
    plain = normalise(text)
    is_table = plain.endswith("表") and _ALL_TABLES.search(plain) is None
    return _Title(path, text, _ASIDE.sub("", _NUMBERING.sub("", plain)), is_table)


class _Sides(NamedTuple):
    """What stands on one side only, and how many titles of tables stand on both."""

    entries: Sequence[_Title]
    titles: Sequence[_Title]
    tables: int
    matched: int


def _sides(document: BudgetDocument) -> _Sides:
    entries = [
        _title(f"contents.{index}.title", entry.title)
        for index, entry in enumerate(document.contents)
        if not normalise(entry.title).endswith(_GOAL_TABLE)
    ]
    titles = [
        *(_title(f"headings.{index}.title", one.title) for index, one in enumerate(document.headings)),
        *(
            _title(f"tables.{index}.title", one.title)
            for index, one in enumerate(document.tables)
            if one.title
        ),
    ]
    known, listed = {title.plain for title in titles}, {entry.plain for entry in entries}
    both = known & listed
    return _Sides(
        [entry for entry in entries if entry.plain not in both],
        [title for title in titles if title.plain not in both],
        sum(title.is_table and title.plain in both for title in titles),
        len(both),
    )


@rule(
    "TXT-025", title="目录与其后的章节、公开表一致", severity=Severity.WARNING, basis="mof-2016-143", article="公开内容",
    checks=("D40",), applies=lambda document: document.kind in _KINDS,
)  # fmt: skip
def contents_name_the_chapters_and_tables(document: BudgetDocument) -> Iterator[Gap]:
    """An entry of the contents has the title of its chapter or table; tables that others list are listed, and printed.

    Silent unless most entries are found in the text: the contents may be of the whole file, and a heading may not have
    been recognised.
    """
    if not document.contents:
        return
    sides = _sides(document)
    enough = number("contents", "titles_to_judge")
    if sides.matched < enough or sides.matched < len(sides.entries):
        return
    titles = list(sides.titles)
    for entry in sides.entries:
        title = next((one for one in titles if _is_slip(entry, one)), None)
        if title is not None:
            titles.remove(title)
            yield _another_name(entry, title)
        elif entry.is_table and sides.tables >= enough and not _is_within(entry, titles):
            yield Gap(
                path=entry.path,
                message=f"目录列有“{entry.printed}”，正文没有这张表",
                remedy="补列该表，没有数据的列空表并说明；或更新目录",
                stated=entry.printed,
            )
    for title in titles:
        if (
            title.path.startswith("tables.")
            and sides.tables >= enough
            and not _is_within(title, sides.entries)
        ):
            yield Gap(
                path=title.path,
                message=f"目录没有列“{title.printed}”",
                remedy="更新目录",
                stated=title.printed,
            )
    yield from _out_of_number(document)


def _is_slip(entry: _Title, title: _Title) -> bool:
    """Whether two titles are of one thing and differ by a slip."""
    return (
        entry.is_table is title.is_table
        and sorted(set(_KEYS.findall(entry.plain))) == sorted(set(_KEYS.findall(title.plain)))
        and number("contents", "same") <= likeness(entry.plain, title.plain)
    )


def _is_within(one: _Title, others: Sequence[_Title]) -> bool:
    """Whether a shorter or longer name of it is among the others, or one that looks like it."""
    return any(
        one.plain in other.plain
        or other.plain in one.plain
        or likeness(one.plain, other.plain) >= number("names", "same")
        for other in others
        if other.plain
    )


def _another_name(entry: _Title, title: _Title) -> Gap:
    return Gap(
        path=entry.path,
        message=f"目录写的是“{entry.printed}”，正文的标题是“{title.printed}”",
        remedy="核对后统一目录和标题，或更新目录",
        stated=entry.printed,
        computed=title.printed,
        related=(title.path,),
    )


def _out_of_number(document: BudgetDocument) -> Iterator[Gap]:
    """An entry whose number does not follow that of the entry of its form before it; one may begin anew."""
    for digits, pattern in _COUNTED:
        before = 0
        for index, entry in enumerate(document.contents):
            match = pattern.match(normalise(entry.number))
            if match is None:
                continue
            here = digits.index(match[1]) + 1
            if here not in (1, before + 1) and before:
                yield Gap(
                    path=f"contents.{index}.number",
                    message=f"目录中“{entry.number}{entry.title}”的序号与前一项不连续",
                    remedy="核对目录是否漏列，更正序号",
                    stated=entry.number,
                    severity=Severity.NOTICE,
                )
            before = here
