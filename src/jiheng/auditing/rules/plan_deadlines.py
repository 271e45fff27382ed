"""PLAN: the spending plan beside the dates that the 时效指标 give for the work and for the paying."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.remembered import remembered
from jiheng.auditing.scope import declared
from jiheng.auditing.spending_plans import CHECKPOINT_MONTHS, HUNDRED, Plan, plans
from jiheng.auditing.thresholds import number
from jiheng.auditing.walk import Row, rows_of
from jiheng.budget import BudgetDocument, IndicatorValue, Severity, normalise, plain

_PAYING: Final = re.compile(
    r"支出|支付|付款|拨付|付清|(?:资金|经费|补助|补贴|款项?)(?:全部|按时|及时)?(?:使用|完成|发放)"
)
_IN_PART: Final = re.compile(
    r"首[批次期付]|第[一二三1-3][批次期季]|预[付拨]|部分|进度款|上半年|开始|启动|起始|下达|到位"
)
_BEGINNING: Final = re.compile(r"开始|开工|启动|上岗|到岗|签订|招标|申报|立项|公示")
_AFTERWARDS: Final = re.compile(r"总结|上报|归档|评价|考核|审计|决算|质保|管护|报告")
_WORK: Final = re.compile(
    r"工程|建设|购置|采购|改造|修缮|维修|修复|整修|安装|新建|扩建|治理|绿化|清淤|设计|开发|印刷|制作|加工|装修|测绘|勘察"
)
"""Of projects whose money is paid for something that is delivered."""
_PAID_AHEAD: Final = re.compile(
    r"订阅|征订|保险|保费|租赁|租金|房租|会费|年费|服务费|使用费|网络|宽带|通信|许可|授权|补助|补贴|奖补|奖励|资助|配套"
    r"|资本金|注资|出资|偿还|还本|付息|工资|薪酬|慰问|运维|维保|运行|电费|水费"
)
"""What is rightly paid before its time is over, or passed on to others who do the work."""
_PAID_LATER: Final = re.compile(
    r"尾款|欠|结转|清算|上年|以前年度|20\d\d年度?.{0,12}款|以奖代补|先建后补|质保|剩余|遗留"
)


class _Due(NamedTuple):
    """A 时效指标 with the month of the budget year by which something is to be done."""

    row: Row
    value: IndicatorValue
    month: int

    @property
    def text(self) -> str:
        """What the indicator is called and described as."""
        return normalise(f"{self.row.indicator.level3 or ''}{self.row.indicator.description or ''}")

    @property
    def is_paying(self) -> bool:
        """Whether the date is one of paying the money, not of doing the work."""
        return _PAYING.search(self.text) is not None


class _Timed(NamedTuple):
    """A sound plan that ends at the whole budget, and the dates of its project, in the order of the year."""

    plan: Plan
    shares: dict[int, Decimal]
    due: list[_Due]

    @property
    def about(self) -> str:
        """What the project is called and what its money is for."""
        return normalise(f"{self.plan.project.name or ''}{self.plan.project.purpose or ''}")

    @property
    def paid(self) -> int:
        """The month by whose end the plan has spent everything."""
        return next(month for month, share in self.shares.items() if share == HUNDRED)

    def at(self, month: int) -> str:
        """The path of the plan's figure for ``month``; of the plan, where the cell is empty."""
        field = next(field for field, checkpoint in CHECKPOINT_MONTHS.items() if checkpoint == month)
        return f"{self.plan.path}.{field}" if field in self.plan.figures else self.plan.path


@remembered
def _timed(document: BudgetDocument) -> Sequence[_Timed]:
    """The plans of all projects that also give a date."""
    found = []
    for plan in plans(document):
        due = sorted(_due(plan, document.fiscal_year), key=lambda one: one.month)
        if due and HUNDRED in (shares := plan.shares).values():
            found.append(_Timed(plan, shares, due))
    return found


def _due(plan: Plan, year: int | None) -> Iterator[_Due]:
    """The dates of the budget year among the 时效指标; a lower bound is no date by which anything is done."""
    for row in rows_of(plan.path.removesuffix(".plan"), plan.project):
        value = row.indicator.value
        if row.level2 != "时效指标" or value is None or value.operator in ("≥", ">"):
            continue
        deadline = value.meaning.deadline
        if deadline is not None and deadline.month is not None and deadline.year in (None, year):
            yield _Due(row, value, deadline.month)


