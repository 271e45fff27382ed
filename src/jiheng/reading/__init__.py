"""Reading: a file of any format becomes documents, each value with its place.

Belongs here: formats (bytes to blocks) and layouts (blocks to documents). Does not: judging what was read.
"""

from jiheng.reading.coverage import Coverage, LeftOver, UnreadBlock
from jiheng.reading.load import MAX_BYTES
from jiheng.reading.read import SUFFIXES, read
from jiheng.reading.result import MemberResult, Reading, ReadingWarning

__all__ = [
    "MAX_BYTES",
    "SUFFIXES",
    "Coverage",
    "LeftOver",
    "MemberResult",
    "Reading",
    "ReadingWarning",
    "UnreadBlock",
    "read",
]
