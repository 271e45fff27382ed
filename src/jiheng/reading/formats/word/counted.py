"""Which paragraph of the XML a place means: for those who change a Word file where a value was read."""

from __future__ import annotations

from typing import Final, NamedTuple

from jiheng.errors import UnsupportedFormat
from jiheng.reading.formats.word.body import BodyReader
from jiheng.reading.formats.word.controls import settle
from jiheng.reading.formats.word.names import W
from jiheng.reading.formats.word.numbering import Numbering
from jiheng.reading.formats.word.package import Package
from jiheng.reading.formats.word.styles import Styles

_MARK: Final = "jiheng-paragraph"
_ZIP: Final = b"PK"


class Counted(NamedTuple):
    """The paragraphs of a Word file as places count them.

    ``order[n - 1]`` is the position, among all w:p of ``part`` in document order, of the paragraph that
    ``Place.paragraph == n`` means; -1 for one that stands nowhere in the part as it is stored.
    """

    part: str
    order: list[int]


def counted_paragraphs(data: bytes, name: str) -> Counted:
    """How ``read_docx`` counts the paragraphs of the body.

    Raises:
        UnsupportedFormat: the file is Word, but not a package of parts that can be changed one by one.
        DamagedFile, ProtectedFile, FileTooLarge: see ``container``.
    """
    if not data.startswith(_ZIP):
        raise UnsupportedFormat(
            "这个文件不是 docx 格式，不能写回修订。", place=name, remedy="请在 Word 中另存为 .docx 后重试。"
        )
    package = Package.of(data, name)
    body = package.body()
    root = body.getroottree().getroot()
    for number, paragraph in enumerate(root.iter(f"{W}p")):
        paragraph.set(_MARK, str(number))
    roots = [
        found for part in package.related("styles", "styles") if (found := package.xml(part)) is not None
    ]
    styles = Styles(roots[0] if roots else None)
    settle(body, styles.placeholders, package)
    reader = BodyReader(body, styles, Numbering.of(package), keeps_count=True)
    for _ in reader.blocks(body):
        pass
    return Counted(package.main, [int(paragraph.get(_MARK, "-1")) for paragraph in reader.counted])
