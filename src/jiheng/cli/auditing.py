"""The commands about findings: ``audit``, ``compare``, ``mend``, ``rules``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import msgspec
import typer

from jiheng.cli.arguments import (
    ERRORS_FOUND,
    FAILED,
    NO_ERRORS,
    AsJson,
    Files,
    Jobs,
    SettingsFile,
    WaiversFile,
)
from jiheng.cli.streams import all_results, complain, documents_of, json_array, say
from jiheng.cli.targets import free, refuse_inputs, save
from jiheng.errors import JihengError

if TYPE_CHECKING:
    from jiheng.auditing import Waived
    from jiheng.batch_audit import Asked
    from jiheng.budget import BudgetDocument, Finding


_NAMED: Final = 3
"""A report about more files names the first, and how many there are."""


class ReportForm(StrEnum):
    """The forms of an audit report."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    SARIF = "sarif"


def audit(
    files: Files,
    *,
    as_json: AsJson = False,
    report: Annotated[
        Path | None, typer.Option("--report", help="另存审核报告（.html .pdf .docx .xlsx .sarif）。")
    ] = None,
    opinion: Annotated[
        Path | None,
        typer.Option("--opinion", help="另存审核意见书（.docx .pdf）。", show_default=False),
    ] = None,
    office: Annotated[str, typer.Option(help="意见书的审核单位。")] = "财政部门",
    previous: Annotated[
        list[Path] | None,
        typer.Option(
            "--previous",
            help="同一单位上年的文件，或自评、监控所对应的预算文件，一并对照；可以写多次。",
            show_default=False,
        ),
    ] = None,
    library: Annotated[
        list[Path] | None,
        typer.Option(
            "--library", help="项目库清单（Excel 等），核对项目是否入库；可以写多次。", show_default=False
        ),
    ] = None,
    settings: SettingsFile = None,
    waivers: WaiversFile = None,
    jobs: Jobs = None,
) -> None:
    """审核文件，逐条列出问题、数字和依据。

    退出码：0 没有错误；1 有错误；2 有文件无法读取、没有读到预算绩效内容，或有规则运行失败；130 被 Ctrl-C 中断。
    """
    from jiheng.batch import Wanted
    from jiheng.batch_audit import Audited
    from jiheng.budget import dumps_findings

    if report is not None:
        _check_report(report)
        refuse_inputs(report, files)
    if opinion is not None:
        _check_opinion(opinion, files)
        refuse_inputs(opinion, files)
    keeps = report is not None or opinion is not None
    wanted = Wanted.AUDIT_WITH_DOCUMENTS if keeps else Wanted.AUDIT
    documents: list[BudgetDocument] = []
    sources: list[str] = []
    findings: list[Finding] = []
    waived: list[Waived] = []
    count, has_errors, has_failed = 0, False, False
    asked = asked_of(settings, waivers, documents_of(previous or [], jobs), documents_of(library or [], jobs))
    with all_results(files, wanted, jobs, asked) as results, json_array(is_wanted=as_json) as add:
        for source, answer in results:
            audited = msgspec.json.decode(answer, type=Audited)
            has_failed = _name_failed_rules(audited.failed_rules) or has_failed
            if not audited.count:
                # no finding in what was not read would look as if all were well
                complain(f"{source.shown}：没有读到预算绩效内容，没有审核。请用 jiheng read 查看。")
                has_failed = True
                continue
            has_errors = has_errors or any(found.severity.value == "error" for found in audited.findings)
            renumbered = _renumbered(audited.findings, count)
            count += audited.count
            if as_json:
                add(dumps_findings(renumbered))
            else:
                from jiheng.terminal import show_findings

                show_findings(source.shown, audited.findings)
                if audited.waived:
                    say(f"{source.shown}：另有 {len(audited.waived)} 条已说明理由，不计。")
            if keeps:
                documents.extend(audited.documents)
                sources += [source.shown] * len(audited.documents)
                findings.extend(renumbered)
                own = _renumbered([one.finding for one in audited.waived], count - audited.count)
                waived += [
                    msgspec.structs.replace(one, finding=found)
                    for one, found in zip(audited.waived, own, strict=True)
                ]
    if report is not None:
        _save_report(report, documents, findings, sources, waived)
    if opinion is not None:
        _save_opinion(opinion, documents, findings, office)
    is_failure = has_failed or results.has_failed
    raise typer.Exit(FAILED if is_failure else ERRORS_FOUND if has_errors else NO_ERRORS)


def compare(
    before: Annotated[Path, typer.Argument(help="旧的一版。", show_default=False)],
    after: Annotated[Path, typer.Argument(help="新的一版。", show_default=False)],
    *,
    as_json: AsJson = False,
    settings: SettingsFile = None,
    waivers: WaiversFile = None,
) -> None:
    """比较同一份文件的两版：哪些问题改好了，哪些还在，哪些是新的。

    退出码：0 没有新的错误；1 有新的错误，或改了仍不对；2 有文件无法读取，或没有读到预算绩效内容。
    """
    from jiheng.auditing.versions import compared
    from jiheng.batch import Wanted
    from jiheng.batch_audit import Audited
    from jiheng.terminal import show_comparison

    for path in (before, after):
        if path.is_dir():
            raise JihengError(f"“{path}”是文件夹。", remedy="请写两版文件各自的文件名。")
    asked = asked_of(settings, waivers)
    found: list[list[Finding]] = []
    for path in (before, after):
        with all_results([path], Wanted.AUDIT, None, asked) as results:
            audits = [msgspec.json.decode(answer, type=Audited) for _, answer in results]
        if results.has_failed:
            raise typer.Exit(FAILED)
        if not all(audited.count for audited in audits):
            raise JihengError(f"“{path}”中没有读到预算绩效内容，没有比较。", remedy="请用 jiheng read 查看。")
        found += [audited.findings for audited in audits]
    result = compared(*found)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(result), indent=2) + b"\n")
    else:
        show_comparison(result)
    worse = [*result.new, *(later for _, later in result.changed)]
    has_errors = any(finding.severity.value == "error" for finding in worse)
    raise typer.Exit(ERRORS_FOUND if has_errors else NO_ERRORS)


