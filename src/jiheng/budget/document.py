"""A whole document in the exchange format ``jiheng/1``."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal

from jiheng.budget.narrative import (
    Assets,
    Changes,
    Expenditure,
    ExpenditureItem,
    GlossaryTerm,
    Heading,
    OperatingFunds,
    Organization,
    Procurement,
    Remark,
    Revenue,
    Safeguard,
    SubGoal,
    ThreePublic,
)
from jiheng.budget.node import Node
from jiheng.budget.project import CodedName, DepartmentGoals, Project
from jiheng.budget.rectification import Rectification
from jiheng.budget.statistics import PerformanceManagement
from jiheng.budget.table import DisclosureTable


class Kind(StrEnum):
    """What kind of document it is."""

    PERFORMANCE_TEXT = "performance_text"
    DEPARTMENT_DISCLOSURE = "department_disclosure"
    UNIT_DISCLOSURE = "unit_disclosure"
    PROJECT_GOALS = "project_goals"
    DEPARTMENT_GOALS = "department_goals"
    MONITORING = "monitoring"
    SELF_EVALUATION = "self_evaluation"
    EVALUATION = "evaluation"
    FINAL_ACCOUNTS = "final_accounts"
    PROJECT_LIST = "project_list"
    REVIEW = "review"
    RECTIFICATION = "rectification"

    @property
    def label(self) -> str:
        """The name of the kind in Chinese."""
        return _TITLES[self]


_TITLES = {
    Kind.PERFORMANCE_TEXT: "部门预算绩效文本",
    Kind.DEPARTMENT_DISCLOSURE: "部门预算信息公开情况说明",
    Kind.UNIT_DISCLOSURE: "单位预算信息公开情况说明",
    Kind.PROJECT_GOALS: "项目支出绩效目标表",
    Kind.DEPARTMENT_GOALS: "部门整体支出绩效目标表",
    Kind.MONITORING: "绩效运行监控表",
    Kind.SELF_EVALUATION: "绩效自评表",
    Kind.EVALUATION: "绩效评价表",
    Kind.FINAL_ACCOUNTS: "部门决算",
    Kind.PROJECT_LIST: "项目库清单",
    Kind.REVIEW: "绩效目标审核表",
    Kind.RECTIFICATION: "整改台账",
}


class BudgetDocument(Node, frozen=True, eq=False, kw_only=True):
    """A 部门预算绩效文本, a 预算信息公开情况说明, or another of the documents that ``Kind`` names.

    ``None`` and empty lists mean "absent in the document". Sections are in the order of the printed text.
    """

    schema: Literal["jiheng/1"] = "jiheng/1"
    kind: Kind = Kind.PERFORMANCE_TEXT
    title: str | None = None
    status: str | None = None
    """草案 and the like, from the cover."""
    fiscal_year: int | None = None
    division: CodedName | None = None
    department: CodedName | None = None
    issuer: str | None = None
    reviewer: str | None = None
    duties: list[str] = []
    organizations: list[Organization] = []
    revenue: Revenue | None = None
    expenditure: Expenditure | None = None
    expenditure_items: list[ExpenditureItem] = []
    """What the text says of each item of the functional classification."""
    changes: Changes | None = None
    operating_funds: OperatingFunds | None = None
    three_public: ThreePublic | None = None
    overall_goal: list[str] = []
    sub_goals: list[SubGoal] = []
    safeguards: list[Safeguard] = []
    special_funds: list[Project] = []
    projects: list[Project] = []
    department_goals: list[DepartmentGoals] = []
    """Forms of the whole department or unit (部门整体支出绩效目标表 and its reports)."""
    tables: list[DisclosureTable] = []
    """The disclosure tables (收支总表 and the others), in the order of the document."""
    performance_management: PerformanceManagement | None = None
    rectifications: list[Rectification] = []
    """What evaluations found, and what was done about it."""
    procurement: Procurement | None = None
    assets: Assets | None = None
    glossary: list[GlossaryTerm] = []
    other_matters: str | None = None
    remarks: list[Remark] = []
    """What the document says besides: preambles and statements without a field of their own."""
    contents: list[Heading] = []
    """The table of contents, as far as it has leaders, page numbers or a style of its own."""
    headings: list[Heading] = []
    """The headings of chapters, those of goal tables and disclosure tables aside."""

    def goal_tables(self) -> Iterator[tuple[str, Project]]:
        """Every special fund and project with its path ("projects.3"), in the order of the document."""
        for index, project in enumerate(self.special_funds):
            yield f"special_funds.{index}", project
        for index, project in enumerate(self.projects):
            yield f"projects.{index}", project
