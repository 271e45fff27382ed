"""Mends put into documents, as a person's corrections are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jiheng.budget import BudgetDocument, Finding, corrected


def mended(documents: Sequence[BudgetDocument], findings: Iterable[Finding]) -> list[BudgetDocument]:
    """``documents`` with the mends of ``findings``; of two mends for one value the first holds.

    Raises:
        InvalidCorrection: a mend names a value that these documents do not have.
    """
    found = list(documents)
    done: set[tuple[int, str]] = set()
    for finding in findings:
        for mend in finding.mends:
            if (finding.document, mend.path) not in done:
                done.add((finding.document, mend.path))
                found = corrected(found, f"{finding.document}.{mend.path}", mend.after)
    return found
