"""Likely misreads, flagged instead of passed on: a sum off by a factor of ten, a wrong check character, figures run together.

Whether the document is at fault is the audit's question; this asks whether we may have read it wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from jiheng.budget import (
    BudgetDocument,
    DepartmentGoals,
    DisclosureTable,
    FundingLine,
    Indicator,
    IndicatorValue,
    Place,
    Project,
    ProjectCode,
    normalise,
)
from jiheng.reading.result import ReadingWarning

UNSURE: Final = 0.85
"""A value recognised with less confidence is named."""
_FACTORS: Final = (10, 100, 1000, 10_000)
_LETTERS: Final = re.compile(r"(?<![A-Za-z])(?:\d+[OolIＯ]\d*|[OolI]\d+)(?![A-Za-z])")
_TWO: Final = re.compile(r"\d+\.\d+\.\d+|\d{1,3}(?:,\d{3})+,\d{4,}|\d+\.\d{3,}(?=\d{2}\.)")
_FIGURE: Final = re.compile(r"-?\d+(?:\.\d+)?%?")
"""As tables give their figures."""
_NEARLY: Final = re.compile(r"(?=.*\d)[-\d,.\sOolI]+")
"""Nothing but what figures are made of, or looks like it."""
_CLASS: Final = 9
"""Codes of the classification and of bodies are not longer than this."""
_REPEATED: Final = re.compile(r"^(\d+(?:\.\d+)?(?:万元|万|元))\1$")


def doubts(documents: list[BudgetDocument]) -> list[ReadingWarning]:
    """What may have been misread in ``documents``, each with its place and path."""
    found: list[ReadingWarning] = []
    for number, document in enumerate(documents):
        for path, project in document.goal_tables():
            found += [
                ReadingWarning(message, place, f"{number}.{path}.{field}")
                for field, message, place in _project(project)
            ]
        for index, goals in enumerate(document.department_goals):
            found += [
                ReadingWarning(message, place, f"{number}.department_goals.{index}.{field}")
                for field, message, place in _rows(goals)
            ]
        for index, table in enumerate(document.tables):
            found += [
                ReadingWarning(message, place, f"{number}.tables.{index}.{field}")
                for field, message, place in _table(table)
            ]
    return found


def unsure(cells: dict[str, Place]) -> Iterator[tuple[str, float]]:
    """The fields that were recognised with little confidence."""
    for field, place in cells.items():
        if place.confidence is not None and place.confidence < UNSURE:
            yield field, place.confidence


def _project(project: Project) -> Iterator[tuple[str, str, Place | None]]:
    budget = project.budget
    if budget is not None:
        parts = [_number(budget.fiscal), _number(budget.other)]
        total = _number(budget.total)
        known = [part for part in parts if part is not None]
        if total and known and (factor := _factor(total, sum(known, Decimal(0)))):
            yield (
                "budget.total",
                f"“{project.label}”的预算数 {budget.total} 与各项之和相差 {factor} 倍，可能读错了小数点或单位，请核对。",
                budget.place_of("total"),
            )
    code = project.parsed_code
    is_from_page = project.cells.get("code", Place()).page is not None
    if code is not None and is_from_page and code.check_is_right is False:
        yield (
            "code",
            f"项目编码 {project.code} 的校验码不符，可能有字符认错，请核对。",
            project.place_of("code"),
        )
    yield from _rows(project)
    yield from _weights(project)


def _rows(goals: Project | DepartmentGoals) -> Iterator[tuple[str, str, Place | None]]:
    """The lines of funds and of indicators."""
    for index, line in enumerate(goals.funding):
        if (factor := _factor_of_rate(line)) is not None:
            yield (
                f"funding.{index}.executed",
                f"“{line.label}”的执行数与预算数之比，和所写的执行率 {line.rate}% 相差 {factor} 倍，可能读错了小数点，请核对。",
                line.place_of("executed"),
            )
    for index, row in enumerate(goals.indicators):
        for field, message in _indicator(row):
            yield f"indicators.{index}.{field}", message, row.place_of(field)


def _factor_of_rate(line: FundingLine) -> int | None:
    """10, 100 … when the stated rate is so many times what the amounts give, within its rounding."""
    executed, rate = _number(line.executed), _number(line.rate)
    planned = [number for text in (line.adjusted, line.initial, line.amount) if (number := _number(text))]
    if not executed or not rate or not planned or rate < 0 or executed < 0:
        return None
    shares = [100 * executed / number for number in planned]
    if any(abs(share - rate) <= max(share, rate) / 5 for share in shares):
        return None  # near enough, or a rate of another column
    return next(
        (
            factor
            for factor in _FACTORS
            for share in shares
            if abs(share - rate * factor) <= share / 50 or abs(share * factor - rate) <= rate / 50
        ),
        None,
    )


def _indicator(row: Indicator) -> Iterator[tuple[str, str]]:
    for field in ("value", "actual", "forecast"):
        value: IndicatorValue | None = getattr(row, field)
        if value is None:
            continue
        name = row.level3 or row.level2 or ""
        if _LETTERS.search(value.text):
            yield field, f"“{name}”的值“{value.text}”中有字母夹在数字里，可能认错，请核对。"
        elif _TWO.search(value.text) or _REPEATED.match("".join(value.text.split())):
            yield field, f"“{name}”的值“{value.text}”像是两个数连在了一起，请核对。"
        elif (
            value.number
            and value.unit == "%"
            and (number := _number(value.number)) is not None
            and number > 200
        ):
            yield field, f"“{name}”的值“{value.text}”大得反常，可能把符号认成了数字（如“≥”认成“2”），请核对。"


def _weights(project: Project) -> Iterator[tuple[str, str, Place | None]]:
    """Weights that add up to 100 but for one cell: that cell's figure may be hidden in its neighbour."""
    rows = [row for row in project.indicators if row.term != "whole"]
    known = [_number(row.weight) for row in rows]
    missing = [index for index, weight in enumerate(known) if weight is None]
    if len(rows) < 3 or len(missing) != 1:
        return
    rest = Decimal(100) - sum((weight for weight in known if weight is not None), Decimal(0))
    value = rows[missing[0]].value
    text = value.text if value is not None else ""
    if 0 < rest < 100 and text.endswith(f"{rest.normalize():f}") and len(text) > len(f"{rest.normalize():f}"):
        index = project.indicators.index(rows[missing[0]])
        yield (
            f"indicators.{index}.value",
            f"“{rows[missing[0]].level3}”的值“{text}”可能是“{text[: -len(f'{rest.normalize():f}')]}”和分值 {rest.normalize():f} 连在了一起，请核对。",
            rows[missing[0]].place_of("value"),
        )


