"""Records of old Excel files (.xls, .et) and the texts in them: [MS-XLS] 2.1.4 and 2.5.293."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator
from typing import Final

_CONTINUE: Final = 0x3C
_BIFF8: Final = 0x600
_WIDE, _ASIAN, _RICH = 0x01, 0x04, 0x08
_UNICODE, _MAC_CHINESE = 1200, 10008
ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
"""What a failed formula shows, by its number."""


class BrokenRecords(ValueError):
    """A record does not hold what its kind promises, or ends too soon."""


class Records:
    """The records of a workbook's stream.

    All that is read of it, by way of any offset, is no more than it holds: worksheets do not overlap.
    """

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._left = len(stream)

    def since(self, offset: int) -> Iterator[tuple[int, list[bytes]]]:
        """Kind and body of every record from ``offset`` on; the bodies of records that continue it follow its own.

        Raises:
            BrokenRecords: the records overlap, or one is cut off.
        """
        stream = self._stream
        end = len(stream) - 4
        while 0 <= offset <= end:
            kind, length = struct.unpack_from("<HH", stream, offset)
            bodies = [self._body(offset, length)]
            offset += 4 + length
            while offset <= end and struct.unpack_from("<H", stream, offset)[0] == _CONTINUE:
                (length,) = struct.unpack_from("<H", stream, offset + 2)
                bodies.append(self._body(offset, length))
                offset += 4 + length
            yield kind, bodies
        raise BrokenRecords  # whoever reads stops at the record that ends a part

    def _body(self, offset: int, length: int) -> bytes:
        body = self._stream[offset + 4 : offset + 4 + length]
        self._left -= length + 4
        if self._left < 0 or len(body) < length:
            raise BrokenRecords
        return body


class Texts:
    """Takes texts out of the bodies of a record, which may part in the middle of one."""

    def __init__(self, bodies: list[bytes], at: int, version: int, encoding: str) -> None:
        self._bodies, self._index, self._at = bodies, 0, at
        self._version, self._encoding = version, encoding

    def next(self, length: int = 2) -> str:
        """The next text; how long it is stands before it in ``length`` bytes.

        Raises:
            BrokenRecords: there is none, or it is cut off.
        """
        count = int.from_bytes(self._raw(length), "little")
        if self._version < _BIFF8:
            return self._raw(count).decode(self._encoding, "replace")
        (flags,) = self._raw(1)
        runs = int.from_bytes(self._raw(2), "little") if flags & _RICH else 0
        asian = int.from_bytes(self._raw(4), "little") if flags & _ASIAN else 0
        text = self._characters(count, flags)
        self._skip(runs * 4 + asian)
        return text

    def continued(self, count: int) -> str:
        """``count`` characters that begin in the next body, as those of notes and boxes do."""
        self._index, self._at = self._index + 1, 0
        if self._index >= len(self._bodies):
            return ""
        (flags,) = self._raw(1)
        return self._characters(count, flags)

    def _body(self) -> bytes:
        if self._index >= len(self._bodies):
            raise BrokenRecords
        return self._bodies[self._index]

    def _characters(self, count: int, flags: int) -> str:
        """Characters; every body that they go on in says anew whether they have one byte or two."""
        pieces = []
        while count > 0:
            if self._at >= len(self._body()):
                self._index, self._at = self._index + 1, 1
                (flags,) = self._body()[:1] or b"\0"
                continue
            width = 2 if flags & _WIDE else 1
            piece = self._body()[self._at : self._at + count * width]
            self._at += len(piece)
            count -= max(1, len(piece) // width)
            # a character outside the basic plane may stand in two bodies: put together before it is decoded
            pieces.append(piece if width == 2 else piece.decode("latin-1").encode("utf-16-le"))
        return b"".join(pieces).decode("utf-16-le", "replace")

    def _raw(self, count: int) -> bytes:
        piece = self._body()[self._at : self._at + count]
        self._at += len(piece)
        while len(piece) < count:
            self._index, self._at = self._index + 1, count - len(piece)
            piece += self._body()[: self._at]
        return piece

    def _skip(self, count: int) -> None:
        while count > 0:
            step = min(count, len(self._body()) - self._at)
            self._at, count = self._at + step, count - step
            if count:
                self._index, self._at = self._index + 1, 0


def encoding_of(code_page: int) -> str:
    """The encoding of texts in files before Excel 97; where it is not known, that of Chinese Windows."""
    if code_page == _UNICODE:
        return "utf-16-le"
    name = f"cp{code_page}"
    try:
        codecs.lookup(name)
    except LookupError:
        return "gb18030"
    return "gb18030" if code_page in (936, _MAC_CHINESE) else name


def unpacked(packed: int) -> float:
    """An RK number: 30 bits of a double or of an integer, perhaps times a hundred."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))
    return value / 100 if packed & 1 else value
