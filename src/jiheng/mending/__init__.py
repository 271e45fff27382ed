"""Accepted mends, put into the documents and into the department's own Word file.

Belongs here: carrying out what findings propose as values. Does not: deciding what is wrong (``auditing``), or
writing a file anew (``writing``). Everything in the department's file that no mend touches stays as it was.
"""

from jiheng.mending.documents import mended
from jiheng.mending.word import Change, Revision, changes_of, is_printed, reason_of, revised

__all__ = ["Change", "Revision", "changes_of", "is_printed", "mended", "reason_of", "revised"]
