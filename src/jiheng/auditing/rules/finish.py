"""WORD: a document is its own, finished and complete: no draft, no other county's name, no empty part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from jiheng.auditing.prose import corpus
from jiheng.auditing.registry import Gap, rule
from jiheng.budget import BudgetDocument, Kind, Severity, is_blank, normalise
from jiheng.errors import StandardsError
from jiheng.standards.divisions import division, find_division, lineage

_TOWNSHIP: Final = re.compile(r"(街道|镇|乡)(?:办事处|人民政府|政府|党委|党工委)")
_COUNTY: Final = re.compile(r"^(?:中共)?[\u4e00-\u9fff]{1,12}?([县区旗])")
_DRAFT: Final = re.compile(
    r"草\s*案|征求意见稿?|(?:初|讨论|送审|报审|报批|审议|修改|修订)稿|^(?:稿|讨论|送审)$|[（(]\s*(?:稿|讨论|送审)\s*[)）]"
)
_OWN_DRAFT: Final = re.compile(
    r"(?:公开|公布|现将)[^。；;]{0,30}(?:部门|单位)(?:预算|决算)[(（](草案|送审稿|征求意见稿|讨论稿|初稿)[)）](?:公开|公布|情况|说明|信息|予以|内容)*(?:如下|$)"
)
_PUBLISHED: Final = frozenset({Kind.DEPARTMENT_DISCLOSURE, Kind.UNIT_DISCLOSURE, Kind.FINAL_ACCOUNTS})
_NAME_END: Final = re.compile(
    r"[县市区旗](?=[\u4e00-\u9fff]{1,6}局|的|人民政府|政府|财政|县委|市委|区委|委|局|办|各|级|部门|[\u4e00-\u9fff]{0,4}经济|[\u4e00-\u9fff]{0,4}工作)"
)
# Help, cooperation and travel between counties, and roads and rivers from one to the other, are no slip.
_ABROAD: Final = re.compile(
    r"帮扶|协作|对口|支援|援|合作|考察|交流|学习|邻|交界|跨|至|线|对接|共建|联合|招商|务工|籍|挂职|迁|赴|驻|公路|高速|河|水库|流域"
)
_STOP: Final = re.compile(r"[，,。；;！!\n]")
_LONGEST_NAME: Final = 14
"""Signs of the longest name of a county without its last one."""
# Where nothing is an answer.
_MAY_BE_NONE: Final = ("other_matters", "remarks", "changes", "three_public", "operating_funds")
_LONGEST_NAUGHT: Final = 8
# Empty cells of indicators are IND's, goals GOAL-001's and GOAL-005's.
_JUDGED_BY_ITSELF: Final = re.compile(r"\.indicators\.|\.statements\.|\.goals\.|^overall_goal")
_NAUGHT: Final = re.compile(r"^(?:无|略|同上|详见附件|见附件|见附表|待定|待补|暂无|/|-+|—+|\.{2,}|…+)[。.]?$")


@rule(
    "WORD-010", title="公开稿不留草案字样", severity=Severity.WARNING, basis="form-performance-text", article="定稿",
    checks=("D41",), applies=lambda document: document.kind in _PUBLISHED,
)  # fmt: skip
def what_is_published_is_no_draft(document: BudgetDocument) -> Iterator[Gap]:
    """A disclosure says neither on its cover nor in its title that it is a draft, nor where it tells what is published.

    That the draft was put before the congress may be told: only its own name with （草案） behind it is looked at.
    """
    for path, text in (("status", document.status), ("title", document.title)):
        match = _DRAFT.search(text or "")
        if match is not None:
            yield Gap(
                path=path,
                message=f"{'封面' if path == 'status' else '标题'}“{text}”写有“{match[0]}”，公开的应是批复后的定稿",
                remedy="核对公开的是否定稿，删去草案字样",
                stated=match[0],
            )
            return
    for index, remark in enumerate(document.remarks):
        match = _OWN_DRAFT.search(normalise(remark.text))
        if match is not None:
            yield Gap(
                path=f"remarks.{index}.text",
                message=f"正文写有“{match[0]}”，公开的应是批复后的定稿",
                remedy="核对公开的是否定稿，删去草案字样",
                stated=match[1],
            )
            return


@cache
def _is_name(text: str) -> bool:
    return bool(find_division(text))


def _own(document: BudgetDocument) -> frozenset[str]:
    """The names that are the document's own: its county with all above it; empty where it is not known."""
    if document.division is None or document.division.code is None:
        return frozenset()
    try:
        return frozenset(place.name for place in lineage(division(document.division.code).code))
    except StandardsError:
        return frozenset()


