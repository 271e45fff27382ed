"""IND: the indicator table is complete, and every row stands where it belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import framed, is_told, prints, provincial_text
from jiheng.auditing.walk import Row, rows, rows_of, same_text
from jiheng.budget import BudgetDocument, IndicatorValue, Project, Severity, is_blank, normalise
from jiheng.standards import indicator_framework as framework
from jiheng.standards.regulations import regulation

_ONLY_FIGURES = re.compile(r"[≥≤<>=]?[\d,.%‰/-]*\d[\d,.%‰/-]*[个人次项户万元天月年吨亩]*")
_PRINTED = frozenset(
    {"投入", "投入指标", "满意度指标", "满意度", "过程", "过程指标", "用户", "服务对象", "经济", "社会", "生态",
     "环境", "可持续"}
)  # fmt: skip
"""Levels that forms of other provinces print, so that nobody who fills them in can choose."""


@rule(
    "IND-001", title="产出指标和效益指标必设", severity=Severity.ERROR, basis="mof-2021-101", article="必设指标",
    checks=("G03",), applies=framed,
)  # fmt: skip
def output_and_benefit_are_there(document: BudgetDocument) -> Iterator[Gap]:
    """Every goal table has 产出指标 and 效益指标 (also under its older name 效果指标)."""
    for path, project in document.goal_tables():
        levels = {row.level1 for row in rows_of(path, project)}
        missing = [name for name in ("产出指标", "效益指标") if name not in levels]
        if missing and prints(document, "level1") and not is_told(document, project):
            yield Gap(
                path=f"{path}.indicators",
                message=f"缺少{'、'.join(missing)}" if levels else "没有绩效指标",
                remedy=f"补设{'和'.join(missing)}",
            )


@rule(
    "IND-002", title="设有满意度指标", severity=Severity.WARNING, basis="mof-2015-88", article="指标构成",
    checks=("G03",), applies=framed,
)  # fmt: skip
def satisfaction_is_there(document: BudgetDocument) -> Iterator[Gap]:
    """Every goal table with indicators has 满意度指标."""
    for path, project in document.goal_tables():
        levels = {row.level1 for row in rows_of(path, project)}
        if levels - {""} and "满意度指标" not in levels:
            yield Gap(
                path=f"{path}.indicators",
                message="没有满意度指标",
                remedy="补设服务对象满意度指标；没有直接服务对象的，应说明",
            )


@rule(
    "IND-003", title="一级、二级指标用统一名称", severity=Severity.WARNING, basis="mof-2015-88", article="指标构成",
    checks=("G05",), applies=framed,
)  # fmt: skip
def levels_have_standard_names(document: BudgetDocument) -> Iterator[Gap]:
    """一级指标 and 二级指标 have the names of the ministry's framework or a known alias."""
    for row in rows(document):
        for field, known in (("level1", framework.is_level1), ("level2", framework.is_level2)):
            text = getattr(row.indicator, field)
            if not provincial_text(document) and normalise(text) in _PRINTED:
                continue
            if not is_blank(text) and not known(text):
                meant = framework.nearest(text, 1 if field == "level1" else 2)
                yield Gap(
                    path=f"{row.path}.{field}",
                    message=f"“{text}”不是通行的{'一' if field == 'level1' else '二'}级指标名称",
                    remedy=f"改为“{meant}”" if meant else "改用统一的指标名称",
                    mends=((f"{row.path}.{field}", meant),) if meant else (),
                    stated=text,
                    computed=meant,
                )


@rule(
    "IND-004", title="二级指标归在对应的一级指标下", severity=Severity.WARNING, basis="mof-2015-88",
    article="指标构成", checks=("G05",),
)  # fmt: skip
def level2_stands_under_its_level1(document: BudgetDocument) -> Iterator[Gap]:
    """A 二级指标 stands under the 一级指标 that it is part of, by the old framework or the new."""
    for row in rows(document):
        if not framework.is_level1(row.level1) or not framework.is_level2(row.level2):
            continue
        if not framework.belongs(row.level2, row.level1):
            yield Gap(
                path=f"{row.path}.level2",
                message=f"“{row.indicator.level2}”归在“{row.indicator.level1}”下，应归“{framework.parent_of(row.level2)}”",
                remedy="调整指标的归类",
                stated=row.indicator.level1,
                computed=framework.parent_of(row.level2),
                related=(f"{row.path}.level1",),
            )


_NAUGHT = re.compile(r"^(?:无|暂无|空|/|-+|—+|、|\.+)$")
_SAYS = re.compile(r"[0-9A-Za-z≥≤]|(?![无暂空])[\u4e00-\u9fff]")
"""What begins so says something; nearly all cells do, and need not be made alike first."""
# Of these there is to be none, so that 无 is their target.
_WANTED_NONE = re.compile(r"事故|投诉|差错|违规|违纪|违法|上访|信访|故障|伤亡|死亡|遗漏|浪费|污染")


