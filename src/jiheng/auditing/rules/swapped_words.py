"""COPY: indicators of another project with the same targets, in which only the thing has another name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from math import ceil
from typing import Final, NamedTuple

from jiheng.auditing.naming import plain_name
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import declared
from jiheng.auditing.thresholds import number, thresholds
from jiheng.auditing.walk import rows_of
from jiheng.budget import BudgetDocument, Dimension, IndicatorValue, Project, Severity, normalise

_Target = tuple[str, str, str, int]
"""Second level, kind of target, sign and figure (no word for what is counted), and which of several such rows it is."""
_COUNT: Final = "count"
_KINDS: Final = frozenset({Dimension.SHARE, Dimension.MONEY, Dimension.DURATION, Dimension.MONTH})

_USUAL: Final = frozenset({"10", "12", "20", "30", "50", "100", "365"})
"""Figures of two signs or more that projects have in common by chance, as they have 1 or 5."""
_MOST: Final = 8
"""So many earlier projects with one target are tried, so that the time stays in proportion to the projects."""
_LONGEST: Final = 10
"""Signs of a thing's name."""
_PLACES: Final = r"省|市|县|区|乡|镇|村|庄|屯|街道|社区|路|街|河|渠|沟|水库|桥|初中|高中|小学|中学|学校|幼儿园|医院|卫生院|敬老院|站|所|段"
_SERIES: Final = re.compile(
    r"[(（][^()（）]*[)）]|\d+|第?[一二三四五六七八九十百]+(?=[期批次号标段年季届个所校小中])|[东西南北](?=[区片线路街村段])"
    rf"|[上下]半年|年度?|[期批次届]|中央|省级|市级|县级|上级|本级|提前下达|结转|.{{1,4}}?(?:{_PLACES})"
)
"""What tells projects of one design apart in their names."""
_PLACE: Final = re.compile(rf"[\d一二三四五六七八九十第期批次届东西南北]|(?:{_PLACES})$")
_PLACE_GOES_ON: Final = re.compile(rf"(?:{_PLACES})")


class _Table:
    """The indicators of a project by their targets; two rows of one target are told apart by their order.

    Attributes:
        size: how many rows have a name and a target.
        values: what stands in the targets, without signs and units: tables of others have hardly any of it.
        figures: those that stand nowhere by chance, with their second level: the project is looked up by them.
    """

    def __init__(self, path: str, project: Project) -> None:
        self.path, self.project = path, project
        self._rows = [row for row in rows_of(path, project) if row.indicator.level3 and row.indicator.value]
        found = [(row.level2, row.indicator.value) for row in self._rows]
        self.size = len(found)
        self.values = frozenset([value.number or value.text for _, value in found if value is not None])
        self.figures = [
            (level2, value.number)
            for level2, value in found
            if value is not None
            and value.number is not None
            and _is_telling(value.number)
            and _kind(value) in (_COUNT, Dimension.MONEY)
        ]

    @cached_property
    def names(self) -> dict[_Target, str]:
        """Target -> name; only asked for where another project has one of the figures."""
        names: dict[_Target, str] = {}
        times: Counter[tuple[str, str, str]] = Counter()
        for row in self._rows:
            plain = (row.level2, *_asked(row.indicator.value))
            names[*plain, times[plain]] = normalise(row.indicator.level3)
            times[plain] += 1
        return names


def _is_telling(figure: str) -> bool:
    return len(figure) > 1 and figure not in _USUAL


def _kind(value: IndicatorValue) -> str:
    """Money, share or duration; what is counted is one kind, whatever its unit."""
    return value.dimension if value.dimension in _KINDS else _COUNT


def _asked(value: IndicatorValue | None) -> tuple[str, str]:
    """Kind of a target and its sign and figure, without the unit of what is counted; words as they stand."""
    if value is None or value.number is None or value.meaning.deadline is not None:
        return "words", normalise(value.text if value else None)
    return _kind(value), f"{value.operator or '='}{value.number}"


class _Swap(NamedTuple):
    """The two words, and in how many names one stands for the other."""

    before: str
    now: str
    times: int


