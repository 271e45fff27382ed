"""Whatever a document's record holds is shown: nothing of it is invisible on its page."""

from __future__ import annotations

import html
from typing import Any

import msgspec
import pytest
from django.test import Client

from jiheng.budget import Kind
from tests.web.builders import store
from tests.writing.filled import filled_document

pytestmark = pytest.mark.django_db

_WORDS_OF_THE_FORMAT = frozenset(
    {"cells", "place", "schema", "kind", "key", "topic", "scope", "source", "section", "listing"}
)
"""Not text of the document: what the exchange format says about it. What they mean is shown in words."""


@pytest.mark.parametrize(
    "kind", [Kind.PERFORMANCE_TEXT, Kind.SELF_EVALUATION, Kind.FINAL_ACCOUNTS], ids=lambda kind: kind.value
)
def test_every_text_of_the_record_stands_on_the_page(client: Client, kind: Kind):
    document = filled_document(kind)
    upload = store([document], [])

    page = html.unescape(client.get(upload.get_absolute_url()).content.decode())

    texts = _texts(msgspec.to_builtins(document), "")
    assert len(texts) > 500
    assert [path for path, text in texts.items() if text not in page] == []


def _texts(node: Any, path: str) -> dict[str, str]:
    if isinstance(node, dict):
        found = {}
        for key, value in node.items():
            if key not in _WORDS_OF_THE_FORMAT and not (key == "unit" and path.endswith(".plan")):
                found |= _texts(value, f"{path}.{key}")
        return found
    if isinstance(node, list):
        return {at: text for n, value in enumerate(node) for at, text in _texts(value, f"{path}.{n}").items()}
    return {} if node is None or isinstance(node, bool) else {path: str(node)}
