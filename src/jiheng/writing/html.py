"""HTML: pages as one self-contained file that prints well and reads well aloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib import resources

from jiheng.writing.pages import Block, Cell, Contents, Grid, Heading, Leaf, Pages, Text


def render_html(pages: Pages) -> str:
    """The pages as one HTML document, its style inside it; every text is escaped."""
    style = resources.files("jiheng.writing").joinpath("data", "pages.css").read_text(encoding="utf-8")
    body = "\n".join(_sections(pages.blocks))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(pages.title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n{body}\n"
        "</main>\n</body>\n</html>\n"
    )


def _sections(blocks: Sequence[Block]) -> Iterator[str]:
    """The blocks; those on pages that lie on their side stand in a part of their own, which prints so."""
    headings = [block for block in blocks if isinstance(block, Heading) and block.in_contents]
    is_open = False
    for block in blocks:
        if not isinstance(block, Leaf):
            yield from _block(block, headings)
            continue
        if is_open:
            yield "</div>"
        if block.landscape:
            yield '<div class="landscape">'
        is_open = block.landscape
    if is_open:
        yield "</div>"


def _block(block: Block, headings: Sequence[Heading]) -> Iterator[str]:
    match block:
        case Heading():
            level = block.level + 1
            page = ' class="new-page"' if block.new_page else ""
            yield f'<h{level} id="{escape(block.anchor)}"{page}>{escape(block.text)}</h{level}>'
        case Text(style="title"):
            yield f"<h1>{escape(block.text)}</h1>"
        case Text():
            right = f' <span class="right">{escape(block.right)}</span>' if block.right else ""
            for line in block.text.split("\n"):
                yield f'<p class="{block.style}">{escape(line)}{right}</p>'
        case Grid():
            yield from _grid(block)
        case Contents():
            yield from _contents(block, headings)


def _contents(contents: Contents, headings: Sequence[Heading]) -> Iterator[str]:
    """Links to the headings; a screen reader finds them as a landmark."""
    name = escape("".join(contents.title.split()))
    yield f'<nav aria-label="{name}"><ul>'
    for heading in headings:
        yield f'<li class="level{heading.level}"><a href="#{escape(heading.anchor)}">{escape(heading.text)}</a></li>'
    yield "</ul></nav>"


def _grid(grid: Grid) -> Iterator[str]:
    total = sum(grid.widths)
    yield "<table>"
    yield (
        "<colgroup>"
        + "".join(f'<col style="width:{width / total:.1%}">' for width in grid.widths)
        + "</colgroup>"
    )
    for number, row in enumerate(grid.rows):
        if number == 0 and grid.header_rows:
            yield "<thead>"
        if number == grid.header_rows:
            yield "</thead><tbody>" if grid.header_rows else "<tbody>"
        yield f"<tr>{''.join(_cell(cell, number < grid.header_rows) for cell in row.cells)}</tr>"
    yield "</tbody></table>"


def _cell(cell: Cell, is_header: bool) -> str:
    tag = "th" if is_header or cell.style == "label" else "td"
    scope = ' scope="col"' if is_header else ' scope="row"' if tag == "th" else ""
    span = f' colspan="{cell.span}"' if cell.span > 1 else ""
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    pad = f' style="padding-right:calc({cell.pad:g}em + .45rem)"' if cell.pad else ""
    lines = "<br>".join(escape(line) for line in cell.text.split("\n"))
    return f'<{tag} class="{cell.style} {cell.align}"{scope}{span}{rows}{pad}>{lines}</{tag}>'
