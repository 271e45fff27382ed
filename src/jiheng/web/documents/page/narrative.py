"""The sections that stand before and after the goal tables, as small official tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from jiheng.budget import Asset, BudgetDocument, Item, Node, Procurement, ProcurementItem
from jiheng.web.documents.page.cells import ABSENT, Cell, Paragraph, Row, Section, Table, header, value, where

WAN = "万元"
Fields = Sequence[tuple[str, str]]

TITLES = {
    "duties": "部门职责", "organizations": "机构设置", "revenue": "收入预算", "expenditure": "支出预算",
    "changes": "比上年增减情况", "operating_funds": "机关运行经费", "three_public": "财政拨款“三公”经费",
    "overall_goal": "总体绩效目标", "sub_goals": "分项绩效目标", "safeguards": "工作保障措施",
    "special_funds": "专项资金绩效目标", "projects": "预算项目绩效目标", "procurement": "政府采购预算",
    "assets": "国有资产信息", "glossary": "名词解释", "other_matters": "其他需要说明的事项",
}  # fmt: skip
_REVENUE: Fields = (
    ("total", "收入合计"), ("general_public", "一般公共预算拨款"), ("government_fund", "政府性基金预算拨款"),
    ("state_capital", "国有资本经营预算拨款"), ("fiscal_account", "财政专户核拨"), ("other", "其他来源收入"),
    ("carried_over", "上年结转"), ("fiscal", "财政拨款收入"), ("business", "事业收入"), ("operation", "事业单位经营收入"),
)  # fmt: skip
_EXPENDITURE: Fields = (
    ("total", "支出合计"), ("basic", "基本支出"), ("personnel", "其中：人员经费"), ("operating", "其中：日常公用经费"),
    ("project", "项目支出"),
)  # fmt: skip
_CHANGES: Fields = (
    ("previous_year", "对比年度"),
    ("total", "总增减"),
    ("basic", "基本支出增减"),
    ("project", "项目支出增减"),
)
_THREE_PUBLIC: Fields = (
    ("total", "合计"), ("abroad", "因公出国（境）费"), ("vehicle_purchase", "公务用车购置费"),
    ("vehicle_operation", "公务用车运行维护费"), ("reception", "公务接待费"), ("change", "比上年增减"),
)  # fmt: skip
_ORGANIZATIONS: Fields = (
    ("name", "单位名称"),
    ("nature", "单位性质"),
    ("rank", "单位规格"),
    ("funding", "经费保障形式"),
)
_PROCUREMENT: Fields = (
    ("project", "项目名称"), ("project_budget", "项目预算"), ("name", "采购物品名称"), ("catalog_code", "采购目录"),
    ("measure", "单位"), ("quantity", "数量"), ("price", "单价"), ("total", "总计"), ("general_public", "一般公共预算"),
    ("government_fund", "政府性基金"), ("state_capital", "国有资本"), ("fiscal_account", "财政专户"), ("own", "单位资金"),
    ("carried_over", "财政拨款结转"),
)  # fmt: skip
_LISTINGS = {
    None: "支出说明中列名的项目",
    "all": "支出说明中的全部项目",
    "some": "支出说明中列名的项目（写有“等”，未列全）",
}
_ALWAYS = {"project", "name", "quantity", "price", "total"}
_TEXT = {"name", "project", "nature", "rank", "funding", "measure", "catalog_code"}


def amounts(node: Node, path: str, caption: str, fields: Fields) -> Table:
    """One row of figures under their names."""
    head = Row(tuple(header(label) for _, label in fields))
    body = Row(tuple(value(node, name, path, style="figure") for name, _ in fields))
    return Table(caption, f"amounts n{len(fields)}", (head,), (body,))


def listing(items: Sequence[Item], path: str, caption: str, style: str, fields: Fields) -> Table:
    """A row an item, numbered."""
    head = Row((header("序号"), *(header(label) for _, label in fields)))
    body = tuple(
        Row(
            (
                Cell(str(index + 1), style="number"),
                *(
                    value(item, name, f"{path}.{index}", style="" if name in _TEXT else "figure")
                    for name, _ in fields
                ),
            ),
            f"{path}.{index}",
        )
        for index, item in enumerate(items)
    )
    return Table(caption, style, (head,), body)


def _duties(document: BudgetDocument) -> Section:
    return Section("duties", TITLES["duties"], paragraphs=_texts(document, "duties"))


def _overall_goal(document: BudgetDocument) -> Section:
    return Section("overall_goal", TITLES["overall_goal"], paragraphs=_texts(document, "overall_goal"))


def _texts(document: BudgetDocument, field: str) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(text, f"{field}.{index}", where(document.place_of(f"{field}.{index}")))
        for index, text in enumerate(getattr(document, field))
    )


def _organizations(document: BudgetDocument) -> Section:
    rows = document.organizations
    tables = (
        (listing(rows, "organizations", "部门机构设置情况", "organizations", _ORGANIZATIONS),) if rows else ()
    )
    return Section("organizations", TITLES["organizations"], tables=tables)


def _revenue(document: BudgetDocument) -> Section:
    return _figures(document, "revenue", _REVENUE)


def _expenditure(document: BudgetDocument) -> Section:
    section = _figures(document, "expenditure", _EXPENDITURE)
    named = document.expenditure.projects if document.expenditure else []
    if not named:
        return section
    table = listing(
        named,
        "expenditure.projects",
        _LISTINGS[document.expenditure.listing if document.expenditure else None],
        "named",
        (("name", "项目名称"), ("amount", "金额")),
    )
    return replace(section, unit=WAN, tables=(*section.tables, table))


def _changes(document: BudgetDocument) -> Section:
    return _figures(document, "changes", _CHANGES, "reasons", "增减原因")


def _operating_funds(document: BudgetDocument) -> Section:
    return _figures(document, "operating_funds", (("total", "机关运行经费"),), "uses", "用途")


def _three_public(document: BudgetDocument) -> Section:
    return _figures(document, "three_public", _THREE_PUBLIC, "reasons", "增减原因")


def _figures(document: BudgetDocument, key: str, fields: Fields, text: str = "", label: str = "") -> Section:
    node: Node | None = getattr(document, key)
    if node is None:
        return Section(key, TITLES[key])
    paragraphs: tuple[Paragraph, ...] = ()
    if text and getattr(node, text):
        paragraphs = (
            Paragraph(f"{label}：{getattr(node, text)}", f"{key}.{text}", where(node.place_of(text))),
        )
    return Section(
        key,
        TITLES[key],
        place=_place_of(node),
        unit=WAN,
        tables=(amounts(node, key, TITLES[key], fields),),
        paragraphs=paragraphs,
    )


def _sub_goals(document: BudgetDocument) -> Section:
    rows = []
    for index, goal in enumerate(document.sub_goals):
        path = f"sub_goals.{index}"
        rows.append(
            Row(
                (
                    Cell(str(goal.number or index + 1), style="number"),
                    value(goal, "title", path, style="name"),
                    value(goal, "goal", path, style="prose"),
                    value(goal, "indicators", path, style="prose"),
                ),
                path,
            )
        )
    head = Row(tuple(header(text) for text in ("序号", "职责活动", "绩效目标", "绩效指标")))
    tables = (Table("分项绩效目标", "sub-goals", (head,), tuple(rows)),) if rows else ()
    return Section("sub_goals", TITLES["sub_goals"], tables=tables)


def _safeguards(document: BudgetDocument) -> Section:
    paragraphs: list[Paragraph] = []
    for index, measure in enumerate(document.safeguards):
        path = f"safeguards.{index}"
        place = where(measure.place)
        if measure.title:
            paragraphs.append(Paragraph(f"{index + 1}. {measure.title}", f"{path}.title", place, "lead"))
        if measure.text:
            paragraphs.append(Paragraph(measure.text, f"{path}.text", place))
    return Section("safeguards", TITLES["safeguards"], paragraphs=tuple(paragraphs))


def _procurement(document: BudgetDocument) -> Section:
    found = document.procurement
    if found is None:
        return Section("procurement", TITLES["procurement"])
    tables = [
        amounts(
            found,
            "procurement",
            "政府采购预算总额",
            (("total", "采购预算总额"), ("table_total", "采购表合计")),
        )
    ]
    if found.items:
        fields = [(name, label) for name, label in _PROCUREMENT if _is_used(found, name)]
        tables.append(listing(found.items, "procurement.items", "政府采购预算", "procurement", fields))
    if found.total_row is not None:
        filled = [(name, label) for name, label in _PROCUREMENT if getattr(found.total_row, name)]
        tables.append(amounts(found.total_row, "procurement.total_row", "采购表合计行的资金来源", filled))
    return Section(
        "procurement", TITLES["procurement"], place=_place_of(found), unit=WAN, tables=tuple(tables)
    )


def _is_used(found: Procurement, name: str) -> bool:
    def stated(item: ProcurementItem) -> bool:
        return getattr(item, name) is not None

    return name in _ALWAYS or any(stated(item) for item in found.items)


def _assets(document: BudgetDocument) -> Section:
    found = document.assets
    if found is None:
        return Section("assets", TITLES["assets"])
    fields = (
        ("as_of", "截止日期"),
        ("total", "固定资产总额"),
        ("table_total", "资产表总额"),
        ("planned_purchase", "拟购置"),
    )
    tables = [amounts(found, "assets", "国有资产总额", fields)]
    if found.items:
        head = Row(tuple(header(text) for text in ("项目", "数量", "价值")))
        body = tuple(
            row
            for index, item in enumerate(found.items)
            for row in _asset_rows(item, f"assets.items.{index}")
        )
        tables.append(Table("固定资产占用情况", "assets", (head,), body))
    return Section("assets", TITLES["assets"], place=_place_of(found), unit=WAN, tables=tuple(tables))


def _asset_rows(item: Asset, path: str) -> Iterator[Row]:
    def row(node: Item, own: str, prefix: str) -> Row:
        name = value(node, "name", own)
        label = Cell(
            f"{prefix}{name.text}", name.paths, "row", style="inner" if prefix else "", hint=name.hint
        )
        return Row(
            (label, value(node, "quantity", own, style="figure"), value(node, "value", own, style="figure")),
            own,
        )

    yield row(item, path, "")
    for index, part in enumerate(item.of_which):
        yield row(part, f"{path}.of_which.{index}", "其中：" if index == 0 else "　　　")


def _glossary(document: BudgetDocument) -> Section:
    head = Row((header("名词"), header("解释")))
    body = tuple(
        Row(
            (
                Cell(term.term, (f"glossary.{index}.term",), "row", hint=where(term.place)),
                value(term, "definition", f"glossary.{index}", style="prose"),
            ),
            f"glossary.{index}",
        )
        for index, term in enumerate(document.glossary)
    )
    tables = (Table("名词解释", "glossary", (head,), body),) if body else ()
    return Section("glossary", TITLES["glossary"], tables=tables)


def _other_matters(document: BudgetDocument) -> Section:
    text = document.other_matters
    paragraphs = (
        (Paragraph(text, "other_matters.text", where(document.place_of("other_matters"))),) if text else ()
    )
    return Section("other_matters", TITLES["other_matters"], paragraphs=paragraphs)


def cover(document: BudgetDocument) -> Section:
    """What cover and title say."""

    def cell(name: str, text: str | None, columns: int = 1) -> Cell:
        style = "" if text else "absent"
        return Cell(
            text or ABSENT, (name,), style=style, columns=columns, hint=where(document.place_of(name))
        )

    def coded(name: str) -> str | None:
        found = getattr(document, name)
        return " ".join(part for part in (found.code, found.name) if part) if found else None

    year = str(document.fiscal_year) if document.fiscal_year else None
    pairs: Iterable[tuple[tuple[str, str, str | None], tuple[str, str, str | None]]] = (
        (("文件种类", "kind", document.kind.label), ("预算年度", "fiscal_year", year)),
        (("行政区划", "division", coded("division")), ("部门", "department", coded("department"))),
        (("编制单位", "issuer", document.issuer), ("审核单位", "reviewer", document.reviewer)),
    )
    rows = [Row((header("标题", "row"), cell("title", document.title, 3)))]
    for left, right in pairs:
        if left[1] == "issuer" and not (left[2] or right[2]):
            continue
        rows.append(
            Row(
                (
                    header(left[0], "row"),
                    cell(left[1], left[2]),
                    header(right[0], "row"),
                    cell(right[1], right[2]),
                )
            )
        )
    if document.status:
        rows.append(Row((header("状态", "row"), cell("status", document.status, 3))))
    return Section("cover", "封面和标题", tables=(Table("封面和标题", "cover", (), tuple(rows)),))


BEFORE: tuple[Callable[[BudgetDocument], Section], ...] = (
    _duties, _organizations, _revenue, _expenditure, _changes, _operating_funds, _three_public, _overall_goal,
    _sub_goals, _safeguards,
)  # fmt: skip
AFTER: tuple[Callable[[BudgetDocument], Section], ...] = (_procurement, _assets, _glossary, _other_matters)
"""The sections before and after the goal tables, in the order of the printed text."""


def _place_of(node: Node) -> str:
    return next((where(place) for place in node.cells.values()), "")
