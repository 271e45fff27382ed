"""A Word file read, audited and mended in one go, within the bounds of a stranger's file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

from jiheng.auditing import Settings, Waiver, all_rules, audit
from jiheng.errors import JihengError, UnsupportedFormat
from jiheng.mending.word import Revision, changes_of, revised
from jiheng.reading import read, sniff
from jiheng.reading.isolated import Bounds, bounded, can_bound
from jiheng.reading.load import load


def mend_word(
    path: Path,
    rules: Collection[str],
    author: str,
    settings: Settings | None = None,
    waivers: Sequence[Waiver] = (),
) -> Revision:
    """The file with every mechanical mend of ``rules`` (all of them when empty) as a tracked change.

    Args:
        settings, waivers: as for ``audit``; what is switched off or explained is not mended.
    Raises:
        JihengError: there is no such rule.
        UnsupportedFormat: not a Word file.
        ReadingError: it cannot be read or revised, or reached a bound.
    """
    unknown = sorted(set(rules) - {rule.id for rule in all_rules()})
    if unknown:
        raise JihengError(f"没有规则 {'、'.join(unknown)}。", remedy="规则编号见审核结果，如 PLAN-001。")
    data = load(path, path.name)
    if sniff.suffix_of(data, path.name) not in sniff.WORD:
        raise UnsupportedFormat(
            "只有 Word 文件（.docx）能写回修订。",
            place=path.name,
            remedy="请用原来的 Word 文件；旧格式（.doc、.wps）请先另存为 .docx。",
        )
    with bounded(Bounds(), path.name) if can_bound() else nullcontext():
        documents = read(data, name=path.name).documents
        result = audit(documents, settings=settings, waivers=waivers)
        changes = changes_of(
            documents, [found for found in result.findings if not rules or found.rule in rules]
        )
        if not changes:
            return Revision(data, [], [])
        return revised(data, path.name, changes, author=author, made_at=datetime.now().astimezone())
