"""Templates: an office's own Word files with named fields, checked, kept and filled with a document.

Belongs here: what a field means, where blocks repeat, which template applies. Does not: how our own pages look
(``writing``), or reading a filled file back (``reading``).
"""

from jiheng.templates.check import check_template
from jiheng.templates.choice import Slot, applying
from jiheng.templates.problem import Problem
from jiheng.templates.starter import starter
from jiheng.templates.store import Store, Version
from jiheng.templates.template import Template, fill

__all__ = [
    "Problem",
    "Slot",
    "Store",
    "Template",
    "Version",
    "applying",
    "check_template",
    "fill",
    "starter",
]
