"""The sound documents into which errors are put."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from benchmarks.accuracy import disclosure as printed
from benchmarks.accuracy.content import SAMPLES
from benchmarks.accuracy.known import Known
from benchmarks.mutations import reports, texts
from jiheng.budget import BudgetDocument, Expenditure, Kind, Remark, ThreePublic, exchange, replace
from jiheng.reading.layouts.document import read_documents

_SAMPLES: Final = ("安澜县水务局2024年部门预算绩效文本", "安澜县档案馆2021年部门预算信息公开情况说明")
"""The samples of this repository that were written without an error."""

_ASSETS: Final = Remark(section="assets", text="本部门上年末没有房屋和车辆，本年没有购置计划。")


class Subject(NamedTuple):
    """A sound document, with what it is held against: the department's part, last year's."""

    family: str
    name: str
    document: BudgetDocument
    beside: tuple[BudgetDocument, ...] = ()
    """Documents of the same file, before it."""
    previous: tuple[BudgetDocument, ...] = ()

    def file(self, document: BudgetDocument) -> list[BudgetDocument]:
        """The whole file with ``document`` in the place of the sound one."""
        return [*self.beside, document]


def subjects(seeds: int) -> Iterator[Subject]:
    """Every sound document; so many of each kind that is made by chance."""
    for seed in range(seeds):
        yield Subject("performance text", f"performance text {seed}", texts.performance_text(seed))
        department = texts.disclosure(seed)
        yield Subject("disclosure", f"disclosure {seed}", department, previous=(_last_year(department),))
        yield Subject("unit disclosure", f"unit disclosure {seed}", _unit(department), (department,))
        yield from (_read("budget tables", known) for known in printed.budgets(seed))
        yield from (_read("final account", known) for known in printed.final_accounts(seed))
        yield _reported("self-evaluation", seed, reports.self_evaluation(seed), reports.approved(seed, 100))
        yield _reported("monitoring", seed, reports.monitoring(seed), reports.approved(seed, 200))
    for name in _SAMPLES:
        (document,) = exchange.loads((SAMPLES / "expected" / f"{name}.reading.json").read_bytes())
        yield Subject("sample", name, document)


def _unit(department: BudgetDocument) -> BudgetDocument:
    """The part of the only unit, which repeats the department's."""
    title = (department.title or "").replace("部门预算", "单位预算")
    return replace(department, kind=Kind.UNIT_DISCLOSURE, title=title)  # type: ignore[no-any-return]


def _reported(family: str, seed: int, document: BudgetDocument, approved: BudgetDocument) -> Subject:
    return Subject(family, f"{family} {seed}", document, previous=(approved,))


def _last_year(document: BudgetDocument) -> BudgetDocument:
    """The disclosure of the year before, as the changes of this year's say it was."""
    assert document.fiscal_year is not None
    spent, change, public = document.expenditure, document.changes, document.three_public
    assert spent is not None
    assert change is not None
    assert public is not None
    return BudgetDocument(
        kind=document.kind,
        fiscal_year=document.fiscal_year - 1,
        division=document.division,
        department=document.department,
        expenditure=Expenditure(
            total=_less(spent.total, change.total),
            basic=_less(spent.basic, change.basic),
            project=_less(spent.project, change.project),
        ),
        three_public=ThreePublic(total=_less(public.total, public.change)),
    )


def _less(amount: str | None, change: str | None) -> str:
    return f"{Decimal(amount or 0) - Decimal(change or 0)}"


def _read(family: str, known: Known) -> Subject:
    (document,) = read_documents(list(known.blocks))[0]
    if document.kind is not Kind.FINAL_ACCOUNTS:  # the prose of the generator ends before this chapter
        document = replace(document, remarks=[*document.remarks, _ASSETS])
    return Subject(family, known.name, document)
