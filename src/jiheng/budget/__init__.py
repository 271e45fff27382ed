"""What a budget is: money, codes, indicator values, projects, documents and their exchange format.

Belongs here: types and the arithmetic of their values. Does not: files, rules, regulations.
"""

from jiheng.budget.code import ALPHABET, CodeForm, ProjectCode, check_character, fold_confusable
from jiheng.budget.correction import Correction, corrected, value_at
from jiheng.budget.document import BudgetDocument, Kind
from jiheng.budget.finding import Finding, Mend, Severity, dumps_findings
from jiheng.budget.interval import OPERATORS, Interval
from jiheng.budget.money import (
    WAN_YUAN,
    YUAN,
    AmountText,
    Money,
    is_money_unit,
    money_sum,
    plain,
    unit_factor,
)
from jiheng.budget.narrative import (
    PURCHASE_SOURCES,
    Asset,
    AssetPart,
    Assets,
    Changes,
    Expenditure,
    ExpenditureItem,
    GlossaryTerm,
    Heading,
    NamedAmount,
    OperatingFunds,
    Organization,
    Procurement,
    ProcurementItem,
    Remark,
    Revenue,
    Safeguard,
    SubGoal,
    ThreePublic,
    Told,
)
from jiheng.budget.node import Item, Node, replace
from jiheng.budget.place import Box, Place
from jiheng.budget.project import (
    CHECKPOINT_NAMES,
    CHECKPOINTS,
    SOURCES,
    TOPICS,
    CodedName,
    DepartmentGoals,
    FundingLine,
    Indicator,
    Project,
    ProjectBudget,
    ReviewItem,
    SpendingPlan,
    Statement,
    Task,
)
from jiheng.budget.rectification import Rectification
from jiheng.budget.review import Deduction, ItemScore, Review
from jiheng.budget.spelled import in_digits, with_units
from jiheng.budget.statistics import PerformanceManagement
from jiheng.budget.table import COLUMN_KEYS, DisclosureTable, TableColumn, TableKind, TableRow
from jiheng.budget.text import (
    has_wrapping,
    is_blank,
    join_lines,
    normalise,
    tidy,
    unify_operators,
    unwrap,
    without_space,
)
from jiheng.budget.trail import cell_at, follow, place_at, text_at
from jiheng.budget.unit import Dimension, Unit
from jiheng.budget.value import WORDS, Deadline, IndicatorValue, Understanding

__all__ = [
    "ALPHABET", "CHECKPOINTS", "CHECKPOINT_NAMES", "COLUMN_KEYS", "OPERATORS", "PURCHASE_SOURCES", "SOURCES", "TOPICS", "WAN_YUAN", "WORDS",
    "YUAN", "AmountText", "Asset", "AssetPart", "Assets", "Box", "BudgetDocument", "Changes", "CodeForm",
    "CodedName", "Correction", "Deadline", "Deduction", "DepartmentGoals", "Dimension", "DisclosureTable", "Expenditure", "ExpenditureItem", "Finding",
    "FundingLine", "GlossaryTerm", "Heading", "Indicator", "IndicatorValue", "Interval", "Item", "ItemScore", "Kind", "Mend", "Money",
    "NamedAmount", "Node", "OperatingFunds", "Organization", "PerformanceManagement", "Place",
    "Procurement", "ProcurementItem", "Project", "ProjectBudget", "ProjectCode", "Rectification", "Remark", "Revenue", "Review", "ReviewItem",
    "Safeguard", "Severity", "SpendingPlan", "Statement", "SubGoal", "TableColumn", "TableKind",
    "TableRow", "Task", "ThreePublic", "Told", "Understanding", "Unit", "cell_at", "check_character", "corrected", "dumps_findings",
    "fold_confusable", "follow", "has_wrapping", "in_digits", "is_blank", "is_money_unit", "join_lines", "money_sum", "normalise",
    "place_at", "plain", "replace", "text_at", "tidy", "unify_operators", "unit_factor", "unwrap", "value_at", "with_units", "without_space",
]  # fmt: skip
