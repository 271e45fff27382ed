"""A goal form told in lines, without a table: labels with their values, and indicators behind the names of their levels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from msgspec.structs import replace

from jiheng.budget import Indicator, IndicatorValue, Kind, Project, is_blank, normalise, tidy, without_space
from jiheng.reading.blocks import Paragraph
from jiheng.reading.layouts.forms import loose
from jiheng.reading.layouts.forms.form import FormPart, FormReader
from jiheng.reading.layouts.heading import Marker
from jiheng.reading.layouts.ledger import Ledger
from jiheng.standards.indicator_framework import is_level1, is_level2, parent_of, vague_words

_LEVEL2: Final = re.compile(
    r"^(?:\d{1,2}[.、．]|[(（]\d{1,2}[)）])?\s*(?P<level>[\u4e00-\u9fff]{2,9}?(?:指标)?)\s*[:：]\s*(?P<rest>\S.*)$"
)
_TEMPLATE: Final = re.compile(r"[(（]\s*[≥≤<>=]*\s*\*+[^()（）]*[)）]")
_VALUE: Final = re.compile(
    r"(?P<name>.*?[^\d.,≥≤<>=\s])\s*(?P<value>(?:[≥≤<>=]+|不低于|不少于|不超过|达到|为)?\s*\d.*)$"
)
_HEADING: Final = re.compile(
    r"^(?:\d{1,2}[.、．]|[一二三四五六七八九十]{1,2}、|[(（].{1,2}[)）])?(?:项目)?(?:年度)?绩效指标[:：]?$"
)
_LEAST: Final = 2
"""So many lines of indicators make a form."""


def is_told(lines: Sequence[Paragraph]) -> bool:
    """Whether a form is told in ``lines``: lines of indicators, and the name of what they are for or a goal."""
    fields = {found[2] for line in lines if (found := loose.parse_line(line.text)) is not None}
    return sum(_level2(line.text) is not None for line in lines) >= _LEAST and bool(
        fields & {"name", "goals"}
    )


def _level2(text: str) -> tuple[str, str] | None:
    match = _LEVEL2.match(tidy(text))
    return (match["level"], match["rest"]) if match and is_level2(normalise(match["level"])) else None


def read(lines: Sequence[Paragraph], ledger: Ledger) -> dict[str, Any]:
    """The project told in ``lines``, as fields of a document."""
    caption = [
        line for line in lines if loose.parse_line(line.text) is not None and _level2(line.text) is None
    ]
    reader = FormReader(FormPart([], caption), ledger)
    project = reader.read()
    indicators: list[Indicator] = []
    level1: str | None = None
    title: str | None = None
    for line in lines:
        plain = normalise(line.text).rstrip(":：")
        marker = Marker.parse(plain)
        bare = plain[marker.end :] if marker else plain
        if (found := _level2(line.text)) is not None:
            indicators += _indicators(found, level1, line)
            ledger.take(line)
        elif is_level1(bare):
            level1 = bare
            ledger.take(line)
        elif _HEADING.match(plain):
            ledger.furnish("标题", line)
        elif title is None and line not in caption and loose.is_title(line.text):
            title = without_space(line.text)
            ledger.furnish("表题、年度和计量单位", line)
    fields: dict[str, Any] = {
        "kind": Kind.PROJECT_GOALS,
        "projects": [replace(project, indicators=indicators)],
        "title": title,
        "department": project.department if isinstance(project, Project) else None,
        "fiscal_year": reader.year,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _indicators(found: tuple[str, str], level1: str | None, line: Paragraph) -> list[Indicator]:
    level2, rest = found
    parent = parent_of(normalise(level2))
    parts = [part.strip() for part in re.split(r"[；;]", rest.rstrip("。；;")) if not is_blank(part)]
    return [_indicator(part, level2, level1 or parent, line) for part in parts]


def _indicator(text: str, level2: str, level1: str | None, line: Paragraph) -> Indicator:
    """ "栽植苗木株数（≥**株）>=17600株": the template goes, the value begins with its sign or its number."""
    plain = _TEMPLATE.sub("", text).replace(">=", "≥").replace("<=", "≤")
    match = _VALUE.match(plain)
    name, value = (match["name"], match["value"]) if match else (plain, None)
    if value is None and (words := vague_words(plain)) and plain.endswith(words[-1]):
        # in words only: the words of degree at the end are the value
        cut = plain.index(words[0]) if plain.endswith("".join(words)) else len(plain) - len(words[-1])
        name, value = (plain[:cut], plain[cut:]) if cut else (plain, None)
    cells = {"level3": line.place} | ({"value": line.place} if value else {})
    return Indicator(
        level1=level1,
        level2=level2,
        level3=name.strip() or None,
        value=IndicatorValue.parse(value.strip()) if value else None,
        place=line.place,
        cells=cells,
    )
