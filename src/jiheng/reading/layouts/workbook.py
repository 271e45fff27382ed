"""The workbook that 绩衡 writes: a row of keys names the columns, the first column says where each row belongs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from jiheng.budget import BudgetDocument, is_blank
from jiheng.budget.workbook import PATH, VALUE, figures_from_text
from jiheng.reading.blocks import Block, Row, Table
from jiheng.reading.coverage import LeftOver, UnreadBlock
from jiheng.reading.result import ReadingWarning


def recognises(blocks: Iterable[Block]) -> bool:
    """Whether a table has our row of keys."""
    return any(isinstance(block, Table) and _key_row(block) is not None for block in blocks)


def read_workbook(blocks: Iterable[Block]) -> tuple[list[BudgetDocument], list[ReadingWarning]]:
    """The documents in the cells, as a person may have changed them, and what could not be taken in."""
    root: dict[str, Any] = {}
    warnings: list[ReadingWarning] = []
    for block in blocks:
        number = _key_row(block) if isinstance(block, Table) else None
        if not isinstance(block, Table) or number is None:
            continue
        keys = block.rows[number].texts
        for row in block.rows[number + 1 :]:
            if not row.is_blank:
                _take(row, keys, root, warnings)
    documents = []
    for key in sorted(root, key=int):
        try:
            documents.append(msgspec.convert(_lists(root[key]), BudgetDocument, strict=False))
        except msgspec.ValidationError as error:
            warnings.append(ReadingWarning(f"工作簿中第 {int(key) + 1} 份文件的内容有误，未读入：{error}"))
    return documents, warnings


def left_over(blocks: Iterable[Block]) -> list[UnreadBlock]:
    """What is no value: heads, keys and the column that says where a row belongs; sheets that are not ours."""
    found = []
    for block in blocks:
        if not isinstance(block, Table):
            is_name = block.text == block.place.sheet
            kind = LeftOver.FURNITURE if is_name else LeftOver.UNKNOWN
            found.append(
                UnreadBlock(block.text, block.place, kind, "工作表名" if is_name else "不在绩衡工作簿的表里")
            )
            continue
        number = _key_row(block)
        keys = block.rows[number].texts if number is not None else []
        for index, row in enumerate(block.rows):
            for cell, key in zip(row.cells, [*keys, *[""] * len(row.cells)], strict=False):
                if is_blank(cell.text):
                    continue
                if number is None:
                    found.append(UnreadBlock(cell.text, cell.place, LeftOver.UNKNOWN, "不是绩衡工作簿的表"))
                elif index <= number or (key.startswith("@") and key != VALUE):
                    found.append(
                        UnreadBlock(cell.text, cell.place, LeftOver.FURNITURE, "绩衡工作簿的栏名和位置")
                    )
    return found


def _key_row(table: Table) -> int | None:
    return next((number for number, row in enumerate(table.rows[:3]) if row.texts[:1] == [PATH]), None)


def _take(row: Row, keys: list[str], root: dict[str, Any], warnings: list[ReadingWarning]) -> None:
    path = row.texts[0].split(".")
    if not path[0].isdigit():
        warnings.append(ReadingWarning("这一行没有写明属于哪里，未读入。", row.place))
        return
    if VALUE in keys:
        try:
            _put_single(root, path, row.texts[keys.index(VALUE)])
        except msgspec.DecodeError:
            warnings.append(
                ReadingWarning(
                    "这一格应当保持“{栏名: 内容}”的写法，未读入；请按原样修改其中的内容。", row.place
                )
            )
        return
    _put(root, path, {})
    for key, text in zip(keys, row.texts, strict=False):
        if key.startswith("@") or is_blank(text):
            continue
        if key.endswith("[]"):
            _put(root, [*path, key.removesuffix("[]")], text.split("\n"))
        else:
            _put(root, [*path, *key.split(".")], text)


def _put_single(root: dict[str, Any], path: list[str], text: str) -> None:
    """One value: "…[]" is a list with gaps, a line an item; "…{}" a dict as JSON."""
    *above, last = path
    if last.endswith("[]"):
        _put(root, [*above, last.removesuffix("[]")], figures_from_text(text))
    elif last.endswith("{}"):
        _put(root, [*above, last.removesuffix("{}")], msgspec.json.decode(text))
    else:
        _put(root, path, text if text else None)


def _put(root: dict[str, Any], path: list[str], value: Any) -> None:
    """Set ``value`` at ``path``, making what is missing on the way; a struct that is there is kept."""
    node = root
    for step in path[:-1]:
        node = node.setdefault(step, {})
    if value is None or value == {}:
        node.setdefault(path[-1], {})
    else:
        node[path[-1]] = value


def _lists(node: Any) -> Any:
    """Dicts with numbers for keys become lists, in their order."""
    if not isinstance(node, dict):
        return node
    if node and all(key.isdigit() for key in node):
        return [_lists(node[key]) for key in sorted(node, key=int)]
    return {key: _lists(value) for key, value in node.items()}
