"""部门（单位）整体支出绩效目标申报表."""

from __future__ import annotations

from jiheng.budget import BudgetDocument
from jiheng.writing.forms import sheet
from jiheng.writing.forms.project_goals import FORM
from jiheng.writing.pages import Pages


def lay_out(document: BudgetDocument) -> Pages:
    """部门（单位）整体支出绩效目标申报表, 财预〔2015〕88号, annex: the year's main tasks, its goal and its indicators.

    A document that has projects besides gets their forms behind it.

    Raises:
        MissingPart: the document has neither goals of a department nor a project.
    """
    return sheet.lay_out(document, FORM)
