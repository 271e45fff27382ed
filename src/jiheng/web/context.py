"""What every page knows."""

from __future__ import annotations

from django.http import HttpRequest

import jiheng


def software(request: HttpRequest) -> dict[str, str]:
    """The version, for the foot of the page."""
    return {"software_version": jiheng.__version__}