def _says_nothing(row: Row, field: str) -> bool:
    """Whether a cell is filled with a dash or 无; of accidents 无 is a target."""
    value = getattr(row.indicator, field)
    printed = value.text if isinstance(value, IndicatorValue) else value
    if printed and _SAYS.match(printed):
        return False
    text = normalise(printed)
    if not _NAUGHT.match(text):
        return False
    return not (
        field == "value"
        and text == "无"
        and _WANTED_NONE.search(f"{row.name}{row.indicator.description or ''}")
    )


def _blank(field: str, what: str, document: BudgetDocument) -> Iterator[Gap]:
    """A gap for every row in which ``field`` is empty, if the form has a column for it."""
    if not prints(document, field):
        return
    for row in rows(document):
        value = getattr(row.indicator, field)
        if value is None or (isinstance(value, str) and is_blank(value)) or _says_nothing(row, field):
            name = row.label if row.name else f"“{row.indicator.level2 or row.indicator.level1 or '指标'}”行"
            yield Gap(path=f"{row.path}.{field}", message=f"{name}没有填写{what}", remedy=f"补填{what}")


@rule(
    "IND-005", title="三级指标填写完整", severity=Severity.ERROR, basis="form-performance-text", article="绩效指标",
    checks=("G06",),
)  # fmt: skip
def level3_is_filled_in(document: BudgetDocument) -> Iterator[Gap]:
    """Every row names its 三级指标."""
    yield from _blank("level3", "三级指标", document)


@rule(
    "IND-006", title="指标值填写完整", severity=Severity.ERROR, basis="form-performance-text", article="绩效指标",
    checks=("G06",),
)  # fmt: skip
def the_value_is_filled_in(document: BudgetDocument) -> Iterator[Gap]:
    """Every row has an 指标值."""
    yield from _blank("value", "指标值", document)


@rule(
    "IND-007", title="绩效指标描述填写完整", severity=Severity.WARNING, basis="form-performance-text",
    article="绩效指标", checks=("G06",),
)  # fmt: skip
def the_description_is_filled_in(document: BudgetDocument) -> Iterator[Gap]:
    """Every row has an 绩效指标描述."""
    yield from _blank("description", "绩效指标描述", document)


@rule(
    "IND-008", title="指标值确定依据填写完整", severity=Severity.WARNING, basis="mof-2021-101", article="取值依据",
    checks=("G06",),
)  # fmt: skip
def the_basis_is_filled_in(document: BudgetDocument) -> Iterator[Gap]:
    """Every row says what its value is based on."""
    yield from _blank("basis", "指标值确定依据", document)


def _bare(level: str | None) -> str:
    """The name of a level without 指标 behind it: 服务对象满意度 is 服务对象满意度指标."""
    return normalise(level).removesuffix("指标")


@rule(
    "IND-009", title="三级指标不照抄二级指标", severity=Severity.WARNING, basis="mof-2021-101", article="指标名称",
    checks=("G07",),
)  # fmt: skip
def level3_does_not_repeat_level2(document: BudgetDocument) -> Iterator[Gap]:
    """A 三级指标 says what is measured and does not repeat the name of its 二级指标."""
    for row in rows(document):
        if same_text(_bare(row.indicator.level3), _bare(row.indicator.level2)):
            yield Gap(
                path=f"{row.path}.level3",
                message=f"三级指标“{row.indicator.level3}”照抄二级指标，没有说明衡量什么",
                remedy="改为具体的指标名称，如“受益群众满意度”",
                stated=row.indicator.level3,
                related=(f"{row.path}.level2",),
            )


_AROUND = re.compile(r"^(?:用于)?(?:反映|考核|衡量|指|即)+|(?:的?(?:实际|完成)?情况)$|的|[。.；;：:]$")


def _told(text: str | None) -> str:
    """A name or description without the words that any of them may have around it: 反映清淤的沟段数情况."""
    return _AROUND.sub("", _AROUND.sub("", normalise(text)))


def _as_written(row: Row) -> str:
    """The description where it is the name in a few more words."""
    description = row.indicator.description
    return "" if same_text(description, row.indicator.level3) else f"，写的是“{description}”"


@rule(
    "IND-010", title="指标描述说明指标的含义", severity=Severity.NOTICE, basis="mof-2013-53", article="指标明确性",
    checks=("G24",),
)  # fmt: skip
def the_description_says_more_than_the_name(document: BudgetDocument) -> Iterator[Gap]:
    """An 绩效指标描述 explains the indicator and does not only repeat its name."""
    for row in rows(document):
        name = _told(row.indicator.level3)
        # what is left of the description stands in it as it is, but for 的: most are passed over by that
        if not name or name not in normalise(row.indicator.description).replace("的", ""):
            continue
        if same_text(_told(row.indicator.description), name):
            yield Gap(
                path=f"{row.path}.description",
                message=f"指标描述照抄指标名称“{row.indicator.level3}”{_as_written(row)}",
                remedy="写明指标的含义；比率应写明分子和分母",
                related=(f"{row.path}.level3",),
            )


