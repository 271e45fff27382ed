"""How answers are held against what is expected. Standard library only."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

_ASIDE = frozenset({"cells", "place", "schema", "remarks"})
_SEVERITIES = ("error", "warning", "notice")
_MOST = 2_000
"""Items of a list that are looked at: an answer without end costs no time without end."""


class Reading(NamedTuple):
    """Values that stand at their place in the record, of how many."""

    right: int = 0
    total: int = 0
    misses: tuple[str, ...] = ()

    def plus(self, other: Reading) -> Reading:
        """Both together."""
        return Reading(self.right + other.right, self.total + other.total, self.misses + other.misses)


class Match(NamedTuple):
    """Whether an expected finding was caught, and with its figures where it has any."""

    is_caught: bool
    has_figures: bool | None


def reading_score(expected: list[Any], found: Any) -> Reading:
    """Every value of the expected record against the one at its place; white space is left aside.

    Rows are aligned first, so that a row that was lost counts for itself and not for those below it. The figures of a
    table's row are compared under the keys of their columns.
    """
    return _compare(_by_column(expected), _by_column(found if isinstance(found, list) else [found]), "")


def _by_column(node: Any) -> Any:
    if isinstance(node, list):
        return [_by_column(item) for item in node[:_MOST]]
    if not isinstance(node, dict):
        return node
    columns = node.get("columns")
    if not isinstance(columns, list):
        return {key: _by_column(value) for key, value in node.items()}
    keys = [column.get("key") or column.get("label") for column in columns if isinstance(column, dict)]
    plain = {key: _by_column(value) for key, value in node.items() if key not in ("columns", "rows")}
    rows = node.get("rows")
    plain["rows"] = [
        _row(row, keys) for row in (rows if isinstance(rows, list) else []) if isinstance(row, dict)
    ]
    return plain


def _row(row: dict[str, Any], keys: list[Any]) -> dict[str, Any]:
    values = row.get("values")
    pairs = zip(keys, values if isinstance(values, list) else [], strict=False)
    figures = {str(key): value for key, value in pairs if value is not None}
    return {**{key: value for key, value in row.items() if key != "values"}, "figures": figures}


def _compare(expected: Any, found: Any, path: str) -> Reading:
    if isinstance(expected, dict):
        score = Reading()
        for key, value in expected.items():
            if key not in _ASIDE:
                other = found.get(key) if isinstance(found, dict) else None
                score = score.plus(_compare(value, other, f"{path}.{key}".lstrip(".")))
        return score
    if isinstance(expected, list):
        return _compare_lists(expected, found if isinstance(found, list) else [], path)
    if expected in (None, ""):
        return Reading()
    if _plain(expected) == _plain(found):
        return Reading(1, 1)
    return Reading(0, 1, (path,))


def _compare_lists(expected: list[Any], found: list[Any], path: str) -> Reading:
    straight = [
        _compare(value, found[index] if index < len(found) else None, f"{path}.{index}".lstrip("."))
        for index, value in enumerate(expected)
    ]
    is_poor = any(score.right * 2 < score.total for score in straight)
    if found and (len(expected) != len(found) or is_poor):
        straight = [
            _compare(value, None if partner is None else found[partner], f"{path}.{index}".lstrip("."))
            for index, (value, partner) in enumerate(zip(expected, _partners(expected, found), strict=True))
        ]
    total = Reading()
    for score in straight:
        total = total.plus(score)
    return total


def _partners(expected: list[Any], found: list[Any]) -> list[int | None]:
    """For each expected item the one that answers it, in order, so that most values are right."""
    found = found[: 3 * len(expected) + 20]
    likeness = [[_compare(one, other, "").right for other in found] for one in expected]
    height, width = len(expected), len(found)
    best = [[0] * (width + 1) for _ in range(height + 1)]
    for row in reversed(range(height)):
        for column in reversed(range(width)):
            both = best[row + 1][column + 1] + likeness[row][column]
            best[row][column] = max(best[row + 1][column], best[row][column + 1], both)
    partners: list[int | None] = [None] * height
    row = column = 0
    while row < height and column < width:
        same = likeness[row][column]
        if same and best[row + 1][column + 1] + same == best[row][column]:
            partners[row] = column
            row, column = row + 1, column + 1
        elif best[row + 1][column] == best[row][column]:
            row += 1
        else:
            column += 1
    return partners


def _plain(value: Any) -> Any:
    return "".join(value.split()) if isinstance(value, str) else value


def findings_of(answer: Any, rules: dict[str, list[str]]) -> list[dict[str, Any]]:
    """The findings of an answer, each with its ``kinds``: its own, or those that ``rules`` give for its rule.

    Raises:
        ValueError: when the answer is not a list of objects.
    """
    if not isinstance(answer, list) or not all(isinstance(one, dict) for one in answer):
        raise ValueError("not a list of findings")
    return [{**one, "kinds": _kinds(one, rules)} for one in answer]


def _kinds(finding: dict[str, Any], rules: dict[str, list[str]]) -> list[str]:
    own = finding.get("kinds") or finding.get("kind") or rules.get(str(finding.get("rule")), [])
    return [own] if isinstance(own, str) else list(own) if isinstance(own, list) else []


def match(expected: dict[str, Any], findings: list[dict[str, Any]]) -> Match:
    """Whether one of the findings says what is expected: kind, place, and a severity not below."""
    fitting = [finding for finding in findings if _fits(expected, finding)]
    difference = _difference(expected)
    if difference is None:
        return Match(bool(fitting), None)
    return Match(bool(fitting), any(_difference(finding) == difference for finding in fitting))


def _fits(expected: dict[str, Any], finding: dict[str, Any]) -> bool:
    if expected["kind"] not in finding["kinds"] or _rank(finding) > _rank(expected):
        return False
    if "document" in expected and (finding.get("document") or 0) != expected["document"]:
        return False
    path = str(finding.get("path") or "")
    return any(path == place or (place and path.startswith(f"{place}.")) for place in expected["paths"])


def _rank(finding: dict[str, Any]) -> int:
    severity = finding.get("severity")
    return _SEVERITIES.index(severity) if severity in _SEVERITIES else len(_SEVERITIES)


def _difference(finding: dict[str, Any]) -> Decimal | None:
    """Between the figure that is stated and the one that it should be: the same from whichever side a sum is told."""
    figures = [_number(finding.get(key)) for key in ("stated", "computed")]
    if figures[0] is None or figures[1] is None:
        return None
    return abs(figures[0] - figures[1])


def _number(text: Any) -> Decimal | None:
    try:
        number = Decimal(str(text).replace(",", "").strip().rstrip("%"))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
