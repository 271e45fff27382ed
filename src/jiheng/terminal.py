"""What the command line shows a person: readings and findings as tables, in colour on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from jiheng.budget import Finding, Severity
from jiheng.budget.text import printable

if TYPE_CHECKING:
    from jiheng.auditing.versions import Compared
    from jiheng.reading.coverage import Coverage
    from jiheng.reading.summary import DocumentLines, Piece, Summary

T = TypeVar("T", bound=msgspec.Struct)
_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
_SAMPLE: Final = 8
_MANY: Final = 4
"""So many findings of one rule are told as one."""
_SHOWN_NAME: Final = 30
_WIDE: Final = 160
"""Signs a line when nobody looks: in a file nothing need be cut."""
_FORMATS: Final = {
    "text": "文本", "docx": "Word（docx）", "docm": "Word（docm，宏没有运行）", "dotx": "Word 模板（dotx）",
    "doc": "旧版 Word（doc）", "wps": "WPS 文字（wps）", "rtf": "RTF", "odt": "ODF 文字（odt）",
    "pdf": "PDF", "ofd": "OFD", "xlsx": "Excel（xlsx）", "xlsm": "Excel（xlsm，宏没有运行）",
    "xls": "旧版 Excel（xls）", "xlsb": "Excel（xlsb）", "et": "WPS 表格（et）", "ods": "ODF 表格（ods）",
    "html": "网页", "htm": "网页", "xhtml": "网页", "mht": "网页存档（mht）", "mhtml": "网页存档（mht）",
    "zip": "压缩包", "json": "绩衡交换格式",
}  # fmt: skip


def show_reading(summary: Summary, name: str) -> None:
    """A file that was read: its documents, how much of it that is, and what a person should look at."""
    console = _console()
    summary = _harmless(summary)
    heading = Text(printable(name), style="bold")
    form = _FORMATS.get(summary.format, f"图片（{summary.format}）")
    heading.append(f"　{form}{f'，{summary.encoding.upper()} 编码' if summary.encoding else ''}", style="dim")
    console.print(heading)
    for document in summary.documents:
        _show_document(console, document)
    if not summary.documents:
        console.print("  没有读到预算绩效文件的内容。")
    if summary.coverage is not None:
        console.print(Text(f"  {_coverage(summary.coverage)}"))
    _show_pieces(console, "没有读懂", summary.unread, summary.unread_count)
    _show_pieces(console, "识别把握不大", summary.unsure, summary.unsure_count, is_sure_shown=True)
    warnings = list(
        dict.fromkeys((warning.message, str(warning.place or "")) for warning in summary.warnings)
    )
    if warnings:
        console.print(Text(f"  请核对 {len(warnings)} 处：", style="yellow"))
    for message, place in warnings[:_SAMPLE]:
        _line(console, f"    {message}{f'（{place}）' if place else ''}")
    _more(console, len(warnings))
    console.print()


def _coverage(coverage: Coverage) -> str:
    """How much of the file was read, in a sentence."""
    share = int(coverage.share * 1000) / 10  # rounded down: only all is 100 %
    parts = [f"全文 {coverage.characters} 字", f"读入 {coverage.placed} 字"]
    if aside := coverage.furniture + coverage.wording:
        parts.append(f"表头、标题、页码等 {aside} 字")
    if left := coverage.unknown + coverage.lost:
        parts.append(f"没有读懂 {left} 字")
    return f"完整度 {share:g}%（{'，'.join(parts)}）"


def _show_pieces(
    console: Console, what: str, pieces: Sequence[Piece], count: int, *, is_sure_shown: bool = False
) -> None:
    if not count:
        return
    console.print(Text(f"  {what} {count} 处：", style="yellow"))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, overflow="ellipsis")
    for piece in pieces:
        sure = f"{piece.confidence:.0%}　" if is_sure_shown and piece.confidence is not None else ""
        table.add_row(Text(f"    {piece.place}"), Text(sure + piece.text))
    console.print(table)
    _more(console, count)


def _more(console: Console, count: int) -> None:
    if count > _SAMPLE:
        console.print(f"    …… 另有 {count - _SAMPLE} 处", style="dim")


def _line(console: Console, text: str) -> None:
    console.print(Text(text), no_wrap=True, overflow="ellipsis")


def _show_document(console: Console, document: DocumentLines) -> None:
    kind = "" if document.kind in document.title else f"　{document.kind}"
    console.print(Text(f"  {document.title}{kind}"))
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for heading, justify in (
        ("    序号", "right"),
        ("项目编码", "left"),
        ("项目名称", "left"),
        ("预算数", "right"),
        ("指标", "right"),
    ):
        table.add_column(heading, justify=justify)  # type: ignore[arg-type]
    for project in document.projects:
        texts = (project.number, project.code, project.name, project.amount, str(project.indicators))
        table.add_row(*map(Text, texts))  # plain strings would be taken for markup
    if table.row_count:
        console.print(table)
    if document.tables:
        _line(console, f"    公开表格 {len(document.tables)} 张：{'、'.join(document.tables)}")


def show_findings(name: str, findings: list[Finding]) -> None:
    """The findings of a file, each with its place, its figures and its basis."""
    console = _console()
    name, findings = printable(name), [_harmless(finding) for finding in findings]
    counts = {severity: sum(found.severity is severity for found in findings) for severity in Severity}
    summary = (
        "，".join(f"{severity.label} {count}" for severity, count in counts.items() if count)
        or "没有发现问题"
    )
    console.print(Text(f"{name}：{summary}", style="bold"))
    table = Table(show_lines=True, header_style="bold", expand=False)
    table.add_column("级别", no_wrap=True)
    table.add_column("规则", no_wrap=True)
    table.add_column("位置", max_width=28, overflow="fold")
    table.add_column("问题与依据", ratio=1, overflow="fold")
    for group in _together(findings):
        first = group[0]
        table.add_row(
            Text(first.severity.label, style=_COLOURS[first.severity]),
            first.rule,
            Text(_where(first) if len(group) == 1 else f"{len(group)} 处"),
            _body(group),
        )
    if findings:
        console.print(table)


def _together(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings of one rule and one severity as one where there are many; in the order of the first of each."""
    groups: dict[tuple[str, Severity], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, finding.severity), []).append(finding)
    found: list[list[Finding]] = []
    for finding in findings:
        group = groups[finding.rule, finding.severity]
        if len(group) < _MANY:
            found.append([finding])
        elif group[0] is finding:
            found.append(group)
    return found