def _swap(one: _Table, two: _Table, share: Decimal) -> _Swap | None:
    """The words that make the names of ``one`` those of ``two``; ``None`` where the tables differ in more."""
    largest = max(one.size, two.size)
    needed = ceil(largest * share)
    if len(one.values - two.values) > largest - needed:
        return None
    shared = one.names.keys() & two.names.keys()
    if len(shared) < needed:
        return None
    pairs = [(one.names[target], two.names[target]) for target in shared]
    different = [pair for pair in pairs if pair[0] != pair[1]]
    words = Counter(word for pair in different if (word := _exchanged(*pair)) is not None)
    if not words:
        return None
    (before, now), _ = min(words.items(), key=lambda item: (-item[1], item[0]))
    count = sum(left.replace(before, now) == right for left, right in different)
    same = len(pairs) - len(different)
    if count < thresholds("copies")["swapped_rows"] or count + same < needed:
        return None
    return _Swap(before, now, count)


def _exchanged(left: str, right: str) -> tuple[str, str] | None:
    """What stands in ``left`` and ``right`` between the same beginning and the same end; ``None`` for other names."""
    shorter = min(len(left), len(right))
    begin = 0
    while begin < shorter and left[begin] == right[begin]:
        begin += 1
    end = 0
    while end < shorter - begin and left[-1 - end] == right[-1 - end]:
        end += 1
    before, now = left[begin : len(left) - end], right[begin : len(right) - end]
    if begin + end < 2 or _PLACE_GOES_ON.match(left, len(left) - end):
        return None
    return (before, now) if _are_things(before, now) else None


def _are_things(before: str, now: str) -> bool:
    """Whether both words may name things: places, numbers and parts of a series tell projects of one design apart."""
    return all(2 <= len(word) <= _LONGEST for word in (before, now)) and not (
        _PLACE.search(before) and _PLACE.search(now)
    )


def _is_series(one: Project, two: Project) -> bool:
    """Whether two projects are one, or of one series: the same name but for year, place, phase or number."""
    if one.code is not None and one.code == two.code:
        return True
    left, right = plain_name(one.name), plain_name(two.name)
    return left == right or _SERIES.sub("", left) == _SERIES.sub("", right)


@rule(
    "COPY-007", title="不同项目的指标不是只换了名词", severity=Severity.WARNING, basis="mof-2015-88", article="相关性",
    checks=("C09",), applies=declared,
)  # fmt: skip
def indicators_are_more_than_another_word(document: BudgetDocument) -> Iterator[Gap]:
    """Two projects do not have the same targets under names in which only the word for the thing was exchanged.

    A notice where one figure alone (500) is the same beside the usual rates: that may be chance. Projects of one
    series, by year, place or phase, are made alike on purpose.
    """
    known: dict[tuple[str, str], list[_Table]] = defaultdict(list)
    for path, project in document.goal_tables():
        table = _Table(path, project)
        if table.size < thresholds("copies")["fewest_swapped"]:
            continue
        groups = [known[figure] for figure in table.figures]
        found = _first_copied(table, groups)
        if found is not None:
            yield _gap(table, *found)
        for group in groups:
            if len(group) < _MOST:
                group.append(table)


def _first_copied(table: _Table, groups: Sequence[Sequence[_Table]]) -> tuple[_Table, _Swap] | None:
    tried: set[str] = set()
    share = number("copies", "same_rows")
    for group in groups:
        for other in group:
            if other.path in tried:
                continue
            tried.add(other.path)
            swap = _swap(other, table, share)
            if swap is not None and not _is_series(other.project, table.project):
                return other, swap
    return None


def _gap(table: _Table, other: _Table, swap: _Swap) -> Gap:
    same = table.names.keys() & other.names.keys()
    figures = set(table.figures) & set(other.figures)
    return Gap(
        path=f"{table.path}.indicators",
        message=f"“{table.project.label}”的 {table.size} 项指标中有 {len(same)} 项与“{other.project.label}”的指标值相同，"
        f"其中 {swap.times} 项只把名称中的“{swap.before}”换成了“{swap.now}”",
        remedy="按本项目的内容和测算分别确定指标和指标值；确实相同的，核对是否应合并为一个项目",
        related=(f"{other.path}.indicators",),
        severity=None if len(figures) >= thresholds("copies")["swapped_figures"] else Severity.NOTICE,
    )
