"""What a rule is, and the register of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, Final

import msgspec

from jiheng.auditing.scope import Scope, everywhere
from jiheng.budget import BudgetDocument, Money, Severity

FAMILIES: Final = (
    "tables", "accounts", "entries", "goal_accounts", "told", "cells", "finals", "rates", "parts",
    "promises", "relevance", "copies", "meanings", "substitutes", "grounds", "weights", "code_parts", "units", "amounts",
    "slips", "numbering", "notation", "privacy", "finish",
    "sums", "changes", "procurement", "assets", "plan", "levels", "values", "direction", "costs", "breakdown", "codes", "names",
    "goals", "text", "documents", "blanks", "years", "previous", "previous_projects", "approved", "previous_figures",
    "previous_versions",
    "calendar_dates", "unfinished", "table_rows", "titles", "contents",
    "execution", "sources", "scores", "results", "reasons", "monitoring", "evaluation", "dates", "prices", "listed",
    "reviewed",
    "bounds",
    "table_cells", "goal_shares", "carried_on", "chapters", "heading_numbers",
    "included",
    "rectified",
    "plan_deadlines", "swapped_words", "reach", "explained", "listed_names", "divided",
)  # fmt: skip
"""The modules under ``rules``; a test walks the folder so that none is forgotten."""


FAMILY_TITLES: Final[Mapping[str, str]] = {
    "REL": "目标与指标对应", "COPY": "照抄与雷同", "MEAN": "指标含义", "WGT": "分值与评分标准",
    "TBL": "公开表内部", "ACC": "公开表之间", "TOLD": "文字与公开表", "FIN": "决算与结转", "RATE": "比重和增减幅度",
    "WORD": "文字规范", "PRIV": "个人信息",
    "SUM": "合计与分项", "CHG": "增减变动", "PROC": "政府采购", "AST": "国有资产", "PLAN": "支出计划", "IND": "指标填写",
    "VAL": "指标值", "DIR": "指标方向", "COST": "成本与测算", "COD": "编码", "NAME": "名称", "GOAL": "绩效目标",
    "TXT": "文字", "DOC": "部门与单位两部分", "YEAR": "与上年和批复对照",
    "EXEC": "预算执行", "SCORE": "得分与等级", "RES": "完成情况", "MON": "运行监控",
    "EVAL": "绩效评价", "DATE": "批复与公开日期", "PRICE": "支出标准", "LIB": "项目库",
}  # fmt: skip
"""What a family of rules is about, by the capitals of its ids."""


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule yields: a value that breaks it. The engine adds id, basis, place and names.

    Attributes:
        path: of the value ("projects.3.budget.total"); the engine finds place, project and indicator by it.
        message: what is wrong, with the figures.
        remedy: what would mend it.
        stated, computed, difference: figures in ``unit``.
        mends: path and value of what would put it right, where that is mechanical.
        related: paths of the other values that take part.
        severity: where one case of a rule is worse, or milder, than the rule in general.
        document: for rules over a whole file: the index of the document that ``path`` belongs to.
    """

    path: str
    message: str
    remedy: str
    stated: str | None = None
    computed: str | None = None
    difference: str | None = None
    unit: str | None = None
    mends: tuple[tuple[str, str], ...] = ()
    related: tuple[str, ...] = ()
    severity: Severity | None = None
    document: int = 0

    @classmethod
    def of_money(
        cls,
        path: str,
        stated: Money,
        computed: Money,
        *,
        message: str,
        remedy: str,
        is_mechanical: bool = False,
        mends: tuple[tuple[str, str], ...] = (),
        **more: Any,
    ) -> Gap:
        """A gap between two amounts, the difference worked out, all in the unit of ``stated``.

        Args:
            is_mechanical: ``computed`` at ``path`` would put it right.
        """
        expressed = computed.to(stated.unit)
        return cls(
            path=path,
            message=message,
            remedy=remedy,
            stated=stated.text,
            computed=expressed.text,
            difference=abs(stated - expressed).text,
            unit=stated.unit,
            mends=((path, expressed.written_like(stated)),) if is_mechanical else mends,
            **more,
        )


DocumentRule = Callable[[BudgetDocument], Iterator[Gap]]
FileRule = Callable[[Sequence[BudgetDocument]], Iterator[Gap]]
YearsRule = Callable[[BudgetDocument, BudgetDocument], Iterator[Gap]]


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A declared rule.

    Attributes:
        id: a family in capitals and a number, never reused.
        title: what must hold, in Chinese, for lists of findings.
        basis, article: key and article of ``jiheng.standards.regulations``.
        checks: numbers of the checks of the rules reference that it carries out.
        over_file: takes all documents of a file, not one.
        over_years: takes a document and an earlier one of the same body, whose year and kind it looks at itself
            (``auditing.earlier``); paths are of the later document.
        over_library: takes a document and the ``Library`` that its projects must be in.
        applies: which documents the rule is for (``auditing.scope``); rules over a file choose for themselves.
    """

    id: str
    title: str
    severity: Severity
    basis: str
    article: str | None
    checks: tuple[str, ...]
    over_file: bool
    over_years: bool = False
    over_library: bool = False
    applies: Scope = everywhere
    function: Callable[..., Iterator[Gap]]

    @property
    def family(self) -> str:
        """The capitals of the id."""
        return self.id.partition("-")[0]

    @property
    def summary(self) -> str:
        """What must hold, as the function's docstring begins."""
        return (self.function.__doc__ or "").strip().split("\n")[0]


_rules: dict[str, Rule] = {}


def rule(
    rule_id: str,
    *,
    title: str,
    severity: Severity,
    basis: str,
    article: str | int | None = None,
    checks: tuple[str, ...] = (),
    over_file: bool = False,
    over_years: bool = False,
    over_library: bool = False,
    applies: Scope = everywhere,
) -> Callable[[Callable[..., Iterator[Gap]]], Callable[..., Iterator[Gap]]]:
    """Declare the function below as a rule.

    Raises:
        ValueError: when the id is taken.
    """

    def register(function: Callable[..., Iterator[Gap]]) -> Callable[..., Iterator[Gap]]:
        if rule_id in _rules:
            raise ValueError(f"rule id {rule_id} is taken")
        _rules[rule_id] = Rule(
            id=rule_id,
            title=title,
            severity=severity,
            basis=basis,
            article=None if article is None else str(article),
            checks=checks,
            over_file=over_file,
            over_years=over_years,
            over_library=over_library,
            applies=applies,
            function=function,
        )
        return function

    return register


def all_rules() -> tuple[Rule, ...]:
    """Every rule, by id; loads the families when first asked."""
    for family in FAMILIES:
        import_module(f"jiheng.auditing.rules.{family}")
    return tuple(_rules[key] for key in sorted(_rules))
