"""What a text says beside its figures: whose and of which year a part is, at which rate it changed; headings and contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jiheng.budget import BudgetDocument, Node, Project
from jiheng.web.documents.page.cells import Section, Table
from jiheng.web.documents.page.listing import pairs, rows_of

_TOLD = (
    ("year", "所写年度"), ("body", "所称单位"), ("issuer", "编制部门"), ("previous_year", "比较的年度"), ("rate", "增减（%）"),
)  # fmt: skip
_HEADING = (("number", "序号"), ("title", "标题"), ("page", "页码"))
_REVIEW = (
    ("aspect", "方面"), ("name", "审核内容"), ("criterion", "审核要点"), ("most", "分值"), ("points", "得分"), ("opinion", "审核意见"),
)  # fmt: skip


_RECTIFICATION = (
    ("project", "项目"), ("unit", "责任单位"), ("problem", "问题"), ("measure", "整改措施"), ("owner", "责任人"), ("found_on", "发现时间"),
    ("deadline", "整改时限"), ("done_on", "完成时间"), ("state", "整改情况"), ("evidence", "佐证材料"), ("attributes", "其他"),
)  # fmt: skip


def with_told(section: Section, document: BudgetDocument) -> Section:
    """The section with what its part says of year, body and rate."""
    part = getattr(document, section.key, None) if section.key.isidentifier() else None
    if not isinstance(part, Node):
        return section
    fields = [field for field in _TOLD if hasattr(part, field[0])]
    table = pairs(part, section.key, "文中所写", fields)
    return replace(section, tables=(*section.tables, table)) if table is not None else section


def headings(document: BudgetDocument) -> Iterator[Section]:
    """The headings of the text, and its table of contents."""
    for field, title in (("contents", "目录"), ("headings", "各级标题")):
        if found := getattr(document, field):
            yield Section(field, title, tables=(rows_of(found, field, title, _HEADING),))


def rectifications(document: BudgetDocument) -> Iterator[Section]:
    """整改台账, a row a problem."""
    if document.rectifications:
        table = rows_of(document.rectifications, "rectifications", "整改台账", _RECTIFICATION)
        yield Section("rectifications", "整改台账", tables=(table,))


def review_table(project: Project, path: str) -> Iterator[Table]:
    """The ministry's form of review of a project's goals."""
    if project.review:
        yield rows_of(project.review, f"{path}.review", "绩效目标审核表", _REVIEW)
