"""The text of a paragraph, run by run: what the page shows, and beside it what it does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from lxml import etree

from jiheng.budget import is_blank
from jiheng.reading.formats.word.controls import HINT
from jiheng.reading.formats.word.fields import Field, shown
from jiheng.reading.formats.word.math import in_line
from jiheng.reading.formats.word.names import DGM, A, C, M, O, R, V, W
from jiheng.reading.formats.word.styles import Look, Styles
from jiheng.reading.formats.word.symbols import in_symbols, symbol, without_private

_RUN_PROPERTIES: Final = f"{W}rPr"
TABS: Final = (f"{W}tab", f"{W}ptab")
BREAKS: Final = (f"{W}br", f"{W}cr")
HYPHENS: Final = (f"{W}noBreakHyphen",)


class Beside(NamedTuple):
    """What a paragraph holds that is not its text: ``content`` is the text, an element, or the id of a relation.

    ``kind`` is a style of ``Paragraph`` for text, or "box" (the content of a text box), "picture", "object", "chart",
    "diagram", "chunk".
    """

    kind: str
    content: str | etree._Element


class Inline:
    """Reads the text of paragraphs, one after the other."""

    def __init__(self, styles: Styles, *, moves: bool = False) -> None:
        self._styles = styles
        self._moves = moves
        self._pieces: list[str] = []
        self._fields: list[Field] = []
        self._beside: list[Beside] = []
        self._look = Look()
        self._is_hidden = False
        self._in_deletion = False

    def read(self, paragraph: etree._Element) -> tuple[str, list[Beside]]:
        """The text of ``paragraph``, tabs and line breaks kept, and what is to follow it as blocks of its own."""
        self._pieces = []
        beside: list[Beside] = []
        self._beside = beside
        self._is_hidden = self._styles.hides(paragraph)
        self._children(paragraph)
        if self._fields:
            # a field that nothing ends: what stands in it is text after all
            for field in self._fields:
                self._pieces += field.held
            self._fields = []
        return "".join(self._pieces), beside

    def _children(self, parent: etree._Element) -> None:
        for child in parent:
            tag = child.tag
            handler = _HANDLERS.get(tag)
            if handler is not None:
                handler(self, child)
            elif isinstance(tag, str):
                self._children(child)

    def _add(self, text: str) -> None:
        for field in self._fields:
            if not field.in_result:
                field.held.append(text)
                return
        self._pieces.append(text)

    def _run(self, run: etree._Element) -> None:
        first = run[0] if len(run) else None
        if first is None or first.tag != _RUN_PROPERTIES:
            if self._is_hidden:
                self._aside("hidden", run)
            else:
                self._children(run)
            return
        before, self._look = self._look, self._styles.look(first, self._is_hidden)
        if self._look.is_hidden:
            self._aside("hidden", run)
        else:
            self._children(run)
        self._look = before

    def _text(self, element: etree._Element) -> None:
        text = element.text
        if not text:
            return
        if self._look.font is not None:
            text = in_symbols(text, self._look.font)
        elif not text.isascii():
            text = without_private(text)
        self._add(text)

    def _deleted_text(self, element: etree._Element) -> None:
        if self._in_deletion:
            self._text(element)

    def _aside(self, kind: str, element: etree._Element) -> None:
        """Takes the text of ``element`` out of the line and lists it as ``kind``."""
        outer, self._pieces = self._pieces, []
        fields, self._fields = self._fields, [] if kind == "deleted" else self._fields
        at = len(self._beside)
        self._children(element)
        text = "".join(self._pieces)
        self._pieces, self._fields = outer, fields
        if is_blank(text):
            return
        last = self._beside[-1] if self._beside else None
        if kind == "hidden" and last is not None and last.kind == kind and isinstance(last.content, str):
            self._beside[-1] = Beside(kind, last.content + text)
        else:
            self._beside.insert(at, Beside(kind, text.strip()))

    def _delete(self, element: etree._Element) -> None:
        """Text that a tracked change took out: listed, so that nothing disappears."""
        was, self._in_deletion = self._in_deletion, True
        self._aside("deleted", element)
        self._in_deletion = was

    def _move_away(self, element: etree._Element) -> None:
        """Text that was moved: read where it went, or listed where the file does not say where."""
        if not self._moves:
            self._delete(element)
            return
        for run in element.iter(f"{W}delText"):
            if not is_blank(run.text or ""):
                self._beside.append(Beside("deleted", (run.text or "").strip()))

    def _hint(self, element: etree._Element) -> None:
        self._aside("placeholder", element)

    def _symbol(self, element: etree._Element) -> None:
        self._add(symbol(element.get(f"{W}font", ""), element.get(f"{W}char", "")))

    def _ruby(self, element: etree._Element) -> None:
        for child in element:
            if child.tag == f"{W}rt":
                self._aside("note", child)
            elif child.tag == f"{W}rubyBase":
                self._children(child)

    def _formula(self, element: etree._Element) -> None:
        self._add(in_line(element))

    def _field_mark(self, element: etree._Element) -> None:
        kind = element.get(f"{W}fldCharType", "")
        if kind == "begin":
            self._fields.append(Field(element.find(f"{W}ffData"), len(self._pieces), instruction=[], held=[]))
        elif self._fields and kind == "separate":
            self._fields[-1].in_result = True
            self._fields[-1].start = len(self._pieces)
        elif self._fields and kind == "end":
            field = self._fields.pop()
            if is_blank("".join(self._pieces[field.start :])):
                self._add(shown("".join(field.instruction), field.form))

    def _instruction(self, element: etree._Element) -> None:
        if self._fields and not self._fields[-1].in_result:
            self._fields[-1].instruction.append(element.text or "")

    def _simple_field(self, element: etree._Element) -> None:
        start = len(self._pieces)
        self._children(element)
        if is_blank("".join(self._pieces[start:])):
            self._add(shown(element.get(f"{W}instr", ""), None))

    def _box(self, element: etree._Element) -> None:
        if self._in_deletion or self._look.is_hidden:
            self._children(element)
        else:
            self._beside.append(Beside("box", element))

    def _word_art(self, element: etree._Element) -> None:
        text = element.get("string", "")
        if not is_blank(text):
            self._beside.append(Beside("", text))

    def _drawn_text(self, element: etree._Element) -> None:
        text = "".join(piece.text or "" for piece in element.iter(f"{A}t"))
        if not is_blank(text):
            self._beside.append(Beside("", text))

    def _picture(self, element: etree._Element) -> None:
        relation = element.get(f"{R}embed") or element.get(f"{R}id")
        if relation:
            self._beside.append(Beside("picture", relation))

    def _object(self, element: etree._Element) -> None:
        """An object of another program. The picture that stands for it is no picture of its own."""
        found = next(element.iter(f"{O}OLEObject"), None)
        if found is None:
            self._children(element)
            return
        for box in element.iter(f"{W}txbxContent"):
            self._box(box)
        self._beside.append(Beside("object", found))

    def _chart(self, element: etree._Element) -> None:
        self._beside.append(Beside("chart", element.get(f"{R}id", "")))

    def _diagram(self, element: etree._Element) -> None:
        self._beside.append(Beside("diagram", element.get(f"{R}dm", "")))

    def _tab(self, _: etree._Element) -> None:
        self._add("\t")

    def _break(self, _: etree._Element) -> None:
        self._add("\n")

    def _hyphen(self, _: etree._Element) -> None:
        self._add("-")

    def _skip(self, _: etree._Element) -> None:
        """Holds nothing that the page shows."""


_HANDLERS: Final[Mapping[str, Callable[[Inline, etree._Element], None]]] = {
    f"{W}r": Inline._run,
    f"{W}t": Inline._text,
    f"{W}delText": Inline._deleted_text,
    f"{W}del": Inline._delete,
    f"{W}moveFrom": Inline._move_away,
    HINT: Inline._hint,
    f"{W}sym": Inline._symbol,
    f"{W}ruby": Inline._ruby,
    f"{W}fldChar": Inline._field_mark,
    f"{W}instrText": Inline._instruction,
    f"{W}fldSimple": Inline._simple_field,
    f"{W}txbxContent": Inline._box,
    f"{V}textpath": Inline._word_art,
    f"{V}imagedata": Inline._picture,
    f"{A}blip": Inline._picture,
    f"{A}p": Inline._drawn_text,
    f"{A}t": Inline._text,
    f"{W}object": Inline._object,
    f"{C}chart": Inline._chart,
    f"{DGM}relIds": Inline._diagram,
    f"{M}oMath": Inline._formula,
    **dict.fromkeys(TABS, Inline._tab),
    **dict.fromkeys(BREAKS, Inline._break),
    **dict.fromkeys(HYPHENS, Inline._hyphen),
} | dict.fromkeys(
    (f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}sdtEndPr", f"{W}delInstrText", f"{W}softHyphen", f"{W}rubyPr"),
    Inline._skip,
)
_IN_LINE: Final = (Inline._run, Inline._text, Inline._tab, Inline._break, Inline._hyphen, Inline._skip)
OUT_OF_LINE: Final = tuple(tag for tag, handler in _HANDLERS.items() if handler not in _IN_LINE)
"""Elements that change what is read of the text in them or take it out of its line."""
