"""A claimed table with the lines around it, typed; pieces that page breaks left are one table again."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from jiheng.budget import WAN_YUAN, DisclosureTable, is_blank, normalise, tidy
from jiheng.reading.blocks import Cell, Paragraph, Row, Table
from jiheng.reading.layouts.claimed import ClaimedTable
from jiheng.reading.layouts.disclosure_tables import titles
from jiheng.reading.layouts.disclosure_tables.heads import (
    columns_of,
    head_length,
    is_column_numbers,
    sides_of,
)
from jiheng.reading.layouts.disclosure_tables.rows import RowReader
from jiheng.reading.layouts.ledger import Ledger

_SHORT = 6
"""A cell with no more signs than this is a heading such as 备注, no note."""


def width_of(table: Table) -> int:
    """How many grid columns a table has."""
    return max((cell.column + cell.span for row in table.rows for cell in row.cells), default=0)


def is_continuation(table: Table, above: Table) -> bool:
    """Whether ``table`` has the columns of ``above``, and either its head again or none at all."""
    if width_of(table) != width_of(above):
        return False
    rows = [row for row in table.rows if not row.is_blank]
    first = [row for row in above.rows if not row.is_blank]
    heads = {_words(row) for row in first[: inner_caption(first) + 7]}
    return bool(rows) and bool(first) and (_words(rows[0]) in heads or head_length(rows) == 0)


def _words(row: Row) -> tuple[str, ...]:
    return tuple(text for cell in row.cells if (text := normalise(cell.text)))


def read_tables(claimed: Sequence[ClaimedTable], ledger: Ledger) -> list[DisclosureTable]:
    """The tables in their order."""
    groups: list[list[ClaimedTable]] = []
    for table in [part for whole in claimed for part in _parted(whole)]:
        if groups and not _names_itself(table) and is_continuation(table.table, groups[-1][0].table):
            groups[-1].append(table)
        else:
            groups.append([table])
    found: list[DisclosureTable] = []
    for group in groups:
        found.append(_table(group, ledger, found[-1].unit if found else None))
    return found


def _parted(claimed: ClaimedTable) -> list[ClaimedTable]:
    """The tables in one frame: a worksheet may hold several, one below the other, each with its title."""
    rows = claimed.rows
    starts = [0]
    for index in range(1, len(rows)):
        words = [cell.text for cell in rows[index].cells if not is_blank(cell.text)]
        is_title = len(words) == 1 and titles.is_title(words[0]) and titles.kind_of(words[0]) is not None
        if is_title and index - starts[-1] > inner_caption(rows[starts[-1] :]):
            starts.append(index)
    if len(starts) == 1:
        return [claimed]
    return [
        replace(
            claimed,
            table=Table(tuple(rows[start:end]), rows[start].place if start else claimed.table.place),
            caption=claimed.caption if start == 0 else (),
            notes=claimed.notes if end is None else (),
        )
        for start, end in zip(starts, [*starts[1:], None], strict=True)
    ]


def _names_itself(claimed: ClaimedTable) -> bool:
    texts = [line.text for line in claimed.caption] + [
        cell.text for row in claimed.rows[:3] for cell in row.cells
    ]
    return any(titles.is_title(text) and not text.rstrip("）) ").endswith("续") for text in texts)


def _table(group: list[ClaimedTable], ledger: Ledger, unit_above: str | None) -> DisclosureTable:
    first = group[0]
    inside = inner_caption(first.rows)
    within = [cell.text for row in first.rows[:inside] for cell in row.cells if not is_blank(cell.text)]
    above = [line.text for line in first.caption if not titles.names_sheet(line)]
    if not any(map(titles.is_title, (*above, *within))):
        above = [line.text for line in first.caption]
    caption = titles.read_caption([*above, *within])
    for part in group:
        for line in part.caption:
            _take_caption(line, caption, ledger)
    for row in first.rows[:inside]:
        ledger.furnish("表题、编制单位和计量单位", row)
    rows, remarks = _without_notes(first.rows[inside:])
    length = head_length(rows)
    head, body = rows[:length], rows[length:]
    for part in group[1:]:
        more, after = _without_notes(part.table.rows)
        body += more
        remarks += after
    for row in head:
        ledger.furnish("栏次" if is_column_numbers(row) else "表头", row)
    reader = RowReader(sides_of(columns_of(head, body)), ledger, is_final=caption.is_final)
    reader.read(body, head)
    unit = caption.unit or titles.unit_in_heads(column.label for column in reader.columns)
    if unit is None and reader.columns and caption.kind is not None:
        ledger.warn(
            f"“{caption.title or '表'}”没有写明计量单位，按{unit_above or WAN_YUAN}理解，请核对。",
            first.table.place,
        )
    notes = [line for part in group for line in part.notes if line.style != "furniture"]
    ledger.take(*notes, *remarks)
    return DisclosureTable(
        kind=caption.kind,
        title=caption.title,
        number=caption.number,
        issuer=caption.issuer,
        issuer_code=caption.issuer_code,
        fiscal_year=caption.year or titles.year_in_heads(column.label for column in reader.columns),
        is_final=caption.is_final,
        unit=unit or unit_above or WAN_YUAN,
        columns=reader.columns,
        rows=reader.rows,
        notes=[tidy(text) for text in (*(cell.text for cell in remarks), *(line.text for line in notes))],
        place=first.table.place,
    )


def _without_notes(rows: Sequence[Row]) -> tuple[list[Row], list[Cell]]:
    """The rows of figures, and the notes that stand in the frame below them or instead of them."""
    kept, notes = [], []
    for row in rows:
        words = [cell for cell in row.cells if not is_blank(cell.text)]
        if len(words) == 1 and len(words[0].text) > _SHORT and titles.is_note(words[0].text):
            notes.append(words[0])
        else:
            kept.append(row)
    return kept, notes


def _take_caption(line: Paragraph, caption: titles.Caption, ledger: Ledger) -> None:
    text = "".join(line.text.split())
    if (caption.title and caption.title in text) or (
        caption.issuer and caption.issuer in normalise(line.text)
    ):
        ledger.take(line)
    else:
        ledger.furnish("表题、编制单位和计量单位", line)


def inner_caption(rows: Sequence[Row]) -> int:
    """How many rows at the head of the table are its title and unit, inside the frame."""
    count = 0
    for row in rows[:4]:
        texts = [cell.text for cell in row.cells if not is_blank(cell.text)]
        if texts and len(texts) <= 3 and all(titles.is_caption(text) for text in texts):
            count += 1
        else:
            break
    return count
