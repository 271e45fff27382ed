"""The library of projects (项目库) that a budget is held against: what was entered, by code and by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jiheng.auditing.naming import plain_name
from jiheng.budget import BudgetDocument, Project, normalise, without_space


class Library:
    """The projects of one or several lists."""

    def __init__(self, lists: Sequence[BudgetDocument]) -> None:
        self._by_code: dict[str, Project] = {}
        self._by_name: dict[str, list[Project]] = {}
        self._lists = lists
        for listed in lists:
            for _, project in listed.goal_tables():
                if project.code:
                    self._by_code.setdefault(without_space(project.code), project)
                self._by_name.setdefault(plain_name(project.name), []).append(project)

    def __bool__(self) -> bool:
        """Whether there is a library at all."""
        return bool(self._by_name)

    def of_code(self, code: str | None) -> Project | None:
        """The project with this code."""
        return self._by_code.get(without_space(code)) if code else None

    def of_name(self, name: str | None) -> list[Project]:
        """The projects of this name."""
        plain = plain_name(name)
        return self._by_name.get(plain, []) if plain else []

    def of(self, project: Project) -> Project | None:
        """What was entered for ``project``: by its code, else the first of its name."""
        return self.of_code(project.code) or next(iter(self.of_name(project.name)), None)

    def covers(self, document: BudgetDocument) -> bool:
        """Whether the projects of a document can be expected in it.

        One of them is in it, or its body is named in it: a list of other departments says nothing about this one.
        """
        own = [project for _, project in document.goal_tables()]
        if any(self.of(project) for project in own):
            return True
        names = _bodies(document, own)
        return any(
            names & _bodies(listed, [project for _, project in listed.goal_tables()])
            for listed in self._lists
        )


def _bodies(document: BudgetDocument, projects: Iterable[Project]) -> set[str]:
    """Names and codes of the department and its units."""
    found = [document.department, *(project.unit for project in projects)]
    names = {normalise(body.name).removesuffix("本级") for body in found if body and body.name}
    return names | {body.code[:3] for body in found if body and body.code}
