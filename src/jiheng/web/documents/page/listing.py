"""Tables made from the fields of items: only what is there gets a column or a row."""

from __future__ import annotations

from collections.abc import Sequence

from jiheng.budget import IndicatorValue, Item, Node
from jiheng.web.documents.page.cells import Cell, Row, Table, header, where

Fields = Sequence[tuple[str, str]]
_TERMS = {"whole": "中长期（全项目）", "annual": "年度"}


def texts(node: Node, path: str, field: str, label: str) -> Table:
    """The texts of a list one below the other, ``label`` beside them."""
    found = getattr(node, field)
    rows = tuple(
        Row(
            (
                *(
                    (
                        header(
                            label, "rowgroup" if len(found) > 1 else "row", f"{path}.{field}", rows=len(found)
                        ),
                    )
                    if index == 0
                    else ()
                ),
                Cell(
                    text,
                    (f"{path}.{field}.{index}",),
                    style="prose",
                    hint=where(node.place_of(f"{field}.{index}")),
                ),
            )
        )
        for index, text in enumerate(found)
    )
    return Table(label, "goals", (), rows)


def pairs(node: Node, path: str, caption: str, fields: Fields) -> Table | None:
    """Labels and values two by two; ``None`` when nothing is there."""
    cells = [
        (label, name, getattr(node, name)) for name, label in fields if getattr(node, name) not in (None, "")
    ]
    rows = [
        Row(
            tuple(
                cell
                for label, name, text in cells[start : start + 2]
                for cell in (
                    header(label, "row"),
                    Cell(str(text), (f"{path}.{name}",), hint=where(node.place_of(name))),
                )
            )
        )
        for start in range(0, len(cells), 2)
    ]
    return Table(caption, "identity", (), tuple(rows)) if rows else None


def rows_of(
    items: Sequence[Item], path: str, caption: str, fields: Fields, scopes: dict[str, str] | None = None
) -> Table:
    """A row an item, only the columns that something stands in."""
    shown = [
        (name, label)
        for name, label in fields
        if any(getattr(item, name) not in (None, "", [], {}) for item in items)
    ]
    body = []
    for index, item in enumerate(items):
        cells = []
        for name, _ in shown:
            text = _text_of(item, name)
            if scopes and name == "label" and (scope := scopes.get(getattr(item, "scope", ""), "")):
                text = f"{text}（{scope}）"
            cells.append(Cell(text or "", (f"{path}.{index}.{name}",), hint=where(item.place_of(name))))
        body.append(Row(tuple(cells), f"{path}.{index}"))
    return Table(caption, "report", (Row(tuple(header(label) for _, label in shown)),), tuple(body))


def _text_of(item: Item, name: str) -> str:
    value = getattr(item, name)
    if isinstance(value, IndicatorValue):
        return value.text
    if name == "term":
        return _TERMS.get(value or "", value or "")
    if isinstance(value, dict):
        return "；".join(f"{heading}：{text}" for heading, text in value.items())
    text = str(value) if value is not None else ""
    return f"★{text}" if name == "level3" and getattr(item, "is_core", False) else text
