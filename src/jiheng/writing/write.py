"""``write`` and ``write_report``: which renderer a form needs."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Final

from jiheng.budget import BudgetDocument, Finding, Kind, exchange
from jiheng.errors import WritingError

if TYPE_CHECKING:
    from jiheng.writing.explained import Explained
    from jiheng.writing.letters.application import Application
    from jiheng.writing.letters.approval import Approval
    from jiheng.writing.letters.opinion import Letter
    from jiheng.writing.pages import Pages

FORMS: Final = ("docx", "pdf", "html", "xlsx", "json")
TABLES_FORM: Final = "tables.xlsx"
"""The disclosure tables alone, each a worksheet in official look; for documents that have such tables."""
REPORT_FORMS: Final = ("html", "pdf", "docx", "xlsx", "json", "sarif")
_LAYOUTS: Final = {
    Kind.PERFORMANCE_TEXT: "performance_text",
    Kind.DEPARTMENT_DISCLOSURE: "disclosure_text",
    Kind.UNIT_DISCLOSURE: "disclosure_text",
    Kind.EVALUATION: "reports.evaluation",
    Kind.FINAL_ACCOUNTS: "final_accounts",
    Kind.PROJECT_GOALS: "forms.project_goals",
    Kind.DEPARTMENT_GOALS: "forms.department_goals",
    Kind.MONITORING: "forms.monitoring",
    Kind.SELF_EVALUATION: "forms.self_evaluation",
    Kind.PROJECT_LIST: "forms.project_list",
    Kind.REVIEW: "forms.review",
    Kind.RECTIFICATION: "forms.rectification",
}
"""Which module lays a kind of document out on pages: ``lay_out(document) -> Pages``; imported when it is needed."""

_WITH_TABLES: Final = frozenset({Kind.DEPARTMENT_DISCLOSURE, Kind.UNIT_DISCLOSURE, Kind.FINAL_ACCOUNTS})


def write(
    documents: BudgetDocument | Sequence[BudgetDocument],
    form: str,
    *,
    required_tables: bool | None = None,
) -> bytes:
    """A 部门预算绩效文本, 预算信息公开情况说明, 部门决算 or official form as Word, PDF or a web page, or the data as Excel or JSON.

    Args:
        documents: one document; Excel and JSON take several.
        form: "docx", "pdf", "html", "xlsx" or "json"; "tables.xlsx" for the disclosure tables as official worksheets.
        required_tables: whether a disclosure or final account gets, as an empty form with a note, each table that
            财预〔2016〕143号 wants and it has none of; ``None``: where it has others. Data stay as they are.
    Raises:
        MissingPart: the document has nothing that its form tells: neither a goal nor a project, say.
        WritingError: an unknown form, several documents where one is wanted, no Chinese font for PDF.
    """
    found = [documents] if isinstance(documents, BudgetDocument) else list(documents)
    if form == "json":
        return exchange.dumps(found)
    if form == "xlsx":
        from jiheng.writing.xlsx import write_workbook

        return write_workbook(found)
    if form not in (*FORMS, TABLES_FORM):
        known = "、".join((*FORMS, TABLES_FORM))
        raise WritingError(f"不能生成 {form} 格式。", remedy=f"可用的格式：{known}。")
    if len(found) != 1:
        raise WritingError(f"一个 {form} 文件只能写一份文本，这里有 {len(found)} 份。", remedy="请逐份生成。")
    return _printed(_completed(found[0], required_tables), form)


def _printed(document: BudgetDocument, form: str) -> bytes:
    """The document as it is handed out: on pages, or its tables as worksheets."""
    if form == TABLES_FORM:
        from jiheng.writing.disclosure_tables.workbook import write_tables

        return write_tables(document)
    pages: Pages = import_module(f"jiheng.writing.{_LAYOUTS[document.kind]}").lay_out(document)
    return _rendered(pages, form, attachment=exchange.dumps([document]) if form == "pdf" else b"")


def _completed(document: BudgetDocument, required_tables: bool | None) -> BudgetDocument:
    """The document with the tables that it must have, where these are wanted."""
    is_wanted = bool(document.tables) if required_tables is None else required_tables
    if not is_wanted or document.kind not in _WITH_TABLES:
        return document
    from jiheng.writing.disclosure_tables import with_required_tables

    return with_required_tables(document)


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
    _check(form, REPORT_FORMS, "报告")
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


LETTER_FORMS: Final = ("docx", "pdf", "html")
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
    from jiheng.writing.letters.opinion import lay_out

    _check(form, OPINION_FORMS, "意见书")
    return _rendered(lay_out(documents, findings, letter), form)


def write_approval(document: BudgetDocument, form: str, approval: Approval) -> bytes:
    """部门预算批复, with the budget and the goal tables that are approved attached.

    Args:
        form: "docx", "pdf" or "html".
    Raises:
        MissingPart: the document has neither a budget nor goals.
        WritingError: an unknown form, or no Chinese font for PDF.
    """
    from jiheng.writing.letters.approval import lay_out

    _check(form, LETTER_FORMS, "批复")
    return _rendered(lay_out(document, approval), form)


def write_application(documents: Sequence[BudgetDocument], form: str, application: Application) -> bytes:
    """评价结果应用通知 about the evaluations and self-evaluations of one department.

    Args:
        form: "docx", "pdf" or "html".
    Raises:
        MissingPart: no document has points or grades.
        WritingError: an unknown form, or no Chinese font for PDF.
    """
    from jiheng.writing.letters.application import lay_out

    _check(form, LETTER_FORMS, "通知")
    return _rendered(lay_out(documents, application), form)


def write_achievement(document: BudgetDocument, form: str) -> bytes:
    """绩效自评报告 of a self-evaluation, 绩效评价报告 of an evaluation: chapters told from the scores.

    Args:
        form: "docx", "pdf" or "html".
    Raises:
        MissingPart: nothing was judged.
        WritingError: an unknown form, another kind of document, or no Chinese font for PDF.
    """
    _check(form, LETTER_FORMS, "报告")
    if document.kind is Kind.SELF_EVALUATION:
        from jiheng.writing.reports.self_evaluation import lay_out
    elif document.kind is Kind.EVALUATION:
        from jiheng.writing.reports.evaluation import lay_out
    else:
        raise WritingError(
            f"{document.kind.label}没有得分，不能生成自评报告或评价报告。",
            remedy="请选用绩效自评表或绩效评价表。",
        )
    return _rendered(lay_out(document), form)


def _check(form: str, forms: Sequence[str], what: str) -> None:
    if form not in forms:
        raise WritingError(f"不能生成 {form} 格式的{what}。", remedy=f"可用的格式：{'、'.join(forms)}。")
