"""One error each in a clean performance text, written into the record from which the pages are laid out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

import msgspec

from conformance.making.paper import Paper, Wrong
from conformance.making.texts import document, text_paper
from jiheng.budget import BudgetDocument, IndicatorValue, Project

ERROR, WARNING, NOTICE = "error", "warning", "notice"
_SEED: Final = 1
_DIGITS: Final = re.compile(r"\d+")


class Change(NamedTuple):
    """The value at ``path`` becomes ``value``; ``None`` takes it away."""

    path: str
    value: Any


def changed(node: Any, steps: list[str], value: Any) -> Any:
    """A copy of ``node`` with another value at the end of ``steps``."""
    step, rest = steps[0], steps[1:]
    if isinstance(node, list):
        index = int(step)
        if not rest and value is None:
            return [*node[:index], *node[index + 1 :]]
        return [*node[:index], changed(node[index], rest, value) if rest else value, *node[index + 1 :]]
    if rest:
        value = changed(getattr(node, step), rest, value)
    return msgspec.structs.replace(node, **{step: value})


def with_changes(made: BudgetDocument, *changes: Change) -> BudgetDocument:
    """The document with all changes, in order."""
    for path, value in changes:
        made = changed(made, path.split("."), value)
    return made


def _words(text: str) -> IndicatorValue:
    return IndicatorValue.parse(text)


_ROW = "projects.0.indicators"
"""Quantity 0, quality 1, timeliness 2, cost 3, benefit 4, influence 5, satisfaction 6."""


def _value(row: int, text: str, kind: str, severity: str = WARNING) -> tuple[str, list[Change], list[Wrong]]:
    path = f"{_ROW}.{row}.value"
    return kind, [Change(path, _words(text))], [Wrong(kind, severity, (path, f"{_ROW}.{row}.level3"))]


def _blank(
    kind: str, severity: str, path: str, value: Any = None, *more: str
) -> tuple[str, list[Change], list[Wrong]]:
    return kind, [Change(path, value)], [Wrong(kind, severity, (path, *more))]


def _money(made: BudgetDocument, path: str) -> str:
    node: Any = made
    for step in path.split("."):
        node = node[int(step)] if isinstance(node, list) else getattr(node, step)
    return str(node)


def _plan(**figures: str | None) -> list[Change]:
    return [Change(f"projects.0.plan.{month}", figure) for month, figure in figures.items()]


def _plans() -> list[tuple[str, list[Change], list[Wrong]]]:
    at = ("projects.0.plan",)
    return [
        ("plan-falls", _plan(march="50", june="30", october="80", december="100"), [Wrong("plan-falls", ERROR, at, "30", "50", "%")]),
        ("plan-incomplete", _plan(march="20", june="40", october="60", december="80"), [Wrong("plan-incomplete", ERROR, at, "80", "100", "%")]),
        ("plan-increments", _plan(march="20", june="30", october="30", december="20"), [Wrong("plan-increments", ERROR, at)]),
        ("plan-over-100", _plan(march="20", june="60", october="100", december="120"), [Wrong("plan-over-100", ERROR, at)]),
        ("plan-gap", _plan(march="20", june=None, october="60", december="100"), [Wrong("plan-gap", WARNING, at)]),
    ]  # fmt: skip


def _values() -> list[tuple[str, list[Change], list[Wrong]]]:
    return [
        _value(1, "≥90质量高", "value-mixed", ERROR),
        _value(0, "明显提升", "value-vague"),
        _value(4, "≥0%", "value-cannot-fail", ERROR),
        _value(6, "≥120%", "rate-over-100", ERROR),
        _value(4, "≥85%以上", "bound-doubled"),
        _value(0, "12", "unit-missing"),
        _value(2, "≤12.00 12月31日", "unit-is-date"),
        _value(2, "2027年3月底前", "deadline-outside-year", ERROR),
        _value(2, "500 元", "timeliness-not-time"),
        _value(3, "25 次", "cost-not-money"),
        _value(0, "≥90%", "quantity-in-percent"),
        _value(0, "0 座", "quantity-zero"),
        _value(3, "≥10 元", "cost-lower-bound"),
        _value(4, "≤85%", "higher-is-better"),
        _value(6, "满意", "satisfaction-in-words", NOTICE),
    ]


def _meanings(made: BudgetDocument) -> list[tuple[str, list[Change], list[Wrong]]]:
    rows = made.projects[0].indicators
    lower = [
        Change(f"{_ROW}.1.level3", "维修返工率"),
        Change(f"{_ROW}.1.description", "返工瞭望塔占维修瞭望塔的比例"),
        Change(f"{_ROW}.1.value", _words("≥5%")),
    ]
    spending = [
        Change(f"{_ROW}.2.level3", "资金支出完成时限"),
        Change(f"{_ROW}.2.description", "资金支出完成的时间"),
    ]
    return [
        ("lower-is-better", lower, [Wrong("lower-is-better", WARNING, (f"{_ROW}.1",))]),
        ("spending-as-output", spending, [Wrong("spending-as-output", WARNING, (f"{_ROW}.2",))]),
        _value(1, "30 天", "unit-unlike-name"),
        _blank("description-of-another", WARNING, f"{_ROW}.1.description", rows[0].description, f"{_ROW}.0.description"),
        _blank("value-copies-name", WARNING, f"{_ROW}.4.value", _words(str(rows[4].level3))),
    ]  # fmt: skip


def _rows(made: BudgetDocument) -> list[tuple[str, list[Change], list[Wrong]]]:
    first = made.projects[0].indicators
    name = first[6].level3
    return [
        ("benefit-missing", [Change(f"{_ROW}.5", None), Change(f"{_ROW}.4", None)], [Wrong("benefit-missing", ERROR, (_ROW, "projects.0"))]),
        ("satisfaction-missing", [Change(f"{_ROW}.6", None)], [Wrong("satisfaction-missing", WARNING, (_ROW, "projects.0"))]),
        ("output-kind-missing", [Change(f"{_ROW}.0", None)], [Wrong("output-kind-missing", WARNING, (_ROW, "projects.0"))]),
        _blank("level-name-unknown", WARNING, f"{_ROW}.1.level2", "工作指标"),
        ("level-misplaced", [Change(f"{_ROW}.4.level2", "数量指标")], [Wrong("level-misplaced", WARNING, (f"{_ROW}.4",))]),
        _blank("level3-blank", ERROR, f"{_ROW}.1.level3", None, f"{_ROW}.1"),
        _blank("value-blank", ERROR, f"{_ROW}.1.value", None, f"{_ROW}.1"),
        _blank("description-blank", WARNING, f"{_ROW}.1.description", None, f"{_ROW}.1"),
        _blank("basis-blank", WARNING, f"{_ROW}.1.basis", None, f"{_ROW}.1"),
        _blank("level3-copies-level2", WARNING, f"{_ROW}.6.level3", "服务对象满意度指标"),
        _blank("description-copies-name", NOTICE, f"{_ROW}.6.description", name),
        ("indicator-repeated", [Change(f"{_ROW}.1", first[0]), Change(f"{_ROW}.1.level2", "数量指标")], [Wrong("indicator-repeated", WARNING, (f"{_ROW}.0", f"{_ROW}.1"))]),
        _blank("basis-weak", NOTICE, f"{_ROW}.1.basis", "工作需要"),
    ]  # fmt: skip


def _amounts(made: BudgetDocument) -> list[tuple[str, list[Change], list[Wrong]]]:
    total = _money(made, "projects.0.budget.total")
    more = f"{float(total) + 3:.2f}"
    sums = ("projects.0.budget",)
    small = f"{float(total) / 4:.2f}"
    price = made.projects[0].indicators[3].value
    cheap = [
        Change("projects.0.budget.total", small),
        Change("projects.0.budget.fiscal", small),
        Change(f"{_ROW}.3.value", _words(price.text.lstrip("≤") if price else "")),
    ]
    return [
        ("project-budget-sum", [Change("projects.0.budget.total", more)], [Wrong("project-budget-sum", ERROR, sums, more, total, "万元")]),
        ("unit-cost-over-budget", cheap, [Wrong("unit-cost-over-budget", WARNING, ("projects.0.budget", _ROW), small, total, "万元")]),
        ("total-cost-over-budget", [Change(f"{_ROW}.3.level3", "项目总成本"), Change(f"{_ROW}.3.description", "全年全部支出"), Change(f"{_ROW}.3.value", _words(f"≤{more} 万元"))],
         [Wrong("total-cost-over-budget", ERROR, (f"{_ROW}.3", "projects.0.budget"), more, total, "万元")]),
        ("price-above-standard", [Change(f"{_ROW}.3.level3", "讲课费标准"), Change(f"{_ROW}.3.description", "每学时的讲课费"), Change(f"{_ROW}.3.value", _words("≤1800 元/学时"))],
         [Wrong("price-above-standard", WARNING, (f"{_ROW}.3",), "1800", "1500", "元")]),
        ("budget-zero", [Change("projects.0.budget.total", "0.00"), Change("projects.0.budget.fiscal", "0.00")], [Wrong("budget-zero", WARNING, sums)]),
        ("plan-amounts", [Change("projects.0.plan.unit", "amount"), *_plan(march=f"{float(total) / 5:.2f}", june=small, october=f"{float(total) / 2:.2f}", december=total)], [Wrong("plan-amounts", ERROR, ("projects.0.plan",))]),
    ]  # fmt: skip


def _identities(made: BudgetDocument) -> list[tuple[str, list[Change], list[Wrong]]]:
    code = str(made.projects[0].code)
    last = "8" if code[-1] != "8" else "7"
    return [
        _blank("code-form", WARNING, "projects.0.code", code[:-3]),
        _blank("code-check-character", WARNING, "projects.0.code", code[:-1] + last),
        _blank("code-letter", ERROR, "projects.0.code", code[:12] + "O" + code[13:]),
        _blank("code-year", ERROR, "projects.0.code", f"{code[:6]}29{code[8:]}"),
        _blank("code-division", ERROR, "projects.0.code", f"110101{code[6:]}"),
        ("code-twice", [Change("projects.1.code", code)], [Wrong("code-twice", ERROR, ("projects.0.code", "projects.1.code"))]),
        ("unit-of-another-department", [Change("projects.0.unit", msgspec.structs.replace(made.projects[0].unit, code="999001"))],
         [Wrong("unit-of-another-department", ERROR, ("projects.0.unit", "projects.1.unit"))]),
        _blank("heading-name", ERROR, "projects.0.heading", "1.危房鉴定经费绩效目标表", "projects.0.name"),
        ("project-twice", _same_name(made.projects[0]), [Wrong("project-twice", WARNING, ("projects.0", "projects.1"))]),
    ]  # fmt: skip


def _same_name(first: Project) -> list[Change]:
    return [
        Change("projects.1.name", first.name),
        Change("projects.1.heading", f"2.{first.name}绩效目标表"),
    ]


def _goals(made: BudgetDocument) -> list[tuple[str, list[Change], list[Wrong]]]:
    goals = made.projects[0].goals
    first = made.projects[0]
    return [
        ("goal-missing", [Change("projects.0.goals", [])], [Wrong("goal-missing", ERROR, ("projects.0",))]),
        ("goal-repeated", [Change("projects.0.goals", [goals[0], goals[0]])], [Wrong("goal-repeated", WARNING, ("projects.0.goals",))]),
        ("goals-copied", [Change("projects.1.goals", goals)], [Wrong("goals-copied", WARNING, ("projects.0.goals", "projects.1.goals"))]),
        ("indicators-copied", [Change("projects.1.indicators", first.indicators)], [Wrong("indicators-copied", WARNING, ("projects.0", "projects.1"))]),
        ("goal-figure", [Change("projects.0.goals.0", _DIGITS.sub("777", goals[0]))],
         [Wrong("goal-figure", WARNING, ("projects.0.goals", f"{_ROW}.0"))]),
        _blank("purpose-bare", WARNING, "projects.0.purpose", first.name),
        _blank("overall-goal-missing", ERROR, "overall_goal", []),
        _blank("sub-goal-without-indicators", WARNING, "sub_goals.0.indicators", None, "sub_goals.0"),
        _blank("goal-without-result", WARNING, "projects.0.goals", ["通过经费支出保障工作正常运行。", "通过经费支出按时支付各项费用。"]),
        _blank("template-words", WARNING, "projects.0.purpose", "支付××项目费用，待补充。"),
    ]  # fmt: skip


def _wording(made: BudgetDocument) -> list[tuple[str, list[Change], list[Wrong]]]:
    year = made.fiscal_year or 0
    first, goals = made.projects[0], made.projects[0].goals
    return [
        _blank("wrong-character", WARNING, "projects.0.purpose", f"{first.purpose}资金通过专用帐户支付。"),
        _blank("doubled-word", WARNING, "projects.0.purpose", f"按合同的的约定，{first.purpose}"),
        _blank("goal-of-another-county", WARNING, "overall_goal.0", "1.完成茶陵县人民政府下达的年度任务，资金使用规范。"),
        _blank("later-paper", WARNING, "projects.0.purpose", f"按照安财农〔{year + 1}〕18号文件，{first.purpose}"),
        _blank("goal-placeholder", WARNING, "projects.0.goals.1", f"{goals[1]}（此处填写具体内容）"),
        _blank("code-missing", WARNING, "projects.0.code", None, "projects.0"),
        _blank("satisfaction-misplaced", WARNING, f"{_ROW}.5.level3", "沿线居民满意度", f"{_ROW}.5"),
        _blank("rate-undefined", NOTICE, f"{_ROW}.1.description", "验收的总体情况"),
        _blank("satisfaction-without-survey", NOTICE, f"{_ROW}.6.basis", "设计文件"),
        _value(6, "≥60%", "satisfaction-low", NOTICE),
    ]  # fmt: skip


def papers() -> list[Paper]:
    """Every error of this file in the same text."""
    made = document(_SEED)
    lists: list[Callable[[], list[Any]]] = [
        _plans, _values, lambda: _meanings(made), lambda: _rows(made), lambda: _amounts(made), lambda: _identities(made), lambda: _goals(made), lambda: _wording(made)
    ]  # fmt: skip
    found = []
    for one in lists:
        for name, changes, wrong in one():
            paper = text_paper(f"text-{name}", with_changes(made, *changes))
            found.append(paper._replace(findings=tuple(wrong)))
    return found
