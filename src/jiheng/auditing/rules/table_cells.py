"""TBL: how the cells of a disclosure table are written, and whether the set of tables is whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import budgeted
from jiheng.auditing.sheets import Sheet, only_books, sheets
from jiheng.auditing.thresholds import number
from jiheng.budget import BudgetDocument, Severity, TableKind, normalise

_BY_FUNCTION: Final = frozenset(
    {
        TableKind.EXPENDITURE, TableKind.GENERAL_PUBLIC_EXPENDITURE, TableKind.GOVERNMENT_FUND,
        TableKind.STATE_CAPITAL, TableKind.REVENUE,
    }
)  # fmt: skip
_LENGTHS: Final = {"function": (3, 5, 7), "economic": (3, 5)}
_WRITTEN: Final = re.compile(r"^[0-9A-Za-z]{2,9}$")
_FEW: Final = 3
_NOT_MONEY: Final = ("rate", "quantity", "price")
_SET: Final = {
    TableKind.REVENUE_EXPENDITURE: "收支总表", TableKind.REVENUE: "收入总表", TableKind.EXPENDITURE: "支出总表",
    TableKind.FISCAL_REVENUE_EXPENDITURE: "财政拨款收支总表",
    TableKind.GENERAL_PUBLIC_EXPENDITURE: "一般公共预算支出表", TableKind.BASIC_EXPENDITURE: "一般公共预算基本支出表",
    TableKind.THREE_PUBLIC: "“三公”经费支出表", TableKind.GOVERNMENT_FUND: "政府性基金预算支出表",
}  # fmt: skip
"""The eight tables of 财预〔2016〕143号; the others came later and not everywhere."""
_WORDS: Final = {
    TableKind.THREE_PUBLIC: "三公", TableKind.GOVERNMENT_FUND: "基金", TableKind.STATE_CAPITAL: "国有资本",
    TableKind.PROCUREMENT: "采购", TableKind.PROJECT_EXPENDITURE: "项目支出",
}  # fmt: skip
"""What a sentence speaks of that says why a table is not there."""
_EMPTY: Final = re.compile(
    r"空表|(?:本|此|该|上)表(?:无|没有|为空|未|不涉及)|无(?:此项|相关|该项)?数据|没有数据"
)
_NAUGHT: Final = re.compile(r"无|空表|没有|未(?:安排|发生|使用)|不涉及|为零|为0|不存在|不公开")
_FIGURE: Final = re.compile(r"[1-9]")
_NO_TABLE: Final = re.compile(
    r"空表|无此|不公开|没有安排|未安排|无(?:政府性)?基金|没有(?:使用)?(?:政府性)?基金|不涉及"
)


@rule(
    "TBL-024", title="科目编码的位数正确", severity=Severity.ERROR, basis="budget-law", article=46, checks=("D35",),
)  # fmt: skip
def a_code_has_the_digits_of_its_level(document: BudgetDocument) -> Iterator[Gap]:
    """Codes of functions have 3, 5 or 7 digits, those of the economic classification 3 or 5, and no letters.

    Silent in tables in which hardly any code is so: those have codes of another kind.
    """
    for sheet in sheets(document):
        kind = "function" if sheet.table.kind in _BY_FUNCTION else "economic"
        if kind == "economic" and sheet.table.kind is not TableKind.BASIC_EXPENDITURE:
            continue
        lengths = _LENGTHS[kind]
        codes = [(index, row.code) for index, row in enumerate(sheet.table.rows) if row.code]
        odd = [(index, code) for index, code in codes if not (code.isdecimal() and len(code) in lengths)]
        if not odd or len(codes) - len(odd) < _FEW or len(odd) * _FEW > len(codes):
            continue
        for index, code in odd:
            if not _WRITTEN.match(code) or not any(sheet.cells[index]):
                continue
            what = "含有字母" if not code.isdecimal() else f"是 {len(code)} 位"
            yield Gap(
                path=f"{sheet.path}.rows.{index}.code",
                message=f"{sheet.name}{sheet.row_name(index)}的科目编码 {code} {what}，应为 {'、'.join(map(str, lengths))} 位数字",
                remedy="按政府收支分类科目核对编码",
                stated=code,
            )


@rule(
    "TBL-025", title="金额保留两位小数", severity=Severity.ERROR, basis="budget-law", article=19, checks=("D39",),
)  # fmt: skip
def amounts_have_two_places(document: BudgetDocument) -> Iterator[Gap]:
    """No amount of a table has more than two decimal places where nearly all others have not; told once a table."""
    for sheet in sheets(document):
        longer = []
        counted = 0
        for row, cells in enumerate(sheet.cells):
            for column, money in enumerate(cells):
                if money is None or not money or (sheet.table.columns[column].key or "") in _NOT_MONEY:
                    continue
                counted += 1
                if -int(money.number.as_tuple().exponent) > 2:
                    longer.append((row, column))
        if not longer or len(longer) > counted * number("tables", "odd_places"):
            continue
        yield _of_places(sheet, longer, counted)


def _of_places(sheet: Sheet, longer: list[tuple[int, int]], counted: int) -> Gap:
    row, column = longer[0]
    figure = sheet.at(row, column)
    return Gap(
        path=f"{sheet.path}.rows.{row}.values.{column}",
        message=f"{figure}，小数多于两位"
        + (f"，同表另有 {len(longer) - 1} 处" if len(longer) > 1 else "")
        + f"，其余 {counted - len(longer)} 个金额不多于两位",
        remedy="金额保留两位小数，并核对合计",
        stated=sheet.table.rows[row].values[column],
        unit=sheet.table.unit,
        related=tuple(f"{sheet.path}.rows.{row}.values.{column}" for row, column in longer[1:20]),
    )


@rule(
    "TBL-026", title="应公开的表齐全，空表也列出", severity=Severity.WARNING, basis="mof-2016-143", article="空表",
    checks=("D33",), applies=budgeted,
)  # fmt: skip
def the_set_of_tables_is_whole(document: BudgetDocument) -> Iterator[Gap]:
    """A disclosure that prints nearly all of the eight tables of the law prints all, an empty one as well.

    Silent where a table of another kind may be it, and where a sentence says why it is not there.
    """
    book = only_books(document)
    if book is None or any(table.kind is None for table in document.tables):
        return
    missing = [kind for kind in _SET if kind not in book]
    if not missing or len(_SET) - len(missing) < number("tables", "nearly_all"):
        return
    told = [normalise(remark.text) for remark in document.remarks]
    told += [normalise(note) for table in document.tables for note in table.notes]
    for kind in missing:
        word = _WORDS.get(kind)
        if any(word is not None and word in text and _NO_TABLE.search(text) for text in told):
            continue
        yield Gap(
            path="tables",
            message=f"列有 {len(document.tables)} 张公开表，没有《{_SET[kind]}》",
            remedy="补列该表；没有数据的也应列出空表并说明",
            stated=_SET[kind],
        )


@rule(
    "TBL-027", title="空表注明没有数据", severity=Severity.WARNING, basis="mof-2016-143", article="空表", checks=("D33",),
)  # fmt: skip
def an_empty_table_says_that_it_is_empty(document: BudgetDocument) -> Iterator[Gap]:
    """A table without any figure has a note that there are none, and one with such a note has no figures.

    That a note is missing is only asked about, once for all tables: in many places empty forms are published so. A nought
    that is printed says enough. Silent where a sentence of the text says it, and where most tables have no
    figures: those were not read.
    """
    known = [sheet for sheet in sheets(document) if sheet.table.kind is not None]
    empty = [sheet for sheet in known if not _has_figures(sheet, re.compile(r"\d"))]
    if len(known) - len(empty) < _FEW:
        return
    for sheet in known:
        notes = [note for note in sheet.table.notes if _EMPTY.search(normalise(note))]
        if notes and _has_figures(sheet, _FIGURE):
            yield Gap(
                path=sheet.path,
                message=f"{sheet.name}注明“{notes[0].strip()}”，表中却列有金额",
                remedy="有数据的删去空表说明，没有数据的核对表中的金额",
                stated=notes[0],
            )
    untold = [sheet for sheet in empty if not _says_naught(document, sheet)]
    if untold and len(empty) * 2 <= len(known):
        yield Gap(
            path=untold[0].path,
            message=f"{'、'.join(sheet.name for sheet in untold)}没有任何数据，也没有说明",
            remedy="没有数据的，在表下注明“本部门没有此项安排，本表无数据”；有数据的补填",
            related=tuple(sheet.path for sheet in untold[1:]),
            severity=Severity.NOTICE,
        )


def _has_figures(sheet: Sheet, pattern: re.Pattern[str]) -> bool:
    """Whether a figure that fits ``pattern`` stands in the columns of amounts."""
    return any(pattern.search(value) for row in sheet.table.rows for value in row.values if value)


def _says_naught(document: BudgetDocument, sheet: Sheet) -> bool:
    """Whether the table, or a sentence about what it lists, says that there is nothing."""
    table = sheet.table
    own = [
        *table.notes,
        *(row.name or "" for row in table.rows),
        *(value for row in table.rows for value in row.values if value),
    ]
    if any(_NAUGHT.search(normalise(text)) for text in own):
        return True
    word = _WORDS.get(table.kind) if table.kind is not None else None
    told = [
        *(remark.text for remark in document.remarks),
        *(note for one in document.tables for note in one.notes),
    ]
    return word is not None and any(word in text and _NAUGHT.search(normalise(text)) for text in told)
