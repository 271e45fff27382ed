"""Parts of the XML of a Word file as templates see them: own text, instructions, copies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from lxml import etree

from jiheng.reading.formats.word.names import MC, VAL, WP, W

P, R, T, TBL, TR, TC = (f"{W}{tag}" for tag in ("p", "r", "t", "tbl", "tr", "tc"))
P_LOOK, R_LOOK, BREAK, TAB = f"{W}pPr", f"{W}rPr", f"{W}br", f"{W}tab"
SECTION, BOX = f"{W}sectPr", f"{W}txbxContent"
_ROW_LOOK, _BEFORE = f"{W}trPr", f"{W}gridBefore"
_CELL_LOOK, _SPAN, _MERGED = f"{W}tcPr", f"{W}gridSpan", f"{W}vMerge"
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
# Instructions that stand in the tree between check and filling; no name space, so that none is left behind.
MARK, FIELD, EACH, IF, DONE, APART = (
    f"jiheng-{name}" for name in ("mark", "field", "each", "if", "done", "apart")
)
NUMBER: Final = "number"
MERGE: Final = "jiheng-merge"
TOUCHED: Final = "jiheng-touched"
FORBIDDEN: Final = {
    code: None for code in (*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF) if code not in (0x09, 0x0A)
}
"""What XML cannot hold."""

_GAPS: Final = frozenset(f"{W}{tag}" for tag in ("br", "cr", "tab", "noBreakHyphen", "ptab"))
_CLOSED: Final = frozenset(
    [
        *(
            f"{W}{tag}"
            for tag in ("del", "moveFrom", "drawing", "pict", "object", "pPr", "rPr", "sdtPr", "instrText")
        ),
        f"{MC}AlternateContent",
    ]
)
"""What holds no text of the paragraph that it stands in."""


def pieces(element: etree._Element) -> Iterator[etree._Element]:
    """The texts of a paragraph in order, with breaks and tabs between them; those of text boxes in it are not its own."""
    for child in element:
        if child.tag == T or child.tag in _GAPS:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _CLOSED:
            yield from pieces(child)


def text_of(paragraph: etree._Element) -> str:
    """The text of a paragraph; a break is a line, a tab is one."""
    return "".join(
        (piece.text or "") if piece.tag == T else ("\n" if piece.tag == BREAK else "\t")
        for piece in pieces(paragraph)
    )


def paragraphs(row: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a row, those of tables inside it left out."""
    for cell in cells(row):
        stack = list(cell)
        while stack:
            child = stack.pop(0)
            if child.tag == P:
                yield child
            elif child.tag != TBL and isinstance(child.tag, str):
                stack = [*child, *stack]


def rows_of(table: etree._Element) -> list[etree._Element]:
    """The rows of a table, those of tables inside it left out."""
    return [row for row in table.iter(TR) if next(row.iterancestors(TBL), None) is table]


def boxes_of(paragraph: etree._Element) -> list[etree._Element]:
    """The text boxes in a paragraph, those inside them left out."""
    return [box for box in paragraph.iter(BOX) if next(box.iterancestors(BOX, P), None) is paragraph]


def cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row, also those in content controls."""
    for child in row:
        if child.tag == TC:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from cells(child)


class Placed(NamedTuple):
    """A cell: the grid column in which it begins (from 0), the columns that it covers, its part in a merged one.

    ``merge`` is "restart", "continue" or ``None``.
    """

    column: int
    span: int
    merge: str | None
    cell: etree._Element


def place_cells(row: etree._Element) -> Iterator[Placed]:
    """Every cell of a row with its place."""
    look = next(row.iterchildren(_ROW_LOOK), None)
    before = next(look.iterchildren(_BEFORE), None) if look is not None else None
    column = _number(before)
    for cell in cells(row):
        span, merge = 1, None
        look = next(cell.iterchildren(_CELL_LOOK), None)
        for child in look if look is not None else ():
            if child.tag == _SPAN:
                span = _number(child, 1)
            elif child.tag == _MERGED:
                merge = child.get(VAL, "continue")
        yield Placed(column, span, merge, cell)
        column += span


def set_merge(cell: etree._Element, kind: str | None) -> None:
    """Lets a cell begin or continue a merged one, or (``None``) stand alone."""
    look = cell.find(f"{W}tcPr")
    if look is None:
        look = etree.Element(f"{W}tcPr")
        cell.insert(0, look)
    found = look.find(f"{W}vMerge")
    if kind is None:
        if found is not None:
            look.remove(found)
        return
    if found is None:
        found = etree.Element(f"{W}vMerge")
        before = {f"{W}{tag}" for tag in ("cnfStyle", "tcW", "gridSpan", "hMerge")}
        look.insert(sum(1 for child in look if child.tag in before), found)
    found.attrib.clear()
    if kind == "restart":
        found.set(VAL, kind)


def set_text(element: etree._Element, text: str) -> None:
    """The text of a ``w:t``, its spaces kept."""
    element.text = text
    if text != text.strip():
        element.set(SPACE, "preserve")


def unwrap(node: etree._Element) -> None:
    """Puts the children of ``node`` in its place."""
    for child in list(node):
        node.addprevious(child)
    remove(node)


def remove(node: etree._Element) -> None:
    """Takes ``node`` out of the tree."""
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def renumber(root: etree._Element) -> None:
    """Gives bookmarks and drawings numbers of their own, and keeps the first bookmark of a name."""
    names: set[str] = set()
    open_: dict[str, str | None] = {}
    count = 0
    for mark in list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        old = mark.get(f"{W}id", "")
        if mark.tag == f"{W}bookmarkStart":
            name = mark.get(f"{W}name", "")
            count += 1
            open_[old] = None if name in names else str(count)
            names.add(name)
        number = open_.get(old)
        if number is None:
            remove(mark)
        else:
            mark.set(f"{W}id", number)
    for position, drawing in enumerate(root.iter(f"{WP}docPr"), 1):
        drawing.set("id", str(position))


def strip(root: etree._Element, tags: Iterable[str]) -> None:
    """Takes every element of these names out, text after it kept."""
    etree.strip_elements(root, *tags, with_tail=False)


def _number(found: etree._Element | None, default: int = 0) -> int:
    text = found.get(VAL, "") if found is not None else ""
    return int(text) if text.isdecimal() and len(text) < 4 else default
