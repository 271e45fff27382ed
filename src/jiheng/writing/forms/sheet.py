"""One form of one project or department, from its title to its last row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final

import msgspec

from jiheng.budget import BudgetDocument, CodedName, DepartmentGoals, Indicator, Project
from jiheng.errors import MissingPart
from jiheng.writing.forms import captions, funds, goals, identity, statements, tasks
from jiheng.writing.forms.captions import coded
from jiheng.writing.forms.columns import Column, columns_for, needed
from jiheng.writing.forms.indicators import blank_indicators, indicator_grids, total_strip
from jiheng.writing.forms.ruling import Strip, label, ruled, short
from jiheng.writing.pages import Block, Leaf, Pages
from jiheng.writing.pagination import LYING, STANDING

Part = Project | DepartmentGoals
_USUAL: Final = ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")


class Form(msgspec.Struct, frozen=True):
    """An official form: what it asks for and what it calls that."""

    title: str
    """Of a form of a project; ``department_title`` of a form of a whole department."""
    department_title: str
    indicators: tuple[Column, ...]
    """Columns behind those of the levels."""
    goals: Callable[..., Iterator[Strip]]
    """The rows of the goals: declared, watched or reported."""
    asked: tuple[str, ...] = ()
    """Fields of a project that the form asks for besides name, department and unit."""
    funds: tuple[str, ...] = ()
    """Columns of the table of funds; without them sources stand in pairs with their amounts."""
    fund_heads: dict[str, str] = {}
    has_total: bool = False
    """Ends with 总分."""
    lies: bool = False
    """On pages that lie."""


def lay_out(document: BudgetDocument, form: Form) -> Pages:
    """The pages of a document: a form for the department where it has one, and for each project, each on a new page.

    Raises:
        MissingPart: the document has neither.
    """
    parts: list[Part] = [*document.department_goals, *document.special_funds, *document.projects]
    if not parts:
        raise MissingPart(
            f"文件中没有项目，也没有部门整体的目标，无法生成{document.kind.label}。",
            place=document.title,
            remedy="请先录入项目。",
        )
    lies = form.lies or any(is_wide(part, form) for part in parts)
    blocks: list[Block] = [Leaf(landscape=True)] if lies else []
    blocks += captions.front(document)
    for number, part in enumerate(parts):
        blocks += sheet(
            part,
            form,
            title=document.title,
            year=document.fiscal_year,
            department=document.department,
            anchor=f"form{number + 1}",
            new_page=number > 0,
            lies=lies,
        )
    blocks += captions.back(document)
    author = document.issuer or (document.department.name if document.department else None) or ""
    return Pages(document.title or title_of(parts[0], form), tuple(blocks), author)


def title_of(part: Part, form: Form) -> str:
    """What the official form calls itself."""
    return form.department_title if isinstance(part, DepartmentGoals) else form.title


def is_wide(part: Part, form: Form) -> bool:
    """Whether the columns of the indicators, or of the money, need more room than a page that stands has."""
    rows = part.indicators or blank_indicators()
    lines = [] if not form.funds and funds.is_plain(part.funding) else part.funding
    return (
        max(needed(columns_for(form.indicators, rows), rows), funds.needed(lines, form.funds)) > STANDING[0]
    )


def sheet(
    part: Part,
    form: Form,
    *,
    title: str | None,
    year: int | None,
    department: CodedName | None,
    anchor: str,
    new_page: bool,
    lies: bool,
) -> Iterator[Block]:
    """The blocks of one form.

    Args:
        department: of the document, for a project that names none; ``lies``: the pages lie on their side.
    """
    width = (LYING if lies else STANDING)[0]
    unit = funds.unit_of(part)
    by = coded(part.unit) if isinstance(part, Project) else part.name or ""
    yield from captions.above(
        title or title_of(part, form), anchor, year=year, filled_in_by=by, unit=unit, new_page=new_page
    )
    before, closing = statements.parted(part.statements)
    head = [*_identity(part, form, width, department)]
    head += [] if form.has_total else _result(part, width)
    head += _funds(part, form, width, unit)
    if isinstance(part, Project) and part.plan is not None:
        head += identity.plan_strips(part.plan, width)
    head += statements.strips(before, width)
    if isinstance(part, DepartmentGoals):
        head += tasks.strips(part.tasks, width, unit)
    head += form.goals(
        part, width, **({"has_whole": _has_whole(part)} if form.goals is goals.declared else {})
    )
    yield ruled(head)
    last = [*_total(part, form, width), *statements.strips(closing, width)]
    yield from indicator_grids(form.indicators, part.indicators, width, last)


def _identity(part: Part, form: Form, width: float, department: CodedName | None) -> Iterator[Strip]:
    if isinstance(part, DepartmentGoals):
        return identity.department_strips(part, width)
    return identity.project_strips(part, width, department=department, asked=form.asked)


def _has_whole(part: Part) -> bool:
    """Whether anything of the form is of the medium term."""
    return bool(
        part.mid_term_goals
        or any(row.term == "whole" for row in part.indicators)
        or any(line.scope == "project" for line in part.funding)
    )


def _funds(part: Part, form: Form, width: float, unit: str) -> Iterator[Strip]:
    lines = funds.lines_of(part)
    if isinstance(part, DepartmentGoals) and not lines and not form.funds:
        return  # the form of a department asks for the money of its tasks alone
    if not form.funds and funds.is_plain(lines):
        yield from funds.pair_strips(lines, unit, width, has_whole=_has_whole(part))
        return
    whole = [line for line in lines if line.scope == "project"]
    if whole:
        yield from funds.pair_strips(whole, unit, width, has_whole=False)
    yield from funds.table_strips(
        [line for line in lines if line.scope != "project"],
        unit,
        width,
        fields=form.funds,
        heads=form.fund_heads,
        usual=_USUAL,
    )


def _result(part: Part, width: float) -> list[Strip]:
    """The points and the grade, where a form that does not ask for them has them."""
    found = [(name, text) for name, text in (("总分", part.score), ("等级", part.grade)) if text]
    return [[(identity.LABEL, label(name)), (width - identity.LABEL, short(text))] for name, text in found]


def _total(part: Part, form: Form, width: float) -> Iterator[Strip]:
    """总分 and the grade, at the end of a form that asks for them."""
    if not form.has_total:
        return
    rows = part.indicators
    columns = columns_for(form.indicators, rows or blank_indicators())
    yield total_strip(columns, rows, width, _most(part, rows), part.score)
    if part.grade:
        yield [(identity.LABEL, label("等级")), (width - identity.LABEL, short(part.grade))]


def _most(part: Part, rows: Sequence[Indicator]) -> str:
    """The points that may be had: those of all indicators and of the execution of the budget."""
    points = [row.weight for row in rows]
    if not points or not all(text and text.replace(".", "", 1).isdigit() for text in points):
        return ""
    total = sum((Decimal(text) for text in points if text), Decimal(0))
    return f"{total + funds.points_of(part.funding):f}"
