"""部门预算批复: the bureau approves a department's budget, and its goals with it.

What it says follows 预算法 articles 13, 14 and 52 and 财预〔2015〕88号 articles 27 to 29: who approves the budget approves
the goals, the department approves its units' budgets within 15 days and publishes its own within 20 days.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from jiheng.budget import BudgetDocument, Expenditure, Money, Project, Revenue, money_sum
from jiheng.errors import MissingPart
from jiheng.writing.letters.frame import Letterhead, annex, body_of, opened, signed
from jiheng.writing.pages import Block, Cell, Grid, Heading, Pages, Row, Text, aligned, figure, labels
from jiheng.writing.performance_text import goal_parts
from jiheng.writing.words import day, in_wan, named_amounts

_TO_UNITS: Final = timedelta(days=15)
_TO_THE_PUBLIC: Final = timedelta(days=20)
_SIDES: Final = (48.0, 30.0, 48.0, 30.0)
_LIST: Final = (12.0, 54.0, 36.0, 18.0, 18.0, 18.0)
_INCOME: Final = (
    ("general_public", "一般公共预算拨款"), ("government_fund", "政府性基金预算拨款"), ("state_capital", "国有资本经营预算拨款"),
    ("fiscal_account", "财政专户管理资金"), ("business", "事业收入"), ("operation", "事业单位经营收入"), ("other", "其他收入"), ("carried_over", "上年结转"),
)  # fmt: skip
_SPENDING: Final = (
    ("basic", "基本支出"), ("personnel", "其中：人员经费"), ("operating", "　　　公用经费"), ("project", "项目支出"),
)  # fmt: skip
_BUDGETS: Final = "部门收支预算表"
_PROJECTS: Final = "项目支出预算表"
_GOALS: Final = "绩效目标表"


class Approval(Letterhead, frozen=True):
    """What the letter says beside the budget.

    Attributes:
        decided_by: the meeting that decided the budget ("安澜县第十七届人民代表大会第三次会议"), where it is known.
    """

    decided_by: str = ""


def lay_out(document: BudgetDocument, approval: Approval) -> Pages:
    """The letter with what is approved attached: income and expenditure, the projects, every goal table.

    Raises:
        MissingPart: the document has neither a budget nor goals.
    """
    attached = [
        name
        for name, is_there in (
            (_BUDGETS, document.revenue or document.expenditure),
            (_PROJECTS, _moneys([project for _, project in document.goal_tables()], "total")),
            (_GOALS, document.overall_goal or document.sub_goals or list(document.goal_tables())),
        )
        if is_there
    ]
    if not attached:
        raise MissingPart(
            "文件中没有收支预算，也没有绩效目标，没有可以批复的内容。",
            place=document.title,
            remedy="请先录入收支预算或绩效目标。",
        )
    year = f"{document.fiscal_year}年" if document.fiscal_year else ""
    title = f"关于批复{year}部门预算和绩效目标的通知"
    return Pages(title, tuple(_blocks(document, approval, title, attached)), approval.office)


def _blocks(document: BudgetDocument, approval: Approval, title: str, attached: list[str]) -> Iterator[Block]:
    year = f"{document.fiscal_year}年" if document.fiscal_year else ""
    decided = f"和{approval.decided_by}批准的{year}预算" if approval.decided_by else ""
    yield from opened(approval.number, title, body_of(document, "各部门"))
    yield Text(
        f"你部门报送的{year}部门预算和绩效目标收悉。根据《中华人民共和国预算法》第五十二条{decided}，现批复如下。"
    )
    numbers = iter("一二三四")
    if document.revenue or document.expenditure:
        yield _chapter(f"{next(numbers)}、收支预算", "amounts")
        yield from _amounts(document)
    projects = [project for _, project in document.goal_tables()]
    if projects:
        yield _chapter(f"{next(numbers)}、项目支出", "projects")
        yield Text(_of_projects(projects))
    yield _chapter(f"{next(numbers)}、绩效目标", "goals")
    yield Text(_of_goals(document, projects))
    yield _chapter(f"{next(numbers)}、执行要求", "demands")
    yield from _demands(approval)
    yield from signed(approval.office, approval.on, attached)
    for number, name in enumerate(attached, 1):
        yield from annex(number, attached)
        if name == _BUDGETS:
            yield from _budgets(document.revenue, document.expenditure)
        elif name == _PROJECTS:
            yield from _project_list(projects)
        else:
            yield from goal_parts(document, within_chapter=True)


def _chapter(text: str, anchor: str) -> Heading:
    return Heading(text, 1, f"approval-{anchor}", in_contents=False)


def _amounts(document: BudgetDocument) -> Iterator[Block]:
    income, spent = document.revenue, document.expenditure
    if income is not None and income.total:
        parts = named_amounts(income, _INCOME)
        yield Text(f"核定收入预算{in_wan(income.total)}{f'，其中：{parts}' if parts else ''}。")
    if spent is not None and spent.total:
        parts = named_amounts(spent, (("basic", "基本支出"), ("project", "项目支出")))
        yield Text(f"核定支出预算{in_wan(spent.total)}{f'，其中：{parts}' if parts else ''}。")
    public, bought = document.three_public, document.procurement
    if public is not None and public.total:
        yield Text(f"核定财政拨款“三公”经费预算{in_wan(public.total)}，执行中不得突破。")
    if bought is not None and bought.total and Money.parse(bought.total):
        yield Text(f"核定政府采购预算{in_wan(bought.total)}。")


def _of_projects(projects: Sequence[Project]) -> str:
    known = _moneys(projects, "total")
    if not known:
        return f"批复项目{len(projects)}个，逐项见所附绩效目标表。"
    missing = len(projects) - len(known)
    unknown = f"；另有{missing}个项目未列明预算数" if missing else ""
    return f"批复项目{len(projects)}个，预算合计{money_sum(known).text}万元{unknown}，逐项金额见附件。"


def _of_goals(document: BudgetDocument, projects: Sequence[Project]) -> str:
    whole = "部门整体绩效目标" if document.overall_goal or document.sub_goals else ""
    each = f"{len(projects)}个项目的绩效目标" if projects else ""
    indicators = sum(len(project.indicators) for project in projects)
    count = f"（绩效指标{indicators}项）" if indicators else ""
    told = (
        f"{'和'.join(part for part in (whole, each) if part)}{count}随预算一并批复，见附件。"
        if whole or each
        else ""
    )
    return (
        f"{told}批复的绩效目标是预算执行、绩效运行监控、绩效自评和绩效评价的依据，一般不作调整；确需调整的，"
        "应当连同预算调整按原程序报批。"
    )


def _demands(approval: Approval) -> Iterator[Block]:
    units, public = day(approval.on + _TO_UNITS), day(approval.on + _TO_THE_PUBLIC)
    for number, text in enumerate(
        (
            f"在{units}前（收到批复之日起十五日内），向所属各单位批复预算和绩效目标。",
            f"在{public}前（批复后二十日内），向社会公开部门预算，绩效目标一并公开，涉及国家秘密的除外。",
            "严格执行批复的预算，未列入预算的不得支出；科目之间、项目之间需要调剂的，按规定报批。",
            "按照绩效目标组织实施，对目标完成和预算执行实行双监控，发现偏离及时纠正。",
        ),
        1,
    ):
        yield Text(f"{number}.{text}")


def _budgets(income: Revenue | None, spent: Expenditure | None) -> Iterator[Block]:
    """Income at the left, expenditure at the right, the totals below."""
    left = [(name, getattr(income, field)) for field, name in _INCOME if income is not None]
    right = [(name, getattr(spent, field)) for field, name in _SPENDING if spent is not None]
    left = [(name, amount) for name, amount in left if amount is not None]
    right = [(name, amount) for name, amount in right if amount is not None]
    rows = [labels("收入项目", "预算数", "支出项目", "预算数")]
    for index in range(max(len(left), len(right))):
        cells: list[Cell] = []
        for side in (left, right):
            name, amount = side[index] if index < len(side) else ("", None)
            cells += [Cell(name), figure(amount)]
        rows.append(Row(tuple(cells)))
    totals = [
        Cell(f"{what}总计", style="label", align="center")
        if column == 0
        else figure(node.total if node else None)
        for what, node in (("收入", income), ("支出", spent))
        for column in (0, 1)
    ]
    rows.append(Row(tuple(totals)))
    yield Text("", "units", right="单位：万元")
    yield Grid(_SIDES, aligned(rows), header_rows=1)


def _project_list(projects: Sequence[Project]) -> Iterator[Block]:
    """A row a project, their sum on top."""
    sums = [figure(_sum_text(projects, field)) for field in ("total", "fiscal", "other")]
    rows = [
        labels("序号", "项目名称", "项目编码", "预算数", "财政资金", "其他资金"),
        Row((Cell("合计", 3, style="label", align="center"), *sums)),
    ]
    for number, project in enumerate(projects, 1):
        amounts = [_in_wan(project, field) for field in ("total", "fiscal", "other")]
        rows.append(
            Row(
                (
                    Cell(str(number), align="center"),
                    Cell(project.label),
                    Cell(project.code or "", align="center"),
                    *(figure(money.text if money else None) for money in amounts),
                )
            )
        )
    yield Text("", "units", right="单位：万元")
    yield Grid(_LIST, aligned(rows), header_rows=1)


def _in_wan(project: Project, field: str) -> Money | None:
    money = project.budget.money(field) if project.budget else None
    return money.to("万元") if money is not None else None


def _moneys(projects: Sequence[Project], field: str) -> list[Money]:
    return [money for project in projects if (money := _in_wan(project, field)) is not None]


def _sum_text(projects: Sequence[Project], field: str) -> str | None:
    """The sum of a column; ``None`` where no project states it."""
    found = _moneys(projects, field)
    return money_sum(found).text if found else None
