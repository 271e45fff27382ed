"""WORD: wrong, missing and doubled characters, and punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiheng.auditing.prose import corpus
from jiheng.auditing.registry import Gap, rule
from jiheng.budget import BudgetDocument, Severity
from jiheng.standards.confusions import mended, patterns_in, slips_in

_PUNCTUATION = re.compile(r"[，。；、：！？,][，。；、：,](?!\d)|。{2,}")
_OPEN_END = re.compile(r"[，、,]\s*$")
# A text without any of these has nothing to be looked at.
_SUSPECT = re.compile(r"[，。；、：！？,][，。；、：,]|。。|[（(“《〔【\[）)”》〕】\]]|[，、,]\s*(?:\x00|$)")
_TAKEN_OUT = frozenset({"three_public.reasons", "changes.reasons", "operating_funds.uses"})
"""What the reader took out of sentences, or put together from several."""
_MARKS = (("（(", "）)"), ("“", "”"), ("《", "》"), ("〔【[", "〕】]"))


def _of_kind(document: BudgetDocument, *, doubled: bool) -> Iterator[Gap]:
    words = corpus(document)
    holding = {
        path: text
        for pattern in patterns_in(words.whole, doubled=doubled)
        for path, text in words.holding(pattern)
    }
    for path, text in holding.items():
        found = [slip for slip in slips_in(text) if slip.is_double is doubled]
        wrong = "、".join(f"“{slip.wrong}”" for slip in found)
        right = "、".join(f"“{slip.right}”" for slip in found)
        yield Gap(
            path=path,
            message=f"{wrong}{'多写了一遍' if doubled else '有错字或漏字'}，应为{right}",
            remedy="更正文字",
            stated="、".join(slip.wrong for slip in found),
            computed="、".join(slip.right for slip in found),
            mends=((path, mended(text)),),
        )


@rule(
    "WORD-001", title="没有常见的错字和漏字", severity=Severity.WARNING, basis="form-performance-text", article="定稿",
    checks=("D43",),
)  # fmt: skip
def no_wrong_character_is_left(document: BudgetDocument) -> Iterator[Gap]:
    """No text has a slip of the maintained list (帐户, 按装, 拔付); a name or quotation is a text as well."""
    yield from _of_kind(document, doubled=False)


@rule(
    "WORD-002", title="没有多写一遍的字词", severity=Severity.WARNING, basis="form-performance-text", article="定稿",
    checks=("D43",),
)  # fmt: skip
def no_word_is_written_twice(document: BudgetDocument) -> Iterator[Gap]:
    """No text has a word twice in a row (的的, 进行进行) where that can be no two words."""
    yield from _of_kind(document, doubled=True)


@rule(
    "WORD-003", title="标点完整", severity=Severity.NOTICE, basis="form-performance-text", article="定稿",
    checks=("D43",),
)  # fmt: skip
def punctuation_is_whole(document: BudgetDocument) -> Iterator[Gap]:
    """No two commas or stops stand side by side, every bracket has its other, and no goal ends with a comma."""
    for path, text in corpus(document).holding(_SUSPECT):
        if document.remarks and path in _TAKEN_OUT:
            continue  # it stands in a remark as well
        match = _PUNCTUATION.search(text)
        goal = ".goals." in path or path.startswith(("overall_goal", "sub_goals"))
        if match is not None:
            message = f"标点“{match[0]}”连在一起"
        elif marks := _unpaired(text):
            message = f"“{marks}”没有成对"
        elif goal and _OPEN_END.search(text):
            message = f"以“{text.strip()[-1]}”结尾，句子没有写完"
        else:
            continue
        short = text if len(text) <= 30 else f"{text[:30]}…"
        yield Gap(
            path=path, message=f"“{short}”{message}", remedy="核对原文，补全句子或更正标点", stated=short
        )


def _unpaired(text: str) -> str | None:
    """The first kind of bracket or quotation mark that opens and closes a different number of times."""
    for opening, closing in _MARKS:
        if sum(map(text.count, opening)) != sum(map(text.count, closing)):
            return opening[0] + closing[0]
    return None
