"""Archives that are handed in: one body's stay one record, several bodies' files become records of their own."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from pytest_django import Settings

from jiheng.budget import CodedName
from jiheng.errors import TookTooLong
from jiheng.web.documents import archives, bodies, bounded, services, worker
from jiheng.web.documents.models import Failure, Upload
from tests.web.builders import TEXT, document, finding, store
from tests.web.test_uploads import send

pytestmark = pytest.mark.django_db


def of(body: str, year: int = 2024) -> str:
    return TEXT.replace("安澜县水务局", body).replace("301001", "").replace("2024年", f"{year}年")


def packed(files: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


COUNTY = packed(
    {
        "水务局/绩效文本.txt": of("安澜县水务局"),
        "教育局/绩效文本.txt": of("安澜县教育局"),
        "教育局/坏的.pdf": b"%PDF-1.7 nothing",
        "商务局/绩效文本.txt": b"PK\x03\x04 broken",
    }
)


def test_files_of_several_bodies_become_records_of_their_own(client: Client):
    result = send(client, ("全县.zip", COUNTY), json=True).json()["results"][0]
    assert sorted(upload.path for upload in Upload.objects.all()) == [
        "全县.zip/教育局/绩效文本.txt", "全县.zip/水务局/绩效文本.txt",
    ]  # fmt: skip
    assert sorted(failure.path for failure in Failure.objects.all()) == [
        "全县.zip/商务局/绩效文本.txt", "全县.zip/教育局/坏的.pdf",
    ]  # fmt: skip
    assert "读成 2 个，没有读成 2 个" in result["message"]
    members = {member["name"]: member for member in result["members"]}
    assert members["水务局/绩效文本.txt"]["url"]
    assert "PDF" in members["教育局/坏的.pdf"]["message"]
    listed = client.get(result["url"]).content.decode()
    assert "符合条件的文件（2）" in listed
    for upload in Upload.objects.all():
        assert client.get(f"{upload.get_absolute_url()}opinion.docx").status_code == 200


def test_without_scripts_the_list_of_the_archive_is_shown(client: Client):
    response = send(client, ("全县.zip", COUNTY))
    assert response.status_code == 303
    assert client.get(response.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    "files",
    [
        {"文本.txt": of("安澜县水务局"), "单位.txt": of("安澜县水务局本级")},
        {"文本.txt": of("安澜县水务局"), "诗.txt": "白日依山尽，黄河入海流。"},
    ],
)
def test_the_files_of_one_body_stay_one_record(client: Client, files: dict[str, str]):
    response = send(client, ("水务局.zip", packed(files)))
    assert response.headers["Location"] == Upload.objects.get().get_absolute_url()
    assert client.get(f"{Upload.objects.get().get_absolute_url()}opinion.docx").status_code == 200


def test_the_years_of_one_body_are_records_of_their_own(client: Client):
    send(
        client, ("水务局.zip", packed({"a.txt": of("安澜县水务局", 2023), "b.txt": of("安澜县水务局", 2024)}))
    )
    assert sorted(upload.reading.fiscal_year for upload in Upload.objects.all()) == [2023, 2024]


def test_handing_the_archive_in_again_keeps_the_records(client: Client):
    for _ in range(2):
        send(client, ("全县.zip", COUNTY))
    assert Upload.objects.count() == 2
    assert Failure.objects.count() == 2


def test_an_archive_in_a_folder_is_listed_below_it(client: Client):
    archives.receive(name="全县.zip", content=COUNTY, folder="报送")
    assert Upload.objects.filter(folder="报送/全县.zip/水务局").exists()


def test_an_archive_that_cannot_be_opened_is_one_failure(client: Client):
    assert send(client, ("坏.zip", b"PK\x03\x04 broken")).status_code == 422
    assert Failure.objects.get().name == "坏.zip"


def test_too_many_files_are_refused(client: Client):
    many = packed({f"{number}.txt": "x" for number in range(501)})
    assert send(client, ("多.zip", many)).status_code == 413
    assert Failure.objects.get().name == "多.zip"


def test_what_comes_too_late_is_kept_for_another_attempt(client: Client, settings: Settings, monkeypatch):
    monkeypatch.setattr(archives, "_TIMES", -1)
    send(client, ("全县.zip", COUNTY))
    assert not Upload.objects.exists()
    failure = Failure.objects.get(name="绩效文本.txt", folder="全县.zip/水务局")
    assert "没有轮到" in failure.message
    monkeypatch.undo()
    assert client.post(f"/f/{failure.public_id}/again/").status_code == 303
    assert Upload.objects.get().path == "全县.zip/水务局/绩效文本.txt"


def test_large_archives_are_opened_in_portions(monkeypatch):
    task = worker.Task("unpack", "全县.zip", "0")
    monkeypatch.setattr(worker, "_PORTION", 100)
    first = worker.msgspec.json.decode(worker._unpack(task, COUNTY), type=worker.Packed)
    assert (len(first.members), first.next) == (1, 1)
    rest = worker.Task("unpack", "全县.zip", "1")
    second = worker.msgspec.json.decode(worker._unpack(rest, COUNTY), type=worker.Packed)
    assert [member.name for member in second.members] == ["教育局/绩效文本.txt"]
    assert second.next == 2


def test_a_failed_archive_that_is_tried_again_is_opened_too(client: Client, monkeypatch):
    def slow(*_):
        raise TookTooLong("慢")

    monkeypatch.setattr(bounded, "unpack", slow)
    send(client, ("全县.zip", COUNTY))
    failure = Failure.objects.get()
    monkeypatch.undo()
    response = client.post(f"/f/{failure.public_id}/again/")
    assert response.status_code == 303
    assert Upload.objects.count() == 2


def test_no_letter_covers_several_bodies(client: Client):
    other = document(title="安澜县教育局2024年部门预算绩效文本", department=CodedName("305", "安澜县教育局"))
    upload = store([document(), other], [finding("revenue.total")])
    response = client.get(f"{upload.get_absolute_url()}opinion.docx")
    assert response.status_code == 422
    assert "不止一个单位" in response.content.decode()


def test_documents_that_name_no_body_are_one_within_a_file_and_not_within_an_archive():
    unnamed = [document(title=None, department=None), document(title=None, department=None)]
    assert not bodies.bodies_apart(unnamed)
    assert bodies.bodies_apart(unnamed, has_each_to_say=True)
    assert not bodies.bodies_apart(unnamed[:1], has_each_to_say=True)
    assert not bodies.bodies_apart([])


def test_two_counties_departments_of_one_code_cannot_be_told_to_be_one():
    here = document(department=CodedName("434", "定州市人民政府办公室"))
    there = document(department=CodedName("434", "巨鹿县人民政府办公室"))
    assert bodies.one_body(here, there) is None
    assert bodies.bodies_apart([here, there], has_each_to_say=True)
    assert not bodies.bodies_apart([here, there])
    assert bodies.one_body(here, document(department=CodedName("434", "定州市人民政府办公室本级"))) is True
    assert bodies.one_body(here, document(department=CodedName("435", "定州市人民政府办公室"))) is False


def test_the_record_of_a_known_archive_is_opened(client: Client):
    kept = store(name="旧.zip", content=COUNTY)
    found = archives.receive(name="全县.zip", content=COUNTY)
    assert found.whole is not None
    assert found.whole.upload.pk == kept.pk
    assert not found.whole.is_new
    assert services.Received(kept, False) == found.whole
