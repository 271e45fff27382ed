"""The refusal of a change that came second."""

from __future__ import annotations

from jiheng.errors import JihengError


class ChangedMeanwhile(JihengError):
    """Somebody else changed the same thing first."""
