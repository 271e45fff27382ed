"""DOC: the documents of one file against each other, a department's disclosure and its unit's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from jiheng.auditing.naming import plain_name
from jiheng.auditing.registry import Gap, rule
from jiheng.budget import BudgetDocument, Kind, Money, Project, Severity, fold_confusable, normalise

_TOTALS = {
    "revenue.total": "预算收入", "expenditure.total": "预算支出", "expenditure.basic": "基本支出",
    "expenditure.project": "项目支出", "operating_funds.total": "机关运行经费", "three_public.total": "“三公”经费",
    "assets.table_total": "资产总额", "procurement.total": "政府采购预算",
}  # fmt: skip


def _department_and_unit(
    documents: Sequence[BudgetDocument],
) -> tuple[BudgetDocument, BudgetDocument, int] | None:
    """A department's disclosure and that of its only unit, with the index of the latter."""
    departments = [found for found in documents if found.kind is Kind.DEPARTMENT_DISCLOSURE]
    units = [(number, found) for number, found in enumerate(documents) if found.kind is Kind.UNIT_DISCLOSURE]
    if len(departments) != 1 or len(units) != 1 or len(departments[0].organizations) > 1:
        return None
    if departments[0].fiscal_year != units[0][1].fiscal_year:
        return None
    return departments[0], units[0][1], units[0][0]


def _matched(department: BudgetDocument, unit: BudgetDocument) -> Iterator[tuple[Project, str, Project]]:
    """The same project in both documents, found by its code, confusable signs folded, or by its name."""
    by_code = {
        fold_confusable(project.code): project for _, project in department.goal_tables() if project.code
    }
    by_name = {plain_name(project.name): project for _, project in department.goal_tables() if project.name}
    for path, project in unit.goal_tables():
        other = by_code.get(fold_confusable(project.code)) if project.code else None
        other = other or by_name.get(plain_name(project.name))
        if other is not None:
            yield other, path, project


def _value(document: BudgetDocument, path: str) -> str | None:
    node: Any = document
    for step in path.split("."):
        node = getattr(node, step, None)
    return node if isinstance(node, str) else None


@rule(
    "DOC-001", title="部门与单位公开的总额一致", severity=Severity.ERROR, basis="form-disclosure", article="两部分",
    checks=("D30",), over_file=True,
)  # fmt: skip
def department_and_only_unit_state_the_same_totals(documents: Sequence[BudgetDocument]) -> Iterator[Gap]:
    """A department with one unit and that unit state the same totals."""
    if (pair := _department_and_unit(documents)) is None:
        return
    department, unit, number = pair
    for path, what in _TOTALS.items():
        computed, stated = Money.parse(_value(department, path)), Money.parse(_value(unit, path))
        if stated is not None and computed is not None and stated != computed:
            yield Gap.of_money(
                path,
                stated,
                computed,
                document=number,
                message=f"{what}在单位部分为 {stated}，在部门部分为 {computed}，相差 {abs(stated - computed)}",
                remedy="只有一个单位的部门，两部分应一致；核对后更正",
            )


@rule(
    "DOC-002", title="同一项目在两部分名称一致", severity=Severity.WARNING, basis="form-disclosure",
    article="两部分", checks=("D29",), over_file=True,
)  # fmt: skip
def a_project_has_one_name_in_both_parts(documents: Sequence[BudgetDocument]) -> Iterator[Gap]:
    """The same code has the same project name in the department's and the unit's part."""
    if (pair := _department_and_unit(documents)) is None:
        return
    for other, path, project in _matched(pair[0], pair[1]):
        if project.name and other.name and normalise(project.name) != normalise(other.name):
            yield Gap(
                document=pair[2],
                path=f"{path}.name",
                message=f"项目名称在单位部分为“{project.name}”，在部门部分为“{other.name}”",
                remedy="核对后改为同一名称",
                stated=project.name,
                computed=other.name,
            )


@rule(
    "DOC-003", title="同一项目在两部分金额一致", severity=Severity.ERROR, basis="form-disclosure", article="两部分",
    checks=("D30",), over_file=True,
)  # fmt: skip
def a_project_has_one_budget_in_both_parts(documents: Sequence[BudgetDocument]) -> Iterator[Gap]:
    """The same project has the same budget in the department's and the unit's part."""
    if (pair := _department_and_unit(documents)) is None:
        return
    for other, path, project in _matched(pair[0], pair[1]):
        stated = project.budget.money("total") if project.budget else None
        computed = other.budget.money("total") if other.budget else None
        if stated is not None and computed is not None and stated != computed:
            yield Gap.of_money(
                f"{path}.budget.total",
                stated,
                computed,
                document=pair[2],
                message=f"“{project.label}”的预算数在单位部分为 {stated}，在部门部分为 {computed}，"
                f"相差 {abs(stated - computed)}",
                remedy="核对后改为同一数字",
            )


