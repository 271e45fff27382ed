"""The page of the office's own templates: what it keeps, what it refuses, and what files are written by them."""

from __future__ import annotations

import shutil

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiheng.budget import Kind
from jiheng.reading import read
from jiheng.templates import starter
from jiheng.web.documents import word_templates
from jiheng.web.documents.models import TemplateChoice, WordTemplate
from tests.templates.builders import body_of, p, tbl, texts, tr, word
from tests.web.builders import document, page_of, store

pytestmark = pytest.mark.django_db
PAGE = "/rules/templates/"
GOOD = word(p("本单位：{{部门名称}}"))


def hand_in(client: Client, content: bytes = GOOD, name: str = "模板.docx", **fields: str):
    sent = {"action": "keep", "kind": "performance_text", "who": "周会计", **fields}
    return client.post(PAGE, {**sent, "template": SimpleUploadedFile(name, content)})


def use(client: Client, number: int, **fields: object):
    holding = next(iter(word_templates.held_by_slot().values()), 0)
    return client.post(
        PAGE, {"action": "use", "number": number, "holding": holding, "who": "吴科长", **fields}
    )


def written(client: Client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200
    return texts(body_of(answer.content))


def test_a_template_that_was_handed_in_writes_the_files_that_it_applies_to(client):
    upload = store()
    at = upload.get_absolute_url()
    assert "用本单位模板" not in page_of(client, upload)
    assert client.get(f"{at}template.docx").status_code == 422
    answer = hand_in(client, year="2024", note="新版")
    assert answer.status_code == 303
    page = client.get(PAGE).content.decode()
    assert "已保存，各地区2024年起部门预算绩效文本的文件现在用它生成" in page
    assert "正在使用" in page and "新版" in page and 'value="周会计"' in page
    assert "用本单位模板" in page_of(client, upload)
    assert written(client, f"{at}template.docx") == ["本单位：安澜县水务局"]


def test_a_template_for_another_year_kind_or_place_is_left_aside(client):
    upload = store()
    hand_in(client, year="2025")
    hand_in(client, division="130529")
    hand_in(client, kind="self_evaluation")
    assert "用本单位模板" not in page_of(client, upload)


def test_of_a_file_with_several_documents_each_is_written(client):
    upload = store([document(), document(kind=Kind.SELF_EVALUATION)])
    hand_in(client, word(p("自评：{{部门名称}}")), kind="self_evaluation")
    page = page_of(client, upload)
    at = upload.get_absolute_url()
    assert f"{at}2/template.docx" in page
    assert f"{at}1/template.docx" not in page
    assert written(client, f"{at}2/template.docx") == ["自评：安澜县水务局"]
    assert client.get(f"{at}3/template.docx").status_code == 404


def test_an_older_version_is_made_to_hold_again_and_nothing_is_lost(client):
    upload = store()
    hand_in(client)
    hand_in(client, word(p("新：{{部门名称}}")))
    new, old = WordTemplate.objects.all()
    assert written(client, f"{upload.get_absolute_url()}template.docx") == ["新：安澜县水务局"]
    assert use(client, old.pk).status_code == 303
    assert written(client, f"{upload.get_absolute_url()}template.docx") == ["本单位：安澜县水务局"]
    assert [(choice.template_id, choice.who) for choice in TemplateChoice.objects.all()] == [
        (old.pk, "吴科长"), (new.pk, "周会计"), (old.pk, "周会计"),
    ]  # fmt: skip
    assert client.get(f"{PAGE}{new.pk}/template.docx").status_code == 200


def test_a_choice_that_came_second_is_refused(client):
    hand_in(client)
    hand_in(client, word(p("新：{{部门名称}}")))
    assert use(client, WordTemplate.objects.last().pk, holding=999).status_code == 409
    assert use(client, 999).status_code == 422
    assert use(client, WordTemplate.objects.last().pk, who=" ").status_code == 422


def test_problems_are_listed_with_their_places_and_nothing_is_kept(client):
    wrong = word(p("甲") + p("<script>{{部们名称}}") + tbl(tr("{{项目.名字}}")))
    answer = hand_in(client, wrong, division="130529")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "模板有 2 处问题，没有保存" in page
    assert "正文第2段" in page and "正文第1个表格第1行第1格" in page
    assert "<q>&lt;script&gt;{{部们名称}}</q>" in page
    assert 'value="130529"' in page  # what was typed is not lost
    assert not WordTemplate.objects.exists()


@pytest.mark.parametrize(
    ("content", "fields", "told"),
    [
        (GOOD, {"who": " "}, "请写明姓名"),
        (GOOD, {"kind": "else"}, "没有选择文件种类"),
        (GOOD, {"year": "24"}, "年度“24”不对"),
        (GOOD, {"division": "x"}, "不是行政区划代码"),
        (b"%PDF-1.7", {}, "不是 Word 文件"),
        (b"PK\x03\x04" + b"\0" * 100, {}, "损坏"),
        (b"PK" + b"\0" * (21 * 1024 * 1024), {}, "超过 20 MB"),
        (word(p("x"), parts={"word/vbaProject.bin": b"x"}), {}, "带有宏"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(client, content, fields, told):
    answer = hand_in(client, content, **fields)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not WordTemplate.objects.exists()


def test_a_form_without_a_file_or_from_elsewhere_is_refused(client):
    answer = client.post(PAGE, {"action": "keep", "kind": "performance_text", "who": "周"})
    assert answer.status_code == 422 and "没有收到模板" in answer.content.decode()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PAGE, {"action": "use"}).status_code == 403
    assert client.put(PAGE).status_code == 405
    assert client.post(f"{PAGE}starter.docx").status_code == 405


def test_a_template_is_looked_at_with_a_real_document(client):
    upload = store()
    hand_in(client, name="../某局\u202e模板.docx")
    kept = WordTemplate.objects.get()
    assert kept.name == "某局模板.docx"
    assert upload.public_id in client.get(PAGE).content.decode()
    assert written(client, f"{PAGE}{kept.pk}/preview.docx?with={upload.public_id}") == [
        "本单位：安澜县水务局"
    ]
    assert client.get(f"{PAGE}{kept.pk}/preview.docx?with=x").status_code == 404


def test_a_file_of_which_nothing_was_read_is_not_offered(client):
    upload = store([])
    hand_in(client)
    assert upload.public_id not in client.get(PAGE).content.decode()


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_pdf_comes_through_libreoffice(client):
    upload = store()
    hand_in(client)
    kept = WordTemplate.objects.get()
    for address in (
        f"{PAGE}{kept.pk}/preview.pdf?with={upload.public_id}",
        f"{upload.get_absolute_url()}template.pdf",
    ):
        assert client.get(address).content.startswith(b"%PDF")


def test_without_libreoffice_no_pdf_is_offered(client, monkeypatch):
    monkeypatch.setenv("JIHENG_SOFFICE", "/nowhere/soffice")
    upload = store()
    hand_in(client)
    assert "preview.pdf" not in client.get(PAGE).content.decode()
    assert "template.pdf" not in page_of(client, upload)


def test_the_starter_is_handed_out_and_can_be_handed_in_again(client):
    answer = client.get(f"{PAGE}starter.docx")
    assert answer.content == starter()
    assert "attachment" in answer["Content-Disposition"]
    assert hand_in(client, answer.content).status_code == 303
    filled = client.get(f"{store().get_absolute_url()}template.docx").content
    (found,) = read(filled, name="文本.docx").documents
    assert found.projects == document().projects


def test_the_page_lists_every_field(client):
    page = client.get(PAGE).content.decode()
    assert "{{指标.三级指标}}" in page and "|大写" in page and "{{项目.序号}}" in page
