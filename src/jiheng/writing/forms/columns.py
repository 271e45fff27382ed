"""The columns of an indicator table: which there are, what heads them, and what of an indicator stands in each."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from jiheng.budget import Indicator
from jiheng.writing.forms.ruling import CHARACTER, MARGIN, length, shared, wanted


class Column(msgspec.Struct, frozen=True):
    """A column: the field of an indicator, its heading, and how many characters wide it likes to be at most."""

    field: str
    head: str
    most: float = 12

    @property
    def of(self) -> str:
        """The field, where the column holds a part of it ("remark.likelihood")."""
        return self.field.partition(".")[0]


LIKELIHOOD = "完成目标可能性"
"""Of reaching the target: a column of the monitoring form, which is read as a part of the remark."""
_LEVEL_COLUMNS = (
    Column("level1", "一级指标", 5),
    Column("level2", "二级指标", 6),
    Column("level3", "三级指标", 13),
)
# What no official form has a column for stands in one more, and only where some indicator says it. The headings are
# words that a reader of goal forms knows, other than those which tell the goal tables of Hebei apart.
_BESIDES = (
    Column("description", "指标说明", 16),
    Column("direction", "指标方向性", 5),
    Column("previous", "上年度实际水平", 7),
    Column("value", "指标值", 9),
    Column("forecast", "全年预计完成情况", 9),
    Column("actual", "实际完成值", 9),
    Column("weight", "分值", 3),
    Column("score", "得分", 3),
    Column("standard", "绩效标准", 10),
    Column("formula", "计算公式", 12),
    Column("scoring", "评分标准", 14),
    Column("basis", "指标值设定依据", 10),
    Column("reason", "偏差原因分析及改进措施", 16),
    Column("remark", "备注", 10),
)
_LIKELY = re.compile(rf"(?:(?P<rest>.+)；)?{LIKELIHOOD}：(?P<likely>[^；：]+)", re.DOTALL)
_POINTS = 3.2
"""Room for points such as 99.68, in characters."""
_VALUES = frozenset({"value", "previous", "actual", "forecast"})


def columns_for(form: Sequence[Column], indicators: Sequence[Indicator]) -> tuple[Column, ...]:
    """The columns of a form behind those of the levels, and one more for each field that it has none for.

    Those of the form keep their order; what is added stands in front of the first of its own that it precedes.
    """
    of_form = {column.of for column in form}
    more = [
        column
        for column in _BESIDES
        if column.field not in of_form and any(text_of(row, column.field) for row in indicators)
    ]
    order = [column.field for column in _BESIDES]
    found = list(form)
    for column in more:
        behind = [at for at, other in enumerate(found) if order.index(other.of) < order.index(column.field)]
        found.insert(behind[-1] + 1 if behind else 0, column)
    return (*_LEVEL_COLUMNS, *found)


def text_of(indicator: Indicator, field: str) -> str:
    """What stands in a field of an indicator, "" for nothing: its points behind a level, a star before a core name."""
    if field in _VALUES:
        value = getattr(indicator, field)
        return value.text if value else ""
    if field.startswith("remark."):
        return _part_of_remark(indicator.remark or "", field)
    text = getattr(indicator, field) or ""
    if field == "level3" and indicator.is_core:
        return f"★{text}"
    points = getattr(indicator, f"{field}_weight", None)
    return f"{text}（{points}分）" if points and text else text


def _part_of_remark(remark: str, field: str) -> str:
    match = _LIKELY.fullmatch(remark)
    if field == "remark.likelihood":
        return match["likely"] if match else ""
    return (match["rest"] or "") if match else remark


def widths_of(columns: Sequence[Column], indicators: Sequence[Indicator], total: float) -> list[float]:
    """How wide the columns are, together ``total`` mm: as their texts ask for, and none too narrow for its heading."""
    return shared([_wanted(column, indicators) for column in columns], total)


def needed(columns: Sequence[Column], indicators: Sequence[Indicator]) -> float:
    """The least width of all columns together, in mm; more than stands upright needs pages that lie."""
    return sum(_wanted(column, indicators)[0] for column in columns)


def _wanted(column: Column, indicators: Sequence[Indicator]) -> tuple[float, float]:
    texts = [text_of(row, column.field) for row in indicators]
    least, liked = wanted(column.head, texts, most=column.most)
    longest = max(map(length, texts), default=0)
    if column.field in ("level1", "level2"):
        # 满意度指标 and 数量指标 on one line
        least = max(least, (5 if column.field == "level1" else 4) * CHARACTER + MARGIN)
    elif column.field in ("weight", "score"):
        least = max(least, min(max(longest, _POINTS), 6) * CHARACTER + MARGIN)
    elif column.field in ("level3", "value", "actual", "forecast", "reason", "description"):
        least = max(least, min(max(longest, 4.5), 5.5) * CHARACTER + MARGIN)
    return least, liked