def mend(
    file: Annotated[Path, typer.Argument(help="要修订的 Word 文件（.docx）。", show_default=False)],
    *,
    rules: Annotated[
        list[str] | None,
        typer.Option("--rule", help="只按这条规则修订，可以写多次；默认所有能直接改正的规则。"),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="保存到的文件；默认在原文件旁边。")
    ] = None,
    author: Annotated[str, typer.Option(help="修订和批注的作者。")] = "绩衡",
    settings: SettingsFile = None,
    waivers: WaiversFile = None,
) -> None:
    """把能直接改正的问题改在原来的 Word 文件里：修订标记加批注，其余内容不动。

    退出码：0 全部改好；1 有的没有找到位置，未改；2 文件无法读取或不能修订。
    """
    from jiheng.mending.file import mend_word

    if output is not None:
        refuse_inputs(output, [file])
    asked = asked_of(settings, waivers)
    result = mend_word(file, set(rules or ()), author, asked.settings, asked.waivers)
    if result.done:
        path = output or free(file.with_name(f"{file.stem}-修订.docx"))
        save(path, result.data)
        say(f"改正 {len(result.done)} 处，已保存到 {path}")
    else:
        say("没有能直接改正的问题。")
    for change, why in result.left:
        say(f"未改：{change.place or '位置不明'} {change.before or '空'} → {change.after}：{why}")
    raise typer.Exit(ERRORS_FOUND if result.left else NO_ERRORS)


def rules(
    markdown: Annotated[bool, typer.Option("--markdown", help="输出整份规则目录（Markdown）。")] = False,
) -> None:
    """列出全部审核规则。"""
    from jiheng.auditing import catalogue

    found = catalogue.entries()
    if markdown:
        sys.stdout.write(catalogue.markdown(found))
        return
    for entry in found:
        print(f"{entry.rule.id:<10}{entry.rule.severity.label}  {entry.rule.title}")


def asked_of(
    settings: Path | None,
    waivers: Path | None,
    previous: Sequence[BudgetDocument] = (),
    library: Sequence[BudgetDocument] = (),
) -> Asked:
    from jiheng.auditing import load_settings, load_waivers
    from jiheng.batch_audit import Asked

    return Asked(
        list(previous),
        list(library),
        load_settings(settings) if settings is not None else None,
        load_waivers(waivers) if waivers is not None else [],
    )


def _renumbered(findings: list[Finding], offset: int) -> list[Finding]:
    """Findings of a later file count its documents after those of the files before it."""
    if not offset:
        return findings
    return [msgspec.structs.replace(finding, document=finding.document + offset) for finding in findings]


def _name_failed_rules(failures: Sequence[str]) -> bool:
    for failure in failures:
        complain(failure)
    return bool(failures)


def _check_report(path: Path) -> None:
    """Raises ``JihengError`` for a report that cannot be made, before hours of work are put into it."""
    if path.suffix.lstrip(".").lower() not in set(ReportForm):
        raise JihengError(
            f"不能生成 {path.suffix or '没有后缀的'} 报告。",
            remedy="请用 .html、.pdf、.docx、.xlsx 或 .sarif 作后缀。",
        )


def _check_opinion(path: Path, files: Sequence[Path]) -> None:
    """Raises ``JihengError`` for a letter that cannot be written; it is about one file."""
    if path.suffix.lstrip(".").lower() not in {"docx", "pdf"}:
        raise JihengError(
            f"不能生成 {path.suffix or '没有后缀的'} 意见书。", remedy="请用 .docx 或 .pdf 作后缀。"
        )
    if len(files) != 1 or files[0].is_dir():
        raise JihengError("审核意见书一次写一份文件的。", remedy="请逐个文件审核。")


def _save_opinion(path: Path, documents: list[BudgetDocument], findings: list[Finding], office: str) -> None:
    from jiheng.auditing.review import reviews
    from jiheng.writing import Letter, write_opinion

    today = datetime.now().astimezone().date()
    letter = Letter(office, today, reviews=reviews(documents, findings))
    save(path, write_opinion(documents, findings, path.suffix.lstrip(".").lower(), letter))
    say(f"审核意见书已保存到 {path}")


def _save_report(
    path: Path,
    documents: list[BudgetDocument],
    findings: list[Finding],
    sources: list[str],
    waived: list[Waived],
) -> None:
    from jiheng.writing import Explained, write_report

    names = list(dict.fromkeys(sources))
    name = "、".join(names) if len(names) <= _NAMED else f"{names[0]}等 {len(names)} 个文件"
    form = path.suffix.lstrip(".").lower()
    several = sources if len(names) > 1 else ()
    explained = [
        Explained(one.finding, one.waiver.reason, one.waiver.who, one.waiver.made_on) for one in waived
    ]
    save(
        path,
        write_report(documents, findings, form, source_name=name, sources=several, explained=explained),
    )
    say(f"审核报告已保存到 {path}")
