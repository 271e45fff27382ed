"""The small tables of a disclosure: organizations, procurement, assets."""

from __future__ import annotations

import re
from typing import Any, Final

from jiheng.budget import (
    Asset,
    AssetPart,
    Organization,
    Place,
    ProcurementItem,
    is_blank,
    join_lines,
    normalise,
    tidy,
    without_space,
)
from jiheng.reading.blocks import Cell, Paragraph, Row
from jiheng.reading.layouts.heading import Marker
from jiheng.reading.layouts.ledger import Ledger

_ORGANIZATION: Final = {
    "单位名称": "name",
    "单位性质": "nature",
    "单位规格": "rank",
    "经费保障形式": "funding",
}
_PROCUREMENT: Final = {
    "项目名称": "project", "预算资金": "project_budget", "采购物品名称": "name", "政府采购目录序号": "catalog_code",
    "计量单位": "measure", "数量": "quantity", "单价": "price", "合计": "total",
    "一般公共预算拨款": "general_public", "基金预算拨款": "government_fund", "国有资本经营预算拨款": "state_capital",
    "财政专户核拨": "fiscal_account", "单位资金": "own", "财政拨款结转": "carried_over",
}  # fmt: skip
_ASSET: Final = {
    "项目": "name",
    "数量": "quantity",
    "价值(金额单位:万元)": "value",
    "价值": "value",
    "价值(万元)": "value",
}
_MONEY_FIELDS: Final = frozenset(
    [
        "project_budget",
        "price",
        "total",
        "general_public",
        "government_fund",
        "state_capital",
        "fiscal_account",
        "own",
        "carried_over",
        "value",
    ]
)
_TOTALLED: Final = _MONEY_FIELDS - {"project_budget", "price", "value"}
_NUMBER = re.compile(r"^-?\d[\d,]*(?:\.\d+)?$")
_DATE = re.compile(r"截止(?:时间|日期)[:：](\d{4})[-年./](\d{1,2})[-月./](\d{1,2})")
_TITLE = re.compile(r"(?:占用情况表|采购预算|机构设置情况|情况表)$")
_ISSUER = re.compile(r"^编制(?:部门|单位)[:：]([^:：]{2,40}?)(?:(?:金额)?单位[:：].*)?$")
_BODY = re.compile(r"^(\d{3})(?:\d{3})?[^\d年月,.、万元].{3,}$")


class TableLines:
    """What the lines around a table say: the closing date, and the body that made it, by its name or its code."""

    def __init__(self) -> None:
        self.as_of: str | None = None
        self.as_of_place: Place | None = None
        self.body_code: str | None = None
        self.issuer: str | None = None
        self.cells: dict[str, Place] = {}
        """Where ``issuer`` stands."""


class _TotalledTable:
    """A table with a line for the total."""

    def __init__(self) -> None:
        self.total: str | None = None
        self.total_place: Place | None = None
        self.lines = TableLines()


class AssetTable(_TotalledTable):
    """固定资产占用情况表."""

    def __init__(self) -> None:
        super().__init__()
        self.items: list[Asset] = []


class ProcurementTable(_TotalledTable):
    """部门政府采购预算."""

    def __init__(self) -> None:
        super().__init__()
        self.items: list[ProcurementItem] = []
        self.total_row: ProcurementItem | None = None


def read_organizations(rows: list[Row], ledger: Ledger) -> list[Organization]:
    """机构设置情况, a row for each body."""
    columns: dict[int, str] = {}
    found = []
    for row in rows:
        labels = _labels(row, _ORGANIZATION)
        if len(labels) >= 2:
            columns = labels
            ledger.furnish("表头", row)
        elif columns:
            fields, cells = _record(row, columns, ledger)
            if fields:
                found.append(Organization(place=row.place, cells=cells, **fields))
    return found


def read_procurement(rows: list[Row], ledger: Ledger) -> ProcurementTable:
    """部门政府采购预算: the rows, and the amounts of the line 合计 where it has some."""
    table = ProcurementTable()
    columns: dict[int, str] = {}
    upper: list[str] = []
    for row in rows:
        texts = [normalise(cell.text) for cell in row.cells]
        if "项目名称" in texts and "预算资金" in texts:
            columns = _procurement_columns(row, upper)
            ledger.furnish("表头", row)
        elif not columns and _labels(row, _PROCUREMENT):
            upper = [
                text for text in texts if text and not text.startswith(("政府采购项目来源", "政府采购金额"))
            ]
            ledger.furnish("表头", row)
        elif not columns:
            for cell in row.cells:
                read_table_line(cell, table.lines, ledger)
        elif texts[0].endswith(("合计", "小计")):
            _read_total(row, columns, table, ledger)
        else:
            fields, cells = _record(row, columns, ledger)
            if fields:
                table.items.append(ProcurementItem(place=row.place, cells=cells, **fields))
    return table


