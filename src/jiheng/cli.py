"""The command line: ``jiheng read | audit | write | serve``. Data to stdout, talk to stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from jiheng.errors import JihengError

if TYPE_CHECKING:
    from jiheng.batch import Asked, Done, Source, Wanted
    from jiheng.budget import BudgetDocument, Finding

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
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", min=1, help="同时处理几个文件；默认有几个处理器核就几个。", show_default=False
    ),
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
    SARIF = "sarif"


_NO_ERRORS, _ERRORS_FOUND, _FAILED, _INTERRUPTED = 0, 1, 2, 130


@app.command()
def read(
    files: Files,
    as_json: AsJson = False,
    places: Annotated[bool, typer.Option("--places", help="JSON 中附上每个数值在原文件中的位置。")] = False,
    jobs: Jobs = None,
) -> None:
    """读取文件，列出读到的内容和没有读懂的内容。

    退出码：0 全部读取成功；2 有文件无法读取；130 被 Ctrl-C 中断。
    """
    from jiheng.batch import Wanted

    if as_json:
        wanted = Wanted.EXCHANGE_WITH_PLACES if places else Wanted.EXCHANGE
        with _all(files, wanted, jobs) as results, _json_array() as add:
            for _, answer in results:
                add(answer)
    else:
        from jiheng.reading.summary import Summary
        from jiheng.terminal import show_reading

        with _all(files, Wanted.SUMMARY, jobs) as results:
            for source, answer in results:
                show_reading(msgspec.json.decode(answer, type=Summary), source.shown)
    raise typer.Exit(_FAILED if results.has_failed else _NO_ERRORS)


@app.command()
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
    settings: Annotated[
        Path | None,
        typer.Option(
            "--settings", help="审核设置（TOML）：停用规则、改程度和界限，可按地区。", show_default=False
        ),
    ] = None,
    waivers: Annotated[
        Path | None,
        typer.Option("--waivers", help="已说明理由的问题（TOML），列出而不计。", show_default=False),
    ] = None,
    jobs: Jobs = None,
) -> None:
    """审核文件，逐条列出问题、数字和依据。

    退出码：0 没有错误；1 有错误；2 有文件无法读取，或有规则运行失败；130 被 Ctrl-C 中断。
    """
    from jiheng.batch import Audited, Wanted
    from jiheng.budget import dumps_findings

    if report is not None:
        _check_report(report)
    if opinion is not None:
        _check_opinion(opinion, files)
    keeps = report is not None or opinion is not None
    wanted = Wanted.AUDIT_WITH_DOCUMENTS if keeps else Wanted.AUDIT
    documents: list[BudgetDocument] = []
    findings: list[Finding] = []
    count, has_errors, has_failed = 0, False, False
    asked = _asked(settings, waivers, _documents_of(previous or [], jobs))
    with _all(files, wanted, jobs, asked) as results, _json_array(is_wanted=as_json) as add:
        for source, answer in results:
            audited = msgspec.json.decode(answer, type=Audited)
            has_failed = _name_failed_rules(audited.failed_rules) or has_failed
            has_errors = has_errors or any(found.severity.value == "error" for found in audited.findings)
            renumbered = _renumbered(audited.findings, count)
            count += audited.count
            if as_json:
                add(dumps_findings(renumbered))
            else:
                from jiheng.terminal import show_findings

                show_findings(source.shown, audited.findings)
                if audited.waived:
                    _say(f"{source.shown}：另有 {len(audited.waived)} 条已说明理由，不计。")
            if keeps:
                documents.extend(audited.documents)
                findings.extend(renumbered)
    if report is not None:
        _save_report(report, documents, findings, files)
    if opinion is not None:
        _save_opinion(opinion, documents, findings, office)
    is_failure = has_failed or results.has_failed
    raise typer.Exit(_FAILED if is_failure else _ERRORS_FOUND if has_errors else _NO_ERRORS)


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(help="旧的一版。", show_default=False)],
    after: Annotated[Path, typer.Argument(help="新的一版。", show_default=False)],
    *,
    as_json: AsJson = False,
) -> None:
    """比较同一份文件的两版：哪些问题改好了，哪些还在，哪些是新的。

    退出码：0 没有新的错误；1 有新的错误，或改了仍不对；2 有文件无法读取。
    """
    from jiheng.auditing.versions import compared
    from jiheng.batch import Audited, Wanted
    from jiheng.terminal import show_comparison

    found: list[list[Finding]] = []
    for path in (before, after):
        with _all([path], Wanted.AUDIT, None) as results:
            found += [msgspec.json.decode(answer, type=Audited).findings for _, answer in results]
    if len(found) != 2:
        raise typer.Exit(_FAILED)
    result = compared(*found)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(result), indent=2) + b"\n")
    else:
        show_comparison(result)
    worse = [*result.new, *(later for _, later in result.changed)]
    has_errors = any(finding.severity.value == "error" for finding in worse)
    raise typer.Exit(_ERRORS_FOUND if has_errors else _NO_ERRORS)


@app.command()
def mend(
    file: Annotated[Path, typer.Argument(help="要修订的 Word 文件（.docx）。", show_default=False)],
    rules: Annotated[
        list[str] | None,
        typer.Option("--rule", help="只按这条规则修订，可以写多次；默认所有能直接改正的规则。"),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="保存到的文件；默认在原文件旁边。")
    ] = None,
    author: Annotated[str, typer.Option(help="修订和批注的作者。")] = "绩衡",
) -> None:
    """把能直接改正的问题改在原来的 Word 文件里：修订标记加批注，其余内容不动。

    退出码：0 全部改好；1 有的没有找到位置，未改；2 文件无法读取或不能修订。
    """
    from jiheng.mending.file import mend_word

    path = output or file.with_name(f"{file.stem}-修订.docx")
    result = mend_word(file, set(rules or ()), author)
    if result.done:
        path.write_bytes(result.data)
        _say(f"改正 {len(result.done)} 处，已保存到 {path}")
    else:
        _say("没有能直接改正的问题。")
    for change, why in result.left:
        _say(f"未改：{change.place or '位置不明'} {change.before or '空'} → {change.after}：{why}")
    raise typer.Exit(_ERRORS_FOUND if result.left else _NO_ERRORS)


@app.command()
def write(
    files: Files,
    form: Annotated[Form, typer.Option("--to", "-t", help="要生成的格式。")] = Form.DOCX,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="保存到的文件或文件夹；默认在原文件旁边。")
    ] = None,
    jobs: Jobs = None,
) -> None:
    """把读到的内容写成正式的部门预算绩效文本（Word、PDF）、Excel 或 JSON。

    退出码：0 全部成功；2 有文件无法读取或无法生成；130 被 Ctrl-C 中断。
    """
    from jiheng.batch import Wanted
    from jiheng.budget import BudgetDocument
    from jiheng.writing import write as write_form

    has_failed = False
    with _all(files, Wanted.DOCUMENTS, jobs) as results:
        for source, answer in results:
            found = msgspec.json.decode(answer, type=list[BudgetDocument])
            groups = [found] if form in (Form.JSON, Form.XLSX) else [[document] for document in found]
            for number, documents in enumerate(groups, 1):
                suffix = f"-{number}" if len(groups) > 1 else ""
                target = _target(source, form, output, suffix, single=len(files) == 1 and len(groups) == 1)
                try:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(write_form(documents, form.value))
                except (JihengError, OSError) as error:
                    _complain(f"{source.shown}：{error}")
                    has_failed = True
                else:
                    _say(f"已生成 {target}")
    raise typer.Exit(_FAILED if has_failed or results.has_failed else _NO_ERRORS)


@app.command()
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


class _Results:
    """The answers for the files that could be read, each with how messages call the file; the others are named."""

    def __init__(self, done: Iterator[Done], advance: Callable[[str], object]) -> None:
        self._done = done
        self._advance = advance
        self.has_failed = False

    def __iter__(self) -> Iterator[tuple[Source, bytes]]:
        is_empty = True
        for source, answer, error in self._done:
            is_empty = False
            if error is not None:
                _complain(_told(error, source))
                self.has_failed = True
            elif answer is not None:
                yield source, answer
            self._advance(source.shown)
        if is_empty:
            _complain("没有可以读取的文件。")
            self.has_failed = True


def _documents_of(paths: Sequence[Path], jobs: int | None) -> list[BudgetDocument]:
    """The documents in earlier files. One that cannot be read ends the audit: it would look as if nothing had been found."""
    from jiheng.batch import Wanted
    from jiheng.budget import BudgetDocument

    if not paths:
        return []
    with _all(paths, Wanted.DOCUMENTS, jobs) as results:
        answers = [answer for _, answer in results]
    if results.has_failed:
        raise typer.Exit(_FAILED)
    return [each for answer in answers for each in msgspec.json.decode(answer, type=list[BudgetDocument])]


def _asked(settings: Path | None, waivers: Path | None, previous: list[BudgetDocument]) -> Asked:
    from jiheng.auditing import load_settings, load_waivers
    from jiheng.batch import Asked

    return Asked(
        previous,
        load_settings(settings) if settings is not None else None,
        load_waivers(waivers) if waivers is not None else [],
    )


@contextmanager
def _all(
    paths: Sequence[Path], wanted: Wanted, jobs: int | None, asked: Asked | None = None
) -> Iterator[_Results]:
    """What is wanted of every file, with a progress bar when there are several and a person looks at it."""
    from jiheng import batch

    sources = batch.Sources(paths)
    with ExitStack() as stack:
        advance: Callable[[str], object] = len
        count = sum(1 for _ in sources) if sys.stderr.isatty() else 0
        if count > 1:
            from jiheng.terminal import progress

            advance = stack.enter_context(progress(count))
        try:
            yield _Results(
                stack.enter_context(batch.results(sources, wanted, jobs, asked or batch.NOTHING_ASKED)),
                advance,
            )
        except KeyboardInterrupt:
            stack.close()
            _say("已中断，后面的文件没有处理。")
            raise typer.Exit(_INTERRUPTED) from None
    if sources.skipped:
        _say(f"另有 {sources.skipped} 个文件不是能读取的格式，没有处理。")


def _told(error: JihengError, source: Source) -> str:
    """The error in a sentence that names the file as the person does."""
    from jiheng.batch import readable

    name = readable(source.path.name)
    place = error.place or name
    where = source.shown + place.removeprefix(name) if place.startswith(name) else place
    return f"{where}：{error.message}{f'　{error.remedy}' if error.remedy else ''}"


@contextmanager
def _json_array(*, is_wanted: bool = True) -> Iterator[Callable[[bytes], None]]:
    """Arrays written to stdout as one, each as soon as it is there; left open when the work was broken off."""
    out = sys.stdout.buffer
    opening = b"[\n"

    def add(array: bytes) -> None:
        nonlocal opening
        if array != b"[]":
            out.write(opening + array.removeprefix(b"[\n").removesuffix(b"\n]"))
            out.flush()
            opening = b",\n"

    yield add
    if is_wanted:
        out.write(b"[]\n" if opening == b"[\n" else b"\n]\n")
        out.flush()


def _renumbered(findings: list[Finding], offset: int) -> list[Finding]:
    """Findings of a later file count its documents after those of the files before it."""
    if not offset:
        return findings
    import msgspec

    return [msgspec.structs.replace(finding, document=finding.document + offset) for finding in findings]


def _name_failed_rules(failures: Sequence[str]) -> bool:
    for failure in failures:
        _complain(failure)
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
    letter = Letter(office, today, reviews(documents, findings))
    path.write_bytes(write_opinion(documents, findings, path.suffix.lstrip(".").lower(), letter))
    _say(f"审核意见书已保存到 {path}")


def _save_report(
    path: Path, documents: list[BudgetDocument], findings: list[Finding], files: list[Path]
) -> None:
    from jiheng.writing import write_report

    name = "、".join(file.name for file in files)
    path.write_bytes(write_report(documents, findings, path.suffix.lstrip(".").lower(), source_name=name))
    _say(f"审核报告已保存到 {path}")


def _target(source: Source, form: Form, output: Path | None, suffix: str, *, single: bool) -> Path:
    """Where a written document goes: the file named, or below the folder named, never over the source."""
    if output is not None and single and output.suffix.lower() == f".{form.value}":
        return output
    folder = source.path.parent if output is None else output / Path(source.shown).parent
    stem = Path(source.shown).stem + suffix
    target = folder / f"{stem}.{form.value}"
    return folder / f"{stem}-绩衡.{form.value}" if target == source.path else target


def _say(text: str) -> None:
    from jiheng.budget.text import printable

    print(printable(text), file=sys.stderr)


def _complain(text: str) -> None:
    _say(f"错误：{text}")


if __name__ == "__main__":
    main()
