"""Slips in figures: every figure that others determine, with every slip that a hand makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import Final, NamedTuple

from benchmarks.accuracy.words import Chance
from benchmarks.mutations.changes import Change, at, changed, declare, paths
from jiheng.auditing.scope import everywhere, provincial_text
from jiheng.budget import BudgetDocument


def _ten_times(text: str) -> str:
    return _written(Decimal(text) * 10, text)


def _a_tenth(text: str) -> str:
    return _written(Decimal(text) / 10, text)


def _swapped(text: str) -> str:
    """The first two neighbouring digits that differ change places."""
    for index in range(len(text) - 1):
        one, two = text[index], text[index + 1]
        if one.isdigit() and two.isdigit() and one != two and not (index == 0 and two == "0"):
            return text[:index] + two + one + text[index + 2 :]
    return text


def _other_digit(text: str) -> str:
    """The first digit is another one."""
    index = next(index for index, sign in enumerate(text) if sign.isdigit())
    return text[:index] + str(int(text[index]) % 9 + 1) + text[index + 1 :]


def _last_digit(text: str) -> str:
    return text[:-1] + str((int(text[-1]) + 3) % 10)


def _negative(text: str) -> str:
    return text.removeprefix("-") if text.startswith("-") else f"-{text}"


def _in_yuan(text: str) -> str:
    return _written(Decimal(text) * 10_000, text)


def _one_more(text: str) -> str:
    return _written(Decimal(text) + 1, text)


def _written(number: Decimal, like: str) -> str:
    decimals = len(like.partition(".")[2])
    return f"{number:.{max(decimals, 2) if number % 1 else decimals}f}"


class Slip(NamedTuple):
    """A slip; ``is_small`` ones are within what rounding may do to a sum."""

    id: str
    title: str
    make: Callable[[str], str]
    is_small: bool = False


SLIPS: Final = (
    Slip("ten_times", "扩大十倍", _ten_times),
    Slip("a_tenth", "缩小十倍", _a_tenth),
    Slip("swapped", "相邻数字颠倒", _swapped),
    Slip("other_digit", "首位数字写错", _other_digit),
    Slip("last_digit", "末位数字写错", _last_digit, is_small=True),
    Slip("negative", "正负号相反", _negative),
    Slip("in_yuan", "按元填写", _in_yuan),
    Slip("one_more", "多 1", _one_more),
)


class Field(NamedTuple):
    """Figures that others determine. ``why``: by what, so that any other figure is wrong by construction.

    Figures that nothing in the document determines (an asset's quantity, the change of the “三公”经费, the hours of
    a training) are no fields: another figure there makes no wrong document.
    """

    id: str
    title: str
    pattern: str
    family: str
    why: str
    takes_small: bool = True
    """Whether a slip of the last digit is an error: not where addends may be rounded."""
    applies: Callable[[BudgetDocument], bool] = everywhere
    """Documents in which the figure is determined."""
    where: Callable[[BudgetDocument, str], bool] = lambda document, path: True
    """Places in such a document where it is determined."""
    slack: str = "0"
    """What rounding by hand may do to a figure that is divided: half a point of a rate and of a score."""


def _lists_sources(document: BudgetDocument) -> bool:
    """Whether the text names every source and part, as the provincial form does; others leave out small ones."""
    return provincial_text(document)


def _prints_budget(document: BudgetDocument) -> bool:
    """Whether goal tables print a budget of their own; that of a report is its funding lines, read once more."""
    return not any(project.funding for project in document.projects)


def _is_of_a_project(document: BudgetDocument, path: str) -> bool:
    """Whether a purchase is for a project of the document; what the office buys may be any part of its funds."""
    named = at(document, f"{path.rpartition('.')[0]}.project")
    budgets = {one.name for one in document.projects if one.budget and one.budget.total}
    return named in budgets


def _has_tables(document: BudgetDocument) -> bool:
    """A budget with its tables, which repeat what the sentences say."""
    return bool(document.tables)


FIELDS: Final = (
    Field("revenue_total", "收入合计", "revenue.total", "SUM", "the sum of the sources, and equal to expenditure", applies=_lists_sources),
    Field("revenue_general", "一般公共预算收入", "revenue.general_public", "SUM", "an addend of the revenue", applies=_lists_sources),
    Field("revenue_other", "其他收入", "revenue.other", "SUM", "an addend of the revenue", applies=_lists_sources),
    Field("revenue_carried", "上年结转", "revenue.carried_over", "SUM", "an addend of the revenue", applies=_lists_sources),
    Field("expenditure_total", "支出合计", "expenditure.total", "SUM", "basic and project expenditure, and the revenue"),
    Field("basic", "基本支出", "expenditure.basic", "SUM", "personnel and operating funds"),
    Field("personnel", "人员经费", "expenditure.personnel", "SUM", "an addend of basic expenditure"),
    Field("operating", "公用经费", "expenditure.operating", "SUM", "an addend of basic expenditure"),
    Field("project_expenditure", "项目支出", "expenditure.project", "SUM", "the sum of the projects"),
    Field("listed_project", "文中项目金额", "expenditure.projects.*.amount", "NAME", "the budget of its goal table"),
    Field("budget_total", "项目预算数", "projects.*.budget.total", "SUM", "fiscal and other money", applies=_prints_budget),
    Field("budget_fiscal", "财政资金", "projects.*.budget.fiscal", "SUM", "an addend of the budget", applies=_prints_budget),
    Field("budget_other", "其他资金", "projects.*.budget.other", "SUM", "an addend of the budget", applies=_prints_budget),
    Field("change_total", "增减总额", "changes.total", "CHG", "the two changes together", applies=_lists_sources),
    Field("change_basic", "基本支出增减", "changes.basic", "CHG", "an addend of the change", applies=_lists_sources),
    Field("change_project", "项目支出增减", "changes.project", "CHG", "an addend of the change", applies=_lists_sources),
    Field("three_total", "三公经费合计", "three_public.total", "SUM", "its four parts"),
    Field("three_abroad", "出国费", "three_public.abroad", "SUM", "an addend"),
    Field("three_purchase", "车辆购置费", "three_public.vehicle_purchase", "SUM", "an addend"),
    Field("three_operation", "车辆运行费", "three_public.vehicle_operation", "SUM", "an addend"),
    Field("three_reception", "接待费", "three_public.reception", "SUM", "an addend"),
    Field("operating_funds", "机关运行经费", "operating_funds.total", "SUM", "the operating funds, as all bodies are offices", applies=_lists_sources),
    Field("procurement_total", "采购总额", "procurement.total", "PROC", "the sum of the rows", applies=_lists_sources),
    Field("procurement_table", "采购表合计", "procurement.table_total", "PROC", "the sum of the rows"),
    Field("procurement_source", "采购表合计行资金来源", "procurement.total_row.general_public", "PROC", "the sum of the column, and of the line"),
    Field("item_quantity", "采购数量", "procurement.items.*.quantity", "PROC", "a factor of the row"),
    Field("item_price", "采购单价", "procurement.items.*.price", "PROC", "a factor of the row", takes_small=False),
    Field("item_total", "采购金额", "procurement.items.*.total", "PROC", "quantity times price, the sum of the funds"),
    Field("item_fund", "采购资金来源", "procurement.items.*.general_public", "PROC", "the only fund of the row"),
    Field("item_budget", "采购项目预算资金", "procurement.items.*.project_budget", "PROC", "the budget of the project's goal table", where=_is_of_a_project),
    Field("assets_total", "文中资产总额", "assets.total", "AST", "the total of the table"),
    Field("assets_table", "资产表合计", "assets.table_total", "AST", "the sum of the rows"),
    Field("asset_value", "资产价值", "assets.items.*.value", "AST", "an addend of the assets"),
    Field("planned_purchase", "拟购置固定资产", "assets.planned_purchase", "PROC", "the goods of the procurement table"),
    Field("told_revenue", "文中收入与表", "revenue.total", "ACC", "the total of the tables", applies=_has_tables),
    Field("told_expenditure", "文中支出与表", "expenditure.total", "ACC", "the total of the tables", applies=_has_tables),
    Field("told_three", "文中三公与表", "three_public.total", "ACC", "the total of its table", applies=_has_tables),
    Field("table_cell", "公开表金额", "tables.*.rows.*.values.*", "TBL", "rows, columns and classes add up", takes_small=False),
    Field("funding_initial", "年初预算数", "projects.*.funding.*.initial", "EVAL", "lines add up to the first", takes_small=False),
    Field("funding_adjusted", "全年预算数", "projects.*.funding.*.adjusted", "EVAL", "lines add up to the first", takes_small=False),
    Field("funding_executed", "执行数", "projects.*.funding.*.executed", "EVAL", "lines add up to the first", takes_small=False),
    Field("funding_forecast", "全年预计执行数", "projects.*.funding.*.forecast", "EVAL", "lines add up to the first", takes_small=False),
    Field("funding_rate", "执行率", "projects.*.funding.*.rate", "EVAL", "executed divided by budget", slack="0.5"),
    Field("funding_score", "执行率得分", "projects.*.funding.*.score", "EVAL", "ten times the rate", slack="0.5"),
    Field("indicator_weight", "指标分值", "projects.*.indicators.*.weight", "EVAL", "weights come to 90"),
    Field("indicator_score", "指标得分", "projects.*.indicators.*.score", "EVAL", "scores come to the total", takes_small=False),
    Field("total_score", "自评总分", "projects.*.score", "EVAL", "the sum of the scores", takes_small=False),
)  # fmt: skip


def _slips(slip: Slip, field: Field, document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The slip in every figure of the field that is not nought: ten times nought is nought.

    A code or a word in a column of figures is left out as well, and a slip that leaves the figure as it is.
    """
    for path in paths(document, field.pattern) if field.applies(document) else ():
        if not field.where(document, path):
            continue
        text = at(document, path)
        if not isinstance(text, str) or not _is_figure(text):
            continue
        if slip.id == "in_yuan" and _is_price(document, path):
            continue
        wrong = slip.make(text)
        if _is_figure(wrong) and abs(Decimal(wrong) - Decimal(text)) > Decimal(field.slack):
            yield changed(document, path, wrong)


def _is_price(document: BudgetDocument, path: str) -> bool:
    """Whether a cell is a price, which may well stand in 元 beside amounts in 万元."""
    parts = path.split(".")
    if parts[0] != "tables":
        return False
    columns = document.tables[int(parts[1])].columns
    return int(parts[-1]) < len(columns) and columns[int(parts[-1])].key == "price"


def _is_figure(text: str) -> bool:
    plain = text.removeprefix("-").replace(".", "", 1)
    return plain.isdigit() and plain.strip("0") != ""


_NEVER: Final = frozenset({"item_quantity_swapped", "funding_score_swapped"})
"""Quantities of one digit have no neighbours to change places; in a score near ten the slip is within its slack."""

for _field in FIELDS:
    for _slip in SLIPS:
        if (
            not _slip.is_small or (_field.takes_small and _field.slack == "0")
        ) and f"{_field.id}_{_slip.id}" not in _NEVER:
            declare(
                f"{_field.id}_{_slip.id}",
                f"{_field.title}{_slip.title}",
                _field.family,
                partial(_slips, _slip, _field),
            )
