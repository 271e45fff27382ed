"""A first template for an office to change: our own layout of a performance text, with fields in place of values.

It is made by laying out documents whose values are fields, so it changes when the layout does.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from jiheng.budget import (
    CHECKPOINT_NAMES,
    BudgetDocument,
    CodedName,
    Indicator,
    IndicatorValue,
    Project,
    ProjectBudget,
    Safeguard,
    SpendingPlan,
    SubGoal,
)
from jiheng.reading.formats.container import parse_xml
from jiheng.reading.formats.word.names import W
from jiheng.templates.elements import remove
from jiheng.writing.docx import render_docx
from jiheng.writing.package import as_part, with_parts
from jiheng.writing.pages import Block, Body, Cell, Grid, Heading, Pages, Row, Text
from jiheng.writing.performance_text import goal_parts, lay_out

_BODY: Final = "word/document.xml"
_CONTENTS: Final = "目　录"
_VALUE: Final = "值"
"""Stands in laid-out documents where a field will."""
_HERE: Final = "在此放目录"
_PARTS: Final = (
    ("总体绩效目标", "分项绩效目标", "工作保障措施"),
    ("专项资金",),
    ("项目",),
)


def starter() -> bytes:
    """A template of 部门预算绩效文本 (.docx) that gives the pages of our own layout."""
    body = [*_whole_department(), *_tables("专项资金"), *_tables("项目")]
    pages = Pages("部门预算绩效文本", (*_cover(), Text(_HERE, "note"), Body(), *body))
    return _with_contents(render_docx(pages), list(_contents(body)))


def _cover() -> Iterator[Block]:
    """Title, status, issuer and reviewer; what is absent leaves no line."""
    laid_out = lay_out(
        BudgetDocument(
            title="单位2024年标题", status=_VALUE, issuer=_VALUE, reviewer=_VALUE, overall_goal=[_VALUE]
        )
    )
    fields = {
        "cover_name": ["封面单位"],
        "cover_title": ["封面标题"],
        "cover_status": ["状态"],
        "cover_body": ["编制单位", "审核单位"],
    }
    for block in laid_out.blocks:
        if not isinstance(block, Text) or not fields.get(block.style):
            break
        field = fields[block.style].pop(0)
        text = (
            _mark(field)
            if block.style in ("cover_name", "cover_title")
            else block.text.replace(_VALUE, _mark(field))
        )
        yield Text(_only_with(field, text), block.style)


def _whole_department() -> Iterator[Block]:
    """The part of the whole department."""
    specimen = BudgetDocument(
        overall_goal=[_VALUE],
        sub_goals=[SubGoal(title=_VALUE, goal=_VALUE, indicators=_VALUE)],
        safeguards=[Safeguard(title=_VALUE, text=_VALUE)],
    )
    part, *rest = goal_parts(specimen)
    yield _block("?", "、".join(_PARTS[0]))
    yield _numbered_part(part)
    chapters = [at for at, block in enumerate(rest) if isinstance(block, Heading)]
    for name, begin, end in zip(_PARTS[0], chapters, [*chapters[1:], len(rest)], strict=True):
        heading, *texts = rest[begin:end]
        yield _block("?", name)
        yield _numbered_chapter(heading)
        if name == "总体绩效目标":
            yield Text(f"{{{{#{name}}}}}{_mark(name)}{{{{/{name}}}}}")
        else:
            yield _block("#", name)
            yield from (_told(name, text) for text in texts)
            yield _block("/", name)
        yield _block("/", name)
    yield _block("/", _PARTS[0][0])


_TOLD: Final = {
    ("分项绩效目标", "1.值"): "标题",
    ("分项绩效目标", "绩效目标：值"): "绩效目标",
    ("分项绩效目标", "绩效指标：值"): "绩效指标",
    ("工作保障措施", "1、值"): "标题",
    ("工作保障措施", "值"): "内容",
}
"""Which field each line of a sub-goal or a safeguard tells."""


def _told(name: str, block: Block) -> Text:
    """A line of a sub-goal or safeguard; many lines of a text become paragraphs."""
    text = _text(block)
    field = f"{name}.{_TOLD[name, text]}"
    if text.startswith("1"):
        text = f"{_mark(f'{name}.序号')}{text[1:].replace(_VALUE, _mark(field))}"
    else:
        text = text.replace(_VALUE, _mark(f"{field}|分段"))
    return Text(_only_with(field, text))


def _tables(name: str) -> Iterator[Block]:
    """The part of all goal tables of a list."""
    whole = Project(
        heading=_mark(f"{name}.表题"), unit=CodedName(_mark(f"{name}.表上单位")),
        budget=ProjectBudget(unit=_mark(f"{name}.金额单位")),
    )  # fmt: skip
    part, heading, units, *_ = _laid_out(name, whole)
    yield _block("?", name)
    yield _numbered_part(part, new_page=True)
    yield _block("#", name)
    # the first table follows the title of the part, every other begins a page
    for sign, new_page in (("?", False), ("!", True)):
        text = f"{{{{{sign}{name}.首项}}}}{_text(heading)}{{{{/{name}.首项}}}}"
        yield Heading(text, 2, f"{name}_{sign == '?'}", new_page=new_page, in_contents=not new_page)
    yield _block("?", f"{name}.表上单位、{name}.金额单位")
    right = _only_with(f"{name}.金额单位", units.right) if isinstance(units, Text) else ""
    yield Text(_text(units), "units", right=right)
    yield _block("/", f"{name}.表上单位")
    yield _head(name)
    yield _block("?", f"{name}.指标")
    for sign, scoring in (("?", _mark("指标.评（扣）分标准")), ("!", None)):
        yield _block(sign, f"{name}.评分标准")
        yield _indicators(name, scoring)
        yield _block("/", f"{name}.评分标准")
    yield _block("/", f"{name}.指标")
    yield _block("/", name)
    yield _block("/", name)


def _head(name: str) -> Grid:
    """The rows above the indicators, those of every part of a table between marks of their own."""
    replaced = {
        f"中长期目标（{_VALUE}）": _mark(f"{name}.期间说明"),
        f"1.{_VALUE}": _mark(f"{name}.绩效目标|编号|分段"),
    }
    rows: list[Row] = []
    grid = None
    for condition, specimen in _head_parts(name):
        grid = next(block for block in _laid_out(name, specimen) if isinstance(block, Grid))
        inner = [_replaced(row, replaced) for row in grid.rows]
        if condition[0] == "!":
            purpose = f"{name}.资金用途"
            inner = [_marked_row("?", purpose, grid), *inner, _marked_row("/", purpose, grid)]
        rows += [
            _marked_row(condition[0], condition[1:], grid),
            *inner,
            _marked_row("/", condition[1:].split("、")[0], grid),
        ]
    return Grid(grid.widths if grid else (), tuple(rows))


def _head_parts(name: str) -> Iterator[tuple[str, Project]]:
    """Every part of a table with the condition under which it is shown, and a project that has nothing else."""

    def mark(field: str) -> str:
        return _mark(f"{name}.{field}")

    amounts = f"{name}.预算数、{name}.财政资金、{name}.其他资金"
    purpose = mark("资金用途")
    yield f"?{name}.项目编码、{name}.项目名称", Project(code=mark("项目编码"), name=mark("项目名称"))
    department, unit = CodedName(None, mark("主管部门及代码")), CodedName(None, mark("实施单位"))
    yield f"?{name}.主管部门及代码、{name}.实施单位", Project(department=department, unit=unit)
    budget = ProjectBudget(total=mark("预算数"), fiscal=mark("财政资金"), other=mark("其他资金"))
    yield f"?{amounts}", Project(budget=budget, purpose=purpose)
    yield f"!{amounts}", Project(purpose=purpose)
    march, june, october, december = (mark(point) for point in CHECKPOINT_NAMES.values())
    plan = SpendingPlan(
        unit="amount",
        heading=mark("支出计划表头"),
        march=march,
        june=june,
        october=october,
        december=december,
    )
    yield f"?{name}.支出计划表头", Project(plan=plan)
    yield f"?{name}.期间", Project(period=_VALUE)
    yield f"?{name}.绩效目标", Project(goals=[_VALUE])


def _indicators(name: str, scoring: str | None) -> Grid:
    """The table of indicators: its heading and one row that repeats."""
    indicator = Indicator(
        level1=_mark("指标.一级指标|合并"), level2=_mark("指标.二级指标"), level3=_mark("指标.三级指标"),
        description=_mark("指标.绩效指标描述"), value=IndicatorValue(_mark("指标.指标值")), scoring=scoring,
        basis=_mark("指标.指标值确定依据"),
    )  # fmt: skip
    *_, grid = _laid_out(name, Project(indicators=[indicator]))
    if not isinstance(grid, Grid):
        raise TypeError("the layout of a goal table does not end with its indicators")
    return grid


def _laid_out(name: str, project: Project) -> list[Block]:
    """The blocks of one goal table, the title of its part first."""
    specimen = (
        BudgetDocument(special_funds=[project]) if name == "专项资金" else BudgetDocument(projects=[project])
    )
    return list(goal_parts(specimen))


def _replaced(row: Row, texts: dict[str, str]) -> Row:
    return Row(
        tuple(
            Cell(texts.get(cell.text, cell.text), cell.span, cell.rows, cell.style, cell.align)
            for cell in row.cells
        )
    )


def _marked_row(sign: str, name: str, grid: Grid) -> Row:
    return Row((Cell(f"{{{{{sign}{name}}}}}", len(grid.widths)),))


def _numbered_part(block: Block, *, new_page: bool = False) -> Heading:
    text = _text(block).replace("第一部分", "第{{编号.部分|中文}}部分", 1)
    anchor = block.anchor if isinstance(block, Heading) else ""
    return Heading(text, 0, f"{anchor}_{text[-8:]}", new_page=new_page)


def _numbered_chapter(block: Block) -> Heading:
    _, _, text = _text(block).partition("、")
    return Heading(f"{{{{编号.章|中文}}}}、{text}", 1, text)


def _contents(blocks: list[Block]) -> Iterator[Heading | Text]:
    """The headings with the marks around them, for the table of contents; blocks without a heading are left out."""
    found: list[Heading | Text] = []
    for block in blocks:
        if isinstance(block, Heading) and block.in_contents:
            text = block.text.replace("{{编号.", "{{编号.目录")
            if ".首项}}" in text:
                text = text[text.index("}}") + 2 : text.rindex("{{/")]
            found.append(Heading(text, block.level, block.anchor))
        elif isinstance(block, Text) and block.style == "note":
            is_end = block.text.startswith("{{/")
            if is_end and isinstance(found[-1], Text) and not found[-1].text.startswith("{{/"):
                found.pop()
            else:
                found.append(block)
    yield from found


def _with_contents(data: bytes, entries: list[Heading | Text]) -> bytes:
    """Puts the table of contents, a field that Word can renew, where its place is."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = parse_xml(archive.read(_BODY), _BODY)
    here = next(one for one in root.iter(f"{W}p") if "".join(map(str, one.itertext())) == _HERE)
    xml = "".join(_entry(entry) for entry in entries)
    end = _run('<w:fldChar w:fldCharType="end"/>')
    begin = (
        _run('<w:fldChar w:fldCharType="begin"/>')
        + _run('<w:instrText xml:space="preserve"> TOC \\o "1-3" \\h \\z \\u </w:instrText>')
        + _run('<w:fldChar w:fldCharType="separate"/>')
    )
    whole = (
        f'<w:body xmlns:w="{W[1:-1]}">{_paragraph("ContentsTitle", _run(_t(_CONTENTS)), "<w:pageBreakBefore/>")}'
        f"{_paragraph('Gap', begin)}{xml}"
        f"{_paragraph('Gap', end)}</w:body>"
    )
    for element in parse_xml(whole.encode(), _BODY):
        here.addprevious(element)
    remove(here)
    return with_parts(data, {_BODY: as_part(root)})


def _entry(entry: Heading | Text) -> str:
    if isinstance(entry, Text):
        return _paragraph("Note", _run(_t(entry.text)))
    link = (
        f'<w:hyperlink w:anchor="_{escape(entry.anchor)}" w:history="1">{_run(_t(entry.text))}</w:hyperlink>'
    )
    return _paragraph(f"TOC{entry.level + 1}", link)


def _paragraph(style: str, inner: str, look: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{look}</w:pPr>{inner}</w:p>'


def _run(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


def _t(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def _block(sign: str, name: str) -> Text:
    return Text(f"{{{{{sign}{name}}}}}", "note")


def _mark(name: str) -> str:
    return f"{{{{{name}}}}}"


def _only_with(field: str, text: str) -> str:
    return f"{{{{?{field}}}}}{text}{{{{/{field}}}}}"


def _text(block: Block) -> str:
    if isinstance(block, (Text, Heading)):
        return block.text
    raise TypeError("the layout of a performance text has other blocks than its starter knows")
