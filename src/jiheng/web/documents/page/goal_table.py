"""A project's 绩效目标表 as officials know it: identity, budget, plan, goals, indicators."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby

from jiheng.budget import CHECKPOINT_NAMES, CHECKPOINTS, CodedName, Indicator, Project
from jiheng.web.documents.page.cells import ABSENT, Cell, Paragraph, Row, Section, Table, header, value, where
from jiheng.web.documents.page.reports import project_tables

_SPANS = {"march": 2, "june": 2, "october": 1, "december": 1}


def goal_table(project: Project, path: str, wanted: Collection[str]) -> Section:
    """The section of one project or special fund.

    Args:
        path: "projects.7".
        wanted: paths of findings and all that leads to them; a part that the table lacks is shown empty when a finding
            is about it.
    """

    def meant(field: str) -> bool:
        return f"{path}.{field}" in wanted

    above = project.unit is not None and project.department is None
    tables = [
        _identity(
            project, path, in_table=not above and (project.department or meant("department") or meant("unit"))
        ),
        _budget(project, path, shown=meant("budget") or meant("purpose")),
        _plan(project, path, shown=meant("plan")),
        _goals(project, path, shown=meant("goals") or meant("period")),
        _indicators(project, path, shown=meant("indicators")),
        *project_tables(project, path),
    ]
    return Section(
        key=path,
        title=project.heading or project.label,
        short=f"{project.number}. {project.label}" if project.number else project.label,
        kind="project",
        place=where(project.place),
        unit=project.budget.unit if project.budget else "",
        line=Paragraph(_name(project.unit), f"{path}.unit", where(project.place_of("unit")))
        if above
        else None,
        paths=(f"{path}.heading",),
        tables=tuple(table for table in tables if table is not None),
    )


def _identity(project: Project, path: str, *, in_table: object) -> Table:
    rows = [
        Row(
            (
                header("项目编码", "row"),
                value(project, "code", path, style="code"),
                header("项目名称", "row"),
                value(project, "name", path, style="name"),
            )
        )
    ]
    if in_table:
        rows.append(
            Row(
                (
                    header("主管部门及代码", "row"),
                    _coded(project, "department", path),
                    header("实施单位", "row"),
                    _coded(project, "unit", path),
                )
            )
        )
    return Table("项目编码和名称", "identity", (), tuple(rows))


def _coded(project: Project, name: str, path: str) -> Cell:
    found: CodedName | None = getattr(project, name)
    style = "" if found else "absent"
    return Cell(_name(found), (f"{path}.{name}",), style=style, hint=where(project.place_of(name)))


def _name(found: CodedName | None) -> str:
    return " ".join(part for part in (found.code, found.name) if part) if found else ABSENT


def _budget(project: Project, path: str, *, shown: bool) -> Table | None:
    budget = project.budget
    purpose = value(project, "purpose", path, style="prose", columns=6)
    if budget is None:
        if not (project.purpose or shown):
            return None
        alone = header("预算规模及资金用途", "row", f"{path}.budget")
        return Table("资金用途", "budget", (), (Row((alone, purpose)),))
    cells = [header("预算规模及资金用途", "rowgroup", f"{path}.budget", rows=2)]
    for field, label in (("total", "预算数"), ("fiscal", "其中：财政资金"), ("other", "其他资金")):
        cells += [header(label, "row"), value(budget, field, f"{path}.budget", style="figure")]
    return Table("预算规模及资金用途", "budget", (), (Row(tuple(cells)), Row((purpose,))))


def _plan(project: Project, path: str, *, shown: bool) -> Table | None:
    plan = project.plan
    if plan is None:
        if not shown:
            return None
        return Table(
            "资金支出计划",
            "plan",
            (),
            (Row((header("资金支出计划", "row", f"{path}.plan"), Cell(ABSENT, style="absent", columns=4))),),
        )
    unit = "%" if plan.unit == "percent" else "万元"
    heading = header(plan.heading or f"资金支出计划（{unit}）", "rowgroup", f"{path}.plan", rows=2)
    names = tuple(header(CHECKPOINT_NAMES[field]) for field in CHECKPOINTS)
    figures = tuple(
        value(plan, field, f"{path}.plan", style="figure", suffix="%" if unit == "%" else "")
        for field in CHECKPOINTS
    )
    return Table("资金支出计划", "plan", (), (Row((heading, *names)), Row(figures)))


def _goals(project: Project, path: str, *, shown: bool) -> Table | None:
    rows: list[Row] = []
    if project.period:
        label = "预算年度" if project.period.isdigit() else "目标期"
        rows.append(Row((header(label, "row"), value(project, "period", path))))
    goals = [
        Cell(
            f"{number}. {goal}" if len(project.goals) > 1 else goal,
            (f"{path}.goals.{number - 1}",),
            style="prose",
            hint=where(project.place_of(f"goals.{number - 1}")),
        )
        for number, goal in enumerate(project.goals, 1)
    ]
    if not goals and shown:
        goals = [Cell(ABSENT, style="absent")]
    for position, goal in enumerate(goals):
        scope = "rowgroup" if len(goals) > 1 else "row"
        beside = (header("绩效目标", scope, f"{path}.goals", rows=len(goals)),) if position == 0 else ()
        rows.append(Row((*beside, goal)))
    return Table("绩效目标", "goals", (), tuple(rows)) if rows else None


def _indicators(project: Project, path: str, *, shown: bool) -> Table | None:
    rows = project.indicators
    if not (rows or shown):
        return None
    scored = any(row.scoring for row in rows)
    names = [
        "一级指标",
        "二级指标",
        "三级指标",
        "绩效指标描述",
        *(["评（扣）分标准"] if scored else []),
        "指标值",
        "指标值确定依据",
    ]
    head = tuple(
        header(name, "col", *([f"{path}.indicators"] if name == "一级指标" else [])) for name in names
    )
    body = tuple(_indicator_rows(rows, f"{path}.indicators", scored))
    if not body:
        body = (Row((Cell("没有指标", style="absent", columns=len(names)),)),)
    return Table("绩效指标", "scored" if scored else "indicators", (Row(head),), body)


def _indicator_rows(indicators: list[Indicator], path: str, scored: bool) -> Iterator[Row]:
    """A row an indicator; runs of the same 一级指标 share one cell."""
    numbered = list(enumerate(indicators))
    for level1, run in groupby(numbered, key=lambda pair: pair[1].level1):
        group = list(run)
        for position, (index, row) in enumerate(group):
            own = f"{path}.{index}"
            first: tuple[Cell, ...] = ()
            if position == 0:
                paths = tuple(f"{path}.{number}.level1" for number, _ in group)
                scope = "rowgroup" if len(group) > 1 else "row"
                first = (
                    Cell(level1 or ABSENT, paths, scope, rows=len(group), hint=where(row.place_of("level1"))),
                )
            yield Row(
                (
                    *first,
                    value(row, "level2", own),
                    value(row, "level3", own, style="name"),
                    value(row, "description", own, style="prose"),
                    *((value(row, "scoring", own, style="prose"),) if scored else ()),
                    _target(row, own),
                    value(row, "basis", own, style="prose"),
                ),
                own,
            )


def _target(row: Indicator, path: str) -> Cell:
    """指标值 as written; what was understood of it is in the hint."""
    place = where(row.place_of("value"))
    if row.value is None:
        return Cell(ABSENT, (f"{path}.value",), style="target absent", hint=place)
    return Cell(
        row.value.text,
        (f"{path}.value",),
        style="target",
        hint="；".join(filter(None, (place, _understood(row)))),
    )


def _understood(row: Indicator) -> str:
    found = row.value
    if found is None:
        return ""
    if found.number is None:
        return "文字描述，没有可计量的数值" if found.is_in_words else ""
    return f"理解为：{found.operator or '='} {found.number} {found.unit or '（无单位）'}"
