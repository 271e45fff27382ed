"""Files as large as an office will ever hand in, for measuring memory."""

from __future__ import annotations

import io
from pathlib import Path

PAGES = 2_000
SHEET = 100 * 1024 * 1024
"""Bytes of the worksheet inside the workbook, as XML."""
_ROW_BYTES = 480


def long_pdf(data: bytes, path: Path) -> None:
    """The pages of ``data`` again and again, 2,000 in all."""
    import pypdfium2

    source = pypdfium2.PdfDocument(data)
    target = pypdfium2.PdfDocument.new()
    while len(target) < PAGES:
        target.import_pages(source, list(range(min(len(source), PAGES - len(target)))))
    buffer = io.BytesIO()
    target.save(buffer)
    path.write_bytes(buffer.getvalue())


def large_workbook(path: Path) -> None:
    """A list of expenditure that takes 100 MB as XML."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("支出明细")
    sheet.write_row(0, 0, ["序号", "科目编码", "科目名称", "单位", "项目名称", "预算数", "执行数", "备注"])
    for row in range(1, SHEET // _ROW_BYTES):
        sheet.write_row(
            row, 0,
            [row, f"2130{row % 100:03}", f"水利工程运行与维护{row % 997}", "安澜县水务局", f"山洪沟清淤工程第{row}标段", row * 1.25,
             row * 1.1, "按合同约定的进度支付"],
        )  # fmt: skip
    book.close()
