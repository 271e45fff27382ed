"""The words that forms print: what each column and field is called, in all the spellings met so far."""

from __future__ import annotations

import re
from typing import Final

from jiheng.budget import normalise

# Columns of the indicator table: printed label (normalised) -> field.
COLUMNS: Final = {
    "一级指标": "level1", "二级指标": "level2", "三级指标": "level3",
    "绩效指标描述": "description", "绩效指标描述(指标内容)": "description", "指标说明": "description",
    "指标描述": "description", "指标内容": "description", "绩效指标说明": "description",
    "指标值": "value", "绩效指标值": "value", "年度指标值": "value", "目标值": "value",
    "符号": "sign", "值": "number", "单位": "unit", "单位(文字描述)": "unit",
    "评(扣)分标准": "scoring", "评扣分标准": "scoring", "评分标准": "scoring",
    "指标值确定依据": "basis", "指标确定依据": "basis", "确定依据": "basis",
}  # fmt: skip

CHECKPOINTS: Final = {"3月底": "march", "6月底": "june", "10月底": "october", "12月底": "december"}

CODE_LABELS: Final = frozenset({"项目编码", "项目编号", "项目代码"})
NAME_LABELS: Final = frozenset({"项目名称", "专项资金名称"})
DEPARTMENT_LABELS: Final = frozenset({"主管部门及代码", "主管部门"})
UNIT_LABELS: Final = frozenset({"实施单位", "项目单位", "预算单位"})
FORM_TITLES: Final = frozenset({"项目绩效模板"})
TITLE_ROW: Final = re.compile(r"^项目(?:编码|编号)及名称[:：]\[?([0-9A-Z-]+)\]?(.*)$")
YEAR_CELL: Final = re.compile(r"^预算年度[:：](\d{4})$")
UNIT_CELL: Final = re.compile(r"^(?:金额)?单位[:：](万元|元|千元|亿元)$")
MONEY_UNIT: Final = re.compile(r"\s*(?:金额)?单位\s*[:：]\s*(万元|元|千元|亿元)\s*$")
PERIOD: Final = re.compile(r"^中长期目标[(（](.+)[)）]$")
UNIT_LINE: Final = re.compile(r"^(\d{6}|\d{3})([^\d\s].*)$")
MISWRITTEN_UNIT_LINE: Final = re.compile(r"^(\d{1,9})?([^\d\s].*)$")
"""Where a unit must stand: its code with too few or too many digits, or none."""
CODED_NAME: Final = re.compile(r"^【(\d+)】(.+)$")

_FRAGMENTS: Final = frozenset(
    label[start:end]
    for label in (*COLUMNS, *CODE_LABELS, *NAME_LABELS, *DEPARTMENT_LABELS)
    for start, end in [(0, size) for size in range(2, len(label))]
    + [(size, len(label)) for size in range(1, len(label))]
)


def column_field(text: str) -> str | None:
    """The field that a column label stands for, or ``None``."""
    return COLUMNS.get(normalise(text))


def is_label_fragment(text: str) -> bool:
    """Whether ``text`` is a piece of a label that a page break or a narrow column tore off."""
    return normalise(text) in _FRAGMENTS


def checkpoint(text: str) -> str | None:
    """The field of a spending plan that a heading such as "3 月底" stands for."""
    return CHECKPOINTS.get(normalise(text))
