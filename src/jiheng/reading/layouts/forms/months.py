"""The months that a column of a monitoring form covers: 1-9月执行数, 截至6月底, 上半年."""

from __future__ import annotations

import re
from typing import Final

from jiheng.budget import normalise

_TO: Final = r"[-—–―至到~]"
_YEAR: Final = r"(?:20\d{2}年度?)?"
_BY_NAME: Final = {"上半年": 6, "前三季度": 9, "一季度": 3, "第一季度": 3}


def _from_january(month: str) -> str:
    return rf"{_YEAR}0?1月?份?{_TO}{month}月(?:份|底|末)?"


def _up_to(month: str) -> str:
    return rf"(?:截[至止]到?{_YEAR}{month}月(?:份|底|末|\d{{1,2}}[日号])?止?|{_YEAR}{month}月[底末])"


PERIOD: Final = (
    rf"(?:{_from_january('[0-9]{1,2}')}|{_up_to('[0-9]{1,2}')}"
    rf"|{_YEAR}\d{{1,2}}{_TO}(?:\d{{1,2}}|[XxNn])月|{_YEAR}(?:{'|'.join(_BY_NAME)}))"
)
"""What such headings begin with, a pattern without groups; in 1-X月 nobody has filled in the month."""

_MONTH: Final = "([0-9]{1,2})"
_LAST: Final = re.compile(
    rf"[(（]?(?:{_from_january(_MONTH)}|{_up_to(_MONTH)}|{_YEAR}({'|'.join(_BY_NAME)}))"
)


def last_month(heading: str) -> int | None:
    """The last month, 1 to 12, that ``heading`` begins with where it counts from January; ``None`` without one."""
    match = _LAST.match(normalise(heading))
    if match is None:
        return None
    named = next(group for group in match.groups() if group)
    month = _BY_NAME.get(named) or int(named)
    return month if 1 <= month <= 12 else None
