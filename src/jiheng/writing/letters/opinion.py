"""预算绩效审核意见书: what the reviewing office sends to the department, as an official letter.

Form: title, addressee, body in numbered parts, note of what is attached, office and day (GB/T 9704-2012, 7.3); attached
are the list of every problem and the points of 绩效目标审核表. What follows from errors and the grade: 财预〔2015〕88号
article 25.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from jiheng.budget import BudgetDocument, Finding, Project, Review, Severity, follow
from jiheng.writing.letters.frame import Letterhead, annex, opened, signed
from jiheng.writing.pages import Block, Cell, Grid, Heading, Pages, Row, Text, labels

_SCORES: Final = (22.0, 30.0, 16.0, 18.0, 70.0)
_PROBLEMS: Final = (14.0, 42.0, 100.0)
_NAMED: Final = 3
"""So many projects are named; of more the number is told."""
_KINDS: Final = 12
"""So many kinds of problems are told in the letter itself; the list attached has them all."""
_CONSEQUENCE: Final = {
    "优": "绩效目标可以进入下一步预算安排程序。",
    "良": "请按所列问题完善绩效目标，完善后进入下一步预算安排程序。",
    "中": "请按所列问题修改绩效目标，并按程序重新报审。",
    "差": "绩效目标不符合要求，在重新编报并审核通过之前不得进入预算安排。",
}
_UNSEEN: Final = "（待核对原文）"
"""Is for the reviewer, who has checked the basis before the letter goes out."""
_WITH_ERRORS: Final = "请对应当更正的问题逐项更正后重新报送，更正以前不进入下一步预算安排程序；"


class Letter(Letterhead, frozen=True):
    """What the letter says beside findings: the points of each document, ``None`` where it declares no goals."""

    reviews: list[Review | None] = []


def lay_out(documents: Sequence[BudgetDocument], findings: Sequence[Finding], letter: Letter) -> Pages:
    """The pages of the letter about the documents of one file."""
    return Pages("预算绩效审核意见书", tuple(_blocks(documents, findings, letter)), letter.office)


def _blocks(
    documents: Sequence[BudgetDocument], findings: Sequence[Finding], letter: Letter
) -> Iterator[Block]:
    errors = _by_rule(finding for finding in findings if finding.severity is Severity.ERROR)
    doubts = _by_rule(finding for finding in findings if finding.severity is not Severity.ERROR)
    attached = ["预算绩效审核问题清单"] * bool(findings) + ["绩效目标初评得分表"] * any(letter.reviews)
    yield from opened(letter.number, "预算绩效审核意见书", _addressee(documents))
    names = "、".join(f"《{_title(document)}》" for document in documents)
    yield Text(f"你单位报送的{names}收悉。按照预算法和预算绩效管理的有关规定进行了审核，现将意见函告如下。")
    yield Heading("一、审核情况", 1, "situation", in_contents=False)
    yield from _situation(documents, findings, letter.reviews)
    yield Heading("二、应当更正的问题", 1, "errors", in_contents=False)
    yield from _told(documents, errors, "没有发现前后矛盾或违反规定的问题。")
    yield Heading("三、需要核实的问题", 1, "doubts", in_contents=False)
    yield from _told(documents, doubts, "没有。")
    yield Heading("四、处理意见", 1, "consequence", in_contents=False)
    yield Text(_consequence(findings, letter.reviews), keep=True)
    yield from signed(letter.office, letter.on, attached)
    for number, name in enumerate(attached, 1):
        yield from annex(number, attached)
        yield from _list(documents, errors, doubts) if "清单" in name else _scores(documents, letter.reviews)


def _by_rule(findings: Iterator[Finding]) -> list[list[Finding]]:
    """Findings of one rule together, in the order in which the rules first speak."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.rule, []).append(finding)
    return list(groups.values())


def _addressee(documents: Sequence[BudgetDocument]) -> str:
    names = (document.department.name if document.department else document.issuer for document in documents)
    return next((name for name in names if name), "报送单位")


def _title(document: BudgetDocument) -> str:
    if document.title:
        return document.title
    year = f"{document.fiscal_year}年" if document.fiscal_year else ""
    return f"{year}{document.kind.label}"


def _situation(
    documents: Sequence[BudgetDocument], findings: Sequence[Finding], reviews: Sequence[Review | None]
) -> Iterator[Block]:
    """Of each document how many problems there are, and its points."""
    for index, document in enumerate(documents):
        own = [finding for finding in findings if finding.document == index]
        tables = len(list(document.goal_tables()))
        told = f"《{_title(document)}》{f'列项目 {tables} 个，' if tables else ''}{_counts(own)}"
        review = reviews[index] if index < len(reviews) else None
        if review is not None:
            told += f"绩效目标初评 {review.points} 分，等级为“{review.grade}”。"
        yield Text(told)


def _counts(findings: Sequence[Finding]) -> str:
    if not findings:
        return "没有发现问题。"
    parts = []
    for name, is_error in (("应当更正的问题", True), ("需要核实的问题", False)):
        own = [finding for finding in findings if (finding.severity is Severity.ERROR) is is_error]
        if own:
            parts.append(f"{name} {len({finding.rule for finding in own})} 类 {len(own)} 处")
    return f"经审核有{'，'.join(parts)}。"


