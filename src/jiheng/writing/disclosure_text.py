"""部门（单位）预算信息公开情况说明: the nine chapters as they are published, told from the data.

Form: the layout in use in Hebei (chapters 一 to 九), which 财预〔2016〕143号 asks for in substance. Sentences are our own; the
general statements of a document (``remarks``) stand in front of them as they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from jiheng.budget import (
    PURCHASE_SOURCES,
    Asset,
    BudgetDocument,
    Kind,
    Money,
    NamedAmount,
    Procurement,
    Told,
    normalise,
)
from jiheng.errors import MissingPart
from jiheng.writing.disclosure_tables import table_blocks
from jiheng.writing.pages import Block, Body, Cell, Grid, Heading, Pages, Row, Text, labels
from jiheng.writing.performance_text import goal_parts
from jiheng.writing.words import day, named_amounts

_ORGANIZATIONS: Final = (60.0, 28.0, 28.0, 40.0)
_ASSETS: Final = (76.0, 30.0, 50.0)
_PURCHASES: Final = (20.0, 13.0, 16.0, 17.0, 8.0, 8.0, 10.0, 11.0, 11.0, 9.0, 9.0, 8.0, 8.0, 8.0)
_REVENUE: Final = (
    ("general_public", "一般公共预算收入"), ("government_fund", "基金预算收入"), ("state_capital", "国有资本经营预算收入"),
    ("fiscal_account", "财政专户核拨收入"), ("other", "其他来源收入"), ("carried_over", "上年结转收入"),
)  # fmt: skip
_THREE_PUBLIC: Final = (
    ("abroad", "因公出国（境）费"), ("vehicle_purchase", "公务用车购置费"), ("vehicle_operation", "公务用车运行维护费"),
    ("reception", "公务接待费"),
)  # fmt: skip


def lay_out(document: BudgetDocument) -> Pages:
    """The pages of the disclosure.

    Raises:
        MissingPart: the document states neither income nor expenditure, and has no goals and no tables.
    """
    told = (
        document.revenue,
        document.expenditure,
        document.overall_goal,
        document.projects,
        document.tables,
    )
    if not any(told):
        raise MissingPart(
            "文件中没有收入、支出，也没有绩效目标，无法生成预算信息公开情况说明。",
            place=document.title,
            remedy="请先录入收支预算。",
        )
    title = title_of(document)
    chapters = (Text(title, "title"), *_Chapters(document).blocks())
    return Pages(title, (Body(), *chapters, *_annex(document)), _body(document))


def title_of(document: BudgetDocument) -> str:
    """The title as printed, else one made of body and year."""
    if document.title:
        return document.title
    year = f"{document.fiscal_year}年" if document.fiscal_year else ""
    return f"{_body(document)}{year}{_word(document)}预算信息公开情况说明"


def _annex(document: BudgetDocument) -> Iterator[Block]:
    """附件: the tables, which 财预〔2016〕143号 has published with the explanation."""
    year = f"{document.fiscal_year}年" if document.fiscal_year else ""
    heading = f"附件：{_body(document)}{year}{_word(document)}预算公开表"
    yield from table_blocks(document.tables, f"编制{_word(document)}", [Text(heading, "attachment")])


def _body(document: BudgetDocument) -> str:
    return (document.department.name if document.department else None) or document.issuer or ""


def _word(document: BudgetDocument) -> str:
    return "单位" if document.kind is Kind.UNIT_DISCLOSURE else "部门"


class _Chapters:
    """The chapters of one document."""

    def __init__(self, document: BudgetDocument) -> None:
        self._document = document
        self._year = f"{document.fiscal_year}年" if document.fiscal_year else "本年"
        self._we = f"我{_word(document)}"

    def blocks(self) -> Iterator[Block]:
        """All chapters; the law asks for every one of them, so that one without content says so."""
        word = _word(self._document)
        yield from self._remarks(
            "introduction", f"按照预算法和预算公开的有关规定，现将{self._we}{self._year}预算公开如下："
        )
        yield _chapter(f"一、{word}职责及机构设置情况", "duties")
        yield from self._duties(word)
        yield _chapter(f"二、{word}预算安排的总体情况", "overview")
        yield from self._overview()
        yield _chapter("三、机关运行经费安排情况", "operating")
        yield from self._operating_funds()
        yield _chapter("四、财政拨款“三公”经费预算情况及增减变化原因", "three-public")
        yield from self._three_public()
        yield _chapter("五、预算绩效信息", "performance")
        yield from goal_parts(self._document, within_chapter=True)
        yield _chapter("六、政府采购预算情况", "procurement")
        yield from self._procurement()
        yield _chapter("七、国有资产信息", "assets")
        yield from self._assets(word)
        yield _chapter("八、名词解释", "glossary")
        for number, entry in enumerate(self._document.glossary, 1):
            yield Text(f"{number}、{entry.term}：{entry.definition}")
        yield _chapter("九、其他需要说明的事项", "other")
        yield Text(self._document.other_matters or f"{self._we}没有其他需要说明的事项。")

    def _coded(self) -> str:
        """Code and name of the body, as they stand above the tables."""
        department = self._document.department
        return f"{department.code} {department.name or ''}" if department and department.code else ""

    def _year_of(self, node: Told) -> str:
        """The year that a sentence is about: as it was told, else the document's."""
        return f"{node.year}年" if node.year else self._year

    def _told_by(self, node: Told) -> str:
        """ "2024年，我部门": year and body with which a sentence begins."""
        return f"{self._year_of(node)}，{node.body or self._we}"

    def _remarks(self, section: str, default: str = "") -> Iterator[Block]:
        """General statements of a section, as the document had them."""
        told = [remark.text for remark in self._document.remarks if remark.section == section]
        for text in told or ([default] if default else []):
            yield Text(text)

    def _says(self, section: str, *amounts: str | None) -> bool:
        """Whether there are general statements of a section that tell these amounts already."""
        told = "".join(remark.text for remark in self._document.remarks if remark.section == section)
        return bool(told) and all(amount in told for amount in amounts if amount is not None)

    def _duties(self, word: str) -> Iterator[Block]:
        yield Text(f"{word}职责：")
        yield from (Text(duty) for duty in self._document.duties)
        yield from self._remarks("duties")
        yield Text("机构设置：")
        yield from self._remarks("organizations")
        if not self._document.organizations:
            return
        yield _caption("部门机构设置情况", "organizations")
        rows = [labels("单位名称", "单位性质", "单位规格", "经费保障形式")]
        for unit in self._document.organizations:
            texts = (unit.nature, unit.rank, unit.funding)
            rows.append(Row((Cell(unit.name or ""), *(Cell(text or "", align="center") for text in texts))))
        yield Grid(_ORGANIZATIONS, tuple(rows), header_rows=1)

    def _overview(self) -> Iterator[Block]:
        yield from self._remarks("overview")
        yield Text("1、收入说明")
        yield from self._remarks("revenue")
        revenue = self._document.revenue
        if revenue is not None:
            parts = named_amounts(revenue, _REVENUE)
            whole = f"预算收入{revenue.total}万元" if revenue.total else "预算收入"
            yield Text(f"{self._year_of(revenue)}{whole}{f'，其中：{parts}' if parts else ''}。")
        yield Text("2、支出说明")
        yield from self._remarks("expenditure")
        yield from self._expenditure()
        yield Text("3、比上年增减情况")
        yield from self._changes()

    def _expenditure(self) -> Iterator[Block]:
        spent = self._document.expenditure
        if spent is None:
            return
        parts = []
        if spent.basic:
            inner = named_amounts(spent, (("personnel", "人员经费"), ("operating", "日常公用经费")), "和")
            parts.append(f"基本支出{spent.basic}万元{f'，包括{inner}' if inner else ''}")
        if spent.project:
            listed = "，".join(_listed(project) for project in spent.projects)
            begins = "其中：" if spent.listing == "all" else "主要为"
            ends = "等" if spent.listing == "some" else ""
            parts.append(f"项目支出{spent.project}万元{f'，{begins}{listed}{ends}' if listed else ''}")
        whole = f"支出预算{spent.total}万元" if spent.total else "支出预算"
        inside = f"，其中{'；'.join(parts)}" if parts else ""
        yield Text(f"{self._year_of(spent)}{whole}{inside}。")

    def _changes(self) -> Iterator[Block]:
        changes, spent = self._document.changes, self._document.expenditure
        yield from self._remarks("changes")
        if changes is None:
            return
        before = f"{changes.previous_year}年" if changes.previous_year else "上年"
        whole = f"安排{spent.total}万元，" if spent and spent.total else ""
        told = (
            f"{self._year_of(changes)}预算收支{whole}较{before}预算{_change(changes.total, changes.rate)}"
            if changes.total
            else ""
        )
        parts = [
            f"{name}{_change(value)}"
            for name, value in (("基本支出", changes.basic), ("项目支出", changes.project))
            if value
        ]
        reasons = changes.reasons or "；".join(parts)
        yield Text(f"{told}{f'，其中：{_ended(reasons)}' if reasons else '。'}")

    def _operating_funds(self) -> Iterator[Block]:
        yield from self._remarks("operating_funds")
        funds = self._document.operating_funds
        if funds is not None:
            uses = f"，主要用于{funds.uses}" if funds.uses else ""
            yield Text(f"{self._told_by(funds)}机关运行经费共计安排{funds.total}万元{uses}。")

    def _three_public(self) -> Iterator[Block]:
        spent, changes = self._document.three_public, self._document.changes
        if spent is None:
            yield from self._remarks("three_public")
            return
        parts = named_amounts(spent, _THREE_PUBLIC)
        told = f"{self._told_by(spent)}财政拨款“三公”经费预算安排{spent.total}万元{f'，其中：{parts}' if parts else ''}。"
        if spent.change and self._says("three_public", "相比", f"{spent.change.removeprefix('-')}万元"):
            yield Text(told)  # the comparison refers to it
            yield from self._remarks("three_public")
            return
        yield from self._remarks("three_public")
        if spent.change:
            known = spent.previous_year or (changes.previous_year if changes else None)
            told += (
                f"与{known or (self._document.fiscal_year or 1) - 1}年相比{_change(spent.change, spent.rate)}"
            )
            word = "增加" if not spent.change.startswith("-") else "减少"
            told += f"，{word}的主要原因是：{_ended(spent.reasons)}" if spent.reasons else "。"
        yield Text(told)

    def _procurement(self) -> Iterator[Block]:
        yield from self._remarks("procurement")
        bought = self._document.procurement
        if bought is None:
            return  # nothing is known: that is not nought
        total = Money.parse(bought.total)
        if total is not None and not total and not bought.items:
            yield Text(f"{self._told_by(bought)}无安排政府采购预算。")
        elif total is not None:
            yield Text(f"{self._told_by(bought)}安排政府采购预算{bought.total}万元。")
        yield _caption(f"{_word(self._document)}政府采购预算", "purchases")
        yield Text(self._coded(), "units", right="单位：万元")
        yield Grid(_PURCHASES, tuple(_purchases(bought)), header_rows=2)

    def _assets(self, word: str) -> Iterator[Block]:
        yield from self._remarks("assets")
        owned = self._document.assets
        if owned is None:
            return
        told = (
            [f"{_body(self._document)}上年末固定资产金额为{owned.total}万元（详见下表）"]
            if owned.total
            else []
        )
        if owned.planned_purchase:
            told.append(f"本年度拟购置固定资产总额为{owned.planned_purchase}万元")
        if told and not self._says("assets", owned.total, owned.planned_purchase):
            yield Text(f"{'，'.join(told)}。")
        if not owned.items:
            return
        yield _caption(f"{word}固定资产占用情况表", "owned")
        above = f"编制部门：{owned.issuer}" if owned.issuer else self._coded()
        if above:
            yield Text(above, "units")
        if owned.as_of:
            yield Text(f"截止时间：{_day(owned.as_of)}", "units")
        yield Grid(_ASSETS, tuple(_asset_rows(owned.items, owned.table_total)), header_rows=1)


