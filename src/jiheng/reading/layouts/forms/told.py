"""A goal form told in lines, without a table: labels with their values, and indicators behind the names of their levels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from msgspec.structs import replace

from jiheng.budget import (
    FundingLine,
    Indicator,
    IndicatorValue,
    Kind,
    Project,
    Statement,
    is_blank,
    normalise,
    tidy,
    without_space,
)
from jiheng.reading.blocks import Paragraph
from jiheng.reading.layouts.forms import loose
from jiheng.reading.layouts.forms.form import FormPart, FormReader
from jiheng.reading.layouts.heading import Marker
from jiheng.reading.layouts.ledger import Ledger
from jiheng.standards.indicator_framework import is_level1, is_level2, parent_of, vague_words

_LEVEL2: Final = re.compile(
    r"^(?:\d{1,2}[.、．]|[(（]\d{1,2}[)）])?\s*(?P<level>[\u4e00-\u9fff]{2,9}?(?:指标)?)\s*(?:[:：]|(?<=指标)[,，])\s*(?P<rest>\S.*)$"
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
_NOTICE: Final = re.compile(r"^关于(?P<name>.{4,40}?)(?:绩效)?目标(?:设定)?(?:情况)?的?(?:公示|公告)$")
"""The title of a notice, which names the project whose goals are told below it."""
_GOAL: Final = re.compile(r"(?:总体)?绩效目标(?:是|为)[:：,，]?(?P<goal>[^。]+)")
_GRANTED: Final = re.compile(r"(?:安排|下达|资金|投资)[^。；;，,]{0,120}?(?P<digits>\d+(?:\.\d+)?)万元")
_PARTS: Final = re.compile(r"[；;。]|(?<=[\d%元户人株亩吨个])[,，](?=[^,，；;]*[≥≤])")
_YEAR: Final = re.compile(r"(20\d{2})年")
_LEVEL: Final = re.compile(r"(?P<level>[\u4e00-\u9fff]{2,9}?(?:指标|目标))\s*[:：,，]\s*")


def is_told(lines: Sequence[Paragraph]) -> bool:
    """Whether a form is told in ``lines``: lines of indicators, and the name of what they are for or a goal."""
    fields = {found[2] for line in lines if (found := loose.parse_line(line.text)) is not None}
    if any(_NOTICE.match(normalise(line.text)) for line in lines):
        fields.add("name")
    return sum(_level2(line.text) is not None for line in lines) >= _LEAST and bool(
        fields & {"name", "goals"}
    )


def _level2(text: str) -> tuple[str, str] | None:
    match = _LEVEL2.match(tidy(text))
    if match is None:
        return None
    level, rest = match["level"], match["rest"]
    if is_level1(normalise(level)) and (inner := _LEVEL.match(rest)) is not None:
        level, rest = inner["level"], rest[inner.end() :]
    return (level, rest) if is_level2(normalise(level)) else None


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
    notice = next((line for line in lines if _NOTICE.match(normalise(line.text))), None)
    if notice is not None and isinstance(project, Project):
        title, project = without_space(notice.text), _announced(project, notice, lines)
        ledger.take(*(line for line in lines if line is notice or not _is_of_indicators(line)))
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
        "fiscal_year": reader.year or (_year_of(lines) if notice is not None else None),
    }
    return {name: value for name, value in fields.items() if value is not None}


def _is_of_indicators(line: Paragraph) -> bool:
    plain = normalise(line.text).rstrip(":：")
    marker = Marker.parse(plain)
    return _level2(line.text) is not None or is_level1(plain[marker.end :] if marker else plain)


def _announced(project: Project, notice: Paragraph, lines: Sequence[Paragraph]) -> Project:
    """The project of a notice: its name in the title, its goal and its money in sentences, which are kept as they stand."""
    match = _NOTICE.match(normalise(notice.text))
    told = [line for line in lines if line is not notice and not _is_of_indicators(line)]
    statements = [
        Statement(label="", topic="overview", text=tidy(line.text), place=line.place) for line in told
    ]
    goals = [(found["goal"], line) for line in told if (found := _GOAL.search(normalise(line.text)))]
    funds = [(found["digits"], line) for line in told if (found := _GRANTED.search(normalise(line.text)))]
    cells = {"name": notice.place} | ({"goals.0": goals[0][1].place} if goals else {})
    funding = [
        FundingLine(
            label="资金", source="total", amount=digits, place=line.place, cells={"amount": line.place}
        )
        for digits, line in funds[:1]
    ]
    return replace(
        project,
        name=match["name"] if match else None,
        goals=project.goals or [goal for goal, _ in goals[:1]],
        funding=project.funding or funding,
        statements=[*project.statements, *statements],
        cells=project.cells | cells,
        place=project.place or notice.place,
    )


def _year_of(lines: Sequence[Paragraph]) -> int | None:
    """The first year that the sentences name: that of the money."""
    return next((int(match[1]) for line in lines if (match := _YEAR.search(normalise(line.text)))), None)


def _indicators(found: tuple[str, str], level1: str | None, line: Paragraph) -> list[Indicator]:
    level2, rest = found
    indicators = []
    for part in _PARTS.split(rest):
        text = part.strip()
        # several levels may follow one another in a line, and a first level may stand before a second
        while (match := _LEVEL.match(text)) is not None and _is_level(match["level"]):
            if is_level2(normalise(match["level"]).replace("目标", "指标")):
                level2 = match["level"]
            text = text[match.end() :].strip()
        if not is_blank(text):
            indicators.append(_indicator(text, level2, level1 or parent_of(normalise(level2)), line))
    return indicators


def _is_level(text: str) -> bool:
    name = normalise(text).replace("目标", "指标")
    return is_level1(name) or is_level2(name)


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
