"""The list of files: what it shows of each, how it is narrowed and sorted, and files that could not be read."""

from __future__ import annotations

import io
import json
import re
import zipfile
from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiheng.budget import BudgetDocument, Kind, Place
from jiheng.errors import ConverterMissing, DamagedFile, FileTooLarge, TookTooLong
from jiheng.reading import Coverage, LeftOver, UnreadBlock
from jiheng.web.documents import failures, services, upload_handler
from jiheng.web.documents.bounded import TooBusy
from jiheng.web.documents.models import Failure, Reading, Upload
from jiheng.web.documents.outcome import Audited, Outcome
from tests.web.builders import TEXT, document, finding, store
from tests.web.test_uploads import send

pytestmark = pytest.mark.django_db


def kept(
    name: str, found: BudgetDocument | None, *, unread: int = 0, lost: int = 0, errors: int = 0
) -> Upload:
    outcome = Outcome(
        format="docx",
        documents=[found] if found else [],
        unread=[UnreadBlock("甲", Place(line=n), LeftOver.UNKNOWN, "") for n in range(unread)],
        coverage=Coverage(100, 100 - unread - lost, 0, 0, unread, lost),
    )
    findings = [finding("revenue.total") for _ in range(errors)]
    return services.keep_upload(name=name, content=name.encode(), audited=Audited(outcome, findings))


def unsure_document() -> BudgetDocument:
    cells = {"title": Place(page=1, confidence=0.5), "fiscal_year": Place(page=1, confidence=0.99)}
    return document(kind=Kind.SELF_EVALUATION, title="自评表", fiscal_year=2023, cells=cells)


@pytest.fixture
def several() -> None:
    kept("甲.docx", document(title="甲文本", fiscal_year=2024), errors=2)
    kept("乙.docx", document(title="乙文本", fiscal_year=2022, kind=Kind.FINAL_ACCOUNTS), unread=3)
    kept("丙.docx", unsure_document(), lost=40)
    kept("丁.docx", None)


def names(client: Client, **query: str) -> list[str]:
    page = client.get("/", query).content.decode()
    return re.findall(r'class="file-name">([甲乙丙丁])', page)


def test_the_list_says_kind_year_coverage_and_what_to_look_at(client: Client, several: None):
    page = client.get("/").content.decode()
    rows = {
        name: row for row in page.split("<tr>")[1:] for name in "甲乙丙丁" if f"{name}.docx · Word" in row
    }
    assert "部门决算" in rows["乙"]
    assert ">2022<" in rows["乙"]
    assert "97.0%" in rows["乙"]
    assert "3 处" in rows["乙"]
    assert "绩效自评表" in rows["丙"]
    assert "60.0%" in rows["丙"]
    assert "1 处" in rows["丙"]
    assert "100%" in rows["甲"]
    assert "没有读到预算绩效内容" in rows["丁"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, "丁丙乙甲"),
        ({"q": "甲"}, "甲"),
        ({"kind": "final_accounts"}, "乙"),
        ({"year": "2023"}, "丙"),
        ({"year": "0"}, "丁"),
        ({"state": "error"}, "甲"),
        ({"state": "unread"}, "丙乙"),
        ({"state": "unsure"}, "丙"),
        ({"state": "nothing"}, "丁"),
        ({"state": "clean"}, "丙乙"),
        ({"state": "clean", "year": "2022"}, "乙"),
        ({"sort": "coverage"}, "丙乙丁甲"),
        ({"sort": "-unread"}, "乙丁丙甲"),
        ({"sort": "-year"}, "甲丙乙丁"),
        ({"sort": "year"}, "乙丙甲丁"),
        ({"sort": "-error"}, "甲丁丙乙"),
        ({"sort": "uploaded"}, "甲乙丙丁"),
        # a choice that there is none of is left aside
        ({"sort": "reading__content"}, "丁丙乙甲"),
        ({"sort": "--year"}, "丁丙乙甲"),
        ({"kind": "x' OR 1=1"}, "丁丙乙甲"),
        ({"year": "20230"}, "丁丙乙甲"),
        ({"state": "all"}, "丁丙乙甲"),
    ],
)
def test_the_list_is_narrowed_and_sorted(client: Client, several: None, query: dict[str, str], found: str):
    assert "".join(names(client, **query)) == found


def test_a_heading_sorts_and_turns_round_and_keeps_the_rest(client: Client, several: None):
    page = client.get("/", {"state": "unread"}).content.decode()
    assert 'href="?state=unread&amp;sort=-unread"' in page
    page = client.get("/", {"state": "unread", "sort": "-unread"}).content.decode()
    assert 'aria-sort="descending"><a href="?state=unread&amp;sort=unread"' in page


