"""Handing in files: what is kept, what is refused and how, and that nothing else breaks."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from pytest_django import Settings

from jiheng.reading import MAX_BYTES
from jiheng.web.documents import services
from jiheng.web.documents.models import Original, Upload
from jiheng.web.documents.names import safe_name
from tests.web.builders import TEXT, document, finding, store

pytestmark = pytest.mark.django_db


def send(client: Client, *files: tuple[str, bytes], json: bool = False):
    parts = [SimpleUploadedFile(name, content) for name, content in files]
    headers = {"Accept": "application/json"} if json else {}
    return client.post("/", {"files": parts}, headers=headers)


def test_a_document_is_read_kept_and_shown(client: Client):
    response = send(client, ("水务局.txt", TEXT.encode()))
    upload = Upload.objects.get()
    assert response.status_code == 303
    assert response.headers["Location"] == upload.get_absolute_url()
    assert bytes(Original.objects.get().content) == TEXT.encode()
    assert (upload.name, upload.size) == ("水务局.txt", len(TEXT.encode()))
    assert upload.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert upload.reading.project_count == 1
    assert upload.reading.fiscal_year == 2024
    page = client.get(upload.get_absolute_url()).content.decode()
    assert "河道清淤经费" in page
    assert "13052924P00584012062K" in page


def test_the_same_bytes_stay_one_record(client: Client):
    first = send(client, ("甲.txt", TEXT.encode()))
    again = send(client, ("乙.txt", TEXT.encode()))
    assert again.headers["Location"] == first.headers["Location"]
    assert Upload.objects.get().name == "甲.txt"


def test_several_files_at_once(client: Client):
    response = send(client, ("甲.txt", TEXT.encode()), ("乙.txt", TEXT.replace("水务局", "农业局").encode()))
    assert (response.status_code, response.headers["Location"]) == (303, "/")
    assert Upload.objects.count() == 2
    assert "2 个文件已读取完毕" in client.get("/").content.decode()


def test_a_bad_file_among_good_ones_is_named_and_the_others_are_kept(client: Client):
    response = send(client, ("甲.txt", TEXT.encode()), ("空.txt", b"  \n"))
    assert response.status_code == 422
    page = response.content.decode()
    assert "空.txt" in page
    assert "文件是空的" in page
    assert Upload.objects.get().name == "甲.txt"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "content", "status", "words"),
    [
        ("空.txt", b" \n\t", 422, "文件是空的"),
        ("程序.exe", b"MZ\x90", 415, "暂不支持 .exe"),
        ("旧.doc", OLE + b"x" * 600, 422, "Word"),
        ("加密.docx", OLE + "EncryptedPackage".encode("utf-16-le") + b"x" * 600, 422, "密码"),
        ("坏.docx", b"PK\x03\x04 not a zip", 422, "损坏"),
        ("坏.pdf", b"%PDF-1.7 nothing", 422, "PDF"),
        ("坏.json", b'[{"schema": "jiheng/1", "kind": "no such kind"}]', 422, "jiheng/1"),
    ],
)
@pytest.mark.parametrize("json", [False, True], ids=["page", "script"])
def test_a_refusal_says_why_and_keeps_nothing(
    client: Client, name: str, content: bytes, status: int, words: str, json: bool
):
    response = send(client, (name, content), json=json)
    assert response.status_code == status
    text = response.json()["results"][0]["message"] if json else response.content.decode()
    assert words in text
    assert "Traceback" not in text
    assert not Upload.objects.exists()


def test_a_file_above_the_limit_is_refused_while_it_arrives(client: Client):
    response = send(client, ("大.txt", b"x" * (MAX_BYTES + 1)), ("小.txt", TEXT.encode()), json=True)
    assert response.status_code == 413
    large, small = response.json()["results"]
    assert "50 MB" in large["message"]
    assert small["url"]
    assert Upload.objects.get().name == "小.txt"


def test_a_body_above_all_limits_is_refused_unread(client: Client, settings: Settings):
    settings.MAX_BODY_BYTES = 1000
    response = send(client, ("大.txt", b"x" * 2000))
    assert response.status_code == 413
    assert "合计超过" in response.content.decode()


def test_too_many_files(client: Client, settings: Settings):
    files = [(f"{number}.txt", b"x") for number in range(settings.MAX_FILES + 1)]
    response = send(client, *files)
    assert response.status_code == 400
    assert "一次最多上传 20 个文件" in response.content.decode()
    assert not Upload.objects.exists()


def test_no_file_at_all(client: Client):
    response = client.post("/")
    assert response.status_code == 422
    assert "没有收到文件" in response.content.decode()


def test_a_text_that_is_no_budget_document_is_kept_and_shown_as_unread(client: Client):
    response = send(client, ("诗.txt", "白日依山尽，黄河入海流。".encode()))
    page = client.get(response.headers["Location"]).content.decode()
    assert "没有读到预算绩效文本" in page
    assert "白日依山尽" in page


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\本.txt", "本.txt"),
        ("甲\x00乙\r\n.txt", "甲乙.txt"),
        ("发票\u202etxt.exe", "发票txt.exe"),
        ("..", "未命名文件"),
        ("", "未命名文件"),
        ("/", "未命名文件"),
        ("长" * 300 + ".docx", "长" * 195 + ".docx"),
    ],
)
def test_names_are_kept_without_tricks(name: str, kept: str):
    assert safe_name(name) == kept


def test_a_failed_read_again_keeps_the_old_reading(client: Client):
    upload = store([document()], [finding("revenue.total")], name="水务局.exe")
    response = client.post(f"{upload.get_absolute_url()}read-again/")
    assert response.status_code == 415
    assert Upload.objects.get().reading.error_count == 1


def test_reading_again_replaces_the_reading_at_the_same_address(client: Client):
    upload = store([document()], [finding("revenue.total")], content=TEXT.encode())
    response = client.post(f"{upload.get_absolute_url()}read-again/")
    assert response.headers["Location"] == upload.get_absolute_url()
    again = Upload.objects.get()
    assert again.public_id == upload.public_id
    assert again.reading.title == "安澜县水务局2024年部门预算绩效文本"
    assert "SUM-009" not in again.reading.content


def test_deleting_asks_first_and_leaves_nothing(client: Client):
    upload = store()
    url = f"{upload.get_absolute_url()}delete/"
    assert "不能恢复" in client.get(url).content.decode()
    assert Upload.objects.exists()
    assert client.post(url).status_code == 303
    assert not Upload.objects.exists()
    assert not Original.objects.exists()
    assert "已删除“安澜县水务局.txt”" in client.get("/").content.decode()
    assert client.get(upload.get_absolute_url()).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_handed_in_twice_at_once():
    def hand_in(name: str) -> tuple[int, bool]:
        try:
            found = services.receive_file(name=name, content=TEXT.encode())
            return found.upload.pk, found.is_new
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(hand_in, ["甲.txt", "乙.txt"]))
    assert len({pk for pk, _ in results}) == 1
    assert Upload.objects.count() == 1
