"""One OFD page: its text objects as runs, its paths as ruled lines, its pictures by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec
from lxml import etree

from jiheng.reading.formats.ofd.geometry import POINTS, Transform, deltas, numbers, transform_of
from jiheng.reading.formats.page.model import Ruling, Run

_ASCENT: Final = 0.86
"""Of the font size, what stands above the base line."""
_GAP: Final = 0.6
"""A jump of more than this share of the font size parts two runs."""
_THIN: Final = 1.0
"""A filled shape thinner than this (mm) is a ruled line."""
_PATH: Final = re.compile(r"([SMLQBAC])|(-?\d*\.?\d+(?:[eE][-+]?\d+)?)")
_POINTS_OF: Final = {"S": 1, "M": 1, "L": 1, "Q": 2, "B": 3}


class Picture(msgspec.Struct, frozen=True):
    """A picture on the page: the id of its resource and its rectangle in points."""

    resource: str
    left: float
    top: float
    right: float
    bottom: float


class PageReader:
    """Collects what stands on one page, background templates first."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.rulings: list[Ruling] = []
        self.pictures: list[Picture] = []

    def read(self, content: etree._Element) -> None:
        """Take in every object of a page or template."""
        for element in content.iter("{*}TextObject", "{*}PathObject", "{*}ImageObject"):
            transform = transform_of(element.get("CTM"), element.get("Boundary"))
            kind = etree.QName(element).localname
            if kind == "TextObject":
                self.runs.extend(_runs(element, transform))
            elif kind == "PathObject":
                self.rulings.extend(_rulings(element, transform))
            else:
                self._picture(element)

    def _picture(self, element: etree._Element) -> None:
        box = numbers(element.get("Boundary"))
        if len(box) == 4:
            left, top, width, height = (value * POINTS for value in box)
            self.pictures.append(
                Picture(element.get("ResourceID", ""), left, top, left + width, top + height)
            )


def _runs(element: etree._Element, transform: Transform) -> Iterator[Run]:
    size = next(iter(numbers(element.get("Size"))), 0.0)
    scale = next(iter(numbers(element.get("HScale"))), 1.0)
    x = y = 0.0
    for code in element.iter("{*}TextCode"):
        # a code without a position goes on where the one before stood
        x = next(iter(numbers(code.get("X"))), x)
        y = next(iter(numbers(code.get("Y"))), y)
        text = code.text or ""
        signs: list[tuple[str, float, float]] = []
        at_x, at_y = x, y
        for sign, dx, dy in zip(text, deltas(code.get("DeltaX")), deltas(code.get("DeltaY")), strict=False):
            signs.append((sign, at_x, at_y))
            at_x, at_y = at_x + dx, at_y + dy
        for run in _split(signs, size * scale):
            yield _run(run, size, scale, transform)


def _split(signs: list[tuple[str, float, float]], size: float) -> Iterator[list[tuple[str, float, float]]]:
    """Signs that stand together: a wide gap, a step back or another line begins a new run."""
    run: list[tuple[str, float, float]] = []
    for sign in signs:
        if run:
            text, x, y = run[-1]
            advance = size * (1.0 if ord(text) > 0x2E7F else 0.5)
            if (
                sign[1] - (x + advance) > size * _GAP
                or sign[1] < x - size * _GAP
                or abs(sign[2] - y) > size / 2
            ):
                yield run
                run = []
        run.append(sign)
    if run:
        yield run


def _run(signs: list[tuple[str, float, float]], size: float, scale: float, transform: Transform) -> Run:
    text = "".join(sign for sign, _, _ in signs)
    last, x, _ = signs[-1]
    right = x + size * scale * (1.0 if ord(last) > 0x2E7F else 0.55)
    base = signs[0][2]
    corners = [
        transform(at_x, at_y)
        for at_x in (signs[0][1], right)
        for at_y in (base - size * _ASCENT, base + size * (1 - _ASCENT))
    ]
    xs, ys = [x * POINTS for x, _ in corners], [y * POINTS for _, y in corners]
    drawn = size * (transform.b**2 + transform.d**2) ** 0.5 * POINTS or size * POINTS
    return Run(text, min(xs), min(ys), max(xs), max(ys), drawn)


def _rulings(element: etree._Element, transform: Transform) -> Iterator[Ruling]:
    data = element.findtext("{*}AbbreviatedData") or ""
    is_stroked = element.get("Stroke", "true").lower() != "false"
    is_filled = element.get("Fill", "false").lower() == "true"
    for start, end in _segments(data):
        (x0, y0), (x1, y1) = transform(*start), transform(*end)
        if is_stroked and (abs(x0 - x1) < _THIN / 2 or abs(y0 - y1) < _THIN / 2):
            yield _ruling(x0, y0, x1, y1)
    if is_filled and not is_stroked:
        points = [transform(*point) for segment in _segments(data) for point in segment]
        if points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            if min(max(xs) - min(xs), max(ys) - min(ys)) < _THIN:
                yield _ruling(min(xs), min(ys), max(xs), max(ys))


def _ruling(x0: float, y0: float, x1: float, y1: float) -> Ruling:
    xs, ys = sorted((x0 * POINTS, x1 * POINTS)), sorted((y0 * POINTS, y1 * POINTS))
    return Ruling(xs[0], ys[0], xs[1], ys[1])


def _segments(data: str) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight lines of a path (GB/T 33190-2016, 9.3.3); curves only move the pen."""
    command = ""
    values: list[float] = []
    start = pen = (0.0, 0.0)
    for letter, number in _PATH.findall(data):
        if letter:
            command, values = letter, []
            if letter == "C":
                yield pen, start
                pen = start
            continue
        values.append(float(number))
        wanted = 7 if command == "A" else _POINTS_OF.get(command, 1) * 2
        if len(values) < wanted:
            continue
        point = (values[-2], values[-1])
        if command == "L":
            yield pen, point
        elif command in ("S", "M"):
            start = point
        pen, values = point, []
