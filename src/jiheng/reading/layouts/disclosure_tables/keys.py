"""Standard names of the columns of figures, by their headings (``budget.COLUMN_KEYS`` lists them)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

from jiheng.budget import normalise

# The first pattern that a heading holds names its key.
_PATTERNS: Final = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (r"机关运行经费", "operating_funds"),
        (r"因公出国", "abroad"),
        (r"公(?:务用?)?车购置(?:费)?(?:及|和|与|、)运行", "vehicle"),
        (r"公务接待", "reception"),
        (r"(?:公务用?车)?购置费|公(?:务用?)?车购置(?!费?及|费?和)", "vehicle_purchase"),
        (r"公?(?:务用?)?车?运行(?:维护)?费|公务用车运行", "vehicle_operation"),
        (r"增减率|增长率|增减幅|占比|比例|比重|%", "rate"),
        (r"增减|变动", "change"),
        (r"人员(?:经费|支出)", "personnel"),
        (r"(?:日常)?公用(?:经费|支出)", "operating"),
        (r"基本支出", "basic"),
        (r"项目支出", "project"),
        (r"上缴上级", "to_superior"),
        (r"对附属单位补助", "to_affiliated"),
        (r"附属单位上缴", "affiliated"),
        (r"上级补助", "superior_subsidy"),
        (r"国有资本经营", "state_capital"),
        (r"政府性?基金", "government_fund"),
        (r"一般公共预算|一般预算", "general_public"),
        (r"财政专户|专户资金", "fiscal_account"),
        (r"单位资金|自有资金|自筹", "own"),
        (r"事业单位经营|经营收入|经营支出", "operation"),
        (r"事业收入|事业预算收入", "business"),
        (r"年末结转|年终结转|结转下年", "carried_forward"),
        (r"上年结转|年初结转|结转结余|结转和结余", "carried_over"),
        (r"其他", "other"),
        (r"财政拨款|财政资金|拨款", "fiscal"),
        (r"上年", "previous_year"),
        (r"年初预算", "initial"),
        (r"调整预算|全年预算|预算调整|调整后", "adjusted"),
        (r"本年收入", "revenue"),
        (r"本年支出", "expenditure"),
        (r"合计|总计|小计|总额", "total"),
        (r"执行数|决算", "final"),
        (r"金额|预算|数额", "budget"),
        (r"数量", "quantity"),
        (r"单价", "price"),
    )
)
_STAGES: Final = frozenset({"budget", "final", "initial", "adjusted", "previous_year"})
_YEAR: Final = re.compile(r"20\d{2}")
_UNIT: Final = re.compile(r"^\(?(?:[\d=+-]+|(?:单位:)?(?:人民币)?[百万千亿]*元)\)?$")
_CURRENT: Final = re.compile(r"^(?:本年|当年)")


class _Heading(msgspec.Struct):
    """What the levels of one heading say."""

    base: str | None
    marks: list[str]
    """What could tell it from another column with the same base, nearest first."""


def column_key(path: Sequence[str]) -> str | None:
    """The key of a column by its headings from the top down, other columns apart."""
    return _read(path, 0).base


def column_keys(paths: Sequence[Sequence[str]], *, is_final: bool) -> list[str | None]:
    """The keys of the columns of one table, told apart where several have the same. ``is_final``: of a 决算."""
    last_year = max((int(year) for path in paths for word in path for year in _YEAR.findall(word)), default=0)
    headings = [_read(path, last_year) for path in paths]
    keys = [heading.base for heading in headings]
    for index, path in enumerate(paths):
        if is_final and keys[index] == "budget" and normalise(path[-1]) == "金额":
            keys[index] = headings[index].base = "final"
    for level in range(3):
        counts = Counter(keys)
        repeated = [index for index, key in enumerate(keys) if key is not None and counts[key] > 1]
        for index in repeated:
            marks = headings[index].marks
            if level < len(marks):
                keys[index] = _marked(keys[index], marks[level])
    return keys


def _marked(key: str | None, mark: str) -> str:
    if key == "total" and mark not in _STAGES and mark != "previous":
        return mark
    return f"{key}_{mark}"


def _read(path: Sequence[str], last_year: int) -> _Heading:
    words = [word for text in path if not _UNIT.match(word := normalise(text))]
    found = [_stage_of_year(word, _key(word), last_year) for word in words]
    known = [(word, key) for word, key in zip(words, found, strict=True) if key is not None]
    if not known or found[-1] is None:
        # what is below a known heading but not known itself is a part of it, which has no key
        return _Heading(None, [])
    topics = [(word, key) for word, key in known if key not in _STAGES]
    stages = ["previous" if key == "previous_year" else key for _, key in known if key in _STAGES]
    if not topics:
        return _Heading(known[-1][1], [])
    base = topics[-1][1]
    above = [key for word, key in reversed(topics[:-1]) if key not in (base, "total")]
    if base == "total" and topics[-1][0] == "小计" and above:
        base = above.pop(0)
    marks = [key for key in above if not _is_current(key, topics)]
    return _Heading(base, [*reversed(stages), *marks])


def _is_current(key: str, topics: Sequence[tuple[str, str]]) -> bool:
    """Whether ``key`` comes from a heading such as 本年拨款, which goes without saying."""
    return any(other == key and _CURRENT.match(word) for word, other in topics)


def _stage_of_year(word: str, key: str | None, last_year: int) -> str | None:
    """A figure of a year before the last one that the headings name is last year's."""
    year = _YEAR.search(word)
    if year is not None and int(year[0]) < last_year and (key is None or key in _STAGES):
        return "previous_year"
    return key


def _key(word: str) -> str | None:
    return next((key for pattern, key in _PATTERNS if pattern.search(word)), None)
