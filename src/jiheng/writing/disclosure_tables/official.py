"""The official forms of the disclosure tables: their titles, and the columns of one that has nothing to show.

Forms: the list of tables that 财预〔2016〕143号 gives for department budgets, and that of 财库〔2019〕37号 for final
accounts. Titles and headings are those in common use; offices vary them, and what a document says goes before.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from jiheng.budget import TableColumn, TableKind

TWO_SIDED: Final = frozenset({TableKind.REVENUE_EXPENDITURE, TableKind.FISCAL_REVENUE_EXPENDITURE})
"""Income stands left and expenditure right."""

REQUIRED: Final = (
    TableKind.REVENUE_EXPENDITURE,
    TableKind.REVENUE,
    TableKind.EXPENDITURE,
    TableKind.FISCAL_REVENUE_EXPENDITURE,
    TableKind.GENERAL_PUBLIC_EXPENDITURE,
    TableKind.BASIC_EXPENDITURE,
    TableKind.THREE_PUBLIC,
    TableKind.GOVERNMENT_FUND,
    TableKind.STATE_CAPITAL,
)
"""The tables that every department publishes, empty ones too, in their order."""


class OfficialForm(NamedTuple):
    """The title of a table and its columns of figures."""

    title: str
    columns: tuple[TableColumn, ...]


_Columns = tuple[tuple[str, str], ...]
_CODED: Final[_Columns] = (("total", "合计"), ("basic", "基本支出"), ("project", "项目支出"))
_BASIC: Final[_Columns] = (("total", "合计"), ("personnel", "人员经费"), ("operating", "公用经费"))
_THREE: Final[_Columns] = (
    ("total", "合计"), ("abroad", "因公出国（境）费"), ("vehicle", "公务用车购置及运行费/小计"),
    ("vehicle_purchase", "公务用车购置及运行费/公务用车购置费"), ("vehicle_operation", "公务用车购置及运行费/公务用车运行费"),
    ("reception", "公务接待费"),
)  # fmt: skip
_BUDGETS: Final[_Columns] = (
    ("general_public", "一般公共预算"), ("government_fund", "政府性基金预算"), ("state_capital", "国有资本经营预算"),
)  # fmt: skip
_GRANTS: Final[_Columns] = tuple((key, f"{label}财政拨款") for key, label in _BUDGETS)
_OTHER_MONEY: Final[_Columns] = (("fiscal_account", "财政专户管理资金"), ("own", "单位资金"))

_BUDGET_FORMS: Final[dict[TableKind, tuple[str, _Columns]]] = {
    TableKind.REVENUE_EXPENDITURE: ("部门收支总体情况表", (("budget", "预算数"),)),
    TableKind.REVENUE: (
        "部门收入总体情况表",
        (("total", "合计"), ("carried_over", "上年结转"), *_BUDGETS, *_OTHER_MONEY),
    ),
    TableKind.EXPENDITURE: (
        "部门支出总体情况表",
        (*_CODED, ("operation", "事业单位经营支出"), ("to_superior", "上缴上级支出"), ("to_affiliated", "对附属单位补助支出")),
    ),
    TableKind.FISCAL_REVENUE_EXPENDITURE: (
        "财政拨款收支总体情况表", (("budget", "预算数"), ("total", "合计"), *_BUDGETS),
    ),
    TableKind.GENERAL_PUBLIC_EXPENDITURE: (
        "一般公共预算支出情况表",
        (("total", "合计"), ("basic", "基本支出/小计"), ("personnel", "基本支出/人员经费"), ("operating", "基本支出/公用经费"),
         ("project", "项目支出")),
    ),
    TableKind.BASIC_EXPENDITURE: ("一般公共预算基本支出情况表", _BASIC),
    TableKind.THREE_PUBLIC: ("一般公共预算“三公”经费支出情况表", _THREE),
    TableKind.GOVERNMENT_FUND: ("政府性基金预算支出情况表", _CODED),
    TableKind.STATE_CAPITAL: ("国有资本经营预算支出情况表", _CODED),
    TableKind.PROJECT_EXPENDITURE: ("项目支出情况表", (("total", "合计"), *_BUDGETS, *_OTHER_MONEY)),
    TableKind.PROCUREMENT: ("政府采购预算情况表", (("quantity", "数量"), ("price", "单价"), ("total", "合计"))),
}  # fmt: skip
_FINAL_FORMS: Final[dict[TableKind, tuple[str, _Columns]]] = {
    TableKind.REVENUE_EXPENDITURE: ("收入支出决算总表", (("final", "金额"),)),
    TableKind.REVENUE: (
        "收入决算表",
        (("revenue", "本年收入合计"), ("fiscal", "财政拨款收入"), ("superior_subsidy", "上级补助收入"), ("business", "事业收入"),
         ("operation", "经营收入"), ("affiliated", "附属单位上缴收入"), ("other", "其他收入")),
    ),
    TableKind.EXPENDITURE: (
        "支出决算表",
        (("expenditure", "本年支出合计"), ("basic", "基本支出"), ("project", "项目支出"), ("to_superior", "上缴上级支出"),
         ("operation", "经营支出"), ("to_affiliated", "对附属单位补助支出")),
    ),
    TableKind.FISCAL_REVENUE_EXPENDITURE: (
        "财政拨款收入支出决算总表", (("final", "金额"), ("total", "合计"), *_GRANTS),
    ),
    TableKind.GENERAL_PUBLIC_EXPENDITURE: (
        "一般公共预算财政拨款支出决算表",
        (("expenditure", "本年支出/小计"), ("basic", "本年支出/基本支出"), ("project", "本年支出/项目支出")),
    ),
    TableKind.BASIC_EXPENDITURE: ("一般公共预算财政拨款基本支出决算表", _BASIC),
    TableKind.THREE_PUBLIC: (
        "财政拨款“三公”经费支出决算表",
        tuple((f"{key}_{stage}", f"{name}/{label}")
              for stage, name in (("budget", "预算数"), ("final", "决算数")) for key, label in _THREE),
    ),
    TableKind.GOVERNMENT_FUND: (
        "政府性基金预算财政拨款收入支出决算表",
        (("carried_over", "年初结转和结余"), ("revenue", "本年收入"), ("expenditure", "本年支出/小计"), ("basic", "本年支出/基本支出"),
         ("project", "本年支出/项目支出"), ("carried_forward", "年末结转和结余")),
    ),
    TableKind.STATE_CAPITAL: ("国有资本经营预算财政拨款支出决算表", _CODED),
    TableKind.PROJECT_EXPENDITURE: ("项目支出决算表", (("total", "合计"), *_GRANTS)),
    TableKind.PROCUREMENT: ("政府采购决算表", (("quantity", "数量"), ("price", "单价"), ("total", "合计"))),
}  # fmt: skip


def official_form(kind: TableKind, *, is_final: bool) -> OfficialForm:
    """The official form of a kind of table. ``is_final``: of final accounts."""
    title, columns = (_FINAL_FORMS if is_final else _BUDGET_FORMS)[kind]
    return OfficialForm(title, tuple(TableColumn(key, label) for key, label in columns))


def title_of(kind: TableKind | None, *, is_final: bool) -> str:
    """What stands above a table that has no title of its own."""
    if kind is None:
        return "其他决算公开表" if is_final else "其他预算公开表"
    return official_form(kind, is_final=is_final).title
