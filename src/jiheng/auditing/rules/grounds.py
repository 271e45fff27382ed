"""MEAN: how a target is defined and what it rests on: rates, bounds, bases, and how many indicators there are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import declared, framed, prints
from jiheng.auditing.thresholds import thresholds
from jiheng.auditing.walk import Row, rows, rows_of, same_text
from jiheng.budget import BudgetDocument, Dimension, Severity, normalise
from jiheng.standards.indicator_words import survey_words, weak_alone, weak_bases

_RATE = re.compile(r"(?:率|占比|比例|比重)(?:\([^)]*\))?$")
# What says of which whole a rate is a part, or against what it grew.
_OF_WHOLE = re.compile(
    r"占|比|/|÷|除以|分之|百分|以上年|基数|其中|较|总[数量人户]|[总全应]\S{0,8}中"
    r"|[人户员者众象家项次件]中|[与和](?:应|全|总|计划|其)"
)
# 比例 says that it is a share, not of what.
_SHARE_WORD = re.compile(r"的?(?:比例|比率|比重|百分比)(?:[。.；;]|$)")
_IN_WORDS = re.compile(
    r"^(?:不低于|不少于|不小于|大于等于|大于|高于|超过|至少|不高于|不超过|不多于|不大于|小于等于|小于|低于|至多)\d|\d(?:%|[\u4e00-\u9fff]{0,3})(?:及)?(?:以上|以下|以内)$"
)
# About so much, or a mark that is no sign of comparison.
_LOOSE = re.compile(r"^(约|大约|大概|近)\d|^([》《〉〈])=?\d|^[≥≤><=]?\d[\d,.]*\D{0,4}(左右|上下)$")
_HEAD = re.compile(
    r"^(?:不低于|不少于|不小于|大于|高于|超过|至少|不高于|不超过|不多于|不大于|小于|低于|至多)"
)
_TAIL = re.compile(r"(?:以上|以下|以内|之内)$")
_UPWARD = re.compile(r"不低于|不少于|不小于|至少|以上|^(?:大于|高于|超过)")
_STRICT = re.compile(r"^(?:大于(?!等于)|高于|超过|小于(?!等于)|低于)")
_FIGURE = re.compile(r"\d[\d,.]*\s*(?:[万亿]?[\u4e00-\u9fff%]{0,2}?)(?=以上|以下|以内|及以|$)")
_PREFIX = re.compile(r"^(?:根据|按照|依据|按|依照)|(?:而定|确定|等)$")


@rule(
    "MEAN-009", title="比率说明分子和分母", severity=Severity.NOTICE, basis="mof-2013-53", article="指标明确性",
    checks=("G23",), applies=declared,
)  # fmt: skip
def a_rate_says_of_what(document: BudgetDocument) -> Iterator[Gap]:
    """The description of a rate says what is divided by what; one that copies the name is left to IND-010."""
    for row in rows(document):
        name, description, value = row.indicator.level3, row.indicator.description, row.indicator.value
        if not name or not description or value is None or value.dimension is not Dimension.SHARE:
            continue
        if not _RATE.search(normalise(name)) or same_text(name, description):
            continue
        if not _OF_WHOLE.search(_SHARE_WORD.sub("", normalise(description))):
            yield Gap(
                path=f"{row.path}.description",
                message=f"{row.label}是比率，描述“{description}”没有说明以什么除以什么",
                remedy="写明分子和分母，如“验收合格的处数占完成处数的比例”",
                stated=description,
                related=(f"{row.path}.level3",),
            )


@rule(
    "MEAN-010", title="指标值用符号写明界限", severity=Severity.NOTICE, basis="mof-2021-101", article="指标值",
    checks=("G08",), applies=declared,
)  # fmt: skip
def a_bound_is_written_as_a_sign(document: BudgetDocument) -> Iterator[Gap]:
    """A bound is written ≥ or ≤ before the number, not in words around it: "不低于95%", "95%以上"."""
    for row in rows(document):
        value = row.indicator.value
        text = normalise(value.text) if value is not None else ""
        if value is not None and (loose := _LOOSE.search(text)):
            yield Gap(
                path=f"{row.path}.value",
                message=f"{row.label}的指标值“{value.text}”中的“{loose[1] or loose[2] or loose[3]}”没有界限",
                remedy="写成符号、数值和单位，如“≥12 段”",
                stated=value.text,
            )
            continue
        if value is None or value.operator is not None or value.interval is None:
            continue
        if not _IN_WORDS.search(text) or (_HEAD.match(text) and _TAIL.search(text)):
            continue  # two bounds in words are for VAL-007
        sign = "≥" if _UPWARD.search(text) else "≤"
        if _STRICT.search(text):
            sign = {"≥": ">", "≤": "<"}[sign]
        figure = _FIGURE.search(text)
        better = f"{sign}{figure[0]}" if figure else sign
        yield Gap(
            path=f"{row.path}.value",
            message=f"{row.label}的指标值“{value.text}”用文字写界限",
            remedy=f"写成“{better}”，符号、数值、单位各就其位",
            stated=value.text,
            computed=better,
        )


@rule(
    "MEAN-011", title="指标值的依据有出处", severity=Severity.NOTICE, basis="mof-2021-101", article="取值依据",
    checks=("G25",), applies=declared,
)  # fmt: skip
def a_basis_names_its_source(document: BudgetDocument) -> Iterator[Gap]:
    """The basis of a value is a paper, plan, record or survey, and not 工作需要 or 领导安排; told once a project."""
    weak = re.compile("(?:" + "|".join(sorted(weak_bases(), key=len, reverse=True)) + ")$")
    alone = weak_alone()
    for path, project in document.goal_tables():
        found = [
            row
            for row in rows_of(path, project)
            if row.indicator.basis
            and ((text := _PREFIX.sub("", normalise(row.indicator.basis))) in alone or weak.search(text))
        ]
        if found:
            bases = "、".join(
                f"“{text}”" for text in dict.fromkeys(str(row.indicator.basis) for row in found)
            )
            yield Gap(
                path=f"{found[0].path}.basis",
                message=f"{len(found)} 项指标的依据写的是{bases}，不能说明指标值从何而来",
                remedy="写明文件、计划、合同、历史数据等可以查证的依据",
                stated=found[0].indicator.basis,
                related=tuple(f"{row.path}.basis" for row in found[1:]),
            )


@rule(
    "MEAN-012", title="满意度以调查为依据", severity=Severity.NOTICE, basis="mof-2021-101", article="满意度指标",
    checks=("G26",), applies=declared,
)  # fmt: skip
def a_satisfaction_rests_on_a_survey(document: BudgetDocument) -> Iterator[Gap]:
    """The basis of a satisfaction is that people are asked; silent where the form has no such column."""
    if not prints(document, "basis"):
        return
    words = survey_words()
    for row in rows(document):
        basis = normalise(row.indicator.basis)
        if row.level1 != "满意度指标" or row.is_not_concerned:
            continue
        if basis and not any(word in basis for word in words):
            yield Gap(
                path=f"{row.path}.basis",
                message=f"满意度指标{row.label}的依据是“{row.indicator.basis}”，没有调查",
                remedy="以问卷、访谈等满意度调查为依据",
                stated=row.indicator.basis,
            )


@rule(
    "MEAN-013", title="指标数量适中", severity=Severity.NOTICE, basis="mof-2021-101", article="核心指标",
    checks=("G29",), applies=lambda document: declared(document) and framed(document),
)  # fmt: skip
def there_are_neither_few_nor_many_indicators(document: BudgetDocument) -> Iterator[Gap]:
    """A project has between 5 and 15 indicators of one term; one without any is left to IND-001."""
    bounds = thresholds("indicators")
    for path, project in document.goal_tables():
        counted: dict[str | None, list[Row]] = {}
        for row in rows_of(path, project):
            counted.setdefault(row.indicator.term, []).append(row)
        for found in counted.values():
            if bounds["fewest"] <= len(found) <= bounds["most"]:
                continue
            few = len(found) < bounds["fewest"]
            yield Gap(
                path=f"{path}.indicators",
                message=f"有 {len(found)} 项绩效指标，{'偏少，难以反映' if few else '过多，分散了'}项目的主要产出和效益",
                remedy=f"一般设 {bounds['fewest']} 至 {bounds['most']} 项，突出核心指标",
                stated=str(len(found)),
            )
