"""A template: checked once, filled as often as wanted."""

from __future__ import annotations

import copy
from collections import Counter

from lxml import etree

from jiheng.budget import BudgetDocument
from jiheng.reading.formats.word.names import W14, W
from jiheng.templates.compiling import Compiler
from jiheng.templates.elements import EACH, strip
from jiheng.templates.filling import Filler
from jiheng.templates.package import Part, open_template
from jiheng.templates.problem import Problem, invalid
from jiheng.templates.values import Binding, Condition, Level, Loop, Scope
from jiheng.writing.package import as_part, with_parts

_ALONE = tuple(f"{W}{tag}" for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"))
"""What may stand once only, and does not belong into a copy."""


class Template:
    """An office's Word file, ready to be filled.

    Attributes:
        problems: what is wrong with it; a template with problems cannot be filled.
    """

    def __init__(self, data: bytes, name: str = "模板.docx") -> None:
        self._data = data
        self._name = name
        opened = open_template(data, name)
        compiler = Compiler()
        for part in opened.parts:
            compiler.part(part.root, part.label)
        self._parts: list[Part] = opened.parts
        self._bindings: list[Binding] = compiler.bindings
        self._steps: list[Loop | Condition] = compiler.steps
        self.problems: list[Problem] = [*opened.problems, *compiler.problems]
        for part in self._parts:
            for block in part.root.iter(EACH):
                _make_repeatable(block)

    @property
    def has_fields(self) -> bool:
        """Whether anything is filled in at all."""
        return bool(self._bindings or self._steps)

    def fill(self, document: BudgetDocument) -> bytes:
        """The Word file with the values of ``document``.

        Raises:
            InvalidTemplate: there are problems.
            WritingError: the file would become too large.
        """
        if self.problems:
            raise invalid(self.problems, self._name)
        scope = Scope((Level(document),), Counter())
        filled = {
            part.name: as_part(Filler(copy.deepcopy(part.root), self._bindings, self._steps).fill(scope))
            for part in self._parts
        }
        return with_parts(self._data, filled)


def fill(data: bytes, document: BudgetDocument, name: str = "模板.docx") -> bytes:
    """The template in ``data`` filled with ``document``; raises what ``Template.fill`` raises."""
    return Template(data, name).fill(document)


def _make_repeatable(block: etree._Element) -> None:
    """Takes out what a file may have once only."""
    strip(block, _ALONE)
    for element in block.iter("*"):
        for name in (f"{W14}paraId", f"{W14}textId"):
            if name in element.attrib:
                del element.attrib[name]
