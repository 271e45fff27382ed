"""整改台账: a row for each problem that was found, and what is done about it."""

from __future__ import annotations

from jiheng.budget import BudgetDocument
from jiheng.errors import MissingPart
from jiheng.writing.forms.register import Column, register
from jiheng.writing.pages import Pages

TITLE = "绩效评价发现问题整改台账"
# Field, heading, how wide in characters, and whether the column stands there even if nobody has filled it in.
_COLUMNS = (("project", "项目名称", 10, True), ("unit", "责任单位", 8, True), ("problem", "存在问题", 16, True),
            ("measure", "整改措施", 16, True), ("owner", "责任人", 4, True), ("found_on", "发现时间", 6, False),
            ("deadline", "整改时限", 6, True), ("done_on", "完成时间", 6, True), ("state", "整改情况", 8, True),
            ("evidence", "佐证材料", 8, False))  # fmt: skip


def lay_out(document: BudgetDocument) -> Pages:
    """A ledger of problems, as departments keep it after an evaluation; no regulation prints one, so the columns are usual
    ones. Other texts of a row stand in columns under their own headings.

    Raises:
        MissingPart: the document has no problem.
    """
    rows = document.rectifications
    if not rows:
        raise MissingPart(
            "文件中没有需要整改的问题，无法生成整改台账。", place=document.title, remedy="请先录入问题。"
        )
    columns = [Column("序号", tuple(str(number) for number in range(1, len(rows) + 1)), is_whole=True)]
    for field, head, most, always in _COLUMNS:
        texts = tuple(getattr(row, field) or "" for row in rows)
        if always or any(texts):
            columns.append(Column(head, texts, most))
    for head in dict.fromkeys(head for row in rows for head in row.attributes):
        columns.append(Column(head, tuple(row.attributes.get(head, "") for row in rows), 8))
    return register(document, TITLE, "ledger", columns)