@rule(
    "PLAN-009", title="支出完成时限与资金支出计划一致", severity=Severity.WARNING, basis="budget-law-rules", article=60,
    checks=("G17",), applies=declared,
)  # fmt: skip
def the_last_payment_is_due_when_the_plan_has_it(document: BudgetDocument) -> Iterator[Gap]:
    """The date by which all is to be spent is neither before the plan has spent it nor long after.

    Where several dates are given the last counts; a first instalment is none of them.
    """
    for timed in _timed(document):
        paying = [one for one in timed.due if one.is_paying and not _IN_PART.search(one.text)]
        if not paying:
            continue
        last = paying[-1]
        month, share = next((at, share) for at, share in timed.shares.items() if at >= last.month)
        if share < number("plans", "spent_by_deadline"):
            what = (
                f"资金支出计划到 {month} 月底为 {_percent(share)}，还有 {_percent(HUNDRED - share)} 排在以后"
            )
        elif last.month - timed.paid > number("plans", "done_after_paid"):
            month, share = timed.paid, HUNDRED
            what = f"资金支出计划到 {month} 月底已是 100%，早 {last.month - month} 个月"
        else:
            continue
        yield Gap(
            path=f"{last.row.path}.value",
            message=f"{last.row.label}要求“{last.value.text}”支出完毕，{what}",
            remedy="按实际付款的时间改正支出完成时限或资金支出计划",
            stated=last.value.text,
            computed=_percent(share),
            related=(timed.at(month),),
        )


@rule(
    "PLAN-010", title="资金不在完工前早早付清", severity=Severity.WARNING, basis="budget-law-rules", article=60,
    checks=("G17",), applies=declared,
)  # fmt: skip
def money_is_not_all_paid_long_before_the_work_is_done(document: BudgetDocument) -> Iterator[Gap]:
    """Works and purchases are not paid for in full more than half a year before the first date of their completion.

    Paying after acceptance is usual; what is rightly paid ahead (insurance, rent, grants) is left aside.
    """
    for timed in _timed(document):
        done = [one for one in timed.due if not one.is_paying and not _AFTERWARDS.search(one.text)]
        if not done or not _WORK.search(timed.about) or _PAID_AHEAD.search(timed.about):
            continue
        first = done[0]
        months = first.month - timed.paid
        if _BEGINNING.search(first.text) or months <= number("plans", "done_after_paid"):
            continue
        yield Gap(
            path=f"{first.row.path}.value",
            message=f"{first.row.label}为“{first.value.text}”，资金支出计划到 {timed.paid} 月底已付 100%，比完成早 {months} 个月",
            remedy="按合同和工程进度安排付款，留下验收后支付的部分；完成时限写得过晚的改正",
            stated=first.value.text,
            computed=f"{timed.paid}月底",
            related=(timed.at(timed.paid),),
        )


@rule(
    "PLAN-011", title="完成后及时付款", severity=Severity.NOTICE, basis="budget-law-rules", article=60,
    checks=("G17",), applies=declared,
)  # fmt: skip
def payment_follows_the_work(document: BudgetDocument) -> Iterator[Gap]:
    """Where all is done by a date, the plan does not leave all of the money unpaid for months after it."""
    for timed in _timed(document):
        done = [one for one in timed.due if not one.is_paying and not _BEGINNING.search(one.text)]
        unpaid = max((month for month, share in timed.shares.items() if not share), default=0)
        if not done or not _WORK.search(timed.about) or _PAID_LATER.search(timed.about):
            continue
        last = done[-1]
        months = unpaid - last.month
        if months <= number("plans", "paid_after_done"):
            continue
        yield Gap(
            path=f"{last.row.path}.value",
            message=f"{last.row.label}为“{last.value.text}”，资金支出计划到 {unpaid} 月底仍没有支出，完成后 {months} 个月没有付款",
            remedy="按合同约定安排付款，或更正完成时限",
            stated=last.value.text,
            computed=f"{unpaid}月底",
            related=(timed.at(unpaid),),
        )


def _percent(share: Decimal) -> str:
    return f"{plain(share.quantize(Decimal('0.1')).normalize())}%"
