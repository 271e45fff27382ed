"""TXT: a text reaches as far as its government: a county does not lead the work of the whole city."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from jiheng.auditing.government import government
from jiheng.auditing.prose import corpus
from jiheng.auditing.registry import Gap, rule
from jiheng.budget import BudgetDocument, Severity, normalise

# Which words of another reach there are, by the last sign of the government's name. A district and a county may both
# stand below a city; 全县 and 全区 of the wrong one are WORD-013's.
_OTHERS: Final = {"县": "市省", "区": "市省", "旗": "市省", "市": "县省", "州": "县省", "省": "县"}
_QUOTED: Final = re.compile(r"《[^》]*》|<[^>]*>|“[^”]*”|〈[^〉]*〉|\"[^\"]*\"")
_CLAUSES: Final = re.compile(r"[^,，。；;！!？?\n]+")
_LEADS: Final = (
    "推进|负责|组织|开展|监督|指导|协调|统筹|管理|主管|拟订|拟定|制定|制订|编制|建设|保障|加强|做好|承担|汇总|牵头|"
    "完善|实施|维护"
)
_PEOPLE: Final = (
    r"人民(?!代表|政府|法院|检察)|广大|居民|群众|百姓|干部群众|农民|经济|生产总值|财政收入|各乡镇|各镇"
)
# What the level above does, decides or ranks is spoken of by its own word.
_ABOVE: Final = re.compile(
    r"平均|前列|位次|排名|排序|名次|第[一二三四五六七八九十\d]|先进|领先|率先|统一|会议|大会|现场会|考核|通报|表彰|评比|评选|试点|示范|样板|"
    r"标杆|下达|部署|要求|安排|精神|规划|方案|意见|通知|办法|标准|比赛|竞赛|大赛|运动会|联网|平台|系统|一盘棋|格局|范围|比重|占|高于|"
    r"低于|根据|按照|依据|上级|市委|市政府|市局|市级|省委|省政府|省级|省厅|配合|参加|参与|争取|关于|落实|贯彻|迎接|承办|全国|以及全|和全|及全"
)
_UPPER_BODY: Final = re.compile(r"^(?:中共|中国共产党)?[\u4e00-\u9fff]{2,5}市(?![\u4e00-\u9fff]{1,4}[县区])")
_PROJECTS: Final = ("projects", "special_funds")
"""Where TXT-001 does not look for 我市."""
_LOOKED_FOR: Final = re.compile("[全我本][市省县]")


def _pattern(others: str) -> re.Pattern[str]:
    """The words of another reach: as what is led, as whose people and economy it is, as what is one's own."""
    return re.compile(
        rf"(?:{_LEADS})(?P<led>全[{others}])(?![性域面{others}])|(?:^|等|和|及|^[\d一二三四五六七八九十]{{1,2}}[.、．)])(?P<of>全[{others}])(?:{_PEOPLE})"
        rf"|(?P<own>[我本][{others}])(?=经济|人民|群众|居民|工作|财政|农民|干部)"
    )


@rule(
    "TXT-024", title="“全县”“全市”与本级相符", severity=Severity.WARNING, basis="form-disclosure", article="级次用语",
    checks=("D27",),
)  # fmt: skip
def a_text_reaches_as_far_as_its_government(document: BudgetDocument) -> Iterator[Gap]:
    """A county's text does not speak of 推进全市… as its own work, nor of 全省人民; nor a city's, of a county or city, of 全县.

    The level above is spoken of where it ranks, decides or is worked for: clauses with such words, and titles of
    documents, are left alone. So is a body of the city in the county.
    """
    own = government(document)
    others = _OTHERS.get(own[0][-1]) if own is not None else None
    name = (document.department.name if document.department else None) or ""
    if own is None or others is None or (own[0][-1] != "市" and _UPPER_BODY.match(name)):
        return
    pattern = _pattern(others)
    for path, text in corpus(document).holding(_LOOKED_FOR):
        plain = _QUOTED.sub("", normalise(text))
        found = [
            match[match.lastgroup or 0]
            for clause in _CLAUSES.findall(plain)
            if not _ABOVE.search(clause)
            for match in pattern.finditer(clause)
            if match["own"] is None or path.startswith(_PROJECTS)
        ]
        if found:
            words = list(dict.fromkeys(found))
            right = [f"{word[0]}{own[0][-1]}" for word in words]
            yield Gap(
                path=path,
                message=f"写有“{'、'.join(words)}”，本文件属{own[0]}，应为“{'、'.join(right)}”，疑为照搬其他级次的文本",
                remedy="核对后改为本级的称谓；说的确是上级的，写明上级的名称",
                stated="、".join(words),
                computed="、".join(right),
            )
