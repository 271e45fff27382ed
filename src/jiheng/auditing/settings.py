"""What a department sets for itself: rules switched off, other severities, other bounds; for all or for a division."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final

import msgspec

from jiheng.auditing.registry import all_rules
from jiheng.auditing.thresholds import stored_thresholds
from jiheng.auditing.toml_files import load_toml, parse_toml
from jiheng.budget import BudgetDocument, Severity
from jiheng.errors import InvalidSettings
from jiheng.standards.divisions import codes_above

_CALLED: Final = "审核设置"
_REMEDY: Final = "程度写 error、warning 或 notice。"
_CODE: Final = re.compile(r"[1-9]\d{5}")


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One set of choices.

    Attributes:
        off, on: ids of rules, or patterns such as "TXT-*"; ``on`` takes back what a wider set switched off.
        severity: id of a rule -> how bad its findings are.
        thresholds: family of bounds -> name -> value, as in ``thresholds.toml``.
    """

    off: list[str] = []
    on: list[str] = []
    severity: dict[str, Severity] = {}
    thresholds: dict[str, dict[str, Any]] = {}


class Settings(Choice, frozen=True, forbid_unknown_fields=True):
    """Choices for everything, and further ones for single divisions (by code), which go before."""

    division: dict[str, Choice] = {}

    def of(self, document: BudgetDocument) -> Chosen:
        """What holds for a document: of all, of its province, its city and its county, the nearer one last."""
        code = document.division.code if document.division else None
        nearer = (self.division[code] for code in codes_above(code) if code in self.division)
        return _merged([self, *nearer])

    def chosen_by_part(self) -> Iterator[tuple[str, Chosen]]:
        """What is set for all (""), and what each division (by code) sets itself."""
        yield "", _merged([self])
        for code, choice in self.division.items():
            yield code, _merged([choice])


class Chosen(msgspec.Struct, frozen=True):
    """What holds for one document."""

    off: frozenset[str] = frozenset()
    severity: dict[str, Severity] = {}
    thresholds: dict[str, dict[str, Any]] = {}


NOTHING_CHOSEN = Chosen()


def load_settings(path: Path) -> Settings:
    """The settings in a TOML file.

    Raises:
        InvalidSettings: it cannot be read, or names a rule or a bound that there is not.
    """
    return _checked(load_toml(path, Settings, _CALLED, _REMEDY), str(path))


def parse_settings(text: str) -> Settings:
    """The settings in the text of such a file. Raises ``InvalidSettings`` as ``load_settings`` does."""
    return _checked(parse_toml(text, Settings, _CALLED, _REMEDY), None)


def _checked(settings: Settings, place: str | None) -> Settings:
    for choice in (settings, *settings.division.values()):
        _check(choice, place)
    for code in settings.division:
        if not _CODE.fullmatch(code):
            raise InvalidSettings(
                f"“{code}”不是行政区划代码。", place=place, remedy="写六位代码，如 [division.130529]。"
            )
    return settings


def _check(choice: Choice, place: str | None) -> None:
    ids = [rule.id for rule in all_rules()]
    for name in (*choice.off, *choice.on, *choice.severity):
        if not any(fnmatchcase(rule, name) for rule in ids):
            raise InvalidSettings(f"没有规则“{name}”。", place=place, remedy=_meant(name, ids))
    known = stored_thresholds()
    for family, bounds in choice.thresholds.items():
        if family not in known:
            raise InvalidSettings(f"没有“{family}”这组界限。", place=place, remedy=_meant(family, known))
        for name, value in bounds.items():
            if name not in known[family]:
                raise InvalidSettings(
                    f"“{family}”里没有界限“{name}”。", place=place, remedy=_meant(name, known[family])
                )
            if not _fits(value, known[family][name]):
                raise InvalidSettings(
                    f"界限 {family}.{name} 的写法不对。",
                    place=place,
                    remedy=f"应写作如 {known[family][name]!r}。",
                )


def _fits(value: object, known: object) -> bool:
    """Whether a bound can stand in place of the one that comes with the program."""
    if isinstance(known, str):
        return isinstance(value, (str, int, float)) and _is_number(value)
    if isinstance(known, float):
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, type(known)) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    try:
        return not isinstance(value, bool) and Decimal(str(value)).is_finite()
    except ArithmeticError:
        return False


def _meant(name: str, known: Iterable[str]) -> str:
    found = get_close_matches(name, list(known), n=1)
    return f"是否应为“{found[0]}”？" if found else "请核对名称。"


def _merged(choices: Iterable[Choice]) -> Chosen:
    off: set[str] = set()
    severity: dict[str, Severity] = {}
    thresholds: dict[str, dict[str, Any]] = {}
    ids = [rule.id for rule in all_rules()]
    for choice in choices:
        off |= _matching(choice.off, ids)
        off -= _matching(choice.on, ids)
        severity |= _by_rule(choice.severity, ids)
        for family, bounds in choice.thresholds.items():
            thresholds[family] = {**thresholds.get(family, {}), **bounds}
    return Chosen(frozenset(off), severity, thresholds)


def _matching(patterns: Iterable[str], ids: list[str]) -> set[str]:
    return {rule for rule in ids for pattern in patterns if fnmatchcase(rule, pattern)}


def _by_rule(severity: Mapping[str, Severity], ids: list[str]) -> dict[str, Severity]:
    return {rule: bad for pattern, bad in severity.items() for rule in ids if fnmatchcase(rule, pattern)}
