"""The audit's settings of this office: kept one after the other, and applied to what was audited before."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from jiheng.auditing import Settings, parse_settings
from jiheng.budget import BudgetDocument
from jiheng.errors import InvalidSettings
from jiheng.web.documents import bounded
from jiheng.web.documents.changed import ChangedMeanwhile
from jiheng.web.documents.models import RuleSettings, Upload
from jiheng.web.documents.names import named
from jiheng.web.documents.outcome import Audited

_LONGEST: Final = 64 * 1024


class Held(msgspec.Struct, frozen=True):
    """The settings that hold.

    Attributes:
        version: their number; 0 before anything was set.
        problem: why they could not be followed, as when a newer version of the software does not know a bound any
            more; then nothing is set.
    """

    version: int = 0
    text: str = ""
    settings: Settings = Settings()
    problem: str = ""


def in_force() -> Held:
    """The newest settings."""
    newest = RuleSettings.objects.first()
    if newest is None:
        return Held()
    try:
        return Held(newest.pk, newest.text, parse_settings(newest.text))
    except InvalidSettings as error:
        return Held(newest.pk, newest.text, problem=f"{error.message}{error.remedy or ''}")


def version_in_force() -> int:
    """The number of the newest settings; 0 before anything was set."""
    return RuleSettings.objects.values_list("pk", flat=True).first() or 0


def read_and_audit(name: str, content: bytes, previous: Sequence[BudgetDocument] = ()) -> Audited:
    """``bounded.read_and_audit`` by the settings that hold."""
    held = in_force()
    audited = bounded.read_and_audit(name, content, previous, held.settings)
    return msgspec.structs.replace(audited, settings_version=held.version)


@transaction.atomic
def keep(*, text: str, who: str, said: str, version: int) -> RuleSettings:
    """Lets other settings hold from now on.

    Args:
        said: what was changed, in words.
        version: of the settings that the person saw.
    Raises:
        InvalidCorrection: nobody is named.
        InvalidSettings: the text is no settings, or they do not differ.
        ChangedMeanwhile: others hold by now.
    """
    who, text = named(who), text.replace("\r\n", "\n")
    if len(text) > _LONGEST:
        raise InvalidSettings("审核设置太长。", remedy=f"请控制在 {_LONGEST // 1024} KB 以内。")
    newest = RuleSettings.objects.select_for_update().first()
    if (newest.pk if newest is not None else 0) != version:
        raise ChangedMeanwhile("审核设置刚被别人改过，没有保存。", remedy="请刷新页面，核对后再改。")
    if text.strip() == (newest.text.strip() if newest is not None else ""):
        raise InvalidSettings("设置没有变化。", remedy="改好后再保存。")
    parse_settings(text)
    return RuleSettings.objects.create(text=text, who=who, said=said[:200])


def outdated() -> QuerySet[Upload]:
    """The files that were audited by other settings than hold now."""
    return Upload.objects.exclude(reading__settings_version=version_in_force()).filter(reading__isnull=False)


def audit_outdated(*, seconds: float) -> int:
    """Audits files anew by the settings that hold, for so long at most; how many are left.

    Raises:
        ReadingError, TooBusy: a file could not be audited; those before it were.
    """
    from jiheng.web.documents.corrections import audit_again

    begin = time.monotonic()
    for upload in outdated().select_related("reading").order_by("pk"):
        audit_again(upload)
        if time.monotonic() - begin > seconds:
            break
    return outdated().count()
