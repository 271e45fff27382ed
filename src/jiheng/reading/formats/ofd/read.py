"""An OFD file: its documents, pages, templates and pictures."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Final

from lxml import etree

from jiheng.errors import FileTooLarge
from jiheng.reading.blocks import Blocks
from jiheng.reading.formats.container import Container, damaged, open_zip
from jiheng.reading.formats.ofd.geometry import POINTS, numbers
from jiheng.reading.formats.ofd.page import PageReader, Picture
from jiheng.reading.formats.page.blocks import blocks_of
from jiheng.reading.formats.page.model import Page

_ROOT: Final = "OFD.xml"
_A4: Final = [0.0, 0.0, 210.0, 297.0]
_MAX_PAGES: Final = 2_000
_SCAN: Final = 0.5
"""A picture that covers more of a page than this, where hardly any text stands, is a scan."""


def read_ofd(data: bytes, name: str) -> Blocks:
    """The paragraphs and tables of an OFD file.

    Raises:
        DamagedFile, ProtectedFile, FileTooLarge: see ``container``.
    """
    container = open_zip(data, name)
    return blocks_of(_Document(container, name).pages())


class _Document:
    """The first document in the container (a file holds one)."""

    def __init__(self, container: Container, name: str) -> None:
        self._container, self._name = container, name
        root = self._xml(_ROOT).findtext("{*}DocBody/{*}DocRoot")
        if root is None:
            raise damaged(name)
        self._path = root.strip().lstrip("/")
        self._document = self._xml(self._path)
        self._templates = {
            page.get("ID", ""): page.get("BaseLoc", "")
            for page in self._document.iterfind("{*}CommonData/{*}TemplatePage")
        }

    def pages(self) -> Iterator[Page]:
        """Every page, in order."""
        found = self._document.findall("{*}Pages/{*}Page")
        if len(found) > _MAX_PAGES:
            raise FileTooLarge(
                f"文件有 {len(found)} 页，超过 {_MAX_PAGES} 页的上限。",
                place=self._name,
                remedy="请拆分文件后重试。",
            )
        for number, page in enumerate(found, 1):
            yield self._page(number, self._at(self._path, page.get("BaseLoc", "")))

    def _page(self, number: int, path: str) -> Page:
        content = self._xml(path)
        reader = PageReader()
        for template in content.iterfind("{*}Template"):
            place = self._templates.get(template.get("TemplateID", ""))
            if place:
                reader.read(self._xml(self._at(self._path, place)))
        reader.read(content)
        width, height = self._size(content)
        picture = _scan(reader, width, height)
        if picture is not None and (found := self._recognised(picture, number, width, height)) is not None:
            return found
        return Page(number, width, height, reader.runs, reader.rulings)

    def _size(self, content: etree._Element) -> tuple[float, float]:
        for box in (
            content.findtext("{*}Area/{*}PhysicalBox"),
            self._document.findtext("{*}CommonData/{*}PageArea/{*}PhysicalBox"),
        ):
            values = numbers(box)
            if len(values) == 4 and values[2] > 0 and values[3] > 0:
                return values[2] * POINTS, values[3] * POINTS
        return _A4[2] * POINTS, _A4[3] * POINTS

    def _recognised(self, picture: Picture, number: int, width: float, height: float) -> Page | None:
        """The text in a scanned page; ``None`` when its picture is not in the file."""
        media = self._media().get(picture.resource)
        if media is None or media not in self._container:
            return None
        from jiheng.reading.formats.image import open_picture, page_of_picture

        return page_of_picture(open_picture(self._container.read(media), self._name), number, width, height)

    def _media(self) -> dict[str, str]:
        """Resource id -> part, of all pictures that the document declares."""
        found = {}
        for tag in ("DocumentRes", "PublicRes"):
            for declared in self._document.iterfind(f"{{*}}CommonData/{{*}}{tag}"):
                path = self._at(self._path, (declared.text or "").strip())
                if path not in self._container:
                    continue
                resources = self._xml(path)
                base = resources.get("BaseLoc", "")
                for media in resources.iter("{*}MultiMedia"):
                    place = (media.findtext("{*}MediaFile") or "").strip()
                    found[media.get("ID", "")] = self._at(path, posixpath.join(base, place))
        return found

    def _at(self, base: str, place: str) -> str:
        """A location as the standard has it: from the root with a slash, else beside ``base``."""
        if place.startswith("/"):
            return posixpath.normpath(place.lstrip("/"))
        return posixpath.normpath(posixpath.join(posixpath.dirname(base), place))

    def _xml(self, part: str) -> etree._Element:
        return self._container.xml(part)


def _scan(reader: PageReader, width: float, height: float) -> Picture | None:
    """The picture that is the whole page, where the page has no text to speak of."""
    if sum(len(run.text) for run in reader.runs) > 30:
        return None
    for picture in reader.pictures:
        if (picture.right - picture.left) * (picture.bottom - picture.top) > _SCAN * width * height:
            return picture
    return None
