"""The commands about fill-in workbooks: making one, and taking one that was filled in back."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
import typer

from jiheng.cli.arguments import ERRORS_FOUND, FAILED, NO_ERRORS, AsJson, SettingsFile, WaiversFile, a_path
from jiheng.cli.auditing import asked_of
from jiheng.cli.streams import complain, documents_of, say
from jiheng.cli.targets import free, refuse_inputs, save
from jiheng.errors import JihengError, ReadingError

if TYPE_CHECKING:
    from jiheng.batch_audit import Asked
    from jiheng.budget import BudgetDocument, Finding, Place
    from jiheng.merging import Conflict
    from jiheng.reading.fill_in import FilledIn
    from jiheng.terminal import CellLine

_FORMS: Final = (".json", ".xlsx", ".docx", ".pdf", ".html")


def fill_in(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="已有的文件：现行文本，或作为起点的上年文本；新的部门不写。",
            show_default=False,
            parser=a_path,
            metavar="[文件]",
        ),
    ] = None,
    *,
    year: Annotated[
        int | None,
        typer.Option(
            "--year",
            min=2000,
            max=2100,
            help="预算年度；与文件的年度不同时，以文件为起点编制这一年的。",
            show_default=False,
        ),
    ] = None,
    department: Annotated[
        str | None, typer.Option("--department", help="部门名称；没有已有文件时必须写。", show_default=False)
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit", help="只做这一个单位的填报表（名称或代码），只含它的项目。", show_default=False
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="保存到的文件；默认按部门和年度起名。", show_default=False),
    ] = None,
) -> None:
    """生成下发给部门或单位的 Excel 填报表：带下拉选项、输入检查和填写说明。

    退出码：0 成功；2 文件无法读取或无法生成；130 被 Ctrl-C 中断。
    """
    from jiheng.budget import BudgetDocument, CodedName, replace
    from jiheng.writing.fill_in import write_fill_in

    if file is None:
        if not department or year is None:
            raise JihengError(
                "没有写明为谁生成。", remedy="请写已有的文件，或写 --department 部门名称 --year 年度。"
            )
        document = BudgetDocument(
            title=f"{department}{year}年部门预算绩效文本",
            fiscal_year=year,
            department=CodedName(None, department),
            issuer=department,
        )
    else:
        document = _only(_documents_in(file), str(file))
        if department:
            old = document.department
            document = replace(document, department=CodedName(old.code if old else None, department))
    cycle = year or document.fiscal_year
    data = write_fill_in(document, year=year, unit=unit)
    name = unit or (document.department.name if document.department else None) or document.issuer or "部门"
    safe = "".join("_" if sign in '\\/:*?"<>|' else sign for sign in name)
    target = output or free((file.parent if file else Path()) / f"{safe}{cycle}年填报表.xlsx")
    if file is not None:
        refuse_inputs(target, [file])
    save(target, data)
    say(f"已生成 {target}")


def take_in(
    workbooks: Annotated[
        list[Path],
        typer.Argument(
            help="填好的填报表，可以有几份。", show_default=False, parser=a_path, metavar="填报表..."
        ),
    ],
    *,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into",
            help="现行文件：填报表下发之后别人可能也改过它，两边的修改合在一起。",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="保存到的文件（.json .xlsx .docx .pdf .html）；不写则只检查，不保存。",
            show_default=False,
        ),
    ] = None,
    prefer_filled: Annotated[
        bool, typer.Option("--prefer-filled", help="两边改得不一样的，按填报表的写；默认按现行文件的写。")
    ] = False,
    as_json: AsJson = False,
    settings: SettingsFile = None,
    waivers: WaiversFile = None,
) -> None:
    """收回填报表：指出每处问题在哪一格，并与现行文件合并，列出两边改得不一样的地方。

    退出码：0 没有错误和冲突；1 有错误或冲突（结果照样保存）；2 文件无法读取或无法保存；130 被 Ctrl-C 中断。
    """
    from jiheng.merging import Prefer, merge

    _check_output(output, [*workbooks, *([into] if into else [])])
    asked = asked_of(settings, waivers)
    documents = _documents_in(into) if into is not None else []
    prefer = Prefer.THEIRS if prefer_filled else Prefer.OURS
    reports: list[dict[str, Any]] = []
    is_wrong = False
    for path in workbooks:
        filled = _filled(path)
        lines = _lines(filled, asked)
        at = _index_of(documents, filled)
        conflicts: list[Conflict] = []
        if at is None:
            documents.append(filled.document)
        else:
            merged = merge(filled.base, filled.document, documents[at], origins=filled.origins, prefer=prefer)
            documents[at], conflicts = merged.document, merged.conflicts
        is_wrong = is_wrong or bool(conflicts) or any(line.severity.value == "error" for line in lines)
        reports.append(_report(path, lines, conflicts))
        if not as_json:
            _show(path, lines, conflicts, prefer.value)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(reports), indent=2) + b"\n")
    if output is not None:
        from jiheng.writing import write

        save(output, write(documents, output.suffix.lower().lstrip(".")))
        say(f"已保存 {output}")
    raise typer.Exit(ERRORS_FOUND if is_wrong else NO_ERRORS)


def _check_output(output: Path | None, inputs: Sequence[Path]) -> None:
    if output is None:
        return
    if output.suffix.lower() not in _FORMS:
        raise JihengError(
            f"不能保存成 {output.suffix or '没有后缀的'} 文件。", remedy=f"可用的后缀：{'、'.join(_FORMS)}。"
        )
    refuse_inputs(output, inputs)


def _documents_in(path: Path) -> list[BudgetDocument]:
    """The documents in a file that is needed; that it cannot be read ends the command."""
    if path.is_dir():
        raise JihengError(f"“{path}”是文件夹。", remedy="请写一个文件。")
    found = documents_of([path], None)
    if not found:
        complain(f"{path}：没有读到预算绩效内容。")
        raise typer.Exit(FAILED)
    return found


def _only(documents: Sequence[BudgetDocument], name: str) -> BudgetDocument:
    if len(documents) > 1:
        raise JihengError(
            f"“{name}”中有 {len(documents)} 份文件。",
            remedy="请先用 jiheng write --to docx 等分开，再逐份生成填报表。",
        )
    return documents[0]


def _filled(path: Path) -> FilledIn:
    """A workbook that was filled in, read within the bounds of a stranger's file."""
    from jiheng.reading.fill_in import read_fill_in
    from jiheng.reading.isolated import Bounds, bounded, can_bound
    from jiheng.reading.load import load
    from jiheng.reading.sniff import SHEETS, suffix_of

    data = load(path, path.name)
    if suffix_of(data, path.name) not in SHEETS:
        raise ReadingError("这不是 Excel 文件。", place=str(path), remedy="请写填好的填报表（.xlsx）。")
    with bounded(Bounds(), path.name) if can_bound() else nullcontext():
        return read_fill_in(data, path.name)


