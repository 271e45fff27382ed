"""The spending plan of a goal table (资金支出计划): four cumulative checkpoints."""

from __future__ import annotations

import re
from decimal import Decimal

from jiheng.budget import Money, Place, ProjectBudget, SpendingPlan, is_blank, normalise, unwrap
from jiheng.reading.blocks import Cell, Row
from jiheng.reading.layouts.labels import checkpoint
from jiheng.reading.layouts.ledger import Ledger

_FIGURE = re.compile(r"^(-?\d[\d,]*(?:\.\d+)?)(%|万元)?$")
_AMOUNT = "万元"
_HUNDRED = Decimal(100)


def is_heading(row: Row) -> bool:
    """Whether ``row`` is the line of checkpoints, 3月底 to 12月底."""
    return sum(checkpoint(cell.text) is not None for cell in row.cells) >= 2


def read(heading: Row, figures: Row | None, budget: ProjectBudget | None, ledger: Ledger) -> SpendingPlan:
    """The plan, each figure by the column of its heading and not by its position.

    Args:
        heading: the row with 3月底 … 12月底 (and, in its first cell, 资金支出计划（%）).
        figures: the row below it; ``None`` when the table ends here.
        budget: of the same project, to tell percentages from amounts.
    Source: form 绩效目标表 of 部门预算绩效文本, 2021-2024.
    """
    ledger.take(heading)
    columns = {cell.column: field for cell in heading.cells if (field := checkpoint(cell.text)) is not None}
    label = next((cell.text for cell in heading.cells if "支出计划" in normalise(cell.text)), None)
    texts: dict[str, str] = {}
    cells: dict[str, Place] = {}
    signs: set[str | None] = set()
    if figures is not None:
        for column, field in columns.items():
            cell = figures.at(column)
            if cell is None:
                continue
            cells[field] = cell.place
            figure = _figure(cell, ledger)
            if figure is not None:
                texts[field], sign = figure
                signs.add(sign)
    unit = "percent" if "%" in signs else _unit(list(texts.values()), budget)
    if _AMOUNT in signs and "%" not in signs:
        unit = "amount"
    return SpendingPlan(
        unit=unit,
        heading=unwrap(label) if label else None,
        cells=cells,
        march=texts.get("march"),
        june=texts.get("june"),
        october=texts.get("october"),
        december=texts.get("december"),
    )


def _figure(cell: Cell, ledger: Ledger) -> tuple[str, str | None] | None:
    """The digits in a cell and what follows them: a % sign, 万元 or nothing."""
    if is_blank(cell.text):
        return None
    match = _FIGURE.match(normalise(cell.text))
    if match is None:
        ledger.warn(f"资金支出计划“{cell.text}”不是数字，未读入。", cell.place)
        return None
    ledger.take(cell)
    return match[1].replace(",", ""), match[2]


def _unit(texts: list[str], budget: ProjectBudget | None) -> str:
    """Percentages end at 100, amounts at the budget; 100 is read as a percentage whatever the budget."""
    numbers = [Decimal(text) for text in texts]
    if not numbers or numbers[-1] == _HUNDRED:
        return "percent"
    total = Money.parse(budget.total, budget.unit) if budget else None
    if total is not None and numbers[-1] == total.number:
        return "amount"
    return "amount" if max(numbers) > _HUNDRED else "percent"
