"""Names of files and of people as they are kept: without signs that nobody sees, and no longer than there is room for."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

from jiheng.errors import InvalidCorrection

_FILE: Final = 200
_PERSON: Final = 40
# control characters, and those that turn the direction of text around and so disguise a suffix
_UNSAFE: Final = re.compile(
    r"[\x00-\x1f\x7f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def safe_name(name: str) -> str:
    """The name of a file without folders, control and direction signs, cut to length; its suffix stays."""
    name = _UNSAFE.sub("", unicodedata.normalize("NFC", name)).replace("\\", "/")
    name = PurePosixPath(name).name.strip()
    if name.strip(".") == "":
        return "未命名文件"
    suffix = PurePosixPath(name).suffix[:10]
    return name if len(name) <= _FILE else name[: _FILE - len(suffix)] + suffix


def safe_path(path: str) -> tuple[str, str]:
    """Folder and name of a file as it lay on the sender's disk; of a deep folder the last parts. Shown, never opened."""
    *folders, name = path.replace("\\", "/").split("/")
    parts = [_UNSAFE.sub("", unicodedata.normalize("NFC", part)).strip() for part in folders]
    folder = "/".join(part for part in parts if part.strip("."))
    return folder[-_FILE:].lstrip("/"), safe_name(name)


def plain_text(text: str, longest: int) -> str:
    """A line of text that somebody typed, without signs that nobody sees, cut to length."""
    return " ".join(_UNSAFE.sub("", text).split())[:longest]


def named(who: str) -> str:
    """The name of a person. Raises ``InvalidCorrection`` when there is none."""
    who = plain_text(who, _PERSON)
    if not who:
        raise InvalidCorrection("请写明姓名。", remedy="更改会留下记录，须写明是谁做的。")
    return who
