"""Findings explained by a person: kept with who and why, no longer counted, outliving the reading."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.test import Client

from jiheng.budget import ProjectBudget
from jiheng.web.documents import explanations, services
from jiheng.web.documents.models import Explanation, Upload
from jiheng.web.documents.selectors import stored_by_public_id
from jiheng.writing import write
from tests.writing.builders import document, project

pytestmark = pytest.mark.django_db
WRONG = ProjectBudget(total="6.50", fiscal="5.00", other="1.00")


def handed_in(form: str = "docx") -> Upload:
    content = write([document(project(budget=WRONG))], form)
    return services.receive_file(name=f"水务局.{form}", content=content).upload


@pytest.fixture
def upload() -> Upload:
    return handed_in()


def found(upload: Upload):
    stored = stored_by_public_id(upload.public_id)
    assert stored is not None
    every = [*stored.findings, *(waived.finding for waived in stored.waived)]
    return stored, next(finding for finding in every if finding.rule == "SUM-007")


def send(client: Client, upload: Upload, **changed: str):
    _, finding = found(upload)
    fields = {"key": finding.key, "rule": finding.rule, "reason": "另有县级配套", "who": "周会计"} | changed
    return client.post(f"{upload.get_absolute_url()}explain/", fields)


def test_the_page_of_a_finding_leads_to_its_explanation(client, upload):
    _, finding = found(upload)
    link = f"{upload.get_absolute_url()}explain/?rule=SUM-007&amp;key={finding.key}"
    assert link in client.get(upload.get_absolute_url()).content.decode()
    assert "6.50" in client.get(link.replace("&amp;", "&")).content.decode()


def test_an_explained_finding_is_listed_with_its_reason_and_does_not_count(client, upload):
    before = upload.reading.error_count
    assert send(client, upload).status_code == 303
    stored, _ = found(upload)
    assert "SUM-007" not in {finding.rule for finding in stored.findings}
    page = client.get(upload.get_absolute_url()).content.decode()
    assert "已说明理由 1 条" in page
    assert "理由：另有县级配套（周会计" in page
    assert Upload.objects.get(pk=upload.pk).reading.error_count == before - 1


def test_it_outlives_reading_again_and_another_version_of_the_file(client, upload):
    send(client, upload)
    services.read_again(upload=upload)
    assert found(upload)[0].waived
    other = handed_in("xlsx")
    assert found(other)[0].waived
    assert other.reading.error_count == Upload.objects.get(pk=upload.pk).reading.error_count


def test_it_can_be_taken_back(client, upload):
    before = upload.reading.error_count
    send(client, upload)
    assert send(client, upload, **{"take-back": "1"}).status_code == 303
    assert not found(upload)[0].waived
    assert Upload.objects.get(pk=upload.pk).reading.error_count == before


def test_a_second_explanation_takes_the_place_of_the_first_which_stays_on_record(client, upload):
    send(client, upload)
    page = client.get(f"{upload.get_absolute_url()}explain/", address_of(upload)).content.decode()
    assert ">另有县级配套</textarea>" in page
    send(client, upload, reason="上级来文", who="李审核")
    (made,) = explanations.in_force()
    assert (made.reason, made.who) == ("上级来文", "李审核")
    first = Explanation.objects.get(reason="另有县级配套")
    assert first.ended_by == "李审核"
    page = client.get(f"{upload.get_absolute_url()}explain/", address_of(upload)).content.decode()
    assert "以前的说明" in page
    assert "由李审核收回" in page


def test_an_explanation_that_was_taken_back_stays_on_record(client, upload):
    send(client, upload)
    send(client, upload, who="李审核", **{"take-back": "1"})
    (made,) = Explanation.objects.all()
    assert (made.reason, made.who, made.ended_by) == ("另有县级配套", "周会计", "李审核")
    assert made.ended_at is not None
    send(client, upload)
    assert explanations.in_force().count() == 1


def test_taking_back_needs_a_name(client, upload):
    send(client, upload)
    assert send(client, upload, who=" ", **{"take-back": "1"}).status_code == 422
    assert explanations.in_force().count() == 1


def address_of(upload: Upload) -> dict[str, str]:
    _, finding = found(upload)
    return {"key": finding.key, "rule": finding.rule}


def two(client: Client) -> Upload:
    """A file with two findings of one rule, in two projects."""
    second = project(2, "渠道衬砌", budget=ProjectBudget(total="9.50", fiscal="5.00", other="1.00"))
    content = write([document(project(budget=WRONG), second)], "docx")
    return services.receive_file(name="两个.docx", content=content).upload


def of_rule(upload: Upload) -> int:
    stored = stored_by_public_id(upload.public_id)
    assert stored is not None
    return sum(finding.rule == "SUM-007" for finding in stored.findings)


def test_all_of_a_rule_are_explained_at_once_and_one_alone(client):
    upload = two(client)
    assert of_rule(upload) == 2
    page = client.get(f"{upload.get_absolute_url()}explain/", address_of(upload)).content.decode()
    assert "这条规则的全部 2 个问题" in page
    send(client, upload)
    assert of_rule(upload) == 1
    send(client, upload, **{"take-back": "1"})
    send(client, upload, all="1")
    assert of_rule(upload) == 0
    stored, _ = found(upload)
    assert len([one for one in stored.waived if one.finding.rule == "SUM-007"]) == 2


@pytest.mark.parametrize(
    ("place", "fragment"),
    [("c0-projects-0", "#c0-projects-0"), ("waived", "#waived"), ("//evil", ""), ('c0"><b>', ""), ("", "")],
)
def test_the_reader_comes_back_to_the_place(client, upload, place, fragment):
    response = send(client, upload, at=place)
    assert response.headers["Location"] == upload.get_absolute_url() + fragment


@pytest.mark.parametrize(("changed", "told"), [({"reason": " "}, "请写明理由"), ({"who": ""}, "请写明姓名")])
def test_without_a_reason_or_a_name_nothing_is_kept(client, upload, changed, told):
    response = send(client, upload, **changed)
    assert response.status_code == 422
    assert told in response.content.decode()
    assert not Explanation.objects.exists()


def test_reports_show_what_was_explained_apart_and_mends_leave_it_out(client, upload):
    before = client.get(f"{upload.get_absolute_url()}report.html").content.decode()
    assert "已说明理由的问题" not in before
    send(client, upload)
    page = client.get(f"{upload.get_absolute_url()}report.html").content.decode()
    told = page[page.index("已说明理由的问题（1 条") :]
    assert all(words in told for words in ("SUM-007", "另有县级配套", "周会计"))
    assert "SUM-007" not in page[: page.index("已说明理由的问题")]
    assert "SUM-007" not in client.get(f"{upload.get_absolute_url()}mends/").content.decode()


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx"])
def test_every_form_of_the_report_can_show_it(client, upload, form):
    send(client, upload)
    response = client.get(f"{upload.get_absolute_url()}report.{form}")
    assert response.status_code == 200
    if form != "pdf":
        with zipfile.ZipFile(io.BytesIO(response.content)) as parts:
            text = "".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())
        assert "另有县级配套" in text
        assert "周会计" in text


def test_in_sarif_it_is_a_suppression(client, upload):
    send(client, upload)
    log = json.loads(client.get(f"{upload.get_absolute_url()}report.sarif").content)
    (found,) = [one for one in log["runs"][0]["results"] if one["ruleId"] == "SUM-007"]
    (suppression,) = found["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert suppression["justification"].startswith("另有县级配套（周会计")
    assert all("suppressions" not in one for one in log["runs"][0]["results"] if one is not found)


def test_a_finding_that_is_gone_keeps_what_was_typed(client, upload):
    for key in ("0" * 16, ""):
        response = send(client, upload, key=key, reason="按<县>通知")
        assert response.status_code == 409
        assert "按&lt;县&gt;通知</textarea>" in response.content.decode()
        assert client.get(f"{upload.get_absolute_url()}explain/", {"key": key}).status_code == 404
    assert not Explanation.objects.exists()


def test_a_file_that_was_deleted_keeps_what_was_typed(client, upload):
    fields = {**address_of(upload), "reason": "按通知", "who": "甲"}
    services.delete_upload(upload=upload)
    response = client.post(f"{upload.get_absolute_url()}explain/", fields)
    assert response.status_code == 404
    assert "按通知" in response.content.decode()


def test_a_reason_is_escaped_and_needs_the_token_of_the_page(client, upload):
    send(client, upload, reason="<b>粗</b>")
    assert "<b>粗</b>" not in client.get(upload.get_absolute_url()).content.decode()
    _, finding = found(upload)
    strict = Client(enforce_csrf_checks=True)
    fields = {"key": finding.key, "rule": finding.rule, "reason": "理由", "who": "甲"}
    assert strict.post(f"{upload.get_absolute_url()}explain/", fields).status_code == 403
