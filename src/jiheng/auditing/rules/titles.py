"""NAME: a document is of the body that its title names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from jiheng.auditing.naming import likeness, plain_name
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.thresholds import thresholds
from jiheng.budget import BudgetDocument, Kind, Severity, normalise

_ITSELF: Final = re.compile(r"^[我本](部门|单位)$")
_OWN: Final = {Kind.DEPARTMENT_DISCLOSURE: "部门", Kind.UNIT_DISCLOSURE: "单位"}
_PUBLISHES: Final = re.compile(
    r"(?:^|[,，。;；]|现将|现就)(?P<body>[^,，。;；]{4,30}?)(?:现将|现)?公开20\d\d年"
)
_NODES: Final = (
    "revenue",
    "expenditure",
    "changes",
    "operating_funds",
    "three_public",
    "procurement",
    "assets",
)
_NAME_ENDS: Final = "局委府室会院校馆站处所中心队部镇乡道办厅社团"
_LEVEL: Final = re.compile(r"(?:本级|机关|[(（](?:本级|机关)[)）])$")
_MANY: Final = 3
"""So many tables of one body make another body above a single one a mistake."""
_BEFORE_YEAR: Final = re.compile(r"^(.{4,40}?)(?:部门|单位)?(?:20\d\d|二[〇○零])")
_ANNEX: Final = re.compile(r"^附[件表]?\s*[\d一二三四五六七八九十]*(?:[-—]\d+)*\s*[:：、.]?\s*")
_NO_BODY: Final = re.compile(r"表|绩效|项目|预算|决算|自评|申报|[(（]$|^[^局委办院校]{1,6}[省市县区旗]$")
"""What stands before the year and is the name of a form (项目支出绩效目标表（2024年度）), or of a place."""


@rule(
    "NAME-011", title="标题的部门与文件的部门一致", severity=Severity.WARNING, basis="form-disclosure",
    article="两部分", checks=("D29",),
)  # fmt: skip
def the_title_names_the_document_s_body(document: BudgetDocument) -> Iterator[Gap]:
    """The body in the title is the department, or who wrote the document; a shorter or longer name of it will do.

    What stands before the year may be the name of the form, or of the whole county, and is no body then. So is the body
    that a chapter names as its own: before 公开, in a sentence, above a table, in the list of bodies and in the line of
    the department's own unit. A department does not call itself 我单位.
    """
    yield from _elsewhere(document)
    match = _BEFORE_YEAR.match(_ANNEX.sub("", document.title or ""))
    names = [document.department.name if document.department else None, document.issuer]
    names += [table.issuer for table in document.tables]
    known = [name for name in names if name]
    if match is None or not known or _NO_BODY.search(match[1]):
        return
    printed = plain_name(match[1])
    for name in dict.fromkeys(known):
        own = plain_name(name)
        if own in printed or printed in own or likeness(printed, own) >= thresholds("names")["same"]:
            return
    yield Gap(
        path="title",
        message=f"标题“{document.title}”写的是“{match[1]}”，文件是“{known[0]}”的",
        remedy="核对标题是否照搬其他部门的文本",
        stated=match[1],
        computed=known[0],
        related=("department", "issuer"),
    )


def _elsewhere(document: BudgetDocument) -> Iterator[Gap]:
    name = document.department.name if document.department else None
    if not name:
        return
    for path, printed in _named(document):
        itself = _ITSELF.match(printed)
        expected = f"{printed[0]}{_OWN[document.kind]}" if itself and document.kind in _OWN else name
        if itself is not None and (document.kind not in _OWN or itself[1] == _OWN[document.kind]):
            continue
        if itself is None and _is_name_of(printed, name):
            continue
        yield Gap(
            path=path,
            message=f"这里写的是“{printed}”，本文件是“{name}”的"
            if itself is None
            else f"这里自称“{printed}”，{document.kind.label}应称“{expected}”",
            remedy="核对是否照搬其他部门的文本，名称前后一致",
            stated=printed,
            computed=expected,
            related=("department",),
        )


def _is_name_of(printed: str, name: str) -> bool:
    """Whether ``printed`` is ``name`` or a part of it (水务局), level and brackets aside."""
    own, other = (plain_name(_LEVEL.sub("", normalise(text))) for text in (name, printed))
    return other in own or own in other


def _named(document: BudgetDocument) -> Iterator[tuple[str, str]]:
    """Every place at which the document names its body as its own."""
    for index, remark in enumerate(document.remarks):
        found = _PUBLISHES.search(normalise(remark.text)) if remark.section == "introduction" else None
        if found is not None and found["body"][-1] in _NAME_ENDS:
            yield f"remarks.{index}.text", found["body"]
    for field in _NODES:
        node = getattr(document, field)
        for part in ("body", "issuer"):
            if text := getattr(node, part, None):
                yield f"{field}.{part}", text
    for path, project in document.goal_tables():
        unit = project.unit.name if project.unit else None
        if unit and _LEVEL.search(unit):
            yield f"{path}.unit.name", unit
    yield from _nearly_listed(document)
    yield from _above_tables(document)


def _nearly_listed(document: BudgetDocument) -> Iterator[tuple[str, str]]:
    """The body in the list of bodies that is almost the department, where the department is in none of its rows."""
    own = plain_name(document.department.name) if document.department else ""
    names = [plain_name(_LEVEL.sub("", normalise(row.name))) for row in document.organizations]
    if any(own in name or (name and name in own) for name in names):
        return
    for index, name in enumerate(names):
        if likeness(name, own) >= thresholds("names")["same"]:
            yield f"organizations.{index}.name", document.organizations[index].name or ""


def _above_tables(document: BudgetDocument) -> Iterator[tuple[str, str]]:
    """The body above one table where all others are of another; units have tables of their own, in numbers."""
    issuers = Counter(table.issuer for table in document.tables if table.issuer)
    if len(issuers) < 2 or issuers.most_common(1)[0][1] < _MANY:
        return
    listed = {plain_name(row.name) for row in document.organizations}
    for index, table in enumerate(document.tables):
        if table.issuer and issuers[table.issuer] == 1 and plain_name(table.issuer) not in listed:
            yield f"tables.{index}.issuer", table.issuer
