"""What every official letter has: number, title and addressee above, attachments, office and day below.

Form: GB/T 9704-2012, 7.3 (note of attachments a line below the body; the office above the day, with room for the seal).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from jiheng.budget import BudgetDocument
from jiheng.writing.pages import Block, Body, Text
from jiheng.writing.words import day


class Letterhead(msgspec.Struct, frozen=True):
    """Who sends a letter, and when.

    Attributes:
        office: that sends it; ``on``: the day of the letter.
        number: 发文字号, where the office has given one.
    """

    office: str
    on: date
    number: str = ""


def opened(number: str, title: str, addressee: str) -> Iterator[Block]:
    """The beginning: number, title, addressee."""
    yield Body()
    if number:
        yield Text(number, "number")
    yield Text(title, "title")
    yield Text(f"{addressee}：", "flush")


def signed(office: str, on: date, attached: Sequence[str]) -> Iterator[Block]:
    """The end: what is attached, the office, the day."""
    if attached:
        yield Text("", "blank", keep=True)
    for number, name in enumerate(attached, 1):
        count = f"{number}." if len(attached) > 1 else ""
        yield Text(f"{'附件：' if number == 1 else '　　　'}{count}{name}", keep=True)
    yield Text("\n", "blank", keep=True)
    yield Text(office, "signature", keep=True)
    yield Text(day(on), "signature")


def annex(number: int, attached: Sequence[str]) -> Iterator[Block]:
    """The head of the ``number``-th attachment, which begins a page."""
    yield Text(f"附件{number if len(attached) > 1 else ''}", "attachment")
    yield Text(attached[number - 1], "title")


def body_of(document: BudgetDocument, default: str) -> str:
    """The department that a document is of, as a letter addresses it."""
    name = document.department.name if document.department else None
    own = next((goals.name for goals in document.department_goals if goals.name), None)
    return name or document.issuer or own or default
