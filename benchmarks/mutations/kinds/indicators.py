"""Rows of indicators: levels, blanks, repetitions."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from benchmarks.accuracy.words import Chance
from benchmarks.mutations.changes import Change, at, changed, doubled, mutation, put
from jiheng.auditing.scope import declared, provincial_text
from jiheng.auditing.walk import Row, rows
from jiheng.budget import BudgetDocument, replace


def rows_where(document: BudgetDocument, **fields: str) -> Iterator[Row]:
    """Rows whose fields are just these; of documents that declare goals, for reports repeat what was approved."""
    if declared(document):
        for row in rows(document):
            if all(getattr(row.indicator, name) == value for name, value in fields.items()):
                yield row


def _rewritten(document: BudgetDocument, field: str, value: str | None, **where: str) -> Iterator[Change]:
    for row in rows_where(document, **where):
        if getattr(row.indicator, field):
            yield changed(document, f"{row.path}.{field}", value)


@mutation("一级指标写错字", "IND")
def level1_misspelt(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """产处指标 for 产出指标."""
    yield from _rewritten(document, "level1", "产处指标", level1="产出指标")


@mutation("二级指标写错字", "IND")
def level2_misspelt(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """数里指标 for 数量指标."""
    yield from _rewritten(document, "level2", "数里指标", level2="数量指标")


@mutation("社会效益放在产出下", "IND")
def benefit_under_output(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A benefit among the outputs."""
    yield from _rewritten(document, "level1", "产出指标", level2="社会效益指标")


