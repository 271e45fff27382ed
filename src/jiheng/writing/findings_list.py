"""Findings as an Excel workbook: a list to work through, and on what each kind of problem rests."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple

from jiheng.budget import BudgetDocument, Finding, Project, follow
from jiheng.writing.explained import TITLE, Explained
from jiheng.writing.pagination import line_count
from jiheng.writing.workbooks import HEADING, TEXT, close_workbook, open_workbook

_LINE: Final = 15.0
"""Points that a line of a cell takes; programs other than Excel give a row one line unless they are told."""
_HIGHEST: Final = 400.0
_OF_FILES: Final = ("文件", "部门")


class _Column(NamedTuple):
    """A heading, and the width in characters."""

    heading: str
    width: int


_LIST: Final = (
    _Column("序号", 5), _Column("文件", 20), _Column("部门", 16), _Column("级别", 6), _Column("问题类别", 22),
    _Column("项目", 22), _Column("指标", 16), _Column("位置", 14), _Column("问题", 46), _Column("所写", 11), _Column("应为", 11),
    _Column("差额", 11), _Column("单位", 6), _Column("建议", 28), _Column("规则", 10), _Column("处理情况", 14),
)  # fmt: skip
_RULES: Final = (
    _Column("规则", 10), _Column("应当怎样", 34), _Column("哪里不对", 34), _Column("级别", 6), _Column("处数", 7),
    _Column("依据", 80),
)  # fmt: skip
_EXPLAINED: Final = (_Column("理由", 40), _Column("说明人", 10), _Column("日期", 11))


def write_findings(
    findings: Sequence[Finding],
    documents: Sequence[BudgetDocument] = (),
    sources: Sequence[str] = (),
    explained: Sequence[Explained] = (),
) -> bytes:
    """The findings as a list that a department can sort, filter, add up and tick off.

    Args:
        documents: that the findings are about; ``sources``: the file of each.
        explained: findings that do not count any more; they have a sheet of their own.
    """
    buffer = io.BytesIO()
    book = open_workbook(buffer)
    several = len(set(sources)) > 1
    shown = [column for column in _LIST if several or column.heading not in _OF_FILES]
    rows = [
        {"序号": number, **_row(finding, documents, sources)} for number, finding in enumerate(findings, 1)
    ]
    _sheet(book, "审核问题", shown, rows)
    _sheet(book, "规则依据", _RULES, _rules(findings))
    if explained:
        columns = [*(column for column in shown if column.heading != "处理情况"), *_EXPLAINED]
        told = [
            {
                "序号": number,
                **_row(one.finding, documents, sources),
                "理由": one.reason,
                "说明人": one.who,
                "日期": f"{one.on:%Y-%m-%d}",
            }
            for number, one in enumerate(explained, 1)
        ]
        _sheet(book, TITLE, columns, told)
    close_workbook(book, "预算绩效审核问题清单")
    return buffer.getvalue()


def _row(finding: Finding, documents: Sequence[BudgetDocument], sources: Sequence[str]) -> dict[str, Any]:
    known = finding.document < len(documents)
    document = documents[finding.document] if known else None
    return {
        "文件": sources[finding.document] if finding.document < len(sources) else "",
        "部门": _body(document) if document else "",
        "级别": finding.severity.label,
        "问题类别": finding.fault or finding.title,
        "项目": _project(document, finding) if document else finding.project or "",
        "指标": finding.indicator or "",
        "位置": str(finding.place or ""),
        "问题": finding.message,
        "所写": finding.stated or "",
        "应为": finding.computed or "",
        "差额": finding.difference or "",
        "单位": finding.unit or "",
        "建议": finding.remedy or "",
        "规则": finding.rule,
        "处理情况": "",
    }


def _body(document: BudgetDocument) -> str:
    return (document.department.name if document.department else None) or document.issuer or ""


def _project(document: BudgetDocument, finding: Finding) -> str:
    """The project by its name; codes say nothing to whoever works through the list."""
    trail = follow(document, finding.path or "")
    project = next((node for node in trail if isinstance(node, Project)), None)
    return project.label if project is not None else finding.project or ""


def _rules(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """A row for every rule that found something."""
    counts = Counter(finding.rule for finding in findings)
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.rule, finding)
    return [
        {
            "规则": rule,
            "应当怎样": finding.title,
            "哪里不对": finding.fault or finding.title,
            "级别": finding.severity.label,
            "处数": counts[rule],
            "依据": finding.basis_text,
        }
        for rule, finding in sorted(first.items())
    ]


def _sheet(book: Any, title: str, columns: Sequence[_Column], rows: Sequence[dict[str, Any]]) -> None:
    sheet = book.add_worksheet(title)
    heading = book.add_format(HEADING)
    text = book.add_format(TEXT)
    figure = book.add_format({"valign": "top", "border": 1, "num_format": "#,##0.######", "align": "right"})
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.heading, heading)
    for number, row in enumerate(rows, 1):
        lines = 1
        for at, column in enumerate(columns):
            value = row[column.heading]
            exact = _number(value)
            if exact is None:
                sheet.write_string(number, at, value, text)
                lines = max(lines, sum(line_count(line, column.width, 2.0) for line in value.split("\n")))
            else:
                sheet.write_number(number, at, exact, figure)
        sheet.set_row(number, min(_HIGHEST, lines * _LINE))
    sheet.freeze_panes(1, 1)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _number(value: object) -> float | int | None:
    """A figure that can be added up; codes and dates, and figures that a workbook would round, stay text."""
    if isinstance(value, int):
        return value
    text = str(value)
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return None
    is_plain = (
        exact.is_finite()
        and len(exact.as_tuple().digits) <= 15
        and not (text[:1] == "0" and text[1:2].isdigit())
    )
    return float(exact) if is_plain else None
