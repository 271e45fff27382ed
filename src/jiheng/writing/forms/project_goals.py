"""项目支出绩效目标申报表, and the form of one project alone, for documents that have it as an annex."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from jiheng.budget import BudgetDocument, CodedName, DepartmentGoals, Project
from jiheng.writing.forms import goals, sheet
from jiheng.writing.forms.columns import Column
from jiheng.writing.pages import Block, Pages

FORM: Final = sheet.Form(
    title="项目支出绩效目标申报表",
    department_title="部门（单位）整体支出绩效目标申报表",
    indicators=(Column("value", "指标值", 12),),
    goals=goals.declared,
    asked=("attribute", "period"),
)


def lay_out(document: BudgetDocument) -> Pages:
    """项目支出绩效目标申报表, 财预〔2015〕88号, annex: a form for every project.

    Money of the medium term and indicators of its goal stand beside those of the year, as the form has them. What the
    form has no place for is added where it is known: the project's code, who is responsible for it, its purpose, its
    spending plan, columns for weights, descriptions, standards and the like. A project's place in the document that it
    comes from (``number`` and ``heading``) and its rows of 绩效目标审核表 are not told, nor are the chapters of a
    disclosure. The department of the document stands for a project that names none; amounts of ``budget`` that no
    line of ``funding`` states become such lines.

    Raises:
        MissingPart: the document has no project.
    """
    return sheet.lay_out(document, FORM)


def goal_form(
    part: Project | DepartmentGoals,
    *,
    anchor: str,
    title: str | None = None,
    year: int | None = None,
    department: CodedName | None = None,
    new_page: bool = True,
    lies: bool = False,
) -> Iterator[Block]:
    """The blocks of the goal form of one project or department, to stand in a letter of approval or another document.

    Args:
        anchor: of its heading, other than those of all other headings; ``title``: that of the official form without it.
        lies: on pages that lie, see ``needs_lying_pages``; the blocks around it say so (``Leaf``).
    """
    return sheet.sheet(
        part, FORM, title=title, year=year, department=department, anchor=anchor, new_page=new_page, lies=lies
    )


def needs_lying_pages(part: Project | DepartmentGoals) -> bool:
    """Whether the indicators have more columns than a page that stands has room for."""
    return sheet.is_wide(part, FORM)
