"""Where the headings of narrow columns break: between the words of the field, into lines of about one length.

Programs break Chinese anywhere, and leave the last sign of 政府性基金预算 alone on a line.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Final

from jiheng.writing.disclosure_tables.measures import measured

_WORDS: Final = re.compile(
    r"20\d{2}年(?:度)?|一般|公共|政府性|基金|国有|资本|经营|财政|专户|管理|核拨|财政|拨款|预算|决算|调整|年初|年末|上年|本年|当年|全年"
    r"|收入|支出|经费|资金|合计|小计|总计|结转|和?结余|科目|编码|代码|名称|项目|基本|人员|日常|公用|事业|单位|上缴|上级|附属|补助|其他"
    r"|因公|出国|[（(]境[）)]费?|公务|用车|购置及?|运行|维护费|接待费|机关|采购|品目|计量|数量|单价|增减额?|增减率|比例|占比|备注|预算数|决算数"
    r"|[A-Za-z0-9.%=+-]+[（(]?|[（(]?.[）)，、：:]*"
)
_FEW, _SOME, _MANY = 4, 8, 15
"""Signs of a heading that stands on one line, on two and on three; longer ones take four."""


def least_room(heading: str) -> float:
    """The characters to a line that ``heading`` needs in a narrow column."""
    length = measured(heading)
    return _room(heading, 1 if length <= _FEW else 2 if length <= _SOME else 3 if length <= _MANY else 4)


def good_room(heading: str) -> float:
    """The characters to a line that ``heading`` takes where there is room: two lines for a long one."""
    length = measured(heading)
    return _room(heading, 1 if length <= _FEW + 1 else 2 if length <= _MANY else 3)


def set_in(heading: str, room: float) -> str:
    """``heading`` with its lines broken for a column of ``room`` characters; as it is where it fits."""
    if measured(heading) <= room or "\n" in heading:
        return heading
    for lines in range(2, len(heading) + 1):
        parts = _parted(heading, lines)
        if max(map(measured, parts)) <= room:
            return "\n".join(parts)
    return heading


@cache
def _room(heading: str, lines: int) -> float:
    return max(map(measured, _parted(heading, lines)), default=0.0)


@cache
def _parted(heading: str, lines: int) -> tuple[str, ...]:
    """The heading on at most so many lines, the longest of them as short as may be."""
    words = _WORDS.findall(heading)
    lines = min(lines, len(words))
    if lines <= 1:
        return (heading,)
    longest = [[measured("".join(words[:end])) for end in range(len(words) + 1)]]
    breaks: list[list[int]] = []
    for _ in range(lines - 1):
        above = longest[-1]
        best = [
            min((max(above[start], measured("".join(words[start:end]))), start) for start in range(end + 1))
            for end in range(len(words) + 1)
        ]
        longest.append([length for length, _ in best])
        breaks.append([start for _, start in best])
    cuts = [len(words)]
    for starts in reversed(breaks):
        cuts.append(starts[cuts[-1]])
    cuts.append(0)
    return tuple(part for start, end in pairwise(reversed(cuts)) if (part := "".join(words[start:end])))