def _table(table: DisclosureTable) -> Iterator[tuple[str, str, Place | None]]:
    """Figures run together, wrong check characters, and a total ten times, or a tenth of, its lines of the first level."""
    for index, row in enumerate(table.rows):
        for column, value in enumerate(row.values):
            if value and _NEARLY.fullmatch(value) and not _FIGURE.fullmatch(value):
                yield (
                    f"rows.{index}.values.{column}",
                    f"“{row.name or table.title or '表'}”的“{value}”不像一个数，可能是两个数连在了一起或有字符认错，请核对。",
                    row.place_of(f"values.{column}"),
                )
        code = ProjectCode.parse(row.code) if row.code and len(row.code) > _CLASS else None
        if code is not None and row.cells.get("code", Place()).page and code.check_is_right is False:
            yield (
                f"rows.{index}.code",
                f"“{row.name or '项目'}”的编码 {row.code} 的校验码不符，可能有字符认错，请核对。",
                row.place_of("code"),
            )
    for column in range(len(table.columns)):
        totals = [
            (index, number)
            for index, row in enumerate(table.rows)
            if normalise(row.name) in ("合计", "总计")
            and row.side is None
            and (number := _number(row.values[column])) is not None
        ]
        parts = [
            number
            for row in table.rows
            if row.code and len(row.code) == 3 and (number := _number(row.values[column])) is not None
        ]
        if len(totals) == 1 and len(parts) >= 2 and (factor := _factor(totals[0][1], sum(parts, Decimal(0)))):
            index = totals[0][0]
            yield (
                f"rows.{index}.values.{column}",
                f"“{table.title or '表'}”{table.columns[column].label}的合计与各行之和相差 {factor} 倍，可能读错了小数点，请核对。",
                table.rows[index].place_of(f"values.{column}"),
            )


def _factor(one: Decimal, other: Decimal) -> int | None:
    """10, 100 … when one is so many times the other."""
    if one <= 0 or other <= 0:
        return None
    return next((factor for factor in _FACTORS if factor * other == one or factor * one == other), None)


def _number(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
