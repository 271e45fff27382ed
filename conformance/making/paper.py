"""A document in the making: its blocks, and the record that must be read from them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec

from benchmarks.accuracy.fields import by_column, compare
from jiheng.budget import BudgetDocument, Place, follow, place_at
from jiheng.reading.blocks import Block, Cell, Paragraph, Row, Table
from jiheng.reading.layouts.document import read_documents

_ASIDE = frozenset({"cells", "place", "schema", "remarks"})
_DEFAULTS = {"is_core": False, "scope": "year"}


class Wrong(NamedTuple):
    """What a program must find: a kind of error, where it may be named, and its figures where it has any."""

    kind: str
    severity: str
    paths: tuple[str, ...]
    stated: str | None = None
    computed: str | None = None
    unit: str | None = None
    document: int | None = 0
    """Which of the file's documents; ``None`` where it may be named in any."""

    def as_json(self) -> dict[str, Any]:
        """As it stands in the file of expected findings; what is absent is left out."""
        found = {
            "document": self.document, "kind": self.kind, "severity": self.severity, "paths": list(self.paths),
            "stated": self.stated, "computed": self.computed, "unit": self.unit,
        }  # fmt: skip
        return {key: value for key, value in found.items() if value is not None}


class Paper(NamedTuple):
    """A document of the suite.

    Attributes:
        layout: which printed form it is, for the table of scores.
        record: what must be read, in the exchange format; what it leaves out is not judged.
        findings: ``None`` where the figures were drawn by chance and nothing is said about errors.
    """

    name: str
    layout: str
    blocks: list[Block]
    record: list[dict[str, Any]]
    findings: tuple[Wrong, ...] | None = ()
    has_text: bool = True
    """Whether a text file can tell the layout."""
    previous: str = ""
    """Name of the earlier paper that it is held against."""


