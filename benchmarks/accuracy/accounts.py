"""The figures of an invented department, from which all its tables and sentences take theirs, so that they agree."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from benchmarks.accuracy.words import ECONOMIC, FUNCTIONS, Chance, split

_OPERATING: Final = "302"
"""The economic class of 公用经费; the others are 人员经费."""


class Functions(NamedTuple):
    """A function with its amounts; ``code`` of three, five or seven digits."""

    code: str
    name: str
    personnel: Decimal
    operating: Decimal
    project: Decimal

    @property
    def basic(self) -> Decimal:
        """人员经费 and 公用经费."""
        return self.personnel + self.operating

    @property
    def total(self) -> Decimal:
        """All together."""
        return self.basic + self.project


class Purchase(NamedTuple):
    """A row of the procurement table."""

    project: str
    item: str
    count: int
    price: Decimal

    @property
    def total(self) -> Decimal:
        """Count times price."""
        return self.price * self.count


class Accounts(NamedTuple):
    """What a department gets and spends.

    Attributes:
        rows: every function with its sections and items.
        economy: the basic expenditure under each 款 of the economic classification.
        three: the “三公”经费: total, abroad, vehicles in all, purchase, operation, reception.
        projects: names and amounts, which make up the project expenditure.
    """

    rows: list[Functions]
    economy: dict[str, Decimal]
    three: list[Decimal]
    projects: list[tuple[str, Decimal]]
    purchases: list[Purchase]

    @property
    def whole(self) -> Functions:
        """The sum of all functions."""
        return whole(self.rows)

    @property
    def bought(self) -> Decimal:
        """All purchases."""
        return sum((one.total for one in self.purchases), Decimal(0))


def accounts(chance: Chance) -> Accounts:
    """Figures of a department that agree with one another."""
    rows = functions(chance)
    total = whole(rows)
    economy = _economy(chance, total)
    names = list(dict.fromkeys(chance.project() for _ in range(chance.randint(4, 12))))
    projects = list(zip(names, split(chance, total.project, len(names)), strict=True))
    return Accounts(rows, economy, _three_public(chance, economy), projects, _purchases(chance))


def functions(chance: Chance) -> list[Functions]:
    """Some functions with their sections and items; every sum adds up."""
    found: list[Functions] = []
    for code, name, sections in chance.sample(FUNCTIONS, chance.randint(3, len(FUNCTIONS))):
        at = len(found)
        for section, section_name, items in sections:
            below = len(found)
            for item, item_name in items:
                found.append(Functions(item, item_name, *split(chance, chance.amount(3000), 3)))
            found.insert(below, _sum(section, section_name, found[below:]))
        found.insert(at, _sum(code, name, [row for row in found[at:] if len(row.code) == 5]))
    return found


def _sum(code: str, name: str, rows: Sequence[Functions]) -> Functions:
    zero = Decimal(0)
    parts = ("personnel", "operating", "project")
    return Functions(code, name, *(sum((getattr(row, part) for row in rows), zero) for part in parts))


def classes(rows: Sequence[Functions]) -> list[Functions]:
    """Only the 类."""
    return [row for row in rows if len(row.code) == 3]


def whole(rows: Sequence[Functions]) -> Functions:
    """The sum of all."""
    return _sum("", "合计", classes(rows))


def _economy(chance: Chance, total: Functions) -> dict[str, Decimal]:
    """人员经费 and 公用经费, each parted among its 款."""
    found: dict[str, Decimal] = {}
    for operating, amount in ((False, total.personnel), (True, total.operating)):
        codes = [
            code for name, _, items in ECONOMIC if (name == _OPERATING) is operating for code, _ in items
        ]
        found |= zip(codes, split(chance, amount, len(codes)), strict=True)
    return found


def is_operating(code: str) -> bool:
    """Whether a code of the economic classification is of 公用经费."""
    return code.startswith(_OPERATING)


def _three_public(chance: Chance, economy: dict[str, Decimal]) -> list[Decimal]:
    """Projects may add to what basic expenditure has for reception and vehicles."""
    abroad = chance.choice((Decimal(0), chance.amount(5)))
    purchase = chance.amount(30)
    operation = economy["30231"] + chance.choice((Decimal(0), chance.amount(20)))
    reception = economy["30217"] + chance.choice((Decimal(0), chance.amount(5)))
    return three_public(abroad, purchase, operation, reception)


def three_public(abroad: Decimal, purchase: Decimal, operation: Decimal, reception: Decimal) -> list[Decimal]:
    """The “三公”经费 in the order of their table, with the sums."""
    vehicle = purchase + operation
    return [abroad + vehicle + reception, abroad, vehicle, purchase, operation, reception]


def _purchases(chance: Chance) -> list[Purchase]:
    items = ("台式计算机", "便携式计算机", "多功能一体机", "办公桌", "文件柜")
    return [
        Purchase(chance.project(), chance.choice(items), chance.randint(1, 40), chance.amount(9))
        for _ in range(chance.randint(2, 6))
    ]
