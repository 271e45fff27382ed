"""From a path to bytes: what is no ordinary file, or too large, is refused before it is read."""

from __future__ import annotations

import os
import sys
import threading
import tracemalloc

import pytest

from jiheng.errors import DamagedFile, FileTooLarge, ReadingError
from jiheng.reading import MAX_BYTES, load, read


def test_there_is_no_such_file(tmp_path):
    with pytest.raises(ReadingError, match="没有这个文件"):
        read(tmp_path / "没有.docx")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(ReadingError, match="这是一个文件夹"):
        read(tmp_path)


@pytest.mark.parametrize("content", [b"", b" \r\n\t"])
def test_an_empty_file_says_so(tmp_path, content):
    path = tmp_path / "空.docx"
    path.write_bytes(content)
    with pytest.raises(DamagedFile, match="文件是空的"):
        read(path)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="permissions of POSIX")
def test_a_file_that_may_not_be_read(tmp_path):
    path = tmp_path / "密.txt"
    path.write_text("内容", encoding="utf-8")
    path.chmod(0)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)  # nobody: permissions do not bind root
    try:
        with pytest.raises(ReadingError, match="没有读取的权限"):
            read(path)
    finally:
        if is_root:
            os.seteuid(0)


def test_two_gigabytes_are_refused_before_they_are_read(tmp_path):
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(2 * 1024 * 1024 * 1024)
    tracemalloc.start()
    try:
        with pytest.raises(FileTooLarge, match=r"2048\.0 MB，超过 50 MB"):
            read(path)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_a_file_that_grows_while_it_is_read_is_bounded(tmp_path, monkeypatch):
    path = tmp_path / "长.txt"
    path.write_bytes(b"x" * 2000)
    monkeypatch.setattr(load, "MAX_BYTES", 3000)
    assert len(load.load(path, "长.txt")) == 2000
    sizes: list[int] = []

    def grow(size: int, name: str) -> None:
        checked(size, name)
        sizes.append(size)
        path.write_bytes(b"x" * 100_000)

    checked = load.refuse_too_large
    monkeypatch.setattr(load, "refuse_too_large", grow)
    with pytest.raises(FileTooLarge):
        load.load(path, "长.txt")
    assert sizes == [2000]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
def test_a_pipe_is_not_waited_for(tmp_path):
    path = tmp_path / "管道.txt"
    os.mkfifo(path)
    caught: list[ReadingError] = []

    def attempt() -> None:
        with pytest.raises(ReadingError, match="不是普通文件") as error:
            read(path)
        caught.append(error.value)

    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(10)
    assert caught


@pytest.mark.skipif(sys.platform != "linux", reason="a device of Linux")
def test_a_device_without_end_is_refused():
    with pytest.raises(ReadingError, match="不是普通文件"):
        read("/dev/zero", name="零.txt")


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="links of POSIX")
def test_links_that_point_at_one_another(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    with pytest.raises(ReadingError, match="互相指向"):
        read(tmp_path / "a.txt")


@pytest.mark.parametrize("name", ["甲" * 300 + ".txt", "甲\0乙.txt"])
def test_a_name_that_no_file_can_have(tmp_path, name):
    with pytest.raises(ReadingError, match="无法打开文件"):
        read(tmp_path / name)


def test_bytes_are_bounded_as_files_are():
    with pytest.raises(FileTooLarge):
        read(b"x" * (MAX_BYTES + 1), name="大.txt")
