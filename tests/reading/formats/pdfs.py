"""PDF files written by hand, so that a test says exactly how a page is painted."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from jiheng.reading.blocks import Block, Paragraph, Table
from jiheng.reading.formats.pdf import read_pdf

Text = TypeVar("Text", str, bytes)
A4 = (595.0, 842.0)
SIZE = 10.0
# A font that every viewer has: what is painted are UTF-16 codes, half-width signs are half as wide.
_SONG = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    "/DW 1000/W[1[" + "500 " * 95 + "]814 939 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6"
    "/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 860/Descent -140/CapHeight 700/StemV 80>>>>]>>"
)  # fmt: skip


class Reference(NamedTuple):
    """An object that ``pdf`` adds to the file; ``{name}`` in page entries becomes its number."""

    name: str
    body: bytes


class Sheet:
    """One page, painted sign by sign: coordinates in points from the top left, ``y`` of the base line."""

    def __init__(self, width: float = A4[0], height: float = A4[1], *, entries: str = "") -> None:
        self.width, self.height, self.entries = width, height, entries
        self.paint: list[str] = []

    def raw(self, operators: str) -> Sheet:
        self.paint.append(operators)
        return self

    def text(
        self, x: float, y: float, words: str, size: float = SIZE, *, turn: str = "1 0 0 1", font: str = "Song",
        mode: int = 0, spacing: float = 0.0,
    ) -> Sheet:  # fmt: skip
        """``words`` as one string. ``turn`` is the matrix of the text, ``mode`` 3 is invisible."""
        code = words.encode("utf-16-be").hex()
        return self.raw(
            f"BT /{font} {size} Tf {mode} Tr {spacing} Tc {turn} {x} {self.height - y} Tm <{code}> Tj ET"
        )

    def line(
        self, x0: float, y0: float, x1: float, y1: float, *, width: float = 0.5, dash: str = "[] 0"
    ) -> Sheet:
        return self.raw(f"q {width} w {dash} d {x0} {self.height - y0} m {x1} {self.height - y1} l S Q")

    def box(self, x: float, y: float, width: float, height: float, *, operator: str = "f") -> Sheet:
        """A rectangle, filled or (operator "S") drawn; ``y`` of its upper edge."""
        return self.raw(f"{x} {self.height - y - height} {width} {height} re {operator}")

    def rule(self, x0: float, y0: float, x1: float, y1: float, kind: str) -> Sheet:
        """A ruled line in one of the ways in which programs draw them."""
        across = abs(y1 - y0) < abs(x1 - x0)
        if kind == "filled":
            return self.box(x0, y0, max(x1 - x0, 0.5), max(y1 - y0, 0.5))
        if kind == "double":
            off = 1.5
            self.line(x0, y0, x1, y1)
            return self.line(x0, y0 + off, x1, y1 + off) if across else self.line(x0 + off, y0, x1 + off, y1)
        if kind == "dashed":
            return self.line(x0, y0, x1, y1, dash="[3 2] 0")
        if kind == "pieces":
            length = abs(x1 - x0) + abs(y1 - y0)
            at = 0.0
            while at < length:
                end = min(at + 2.5, length)
                if across:
                    self.line(x0 + at, y0, x0 + end, y0)
                else:
                    self.line(x0, y0 + at, x0, y0 + end)
                at += 4.5
            return self
        if kind == "picture":
            wide, high = max(x1 - x0, 0.5), max(y1 - y0, 0.5)
            return self.raw(
                f"q {wide} 0 0 {high} {x0} {self.height - y0 - high} cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"
            )
        return self.line(x0, y0, x1, y1)

    def table(
        self, left: float, top: float, widths: Sequence[float], rows: Sequence[Sequence[str]], *,
        height: float = 20.0, kind: str = "stroked", size: float = SIZE, skip: str = "",
    ) -> Sheet:  # fmt: skip
        """A ruled table, a word in each cell; ``skip`` leaves out rules: "left right top bottom inner-rows inner-columns"."""
        xs = [left + sum(widths[:index]) for index in range(len(widths) + 1)]
        ys = [top + height * index for index in range(len(rows) + 1)]
        for index, x in enumerate(xs):
            name = "left" if index == 0 else "right" if index == len(xs) - 1 else "inner-columns"
            if name not in skip.split():
                self.rule(x, ys[0], x, ys[-1], kind)
        for index, y in enumerate(ys):
            name = "top" if index == 0 else "bottom" if index == len(ys) - 1 else "inner-rows"
            if name not in skip.split():
                self.rule(xs[0], y, xs[-1], y, kind)
        for row, words in enumerate(rows):
            for column, word in enumerate(words):
                for number, part in enumerate(word.split("\n")):
                    if part:
                        self.text(xs[column] + 3, ys[row] + 14 + number * size * 1.1, part, size)
        return self


def pdf(
    *sheets: Sheet, fonts: str = "", objects: Sequence[Reference] = (), catalog: str = "",
    key: bytes | None = None, trailer: str = "", compress: bool = False,
) -> bytes:  # fmt: skip
    """The file. ``key`` encrypts every stream (see ``encrypted``)."""
    bodies: list[bytes] = [b"", b"", _SONG.encode()]
    numbers = {}
    for extra in objects:
        bodies.append(_filled(extra.body, numbers))
        numbers[extra.name] = f"{len(bodies)} 0 R"
    pages = []
    for sheet in sheets:
        painted = "\n".join(sheet.paint).encode("latin-1")
        packed = zlib.compress(painted) if compress else painted
        number = len(bodies) + 1
        packed = _rc4(_object_key(key, number), packed) if key else packed
        bodies.append(
            f"<</Length {len(packed)}{'/Filter/FlateDecode' if compress else ''}>>stream\n".encode()
            + packed + b"\nendstream"
        )  # fmt: skip
        entries = _filled(sheet.entries, numbers)
        box = "" if "MediaBox" in entries else f"/MediaBox[0 0 {sheet.width} {sheet.height}]"
        resources = f"/Font<</Song 3 0 R {_filled(fonts, numbers)}>>"
        if "x" in numbers:
            resources += f"/XObject<</X {numbers['x']}>>"
        bodies.append(
            f"<</Type/Page/Parent 2 0 R{box}/Resources<<{resources}>>/Contents {number} 0 R {entries}>>".encode()
        )
        pages.append(f"{len(bodies)} 0 R")
    bodies[0] = f"<</Type/Catalog/Pages 2 0 R{_filled(catalog, numbers)}>>".encode()
    bodies[1] = f"<</Type/Pages/Kids[{' '.join(pages)}]/Count {len(pages)}>>".encode()
    return _file(bodies, _filled(trailer, numbers))


def _filled(text: Text, numbers: dict[str, str]) -> Text:
    for name, number in numbers.items():
        if isinstance(text, bytes):
            text = text.replace(b"{" + name.encode() + b"}", number.encode())
        else:
            text = text.replace("{" + name + "}", number)
    return text


def _file(bodies: Sequence[bytes], trailer: str) -> bytes:
    data = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(data)
    data += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    data += f"trailer<</Size {len(bodies) + 1}/Root 1 0 R{trailer}>>\n".encode()
    data += f"startxref\n{start}\n%%EOF\n".encode()
    return bytes(data)


def stream(dictionary: str, content: bytes) -> bytes:
    """The body of a stream object."""
    return f"<<{dictionary}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream"


_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def encrypted(*sheets: Sheet, user: bytes = b"") -> bytes:
    """The file, encrypted with RC4 of 40 bits as in PDF 1.1; opened without asking when ``user`` is empty."""
    owner = _rc4(hashlib.md5(_padded(b"owner"), usedforsecurity=False).digest()[:5], _padded(user))
    identity = b"0123456789abcdef"
    rights = (-4).to_bytes(4, "little", signed=True)
    key = hashlib.md5(_padded(user) + owner + rights + identity, usedforsecurity=False).digest()[:5]
    check = _rc4(key, _PADDING)
    return pdf(
        *sheets,
        key=key,
        trailer=f"/Encrypt<</Filter/Standard/V 1/R 2/O<{owner.hex()}>/U<{check.hex()}>/P -4>>"
        f"/ID[<{identity.hex()}><{identity.hex()}>]",
    )


def _padded(password: bytes) -> bytes:
    return (password + _PADDING)[:32]


def _object_key(key: bytes, number: int) -> bytes:
    return hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0", usedforsecurity=False).digest()[:10]


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    swap = 0
    for index in range(256):
        swap = (swap + state[index] + key[index % len(key)]) % 256
        state[index], state[swap] = state[swap], state[index]
    index = swap = 0
    out = bytearray()
    for byte in data:
        index = (index + 1) % 256
        swap = (swap + state[index]) % 256
        state[index], state[swap] = state[swap], state[index]
        out.append(byte ^ state[(state[index] + state[swap]) % 256])
    return bytes(out)


def blocks_in(data: bytes) -> tuple[Block, ...]:
    return read_pdf(data, "文件.pdf").blocks


def tables(data: bytes) -> list[list[list[str]]]:
    """The texts of all tables, row by row."""
    return [[row.texts for row in block.rows] for block in blocks_in(data) if isinstance(block, Table)]


def paragraphs(data: bytes) -> list[str]:
    """What stands outside tables and belongs to the content."""
    return [
        block.text for block in blocks_in(data) if isinstance(block, Paragraph) and block.style != "furniture"
    ]


def furniture(data: bytes) -> list[str]:
    """What belongs to the page only."""
    return [
        block.text for block in blocks_in(data) if isinstance(block, Paragraph) and block.style == "furniture"
    ]
