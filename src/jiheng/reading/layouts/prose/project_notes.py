"""项目经费情况说明: a project told under headings (概述, 依据, 主体, 方案, 周期, 年度预算安排, 绩效目标)."""

from __future__ import annotations

import re
from typing import Final

from jiheng.budget import Place, Project, ProjectBudget, Statement, normalise
from jiheng.reading.layouts.heading import Marker
from jiheng.reading.layouts.ledger import Ledger
from jiheng.reading.layouts.sections import Passage

_TOPICS: Final = (
    (r"(?:项目)?(?:概述|概况|简介|内容|基本情况)", "overview"),
    (r"(?:立项|设立)?依据", "basis"),
    (r"(?:实施|承担)(?:主体|单位)", "subject"),
    (r"(?:实施)?方案|实施内容", "scheme"),
    (r"(?:实施)?(?:周期|期限|时间)", "period"),
    (r"(?:年度)?预算(?:安排|资金)|经费安排", "arrangement"),
    (r"(?:项目)?绩效目标|预期目标", "goals"),
)
_NAMED: Final = re.compile(
    r"[^,，。；;:：、“”\"《》()（）的]{3,39}?(?:工程|项目|经费|专项|补贴|补助)(?![\w])"
)
_AMOUNT: Final = re.compile(
    r"(?:(20\d{2})年度?[^。;；,，\d]{0,12})?(?<!批复)(?:预算|安排|经费|资金)[^\d。;；]{0,12}(\d[\d,]*(?:\.\d+)?)(万元|元)"
)


def read_project_notes(
    heading: Passage, passages: list[Passage], year: int | None, ledger: Ledger
) -> list[Project]:
    """The projects told below ``heading``; every label starts a statement, a second 概述 another project.

    ``year``: of the document. An amount of another year is not the project's budget.
    """
    for passage in passages:
        ledger.take(*passage.pieces)
    groups: list[list[Statement]] = [[]]
    for passage in passages:
        topic = topic_of_label(passage.text)
        if topic == "overview" and any(found.topic == "overview" for found in groups[-1]):
            groups.append([])
        if topic is not None:
            groups[-1].append(Statement(label=passage.text.strip(), topic=topic, place=passage.place))
        elif groups[-1]:
            last = groups[-1][-1]
            text = f"{last.text}\n{passage.text}" if last.text else passage.text
            groups[-1][-1] = Statement(label=last.label, topic=last.topic, text=text, place=last.place)
        else:
            groups[-1].append(Statement(label="", topic="overview", text=passage.text, place=passage.place))
    name = re.sub(r"(?:项目)?(?:经费|支出)?情况说明$", "", _without_number(normalise(heading.text)))
    projects = []
    for group in filter(None, groups):
        told = None if name else _name_told_twice(group)
        if told:
            ledger.warn(f"没有写明项目名称，按项目概况和立项依据中的“{told}”理解，请核对。", heading.place)
        projects.append(_project(name or told, group, heading.place, year, ledger))
    return projects


def _name_told_twice(statements: list[Statement]) -> str | None:
    """What the first sentence calls the project, where another statement calls it so too; else ``None``."""
    overview = next((found.text for found in statements if found.topic == "overview" and found.text), "")
    others = "".join(normalise(found.text or "") for found in statements if found.topic != "overview")
    first = re.split(r"[。\n]", normalise(overview), maxsplit=1)[0]
    return next((match[0] for match in _NAMED.finditer(first) if match[0] in others), None)


def _project(
    name: str | None, statements: list[Statement], place: Place, year: int | None, ledger: Ledger
) -> Project:
    arrangement = next((found for found in statements if found.topic == "arrangement" and found.text), None)
    found = list(_AMOUNT.finditer(normalise(arrangement.text or ""))) if arrangement else []
    match = next((one for one in found if one[1] is None or year is None or int(one[1]) == year), None)
    if found and match is None:
        ledger.warn(
            f"“{name or '项目'}”的年度预算安排只写了{found[0][1]}年的金额，没有写{year}年的，请核对。",
            arrangement.place if arrangement else None,
        )
    budget = None
    if match is not None and arrangement is not None:
        budget = ProjectBudget(
            total=match[2].replace(",", ""), unit=match[3], cells={"total": arrangement.place or place}
        )
    goals = [
        line
        for found in statements
        if found.topic == "goals" and found.text and "详见" not in found.text
        for line in found.text.split("\n")
    ]
    return Project(
        name=name,
        budget=budget,
        goals=goals,
        statements=[found for found in statements if found.topic != "goals" or not goals],
        place=place,
        cells={"name": place} if name else {},
    )


def topic_of_label(text: str) -> str | None:
    """The topic that a label such as "一、项目概述" opens; ``None`` when ``text`` is none."""
    plain = normalise(text)
    if len(plain) > 20:
        return None
    plain = _without_number(plain).rstrip(":：")
    return next((topic for pattern, topic in _TOPICS if re.fullmatch(pattern, plain)), None)


def _without_number(plain: str) -> str:
    marker = Marker.parse(plain)
    return plain[marker.end :] if marker else plain
