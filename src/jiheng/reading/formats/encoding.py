"""From bytes to text: the encodings that government offices use, tried in the order of their certainty."""

from __future__ import annotations

import codecs
import re
from typing import Final

from jiheng.errors import DamagedFile, UnsupportedFormat

_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_BINARY: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Control characters that no text has; tab, line feed, form feed and carriage return are text."""
_USUAL: Final = re.compile(r"[\t\r\n\f -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
"""Characters that texts of offices are made of."""
_MOSTLY: Final = 0.9
_CHINESE: Final = frozenset({"gbk", "gb2312", "gb18030", "cp936", "hz", "x-gbk", "gb_2312-80"})
_FOLLOWING: Final = re.compile(rb"(?:[\x81-\xfe].){0,20}", re.DOTALL)
"""Characters of two bytes."""
_COMMON: Final = re.compile(rb"([\xb0-\xd7][\xa1-\xfe])|..", re.DOTALL)
"""Pairs of bytes; those of the first kind are the characters in common use."""
_LOST: Final = "\ufffd"
_TOLERATED: Final = 0.01
"""Of the characters beyond ASCII so many may be broken, and the encoding is still beyond doubt."""
_SAMPLE: Final = 64 * 1024


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    Tried in turn: a byte order mark, UTF-16 without a mark, UTF-8, the encoding that the file itself declares, GB18030
    (which contains GBK and GB2312), UTF-8 and GB18030 with a few broken characters, and what charset-normalizer makes of
    the rest. What could not be read is U+FFFD; ``lost_characters`` says so.

    Raises:
        UnsupportedFormat: when the bytes are no text.
        DamagedFile: when no encoding fits.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, name), encoding
    if (wide := _utf16_without_mark(data)) is not None:
        return _strictly(data, wide, name), wide
    for encoding in ("utf-8", *_known(declared), "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # a UTF-8 file with a broken byte is often well-formed GB18030, of characters that nobody writes
        if encoding != "gb18030" or _readable(data, "utf-8") is None:
            return _text(text, name), encoding
    for encoding in ("utf-8", "gb18030"):
        if (found := _readable(data, encoding)) is not None:
            return _text(found, name), encoding
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        _text(data[:_SAMPLE].decode("latin-1"), name)
        raise DamagedFile(
            "无法判断文件的文字编码。", place=name, remedy="请用记事本打开后另存为 UTF-8 编码，再重新上传。"
        )
    return _text(data.decode(best.encoding, errors="replace"), name), best.encoding


def lost_characters(text: str) -> str | None:
    """A warning where characters of ``text`` could not be read."""
    count = text.count(_LOST)
    if not count:
        return None
    line = text.count("\n", 0, text.index(_LOST)) + 1
    return f"有 {count} 个字符无法识别，已用“{_LOST}”代替，第一个在第 {line} 行，请与原件核对。"


def _known(declared: str | None) -> list[str]:
    """The encoding that a file declares, where it adds to what is tried anyway."""
    name = (declared or "").lower()
    try:
        if not name or name in _CHINESE or "utf" in name or not codecs.lookup(name)._is_text_encoding:
            return []
    except LookupError:
        return []
    # every byte is a character in these: they would fit anything
    return (
        [] if name.startswith(("iso-8859", "latin", "windows-125", "cp125", "us-ascii", "ascii")) else [name]
    )


def _readable(data: bytes, encoding: str) -> str | None:
    """The text in ``encoding`` when no more than a few of its characters are broken, and many are not."""
    text = data.decode(encoding, "replace" if encoding == "utf-8" else _IN_STEP)
    lost = text.count(_LOST)
    beyond = len(text) - sum(map(len, re.findall(r"[\x00-\x7f]+", text)))
    return text if beyond and lost <= max(1, (beyond - lost) * _TOLERATED) and lost * 10 < beyond else None


def _in_step(error: UnicodeError) -> tuple[str, int]:
    """Goes on behind a broken byte, or behind the one after it: whichever makes better sense of what follows.

    Characters have two bytes, and nothing in them tells the first from the second.
    """
    if not isinstance(error, UnicodeDecodeError):
        raise error
    places = (error.start + 1, error.start + 2)
    following = [_FOLLOWING.match(error.object, place) for place in places]
    scores = [sum(map(bool, _COMMON.findall(match[0]))) if match else 0 for match in following]
    place = places[scores[1] > scores[0]]
    return _LOST, min(place, len(error.object))


_IN_STEP: Final = "jiheng-in-step"
codecs.register_error(_IN_STEP, _in_step)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return _text(data.decode(encoding), name)
    except UnicodeDecodeError as error:
        raise DamagedFile(
            f"文件开头标明是 {encoding.upper()} 编码，但其中有不合该编码的字节。",
            place=name,
            remedy="文件可能没有传完整，请重新导出或重新上传。",
        ) from error


def _text(text: str, name: str) -> str:
    if _BINARY.search(text[:_SAMPLE]):
        raise UnsupportedFormat(
            "这不是文本文件。", place=name, remedy="请上传 Word、PDF、Excel 或文本格式的原件。"
        )
    return text


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16, when NUL bytes say that a letter, digit or line end has two bytes, and the text then makes sense."""
    sample = data[: _SAMPLE // 2 * 2]
    if len(data) % 2 or b"\x00" not in sample:
        return None
    shares = {encoding: _usual(sample, encoding) for encoding in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] >= _MOSTLY else None


def _usual(sample: bytes, encoding: str) -> float:
    """The share of usual characters among those of the sample."""
    text = sample.decode(encoding, "replace")
    return len(_USUAL.findall(text)) / max(1, len(text))
