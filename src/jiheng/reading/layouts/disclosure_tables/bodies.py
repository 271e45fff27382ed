"""Lists of the bodies that a department consists of."""

from __future__ import annotations

from typing import Final

from jiheng.budget import Organization, is_blank, normalise, tidy
from jiheng.reading.blocks import Row
from jiheng.reading.layouts.ledger import Ledger

_NAMES: Final = frozenset({"单位名称", "预算单位名称", "部门(单位)名称", "部门名称", "机构名称"})
_BESIDE: Final = frozenset({"序号", "备注", "单位性质", "预算级次", "级次", "单位类型", "类别", "经费形式"})


def is_list(row: Row) -> bool:
    """Whether ``row`` is the head of such a list."""
    words = {normalise(cell.text) for cell in row.cells if not is_blank(cell.text)}
    return bool(words & _NAMES) and len(words) >= 2 and words <= _NAMES | _BESIDE


def read(rows: list[Row], ledger: Ledger) -> list[Organization]:
    """The bodies below the head, ``rows[0]``."""
    heads = {cell.column: normalise(cell.text) for cell in rows[0].cells}
    ledger.furnish("表头", rows[0])
    return [found for row in rows[1:] if (found := _body(row, heads, ledger)) is not None]


def _body(row: Row, heads: dict[int, str], ledger: Ledger) -> Organization | None:
    name, others, cells = None, [], {}
    for cell in row.cells:
        head = heads.get(cell.column, "")
        if is_blank(cell.text):
            continue
        if head in _NAMES:
            name = tidy("".join(cell.text.split("\n")))
            cells["name"] = cell.place
            ledger.take(cell)
        elif head == "序号":
            ledger.furnish("序号", cell)
        else:
            others.append(tidy(cell.text))
            cells.setdefault("nature", cell.place)
            ledger.take(cell)
    return (
        Organization(name=name, nature="；".join(others) or None, place=row.place, cells=cells)
        if name
        else None
    )
