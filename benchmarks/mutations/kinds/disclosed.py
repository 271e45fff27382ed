"""Slips of a disclosure around its figures: dates, reasons, notes, levels of government, contents and names."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from benchmarks.accuracy.words import Chance
from benchmarks.mutations.changes import Change, at, changed, mutation, paths, put
from jiheng.auditing.scope import declared
from jiheng.budget import (
    BudgetDocument,
    Heading,
    IndicatorValue,
    Project,
    ProjectBudget,
    Remark,
    TableKind,
    replace,
)


def _told(document: BudgetDocument, section: str, text: str) -> Change:
    """One sentence more."""
    place = f"remarks.{len(document.remarks)}"
    told = [*document.remarks, Remark(section=section, text=text)]
    return Change(put(document, "remarks", told), (place,), text)


@mutation("一行两个日期，公开超过期限", "DATE")
def published_late(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Two months after the approval, with both dates in one line."""
    if document.duties and document.fiscal_year:
        year = document.fiscal_year
        yield _told(
            document,
            "introduction",
            f"公开日期：{year}年4月{chance.randint(1, 28)}日　批复日期：{year}年2月1日",
        )


@mutation("三公一项的增加多于本年数", "CHG")
def expense_grows_beyond_itself(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Last year's reception would be less than nought."""
    amount = document.three_public.reception if document.three_public else None
    if amount and Decimal(amount):
        yield _told(
            document,
            "three_public",
            f"公务接待费{amount}万元，比上年增加{Decimal(amount) + 1}万元，原因是承办现场会。",
        )


@mutation("三公一项的增加没有原因", "CHG")
def expense_grows_without_reason(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The vehicles are explained, the reception is not, nor is it named among the reasons for all."""
    public = document.three_public
    if public and "接待" in (public.reasons or ""):
        return
    if public and public.reception and Decimal(public.reception) > 1 and public.vehicle_operation:
        yield _told(
            document,
            "three_public",
            f"公务用车运行维护费{public.vehicle_operation}万元，比上年减少1万元，原因是压减用车；"
            f"公务接待费{public.reception}万元，比上年增加0.50万元。",
        )


@mutation("列明“等”的项目合计超过总数", "SUM")
def some_are_more_than_all(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """One of the projects that are named costs ten times as much."""
    for path in paths(document, "expenditure.projects.*.amount"):
        wrong = put(document, path, f"{Decimal(at(document, path)) * 10}")
        yield Change(put(wrong, "expenditure.listing", "some"), (path,), "ten times as much")


@mutation("空表没有说明", "TBL")
def empty_without_note(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The note below a table without figures is left out."""
    for index, table in enumerate(document.tables):
        if table.notes and not any(value for row in table.rows for value in row.values):
            yield changed(document, f"tables.{index}.notes", [], "no note")


@mutation("有数据的表注明空表", "TBL")
def note_of_emptiness_below_figures(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A table of figures says that it has none."""
    for index, table in enumerate(document.tables):
        if table.kind in (TableKind.EXPENDITURE, TableKind.GENERAL_PUBLIC_EXPENDITURE):
            yield changed(document, f"tables.{index}.notes", ["注：本表无数据。"])


@mutation("县的目标写成全市", "TXT")
def county_for_the_city(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A goal taken over from the city's text."""
    if document.division and (document.division.name or "").endswith("县") and declared(document):
        for path in paths(document, "projects.*.goals.*"):
            yield changed(document, path, f"组织全市相关工作，{at(document, path)}")


_RATES: Final = ("合格率", "覆盖率", "完成率", "及时率", "准确率")


@mutation("比率写成不低于 100%", "VAL")
def rate_at_least_all(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """≥100% of what cannot be more."""
    for path in paths(document, "projects.*.indicators.*.value") if declared(document) else ():
        if str(at(document, f"{path.rpartition('.')[0]}.level3")).endswith(_RATES):
            yield changed(document, path, IndicatorValue.parse("≥100%"))


@mutation("目录的表名与正文不同", "TXT")
def contents_with_a_slip(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The contents list the tables, one of them with a sign too many."""
    titles = [table.title for table in document.tables if table.title]
    for wrong, title in enumerate(titles) if len(set(titles)) > 4 else ():
        entries = [
            Heading(number=f"{index}.", title=f"{one[:-1]}明表" if index == wrong + 1 else one)
            for index, one in enumerate(titles, 1)
        ]
        yield Change(put(document, "contents", entries), (f"contents.{wrong}",), title)


@mutation("项目支出表的项目名称写法不同", "NAME")
def project_under_another_name(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The goal tables have the names of the table of projects, but for one."""
    for index, table in enumerate(document.tables):
        if table.kind is not TableKind.PROJECT_EXPENDITURE or table.is_final:
            continue
        rows = [(at_row, row) for at_row, row in enumerate(table.rows) if row.name and row.name != "合计"]
        whole = next((at_column for at_column, one in enumerate(table.columns) if one.key == "total"), None)
        if whole is None or document.projects:
            continue
        projects = [
            Project(name=row.name, budget=ProjectBudget(total=row.values[whole], unit=table.unit))
            for _, row in rows
        ]
        for wrong, (at_row, row) in enumerate(rows):
            others = [one for _, one in rows if one.values[whole] == row.values[whole]]
            if len(others) == 1:
                slip = replace(projects[wrong], name=f"{row.name}（续）")
                put_in = [*projects[:wrong], slip, *projects[wrong + 1 :]]
                yield Change(
                    put(document, "projects", put_in), (f"tables.{index}.rows.{at_row}",), f"{slip.name}"
                )
