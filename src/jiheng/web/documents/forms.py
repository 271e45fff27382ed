"""What people send: files to read, and what they want to see of a list or a page."""

from __future__ import annotations

from django import forms

from jiheng.auditing import FAMILY_TITLES
from jiheng.budget import Severity
from jiheng.reading.read import SUFFIXES
from jiheng.web.documents.models import KINDS
from jiheng.web.documents.page.findings import Filter
from jiheng.web.documents.selectors import ORDERS, STATES, Wanted

ACCEPT = ",".join(SUFFIXES)


class FilterForm(forms.Form):
    """Which findings to show; nothing chosen means all."""

    show = forms.MultipleChoiceField(
        choices=[(severity.value, severity.label) for severity in Severity], required=False
    )
    family = forms.ChoiceField(choices=[("", "全部规则"), *FAMILY_TITLES.items()], required=False)

    def chosen(self) -> Filter:
        """The choice; a choice that there is none of is left aside."""
        self.full_clean()
        return Filter(
            frozenset(self.cleaned_data.get("show") or ()), str(self.cleaned_data.get("family") or "")
        )


class ListForm(forms.Form):
    """Which files to list, and in which order; a choice that there is none of is left aside."""

    q = forms.CharField(max_length=100, required=False, strip=True)
    kind = forms.ChoiceField(choices=[("", "全部种类"), *KINDS.items()], required=False)
    year = forms.RegexField(regex=r"^(0|[12][0-9]{3})\Z", required=False)
    state = forms.ChoiceField(
        choices=[("", "全部"), *((key, label) for key, (label, _) in STATES.items())], required=False
    )
    sort = forms.ChoiceField(
        choices=[(sign + key, key) for key in ORDERS for sign in ("", "-")], required=False
    )

    def wanted(self) -> Wanted:
        """What is looked for."""
        self.full_clean()
        found = {
            name: str(self.cleaned_data.get(name) or "") for name in ("q", "kind", "year", "state", "sort")
        }
        return Wanted(found["q"], found["kind"], found["year"], found["state"], found["sort"] or "-uploaded")
