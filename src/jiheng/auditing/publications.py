"""What a publication holds: all sections of a disclosure, or only what one notice is about."""

from __future__ import annotations

import re
from typing import Final

from jiheng.budget import BudgetDocument, TableKind, normalise

SECTIONS: Final = {
    "duties": "部门职责", "organizations": "机构设置", "revenue": "收入说明", "expenditure": "支出说明",
    "changes": "比上年增减情况", "operating_funds": "机关运行经费", "three_public": "“三公”经费",
    "procurement": "政府采购预算", "assets": "国有资产信息", "glossary": "名词解释", "other_matters": "其他需要说明的事项",
}  # fmt: skip
_TABLES: Final = {
    "revenue": {TableKind.REVENUE, TableKind.REVENUE_EXPENDITURE},
    "expenditure": {TableKind.EXPENDITURE, TableKind.REVENUE_EXPENDITURE},
    "three_public": {TableKind.THREE_PUBLIC},
    "procurement": {TableKind.PROCUREMENT},
}
"""Tables that hold what a chapter would tell."""
_NUMBER: Final = re.compile(r"^(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）]?[、.．:：]?)?\s*(?:关于)?")
_RUN_IN: Final = {
    "assets": re.compile(r"(?:国有)?资产(?:占有|占用|使用|总体|信息|情况)"),
    "operating_funds": re.compile(r"(?:机关)?运行经费"),
    "procurement": re.compile(r"政府采购"),
    "three_public": re.compile(r"[“\"]?三公[”\"]?经费"),
}
"""Headings that stand in one line with their sentences, in another section's chapter: 4.国有资产占用情况。截至…."""
_START: Final = 40
_ENOUGH: Final = 3
"""So many sections make a disclosure; fewer are a notice, an excerpt or one page of it."""
_NOTICE: Final = re.compile(
    r"三公[”\"]?经费(?:财政拨款|支出|年初)*(?:预算|决算)?(?:信息|公开|汇总|情况|安排|的|说明|公告|公示|通告)*$"
)


def sections_in(document: BudgetDocument) -> set[str]:
    """The sections that ``document`` has, as a field, as sentences or as a table."""
    told = {remark.section for remark in document.remarks}
    tables = {table.kind for table in document.tables}
    return {
        section
        for section in SECTIONS
        if getattr(document, section)
        or section in told
        or tables & _TABLES.get(section, set())
        or _is_run_in(document, section)
    }


def _is_run_in(document: BudgetDocument, section: str) -> bool:
    pattern = _RUN_IN.get(section)
    return pattern is not None and any(
        pattern.match(_NUMBER.sub("", normalise(remark.text[:_START]))) for remark in document.remarks
    )


def is_notice(document: BudgetDocument) -> bool:
    """Whether the title names the three public expenses alone."""
    title = normalise(document.title or "")
    return _NOTICE.search(title) is not None and not re.search(r"(?:部门|单位)(?:预算|决算)[及和与、]", title)


def is_partial(document: BudgetDocument) -> bool:
    """Whether only a part of a disclosure was published here: a “三公”经费 notice, sentences on one topic.

    What such a text leaves out stands elsewhere; its title says so, or there is too little of a disclosure in it.
    """
    if is_notice(document):
        return True
    return len(sections_in(document)) < _ENOUGH
