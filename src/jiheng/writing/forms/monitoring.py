"""绩效目标执行监控表, of projects and of a whole department."""

from __future__ import annotations

from msgspec import structs

from jiheng.budget import BudgetDocument, DepartmentGoals, Project
from jiheng.writing.forms import goals, sheet
from jiheng.writing.forms.captions import months_of
from jiheng.writing.forms.columns import LIKELIHOOD, Column
from jiheng.writing.pages import Pages

_FORM = sheet.Form(
    title="项目支出绩效运行监控表",
    department_title="部门整体支出绩效运行监控表",
    indicators=(),
    goals=goals.watched,
    funds=("initial", "executed", "rate", "forecast"),
    lies=True,
)


def lay_out(document: BudgetDocument) -> Pages:
    """项目支出绩效目标执行监控表, 财预〔2019〕136号, annex, on pages that lie.

    The months are those of the title; without them the form's own 1—X月 stands. 完成目标可能性 has a column of its own
    where the remark says it ("完成目标可能性：确定能"). The kinds of reasons (经费保障, 制度保障 …) stand in one column
    with what explains them. What the form has no place for is added where it is known, as in the form of declared
    goals, and the same is not told.

    Raises:
        MissingPart: the document has neither a project nor goals of a department.
    """
    months = months_of(document.title, _through(document))
    columns = (
        Column("value", "年度指标值", 10),
        Column("actual", f"{months}执行情况", 10),
        Column("forecast", "全年预计完成情况", 10),
        Column("reason", "偏差原因分析", 16),
        Column("remark.likelihood", LIKELIHOOD, 5),
        Column("remark.rest", "备注", 10),
    )
    heads = {"executed": f"{months}执行数", "rate": f"{months}执行率"}
    return sheet.lay_out(document, structs.replace(_FORM, indicators=columns, fund_heads=heads))


def _through(document: BudgetDocument) -> int | None:
    """The last month that 执行数 covers; ``None`` where the lines do not say, or differ."""
    parts: list[Project | DepartmentGoals] = [*document.projects, *document.department_goals]
    months = {line.through for part in parts for line in part.funding if line.executed is not None}
    return months.pop() if len(months) == 1 else None
