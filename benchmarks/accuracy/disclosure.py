"""Disclosures of invented departments: the prose and the tables of a budget (财预〔2016〕143号) and of a final account."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from benchmarks.accuracy import prose
from benchmarks.accuracy.accounts import Accounts, accounts, three_public
from benchmarks.accuracy.known import Builder, Known
from benchmarks.accuracy.printed import Printed, Style, by_economy, by_function, numbered, two_sided
from benchmarks.accuracy.words import Chance

Told = Callable[[Builder, Chance, str, int, Accounts], dict[str, Any]]
Tables = Callable[[Chance, Accounts, Style], Iterator[Printed]]
_THREE_KEYS: Final = ("total", "abroad", "vehicle", "vehicle_purchase", "vehicle_operation", "reception")


def _style(chance: Chance) -> Style:
    return Style(
        thousands=chance.random() < 0.5,
        zero=chance.choice(("", "0.00")),
        code_columns=chance.random() < 0.4,
    )


def budgets(seed: int) -> Iterator[Known]:
    """A department's budget: chapters in sentences, then the tables."""
    yield _known(
        f"budget {seed}",
        Chance(f"budget {seed}"),
        (2022, 2025),
        prose.budget,
        _budget_tables,
        lambda index: f"表{_han(index)}",
    )


def final_accounts(seed: int) -> Iterator[Known]:
    """A department's final account: chapters in sentences, then the tables 公开01表 and so on."""
    yield _known(
        f"final account {seed}", Chance(f"final {seed}"), (2021, 2024), prose.final_account, _final_tables,
        lambda index: f"公开{index + 1:02}表",
    )  # fmt: skip


def _known(
    name: str,
    chance: Chance,
    years: tuple[int, int],
    told: Told,
    printed: Tables,
    number: Callable[[int], str],
) -> Known:
    office, year, style = chance.office(), chance.randint(*years), _style(chance)
    books = accounts(chance)
    builder = Builder()
    record = told(builder, chance, office, year, books)
    tables = list(printed(chance, books, style))
    numbers = [number(index) for index in range(len(tables))]
    record["tables"] = _print(builder, tables, numbers, office, "万元")
    return Known(name, builder.blocks(), [record])


def _han(index: int) -> str:
    return ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一")[index]


def _print(
    builder: Builder, tables: Sequence[Printed], numbers: Sequence[str], office: str, unit: str
) -> list[dict[str, Any]]:
    """Title, number, issuer and unit above each table, its notes below."""
    records = []
    for number, printed in zip(numbers, tables, strict=True):
        builder.say(number, printed.title, f"编制单位：{office}", f"单位：{unit}")
        builder.table(printed.lines)
        builder.say(*printed.notes)
        notes = {"notes": list(printed.notes)} if printed.notes else {}
        records.append(printed.record | {"number": number, "unit": unit, "issuer": office} | notes)
    return records


def _budget_tables(chance: Chance, books: Accounts, style: Style) -> Iterator[Printed]:
    rows, total = books.rows, books.whole.total
    spent = [(name, [row.total]) for name, row in numbered(rows)]
    income = [
        ("一、一般公共预算拨款收入", total), ("二、政府性基金预算拨款收入", None), ("三、国有资本经营预算拨款收入", None),
        ("四、财政专户管理资金收入", None), ("五、单位资金收入", None),
    ]  # fmt: skip
    while len(spent) < len(income):
        spent.append(("", [None]))
    ends = [("本年收入合计", total), ("上年结转结余", None), ("收入总计", total)]
    spent_ends = [("本年支出合计", [total]), ("年终结转结余", [None]), ("支出总计", [total])]
    while len(income) < len(spent):
        income.append(("", None))
    yield two_sided(
        "部门收支总表", "revenue_expenditure", ["收入 {2} | 支出 {2}", "项目 | 预算数 | 项目 | 预算数"],
        [*income, *ends], [*spent, *spent_ends], ("budget", ["budget"]), style,
    )  # fmt: skip
    yield by_function(
        "部门收入总表", "revenue",
        ["合计 {1x2} | 本年收入 {5} | 上年结转结余 {1x2}",
         "一般公共预算 | 政府性基金预算 | 国有资本经营预算 | 财政专户管理资金 | 单位资金"],
        ["total", "general_public", "government_fund", "state_capital", "fiscal_account", "own", "carried_over"],
        rows, style, lambda row: [row.total, row.total, None, None, None, None, None],
    )  # fmt: skip
    yield by_function(
        "部门支出总表", "expenditure", ["合计 | 基本支出 | 项目支出 | 上缴上级支出 | 事业单位经营支出 | 对附属单位补助支出"],
        ["total", "basic", "project", "to_superior", "operation", "to_affiliated"],
        rows, style, lambda row: [row.total, row.basic, row.project, None, None, None],
    )  # fmt: skip
    yield two_sided(
        "财政拨款收支总表", "fiscal_revenue_expenditure",
        ["收入 {2} | 支出 {5}",
         "项目 | 预算数 | 项目 | 合计 | 一般公共预算 | 政府性基金预算 | 国有资本经营预算"],
        [("一、本年收入", total), ("（一）一般公共预算拨款", total), ("（二）政府性基金预算拨款", None),
         ("收入总计", total)],
        [*((name, [row.total, row.total, None, None]) for name, row in numbered(rows)),
         ("支出总计", [total, total, None, None])],
        ("budget", ["total", "general_public", "government_fund", "state_capital"]), style,
    )  # fmt: skip
    yield by_function(
        "一般公共预算支出表", "general_public_expenditure",
        ["合计 {1x2} | 基本支出 {3} | 项目支出 {1x2}", "小计 | 人员经费 | 公用经费"],
        ["total", "basic", "personnel", "operating", "project"], rows, style,
        lambda row: [row.total, row.basic, row.personnel, row.operating, row.project],
    )  # fmt: skip
    yield by_economy(
        "一般公共预算基本支出表", ["total", "personnel", "operating"],
        ["科目编码 {1x2} | 科目名称 {1x2} | 一般公共预算基本支出 {3}", "合计 | 人员经费 | 公用经费"], books, style,
    )  # fmt: skip
    yield _three_table("一般公共预算“三公”经费支出表", books.three, style)
    yield from _empty_tables()
    yield _projects(chance, books, style)
    yield _purchases(books, style)


