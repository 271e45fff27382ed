"""Changes in a Word file as tracked changes, each with a comment that says why; everything else stays untouched."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from lxml import etree

from jiheng.budget import BudgetDocument, Finding, Place, cell_at
from jiheng.errors import UnsupportedFormat
from jiheng.mending.comments import Comments
from jiheng.mending.runs import Spot, Tracked, find, replace
from jiheng.reading.formats.container import parse_xml
from jiheng.reading.formats.word.counted import counted_paragraphs
from jiheng.reading.formats.word.names import W
from jiheng.writing.package import as_part, with_parts

_CELL: Final = f"{W}tc"
_PARAGRAPH: Final = f"{W}p"
_TRACKED: Final = (f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo", f"{W}rPrChange", f"{W}pPrChange")


class Change(NamedTuple):
    """A text to be replaced where it was read, and why.

    ``group`` numbers what belongs together: only the first change of a group gets the comment ``note``. ``who`` accepted
    the change, where a person did.
    """

    place: Place | None
    before: str | None
    after: str
    note: str
    group: int = 0
    who: str = ""


class Revision(NamedTuple):
    """The revised file, and the changes that could not be made in it, each with the reason."""

    data: bytes
    done: list[Change]
    left: list[tuple[Change, str]]


def changes_of(documents: Sequence[BudgetDocument], findings: Iterable[Finding]) -> list[Change]:
    """The mends of ``findings`` as changes of the file that ``documents`` were read from; one for each value."""
    changes: list[Change] = []
    known: set[tuple[int, str]] = set()
    for group, finding in enumerate(findings):
        for mend in finding.mends:
            key = (finding.document, mend.path)
            if key in known or (not is_printed(mend.path) and len(finding.mends) > 1):
                continue
            known.add(key)
            place = cell_at(documents[finding.document], mend.path)
            changes.append(Change(place, mend.before, mend.after, reason_of(finding), group))
    return changes


def is_printed(path: str) -> bool:
    """Whether the value stands in the file: the unit that was understood does not, and changes with its figures."""
    return not path.endswith(".unit")


def reason_of(finding: Finding) -> str:
    """Why a value is changed: rule, project, figures and basis."""
    project = f"（{finding.project}）" if finding.project else ""
    return f"{finding.rule} {finding.fault or finding.title}{project}：{finding.message}。依据：{finding.basis_text}"


def revised(data: bytes, name: str, changes: Sequence[Change], *, author: str, made_at: datetime) -> Revision:
    """A Word file with ``changes`` as tracked changes and comments of ``author``.

    A change is left out, and named, where its text is not found exactly once at its place.

    Args:
        author: of changes that nobody is named for.
        made_at: with its zone.
    Raises:
        UnsupportedFormat: not a .docx that can be changed.
        DamagedFile, ProtectedFile, FileTooLarge: it cannot be read.
    """
    counted = counted_paragraphs(data, name)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = parse_xml(package.read(counted.part), name)
    stored = list(root.iter(_PARAGRAPH))
    if not stored:
        raise UnsupportedFormat(
            "这个 Word 文件的格式不能写回修订。", place=name, remedy="请在 Word 中另存为 .docx 后重试。"
        )
    comments = Comments(data, counted.part, made_at=made_at)
    marks = _Marks(root, author, made_at)
    done: list[Change] = []
    left: list[tuple[Change, str]] = []
    for change in changes:
        spot, why = _spot(change, counted.order, stored)
        if spot is None:
            left.append((change, why))
            continue
        is_told = any(other.group == change.group for other in reversed(done))
        marks.author = change.who or author
        replace(spot, change.after, marks, None if is_told else comments.add(change.note, marks.author))
        done.append(change)
    if not done:
        return Revision(data, done, left)
    parts = comments.parts() | {counted.part: as_part(root)}
    return Revision(with_parts(data, parts), done, left)


class _Marks:
    """Ids, author and date of tracked changes."""

    def __init__(self, root: etree._Element, author: str, made_at: datetime) -> None:
        ids = (element.get(f"{W}id", "") for element in root.iter(*_TRACKED))
        self._last = max((int(text) for text in ids if text.isdigit()), default=0)
        self.author = author
        self._date = made_at.isoformat(timespec="seconds")

    def __iter__(self) -> Iterator[Tracked]:
        return self

    def __next__(self) -> Tracked:
        """The marks of one more replacement."""
        self._last += 2
        deletion, insertion = (
            {f"{W}id": str(number), f"{W}author": self.author, f"{W}date": self._date}
            for number in (self._last - 1, self._last)
        )
        return Tracked(deletion, insertion)


def _spot(change: Change, order: list[int], stored: list[etree._Element]) -> tuple[Spot | None, str]:
    """Where the text to be changed stands, or why that cannot be told."""
    place = change.place
    if place is None or place.paragraph is None or place.member is not None:
        return None, "文件中没有写这个数据的位置"
    position = order[place.paragraph - 1] if place.paragraph <= len(order) else -1
    if not 0 <= position < len(stored):
        return None, "没有找到原来的段落"
    first = stored[position]
    cell = next(first.iterancestors(_CELL), None) if place.table is not None else None
    paragraphs = list(cell.iterchildren(_PARAGRAPH)) if cell is not None else [first]
    spots = find(paragraphs, change.before)
    if len(spots) == 1:
        return spots[0], ""
    return None, "原处没有找到这段文字" if not spots else "这段文字在原处出现多次，不能确定改哪一处"
