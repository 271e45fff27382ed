"""Merging: two documents that came from the same one become one again, and where they disagree both are shown.

Belongs here: which items of two versions are the same one, and three-way merging value by value. Does not: files.
"""

from jiheng.merging.merge import Conflict, Merged, Prefer, merge

__all__ = ["Conflict", "Merged", "Prefer", "merge"]
