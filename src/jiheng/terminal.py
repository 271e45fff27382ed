"""What the command line shows a person: readings and findings as tables, in colour on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from jiheng.budget import BudgetDocument, Finding, Project, Severity

if TYPE_CHECKING:
    from jiheng.reading import Reading

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
_SAMPLE = 8


def show_reading(reading: Reading) -> None:
    """The documents of a file: what each holds, its projects, and what was not understood."""
    console = Console()
    console.print(Text(reading.name, style="bold"))
    for document in reading.documents:
        _show_document(console, document)
    if not reading.documents:
        console.print("  没有读到预算绩效文件的内容。")
    for warning in reading.warnings:
        where = f"（{warning.place}）" if warning.place else ""
        console.print(Text(f"  请核对：{warning.message}{where}", style="yellow"))
    unknown = reading.unknown
    for block in unknown[:_SAMPLE]:
        console.print(Text(f"  未读懂（{block.place}）：{block.text[:60]}", style="yellow"))
    if len(unknown) > _SAMPLE:
        console.print(f"  …… 另有 {len(unknown) - _SAMPLE} 处未读懂")


def _show_document(console: Console, document: BudgetDocument) -> None:
    year = f"{document.fiscal_year}年" if document.fiscal_year else ""
    name = document.department.name if document.department and document.department.name else ""
    console.print(Text(f"  {document.title or f'{name}{year}{document.kind.label}（文件中没有标题）'}"))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading, justify in (
        ("序号", "right"),
        ("项目编码", "left"),
        ("项目名称", "left"),
        ("预算数", "right"),
        ("指标", "right"),
    ):
        table.add_column(heading, justify=justify)  # type: ignore[arg-type]
    for path, project in document.goal_tables():
        table.add_row(*_project_row(project, is_special=path.startswith("special")))
    if table.row_count:
        console.print(table)


def _project_row(project: Project, *, is_special: bool) -> tuple[str, str, Text, str, str]:
    budget = project.budget
    amount = f"{budget.total} {budget.unit}" if budget and budget.total else ""
    name = Text(f"{'【专项】' if is_special else ''}{project.label}")
    return str(project.number or ""), project.code or "", name, amount, str(len(project.indicators))


def show_findings(reading: Reading, findings: list[Finding]) -> None:
    """The findings of a file, each with its place, its figures and its basis."""
    console = Console()
    counts = {severity: sum(found.severity is severity for found in findings) for severity in Severity}
    summary = (
        "，".join(f"{severity.label} {count}" for severity, count in counts.items() if count)
        or "没有发现问题"
    )
    console.print(Text(f"{reading.name}：{summary}", style="bold"))
    table = Table(show_lines=True, header_style="bold", expand=False)
    table.add_column("级别", no_wrap=True)
    table.add_column("规则", no_wrap=True)
    table.add_column("位置", max_width=28, overflow="fold")
    table.add_column("问题与依据", ratio=1, overflow="fold")
    for finding in findings:
        body = Text(finding.message)
        body.append(f"\n{finding.basis_text}", style="dim")
        if finding.remedy:
            body.append(f"\n建议：{finding.remedy}", style="green")
        table.add_row(
            Text(finding.severity.label, style=_COLOURS[finding.severity]),
            finding.rule,
            Text(_where(finding)),
            body,
        )
    if findings:
        console.print(table)


def _where(finding: Finding) -> str:
    parts = [finding.project or "", finding.indicator or "", str(finding.place) if finding.place else ""]
    return "\n".join(part for part in parts if part)