@rule(
    "IND-011", title="同一项目的指标不重复", severity=Severity.WARNING, basis="mof-2021-101", article="核心指标",
    checks=("G30",),
)  # fmt: skip
def an_indicator_stands_once(document: BudgetDocument) -> Iterator[Gap]:
    """Within a project no indicator (name, description, term) stands twice; a second value makes it an error."""
    for path, project in document.goal_tables():
        seen: dict[tuple[str, str, str], int] = {}
        for index, indicator in enumerate(project.indicators):
            if not indicator.level3:
                continue
            key = (normalise(indicator.level3), normalise(indicator.description), indicator.term or "")
            first = seen.setdefault(key, index)
            if first == index:
                continue
            before, value = project.indicators[first].value, indicator.value
            differs = (
                before is not None and value is not None and normalise(before.text) != normalise(value.text)
            )
            yield Gap(
                path=f"{path}.indicators.{index}.level3",
                message=f"指标“{indicator.level3}”重复"
                + (
                    f"，指标值一处为 {before.text}，一处为 {value.text}"
                    if differs and before and value
                    else ""
                ),
                remedy="删去重复的指标；确有两项的，名称应能区别",
                severity=Severity.ERROR if differs else None,
                related=(f"{path}.indicators.{first}.level3",),
            )


_COSTS = frozenset({"经济成本指标", "社会成本指标", "生态环境成本指标"})
# A time by which the work itself is due; that goals are met by the end of the year goes without saying.
_DUE = re.compile(
    r"(?:1[01]|[1-9])月(?:底|末|份|\d{1,2}日)?(?:之|以)?前|(?:主?汛期?|供暖期?|采暖期?|入冬|开学|春耕|雨季|冬季|防火期)(?:到来)?(?:之|以)?前"
)


def _dated(project: Project) -> str | None:
    """The time that a goal sets for the work; ``None`` where none does."""
    return next((match[0] for goal in project.goals if (match := _DUE.search(normalise(goal)))), None)


@rule(
    "IND-021", title="三级指标的名称是文字", severity=Severity.WARNING, basis="mof-2021-101", article="指标名称",
    checks=("G07",),
)  # fmt: skip
def level3_is_named_in_words(document: BudgetDocument) -> Iterator[Gap]:
    """A 三级指标 has a name, and not only the figure that is aimed at."""
    for row in rows(document):
        name = normalise(row.indicator.level3)
        if name and _ONLY_FIGURES.fullmatch(name):
            yield Gap(
                path=f"{row.path}.level3",
                message=f"三级指标写的是“{name}”，没有说明衡量什么",
                remedy="写明指标名称；数值填在指标值栏",
                stated=name,
            )


@rule(
    "IND-012", title="产出指标覆盖数量、质量和成本", severity=Severity.WARNING, basis="mof-2021-101",
    article="必设指标", checks=("G04",), applies=framed,
)  # fmt: skip
def output_covers_what_it_must(document: BudgetDocument) -> Iterator[Gap]:
    """产出指标 cover the 二级指标 that the framework in use asks for; left to IND-001 where there are none.

    A document without any 成本指标 may follow the newer framework, which does not ask every project for one,
    from the first budget after that was in force.
    """
    newer = framework.layout("2021")
    since = regulation(newer.regulation).in_force_from.year
    is_newer = (
        document.fiscal_year is not None
        and document.fiscal_year > since
        and not any("成本指标" in (row.level1, row.level2) for row in rows(document))
    )
    for path, project in document.goal_tables():
        found = list(rows_of(path, project))
        if not any(row.level1 == "产出指标" and row.level2 for row in found):
            continue
        own = framework.layout_of(row.indicator.level1 for row in found if row.indicator.level1)
        layout = newer if is_newer else own
        wanted = next((level.obligatory_level2 for level in layout.level1 if level.name == "产出指标"), ())
        have = {"成本指标" if row.level2 in _COSTS else row.level2 for row in found}
        missing = [name for name in wanted if name not in have]
        if (
            (when := _dated(project))
            and "时效指标" not in have
            and any(row.level2 == "数量指标" for row in found)
        ):
            yield Gap(
                path=f"{path}.indicators",
                message=f"绩效目标写有“{when}”，产出指标没有时效指标",
                remedy="补设时效指标，写明完成的时间",
            )
        if missing:
            yield Gap(
                path=f"{path}.indicators",
                message=f"产出指标缺少{'、'.join(missing)}",
                remedy=f"补设{'、'.join(missing)}",
            )
