"""Figures in sentences, in the many wordings of budgets and final accounts."""

from __future__ import annotations

import re
from typing import Any, Final

from jiheng.budget import (
    Changes,
    Expenditure,
    ExpenditureItem,
    OperatingFunds,
    PerformanceManagement,
    Place,
    Procurement,
    Revenue,
    ThreePublic,
    normalise,
)
from jiheng.reading.layouts.amounts import amount_text, find_change, find_rate, in_figures
from jiheng.reading.layouts.sections import Passage

_REVENUE: Final = {
    "total": r"(?<!基金)收入预算(?:总额|合计|总计)?|(?<!公共)(?<!基金)(?<!经营)预算收入|本年收入合计|(?<!拨款)收入合计|收入总预算|财务总收入",
    "fiscal": r"(?<!预算)财政拨款收入",
    "general_public": r"一般公共预算(?:财政)?(?:拨款)?(?:资金)?收入",
    "government_fund": r"政府性基金(?:预算)?(?:财政)?(?:拨款)?收入",
    "state_capital": r"国有资本经营(?:预算)?(?:财政)?(?:拨款)?收入",
    "fiscal_account": r"财政专户管理资金(?:收入)?",
    "business": r"(?<!位)事业收入",
    "operation": r"(?:事业单位)?经营收入",
    "other": r"(?<!除)(?<!及)其他收入",
    "carried_over": r"上年结转(?:结余)?(?:收入)?|年初结转和结余",
}
_FISCAL_FUNDS: Final = ("fiscal", "general_public", "government_fund")
"""Where no text adds them up, income from fiscal funds is told source by source."""
# 支出预算 of the whole, not 项目支出预算 or 工资福利支出预算
_WHOSE: Final = r"(?:^|(?<=[,;:。、的年度位门局委办府校院会心馆所站处队部镇乡总]))"
_EXPENDITURE: Final = {
    "total": rf"{_WHOSE}支出预算(?:总额|合计|总计)?|(?<!公共)(?<!基金)(?<!经营)预算支出|本年支出合计|支出合计|支出总预算|总支出预算",
    "basic": r"基本支出(?:预算)?",
    "personnel": r"人员经费",
    "operating": r"(?:日常)?公用经费",
    "project": r"项目支出(?:预算)?",
}
_FISCAL_BASIC: Final = re.compile(
    r"财政拨款(?:资金)?(?:安排)?(?:的)?基本支出(?:预算|决算)?(?:安排|支出|为|是|共计|合计|:|数)*(-?\d[\d,，]*(?:[.．]\d+)?)(万元|千元|亿元|元)"
)
_STATED: Final = "(?:财政拨款|年初|实际|支出|预算|决算|安排|总额|总计|合计|共计|汇总|数)*"
_THREE_PUBLIC: Final = {
    "total": rf"[“\"]?三公[”\"]?经费[”\"]?\)?{_STATED}",
    "abroad": rf"因公出国\(境\)(?:费用?|经费)?{_STATED}",
    "vehicle_purchase": rf"(?:公务用车|公车)购置(?:费用?|经费)?{_STATED}",
    "vehicle_operation": rf"(?:公务用车|公车)(?:运行维护|运行|运维)(?:费用?|经费)?{_STATED}",
    "reception": rf"公务接待(?:费用?|经费)?{_STATED}",
}
_OPERATING_FUNDS: Final = r"机关运行经费(?:财政拨款)?(?:支出)?(?:预算|决算)?(?:数)?(?:共计|合计|共)?"
_PROCUREMENT: Final = r"政府采购(?:预算|支出|金额|项目)*(?:总额|合计|共计)?"
_PART_OF_THREE: Final = re.compile(
    r"因公出国|(?:公务用车|公车)(?:购置|运)|公务接待|机关运行经费|政府采购|会议费|培训费"
)
_TOTAL_OF_THREE: Final = re.compile(r"三公[”\"]?经费")
_IS: Final = r"(?:\([^)]{0,20}\))?(?:安排|支出|为|是|共计|合计|:|预算|决算数?|数)*"
# "3，518.85": a full-width comma, or a Chinese full stop, inside a figure
_FIGURE: Final = r"(-?\d[\d,，]*(?:[.．]\d+)?)(万元|千元|亿元|元)"
_INITIAL: Final = re.compile(
    rf"(?:年初|全年|支出)*预算数?(?:为|是|:)?{_FIGURE}[,;]"
    r"(?=(?:20\d{2}年度?)?(?:实际支出)?(?:[“\"]?三公[”\"]?经费[”\"]?)?(?:支出)?决算)"
)
"""Of a final account: what had been planned, before what was spent."""
_ITEM: Final = re.compile(
    r"^(?:\d{1,3}[.、．)]?|[(（]\d{1,3}[)）])?[“\"「]?(?P<class>[^“”\"]{2,40}?)\(类\)(?P<section>[^“”\"]{2,60}?)\(款\)(?P<item>.{2,80}?)\(项\)[”\"」]?(?P<rest>.*)$"
)
_INCOME_IN_ALL: Final = r"(?<!拨款)(?:年度)?收入(?:支出)?总计|(?<!拨款)收入总额|(?:本单位|本部门|本年度?|20\d{2}年度?)[,，]?总?收入"
_SPENT_IN_ALL: Final = (
    r"(?<!拨款)支出总计|(?<!拨款)支出总额|(?:本单位|本部门|本年度?|20\d{2}年度?)[,，]?总?支出"
)
_IN_ALL: Final = re.compile(r"(?:收入支出|收支|收、支)(?:总计|总预算|总额|总体|合计|预算)|收入、支出总计")
_AGAINST_YEAR: Final = r"[较比与]\d{4}年(?:度)?(?:预算)?(?:相比)?[,，]?(?:收入支出总计|收、支总计|收支总计)?"
_AGAINST_LAST: Final = r"[较比与]上年(?:同期|度|预算|决算|数|相比)*[,，]?(?:(?:收入支出|收、支|收支)总计|总计)?(?:各|均|共|同比)?"
_USES: Final = re.compile(r"主要(?:是)?用于:?(.+?)(?:[。；;]|,?年初预算|,?20\d{2}年|$)")
_REASONS: Final = re.compile(r"(?:主要)?原因(?:主要|都|均)?(?:是|为)?[:：]?(.+?)(?:[。]|$)")
_REASONS_OF_PARTS: Final = re.compile(
    r"(?:主要)?原因(?:主要|都|均)?(?:是|为)?[:：]?([^。；;]+?)(?=[。；;]|$)"
)
_REASONS_OF_CHANGES: Final = re.compile(
    r"(?:增加|增长|上升|提高|减少|下降|降低|压减|压缩|节约|持平)[^。；;]{0,30}[。,，;；(（]主要(?:是|系)(?!用于|指)([^。；;]+?)(?=[。；;]|$)"
)
"""A reason that is not called one: 下降 2%，主要是从严控制公务接待."""
_COMPARED: Final = re.compile(
    r"[较比与](?:20\d{2}年|上年|去年)(?:同期|年初|年终|支出|预算|执行|决算|度|数)*(?:的?\d[\d,]*(?:\.\d+)?(?:万元|千元|元))?(?:相比)?[,:]?"
)
_PERFORMANCE: Final = (
    ("goal_projects", "goal_amount", r"(?:编报|申报|设置|填报)[^,，;；。]*?绩效目标的?[^,，;；。\d]*(?:20\d{2}年度?)?(?:预算)?项目(?:共)?(?:有)?(\d+)个"),
    ("monitored_projects", "monitored_amount", r"绩效(?:跟踪|监控|运行监控)[^,，;；。]*?(?:20\d{2}年度?)?项目(?:共)?(\d+)个"),
    ("self_evaluated_projects", "self_evaluated_amount", r"(?:绩效)?自评[^,，;；。]*?(?:20\d{2}年度?)?项目(?:共)?(\d+)个"),
    ("evaluated_projects", "evaluated_amount", r"(?:部门|财政|重点|本次)(?:绩效)?评价[^,，;；。]*?(?:20\d{2}年度?)?项目(?:共)?(\d+)个"),
)  # fmt: skip
_GRADES: Final = (("excellent", "优"), ("good", "良"), ("fair", "(?:合格|中)"), ("poor", "(?:不合格|差)"))


