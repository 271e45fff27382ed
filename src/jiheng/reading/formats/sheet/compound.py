"""Compound files (OLE), the container of old Office files: one stream out of it. See [MS-CFB]."""

from __future__ import annotations

import struct
import sys
from array import array
from typing import Final

_END: Final = 0xFFFFFFFA
"""Sector numbers from here on mean something else than a sector."""
_ENTRY: Final = 128
_ROOT, _STREAM = 5, 2
_DIFAT: Final = 109


def stream(data: bytes, *names: str) -> bytes | None:
    """The first stream of the file that has one of ``names``; ``None`` when there is none, or it is cut off.

    Every sector is taken once, so that no table of sectors makes more of a file than it holds.
    """
    try:
        return _Compound(data).stream(names)
    except (struct.error, IndexError, ValueError):
        return None


class _Compound:
    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if not 7 <= shift <= 16 or not 4 <= mini_shift <= shift:
            raise ValueError
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        (directory,) = struct.unpack_from("<I", data, 48)
        self._cutoff, mini_fat, _, difat, _ = struct.unpack_from("<5I", data, 56)
        self._fat = _words(b"".join(self._sector(number) for number in self._fat_sectors(difat)))
        self._mini_fat = _words(self._chain(mini_fat))
        self._directory = self._chain(directory)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _fat_sectors(self, difat: int) -> list[int]:
        sectors = dict.fromkeys(struct.unpack_from(f"<{_DIFAT}I", self._data, 76))
        seen = set()
        while difat < _END and difat not in seen:
            seen.add(difat)
            words = _words(self._sector(difat))
            sectors.update(dict.fromkeys(words[:-1]))
            difat = words[-1]
        return [number for number in sectors if number < _END]

    def _chain(self, start: int) -> bytes:
        pieces, seen = [], set()
        while start < _END and start not in seen:
            seen.add(start)
            pieces.append(self._sector(start))
            start = self._fat[start]
        return b"".join(pieces)

    def _mini_chain(self, start: int, root: int) -> bytes:
        container = self._chain(root)
        pieces, seen = [], set()
        while start < _END and start not in seen:
            seen.add(start)
            pieces.append(container[start * self._mini_size : (start + 1) * self._mini_size])
            start = self._mini_fat[start]
        return b"".join(pieces)

    def stream(self, names: tuple[str, ...]) -> bytes | None:
        """The stream called so, whatever its case; one of the root before one of an embedded object."""
        wanted = [name.lower() for name in names]
        found: dict[str, tuple[int, int]] = {}
        top = self._below_root()
        root = 0
        numbers = range(len(self._directory) // _ENTRY)
        for number in sorted(numbers, key=lambda number: number not in top):
            name, kind, start, size = self._entry(number)
            if kind == _ROOT:
                root = start
            elif kind == _STREAM and name in wanted:
                found.setdefault(name, (start, size))
        name = next((name for name in wanted if name in found), "")
        if not name:
            return None
        start, size = found[name]
        content = self._chain(start) if size >= self._cutoff else self._mini_chain(start, root)
        return content[:size] if len(content) >= size else None

    def _entry(self, number: int) -> tuple[str, int, int, int]:
        """Name, kind, first sector and bytes of a directory entry."""
        entry = self._directory[number * _ENTRY : (number + 1) * _ENTRY]
        length, kind = struct.unpack_from("<HB", entry, 64)
        start, size = struct.unpack_from("<II", entry, 116)
        return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").lower(), kind, start, size

    def _below_root(self) -> set[int]:
        """Numbers of the entries that stand in the root: a tree of left and right neighbours under its child."""
        count = len(self._directory) // _ENTRY
        waiting = [struct.unpack_from("<I", self._directory, 76)[0]]
        found: set[int] = set()
        while waiting:
            number = waiting.pop()
            if number < count and number not in found:
                found.add(number)
                waiting += struct.unpack_from("<II", self._directory, number * _ENTRY + 68)
        return found


def _words(data: bytes) -> array[int]:
    """Little-endian numbers of four bytes."""
    words = array("I")
    words.frombytes(data[: len(data) // 4 * 4])
    if sys.byteorder == "big":
        words.byteswap()
    return words
