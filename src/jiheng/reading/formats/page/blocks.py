"""Pages to blocks: tables and paragraphs in reading order, put together again over page breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

import msgspec

from jiheng.budget import Place
from jiheng.reading.blocks import Block, Blocks, Cell, Paragraph, Row, Table
from jiheng.reading.formats.page import paragraphs, unruled
from jiheng.reading.formats.page.breaking import first_word, width
from jiheng.reading.formats.page.cells import confidence, fill, line_text, lines_of
from jiheng.reading.formats.page.columns import flowing
from jiheng.reading.formats.page.continued import join_tables
from jiheng.reading.formats.page.cut_rows import Rooms
from jiheng.reading.formats.page.grid import Area, Grid, grid_of
from jiheng.reading.formats.page.model import Page, Run
from jiheng.reading.formats.page.paragraphs import BEGINS, Line, Measure, box_on, joined
from jiheng.reading.formats.page.rulings import frames
from jiheng.reading.formats.page.unlined import with_rows
from jiheng.reading.formats.page.watermark import without_watermark

_PADDING: Final = 4.0
"""Points between the text of a cell and its border."""
_ROOM: Final = 1.5
"""So many signs have no room between the margins of a cell and its border."""
_REPEATS: Final = 3
"""A line at the edge of so many pages is a running head."""


class Sheet(msgspec.Struct):
    """What one page holds, in reading order, while pages are put together."""

    page: Page
    tables: list[tuple[Grid, Table]]
    lines: list[Line]
    rooms: Rooms
    content: list[Block] = []


def blocks_of(pages: Iterable[Page]) -> Blocks:
    """The blocks on the pages, every cell and paragraph with its page and rectangle."""
    sheets = [_sheet(page) for page in pages]
    repeated = _repeated(sheets)
    column = None
    for sheet in sheets:
        column = paragraphs.measure(sheet.lines, sheet.page) or column
        sheet.content = _ordered(sheet, column, repeated)
    blocks = _in_one(sheets)
    warnings = tuple(dict.fromkeys(warning for sheet in sheets for warning in sheet.page.warnings))
    turns = {sheet.page.number: sheet.page.turn for sheet in sheets if sheet.page.turn}
    rooms = {key: room for sheet in sheets for key, room in sheet.rooms.items()}
    return Blocks(
        tuple(_numbered(join_tables(blocks, rooms))), warnings=warnings, pages=len(sheets), turns=turns
    )


def _sheet(page: Page) -> Sheet:
    page = without_watermark(page)
    runs = list(enumerate(page.runs))
    tables: list[tuple[Grid, Table]] = []
    rooms: Rooms = {}
    for frame in frames(page.rulings):
        grid = grid_of(frame)
        if grid is None or grid.columns * grid.rows == 1:
            continue
        inside = [
            (order, run) for order, run in runs if grid.contains((run.left + run.right) / 2, run.middle)
        ]
        if not inside or (grid.columns == 1 and grid.rows > 1):
            # one column of boxes is a frame around text
            continue
        grid = with_rows(grid, inside)
        tables.append((grid, _table(grid, inside, page, rooms)))
        taken = {order for order, _ in inside}
        runs = [(order, run) for order, run in runs if order not in taken]
    found, runs = unruled.tables(page, runs)
    tables += [(grid, _table(grid, inside, page, rooms)) for grid, inside in found]
    # what is not needed any more would add up over thousands of pages
    slim = msgspec.structs.replace(page, runs=[], rulings=[])
    return Sheet(slim, tables, paragraphs.lines_on(runs), rooms)


def _table(grid: Grid, runs: list[tuple[int, Run]], page: Page, rooms: Rooms) -> Table:
    content = fill(grid, runs)
    rows: list[list[Cell]] = [[] for _ in range(grid.rows)]
    for index, area in enumerate(grid.areas):
        if area.row + area.rows == grid.rows and index in content:
            left, top, right, bottom = grid.box_of(area)
            last = lines_of(content[index])[-1]
            free = right - left - (last[-1].right - last[0].left)
            key = (page.number, box_on(page, left, top, right, bottom))
            rooms[key] = free / max(1.0, *(run.height for run in last))
    for index, area in enumerate(grid.areas):
        for number in range(area.row, area.row + area.rows):
            inside = content.get(index, []) if area.row == number else []
            rows[number].append(_cell(grid, area, number, inside, page))
    made = [
        Row(tuple(sorted(cells, key=lambda cell: cell.column)), Place(page=page.number, row=number))
        for number, cells in enumerate(rows, 1)
    ]
    box = box_on(page, grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])
    return Table(tuple(made), Place(page=page.number, box=box))


def _cell(grid: Grid, area: Area, number: int, runs: list[tuple[int, Run]], page: Page) -> Cell:
    is_origin = area.row == number
    text = _text(runs, grid.box_of(area))
    place = Place(
        page=page.number,
        row=number + 1,
        column=area.column + 1,
        box=box_on(page, *grid.box_of(area)),
        confidence=confidence(run for _, run in runs),
    )
    return Cell(text, place, area.column, area.columns, area.rows if is_origin else 1)


def _text(runs: list[tuple[int, Run]], box: tuple[float, float, float, float]) -> str:
    """The paragraphs of a cell: a line that reaches the border goes on below it."""
    lines = [(line_text(line), line[-1].right, max(run.height for run in line)) for line in lines_of(runs)]
    texts: list[list[str]] = []
    for index, (text, _, _) in enumerate(lines):
        if not text:
            continue
        before = lines[index - 1] if index else None
        goes_on = (
            bool(texts)
            and before is not None
            and before[1] > box[2] - _PADDING - _room_for(text) * before[2]
            and BEGINS.match(text) is None
        )
        if goes_on:
            texts[-1].append(text)
        else:
            texts.append([text])
    return "\n".join(joined(part) for part in texts)


def _room_for(text: str) -> float:
    """Room at the end of a line, in signs, that is too small for the beginning of ``text``."""
    word = first_word(text)
    return _ROOM if word.isascii() else max(_ROOM, width(word))


def _repeated(sheets: list[Sheet]) -> frozenset[str]:
    """Lines at the head or foot of many pages, whatever page they count."""
    counts = Counter(
        text
        for sheet in sheets
        for text in {
            paragraphs.uncounted(line.text)
            for line in sheet.lines
            if paragraphs.is_at_edge(line, sheet.page, paragraphs.EDGE)
        }
    )
    least = max(_REPEATS, len(sheets) // 3)
    return frozenset(text for text, count in counts.items() if count >= least)


def _ordered(sheet: Sheet, column: Measure | None, repeated: frozenset[str]) -> list[Block]:
    """Tables and paragraphs from top to bottom; furniture first at the head, last at the foot."""
    furniture: list[Line] = []
    lines: list[Line] = []
    for line in sheet.lines:
        (furniture if paragraphs.is_furniture(line, sheet.page, repeated) else lines).append(line)
    edges = sorted((grid.ys[0], index) for index, (grid, _) in enumerate(sheet.tables))
    content: list[Block] = []
    rest = lines
    for top, index in edges:
        above = [line for line in rest if (line.top + line.bottom) / 2 < top]
        rest = [line for line in rest if (line.top + line.bottom) / 2 >= top]
        content += flowing(above, sheet.page, column)
        content.append(sheet.tables[index][1])
    content += flowing(rest, sheet.page, column)
    for line in furniture:
        place = Place(
            page=sheet.page.number, box=box_on(sheet.page, line.left, line.top, line.right, line.bottom)
        )
        content.append(Paragraph(line.text, place, "furniture"))
    for run in sheet.page.aside:
        place = Place(
            page=sheet.page.number, box=box_on(sheet.page, run.left, run.top, run.right, run.bottom)
        )
        content.append(Paragraph(run.text, place, "furniture"))
    return content


def _in_one(sheets: list[Sheet]) -> list[Block]:
    """All pages one after the other; a paragraph that a page break cut is one again."""
    blocks: list[Block] = []
    column: Measure | None = None
    for sheet in sheets:
        column = paragraphs.measure(sheet.lines, sheet.page) or column
        content = list(sheet.content)
        last = next(
            (index for index in range(len(blocks) - 1, -1, -1) if not _is_furniture(blocks[index])), None
        )
        if content and last is not None:
            before, first = blocks[last], content[0]
            if (
                isinstance(before, Paragraph)
                and isinstance(first, Paragraph)
                and paragraphs.continues_over_page(before, first, column, sheet.page)
            ):
                blocks[last] = msgspec.structs.replace(before, text=before.text + first.text)
                content = content[1:]
        blocks += content
    return blocks


def _is_furniture(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style == "furniture"


def _numbered(blocks: list[Block]) -> list[Block]:
    """Tables counted from the top of the file, in the place of every row and cell; paragraphs too."""
    numbered: list[Block] = []
    tables = texts = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            texts += 1
            numbered.append(
                msgspec.structs.replace(block, place=msgspec.structs.replace(block.place, paragraph=texts))
            )
            continue
        tables += 1
        rows = []
        for number, row in enumerate(block.rows, 1):
            cells = tuple(
                msgspec.structs.replace(
                    cell,
                    place=msgspec.structs.replace(
                        cell.place, table=tables, row=number, column=cell.column + 1
                    ),
                )
                for cell in row.cells
            )
            rows.append(Row(cells, msgspec.structs.replace(row.place, table=tables, row=number)))
        numbered.append(Table(tuple(rows), msgspec.structs.replace(block.place, table=tables)))
    return numbered
