"""Web archives (.mht): the pages among the parts of a MIME message."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message
from typing import Final

from jiheng.errors import DamagedFile

_MAX_PARTS: Final = 2_000
_PAGES: Final = ("text/html", "application/xhtml+xml")


def pages_in(data: bytes, name: str) -> list[tuple[bytes, str | None]]:
    """The pages of a web archive with the encoding that each is said to have; a workbook has one for every sheet.

    Raises:
        DamagedFile: it has no page, or is broken.
    """
    found: list[tuple[bytes, str | None]] = []
    try:
        waiting: list[Message] = [message_from_bytes(data, policy=policy.compat32)]
        parts = 0
        while waiting and parts < _MAX_PARTS:
            part = waiting.pop()
            parts += 1
            if part.is_multipart():
                inside = part.get_payload()
                found_inside = inside if isinstance(inside, list) else []
                waiting += [one for one in reversed(found_inside) if isinstance(one, Message)]
            elif part.get_content_type() in _PAGES:
                payload = part.get_payload(decode=True)
                if isinstance(payload, bytes) and payload.strip():
                    found.append((payload, part.get_content_charset()))
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise DamagedFile("网页归档已损坏。", place=name, remedy="请用浏览器重新保存为网页。") from error
    if not found:
        raise DamagedFile("网页归档中没有网页。", place=name, remedy="请用浏览器重新保存为网页。")
    return found
