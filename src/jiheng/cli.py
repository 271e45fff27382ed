"""The command line: ``jiheng read | audit | write | serve``. Data to stdout, talk to stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiheng.errors import JihengError, RuleFailed

if TYPE_CHECKING:
    from jiheng.budget import BudgetDocument, Finding
    from jiheng.reading import Reading

app = typer.Typer(
    name="jiheng",
    help="绩衡：读取、审核、生成预算绩效文件。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Files = Annotated[
    list[Path],
    typer.Argument(help="要处理的文件；也可以是文件夹，其中能读的文件都会处理。", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON，供其他程序使用。")]


class Form(StrEnum):
    """What ``write`` can produce."""

    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"
    JSON = "json"


class ReportForm(StrEnum):
    """The forms of an audit report."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"


_NO_ERRORS, _ERRORS_FOUND, _FAILED = 0, 1, 2


@app.command()
def read(
    files: Files,
    as_json: AsJson = False,
    places: Annotated[bool, typer.Option("--places", help="JSON 中附上每个数值在原文件中的位置。")] = False,
) -> None:
    """读取文件，列出读到的内容和没有读懂的内容。

    退出码：0 全部读取成功；2 有文件无法读取。
    """
    documents: list[BudgetDocument] = []
    failed = False
    for reading in _readings(files):
        if reading is None:
            failed = True
        elif as_json:
            documents.extend(reading.documents)
        else:
            from jiheng.terminal import show_reading

            show_reading(reading)
    if as_json:
        from jiheng.budget import exchange

        _print(exchange.dumps(documents, with_cells=places))
    raise typer.Exit(_FAILED if failed else _NO_ERRORS)


@app.command()
def audit(
    files: Files,
    as_json: AsJson = False,
    report: Annotated[
        Path | None, typer.Option("--report", help="另存审核报告（.html .pdf .docx .xlsx）。")
    ] = None,
) -> None:
    """审核文件，逐条列出问题、数字和依据。

    退出码：0 没有错误；1 有错误；2 有文件无法读取，或有规则运行失败。
    """
    from jiheng.auditing import audit as run_audit

    documents: list[BudgetDocument] = []
    findings: list[Finding] = []
    failed = False
    for reading in _readings(files):
        if reading is None:
            failed = True
            continue
        result = run_audit(reading.documents)
        failed = _name_failed_rules(result.failed_rules) or failed
        if not as_json:
            from jiheng.terminal import show_findings

            show_findings(reading, result.findings)
        findings.extend(_renumbered(result.findings, len(documents)))
        documents.extend(reading.documents)
    if as_json:
        from jiheng.budget import dumps_findings

        _print(dumps_findings(findings))
    if report is not None:
        _save_report(report, documents, findings, files)
    has_errors = any(finding.severity.value == "error" for finding in findings)
    raise typer.Exit(_FAILED if failed else _ERRORS_FOUND if has_errors else _NO_ERRORS)


@app.command()
def write(
    files: Files,
    form: Annotated[Form, typer.Option("--to", "-t", help="要生成的格式。")] = Form.DOCX,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="保存到的文件或文件夹；默认在原文件旁边。")
    ] = None,
) -> None:
    """把读到的内容写成正式的部门预算绩效文本（Word、PDF）、Excel 或 JSON。

    退出码：0 全部成功；2 有文件无法读取或无法生成。
    """
    from jiheng.writing import write as write_form

    failed = False
    for reading in _readings(files):
        if reading is None:
            failed = True
            continue
        groups = (
            [reading.documents]
            if form in (Form.JSON, Form.XLSX)
            else [[found] for found in reading.documents]
        )
        for number, documents in enumerate(groups, 1):
            suffix = f"-{number}" if len(groups) > 1 else ""
            target = _target(reading.name, form, output, suffix, single=len(files) == 1 and len(groups) == 1)
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(write_form(documents, form.value))
            except (JihengError, OSError) as error:
                _complain(f"{reading.name}：{error}")
                failed = True
            else:
                _say(f"已生成 {target}")
    raise typer.Exit(_FAILED if failed else _NO_ERRORS)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听的地址；默认只有本机能访问。")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听的端口。", min=1, max=65535)] = 8000,
) -> None:
    """在浏览器中使用绩衡：启动网页服务。"""
    try:
        from jiheng.web.run import main as run

        run(host=host, port=port)
    except ModuleNotFoundError as error:
        _complain(f"网页服务需要另外安装：pip install 'jiheng[web]'（缺少 {error.name}）")
        raise typer.Exit(_FAILED) from error


def main() -> None:
    """The entry point: our own errors end with a sentence and exit status 2, never with a traceback."""
    try:
        app()
    except JihengError as error:
        _complain(str(error))
        sys.exit(_FAILED)


def _readings(paths: Sequence[Path]) -> Iterator[Reading | None]:
    """Every file's reading, with a progress bar when there are several; ``None`` for one that failed."""
    from jiheng.reading import read as read_file

    sources = _expand(paths)
    if not sources:
        _complain("没有可以读取的文件。")
        yield None
    for source in _progress(sources):
        try:
            yield read_file(source)
        except JihengError as error:
            _complain(str(error))
            yield None


def _expand(paths: Sequence[Path]) -> list[Path]:
    """Files as they are; of a folder, every file below it that can be read, in order."""
    from jiheng.reading.read import SUFFIXES

    sources: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = (file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
            sources.extend(sorted(file for file in found if not file.name.startswith((".", "~$"))))
        else:
            sources.append(path)
    return sources


def _progress(sources: list[Path]) -> Iterator[Path]:
    """The files, shown as a bar on stderr while a person looks at it."""
    if len(sources) < 2 or not sys.stderr.isatty():
        yield from sources
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(sources, description="读取", console=Console(stderr=True), transient=True)


def _renumbered(findings: list[Finding], offset: int) -> list[Finding]:
    """Findings of a later file count its documents after those of the files before it."""
    if not offset:
        return findings
    import msgspec

    return [msgspec.structs.replace(finding, document=finding.document + offset) for finding in findings]


def _name_failed_rules(failures: Sequence[RuleFailed]) -> bool:
    for failure in failures:
        _complain(str(failure))
    return bool(failures)


def _save_report(
    path: Path, documents: list[BudgetDocument], findings: list[Finding], files: list[Path]
) -> None:
    from jiheng.writing import write_report

    form = path.suffix.lstrip(".").lower()
    if form not in set(ReportForm):
        raise JihengError(
            f"不能生成 {path.suffix or '没有后缀的'} 报告。",
            remedy="请用 .html、.pdf、.docx 或 .xlsx 作后缀。",
        )
    name = "、".join(file.name for file in files)
    path.write_bytes(write_report(documents, findings, form, source_name=name))
    _say(f"审核报告已保存到 {path}")


def _target(name: str, form: Form, output: Path | None, suffix: str, *, single: bool) -> Path:
    """Where a written document goes: the file named, or a file in the folder named, never over the source."""
    stem = f"{Path(name).stem}{suffix}"
    if output is not None and single and output.suffix.lower() == f".{form.value}":
        return output
    folder = output if output is not None else Path()
    target = folder / f"{stem}.{form.value}"
    return target if target.name != Path(name).name else folder / f"{stem}-绩衡.{form.value}"


def _print(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.write(b"\n")


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _complain(text: str) -> None:
    print(f"错误：{text}", file=sys.stderr)


if __name__ == "__main__":
    main()
