"""Runs any program on the documents of the suite and scores what it reads and finds. Standard library only.

python conformance/run.py --reads "CMD {file}" --audits "CMD {file}"
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
if __package__ in (None, ""):  # run as a file, from wherever
    sys.path.insert(0, str(HERE.parent))

from conformance.scoring import Reading, findings_of, match, reading_score  # noqa: E402

_LARGEST = 64_000_000
"""Bytes of an answer; more is no answer."""

Program = Callable[[Path], Any]
"""Takes a file and gives its answer as nested data; raises ``NoAnswer``."""

Comparing = Callable[[Path, Path], Any]
"""Takes a file and an earlier one that it is held against."""


class NoAnswer(Exception):
    """A program that hangs, crashes without a word or prints something that is not JSON."""


class Programs(NamedTuple):
    """What is measured; what is ``None`` is not. ``rules``: rule of the program -> kinds of error."""

    reads: Program | None = None
    audits: Program | None = None
    compares: Comparing | None = None
    rules: dict[str, list[str]] = {}


class Outcome(NamedTuple):
    """What came of one file. ``found`` is ``None`` where nothing is said about its errors."""

    case: dict[str, Any]
    file: Path
    reading: Reading | None
    found: list[dict[str, Any]] | None
    failures: list[str]


def command(template: str, timeout: float) -> Callable[..., Any]:
    """The program that ``template`` calls; ``{file}`` and ``{previous}`` in it become the paths of the documents."""

    def run(file: Path, previous: Path | None = None) -> Any:
        words = shlex.split(template)
        words = [word.replace("{file}", str(file)).replace("{previous}", str(previous)) for word in words]
        with tempfile.TemporaryFile() as output:
            status = _call(words, output, timeout)
            if output.tell() > _LARGEST:
                raise NoAnswer("the answer is too large")
            output.seek(0)
            try:
                return json.loads(output.read())
            except (ValueError, RecursionError) as error:
                raise NoAnswer(f"the answer is not JSON (exit status {status})") from error

    return run


def _call(words: list[str], output: Any, timeout: float) -> int:
    """The exit status; programs may tell by it what they found, so it is no failure."""
    try:
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.DEVNULL, start_new_session=True
        )
    except OSError as error:
        raise NoAnswer(f"cannot be started: {error}") from error
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired as error:
        raise NoAnswer(f"no answer in {timeout:g} s") from error
    finally:
        if process.poll() is None:
            _kill(process)
            process.wait()
    output.seek(0, os.SEEK_END)
    return process.returncode


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends it with whatever it has started, where the system can."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def manifest() -> list[dict[str, Any]]:
    """The cases of the suite: name, layout, files, and the files of what is expected."""
    cases: list[dict[str, Any]] = _load("manifest.json")
    return cases


def _load(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def measure(cases: Iterable[dict[str, Any]], programs: Programs, jobs: int = 1) -> list[Outcome]:
    """Every file of the cases through the programs."""

    def one(work: tuple[dict[str, Any], str]) -> Outcome:
        return _outcome(work[0], HERE / work[1], programs)

    work = [(case, file) for case in cases for file in case["files"]]
    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(one, work))


def _outcome(case: dict[str, Any], file: Path, programs: Programs) -> Outcome:
    failures = []
    reading: Reading | None = None
    if programs.reads is not None:
        expected = _load(case["reading"])
        reading = reading_score(expected, [])
        try:
            reading = reading_score(expected, programs.reads(file))
        except Exception as error:  # whatever an answer is like, the others are measured
            failures.append(f"reads {file.name}: {error}")
    found: list[dict[str, Any]] | None = None
    audit = _audit_of(case, file, programs)
    if audit is not None:
        found = []
        try:
            found = findings_of(audit(), programs.rules)
        except Exception as error:
            failures.append(f"audits {file.name}: {error}")
    return Outcome(case, file, reading, found, failures)


def _audit_of(case: dict[str, Any], file: Path, programs: Programs) -> Callable[[], Any] | None:
    """What audits this file, alone or with the earlier one that the case names; ``None`` where nothing does."""
    audits, compares = programs.audits, programs.compares
    if case["findings"] is None:
        return None
    if "previous" in case:
        return None if compares is None else lambda: compares(file, HERE / case["previous"])
    return None if audits is None else lambda: audits(file)


def results(outcomes: list[Outcome]) -> dict[str, Any]:
    """The scores of all outcomes, as they are written to JSON."""
    return {
        "reading": _reading_results(outcomes),
        "audit": _audit_results(outcomes),
        "failures": [failure for outcome in outcomes for failure in outcome.failures],
    }


def _reading_results(outcomes: list[Outcome]) -> dict[str, Any] | None:
    measured = [outcome for outcome in outcomes if outcome.reading is not None]
    if not measured:
        return None
    shares: dict[tuple[str, str], Reading] = {}
    for outcome in measured:
        for group in (
            ("all", "all"),
            (outcome.case["layout"], outcome.file.suffix),
            ("all", outcome.file.suffix),
        ):
            shares[group] = shares.get(group, Reading()).plus(outcome.reading or Reading())
    missed = {
        outcome.file.name: list(outcome.reading.misses[:20])
        for outcome in measured
        if outcome.reading and outcome.reading.misses
    }
    rows = [
        {"layout": layout, "format": suffix, "right": score.right, "total": score.total, "share": _share(score.right, score.total)}
        for (layout, suffix), score in sorted(shares.items())
    ]  # fmt: skip
    return {"shares": rows, "missed": missed}


def _audit_results(outcomes: list[Outcome]) -> dict[str, Any] | None:
    judged = [outcome for outcome in outcomes if outcome.found is not None]
    if not judged:
        return None
    counts: Counter[str] = Counter()
    missed, false = [], []
    for outcome in judged:
        found = outcome.found or []
        expected = _load(outcome.case["findings"])
        if not expected:
            counts["clean"] += 1
            wrong = [one for one in found if one.get("severity") == "error"]
            false += [
                f"{outcome.file.name}: {one.get('rule') or one['kinds']} {one.get('path')}" for one in wrong
            ]
            counts["warnings"] += sum(one.get("severity") == "warning" for one in found)
        for one in expected:
            answer = match(one, found)
            counts["expected"] += 1
            counts["caught"] += answer.is_caught
            counts["with figures"] += answer.has_figures is not None
            counts["figures right"] += answer.has_figures is True
            if not answer.is_caught:
                missed.append(f"{outcome.file.name}: {one['kind']}")
    return {
        "expected": counts["expected"], "caught": counts["caught"], "share": _share(counts["caught"], counts["expected"]),
        "with_figures": counts["with figures"], "figures_right": counts["figures right"],
        "clean_documents": counts["clean"], "false_errors": len(false), "warnings_on_clean": counts["warnings"],
        "missed": missed, "false": false,
    }  # fmt: skip


def _share(right: int, total: int) -> float:
    return round(right / total, 4) if total else 1.0


def table(scores: dict[str, Any]) -> str:
    """The scores for people to read, in Markdown."""
    lines: list[str] = []
    if scores["reading"]:
        lines += ["| layout | format | values | at their place | share |", "| --- | --- | --- | --- | --- |"]
        lines += [
            f"| {row['layout']} | {row['format']} | {row['total']} | {row['right']} | {row['share']:.2%} |"
            for row in scores["reading"]["shares"]
        ]
        lines.append("")
    audit = scores["audit"]
    if audit:
        clean = audit["clean_documents"] or 1
        lines += [
            "| audit | |", "| --- | --- |",
            f"| expected findings | {audit['expected']} |",
            f"| caught | {audit['caught']} ({audit['share']:.2%}) |",
            f"| figures right, of those that have figures | {audit['figures_right']} of {audit['with_figures']} |",
            f"| clean documents | {audit['clean_documents']} |",
            f"| false errors a clean document | {audit['false_errors'] / clean:.2f} |",
            f"| warnings a clean document | {audit['warnings_on_clean'] / clean:.2f} |",
            "",
        ]  # fmt: skip
        lines += [f"- missed: {one}" for one in audit["missed"]] + [
            f"- false: {one}" for one in audit["false"]
        ]
    lines += [f"- no answer: {one}" for one in scores["failures"]]
    return "\n".join(lines).strip() + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Measures, prints the table, and writes the JSON where it is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reads", help='prints the exchange format, e.g. "jiheng read --json {file}"')
    parser.add_argument("--audits", help='prints a JSON list of findings, e.g. "jiheng audit --json {file}"')
    parser.add_argument(
        "--compares", help='the same with an earlier one, e.g. "… {file} --previous {previous}"'
    )
    parser.add_argument("--rules", type=Path, help="JSON: rule of the program -> kinds of error")
    parser.add_argument("--json", type=Path, help="write the scores there")
    parser.add_argument("--only", default="", help="only cases whose name contains this")
    parser.add_argument("--timeout", type=float, default=60, help="seconds for one document")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args(arguments)
    if not (asked.reads or asked.audits or asked.compares):
        parser.error("one of --reads, --audits and --compares at least")
    rules = json.loads(asked.rules.read_text(encoding="utf-8")) if asked.rules else {}
    cases = [case for case in manifest() if asked.only in case["name"]]
    programs = Programs(
        *(command(one, asked.timeout) if one else None for one in (asked.reads, asked.audits, asked.compares)), rules
    )  # fmt: skip
    scores = results(measure(cases, programs, asked.jobs))
    print(table(scores), end="")
    if asked.json:
        asked.json.write_text(json.dumps(scores, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
