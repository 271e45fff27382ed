"""A file held against an earlier one of the same body: chosen on a page, kept, and audited so from then on."""

from __future__ import annotations

import pytest

from jiheng.budget import BudgetDocument, Changes, CodedName, Expenditure, Kind
from jiheng.web.documents import selectors, services
from jiheng.web.documents.models import Upload
from jiheng.writing import write
from tests.web.builders import document, store

pytestmark = pytest.mark.django_db


def handed_in(
    year: int, total: str, change: str | None = None, body: str = "安澜县水务局", code: str = "305"
) -> Upload:
    found = BudgetDocument(
        kind=Kind.DEPARTMENT_DISCLOSURE,
        title=f"{body}{year}年部门预算信息公开情况说明",
        department=CodedName(code, body),
        fiscal_year=year,
        expenditure=Expenditure(total=total),
        changes=Changes(total=change) if change else None,
    )
    return services.receive_file(name=f"{body}{year}.json", content=write([found], "json")).upload


@pytest.fixture
def years() -> tuple[Upload, Upload]:
    return handed_in(2023, "100.00"), handed_in(2024, "130.00", "10.00")


def rules(upload: Upload) -> set[str]:
    stored = selectors.stored_by_public_id(upload.public_id)
    assert stored is not None
    return {finding.rule for finding in stored.findings}


def choose(client, upload: Upload, earlier: str):
    return client.post(f"{upload.get_absolute_url()}against/", {"earlier": earlier})


def test_last_year_s_file_is_offered_and_finds_what_one_file_alone_does_not_show(client, years):
    last, this = years
    page = client.get(f"{this.get_absolute_url()}against/").content.decode()
    assert last.public_id in page
    assert "YEAR-001" not in rules(this)
    assert choose(client, this, last.public_id).status_code == 303
    assert "YEAR-001" in rules(this)
    assert "上年：2023" in client.get(this.get_absolute_url()).content.decode()


def test_the_choice_is_kept_when_the_file_is_read_again_or_corrected(client, years):
    last, this = years
    choose(client, this, last.public_id)
    fresh = Upload.objects.get(pk=this.pk)
    services.read_again(upload=fresh)
    assert "YEAR-001" in rules(this)
    sent = {"path": "0.changes.total", "before": "10.00", "after": "30.00", "who": "周会计"}
    client.post(f"{this.get_absolute_url()}correct/", sent)
    assert "YEAR-001" not in rules(this)


def test_it_can_be_taken_back_and_goes_with_the_earlier_file(client, years):
    last, this = years
    choose(client, this, last.public_id)
    assert choose(client, this, "").status_code == 303
    assert "YEAR-001" not in rules(this)
    choose(client, this, last.public_id)
    services.delete_upload(upload=last)
    services.read_again(upload=Upload.objects.get(pk=this.pk))
    assert "YEAR-001" not in rules(this)


def test_neither_an_unknown_file_nor_the_file_itself_can_be_chosen(client, years):
    _, this = years
    assert choose(client, this, "A" * 22).status_code == 422
    assert choose(client, this, this.public_id).status_code == 422
    assert Upload.objects.get(pk=this.pk).earlier is None


def test_another_body_s_file_is_refused_with_words(client, years):
    _, this = years
    other = handed_in(2023, "100.00", body="安澜县教育局", code="306")
    assert other.public_id not in client.get(f"{this.get_absolute_url()}against/").content.decode()
    response = choose(client, this, other.public_id)
    assert response.status_code == 422
    assert "不是同一个单位" in response.content.decode()
    assert Upload.objects.get(pk=this.pk).earlier is None


def test_a_file_with_which_nothing_can_be_compared_is_refused(client, years):
    _, this = years
    old = handed_in(2019, "100.00")
    response = choose(client, this, old.public_id)
    assert response.status_code == 422
    assert "没有能够对上的" in response.content.decode()
    assert Upload.objects.get(pk=this.pk).earlier is None


def test_it_is_said_how_much_could_be_compared(client, years):
    last, this = years
    choose(client, this, last.public_id)
    assert "对上的有：1 个合计数" in client.get(this.get_absolute_url()).content.decode()


def test_files_of_the_own_body_come_first_and_others_only_when_looked_for(client, years):
    last, this = years
    other = handed_in(2023, "100.00", body="安澜县教育局", code="306")
    unsaid = store([document(title=None, department=None, fiscal_year=2023, projects=[])], name="不明.txt")
    page = client.get(f"{this.get_absolute_url()}against/").content.decode()
    assert page.index(last.public_id) < page.index(unsaid.public_id)
    assert other.public_id not in page
    page = client.get(f"{this.get_absolute_url()}against/", {"q": "教育局"}).content.decode()
    assert other.public_id in page
    assert "不能对照" in page
    assert last.public_id not in page
    assert "没有找到" in client.get(f"{this.get_absolute_url()}against/", {"q": "农业"}).content.decode()


def test_a_file_deleted_in_another_tab_is_no_fault_of_the_program(client, years, monkeypatch):
    last, this = years
    read = services.read_and_audit

    def slow(*given):
        Upload.objects.filter(pk=last.pk).delete()
        return read(*given)

    monkeypatch.setattr(services, "read_and_audit", slow)
    response = choose(client, this, last.public_id)
    assert response.status_code == 404
    assert "已经被删除" in response.content.decode()


def test_the_page_of_a_file_deleted_meanwhile_says_so(client, years, monkeypatch):
    last, this = years
    read = services.read_and_audit

    def slow(*given):
        Upload.objects.filter(pk=this.pk).delete()
        return read(*given)

    monkeypatch.setattr(services, "read_and_audit", slow)
    assert choose(client, this, last.public_id).status_code == 404
    assert not Upload.objects.filter(pk=this.pk).exists()


def test_without_other_files_the_page_says_so(client):
    only = handed_in(2024, "130.00")
    assert "还没有可以对照的文件" in client.get(f"{only.get_absolute_url()}against/").content.decode()
