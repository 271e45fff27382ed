"""绩效自评表, of projects and of a whole department."""

from __future__ import annotations

from typing import Final

from jiheng.budget import BudgetDocument
from jiheng.writing.forms import goals, sheet
from jiheng.writing.forms.columns import Column
from jiheng.writing.pages import Pages

FORM: Final = sheet.Form(
    title="项目支出绩效自评表",
    department_title="部门整体支出绩效自评表",
    indicators=(
        Column("value", "年度指标值", 9),
        Column("actual", "实际完成值", 9),
        Column("weight", "分值", 3),
        Column("score", "得分", 3),
        Column("reason", "偏差原因分析及改进措施", 14),
    ),
    goals=goals.reported,
    funds=("initial", "adjusted", "executed", "weight", "rate", "score"),
    fund_heads={"executed": "全年执行数"},
    has_total=True,
)


def lay_out(document: BudgetDocument) -> Pages:
    """项目支出绩效自评表, 财预〔2020〕10号, annex 1, and the form of a whole department made after it.

    The points beside 总分 are the sum of those above, where every row states them. What the form has no place for is
    added where it is known, as in the form of declared goals, and the same is not told.

    Raises:
        MissingPart: the document has neither a project nor goals of a department.
    """
    return sheet.lay_out(document, FORM)
