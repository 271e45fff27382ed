"""Sentences: goals, purposes, duties, terms, and chapters that are missing or of another body."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

from benchmarks.accuracy.words import Chance
from benchmarks.mutations.changes import Change, at, changed, doubled, mutation, paths, put, without
from jiheng.auditing.scope import declared, provincial_text
from jiheng.budget import BudgetDocument, Kind, replace
from jiheng.standards.datafile import csv_rows

_TEXTS = {
    "purpose": ("资金用途", "projects.*.purpose"),
    "goal": ("绩效目标", "projects.*.goals.*"),
    "overall": ("总体目标", "overall_goal.*"),
    "duty": ("部门职责", "duties.*"),
    "sub_goal": ("分项目标", "sub_goals.*.goal"),
    "safeguard": ("保障措施", "safeguards.*.text"),
    "term": ("名词解释", "glossary.*.definition"),
    "uses": ("机关运行经费说明", "operating_funds.uses"),
    "reasons": ("增减原因", "changes.reasons"),
    "other": ("其他事项", "other_matters"),
}
"""Texts of the provincial form: where any sentence may stand."""


def _everywhere(identity: str, title: str, slip: Callable[[BudgetDocument, str, Chance], str | None]) -> None:
    """Declares a kind for each sort of text."""
    for name, (what, pattern) in _TEXTS.items():

        def make(document: BudgetDocument, chance: Chance, pattern: str = pattern) -> Iterator[Change]:
            if provincial_text(document):
                for path in paths(document, pattern):
                    text = at(document, path)
                    wrong = slip(document, text, chance)
                    if wrong is not None and wrong != text:
                        yield changed(document, path, wrong)

        make.__name__ = f"{name}_{identity}"
        make.__doc__ = f"{what}{title}"
        mutation(f"{what}{title}", "TXT")(make)


def _another_county(document: BudgetDocument, text: str, chance: Chance) -> str | None:
    """The name of a county of another province; names shorter than three signs may be words."""
    own = document.division.code if document.division else None
    if own is None:
        return None
    names = [
        name
        for code, name, *_ in csv_rows("divisions.csv")
        if name.endswith("县") and code[:2] != own[:2] and len(name) > 2
    ]
    return chance.choice(_COPIED).format(chance.choice(names), text)


_COPIED = ("按照{}的统一部署，{}", "经{}人民政府同意，{}", "由{}财政局牵头，{}")
"""How the name of a county gets into a text that was copied."""


_everywhere(
    "placeholder", "残留范本占位符", lambda document, text, chance: f"{text.rstrip('。')}，涉及×××单位。"
)
_everywhere("to_be_filled", "残留“此处填写”", lambda document, text, chance: f"{text}（此处填写具体内容）")
_everywhere("another_county", "写着外县名称", _another_county)
_everywhere("broken_off", "句子断开", lambda document, text, chance: f"{text.rstrip('。')}，并且在")


@mutation("项目没有绩效目标", "GOAL")
def goals_blank(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The goals of one project are empty."""
    for path, project in document.goal_tables():
        if project.goals and declared(document):
            yield changed(document, f"{path}.goals", [], "no goals")


