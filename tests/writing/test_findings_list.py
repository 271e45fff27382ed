"""The report of an audit as a list, and as pages: whose problem it is, figures that add up, the basis once a rule."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from jiheng.auditing import audit
from jiheng.budget import ProjectBudget
from jiheng.reading import read
from jiheng.writing import write_report
from tests.writing.builders import document, project

WRONG = ProjectBudget(total="6.50", fiscal="5.00", other="1.00")
TWO = [document(project(budget=WRONG)), document(project(name="渠道衬砌", budget=WRONG))]


def sheets_of(documents, **more):
    findings = audit(documents).findings
    data = write_report(documents, findings, "xlsx", source_name="水务局.docx", **more)
    return openpyxl.load_workbook(io.BytesIO(data)), findings


def rows_of(sheet):
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_figures_are_numbers_and_projects_have_their_names():
    book, findings = sheets_of(TWO[:1])
    (row,) = [row for row in rows_of(book["审核问题"]) if row["规则"] == "SUM-007"]
    assert (row["所写"], row["应为"], row["差额"], row["单位"]) == (6.5, 6, 0.5, "万元")
    assert row["项目"] == "山洪沟清淤"
    assert [row["序号"] for row in rows_of(book["审核问题"])] == list(range(1, len(findings) + 1))


def test_of_several_files_every_row_says_whose_it_is():
    book, _ = sheets_of(TWO, sources=["甲/水务局.docx", "乙/水务局.docx"])
    rows = [row for row in rows_of(book["审核问题"]) if row["规则"] == "SUM-007"]
    assert [(row["文件"], row["部门"], row["项目"]) for row in rows] == [
        ("甲/水务局.docx", "安澜县水务局", "山洪沟清淤"),
        ("乙/水务局.docx", "安澜县水务局", "渠道衬砌"),
    ]
    one, _ = sheets_of(TWO[:1])
    assert "文件" not in rows_of(one["审核问题"])[0]


def test_rows_are_as_high_as_their_texts():
    book, _ = sheets_of(TWO[:1])
    sheet = book["审核问题"]
    heights = [sheet.row_dimensions[number].height for number in range(2, sheet.max_row + 1)]
    assert all(heights)
    assert max(heights) > 15


def test_the_second_sheet_has_every_rule_once_with_its_basis():
    book, findings = sheets_of(TWO)
    rows = rows_of(book["规则依据"])
    assert [row["规则"] for row in rows] == sorted({finding.rule for finding in findings})
    assert sum(row["处数"] for row in rows) == len(findings)
    assert all(row["依据"] for row in rows)


@pytest.mark.parametrize(
    ("text", "kept"),
    [("=1+1", "=1+1"), ("007", "007"), ("12345678901234567", "12345678901234567"), ("NaN", "NaN")],
)
def test_what_is_no_figure_stays_text(text, kept):
    (finding, *_) = audit(TWO).findings
    from msgspec.structs import replace

    data = write_report(TWO, [replace(finding, stated=text)], "xlsx", source_name="甲.docx")
    assert rows_of(openpyxl.load_workbook(io.BytesIO(data))["审核问题"])[0]["所写"] == kept


def test_a_basis_is_printed_once_a_rule():
    codes = [f"1399012{number}P005840100019" for number in range(5)]
    documents = [
        document(*(project(n + 1, f"第{n}个项目", code=code, budget=WRONG) for n, code in enumerate(codes)))
    ]
    findings = audit(documents).findings
    (basis,) = {finding.basis_text for finding in findings if finding.rule == "SUM-007"}
    page = write_report(documents, findings, "html", source_name="甲.docx").decode()
    assert page.count(basis) == len({finding.rule for finding in findings if finding.basis_text == basis})
    blocks = read(write_report(documents, findings, "docx", source_name="甲.docx"), name="报告.docx").blocks
    assert blocks is not None


def test_every_result_has_the_address_of_its_own_file():
    findings = audit(TWO).findings
    log = json.loads(write_report(TWO, findings, "sarif", source_name="两份", sources=["a.docx", "b.docx"]))
    addresses = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in log["runs"][0]["results"]
    }
    assert addresses == {"a.docx", "b.docx"}
