"""The first page: the list of files, those that could not be read, and how it is narrowed and sorted."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest

from jiheng.reading import MAX_BYTES
from jiheng.web.documents import selectors
from jiheng.web.documents.forms import ACCEPT, ListForm
from jiheng.web.documents.models import KINDS
from jiheng.web.documents.selectors import STATES, Wanted

_PER_PAGE: Final = 50
_COLUMNS: Final = (
    ("title", "文件", False), ("body", "单位", False), ("kind", "种类", False), ("year", "年度", True), ("error", "审核结果", True), ("points", "初评", False), ("coverage", "读全", False),
    ("unread", "没读懂", True), ("unsure", "把握不大", True), ("uploaded", "上传时间", True),
)  # fmt: skip
"""Order, heading, and whether the largest comes first at the first click."""


class Column(msgspec.Struct, frozen=True):
    """A heading by which the list can be sorted; ``sorted`` is "ascending", "descending" or ""."""

    key: str
    label: str
    query: str
    sorted: str


def context_of(request: HttpRequest) -> dict[str, Any]:
    """What the first page shows."""
    wanted = ListForm(request.GET).wanted()
    kinds, years = selectors.kinds_and_years()
    page = Paginator(selectors.recent_uploads(wanted), _PER_PAGE).get_page(request.GET.get("page"))
    is_first = page.number == 1 and not wanted.is_narrowed
    return {
        "page": page,
        "wanted": wanted,
        "failures": selectors.failures() if is_first else [],
        "columns": [_column(wanted, *column) for column in _COLUMNS],
        "kinds": [(kind, KINDS[kind]) for kind in kinds if kind in KINDS],
        "years": [(str(year or 0), f"{year}年" if year else "未写明") for year in years],
        "states": [(key, label) for key, (label, _) in STATES.items()],
        "query": _query(wanted),
        "accept": ACCEPT,
        "max_bytes": MAX_BYTES,
        "max_files": settings.MAX_FILES,
    }


def _column(wanted: Wanted, key: str, label: str, is_large_first: bool) -> Column:
    current, is_down = wanted.order.removeprefix("-"), wanted.order.startswith("-")
    down = not is_down if current == key else is_large_first
    query = _query(msgspec.structs.replace(wanted, order=f"{'-' if down else ''}{key}"))
    return Column(key, label, query, ("descending" if is_down else "ascending") if current == key else "")


def _query(wanted: Wanted) -> str:
    """The address of this list, without its page."""
    parts = {
        "q": wanted.search, "kind": wanted.kind, "year": wanted.year, "state": wanted.state,
        "sort": "" if wanted.order == "-uploaded" else wanted.order,
    }  # fmt: skip
    return urlencode({name: text for name, text in parts.items() if text})
