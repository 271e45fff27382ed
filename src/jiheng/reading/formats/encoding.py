"""From bytes to text: the encodings that government offices use, tried in the order of their certainty."""

from __future__ import annotations

import re

from jiheng.errors import DamagedFile, UnsupportedFormat

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# Control characters that no text has; tab, line feed, form feed and carriage return are text.
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 64 * 1024


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    Tried in turn: a byte order mark, UTF-8, UTF-16 without a mark, GB18030 (which contains GBK and
    GB2312), and what charset-normalizer makes of the rest.

    Raises:
        UnsupportedFormat: when the bytes are no text.
        DamagedFile: when no encoding fits.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, name), encoding
    if (wide := _utf16_without_mark(data)) is not None:
        return _strictly(data, wide, name), wide
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _text(text, name), encoding
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        _text(data[:_SAMPLE].decode("latin-1"), name)
        raise DamagedFile(
            "无法判断文件的文字编码。", place=name, remedy="请用记事本打开后另存为 UTF-8 编码，再重新上传。"
        )
    return _text(data.decode(best.encoding, errors="replace"), name), best.encoding


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
    """UTF-16 when half of the line feeds' neighbours are NUL bytes, which no other encoding of text has."""
    sample = data[:_SAMPLE]
    if len(data) % 2 or b"\x00" not in sample:
        return None
    little, big = sample.count(b"\x0a\x00"), sample.count(b"\x00\x0a")
    if little == big == 0:
        return None
    return "utf-16-le" if little >= big else "utf-16-be"
