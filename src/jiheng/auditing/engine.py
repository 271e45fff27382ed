"""Runs the rules over documents and turns gaps into findings."""

from __future__ import annotations

import gc
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

import msgspec

from jiheng.auditing.earlier import earlier_of
from jiheng.auditing.faults import fault_of
from jiheng.auditing.library import Library
from jiheng.auditing.registry import Gap, Rule, all_rules
from jiheng.auditing.remembered import forget
from jiheng.auditing.settings import NOTHING_CHOSEN, Chosen, Settings
from jiheng.auditing.thresholds import set_thresholds
from jiheng.auditing.waivers import Waived, Waiver, key_of, parted
from jiheng.budget import (
    BudgetDocument,
    Finding,
    Indicator,
    Mend,
    Project,
    Severity,
    follow,
    place_at,
    text_at,
)
from jiheng.errors import RuleFailed
from jiheng.standards.regulations import cite


class Audit(msgspec.Struct, frozen=True):
    """The findings, worst first within each document, and the rules that crashed."""

    findings: list[Finding]
    failed_rules: list[RuleFailed]
    waived: list[Waived] = []
    """Findings that a person has explained; they do not count."""

    @property
    def has_errors(self) -> bool:
        """Whether a finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def counts(self) -> dict[Severity, int]:
        """How many findings of each severity."""
        counted = Counter(finding.severity for finding in self.findings)
        return {severity: counted[severity] for severity in Severity}


class _Beside(NamedTuple):
    """What documents are held against besides themselves."""

    previous: list[BudgetDocument]
    library: Library


def audit(
    documents: BudgetDocument | Sequence[BudgetDocument],
    *,
    previous: BudgetDocument | Sequence[BudgetDocument] = (),
    library: Sequence[BudgetDocument] = (),
    rules: Sequence[Rule] | None = None,
    settings: Settings | None = None,
    waivers: Sequence[Waiver] = (),
) -> Audit:
    """Everything that the rules find in the documents of one file.

    Args:
        documents: a document, or all documents of a file (a department's and a unit's disclosure).
        previous: earlier documents to hold them against: last year's, or the budget that a report is about. Those of
            another body are passed over.
        library: lists of the projects that were entered into the library (项目库).
        rules: other rules than the registered ones.
        settings: what a department has switched off or set otherwise.
        waivers: findings that were explained.
    """
    found, beside = _listed(documents), _Beside(_listed(previous), Library(library))
    chosen = [settings.of(document) if settings else NOTHING_CHOSEN for document in found]
    try:
        with _no_search_for_cycles():
            findings, failed = _run(all_rules() if rules is None else rules, found, beside, chosen)
    finally:  # stopped at a bound, too
        forget()
    findings.sort(key=_order)
    return Audit(*_explained(findings, failed, waivers))


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Rules make no cycles of objects; looking for them all over a large document took a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _run(
    rules: Sequence[Rule],
    documents: list[BudgetDocument],
    beside: _Beside,
    chosen: list[Chosen],
) -> tuple[list[Finding], list[RuleFailed]]:
    findings: list[Finding] = []
    failed: list[RuleFailed] = []
    for rule in rules:
        try:
            for gap in _gaps(rule, documents, beside, chosen):
                findings.append(_finding(rule, gap, documents[gap.document], chosen[gap.document]))
        except Exception as error:  # a rule of ours crashed: name it, and let the others run
            failed.append(_failure(rule, error))
    return findings, failed


def _explained(
    findings: list[Finding], failed: list[RuleFailed], waivers: Sequence[Waiver]
) -> tuple[list[Finding], list[RuleFailed], list[Waived]]:
    left, waived = parted(findings, waivers) if waivers else (findings, [])
    return left, failed, waived


def _listed(documents: BudgetDocument | Sequence[BudgetDocument]) -> list[BudgetDocument]:
    return [documents] if isinstance(documents, BudgetDocument) else list(documents)


def _gaps(
    rule: Rule, documents: list[BudgetDocument], beside: _Beside, chosen: list[Chosen]
) -> Iterator[Gap]:
    if rule.over_file:
        first = chosen[0] if chosen else NOTHING_CHOSEN
        with set_thresholds(first.thresholds):
            yield from (gap for gap in rule.function(documents) if rule.id not in chosen[gap.document].off)
        return
    for index, document in enumerate(documents):
        if rule.id in chosen[index].off or not rule.applies(document):
            continue
        with set_thresholds(chosen[index].thresholds):
            for gap in _gaps_in(rule, document, beside):
                yield msgspec.structs.replace(gap, document=index) if index else gap


def _gaps_in(rule: Rule, document: BudgetDocument, beside: _Beside) -> Iterator[Gap]:
    if rule.over_library:
        if beside.library and beside.library.covers(document):
            yield from rule.function(document, beside.library)
        return
    if not rule.over_years:
        yield from rule.function(document)
        return
    for earlier in earlier_of(document, beside.previous):
        yield from rule.function(document, earlier)


def _failure(rule: Rule, error: Exception) -> RuleFailed:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return RuleFailed(
        f"规则 {rule.id}（{rule.title}）运行失败：{type(error).__name__}: {error}",
        place=f"{frame.name}:{frame.lineno}",
        remedy="其余规则已正常运行；请把文件和这条信息反馈给开发者。",
    )


def _finding(rule: Rule, gap: Gap, document: BudgetDocument, chosen: Chosen) -> Finding:
    trail = follow(document, gap.path)
    project = next((node for node in trail if isinstance(node, Project)), None)
    indicator = next((node for node in trail if isinstance(node, Indicator)), None)
    finding = Finding(
        rule=rule.id,
        title=rule.title,
        fault=fault_of(rule.id) or rule.title,
        severity=chosen.severity.get(rule.id) or gap.severity or rule.severity,
        document=gap.document,
        section=gap.path.split(".")[0],
        project=(project.code or project.label) if project is not None else None,
        indicator=(indicator.level3 or indicator.description) if indicator is not None else None,
        path=gap.path,
        related=list(gap.related),
        place=place_at(document, gap.path),
        message=gap.message,
        stated=gap.stated,
        computed=gap.computed,
        difference=gap.difference,
        unit=gap.unit,
        basis=rule.basis,
        basis_text=_citation(rule.basis, rule.article),
        remedy=gap.remedy,
        mends=[Mend(path, text_at(document, path), after) for path, after in gap.mends],
    )
    return msgspec.structs.replace(finding, key=key_of(finding, document))


@cache
def _citation(basis: str, article: str | None) -> str:
    return cite(basis, article)


def _order(finding: Finding) -> tuple[Any, ...]:
    """By document, then by where it stands; the worst first where several stand at one place."""
    position = finding.place.order if finding.place else (0, 0, 0, 0, 0)
    return (finding.document, *position, finding.severity.rank, finding.rule, finding.path)
