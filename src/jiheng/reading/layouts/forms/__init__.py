"""Goal forms, self-evaluation and monitoring forms of any province, recognised by their labels and geometry.

A ``TableReader`` (see ``layouts.claimed``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from jiheng.budget import (
    WAN_YUAN,
    CodedName,
    DepartmentGoals,
    Indicator,
    Kind,
    Project,
    Statement,
    normalise,
    without_space,
)
from jiheng.reading.blocks import Block, Paragraph, Row, Table
from jiheng.reading.layouts.claimed import ClaimedTable
from jiheng.reading.layouts.forms import flat, headings, listed, loose, tasks
from jiheng.reading.layouts.forms.cells import filled, text_of
from jiheng.reading.layouts.forms.form import FormPart, FormReader
from jiheng.reading.layouts.forms.labels import HEBEI, bare, column_of, field_of, money_unit, source_of
from jiheng.reading.layouts.ledger import Ledger
from jiheng.standards.indicator_framework import is_level1, is_level2

_TITLE = re.compile(
    r"(?:绩效(?:目标|自评|评价|监控|运行监控|执行监控|指标)?.{0,16}(?:表|申报书|模板))(?:[(（].{0,16}[)）])?$"
)
_YEAR_LINE = re.compile(r"^\(?(20\d{2})年?度?(?:\d{1,2}月?[-—–~至]\d{1,2}月份?)?\)?$")
_LINE = re.compile(
    r"^(?:附件|附表|表)[\d一二三四五六七八九十-]*[:：]?$|^(?:填报|申报|编制)?(?:单位|部门)(?:名称)?(?:[(（].{0,6}[)）])?[:：]|^(?:填报|填表)(?:日期|时间)[:：]|^(?:金额)?单位[:：]"
)
_ANY_TITLE = re.compile(r"^[^。；;:：]{4,45}(?:表|申报书|申请书|任务书|模板)(?:[(（][^()（）]{1,16}[)）])?$")
"""Of a line right above a form."""
_ANNEX = re.compile(r"^(?:附件|附表|附|预算|公开|表)+[\d一二三四五六七八九十-]*表?[:：]?$")
_SECTION = re.compile(r"^[一二三四五六七八九十]{1,2}、[^。；;:：]{2,12}$")
_NOT_HEBEI = frozenset({"attribute", "mid_term_goals", "period", "manager", "feasibility"})
"""Fields that the Hebei goal tables do not have."""
_FUNDS = "项目资金"
"""What other forms print beside their money, and the Hebei goal tables do not."""
_HIGH = 14
"""So many lines above a form may belong to it."""
_TOP = 2
"""In so many rows stands the heading of a table that goes on with the form above it."""
_KINDS = (
    (re.compile(r"自评"), Kind.SELF_EVALUATION),
    (re.compile(r"监控|跟踪"), Kind.MONITORING),
    (re.compile(r"绩效评价"), Kind.EVALUATION),
    (re.compile(r"整体"), Kind.DEPARTMENT_GOALS),
    (re.compile(r"绩效(?:目标|指标)"), Kind.PROJECT_GOALS),
)


def claims(table: Table, before: Sequence[Block]) -> bool:
    """Whether ``table`` is a form other than the Hebei goal tables, or goes on with one."""
    rows = [row for row in table.rows if not row.is_blank]
    if not rows or _is_hebei(rows):
        return False
    if _is_form(rows):
        return True
    above = next(
        (block for block in reversed(before) if isinstance(block, Table) or block.style != "furniture"), None
    )
    if not isinstance(above, Table):
        return False
    inner = [row for row in above.rows if not row.is_blank]
    levels = sum(
        1
        for row in rows
        for cell in row.cells
        if is_level2(_level(cell.text)) or is_level1(_level(cell.text))
    )
    goes_on = levels >= max(1, len(rows) // 3) or any(headings.is_heading(row) for row in rows[:_TOP])
    return goes_on and not _is_hebei(inner) and _is_form(inner)


def _level(text: str) -> str:
    plain = re.sub(r"[(（]\d+(?:\.\d+)?分?[)）]", "", normalise(text))
    return re.split(r"[-—–/→>、]", plain, maxsplit=1)[0]


def _is_hebei(rows: list[Row]) -> bool:
    words = {normalise(cell.text) for row in rows for cell in row.cells}
    if words & HEBEI or any(word.startswith(("项目编码及名称", "项目编号及名称")) for word in words):
        return True
    # other forms may have this title or a spending plan as well; what they print besides tells them apart
    is_titled = any(word.startswith(("项目绩效目标表", "资金支出计划")) for word in words)
    return is_titled and not any(field_of(word) in _NOT_HEBEI or bare(word) == _FUNDS for word in words)


def _is_form(rows: list[Row]) -> bool:
    """A heading of indicators, or several labels of a form."""
    heads = [row for row in rows if headings.is_heading(row)]
    labels = {field for row in rows for cell in row.cells if (field := field_of(cell.text)) is not None}
    money = any(_names_money(row) for row in rows)
    if listed.heading_of(rows) is not None:
        return True
    if heads and (
        labels & {"name", "body", "department", "unit", "goals"}
        or any(_has_levels(row, rows) for row in heads)
    ):
        return True
    if "body" in labels and labels & {"goals", "mid_term_goals"} and any(map(tasks.columns_of, rows)):
        return True
    return "name" in labels and money and bool(labels & {"goals", "mid_term_goals", "results", "unit"})


def _names_money(row: Row) -> bool:
    """Whether a label in the row names a source of money; what stands behind a label is a name (地方戏曲补助资金)."""
    before: str | None = None
    for cell in filled(row):
        if before is None and source_of(cell.text):
            return True
        before = field_of(cell.text)
    return False


def _has_levels(head: Row, rows: list[Row]) -> bool:
    names = sum(
        1
        for row in rows
        for cell in row.cells
        if is_level1(_level(cell.text)) or is_level2(_level(cell.text))
    )
    return names >= 2


def caption_length(before: Sequence[Paragraph]) -> int:
    """The title, the year, the unit and who filled the form in."""
    count = 0
    is_titled = False
    for line in reversed(before[-_HIGH:]):
        plain = normalise(line.text)
        if is_titled:
            # the number of the annex stands above the title
            return count + 1 if _ANNEX.match(plain) else count
        is_line = (
            _SECTION.match(plain)
            or _YEAR_LINE.match(plain)
            or _LINE.match(plain)
            or loose.parse_line(line.text) is not None
        )
        is_titled = (
            not is_line
            and len(plain) <= 60
            and (_TITLE.search(plain) or _ANY_TITLE.search(plain)) is not None
        )
        if not (
            is_titled or is_line or (len(plain) <= 60 and money_unit(plain)) or line.style == "furniture"
        ):
            break
        count += 1
    return count


def note_length(after: Sequence[Paragraph]) -> int:
    """Notes below a form."""
    count = 0
    for line in after[:6]:
        if not re.match(r"^(?:注|说明|备注|填表说明)\d?[:：.]", normalise(line.text)):
            break
        count += 1
    return count


def read(tables: Sequence[ClaimedTable], ledger: Ledger) -> dict[str, Any]:
    """The projects and department goals in the forms, and what their titles say."""
    projects: list[Project] = []
    departments: list[DepartmentGoals] = []
    titles: list[str] = []
    years: list[int] = []
    for part in _parts(tables, ledger):
        titles += [
            without_space(line.text)
            for line in part.caption
            if not _ANNEX.match(normalise(line.text))
            and (_TITLE.search(normalise(line.text)) or _ANY_TITLE.search(normalise(line.text)))
        ]
        titles += [
            without_space(cell.text)
            for row in part.rows[:3]
            for cell in filled(row)
            if _TITLE.search(normalise(cell.text))
        ]
        for line in part.caption:
            ledger.furnish("表题、年度和计量单位", line)
        unit = next((unit for line in part.caption if (unit := money_unit(line.text))), WAN_YUAN)
        if flat.project_columns(part.rows[0]) is not None:
            projects += flat.read_flat(part.rows, unit, ledger)
            continue
        if (listing := listed.heading_of(part.rows)) is not None:
            projects += listed.read(part.rows, listing, unit, ledger)
            years += [year for line in part.caption if (year := _year(line))]
            continue
        reader = FormReader(part, ledger)
        found = reader.read()
        years += [reader.year] if reader.year else []
        if isinstance(found, DepartmentGoals):
            departments.append(found)
        else:
            projects.append(found)
    _add_notes(projects, departments, tables, ledger)
    return _fields(projects, departments, titles, years)


def _year(line: Paragraph) -> int | None:
    match = re.search(r"(20\d{2})年", normalise(line.text))
    return int(match[1]) if match and not re.search("日期|时间", line.text) else None


def _add_notes(
    projects: list[Project],
    departments: list[DepartmentGoals],
    tables: Sequence[ClaimedTable],
    ledger: Ledger,
) -> None:
    """Notes below the forms are statements of the last one."""
    notes = [line for claimed in tables for line in claimed.notes]
    told: list[Any] = projects or departments
    if not notes or not told:
        return
    ledger.take(*notes)
    more = [Statement(label="", topic="remark", text=line.text.strip(), place=line.place) for line in notes]
    told[-1] = msgspec.structs.replace(told[-1], statements=[*told[-1].statements, *more])


def _fields(
    projects: list[Project], departments: list[DepartmentGoals], titles: list[str], years: list[int]
) -> dict[str, Any]:
    fields: dict[str, Any] = {"kind": _kind(projects, departments, titles)}
    if projects:
        fields["projects"] = projects
    if departments:
        fields["department_goals"] = departments
    if titles:
        fields["title"] = titles[0]
    if years:
        fields["fiscal_year"] = years[0]
    names = [found.department for found in projects if found.department] + [
        CodedName(None, found.name) for found in departments if found.name
    ]
    if names:
        fields["department"] = names[0]
    return fields


def _kind(projects: list[Project], departments: list[DepartmentGoals], titles: list[str]) -> Kind:
    """As the title says, else as the content shows."""
    for title in titles:
        kind = next((kind for pattern, kind in _KINDS if pattern.search(title)), None)
        if kind is not None:
            return kind
    rows: list[Indicator] = [row for project in projects for row in project.indicators]
    rows += [row for department in departments for row in department.indicators]
    if any(row.forecast for row in rows):
        return Kind.MONITORING
    if any(row.actual for row in rows) or any(found.results for found in projects):
        return Kind.SELF_EVALUATION
    return Kind.DEPARTMENT_GOALS if departments and not projects else Kind.PROJECT_GOALS


def _parts(tables: Sequence[ClaimedTable], ledger: Ledger) -> list[FormPart]:
    """The tables cut into forms: a form begins where a project is named, or titled, after another had begun."""
    parts: list[FormPart] = []
    for claimed in tables:
        rows = claimed.rows
        if claimed.caption or not parts or _begins(rows, 0, parts[-1]):
            parts.append(FormPart([], list(claimed.caption)))
        for index, row in enumerate(rows):
            if parts[-1].rows and index and _begins(rows, index, parts[-1]):
                parts.append(FormPart([], []))
            parts[-1].rows.append(row)
    return [part for part in parts if part.rows]


def _begins(rows: list[Row], index: int, part: FormPart) -> bool:
    """Whether another form begins at row ``index``."""
    if part.rows and listed.heading_of(part.rows) is not None:
        return False
    if not part.rows or flat.project_columns(part.rows[0]) is not None:
        return flat.project_columns(rows[index]) is not None and bool(part.rows)
    row = rows[index]
    has_name = any(field_of(cell.text) in ("name", "body") for before in part.rows for cell in before.cells)
    has_block = any(headings.is_heading(before) for before in part.rows)
    names = any(field_of(cell.text) in ("name", "body") for cell in row.cells) and not headings.is_heading(
        row
    )
    words = filled(row)
    is_title = (
        len(words) <= 2
        and any(_TITLE.search(normalise(text_of(cell))) for cell in words)
        and column_of(words[0].text) is None
    )
    if flat.project_columns(row) is not None:
        return True
    if is_title:
        return has_block or has_name
    above = rows[index - 1] if index else None
    titled = above is not None and any(_TITLE.search(normalise(text_of(cell))) for cell in filled(above))
    return names and has_name and has_block and not titled


__all__ = ["caption_length", "claims", "note_length", "read"]
