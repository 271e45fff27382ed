"""Reading: a file of any format becomes documents, each value with its place.

Belongs here: formats (bytes to blocks) and layouts (blocks to documents). Does not: judging what was read.
"""

from jiheng.reading.read import MAX_BYTES, SUFFIXES, read
from jiheng.reading.result import LeftOver, Reading, ReadingWarning, UnreadBlock

__all__ = ["MAX_BYTES", "SUFFIXES", "LeftOver", "Reading", "ReadingWarning", "UnreadBlock", "read"]