def test_what_a_reading_of_before_holds_is_filled_in(several: None):
    expected = {r.upload.name: (r.kind, r.coverage, r.unsure_count) for r in Reading.objects.all()}
    Reading.objects.update(kind="", coverage=1, unsure_count=0)
    import_module("jiheng.web.documents.migrations.0003_coverage_and_failures").fill(apps, None)
    found = {r.upload.name: (r.kind, r.coverage, r.unsure_count) for r in Reading.objects.all()}
    assert found == {
        name: (kind, pytest.approx(share), count) for name, (kind, share, count) in expected.items()
    }


def test_a_file_that_fails_stays_listed_with_what_to_do(client: Client):
    send(client, ("坏.pdf", b"%PDF-1.7 nothing"), json=True)
    failure = Failure.objects.get()
    page = client.get("/").content.decode()
    assert "没有读成的文件（1）" in page
    assert "坏.pdf" in page
    assert failure.message in page
    assert failure.remedy in page
    assert bytes(failure.content) == b"%PDF-1.7 nothing"
    assert f"/f/{failure.public_id}/again/" in page
    assert "没有读成的文件" not in client.get("/", {"q": "x"}).content.decode()


@pytest.mark.parametrize(("name", "content"), [("空.txt", b" "), ("程序.exe", b"MZ\x90")])
def test_what_can_never_be_read_is_listed_without_its_bytes(client: Client, name: str, content: bytes):
    send(client, (name, content))
    failure = Failure.objects.get()
    assert failure.content is None
    page = client.get("/").content.decode()
    assert "再试一次" not in page
    assert client.post(f"/f/{failure.public_id}/again/").status_code == 422


def test_failures_of_one_name_do_not_replace_each_other(client: Client):
    """Two departments' files of one name: neither the other's failure nor a third one's success takes one away."""
    send(client, ("绩效文本.txt", b"PK\x03\x04 one"))
    send(client, ("绩效文本.txt", b"PK\x03\x04 two"))
    assert Failure.objects.count() == 2
    send(client, ("绩效文本.txt", b"PK\x03\x04 two"))
    assert Failure.objects.count() == 2
    send(client, ("绩效文本.txt", TEXT.encode()))
    assert Failure.objects.count() == 2


def test_a_failure_names_a_file_of_its_name_that_was_read_since(client: Client):
    send(client, ("水务局.txt", b" "))
    page = client.get("/").content.decode()
    assert "后来读成了同名的文件" not in page
    send(client, ("水务局.txt", TEXT.encode()))
    page = client.get("/").content.decode()
    assert "后来读成了同名的文件" in page
    assert "水务局.txt" in page


@pytest.mark.parametrize(("path", "left"), [("甲局/文本.txt", 1), ("乙局/文本.txt", 2)])
def test_a_file_of_a_folder_takes_the_place_of_the_failure_at_its_path(client: Client, path: str, left: int):
    for folder in ("甲局", "丙局"):
        client.post("/", {"files": SimpleUploadedFile("文本.txt", b" "), "path": f"{folder}/文本.txt"})
    assert sorted(failure.path for failure in Failure.objects.all()) == ["丙局/文本.txt", "甲局/文本.txt"]
    client.post("/", {"files": SimpleUploadedFile("文本.txt", TEXT.encode()), "path": path})
    assert Failure.objects.count() == left


def test_the_folder_is_shown_and_found(client: Client):
    client.post("/", {"files": SimpleUploadedFile("文本.txt", TEXT.encode()), "path": "甲局/2024/文本.txt"})
    assert "甲局/2024/文本.txt" in client.get("/", {"q": "甲局"}).content.decode()
    upload = Upload.objects.get()
    assert "甲局/2024/文本.txt" in client.get(upload.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "path", ["别的.txt", "../../etc/文本.txt", "甲\u202e局\\文本.txt", "/" * 900 + "文本.txt"]
)
def test_a_path_that_is_not_the_file_s_or_plays_tricks_says_little(client: Client, path: str):
    client.post("/", {"files": SimpleUploadedFile("文本.txt", TEXT.encode()), "path": path})
    upload = Upload.objects.get()
    assert upload.name == "文本.txt"
    assert upload.folder in ("", "etc", "甲局")


def test_a_file_that_is_known_says_where_it_came_from(client: Client):
    client.post("/", {"files": SimpleUploadedFile("文本.txt", TEXT.encode()), "path": "甲局/文本.txt"})
    answer = send(client, ("文本.txt", TEXT.encode()), json=True).json()["results"][0]
    assert "甲局/文本.txt" in answer["message"]


