"""Files of TOML that a department writes by hand, as typed data."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

from jiheng.errors import InvalidSettings

_Data = TypeVar("_Data")


def load_toml(path: Path, kind: type[_Data], called: str, remedy: str) -> _Data:
    """The file as a ``kind``.

    Args:
        called: what the file is, for the message.
        remedy: how its content should be written.
    Raises:
        InvalidSettings: it cannot be opened, is not TOML, or holds something else.
    """
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8-sig")), kind)
    except OSError as error:
        raise InvalidSettings(f"{called}打不开。", place=str(path), remedy="请核对文件名和权限。") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidSettings(
            f"{called}不是 TOML：{error}", place=str(path), remedy="请按说明改写，存为 UTF-8。"
        ) from error
    except msgspec.ValidationError as error:
        raise InvalidSettings(f"{called}的内容不对：{error}", place=str(path), remedy=remedy) from error
