"""Auditing: documents become findings, each with its place, its figures and its legal basis.

Belongs here: the engine, and under ``rules`` one file a family of rules. Does not: reading, mending, showing.
"""

from jiheng.auditing.engine import Audit, audit
from jiheng.auditing.registry import FAMILY_TITLES, Gap, Rule, all_rules

__all__ = ["FAMILY_TITLES", "Audit", "Gap", "Rule", "all_rules", "audit"]