def amounts(labels: dict[str, str], passages: list[Passage]) -> tuple[dict[str, Any], dict[str, Place]]:
    """The first amount behind each label, with the place of its paragraph."""
    found: dict[str, Any] = {}
    cells: dict[str, Place] = {}
    for passage in passages:
        text = _INITIAL.sub("", in_figures(passage.text))
        for field, label in labels.items():
            if field in found:
                continue
            match = re.search(rf"(?:{label}){_IS}{_FIGURE}", text)
            if match is not None:
                found[field] = _amount(match[match.re.groups - 1], match[match.re.groups])
                cells[field] = passage.place
    return found, cells


_OWN_YEAR: Final = re.compile(r"(?<![较比与同至])(20\d{2})年(?:度)?[^,，;；。:：\d]{0,14}$")


def _year(label: str, passages: list[Passage]) -> tuple[dict[str, Any], dict[str, Place]]:
    """The year right before ``label`` with its amount, and its place: 2024年“三公”经费预算12万元."""
    for passage in passages:
        text = _INITIAL.sub("", in_figures(passage.text))
        match = re.search(rf"(?:{label}){_IS}{_FIGURE}", text)
        if match is not None:
            found = _OWN_YEAR.search(text, max(0, match.start() - 24), match.start())
            return ({"year": int(found[1])}, {"year": passage.place}) if found else ({}, {})
    return {}, {}


