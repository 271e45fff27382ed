"""Who and what a form is of: the first rows, in pairs of a label and what is written beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from jiheng.budget import CHECKPOINT_NAMES, CHECKPOINTS, CodedName, DepartmentGoals, Project, SpendingPlan
from jiheng.writing.forms.captions import coded
from jiheng.writing.forms.ruling import Strip, label, short, words

LABEL = 29.0
"""Of the labels, in mm: 主管部门及代码 stands on one line."""
# No official form asks for all of these; each stands in the form that does, and elsewhere where it is known.
_BESIDES = (("attribute", "项目属性"), ("period", "项目期"), ("manager", "项目负责人"),
            ("phone", "联系电话"), ("starts", "开始日期"), ("ends", "完成日期"))  # fmt: skip


def project_strips(
    project: Project, width: float, *, department: CodedName | None, asked: Sequence[str]
) -> Iterator[Strip]:
    """Name, department, unit, and what else the form asks for or the project says.

    Args:
        department: of the document, for a project that names none. ``asked``: fields that the form asks for.
    """
    yield _wide("项目名称", project.name, width)
    yield _pairs(
        ("主管部门及代码", coded(project.department or department)),
        ("实施单位", coded(project.unit)),
        width=width,
    )
    if project.code:
        yield _wide("项目编码", project.code, width)
    known = [
        (name, getattr(project, field) or "")
        for field, name in _BESIDES
        if field in asked or getattr(project, field)
    ]
    rest = iter(known)
    while pair := list(islice(rest, 2)):
        yield _pairs(*pair, width=width)
    if project.purpose:
        yield _wide("项目资金用途", project.purpose, width)


def department_strips(part: DepartmentGoals, width: float) -> Iterator[Strip]:
    """The name of the department or unit, and the period where the form states one."""
    yield _wide("部门（单位）\n名称", part.name, width)
    if part.period:
        yield _wide("实施期限", part.period, width)


def _wide(name: str, text: str | None, width: float) -> Strip:
    return [(LABEL, label(name)), (width - LABEL, words(text))]


def _pairs(*pairs: tuple[str, str], width: float) -> Strip:
    if len(pairs) == 1:
        return _wide(*pairs[0], width)
    beside = width / 2 - LABEL
    return [cell for name, text in pairs for cell in ((LABEL, label(name)), (beside, words(text)))]


def plan_strips(plan: SpendingPlan, width: float) -> Iterator[Strip]:
    """资金支出计划, which Hebei asks for: the year's spending at four dates."""
    heading = plan.heading or ("资金支出计划（%）" if plan.unit == "percent" else "资金支出计划（万元）")
    each = (width - LABEL) / len(CHECKPOINTS)
    sign = "%" if plan.unit == "percent" else ""
    yield [(LABEL, label(heading, 2)), *((each, label(CHECKPOINT_NAMES[field])) for field in CHECKPOINTS)]
    yield [(LABEL, None), *((each, short(f"{text}{sign}" if text else "")) for text in plan.figures)]
