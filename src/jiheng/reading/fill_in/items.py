"""The rows of the sheets as items of the document: which were there before, which are new, which are gone."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal
from typing import Any, Final, NamedTuple

import msgspec

from jiheng.budget import Place, Severity
from jiheng.budget.fill_in import (
    LIST,
    LIST_NAMES,
    ORDER,
    PROJECT,
    TEXT,
    Column,
    Row,
    Sheet,
    is_same,
    labels_of,
    rows_of,
)
from jiheng.reading.fill_in.grid import Grid, GridRow
from jiheng.reading.fill_in.places import place_value
from jiheng.reading.fill_in.result import CellProblem
from jiheng.reading.fill_in.values import indicator_value, order_of, take

_LISTS: Final = {label: name for name, label in LIST_NAMES.items()}
_ASIDE: Final = 5
"""Texts beside the columns that are told of one by one."""


class Taken:
    """Tells of problems at one cell, or at the cells of one row."""

    def __init__(self, problems: list[CellProblem], place: Place, text: str) -> None:
        self._problems, self._place, self._text = problems, place, text

    def tell(self, _: str, message: str, remedy: str) -> None:
        """A problem at the cell."""
        self._problems.append(
            CellProblem(place=self._place, message=f"{message}。", remedy=remedy, text=self._text)
        )


class _Read(NamedTuple):
    """A row as it was read: the item, the row of the base that it comes from, and for sorting its number."""

    item: Any
    origin: Row | None
    order: Decimal | None
    row: GridRow
    place: Place


class Items:
    """The lists of a plain document, replaced by the rows of the sheets one sheet after another.

    ``origins`` maps the path of each item to its path in the base; ``lost`` are texts that no value can be, with the
    section and the heading that they were typed for.
    """

    def __init__(
        self, base: dict[str, Any], document: dict[str, Any], unit: str | None, problems: list[CellProblem]
    ) -> None:
        self.origins: dict[str, str] = {}
        self.lost: list[tuple[str, str, str]] = []
        self._base, self._document, self._unit, self._problems = base, document, unit, problems
        self._paths = {
            f"{name}.{index}": f"{name}.{index}"
            for name in LIST_NAMES
            for index in range(len(base.get(name) or ()))
        }
        """Path of a project in the base -> in the document."""

    def take(self, sheet: Sheet, grid: Grid) -> None:
        """Take in the rows of a sheet."""
        rows = self._rows(sheet, grid)
        if sheet.title == "项目":
            self._projects(grid, rows)
        elif sheet.title == "绩效指标":
            self._indicators(grid, rows)
        else:
            (name,) = sheet.lists
            self._put(name, _sorted(rows))

    def _rows(self, sheet: Sheet, grid: Grid) -> list[_Read]:
        written = {row.key: row for row in rows_of(self._base, sheet)}
        filled = [
            row
            for row in grid.rows()
            if _is_filled(sheet, row.texts) or _was_empty(sheet, written.get(row.key))
        ]
        for row in grid.rows():
            self._tell_aside(grid, row)
        owners = _owners(sheet, filled, written)
        return [self._row(sheet, grid, row, written.get(row.key) if owners.get(row.key) == row.number else None) for row in filled]  # fmt: skip

    def _row(self, sheet: Sheet, grid: Grid, row: GridRow, origin: Row | None) -> _Read:
        item: Any = deepcopy(origin.item) if origin else {}
        if TEXT in grid.columns:
            text = row.texts.get(TEXT, "")
            item = item if origin and is_same(sheet.contents[0].input, origin.texts[TEXT], text) else text
            return _Read(item, origin, order_of(row.texts.get(ORDER, "")), row, grid.place(row.number, TEXT))
        old_name = item.get("name")
        changed = [column for column in sheet.inputs if self._is_changed(grid, row, origin, column)]
        for column in changed:
            self._take(sheet, grid, row, item, column)
        if any(column.key.startswith("value.") for column in changed):
            item["value"] = indicator_value(row.texts, self._teller(grid, row))
        if old_name and item.get("name") and old_name != item["name"] and item.get("heading"):
            item["heading"] = item["heading"].replace(old_name, item["name"])
        for column in sheet.inputs:
            text = row.texts.get(column.key, "")
            if text and (remark := grid.remark(row.number, column.key, text)):
                self._problems.append(remark)
            if not column.key.startswith("@"):
                place_value(item, column.key, grid.place(row.number, column.key))
        place = grid.place(row.number)
        item["place"] = msgspec.to_builtins(place)
        return _Read(item, origin, order_of(row.texts.get(ORDER, "")), row, place)

    def _is_changed(self, grid: Grid, row: GridRow, origin: Row | None, column: Column) -> bool:
        if column.key not in grid.columns:
            return False
        text = row.texts.get(column.key, "")
        return not is_same(column.input, origin.texts[column.key] if origin else "", text)

    def _take(self, sheet: Sheet, grid: Grid, row: GridRow, item: dict[str, Any], column: Column) -> None:
        """Put a text that was typed into its item; one that no value can be is kept beside it."""
        if column.key.startswith(("@", "value.")):
            return
        text = row.texts.get(column.key, "")
        if take(item, column, text, self._teller(grid, row)):
            return
        if sheet.title == "项目":
            kept = {"label": f"填报表“{column.heading}”", "text": text}
            item["statements"] = [*(item.get("statements") or []), kept]
        else:
            self.lost.append((sheet.lists[0].partition(".")[0], column.heading, text))

    def _teller(self, grid: Grid, row: GridRow) -> Any:
        def tell(key: str, message: str, remedy: str) -> None:
            self._problems.append(
                grid.problem(row.number, key, f"{message}。", remedy, row.texts.get(key, ""))
            )

        return tell

    def _projects(self, grid: Grid, rows: list[_Read]) -> None:
        groups: dict[str, list[_Read]] = {name: [] for name in LIST_NAMES}
        for read in _sorted(rows):
            wanted = read.row.texts.get(LIST, "")
            if wanted and wanted not in _LISTS:
                self._teller(grid, read.row)(
                    LIST, f"类别“{wanted[:20]}”不能识别", "请选“部门项目”或“专项资金”。"
                )
            known = read.origin.key.partition(".")[0] if read.origin else "projects"
            if read.origin is None:
                self._give_unit(read.item)
            groups[_LISTS.get(wanted, known)].append(read)
        self._paths = {}
        for name, found in groups.items():
            self._put(name, found)
            for index, read in enumerate(found):
                if read.origin is not None:
                    self._paths[read.origin.key] = f"{name}.{index}"

    def _give_unit(self, item: dict[str, Any]) -> None:
        """A new project in the workbook of one unit is that unit's."""
        if self._unit is not None and not item.get("unit"):
            known = [one.get("unit") for name in LIST_NAMES for one in self._base.get(name) or ()]
            item["unit"] = next((unit for unit in known if unit), {"name": self._unit})

    def _indicators(self, grid: Grid, rows: list[_Read]) -> None:
        old = labels_of(self._base)
        by_name = {label: self._paths[path] for path, label in old.items() if path in self._paths}
        by_name |= {label: path for path, label in reversed(labels_of(self._document).items())}
        groups: dict[str, list[_Read]] = {path: [] for path in labels_of(self._document)}
        for read in rows:
            label = read.row.texts.get(PROJECT, "")
            parent = read.origin.key.partition(".indicators.")[0] if read.origin else None
            is_kept = read.origin is not None and (
                label == read.origin.texts[PROJECT] or PROJECT not in grid.columns
            )
            path = self._paths.get(parent or "") if is_kept else by_name.get(label)
            if path is not None:
                groups[path].append(read)
                continue
            what = f"“项目”表中没有项目“{label[:40]}”" if label else "没有选项目"
            problem = grid.problem(
                read.row.number, PROJECT, f"{what}，这一行没有读入。", "请从下拉列表中选项目，或先在“项目”表中填写；不要了的指标请清空整行。",
                " | ".join(read.row.texts.values()),
            )  # fmt: skip
            self._problems.append(problem)
        for path, found in groups.items():
            self._put(f"{path}.indicators", _sorted(found))

    def _put(self, name: str, rows: list[_Read]) -> None:
        """Replace the list at ``name``; what holds it is made where there are rows."""
        *above, last = name.split(".")
        holder: Any = self._document
        for step in above:
            if isinstance(holder, list):
                holder = holder[int(step)]
                continue
            if holder.get(step) is None:
                if not rows:
                    return
                holder[step] = {}
            holder = holder[step]
        holder[last] = [read.item for read in rows]
        for index, read in enumerate(rows):
            self.origins[f"{name}.{index}"] = read.origin.key if read.origin else ""
            if isinstance(read.item, str):  # a text has no cells of its own
                cells = holder.setdefault("cells", {})
                cells[f"{last}.{index}"] = msgspec.to_builtins(read.place)

    def _tell_aside(self, grid: Grid, row: GridRow) -> None:
        for column, text in list(row.aside.items())[:_ASIDE]:
            place = Place(sheet=grid.title, row=row.number, column=column)
            message = f"“{text[:40]}”写在填报表的栏目之外，没有读入。"
            remedy = "需要报送的内容请填进相应的栏。"
            problem = CellProblem(
                place=place, message=message, remedy=remedy, severity=Severity.WARNING, text=text
            )
            self._problems.append(problem)


