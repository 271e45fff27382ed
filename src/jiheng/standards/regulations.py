"""Laws, regulations, standards and forms by key, and how a finding cites them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from jiheng.errors import UnknownCode, UnknownRegulation
from jiheng.standards.datafile import toml_table


@dataclass(frozen=True, slots=True)
class Regulation:
    """One law, regulation, document, standard, or convention of a form.

    Attributes:
        key: the name by which rules refer to it, e.g. "mof-2016-143".
        title: without 《》.
        number: document number with 〔〕, number of a standard or of a decree; ``None`` for laws, forms and
            where it is not known.
        issued_on: ``None`` where only the year or less is known; ``source`` then says so.
        in_force_until: the last day in force, ``None`` while it is.
        source: where the text was seen, and what of it rests on memory.
        original_seen: whether original text of what is cited was seen (``unverified`` names the exceptions).
        articles: article number ("32"), or a name where no number is known, to its gist in our own words.
        unverified: the articles whose original text was not seen.
        is_convention: drawn from forms in use, not laid down by anyone.
    """

    key: str
    title: str
    number: str | None
    issuer: str
    issued_on: date | None
    in_force_from: date
    in_force_until: date | None
    source: str
    original_seen: bool
    articles: Mapping[str, str] = field(hash=False)
    unverified: frozenset[str] = frozenset()
    is_convention: bool = False

    def in_force(self, year: int) -> bool:
        """Whether it was in force on any day of ``year``."""
        return self.in_force_from.year <= year and (
            self.in_force_until is None or year <= self.in_force_until.year
        )

    def is_verified(self, article: int | str) -> bool:
        """Whether the original text of ``article`` was seen."""
        return self.original_seen and str(article) not in self.unverified


def regulation(key: str) -> Regulation:
    """The regulation with this key.

    Raises:
        UnknownRegulation: no regulation has it.
    """
    found = _by_key().get(key)
    if found is None:
        raise UnknownRegulation(
            f"没有编号为“{key}”的法规依据", remedy="核对规则的 basis，或在 regulations.toml 中补列"
        )
    return found


def regulations() -> tuple[Regulation, ...]:
    """All regulations, in the order of the data file."""
    return tuple(_by_key().values())


def cite(key: str, article: int | str | None = None) -> str:
    """The regulation as a finding cites it, with article and gist where ``article`` is given.

    "财预〔2016〕143号《地方预决算公开操作规程》", "《中华人民共和国预算法》第三十二条：…" for a numbered
    article, "…（公开内容）：…" for a named one; "（待核对原文）" follows a gist whose original was not seen.

    Raises:
        UnknownRegulation: no regulation has this key.
        UnknownCode: the regulation has no such article on record.
    """
    basis = regulation(key)
    name = basis.title if basis.is_convention else f"{basis.number or ''}《{basis.title}》"
    if article is None:
        return name
    text = str(article)
    gist = basis.articles.get(text)
    if gist is None:
        raise UnknownCode(f"{name}没有收录“{text}”", remedy="核对规则所引条文，或在 regulations.toml 中补列")
    place = f"第{_chinese_numeral(int(text))}条" if text.isdecimal() else f"（{text}）"
    doubt = "" if basis.is_verified(text) else "（待核对原文）"
    return f"{name}{place}：{gist}{doubt}"


@cache
def _by_key() -> Mapping[str, Regulation]:
    return MappingProxyType(
        {key: _regulation(key, entry) for key, entry in toml_table("regulations.toml").items()}
    )


def _regulation(key: str, entry: dict[str, Any]) -> Regulation:
    return Regulation(
        key=key,
        title=entry["title"],
        number=entry.get("number"),
        issuer=entry["issuer"],
        issued_on=entry.get("issued_on"),
        in_force_from=entry["in_force_from"],
        in_force_until=entry.get("in_force_until"),
        source=entry["source"],
        original_seen=entry["original_seen"],
        articles=MappingProxyType(entry.get("articles", {})),
        unverified=frozenset(entry.get("unverified", ())),
        is_convention=entry.get("is_convention", False),
    )


def _chinese_numeral(number: int) -> str:
    """``number`` (1 to 199) as articles are counted: 十四, 二十, 一百零一."""
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    written = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        written += "十" if tens == 1 and not hundreds else f"{digits[tens]}十"
    elif hundreds and ones:
        written += "零"
    return written + (digits[ones] if ones else "")
