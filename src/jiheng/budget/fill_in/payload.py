"""What a fill-in workbook carries out of sight: for whom it is, and the document that it was made from.

With the base at hand a value that nobody touched is known as such, and what others changed meanwhile can be merged.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from jiheng.budget.document import BudgetDocument
from jiheng.errors import InvalidDocument

MARK: Final = "jiheng-fill-in/1"
"""First cell of the hidden sheet: which version of the workbook it is."""
_PIECE: Final = 30_000
"""Characters of a cell."""
_MOST: Final = 50 * 1024 * 1024
"""Bytes of the base when unpacked."""


class FillIn(msgspec.Struct, frozen=True, kw_only=True):
    """For whom a workbook is and what it was made from.

    Attributes:
        year: the cycle.
        department: its name; ``unit``: of the one unit that it is for, ``None`` for the whole department.
        sheets: titles of the sheets that it has; what belongs to others is kept from the base.
        document: the base.
    """

    schema: str = MARK
    year: int | None = None
    department: str | None = None
    unit: str | None = None
    sheets: list[str] = []
    document: BudgetDocument


def pack(fill_in: FillIn) -> list[str]:
    """The cells below the mark: a digest, then pieces of text that no program changes in saving."""
    plain = _without_places(msgspec.to_builtins(fill_in))
    packed = base64.b64encode(zlib.compress(msgspec.json.encode(plain), 9)).decode()
    pieces = [packed[start : start + _PIECE] for start in range(0, len(packed), _PIECE)]
    return [hashlib.sha256(packed.encode()).hexdigest(), *pieces]


def unpack(cells: Sequence[str]) -> FillIn:
    """What ``pack`` made of it.

    Raises:
        InvalidDocument: it is not whole, was changed, or is larger than it should be.
    """
    if not cells:
        raise _broken()
    packed = "".join(cells[1:])
    if hashlib.sha256(packed.encode()).hexdigest() != cells[0]:
        raise _broken()
    try:
        opened = zlib.decompressobj()
        data = opened.decompress(base64.b64decode(packed, validate=True), _MOST)
        if not opened.eof:
            raise _broken()
        return msgspec.json.decode(data, type=FillIn)
    except (binascii.Error, zlib.error, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _broken() from error


def _broken() -> InvalidDocument:
    return InvalidDocument(
        "填报表中隐藏的数据页不完整或被改动。",
        remedy="请用最初下发的填报表重新填写，或把内容复制到新下发的填报表中。",
    )


def _without_places(value: Any) -> Any:
    """``value`` without where it was once read: that was another file."""
    if isinstance(value, dict):
        return {key: _without_places(one) for key, one in value.items() if key not in ("place", "cells")}
    return [_without_places(one) for one in value] if isinstance(value, list) else value
