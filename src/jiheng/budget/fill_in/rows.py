"""The rows of a sheet, as a document has them: what each says in every column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from jiheng.budget.fill_in.cells import labels, shown
from jiheng.budget.fill_in.sheets import LIST, LIST_NAMES, ORDER, PROJECT, Sheet


class Row(NamedTuple):
    """A row: the path of its item, the item as a plain value, and the text of the cell of every column by its key."""

    key: str
    item: Any
    texts: dict[str, str]


def rows_of(document: Mapping[str, Any], sheet: Sheet) -> Iterator[Row]:
    """The rows of ``sheet`` for a plain document, in the order of the document."""
    number = 0
    for name in sheet.lists:
        for path, items, owner in _lists(document, name):
            number = 0 if owner else number  # rows count within their project
            for index, item in enumerate(items):
                number += 1
                texts = {column.key: shown(item, column.key) for column in sheet.columns}
                special = {ORDER: str(number), LIST: LIST_NAMES.get(name, ""), PROJECT: owner}
                texts |= {key: text for key, text in special.items() if key in texts}
                yield Row(f"{path}.{index}", item, texts)


def labels_of(document: Mapping[str, Any]) -> dict[str, str]:
    """How drop-downs name each project, by its path."""
    paths = [f"{name}.{index}" for name in LIST_NAMES for index in range(len(document.get(name) or ()))]
    every = [project for name in LIST_NAMES for project in document.get(name) or ()]
    return dict(zip(paths, labels(every), strict=True))


def _lists(document: Mapping[str, Any], name: str) -> Iterator[tuple[str, list[Any], str]]:
    """Every list that ``name`` means, with its path and the label of the project that owns it."""
    above, star, below = name.partition(".*.")
    if star:
        labels = labels_of(document)
        for index, owner in enumerate(document.get(above) or ()):
            path = f"{above}.{index}"
            yield f"{path}.{below}", owner.get(below) or [], labels[path]
        return
    node: Any = document
    for step in name.split("."):
        node = node.get(step) if isinstance(node, Mapping) else None
    yield name, node or [], ""
