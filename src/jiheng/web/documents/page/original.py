"""The file as it was read, to stand beside the reading: its text in blocks, each with an anchor for its place."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

import msgspec

from jiheng.budget import Place
from jiheng.reading.blocks import Block, Paragraph

LONGEST = 20_000
"""Cells and paragraphs of a file that are shown; the rest is in the file itself."""


class OriginalCell(msgspec.Struct, frozen=True, array_like=True):
    """A cell of the original."""

    text: str
    anchor: str
    span: int = 1


class OriginalBlock(msgspec.Struct, frozen=True, omit_defaults=True):
    """A paragraph, or (with ``rows``) a table."""

    text: str = ""
    style: str = ""
    anchor: str = ""
    rows: list[list[OriginalCell]] = []


def anchor_of(place: Place | None) -> str:
    """A name for a place that is the same in the original and in the reading."""
    if place is None:
        return ""
    where = f"{place.member or ''}/{place.sheet or ''}"
    file = zlib.crc32(where.encode()) if len(where) > 1 else 0
    if place.table is not None and place.row is not None:
        return f"o{file}-t{place.table}-{place.row}-{place.column or 0}"
    return f"o{file}-p{place.line or place.paragraph or 0}"


def original_blocks(blocks: Iterable[Block]) -> list[OriginalBlock]:
    """The blocks of a file, ready to be kept and shown."""
    found: list[OriginalBlock] = []
    room = LONGEST
    member = None
    for block in blocks:
        if room <= 0:
            found.append(OriginalBlock("以下从略，请下载原文件查看。", "furniture"))
            break
        if block.place.member != member:
            member = block.place.member
            found.append(OriginalBlock(f"压缩包中的“{member}”", "member"))
        if isinstance(block, Paragraph):
            room -= 1
            found.append(OriginalBlock(block.text, block.style, anchor_of(block.place)))
            continue
        rows: list[list[OriginalCell]] = []
        for row in block.rows:
            if room <= 0:
                break
            room -= len(row.cells)
            rows.append([OriginalCell(cell.text, anchor_of(cell.place), cell.span) for cell in row.cells])
        found.append(OriginalBlock(rows=rows))
        if len(rows) < len(block.rows):
            found.append(OriginalBlock("以下从略，请下载原文件查看。", "furniture"))
            break
    return found
