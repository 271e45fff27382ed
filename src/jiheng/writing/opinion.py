"""预算绩效审核意见书: what the reviewing office sends to the department, as an official letter.

Form: title, addressee, body in numbered parts (GB/T 9704), the table of points of 绩效目标审核表, and what follows from
the grade (财预〔2015〕88号 article 25).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import msgspec

from jiheng.budget import BudgetDocument, Finding, Project, Review, Severity, follow
from jiheng.writing.pages import Block, Body, Cell, Grid, Heading, Pages, Row, Text

_SCORES: Final = (24.0, 34.0, 20.0, 20.0, 58.0)
_PROBLEMS: Final = (12.0, 62.0, 40.0, 42.0)
_SHOWN: Final = 3
"""So many of one kind are told with their figures; the list that goes with the letter has them all."""
_CONSEQUENCE: Final = {
    "优": "绩效目标可以进入下一步预算安排程序。",
    "良": "请按所列问题完善绩效目标，完善后进入下一步预算安排程序。",
    "中": "请按所列问题修改绩效目标，并按程序重新报审。",
    "差": "绩效目标不符合要求，在重新编报并审核通过之前不得进入预算安排。",
}


class Letter(msgspec.Struct, frozen=True):
    """What the letter says beside findings.

    Attributes:
        office: that reviews; ``on``: the day of the letter.
        reviews: of each document, ``None`` where it declares no goals.
    """

    office: str
    on: date
    reviews: list[Review | None] = []


def lay_out(documents: Sequence[BudgetDocument], findings: Sequence[Finding], letter: Letter) -> Pages:
    """The pages of the letter about the documents of one file."""
    return Pages("预算绩效审核意见书", tuple(_blocks(documents, findings, letter)), letter.office)


def _blocks(
    documents: Sequence[BudgetDocument], findings: Sequence[Finding], letter: Letter
) -> Iterator[Block]:
    yield Body()
    yield Text("预算绩效审核意见书", "title")
    yield Text(f"{_addressee(documents)}：", "flush")
    names = "、".join(f"《{_title(document)}》" for document in documents)
    yield Text(f"你单位报送的{names}收悉。按照预算法和预算绩效管理的有关规定进行了审核，现将意见函告如下。")
    yield Heading("一、审核情况", 1, "situation", in_contents=False)
    for index, document in enumerate(documents):
        yield Text(f"{_situation(document, [one for one in findings if one.document == index])}")
    yield from _scores(documents, letter.reviews)
    yield from _errors(documents, findings)
    yield from _doubts(findings)
    yield Heading(f"{'三' if not findings else '四'}、处理意见", 1, "consequence", in_contents=False)
    yield Text(f"{_consequence(findings, letter.reviews)}")
    yield Text("附件：预算绩效审核问题清单")
    yield Text("", "flush", right=letter.office)
    yield Text("", "flush", right=f"{letter.on.year}年{letter.on.month}月{letter.on.day}日")


def _addressee(documents: Sequence[BudgetDocument]) -> str:
    names = (document.department.name if document.department else document.issuer for document in documents)
    return next((name for name in names if name), "报送单位")


def _title(document: BudgetDocument) -> str:
    if document.title:
        return document.title
    year = f"{document.fiscal_year}年" if document.fiscal_year else ""
    return f"{year}{document.kind.label}"


def _situation(document: BudgetDocument, findings: Sequence[Finding]) -> str:
    tables = len(list(document.goal_tables()))
    counts = Counter(finding.severity for finding in findings)
    what = f"《{_title(document)}》{f'列项目 {tables} 个，' if tables else ''}"
    if not findings:
        return f"{what}没有发现问题。"
    told = "，".join(f"{severity.label} {counts[severity]} 条" for severity in Severity if counts[severity])
    return f"{what}审核发现{told}。"


def _scores(documents: Sequence[BudgetDocument], reviews: Sequence[Review | None]) -> Iterator[Block]:
    for document, review in zip(documents, reviews, strict=False):
        if review is None:
            continue
        yield Text(
            f"{f'《{_title(document)}》' if len(documents) > 1 else ''}绩效目标初评 {review.points} 分，等级为“{review.grade}”："
        )
        rows = [_labels("方面", "内容", "分值", "得分", "扣分原因")]
        for item in review.items:
            why = "；".join(
                f"{one.rule} {one.title}（{one.count} 处，扣 {one.points} 分）" for one in item.deductions
            )
            rows.append(
                Row(
                    (
                        Cell(item.aspect, align="center"),
                        Cell(item.name, align="center"),
                        Cell(str(item.most), style="figure", align="center"),
                        Cell(f"{item.points:f}", style="figure", align="center"),
                        Cell(why),
                    )
                )
            )
        rows.append(
            Row(
                (
                    Cell("合计", span=2, style="label", align="center"),
                    Cell("100", style="figure", align="center"),
                    Cell(str(review.points), style="figure", align="center"),
                    Cell(review.grade, align="center"),
                )
            )
        )
        yield Grid(_SCORES, tuple(rows), header_rows=1)


def _errors(documents: Sequence[BudgetDocument], findings: Sequence[Finding]) -> Iterator[Block]:
    """What contradicts itself or a rule; many of one kind as one row that names every place."""
    yield Heading("二、应当更正的问题", 1, "errors", in_contents=False)
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.severity is Severity.ERROR:
            groups.setdefault(finding.rule, []).append(finding)
    if not groups:
        yield Text("没有发现前后矛盾或违反规定的问题。")
        return
    rows = [_labels("序号", "问题", "项目或位置", "依据")]
    for number, group in enumerate(groups.values(), 1):
        first = group[0]
        lines = [finding.message for finding in group[:_SHOWN]]
        if len(group) > _SHOWN:
            lines.append(f"同类问题共 {len(group)} 处，其余见所附问题清单。")
        if first.remedy:
            lines.append(f"建议：{first.remedy}")
        places = list(dict.fromkeys(_where(documents[finding.document], finding) for finding in group))
        rows.append(
            Row(
                (
                    Cell(str(number), align="center"),
                    Cell("\n".join(lines)),
                    Cell("、".join(places)),
                    Cell(first.basis_text),
                )
            )
        )
    yield Grid(_PROBLEMS, tuple(rows), header_rows=1)


def _where(document: BudgetDocument, finding: Finding) -> str:
    """The project that a finding is about, else its place in the file."""
    trail = follow(document, finding.path or "")
    project = next((node for node in trail if isinstance(node, Project)), None)
    return project.label if project is not None else str(finding.place or "")


def _doubts(findings: Sequence[Finding]) -> Iterator[Block]:
    """What is to be checked, a line a rule."""
    if not findings:
        return
    yield Heading("三、需要核实的问题", 1, "doubts", in_contents=False)
    rules: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.severity is not Severity.ERROR:
            rules.setdefault(finding.rule, []).append(finding)
    if not rules:
        yield Text("没有。")
    for number, group in enumerate(rules.values(), 1):
        first = group[0]
        many = f"等 {len(group)} 处" if len(group) > 1 else ""
        yield Text(f"{number}.{first.title}：{first.message}{many}。")


def _consequence(findings: Sequence[Finding], reviews: Sequence[Review | None]) -> str:
    scored = [review for review in reviews if review is not None]
    if scored:
        return _CONSEQUENCE[min(scored, key=lambda review: review.points).grade]
    if any(finding.severity is Severity.ERROR for finding in findings):
        return "请更正所列问题后重新报送。"
    return "请核实所列问题，有依据的说明理由。" if findings else "没有意见。"


def _labels(*texts: str) -> Row:
    return Row(tuple(Cell(text, style="label", align="center") for text in texts))