@mutation("绩效目标重复", "GOAL")
def goal_doubled(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The same goal twice."""
    for path in paths(document, "projects.*.goals.*"):
        yield doubled(document, path)


_TOLD = 20
"""Goals of fewer signs (保障正常运转) may well be those of two projects."""


@mutation("绩效目标抄自另一项目", "COPY")
def goals_of_another_project(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """All goals of the project before."""
    for index in range(1, len(document.projects) if declared(document) else 0):
        before = document.projects[index - 1].goals
        if len("".join(before)) >= _TOLD and before != document.projects[index].goals:
            yield changed(document, f"projects.{index}.goals", before, "goals of the project before")


@mutation("资金用途抄自另一项目", "COPY")
def purpose_of_another_project(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The purpose of the project before."""
    for index in range(1, len(document.projects)):
        before = document.projects[index - 1].purpose
        if before and before != document.projects[index].purpose:
            yield changed(document, f"projects.{index}.purpose", before)


@mutation("资金用途照抄项目名称", "GOAL")
def purpose_repeats_name(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The purpose says nothing."""
    for path in paths(document, "projects.*.purpose"):
        yield changed(document, path, at(document, path.replace("purpose", "name")))


@mutation("资金用途空白", "GOAL")
def purpose_blank(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """No purpose in the provincial form, which asks for it."""
    for path in paths(document, "projects.*.purpose") if provincial_text(document) else ():
        yield changed(document, path, None)


@mutation("目标数量与指标不符", "REL")
def goal_figure(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The quantity of the first goal is another one than the indicator's."""
    for index, project in enumerate(document.projects if declared(document) else ()):
        value = next((row.value for row in project.indicators if row.level2 == "数量指标"), None)
        figure = f" {value.number} {value.unit}" if value and value.number and value.unit else None
        if figure and value and project.goals and figure in project.goals[0]:
            wrong = project.goals[0].replace(figure, f" {int(value.number or 0) * 2 + 3} {value.unit}")
            yield changed(document, f"projects.{index}.goals.0", wrong)


@mutation("分项目标数量与项目不符", "REL")
def sub_goal_figure(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The quantity of an itemised goal is another one than that of the project that serves it."""
    figures = {
        f" {row.value.text}，": f" {int(row.value.number) * 2 + 3} {row.value.unit}，"
        for project in document.projects
        for row in project.indicators
        if row.level2 == "数量指标" and row.value and row.value.number and row.value.unit
    }
    for path in paths(document, "sub_goals.*.indicators"):
        text: str = at(document, path)
        for figure, other in figures.items():
            if figure in text:
                yield changed(document, path, text.replace(figure, other))


@mutation("没有总体目标", "GOAL")
def overall_goal_blank(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A department's text without its overall goal; a unit need not repeat it."""
    if document.overall_goal and document.kind is not Kind.UNIT_DISCLOSURE:
        yield changed(document, "overall_goal", [], "no overall goal")


@mutation("分项目标没有目标", "GOAL")
def sub_goal_without_goal(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The goal of an item is empty."""
    for path in paths(document, "sub_goals.*.goal"):
        yield changed(document, path, None)


@mutation("分项目标没有指标", "GOAL")
def sub_goal_without_indicators(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The indicators of an item are empty."""
    for path in paths(document, "sub_goals.*.indicators"):
        yield changed(document, path, None)


@mutation("分项目标重复", "COPY")
def sub_goal_doubled(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """An item twice."""
    for index in range(len(document.sub_goals)):
        yield doubled(document, f"sub_goals.{index}")


@mutation("项目预算数为零", "GOAL")
def budget_nought(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """All amounts of the table are nought."""
    for path in paths(document, "projects.*.budget"):
        if at(document, f"{path}.total") and at(document, f"{path}.fiscal"):
            wrong = replace(at(document, path), total="0.00", fiscal="0.00", other=None)
            yield changed(document, path, wrong, "0.00")


@mutation("项目预算数空白", "GOAL")
def budget_blank(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The total of the table is empty."""
    for path in paths(document, "projects.*.budget.total"):
        yield changed(document, path, None)


@mutation("名词解释重复", "TXT")
def term_doubled(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A term twice."""
    for index in range(len(document.glossary)):
        yield doubled(document, f"glossary.{index}")


@mutation("名词解释缺少", "TXT")
def term_dropped(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """One of the terms of the provincial form."""
    for index in range(len(document.glossary) if provincial_text(document) else 0):
        yield without(document, f"glossary.{index}")


@mutation("名词没有释义", "TXT")
def term_without_definition(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A term alone."""
    for path in paths(document, "glossary.*.definition") if provincial_text(document) else ():
        yield changed(document, path, None)


@mutation("两个名词释义相同", "COPY")
def definition_of_another_term(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The definition of the term before."""
    found = list(paths(document, "glossary.*.definition"))
    for before, path in itertools.pairwise(found):
        if at(document, before) != at(document, path):
            yield changed(document, path, at(document, before))


@mutation("照搬省级用语", "TXT")
def provincial_words(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A county speaks of 省级财政."""
    if document.division and (document.division.name or "").endswith("县"):
        for path in paths(document, "glossary.*.definition"):
            yield changed(document, path, f"{at(document, path)}由省级财政当年拨付。")


@mutation("公开内容缺章", "TXT")
def chapter_dropped(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A chapter of a disclosure of the provincial form."""
    if not provincial_text(document) or document.kind is Kind.PERFORMANCE_TEXT:
        return
    for section in ("duties", "organizations", "revenue", "expenditure", "changes", "operating_funds", "three_public",
                    "procurement", "assets", "glossary", "other_matters"):  # fmt: skip
        now = getattr(document, section)
        if now and not any(remark.section == section for remark in document.remarks):
            empty: list[object] | None = [] if isinstance(now, list) else None
            yield Change(put(document, section, empty), (section,), f"no {section}")


@mutation("机构设置漏填", "TXT")
def organization_blank(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Nature, rank or funding of a body is empty, in the provincial form."""
    for field in ("nature", "rank", "funding"):
        for path in paths(document, f"organizations.*.{field}") if provincial_text(document) else ():
            yield Change(put(document, path, None), (path.rpartition(".")[0],), f"no {field}")


@mutation("标题年度写错", "YEAR")
def title_of_another_year(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The title is last year's."""
    year = str(document.fiscal_year)
    if document.title and year in document.title:
        yield changed(document, "title", document.title.replace(year, str(int(year) - 1)))


def _of_another(document: BudgetDocument, office: str) -> str:
    county = document.division.name if document.division else None
    return f"{county or office[:3]}粮食和物资储备局"


@mutation("标题是别的部门", "TXT")
def title_of_another_department(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The title names an office that the document is not of."""
    office = document.department.name if document.department else None
    if document.title and office and office in document.title:
        yield changed(document, "title", document.title.replace(office, _of_another(document, office)))


@mutation("公开版仍标草案", "TXT")
def disclosed_draft(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """草案 on what is published."""
    if document.kind in (Kind.DEPARTMENT_DISCLOSURE, Kind.UNIT_DISCLOSURE) and document.title:
        yield changed(document, "status", "草案")


@mutation("比较年度写错", "CHG")
def comparison_year(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Compared with the year before last."""
    if document.changes and document.changes.previous_year:
        yield changed(document, "changes.previous_year", document.changes.previous_year - 1)


@mutation("三公增减没有原因", "CHG")
def three_public_without_reason(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A change without its reason."""
    public = document.three_public
    if public and public.change and public.reasons and public.change.strip("-0."):
        yield Change(put(document, "three_public.reasons", None), ("three_public.change",), "no reasons")


@mutation("资金用途年度写错", "TXT")
def purpose_of_last_year(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Money of this year for last year's work, without a word of settling what is owed."""
    for path in (
        paths(document, "projects.*.purpose") if document.fiscal_year and provincial_text(document) else ()
    ):
        year = (document.fiscal_year or 0) - 2
        yield changed(document, path, f"{year}年度{at(document, path)}")


@mutation("绩效目标年度写错", "TXT")
def goal_of_last_year(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A goal for a year that is over."""
    for path in (
        paths(document, "projects.*.goals.*") if document.fiscal_year and provincial_text(document) else ()
    ):
        yield changed(document, path, f"{(document.fiscal_year or 0) - 1}年{at(document, path)}")


def _identity(chance: Chance) -> str:
    """Seventeen digits by chance with their check digit (GB 11643), of a division that does not exist."""
    body = f"999901{chance.randint(1960, 2000)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}{chance.randint(0, 999):03}"
    total = sum(int(digit) * pow(2, 17 - index, 11) for index, digit in enumerate(body))
    return body + "10X98765432"[total % 11]


@mutation("写着公民身份号码", "TXT")
def identity_number(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A number in the form of an identity number, in what is published."""
    for path in paths(document, "projects.*.purpose") if provincial_text(document) else ():
        wrong = f"{at(document, path)}收款人身份证号 {_identity(chance)}。"
        yield changed(document, path, wrong)
