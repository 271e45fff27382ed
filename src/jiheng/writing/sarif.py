"""Findings as SARIF 2.1.0 (OASIS), for pipelines and the viewers that read it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import quote

import msgspec

from jiheng.budget import Finding, Place, Severity
from jiheng.writing.explained import Explained

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}


def write_sarif(
    findings: Sequence[Finding],
    source_name: str,
    sources: Sequence[str] = (),
    explained: Sequence[Explained] = (),
) -> bytes:
    """One run with a result for each finding, suppressed where it was explained; rules are those that found something.

    Args:
        source_name: of the audited file; becomes the address of every result.
        sources: the file of each document, where there are several.
    """
    every = [*findings, *(one.finding for one in explained)]
    ids = sorted({finding.rule for finding in every})
    index = {rule: number for number, rule in enumerate(ids)}
    first = {finding.rule: finding for finding in reversed(every)}
    results = [_result(finding, index, _file(finding, source_name, sources)) for finding in every]
    for result, one in zip(results[len(findings) :], explained, strict=True):
        result["suppressions"] = [_suppression(one)]
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "jiheng",
                        "fullName": "绩衡",
                        "version": version("jiheng"),
                        "language": "zh-CN",
                        "rules": [_rule(first[rule]) for rule in ids],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }
    return msgspec.json.format(msgspec.json.encode(log), indent=2) + b"\n"


def _suppression(one: Explained) -> dict[str, Any]:
    justification = f"{one.reason}（{one.who}，{one.on:%Y-%m-%d}）"
    return {"kind": "external", "status": "accepted", "justification": justification}


def _file(finding: Finding, source_name: str, sources: Sequence[str]) -> str:
    return sources[finding.document] if finding.document < len(sources) else source_name


def _rule(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.rule,
        "shortDescription": {"text": finding.fault or finding.title},
        "fullDescription": {"text": finding.basis_text},
        "properties": {"basis": finding.basis},
    }


def _result(finding: Finding, index: dict[str, int], source_name: str) -> dict[str, Any]:
    message = f"{finding.message}。{f'建议：{finding.remedy}。' if finding.remedy else ''}依据：{finding.basis_text}"
    figures = {
        "stated": finding.stated, "computed": finding.computed, "difference": finding.difference, "unit": finding.unit,
        "project": finding.project, "indicator": finding.indicator, "path": finding.path,
        "place": str(finding.place) if finding.place else None,
    }  # fmt: skip
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [_location(finding, source_name)],
        "properties": {name: value for name, value in figures.items() if value is not None},
    }
    if finding.key:
        result["partialFingerprints"] = {"jihengFinding/v1": finding.key}
    return result


def _location(finding: Finding, source_name: str) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(PurePosixPath(source_name).as_posix())}}
    if (region := _region(finding.place)) is not None:
        physical["region"] = region
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding.path:
        location["logicalLocations"] = [{"fullyQualifiedName": f"{finding.document}.{finding.path}"}]
    return location


def _region(place: Place | None) -> dict[str, int] | None:
    """Lines are those of a text file; other files have none that a viewer could show."""
    return {"startLine": place.line} if place is not None and place.line else None
