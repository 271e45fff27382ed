"""What a form says, gathered value by value, and the project or the department's goals that it makes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

import msgspec

from jiheng.budget import (
    DepartmentGoals,
    FundingLine,
    Indicator,
    Place,
    Project,
    SpendingPlan,
    Statement,
    Task,
    normalise,
    without_space,
)
from jiheng.reading.blocks import Cell, Paragraph
from jiheng.reading.layouts.forms import funding, loose
from jiheng.reading.layouts.forms.cells import chosen, lines_of, text_of
from jiheng.reading.layouts.forms.labels import TOPIC_FIELDS
from jiheng.reading.layouts.goals import split_goals
from jiheng.reading.layouts.ledger import Ledger

GOALS: Final = ("goals", "mid_term_goals", "results")
_CODE_IN_NAME: Final = re.compile(r"^([0-9A-Z]{12,40})[-—](.+)$")
_OPTIONS: Final = 40
"""A list of options longer than this is kept as it stands, beside the one that is chosen."""
_MUST: Final = re.compile(r"^[*★＊]+")
"""Marks a label that must be filled in."""


class Record:
    """The values of one form; the first value of a field holds.

    Attributes:
        fields: name of a field -> its value; ``cells``: name -> where it was read.
        texts: the goals, mid-term goals and results, one by one.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.fields: dict[str, Any] = {}
        self.cells: dict[str, Place] = {}
        self.texts: dict[str, list[str]] = {name: [] for name in GOALS}
        self.statements: list[Statement] = []
        self.indicators: list[Indicator] = []
        self.tasks: list[Task] = []
        self.attributes: list[str] = []
        self.funds = funding.Funds()
        self.plan: SpendingPlan | None = None

    def made(self, place: Place | None, caption: Iterable[Paragraph]) -> Project | DepartmentGoals:
        """The project, or the department's goals when the form names no project.

        Args:
            place: of the form; ``caption``: the lines above it.
        """
        funding.settle_scopes(self.funds)
        is_department = "name" not in self.fields and ("body" in self.fields or bool(self.tasks))
        return self._department(place) if is_department else self._project(place, caption)

    def add_total(self, total: FundingLine | None) -> None:
        """The total of a small table, where the form has none of its own."""
        if total is not None and not any(line.source == "total" for line in self.funds.lines):
            self.funds.lines.append(total)

    def put(self, field: str, cell: Cell, label: Cell | None) -> None:
        """The value of ``field`` in ``cell``: a goal, a choice, a statement under ``label``, or a plain value."""
        self._ledger.take(cell)
        if field in GOALS and normalise(cell.text) == "无":
            self._ledger.furnish("空格记号", cell)  # the goal of the other column holds
            return
        if field in GOALS:
            for goal in split_goals("\n".join(lines_of(cell)), wrapped=False):
                self.cells[f"{field}.{len(self.texts[field])}"] = cell.place
                self.texts[field].append(goal)
            return
        text = chosen(text_of(cell))
        if not text:
            return
        if field == "attribute":
            if len(text_of(cell)) > _OPTIONS:
                self.add_statement(label, cell, None)  # what else could have been chosen
            self.attributes.append(text)
            self.cells.setdefault("attribute", cell.place)
        elif field in TOPIC_FIELDS or field in ("", "besides"):
            self.add_statement(label, cell, field if field in TOPIC_FIELDS else None)
        elif field == "name":
            self._name(text, cell)
        elif field in ("department", "unit"):
            self.set(field, loose.coded(text), cell)
        else:
            self.set(field, text, cell)

    def _name(self, text: str, cell: Cell) -> None:
        """A project's name, which may hold its code ("51092324T000001-名称")."""
        match = _CODE_IN_NAME.match(without_space(text))
        if match is not None:
            self.set("code", match[1], cell)
            text = match[2]
        self.set("name", text, cell)

    def set(self, field: str, value: Any, cell: Cell | Paragraph) -> None:
        """A plain value, unless the field has one."""
        if field in self.fields:
            return
        self.fields[field] = without_space(value) if field == "code" else value
        self.cells[field] = cell.place

    def add_statement(self, label: Cell | None, cell: Cell, topic: str | None) -> None:
        """Words under a label; without one they go on with what was said before on the same topic."""
        text = "\n".join(lines_of(cell))
        if not text:
            return
        name = _MUST.sub("", "".join(label.text.split())) if label is not None else ""
        before = self.statements[-1] if self.statements else None
        if before is not None and label is None and before.topic == topic:
            self.statements[-1] = msgspec.structs.replace(before, text=f"{before.text}\n{text}")
        else:
            self.statements.append(Statement(label=name, topic=topic, text=text, place=cell.place))
        self._ledger.take(cell)

    def _common(self, place: Place | None) -> dict[str, Any]:
        return {
            "funding": self.funds.settled(),
            "goals": self.texts["goals"],
            "mid_term_goals": self.texts["mid_term_goals"],
            "results": self.texts["results"],
            "indicators": self.indicators,
            "score": self.fields.get("score"),
            "grade": self.fields.get("grade"),
            "statements": self.statements,
            "period": self.fields.get("period"),
            "place": place,
            "cells": self.cells,
        }

    def _department(self, place: Place | None) -> DepartmentGoals:
        return DepartmentGoals(name=self.fields.get("body"), tasks=self.tasks, **self._common(place))

    def _name_in_title(self, caption: Iterable[Paragraph]) -> str | None:
        """A form without the label has the project's name in its title."""
        for line in caption:
            if name := loose.name_in_title(line.text):
                self.cells["name"] = line.place
                return name
        return None

    def _project(self, place: Place | None, caption: Iterable[Paragraph]) -> Project:
        unit = self.fields.get("unit")
        if unit is None and "body" in self.fields:
            unit = loose.coded(self.fields["body"])
        fields = self._common(place) | {
            name: self.fields.get(name)
            for name in ("name", "code", "department", "manager", "phone", "starts", "ends", "purpose")
        }
        if not fields["name"]:
            fields["name"] = self._name_in_title(caption)
        return Project(
            unit=unit,
            attribute="；".join(self.attributes) or None,
            budget=self.funds.budget(),
            plan=self.plan,
            **fields,
        )
