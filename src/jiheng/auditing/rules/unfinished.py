"""WORD: sentences that end where they end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from jiheng.auditing.prose import corpus
from jiheng.auditing.registry import Gap, rule
from jiheng.budget import BudgetDocument, Severity

# Words after which something must follow; not where they are the end of another word (存在, 总和, 参与, 合并, 自由).
_OPEN: Final = re.compile(
    r"(?:[，、,]|以及|并且|或者|按照|(?<![所存内实潜外现好])在|(?<![总饱缓祥温谐共平])和|(?<![参给赠授干])与"
    r"|(?<![合兼归吞])并|(?<![自理缘])由)\s*$"
)
_MAY_BE_OPEN: Final = ("，", "、", ",", "以及", "并且", "或者", "按照", "在", "和", "与", "并", "由")
_TOLD: Final = re.compile(
    r"\.goals\.|\.purpose$|^duties\.|^overall_goal\.|^sub_goals\..*\.goal$|^safeguards\..*\.text$"
    r"|^glossary\..*\.definition$|\.reasons$|\.uses$|^other_matters$"
)
"""Texts that are sentences; a reader may cut headings and remarks at the end of a line."""


@rule(
    "WORD-021", title="句子写完整", severity=Severity.WARNING, basis="form-performance-text", article="定稿",
    checks=("D43",),
)  # fmt: skip
def a_sentence_is_finished(document: BudgetDocument) -> Iterator[Gap]:
    """A goal, purpose, duty or other text does not break off after a comma or a word that needs another."""
    found = corpus(document)
    for path, text in zip(found.paths, found.texts, strict=True):
        if not text.rstrip().endswith(_MAY_BE_OPEN) or not _TOLD.search(path):
            continue
        match = _OPEN.search(text)
        if match is not None:
            yield Gap(
                path=path,
                message=f"“…{text.rstrip()[-12:]}”在“{match[0].strip()}”处断开，句子没有写完",
                remedy="补写完整，或删去多余的字",
                stated=match[0].strip(),
            )