def _three_table(title: str, three: Sequence[Decimal], style: Style) -> Printed:
    lines = [
        "“三公”经费合计 {1x2} | 因公出国（境）费 {1x2} | 公务用车购置及运行费 {3} | 公务接待费 {1x2}",
        "小计 | 公务用车购置费 | 公务用车运行费",
        " | ".join(style.figure(one) for one in three),
    ]
    record = {"kind": "three_public", "title": title, "rows": [{"figures": style.record(_THREE_KEYS, three)}]}
    return Printed(title, lines, record)


_EMPTY: Final = "注：本部门没有此项收支，本表无数据。"


def _empty_tables() -> Iterator[Printed]:
    for title, kind in (
        ("政府性基金预算支出表", "government_fund"),
        ("国有资本经营预算支出表", "state_capital"),
    ):
        lines = ["科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出", " |  |  |  | "]
        yield Printed(title, lines, {"kind": kind, "title": title}, [_EMPTY])


def _projects(chance: Chance, books: Accounts, style: Style) -> Printed:
    lines = [
        "项目名称 {1x2} | 项目单位 {1x2} | 合计 {1x2} | 本年拨款 {3}",
        "一般公共预算 | 政府性基金预算 | 国有资本经营预算",
    ]
    rows = []
    keys = ["total", "general_public", "government_fund", "state_capital"]
    unit = chance.office()
    for name, amount in books.projects:
        figures = [amount, amount, None, None]
        lines.append(f"{name} | {unit} | {' | '.join(style.figure(one) for one in figures)}")
        rows.append({"name": name, "unit": unit, "figures": style.record(keys, figures)})
    return Printed("项目支出表", lines, {"kind": "project_expenditure", "title": "项目支出表", "rows": rows})


def _purchases(books: Accounts, style: Style) -> Printed:
    lines = ["采购项目名称 | 采购品目 | 数量 | 单价 | 合计"]
    rows = []
    for name, item, count, price in books.purchases:
        lines.append(f"{name} | {item} | {count} | {style.figure(price)} | {style.figure(price * count)}")
        figures = {"quantity": str(count), "price": style.read(price), "total": style.read(price * count)}
        rows.append({"name": name, "figures": figures})
    return Printed("政府采购预算表", lines, {"kind": "procurement", "title": "政府采购预算表", "rows": rows})


