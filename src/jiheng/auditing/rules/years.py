"""TXT: the years that a document names agree with the year that it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiheng.auditing.registry import Gap, rule
from jiheng.budget import BudgetDocument, Severity, normalise

_YEAR = re.compile(r"(20\d\d)年")
# The number of an official document: 冀财社〔2023〕218号, 冀财社2023年218号. Brackets of any kind are met.
_NUMBERED_PAPER = re.compile(r"[\u4e00-\u9fff]{2,8}(?:[〔\[【(](20\d\d)[〕\]】)]|(20\d\d)年)第?\d{1,4}号")


def _years(text: str | None) -> list[int]:
    return [int(year) for year in re.findall(r"20\d\d", text or "")]


_NODES = (
    ("revenue", "收入"),
    ("expenditure", "支出"),
    ("changes", "增减情况"),
    ("operating_funds", "机关运行经费"),
    ("three_public", "“三公”经费"),
    ("procurement", "政府采购"),
)
# What a heading announces of the budget year itself; 上年 and what was done with an earlier budget is told with its year.
_OF_THE_YEAR = re.compile(r"^(20\d\d)年度?[^，,。]{0,30}(?:预算|决算|收支|三公|机关运行|政府采购)")
_OF_ANOTHER = re.compile(r"上年|去年|执行|完成|结转|回顾|比较|对比|增减|自评|评价")
_PUBLISHED = re.compile(r"公开(20\d\d)年度?(?:部门|单位)?(?:预算|决算)")


@rule(
    "TXT-008", title="标题和各章的年度与预算年度一致", severity=Severity.ERROR, basis="budget-law", article=18,
    checks=("D28",),
)  # fmt: skip
def the_title_names_the_budget_year(document: BudgetDocument) -> Iterator[Gap]:
    """The title, a chapter's heading and a chapter's sentence that name a year name the budget year.

    Silent where either is not known.
    """
    if document.fiscal_year is None:
        return
    yield from _of_chapters(document, document.fiscal_year)
    named = [int(year) for year in _YEAR.findall(normalise(document.title))]
    if named and document.fiscal_year not in named:
        yield Gap(
            path="title",
            message=f"标题“{document.title}”写的是 {named[0]} 年，预算年度是 {document.fiscal_year} 年",
            remedy="更正标题或预算年度",
            stated=str(named[0]),
            computed=str(document.fiscal_year),
            related=("fiscal_year",),
        )


def _of_chapters(document: BudgetDocument, expected: int) -> Iterator[Gap]:
    for path, text, year in _named_years(document):
        if year != expected:
            yield Gap(
                path=path,
                message=f"{text}写的是 {year} 年，预算年度是 {expected} 年",
                remedy="更正年度；照抄上年文本的，核对数字",
                stated=str(year),
                computed=str(expected),
                related=("fiscal_year",),
            )


def _named_years(document: BudgetDocument) -> Iterator[tuple[str, str, int]]:
    """Every year that chapters name as their own: path, where it stands, the year."""
    for index, remark in enumerate(document.remarks):
        match = _PUBLISHED.search(normalise(remark.text)) if remark.section == "introduction" else None
        if match is not None:
            yield f"remarks.{index}.text", f"“{match[0]}”", int(match[1])
    for index, heading in enumerate(document.headings):
        plain = normalise(heading.title)
        match = _OF_THE_YEAR.match(plain)
        if match is not None and _OF_ANOTHER.search(plain) is None and len(_YEAR.findall(plain)) == 1:
            yield f"headings.{index}.title", f"标题“{heading.title}”", int(match[1])
    for field, what in _NODES:
        node = getattr(document, field)
        if node is not None and node.year is not None:
            yield f"{field}.year", f"{what}一章的句子", node.year


@rule(
    "TXT-009", title="中长期目标的年度包括预算年度", severity=Severity.WARNING, basis="form-performance-text",
    article="绩效目标", checks=("G33",),
)  # fmt: skip
def a_project_s_years_include_the_budget_year(document: BudgetDocument) -> Iterator[Gap]:
    """The years of a project's goal ("2021年-2022年") include the budget year; silent where they are not stated."""
    if document.fiscal_year is None:
        return
    for path, project in document.goal_tables():
        years = _years(project.period)
        if len(years) == 2 and years[0] > years[1]:
            yield Gap(
                path=f"{path}.period",
                message=f"“{project.label}”的目标年度“{project.period}”起止颠倒",
                remedy="更正目标的起止年度",
                stated=project.period,
            )
            continue
        if years and not min(years) <= document.fiscal_year <= max(years):
            yield Gap(
                path=f"{path}.period",
                message=f"“{project.label}”的目标年度是“{project.period}”，不包括预算年度 {document.fiscal_year} 年",
                remedy="更正目标的起止年度",
                stated=project.period,
                computed=str(document.fiscal_year),
            )


@rule(
    "TXT-010", title="引用的文件不晚于预算年度", severity=Severity.WARNING, basis="budget-law", article=18,
    checks=("C14",),
)  # fmt: skip
def papers_quoted_are_not_of_a_later_year(document: BudgetDocument) -> Iterator[Gap]:
    """An official document quoted by its number is of the budget year or earlier: a later one is not yet issued."""
    if document.fiscal_year is None:
        return
    for path, text in _quoting(document):
        for match in _NUMBERED_PAPER.finditer(text):
            year = int(match[1] or match[2])
            if year > document.fiscal_year:
                yield Gap(
                    path=path,
                    message=f"引用的文件“{match[0]}”是 {year} 年的，晚于预算年度 {document.fiscal_year} 年",
                    remedy="核对文号",
                    stated=str(year),
                    computed=str(document.fiscal_year),
                )


def _quoting(document: BudgetDocument) -> Iterator[tuple[str, str]]:
    """The texts in which documents are quoted: names and purposes of projects, and what values are based on."""
    for path, project in document.goal_tables():
        yield f"{path}.name", normalise(project.name)
        yield f"{path}.purpose", normalise(project.purpose)
        for index, indicator in enumerate(project.indicators):
            yield f"{path}.indicators.{index}.basis", normalise(indicator.basis)
