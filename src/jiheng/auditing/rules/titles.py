"""NAME: a document is of the body that its title names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.rules.names import likeness, plain_name
from jiheng.auditing.thresholds import thresholds
from jiheng.budget import BudgetDocument, Severity

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

    What stands before the year may be the name of the form, or of the whole county, and is no body then.
    """
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