def _final_tables(chance: Chance, books: Accounts, style: Style) -> Iterator[Printed]:
    rows, total = books.rows, books.whole.total
    classes = numbered(rows)
    yield _final_sides(
        "收入支出决算总表", "revenue_expenditure", total, [(name, row.total) for name, row in classes], style
    )
    yield _numbered_columns(by_function(
        "收入决算表", "revenue",
        ["本年收入合计 | 财政拨款收入 | 上级补助收入 | 事业收入 | 经营收入 | 附属单位上缴收入 | 其他收入"],
        ["revenue", "fiscal", "superior_subsidy", "business", "operation", "affiliated", "other"], rows, style,
        lambda row: [row.total, row.total, None, None, None, None, None],
    ), 7)  # fmt: skip
    yield _numbered_columns(by_function(
        "支出决算表", "expenditure",
        ["本年支出合计 | 基本支出 | 项目支出 | 上缴上级支出 | 经营支出 | 对附属单位补助支出"],
        ["expenditure", "basic", "project", "to_superior", "operation", "to_affiliated"], rows, style,
        lambda row: [row.total, row.basic, row.project, None, None, None],
    ), 6)  # fmt: skip
    yield _numbered_columns(by_function(
        "一般公共预算财政拨款支出决算表", "general_public_expenditure", ["本年支出合计 | 基本支出 | 项目支出"],
        ["expenditure", "basic", "project"], rows, style, lambda row: [row.total, row.basic, row.project],
    ), 3)  # fmt: skip
    yield by_economy(
        "一般公共预算财政拨款基本支出决算表", ["total", "personnel", "operating"],
        ["科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费"], books, style,
    )  # fmt: skip
    yield _three_final(chance, books.three, style)
    yield from _empty_final()


def _numbered_columns(printed: Printed, figures: int) -> Printed:
    """The row 栏次 1 2 3 under the head."""
    codes = 4 if printed.lines[0].startswith("类") else 2
    row = f"栏次 {{{codes}}} | {' | '.join(str(number) for number in range(1, figures + 1))}"
    return printed._replace(lines=[printed.lines[0], row, *printed.lines[1:]])


def _final_sides(
    title: str, kind: str, total: Decimal, spent: Sequence[tuple[str, Decimal]], style: Style
) -> Printed:
    """Income and expenditure with 行次 and 栏次."""
    lines = ["收入 {3} | 支出 {3}", "项目 | 行次 | 金额 | 项目 | 行次 | 金额", "栏次 |  | 1 | 栏次 |  | 2"]
    income: list[tuple[str, Decimal | None]] = [
        ("一、一般公共预算财政拨款收入", total), ("二、政府性基金预算财政拨款收入", None), ("三、国有资本经营预算财政拨款收入", None),
        ("四、上级补助收入", None), ("五、事业收入", None), ("六、经营收入", None),
    ]  # fmt: skip
    height = max(len(income), len(spent))
    left = [
        *income,
        *[("", None)] * (height - len(income)),
        ("本年收入合计", total),
        ("年初结转和结余", None),
        ("总计", total),
    ]
    right = [
        *spent,
        *[("", None)] * (height - len(spent)),
        ("本年支出合计", total),
        ("年末结转和结余", None),
        ("总计", total),
    ]
    record = []
    for index, ((name, amount), (other, spending)) in enumerate(zip(left, right, strict=True)):
        lines.append(
            f"{name} | {index + 1} | {style.figure(amount) if name else ''} | {other} | {index + 1 + len(left)} | "
            f"{style.figure(spending) if other else ''}"
        )
        for text, one, side in ((name, amount, "revenue"), (other, spending, "expenditure")):
            if text:
                record.append({"name": text, "side": side, "figures": style.record(["final"], [one])})
    return Printed(title, lines, {"kind": kind, "title": title, "is_final": True, "rows": record})


def _three_final(chance: Chance, three: Sequence[Decimal], style: Style) -> Printed:
    # the final account stays within the budget
    budget = three_public(*(three[index] + chance.choice((0, chance.amount(5))) for index in (1, 3, 4, 5)))
    names = "合计 {1x2} | 因公出国（境）费 {1x2} | 公务用车购置及运行维护费 {3} | 公务接待费 {1x2}"
    part = "小计 | 公务用车购置费 | 公务用车运行维护费"
    lines = [
        "预算数 {6} | 决算数 {6}",
        f"{names} | {names}",
        f"{part} | {part}",
        " | ".join(str(number) for number in range(1, 13)),
        " | ".join(style.figure(one) for one in (*budget, *three)),
    ]
    keys = [*(f"{key}_budget" for key in _THREE_KEYS), *(f"{key}_final" for key in _THREE_KEYS)]
    title = "财政拨款“三公”经费支出决算表"
    record = {"kind": "three_public", "title": title, "is_final": True,
              "rows": [{"figures": style.record(keys, [*budget, *three])}]}  # fmt: skip
    return Printed(title, lines, record)


def _empty_final() -> Iterator[Printed]:
    for title, kind in (
        ("政府性基金预算财政拨款收入支出决算表", "government_fund"),
        ("国有资本经营预算财政拨款支出决算表", "state_capital"),
    ):
        lines = ["科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出", " |  |  |  | "]
        yield Printed(title, lines, {"kind": kind, "title": title, "is_final": True}, [_EMPTY])
