"""What a budget says of last year's, computed from last year's document: changes, shares, and where they come from.

财预〔2016〕143号 asks a department to say how its budget and its three public expenses changed, and why. What the figures
show is filled in where the document says nothing; nothing that somebody wrote is replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, TypeVar

import msgspec

from jiheng.budget import BudgetDocument, Changes, Money, ThreePublic, normalise, replace

_Told = TypeVar("_Told", Changes, ThreePublic)
_NAMED: Final = 5
"""So many projects are named; of more the number is told."""
_EXPENSES: Final = (
    ("abroad", "因公出国（境）费"), ("vehicle_purchase", "公务用车购置费"), ("vehicle_operation", "公务用车运行维护费"),
    ("reception", "公务接待费"),
)  # fmt: skip
_BASIC: Final = (("personnel", "人员经费"), ("operating", "日常公用经费"))


def compared(document: BudgetDocument, previous: BudgetDocument) -> BudgetDocument:
    """The document with the comparisons that it does not make itself, against last year's.

    Amounts are differences in 万元, with the decimals of the more exact of the two; rates have one decimal.
    """
    changes, spent = _changes(document, previous), _three_public(document, previous)
    filled: BudgetDocument = replace(document, changes=changes, three_public=spent)
    return filled


def _changes(document: BudgetDocument, previous: BudgetDocument) -> Changes | None:
    now, before = document.expenditure, previous.expenditure
    told = document.changes or Changes()
    if now is None or before is None:
        return document.changes
    found = {
        field: _difference(getattr(now, field), getattr(before, field))
        for field in ("total", "basic", "project")
    }
    if all(money is None for money in found.values()):
        return document.changes
    computed = {
        **{field: _signed(money) for field, money in found.items()},
        "rate": _rate(found["total"], before.total),
        "previous_year": previous.fiscal_year,
        "reasons": _reasons(document, previous),
    }
    return _filled(told, computed)


def _three_public(document: BudgetDocument, previous: BudgetDocument) -> ThreePublic | None:
    now, before = document.three_public, previous.three_public
    if now is None or before is None:
        return now
    change = _difference(now.total, before.total)
    if change is None:
        return now
    parts = [
        f"{name}{_word(money)}"
        for field, name in _EXPENSES
        if (money := _difference(getattr(now, field), getattr(before, field))) is not None and money
    ]
    computed = {
        "change": _signed(change),
        "rate": _rate(change, before.total),
        "previous_year": previous.fiscal_year,
        "reasons": "，".join(parts) or None,
    }
    return _filled(now, computed)


def _filled(told: _Told, computed: Mapping[str, object]) -> _Told:
    absent = {field: value for field, value in computed.items() if getattr(told, field) is None}
    filled: _Told = replace(told, **absent)
    return filled


def _difference(now: str | None, before: str | None) -> Money | None:
    left, right = Money.parse(now), Money.parse(before)
    return left.to("万元") - right.to("万元") if left is not None and right is not None else None


def _signed(money: Money | None) -> str | None:
    return money.text if money is not None else None


def _rate(change: Money | None, before: str | None) -> str | None:
    """The change in per cent of last year's amount; ``None`` where that was nothing."""
    base = Money.parse(before)
    if change is None or base is None or not base:
        return None
    share = change.yuan / base.yuan * 100
    return f"{share.quantize(Decimal('0.1'), ROUND_HALF_UP):f}"


def _word(money: Money) -> str:
    """ "增加3.00万元"."""
    return f"{'减少' if money.number < 0 else '增加'}{abs(money).text}万元"


def _reasons(document: BudgetDocument, previous: BudgetDocument) -> str | None:
    """Basic spending by its parts, projects by those that came, went and changed most."""
    parts = []
    for field, name, inner in (
        ("basic", "基本支出", list(_of_basic(document, previous))),
        ("project", "项目支出", list(_of_projects(document, previous))),
    ):
        change = _difference(getattr(document.expenditure, field), getattr(previous.expenditure, field))
        if change is None:
            continue
        if not change and not inner:
            parts.append(f"{name}与上年持平")
        else:
            told = _word(change) if change else "总额与上年持平"
            listed = "、".join(inner)
            parts.append(f"{name}{told}{f'，主要是{listed}' if listed else ''}")
    return "；".join(parts) or None


def _of_basic(document: BudgetDocument, previous: BudgetDocument) -> Iterator[str]:
    for field, name in _BASIC:
        change = _difference(getattr(document.expenditure, field), getattr(previous.expenditure, field))
        if change:
            yield f"{name}{_word(change)}"


class _Project(msgspec.Struct, frozen=True):
    name: str
    money: Money


def _of_projects(document: BudgetDocument, previous: BudgetDocument) -> Iterator[str]:
    """The projects that moved most money, the largest first."""
    now, before = _projects(document), _projects(previous)
    if not now or not before:
        return
    moved: list[tuple[Decimal, str]] = []
    for key, project in now.items():
        earlier = before.get(key)
        change = project.money - earlier.money if earlier else project.money
        if change:
            word = _word(change) if earlier else f"新增{change.text}万元"
            moved.append((abs(change.yuan), f"“{project.name}”{word}"))
    moved += [
        (project.money.yuan, f"不再安排“{project.name}”{project.money.text}万元")
        for key, project in before.items()
        if key not in now and project.money
    ]
    moved.sort(key=lambda entry: -entry[0])
    yield from (text for _, text in moved[:_NAMED])
    if len(moved) > _NAMED:
        yield f"其他{len(moved) - _NAMED}个项目有增有减"


def _projects(document: BudgetDocument) -> dict[str, _Project]:
    """Every project with its amount, by its name as compared; codes change from year to year."""
    found: dict[str, _Project] = {}
    for _, project in document.goal_tables():
        money = project.budget.money("total") if project.budget else None
        if project.name and money is not None:
            found.setdefault(normalise(project.name), _Project(project.name, money.to("万元")))
    if not found and document.expenditure is not None:
        for entry in document.expenditure.projects:
            money = Money.parse(entry.amount)
            if entry.name and money is not None:
                found.setdefault(normalise(entry.name), _Project(entry.name, money.to("万元")))
    return found