@mutation("数量指标放在效益下", "IND")
def quantity_under_benefit(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """An output among the benefits."""
    yield from _rewritten(document, "level1", "效益指标", level2="数量指标")


@mutation("质量指标放在满意度下", "IND")
def quality_under_satisfaction(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A quality under satisfaction."""
    yield from _rewritten(document, "level1", "满意度指标", level2="质量指标")


@mutation("满意度放在效益下", "IND")
def satisfaction_under_benefit(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A satisfaction among the benefits."""
    yield from _rewritten(document, "level1", "效益指标", level2="服务对象满意度指标")


def _declare_blanks() -> None:
    titles = {
        "level1": "一级指标",
        "level2": "二级指标",
        "level3": "三级指标",
        "value": "指标值",
        "description": "指标描述",
        "basis": "确定依据",
    }
    for field, title in titles.items():

        def blank(document: BudgetDocument, chance: Chance, field: str = field) -> Iterator[Change]:
            """In the provincial form, which has the column; other forms may lack it."""
            if provincial_text(document):
                yield from _rewritten(document, field, None)

        blank.__name__ = f"{field}_blank"
        mutation(f"{title}空白", "IND")(blank)


_declare_blanks()


@mutation("三级指标照抄二级", "IND")
def level3_repeats_level2(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The name says nothing."""
    for row in rows_where(document):
        if row.indicator.level2:
            yield changed(document, f"{row.path}.level3", row.indicator.level2)


@mutation("指标描述照抄名称", "IND")
def description_repeats_name(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The description says nothing."""
    for row in rows_where(document):
        if row.indicator.description and row.indicator.description != row.indicator.level3:
            yield changed(document, f"{row.path}.description", row.indicator.level3)


@mutation("指标重复", "IND")
def indicator_doubled(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The same row twice."""
    for row in rows_where(document):
        yield doubled(document, row.path)


@mutation("指标重复且值不同", "IND")
def indicator_doubled_with_another_value(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The same row twice, with the value of another row."""
    for row in rows_where(document, level2="质量指标"):
        other = doubled(document, row.path)
        source = next((one for one in row.project.indicators if one.level2 == "社会效益指标"), None)
        if source is not None and source.value != row.indicator.value:
            yield Change(
                put(other.document, f"{other.places[1]}.value", source.value), other.places, other.told
            )


def _level_dropped(document: BudgetDocument, field: str, name: str) -> Iterator[Change]:
    for path, project in document.goal_tables():
        kept = [row for row in project.indicators if getattr(row, field) != name]
        if declared(document) and kept and len(kept) < len(project.indicators):
            yield Change(put(document, f"{path}.indicators", kept), (f"{path}.indicators",), f"no {name}")


@mutation("没有产出指标", "IND")
def no_output(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Every 产出指标 gone."""
    yield from _level_dropped(document, "level1", "产出指标")


@mutation("没有效益指标", "IND")
def no_benefit(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Every 效益指标 gone."""
    yield from _level_dropped(document, "level1", "效益指标")


@mutation("没有满意度指标", "IND")
def no_satisfaction(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Every 满意度指标 gone."""
    yield from _level_dropped(document, "level1", "满意度指标")


@mutation("没有数量指标", "IND")
def no_quantity(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Every 数量指标 gone."""
    yield from _level_dropped(document, "level2", "数量指标")


@mutation("没有质量指标", "IND")
def no_quality(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Every 质量指标 gone."""
    yield from _level_dropped(document, "level2", "质量指标")


@mutation("没有任何指标", "IND")
def no_indicators(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The table of indicators is empty."""
    for path, project in document.goal_tables():
        if declared(document) and project.indicators:
            yield changed(document, f"{path}.indicators", [], "no indicators")


@mutation("指标抄自另一项目", "COPY")
def indicators_of_another_project(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The whole table of indicators of the project before."""
    tables = list(document.goal_tables()) if declared(document) else []
    for (_, before), (path, project) in itertools.pairwise(tables):
        if before.indicators != project.indicators:
            yield changed(
                document, f"{path}.indicators", before.indicators, "indicators of the project before"
            )


@mutation("两行指标值对调", "VAL")
def values_exchanged(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The values of 时效 and 成本 changed places."""
    for row in rows_where(document, level2="时效指标"):
        table = row.path.rpartition(".")[0]
        other = next((i for i, one in enumerate(row.project.indicators) if one.level2 == "成本指标"), None)
        if other is not None:
            cost = at(document, f"{table}.{other}.value")
            document2 = put(document, f"{row.path}.value", cost)
            yield Change(put(document2, f"{table}.{other}.value", row.indicator.value),
                         (f"{row.path}.value", f"{table}.{other}.value"), "时效 ↔ 成本")  # fmt: skip


@mutation("成本指标整行缺失", "IND")
def no_cost(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Every 成本指标 of one project gone while the others have theirs: the document asks for it."""
    if sum(any(row.level2 == "成本指标" for row in one.indicators) for one in document.projects) > 1:
        yield from _level_dropped(document, "level2", "成本指标")


@mutation("指标名称抄自另一行", "IND")
def level3_of_another_row(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Name and description of the row before, with its own value."""
    for row in rows_where(document, level2="质量指标"):
        before = row.project.indicators[int(row.path.rpartition(".")[2]) - 1]
        wrong = replace(row.indicator, level3=before.level3, description=before.description)
        yield changed(document, row.path, wrong)


@mutation("指标抄自别的项目只换名词", "COPY")
def indicators_with_another_word(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The rows of the project before with their figures, another word for its thing; where that stands in few names nothing shows it."""
    for index in range(1, len(document.projects)) if declared(document) else ():
        before = document.projects[index - 1].indicators
        word = _thing([row.level3 or "" for row in before])
        figures = [
            row.value.number for row in before if row.value and row.value.number and row.value.unit != "%"
        ]
        if word and sum(len(figure) > 2 for figure in figures) >= 2:
            other = chance.choice([one for one in ("灯具", "水表", "桌椅") if one != word])
            copied = [
                replace(
                    row, level3=(row.level3 or "").replace(word, other),
                    description=(row.description or "").replace(word, other),
                )
                for row in before
            ]  # fmt: skip
            path = f"projects.{index}.indicators"
            yield Change(put(document, path, copied), (path,), f"{word} → {other}")


def _thing(names: list[str]) -> str | None:
    """The pair of signs that most names have in common with that of the quantity, at least three of them."""
    first = names[0].removesuffix("数量") if names else ""
    pairs = [a + b for a, b in itertools.pairwise(first)]
    times = {pair: sum(pair in name for name in names) for pair in pairs}
    best = max(pairs, key=lambda pair: times[pair], default=None)
    return best if best is not None and times[best] >= 3 else None
