"""Findings explained by a person: kept with who and why, no longer counted, outliving the reading."""

from __future__ import annotations

import pytest
from django.test import Client

from jiheng.budget import ProjectBudget
from jiheng.web.documents import services
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


def test_a_second_explanation_takes_the_place_of_the_first(client, upload):
    send(client, upload)
    send(client, upload, reason="上级来文", who="李审核")
    (made,) = Explanation.objects.all()
    assert (made.reason, made.who) == ("上级来文", "李审核")


@pytest.mark.parametrize(("changed", "told"), [({"reason": " "}, "请写明理由"), ({"who": ""}, "请写明姓名")])
def test_without_a_reason_or_a_name_nothing_is_kept(client, upload, changed, told):
    response = send(client, upload, **changed)
    assert response.status_code == 422
    assert told in response.content.decode()
    assert not Explanation.objects.exists()


def test_reports_and_mends_leave_explained_findings_out(client, upload):
    send(client, upload)
    assert "SUM-007" not in client.get(f"{upload.get_absolute_url()}report.html").content.decode()
    assert "SUM-007" not in client.get(f"{upload.get_absolute_url()}mends/").content.decode()


def test_a_finding_that_there_is_not_cannot_be_explained(client, upload):
    assert send(client, upload, key="0" * 16).status_code == 404
    assert send(client, upload, key="").status_code == 404
    assert not Explanation.objects.exists()


def test_a_reason_is_escaped_and_needs_the_token_of_the_page(client, upload):
    send(client, upload, reason="<b>粗</b>")
    assert "<b>粗</b>" not in client.get(upload.get_absolute_url()).content.decode()
    _, finding = found(upload)
    strict = Client(enforce_csrf_checks=True)
    fields = {"key": finding.key, "rule": finding.rule, "reason": "理由", "who": "甲"}
    assert strict.post(f"{upload.get_absolute_url()}explain/", fields).status_code == 403
