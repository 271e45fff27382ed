"""Disclosure tables of an invented county's water bureau, one of every kind, for a budget and for a final account."""

from __future__ import annotations

from itertools import chain, zip_longest

from jiheng.budget import (
    BudgetDocument,
    CodedName,
    DisclosureTable,
    Expenditure,
    GlossaryTerm,
    Kind,
    Remark,
    Revenue,
    TableColumn,
    TableKind,
    TableRow,
)

BUDGETS = (
    ("general_public", "一般公共预算"), ("government_fund", "政府性基金预算"), ("state_capital", "国有资本经营预算"),
)  # fmt: skip
CODED = (("total", "合计"), ("basic", "基本支出"), ("project", "项目支出"))
THREE = (
    ("total", "合计"), ("abroad", "因公出国（境）费"), ("vehicle", "公务用车购置及运行费/小计"),
    ("vehicle_purchase", "公务用车购置及运行费/公务用车购置费"), ("vehicle_operation", "公务用车购置及运行费/公务用车运行费"),
    ("reception", "公务接待费"),
)  # fmt: skip
FUNCTIONS = (
    ("208", "社会保障和就业支出", "120.06"), ("20805", "行政事业单位养老支出", "120.06"),
    ("2080505", "机关事业单位基本养老保险缴费支出", "80.04"), ("2080506", "机关事业单位职业年金缴费支出", "40.02"),
    ("213", "农林水支出", "1100.50"), ("21303", "水利", "1100.50"), ("2130301", "行政运行", "600"), ("2130314", "防汛", "500.5"),
)  # fmt: skip


def row(name: str | None, *values: str | None, **fields: object) -> TableRow:
    """A row with its figures."""
    return TableRow(name=name, values=list(values), **fields)  # type: ignore[arg-type]


def sides(left: list[TableRow], right: list[TableRow]) -> list[TableRow]:
    """Rows side by side, in the order in which they are read."""
    return [one for one in chain.from_iterable(zip_longest(left, right)) if one is not None]


def table(
    kind: str | None, title: str, columns: object, rows: list[TableRow], **fields: object
) -> DisclosureTable:
    """A table of the water bureau's budget."""
    given: dict[str, object] = {"issuer": "安澜县水务局", "issuer_code": "305", "fiscal_year": 2024}
    return DisclosureTable(
        kind=TableKind(kind) if kind else None,
        title=title,
        columns=[TableColumn(key, label) for key, label in columns],  # type: ignore[attr-defined]
        rows=rows,
        **(given | fields),  # type: ignore[arg-type]
    )


def _income(*items: tuple[str, str | None], more: int = 0) -> list[TableRow]:
    return [row(name, amount, *[None] * more, side="revenue") for name, amount in items]


def _spending(*items: tuple[str, str | None], before: int = 0) -> list[TableRow]:
    return [row(name, *[None] * before, amount, side="expenditure") for name, amount in items]


def _functions(*others: str | None) -> list[TableRow]:
    return [row(name, amount, *others, code=code) for code, name, amount in FUNCTIONS]


def budget_tables() -> list[DisclosureTable]:
    """The tables of a budget: all kinds, one of no known kind, two of them empty."""
    return [*_totals(), *_spent(), *_others()]


def _totals() -> list[DisclosureTable]:
    fiscal = [
        row("一、农林水支出", None, "1114.50", "1114.50", None, None, side="expenditure"),
        row("支出总计", None, "1114.50", "1114.50", None, None, side="expenditure"),
    ]
    return [
        table(
            "revenue_expenditure", "部门收支总体情况表", [("budget", "预算数")],
            sides(
                _income(("一、一般公共预算拨款收入", "1234.56"), ("二、单位资金收入", "35.50"), ("本年收入合计", "1270.06"),
                        ("上年结转", "32"), ("收入总计", "1302.06")),
                _spending(("一、社会保障和就业支出", "120.06"), ("二、农林水支出", "1182.00"), ("本年支出合计", "1302.06"),
                          ("结转下年", None), ("支出总计", "1302.06")),
            ), number="表一",
        ),
        table(
            "revenue", "部门收入总体情况表",
            [("total", "合计"), ("carried_over", "上年结转"), *BUDGETS, ("own", "单位资金/小计"), ("business", "单位资金/事业收入"),
             ("other", "单位资金/其他收入")],
            [row("合计", "1220.56", "32.00", "1188.56", *[None] * 5), *_functions(*[None] * 7)], number="表二",
        ),
        table(
            "expenditure", "部门支出总体情况表",
            [*CODED, ("operation", "事业单位经营支出"), ("to_superior", "上缴上级支出"), ("to_affiliated", "对附属单位补助支出")],
            [*_functions("120.06", *[None] * 4), row("合计", "1220.56", "720.06", "500.50", None, None, None)], number="表三",
        ),
        table(
            "fiscal_revenue_expenditure", "财政拨款收支总体情况表", [("budget", "预算数"), ("total", "合计"), *BUDGETS],
            sides(_income(("一、本年收入", "1114.50"), ("（一）一般公共预算拨款", "1114.50"), ("（二）政府性基金预算拨款", None),
                          ("收入总计", "1114.50"), more=4), fiscal), number="表四",
        ),
    ]  # fmt: skip


