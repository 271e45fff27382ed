"""The tables of a disclosure (收支总表 and the others), each a section of the page."""

from __future__ import annotations

from jiheng.budget import DisclosureTable, TableRow
from jiheng.web.documents.page.cells import Cell, Paragraph, Row, Section, Table, header, where

MOST_ROWS = 1_500
"""So many rows of a table are shown; no printed table is longer."""
_SIDES = {"revenue": "收入", "expenditure": "支出"}


def disclosure_table(table: DisclosureTable, path: str) -> Section:
    """The table under its title; columns that no row uses are left out."""
    lead = [
        label
        for label, is_used in (
            ("方向", any(row.side for row in table.rows)),
            ("单位", any(row.unit for row in table.rows)),
            ("编码", any(row.code for row in table.rows)),
        )
        if is_used
    ]
    extras = list(dict.fromkeys(key for row in table.rows for key in row.attributes))
    names = [*lead, "名称", *(column.label for column in table.columns), *extras]
    body = tuple(
        _row(row, f"{path}.rows.{index}", lead, extras) for index, row in enumerate(table.rows[:MOST_ROWS])
    )
    cut = len(table.rows) - len(body)
    title = table.title or "公开表"
    return Section(
        path,
        title,
        unit=table.unit,
        place=where(table.place),
        tables=(Table(title, "disclosure", (Row(tuple(header(name) for name in names)),), body),),
        notes=(
            *_facts(table),
            *(Paragraph(text, f"{path}.notes.{index}") for index, text in enumerate(table.notes)),
            *(
                [Paragraph(f"表太长，只显示前 {MOST_ROWS} 行，还有 {cut} 行请下载 Excel 查看。")]
                if cut
                else ()
            ),
        ),
    )


def _row(row: TableRow, path: str, lead: list[str], extras: list[str]) -> Row:
    leading = {
        "方向": Cell(_SIDES.get(row.side or "", row.side or "")),
        "单位": Cell(row.unit or ""),
        "编码": Cell(row.code or "", (f"{path}.code",), hint=where(row.place_of("code"))),
    }
    return Row(
        (
            *(leading[name] for name in lead),
            Cell(row.name or "", (f"{path}.name",), style="name", hint=where(row.place_of("name"))),
            *(
                Cell(
                    text or "",
                    (f"{path}.values.{at}",),
                    style="figure",
                    hint=where(row.cells.get(f"values.{at}")),
                )
                for at, text in enumerate(row.values)
            ),
            *(
                Cell(
                    row.attributes.get(key, ""),
                    (f"{path}.attributes.{key}",),
                    hint=where(row.cells.get(f"attributes.{key}")),
                )
                for key in extras
            ),
        ),
        path,
    )


def _facts(table: DisclosureTable) -> tuple[Paragraph, ...]:
    year = f"{table.fiscal_year}年" if table.fiscal_year else ""
    issuer = f"{table.issuer_code or ''}{table.issuer or ''}"
    facts = [text for text in (table.number, issuer, year, "决算" if table.is_final else "") if text]
    return (Paragraph(" ".join(facts)),) if facts else ()
