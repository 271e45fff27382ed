"""Compound files (OLE), the container of old Office files: one stream out of it. See [MS-CFB]."""

from __future__ import annotations

import struct
from typing import Final

_HEADER: Final = 512
_END: Final = 0xFFFFFFFA
"""Sector numbers from here on mean something else than a sector."""
_ENTRY: Final = 128


def stream(data: bytes, *names: str) -> bytes | None:
    """The first stream of the file that has one of ``names``; ``None`` when there is none, or no way to it."""
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
        self._fat = self._words(b"".join(self._sector(number) for number in self._fat_sectors(difat)))
        self._mini_fat = self._words(self._chain(mini_fat))
        self._directory = self._chain(directory)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _fat_sectors(self, difat: int) -> list[int]:
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        seen = set()
        while difat < _END and difat not in seen:
            seen.add(difat)
            words = self._words(self._sector(difat))
            sectors += words[:-1]
            difat = words[-1]
        return [number for number in sectors if number < _END]

    @staticmethod
    def _words(data: bytes) -> list[int]:
        count = len(data) // 4
        return list(struct.unpack_from(f"<{count}I", data))

    def _chain(self, start: int) -> bytes:
        pieces, seen = [], set()
        while start < _END and start not in seen:
            seen.add(start)
            pieces.append(self._sector(start))
            start = self._fat[start]
        return b"".join(pieces)

    def stream(self, names: tuple[str, ...]) -> bytes | None:
        """The stream called so, whatever its case."""
        wanted = [name.lower() for name in names]
        found: dict[str, tuple[int, int]] = {}
        root = 0
        for offset in range(0, len(self._directory) - _ENTRY + 1, _ENTRY):
            entry = self._directory[offset : offset + _ENTRY]
            length, kind = struct.unpack_from("<HB", entry, 64)
            start, size = struct.unpack_from("<II", entry, 116)
            name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").lower()
            if kind == 5:
                root = start
            elif kind == 2:
                found.setdefault(name, (start, size))
        name = next((name for name in wanted if name in found), "")
        if not name:
            return None
        start, size = found[name]
        return (self._chain(start) if size >= self._cutoff else self._mini_chain(start, root))[:size]

    def _mini_chain(self, start: int, root: int) -> bytes:
        container = self._chain(root)
        pieces, seen = [], set()
        while start < _END and start not in seen:
            seen.add(start)
            pieces.append(container[start * self._mini_size : (start + 1) * self._mini_size])
            start = self._mini_fat[start]
        return b"".join(pieces)
