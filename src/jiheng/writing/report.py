"""The report of an audit, laid out as pages: what was found, on what basis, where, by how much, and the mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from jiheng.budget import BudgetDocument, Finding, Project, Severity
from jiheng.writing.explained import Explained, section
from jiheng.writing.pages import Block, Body, Cell, Grid, Heading, Pages, Row, Text, labels

_SUMMARY_WIDTHS = (72.0, 21.0, 21.0, 21.0, 21.0)
_RULE_WIDTHS = (22.0, 104.0, 15.0, 15.0)
_BASIS_WIDTHS = (22.0, 134.0)
_FINDING_WIDTHS = (10.0, 14.0, 22.0, 110.0)
_SECTIONS = {
    "revenue": "收入说明", "expenditure": "支出说明", "changes": "比上年增减", "operating_funds": "机关运行经费",
    "three_public": "“三公”经费", "procurement": "政府采购", "assets": "国有资产", "glossary": "名词解释",
    "organizations": "机构设置", "duties": "部门职责", "overall_goal": "总体绩效目标", "sub_goals": "分项绩效目标",
    "safeguards": "工作保障措施", "remarks": "其他说明", "title": "标题", "other_matters": "其他事项",
}  # fmt: skip


def lay_out(
    documents: Sequence[BudgetDocument],
    findings: Sequence[Finding],
    source_name: str,
    sources: Sequence[str] = (),
    *,
    explained: Sequence[Explained] = (),
) -> Pages:
    """The pages of the report: figures, a line a rule, then what was found, by project or section in the order of the text."""
    blocks = (*_blocks(documents, findings, source_name, sources), *section(explained))
    return Pages("预算绩效审核报告", blocks)


def _blocks(
    documents: Sequence[BudgetDocument], findings: Sequence[Finding], source_name: str, sources: Sequence[str]
) -> Iterator[Block]:
    now = datetime.now(ZoneInfo("Asia/Shanghai"))
    yield Body()
    yield Text("预算绩效审核报告", "title")
    yield Text(f"文件：{source_name}", "note")
    yield Text(f"时间：{now:%Y年%m月%d日 %H:%M}　　共 {len(findings)} 条", "note")
    yield Grid(_SUMMARY_WIDTHS, tuple(_summary(documents, findings, sources)), header_rows=1)
    if not findings:
        yield Text("按现有规则没有发现问题。")
        return
    groups = _by_rule(findings)
    yield Heading("各类问题", 1, "rules", in_contents=False)
    yield Grid(_RULE_WIDTHS, tuple(_rules(groups)), header_rows=1)
    number = 0
    for (document, owner), group in groupby(_ordered(findings), key=_owner):
        rows = []
        for finding in group:
            number += 1
            rows.append(_row(number, finding))
        name = _owner_name(documents[document], owner)
        prefix = f"（第{document + 1}份）" if len(documents) > 1 else ""
        yield Heading(f"{prefix}{name}", 1, f"group{number}", in_contents=False)
        yield Grid(_FINDING_WIDTHS, (labels("序号", "级别", "规则", "问题和建议"), *rows), header_rows=1)
    yield Heading("依据", 1, "bases", in_contents=False)
    bases = (Row((Cell(group[0].rule, align="center"), Cell(group[0].basis_text))) for group in groups)
    yield Grid(_BASIS_WIDTHS, (labels("规则", "依据"), *bases), header_rows=1)


def _summary(
    documents: Sequence[BudgetDocument], findings: Sequence[Finding], sources: Sequence[str]
) -> Iterator[Row]:
    yield labels("文本", "项目数", "错误", "警告", "提示")
    for index, document in enumerate(documents):
        counts = Counter(finding.severity for finding in findings if finding.document == index)
        tables = len(document.special_funds) + len(document.projects)
        name = document.title or document.kind.label
        where = f"\n{sources[index]}" if index < len(sources) else ""
        figures = (str(tables), *(str(counts[severity]) for severity in Severity))
        yield Row(
            (Cell(f"{name}{where}"), *(Cell(figure, style="figure", align="center") for figure in figures))
        )


def _by_rule(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings of one rule together, the worst and most frequent first."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.rule, []).append(finding)
    return sorted(groups.values(), key=_weight)


def _rules(groups: Sequence[Sequence[Finding]]) -> Iterator[Row]:
    yield labels("规则", "问题", "级别", "处数")
    for group in groups:
        first = min(group, key=lambda finding: finding.severity.rank)
        yield Row(
            (
                Cell(first.rule, align="center"),
                Cell(first.fault or first.title),
                Cell(first.severity.label, style=first.severity.value, align="center"),
                Cell(str(len(group)), style="figure", align="center"),
            )
        )


def _weight(group: Sequence[Finding]) -> tuple[int, int, str]:
    return min(finding.severity.rank for finding in group), -len(group), group[0].rule


def _row(number: int, finding: Finding) -> Row:
    lines = [finding.message]
    if finding.indicator:
        lines[0] = f"【{finding.indicator}】{lines[0]}"
    if finding.place:
        lines.append(f"位置：{finding.place}")
    if finding.remedy:
        lines.append(f"建议：{finding.remedy}")
    severity = Cell(finding.severity.label, style=finding.severity.value, align="center")
    return Row(
        (
            Cell(str(number), align="center"),
            severity,
            Cell(finding.rule, align="center"),
            Cell("\n".join(lines)),
        )
    )


def _owner(finding: Finding) -> tuple[int, str]:
    """What a finding is about: a goal table by its path, or a section."""
    steps = (finding.path or finding.section or "").split(".")
    is_table = steps[0] in ("projects", "special_funds") and len(steps) > 1
    return finding.document, ".".join(steps[:2]) if is_table else steps[0]


def _ordered(findings: Sequence[Finding]) -> list[Finding]:
    """By what they are about, the order of first appearance kept."""
    first: dict[tuple[int, str], int] = {}
    for position, finding in enumerate(findings):
        first.setdefault(_owner(finding), position)
    return sorted(findings, key=lambda finding: first[_owner(finding)])


def _owner_name(document: BudgetDocument, owner: str) -> str:
    section, _, index = owner.partition(".")
    if index:
        project: Project = getattr(document, section)[int(index)]
        return f"{project.label}{f'（{project.code}）' if project.code else ''}"
    return _SECTIONS.get(section, section)
