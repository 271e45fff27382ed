"""审核意见书 as it is handed out: from which office, under which number, of which day, and about whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse

from jiheng.errors import WritingError
from jiheng.web.documents import bounded
from jiheng.web.documents.bodies import bodies_apart
from jiheng.web.documents.names import plain_text
from jiheng.web.documents.selectors import Stored
from jiheng.web.documents.who import keep, remembered
from jiheng.web.documents.worker import LetterHead

_OFFICE: Final = "jiheng_office"
_NUMBER: Final = "jiheng_letter_number"
_LONGEST: Final = 60
_DEFAULT: Final = "财政部门"


def head_of(request: HttpRequest, sent: Mapping[str, str]) -> LetterHead:
    """What stands above and below the letter: as it was sent, else the office typed last time and today.

    The number typed last time only fills the form: each letter has its own.

    Raises:
        WritingError: the day is none.
    """
    office = plain_text(sent.get("office", ""), _LONGEST) or remembered(request, _OFFICE)
    day = sent.get("on", "").strip()
    try:
        on = date.fromisoformat(day) if day else None
    except ValueError as error:
        raise WritingError("日期的写法不对。", remedy="请写成 2024-03-15 这样的日期。") from error
    return LetterHead(office or _DEFAULT, plain_text(sent.get("number", ""), _LONGEST), on)


def form_of(request: HttpRequest) -> dict[str, str]:
    """What the form is filled with."""
    return {"office": remembered(request, _OFFICE), "number": remembered(request, _NUMBER)}


def remember_head(response: HttpResponse, sent: Mapping[str, str]) -> None:
    """Keeps what was typed for the next letter."""
    for field, cookie in (("office", _OFFICE), ("number", _NUMBER)):
        if field in sent:
            keep(response, cookie, plain_text(sent[field], _LONGEST))


def letter(stored: Stored, form: str, head: LetterHead) -> bytes:
    """The letter about the documents of one body.

    Raises:
        WritingError: nothing was read, or there are several bodies.
        TooBusy, TookTooLong: it could not be made.
    """
    documents = stored.outcome.documents
    is_packed = stored.upload.reading.format == "zip"
    if not documents:
        raise WritingError("这份文件中没有读到预算绩效内容，无法生成意见书。", remedy="请核对上传的文件。")
    if bodies_apart(documents, has_each_to_say=is_packed):
        raise WritingError(
            "这份文件里有不止一个单位的内容，审核意见书一次写给一个单位。",
            remedy="请把各单位的文件分别上传，再下载各自的意见书。",
        )
    return bounded.write_opinion(documents, stored.findings, form, head)