def _chapter(text: str, anchor: str) -> Heading:
    return Heading(text, 1, anchor, in_contents=False)


def _caption(text: str, anchor: str) -> Heading:
    return Heading(text, 2, anchor, in_contents=False)


def _listed(project: NamedAmount) -> str:
    name = project.name or ""
    return f"{name}项目{project.amount}万元" if project.amount else name


def _change(value: str | None, rate: str | None = None) -> str:
    """ "减少4.00万元，下降3.6%"."""
    text = value or "0"
    is_less = text.startswith("-")
    share = f"，{'下降' if is_less else '增长'}{rate.removeprefix('-')}%" if rate else ""
    return f"{'减少' if is_less else '增加'}{text.removeprefix('-')}万元{share}"


def _ended(text: str) -> str:
    return text if text.endswith(("。", "！")) else f"{text}。"


def _day(text: str) -> str:
    """ "2023年12月31日" of a day in figures; what is none stands as it was written."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return text
    return day(found)


def _purchases(bought: Procurement) -> Iterator[Row]:
    def label(text: str, span: int = 1, rows: int = 1) -> Cell:
        return Cell(text, span, rows, "label", "center")

    heads = ("采购物品名称", "政府采购目录序号", "计量单位", "数量", "单价")
    yield Row(
        (
            label("政府采购项目来源", 2),
            *(label(head, rows=2) for head in heads),
            label("政府采购金额（当年部门预算安排资金）", 7),
        )
    )
    yield Row(tuple(label(text) for text in ("项目名称", "预算资金", "合计", *PURCHASE_SOURCES.values())))
    if bought.table_total is not None or bought.total_row is not None:
        sources = (getattr(bought.total_row, field, None) for field in PURCHASE_SOURCES)
        yield Row(
            (
                Cell("合计"),
                *(Cell("") for _ in range(6)),
                *(_figure(one) for one in (bought.table_total, *sources)),
            )
        )
    for item in bought.items:
        yield Row(
            (
                Cell(item.project or ""), _figure(item.project_budget), Cell(item.name or ""), Cell(item.catalog_code or ""),
                Cell(item.measure or "", align="center"), _figure(item.quantity), _figure(item.price), _figure(item.total),
                *(_figure(getattr(item, field)) for field in PURCHASE_SOURCES),
            )
        )  # fmt: skip


def _figure(text: str | None) -> Cell:
    return Cell(text or "", style="figure", align="right")


def _asset_rows(items: Sequence[Asset], total: str | None) -> Iterator[Row]:
    yield labels("项目", "数量", "价值（金额单位：万元）")
    yield Row((Cell("资产总额"), Cell(""), _figure(total)))
    for number, item in enumerate(items, 1):
        name = item.name or ""
        numbered = name if normalise(name)[:1].isdigit() else f"{number}、{name}"
        yield Row((Cell(numbered), _figure(item.quantity), _figure(item.value)))
        for part in item.of_which:
            yield Row((Cell(f"其中：{part.name or ''}"), _figure(part.quantity), _figure(part.value)))