def _body(group: Sequence[Finding]) -> Text:
    first = group[0]
    body = Text()
    for number, finding in enumerate(group[:_SAMPLE] if len(group) > 1 else group):
        place = f"{_where(finding)}：" if len(group) > 1 else ""
        body.append(f"{chr(10) if number else ''}{place}{finding.message}")
    if len(group) > _SAMPLE:
        places = "、".join(dict.fromkeys(_where(finding) for finding in group[_SAMPLE:]))
        body.append(f"\n另有 {len(group) - _SAMPLE} 处：{places}", style="dim")
    body.append(f"\n{first.basis_text}", style="dim")
    if first.remedy:
        body.append(f"\n建议：{first.remedy}", style="green")
    return body


def show_comparison(result: Compared) -> None:
    """Two versions of a file: what was put right, what is left, what is new."""
    console = _console()
    changed = [later for _, later in result.changed]
    for title, findings in (
        ("已改好", result.fixed),
        ("改了仍不对", changed),
        ("没有改", result.left),
        ("新出现", result.new),
    ):
        console.print(Text(f"{title} {len(findings)} 条", style="bold"))
        for finding in map(_harmless, findings):
            line = f"  {finding.severity.label}　{finding.rule}　{_where(finding)}　{finding.message}"
            console.print(Text(line.replace("\n", " "), style=_COLOURS[finding.severity]))


class CellLine(NamedTuple):
    """Something wrong at a cell of a workbook; ``rule`` is empty where reading found it."""

    cell: str
    severity: Severity
    rule: str
    message: str
    remedy: str


def show_cells(name: str, lines: Sequence[CellLine]) -> None:
    """What is wrong in a workbook that was filled in, each at its cell."""
    console = _console()
    counts = {severity: sum(line.severity is severity for line in lines) for severity in Severity}
    told = "，".join(f"{severity.label} {count}" for severity, count in counts.items() if count)
    console.print(Text(f"{printable(name)}：{told or '没有发现问题'}", style="bold"))
    table = Table(show_lines=True, header_style="bold", expand=False)
    table.add_column("单元格", no_wrap=True)
    table.add_column("级别", no_wrap=True)
    table.add_column("问题和建议", ratio=1, overflow="fold")
    for line in lines:
        body = Text("\n".join(map(printable, line.message.split("\n"))))
        if line.rule:
            body.append(f"（{line.rule}）", style="dim")
        if line.remedy:
            body.append(f"\n建议：{printable(line.remedy)}", style="green")
        severity = Text(line.severity.label, style=_COLOURS[line.severity])
        table.add_row(Text(printable(line.cell)), severity, body)
    if lines:
        console.print(table)


def show_conflicts(name: str, told: Sequence[str]) -> None:
    """Where a workbook and the present file disagree."""
    if not told:
        return
    console = _console()
    console.print(Text(f"{printable(name)}：与现行文件冲突 {len(told)} 处", style="bold"))
    for one in told:
        console.print(Text(f"  {printable(one)}", style="yellow"))


@contextmanager
def progress(count: int) -> Iterator[Callable[[str], None]]:
    """A bar on stderr while ``count`` files are read; to be told the name of each that is done."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("读取"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
        console=Console(stderr=True),
        transient=True,
        # results on the same terminal go above the bar; those that go to a file or a program stay what they are
        redirect_stdout=sys.stdout.isatty(),
    )
    with bar:
        task = bar.add_task("", total=count)
        yield lambda name: bar.update(task, advance=1, description=printable(name)[:_SHOWN_NAME])


def _harmless(value: T) -> T:
    """``value`` with every text in it such as a terminal may show: files of strangers may hold its commands."""
    return msgspec.convert(_printable(msgspec.to_builtins(value)), type(value))


def _printable(plain: Any) -> Any:
    if isinstance(plain, str):
        return "\n".join(map(printable, plain.split("\n")))
    if isinstance(plain, list):
        return [_printable(item) for item in plain]
    return {key: _printable(item) for key, item in plain.items()} if isinstance(plain, dict) else plain


def _console() -> Console:
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _WIDE
    return console


def _where(finding: Finding) -> str:
    parts = [finding.project or "", finding.indicator or "", str(finding.place) if finding.place else ""]
    return "\n".join(part for part in parts if part)