def _named(document: BudgetDocument) -> str | None:
    """The county that the body has before its name: 安澜县 of 安澜县水务局."""
    name = (document.department.name if document.department else None) or document.issuer or ""
    match = _COUNTY.match(name)
    return match[0].removeprefix("中共") if match is not None and match[1] in "县旗" else None


def _clause(text: str, at: int) -> str:
    """What stands between the stops around a place in ``text``: the words that a name there belongs to."""
    before, after = _STOP.split(text[:at])[-1], _STOP.split(text[at:])[0]
    return before + after


@rule(
    "WORD-011", title="不写成其他县的名称", severity=Severity.WARNING, basis="form-disclosure", article="级次用语",
    checks=("D27", "D29"),
)  # fmt: skip
def no_other_county_is_named(document: BudgetDocument) -> Iterator[Gap]:
    """A county's text does not speak of another county's government, offices or work, as a copied one does.

    Help and cooperation between counties are named by their words and left alone. Where a county is known only by the
    name of its body, what stands above it is not known: then counties alone are looked at.
    """
    own = _own(document)
    named = None if own else _named(document)
    if not own and named is None:
        return
    for path, text in corpus(document).holding(_NAME_END):
        for match in _NAME_END.finditer(text):
            start = match.start()
            name = next(
                (text[at : start + 1] for at in range(max(0, start - _LONGEST_NAME), start - 1) if _is_name(text[at : start + 1])),
                None,
            )  # fmt: skip
            if name is None or _ABROAD.search(_clause(text, start).replace(name, "")):
                continue
            if named is not None and (name[-1] not in "县旗" or named.endswith(name)):
                continue
            if name not in own and not any(name.endswith(one) for one in own):
                mine = named or (document.division.name if document.division else "")
                yield Gap(
                    path=path,
                    message=f"写有“{name}”，本文件属{mine}，疑为照搬外地文本",
                    remedy=f"核对后改为{mine}",
                    stated=name,
                    computed=mine,
                )
                break


@rule(
    "WORD-013", title="自称与本级相符", severity=Severity.WARNING, basis="form-disclosure", article="级次用语",
    checks=("D27", "D29"),
)  # fmt: skip
def a_body_calls_itself_what_it_is(document: BudgetDocument) -> Iterator[Gap]:
    """The text of a 镇 does not speak of 我乡, nor that of a 县 of 我区; silent where the body's name does not tell."""
    name = (document.department.name if document.department else None) or ""
    township, county = _TOWNSHIP.search(name), _COUNTY.match(name)
    if township is not None:
        own, others = township[1], [word for word in ("乡", "镇", "街道") if word != township[1]]
    elif county is not None and name.count("区") <= (county[1] == "区"):
        own, others = county[1], [word for word in ("县", "区", "旗") if word != county[1]]
    else:
        return
    wrong = re.compile(f"(?:我|本|全)(?:{'|'.join(others)})(?![\u4e00-\u9fff]?[级域间])")
    for path, text in corpus(document).holding(wrong):
        found = list(dict.fromkeys(wrong.findall(text)))
        right = [f"{word[0]}{own}" for word in found]
        yield Gap(
            path=path,
            message=f"“{name}”的文本自称“{'、'.join(found)}”，应为“{'、'.join(right)}”",
            remedy="核对是否照搬外单位文本，改为本级的称谓",
            stated="、".join(found),
            computed="、".join(right),
        )


@rule(
    "WORD-012", title="各部分都有内容", severity=Severity.WARNING, basis="form-performance-text", article="整体目标",
    checks=("D01", "G34"),
)  # fmt: skip
def no_part_is_empty(document: BudgetDocument) -> Iterator[Gap]:
    """A heading has its text below it: a safeguard, an itemised goal, a term; and the text is not only 略."""
    for field, part, what in (
        ("safeguards", "text", "工作保障措施"),
        ("glossary", "definition", "名词解释"),
    ):
        for index, item in enumerate(getattr(document, field)):
            title = item.title if field == "safeguards" else item.term
            if title and is_blank(getattr(item, part)):
                yield _empty(f"{field}.{index}.{part}", f"{what}“{title}”只有标题，没有内容")
    found = corpus(document)
    for path, text in zip(found.paths, found.texts, strict=True):
        if len(text) > _LONGEST_NAUGHT or not _NAUGHT.match(normalise(text)):
            continue
        if path.startswith(_MAY_BE_NONE) or _JUDGED_BY_ITSELF.search(path):
            continue
        yield _empty(path, f"内容只写了“{text.strip()}”")


def _empty(path: str, message: str) -> Gap:
    return Gap(path=path, message=message, remedy="补写内容，或删去标题")
