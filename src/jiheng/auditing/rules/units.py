"""COD: the codes of units and the years of project codes, told over a whole document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import declared, provincial_text
from jiheng.auditing.thresholds import thresholds
from jiheng.budget import BudgetDocument, Severity, normalise

_OF_THE_DEPARTMENT = "001"
_ITSELF = "本级"
_UNIT_CODE = 6


@rule(
    "COD-014", title="多年以前入库的项目仍需安排", severity=Severity.NOTICE, basis="form-project-code", article="年度",
    checks=("C04",), applies=declared,
)  # fmt: skip
def old_projects_are_looked_at(document: BudgetDocument) -> Iterator[Gap]:
    """A project that entered the library more than three years before its budget is asked about; all in one finding."""
    if document.fiscal_year is None:
        return
    room = thresholds("codes")["years_in_library"]
    old = [
        (path, project, code.year)
        for path, project in document.goal_tables()
        if (code := project.parsed_code) is not None
        and code.year is not None
        and code.year < document.fiscal_year - room
    ]
    if old:
        path, project, year = min(old, key=lambda entry: entry[2])
        more = f"等 {len(old)} 个项目" if len(old) > 1 else ""
        yield Gap(
            path=f"{path}.code",
            message=f"“{project.label}”{more}的编码年度{'最早' if more else ''}是 {year}，"
            f"比预算年度 {document.fiscal_year} 早 {document.fiscal_year - year} 年",
            remedy="核对项目是否仍需安排；已完成的从项目库中清理",
            stated=str(year),
            computed=str(document.fiscal_year),
            related=tuple(f"{at}.code" for at, _, _ in old if at != path),
        )


@rule(
    "COD-015", title="单位代码与单位名称一一对应", severity=Severity.WARNING, basis="form-performance-text",
    article="单位代码", checks=("C10",),
)  # fmt: skip
def a_unit_has_one_code_and_one_name(document: BudgetDocument) -> Iterator[Gap]:
    """Within a document a unit code has one name and a name one code; 001 is the department itself, named …本级.

    A department without other units often leaves 本级 out, so that is only asked about.
    """
    own = normalise(document.department.name) if document.department else ""
    found = list(_units(document))
    of_code, of_name = (_usual((unit[key], unit[1 - key]) for _, unit in found) for key in (0, 1))
    asked: set[tuple[str, str]] = set()
    for path, (code, name) in found:
        severity = None
        if of_code[code] != name:
            message = f"单位代码 {code} 此处是“{name}”，其他各表是“{of_code[code]}”"
        elif of_name[name] != code:
            message = f"“{name}”的单位代码此处是 {code}，其他各表是 {of_name[name]}"
        elif (code, name) in asked or not provincial_text(document):
            continue
        elif not code.endswith(_OF_THE_DEPARTMENT) and own and name == f"{own}{_ITSELF}":
            message = f"单位代码 {code} 的末三位不是 001，单位写的是“{name}”"
        elif code.endswith(_OF_THE_DEPARTMENT) and name == own:
            message = f"单位代码 {code} 是部门本级，单位写的是“{name}”，没有“本级”"
            severity = Severity.NOTICE
        else:
            continue
        asked.add((code, name))
        yield Gap(
            path=f"{path}.unit",
            message=message,
            remedy="核对单位代码和单位名称",
            stated=code,
            severity=severity,
        )


def _units(document: BudgetDocument) -> Iterator[tuple[str, tuple[str, str]]]:
    """Code and name of the unit of each goal table, where both are whole; COD-009 has those of another department."""
    department = document.department.code if document.department else None
    for path, project in document.goal_tables():
        code = project.unit.code if project.unit else None
        name = normalise(project.unit.name) if project.unit else ""
        if code is not None and len(code) == _UNIT_CODE and name and department in (None, code[:3]):
            yield path, (code, name)


def _usual(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What stands most often beside each key; the first where none does."""
    counted: dict[str, Counter[str]] = {}
    for key, value in found:
        counted.setdefault(key, Counter())[value] += 1
    return {key: values.most_common(1)[0][0] for key, values in counted.items()}
