"""From blocks to documents: which kind of document a file holds, and who reads it."""

from __future__ import annotations

from collections.abc import Iterable

from jiheng.budget import (
    BudgetDocument,
    is_blank,
    join_lines,
)
from jiheng.reading.blocks import Block, Cell, Paragraph, Row
from jiheng.reading.coverage import LeftOver, UnreadBlock
from jiheng.reading.layouts import (
    cover,
    disclosure_tables,
    forms,
    prose,
    sections,
)
from jiheng.reading.layouts.claimed import ClaimedTable, claim, opened
from jiheng.reading.layouts.forms import told
from jiheng.reading.layouts.ledger import Element, Ledger, is_contents
from jiheng.reading.layouts.prose import evaluation_report
from jiheng.reading.layouts.provincial import DocumentReader
from jiheng.reading.layouts.readers import READERS, add_claimed
from jiheng.reading.result import ReadingWarning

_Found = tuple[list[BudgetDocument], list[UnreadBlock], list[ReadingWarning]]


def read_documents(blocks: Iterable[Block]) -> _Found:
    """The documents in a file, what was left over, and what may have been misread."""
    waiting = list(blocks)
    elements = claim(waiting, READERS)
    if _has_own_title(elements):
        return _read_chapters(elements)
    if (report := evaluation_report.find_title(elements)) is not None:
        return _read_report(report, claim(waiting, (*READERS, disclosure_tables.OTHERS)))
    if prose.find_title(elements) is not None:
        return _read_prose(claim(waiting, (*READERS, disclosure_tables.OTHERS)))
    lines, cells = _lines_alone(elements)
    if len(lines) == len(elements) and not _has_chapters(elements) and told.is_told(lines):
        return _read_told(elements, lines, cells)
    if not _has_chapters(elements):
        elements = claim(waiting, (*READERS, disclosure_tables.OTHERS))
        if _tells_figures(elements):
            return _read_prose(elements)
    found = _read_chapters(elements)
    lost = _unknown(found[1])
    if lost and _is_disclosure(elements):
        # no title says which kind it is: the reader that understands more of it is right
        other = _read_prose(claim(waiting, (*READERS, disclosure_tables.OTHERS)))
        found = other if 2 * _unknown(other[1]) < lost else found
    return found


def _read_prose(elements: list[Element | ClaimedTable]) -> _Found:
    ledger = Ledger(opened(elements))
    fields = prose.read_prose(elements, ledger)
    add_claimed(fields, elements, ledger)
    return [prose.settle(fields)], ledger.left_over(), ledger.warnings


def _read_report(title: evaluation_report.Title, elements: list[Element | ClaimedTable]) -> _Found:
    ledger = Ledger(opened(elements))
    fields = evaluation_report.read_report(title, elements, ledger)
    add_claimed(fields, elements, ledger)
    return [prose.settle(fields)], ledger.left_over(), ledger.warnings


def _lines_alone(
    elements: list[Element | ClaimedTable],
) -> tuple[list[Paragraph], list[tuple[Cell, Paragraph]]]:
    """The lines of a file without tables; a row of one cell, as a worksheet gives it, is a line as well."""
    lines: list[Paragraph] = []
    cells: list[tuple[Cell, Paragraph]] = []
    for element in elements:
        if isinstance(element, Paragraph):
            lines.append(element)
        elif isinstance(element, Row):
            filled = [cell for cell in element.cells if not is_blank(cell.text)]
            if len(filled) == 1:
                lines.append(Paragraph(join_lines(filled[0].text.split("\n")), filled[0].place))
                cells.append((filled[0], lines[-1]))
    return lines, cells


def _read_told(
    elements: list[Element | ClaimedTable], lines: list[Paragraph], cells: list[tuple[Cell, Paragraph]]
) -> _Found:
    ledger = Ledger(opened(elements))
    ledger.stand_for([cell for cell, _ in cells], [line for _, line in cells])
    return [prose.settle(told.read(lines, ledger))], ledger.left_over(), ledger.warnings


def _read_chapters(elements: list[Element | ClaimedTable]) -> _Found:
    ledger = Ledger(opened(elements))
    documents = [
        document for part in _split(elements) if (document := DocumentReader(part, ledger).read()) is not None
    ]
    if not documents:
        # what was taken on the way is in no document
        return [], Ledger(opened(elements)).left_over(), ledger.warnings
    return documents, ledger.left_over(), ledger.warnings


def _unknown(unread: list[UnreadBlock]) -> int:
    """How many signs nobody understood."""
    return sum(len(block.text) for block in unread if block.kind is LeftOver.UNKNOWN)


def _is_disclosure(elements: list[Element | ClaimedTable]) -> bool:
    """Whether a file without a title holds disclosure tables, or chapters of a disclosure."""
    has_tables = any(
        isinstance(element, ClaimedTable) and element.reader is disclosure_tables for element in elements
    )
    return has_tables or prose.has_chapters(elements)


def _tells_figures(elements: list[Element | ClaimedTable]) -> bool:
    """Whether the lines of a file without goal forms are sentences of a disclosure with their amounts."""
    lines = [element for element in elements if isinstance(element, Paragraph)]
    has_forms = any(isinstance(element, ClaimedTable) and element.reader is forms for element in elements)
    return not has_forms and prose.states_figures(lines)


def _has_own_title(elements: list[Element | ClaimedTable]) -> bool:
    """Whether a title of the Hebei forms stands in the file."""
    return any(
        isinstance(element, Paragraph) and cover.recognise(element) is not None for element in elements
    )


def _has_chapters(elements: list[Element | ClaimedTable]) -> bool:
    """Whether a title or a chapter of the Hebei forms stands in the file, which says what its tables are."""
    return any(
        isinstance(element, Paragraph)
        and (cover.recognise(element) is not None or sections.recognise(element) is not None)
        for element in elements
    )


def _split(elements: list[Element | ClaimedTable]) -> list[list[Element | ClaimedTable]]:
    """The elements of each document: a title after the first chapter begins the next one."""
    parts: list[list[Element | ClaimedTable]] = [[]]
    has_chapters = False
    for element in elements:
        if isinstance(element, Paragraph) and not is_contents(element):
            if has_chapters and cover.recognise(element) is not None:
                parts.append(_take_name(parts[-1], element))
                has_chapters = False
            heading = sections.recognise(element)
            has_chapters = has_chapters or (heading is not None and heading.section is not None)
        parts[-1].append(element)
    return parts


def _take_name(before: list[Element | ClaimedTable], title: Paragraph) -> list[Element | ClaimedTable]:
    """The line above a title without a name belongs to the title's document."""
    found = cover.recognise(title)
    above = before[-1] if before else None
    if found is None or found.name or not isinstance(above, Paragraph):
        return []
    before.pop()
    return [above]
