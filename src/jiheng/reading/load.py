"""From a path to bytes: what is no ordinary file, or is too large, is refused before a byte of it is read."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Final

from jiheng.errors import FileTooLarge, ReadingError

MAX_BYTES: Final = 50 * 1024 * 1024
"""Larger files are refused."""
_REASONS: Final = {
    errno.ENOENT: "没有这个文件",
    errno.EACCES: "没有读取的权限",
    errno.EPERM: "没有读取的权限",
    errno.EISDIR: "这是一个文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "快捷方式（符号链接）互相指向，没有尽头",
    errno.EIO: "磁盘或网络盘读取出错",
}


def load(path: Path, name: str) -> bytes:
    """The bytes of a file.

    Raises:
        ReadingError: there is none, it may not be read, or it is no ordinary file (a pipe would never end).
        FileTooLarge: see ``MAX_BYTES``.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(status.st_mode):
            raise ReadingError(
                "这不是普通文件（是设备或管道）。", place=name, remedy="请先保存成文件再读取。"
            )
        refuse_too_large(status.st_size, name)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        number = error.errno if isinstance(error, OSError) else None
        reason = _REASONS.get(number or 0) or getattr(error, "strerror", None) or "文件名不正确"
        raise ReadingError(
            f"无法打开文件：{reason}。", place=str(path), remedy="请检查路径和权限。"
        ) from error
    refuse_too_large(len(data), name)  # it grew meanwhile, or the system does not know its size
    return data


def refuse_too_large(size: int, name: str) -> None:
    """Raises ``FileTooLarge`` for a file of ``size`` bytes that is larger than is read."""
    if size > MAX_BYTES:
        raise FileTooLarge(
            f"文件有 {size / 1024 / 1024:.1f} MB，超过 {MAX_BYTES // 1024 // 1024} MB 的上限。",
            place=name,
            remedy="请拆分文件，或删去其中的图片后重试。",
        )
