"""Files of TOML that a department writes by hand, as typed data."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from jiheng.errors import InvalidSettings

_Data = TypeVar("_Data")
_LINE: Final = re.compile(r"at line (\d+), column (\d+)")
_PATH: Final = re.compile(r"at `(.+)`$")


def load_toml(path: Path, kind: type[_Data], called: str, remedy: str) -> _Data:
    """The file as a ``kind``.

    Args:
        called: what the file is, for the message.
        remedy: how its content should be written.
    Raises:
        InvalidSettings: it cannot be opened, is not TOML, or holds something else.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InvalidSettings(f"{called}打不开。", place=str(path), remedy="请核对文件名和权限。") from error
    except UnicodeDecodeError as error:
        raise InvalidSettings(f"{called}不是 UTF-8。", place=str(path), remedy="请存为 UTF-8。") from error
    return parse_toml(text, kind, called, remedy, place=str(path))


def parse_toml(text: str, kind: type[_Data], called: str, remedy: str, *, place: str | None = None) -> _Data:
    """The text of such a file as a ``kind``; ``load_toml`` says the rest."""
    try:
        return msgspec.convert(tomllib.loads(text), kind)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidSettings(
            f"{called}不是 TOML：{_where(error)}", place=place, remedy="请按说明改写。"
        ) from error
    except msgspec.ValidationError as error:
        raise InvalidSettings(
            f"{called}的内容不对：{_what(str(error))}", place=place, remedy=remedy
        ) from error


def _where(error: Exception) -> str:
    """Line and column of what is no TOML, in words."""
    found = _LINE.search(str(error))
    return f"第 {found[1]} 行第 {found[2]} 列写法不对。" if found else "写法不对，或者没有写完。"


def _what(message: str) -> str:
    """What is wrong with the content, in words: the library says it in English."""
    path = re.sub(r"^\$\.?|\[\.\.\.\]", "", found[1]) if (found := _PATH.search(message)) else ""
    at = f"“{path}”" if path else "最外层"
    if field := re.search(r"unknown field `(.+?)`", message):
        return f"{at}没有“{field[1]}”这一项。"
    if field := re.search(r"missing required field `(.+?)`", message):
        return f"{at}缺少“{field[1]}”。"
    if value := re.search(r"Invalid enum value '(.+?)'", message):
        return f"{at}不能写“{value[1]}”。"
    return f"{at}的写法不对。"
