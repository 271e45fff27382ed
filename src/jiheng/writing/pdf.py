"""PDF files: pages set by Typst, with the data they were made from attached."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

import msgspec
import typst

from jiheng.errors import WritingError
from jiheng.writing.fitting import fitted
from jiheng.writing.pages import Pages

_TEMPLATE: Final = "pages.typ"
ATTACHMENT: Final = "jiheng.json"
"""The name under which a PDF carries its data in the exchange format."""
# Fonts that have the characters of Chinese text; the first kind found is enough.
_FONTS: Final = ("Noto Serif CJK SC", "Source Han Serif SC", "FangSong", "FangSong_GB2312", "SimSun", "FandolFang R",
                 "Noto Sans CJK SC", "WenQuanYi Zen Hei")  # fmt: skip


def render_pdf(pages: Pages, attachment: bytes | None = None) -> bytes:
    """The pages as a PDF; page numbers in the contents are those of the pages.

    Args:
        attachment: JSON to travel with the pages, attached as "jiheng.json".
    Raises:
        WritingError: when no font with Chinese characters is installed, or the pages cannot be set.
    """
    if not any(family in _families() for family in _FONTS):
        raise WritingError(
            "系统中没有中文字体，无法生成 PDF。",
            remedy="请安装 fonts-noto-cjk（apt-get install fonts-noto-cjk）后重试。",
        )
    inputs = {
        "pages": _encode(fitted(pages)).decode(),
        "attachment": attachment.decode() if attachment else "",
    }
    with resources.as_file(resources.files("jiheng.writing").joinpath("data")) as folder:
        try:
            pdf: bytes = typst.compile(
                str(Path(folder) / _TEMPLATE), sys_inputs=inputs, root=str(folder), font_paths=_fonts()
            )
        except (RuntimeError, ValueError) as error:
            raise WritingError(
                f"PDF 排版失败：{str(error).splitlines()[0]}",
                remedy="请改用 Word 格式，并把这条信息反馈给开发者。",
            ) from error
    return pdf


@cache
def _fonts() -> typst.Fonts:
    """The fonts of this machine: looking them up takes longer than setting thirty pages, so it is done once."""
    return typst.Fonts()


@cache
def _families() -> frozenset[str]:
    return frozenset(_fonts().families())


def _encode(pages: Pages) -> bytes:
    """The pages as JSON, every block with its ``type``, for the template."""
    return msgspec.json.encode(pages)
