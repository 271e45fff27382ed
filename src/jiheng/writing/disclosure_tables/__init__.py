"""The disclosure tables of budgets and final accounts in their official printed form, from typed rows.

Belongs here: how the tables of 财预〔2016〕143号 and 财库〔2019〕37号 look on pages and worksheets, and which of them a
disclosure must have. Does not: the chapters around them.
"""

from jiheng.writing.disclosure_tables.blocks import table_blocks
from jiheng.writing.disclosure_tables.required import with_required_tables

__all__ = ["table_blocks", "with_required_tables"]
