"""Word files (.docx): pages as OOXML, written directly so that every byte is ours and the same each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib import resources
from xml.sax.saxutils import escape

from jiheng.writing.pages import Block, Body, Cell, Contents, Grid, Heading, Leaf, Pages, Row, Text
from jiheng.writing.pagination import paginate

_STAMP = (2024, 1, 1, 0, 0, 0)
_TWIPS = 56.6929  # to the millimetre
_CELL_SIZE = 210  # of characters in cells, in twips
_STATIC = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "font_table.xml",
    "word/theme/theme1.xml": "theme.xml",
    "word/footer1.xml": "footer_odd.xml",
    "word/footer2.xml": "footer_even.xml",
}
_STYLES = {
    "cover_name": "CoverName", "cover_title": "CoverTitle", "cover_status": "CoverStatus", "cover_body": "CoverBody",
    "title": "DocTitle", "body": "Normal", "flush": "Flush",
    "note": "Note", "units": "Units", "signature": "Signature", "attachment": "Attachment", "number": "LetterNumber",
    "blank": "Flush",
}  # fmt: skip
_CELL_STYLES = {"label": "CellLabel", "group": "CellLabel", "text": "CellText", "figure": "CellText"}
_SHADES = {"group": "F2F2F2", "error": "F8D7DA", "warning": "FFF0C2", "notice": "DCEBFA"}
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATIONS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
# Characters that XML 1.0 cannot hold.
_FORBIDDEN = {code: None for code in (*range(0x20), 0xFFFE, 0xFFFF) if code not in (0x09, 0x0A, 0x0D)}


def render_docx(pages: Pages) -> bytes:
    """The pages as a Word file: the same pages give the same bytes."""
    renderer = _Renderer(pages)
    parts = {name: _resource(file) for name, file in _STATIC.items()}
    parts["docProps/core.xml"] = _core(pages)
    parts["word/document.xml"] = renderer.document()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)
    return buffer.getvalue()


@cache
def _resource(name: str) -> str:
    return resources.files("jiheng.writing").joinpath("data", "docx", name).read_text(encoding="utf-8")


def _core(pages: Pages) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{_text(pages.title)}</dc:title><dc:creator>{_text(pages.author)}</dc:creator>"
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _text(text: str) -> str:
    return escape(text.translate(_FORBIDDEN))


class _Renderer:
    """Turns blocks into the body of ``word/document.xml``."""

    def __init__(self, pages: Pages) -> None:
        has_contents = any(isinstance(block, Contents) for block in pages.blocks)
        # without a table of contents nobody needs to know where pages end: Word does it better
        self._blocks, self._numbers = paginate(pages) if has_contents else (pages.blocks, {})
        self._bookmarks = 0
        self._is_numbered = not any(isinstance(block, Body) for block in self._blocks)
        self._restarts = self._is_numbered
        self._is_landscape = False
        self._has_begun = False

    def document(self) -> str:
        """The whole part."""
        body = "".join(part for block in self._blocks for part in self._block(block))
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            f"<w:document {_NAMESPACE} {_RELATIONS}><w:body>{body}{self._section()}</w:body></w:document>"
        )

    def _section(self) -> str:
        """What ends the section that is being written; the next one goes on counting."""
        ended = _section(numbered=self._is_numbered, restarts=self._restarts, landscape=self._is_landscape)
        self._restarts = False
        return ended

    def _turn(self) -> Iterator[str]:
        """The end of a section; nothing where nothing stands before it: that would be an empty page."""
        if self._has_begun:
            yield f'<w:p><w:pPr><w:pStyle w:val="Gap"/>{self._section()}</w:pPr></w:p>'
            self._has_begun = False

    def _block(self, block: Block) -> Iterator[str]:
        if isinstance(block, Body | Leaf):
            yield from self._turn()
            if isinstance(block, Leaf):
                self._is_landscape = block.landscape
            else:
                self._is_numbered = self._restarts = True
            return
        self._has_begun = True
        match block:
            case Heading():
                yield self._heading(block)
            case Text():
                yield from self._paragraphs(block)
            case Grid():
                yield from self._grid(block)
            case Contents():
                yield from self._contents(block)

    def _heading(self, heading: Heading) -> str:
        self._bookmarks += 1
        number = self._bookmarks
        page = "<w:pageBreakBefore/>" if heading.new_page else ""
        return (
            f'<w:p><w:pPr><w:pStyle w:val="Heading{heading.level + 1}"/>{page}</w:pPr>'
            f'<w:bookmarkStart w:id="{number}" w:name="_{heading.anchor}"/>{_run(heading.text)}'
            f'<w:bookmarkEnd w:id="{number}"/></w:p>'
        )

    def _paragraphs(self, text: Text) -> Iterator[str]:
        style = _STYLES[text.style]
        keep = "<w:keepNext/>" if text.keep else ""
        if text.right:
            # the styles end their lines where a standing page does
            tabs = _LYING_TABS if self._is_landscape else ""
            yield f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{tabs}</w:pPr>{_run(text.text)}<w:r><w:tab/></w:r>{_run(text.right)}</w:p>'
            return
        for line in text.text.split("\n"):
            yield f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>{_run(line)}</w:p>'

    def _contents(self, contents: Contents) -> Iterator[str]:
        """A field that Word can renew, holding the entries with their page numbers."""
        yield f'<w:p><w:pPr><w:pStyle w:val="ContentsTitle"/><w:pageBreakBefore/></w:pPr>{_run(contents.title)}</w:p>'
        headings = [block for block in self._blocks if isinstance(block, Heading) and block.in_contents]
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
            ' TOC \\o "1-3" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        for position, heading in enumerate(headings):
            page = self._numbers[heading.anchor]
            reference = (
                '<w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
                f'<w:r><w:instrText xml:space="preserve"> PAGEREF _{heading.anchor} \\h </w:instrText></w:r>'
                f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{_run(str(page))}'
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            )
            yield (
                f'<w:p><w:pPr><w:pStyle w:val="TOC{heading.level + 1}"/></w:pPr>{begin if position == 0 else ""}'
                f'<w:hyperlink w:anchor="_{heading.anchor}" w:history="1">{_run(heading.text)}{reference}</w:hyperlink></w:p>'
            )
        if headings:
            yield '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'

    def _grid(self, grid: Grid) -> Iterator[str]:
        if grid.joined or grid.new_page:
            page = "<w:pageBreakBefore/>" if grid.new_page else ""
            yield f'<w:p><w:pPr><w:pStyle w:val="Gap"/><w:keepNext/>{page}</w:pPr></w:p>'
        widths = [round(width * _TWIPS) for width in grid.widths]
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        rows = "".join(_rows(grid, widths))
        yield (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="Ruled"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
        )


def _run(text: str) -> str:
    if not text:
        return ""
    return f'<w:r><w:t xml:space="preserve">{_text(text)}</w:t></w:r>'


def _rows(grid: Grid, widths: list[int]) -> Iterator[str]:
    """The rows; a cell over several rows is continued in each by an empty cell, as OOXML wants it."""
    open_cells: dict[int, tuple[Cell, int]] = {}
    """Column -> a cell from above that goes on, and for how many more rows."""
    for number, row in enumerate(grid.rows):
        header = "<w:tblHeader/>" if number < grid.header_rows else ""
        cells = "".join(_cells(row, widths, open_cells))
        yield f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{cells}</w:tr>"


def _cells(row: Row, widths: list[int], open_cells: dict[int, tuple[Cell, int]]) -> Iterator[str]:
    waiting = iter(row.cells)
    column = 0
    while column < len(widths):
        if column in open_cells:
            cell, left = open_cells.pop(column)
            if left > 1:
                open_cells[column] = (cell, left - 1)
            yield _cell(cell, widths[column : column + cell.span], merge="")
            column += cell.span
            continue
        fresh = next(waiting, None)
        if fresh is None:
            fresh = Cell("", len(widths) - column)
        if fresh.rows > 1:
            open_cells[column] = (fresh, fresh.rows - 1)
        yield _cell(fresh, widths[column : column + fresh.span], merge="restart" if fresh.rows > 1 else None)
        column += fresh.span


def _cell(cell: Cell, widths: list[int], merge: str | None) -> str:
    """One ``w:tc``; ``merge`` is "restart" or, for a continuation, ""."""
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    joined = "" if merge is None else '<w:vMerge w:val="restart"/>' if merge else "<w:vMerge/>"
    shade = (
        f'<w:shd w:val="clear" w:color="auto" w:fill="{_SHADES[cell.style]}"/>'
        if cell.style in _SHADES
        else ""
    )
    style = _CELL_STYLES.get(cell.style, "CellText")
    is_group = cell.style == "group"
    align = f'<w:jc w:val="{cell.align}"/>' if cell.align != "left" or is_group else ""
    pad = f'<w:ind w:right="{round(cell.pad * _CELL_SIZE)}"/>' if cell.pad else ""
    keep = "<w:keepNext/>" if is_group else ""
    lines = cell.text.split("\n") if merge != "" else [""]
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{pad}{align}</w:pPr>{_run(line)}</w:p>'
        for line in lines
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{sum(widths)}" w:type="dxa"/>{span}{joined}{shade}'
        f'<w:vAlign w:val="center"/></w:tcPr>{paragraphs}</w:tc>'
    )


def _section(*, numbered: bool, restarts: bool, landscape: bool) -> str:
    """Page size and margins of GB/T 9704-2012, turned with the page when it lies."""
    footers = (
        '<w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'
        if numbered
        else ""
    )
    start = '<w:pgNumType w:start="1"/>' if numbered and restarts else ""
    return (
        f'<w:sectPr>{footers}<w:type w:val="nextPage"/>{_LYING if landscape else _STANDING}{start}</w:sectPr>'
    )


_LYING_TABS = (
    '<w:tabs><w:tab w:val="clear" w:pos="8844"/><w:tab w:val="clear" w:pos="8204"/>'
    '<w:tab w:val="right" w:pos="12756"/></w:tabs>'
)
_STANDING = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="851" w:footer="1304" w:gutter="0"/>'
)
_LYING = (
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1588" w:right="2098" w:bottom="1474" w:left="1985" w:header="851" w:footer="794" w:gutter="0"/>'
)
