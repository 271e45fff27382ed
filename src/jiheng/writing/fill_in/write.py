"""``write_fill_in``: a document as a workbook to be filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from jiheng.budget import BudgetDocument, exchange, normalise, replace
from jiheng.budget.fill_in import (
    DATA_SHEET,
    HEADING,
    KEY,
    MARK,
    SHEETS,
    SINGLES,
    SINGLES_SHEET,
    VALUE,
    FillIn,
    Input,
    Row,
    Sheet,
    Single,
    pack,
    rows_of,
    singles_of,
)
from jiheng.errors import WritingError
from jiheng.writing.fill_in.book import FIRST, LINE, Book, Ranges, first_cells, write_rows
from jiheng.writing.fill_in.checks import Around, sum_formula, sum_told
from jiheng.writing.fill_in.guide import write_guide
from jiheng.writing.fill_in.inputs import amount_rule
from jiheng.writing.fill_in.options import catalogue_of, lists_for, write_catalogue, write_options
from jiheng.writing.fill_in.start import started
from jiheng.writing.pagination import line_count

_SINGLE_COLUMNS: Final = (
    ("", KEY, 10), ("项目", "@label", 24), ("内容", VALUE, 44), ("说明", "@hint", 44), ("检查（自动）", "@check", 26),
)  # fmt: skip
"""Heading, key and width of the columns of single values."""
MOST_ROWS: Final = 20_000
"""Of a sheet; a workbook with more could not be worked with."""


def write_fill_in(document: BudgetDocument, *, year: int | None = None, unit: str | None = None) -> bytes:
    """An Excel workbook in which a department, or one of its units, fills in the document.

    Args:
        document: what is known already: a text, last year's, or one with nothing but the department's name.
        year: the cycle; where it is not the document's own, the workbook starts from ``started``.
        unit: name or code of a unit: the workbook has its projects alone, and nothing of the whole department.
    Raises:
        WritingError: no cycle is known, or there are more rows than a workbook can be worked with.
    """
    year = year or document.fiscal_year
    if year is None:
        raise WritingError("没有写明预算年度，不能生成填报表。", remedy="请写明年度，如 --year 2026。")
    if document.fiscal_year is not None and document.fiscal_year != year:
        document = started(document, year)
    base = replace(document, fiscal_year=year)
    if unit is not None:
        base = _of_unit(base, unit)
    plain = exchange.to_builtins([base])[0]
    sheets = [sheet for sheet in SHEETS if unit is None or not sheet.of_department]
    rows = {sheet.title: list(rows_of(plain, sheet)) for sheet in sheets}
    if max(map(len, rows.values())) > MOST_ROWS:
        raise WritingError(f"内容超过 {MOST_ROWS} 行，不能生成填报表。", remedy="请按单位分别生成。")
    name = (base.department.name if base.department else None) or base.issuer
    titles = [*([] if unit else [SINGLES_SHEET]), *(sheet.title for sheet in sheets)]
    fill_in = FillIn(year=year, department=name, unit=unit, sheets=titles, document=base)
    return _write(fill_in, plain, sheets, rows)


def _of_unit(document: BudgetDocument, unit: str) -> BudgetDocument:
    """The document with the projects of one unit alone; what is of the whole department stays with the department."""
    wanted = normalise(unit)

    def is_of(project: Any) -> bool:
        return project.unit is not None and wanted in (
            normalise(project.unit.name),
            normalise(project.unit.code),
        )

    return BudgetDocument(
        kind=document.kind,
        title=document.title,
        fiscal_year=document.fiscal_year,
        department=document.department,
        projects=[one for one in document.projects if is_of(one)],
        special_funds=[one for one in document.special_funds if is_of(one)],
    )


def _write(
    fill_in: FillIn, plain: dict[str, Any], sheets: Sequence[Sheet], rows: Mapping[str, Sequence[Row]]
) -> bytes:
    book = Book()
    guide = book.sheet("说明", is_lying=False)
    has_purchases = any(sheet.title == "政府采购" for sheet in sheets)
    catalogue = catalogue_of(fill_in.year) if has_purchases else {}
    wrong: dict[str, int] = {}
    if SINGLES_SHEET in fill_in.sheets:
        wrong[SINGLES_SHEET] = _write_singles(book, plain)
    around = Around(
        [row.texts["name"].lower() for row in rows["项目"]],
        frozenset(row.texts["@project"].lower() for row in rows["绩效指标"]),
        catalogue,
    )
    where = "采购目录!$A$1:$B$" + str(len(catalogue)) if catalogue else None
    ranges = Ranges(
        _column(sheets, rows, "项目", "name"), _column(sheets, rows, "绩效指标", "@project"), where
    )
    for sheet in sheets:
        wrong[sheet.title] = write_rows(book, sheet, rows[sheet.title], ranges, around)
    write_guide(book, guide, fill_in, sheets, rows=rows, wrong=wrong)
    write_options(book.book, lists_for(plain))
    write_catalogue(book.book, catalogue)
    _write_data(book, fill_in)
    guide.activate()
    return book.finish(f"{fill_in.unit or fill_in.department or ''}{fill_in.year}年预算绩效填报表")


def _column(sheets: Sequence[Sheet], rows: Mapping[str, Sequence[Row]], title: str, key: str) -> str:
    """A column of a sheet as formulas name it, from its first row to the last that may be typed into."""
    sheet = next(one for one in sheets if one.title == title)
    letter = first_cells(sheet)[key].rstrip("0123456789")
    return f"{title}!{letter}${FIRST + 1}:{letter}${FIRST + len(rows[title]) + sheet.room}"


def _write_singles(book: Book, plain: Mapping[str, Any]) -> int:
    """The sheet of single values: name, value, what to know, what is wrong; how many are wrong."""
    sheet = book.sheet(SINGLES_SHEET, is_lying=False)
    sheet.set_row(0, 34)
    sheet.write_string(0, 1, SINGLES_SHEET, book.looks["title"])
    sheet.set_row(1, None, None, {"hidden": True})
    sheet.write_string(2, 0, HEADING)
    for at, (heading, key, width) in enumerate(_SINGLE_COLUMNS):
        sheet.set_column(at, at, width, None, {"hidden": at == 0})
        if at:
            sheet.write_string(2, at, heading, book.looks["heading"])
        sheet.write_string(1, at, key)
    texts = {single.path: text for single, text in singles_of(plain)}
    places = _places()
    cells = {path: f"$C${row + 1}" for path, row in places.items()}
    group, count = "", 0
    for single in SINGLES:
        row = places[single.path]
        if single.group != group:
            group = single.group
            sheet.merge_range(row - 1, 1, row - 1, 4, group, book.looks["group"])
            sheet.set_row(row - 1, 1.4 * LINE)
        wrong = sum_told(single.path, texts)
        count += wrong != ""
        _write_single(book, sheet, row, single, texts[single.path])
        says = sum_formula(single.path, cells)
        if says:
            sheet.write_formula(row, 4, says, book.looks["check"], wrong)
        else:
            sheet.write_blank(row, 4, None, book.looks["check"])
    sheet.freeze_panes(FIRST, 0)
    sheet.repeat_rows(2)
    sheet.protect("", {"format_rows": True, "format_columns": True})
    return count


def _write_single(book: Book, sheet: Any, row: int, single: Single, text: str) -> None:
    sheet.write_string(row, 0, single.path, book.looks["key"])
    sheet.write_string(row, 1, single.label, book.looks["label"])
    book.put(sheet, row, 2, text, single.input)
    sheet.write_string(row, 3, single.hint, book.looks["label"])
    if single.input is Input.AMOUNT:
        sheet.data_validation(row, 2, row, 2, amount_rule(f"$C${row + 1}") | {"ignore_blank": True})
    lines = sum(line_count(line, 41, 2.0) for line in text.split("\n"))
    sheet.set_row(row, min(320.0, max(1.4, lines + 0.3) * LINE))


def _places() -> dict[str, int]:
    """The row of every single value; each group has a row of its own above it."""
    found, row, group = {}, FIRST - 1, ""
    for single in SINGLES:
        row += 1 if single.group == group else 2
        group = single.group
        found[single.path] = row
    return found


def _write_data(book: Book, fill_in: FillIn) -> None:
    """The hidden sheet by which the workbook is known again, see ``FillIn``."""
    sheet = book.book.add_worksheet(DATA_SHEET)
    for row, text in enumerate([MARK, *pack(fill_in)]):
        sheet.write_string(row, 0, text)
    sheet.protect()
    sheet.very_hidden()
