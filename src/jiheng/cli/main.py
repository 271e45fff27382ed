"""The program: its commands, and those that read and write."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

import jiheng
from jiheng.cli import auditing, filling, templates
from jiheng.cli.arguments import FAILED, INTERRUPTED, NO_ERRORS, AsJson, Files, Jobs
from jiheng.cli.letters import letters
from jiheng.cli.mistakes import MISTAKE, in_words
from jiheng.cli.streams import all_results, complain, documents_of, json_array, say
from jiheng.cli.targets import free, refuse_inputs, save
from jiheng.errors import JihengError

if TYPE_CHECKING:
    from jiheng.batch import Source

app = typer.Typer(
    name="jiheng",
    help="绩衡：读取、审核、生成预算绩效文件。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Form(StrEnum):
    """What ``write`` can produce."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    XLSX = "xlsx"
    TABLES = "tables.xlsx"
    JSON = "json"


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
        with all_results(files, wanted, jobs) as results, json_array() as add:
            for _, answer in results:
                add(answer)
    else:
        from jiheng.reading.summary import Summary
        from jiheng.terminal import show_reading

        with all_results(files, Wanted.SUMMARY, jobs) as results:
            for source, answer in results:
                show_reading(msgspec.json.decode(answer, type=Summary), source.shown)
    raise typer.Exit(FAILED if results.has_failed else NO_ERRORS)


for _command in (auditing.audit, auditing.mend, auditing.compare):
    app.command()(_command)


@app.command()
def write(
    files: Files,
    *,
    form: Annotated[Form, typer.Option("--to", "-t", help="要生成的格式。")] = Form.DOCX,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="保存到的文件或文件夹；默认在原文件旁边。")
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option("--template", help="按本单位的 Word 模板（.docx）生成。", show_default=False),
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option(
            "--templates", help="模板库的文件夹：用其中适用的模板，没有的用内置版式。", show_default=False
        ),
    ] = None,
    previous: Annotated[
        list[Path] | None,
        typer.Option(
            "--previous",
            help="上年的文件：由它算出比上年增减情况和原因，填入没有写的地方；可以写多次。",
            show_default=False,
        ),
    ] = None,
    jobs: Jobs = None,
) -> None:
    """把读到的内容写成正式的部门预算绩效文本、预算公开说明、部门决算或官方表样（Word、PDF、网页），或者 Excel、JSON。

    tables.xlsx 只写各张公开表，一表一页，样式与公开的相同；xlsx 写全部数据。

    退出码：0 全部成功；2 有文件无法读取或无法生成；130 被 Ctrl-C 中断。
    """
    from jiheng.batch import Wanted
    from jiheng.budget import BudgetDocument
    from jiheng.cli.writer import Writer

    writer = Writer(template, store, form.value, documents_of(previous or [], jobs))
    has_failed = False
    with all_results(files, Wanted.DOCUMENTS, jobs) as results:
        for source, answer in results:
            found = msgspec.json.decode(answer, type=list[BudgetDocument])
            groups = [found] if form in (Form.JSON, Form.XLSX) else [[document] for document in found]
            for number, documents in enumerate(groups, 1):
                suffix = f"-{number}" if len(groups) > 1 else ""
                try:
                    target = _target(
                        source, form, output, suffix, single=len(files) == 1 and len(groups) == 1
                    )
                    refuse_inputs(target, [source.path, *([template] if template else [])])
                    save(target, writer.write(documents))
                except JihengError as error:
                    complain(f"{source.shown}：{error}")
                    has_failed = True
                else:
                    say(f"已生成 {target}")
    raise typer.Exit(FAILED if has_failed or results.has_failed else NO_ERRORS)


app.command("fill-in")(filling.fill_in)
app.command("take-in")(filling.take_in)
app.command()(auditing.rules)
app.add_typer(letters)
app.add_typer(templates.app, name="template")


@app.command()
def serve(
    host: Annotated[
        str | None,
        typer.Option(help="监听的地址；默认 127.0.0.1，只有本机能访问。", show_default=False),
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="监听的端口，默认 8000。", min=1, max=65535, show_default=False)
    ] = None,
) -> None:
    """在浏览器中使用绩衡：启动网页服务。"""
    try:
        from jiheng.web.run import main as run

        run(host=host, port=port)
    except ModuleNotFoundError as error:
        complain(f"网页服务需要另外安装：pip install 'jiheng[web]'（缺少 {error.name}）")
        raise typer.Exit(FAILED) from error


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"绩衡 {jiheng.__version__}")
        raise typer.Exit


@app.callback()
def _general(
    version: Annotated[
        bool, typer.Option("--version", help="显示版本。", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    pass


def main() -> None:
    """The entry point: errors, ours and those of whoever types, end with a sentence and exit status 2."""
    try:
        status = app(standalone_mode=False)
    except JihengError as error:
        complain(str(error))
        status = FAILED
    except typer.Abort:
        status = INTERRUPTED
    except MISTAKE as error:
        told = in_words(error)
        if told is not None:
            complain(told)
        status = FAILED
    sys.exit(status)


def _target(source: Source, form: Form, output: Path | None, suffix: str, *, single: bool) -> Path:
    """Where a written document goes: the file named, or below the folder named; else beside the source, over no file.

    Raises:
        JihengError: a file is named, and there are several documents.
    """
    stem = Path(source.shown).stem + suffix
    if output is None:
        beside = source.path.parent / f"{stem}.{form.value}"
        return free(beside.with_name(f"{stem}-绩衡.{form.value}") if beside.exists() else beside)
    ending = form.value.rpartition(".")[2]
    is_file = output.suffix.lower() == f".{ending}" and not output.is_dir()
    if is_file and not single:
        raise JihengError(f"要写的不止一份文本，不能都写进“{output}”。", remedy="-o 请写一个文件夹。")
    return output if is_file else output / Path(source.shown).parent / f"{stem}.{form.value}"
