"""Where the command line writes: never over a file that it was given, and never over one that nobody named."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from jiheng.errors import JihengError


def refuse_inputs(target: Path, inputs: Iterable[Path]) -> None:
    """Raises ``JihengError`` where ``target`` is one of the files that are read."""
    for path in inputs:
        if _is_same(target, path):
            raise JihengError(
                f"“{target}”就是要处理的原文件，没有覆盖。", remedy="请另起一个文件名，或省去 -o。"
            )


def free(target: Path) -> Path:
    """``target``, or with a number behind its name where there is such a file already."""
    if not target.exists():
        return target
    names = (target.with_name(f"{target.stem}-{number}{target.suffix}") for number in count(2))
    return next(path for path in names if not path.exists())


def save(target: Path, data: bytes) -> None:
    """Writes a file, whole or not at all.

    Raises:
        JihengError: it cannot be written there.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            raise IsADirectoryError
        if target.exists() and not target.is_file():  # a pipe, /dev/stdout
            target.write_bytes(data)
            return
        _replace(target, data)
    except OSError as error:
        reason = "这是一个文件夹" if isinstance(error, IsADirectoryError) else error.strerror or "写不进去"
        raise JihengError(
            f"不能保存到 {target}：{reason}。", remedy="请检查文件夹、权限和磁盘空间。"
        ) from error


def _replace(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_mask()
        os.chmod(name, mode)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mask() -> int:
    """Which rights new files of this user do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.absolute() == other.absolute()
