"""SUM: totals against their parts, compared exactly, in 元."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.rounding import disagreement
from jiheng.auditing.scope import budgeted, fills_in, provincial_text
from jiheng.auditing.walk import amounts, spelled_sum
from jiheng.budget import BudgetDocument, Money, Organization, Severity, money_sum

_SOURCES = (
    "general_public", "government_fund", "state_capital", "fiscal_account", "other", "carried_over",
)  # fmt: skip
_BESIDE = frozenset(
    {"own", "social", "loan", "carried_over", "superior", "central", "provincial", "municipal"}
)
"""Sources that a form may state instead of 其他资金."""
_THREE_PUBLIC = {
    "abroad": "因公出国（境）费", "vehicle_purchase": "公务用车购置费", "vehicle_operation": "公务用车运行维护费",
    "reception": "公务接待费",
}  # fmt: skip


def _agree(stated: Money, computed: Money, parts: Iterable[Money] = ()) -> bool:
    """Whether two amounts are the same; in 亿元 beside 万元 the coarser one may have been rounded."""
    addends = list(parts) or [computed]
    if len({stated.unit, *(part.unit for part in addends)}) == 1:
        return stated == computed
    return disagreement(stated, computed, addends) in (None, Severity.NOTICE)


def _total_of_parts(
    node: Any, section: str, total: str, parts: tuple[str, ...], what: str, *, all_needed: bool
) -> Iterator[Gap]:
    """A gap where ``total`` differs from the sum of ``parts``. Absent parts are no evidence of a wrong sum."""
    if node is None:
        return
    stated = Money.parse(getattr(node, total))
    found = amounts(node, parts)
    if stated is None or not found or (all_needed and len(found) < len(parts)):
        return
    computed = money_sum(found.values())
    if _agree(stated, computed, found.values()):
        return
    parts_in_one_unit = [part.to(computed.unit) for part in found.values()]
    yield Gap.of_money(
        f"{section}.{total}",
        stated,
        computed,
        message=f"{what}合计 {spelled_sum(parts_in_one_unit)} = {computed}，与所写的 {stated}相差 {abs(computed - stated)}",
        remedy=f"核对{what.removesuffix('各项')}的各项金额，更正合计数或其中的错项",
        is_mechanical=True,
        related=tuple(f"{section}.{field}" for field in found),
    )


@rule(
    "SUM-001", title="预算收入等于各来源收入之和", severity=Severity.ERROR, basis="budget-law-rules", article=40,
    checks=("D03",),
)  # fmt: skip
def revenue_is_the_sum_of_its_sources(document: BudgetDocument) -> Iterator[Gap]:
    """预算收入 equals the sum of the sources that the text names.

    Silent when the total is absent or no source is named.
    """
    node = document.revenue
    if node is None or provincial_text(document):
        yield from _total_of_parts(node, "revenue", "total", _SOURCES, "各来源收入", all_needed=False)
        return
    # Other texts tell the fiscal sources as one, leave out small ones, and have totals with and without what was
    # carried over: parts that exceed their total are wrong all the same.
    sources = (
        _SOURCES[:-1]
        if node.fiscal is None
        else ("fiscal", "fiscal_account", "business", "operation", "other")
    )
    stated, found = Money.parse(node.total), amounts(node, sources)
    if stated is not None and found and money_sum(found.values()) > stated:
        yield from _total_of_parts(node, "revenue", "total", sources, "各来源收入", all_needed=False)


@rule(
    "SUM-002", title="预算支出等于基本支出与项目支出之和", severity=Severity.ERROR, basis="budget-law-rules", article=5,
    checks=("D04",),
)  # fmt: skip
def expenditure_is_basic_and_project_expenditure(document: BudgetDocument) -> Iterator[Gap]:
    """预算支出 equals 基本支出 plus 项目支出."""
    parts = ("basic", "project")
    yield from _total_of_parts(
        document.expenditure, "expenditure", "total", parts, "基本支出与项目支出", all_needed=True
    )


@rule(
    "SUM-003", title="项目支出等于各项目之和", severity=Severity.ERROR, basis="form-disclosure", article="支出",
    checks=("D07",),
)  # fmt: skip
def project_expenditure_is_the_sum_of_its_items(document: BudgetDocument) -> Iterator[Gap]:
    """项目支出 equals the sum of the projects listed under it.

    Less than it is only a warning where the list begins with 主要, as the form has it even where it names all, and
    nothing where it ends with 等: that says that there are others. More is wrong in any case. Silent when an item has
    no amount: where it is one, SUM-004 says what it must be.
    """
    spent = document.expenditure
    stated = Money.parse(spent.project) if spent else None
    if spent is None or stated is None or not spent.projects:
        return
    items = [Money.parse(item.amount) for item in spent.projects]
    known = [item for item in items if item is not None]
    if len(known) < len(items):
        return
    computed = money_sum(known)
    if stated < computed or (stated != computed and spent.listing != "some"):
        is_open = spent.listing == "some"
        yield Gap.of_money(
            "expenditure.project",
            stated,
            computed,
            message=f"项目支出{'所列项目' if is_open else '分项'}合计 {computed}，与项目支出 {stated}相差 {abs(computed - stated)}"
            + ("；写有“等”，所列只是一部分，不应超过总数" if is_open else ""),
            remedy="核对项目清单是否漏列、重列，或更正项目支出数",
            severity=Severity.WARNING if computed < stated and spent.listing is None else None,
            is_mechanical=not is_open,
            related=tuple(f"expenditure.projects.{index}.amount" for index in range(len(items))),
        )


@rule(
    "SUM-004", title="列出的每个项目都有金额", severity=Severity.ERROR, basis="form-disclosure", article="支出",
    checks=("D07",),
)  # fmt: skip
def the_one_item_without_an_amount_is_the_remainder(document: BudgetDocument) -> Iterator[Gap]:
    """Where all projects but one have amounts, the last one's must be the rest of 项目支出, and be written.

    Silent when none or several amounts are absent, when 等 says that there are others, or when the others already exceed the total (SUM-003 then
    has no footing either: the total or an item is wrong, and which one cannot be told).
    """
    spent = document.expenditure
    stated = Money.parse(spent.project) if spent else None
    if spent is None or stated is None or spent.listing == "some":
        return
    absent = [index for index, item in enumerate(spent.projects) if item.amount is None]
    known = [money for item in spent.projects if (money := Money.parse(item.amount)) is not None]
    if len(absent) != 1 or len(known) != len(spent.projects) - 1 or not known:
        return
    computed = money_sum(known)
    rest = stated - computed
    name = spent.projects[absent[0]].name
    amount = f"expenditure.projects.{absent[0]}.amount"
    mends: tuple[tuple[str, str], ...] = ()
    if rest.number > 0:
        mends = ((amount, rest.written_like(stated)),)
        detail = f"；其中“{name}”没有写金额，按差额应为 {rest}"
    else:
        detail = f"；其中“{name}”没有写金额，而其余项目已不少于项目支出"
    yield Gap.of_money(
        amount,
        stated,
        computed,
        message=f"项目支出分项合计 {computed}，与项目支出 {stated}相差 {abs(rest)}{detail}",
        remedy=f"补写“{name}”的金额，并核对其余项目的金额",
        mends=mends,
        related=("expenditure.project",),
    )


@rule(
    "SUM-005", title="基本支出等于人员经费与日常公用经费之和", severity=Severity.ERROR, basis="budget-law-rules",
    article=5, checks=("D05",),
)  # fmt: skip
def basic_expenditure_is_personnel_and_operating(document: BudgetDocument) -> Iterator[Gap]:
    """基本支出 equals 人员经费 plus 日常公用经费."""
    parts = ("personnel", "operating")
    yield from _total_of_parts(
        document.expenditure, "expenditure", "basic", parts, "人员经费与日常公用经费", all_needed=True
    )


@rule(
    "SUM-006", title="预算收入等于预算支出", severity=Severity.ERROR, basis="form-disclosure", article="收入",
    checks=("D06",), applies=budgeted,
)  # fmt: skip
def revenue_equals_expenditure(document: BudgetDocument) -> Iterator[Gap]:
    """预算收入 and 预算支出 are the same total."""
    income = Money.parse(document.revenue.total) if document.revenue else None
    spent = Money.parse(document.expenditure.total) if document.expenditure else None
    if income is not None and spent is not None and not _agree(spent, income):
        yield Gap.of_money(
            "expenditure.total",
            spent,
            income,
            message=f"预算支出 {spent}，与预算收入 {income}相差 {abs(spent - income)}",
            remedy="核对收入和支出的合计；有结转下年的，应在文中写明",
            related=("revenue.total",),
        )


@rule(
    "SUM-007", title="项目预算数等于财政资金与其他资金之和", severity=Severity.ERROR, basis="form-performance-text",
    article="预算规模", checks=("M01",),
)  # fmt: skip
def project_budget_is_fiscal_and_other_money(document: BudgetDocument) -> Iterator[Gap]:
    """A project's 预算数 equals 财政资金 plus 其他资金; in this form an empty cell means none.

    财政资金 may be empty in forms that do not ask for it: there it says nothing.
    """
    for path, project in document.goal_tables():
        budget = project.budget
        if budget is None or any(line.executed is not None for line in project.funding):
            continue  # a report has its sums column by column (EXEC-002)
        stated, fiscal, other = (budget.money(field) for field in ("total", "fiscal", "other"))
        if stated is None or (fiscal is None and not fills_in(document, "fiscal")):
            continue
        if other is None and any(line.source in _BESIDE and line.amount for line in project.funding):
            continue  # the form states other money by its sources
        parts = [part for part in (fiscal, other) if part is not None]
        computed = money_sum(parts, budget.unit)
        if stated != computed and not parts:
            yield Gap(
                path=f"{path}.budget.fiscal",
                message=f"预算数 {stated}，财政资金和其他资金都没有填写",
                remedy="填写财政资金和其他资金，两项之和等于预算数",
                related=(f"{path}.budget.total",),
            )
        elif stated != computed:
            added = f"合计 {spelled_sum(parts)} = {computed}" if len(parts) > 1 else f" {parts[0]}"
            what = (
                "财政资金没有填写，其他资金"
                if fiscal is None
                else "财政资金与其他资金"
                if other
                else "财政资金"
            )
            yield Gap.of_money(
                f"{path}.budget.total",
                stated,
                computed,
                message=f"{what}{added}，与预算数 {stated}相差 {abs(computed - stated)}",
                remedy="核对预算数、财政资金和其他资金",
                is_mechanical=True,
                related=(f"{path}.budget.fiscal", f"{path}.budget.other"),
            )


@rule(
    "SUM-008", title="各项目绩效目标表的预算数之和等于项目支出", severity=Severity.ERROR, basis="form-disclosure",
    article="支出", checks=("M03",), applies=provincial_text,
)  # fmt: skip
def goal_tables_add_up_to_project_expenditure(document: BudgetDocument) -> Iterator[Gap]:
    """The budgets of all goal tables add up to 项目支出.

    Silent when a table has no budget, and when the narrative lists more projects than there are tables: then
    NAME-003 says which tables are missing.
    """
    stated = Money.parse(document.expenditure.project) if document.expenditure else None
    budgets = [table.budget.money("total") if table.budget else None for _, table in document.goal_tables()]
    known = [budget for budget in budgets if budget is not None]
    if stated is None or not known or len(known) < len(budgets):
        return
    computed = money_sum(known)
    listed = document.expenditure.projects if document.expenditure else []
    if computed < stated and len(listed) > len(budgets):
        return
    if stated != computed:
        yield Gap.of_money(
            "expenditure.project",
            stated,
            computed,
            message=f"{len(known)} 张绩效目标表的预算数合计 {computed}，与项目支出 {stated}相差 {abs(computed - stated)}",
            remedy="核对是否有项目没有绩效目标表，或表中预算数有误",
            related=tuple(f"{path}.budget.total" for path, _ in document.goal_tables()),
        )


@rule(
    "SUM-009", title="“三公”经费等于各项之和", severity=Severity.ERROR, basis="form-disclosure", article="三公经费",
    checks=("D12",),
)  # fmt: skip
def three_public_is_the_sum_of_its_parts(document: BudgetDocument) -> Iterator[Gap]:
    """“三公”经费 equals 出国（境）, 公务用车购置, 公务用车运行 and 公务接待; all four are named, nought as well.

    Where one of the four is not there the form that lays them down lacks it: an error where the others fall short of
    the total. Both kinds of 公务用车 may be told in one.
    """
    node = document.three_public
    yield from _total_of_parts(
        node, "three_public", "total", tuple(_THREE_PUBLIC), "“三公”经费各项", all_needed=True
    )
    found = amounts(node, _THREE_PUBLIC) if node is not None and provincial_text(document) else {}
    stated = Money.parse(node.total) if node is not None else None
    missing = [field for field in _THREE_PUBLIC if field not in found]
    if stated is None or len(missing) != 1 or money_sum(found.values()) > stated:
        return
    computed = money_sum(found.values())
    what = _THREE_PUBLIC[missing[0]]
    is_short = computed < stated
    yield Gap.of_money(
        f"three_public.{missing[0]}",
        stated,
        computed,
        message=f"没有写{what}；所列各项 {spelled_sum(found.values())} = {computed}"
        + (f"，比“三公”经费 {stated}少 {stated - computed}" if is_short else "，没有的应写 0"),
        remedy=f"补写{what}的金额，没有的写 0",
        related=tuple(f"three_public.{field}" for field in found),
        severity=None if is_short and not missing[0].startswith("vehicle") else Severity.WARNING,
    )


def _is_administrative(body: Organization) -> bool:
    """Whether a body is a 行政单位, or run like one (参照公务员法管理)."""
    nature = body.nature or ""
    return "行政" in nature or nature.startswith("参")


@rule(
    "SUM-010", title="机关运行经费等于日常公用经费", severity=Severity.ERROR, basis="form-disclosure",
    article="机关运行经费", checks=("D11",),
)  # fmt: skip
def operating_funds_are_the_operating_expenditure(document: BudgetDocument) -> Iterator[Gap]:
    """机关运行经费 equals 日常公用经费.

    A 事业单位 has 公用经费 but no 机关运行经费: where there are some among the organizations 机关运行经费 may
    be less, never more. Silent where the organizations were not read or none is administrative.
    """
    if document.operating_funds is None or document.expenditure is None:
        return
    administrative = [_is_administrative(body) for body in document.organizations]
    if not any(administrative):
        return
    stated, computed = (
        Money.parse(document.operating_funds.total),
        Money.parse(document.expenditure.operating),
    )
    if stated is None or computed is None or (stated < computed and not all(administrative)):
        return
    if stated != computed:
        yield Gap.of_money(
            "operating_funds.total",
            stated,
            computed,
            message=f"机关运行经费 {stated}，与日常公用经费 {computed}相差 {abs(computed - stated)}",
            remedy="两处应为同一数字，核对后更正",
            is_mechanical=True,
            related=("expenditure.operating",),
        )
