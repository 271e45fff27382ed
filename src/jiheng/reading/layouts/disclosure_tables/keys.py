"""Standard names of the columns of figures: label -> key."""

from __future__ import annotations

import re
from typing import Final

from jiheng.budget import normalise

COLUMN_KEYS: Final = {
    "total": "合计",
    "budget": "预算数",
    "final": "决算数",
    "initial": "年初预算数",
    "adjusted": "全年预算数（调整预算数）",
    "previous_year": "上年数",
    "change": "增减额",
    "rate": "增减率或占比",
    "basic": "基本支出",
    "personnel": "人员经费",
    "operating": "公用经费",
    "project": "项目支出",
    "fiscal": "财政拨款",
    "general_public": "一般公共预算",
    "government_fund": "政府性基金预算",
    "state_capital": "国有资本经营预算",
    "fiscal_account": "财政专户管理资金",
    "own": "单位资金",
    "business": "事业收入",
    "operation": "经营收入或经营支出",
    "superior_subsidy": "上级补助收入",
    "affiliated": "附属单位上缴收入",
    "to_superior": "上缴上级支出",
    "to_affiliated": "对附属单位补助支出",
    "other": "其他",
    "carried_over": "上年结转（年初结转和结余）",
    "carried_forward": "年末结转和结余",
    "revenue": "本年收入",
    "expenditure": "本年支出",
    "abroad": "因公出国（境）费",
    "vehicle": "公务用车购置及运行费",
    "vehicle_purchase": "公务用车购置费",
    "vehicle_operation": "公务用车运行费",
    "reception": "公务接待费",
    "operating_funds": "机关运行经费",
    "quantity": "数量",
    "price": "单价",
}
"""Key -> usual heading. In a table with 预算数 and 决算数 under each heading the key has "_budget" or "_final" behind it."""

# The first pattern that a heading holds names its key.
_PATTERNS: Final = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (r"机关运行经费", "operating_funds"),
        (r"因公出国", "abroad"),
        (r"公务用?车购置(?:及|和|与)运行", "vehicle"),
        (r"公务接待", "reception"),
        (r"(?:公务用?车)?购置费|公务用车购置(?!及|和)", "vehicle_purchase"),
        (r"(?:公务用?车)?运行(?:维护)?费|公务用车运行", "vehicle_operation"),
        (r"增减率|增长率|占比|比例|%", "rate"),
        (r"增减|变动", "change"),
        (r"人员(?:经费|支出)", "personnel"),
        (r"(?:日常)?公用(?:经费|支出)", "operating"),
        (r"基本支出", "basic"),
        (r"项目支出", "project"),
        (r"上缴上级", "to_superior"),
        (r"对附属单位补助", "to_affiliated"),
        (r"附属单位上缴", "affiliated"),
        (r"上级补助", "superior_subsidy"),
        (r"国有资本经营", "state_capital"),
        (r"政府性?基金", "government_fund"),
        (r"一般公共预算|一般预算", "general_public"),
        (r"财政专户|专户资金", "fiscal_account"),
        (r"单位资金|自有资金|自筹", "own"),
        (r"事业单位经营|经营收入|经营支出", "operation"),
        (r"事业收入|事业预算收入", "business"),
        (r"年末结转|结转下年", "carried_forward"),
        (r"上年结转|年初结转|结转结余|结转和结余", "carried_over"),
        (r"其他", "other"),
        (r"财政拨款|财政资金|拨款", "fiscal"),
        (r"上年|(?:20\d{2}年)?执行数", "previous_year"),
        (r"年初预算", "initial"),
        (r"调整预算|全年预算|调整后", "adjusted"),
        (r"本年收入", "revenue"),
        (r"本年支出", "expenditure"),
        (r"合计|总计|小计|总额", "total"),
        (r"决算数|决算", "final"),
        (r"预算数|预算金额|金额|本年预算|预算|数额", "budget"),
        (r"数量", "quantity"),
        (r"单价", "price"),
    )
)
_PARENTS: Final = frozenset({"vehicle", "abroad", "reception"})


def column_key(path: list[str]) -> str | None:
    """The key of a column, by its headings from the top down."""
    words = [normalise(word) for word in path]
    if not words:
        return None
    last = _key(words[-1])
    above = next((key for word in reversed(words[:-1]) if (key := _key(word)) is not None), None)
    if last in ("budget", "final") and len(words) > 1:
        whole = column_key(path[:-1])
        return f"{whole}_{last}" if whole not in (None, "budget", "final") else last
    if last == "total" and above in _PARENTS:
        return above
    return last if last is not None else above


def _key(word: str) -> str | None:
    return next((key for pattern, key in _PATTERNS if pattern.search(word)), None)
