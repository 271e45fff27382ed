"""The files themselves: what Word, LibreOffice and a PDF viewer see."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile

import docx
import openpyxl
import pypdfium2
import pytest
from lxml import etree

from jiheng.auditing import audit
from jiheng.budget import BudgetDocument, Indicator, IndicatorValue
from jiheng.reading import read
from jiheng.writing import REPORT_FORMS, write, write_report
from tests.conftest import seed_path
from tests.writing.builders import document, project

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = '#let x = 1 *粗* $a^2$ @引用 \\ <script>alert("1")</script> &amp; =1+1 ]]> {{x}} `代码` // 注释'


def pdf_pages(data: bytes) -> list[str]:
    pdf = pypdfium2.PdfDocument(data)
    return [re.sub(r"\s", "", page.get_textpage().get_text_bounded()) for page in pdf]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_same_document_gives_the_same_word_file():
    assert write(document(), "docx") == write(document(), "docx")


def test_the_word_file_opens_and_its_cells_are_merged():
    opened = docx.Document(io.BytesIO(write(document(), "docx")))
    head, indicators = opened.tables
    assert head.cell(1, 0)._tc is head.cell(2, 0)._tc
    assert head.cell(2, 1)._tc is head.cell(2, 6)._tc
    assert indicators.cell(1, 0)._tc is indicators.cell(4, 0)._tc
    assert indicators.cell(1, 0).text == "产出指标"


def test_the_page_is_that_of_the_standard():
    section = docx.Document(io.BytesIO(write(document(), "docx"))).sections[-1]
    millimetres = [
        round(side.mm)
        for side in (section.page_width, section.page_height, section.top_margin, section.left_margin)
    ]
    assert millimetres == [210, 297, 37, 28]


def test_headings_repeat_and_rows_do_not_break():
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(write(document(), "docx"))).read("word/document.xml"))
    rows = list(root.iter(f"{W}tr"))
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert sum(row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows) == 1


def test_every_row_fills_the_grid():
    root = etree.fromstring(
        zipfile.ZipFile(io.BytesIO(write(document(project(rows=60)), "docx"))).read("word/document.xml")
    )
    for table in root.iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.iter(f"{W}tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iter(f"{W}tc")]
            assert sum(int(span.get(f"{W}val")) if span is not None else 1 for span in spans) == columns


def test_the_contents_of_the_pdf_name_the_true_pages():
    pages = pdf_pages(
        write(document(project(rows=40), project(2, "饮水管网改造"), project(3, "水文站维护")), "pdf")
    )
    contents = pages[1]
    body = pages[2:]
    for name in ("2.饮水管网改造绩效目标表", "3.水文站维护绩效目标表", "第二部分预算项目绩效目标"):
        number = int(re.search(re.escape(name) + r"[.…]*(\d+?)(?=[^\d.]|\d\.|$)", contents)[1])
        assert name in body[number - 1], (name, number)


def _shown(found: BudgetDocument) -> list[str]:
    texts = [*found.overall_goal]
    for _, table in found.goal_tables():
        texts += [table.code or "", table.name or "", table.purpose or "", *table.goals]
        for row in table.indicators:
            texts += [row.level2 or "", row.level3 or "", row.description or "", row.basis or ""]
            texts.append(row.value.text if row.value else "")
    return texts


def test_the_pages_of_the_pdf_show_every_value():
    found = read(seed_path("002")).documents[0]
    text = "".join(pdf_pages(write(found, "pdf")))
    missing = [value for value in _shown(found) if squeezed(value) not in text]
    assert missing == []


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx", "json"])
def test_hostile_text_is_printed_and_never_run(form):
    row = Indicator(level1="产出指标", level2="数量指标", level3=HOSTILE, description=HOSTILE,
                    value=IndicatorValue.parse("5 个"), basis=HOSTILE)  # fmt: skip
    written = document(project(purpose=HOSTILE, indicators=[row]))
    data = write(written, form)
    assert read(data, name=f"文本.{form}").documents == [written]
    if form == "pdf":
        # hyphens and ligatures aside, the signs stand on the page as they are
        assert squeezed('<script>alert("1")</script>') in "".join(pdf_pages(data))


def test_control_characters_do_not_break_the_word_file():
    data = write(document(project(purpose="清淤\x0b\x01用")), "docx")
    assert read(data, name="文本.docx").documents[0].projects[0].purpose == "清淤用"


def test_no_cell_of_a_workbook_is_a_formula():
    data = write(document(project(name="=HYPERLINK(1)", purpose="+1", goals=["@x", "-2"])), "xlsx")
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        assert all(cell.data_type in ("s", "n") for row in sheet.iter_rows() for cell in row)
        assert not any(
            str(cell.value).startswith("=") and cell.data_type == "f"
            for row in sheet.iter_rows()
            for cell in row
        )


@pytest.mark.parametrize("form", REPORT_FORMS)
def test_a_report_names_every_finding(form):
    found = document(project(indicators=[]), project(2, HOSTILE))
    findings = audit(found).findings
    assert findings
    data = write_report([found], findings, form, source_name="a<b>.txt")
    if form in ("html", "json", "sarif"):
        text = data.decode()
        assert all(finding.rule in text for finding in findings)
        assert form != "html" or "<script>" not in text
    elif form == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(data)).active
        assert sheet.max_row == len(findings) + 1
    elif form == "pdf":
        text = "".join(pdf_pages(data))
        assert all(finding.rule in text for finding in findings)
    else:
        tables = docx.Document(io.BytesIO(data)).tables
        assert sum(len(table.rows) - 1 for table in tables[1:]) >= len(findings)


def test_a_report_without_findings_says_so():
    assert "没有发现问题" in write_report([document()], [], "html", source_name="a.txt").decode()


@pytest.mark.slow
@pytest.mark.parametrize("number", ["002", "003", "004"])
def test_libreoffice_finds_every_heading_on_the_page_that_the_contents_name(number, tmp_path):
    if shutil.which("soffice") is None or shutil.which("pdftotext") is None:
        pytest.skip("LibreOffice or poppler is not installed")
    found = read(seed_path(number)).documents[0]
    data = write(found, "docx")
    source = tmp_path / "文本.docx"
    source.write_bytes(data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pages = pdf_pages((tmp_path / "文本.pdf").read_bytes())
    begins = next(
        index for index, text in enumerate(pages) if text.startswith("第一部分部门整体绩效目标") and index > 1
    )
    wrong = []
    for entry in _contents(data):
        heading, page = entry
        # a heading that the contents also list stands on its page in the body
        if squeezed(heading) not in pages[begins + page - 1]:
            wrong.append(entry)
    assert wrong == []


def _contents(data: bytes) -> list[tuple[str, int]]:
    """The entries of the contents: heading and page, as the field holds them."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    entries = []
    for link in root.iter(f"{W}hyperlink"):
        texts = [node.text or "" for node in link.iter(f"{W}t")]
        entries.append(("".join(texts[:-1]), int(texts[-1])))
    return entries