def _spent() -> list[DisclosureTable]:
    empty = "注：本部门2024年没有{}财政拨款安排的支出，本表无数据。"
    return [
        table(
            "general_public_expenditure", "一般公共预算支出情况表",
            [("total", "合计"), ("basic", "基本支出/小计"), ("personnel", "基本支出/人员经费"), ("operating", "基本支出/公用经费"),
             ("project", "项目支出")],
            [*_functions("20.06", "20.00", "0.06", None), row("合计", "1220.56", "720.06", "600.00", "120.06", "500.50")],
            number="表五",
        ),
        table(
            "basic_expenditure", "一般公共预算基本支出情况表", [("total", "合计"), ("personnel", "人员经费"), ("operating", "公用经费")],
            [row("工资福利支出", "600.00", "600.00", None, code="301"), row("基本工资", "600.00", "600.00", None, code="30101"),
             row("公务用车运行维护费", "120.06", None, "120.06", code="30231"), row("合计", "720.06", "600.00", "120.06")],
            number="表六",
        ),
        table(
            "three_public", "一般公共预算“三公”经费支出情况表", THREE, [row(None, "12.00", None, "10.00", "0", "10.00", "2.00")],
            number="表七", notes=["注：1.本表按预算安排填列。", "2.公务用车购置费为零。"],
        ),
        table("government_fund", "政府性基金预算支出情况表", CODED, [], number="表八", notes=[empty.format("政府性基金预算")]),
        table("state_capital", "国有资本经营预算支出情况表", CODED, [], number="表九", notes=[empty.format("国有资本经营预算")]),
    ]  # fmt: skip


def _others() -> list[DisclosureTable]:
    return [
        table(
            "project_expenditure", "项目支出情况表", [("total", "合计"), *BUDGETS, ("own", "单位资金")],
            [row("山洪沟清淤及沿线护岸加固工程", "300.50", "300.50", None, None, None, code="13990124P005840100019",
                 unit="安澜县水务局本级", attributes={"备注": "续建"}),
             row("饮水管网改造", "200.00", "200.00", None, None, None, code="13990124P005840100020", unit="安澜县农村饮水安全服务中心")],
            number="表十",
        ),
        table(
            "procurement", "政府采购预算情况表", [("quantity", "数量"), ("price", "单价"), ("total", "合计")],
            [row("公用经费", "10", "0.50", "5.00", attributes={"采购品目": "A02010105 台式计算机", "计量单位": "台"}),
             row("合计", None, None, "5.00")], number="表十一",
        ),
        table(
            None, "水库移民扶持资金分配情况统计表", [(None, "人数"), ("budget", "金额")],
            [row("东山镇", "120", "7.20", attributes={"备注": "直补"}), row("西河乡", "80", "-4.80")], unit="元",
        ),
    ]  # fmt: skip


def final_tables() -> list[DisclosureTable]:
    """Tables of a final account, with two years of the three public expenses side by side."""
    final = {"is_final": True, "issuer_code": None, "fiscal_year": 2023}
    return [
        table(
            "revenue_expenditure", "收入支出决算总表", [("final", "金额")],
            sides(
                _income(("一、一般公共预算财政拨款收入", "1850.25"), ("二、事业收入", "35.50"), ("总计", "1885.75")),
                _spending(("一、农林水支出", "1885.75"), ("年末结转和结余", None), ("总计", "1885.75")),
            ), number="公开01表", **final,
        ),
        table(
            "expenditure", "支出决算表", [("expenditure", "本年支出合计"), ("basic", "基本支出"), ("project", "项目支出")],
            [row("合计", "1885.75", "885.75", "1000.00"), row("防汛", "1885.75", "885.75", "1000.00", code="2130314")],
            number="公开03表", notes=["注：本表反映部门本年度各项支出情况。"], **final,
        ),
        table(
            "three_public", "财政拨款“三公”经费支出决算表",
            [(f"{key}_{stage}", f"{name}/{label}") for stage, name in (("budget", "预算数"), ("final", "决算数")) for key, label in THREE],
            [row(None, "14.00", None, "12.00", None, "12.00", "2.00", "11.00", None, "10.00", None, "10.00", "1.00")],
            number="公开07表", **final,
        ),
    ]  # fmt: skip


def disclosure(kind: Kind = Kind.DEPARTMENT_DISCLOSURE, **fields: object) -> BudgetDocument:
    """A disclosure of little text with all its tables."""
    word = "单位" if kind is Kind.UNIT_DISCLOSURE else "部门"
    given: dict[str, object] = {
        "title": f"安澜县水务局2024年{word}预算信息公开情况说明",
        "fiscal_year": 2024,
        "department": CodedName("305", "安澜县水务局"),
        "duties": ["（一）管理水利工程。"],
        "revenue": Revenue(year=2024, total="1302.06", general_public="1234.56"),
        "expenditure": Expenditure(year=2024, total="1302.06", basic="801.56", project="500.50"),
        "other_matters": f"我{word}没有其他需要说明的事项。",
        "remarks": [
            Remark(section="introduction", text=f"按照预算公开的有关规定，现将我{word}2024年预算公开如下：")
        ],
        "tables": budget_tables(),
    }
    return BudgetDocument(kind=kind, **(given | fields))  # type: ignore[arg-type]


def final_account(**fields: object) -> BudgetDocument:
    """A final account with sentences, as one is read."""
    given: dict[str, object] = {
        "title": "安澜县水务局2023年度部门决算",
        "fiscal_year": 2023,
        "department": CodedName(None, "安澜县水务局"),
        "duties": ["（一）管理水利工程。", "（二）负责防汛抗旱。"],
        "remarks": [
            Remark(
                section="organizations", text="安澜县水务局由局机关和两个所属事业单位组成，共有编制42人。"
            ),
            Remark(section="overview", text="本部门在年度内按照预算开展了各项工作，没有重大变化。"),
        ],
        "glossary": [GlossaryTerm(term="基本支出", definition="维持机构运转的支出。")],
        "tables": final_tables(),
    }
    return BudgetDocument(kind=Kind.FINAL_ACCOUNTS, **(given | fields))  # type: ignore[arg-type]
