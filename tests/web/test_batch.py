"""Several files of the list at once: their letters in one archive, and deleting them."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from pytest_django import Settings

from jiheng.budget import CodedName
from jiheng.errors import JihengError
from jiheng.web.documents import batch, letters
from jiheng.web.documents.models import Upload
from tests.web.builders import document, finding, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def three() -> list[Upload]:
    found = []
    for number, body in enumerate(("水务局", "教育局", "民政局")):
        own = document(title=f"{body}2024年部门预算绩效文本", department=CodedName(f"30{number}", body))
        found.append(store([own], [finding("revenue.total")], name=f"{body}.txt", content=body.encode()))
    return found


def act(client: Client, uploads: list[Upload], action: str, **more: str):
    ids = [upload.public_id for upload in uploads]
    return client.post("/chosen/", {"chosen": ids, "action": action, **more})


def members(response) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_letters_of_the_chosen_files_come_in_one_archive(client: Client, three: list[Upload]):
    response = act(client, three[:2], "letters")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/zip"
    found = members(response)
    assert sorted(name[4:] for name in found) == ["审核意见书-教育局.docx", "审核意见书-水务局.docx"]
    assert all(content.startswith(b"PK") for content in found.values())


def test_a_letter_that_cannot_be_written_is_named_in_the_archive(client: Client, three: list[Upload]):
    empty = store([], name="空.txt", content=b"x")
    found = members(act(client, [three[0], empty], "letters"))
    assert len(found) == 2
    assert "空.txt：这份文件中没有读到" in found["没有生成意见书的文件.txt"].decode("utf-8-sig")


def test_without_any_letter_there_is_no_archive(client: Client):
    response = act(client, [store([], name="空.txt")], "letters")
    assert response.status_code == 422
    assert "都不能生成" in response.content.decode()


def test_there_is_an_end_to_the_time(client: Client, three: list[Upload], settings: Settings):
    settings.WORK_SECONDS = -1
    response = act(client, three, "letters")
    assert response.status_code == 422
    assert "没有轮到" in response.content.decode()


def test_one_that_is_deleted_meanwhile_is_named(client: Client, three: list[Upload], monkeypatch):
    original = batch.letters.letter

    def slow(stored, form, head):
        Upload.objects.filter(pk=three[0].pk).delete()
        return original(stored, form, head)

    monkeypatch.setattr(batch.letters, "letter", slow)
    found = members(act(client, three, "letters"))
    assert "水务局.txt：已经被删除" in found["没有生成意见书的文件.txt"].decode("utf-8-sig")


def test_deleting_asks_first(client: Client, three: list[Upload]):
    page = act(client, three[:2], "delete").content.decode()
    assert "删除这 2 份文件？" in page
    assert Upload.objects.count() == 3
    assert act(client, three[:2], "delete", confirmed="1").status_code == 303
    assert Upload.objects.get() == three[2]
    assert "已删除 2 份文件" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("ids", "action", "status", "told"),
    [
        ([], "letters", 422, "没有选中"),
        (["A" * 22], "letters", 404, "已经被删除"),
        ([f"{number:022}" for number in range(101)], "delete", 422, "一次最多 100 份"),
        (["one"], "no-such", 422, "没有看懂"),
    ],
)
def test_what_makes_no_sense_is_refused(
    client: Client, three, ids: list[str], action: str, status: int, told: str
):
    ids = [three[0].public_id if one == "one" else one for one in ids]
    response = client.post("/chosen/", {"chosen": ids, "action": action, "confirmed": "1"})
    assert response.status_code == status
    assert told in response.content.decode()
    assert Upload.objects.count() == 3


def test_it_takes_a_post_with_the_token_of_the_page(three: list[Upload]):
    strict = Client(enforce_csrf_checks=True)
    sent = {"chosen": three[0].public_id, "action": "delete", "confirmed": "1"}
    assert strict.post("/chosen/", sent).status_code == 403
    assert strict.get("/chosen/").status_code == 405


def test_the_list_shows_whose_a_file_is_and_its_points_and_finds_it_by_them(
    client: Client, three: list[Upload]
):
    page = client.get("/", {"q": "教育局", "sort": "points"}).content.decode()
    assert '<td class="body">教育局</td>' in page
    assert "符合条件的文件（1）" in page
    reading = three[1].reading
    assert reading.points is not None
    assert f"<b>{reading.grade}</b>" in page
    assert f'value="{three[1].public_id}"' in page


def test_the_points_change_with_an_explanation(client: Client):
    from jiheng.web.documents import explanations

    found = finding("projects.0.budget.total", rule="SUM-007", key="k" * 16)
    upload = store([document()], [found])
    before = upload.reading.points
    explanations.explain(findings=[found], reason="有文件", who="周会计")
    after = Upload.objects.get().reading.points
    assert before is not None
    assert after is not None
    assert after > before


def test_the_head_of_a_letter_is_typed_once(client: Client, three: list[Upload], monkeypatch):
    seen = []
    monkeypatch.setattr(letters.bounded, "write_opinion", lambda *given: seen.append(given[3]) or b"PK")
    at = f"{three[0].get_absolute_url()}opinion.docx"
    client.get(at, {"office": "安澜县\u202e财政局", "number": "安财绩〔2024〕3号", "on": "2024-03-15"})
    client.get(at)
    assert (seen[0].office, seen[0].number, str(seen[0].on)) == (
        "安澜县财政局",
        "安财绩〔2024〕3号",
        "2024-03-15",
    )
    # the office is remembered; a number and a day are one letter's
    assert (seen[1].office, seen[1].number, seen[1].on) == ("安澜县财政局", "", None)
    page = client.get(three[0].get_absolute_url()).content.decode()
    assert 'value="安澜县财政局"' in page
    assert 'value="安财绩〔2024〕3号"' in page


@pytest.mark.parametrize("day", ["3月15日", "2024-13-01", "2024-02-30T", "x" * 99])
def test_a_day_that_is_none_is_refused(client: Client, three: list[Upload], day: str):
    response = client.get(f"{three[0].get_absolute_url()}opinion.docx", {"on": day})
    assert response.status_code == 422
    assert "日期的写法不对" in response.content.decode()


def test_without_an_office_it_is_the_finance_department(three: list[Upload], rf):
    head = letters.head_of(rf.get("/"), {})
    assert head.office == "财政部门"
    with pytest.raises(JihengError):
        letters.head_of(rf.get("/"), {"on": "gestern"})
