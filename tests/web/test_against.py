"""A file held against an earlier one of the same body: chosen on a page, kept, and audited so from then on."""

from __future__ import annotations

import pytest

from jiheng.budget import BudgetDocument, Changes, CodedName, Expenditure, Kind
from jiheng.web.documents import selectors, services
from jiheng.web.documents.models import Upload
from jiheng.writing import write

pytestmark = pytest.mark.django_db


def handed_in(year: int, total: str, change: str | None = None, body: str = "安澜县水务局") -> Upload:
    found = BudgetDocument(
        kind=Kind.DEPARTMENT_DISCLOSURE,
        title=f"{body}{year}年部门预算信息公开情况说明",
        department=CodedName("305", body),
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


def test_without_other_files_the_page_says_so(client):
    only = handed_in(2024, "130.00")
    assert "还没有可以对照的文件" in client.get(f"{only.get_absolute_url()}against/").content.decode()
