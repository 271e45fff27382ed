"""Archives as sites offer them, and as those make them who mean harm."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest

from jiheng.errors import DamagedFile, FileTooLarge, ProtectedFile, UnsupportedFormat
from jiheng.reading import archive, read
from jiheng.reading.archive import members
from jiheng.writing import write
from tests.writing.builders import document

DOCX = write(document(), "docx")
JSON = write(document(), "json")
TITLE = document().title


def packed(*files: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as made:
        for name, content in files:
            made.writestr(name, content)
    return buffer.getvalue()


def renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    """An archive with the bytes of a member's name changed, without the flag that says UTF-8."""
    assert len(old) == len(new)
    content = bytearray(data.replace(old, new))
    for signature, offset in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        at = -1
        while (at := content.find(signature, at + 1)) >= 0:
            content[at + offset] &= ~0x08
    return bytes(content)


def locked(data: bytes, name: str) -> bytes:
    """An archive with the flag "encrypted" on one of its members."""
    content = bytearray(data)
    for signature, flags, length in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = -1
        while (at := content.find(signature, at + 1)) >= 0:
            if content[at + length :].startswith(name.encode()):
                content[at + flags] |= 1
    return bytes(content)


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_every_file_in_it_is_read_with_its_place(how):
    reading = read(packed(("附件1/甲.docx", DOCX), ("乙.json", JSON), how=how), name="附件.zip")
    assert reading.format == "zip"
    assert [found.title for found in reading.documents] == [TITLE, TITLE]
    assert reading.blocks is not None
    assert {place.member for _, place in reading.blocks.texts()} == {"附件1/甲.docx"}


def test_an_archive_in_an_archive_is_opened_once():
    inner = packed(("甲.docx", DOCX))
    assert read(packed(("内.zip", inner)), name="外.zip").documents[0].title == TITLE
    with pytest.raises(UnsupportedFormat, match="套得太深"):
        read(packed(("中.zip", packed(("内.zip", inner)))), name="外.zip")


