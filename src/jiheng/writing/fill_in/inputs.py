"""What a cell lets in, and what it says before and after: the rules of the audit at the moment of typing.

Only what is wrong beyond doubt is kept out; what a rule merely warns of, a person may let stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from jiheng.budget.fill_in import LIST, LIST_NAMES, ORDER, PLAN_UNITS, PROJECT, Column, Input
from jiheng.writing.fill_in.checks import with_cells
from jiheng.writing.fill_in.options import CHOICES, LEVEL1, NAMES, SIGNS, UNITS

_TITLE: Final = 32
_MESSAGE: Final = 255
"""Signs that Excel takes for the title and the message."""
_CODE: Final = 'OR(LEN(SUBSTITUTE({it}," ",""))=21,AND(LEN({it})=17,MID({it},4,1)="-"))'
_RATE: Final = (
    'AND(ISNUMBER({it}),OR({c[value.unit]}<>"%",{it}<=100,AND({c[level1]}<>"满意度指标",RIGHT({c[level3]},1)<>"率",'
    'RIGHT({c[level3]},3)<>"满意度"),ISNUMBER(FIND("增",{c[level3]})),ISNUMBER(FIND("提",{c[level3]}))))'
)
_UP_TO: Final = {
    "plan.march": "{it}>=0",
    "plan.june": "{it}>=N({c[plan.march]})",
    "plan.october": "{it}>=MAX({c[plan.march]}:{c[plan.june]},0)",
    "plan.december": "{it}>=MAX({c[plan.march]}:{c[plan.october]},0)",
}
_LISTS: Final[Mapping[str, Any]] = {
    LIST: list(LIST_NAMES.values()),
    "plan.unit": list(PLAN_UNITS.values()),
    "budget.unit": ["万元", "元"],
    "value.sign": SIGNS,
}
"""Lists beside which nothing is meant."""


def validation_of(column: Column, cells: Mapping[str, str], names: str) -> dict[str, Any]:
    """The input check of a column, as XlsxWriter has them.

    Args:
        cells: the cell of every column in the first row, the column fixed; ``names``: the range of project names.
    """
    it = cells[column.key.removesuffix("[]")]
    hint = {"input_title": column.heading[:_TITLE], "input_message": column.hint[:_MESSAGE]}
    rule = _rule(column, it, cells, names)
    if not column.hint:
        hint = {}
    return {"ignore_blank": True, **rule, **hint}


def _rule(column: Column, it: str, cells: Mapping[str, str], names: str) -> dict[str, Any]:
    key = column.key
    if column.input is Input.CHOICE:
        return _choice(key, cells, names)
    if key == ORDER:
        return _custom(f"AND(ISNUMBER({it}),{it}>=0)", "序号应填数字", "请填大于 0 的数字；不想排序就空着。")
    if column.input is Input.AMOUNT:
        return amount_rule(it)
    if column.input is Input.SHARE:
        most = '<=IF({c[plan.unit]}="金额",1E+12,100)'
        formula = with_cells(f"AND(ISNUMBER({{it}}),{_UP_TO[key]},{{it}}{most})", it=it, c=cells)
        says = "请填 0 到 100 的数字，不写百分号；计划要逐期累计，不小于前一期；年底达到 100。"
        return _custom(formula, "支出计划不对", says)
    if key == "value.number":
        says = "只填数字。比率、满意度不超过 100；不能用数字表示的，在“符号”中选“文字描述”。"
        return _custom(with_cells(_RATE, it=it, c=cells), "数值不对", says)
    if column.input is Input.FIGURE:
        return _custom(f"AND(ISNUMBER({it}),{it}>=0)", "应填数字", "请填不小于 0 的数字，单位另写。")
    if key == "code":
        says = "编码一般为 21 位，或 434-0501-YXN-WYUZ 的形式。请对照预算系统核对；确实如此的选“是”。"
        return _custom(with_cells(_CODE, it=it), "编码的位数不对", says, "warning")
    says = f"这里一般不超过 {column.longest} 字。确实需要的选“是”。"
    return {
        "validate": "length", "criteria": "<=", "value": column.longest,
        "error_title": "写得太长", "error_message": says, "error_type": "warning",
    }  # fmt: skip


def _choice(key: str, cells: Mapping[str, str], names: str) -> dict[str, Any]:
    if key in _LISTS:
        return _listed(_LISTS[key], "请从下拉列表中选。", "stop")
    if key == PROJECT:
        return _listed(f"={names}", "“项目”表中没有这个项目。请先在“项目”表中填写，再在这里选。", "stop")
    if key == "project":
        return _listed(f"={names}", "", None)
    if key == "level1":
        return _listed(f"={LEVEL1}", "这不是通行的一级指标。确实需要的选“是”。", "warning")
    if key == "level2":
        says = "这个二级指标不在所选的一级指标之下。请先选一级指标；确实需要的选“是”。"
        return _listed(f"=INDIRECT({cells['level1']})", says, "warning")
    if key in ("level3", "value.unit"):
        prefix = NAMES if key == "level3" else UNITS
        return _listed(f'=INDIRECT("{prefix}"&{cells["level2"]})', "", None)
    return _listed(list(CHOICES[key]), "", None)


def amount_rule(it: str) -> dict[str, Any]:
    """The check of a cell that takes an amount of money."""
    says = "请填数字：不写单位，不小于 0，最多两位小数，如 16.80。"
    return _custom(f"AND(ISNUMBER({it}),{it}>=0,ROUND({it},2)={it})", "金额不对", says)


def _custom(formula: str, title: str, says: str, kind: str = "stop") -> dict[str, Any]:
    return {
        "validate": "custom", "value": f"={formula}", "error_title": title, "error_message": says, "error_type": kind,
    }  # fmt: skip


def _listed(source: Any, says: str, kind: str | None) -> dict[str, Any]:
    """A drop-down; without ``kind`` it only proposes."""
    rule: dict[str, Any] = {"validate": "list", "source": source}
    if kind is None:
        return rule | {"show_error": False}
    return rule | {"error_title": "请从列表中选", "error_message": says, "error_type": kind}
