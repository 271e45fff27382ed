"""IND and COD: what the goal table asks for and is empty, beyond what stands in ``levels``."""

from __future__ import annotations

from collections.abc import Iterator

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import framed, prints, provincial_text
from jiheng.auditing.walk import rows
from jiheng.budget import BudgetDocument, Severity, is_blank


@rule(
    "IND-013", title="一级、二级指标填写完整", severity=Severity.ERROR, basis="form-performance-text",
    article="绩效指标", checks=("G06",), applies=framed,
)  # fmt: skip
def levels_are_filled_in(document: BudgetDocument) -> Iterator[Gap]:
    """Every row stands under a 一级指标 and a 二级指标; names that nobody knows are left to IND-003."""
    fields = {
        field: name
        for field, name in (("level1", "一级指标"), ("level2", "二级指标"))
        if prints(document, field)
    }
    for row in rows(document):
        empty = [field for field in fields if is_blank(getattr(row.indicator, field))]
        if empty == ["level2"] and row.level1 == "满意度指标" and not provincial_text(document):
            continue  # it has one second level only, which many forms do not print
        if not empty:
            continue
        what = "和".join(fields[field] for field in empty)
        yield Gap(
            path=f"{row.path}.{empty[0]}",
            message=f"{row.label}没有填写{what}",
            remedy=f"补填{what}",
            related=tuple(f"{row.path}.{field}" for field in empty[1:]),
        )


@rule(
    "COD-010", title="项目填写编码", severity=Severity.WARNING, basis="form-performance-text", article="表头",
    checks=("C01",),
)  # fmt: skip
def every_project_has_its_code(document: BudgetDocument) -> Iterator[Gap]:
    """Where goal tables carry project codes, all of them do; silent for a form without codes."""
    tables = list(document.goal_tables())
    coded = sum(not is_blank(project.code) for _, project in tables)
    for path, project in tables if coded else ():
        if is_blank(project.code):
            yield Gap(
                path=f"{path}.code",
                message=f"“{project.label}”没有填写项目编码，本文件另有 {coded} 个项目填写了编码",
                remedy="从预算管理一体化系统中复制项目编码",
            )
