"""What an audit found: data, shared by those who find, show and report."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from jiheng.budget.place import Place


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """A contradiction, or a breach of a rule."""
    WARNING = "warning"
    """Very likely wrong."""
    NOTICE = "notice"
    """Worth a look."""

    @property
    def label(self) -> str:
        """The severity in Chinese."""
        return {"error": "错误", "warning": "警告", "notice": "提示"}[self.value]

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class Mend(msgspec.Struct, frozen=True):
    """A value that would put right what a finding is about, where arithmetic or a list leaves one answer only.

    Attributes:
        path: within the finding's document ("projects.7.budget.total").
        before, after: the text that stands there and the one that should; ``None`` before where nothing stands.
    """

    path: str
    before: str | None
    after: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One finding; the field names are those of the exchange format.

    Attributes:
        rule: family in capitals and a number, "SUM-003".
        title: what must hold, in a few words; ``fault``: what is wrong where it does not hold.
        document: index of the document in its file, from 0.
        section: the key of the document that the finding is about ("expenditure").
        project: the project's code, or its name where it has none.
        indicator: the 三级指标, or the description where that is blank.
        path: the value that is wrong ("projects.7.budget.total").
        related: paths of the other values that take part (the addends, the quantity and the price).
        stated, computed, difference: figures in ``unit``, as decimal strings.
        basis: a key of ``jiheng.standards``; ``basis_text`` cites regulation and article.
        key: names the finding however often its document is read, for those who explain it.
        remedy: what would mend it.
        mends: the same as values, where it is mechanical; all of them together.
    """

    rule: str
    title: str
    severity: Severity
    document: int = 0
    section: str | None = None
    project: str | None = None
    indicator: str | None = None
    path: str | None = None
    related: list[str] = []
    place: Place | None = None
    message: str
    stated: str | None = None
    computed: str | None = None
    difference: str | None = None
    unit: str | None = None
    basis: str
    basis_text: str
    remedy: str | None = None
    mends: list[Mend] = []
    key: str = ""
    fault: str = ""


def dumps_findings(findings: list[Finding], *, indent: int = 2) -> bytes:
    """The findings as one UTF-8 JSON array."""
    encoded = msgspec.json.encode(findings)
    return msgspec.json.format(encoded, indent=indent) if indent else encoded
