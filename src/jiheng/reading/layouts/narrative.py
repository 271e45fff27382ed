"""The sentences of a disclosure: revenue, expenditure, changes, operating funds, the three public expenses."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from jiheng.budget import (
    Changes,
    Expenditure,
    Money,
    NamedAmount,
    OperatingFunds,
    Place,
    Remark,
    Revenue,
    ThreePublic,
    in_digits,
    normalise,
    with_units,
)
from jiheng.reading.layouts.amounts import (
    AMOUNT,
    amount_text,
    find_amount,
    find_change,
    find_rate,
    in_figures,
)
from jiheng.reading.layouts.ledger import Ledger
from jiheng.reading.layouts.sections import Passage

_SENTENCE = re.compile(r"[^。！？]+[。！？]?")
_NAMED = re.compile(rf"^(?P<name>.+?)(?:项目)?(?:预算|资金|安排)?{AMOUNT}$")

_YEAR_FIRST = re.compile(r"^(?:\(?[\d一二三四五六七八九十]{1,2}[)、.])?(20\d{2})年(?:度|初)?[,，]?")
_BODY_FIRST = re.compile(
    r"(?P<body>[我本](?:部门|单位|局|委|办|馆|中心|校|院)"
    r"|[\u4e00-\u9fff()]{2,24}?(?:局|委员会|办公室|中心|馆|站|学院|医院|学校|小学|中学|党校|处|所|政府|办事处|联合会|总工会|大队|支队|政协|人大|法院|检察院))"
    r"(?=(?:本级|机关)?(?:20\d{2}年度?|机关运行|财政拨款|[“\"]?三公|安排|政府采购|预算|收入|支出|上年|截[至止]))"
)

_REVENUE = {
    "total": r"预算收入|收入预算(?:合计|总计|总额)?",
    "general_public": r"一般公共预算(?:财政)?(?:拨款)?收入",
    "government_fund": r"(?:政府性)?基金预算(?:拨款)?收入",
    "state_capital": r"国有资本经营预算(?:拨款)?收入",
    "fiscal_account": r"财政专户(?:核拨|管理资金)(?:收入)?",
    "other": r"其他(?:来源)?收入(?:\([^)]*\))?",
    "carried_over": r"上年结转(?:结余)?(?:收入)?",
}
_EXPENDITURE = {
    "total": r"支出预算(?:安排|合计|总计)?",
    "basic": r"基本支出",
    "personnel": r"人员经费",
    "operating": r"(?:日常)?公用经费",
    "project": r"项目支出",
}
_THREE_PUBLIC = {
    "total": r"经费(?:财政拨款)?(?:预算)?(?:共|共计)?安排",
    "abroad": r"因公出国\(境\)费用?",
    "vehicle_purchase": r"公务用车购置费用?|公车购置费",
    "vehicle_operation": r"公务用车运行维护费|公务用车运维费|公车运行维护费",
    "reception": r"公务接待费用?",
}


_LISTED = re.compile(
    rf"项目支出{AMOUNT}[,，;；]?(?:(?:其中)?[:：,，]?主要(?:为|是|包括|用于)|(?P<all>其中(?:[:：,，]|包括)|分别为|具体为|具体包括))[:：]?"
    r"(?P<list>.*?)(?:。|$)"
)
"""The projects behind their sum: 主要为… in the form, 其中：… where all are named."""
_NO_PROJECT = re.compile(r"预算|基金|财政|拨款|结转|单位资金|上级|本级|[类比占]|增加|减少")
"""In a part behind 其中: a source or a class of money, no project."""
_OTHERS = re.compile(r"等(?:\d+个)?(?:项目)?(?:支出)?$")
"""Behind the last project that is named: there are others."""
_SEPARATED = re.compile(r"[,，;；]|(?<=元)、")
_ONE = "(?:因公出国|公务用?车|公车|公务接待)"
_ONE_COMPARED = re.compile(rf"{_ONE}[^。;；]{{0,40}}?[与较比](?:\d{{4}}年|上年|去年)")
_OF_ONE = re.compile(rf"{_ONE}[^。;；]*\Z")
_NEXT_EXPENSE = re.compile(rf"[)）]?[;；](?={_ONE}[^。]{{0,20}}\d)")
"""Where the reason of one expense ends and the next expense is told."""
_CHANGE_OF_ONE = (
    r"(?:因公出国|公务用?车|公车|公务接待)[^。]{0,60}?(?:增加|增长|上升|减少|下降|降低|压减)了?\d"
    r"|(?:因公出国|公务用?车|公车|公务接待)[^。]{0,60}?(?:持平|不变|无变化|无增减)"
)
"""The change of one of the three expenses, which has no field of its own."""
_IN_ALL = "^(?:总额|合计)?"


class Statement:
    """One or more passages of a section; what they state is taken out, the rest becomes remarks."""

    def __init__(self, section: str, parts: list[Passage], ledger: Ledger) -> None:
        self.section = section
        self.parts = parts
        self.text = in_figures("".join(part.text for part in parts))
        self.cells: dict[str, Place] = {}
        self._used: set[str] = set()
        self._kept: set[str] = set()
        for part in parts:
            ledger.take(*part.pieces)

    def amounts(self, labels: dict[str, str]) -> dict[str, Any]:
        """The amount behind each label, with its place."""
        found: dict[str, Any] = {}
        for field, label in labels.items():
            amount = find_amount(label, self.text)
            if amount is not None:
                found[field] = amount
                self.mark(field, f"(?:{label}){AMOUNT}")
        return found

    def mark(self, field: str, pattern: str) -> None:
        """``field`` comes from the sentence in which ``pattern`` is found."""
        for part in self.parts:
            for sentence in _SENTENCE.findall(part.text):
                if re.search(pattern, in_figures(sentence)):
                    self.cells.setdefault(field, part.place)
                    self._used.add(sentence)
                    return

    def use(self, *patterns: str) -> None:
        """Sentences with one of these patterns are in a field of their own."""
        for part in self.parts:
            for sentence in _SENTENCE.findall(part.text):
                if any(re.search(pattern, in_figures(sentence)) for pattern in patterns):
                    self._used.add(sentence)

    def keep(self, pattern: str) -> None:
        """Sentences with this pattern say more than their fields: they are remarks as well."""
        for part in self.parts:
            for sentence in _SENTENCE.findall(part.text):
                if re.search(pattern, in_figures(sentence)):
                    self._kept.add(sentence)

    def year_and_body(self) -> dict[str, Any]:
        """The year and the body that the first sentence with an amount names at its beginning."""
        for part in self.parts:
            for sentence in _SENTENCE.findall(part.text):
                if re.search(AMOUNT, in_figures(sentence)):
                    found = year_and_body(sentence)
                    for field in found:
                        self.cells.setdefault(field, part.place)
                    return found
        return {}

    def remarks(self) -> list[Remark]:
        """The sentences that state nothing with a field of its own, runs of them together."""
        remarks = []
        for part in self.parts:
            run = ""
            for sentence in [*_SENTENCE.findall(part.text), ""]:
                if sentence and (sentence not in self._used or sentence in self._kept):
                    run += sentence
                elif run.strip():
                    remarks.append(Remark(section=self.section, text=run.strip(), place=part.place))
                    run = ""
        return remarks


def year_and_body(sentence: str) -> dict[str, Any]:
    """The year and the body with which a sentence begins: 2024年，我部门…, 安澜县水务局上年末…."""
    plain = normalise(sentence)
    found: dict[str, Any] = {}
    if (year := _YEAR_FIRST.match(plain)) is not None:
        found["year"] = int(year[1])
    if (body := _BODY_FIRST.match(plain, year.end() if year else 0)) is not None:
        found["body"] = body["body"].replace("(", "（").replace(")", "）")
    return found


def read_revenue(statement: Statement) -> Revenue | None:
    """收入说明: the total and each source."""
    amounts = statement.amounts(_REVENUE)
    return Revenue(**statement.year_and_body(), cells=statement.cells, **amounts) if amounts else None


def read_expenditure(statement: Statement) -> Expenditure | None:
    """支出说明: the totals, and every project named behind 主要为, with its amount where one is given."""
    amounts = statement.amounts(_EXPENDITURE)
    if not amounts:
        return None
    fields: dict[str, Any] = {}
    for part in statement.parts:
        match = _LISTED.search(in_figures(part.text))
        if match is None:
            continue
        projects = [
            _named(piece, part.place) for piece in _pieces(match["list"], with_units(in_digits(part.text)))
        ]
        is_some = _OTHERS.search(match["list"]) is not None
        if match["all"] is None or (len(projects) > 1 and all(map(_is_project, projects))):
            listing = "some" if is_some else "all" if match["all"] else None
            fields = {"projects": projects, "listing": listing}
    return Expenditure(**statement.year_and_body(), cells=statement.cells, **fields, **amounts)


def _is_project(named: NamedAmount) -> bool:
    return named.amount is not None and _NO_PROJECT.search(named.name) is None


def _pieces(listing: str, original: str) -> list[str]:
    """The entries of a listing. Names may hold 、, so that only a listing without amounts is cut there."""
    has_amounts = re.search(AMOUNT, listing) is not None
    entries = _SEPARATED.split(listing) if has_amounts else re.split(r"[,，;；、]", listing)
    named = [_OTHERS.sub("", entry) for entry in entries]
    return [_as_written(entry, original) for entry in named if entry]


def _as_written(entry: str, original: str) -> str:
    """``entry`` with the full-width signs that it has in the file; normalisation had folded them."""
    pattern = r"\s*".join(re.escape(sign) for sign in entry)
    for folded, wide in ((r"\(", "[(（]"), (r"\)", "[)）]"), (":", "[:：]")):
        pattern = pattern.replace(folded, wide)
    match = re.search(pattern, original)
    return match[0] if match else entry


def _named(entry: str, place: Place) -> NamedAmount:
    match = _NAMED.match(normalise(entry))
    if match is None:
        return NamedAmount(name=entry.strip(), place=place)
    amount = re.search(AMOUNT.replace(r"(-?", r"\s*(-?").replace(r"?)(万", r"?)\s*(万") + r"$", entry)
    name = entry[: amount.start()] if amount else match["name"]
    name = name.strip().removesuffix("项目").strip()
    return NamedAmount(
        name=name, amount=amount_text(match[match.re.groups - 1], match[match.re.groups]), place=place
    )


def read_changes(statement: Statement) -> Changes | None:
    """比上年增减情况: the change in all, of basic and of project expenditure, and the reasons given."""
    text = statement.text
    year = re.search(r"[较比与](\d{4})年", text)
    against = r"[较比与](?:\d{4}年|上年)[^,，;；。:：]*?"
    total, rate = find_change(against, text), find_rate(against, text)
    basic, project = find_change("基本支出", text), find_change("项目支出", text)
    if total is None and basic is None and project is None:
        return None
    reasons = None
    for part in statement.parts:
        match = re.search(r"其中\s*[:：]\s*(.*)$", part.text)
        if match is not None:
            reasons = match[1].strip()
            statement.use(*(re.escape(in_figures(sentence)) for sentence in _SENTENCE.findall(part.text)[1:]))
    for field, label in (
        ("total", r"[较比与](?:\d{4}年|上年)"),
        ("basic", "基本支出"),
        ("project", "项目支出"),
    ):
        statement.mark(field, label)
    if rate is not None:
        statement.mark("rate", r"[较比与](?:\d{4}年|上年)")
    return Changes(
        **statement.year_and_body(),
        rate=rate,
        previous_year=int(year[1]) if year else None,
        total=total,
        basic=basic,
        project=project,
        reasons=reasons,
        cells=statement.cells,
    )


def read_operating_funds(statement: Statement) -> OperatingFunds | None:
    """机关运行经费安排情况: the amount and what it is for."""
    amounts = statement.amounts({"total": r"机关运行经费(?:财政拨款)?(?:预算)?(?:共计|合计|共)?安排"})
    if not amounts:
        return None
    uses = None
    for part in statement.parts:
        match = re.search(r"主要用于\s*(.*?)\s*(?:。|$)", part.text)
        if match is not None:
            uses = match[1]
    return OperatingFunds(**statement.year_and_body(), uses=uses, cells=statement.cells, **amounts)


def read_three_public(statement: Statement) -> ThreePublic | None:
    """财政拨款“三公”经费: the parts, the change against last year and the reasons given."""
    amounts = statement.amounts(_THREE_PUBLIC)
    if not amounts:
        return None
    statement.keep(_CHANGE_OF_ONE)
    comparison = _comparison(statement.text)
    change = _change_of_three_public(comparison[2]) if comparison else None
    rate = find_rate(_IN_ALL, comparison[2]) if comparison else None
    if change is not None:
        statement.mark("change", "相比")
        statement.mark("previous_year", "相比")
    reasons = None
    for part in statement.parts:
        match = re.search(r"原因\s*(?:是|为)?\s*[:：]?\s*(.*)$", part.text)
        if match is not None:
            reasons = _NEXT_EXPENSE.split("".join(_reasons(match[1])))[0].strip()
            statement.use(*(re.escape(in_figures(sentence)) for sentence in _reasons(match[1])))
    return ThreePublic(
        **statement.year_and_body(),
        previous_year=int(comparison[1]) if comparison else None,
        change=change,
        rate=rate,
        reasons=reasons,
        cells=statement.cells,
        **amounts,
    )


def _comparison(text: str) -> re.Match[str] | None:
    """The comparison of all with the year before; where the expenses are compared one by one, none of theirs."""
    one_by_one = len(_ONE_COMPARED.findall(text)) > 1
    found = re.finditer(r"与?(\d{4})年.{0,8}?相比[,，]?(?=(.*)$)", text)
    return next(
        (match for match in found if not (one_by_one and _OF_ONE.search(text, 0, match.start()))), None
    )


def _reasons(text: str) -> list[str]:
    """The sentences that give reasons: the first, and those that say what stayed as it was."""
    sentences = _SENTENCE.findall(text)
    return sentences[:1] + [
        sentence for sentence in sentences[1:] if re.search("不变|持平|增加|减少", sentence)
    ]


def _change_of_three_public(text: str) -> str | None:
    """The change in all: stated as such, or the sum of the changes of the parts that are named."""
    direct = find_change(_IN_ALL, text)
    if direct is not None:
        return direct
    parts = [
        Money.parse(change)
        for label in ("运行维护费|运维费", "购置费", r"出国\(境\)费用?", "接待费")
        if (change := find_change(label, text)) is not None
    ]
    known = [part for part in parts if part is not None]
    if not known:
        return None
    total = sum((part.number for part in known), Decimal(0))
    return format(total, "f")
