"""Field by field: what was read against what the document says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import msgspec

from jiheng.budget import BudgetDocument

_IGNORED: Final = frozenset({"cells", "place", "schema", "remarks"})
_BLANK: Final = (None, "", [], {})


class Score(NamedTuple):
    """Fields that are right, of how many, the ones that are not (path, truth, reading), and the time taken."""

    right: int = 0
    total: int = 0
    misses: tuple[tuple[str, Any, Any], ...] = ()
    seconds: float = 0.0

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.right / self.total if self.total else 1.0

    def __add__(self, other: Score) -> Score:  # type: ignore[override]
        return Score(
            self.right + other.right,
            self.total + other.total,
            self.misses + other.misses,
            self.seconds + other.seconds,
        )


def plain_documents(documents: Sequence[BudgetDocument]) -> list[dict[str, Any]]:
    """Documents as nested data, see ``by_column``."""
    return by_column(msgspec.to_builtins(list(documents)))


def by_column(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The figures of a table's row stand under the keys of their columns rather than in a list."""
    for document in documents:
        for table in document.get("tables", []):
            keys = [column["key"] or column["label"] for column in table.pop("columns")]
            for row in table["rows"]:
                values = zip(keys, row.pop("values"), strict=True)
                row["figures"] = {key: value for key, value in values if value is not None}
    return documents


def compare(truth: Any, found: Any, path: str = "") -> Score:
    """Every value of ``truth`` against the one at the same place of ``found``; white space is left aside.

    Lists are aligned first, so that a row that was lost counts for itself and not for all those below it.
    """
    if isinstance(truth, dict):
        score = Score()
        for key, value in truth.items():
            if key not in _IGNORED:
                score += compare(
                    value, found.get(key) if isinstance(found, dict) else None, f"{path}.{key}".lstrip(".")
                )
        return score
    if isinstance(truth, list):
        return _compare_lists(truth, found if isinstance(found, list) else [], path)
    if truth in _BLANK:
        return Score()
    if _plain(truth) == _plain(found):
        return Score(1, 1)
    return Score(0, 1, ((path, truth, found),))


def _compare_lists(truth: list[Any], found: list[Any], path: str) -> Score:
    straight = [
        compare(value, found[index] if index < len(found) else None, f"{path}.{index}")
        for index, value in enumerate(truth)
    ]
    if len(truth) != len(found) or any(score.share < 0.5 for score in straight):
        partners = _aligned(truth, found)
        straight = [
            compare(value, None if (at := partners[index]) is None else found[at], f"{path}.{index}")
            for index, value in enumerate(truth)
        ]
    return sum(straight, Score())


def _aligned(truth: list[Any], found: list[Any]) -> list[int | None]:
    """For each item of ``truth`` its partner, in order, so that most fields are right."""
    likeness = [[compare(one, other).right for other in found] for one in truth]
    best = [[0] * (len(found) + 1) for _ in range(len(truth) + 1)]
    for row in range(len(truth) - 1, -1, -1):
        for column in range(len(found) - 1, -1, -1):
            best[row][column] = max(
                best[row + 1][column],
                best[row][column + 1],
                best[row + 1][column + 1] + likeness[row][column],
            )
    partners: list[int | None] = [None] * len(truth)
    row = column = 0
    while row < len(truth) and column < len(found):
        both = best[row + 1][column + 1] + likeness[row][column]
        if likeness[row][column] and both == best[row][column]:
            partners[row] = column
            row, column = row + 1, column + 1
        elif best[row + 1][column] == best[row][column]:
            row += 1
        else:
            column += 1
    return partners


def _plain(value: Any) -> Any:
    return "".join(value.split()) if isinstance(value, str) else value
