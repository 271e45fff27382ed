"""The official forms of budget performance management, each laid out as its regulation prints it.

A module for each form has ``lay_out(document) -> Pages``; the others are the parts that forms share.
"""

from jiheng.writing.forms.project_goals import goal_form, needs_lying_pages

__all__ = ["goal_form", "needs_lying_pages"]
