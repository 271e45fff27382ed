"""The Word templates of this office: kept one after the other, made to hold, found for a document."""

from __future__ import annotations

import hashlib
import re
from typing import Final

import msgspec
from django.db import transaction

from jiheng.budget import BudgetDocument, Kind
from jiheng.errors import InvalidTemplate
from jiheng.templates import Problem, Slot, applying
from jiheng.templates.package import MAX_BYTES
from jiheng.web.documents import bounded
from jiheng.web.documents.changed import ChangedMeanwhile
from jiheng.web.documents.models import TemplateChoice, WordTemplate
from jiheng.web.documents.names import named, plain_text, safe_name

_DIVISION: Final = re.compile(r"([1-9]\d{5})?")
_YEARS: Final = range(2000, 2101)
_NOTE: Final = 200


class HasProblems(InvalidTemplate):
    """A template that is not kept; ``problems`` has all that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"模板有 {len(problems)} 处问题，没有保存。", remedy="请在 Word 中改好后重新上传。")
        self.problems = problems


class Group(msgspec.Struct, frozen=True):
    """The versions of one slot, the newest first, and the number of the one that holds."""

    slot: Slot
    versions: list[WordTemplate]
    holds: int


def keep(*, name: str, content: bytes, slot: Slot, who: str, note: str) -> WordTemplate:
    """Keeps a template, which holds from now on.

    Raises:
        InvalidCorrection: nobody is named.
        HasProblems: there is something wrong with it.
        ReadingError, TooBusy: it could not be checked.
    """
    who, name = named(who), safe_name(name)
    problems = bounded.check_template(name, content)
    if problems:
        raise HasProblems(problems)
    with transaction.atomic():  # not around the check, which may take its time
        kept = WordTemplate.objects.create(
            kind=slot.kind.value, year=slot.year, division=slot.division, name=name, size=len(content),
            sha256=hashlib.sha256(content).hexdigest(), content=content, who=who, note=plain_text(note, _NOTE),
        )  # fmt: skip
        TemplateChoice.objects.create(template=kept, who=who)
    return kept


@transaction.atomic
def use(*, number: int, who: str, holding: int) -> WordTemplate:
    """Lets another version hold.

    Args:
        holding: the one that the person saw to hold.
    Raises:
        InvalidCorrection: nobody is named.
        InvalidTemplate: there is none of this number.
        ChangedMeanwhile: another one holds by now.
    """
    who = named(who)
    found = by_number(number)
    if found is None:
        raise InvalidTemplate("没有这个模板。", remedy="请刷新页面再试。")
    if held_by_slot().get(_slot(found)) != holding:
        raise ChangedMeanwhile("刚有人换过模板，没有改动。", remedy="请刷新页面，核对后再选。")
    TemplateChoice.objects.create(template=found, who=who)
    return found


def slot_of(kind: str, year: str, division: str) -> Slot:
    """What a form says that a template is for. Raises ``InvalidTemplate``."""
    year, division = year.strip(), division.strip()
    if kind not in list(Kind):
        raise InvalidTemplate("没有选择文件种类。", remedy="请选择模板用于哪一种文件。")
    if year and not (year.isdecimal() and len(year) == 4 and int(year) in _YEARS):
        raise InvalidTemplate(f"年度“{year[:10]}”不对。", remedy="写四位年份；不写为各年度。")
    if not _DIVISION.fullmatch(division):
        raise InvalidTemplate(f"“{division[:10]}”不是行政区划代码。", remedy="写六位代码；不写为各地区。")
    return Slot(Kind(kind), int(year or 0), division)


def too_large() -> InvalidTemplate:
    """The refusal of a file that did not arrive whole."""
    return InvalidTemplate(f"模板超过 {MAX_BYTES // 1024 // 1024} MB。", remedy="请删去其中的图片后再传。")


def by_number(number: int) -> WordTemplate | None:
    """A version with its bytes."""
    return WordTemplate.objects.filter(pk=number).first()


def held_by_slot() -> dict[Slot, int]:
    """The number of the version that holds for each slot."""
    held: dict[Slot, int] = {}
    chosen = TemplateChoice.objects.select_related("template").defer("template__content")
    for choice in chosen:  # the newest first
        held.setdefault(_slot(choice.template), choice.template.pk)
    return held


def number_for(document: BudgetDocument, held: dict[Slot, int]) -> int:
    """The number of the template that applies to a document; 0 for our own layout."""
    slot = applying(held, document)
    return held[slot] if slot is not None else 0


def groups() -> list[Group]:
    """Every version, slot by slot."""
    held = held_by_slot()
    versions: dict[Slot, list[WordTemplate]] = {}
    for version in WordTemplate.objects.defer("content"):
        versions.setdefault(_slot(version), []).append(version)
    return [Group(slot, versions[slot], held.get(slot, 0)) for slot in sorted(versions, key=_order)]


def _order(slot: Slot) -> tuple[int, str, int]:
    return list(Kind).index(slot.kind), slot.division, -slot.year


def _slot(template: WordTemplate) -> Slot:
    return Slot(Kind(template.kind), template.year, template.division)
