"""A Word file read, audited and mended in one go, within the bounds of a stranger's file."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from jiheng.auditing import all_rules, audit
from jiheng.errors import JihengError
from jiheng.mending.word import Revision, changes_of, revised
from jiheng.reading import read
from jiheng.reading.load import load


def mend_word(path: Path, rules: Collection[str], author: str) -> Revision:
    """The file with every mechanical mend of ``rules`` (all of them when empty) as a tracked change.

    Raises:
        JihengError: there is no such rule, or the file cannot be read or revised.
    """
    unknown = sorted(set(rules) - {rule.id for rule in all_rules()})
    if unknown:
        raise JihengError(f"没有规则 {'、'.join(unknown)}。", remedy="规则编号见审核结果，如 PLAN-001。")
    data = load(path, path.name)
    documents = read(data, name=path.name).documents
    findings = [finding for finding in audit(documents).findings if not rules or finding.rule in rules]
    changes = changes_of(documents, findings)
    if not changes:
        return Revision(data, [], [])
    return revised(data, path.name, changes, author=author, made_at=datetime.now().astimezone())