def numbered(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with places, by which the values of a record are found again."""
    found: list[Block] = []
    tables = 0
    for index, block in enumerate(blocks, 1):
        if isinstance(block, Paragraph):
            found.append(Paragraph(block.text, Place(paragraph=index)))
            continue
        tables += 1
        rows = []
        for number, row in enumerate(block.rows, 1):
            place = Place(table=tables, row=number)
            cells = (
                Cell(
                    cell.text, Place(table=tables, row=number, column=cell.column + 1),
                    cell.column, cell.span, cell.rows,
                )
                for cell in row.cells
            )  # fmt: skip
            rows.append(Row(tuple(cells), place))
        found.append(Table(tuple(rows), Place(table=tables)))
    return found


def documents_of(blocks: Sequence[Block]) -> list[BudgetDocument]:
    """What stands in the blocks."""
    return read_documents(list(blocks))[0]


def paper(name: str, layout: str, blocks: Sequence[Block], truth: list[dict[str, Any]], **more: Any) -> Paper:
    """A clean document whose content is known to be ``truth`` (tables by column, as the generators give them).

    The record is ``truth`` in the exchange format: columns and the order of figures are those of the grid.

    Raises:
        ValueError: when the grid does not hold what ``truth`` says.
    """
    placed = numbered(blocks)
    read = msgspec.to_builtins(documents_of(placed))
    found = compare(truth, by_column(msgspec.to_builtins(documents_of(placed))))
    if found.misses:
        raise ValueError(f"{name}: {found.misses[:3]}")
    return Paper(name, layout, placed, _only(read, truth), **more)


def whole_record(documents: Sequence[BudgetDocument]) -> list[dict[str, Any]]:
    """All that was read, as it is kept."""
    kept: list[dict[str, Any]] = whole(msgspec.to_builtins(list(documents)))
    return kept


def whole(read: Any) -> Any:
    """A record as it is kept: without places, without what is absent."""
    if isinstance(read, dict):
        return _present(
            {
                key: whole_row(value) if key in ("columns", "values") else whole(value)
                for key, value in read.items()
                if key not in _ASIDE
            }
        )
    return [whole(item) for item in read] if isinstance(read, list) else read


def _present(record: dict[str, Any]) -> dict[str, Any]:
    """Without what is absent, and without what the format takes for granted."""
    return {
        key: value
        for key, value in record.items()
        if value not in (None, "", [], {}) and _DEFAULTS.get(key, ...) != value
    }


def _only(read: Any, truth: Any) -> Any:
    """What ``truth`` speaks of, as it stands in ``read``."""
    if read is None:
        return None
    if isinstance(truth, dict):
        if "figures" in truth:
            truth = {**truth, "values": truth["figures"]}
        if "rows" in truth:
            truth = {**truth, "columns": True}
        kept = {
            key: whole_row(read[key]) if key in ("columns", "values") else _only(read[key], value)
            for key, value in truth.items()
            if key in read and key not in _ASIDE
        }
        return _present(kept)
    if isinstance(truth, list):
        return [_only(item, one) for item, one in zip(read, truth, strict=False)]
    return whole(read)


def whole_row(read: list[Any]) -> list[Any]:
    """Columns and figures keep what is absent, for their order counts."""
    return [dict(item) if isinstance(item, dict) else item for item in read]


class Pen:
    """Writes one error into a copy of a paper and says what was changed."""

    def __init__(self, clean: Paper, part: int = 0) -> None:
        """``part``: which document of the file is written in."""
        self.blocks = list(clean.blocks)
        self.part = part
        self.changed: list[str] = []
        self._clean = clean

    def document(self) -> BudgetDocument:
        """What stands there now."""
        return documents_of(self.blocks)[self.part]

    def value(self, path: str) -> str:
        """The text of a value."""
        found = follow(self.document(), path)
        last = found[-1]
        return str(getattr(last, "text", last))

    def put(self, path: str, text: str, *also: str) -> None:
        """The value at ``path`` becomes ``text``, in its cell or in its sentence; so do ``also``, equal values beside it."""
        document = self.document()
        place, before = place_at(document, path), self.value(path)
        assert place is not None, path
        self._edit(place, before, text, 1 + len(also))
        self.changed += [path, *also]

    def _edit(self, place: Place, before: str, after: str, times: int) -> None:
        """A figure is replaced in its sentence or its cell, whatever stands around it."""
        loose = re.compile(r"(?<![\d.])" + re.escape(before) + r"(?![\d.])")

        def changed(text: str) -> str:
            plain = re.sub(r"(?<=\d),(?=\d{3})", "", text)
            assert len(loose.findall(plain)) == times, (before, text)
            return loose.sub(lambda _: after, plain)

        spot = (place.table, place.row, place.column)
        if place.table is not None and not any(
            cell.text for cell in self._cells() if _spot(cell.place) == spot
        ):
            # a value without a place of its own stands alone in a cell
            (spot,) = {_spot(cell.place) for cell in self._cells() if cell.text == before}
        self._change(
            lambda found: found.paragraph == place.paragraph if place.table is None else _spot(found) == spot,
            changed,
        )

    def reword(self, before: str, after: str, *paths: str) -> None:
        """A piece of text that stands in one place only becomes another; ``paths`` are the values that change by it."""
        texts = [*self._texts()]
        assert sum(text.count(before) for text in texts) == 1, (
            before,
            sum(text.count(before) for text in texts),
        )
        self._change(lambda _: True, lambda text: text.replace(before, after), lambda text: before in text)
        self.changed += paths

    def cell(self, near: str, before: str, after: str, *paths: str) -> None:
        """In the one row that has a cell ``near``, the cell ``before`` becomes ``after``."""
        done = 0
        for at, block in enumerate(self.blocks):
            if not isinstance(block, Table):
                continue
            rows = []
            for row in block.rows:
                texts = [one.text for one in row.cells]
                if near in texts and before in texts and not done:
                    index, done = texts.index(before), done + 1
                    cells = list(row.cells)
                    old = cells[index]
                    cells[index] = Cell(after, old.place, old.column, old.span, old.rows)
                    rows.append(Row(tuple(cells), row.place))
                else:
                    rows.append(row)
            self.blocks[at] = Table(tuple(rows), block.place)
        assert done, (near, before)
        self.changed += paths

    def drop(self, *starts: str) -> None:
        """Paragraphs that begin so are left out."""
        kept = [
            block
            for block in self.blocks
            if not (isinstance(block, Paragraph) and block.text.startswith(starts))
        ]
        assert len(kept) < len(self.blocks), starts
        self.blocks = kept

    def _cells(self) -> list[Cell]:
        return [
            cell
            for block in self.blocks
            if isinstance(block, Table)
            for row in block.rows
            for cell in row.cells
        ]

    def _texts(self) -> list[str]:
        found = []
        for block in self.blocks:
            if isinstance(block, Paragraph):
                found.append(block.text)
            else:
                found += [cell.text for row in block.rows for cell in row.cells]
        return found

    def _change(
        self,
        fits: Callable[[Place], bool],
        changed: Callable[[str], str],
        has: Callable[[str], bool] = lambda _: True,
    ) -> None:
        for at, block in enumerate(self.blocks):
            if isinstance(block, Paragraph):
                if fits(block.place) and has(block.text):
                    self.blocks[at] = Paragraph(changed(block.text), block.place)
                continue
            rows = []
            for row in block.rows:
                cells = (
                    Cell(changed(cell.text), cell.place, cell.column, cell.span, cell.rows)
                    if fits(cell.place) and has(cell.text) and cell.place.paragraph is None
                    else cell
                    for cell in row.cells
                )
                rows.append(Row(tuple(cells), row.place))
            self.blocks[at] = Table(tuple(rows), block.place)

    def paper(self, name: str, *wrong: Wrong) -> Paper:
        """The paper with the error. Nothing but the changed values may read otherwise.

        Raises:
            ValueError: when the error changed more than it says, or nothing.
        """
        read = msgspec.to_builtins(documents_of(self.blocks))
        clean = self._clean.record
        found = compare(_by_column(clean), _by_column(read))
        steps = [tuple(path.split(".")) for path in self.changed]
        stray = [
            miss
            for miss in found.misses
            if not any(_is_within(miss[0].split(".")[1:], path) for path in steps)
        ]
        if stray or (self.changed and not found.misses):
            raise ValueError(f"{name}: {stray[:3] or 'nothing changed'}")
        record = _only(read, _truth(clean, read)) if clean else whole(read)
        return self._clean._replace(name=name, blocks=self.blocks, record=record, findings=wrong)


def _spot(place: Place) -> tuple[int | None, int | None, int | None]:
    return place.table, place.row, place.column


def _by_column(record: list[dict[str, Any]]) -> list[dict[str, Any]]:
    copied: list[dict[str, Any]] = msgspec.json.decode(msgspec.json.encode(record))
    for document in copied:
        for table in document.get("tables", []):
            for row in table.get("rows", []):
                row.setdefault("values", [None] * len(table["columns"]))
            table.setdefault("columns", [])
            table.setdefault("rows", [])
    return by_column(copied)


def _is_within(path: list[str], changed: tuple[str, ...]) -> bool:
    """Whether ``path`` is at or below ``changed``; the figures of a row stand for its values."""
    if "values" in changed:
        changed = (*changed[: changed.index("values")], "figures")
    return tuple(path[: len(changed)]) == changed


def _truth(clean: Any, read: Any) -> Any:
    """The shape of the clean record, with what the error took away left out."""
    if isinstance(clean, dict):
        return {key: _truth(value, read[key]) for key, value in clean.items() if read.get(key) is not None} if isinstance(read, dict) else clean  # fmt: skip
    if isinstance(clean, list) and isinstance(read, list):
        return [_truth(one, two) for one, two in zip(clean, read, strict=False)]
    return clean
