"""Auditing: documents become findings, each with its place, its figures and its legal basis.

Belongs here: the engine, and under ``rules`` one file a family of rules. Does not: reading, mending, showing.
"""

from jiheng.auditing.engine import Audit, audit
from jiheng.auditing.registry import FAMILY_TITLES, Gap, Rule, all_rules
from jiheng.auditing.settings import Settings, load_settings, parse_settings
from jiheng.auditing.waivers import Waived, Waiver, load_waivers

__all__ = [
    "FAMILY_TITLES", "Audit", "Gap", "Rule", "Settings", "Waived", "Waiver", "all_rules", "audit", "load_settings",
    "load_waivers", "parse_settings",
]  # fmt: skip
