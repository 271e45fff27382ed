"""What stands in a Word file but is none: pictures, sheets and objects of other programs, files pasted whole."""

from __future__ import annotations

import io
from typing import Final

from lxml import etree
from PIL import Image, UnidentifiedImageError

from jiheng.errors import ReadingError
from jiheng.reading import sniff
from jiheng.reading.blocks import Block
from jiheng.reading.formats.word.inline import Beside
from jiheng.reading.formats.word.names import R
from jiheng.reading.formats.word.package import Package
from jiheng.reading.formats.word.parts import drawing, is_page

_DEPTH: Final = 3
"""Files inside files are read to this depth."""
_MOST: Final = 50
"""Of one file, so many inner files are read, and so many pictures recognised."""
_PAGE_SIDES: Final = (0.6, 0.85)
"""A picture whose sides relate like this, of at least ``_PAGE_PIXELS``, is a scanned page."""
_PAGE_PIXELS: Final = 900 * 1200
_FORMULA: Final = ("Equation", "MathType", "WPSEquation")


class ForeignParts:
    """Reads what is not Word's, and remembers what was not read.

    Attributes:
        pages: parts with pictures of pages that were recognised.
    """

    def __init__(self, package: Package, name: str, depth: int) -> None:
        self._package = package
        self._name = name
        self._depth = depth
        self._inner = 0
        self._seen: set[str] = set()
        self._pictures: list[str] = []
        self._formulas = 0
        self._others: list[str] = []
        self._notes: list[str] = []
        self.pages: list[str] = []

    def blocks(self, piece: Beside) -> list[Block]:
        """What stands for ``piece``; nothing where that is only to be mentioned."""
        if isinstance(piece.content, str):
            part = self._package.target(piece.content)
            if part is None:
                return []
            if piece.kind == "picture":
                return self._picture(part)
            try:
                return drawing(self._package, part)
            except ReadingError:
                return []
        relation = piece.content.get(f"{R}id", "")
        part = self._package.target(relation)
        if piece.kind == "chunk":
            return self._file(part, "插入的文件")
        return self._object(piece.content, part)

    @property
    def warnings(self) -> list[str]:
        """What was read in an unusual way, or not at all."""
        found = list(dict.fromkeys(self._notes))
        if self._pictures:
            found.append(
                f"文件中有 {len(self._pictures)} 幅图片，图片里的文字没有读取；如是表格，请另传原件。"
            )
        if self._formulas:
            found.append(f"文件中有 {self._formulas} 个公式对象没有读取，请核对其中的数字。")
        if self._others:
            names = "、".join(dict.fromkeys(self._others))
            found.append(f"文件中嵌入的对象（{names}）没有读取，请另存为单独的文件后上传。")
        return found

    @property
    def unread_pages(self) -> list[str]:
        """Parts with pictures that may be pages and were not recognised."""
        return self._pictures

    def recognised(self, part: str) -> list[Block]:
        """The text in a picture."""
        from jiheng.reading.formats.image import read_image

        self.pages.append(part)
        self._pictures = [other for other in self._pictures if other != part]
        try:
            return list(read_image(self._package.read(part), self._name).blocks)
        except ReadingError as error:
            self._notes.append(f"文件中的一幅图片没有读取：{error.message}")
            return []

    def _picture(self, part: str) -> list[Block]:
        if part in self._seen:
            return []
        self._seen.add(part)
        try:
            if not is_page(self._package, part):
                return []
            if len(self.pages) < _MOST and _is_like_a_page(self._package.read(part)):
                self._notes.append("文件中有扫描的页面，文字由图像识别得到，请核对。")
                return self.recognised(part)
        except ReadingError:
            return []
        self._pictures.append(part)
        return []

    def _object(self, element: etree._Element, part: str | None) -> list[Block]:
        program = element.get("ProgID", "") or "对象"
        if program.startswith(_FORMULA):
            self._formulas += 1
            return []
        if part is not None and part.lower().endswith((".xlsx", ".xlsm", ".xls", ".docx", ".doc")):
            return self._file(part, "嵌入的表格" if "xls" in part.lower() else "嵌入的文件")
        self._others.append(program)
        return []

    def _file(self, part: str | None, called: str) -> list[Block]:
        """The blocks of a file inside this one; a broken or unknown one is mentioned."""
        self._inner += 1
        if part is None or self._depth >= _DEPTH or self._inner > _MOST:
            self._others.append(called)
            return []
        try:
            blocks = self._read(self._package.read(part), part)
        except ReadingError as error:
            self._notes.append(f"{called}没有读取：{error.message}")
            return []
        self._notes.append(f"{called}已一并读取，请核对它在文中是否完整显示。")
        return blocks

    def _read(self, data: bytes, part: str) -> list[Block]:
        from jiheng.reading.formats.converted import read_converted
        from jiheng.reading.formats.docx import read_within
        from jiheng.reading.formats.html import read_html
        from jiheng.reading.formats.sheets import read_sheets
        from jiheng.reading.formats.text import read_text

        suffix = sniff.suffix_of(data, part)
        if suffix in sniff.SHEETS:
            return list(read_sheets(data, self._name).blocks)
        if suffix in sniff.HTML:
            return list(read_html(data, self._name).blocks)
        if suffix in sniff.TEXT:
            return list(read_text(data, self._name).blocks)
        if suffix in sniff.CONVERTED:
            return list(read_converted(data, f"{self._name}{suffix}").blocks)
        return list(read_within(data, self._name, self._depth + 1).blocks)


def _is_like_a_page(data: bytes) -> bool:
    try:
        width, height = Image.open(io.BytesIO(data)).size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    sides = min(width, height) / max(width, height, 1)
    return width * height >= _PAGE_PIXELS and _PAGE_SIDES[0] <= sides <= _PAGE_SIDES[1]
