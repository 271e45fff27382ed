"""Two versions of a document: which findings were put right, which are left, and which are new."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

import msgspec

from jiheng.budget import Finding, normalise


class Compared(msgspec.Struct, frozen=True):
    """The findings of an older and a newer version, held against each other.

    Attributes:
        fixed: of the older version, and gone.
        left: the same in both, as the newer has them.
        changed: pairs, older first: the value is another one and still wrong.
        new: of the newer version alone.
    """

    fixed: list[Finding]
    left: list[Finding]
    changed: list[tuple[Finding, Finding]]
    new: list[Finding]


def compared(before: Iterable[Finding], after: Iterable[Finding]) -> Compared:
    """Findings of the same rule about the same field of the same project or indicator belong together."""
    old, new = list(before), list(after)
    same, old, new = _paired(old, new, lambda finding: (*_subject(finding), finding.stated, finding.message))
    moved, old, new = _paired(old, new, lambda finding: (*_subject(finding), finding.stated))
    changed, old, new = _paired(old, new, _subject)
    return Compared(old, [later for _, later in (*same, *moved)], changed, new)


def _subject(finding: Finding) -> tuple[Hashable, ...]:
    field = ".".join(step for step in (finding.path or "").split(".") if not step.isdigit())
    return finding.rule, finding.document, normalise(finding.project), normalise(finding.indicator), field


def _paired(
    before: list[Finding], after: list[Finding], key: Callable[[Finding], Hashable]
) -> tuple[list[tuple[Finding, Finding]], list[Finding], list[Finding]]:
    """Pairs with the same key, one to one in their order, and what is left of each side."""
    waiting: dict[Hashable, list[Finding]] = {}
    for finding in reversed(before):
        waiting.setdefault(key(finding), []).append(finding)
    pairs: list[tuple[Finding, Finding]] = []
    rest: list[Finding] = []
    for finding in after:
        found = waiting.get(key(finding))
        if found:
            pairs.append((found.pop(), finding))
        else:
            rest.append(finding)
    taken = {id(old) for old, _ in pairs}
    return pairs, [finding for finding in before if id(finding) not in taken], rest
