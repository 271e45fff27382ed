"""Budget and final-account disclosures of any county: a title, chapters of sentences, and tables among them.

The Hebei disclosures, whose chapters have fields of their own, are read by ``layouts.document``.
"""

from jiheng.reading.layouts.prose.read import find_title, has_chapters, read_prose, settle
from jiheng.reading.layouts.prose.untitled import states_figures

__all__ = ["find_title", "has_chapters", "read_prose", "settle", "states_figures"]
