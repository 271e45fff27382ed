"""Good files of every format that is read, made when they are needed from the samples and from what tests build."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from benchmarks.accuracy import render
from jiheng.reading import read
from jiheng.reading.blocks import Block
from jiheng.writing import write
from tests.reading.formats import test_ofd as ofd
from tests.reading.formats import test_workbook_kinds as workbooks
from tests.reading.formats.old_excel import OldSheet, old_excel
from tests.writing.builders import document

ROOT: Final = Path(__file__).resolve().parent.parent
KEPT: Final = ROOT / "var" / "fuzz"
"""Where files that broke a reader are kept."""
_BLOCKS_OF_PAGE: Final = 12


@cache
def _blocks() -> Sequence[Block]:
    """A sample as paragraphs and tables."""
    path = sorted((ROOT / "samples").glob("*.docx"))[0]
    found = read(path).blocks
    return found.blocks if found is not None else ()


@cache
def _written(form: str) -> bytes:
    return write(document(), form)


def _packed(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _text() -> list[bytes]:
    paths = sorted((ROOT / "samples").glob("*.txt"))
    return [path.read_bytes() for path in sorted(paths, key=lambda path: path.stat().st_size)[:4]]


def _forms() -> list[bytes]:
    paths = sorted((ROOT / "tests" / "data" / "forms").glob("*.txt"))
    return [path.read_bytes() for path in paths[:8]]


def _web_archive() -> bytes:
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
    part = b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return head + part + render.html(_blocks()) + b"\r\n--x--\r\n"


def _old_workbook() -> bytes:
    sheet = OldSheet("表一")
    sheet.text(0, 0, "项目支出绩效目标表")
    sheet.text(1, 0, "项目名称")
    sheet.number(1, 1, 16.8)
    sheet.packed(2, 0, [(0, 6 << 2 | 2), (0, 7 << 2 | 2)])
    sheet.merge(0, 0, 0, 1)
    return old_excel([sheet])


def _open_document() -> bytes:
    rows = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-spanned="2">'
        "<text:p>预算数</text:p></table:table-cell><table:covered-table-cell/>"
        '<table:table-cell office:value-type="float" office:value="1.5"><text:p>1.50</text:p></table:table-cell>'
        "</table:table-row>"
    )
    return workbooks.ods(f'<table:table table:name="表一">{rows}</table:table>')


def _ofd() -> bytes:
    page = ofd.text(20, 20, "安澜县水务局2024年部门预算") + ofd.grid(20, 40, [60, 30, 30], 8, ofd.ROWS)
    return ofd.ofd(page, page, template=ofd.text(20, 280, "第1页"))


def _picture(form: str) -> bytes:
    picture = Image.new("L", (360, 160), 255)
    pen = ImageDraw.Draw(picture)
    for at in (20, 60, 100, 140):
        pen.line((20, at, 340, at), fill=0, width=2)
    for at in (20, 180, 340):
        pen.line((at, 20, at, 140), fill=0, width=2)
    pen.text((40, 30), "2130135")
    pen.text((200, 70), "16.80")
    buffer = io.BytesIO()
    picture.save(buffer, form)
    return buffer.getvalue()


def _binary_word() -> bytes:
    """The head of an old Word file: enough to be taken for one, and sent to LibreOffice."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return ole + b"\xec\xa5\xc1\x00" + bytes(508) + "WordDocument".encode("utf-16-le") + bytes(400)


SEEDS: Final[dict[str, Callable[[], list[bytes]]]] = {
    ".txt": lambda: [*_text(), *_forms()],
    ".csv": lambda: [b"\xef\xbb\xbf" + "项目,预算数\n甲,1.00\n".encode()],
    ".json": lambda: [_written("json")],
    ".docx": lambda: [_written("docx"), render.docx(_blocks()[:_BLOCKS_OF_PAGE])],
    ".xlsx": lambda: [_written("xlsx"), render.xlsx(_blocks()[:_BLOCKS_OF_PAGE])],
    ".xlsb": lambda: [workbooks.xlsb(workbooks.BINARY_SHEET)],
    ".xls": lambda: [_old_workbook()],
    ".ods": lambda: [_open_document()],
    ".html": lambda: [render.html(_blocks()[:_BLOCKS_OF_PAGE])],
    ".mht": lambda: [_web_archive()],
    ".pdf": lambda: [_written("pdf"), render.pdf(_blocks()[:_BLOCKS_OF_PAGE])],
    ".ofd": lambda: [_ofd()],
    ".zip": lambda: [_packed(**{"附件/甲.docx": _written("docx"), "乙.zip": _packed(丙=_written("json"))})],
    ".png": lambda: [_picture("PNG")],
    ".tif": lambda: [_picture("TIFF")],
    ".jpg": lambda: [_picture("JPEG")],
    ".doc": lambda: [_binary_word()],
    ".rtf": lambda: [rb"{\rtf1\ansi{\fonttbl\f0 SimSun;}\f0 \u39044?\u31639? 16.80\par}"],
}
"""Suffix -> good files."""
