"""``write`` and ``write_report``: which renderer a form needs."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Final

from jiheng.budget import BudgetDocument, Finding, Kind, exchange
from jiheng.errors import WritingError

if TYPE_CHECKING:
    from jiheng.writing.explained import Explained
    from jiheng.writing.opinion import Letter
    from jiheng.writing.pages import Pages

FORMS: Final = ("docx", "pdf", "html", "xlsx", "json")
REPORT_FORMS: Final = ("html", "pdf", "docx", "xlsx", "json", "sarif")
_LAYOUTS: Final = {
    Kind.PERFORMANCE_TEXT: "performance_text",
    Kind.DEPARTMENT_DISCLOSURE: "disclosure_text",
    Kind.UNIT_DISCLOSURE: "disclosure_text",
    Kind.PROJECT_GOALS: "forms.project_goals",
    Kind.DEPARTMENT_GOALS: "forms.department_goals",
    Kind.MONITORING: "forms.monitoring",
    Kind.SELF_EVALUATION: "forms.self_evaluation",
    Kind.PROJECT_LIST: "forms.project_list",
    Kind.REVIEW: "forms.review",
    Kind.RECTIFICATION: "forms.rectification",
}
"""Which module lays a kind of document out on pages: ``lay_out(document) -> Pages``; imported when it is needed."""


def write(documents: BudgetDocument | Sequence[BudgetDocument], form: str) -> bytes:
    """A 部门预算绩效文本, a 预算信息公开情况说明 or an official form as Word, PDF or a web page, or the data as Excel or JSON.

    Args:
        documents: one document; Excel and JSON take several.
        form: "docx", "pdf", "html", "xlsx" or "json".
    Raises:
        MissingPart: the document has nothing that its form tells: neither a goal nor a project, say.
        WritingError: an unknown form, several documents where one is wanted, a kind of document that has no layout
            yet, no Chinese font for PDF.
    """
    found = [documents] if isinstance(documents, BudgetDocument) else list(documents)
    if form == "json":
        return exchange.dumps(found)
    if form == "xlsx":
        from jiheng.writing.xlsx import write_workbook

        return write_workbook(found)
    if form not in FORMS:
        raise WritingError(f"不能生成 {form} 格式。", remedy=f"可用的格式：{'、'.join(FORMS)}。")
    if len(found) != 1:
        raise WritingError(f"一个 {form} 文件只能写一份文本，这里有 {len(found)} 份。", remedy="请逐份生成。")
    layout = _LAYOUTS.get(found[0].kind)
    if layout is None:
        raise WritingError(
            f"暂不能把{found[0].kind.label}写成 {form} 文件。", remedy="可以先导出 Excel 或 JSON，内容完整。"
        )
    pages: Pages = import_module(f"jiheng.writing.{layout}").lay_out(found[0])
    return _rendered(pages, form, attachment=exchange.dumps(found) if form == "pdf" else b"")


def write_report(
    documents: Sequence[BudgetDocument],
    findings: Sequence[Finding],
    form: str,
    *,
    source_name: str,
    sources: Sequence[str] = (),
    explained: Sequence[Explained] = (),
) -> bytes:
    """The report of an audit, to hand to the department or to work through.

    Args:
        form: "html", "pdf", "docx", "xlsx", "json" or "sarif".
        explained: findings that a person has explained, which stand in a section of their own; JSON holds findings alone.
        source_name: of the audited file, or files; ``sources``: the file of each document, where there are several.
    Raises:
        WritingError: an unknown form, or no Chinese font for PDF.
    """
    if form == "json":
        from jiheng.budget import dumps_findings

        return dumps_findings(list(findings))
    if form == "sarif":
        from jiheng.writing.sarif import write_sarif

        return write_sarif(findings, source_name, sources, explained)
    if form == "xlsx":
        from jiheng.writing.findings_list import write_findings

        return write_findings(findings, documents, sources, explained)
    if form not in REPORT_FORMS:
        raise WritingError(f"不能生成 {form} 格式的报告。", remedy=f"可用的格式：{'、'.join(REPORT_FORMS)}。")
    from jiheng.writing.report import lay_out

    return _rendered(lay_out(documents, findings, source_name, sources, explained=explained), form)


def _rendered(pages: Pages, form: str, *, attachment: bytes = b"") -> bytes:
    """Pages as "docx", "pdf" or "html"; ``attachment`` is data that a PDF carries."""
    if form == "docx":
        from jiheng.writing.docx import render_docx

        return render_docx(pages)
    if form == "pdf":
        from jiheng.writing.pdf import render_pdf

        return render_pdf(pages, attachment=attachment)
    from jiheng.writing.html import render_html

    return render_html(pages).encode()


OPINION_FORMS: Final = ("docx", "pdf")


def write_opinion(
    documents: Sequence[BudgetDocument], findings: Sequence[Finding], form: str, letter: Letter
) -> bytes:
    """预算绩效审核意见书, the letter of the reviewing office to the department.

    Args:
        form: "docx" or "pdf".
    Raises:
        WritingError: an unknown form, or no Chinese font for PDF.
    """
    from jiheng.writing.opinion import lay_out

    if form not in OPINION_FORMS:
        raise WritingError(
            f"不能生成 {form} 格式的意见书。", remedy=f"可用的格式：{'、'.join(OPINION_FORMS)}。"
        )
    return _rendered(lay_out(documents, findings, letter), form)
