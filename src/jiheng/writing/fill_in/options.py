"""The hidden sheet of what drop-downs offer, each list under a name that formulas can ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from jiheng.budget import WORDS
from jiheng.budget.workbook import letters
from jiheng.errors import StandardsError
from jiheng.standards import indicator_framework, indicator_words, procurement

SHEET: Final = "选项"
CATALOGUE_SHEET: Final = "采购目录"
LEVEL1: Final = "一级指标选项"
NAMES: Final = "建议"
"""What the name of a list of level-three names begins with; the second level follows."""
UNITS: Final = "单位"
"""The same of units of measure."""
SIGNS: Final = ["≥", "≤", "=", ">", "<", WORDS]
_KINDS: Final[Mapping[str, indicator_framework.UnitKind]] = {
    "数量指标": "count", "质量指标": "share", "时效指标": "time", "成本指标": "money", "经济成本指标": "money", "社会成本指标": "money",
    "生态环境成本指标": "money", "经济效益指标": "money", "社会效益指标": "share", "生态效益指标": "share", "可持续影响指标": "time",
    "服务对象满意度指标": "share",
}  # fmt: skip
"""What second levels are usually measured in; any other unit may be typed all the same."""
_FEW: Final = 40
CHOICES: Final[Mapping[str, Sequence[str]]] = {
    "attribute": ["新增项目", "延续项目", "一次性项目"],
    "measure": ["台", "套", "个", "件", "辆", "项", "批", "张", "把", "平方米", "年"],
    "nature": ["行政", "事业", "参公事业", "企业"],
    "rank": ["正处级", "副处级", "正科级", "副科级", "股级", "无级别"],
    "funding": ["财政拨款", "财政性资金基本保证", "财政性资金定额或定项补助", "财政性资金零补助", "自收自支"],
}
"""Short lists that are only proposals."""


def lists_for(document: Mapping[str, Any]) -> dict[str, list[str]]:
    """Every named list: levels of indicators, proposed names and units by second level.

    The system of indicators is the one that the document follows; names that its own indicators have are proposed
    before those of the library.
    """
    rows = [
        row
        for name in ("projects", "special_funds")
        for project in document.get(name) or ()
        for row in project["indicators"]
    ]
    frame = indicator_framework.layout_of(row["level1"] for row in rows if row["level1"])
    found: dict[str, list[str]] = {LEVEL1: [first.name for first in frame.level1]}
    for first in frame.level1:
        found[first.name] = list(first.level2)
        for level2 in first.level2:
            used = [row["level3"] for row in rows if row["level2"] == level2 and row["level3"]]
            found[f"{NAMES}{level2}"] = _unique([*used[:_FEW], *indicator_words.endings_under(level2)])
            kind = _KINDS.get(level2, "count")
            found[f"{UNITS}{level2}"] = _unique(indicator_framework.units_of_kind(kind)[:_FEW])
    return {name: texts for name, texts in found.items() if texts}


def catalogue_of(year: int | None) -> dict[str, str]:
    """The entries of the year's procurement catalogue by code; none where it is not on record, or in part only."""
    try:
        if year is None or procurement.edition(year).is_partial:
            return {}
        return {item.code: item.name or "" for item in procurement.named_items(year)}
    except StandardsError:
        return {}


def write_options(book: Any, lists: Mapping[str, Sequence[str]]) -> None:
    """The hidden sheet with a column for each list, and a name for each column."""
    sheet = book.add_worksheet(SHEET)
    for column, (name, texts) in enumerate(lists.items()):
        sheet.write_string(0, column, name)
        for row, text in enumerate(texts, 1):
            sheet.write_string(row, column, text)
        sheet.set_column(column, column, 18)
        letter = letters(column)
        book.define_name(name, f"={SHEET}!${letter}$2:${letter}${len(texts) + 1}")
    sheet.protect()
    sheet.very_hidden()


def write_catalogue(book: Any, catalogue: Mapping[str, str]) -> str | None:
    """The hidden sheet of the procurement catalogue; its range as formulas name it."""
    if not catalogue:
        return None
    sheet = book.add_worksheet(CATALOGUE_SHEET)
    for row, (code, name) in enumerate(catalogue.items()):
        sheet.write_string(row, 0, code)
        sheet.write_string(row, 1, name)
    sheet.protect()
    sheet.very_hidden()
    return f"{CATALOGUE_SHEET}!$A$1:$B${len(catalogue)}"


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text.strip() for text in texts if text.strip()))
