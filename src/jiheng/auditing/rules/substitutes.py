"""MEAN: what stands where something else should be measured: spending for output, the budget for a cost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import declared
from jiheng.auditing.walk import Row, rows, rows_of
from jiheng.budget import BudgetDocument, Dimension, Money, Severity, normalise

# Spending itself, its speed or its completion: 经费支出完成时限, 资金拨付及时率, 预算执行率, 资金使用率.
_SPENDING = re.compile(
    r"^(?:全年|本年|年度|当年)?(?:补助|专项|项目|财政)?(?:经费|资金|预算|支出|拨款|付款)\S{0,4}"
    r"(?:支出|支付|拨付|执行|使用|到位|完成|付款)?\S{0,4}(?:时限|时间|期限|进度|率|时效|及时性|实效)$"
)
# Handing money to those it is for is the work itself; keeping to the rules is no matter of speed.
_NOT_SPENDING = re.compile(r"发放|兑现|兑付|合规|归集|筹集|收缴")
_SPENT = re.compile(r"该笔资金支出的时间|经费支出完成的时间|资金支出完成的时间|(?:项目)?资金使用完成时间")
_GROUPS = {"时效指标": "完成工作的时间", "质量指标": "完成工作的质量"}
# Handing out, paying and buying are outputs, wherever they stand.
_DELIVERY = re.compile(
    r"(?:发放|支付|支出|拨付|拨款|采购|购置|配备|印制|安装)\S{0,6}(?:时限|期限|时间|及时率|完成率|到位率|发放率|率|次数|数量|份数|频率)$"
)
_LASTS = re.compile(r"(?:保障|发放|补助|补贴|支付)\S{0,8}(?:年限|期限|时限|时间|时长)$")
# How much of the work was done, and how many were paid or taught, is no benefit; how many gain by it is one.
_DONE = re.compile(
    r"(?:清淤|维修|建设|改造|采购|安装|更换|检测|培训|检查|施工|工程|任务|项目)\S{0,2}完成率$|^(?:补助|补贴|发放|培训|慰问|资助|救助)(?:对象|人员)?(?:人数|户数)$"
)
_COUNTED = re.compile(r"(?:数量|次数|个数|份数|台数|段数|处数)$")
_PER_ONE = re.compile(r"每|人均|户均|平均|单价|单位成本|日均|月均")


def _is_spending(row: Row) -> bool:
    name = normalise(row.indicator.level3)
    if _NOT_SPENDING.search(name):
        return False
    return bool(_SPENDING.match(name)) or bool(_SPENT.search(normalise(row.indicator.description)))


@rule(
    "MEAN-006", title="不以支出进度代替产出", severity=Severity.WARNING, basis="mof-2021-101", article="产出指标",
    checks=("G22",), applies=declared,
)  # fmt: skip
def spending_does_not_stand_for_output(document: BudgetDocument) -> Iterator[Gap]:
    """The 时效指标, or the 质量指标, of a project are not all about spending its money."""
    for path, project in document.goal_tables():
        groups: dict[str, list[Row]] = {}
        for row in rows_of(path, project):
            if row.level2 in _GROUPS:
                groups.setdefault(row.level2, []).append(row)
        for level2, found in groups.items():
            if all(_is_spending(row) for row in found):
                names = "、".join(dict.fromkeys(row.label for row in found))
                yield Gap(
                    path=f"{found[0].path}.level3",
                    message=f"{level2}只有{names}，衡量的是资金支出，没有衡量{_GROUPS[level2]}",
                    remedy=f"补设{_GROUPS[level2]}的指标；支出进度由预算执行率反映",
                    stated=found[0].name,
                    related=tuple(f"{row.path}.level3" for row in found[1:]),
                )


@rule(
    "MEAN-007", title="成本指标不只重复预算数", severity=Severity.NOTICE, basis="mof-2021-101", article="成本指标",
    checks=("G21",), applies=declared,
)  # fmt: skip
def a_cost_says_more_than_the_budget(document: BudgetDocument) -> Iterator[Gap]:
    """A project's only cost is not simply its budget: the cost of one unit says what the money buys."""
    for path, project in document.goal_tables():
        budget = project.budget.money("total") if project.budget else None
        costs = [row for row in rows_of(path, project) if "成本指标" in (row.level1, row.level2)]
        if not budget or len(costs) != 1:
            continue
        (row,) = costs
        value = row.indicator.value
        interval = value.interval if value is not None else None
        if value is None or interval is None or value.dimension is not Dimension.MONEY:
            continue
        unit = value.meaning.unit
        named = f"{row.indicator.level3 or ''}{row.indicator.description or ''}"
        if (unit is not None and unit.per) or _PER_ONE.search(named) or interval.high is None:
            continue
        if Money.of_yuan(interval.high, budget.unit) == budget:
            yield Gap(
                path=f"{row.path}.value",
                message=f"唯一的成本指标{row.label}为“{value.text}”，与预算数 {budget}相同，没有单位成本",
                remedy="补设单位成本，如每人、每次、每公里的支出标准",
                stated=value.text,
                related=(f"{path}.budget.total",),
            )


@rule(
    "MEAN-008", title="效益指标不是产出", severity=Severity.NOTICE, basis="mof-2021-101", article="效益指标",
    checks=("G28",), applies=declared,
)  # fmt: skip
def a_benefit_is_no_output(document: BudgetDocument) -> Iterator[Gap]:
    """A benefit is what comes of the work: not that money was handed out in time, nor that it is paid for one year."""
    outputs = {
        (id(row.project), normalise(row.indicator.value.text))
        for row in rows(document)
        if row.level2 == "数量指标" and row.indicator.value is not None
    }
    for row in rows(document):
        name = normalise(row.indicator.level3)
        if row.level1 != "效益指标" or not name:
            continue
        value = row.indicator.value
        one_year = value is not None and value.number is not None and normalise(value.text) in ("1年", "=1年")
        repeats = (
            value is not None
            and value.dimension is Dimension.COUNT
            and _COUNTED.search(name) is not None
            and (id(row.project), normalise(value.text)) in outputs
        )
        if _DELIVERY.search(name) or _DONE.search(name) or repeats or (_LASTS.search(name) and one_year):
            yield Gap(
                path=f"{row.path}.level3",
                message=f"{row.indicator.level2 or '效益指标'}{row.label}"
                + (f"（{value.text}）" if value is not None else "")
                + "衡量的是产出，不是产出带来的效益",
                remedy="改为受益对象的变化，如受益人数、增收、节约的时间；本项移到产出指标",
                stated=row.indicator.level3,
            )