def _amount(digits: str, unit: str) -> str:
    return amount_text(digits.replace("，", "").replace("．", "."), unit)


def read_revenue(passages: list[Passage]) -> Revenue | None:
    """Income by source."""
    about = [part for part in passages if "收入" in part.text and not is_item(part.text)]
    found, cells = amounts(_REVENUE, about)
    if "total" not in found:
        # with what was carried over, where the year's own income is not stated
        more, places = amounts({"total": _INCOME_IN_ALL}, about)
        found |= more
        cells |= places
    year, at = _year(_REVENUE["total"], about)
    is_told = found.keys() & {"total", *_FISCAL_FUNDS}
    return Revenue(cells=cells | at, **year, **found) if is_told else None


def read_expenditure(passages: list[Passage]) -> Expenditure | None:
    """Expenditure in all, basic and for projects."""
    about = [part for part in passages if "支出" in part.text and not is_item(part.text)]
    found, cells = amounts(_EXPENDITURE, about)
    if "total" not in found:
        more, places = amounts({"total": _SPENT_IN_ALL}, about)
        found |= more
        cells |= places
    _leave_out_parts_of_another(found, cells, about)
    year, at = _year(_EXPENDITURE["total"], about)
    return Expenditure(cells=cells | at, **year, **found) if found else None


def _leave_out_parts_of_another(
    found: dict[str, Any], cells: dict[str, Place], passages: list[Passage]
) -> None:
    """Takes out personnel and operating funds that make up the basic expenditure from fiscal funds alone.

    A body with other income tells its basic expenditure as a whole, and then that from fiscal funds with its parts.
    """
    for field in ("personnel", "operating"):
        own = [normalise(part.text) for part in passages if part.place == cells.get(field)]
        stated = [_amount(match[1], match[2]) for text in own for match in _FISCAL_BASIC.finditer(text)]
        if stated and found.get("basic") not in (None, *stated):
            found.pop(field, None)
            cells.pop(field, None)


def read_changes(passages: list[Passage]) -> Changes | None:
    """The first change against the year before that a sentence on the whole states.

    A sentence that names no year (比上年) counts only where it speaks of income and expenditure in all.
    """
    for is_named in (True, False):
        for index, passage in enumerate(passages):
            text = in_figures(passage.text)
            year = re.search(r"[较比与](\d{4})年", text)
            is_told = year is not None if is_named else year is None and _IN_ALL.search(text) is not None
            if not is_told or is_item(passage.text) or "三公" in text:
                continue
            against = _AGAINST_YEAR if is_named else _AGAINST_LAST
            change, rate = find_change(against, text), find_rate(against, text)
            if change is not None:
                reasons = _REASONS.search(
                    "".join(normalise(part.text) for part in passages[index : index + 6])
                )
                return Changes(
                    previous_year=int(year[1]) if year else None,
                    total=change,
                    rate=rate,
                    reasons=reasons[1] if reasons else None,
                    cells=dict.fromkeys(("total", "rate") if rate else ("total",), passage.place),
                )
    return None


def is_item(text: str) -> bool:
    """Whether a paragraph is about one item of the functional classification."""
    return _ITEM.match(normalise(text)) is not None


def read_item(passage: Passage) -> ExpenditureItem | None:
    """A paragraph such as “…（类）…（款）…（项）”25.77万元，主要用于…."""
    text = normalise(passage.text)
    match = _ITEM.match(text)
    if match is None:
        return None
    told = match["rest"]
    rest = in_figures(told)
    stated = re.match(rf"(?:科目|支出|预算|安排|为|[:,，”])*{_FIGURE}", rest) or re.search(
        rf"20\d{{2}}年预算安排{_FIGURE}|预算安排{_FIGURE}", rest
    )
    uses, reasons = _USES.search(told), _REASONS.search(told)
    rate = re.search(r"(增加|增长|减少|下降|降低)(-?\d+(?:\.\d+)?)%", rest)
    sign = "-" if rate and rate[1] in ("减少", "下降", "降低") else ""
    return ExpenditureItem(
        function_class=_printed(match["class"].strip('“"')),
        section=_printed(match["section"]),
        item=_printed(match["item"]),
        amount=_first(stated),
        previous=_first(re.search(rf"(?:执行数|20\d{{2}}年决算数?|上年决算数?){_IS}{_FIGURE}", rest)),
        initial=_first(re.search(rf"年初预算{_IS}{_FIGURE}", rest)),
        final=_first(re.search(rf"(?:支出)?决算{_IS}{_FIGURE}", rest)),
        rate=f"{sign}{rate[2]}" if rate else None,
        uses=uses[1].rstrip(",，") if uses else None,
        reasons=reasons[1] if reasons else None,
        place=passage.place,
    )