def test_a_file_too_large_is_listed_with_its_folder(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(upload_handler, "MAX_BYTES", 10)
    client.post("/", {"files": SimpleUploadedFile("大.txt", b"x" * 99), "path": "甲局/大.txt"})
    assert Failure.objects.get().path == "甲局/大.txt"


def test_many_failures_are_all_listed_the_older_ones_behind_a_summary(client: Client):
    for number in range(25):
        failures.keep(name=f"坏{number}.pdf", size=1, content=b"x", error=DamagedFile("坏了。"))
    page = client.get("/").content.decode()
    assert "没有读成的文件（25）" in page
    assert "其余 5 个没有读成的文件" in page
    assert "坏0.pdf" in page


def test_the_bytes_of_only_so_many_failures_are_kept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(failures, "MOST_WITH_BYTES", 2)
    for number in range(4):
        failures.keep(name=f"{number}.pdf", size=1, content=b"x", error=DamagedFile("坏了。"))
    assert Failure.objects.filter(content__isnull=False).count() == 2
    assert Failure.objects.count() == 4


def test_another_attempt_may_succeed(client: Client):
    failure = failures.keep(
        name="水务局.txt", size=9, content=TEXT.encode(), error=ConverterMissing("没有安装 LibreOffice。")
    )
    answer = client.post(f"/f/{failure.public_id}/again/")
    assert answer.headers["Location"] == Upload.objects.get().get_absolute_url()
    assert not Failure.objects.exists()


def test_another_attempt_that_fails_says_so_and_keeps_the_file(client: Client):
    send(client, ("坏.pdf", b"%PDF-1.7 nothing"))
    answer = client.post(f"/f/{Failure.objects.get().public_id}/again/", follow=True)
    assert "仍然没有读成" in answer.content.decode()
    assert Failure.objects.get().content is not None


def test_a_failure_is_removed(client: Client):
    send(client, ("坏<b>.pdf", b"%PDF-1.7 nothing"))
    answer = client.post(f"/f/{Failure.objects.get().public_id}/remove/", follow=True)
    assert "已移除“坏&lt;b&gt;.pdf”" in answer.content.decode()
    assert not Failure.objects.exists()


@pytest.mark.parametrize("action", ["again", "remove"])
def test_only_what_is_listed_can_be_tried_or_removed(client: Client, action: str):
    upload = store()
    for public_id in ("A" * 22, upload.public_id):
        assert client.post(f"/f/{public_id}/{action}/").status_code == 404
    assert Upload.objects.exists()


def test_only_so_many_failures_are_kept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(failures, "MOST", 3)
    for number in range(6):
        failures.keep(name=f"{number}.pdf", size=1, content=b"x", error=DamagedFile("坏了。"))
    assert sorted(Failure.objects.values_list("name", flat=True)) == ["3.pdf", "4.pdf", "5.pdf"]


@pytest.mark.parametrize(
    ("error", "is_kept"),
    [
        (TooBusy("忙"), True),
        (TookTooLong("慢"), True),
        (DamagedFile("坏"), True),
        (FileTooLarge("大"), False),
    ],
)
def test_bytes_are_kept_where_another_attempt_may_succeed(error: Exception, is_kept: bool):
    failure = failures.keep(name="甲.pdf", size=1, content=b"x", error=error)  # type: ignore[arg-type]
    assert (failure.content is not None) is is_kept


def archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("水务局/文本.txt", TEXT)
        packed.writestr("水务局/坏的.pdf", b"%PDF-1.7 nothing")
        packed.writestr("诗.txt", "白日依山尽，黄河入海流。")
    return buffer.getvalue()


def test_every_file_of_an_archive_has_its_result(client: Client):
    answer = send(client, ("附件.zip", archive()), json=True).json()["results"][0]
    members = {member["name"]: member for member in answer["members"]}
    assert members["水务局/文本.txt"]["documents"] == 1
    assert "PDF" in members["水务局/坏的.pdf"]["message"]
    assert members["水务局/坏的.pdf"]["remedy"]
    assert "documents" not in members["诗.txt"]
    page = client.get(answer["url"]).content.decode()
    assert "压缩包中的文件（3）" in page
    assert "没有读成：PDF" in page
    assert Upload.objects.get().reading.unread_count == 3
    assert "这个文件没有读成" in page
    assert "未能读取" not in page
    again = send(client, ("附件.zip", archive()), json=True).json()["results"][0]
    assert again["members"] == answer["members"]


def test_what_is_missing_in_the_documents_is_listed_with_its_place():
    from jiheng.budget import Remark
    from jiheng.reading import Reading as Read
    from jiheng.reading.blocks import Blocks, Paragraph

    place = Place(line=4)
    blocks = Blocks((Paragraph("全县水利工程安排资金 8317.25 万元。", place),))
    found = Read(
        "甲.txt",
        "text",
        [document(remarks=[Remark(section="revenue", text="全县水利工程安排资金万元")])],
        [],
        [],
        blocks,
    )
    outcome = Outcome.of(found, [])
    assert outcome.coverage.lost
    (listed,) = outcome.unread
    assert listed.place == place
    assert "8317.25" in listed.reason


def test_unsure_values_stand_out_on_the_page_and_lead_to_the_original(client: Client):
    upload = kept("扫描.docx", unsure_document())
    page = client.get(upload.get_absolute_url()).content.decode()
    assert "有 1 处识别把握不大" in page
    assert re.search(r'class="[^"]*\bunsure\b', page)
    assert f"{upload.get_absolute_url()}compare/#v:0.title" in page
    assert json.loads(upload.reading.content)["documents"][0]["title"] == "自评表"
