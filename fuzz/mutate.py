"""Ways to break a file. Inside a zip, a part is broken and the zip made whole again, else only unzipping is tried."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from typing import Final

_NUMBERS: Final = (
    b"0",
    b"-1",
    b"1",
    b"65535",
    b"65536",
    b"2147483647",
    b"4294967296",
    b"9" * 30,
    b"1e999",
    b"NaN",
)
_BYTES: Final = (0x00, 0x01, 0x7F, 0x80, 0xFF, 0x0A, 0x20, 0x3C, 0x3E, 0x22, 0x5C)
_SIGNS: Final = tuple(
    sign.encode()
    for sign in (
        "≥",
        "≤",
        "％",
        "\u3000",
        "\u202e",
        "２０２４",
        "—",
        "\n",
        "\t",
        "：",
        "合计",
        "其中",
        "\ufeff",
    )
)
_DIGITS: Final = re.compile(rb"\d+")
_LARGEST: Final = 128 * 1024


def mutated(data: bytes, source: random.Random) -> bytes:
    """``data`` broken in one to eight ways, drawn from ``source``."""
    if data.startswith(b"PK\x03\x04") and source.random() < 0.85:
        inside = _inside_zip(data, source)
        if inside is not None:
            return inside
    return _broken(data, source)


def _broken(data: bytes, source: random.Random) -> bytes:
    content = bytearray(data)
    for _ in range(source.choice((1, 1, 1, 2, 3, 8))):
        source.choice(_WAYS)(content, source)
    return bytes(content[:_LARGEST])


def _inside_zip(data: bytes, source: random.Random) -> bytes | None:
    buffer = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as old,
            zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            names = old.namelist()
            chosen = source.choice(names)
            for name in names:
                content = old.read(name)
                if name != chosen:
                    new.writestr(name, content)
                elif source.random() < 0.95:  # else it is left out
                    new.writestr(name, mutated(content, source))
    except Exception:  # broken already: break it further as it is
        return None
    return buffer.getvalue()


def _set_byte(content: bytearray, source: random.Random) -> None:
    if content:
        content[source.randrange(len(content))] = source.choice((*_BYTES, source.randrange(256)))


def _flip(content: bytearray, source: random.Random) -> None:
    if content:
        content[source.randrange(len(content))] ^= 1 << source.randrange(8)


def _cut_off(content: bytearray, source: random.Random) -> None:
    del content[source.randint(0, len(content)) :]


def _cut_out(content: bytearray, source: random.Random) -> None:
    start = source.randint(0, len(content))
    del content[start : start + source.choice((1, 4, 64, 1024))]


def _repeat(content: bytearray, source: random.Random) -> None:
    start = source.randint(0, len(content))
    piece = content[start : start + source.choice((1, 8, 200, 4000))]
    content[start:start] = piece * source.choice((1, 2, 50, 500))


def _move(content: bytearray, source: random.Random) -> None:
    start, target = source.randint(0, len(content)), source.randint(0, len(content))
    content[target:target] = content[start : start + source.choice((8, 100, 2000))]


def _change_number(content: bytearray, source: random.Random) -> None:
    found = list(_DIGITS.finditer(content, source.randint(0, max(0, len(content) - 1)), len(content)))[:50]
    if found:
        start, end = source.choice(found).span()
        content[start:end] = source.choice(_NUMBERS)


def _insert(content: bytearray, source: random.Random) -> None:
    at = source.randint(0, len(content))
    content[at:at] = source.choice((*_SIGNS, *_NUMBERS, source.randbytes(8)))


def _swap_tags(content: bytearray, source: random.Random) -> None:
    """One tag in the place of another: well-formed files that make no sense."""
    tags = list(re.finditer(rb"<[^<>]{1,200}>", content))
    if len(tags) > 1:
        one, other = sorted(source.sample(tags, 2), key=lambda tag: tag.start())
        content[other.start() : other.end()] = one[0]
        if source.random() < 0.5:
            content[one.start() : one.end()] = other[0]


_WAYS: Final[tuple[Callable[[bytearray, random.Random], None], ...]] = (
    _set_byte, _flip, _cut_off, _cut_out, _repeat, _move, _change_number, _change_number, _insert, _swap_tags, _swap_tags,
)  # fmt: skip