def _told(
    documents: Sequence[BudgetDocument], groups: Sequence[list[Finding]], nothing: str
) -> Iterator[Block]:
    """A numbered paragraph a kind of problem: the fault, an example with its figures, and the projects."""
    if not groups:
        yield Text(nothing)
    for number, group in enumerate(groups[:_KINDS], 1):
        first = group[0]
        project, example = _named(documents, first), _plain(first.message)
        where = f"，{_projects(documents, group)}" if len(group) > 1 else ""
        of = f"{project}：" if project and project not in example else ""
        yield Text(f"{number}.{_fault(first)}{where}。{'如' if len(group) > 1 else ''}{of}{example}。")
    if len(groups) > _KINDS:
        rest = sum(len(group) for group in groups[_KINDS:])
        yield Text(f"其余 {len(groups) - _KINDS} 类 {rest} 处，见所附问题清单。")


def _fault(finding: Finding) -> str:
    return _plain(finding.fault or finding.title)


def _plain(text: str) -> str:
    """A clause without the mark at its end."""
    return text.strip().rstrip("。；;，, ")


def _named(documents: Sequence[BudgetDocument], finding: Finding) -> str:
    """The project that a finding is about; "" for none."""
    trail = follow(documents[finding.document], finding.path or "")
    project = next((node for node in trail if isinstance(node, Project)), None)
    return project.label if project is not None else ""


def _projects(documents: Sequence[BudgetDocument], group: Sequence[Finding]) -> str:
    """How many places, and in which projects."""
    names = [name for name in dict.fromkeys(_named(documents, finding) for finding in group) if name]
    if not names:
        return f"共 {len(group)} 处"
    shown = "".join(f"“{name}”" for name in names[:_NAMED])
    many = f"等 {len(names)} 个项目" if len(names) > _NAMED else ""
    return f"涉及{shown}{many}，共 {len(group)} 处"


def _consequence(findings: Sequence[Finding], reviews: Sequence[Review | None]) -> str:
    doubts = "对需要核实的问题逐项核实，确有依据的书面说明理由。"
    scored = [review for review in reviews if review is not None]
    grade = min(scored, key=lambda review: review.points).grade if scored else None
    if any(finding.severity is Severity.ERROR for finding in findings):
        return f"{_CONSEQUENCE['差'] if grade == '差' else ''}{_WITH_ERRORS}{doubts}"
    if grade is not None:
        return f"{_CONSEQUENCE[grade]}{doubts if findings else ''}"
    return f"请{doubts}" if findings else "没有意见。"


def _list(
    documents: Sequence[BudgetDocument], errors: Sequence[list[Finding]], doubts: Sequence[list[Finding]]
) -> Iterator[Block]:
    """Every problem: a line for each kind with basis and advice, below it a row for each place."""
    rows = [labels("序号", "项目或位置", "问题")]
    kind, number = 0, 0
    for what, groups in (("应当更正", errors), ("需要核实", doubts)):
        for group in groups:
            kind += 1
            first = group[0]
            advice = f"\n建议：{_plain(first.remedy)}。" if first.remedy else ""
            head = f"{kind}.{_fault(first)}（{what}，{len(group)} 处）\n依据：{_plain(first.basis_text.removesuffix(_UNSEEN))}。{advice}"
            rows.append(Row((Cell(head, span=3, style="group"),)))
            for finding in group:
                number += 1
                where = _named(documents, finding) or str(finding.place or "全文")
                rows.append(
                    Row(
                        (Cell(str(number), align="center"), Cell(where), Cell(f"{_plain(finding.message)}。"))
                    )
                )
    yield Grid(_PROBLEMS, tuple(rows), header_rows=1)


def _scores(documents: Sequence[BudgetDocument], reviews: Sequence[Review | None]) -> Iterator[Block]:
    for document, review in zip(documents, reviews, strict=False):
        if review is None:
            continue
        if len(documents) > 1:
            yield Text(f"《{_title(document)}》", "note")
        rows = [labels("方面", "内容", "分值", "得分", "扣分原因")]
        for item in review.items:
            why = "；".join(f"{one.title}（{one.count} 处，扣 {one.points} 分）" for one in item.deductions)
            figures = (
                Cell(text, style="figure", align="center") for text in (str(item.most), f"{item.points:f}")
            )
            names = (Cell(text, align="center") for text in (item.aspect, item.name))
            rows.append(Row((*names, *figures, Cell(why))))
        rows.append(
            Row(
                (
                    Cell("合计", span=2, style="label", align="center"),
                    Cell("100", style="figure", align="center"),
                    Cell(str(review.points), style="figure", align="center"),
                    Cell(f"等级：{review.grade}"),
                )
            )
        )
        yield Grid(_SCORES, tuple(rows), header_rows=1)
    yield Text("按绩效目标审核表的分值折算，供审核参考；只有人能看出的问题没有扣分。", "note")
