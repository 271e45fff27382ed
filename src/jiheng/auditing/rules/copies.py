"""COPY: what was copied from another project, row or section."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

from jiheng.auditing.naming import plain_name
from jiheng.auditing.prose import narrative
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import declared
from jiheng.auditing.thresholds import number, thresholds
from jiheng.auditing.walk import rows
from jiheng.budget import BudgetDocument, Dimension, Project, Severity, normalise

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_SHINGLE = 2
_BUCKETS = 3


class _Print(NamedTuple):
    """The parts of a text or table, by which it is held against others, and the smallest of their checksums."""

    path: str
    project: Project
    parts: frozenset[str]

    @property
    def buckets(self) -> list[int]:
        """Texts that are alike share at least one of these but by rare chance: no pair needs to be tried."""
        return sorted(crc32(part.encode()) for part in self.parts)[:_BUCKETS]


def _alike(prints: Sequence[_Print], share: float) -> Iterator[tuple[_Print, _Print, float]]:
    """Each text with the first earlier one that has at least ``share`` of all their parts in common."""
    first: dict[int, _Print] = {}
    for one in prints:
        buckets = one.buckets
        for bucket in buckets:
            other = first.get(bucket)
            if other is None:
                continue
            common = len(one.parts & other.parts) / len(one.parts | other.parts)
            if common >= share:
                yield other, one, common
                break
        for bucket in buckets:
            first.setdefault(bucket, one)


def _same_project(one: Project, two: Project) -> bool:
    """Whether two tables are of one project, which NAME-002 and COD-007 report."""
    return plain_name(one.name) == plain_name(two.name) or (one.code is not None and one.code == two.code)


def _shingles(text: str) -> frozenset[str]:
    return frozenset(text[at : at + _SHINGLE] for at in range(max(1, len(text) - _SHINGLE + 1)))


@rule(
    "COPY-001", title="不同项目的绩效目标不雷同", severity=Severity.WARNING, basis="mof-2015-88", article="相关性",
    checks=("C09",), applies=declared,
)  # fmt: skip
def goals_of_projects_differ(document: BudgetDocument) -> Iterator[Gap]:
    """The goals of two projects are not nearly the same text, figures aside."""
    prints = []
    for path, project in document.goal_tables():
        text = _DIGITS.sub("#", normalise("".join(project.goals)))
        if len(text) >= thresholds("copies")["shortest_goals"]:
            prints.append(_Print(path, project, _shingles(text)))
    for one, two, common in _alike(prints, float(number("copies", "same_text"))):
        if not _same_project(one.project, two.project):
            yield Gap(
                path=f"{two.path}.goals",
                message=f"“{two.project.label}”的绩效目标与“{one.project.label}”有 {common:.0%} 相同：“{two.project.goals[0]}”",
                remedy="按各项目的内容分别写明目标；内容确实相同的，核对是否应合并为一个项目",
                related=(f"{one.path}.goals",),
            )


@rule(
    "COPY-002", title="不同项目的绩效指标不雷同", severity=Severity.WARNING, basis="mof-2015-88", article="相关性",
    checks=("C09",), applies=declared,
)  # fmt: skip
def indicators_of_projects_differ(document: BudgetDocument) -> Iterator[Gap]:
    """Two projects do not have nearly the same indicators with the same targets; words without a name do not count."""
    prints = []
    for path, project in document.goal_tables():
        parts = frozenset(
            normalise(f"{row.level3}|{row.description or ''}|{row.value.text if row.value else ''}")
            for row in project.indicators
            if row.level3
        )
        if len(parts) >= thresholds("copies")["fewest_rows"]:
            prints.append(_Print(path, project, parts))
    for one, two, _ in _alike(prints, float(number("copies", "same_rows"))):
        if not _same_project(one.project, two.project):
            yield Gap(
                path=f"{two.path}.indicators",
                message=f"“{two.project.label}”的 {len(two.parts)} 项指标中有 {len(one.parts & two.parts)} 项与"
                f"“{one.project.label}”的名称、描述和指标值完全相同",
                remedy="按本项目的内容设定指标和指标值",
                related=(f"{one.path}.indicators",),
            )


@rule(
    "COPY-003", title="不同项目的资金用途不照抄", severity=Severity.NOTICE, basis="form-performance-text",
    article="预算规模", checks=("C09", "M06"), applies=declared,
)  # fmt: skip
def purposes_differ(document: BudgetDocument) -> Iterator[Gap]:
    """Two projects of different names do not have the same purpose, figures aside."""
    seen: dict[str, tuple[str, Project]] = {}
    for path, project in document.goal_tables():
        text = _DIGITS.sub("", normalise(project.purpose))
        if len(text) < thresholds("copies")["shortest_purpose"]:
            continue
        before, other = seen.setdefault(text, (path, project))
        if before != path and not _same_project(other, project):
            yield Gap(
                path=f"{path}.purpose",
                message=f"“{project.label}”的资金用途与“{other.label}”相同：“{project.purpose}”",
                remedy="写明本项目的资金用在哪里",
                stated=project.purpose,
                related=(f"{before}.purpose",),
            )


@rule(
    "COPY-004", title="指标值按项目分别确定", severity=Severity.NOTICE, basis="mof-2021-101", article="取值依据",
    checks=("G15",), applies=declared,
)  # fmt: skip
def targets_are_not_the_same_everywhere(document: BudgetDocument) -> Iterator[Gap]:
    """The rates of many different projects are not all one and the same figure."""
    found = [
        (row, normalise(row.indicator.value.text))
        for row in rows(document)
        if row.indicator.value is not None and row.indicator.value.dimension is Dimension.SHARE
    ]
    projects = {row.path.rpartition(".indicators.")[0] for row, _ in found}
    bounds = thresholds("copies")
    if len(found) < bounds["rates_to_judge"] or len(projects) < bounds["projects_to_judge"]:
        return
    ((text, times),) = Counter(text for _, text in found).most_common(1)
    if times >= number("copies", "same_target") * len(found):
        same = [row for row, value in found if value == text]
        yield Gap(
            path=f"{same[0].path}.value",
            message=f"{len(projects)} 个项目的 {len(found)} 项比率指标中有 {times} 项的指标值都是“{text}”",
            remedy="按各项目的计划和历年实际分别确定指标值",
            stated=text,
            related=tuple(f"{row.path}.value" for row in same[1:40]),
        )


@rule(
    "COPY-005", title="各部分文字不重复", severity=Severity.WARNING, basis="form-performance-text", article="结构",
    checks=("C09",),
)  # fmt: skip
def no_section_repeats_another(document: BudgetDocument) -> Iterator[Gap]:
    """No duty, goal, safeguard or chapter has the same text as another; a heading stands in the contents as well."""
    seen: dict[str, str] = {}
    for path, text in narrative(document):
        plain = normalise(text)
        if len(plain) < thresholds("copies")["shortest_section"] or _HEADING.match(plain):
            continue
        first = seen.setdefault(plain, path)
        if first != path and not _same_term(document, first, path):
            yield Gap(
                path=path,
                message=f"这段文字与{_named(first)}完全相同：“{text[:30]}{'…' if len(text) > 30 else ''}”",
                remedy="改写为本部分的内容，或删去重复的文字",
                related=(first,),
            )


_HEADING = re.compile(r"^第[一二三四五六七八九十\d]+(?:部分|章|节)[^。;,]{0,40}$")
_PARTS = {
    "title": "标题", "duties": "部门职责", "overall_goal": "总体绩效目标", "sub_goals": "分项绩效目标",
    "safeguards": "工作保障措施", "glossary": "名词解释", "remarks": "说明文字", "changes": "增减变化原因",
    "three_public": "“三公”经费说明", "operating_funds": "机关运行经费说明", "other_matters": "其他需要说明的事项",
}  # fmt: skip


def _same_term(document: BudgetDocument, one: str, two: str) -> bool:
    """Whether both paths are definitions of the same word, which TXT-002 reports."""
    parts = [path.split(".") for path in (one, two)]
    if any(len(part) != 3 or part[0] != "glossary" for part in parts):
        return False
    first, second = (document.glossary[int(part[1])] for part in parts)
    return normalise(first.term) == normalise(second.term)


def _named(path: str) -> str:
    """How messages call the part at ``path``: "分项绩效目标第 2 项"."""
    part, _, rest = path.partition(".")
    at = rest.partition(".")[0]
    return f"{_PARTS[part]}第 {int(at) + 1} 项" if at.isdigit() else _PARTS[part]


@rule(
    "COPY-006", title="指标值不抄自另一行", severity=Severity.NOTICE, basis="form-performance-text", article="指标值",
    checks=("G30",), applies=declared,
)  # fmt: skip
def a_figure_is_not_copied_from_another_row(document: BudgetDocument) -> Iterator[Gap]:
    """An unusual figure (314, 740, 23.5) does not stand in two rows of a project that measure different things.

    Rows of one dimension may well agree: 291 villages have 291 heads.
    """
    for path, project in document.goal_tables():
        seen: dict[str, list[tuple[int, Dimension]]] = defaultdict(list)
        for index, indicator in enumerate(project.indicators):
            value = indicator.value
            if value is None or value.number is None or not _is_unusual(value.number):
                continue
            for before, dimension in seen[value.number]:
                if dimension is value.dimension or Dimension.UNKNOWN in (dimension, value.dimension):
                    continue
                other = project.indicators[before]
                yield Gap(
                    path=f"{path}.indicators.{index}.value",
                    message=f"指标“{indicator.level3 or indicator.description}”的“{value.text}”与"
                    f"“{other.level3 or other.description}”的“{other.value.text if other.value else ''}”数字相同而单位不同",
                    remedy="核对是否抄错了行",
                    stated=value.text,
                    related=(f"{path}.indicators.{before}.value",),
                )
                break
            seen[value.number].append((index, value.dimension))


def _is_unusual(text: str) -> bool:
    """Whether a number has three figures that count, so that two of it are hardly chance: not 100, 120 or 365."""
    plain = text.rstrip("0").rstrip(".") if "." in text else text
    return len(plain.replace(".", "").strip("0")) >= 3 and plain != "365" and not plain.startswith("20")
