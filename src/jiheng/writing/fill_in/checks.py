"""What the last column of a sheet says while it is filled in: formulas, and the same in Python for the first look.

A spreadsheet shows what the file says until it calculates anew, so every formula is written with its result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from jiheng.budget import PURCHASE_SOURCES, WORDS, without_space

Texts = Mapping[str, str]
"""The texts of a row by the key of their column."""


class Around(NamedTuple):
    """What a check asks of the rest of the workbook.

    Attributes:
        names: of the projects, in lower case, as often as they stand there.
        with_indicators: names of projects that have indicators.
        catalogue: codes of the procurement catalogue and their names; empty where it is not at hand.
    """

    names: list[str] = []
    with_indicators: frozenset[str] = frozenset()
    catalogue: Mapping[str, str] = {}


class Check(NamedTuple):
    """What is wrong, as a formula and as a function.

    ``formula`` is a condition; ``{c[key]}`` is the cell of a column in the row, ``{any}`` whether the row holds anything,
    ``{names}`` and ``{of}`` are the names of the projects and the projects of the indicators, ``{codes}`` the codes of
    the catalogue.
    """

    says: str
    formula: str
    is_wrong: Callable[[Texts, Around], bool]


def as_number(text: str) -> Decimal | None:
    """The number that is put into a cell for ``text``; ``None`` where text is put there: signs, or too many digits."""
    if not text or not text.isascii() or text[:1] == "+" or "e" in text.lower():
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    plain = number.is_finite() and len(number.as_tuple().digits) <= 15 and text.strip() == text
    return number if plain else None


def _filled(row: Texts) -> bool:
    return any(text for key, text in row.items() if not key.startswith("@") or key == "@project")


def _numbers(row: Texts, *keys: str) -> list[Decimal]:
    return [number for key in keys if (number := as_number(row[key])) is not None]


def _is_text(row: Texts, *keys: str) -> bool:
    return any(row[key] and as_number(row[key]) is None for key in keys)


_MONEY: Final = ("budget.total", "budget.fiscal", "budget.other")
_PLAN: Final = ("plan.march", "plan.june", "plan.october", "plan.december")


def _falls(row: Texts, _: Around) -> bool:
    numbers = [as_number(row[key]) for key in _PLAN]
    for at, number in enumerate(numbers):
        before = [one for one in numbers[:at] if one is not None]
        if number is not None and before and number < max(before):
            return True
    return False


def _ends_short(row: Texts, _: Around) -> bool:
    numbers = _numbers(row, *_PLAN)
    goal = (as_number(row["budget.total"]) or Decimal(0)) if row["plan.unit"] == "金额" else Decimal(100)
    return bool(numbers) and max(numbers) != goal


def _is_off(row: Texts, total: str, *parts: str) -> bool:
    stated, numbers = as_number(row[total]), _numbers(row, *parts)
    return stated is not None and bool(numbers) and round(stated - sum(numbers), 6) != 0


def difference(row: Texts) -> Decimal | None:
    """预算数 less 财政资金 and 其他资金; ``None`` where one side is not filled in."""
    stated, parts = as_number(row["budget.total"]), _numbers(row, *_MONEY[1:])
    return stated - sum(parts) if stated is not None and parts else None


def _is_above_all(row: Texts, _: Around) -> bool:
    number = as_number(row["value.number"])
    is_rate = row["level1"] == "满意度指标" or row["level3"].endswith(("率", "满意度"))
    grows = any(sign in row["level3"] + row["description"] for sign in "增提")
    return (
        number is not None
        and number > 100
        and row["value.unit"] == "%"
        and row["value.sign"] not in ("≤", "<")
        and is_rate
        and not grows
    )


def _has_wrong_length(row: Texts, _: Around) -> bool:
    return bool(row["code"]) and len(without_space(row["code"])) not in (21, 17)


def _is_no_code(row: Texts, _: Around) -> bool:
    code = row["catalog_code"]
    return bool(code) and not (len(code) == 9 and code[0] in "ABC" and code[1:].isdigit())


DIFFERENCE: Final = "IF(AND(ISNUMBER({c[budget.total]}),COUNT({c[budget.fiscal]}:{c[budget.other]})>0),ROUND({c[budget.total]}-SUM({c[budget.fiscal]}:{c[budget.other]}),6),\"\")"  # fmt: skip
CATALOGUE: Final = (
    'IF({c[catalog_code]}="","",IFERROR(VLOOKUP({c[catalog_code]},{catalogue},2,FALSE),"目录中没有"))'
)
_D: Final = "{c[plan.march]}:{c[plan.december]}"
_PROJECT: Final = (
    Check("没有项目名称", 'AND({any},{c[name]}="")', lambda row, _: _filled(row) and not row["name"]),
    Check("项目名称重复", 'AND({c[name]}<>"",SUMPRODUCT(--({names}={c[name]}))>1)',
          lambda row, around: bool(row["name"]) and around.names.count(row["name"].lower()) > 1),
    Check("编码应为 21 位", 'AND({c[code]}<>"",LEN(SUBSTITUTE({c[code]}," ",""))<>21,LEN(SUBSTITUTE({c[code]}," ",""))<>17)', _has_wrong_length),
    Check("金额应填数字", "SUMPRODUCT(--ISTEXT({c[budget.total]}:{c[budget.other]}))>0", lambda row, _: _is_text(row, *_MONEY)),
    Check("没有预算数", 'AND({any},{c[budget.total]}="")', lambda row, _: _filled(row) and not row["budget.total"]),
    Check("预算数不等于财政资金加其他资金",
          "AND(ISNUMBER({c[budget.total]}),COUNT({c[budget.fiscal]}:{c[budget.other]})>0,ROUND(N({c[budget.total]})-SUM({c[budget.fiscal]}:{c[budget.other]}),6)<>0)",
          lambda row, _: _is_off(row, *_MONEY)),
    Check("没有资金用途", 'AND({any},{c[purpose]}="")', lambda row, _: _filled(row) and not row["purpose"]),
    Check("没有支出计划", f"AND(ISNUMBER({{c[budget.total]}}),COUNTA({_D})=0)",
          lambda row, _: as_number(row["budget.total"]) is not None and not any(row[key] for key in _PLAN)),
    Check("支出计划应逐期累计", "OR(AND(ISNUMBER({c[plan.june]}),COUNT({c[plan.march]})>0,{c[plan.june]}<MAX({c[plan.march]})),"
          "AND(ISNUMBER({c[plan.october]}),COUNT({c[plan.march]}:{c[plan.june]})>0,{c[plan.october]}<MAX({c[plan.march]}:{c[plan.june]})),"
          "AND(ISNUMBER({c[plan.december]}),COUNT({c[plan.march]}:{c[plan.october]})>0,{c[plan.december]}<MAX({c[plan.march]}:{c[plan.october]})))", _falls),
    Check("支出计划年底应达到全部预算", f'AND(COUNT({_D})>0,MAX({_D})<>IF({{c[plan.unit]}}="金额",N({{c[budget.total]}}),100))', _ends_short),
    Check("没有绩效目标", 'AND({any},{c[goals]}="")', lambda row, _: _filled(row) and not row["goals[]"]),
    Check("没有绩效指标", 'AND({c[name]}<>"",SUMPRODUCT(--({of}={c[name]}))=0)',
          lambda row, around: bool(row["name"]) and row["name"].lower() not in around.with_indicators),
)  # fmt: skip
_INDICATOR: Final = (
    Check("没有选项目", 'AND({any},{c[@project]}="")', lambda row, _: _filled(row) and not row["@project"]),
    Check("“项目”表中没有这个项目", 'AND({c[@project]}<>"",SUMPRODUCT(--({names}={c[@project]}))=0)',
          lambda row, around: bool(row["@project"]) and row["@project"].lower() not in around.names),
    Check("没有选一级、二级指标", 'AND({any},OR({c[level1]}="",{c[level2]}=""))',
          lambda row, _: _filled(row) and not (row["level1"] and row["level2"])),
    Check("没有指标名称", 'AND({any},{c[level3]}="",{c[description]}="")',
          lambda row, _: _filled(row) and not (row["level3"] or row["description"])),
    Check("没有指标值", f'AND({{any}},{{c[value.number]}}="",OR({{c[value.sign]}}<>"{WORDS}",{{c[value.unit]}}=""))',
          lambda row, _: _filled(row) and not row["value.number"] and not (row["value.sign"] == WORDS and row["value.unit"])),
    Check("数值应填数字", "ISTEXT({c[value.number]})", lambda row, _: _is_text(row, "value.number")),
    Check("没有计量单位", 'AND(ISNUMBER({c[value.number]}),{c[value.unit]}="")',
          lambda row, _: as_number(row["value.number"]) is not None and not row["value.unit"]),
    Check("比率超过 100%", 'AND(ISNUMBER({c[value.number]}),N({c[value.number]})>100,{c[value.unit]}="%",{c[value.sign]}<>"≤",{c[value.sign]}<>"<",'
          'OR({c[level1]}="满意度指标",RIGHT({c[level3]},1)="率",RIGHT({c[level3]},3)="满意度"),'
          'ISERROR(FIND("增",{c[level3]}&{c[description]})),ISERROR(FIND("提",{c[level3]}&{c[description]})))', _is_above_all),
    Check("“≥0”怎样都能达到", 'AND({c[value.sign]}="≥",ISNUMBER({c[value.number]}),N({c[value.number]})=0,{c[value.unit]}<>"%")',
          lambda row, _: row["value.sign"] == "≥" and as_number(row["value.number"]) == 0 and row["value.unit"] != "%"),
)  # fmt: skip
_PURCHASE: Final = (
    Check("没有物品名称", 'AND({any},{c[name]}="")', lambda row, _: _filled(row) and not row["name"]),
    Check("目录序号应为一个字母加 8 位数字", 'AND({c[catalog_code]}<>"",OR(LEN({c[catalog_code]})<>9,ISERROR(FIND(LEFT({c[catalog_code]},1),"ABC")),'
          "ISERROR(VALUE(MID({c[catalog_code]},2,8)))))", _is_no_code),
    Check("合计不等于数量乘单价", "AND(ISNUMBER({c[quantity]}),ISNUMBER({c[price]}),ISNUMBER({c[total]}),ROUND(N({c[quantity]})*N({c[price]})-N({c[total]}),2)<>0)",
          lambda row, _: len(found := _numbers(row, "quantity", "price", "total")) == 3 and round(found[0] * found[1] - found[2], 2) != 0),
    Check("各来源之和不等于合计", "AND(ISNUMBER({c[total]}),COUNT({c[general_public]}:{c[carried_over]})>0,ROUND(N({c[total]})-SUM({c[general_public]}:{c[carried_over]}),6)<>0)",
          lambda row, _: _is_off(row, "total", *PURCHASE_SOURCES)),
)  # fmt: skip
CHECKS: Final[Mapping[str, tuple[Check, ...]]] = {
    "项目": _PROJECT,
    "绩效指标": _INDICATOR,
    "政府采购": _PURCHASE,
}
"""By the title of the sheet."""


def told(title: str, row: Texts, around: Around) -> str:
    """What the check column of a row says: everything that is wrong, or nothing."""
    return "".join(f"{check.says}；" for check in CHECKS[title] if check.is_wrong(row, around))


def formula(title: str, **names: object) -> str:
    """The formula of the check column in one row, without its sign."""
    parts = [f'IF({check.formula.format(**names)},"{check.says}；","")' for check in CHECKS[title]]
    return "&".join(parts)


def with_cells(template: str, **names: object) -> str:
    """A formula with the cells and ranges of one row in it; keys of columns have points, so they stand in a mapping."""
    return template.format(**names)


class Sum(NamedTuple):
    """Single values of which one is the sum of others."""

    total: str
    parts: tuple[str, ...]
    says: str


SUMS: Final = (
    Sum("revenue.total", ("revenue.general_public", "revenue.government_fund", "revenue.state_capital", "revenue.fiscal_account",
                          "revenue.other", "revenue.carried_over"), "不等于下列各项之和"),
    Sum("expenditure.total", ("expenditure.basic", "expenditure.project"), "不等于基本支出加项目支出"),
    Sum("expenditure.total", ("revenue.total",), "不等于收入合计"),
    Sum("expenditure.basic", ("expenditure.personnel", "expenditure.operating"), "不等于人员经费加日常公用经费"),
    Sum("three_public.total", ("three_public.abroad", "three_public.vehicle_purchase", "three_public.vehicle_operation",
                               "three_public.reception"), "不等于下列各项之和"),
)  # fmt: skip


def sum_told(path: str, singles: Texts) -> str:
    """What stands beside a single value."""
    return "".join(
        f"{one.says}；" for one in SUMS if one.total == path and _is_off(singles, one.total, *one.parts)
    )


def sum_formula(path: str, cells: Mapping[str, str]) -> str | None:
    """The same as a formula; ``None`` where the value is no sum."""
    parts = []
    for one in SUMS:
        if one.total == path:
            added = ",".join(cells[part] for part in one.parts)
            total = cells[path]
            parts.append(
                f"IF(AND(ISNUMBER({total}),COUNT({added})>0,ROUND(N({total})-SUM({added}),6)<>0),"
                f'"{one.says}；","")'
            )
    return "=" + "&".join(parts) if parts else None
