"""Mends that findings propose: accepted with a name, kept, and handed out inside the Word file."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client

from jiheng.budget import ProjectBudget, SpendingPlan, text_at
from jiheng.reading import read
from jiheng.web.documents import corrections, mends, services
from jiheng.web.documents.bounded import TooBusy
from jiheng.web.documents.models import Correction, Upload
from jiheng.web.documents.selectors import stored_by_public_id
from jiheng.writing import write
from tests.web.builders import TEXT
from tests.writing.builders import document, project

pytestmark = pytest.mark.django_db
INCREMENTS = SpendingPlan(march="25", june="25", october="25", december="25", heading="资金支出计划（%）")


@pytest.fixture
def upload() -> Upload:
    wrong = project(1, budget=ProjectBudget(total="6.50", fiscal="5.00", other="1.00"))
    content = write([document(wrong, project(2, "渠道衬砌", plan=INCREMENTS))], "docx")
    return services.receive_file(name="水务局.docx", content=content).upload


def address(upload: Upload) -> str:
    return f"{upload.get_absolute_url()}mends/"


def stored(upload: Upload):
    found = stored_by_public_id(upload.public_id)
    assert found is not None
    return found


def post(client: Client, upload: Upload, **fields):
    return client.post(address(upload), {"who": "周会计"} | fields)


def test_the_page_shows_what_would_change_and_why(client, upload):
    page = client.get(address(upload)).content.decode()
    assert "<del>6.50</del> <ins>6.00</ins>" in page
    assert "采用这条规则的全部 1 个问题" in page
    assert "PLAN-005" in page
    assert "2 个问题可直接改正" in client.get(upload.get_absolute_url()).content.decode()


def test_what_is_chosen_is_put_right_kept_and_audited_again(client, upload):
    (sums, plan) = (mends.key_of(finding) for finding in mends.mendable(stored(upload)))
    assert post(client, upload, mend=[plan]).status_code == 303
    after = stored(upload)
    assert text_at(after.outcome.documents[0], "projects.1.plan.december") == "100"
    assert [mends.key_of(finding) for finding in mends.mendable(after)] == [sums]
    made = Correction.objects.filter(upload=upload)
    assert {correction.who for correction in made} == {"周会计"}
    assert all(correction.reason.startswith("PLAN-005") for correction in made)


def test_all_of_a_rule_are_accepted_with_one_button(client, upload):
    assert post(client, upload, rule="SUM-007").status_code == 303
    assert {finding.rule for finding in mends.mendable(stored(upload))} == {"PLAN-005"}
    page = client.get(address(upload)).content.decode()
    assert "已经改正 1 个值" in page
    assert 'value="周会计"' in page


def test_the_revised_word_file_holds_every_correction(client, upload):
    for rule in ("SUM-007", "PLAN-005"):
        post(client, upload, rule=rule)
    response = client.get(f"{upload.get_absolute_url()}revision.docx")
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    assert read(response.content, name="甲.docx").documents == stored(upload).outcome.documents


def test_a_correction_by_hand_is_in_the_revised_file_too(client, upload):
    sent = {
        "path": "0.projects.0.purpose",
        "before": "用于清理山洪沟淤积物。",
        "after": "用于清淤。",
        "who": "李审核",
    }
    client.post(f"{upload.get_absolute_url()}correct/", sent)
    response = client.get(f"{upload.get_absolute_url()}revision.docx")
    assert read(response.content, name="甲.docx").documents[0].projects[0].purpose == "用于清淤。"
    with zipfile.ZipFile(io.BytesIO(response.content)) as package:
        assert 'w:author="李审核"' in package.read("word/document.xml").decode()
        assert 'w:author="李审核"' in package.read("word/comments.xml").decode()


def unfindable(client, upload):
    """A correction of a value that has no place in the file."""
    sent = {"path": "0.projects.0.indicators.0.term", "before": "", "after": "年度", "who": "李审核"}
    assert client.post(f"{upload.get_absolute_url()}correct/", sent).status_code == 303


def test_what_cannot_be_written_back_is_named_before_the_download(client, upload):
    unfindable(client, upload)
    post(client, upload, rule="SUM-007")
    page = client.get(address(upload)).content.decode()
    assert "写进 1 处" in page
    assert "另有 1 处写不进修订稿" in page
    assert "空 → 年度" in page
    assert client.get(f"{upload.get_absolute_url()}revision.docx").status_code == 200
    # nothing is told on a page that happens to come next
    assert "修订稿：" not in client.get("/rules/").content.decode()


def test_a_revision_without_a_single_change_is_refused(client, upload):
    unfindable(client, upload)
    page = client.get(address(upload)).content.decode()
    assert "都写不进 Word 修订稿" in page
    assert "revision.docx" not in page
    response = client.get(f"{upload.get_absolute_url()}revision.docx")
    assert response.status_code == 422
    assert "修订稿与原文件会完全一样" in response.content.decode()
    assert "Content-Disposition" not in response.headers


def test_the_page_is_shown_when_the_revision_cannot_be_tried(client, upload, monkeypatch):
    post(client, upload, rule="SUM-007")

    def busy(*_):
        raise TooBusy("忙")

    monkeypatch.setattr(mends.bounded, "revise_word", busy)
    page = client.get(address(upload)).content.decode()
    assert "下载修订稿" in page
    assert client.get(f"{upload.get_absolute_url()}revision.docx").status_code == 503


def test_nothing_is_chosen_beforehand_and_a_refusal_keeps_what_was(client, upload):
    """Enter in the field of the name presses the first button: it must not accept what nobody chose."""
    assert " checked" not in client.get(address(upload)).content.decode()
    key = mends.key_of(mends.mendable(stored(upload))[0])
    refused = post(client, upload, mend=[key], who=" ")
    assert refused.status_code == 422
    assert refused.content.decode().count(" checked") == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"rule": "SUM-007", "who": " "}, "请写明姓名"),
        ({"mend": ["SUM-001:9.none"]}, "没有选中"),
        ({}, "没有选中"),
    ],
)
def test_without_a_choice_or_a_name_nothing_changes(client, upload, fields, told):
    response = post(client, upload, **fields)
    assert response.status_code == 422
    assert told in response.content.decode()
    assert not Correction.objects.exists()


def test_somebody_else_who_was_first_is_not_overwritten(client, upload, monkeypatch):
    again = mends.audited_again

    def slow(outcome, documents, previous):
        services.read_again(upload=upload)
        return again(outcome, documents, previous)

    monkeypatch.setattr(mends, "audited_again", slow)
    assert post(client, upload, rule="SUM-007").status_code == 409
    assert not Correction.objects.exists()


def test_reading_again_keeps_the_mends(client, upload):
    post(client, upload, rule="SUM-007")
    services.read_again(upload=upload)
    assert text_at(stored(upload).outcome.documents[0], "projects.0.budget.total") == "6.00"


def test_other_files_have_no_revision_and_unknown_ones_none_at_all(client):
    text = services.receive_file(name="水务局.txt", content=TEXT.encode()).upload
    assert client.get(f"{text.get_absolute_url()}revision.docx").status_code == 422
    assert client.get(f"/d/{'x' * 22}/mends/").status_code == 404
    assert client.get(f"/d/{'x' * 22}/revision.docx").status_code == 404
    assert client.post(f"/d/{'x' * 22}/mends/", {"who": "甲"}).status_code == 404
    assert "没有可以直接改正的问题" in client.get(address(text)).content.decode()


def test_accepting_needs_the_token_of_the_page(upload):
    assert (
        Client(enforce_csrf_checks=True).post(address(upload), {"who": "甲", "rule": "SUM-007"}).status_code
        == 403
    )


def test_one_finding_is_mended_where_it_stands(client, upload):
    key = mends.key_of(mends.mendable(stored(upload))[0])
    page = client.get(upload.get_absolute_url()).content.decode()
    assert f'value="c0-projects-0 {key}"' in page
    response = post(client, upload, accept=f"c0-projects-0 {key}")
    assert response.headers["Location"] == f"{upload.get_absolute_url()}#c0-projects-0"
    assert key not in {mends.key_of(finding) for finding in mends.mendable(stored(upload))}


@pytest.mark.parametrize("value", ["c0-projects-0 SUM-001:9.none", "c0", " ", "//evil x"])
def test_what_is_not_there_any_more_is_not_accepted(client, upload, value):
    assert post(client, upload, accept=value).status_code == 422
    assert not Correction.objects.exists()


def test_all_mends_of_a_rule_are_put_back_at_once(client, upload):
    before = stored(upload).outcome.documents
    for rule in ("SUM-007", "PLAN-005"):
        post(client, upload, rule=rule)
    page = client.get(address(upload)).content.decode()
    assert "撤销 PLAN-005 的全部 3 个值" in page
    assert "已经改正 4 个值" in page
    assert post(client, upload, undo="PLAN-005", who="李审核").status_code == 303
    post(client, upload, undo="SUM-007")
    assert stored(upload).outcome.documents == before
    # what was done and undone stays on record
    assert Correction.objects.filter(reason="撤销 PLAN-005 的改正", who="李审核").count() >= 3
    page = client.get(address(upload)).content.decode()
    assert "已经改正 0 个值" in page
    assert "撤销 PLAN-005 的全部" not in page
    assert post(client, upload, rule="PLAN-005").status_code == 303


def test_what_a_person_changed_since_is_not_put_back(client, upload):
    post(client, upload, rule="SUM-007")
    sent = {"path": "0.projects.0.budget.total", "before": "6.00", "after": "7.00", "who": "李审核"}
    assert client.post(f"{upload.get_absolute_url()}correct/", sent).status_code == 303
    response = post(client, upload, undo="SUM-007")
    assert response.status_code == 422
    assert "没有可以撤销的改正" in response.content.decode()
    assert text_at(stored(upload).outcome.documents[0], "projects.0.budget.total") == "7.00"


@pytest.mark.parametrize(
    ("fields", "told"),
    [({"undo": "SUM-007", "who": ""}, "请写明姓名"), ({"undo": "SUM-999"}, "没有可以撤销")],
)
def test_undoing_needs_a_name_and_something_to_undo(client, upload, fields, told):
    post(client, upload, rule="SUM-007")
    response = post(client, upload, **fields)
    assert response.status_code == 422
    assert told in response.content.decode()


def test_undoing_in_a_file_that_was_deleted_meanwhile_is_refused(client, upload, monkeypatch):
    post(client, upload, rule="SUM-007")
    gone_while(monkeypatch, mends, "audited_again", upload)
    assert post(client, upload, undo="SUM-007").status_code == 404


def gone_while(monkeypatch, module, name, upload):
    """Deletes the file while ``module.name`` runs, as in another tab."""
    original = getattr(module, name)

    def slow(*given):
        Upload.objects.filter(pk=upload.pk).delete()
        return original(*given)

    monkeypatch.setattr(module, name, slow)


def test_mending_a_file_that_was_deleted_meanwhile_is_refused(client, upload, monkeypatch):
    gone_while(monkeypatch, mends, "audited_again", upload)
    assert post(client, upload, rule="SUM-007").status_code == 404


def test_correcting_a_file_that_was_deleted_meanwhile_is_refused(client, upload, monkeypatch):
    gone_while(monkeypatch, corrections, "audited_again", upload)
    sent = {
        "path": "0.projects.0.purpose",
        "before": "用于清理山洪沟淤积物。",
        "after": "用于清淤。",
        "who": "李",
    }
    at = f"{upload.get_absolute_url()}correct/"
    response = client.post(at, sent, headers={"Accept": "application/json"})
    assert response.status_code == 404
    assert "已经被删除" in response.json()["message"]
    assert client.post(at, sent).status_code == 404


def test_reading_a_file_again_that_was_deleted_meanwhile_is_refused(client, upload, monkeypatch):
    gone_while(monkeypatch, services, "read_and_audit", upload)
    response = client.post(f"{upload.get_absolute_url()}read-again/")
    assert response.status_code == 404
    assert "已经被删除" in response.content.decode()


def test_the_record_says_which_value_was_changed_and_leaves_out_what_stands_nowhere(client, upload):
    post(client, upload, rule="PLAN-005")
    page = client.get(f"{upload.get_absolute_url()}compare/").content.decode()
    history = page[page.index('id="history"') :]
    assert "12月底的“" in history
    assert "“amount”" not in history
    assert "更正记录（3）" in page