def _index_of(documents: Sequence[BudgetDocument], filled: FilledIn) -> int | None:
    """Which document the workbook belongs to; ``None`` where there is none to merge with."""
    if not documents:
        return None
    if len(documents) == 1:
        if filled.year and documents[0].fiscal_year not in (None, filled.year):
            raise JihengError(
                f"填报表是 {filled.year} 年的，现行文件是 {documents[0].fiscal_year} 年的。",
                remedy="请核对是否拿错了文件。",
            )
        return 0
    names = [(one.fiscal_year, one.department.name if one.department else one.issuer) for one in documents]
    wanted = (filled.year, filled.department)
    if names.count(wanted) != 1:
        raise JihengError(
            f"现行文件中有 {len(documents)} 份，认不出填报表（{filled.department or '没有部门名称'}）属于哪一份。",
            remedy="请分别写出要合并的那一份。",
        )
    return names.index(wanted)


def _lines(filled: FilledIn, asked: Asked) -> list[CellLine]:
    """What reading and the audit found, each at its cell, in the order of the sheets."""
    from jiheng.auditing import audit
    from jiheng.budget.fill_in import SHEETS, SINGLES_SHEET, cell_name
    from jiheng.terminal import CellLine

    found: list[tuple[Place | None, CellLine]] = [
        (one.place, CellLine(one.cell, one.severity, "", one.message, one.remedy)) for one in filled.problems
    ]
    result = audit([filled.document], settings=asked.settings, waivers=asked.waivers)
    for finding in result.findings:
        place = finding.place
        if place is None and filled.unit is not None:
            continue  # what the whole department lacks is no fault of one unit's workbook
        cell = cell_name(place) if place is not None else _named(finding)
        found.append(
            (place, CellLine(cell, finding.severity, finding.rule, finding.message, finding.remedy or ""))
        )
    titles = [SINGLES_SHEET, *(sheet.title for sheet in SHEETS)]

    def order(one: tuple[Any, Any]) -> tuple[int, int, int]:
        place = one[0]
        if place is None or place.sheet not in titles:
            return (len(titles), 0, 0)
        return (titles.index(place.sheet), place.row or 0, place.column or 0)

    return [line for _, line in sorted(found, key=order)]


def _named(finding: Finding) -> str:
    return finding.project or "全文"


def _report(path: Path, lines: Sequence[CellLine], conflicts: Sequence[Conflict]) -> dict[str, Any]:
    problems = [line._asdict() for line in lines]
    return {
        "file": str(path),
        "problems": problems,
        "conflicts": [msgspec.to_builtins(one) for one in conflicts],
    }


def _show(path: Path, lines: Sequence[CellLine], conflicts: Sequence[Conflict], preferred: str) -> None:
    from jiheng.terminal import show_cells, show_conflicts

    show_cells(str(path), lines)
    show_conflicts(str(path), [one.message for one in conflicts])
    if conflicts:
        whose = "填报表" if preferred == "theirs" else "现行文件"
        say(f"冲突之处暂按{whose}的内容，请逐处核对；其余修改都已合并。")
