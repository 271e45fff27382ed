"""部门决算: what a department publishes of a year's account, its tables with the explanation of them.

Form: the four parts in use since 财预〔2016〕143号 and 财库〔2019〕37号: 部门概况, 决算表, 决算情况说明, 名词解释. Sentences that a
document has (``remarks``) are printed as they were; where it has figures alone, sentences of our own tell them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from jiheng.budget import BudgetDocument, ExpenditureItem, Organization
from jiheng.errors import MissingPart
from jiheng.writing.disclosure_tables import table_blocks
from jiheng.writing.pages import Block, Body, Cell, Grid, Heading, Pages, Row, Text, labels
from jiheng.writing.performance_text import goal_parts

_REVENUE: Final = (
    ("fiscal", "财政拨款收入"), ("general_public", "一般公共预算财政拨款收入"), ("government_fund", "政府性基金预算财政拨款收入"),
    ("state_capital", "国有资本经营预算财政拨款收入"), ("fiscal_account", "财政专户管理资金收入"), ("business", "事业收入"),
    ("operation", "经营收入"), ("other", "其他收入"), ("carried_over", "年初结转和结余"),
)  # fmt: skip
_EXPENDITURE: Final = (
    ("basic", "基本支出"),
    ("personnel", "人员经费"),
    ("operating", "日常公用经费"),
    ("project", "项目支出"),
)
_THREE_PUBLIC: Final = (
    ("abroad", "因公出国（境）费"), ("vehicle_purchase", "公务用车购置费"), ("vehicle_operation", "公务用车运行维护费"),
    ("reception", "公务接待费"),
)  # fmt: skip
_PERFORMANCE: Final = (
    ("设置绩效目标的项目", "goal_projects", "goal_amount"),
    ("开展绩效监控的项目", "monitored_projects", "monitored_amount"),
    ("绩效自评项目", "self_evaluated_projects", "self_evaluated_amount"),
    ("部门评价项目", "evaluated_projects", "evaluated_amount"),
)
_GRADES: Final = (("excellent", "优"), ("good", "良"), ("fair", "中"), ("poor", "差"))
_PROBLEMS: Final = (
    ("problems_found", "发现问题"),
    ("problems_solved", "已完成整改"),
    ("problems_open", "正在整改"),
)
_BODIES: Final = (92.0, 64.0)


def lay_out(document: BudgetDocument) -> Pages:
    """The pages of the final account.

    Raises:
        MissingPart: there is neither a table nor anything told of the year.
    """
    told = (document.revenue, document.expenditure, document.expenditure_items, document.remarks)
    if not document.tables and not any(told):
        raise MissingPart(
            "文件中没有决算表，也没有收支情况，无法生成部门决算。",
            place=document.title,
            remedy="请先录入决算表或收支决算。",
        )
    title = title_of(document)
    return Pages(title, (Body(), Text(title, "title"), *_Parts(document).blocks()), _body(document))


def title_of(document: BudgetDocument) -> str:
    """The title as printed, else one made of body and year."""
    year = f"{document.fiscal_year}年度" if document.fiscal_year else ""
    return document.title or f"{_body(document)}{year}部门决算"


def _body(document: BudgetDocument) -> str:
    return (document.department.name if document.department else None) or document.issuer or ""


class _Parts:
    """The parts of one document."""

    def __init__(self, document: BudgetDocument) -> None:
        self._document = document
        self._year = f"{document.fiscal_year}年度" if document.fiscal_year else ""

    def blocks(self) -> Iterator[Block]:
        """All parts in their order; the tables begin a page, and so does what stands behind them."""
        yield from self._remarks("introduction")
        yield Heading("第一部分　部门概况", 0, "about")
        yield from self._about()
        second = Heading(f"第二部分　{self._year}部门决算表", 0, "tables", new_page=True)
        yield from table_blocks(self._document.tables, "公开部门", [second])
        yield Heading(
            f"第三部分　{self._year}部门决算情况说明", 0, "told", new_page=bool(self._document.tables)
        )
        yield from self._told()
        if self._document.glossary:
            yield Heading("第四部分　名词解释", 0, "glossary")
        for number, entry in enumerate(self._document.glossary, 1):
            yield Text(f"{number}.{entry.term}：{entry.definition}" if entry.definition else entry.term)

    def _about(self) -> Iterator[Block]:
        if self._document.duties:
            yield _chapter("一、部门职责", "duties")
            yield from (Text(duty) for duty in self._document.duties)
        remarks = list(self._remarks("organizations"))
        if self._document.organizations or remarks:
            yield _chapter("二、机构设置", "organizations")
            yield from remarks
            yield from _organizations(self._document.organizations)

    def _told(self) -> Iterator[Block]:
        """The chapters that have something to say, numbered as they come."""
        chapters = (
            ("收入支出决算总体情况说明", "overview", self._overview),
            ("财政拨款“三公”经费支出决算情况说明", "three_public", self._three_public),
            ("机关运行经费支出情况说明", "operating_funds", self._operating_funds),
            ("政府采购支出情况说明", "procurement", self._procurement),
            ("国有资产占用情况说明", "assets", self._assets),
            ("预算绩效情况说明", "performance", self._performance),
            ("其他需要说明的事项", "other_matters", self._other_matters),
        )
        number = 0
        for title, section, sentences in chapters:
            found: list[Block] = [*self._remarks(section)] or [Text(line) for line in sentences()]
            if section == "performance":
                found += self._goals()
            if found:
                yield _chapter(f"{'一二三四五六七'[number]}、{title}", section)
                yield from found
                number += 1

    def _remarks(self, section: str) -> Iterator[Text]:
        return (Text(remark.text) for remark in self._document.remarks if remark.section == section)

    def _goals(self) -> Iterator[Block]:
        """The goals that the document holds, without the headings that would number parts of their own."""
        for block in goal_parts(self._document, within_chapter=True):
            if not (isinstance(block, Heading) and block.level == 0):
                yield block

    def _overview(self) -> Iterator[str]:
        revenue, spent, changes = (
            self._document.revenue,
            self._document.expenditure,
            self._document.changes,
        )
        if revenue is not None:
            yield _sum(revenue.year, "本年收入合计", revenue.total, _amounts(revenue, _REVENUE))
        if spent is not None:
            yield _sum(spent.year, "本年支出合计", spent.total, _amounts(spent, _EXPENDITURE))
        if changes is not None and changes.total:
            against = f"{changes.previous_year}年度" if changes.previous_year else "上年度"
            word = "减少" if changes.total.startswith("-") else "增加"
            rate = (
                f"，{'下降' if word == '减少' else '增长'}{changes.rate.lstrip('-')}%" if changes.rate else ""
            )
            reasons = f"，主要原因是{changes.reasons}" if changes.reasons else ""
            yield f"与{against}相比，收、支总计{word}{changes.total.lstrip('-')}万元{rate}{reasons}。"
        yield from (_item(number, item) for number, item in enumerate(self._document.expenditure_items, 1))

    def _three_public(self) -> Iterator[str]:
        spent = self._document.three_public
        if spent is None:
            return
        yield _sum(spent.year, "“三公”经费支出决算", spent.total, _amounts(spent, _THREE_PUBLIC))
        if spent.change:
            word = "减少" if spent.change.startswith("-") else "增加"
            reasons = f"，主要原因是{spent.reasons}" if spent.reasons else ""
            yield f"“三公”经费比上年{word}{spent.change.lstrip('-')}万元{reasons}。"

    def _operating_funds(self) -> Iterator[str]:
        funds = self._document.operating_funds
        if funds is not None:
            uses = f"，主要用于{funds.uses}" if funds.uses else ""
            yield f"{_year(funds.year)}机关运行经费支出{funds.total}万元{uses}。"

    def _procurement(self) -> Iterator[str]:
        bought = self._document.procurement
        if bought is not None and bought.total:
            yield f"{_year(bought.year)}政府采购支出总额{bought.total}万元。"

    def _assets(self) -> Iterator[str]:
        owned = self._document.assets
        if owned is not None and owned.total:
            yield f"{_year(owned.year)}年末固定资产总额{owned.total}万元。"

    def _performance(self) -> Iterator[str]:
        managed = self._document.performance_management
        if managed is None:
            return
        for words, count, amount in _PERFORMANCE:
            number, money = getattr(managed, count), getattr(managed, amount)
            if number:
                yield f"{words}{number}个{f'，涉及资金{money}万元' if money else ''}。"
        if managed.mean_score:
            yield f"自评平均得分{managed.mean_score}分。"
        for pattern, parts in (("评价为“{}”的项目{}个", _GRADES), ("{}{}个", _PROBLEMS)):
            told = [
                pattern.format(words, number) for field, words in parts if (number := getattr(managed, field))
            ]
            if told:
                yield f"{'，'.join(told)}。"

    def _other_matters(self) -> Iterator[str]:
        yield from (self._document.other_matters or "").split("\n") if self._document.other_matters else ()


def _chapter(text: str, anchor: str) -> Heading:
    return Heading(text, 1, f"chapter-{anchor}", in_contents=False)


def _organizations(bodies: Sequence[Organization]) -> Iterator[Block]:
    """Names alone as a numbered list, with their natures as a table."""
    if not any(body.nature or body.rank or body.funding for body in bodies):
        yield from (Text(f"{number}.{body.name or ''}") for number, body in enumerate(bodies, 1))
        return
    rows = [labels("单位名称", "单位性质")]
    for body in bodies:
        nature = "；".join(filter(None, (body.nature, body.rank, body.funding)))
        rows.append(Row((Cell(body.name or ""), Cell(nature, align="center"))))
    yield Grid(_BODIES, tuple(rows), header_rows=1)


def _year(year: int | None) -> str:
    return f"{year}年度" if year else ""


def _amounts(node: object, fields: Sequence[tuple[str, str]]) -> str:
    """ "财政拨款收入100.00万元，其他收入6.00万元", what is absent left out."""
    found = [(name, getattr(node, field)) for field, name in fields]
    return "，".join(f"{name}{amount}万元" for name, amount in found if amount is not None)


def _sum(year: int | None, name: str, total: str | None, parts: str) -> str:
    if total is None:
        return f"{_year(year)}{parts}。"
    return f"{_year(year)}{name}{total}万元{f'，其中：{parts}' if parts else ''}。"


def _item(number: int, item: ExpenditureItem) -> str:
    """An item of the functional classification: what was planned, what was spent, and why they differ."""
    told = [
        f"{words}{amount}万元"
        for words, amount in (
            ("预算安排", item.amount), ("上年决算数", item.previous), ("年初预算为", item.initial), ("支出决算为", item.final)
        )
        if amount
    ]  # fmt: skip
    if item.rate:
        told.append(f"{'下降' if item.rate.startswith('-') else '增长'}{item.rate.lstrip('-')}%")
    if item.uses:
        told.append(f"主要用于{item.uses}")
    reasons = f"。主要原因是{item.reasons}" if item.reasons else ""
    name = f"{item.function_class or ''}（类）{item.section or ''}（款）{item.item or ''}（项）"
    return f"{number}.{name}。{'，'.join(told)}{reasons}。"