def _is_filled(sheet: Sheet, texts: Mapping[str, str]) -> bool:
    return any(texts.get(column.key) for column in sheet.contents)


def _was_empty(sheet: Sheet, origin: Row | None) -> bool:
    """Whether a row was given out without content: then nobody has cleared it, and what it stands for stays."""
    return origin is not None and not _is_filled(sheet, origin.texts)


def _owners(sheet: Sheet, rows: list[GridRow], written: dict[str, Row]) -> dict[str, int]:
    """Which row each key belongs to: copied rows carry the key of the first, and the one most like it has it."""
    best: dict[str, tuple[int, int]] = {}
    for row in rows:
        origin = written.get(row.key)
        if origin is None:
            continue
        alike = sum(is_same(column.input, origin.texts[column.key], row.texts.get(column.key, "")) for column in sheet.inputs)  # fmt: skip
        if row.key not in best or alike > best[row.key][0]:
            best[row.key] = (alike, row.number)
    return {key: number for key, (_, number) in best.items()}


def _sorted(rows: list[_Read]) -> list[_Read]:
    """By their numbers; one without follows the row above it, the first of all comes last."""
    keyed = []
    above: Decimal | None = None
    for position, read in enumerate(rows):
        above = read.order if read.order is not None else above
        keyed.append((above is None, above or Decimal(0), position, read))
    return [read for *_, read in sorted(keyed, key=lambda one: one[:3])]
