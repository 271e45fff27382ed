"""The values beside their original as HTML; in Python because a large document has thousands. Every text is escaped here."""

from __future__ import annotations

from urllib.parse import quote

from django import template
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from jiheng.web.documents.models import Correction
from jiheng.web.documents.page.compared import Line, Lines, Spot

register = template.Library()
EMPTY = "（空）"


@register.simple_tag
def value_lines(group: Lines, form: SafeString, path: str) -> SafeString:
    """The values of a group.

    Args:
        form: for correcting the value at ``path``, open in a browser without scripts; "" when none is.
    """
    return mark_safe("".join(_line(line, form if line.value.path == path else "") for line in group.lines))  # noqa: S308 - escaped


@register.simple_tag
def spots(found: list[Spot]) -> SafeString:
    """The rectangles of a page, in fractions of it."""
    return mark_safe("".join(map(_spot, found)))  # noqa: S308 - numbers and our own words


def _line(line: Line, form: str) -> str:
    value = line.value
    path, text = escape(value.path), escape(value.text or EMPTY)
    classes = f"value{' is-unsure' if value.is_unsure else ''}{' is-corrected' if line.correction else ''}"
    shown = f'<span class="shown">{text}</span>'
    if line.target:
        shown = (
            f'<a class="shown" href="#{escape(line.target)}" title="{escape(str(value.place))}">{text}</a>'
        )
    sure = f'<span class="sure">把握 {value.percent}%</span>' if value.is_unsure else ""
    address = escape(quote(value.path))
    edit = f'<a class="edit" href="?value={address}#v:{address}">更正<span class="unseen">{escape(value.label)}</span></a>'
    return (
        f'<div class="{classes}" id="v:{path}" data-path="{path}" data-target="{escape(line.target)}">'
        f"<dt>{escape(value.label)}</dt><dd>{shown}{sure}{edit}{_made(line.correction)}{form}</dd></div>\n"
    )


def _made(correction: Correction | None) -> str:
    """Who put the value right last, when, and what stood there."""
    if correction is None:
        return ""
    when = timezone.localtime(correction.made_at).strftime("%m-%d %H:%M")
    before = escape(correction.before or "空")
    return f'<span class="made">{escape(correction.who)} {when} 更正，原为“{before}”</span>'


def _spot(spot: Spot) -> str:
    kind = ' class="is-left"' if spot.is_left else ' class="is-unsure"' if spot.is_unsure else ""
    return (
        f'<rect id="{spot.id}" x="{spot.box.left:.4f}" y="{spot.box.top:.4f}" '
        f'width="{spot.width:.4f}" height="{spot.height:.4f}"{kind}></rect>'
    )
