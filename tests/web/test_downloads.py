"""What is handed out, and with which headers."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client

from jiheng.budget import exchange
from jiheng.reading import read
from tests.web.builders import document, finding, project, store
from tests.writing.tables import disclosure
from tests.writing.test_achievement import report as achievement

pytestmark = pytest.mark.django_db
STARTS = {"docx": b"PK", "xlsx": b"PK", "pdf": b"%PDF", "json": b"[", "html": b"<"}


@pytest.mark.parametrize("form", ["docx", "pdf", "html", "xlsx", "json"])
def test_the_document_in_every_form(client: Client, form: str):
    upload = store(name="安澜县水务局 2024.txt")
    response = client.get(f"{upload.get_absolute_url()}document.{form}")
    assert response.status_code == 200
    assert response.content.startswith(STARTS[form])
    disposition = response.headers["Content-Disposition"]
    assert disposition == f"attachment; filename*=utf-8''{quote(f'绩衡-安澜县水务局 2024.{form}')}"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert int(response.headers["Content-Length"]) == len(response.content)


def test_the_disclosure_tables_as_worksheets(client: Client):
    upload = store([disclosure()], name="水务局.docx")
    page = client.get(upload.get_absolute_url()).content.decode()
    assert "document.tables.xlsx" in page
    response = client.get(f"{upload.get_absolute_url()}document.tables.xlsx")
    assert response.content.startswith(b"PK")
    assert quote("绩衡-水务局-公开表.xlsx") in response.headers["Content-Disposition"]


def test_there_is_no_workbook_of_tables_without_tables(client: Client):
    without = store()
    assert "document.tables.xlsx" not in client.get(without.get_absolute_url()).content.decode()
    refused = client.get(f"{without.get_absolute_url()}document.tables.xlsx")
    assert refused.status_code == 422
    assert "没有公开表" in refused.content.decode()


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_a_self_evaluation_is_told_in_a_report(client: Client, form: str):
    upload = store([achievement()], name="自评表.docx")
    assert f"achievement.{form}" in client.get(upload.get_absolute_url()).content.decode()
    response = client.get(f"{upload.get_absolute_url()}achievement.{form}")
    assert response.content.startswith(STARTS[form])
    assert quote(f"自评表-报告.{form}") in response.headers["Content-Disposition"]


def test_other_documents_have_no_achievement_to_report(client: Client):
    upload = store()
    assert "achievement" not in client.get(upload.get_absolute_url()).content.decode()
    response = client.get(f"{upload.get_absolute_url()}achievement.docx")
    assert response.status_code == 422
    assert "没有得分" in response.content.decode()
    assert client.get("/d/AAAAAAAAAAAAAAAAAAAAAA/achievement.docx").status_code == 404


@pytest.mark.parametrize("form", ["html", "pdf", "docx", "xlsx", "json"])
def test_the_report_in_every_form(client: Client, form: str):
    upload = store(findings=[finding("revenue.total")])
    response = client.get(f"{upload.get_absolute_url()}report.{form}")
    assert response.status_code == 200
    assert response.content.startswith(STARTS[form])
    assert quote("审核报告-安澜县水务局") in response.headers["Content-Disposition"]
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_the_data_is_what_was_stored(client: Client):
    upload = store()
    data = client.get(f"{upload.get_absolute_url()}document.json").content
    assert exchange.loads(data) == [document()]


def test_the_word_file_is_read_back(client: Client):
    upload = store([document(revenue=None, expenditure=None, glossary=[], remarks=[])])
    data = client.get(f"{upload.get_absolute_url()}document.docx").content
    (again,) = read(data, name="水务局.docx").documents
    assert again.projects == document().projects


def test_the_original_comes_back_byte_for_byte_and_is_never_shown(client: Client):
    upload = store(name='坏"名字\n.html', content=b"<script>alert(1)</script>")
    response = client.get(f"{upload.get_absolute_url()}original")
    assert response.content == b"<script>alert(1)</script>"
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "\n" not in response.headers["Content-Disposition"]


def test_each_document_of_a_file_by_its_number(client: Client):
    other = document(title="第二份2024年部门预算绩效文本")
    upload = store([document(), other], name="两份.txt")
    response = client.get(f"{upload.get_absolute_url()}2/document.docx")
    assert quote("绩衡-两份-2.docx") in response.headers["Content-Disposition"]
    assert read(response.content, name="x.docx").documents[0].title == other.title
    assert client.get(f"{upload.get_absolute_url()}3/document.docx").status_code == 404
    assert client.get(f"{upload.get_absolute_url()}0/document.docx").status_code == 404


def test_what_cannot_be_written_is_explained(client: Client):
    empty = document(projects=[], overall_goal=[])
    response = client.get(f"{store([empty]).get_absolute_url()}document.docx")
    assert response.status_code == 422
    assert "无法生成部门预算绩效文本" in response.content.decode()
    nothing = store([], content=b"other")
    assert client.get(f"{nothing.get_absolute_url()}document.pdf").status_code == 422


def test_unknown_forms_have_no_address(client: Client):
    upload = store()
    assert client.get(f"{upload.get_absolute_url()}document.exe").status_code == 404
    assert client.get(f"{upload.get_absolute_url()}report.docm").status_code == 404


def test_the_letter_of_the_office_is_handed_out(client):
    upload = store()
    response = client.get(f"{upload.get_absolute_url()}opinion.docx", {"office": "安澜县财政局"})
    assert response.status_code == 200
    assert response.content.startswith(b"PK")
    assert "attachment" in response["Content-Disposition"]


def test_the_page_explains_the_score(client):
    upload = store(
        [document(projects=[project(1), project(2)])], [finding("projects.0.budget.total", rule="SUM-007")]
    )
    page = client.get(upload.get_absolute_url()).content.decode()
    assert "绩效目标初评" in page
    assert "各项目得分" in page
    assert "SUM-007</a>" in page
