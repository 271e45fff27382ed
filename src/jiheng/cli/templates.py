"""``jiheng template``: an office's own Word templates, checked, begun, and kept with their versions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from jiheng.cli.arguments import ERRORS_FOUND, FAILED, NO_ERRORS, AsJson, a_path
from jiheng.cli.streams import complain, say
from jiheng.cli.targets import save

app = typer.Typer(
    help="本单位的 Word 模板：检查、查字段、生成起始模板、入库。",
    no_args_is_help=True,
    rich_markup_mode=None,
)
TemplateFile = Annotated[
    Path, typer.Argument(help="模板（.docx）。", show_default=False, parser=a_path, metavar="模板")
]
StoreFolder = Annotated[
    Path, typer.Option("--store", "-s", help="模板库的文件夹。", show_default=False, parser=a_path)
]
Who = Annotated[str, typer.Option("--who", help="是谁入库或改动的。", show_default=False)]


@app.command()
def check(template: TemplateFile, as_json: AsJson = False) -> None:
    """检查模板：字段、块、位置，有没有带宏或引用别处的内容。

    退出码：0 没有问题；1 有问题；2 文件打不开。
    """
    from jiheng.reading.load import load
    from jiheng.templates import check_template

    problems = check_template(load(template, template.name), template.name)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(problems), indent=2) + b"\n")
    else:
        for problem in problems:
            print(problem)
        say(f"{template.name}：{f'{len(problems)} 处问题。' if problems else '没有问题，可以使用。'}")
    raise typer.Exit(ERRORS_FOUND if problems else NO_ERRORS)


@app.command()
def fields(
    search: Annotated[str, typer.Argument(help="只列出含这些字的。", metavar="[查找]")] = "",
    as_json: AsJson = False,
) -> None:
    """列出模板中可以写的字段、列表和写法。"""
    from jiheng.templates.catalogue import POSITIONS, entries
    from jiheng.templates.forms import ABOUT

    found = [entry for entry in entries() if search in f"{entry.written}{entry.about}{entry.within}"]
    if as_json:
        plain = [entry._asdict() for entry in found]
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(plain), indent=2) + b"\n")
        return
    within = None
    for entry in found:
        if entry.within != within:
            within = entry.within
            print(f"\n〔{within}〕" if within else "〔全文〕")
        print(f"  {entry.written}　{entry.about}{f'　例：{entry.example}' if entry.example else ''}")
    if not search:
        print("\n〔各列表都有〕")
        for name, about in POSITIONS.items():
            print(f"  {{{{项目.{name}}}}}　{about}")
        print("\n〔写法，写在字段名后面，如 {{支出合计|大写}}〕")
        for name, about in ABOUT.items():
            print(f"  |{name}　{about}")
        print(
            "\n〔块〕\n  {{#项目}} … {{/项目}}　每项重复一遍\n  {{?状态}} … {{/状态}}　有内容才显示\n"
            "  {{!专项资金}} … {{/专项资金}}　没有内容才显示\n"
            "  跨几段的块，开始和结束各占一段；跨几行的各占一行。含列表字段的表格行自动重复。"
        )
    if not found:
        complain(f"没有含“{search}”的字段。")
        raise typer.Exit(FAILED)


@app.command()
def starter(
    output: Annotated[
        Path, typer.Argument(help="保存到的文件。", show_default=False, parser=a_path, metavar="输出")
    ],
) -> None:
    """生成一份起始模板：与内置的部门预算绩效文本版式相同，可在 Word 中改成本单位的样子。"""
    from jiheng.errors import JihengError
    from jiheng.templates import starter as make

    if output.exists():
        raise JihengError(f"已经有“{output}”，没有覆盖。", remedy="请另起一个文件名。")
    save(output, make())
    say(f"已生成 {output}")


@app.command()
def add(
    template: TemplateFile,
    *,
    store: StoreFolder,
    who: Who,
    kind: Annotated[str, typer.Option("--kind", help="文件种类，如 部门预算绩效文本。")] = "部门预算绩效文本",
    year: Annotated[
        int, typer.Option("--year", help="从哪个年度起使用；不写为各年度。", show_default=False)
    ] = 0,
    division: Annotated[
        str, typer.Option("--division", help="行政区划代码；不写为各地区。", show_default=False)
    ] = "",
    note: Annotated[str, typer.Option("--note", help="说明。", show_default=False)] = "",
) -> None:
    """把模板放进模板库，作为这一种类、年度、地区的最新版本；原有版本都保留。"""
    from jiheng.budget import Kind
    from jiheng.errors import JihengError
    from jiheng.reading.load import load
    from jiheng.templates import Slot, Store

    chosen = next((one for one in Kind if kind in (one.label, one.value)), None)
    if chosen is None:
        labels = "、".join(one.label for one in Kind)
        raise JihengError(f"没有文件种类“{kind}”。", remedy=f"可以写：{labels}。")
    data = load(template, template.name)
    kept = Store(store).add(data, Slot(chosen, year, division), who=who, note=note)
    say(f"已入库，编号 {kept.number}（{kept.slot.label}）。")


@app.command("list")
def list_versions(store: StoreFolder) -> None:
    """列出模板库中的各个版本，正在使用的标“★”。"""
    from jiheng.templates import Store
    from jiheng.templates.store import history

    for version, holds in history(Store(store)):
        mark = "★" if holds else "　"
        note = f"　{version.note}" if version.note else ""
        print(f"{mark}{version.number:>4}　{version.slot.label}　{version.made_at[:16]}　{version.who}{note}")


@app.command()
def use(
    number: Annotated[int, typer.Argument(help="版本的编号。", show_default=False, metavar="编号")],
    store: StoreFolder,
    who: Who,
) -> None:
    """改用以前的一个版本。"""
    from jiheng.templates import Store

    found = Store(store).make_current(number, who=who)
    say(f"{found.slot.label}：现在使用编号 {found.number}。")
