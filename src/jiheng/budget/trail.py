"""From the path of a value to what stands there, and to where it was read."""

from __future__ import annotations

from typing import Any

from jiheng.budget.document import BudgetDocument
from jiheng.budget.node import Node
from jiheng.budget.place import Place
from jiheng.budget.value import IndicatorValue


def follow(document: BudgetDocument, path: str) -> list[Any]:
    """Every node along ``path`` ("projects.3.budget.total"), the document first; stops where the value is absent."""
    trail: list[Any] = [document]
    for step in path.split("."):
        current = trail[-1]
        if isinstance(current, list):
            if not step.isdigit() or int(step) >= len(current):
                break
            trail.append(current[int(step)])
        else:
            following = getattr(current, step, None)
            if following is None:
                break
            trail.append(following)
    return trail


def text_at(document: BudgetDocument, path: str) -> str | None:
    """The text of the value at ``path``; ``None`` where nothing stands, or no single value."""
    trail = follow(document, path)
    if len(trail) <= path.count(".") + 1:
        return None
    found = trail[-1].text if isinstance(trail[-1], IndicatorValue) else trail[-1]
    return found if isinstance(found, str) else None


def place_at(document: BudgetDocument, path: str) -> Place | None:
    """The place of the value, else of the nearest thing around it that has one."""
    trail, steps = follow(document, path), path.split(".")
    for depth in range(len(trail) - 1, -1, -1):
        node = trail[depth]
        if not isinstance(node, Node):
            continue
        place = node.place_of(".".join(steps[depth:])) or node.place_of(
            steps[depth] if depth < len(steps) else ""
        )
        if place is not None:
            return place
    return None


def cell_at(document: BudgetDocument, path: str) -> Place | None:
    """The place of this very value; ``None`` where only that of something around it is known."""
    trail, steps = follow(document, path), path.split(".")
    for depth in range(len(trail) - 1, -1, -1):
        node = trail[depth]
        if isinstance(node, Node) and (place := node.cells.get(".".join(steps[depth:]))) is not None:
            return place
    return None