def _read_total(row: Row, columns: dict[int, str], table: ProcurementTable, ledger: Ledger) -> None:
    ledger.furnish("合计行", row)
    if normalise(row.cells[0].text) != "合计":
        return
    found: dict[str, str] = {}
    cells: dict[str, Place] = {}
    for column, field in columns.items():
        cell = row.at(column)
        if field not in _TOTALLED or cell is None or not _NUMBER.match(normalise(cell.text)):
            continue
        figure = normalise(cell.text).replace(",", "")
        ledger.take(cell)
        if field == "total":
            table.total, table.total_place = figure, cell.place
        else:
            found[field], cells[field] = figure, cell.place
    if found:
        table.total_row = ProcurementItem(place=row.place, cells=cells, **found)


def _procurement_columns(row: Row, upper: list[str]) -> dict[int, str]:
    """The columns of the lower heading row; its empty cells carry on the upper row's single labels, in turn."""
    waiting = iter(upper)
    columns = {}
    for cell in row.cells:
        label = normalise(cell.text) or next(waiting, "")
        if label in _PROCUREMENT:
            columns[cell.column] = _PROCUREMENT[label]
    return columns


def read_assets(rows: list[Row], ledger: Ledger) -> AssetTable:
    """固定资产占用情况表: the total, the rows 1-4 and, under each, its 其中 rows."""
    table = AssetTable()
    columns: dict[int, str] = {}
    for row in rows:
        labels = _labels(row, _ASSET)
        if len(labels) >= 2:
            columns = labels
            ledger.furnish("表头", row)
            continue
        if not columns:
            for cell in row.cells:
                read_table_line(cell, table.lines, ledger)
            continue
        fields, cells = _record(row, columns, ledger)
        name = str(fields.pop("name", ""))
        if normalise(name) in ("资产总额", "合计"):
            table.total, table.total_place = fields.get("value"), cells.get("value")
        elif normalise(name).startswith("其中") and table.items:
            part = AssetPart(
                name=re.sub(r"^其中\s*[:：]?\s*", "", name), place=row.place, cells=cells, **fields
            )
            table.items[-1].of_which.append(part)
        elif name:
            marker = Marker.parse(name)
            label = name[marker.end :] if marker else name
            table.items.append(Asset(name=label, place=row.place, cells=cells, of_which=[], **fields))
    return table


def read_table_line(piece: Cell | Paragraph, lines: TableLines, ledger: Ledger) -> bool:
    """A line around a table: its title, the body that made it, the unit, the closing date."""
    text = normalise(piece.text)
    if match := _DATE.search(text):
        lines.as_of = f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"
        lines.as_of_place = piece.place
        ledger.take(piece)
        return True
    body = _BODY.match(text)
    if body is not None:
        lines.body_code = body[1]
    if issuer := _ISSUER.match(text):
        lines.issuer, lines.cells = issuer[1], {"issuer": piece.place}
        ledger.take(piece)
        return True
    if body is not None or text.startswith(("单位:", "编制部门", "编制单位")) or _TITLE.search(text):
        ledger.furnish("表题、编制单位和计量单位", piece)
        return True
    return is_blank(text)


def _labels(row: Row, known: dict[str, str]) -> dict[int, str]:
    return {cell.column: known[label] for cell in row.cells if (label := normalise(cell.text)) in known}


def _record(row: Row, columns: dict[int, str], ledger: Ledger) -> tuple[dict[str, Any], dict[str, Place]]:
    """The cells of a row by field. An amount that is no number is left over, with a warning."""
    fields: dict[str, Any] = {}
    cells: dict[str, Place] = {}
    for column, field in columns.items():
        cell = row.at(column)
        if cell is None or is_blank(cell.text):
            continue
        text = tidy(join_lines(cell.text.split("\n")))
        figure = normalise(text).replace(",", "")
        if set(figure) <= set("—-–/"):
            ledger.furnish("空格记号", cell)
            continue
        if field in _MONEY_FIELDS and not _NUMBER.match(figure):
            ledger.warn(f"“{text}”不是金额，未读入。", cell.place)
            continue
        fields[field] = figure if field in _MONEY_FIELDS or _NUMBER.match(figure) else text
        if field == "catalog_code":
            fields[field] = without_space(text)
        cells[field] = cell.place
        ledger.take(cell)
    return fields, cells