def test_names_in_gbk_are_understood():
    data = renamed(packed(("aaaa.docx", DOCX)), b"aaaa", "预算".encode("gbk"))
    (member,) = members(data, "a.zip")
    assert member.name == "预算.docx"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/甲.docx", "etc/甲.docx"),
        ("/etc/甲.docx", "etc/甲.docx"),
        ("..\\..\\甲.docx", "甲.docx"),
        ("./甲.docx", "甲.docx"),
        ("甲\x1b[2J.docx", "甲\ufffd[2J.docx"),
        ("甲\u202excod.docx", "甲\ufffdxcod.docx"),
        (".", "未命名文件"),
        ("..", "未命名文件"),
    ],
)
def test_a_name_is_never_a_path_nor_a_command(name, shown, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (member,) = members(packed((name, DOCX)), "a.zip")
    assert member.name == shown
    assert read(packed((name, DOCX)), name="a.zip").documents
    assert not list(tmp_path.rglob("*"))


def test_what_belongs_to_a_system_is_left_out():
    names = ["__MACOSX/._甲.docx", "._甲.docx", ".DS_Store", "~$甲.docx", "Thumbs.db", "空/", "甲.docx"]
    assert [found.name for found in members(packed(*((name, DOCX) for name in names)), "a.zip")] == [
        "甲.docx"
    ]


def test_a_broken_member_costs_itself_only():
    data = bytearray(packed(("坏.docx", b"x" * 100), ("好.docx", DOCX), how=zipfile.ZIP_STORED))
    data[data.index(b"x" * 100)] ^= 1  # its checksum fails
    reading = read(bytes(data), name="a.zip")
    assert [found.title for found in reading.documents] == [TITLE]
    assert any("坏.docx" in warning.message and "损坏" in warning.message for warning in reading.warnings)


def test_a_broken_archive_inside_costs_itself_only():
    reading = read(packed(("坏.zip", b"PK\x03\x04 broken"), ("好.docx", DOCX)), name="a.zip")
    assert len(reading.documents) == 1
    assert any("坏.zip" in warning.message for warning in reading.warnings)


def test_a_locked_member_costs_itself_only_and_a_locked_archive_says_so():
    data = packed(("locked.docx", DOCX), ("open.docx", DOCX))
    reading = read(locked(data, "locked.docx"), name="a.zip")
    assert len(reading.documents) == 1
    assert any("locked.docx" in warning.message and "密码" in warning.message for warning in reading.warnings)
    with pytest.raises(ProtectedFile, match="密码"):
        read(locked(packed(("locked.docx", DOCX)), "locked.docx"), name="a.zip")


def test_nothing_to_read_is_said():
    with pytest.raises(UnsupportedFormat, match="没有可以读取的文件"):
        read(packed(("影片.mp4", b"\x00\x00\x00\x18ftypmp42")), name="a.zip")


@pytest.mark.parametrize(
    "data", [packed(("甲.docx", DOCX))[:-30], b"PK\x03\x04", packed(("甲.docx", DOCX))[:200]]
)
def test_a_cut_archive_is_damaged(data):
    with pytest.raises(DamagedFile):
        read(data, name="a.zip")


@pytest.mark.parametrize("head", [b"Rar!\x1a\x07\x01\x00", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08\x00"])
def test_other_archives_are_refused_with_what_to_do(head):
    with pytest.raises(UnsupportedFormat, match=r"请解压"):
        read(head + bytes(100), name="附件.rar")


def test_a_bomb_is_stopped_before_it_fills_the_memory():
    bomb = packed(*((f"{number}.txt", bytes(40 * 1024 * 1024)) for number in range(6)))
    assert len(bomb) < 500_000
    tracemalloc.start()
    try:
        with pytest.raises(FileTooLarge):
            list(members(bomb, "a.zip"))
        assert tracemalloc.get_traced_memory()[1] < 3 * archive.MAX_UNPACKED
    finally:
        tracemalloc.stop()


def test_archives_inside_share_the_room_of_the_outer_one(monkeypatch):
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1_000_000)
    inner = packed(("a.txt", bytes(400_000)))
    with pytest.raises(FileTooLarge):
        list(members(packed(*((f"{number}.zip", inner) for number in range(3))), "a.zip"))
    monkeypatch.setattr(archive, "MAX_MEMBERS", 5)
    inner = packed(*((f"{number}.txt", b"x") for number in range(3)))
    with pytest.raises(FileTooLarge, match="超过 5 个"):
        list(members(packed(("1.zip", inner), ("2.zip", inner)), "a.zip"))


def test_a_member_that_lies_about_its_size_is_stopped(monkeypatch):
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1_000_000)
    raw = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = raw.compress(bytes(5_000_000)) + raw.flush()
    head = struct.pack("<5H3I2H", 20, 0, 8, 0, 0, 0, len(body), 10, 5, 0)
    local = b"PK\x03\x04" + head + b"a.txt" + body
    central = b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<3H2I", 0, 0, 0, 0, 0) + b"a.txt"
    end = b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, 1, 1, len(central), len(local), 0)
    (member,) = members(local + central + end, "a.zip")
    assert isinstance(member.error, DamagedFile)


def test_a_hundred_thousand_members_are_refused_at_once():
    entry = b"PK\x01\x02" + struct.pack("<6H3I5H2I", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    data = b"PK\x03\x04" + bytes(27) + entry * 100_000
    data += b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, 65535, 65535, len(entry) * 100_000, 31, 0)
    tracemalloc.start()
    try:
        for name in ("a.zip", "a.docx", "a.xlsx", "a.ofd"):
            with pytest.raises(FileTooLarge):
                read(data, name=name)
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


def test_a_file_in_it_under_a_wrong_name_is_read_as_what_it_is():
    assert len(read(packed(("甲.pdf", DOCX)), name="a.zip").documents) == 1
