"""TXT: the sections that must be there, and words that belong to another government or form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiheng.auditing.government import government
from jiheng.auditing.prose import corpus, narrative
from jiheng.auditing.publications import SECTIONS, is_partial, sections_in
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import disclosure, provincial_text, titled
from jiheng.budget import BudgetDocument, Kind, Severity, is_blank, normalise
from jiheng.standards.disclosure import glossary

_OWN = frozenset({"other_matters", "changes"})
"""Chapters of the provincial form; others tell the changes beside each figure."""
# What templates ask to be filled in, and what word processors and spreadsheets leave where a field failed.
# Each begins with its own signs, written out and not counted, so that a long text is passed over quickly.
_RESIDUES = tuple(
    map(
        re.compile,
        (
            *(rf"{sign}{sign}{sign}*\s*(?:县|市|镇|乡|局|部门|单位|万元|元|项目|年|月|日|人|个|次)" for sign in "xX"),
            "×××*", "xxxx*", "XXXX*", r"\*\*\*\**", "____*", "＿＿＿＿*",
            "某某", "此处填写", "请填写", "请在此", "待补充", "待填", r"待(?<=(?:金额|数额|数量|时间|名称|人数|单位|另行)待)[定核]", r"\*\*\**\s*(?:万元|元|个|人|项|户|次|年|月|日|县|局)", "略(?<=[（(]略)[)）]", r"目标内容\d", r"指标内容\d", "填[报写]说明[:：]",
            "示例[:：]", "示例(?<=[（(]示例)[)）]", r"\\f\s*C", r"\[bookmark", r"_Toc\d{6}", "PAGEREF", "HYPERLINK", "MERGEFIELD",
            r"错误!\s*[未超]", "Error! ", r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?)", r"undefined\b", r"NaN\b", r"null\b", r"\{\{", r"\}\}",
            r"占[ \t_＿]*%", r"(?:比|较)上年(?:度|数)?[^，,。；;\d]{0,8}(?:增加|减少|增长|下降)[ \t_＿]*(?:万元|元|%)(?=[，,。；;）)]|$)",
        ),
    )
)  # fmt: skip
_PROVINCIAL = re.compile(r"省级(?:财政|部门|单位|各?部门)|我省|省本级")
_COUNTY = re.compile(r"县级(?:财政|部门|单位)|我县|县本级")
_MUNICIPAL = re.compile(r"市级财政|我市|市本级")
_OUR_CITY = re.compile(r"我市")
# Of the words of another level those that can only mean one's own.
_OURS = {_PROVINCIAL: re.compile(r"我省"), _COUNTY: re.compile(r"我县")}
# Which words do not belong to a government of each level, and how its own are called.
_FOREIGN = {
    "county": ((_PROVINCIAL,), "县"),
    "city": ((_PROVINCIAL, _COUNTY), "市"),
    "province": ((_COUNTY,), "省"),
}


@rule(
    "TXT-001", title="级次用语与公开主体一致", severity=Severity.WARNING, basis="form-disclosure", article="级次用语",
    checks=("D27",),
)  # fmt: skip
def words_of_level_fit_the_government(document: BudgetDocument) -> Iterator[Gap]:
    """A county's text does not speak of 省级财政 or 我省, nor a city's of 省级 or 县级.

    In its goals and reasons only 我省 and the like is foreign: money of the province is spoken of there. In the glossary
    a county does not explain what 市级财政 pays. A county that the table of divisions lacks is told by the name of its
    department.
    """
    own = government(document)
    if own is None:
        return
    name, level = own
    patterns, suffix = _FOREIGN[level]
    is_below_a_city = level == "county" and name.endswith("县")
    for path, text in narrative(document):
        if path == "title" or path.startswith("duties"):
            continue
        if path.startswith("glossary"):
            looked_for = (*patterns, _MUNICIPAL) if is_below_a_city else patterns
        elif path.startswith("remarks"):
            looked_for = patterns
        else:
            looked_for = tuple(_OURS[pattern] for pattern in patterns)
            looked_for = (*looked_for, _OUR_CITY) if is_below_a_city else looked_for
        found = dict.fromkeys(word for pattern in looked_for for word in pattern.findall(text))
        if found:
            yield Gap(
                path=path,
                message=f"“{'、'.join(found)}”是照搬上级范本的用语，本文件属{name}，应为{suffix}级",
                remedy=f"改为“{suffix}级”“我{suffix}”等用语",
                stated="、".join(found),
            )


@rule(
    "TXT-002", title="每个名词只解释一次", severity=Severity.WARNING, basis="form-disclosure", article="名词解释",
    checks=("D26",),
)  # fmt: skip
def a_term_is_defined_once(document: BudgetDocument) -> Iterator[Gap]:
    """No term of the glossary is defined twice."""
    seen: dict[str, int] = {}
    for index, term in enumerate(document.glossary):
        first = seen.setdefault(normalise(term.term), index)
        if first != index:
            yield Gap(
                path=f"glossary.{index}.term",
                message=f"名词“{term.term}”解释了两次",
                remedy="保留一处",
                stated=term.term,
                related=(f"glossary.{first}.term",),
            )


@rule(
    "TXT-003", title="名词解释齐全", severity=Severity.WARNING, basis="form-disclosure", article="名词解释",
    checks=("D26",), applies=provincial_text,
)  # fmt: skip
def the_glossary_has_its_terms(document: BudgetDocument) -> Iterator[Gap]:
    """A disclosure explains the ten terms; silent without a glossary, which TXT-004 reports."""
    if document.kind is Kind.PERFORMANCE_TEXT or not document.glossary:
        return
    have = {_bare(term.term) for term in document.glossary}
    missing = [term.name for term in glossary() if _bare(term.name) not in have]
    if missing:
        yield Gap(path="glossary", message=f"名词解释缺少{'、'.join(missing)}", remedy="补写所缺的名词")


def _bare(term: str) -> str:
    return re.sub(r"[“”\"]", "", normalise(term))


@rule(
    "TXT-004", title="公开内容齐全", severity=Severity.ERROR, basis="mof-2016-143", article="公开内容",
    checks=("D01",), applies=disclosure,
)  # fmt: skip
def a_disclosure_has_all_sections(document: BudgetDocument) -> Iterator[Gap]:
    """A disclosure has every section that the disclosure rules ask for, in sentences or in its table.

    Silent on a notice about one of them and on an excerpt: what is not in it was published elsewhere.
    """
    if is_partial(document):
        return
    have = sections_in(document)
    for section, name in SECTIONS.items():
        if section in _OWN and not provincial_text(document):
            continue
        if section not in have:
            yield Gap(path=section, message=f"没有“{name}”的内容", remedy=f"补写{name}；没有数据的也应写明")


@rule(
    "TXT-005", title="机构设置表填写完整", severity=Severity.WARNING, basis="form-disclosure", article="机构设置",
    checks=("D02",),
)  # fmt: skip
def organizations_are_filled_in(document: BudgetDocument) -> Iterator[Gap]:
    """Every body in the table has its nature, rank and funding, of which the table has a column.

    “无” says nothing of nature and funding, nor of the rank of an office of state, which always has one.
    """
    names = {
        field: name
        for field, name in (("nature", "单位性质"), ("rank", "单位规格"), ("funding", "经费保障形式"))
        if provincial_text(document) or any(getattr(body, field) for body in document.organizations)
    }
    for index, body in enumerate(document.organizations):
        missing = [
            name
            for field, name in names.items()
            if is_blank(getattr(body, field))
            or (normalise(getattr(body, field)) == "无" and (field != "rank" or body.nature == "行政"))
        ]
        if missing:
            yield Gap(
                path=f"organizations.{index}",
                message=f"“{body.name}”没有填写{'、'.join(missing)}",
                remedy="补填；没有规格的，写明“未定规格”",
            )


@rule(
    "TXT-006", title="文本没有范本残留的词", severity=Severity.WARNING, basis="form-performance-text", article="定稿",
    checks=("D43",),
)  # fmt: skip
def no_placeholder_is_left(document: BudgetDocument) -> Iterator[Gap]:
    """No placeholder of a template (×××, XX 县, 此处填写) and no residue of a word processor is left in any text."""
    found: dict[str, str] = {}
    for pattern in _RESIDUES:
        for path, text in corpus(document).holding(pattern):
            if match := pattern.search(text):
                found.setdefault(path, match[0])
    for path, residue in found.items():
        yield Gap(path=path, message=f"有范本残留的文字“{residue}”", remedy="改为实际内容", stated=residue)


@rule(
    "TXT-007", title="写明预算年度", severity=Severity.NOTICE, basis="form-performance-text", article="定稿",
    checks=("D28",), applies=titled,
)  # fmt: skip
def the_budget_year_is_stated(document: BudgetDocument) -> Iterator[Gap]:
    """The document says which year it is for: on its cover or in its title."""
    if document.title is None:
        year = f"，按内容推断为 {document.fiscal_year} 年" if document.fiscal_year else ""
        yield Gap(
            path="title", message=f"文件没有写明部门名称和预算年度的标题{year}", remedy="补上封面或标题"
        )
