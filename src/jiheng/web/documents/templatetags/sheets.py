"""Tables and paragraphs of a document as HTML, their cells marked with findings.

In Python rather than in a template because a large document has thousands of cells; every text is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from jiheng.web.documents.page.build import Counts, Marks
from jiheng.web.documents.page.cells import Cell, Paragraph, Row, Section, Table
from jiheng.web.documents.page.findings import Shown, cell_id

register = template.Library()
_LONG = 300


@register.simple_tag
def table(found: Table, marks: Marks) -> SafeString:
    """A table, with its caption for those who do not see it."""
    parts = [
        f'<table class="form t-{escape(found.style)}"><caption class="unseen">{escape(found.caption)}</caption>',
        "<colgroup>" + "<col>" * sum(cell.columns for cell in next(found.rows).cells) + "</colgroup>",
    ]
    if found.head:
        parts += ["<thead>", *(_row(row, marks) for row in found.head), "</thead>"]
    parts += ["<tbody>", *(_row(row, marks) for row in found.body), "</tbody></table>"]
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above


@register.simple_tag
def paragraph(found: Paragraph, marks: Marks) -> SafeString:
    """A paragraph of the document."""
    attributes, after = _marking(Cell(paths=(found.path,), style=found.style, hint=found.hint), marks)
    return mark_safe(f"<p{attributes}>{_text(found.text)}{after}</p>")  # noqa: S308 - escaped


@register.simple_tag
def phrase(found: Paragraph, marks: Marks) -> SafeString:
    """A few words of the document within a line of ours."""
    attributes, after = _marking(Cell(paths=(found.path,), style=found.style, hint=found.hint), marks)
    return mark_safe(f"<span{attributes}>{_text(found.text)}{after}</span>")  # noqa: S308 - escaped


@register.simple_tag
def heading_marks(section: Section, marks: Marks) -> SafeString:
    """The marks of findings about a section as a whole."""
    return mark_safe("".join(_mark(entry) for entry in marks.findings.get(section.key, [])))  # noqa: S308 - escaped


@register.simple_tag
def severity_icon(severity: str) -> SafeString:
    """The sign of a severity, for the eye only: the word stands beside it."""
    return mark_safe(f'<svg class="icon" aria-hidden="true"><use href="#i-{escape(severity)}"/></svg>')  # noqa: S308


@register.simple_tag
def count_badges(counts: Counts) -> SafeString:
    """How many findings of each severity, those that there are."""
    parts = [
        f'<span class="count is-{severity.value}">{severity_icon(severity.value)}'
        f'<span class="unseen">{severity.label}</span>{count}</span>'
        for severity, count in counts
        if count
    ]
    return mark_safe("".join(parts))  # noqa: S308 - numbers and our own words


def _row(row: Row, marks: Marks) -> str:
    """A row; what is found about the row as a whole is marked in the first cell of its own."""
    found = marks.findings.get(row.path, []) if row.path else []
    identity = f' id="{cell_id(marks.document, row.path)}"' if found or row.path in marks.related else ""
    cells = _cells(row.cells, marks, found)
    return f"<tr{identity}>{''.join(cells)}</tr>"


def _cells(cells: tuple[Cell, ...], marks: Marks, of_row: list[Shown]) -> Iterator[str]:
    named = next((cell for cell in cells if cell.paths and cell.rows == 1), cells[0])
    for cell in cells:
        attributes, after = _marking(cell, marks, of_row if cell is named else ())
        tag = "td"
        if cell.scope:
            tag = "th"
            attributes += f' scope="{cell.scope}"'
        if cell.columns > 1:
            attributes += f' colspan="{cell.columns}"'
        if cell.rows > 1:
            attributes += f' rowspan="{cell.rows}"'
        yield f"<{tag}{attributes}>{_text(cell.text)}{after}</{tag}>"


def _marking(cell: Cell, marks: Marks, of_row: Sequence[Shown] = ()) -> tuple[str, str]:
    """The attributes of the element that shows ``cell``, and the marks to stand in it.

    Args:
        of_row: findings about the whole row, which are marked in the first cell that is the row's own.
    """
    path = cell.paths[0] if cell.paths else ""
    own = marks.findings.get(path, []) if path else []
    found = [*own, *of_row]
    visible = [entry for entry in found if not entry.is_hidden]
    classes = f"{cell.style} marked is-{_worst(visible)}" if visible else cell.style
    attributes = ""
    check = ""
    if marks.unsure and (unsure := next((path for path in cell.paths if path in marks.unsure), "")):
        classes += " unsure"
        check = f' <a class="check" href="{escape(marks.compare)}#v:{marks.document}.{escape(unsure)}">识别把握不大，核对</a>'
    if own or path in marks.related:
        attributes += f' id="{escape(cell_id(marks.document, path))}"'
    if classes.strip():
        attributes += f' class="{escape(classes.strip())}"'
    if cell.hint:
        attributes += f' title="{escape(cell.hint)}"'
    return attributes, check + "".join(_mark(entry) for entry in found)


def _worst(found: Sequence[Shown]) -> str:
    return min(found, key=lambda entry: entry.finding.severity.rank).severity


def _mark(entry: Shown) -> str:
    """The link from a cell to the note about it: sign, word and number."""
    finding = entry.finding
    hidden = " hidden" if entry.is_hidden else ""
    return (
        f' <a class="mark is-{entry.severity}" href="#f{entry.number}" data-f="{entry.number}"'
        f' data-family="{escape(entry.family)}" title="{escape(finding.message[:_LONG])}"{hidden}>'
        f"{severity_icon(entry.severity)}{finding.severity.label}&#8201;{entry.number}</a>"
    )


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")
