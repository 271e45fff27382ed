"""Codes and names of projects, units and bodies."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from benchmarks.accuracy.words import Chance
from benchmarks.mutations.changes import Change, changed, doubled, mutation, without
from jiheng.budget import BudgetDocument, CodedName, CodeForm, Project, ProjectCode, check_character
from jiheng.standards.datafile import csv_rows


def _coded(document: BudgetDocument) -> Iterator[tuple[str, Project, ProjectCode]]:
    """Projects with a code of the form that has a check character."""
    for path, project in document.goal_tables():
        code = project.parsed_code
        if code is not None and code.form is CodeForm.HEBEI_P and code.check_is_right:
            yield f"{path}.code", project, code


def _checked(first_twenty: str) -> str:
    return first_twenty + (check_character(first_twenty) or "0")


@mutation("编码一位写错", "COD")
def code_digit(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Another digit in the serial part."""
    for path, _, code in _coded(document):
        position = chance.randint(9, 19)
        other = str((int(code.text[position]) + chance.randint(1, 9)) % 10)
        yield changed(document, path, code.text[:position] + other + code.text[position + 1 :])


@mutation("编码相邻两位颠倒", "COD")
def code_swapped(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Two neighbouring digits that differ."""
    for path, _, code in _coded(document):
        at = next((i for i in range(9, 19) if code.text[i] != code.text[i + 1]), None)
        if at is not None:
            text = code.text
            yield changed(document, path, text[:at] + text[at + 1] + text[at] + text[at + 2 :])


@mutation("编码的 0 写成 O", "COD")
def code_letter_o(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A letter that codes do not use."""
    for path, _, code in _coded(document):
        at = code.text.find("0", 9, 20)
        if at > 0:
            yield changed(document, path, code.text[:at] + "O" + code.text[at + 1 :])


@mutation("编码少一位", "COD")
def code_short(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A character lost."""
    for path, _, code in _coded(document):
        yield changed(document, path, code.text[:-1])


@mutation("编码多一位", "COD")
def code_long(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A character too many."""
    for path, _, code in _coded(document):
        yield changed(document, path, code.text + "0")


@mutation("编码是外县的", "COD")
def code_of_another_county(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A code that is right in itself, of a county of another city."""
    own = document.division.code if document.division else None
    if own is None:
        return
    codes = [
        code for code, name, *_ in csv_rows("divisions.csv") if name.endswith("县") and code[:4] != own[:4]
    ]
    for path, _, code in _coded(document):
        yield changed(document, path, _checked(chance.choice(codes) + code.text[6:20]))


@mutation("编码年度晚于预算年度", "COD")
def code_of_a_later_year(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A code that is right in itself, of next year."""
    for path, _, code in _coded(document):
        if document.fiscal_year is not None:
            year = f"{(document.fiscal_year + 1) % 100:02}"
            yield changed(document, path, _checked(code.text[:6] + year + code.text[8:20]))


@mutation("两个项目同一编码", "COD")
def code_of_another_project(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The code of the project before."""
    found = list(_coded(document))
    for (_, _, before), (path, _, _) in itertools.pairwise(found):
        yield changed(document, path, before.text)


@mutation("编码空白", "COD")
def code_blank(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """No code where the other projects have theirs."""
    found = list(_coded(document))
    for path, _, _ in found if len(found) > 1 else ():
        yield changed(document, path, None)


@mutation("单位代码属别的部门", "COD")
def unit_of_another_department(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The code of a unit begins with another department's."""
    own = document.department.code if document.department else None
    for path, project in document.goal_tables():
        if project.unit and own and (project.unit.code or "").startswith(own):
            other = f"{(int(own) + 7) % 900 + 100:03}{(project.unit.code or '')[3:]}"
            yield changed(document, f"{path}.unit", CodedName(other, project.unit.name), f"{own} → {other}")


@mutation("表题是别的项目", "NAME")
def heading_of_another_project(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The heading of the project before."""
    tables = [(path, one) for path, one in document.goal_tables() if one.heading and one.name]
    for (_, before), (path, one) in itertools.pairwise(tables):
        yield changed(document, f"{path}.heading", f"{one.number}.{before.name}绩效目标表")


@mutation("表题缺字", "NAME")
def heading_with_a_slip(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A sign of the name lost in the heading."""
    for path, project in document.goal_tables():
        if project.name and project.heading and project.name in project.heading:
            short = project.name[:1] + project.name[2:]
            yield changed(document, f"{path}.heading", project.heading.replace(project.name, short))


@mutation("文中项目名称缺字", "NAME")
def listed_name_with_a_slip(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A sign lost in the list of the narrative, while the goal table has the name in full."""
    names = {project.name for _, project in document.goal_tables()}
    for index, one in enumerate(document.expenditure.projects if document.expenditure else ()):
        if one.name in names:
            yield changed(document, f"expenditure.projects.{index}.name", one.name[:1] + one.name[2:])


@mutation("文中列出没有的项目", "NAME")
def listed_project_unknown(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A project that has no goal table."""
    names = {project.name for _, project in document.goal_tables()}
    for index, one in enumerate(document.expenditure.projects if document.expenditure else ()):
        if one.name in names:
            yield changed(document, f"expenditure.projects.{index}.name", "城区路灯电费")


@mutation("文中漏列项目", "NAME")
def listed_project_dropped(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A project with a goal table is not in the list."""
    names = {project.name for _, project in document.goal_tables()}
    for index, one in enumerate(document.expenditure.projects if document.expenditure else ()):
        if one.name in names:
            yield without(document, f"expenditure.projects.{index}")


@mutation("文中重列项目", "NAME")
def listed_project_doubled(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A project stands twice in the list."""
    for index in range(len(document.expenditure.projects) if document.expenditure else 0):
        yield doubled(document, f"expenditure.projects.{index}")


@mutation("漏编绩效目标表", "NAME")
def goal_table_dropped(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Of a project that the narrative lists; a text without such a list cannot be told to lack a table."""
    names = {one.name for one in document.expenditure.projects} if document.expenditure else set()
    for index, project in enumerate(document.projects):
        if project.name in names:
            change = without(document, f"projects.{index}")
            listed = [one.name for one in document.expenditure.projects].index(project.name or "")  # type: ignore[union-attr]
            yield change._replace(
                places=("projects", f"expenditure.projects.{listed}", "expenditure.project")
            )


@mutation("绩效目标表重复", "COD")
def goal_table_doubled(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The same table twice."""
    for index in range(len(document.projects)):
        yield doubled(document, f"projects.{index}")


@mutation("两个项目同名", "NAME")
def name_of_another_project(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The name of the project before, without a change of the heading."""
    for index in range(1, len(document.projects)):
        before = document.projects[index - 1].name
        if before and before != document.projects[index].name:
            yield changed(document, f"projects.{index}.name", before)