@rule(
    "DOC-004", title="同一项目在两部分指标一致", severity=Severity.ERROR, basis="form-disclosure", article="两部分",
    checks=("D30",), over_file=True,
)  # fmt: skip
def a_project_has_the_same_indicators_in_both_parts(documents: Sequence[BudgetDocument]) -> Iterator[Gap]:
    """The same project has the same indicators, with the same values, in both parts."""
    if (pair := _department_and_unit(documents)) is None:
        return
    for other, path, project in _matched(pair[0], pair[1]):
        here, there = _values(project), _values(other)
        only = [name for name in here if name not in there]
        lost = [name for name in there if name not in here]
        differ = [name for name in here if name in there and here[name] != there[name]]
        if only or lost or differ:
            parts = [
                f"部门部分缺少{_quoted(only)}" if only else "",
                f"单位部分缺少{_quoted(lost)}" if lost else "",
                f"{_quoted(differ)}的指标值不同" if differ else "",
            ]
            yield Gap(
                document=pair[2],
                path=f"{path}.indicators",
                message=f"“{project.label}”的指标在两部分不一致：{'；'.join(part for part in parts if part)}",
                remedy="核对后使两部分一致",
                stated=str(len(project.indicators)),
                computed=str(len(other.indicators)),
            )


def _values(project: Project) -> dict[str, str]:
    return {
        normalise(row.level3 or row.description): normalise(row.value.text) if row.value else ""
        for row in project.indicators
    }


def _quoted(names: list[str]) -> str:
    return "、".join(f"“{name}”" for name in names)


@rule(
    "DOC-005", title="两部分的项目相同", severity=Severity.ERROR, basis="form-disclosure", article="两部分",
    checks=("D30",), over_file=True,
)  # fmt: skip
def both_parts_have_the_same_projects(documents: Sequence[BudgetDocument]) -> Iterator[Gap]:
    """Every project of the only unit is in the department's part, and the other way round."""
    if (pair := _department_and_unit(documents)) is None:
        return
    department, unit, number = pair
    if not department.projects or not unit.projects:
        return
    matched = list(_matched(department, unit))
    here, there = {path for _, path, _ in matched}, {id(other) for other, _, _ in matched}
    for path, project in unit.goal_tables():
        if path not in here:
            yield Gap(
                document=number,
                path=f"{path}.name",
                message=f"“{project.label}”只在单位部分，部门部分没有",
                remedy="核对两部分的项目",
            )
    for path, project in department.goal_tables():
        if id(project) not in there:
            yield Gap(
                document=documents.index(department),
                path=f"{path}.name",
                message=f"“{project.label}”只在部门部分，单位部分没有",
                remedy="核对两部分的项目",
            )


@rule(
    "DOC-006", title="同一项目在两部分编码一致", severity=Severity.ERROR, basis="mof-office-2023-12",
    article="项目编码", checks=("C07",), over_file=True,
)  # fmt: skip
def a_project_has_one_code_in_both_parts(documents: Sequence[BudgetDocument]) -> Iterator[Gap]:
    """The same project name has the same code in both parts; confusable signs are left to COD-006.

    Silent for a name that stands twice in a part: which of the two is meant cannot be told.
    """
    if (pair := _department_and_unit(documents)) is None:
        return
    there, here = _codes_by_name(pair[0]), _codes_by_name(pair[1])
    for path, project in pair[1].goal_tables():
        name = plain_name(project.name)
        names, codes = here.get(name, []), there.get(name, [])
        if not project.code or len(names) != 1 or len(codes) != 1:
            continue
        if fold_confusable(codes[0]) != fold_confusable(project.code):
            yield Gap(
                document=pair[2],
                path=f"{path}.code",
                message=f"“{project.label}”的项目编码在单位部分为 {project.code}，在部门部分为 {codes[0]}",
                remedy="核对后改为同一编码",
                stated=project.code,
                computed=codes[0],
            )


def _codes_by_name(document: BudgetDocument) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for _, project in document.goal_tables():
        if project.code and project.name:
            found.setdefault(plain_name(project.name), []).append(project.code)
    return found
