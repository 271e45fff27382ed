"""年度主要任务: the tasks of a department, each with its money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from jiheng.budget import Task
from jiheng.writing.forms.ruling import (
    CHARACTER,
    MARGIN,
    Strip,
    figures_length,
    label,
    shared,
    short,
    wanted,
    words,
)
from jiheng.writing.pages import Cell, figure

_AMOUNTS = ("total", "fiscal", "other", "executed")
_HEADS = {
    "name": "任务名称",
    "content": "主要内容",
    "total": "总额",
    "fiscal": "财政拨款",
    "other": "其他资金",
    "executed": "执行数",
    "result": "完成情况",
}
_DIVIDED = ("total", "fiscal", "other")
_MOST = {"name": 9, "content": 16, "result": 12}
_BLANK = 3
"""Rows of a form that nobody has filled in."""


def strips(tasks: Sequence[Task], width: float, unit: str) -> Iterator[Strip]:
    """The table of the tasks, with the sum of their money; 执行数 and 完成情况 where a report states them."""
    shown = [
        field
        for field in _HEADS
        if field not in ("executed", "result") or any(getattr(task, field) for task in tasks)
    ]
    widths = _widths(tasks, shown, width)
    rows = [[_cell(field, getattr(task, field)) for field in shown] for task in tasks]
    rows = rows or [[_cell(field, None) for field in shown] for _ in range(_BLANK)]
    rows.append(_sum(tasks, shown))
    at = shown.index("total")
    money = label(f"预算金额（{unit}）")
    upper = [None if field in _DIVIDED else label(_HEADS[field], 2) for field in shown]
    sides = [*widths[: at + 1], sum(widths[at + 1 : at + 4]), *widths[at + 4 :]]
    yield list(
        zip(
            sides, [label("年度主要\n任务", len(rows) + 2), *upper[:at], money, *upper[at + 3 :]], strict=True
        )
    )
    lower = [label(_HEADS[field]) if field in _DIVIDED else None for field in shown]
    yield list(zip(widths, [None, *lower], strict=True))
    for row in rows:
        yield list(zip(widths, [None, *row], strict=True))


def _widths(tasks: Sequence[Task], shown: Sequence[str], width: float) -> list[float]:
    wants = [(4.2 * CHARACTER + MARGIN, 5 * CHARACTER + MARGIN)]
    for field in shown:
        texts = [getattr(task, field) or "" for task in tasks]
        least, liked = wanted(_HEADS[field], texts, most=_MOST.get(field, 12))
        if field in _AMOUNTS:
            least = max(least, figures_length([*texts, _total(tasks, field)]) * CHARACTER + MARGIN)
        wants.append((least if field in _AMOUNTS else max(least, 20.0), max(liked, 18.0)))
    return shared(wants, width)


def _cell(field: str, text: str | None) -> Cell:
    if field in _AMOUNTS:
        return figure(text)
    return short(text) if field == "name" and len(text or "") < 10 else words(text)


def _sum(tasks: Sequence[Task], shown: Sequence[str]) -> list[Cell]:
    """金额合计, of those columns in which every amount is a plain figure."""
    return [
        label("金额合计")
        if field == "name"
        else _cell(field, _total(tasks, field) if field in _AMOUNTS else "")
        for field in shown
    ]


def _total(tasks: Sequence[Task], field: str) -> str:
    amounts = [text for task in tasks if (text := getattr(task, field))]
    is_plain = bool(amounts) and all(text.replace(".", "", 1).isdigit() for text in amounts)
    return f"{sum(map(Decimal, amounts)):f}" if is_plain else ""
