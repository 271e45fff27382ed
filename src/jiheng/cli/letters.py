"""``letter``: the approval, the notice of results, and the reports in chapters, from the files that hold their data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiheng.cli.arguments import NO_ERRORS, Files, a_path
from jiheng.cli.streams import documents_of, say
from jiheng.cli.targets import refuse_inputs, save
from jiheng.errors import JihengError

if TYPE_CHECKING:
    from jiheng.budget import BudgetDocument

letters = typer.Typer(
    name="letter",
    help="生成预算批复、评价结果应用通知、绩效自评报告和绩效评价报告。",
    no_args_is_help=True,
    rich_markup_mode=None,
)

AFile = Annotated[
    Path, typer.Argument(help="一份预算文件。", show_default=False, parser=a_path, metavar="文件")
]
Output = Annotated[
    Path, typer.Option("--output", "-o", help="保存到的文件（.docx .pdf .html）。", show_default=False)
]
Office = Annotated[str, typer.Option("--office", help="发文单位。")]
Number = Annotated[str, typer.Option("--number", help="发文字号。", show_default=False)]
On = Annotated[str, typer.Option("--on", help="成文日期，如 2024-03-15；默认今天。", show_default=False)]


@letters.command()
def approval(
    file: AFile,
    *,
    output: Output,
    office: Office = "财政部门",
    number: Number = "",
    on: On = "",
    decided_by: Annotated[
        str, typer.Option("--decided-by", help="批准预算的会议，如“某县第十七届人民代表大会第三次会议”。")
    ] = "",
) -> None:
    """生成部门预算批复，附收支预算表、项目支出预算表和绩效目标表。

    退出码：0 成功；2 文件无法读取或无法生成。
    """
    from jiheng.writing import write_approval
    from jiheng.writing.letters.approval import Approval

    form = _form_of(output)
    head = Approval(office, _day(on), number, decided_by)
    document = _only(_read([file], output), file)
    _save(output, write_approval(document, form, head), "批复")


@letters.command()
def application(
    files: Files,
    *,
    output: Output,
    office: Office = "财政部门",
    number: Number = "",
    on: On = "",
    until: Annotated[
        str, typer.Option("--until", help="完成整改的期限，如 2024-09-30。", show_default=False)
    ] = "",
) -> None:
    """根据绩效自评表、绩效评价表生成评价结果应用通知，附应用清单和整改清单。

    退出码：0 成功；2 有文件无法读取或无法生成。
    """
    from jiheng.writing import write_application
    from jiheng.writing.letters.application import Application

    form = _form_of(output)
    head = Application(office, _day(on), number, _day(until) if until else None)
    _save(output, write_application(_read(files, output), form, head), "通知")


@letters.command()
def report(file: AFile, output: Output) -> None:
    """根据绩效自评表生成绩效自评报告，根据绩效评价表生成绩效评价报告；只有人知道的内容留待填写。

    退出码：0 成功；2 文件无法读取或无法生成。
    """
    from jiheng.writing import write_achievement

    form = _form_of(output)
    document = _only(_read([file], output), file)
    _save(output, write_achievement(document, form), "报告")


def _form_of(output: Path) -> str:
    """The form that the name of the file asks for.

    Raises:
        JihengError: it is none that letters have.
    """
    from jiheng.writing import LETTER_FORMS

    form = output.suffix.lstrip(".").lower()
    if form not in LETTER_FORMS:
        raise JihengError(
            f"不能生成 {output.suffix or '没有后缀的'} 文件。", remedy="请用 .docx、.pdf 或 .html 作后缀。"
        )
    return form


def _day(text: str) -> date:
    """The day that was written; today where none was."""
    if not text.strip():
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise JihengError(f"日期“{text}”的写法不对。", remedy="请写成 2024-03-15 这样的日期。") from error


def _read(paths: Sequence[Path], output: Path) -> list[BudgetDocument]:
    """The documents in the files, none of which is the one to be written."""
    refuse_inputs(output, paths)
    return documents_of(paths, None)


def _only(documents: Sequence[BudgetDocument], file: Path) -> BudgetDocument:
    """The document; a file that holds several is of several bodies, and a letter goes to one."""
    if len(documents) == 1:
        return documents[0]
    if not documents:
        raise JihengError(f"“{file.name}”中没有读到预算绩效文件。")
    titles = "、".join(f"《{document.title or document.kind.label}》" for document in documents)
    raise JihengError(
        f"“{file.name}”中有 {len(documents)} 份文件（{titles}）。", remedy="请把每份文件分开存放，逐份生成。"
    )


def _save(output: Path, data: bytes, what: str) -> None:
    save(output, data)
    say(f"{what}已保存到 {output}")
    raise typer.Exit(NO_ERRORS)