def _printed(name: str) -> str:
    """A name of the classification with its brackets as printed: 政府办公厅（室）及相关机构事务."""
    return name.replace("(", "（").replace(")", "）")


def _first(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    groups = [group for group in match.groups() if group]
    return _amount(groups[-2], groups[-1]) if len(groups) >= 2 else None


def read_three_public(passages: list[Passage]) -> ThreePublic | None:
    """The three public expenses, their change, and why."""
    found, cells = amounts(_THREE_PUBLIC, passages)
    if not found:
        return None
    text = "".join(normalise(passage.text) for passage in passages)
    changes = (_change_in_all(in_figures(passage.text)) for passage in passages)
    # each of the three has its reason, and often the sum has none
    reasons = dict.fromkeys(match[1] for match in _REASONS_OF_PARTS.finditer(text)) or dict.fromkeys(
        match[1] for match in _REASONS_OF_CHANGES.finditer(text)
    )
    year, at = _year(_THREE_PUBLIC["total"], passages)
    return ThreePublic(
        change=next(filter(None, changes), None),
        reasons="；".join(reasons) or None,
        cells=cells | at,
        **year,
        **found,
    )


def _change_in_all(text: str) -> str | None:
    """The first change in ``text``, a paragraph, that is of the three together and not of one of them.

    What is compared was named last before it: “公务接待费5万元，比上年减少1万元” is of receptions alone. A sentence
    that names nothing compares what the paragraph is about.
    """
    for match in _COMPARED.finditer(text):
        sentence = text.rfind("。", 0, match.start()) + 1
        total = [named.end() for named in _TOTAL_OF_THREE.finditer(text, 0, match.start())]
        part = [named.end() for named in _PART_OF_THREE.finditer(text, 0, match.start())]
        is_of_all = not part or (total and (max(part) <= sentence or max(total) > max(part)))
        if is_of_all and (change := find_change("^", text[match.end() :])) is not None:
            return change
    return None


def read_operating_funds(passages: list[Passage]) -> OperatingFunds | None:
    """机关运行经费: the amount, and what it is for."""
    found, cells = amounts({"total": _OPERATING_FUNDS}, passages)
    if not found:
        return None
    uses = next((match[1] for part in passages if (match := _USES.search(normalise(part.text)))), None)
    year, at = _year(_OPERATING_FUNDS, passages)
    return OperatingFunds(uses=uses, cells=cells | at, **year, **found)


def read_procurement(passages: list[Passage]) -> Procurement | None:
    """政府采购: the amount in all."""
    found, cells = amounts({"total": _PROCUREMENT}, passages)
    year, at = _year(_PROCUREMENT, passages)
    return Procurement(cells=cells | at, **year, **found) if found else None


def read_performance(passages: list[Passage]) -> PerformanceManagement | None:
    """预算绩效管理情况: counts, amounts, mean score and grades."""
    text = "".join(in_figures(passage.text) for passage in passages)
    found: dict[str, Any] = {}
    for count, amount, pattern in _PERFORMANCE:
        match = re.search(pattern, text)
        if match is None:
            continue
        found[count] = match[1]
        behind = re.match(rf"[,，]?(?:涉及|资金|金额|预算|项目)*{_IS}{_FIGURE}", text[match.end() :])
        if behind is not None:
            found[amount] = _amount(behind[1], behind[2])
    if score := re.search(r"平均(?:得)?分(?:为)?(\d+(?:\.\d+)?)分?", text):
        found["mean_score"] = score[1]
    for field, grade in _GRADES:
        match = re.search(rf"[“\"']{grade}[”\"']的?项目(?:为|有)?(\d+)个", text) or re.search(
            rf"(?:[,，、;；:：。]|其中){grade}[秀好等]?的?(?:项目)?(\d+)个", text
        )
        if match is not None:
            found[field] = match[1]
    for field, words in (
        ("problems_found", "发现问题"),
        ("problems_solved", "完成整改的?"),
        ("problems_open", "正在整改的?"),
    ):
        if match := re.search(rf"{words}(\d+)个", text):
            found[field] = match[1]
    if not found:
        return None
    return PerformanceManagement(cells=dict.fromkeys(found, passages[0].place), **found)
