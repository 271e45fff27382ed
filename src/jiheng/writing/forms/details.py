"""A small table beside one label, of texts that state several things each: costs with their amounts, steps with dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiheng.budget import TOPICS, Statement
from jiheng.writing.forms.identity import LABEL
from jiheng.writing.forms.ruling import Strip, label, shared, wanted, words

_PART = re.compile(r"(?P<name>[^：；。]{1,10})：(?P<text>[^；]+)")
_FEWEST = 2
"""Things that each text states: a table of fewer columns is one of labels and texts."""
_FIRST = "内容"


def parts_of(statement: Statement) -> dict[str, str] | None:
    """What a text states, by name ("金额：20；测算依据：…"); ``None`` for any other text."""
    found = [_PART.fullmatch(part) for part in (statement.text or "").split("；")]
    if not statement.label or statement.topic is None or len(found) < _FEWEST:
        return None
    parts = {match["name"]: match["text"] for match in found if match is not None}
    return parts if len(parts) == len(found) else None


def strips(run: Sequence[Statement], width: float) -> Iterator[Strip]:
    """The table of a run of such texts on one topic."""
    told = [parts_of(statement) or {} for statement in run]
    names = list(dict.fromkeys(name for parts in told for name in parts))
    texts = [
        [statement.label for statement in run],
        *([parts.get(name, "") for parts in told] for name in names),
    ]
    heads = [_FIRST, *names]
    wants = [wanted(head, column, most=14) for head, column in zip(heads, texts, strict=True)]
    widths = [LABEL, *shared(wants, width - LABEL)]
    side = label(TOPICS.get(run[0].topic or "", ""), len(run) + 1)
    yield list(zip(widths, [side, *map(label, heads)], strict=True))
    for row in zip(*texts, strict=True):
        yield list(zip(widths, [None, *map(words, row)], strict=True))
