"""How sentences tell amounts and days, in every document that is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


def in_wan(amount: str, unit: str = "万元") -> str:
    """An amount as a sentence has it: "120.00万元", or in the unit that it brings along."""
    return amount if amount.endswith("元") else f"{amount}{unit}"


def named_amounts(node: object, fields: Sequence[tuple[str, str]], joint: str = "，") -> str:
    """ "一般公共预算收入692.60万元，基金预算收入0万元", what is absent left out.

    Args:
        fields: of ``node``, each with its name.
    """
    found = [(name, getattr(node, field)) for field, name in fields]
    return joint.join(f"{name}{in_wan(amount)}" for name, amount in found if amount is not None)


def day(on: date) -> str:
    """ "2024年1月31日"."""
    return f"{on.year}年{on.month}月{on.day}日"
