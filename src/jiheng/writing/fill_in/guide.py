"""The first sheet: for whom the workbook is, how it is filled in, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from jiheng.budget.fill_in import SINGLES_SHEET, FillIn, Row, Sheet
from jiheng.budget.workbook import letters
from jiheng.writing.fill_in.book import FIRST, LINE, Book, first_cells
from jiheng.writing.fill_in.checks import CHECKS
from jiheng.writing.pagination import line_count

_STEPS: Final = (
    ("先填“项目”", "一行一个项目。表里已有的是现行文本或上年的内容，改动的地方直接改，没有变化的不用动。"),
    ("再填“绩效指标”", "每行先选项目，再依次选一级、二级指标；三级指标可以选建议的名称再改，也可以直接写。"),
    ("填其余各表", "点中格子会出现填写说明。没有的内容空着，不要写“无”或“/”。"),
    ("看“检查（自动）”", "每行最后一栏写着哪里不对，改好就会消失。粉红色是数对不上，浅黄色是还没填。"),
    ("保存后交回", "用 Excel、WPS 或 LibreOffice 保存都可以，文件名可以改，格式保持 .xlsx。"),
)
_KNOW: Final = (
    "只有白色的格子可以填；标题和灰色的格子锁定，由表格自动计算。",
    "要删去一个项目或指标，清空整行即可；要加，接着往下写，或在中间插入一行。",
    "可以按任意一栏排序、筛选；写进文本的先后以“序号”为准，与表中排在哪一行无关。",
    "从别处粘贴时，请用“选择性粘贴—数值”，以免把下拉列表和格式盖掉。",
    "金额只写数字，不写单位；写进数字栏的文字会原样保留，并指出在哪一格。",
    "不要改动隐藏的行、列和工作表：交回时靠它们认出每一行，并与别人同时做的修改合并。",
)


class _Line(NamedTuple):
    """How far a sheet is: formulas for how many rows are filled and how many wrong, with what they come to now."""

    filled: str | None
    rows: int
    check: str | None
    wrong: int


def write_guide(
    book: Book,
    sheet: Any,
    fill_in: FillIn,
    sheets: Sequence[Sheet],
    *,
    rows: Mapping[str, Sequence[Row]],
    wrong: Mapping[str, int],
) -> None:
    """Writes the first sheet.

    Args:
        rows: of each sheet, by its title; ``wrong``: how many of them have something wrong.
    """
    looks = book.looks
    for at, width in enumerate((3, 20, 18, 18, 44)):
        sheet.set_column(at, at, width)
    sheet.set_row(0, 46)
    sheet.merge_range(
        0,
        1,
        0,
        4,
        f"{fill_in.unit or fill_in.department or '（部门名称待填）'} {fill_in.year} 年预算绩效填报表",
        looks["title"],
    )
    at = _paragraphs(
        book,
        sheet,
        1,
        "怎样填",
        [f"{number}. {title}：{text}" for number, (title, text) in enumerate(_STEPS, 1)],
    )
    at = _paragraphs(book, sheet, at + 1, "请注意", [f"· {text}" for text in _KNOW])
    sheet.merge_range(at + 1, 1, at + 1, 4, "填到哪里了（自动）", looks["group"])
    for column, heading in enumerate(("工作表", "已填行数", "有问题的行数", "结果"), 1):
        sheet.write_string(at + 2, column, heading, looks["heading"])
    for row, (title, line) in enumerate(_lines(sheets, rows, wrong), at + 3):
        _progress(book, sheet, row, title, line)
    sheet.protect()


def _lines(
    sheets: Sequence[Sheet], rows: Mapping[str, Sequence[Row]], wrong: Mapping[str, int]
) -> Iterator[tuple[str, _Line]]:
    """How far each sheet is, by its title."""
    if SINGLES_SHEET in wrong:
        check = f'COUNTIF({SINGLES_SHEET}!$E$4:$E$60,"?*")'
        yield SINGLES_SHEET, _Line(None, 0, check, wrong[SINGLES_SHEET])
    for one in sheets:
        last = FIRST + len(rows[one.title]) + one.room
        begun = next((column for column in one.contents if column.is_needed), one.contents[0]).key
        letter = first_cells(one)[begun.removesuffix("[]")].rstrip("0123456789")
        filled = f"COUNTA({one.title}!{letter}${FIRST + 1}:{letter}${last})"
        count = sum(row.texts[begun] != "" for row in rows[one.title])
        said = f"${letters(len(one.columns))}"
        check = f'COUNTIF({one.title}!{said}${FIRST + 1}:{said}${last},"?*")'
        yield one.title, _Line(filled, count, check if one.title in CHECKS else None, wrong[one.title])


def _progress(book: Book, sheet: Any, row: int, title: str, line: _Line) -> None:
    """A line about one sheet."""
    looks = book.looks
    sheet.set_row(row, 1.4 * LINE)
    sheet.write_url(row, 1, f"internal:'{title}'!B4", looks["label"], title)
    if line.filled is None:
        sheet.write_string(row, 2, "", looks["fixed"])
    else:
        sheet.write_formula(row, 2, f"={line.filled}", looks["fixed"], line.rows)
    if line.check is None:
        sheet.write_string(row, 3, "", looks["fixed"])
        sheet.write_string(row, 4, "", looks["label"])
        return
    sheet.write_formula(row, 3, f"={line.check}", looks["fixed"], line.wrong)
    told = f"有 {line.wrong} 行要改，见该表最后一栏" if line.wrong else "没有发现问题"
    says = f'=IF({line.check}=0,"没有发现问题","有 "&{line.check}&" 行要改，见该表最后一栏")'
    sheet.write_formula(row, 4, says, looks["label"], told)


def _paragraphs(book: Book, sheet: Any, row: int, heading: str, texts: Sequence[str]) -> int:
    """A heading and lines of text over the width of the sheet; the row below them."""
    sheet.merge_range(row, 1, row, 4, heading, book.looks["group"])
    for text in texts:
        row += 1
        sheet.merge_range(row, 1, row, 4, text, book.looks["says"])
        sheet.set_row(row, (line_count(text, 98, 2.0) + 0.3) * LINE)
    return row + 1
