"""What people send: files to read, and what they want to see of a list or a page."""

from __future__ import annotations

from django import forms

from jiheng.auditing import FAMILY_TITLES
from jiheng.budget import Severity
from jiheng.reading.read import SUFFIXES
from jiheng.web.documents.page.findings import Filter

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


class SearchForm(forms.Form):
    """Part of a file name or title."""

    q = forms.CharField(max_length=100, required=False, strip=True)

    def wanted(self) -> str:
        """What is looked for; "" for everything."""
        self.full_clean()
        return str(self.cleaned_data.get("q") or "")
