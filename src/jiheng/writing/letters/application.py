"""评价结果应用通知: what follows from the points of a department's projects, and what is to be put right.

What follows from a grade: 财预〔2020〕10号 (results of evaluation are a basis of policy, budget and management) and
预算法 article 32 (results are considered in the next budget). By how much money changes is decided in the budget, with its
own arithmetic; this letter says the direction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import msgspec

from jiheng.budget import BudgetDocument, Kind, Rectification, normalise
from jiheng.errors import MissingPart, WritingError
from jiheng.standards.grades import GRADES, grade_of
from jiheng.writing.letters.frame import Letterhead, annex, body_of, opened, signed
from jiheng.writing.pages import Block, Cell, Grid, Heading, Pages, Row, Text, aligned, figure, labels
from jiheng.writing.reports.judged import Judged, name_of, points_of, said
from jiheng.writing.words import day

_RESULTS: Final = (12.0, 62.0, 22.0, 16.0, 14.0, 30.0)
_PROBLEMS: Final = (12.0, 40.0, 46.0, 30.0, 14.0, 14.0)
_JUDGED: Final = {Kind.SELF_EVALUATION: "自评", Kind.EVALUATION: "评价"}
_FOLLOWS: Final = {
    "优": ("优先保障", "下一年度预算优先保障。"),
    "良": ("正常安排", "下一年度预算正常安排，并按所列问题改进管理。"),
    "中": ("压减改进", "下一年度预算从紧安排、适当压减，并限期改进。"),
    "差": ("暂缓安排", "整改到位以前暂缓安排下一年度预算；没有继续实施必要的，予以取消。"),
}
_OTHERS: Final = {"优秀": "优", "良好": "良", "合格": "中", "一般": "中", "不合格": "差"}
_LIST: Final = "评价结果及应用清单"
_TO_MEND: Final = "问题整改清单"


class Application(Letterhead, frozen=True):
    """What the letter says beside results: until when problems are to be mended, where a day is set."""

    until: date | None = None


class _Result(msgspec.Struct, frozen=True):
    """One project, or a whole department, as it was judged."""

    name: str
    how: str
    score: str | None
    grade: str | None
    problems: list[str]


def lay_out(documents: Sequence[BudgetDocument], application: Application) -> Pages:
    """The letter about the evaluations and self-evaluations of one department, with both lists attached.

    Raises:
        MissingPart: no document has a judged project.
        WritingError: the results are of several departments.
    """
    results = [result for document in documents for result in _results(document)]
    rectifications = [entry for document in documents for entry in document.rectifications]
    if not results:
        raise MissingPart(
            "文件中没有带得分或等级的自评、评价结果，无法生成结果应用通知。",
            place=documents[0].title if documents else None,
            remedy="请选用绩效自评表或绩效评价表。",
        )
    addressee = _addressee([document for document in documents if any(_results(document))])
    year = next((document.fiscal_year for document in documents if document.fiscal_year), None)
    title = f"关于{f'{year}年度' if year else ''}绩效评价结果应用的通知"
    blocks = _blocks(results, rectifications, application, title, addressee)
    return Pages(title, tuple(blocks), application.office)


def _addressee(judged: Sequence[BudgetDocument]) -> str:
    """The department that all results are of; a short name and a long one of it are the same."""
    names = list(dict.fromkeys(name for document in judged if (name := body_of(document, ""))))
    longest = max(names, key=len, default="各部门")
    others = [name for name in names if normalise(name) not in normalise(longest)]
    if others:
        raise WritingError(
            f"这些评价结果是{len(others) + 1}个部门的（{longest}、{'、'.join(others)}），一份通知只发给一个部门。",
            remedy="请按部门分别生成。",
        )
    return longest


def _results(document: BudgetDocument) -> Iterator[_Result]:
    how = _JUDGED.get(document.kind)
    if how is None:
        return
    body = body_of(document, "部门整体")
    judged: list[Judged] = [*document.projects, *document.department_goals]
    for form in judged:
        if not (form.score or form.grade):
            continue
        grade = _grade(form.score, form.grade)
        yield _Result(name_of(form, body), how, form.score, grade, said(form, "problems"))


def _grade(score: str | None, grade: str | None) -> str | None:
    """The grade as given, else the one that the points come to."""
    if grade:
        return _OTHERS.get(grade, grade)
    points = points_of(score)
    return grade_of(points) if points is not None else None


def _blocks(
    results: list[_Result],
    rectifications: list[Rectification],
    application: Application,
    title: str,
    addressee: str,
) -> Iterator[Block]:
    to_mend = bool(rectifications) or any(
        result.problems or result.grade in ("中", "差") for result in results
    )
    attached = [_LIST, _TO_MEND] if to_mend else [_LIST]
    yield from opened(application.number, title, addressee)
    yield Text(
        "根据《中华人民共和国预算法》第三十二条和《项目支出绩效评价管理办法》（财预〔2020〕10号），现将你部门绩效评价结果"
        "及应用意见通知如下。"
    )
    yield Heading("一、评价结果", 1, "application-results", in_contents=False)
    yield Text(_counted(results))
    yield Heading("二、结果应用", 1, "application-follows", in_contents=False)
    yield from _follows(results)
    yield Heading("三、整改要求", 1, "application-mending", in_contents=False)
    until = f"在{day(application.until)}前" if application.until else "限期"
    if to_mend:
        yield Text(
            f"对所附清单中的问题逐项明确措施、责任人和时限，{until}完成整改，并将整改情况和佐证材料书面报送。"
        )
    else:
        yield Text("没有需要整改的问题。")
    yield Text(
        "评价结果和整改情况作为编制下一年度预算、完善绩效目标和改进管理的依据，并按规定公开。", keep=True
    )
    yield from signed(application.office, application.on, attached)
    yield from annex(1, attached)
    yield from _list(results)
    if to_mend:
        yield from annex(2, attached)
        yield from _to_mend(results, rectifications)


def _counted(results: Sequence[_Result]) -> str:
    of_grades = [(name, sum(result.grade == name for result in results)) for name, _ in GRADES]
    told = "、".join(f"“{name}”{count}个" for name, count in of_grades if count)
    ungraded = len(results) - sum(count for _, count in of_grades)
    rest = f"，未定等级{ungraded}个" if ungraded else ""
    return (
        f"共{len(results)}个项目（含部门整体）有评价结果，其中{told}{rest}。"
        if told
        else f"共{len(results)}个项目有评价结果，均未定等级。"
    )


def _follows(results: Sequence[_Result]) -> Iterator[Block]:
    number = 0
    for grade, (_, told) in _FOLLOWS.items():
        names = [result.name for result in results if result.grade == grade]
        if names:
            number += 1
            listed = "、".join(f"“{name}”" for name in names)
            yield Text(f"{number}.{listed}等级为“{grade}”，{told}")
    others = [result.name for result in results if result.grade not in _FOLLOWS]
    if others:
        yield Text(f"{number + 1}.{'、'.join(f'“{name}”' for name in others)}的等级另行核定后提出应用意见。")


def _list(results: Sequence[_Result]) -> Iterator[Block]:
    rows = [labels("序号", "项目", "评价方式", "得分", "等级", "应用意见")]
    for number, result in enumerate(results, 1):
        follows = _FOLLOWS.get(result.grade or "", ("另行核定", ""))[0]
        texts = (result.grade or "", follows)
        rows.append(
            Row(
                (
                    Cell(str(number), align="center"),
                    Cell(result.name),
                    Cell(result.how, align="center"),
                    figure(result.score),
                    *(Cell(text, align="center") for text in texts),
                )
            )
        )
    yield Grid(_RESULTS, aligned(rows), header_rows=1)


def _to_mend(results: Sequence[_Result], rectifications: Sequence[Rectification]) -> Iterator[Block]:
    """A row a problem; measures, persons and days are for the department to fill in where they are not known."""
    found = [
        (entry.project, entry.problem, entry.measure, entry.owner, entry.deadline) for entry in rectifications
    ]
    known = {(project, problem) for project, problem, *_ in found}
    for result in results:
        problems = result.problems or (
            [f"评价等级为“{result.grade}”，须查明原因"] if result.grade in ("中", "差") else []
        )
        found += [
            (result.name, problem, None, None, None)
            for problem in problems
            if (result.name, problem) not in known
        ]
    rows = [labels("序号", "项目", "问题", "整改措施", "责任人", "时限")]
    rows += [
        Row((Cell(str(number), align="center"), *(Cell(text or "") for text in texts)))
        for number, texts in enumerate(found, 1)
    ]
    yield Grid(_PROBLEMS, tuple(rows), header_rows=1)
