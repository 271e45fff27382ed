"""The labelled texts of a form: above the indicators, or below them what is concluded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from jiheng.budget import TOPICS, Statement
from jiheng.writing.forms import details
from jiheng.writing.forms.identity import LABEL
from jiheng.writing.forms.ruling import Strip, label, words

_CLOSING = frozenset({"conclusion", "problems", "improvement", "deviation", "review"})


def parted(statements: Sequence[Statement]) -> tuple[list[Statement], list[Statement]]:
    """What stands above the indicators, and what concludes the form: the last of a closing topic and with a label."""
    cut = len(statements)
    while cut and statements[cut - 1].topic in _CLOSING and statements[cut - 1].label:
        cut -= 1
    return list(statements[:cut]), list(statements[cut:])


def strips(statements: Sequence[Statement], width: float, *, as_tables: bool = True) -> Iterator[Strip]:
    """A row for each: its label and its text; a text without a label over the whole width.

    Args:
        as_tables: texts that state several things each stand in a small table.
    """
    for topic, run in groupby(statements, key=_table_of):
        if topic is not None and as_tables:
            yield from details.strips(list(run), width)
            continue
        for statement in run:
            topic_name = "" if statement.topic in (None, "remark") else TOPICS.get(statement.topic, "")
            if name := statement.label or topic_name:
                yield [(LABEL, label(name)), (width - LABEL, words(statement.text))]
            else:
                yield [(width, words(statement.text))]


def _table_of(statement: Statement) -> str | None:
    """The topic of a text that stands as a row of a small table."""
    return statement.topic if details.parts_of(statement) is not None else None
