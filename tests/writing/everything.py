"""Every kind of file that is written, from invented data: for tests that hold for all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final

from jiheng.auditing import audit
from jiheng.auditing.review import reviews
from jiheng.budget import Kind, ProjectBudget
from jiheng.reading import read
from jiheng.writing import (
    TABLES_FORM,
    Letter,
    write,
    write_achievement,
    write_application,
    write_approval,
    write_opinion,
    write_report,
)
from jiheng.writing.fill_in import write_fill_in
from jiheng.writing.letters.application import Application
from jiheng.writing.letters.approval import Approval
from tests.conftest import ROOT
from tests.writing.builders import document, project
from tests.writing.forms.samples import DOCUMENTS as FORMS
from tests.writing.tables import disclosure, final_account
from tests.writing.test_achievement import report

Write = Callable[[str], bytes]

SAMPLES: Final = ROOT / "samples"
_DAY: Final = date(2024, 2, 28)
_WRONG: Final = document(project(budget=ProjectBudget(total="6.50", fiscal="5.00", other="1.00")))


def _opinion(form: str) -> bytes:
    findings = audit([_WRONG]).findings
    return write_opinion(
        [_WRONG],
        findings,
        form,
        Letter("安澜县财政局", _DAY, "安财函〔2024〕1号", reviews([_WRONG], findings)),
    )


def _report(form: str) -> bytes:
    return write_report([_WRONG], audit([_WRONG]).findings, form, source_name="水务局.docx")


def _approval(form: str) -> bytes:
    return write_approval(document(), form, Approval("安澜县财政局", _DAY, "安财预〔2024〕12号"))


def _application(form: str) -> bytes:
    return write_application([report()], form, Application("安澜县财政局", _DAY, "安财绩〔2024〕3号"))


def _text(form: str) -> bytes:
    return write(document(project(), project(2, "饮水管网改造")), form)


def _disclosure(form: str) -> bytes:
    (sample,) = SAMPLES.glob("*档案馆*")
    return write(read(sample).documents[:1], form)


def _form(name: str, form: str) -> bytes:
    return write(FORMS[name], form)


def _budget_tables(form: str) -> bytes:
    return write(disclosure(), form)


def _final_accounts(form: str) -> bytes:
    return write(final_account(), form)


PRINTED: Final[dict[str, Write]] = {
    "performance-text": _text,
    "disclosure": _disclosure,
    "opinion": _opinion,
    "audit-report": _report,
    "approval": _approval,
    "application": _application,
    "self-evaluation-report": lambda form: write_achievement(report(), form),
    **{f"form-{name}": partial(_form, name) for name in FORMS},
    "budget-tables": _budget_tables,
    "final-accounts": _final_accounts,
    "evaluation-report": lambda form: write_achievement(report(Kind.EVALUATION), form),
}
"""Name -> what writes it as "docx" or "pdf"."""

WORKBOOKS: Final[dict[str, Write]] = {
    "data": _text,
    "findings": _report,
    "tables": lambda _: write(disclosure(), TABLES_FORM),
    "fill-in": lambda _: write_fill_in(document(), year=2025),
}
"""Name -> what writes it as "xlsx"."""
