"""项目库清单: a row for each project of a library."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

from jiheng.budget import BudgetDocument, FundingLine, Project
from jiheng.errors import MissingPart
from jiheng.writing.forms import funds
from jiheng.writing.forms.captions import coded
from jiheng.writing.forms.register import Column, register
from jiheng.writing.pages import Pages

T = TypeVar("T")
TITLE = "项目库清单"
_AMOUNT = "预算金额"
# What stands in the list for every project, and what only where some project says it.
_PLAIN = (("attribute", "项目属性", 6), ("manager", "项目负责人", 5), ("phone", "联系电话", 13), ("period", "项目期", 8),
          ("starts", "开始时间", 8), ("ends", "完成时间", 8))  # fmt: skip
_UNBROKEN = frozenset({"phone"})


def lay_out(document: BudgetDocument) -> Pages:
    """A list of projects as a library of projects hands it out; no regulation prints one, so the columns are usual ones.

    Every source of money and every labelled text has a column of its own, under its label. Goals, indicators, results,
    points, the purpose and the spending plan stand in the forms of the projects and not in the list, nor do amounts of
    one project under one label that are planned and executed.

    Raises:
        MissingPart: the document has no project.
    """
    projects = [*document.special_funds, *document.projects]
    if not projects:
        raise MissingPart(
            "文件中没有项目，无法生成项目库清单。", place=document.title, remedy="请先录入项目。"
        )
    return register(document, TITLE, "list", _columns(projects), funds.unit_of(projects[0]))


def _columns(projects: Sequence[Project]) -> list[Column]:
    found = [Column("序号", tuple(str(number) for number in range(1, len(projects) + 1)), is_whole=True)]
    if any(project.department for project in projects):
        found.append(Column("主管部门", tuple(coded(project.department) for project in projects), 9))
    codes = tuple((project.unit.code if project.unit else None) or "" for project in projects)
    if any(codes):
        found.append(Column("单位编码", codes, is_whole=True))
    names = tuple((project.unit.name if project.unit else None) or "" for project in projects)
    found.append(Column("单位名称", names, 9))
    if any(project.code for project in projects):
        found.append(Column("项目编码", tuple(project.code or "" for project in projects), is_whole=True))
    found.append(Column("项目名称", tuple(project.name or "" for project in projects), 14))
    for field, head, most in _PLAIN:
        texts = tuple(getattr(project, field) or "" for project in projects)
        if any(texts):
            found.append(Column(head, texts, most, is_whole=field in _UNBROKEN))
    return [*found, *_amounts(projects), *_statements(projects)]


def _amounts(projects: Sequence[Project]) -> list[Column]:
    """A column for each label of a source; the second of a project under the same label has a second one."""
    unit = funds.unit_of(projects[0])
    rows = [_numbered([(line.label, line) for line in funds.lines_of(project)]) for project in projects]
    heads = list(dict.fromkeys(head for row in rows for head in row))
    found = []
    for head in heads or [(_AMOUNT, 0)]:
        texts = tuple(_amount(row.get(head), unit) for row in rows)
        found.append(Column(head[0], texts, is_figure=True, total=_sum(texts)))
    return found


def _amount(line: FundingLine | None, unit: str) -> str:
    fields = ("amount", "adjusted", "initial", "executed")
    return next((text for field in fields if line and (text := funds.text_of(line, field, unit))), "")


def _statements(projects: Sequence[Project]) -> list[Column]:
    rows = [_numbered([(said.label or "备注", said) for said in project.statements]) for project in projects]
    heads = list(dict.fromkeys(head for row in rows for head in row))
    return [
        Column(head[0], tuple((said.text or "") if (said := row.get(head)) else "" for row in rows), 12)
        for head in heads
    ]


def _numbered(pairs: Sequence[tuple[str, T]]) -> dict[tuple[str, int], T]:
    """By label, and by how many of the same label stand before."""
    found: dict[tuple[str, int], T] = {}
    for label, item in pairs:
        found[label, sum(key[0] == label for key in found)] = item
    return found


def _sum(texts: Sequence[str]) -> str:
    amounts = [text for text in texts if text]
    if not amounts or not all(text.replace(".", "", 1).isdigit() for text in amounts):
        return ""
    return f"{sum(map(Decimal, amounts)):f}"
