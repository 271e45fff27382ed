"""Writing: documents become Word, PDF, Excel and JSON; findings become a report.

Belongs here: how official pages look. Does not: reading them, or judging what they say.
"""

from jiheng.writing.explained import Explained
from jiheng.writing.letters.opinion import Letter
from jiheng.writing.write import (
    FORMS,
    LETTER_FORMS,
    OPINION_FORMS,
    REPORT_FORMS,
    TABLES_FORM,
    write,
    write_achievement,
    write_application,
    write_approval,
    write_opinion,
    write_report,
)

__all__ = [
    "FORMS",
    "LETTER_FORMS",
    "OPINION_FORMS",
    "REPORT_FORMS",
    "TABLES_FORM",
    "Explained",
    "Letter",
    "write",
    "write_achievement",
    "write_application",
    "write_approval",
    "write_opinion",
    "write_report",
]
