"""Writing: documents become Word, PDF, Excel and JSON; findings become a report.

Belongs here: how official pages look. Does not: reading them, or judging what they say.
"""

from jiheng.writing.write import FORMS, REPORT_FORMS, write, write_report

__all__ = ["FORMS", "REPORT_FORMS", "write", "write_report"]
