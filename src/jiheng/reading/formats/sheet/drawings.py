"""What floats over a worksheet of an .xlsx file or is pinned to its cells: text boxes, pictures, notes."""

from __future__ import annotations

import posixpath
from typing import Final

from jiheng.reading.formats.container import Container, damaged
from jiheng.reading.formats.sheet.model import SheetData
from jiheng.reading.formats.sheet.references import position

_NOTES: Final = ("/comments", "/threadedComment")
_DRAWING: Final = "/drawing"


def take_drawings(sheet: SheetData, container: Container, part: str) -> None:
    """Add the notes, text boxes and pictures of the worksheet in ``part`` to ``sheet``."""
    targets = relations(container, part)
    threads = [target for kind, target in targets.values() if kind.endswith(_NOTES[1])]
    for kind, target in targets.values():
        if target not in container:
            continue
        if kind.endswith(_NOTES[1]) or (kind.endswith(_NOTES[0]) and not threads):
            _take_notes(sheet, container, target)
        elif kind.endswith(_DRAWING):
            _take_boxes(sheet, container, target)


def relations(container: Container, part: str) -> dict[str, tuple[str, str]]:
    """Relation id -> its type and its part, of a part's relations inside the file."""
    folder, base = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{base}.rels")
    if source not in container:
        return {}
    found = {}
    for relation in container.xml(source):
        if relation.get("TargetMode") == "External":
            continue
        target = relation.get("Target", "")
        found[relation.get("Id", "")] = (
            relation.get("Type", ""),
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join(folder, target)),
        )
    return found


def part_of(container: Container, part: str, kind: str, usual: str) -> str:
    """The part that ``part`` ("" for the file as a whole) names as its ``kind``; the usual one when it names none."""
    found = (target for relation, target in relations(container, part).values() if relation.endswith(kind))
    return next((target for target in found if target in container), usual)


def worksheet(targets: dict[str, tuple[str, str]], relation: str, seen: set[str], name: str) -> str | None:
    """The part of a worksheet; ``None`` for a chart, or a part that is a sheet already.

    Raises:
        DamagedFile: the workbook does not say which part it is.
    """
    kind, part = targets.get(relation, ("", ""))
    if not part:
        raise damaged(name)
    if not kind.endswith("/worksheet") or part in seen:
        return None
    seen.add(part)
    return part


def _take_notes(sheet: SheetData, container: Container, part: str) -> None:
    root = container.xml(part)
    for tag in ("{*}comment", "{*}threadedComment"):
        for comment in root.iter(tag):
            place = position(comment.get("ref", ""))
            inside = comment.iter("{*}t") if tag == "{*}comment" else comment.iter("{*}text")
            text = "".join(piece.text or "" for piece in inside).strip()
            if place and text:
                sheet.notes.append((*place, text))


def _take_boxes(sheet: SheetData, container: Container, part: str) -> None:
    root = container.xml(part)
    for body in root.iter("{*}txBody"):
        lines = (
            "".join(text.text or "" for text in paragraph.iter("{*}t")) for paragraph in body.iter("{*}p")
        )
        if text := "\n".join(line for line in lines if line.strip()):
            sheet.boxes.append(text)
    sheet.pictures += sum(1 for _ in root.iter("{*}pic"))
