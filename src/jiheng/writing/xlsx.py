"""Excel workbooks: every value of the documents in a cell of its own."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from jiheng.budget import BudgetDocument, exchange
from jiheng.budget.workbook import PATH, VALUE, figures_to_text
from jiheng.writing.workbooks import HEADING, TEXT, close_workbook, open_workbook


class Column(NamedTuple):
    """A column: the key of the exchange format, the heading a person reads, the width in characters."""

    key: str
    heading: str
    width: int = 14


class Sheet(NamedTuple):
    """A sheet for the items of one or more lists of a document."""

    title: str
    lists: tuple[str, ...]
    columns: tuple[Column, ...]


_PROJECT: Final = (
    Column("number", "序号", 6), Column("name", "项目名称", 36), Column("heading", "表题", 36),
    Column("code", "项目编码", 24), Column("department.code", "主管部门代码"), Column("department.name", "主管部门", 20),
    Column("unit.code", "单位代码"), Column("unit.name", "单位名称", 28), Column("period", "期间"),
    Column("budget.total", "预算数"), Column("budget.fiscal", "财政资金"), Column("budget.other", "其他资金"),
    Column("budget.unit", "金额单位", 10), Column("purpose", "资金用途", 40), Column("plan.heading", "支出计划表头", 20),
    Column("plan.unit", "支出计划口径", 12), Column("plan.march", "3月底", 9), Column("plan.june", "6月底", 9),
    Column("plan.october", "10月底", 9), Column("plan.december", "12月底", 9), Column("goals[]", "绩效目标", 48),
)  # fmt: skip
_INDICATOR: Final = (
    Column("@name", "项目名称", 32), Column("level1", "一级指标"), Column("level2", "二级指标", 18),
    Column("level3", "三级指标", 24), Column("description", "绩效指标描述", 36), Column("value.text", "指标值", 16),
    Column("value.operator", "符号", 6), Column("value.number", "数值", 10), Column("value.unit", "计量单位", 10),
    Column("scoring", "评（扣）分标准", 18), Column("basis", "指标值确定依据", 28),
)  # fmt: skip
_PURCHASE: Final = tuple(
    Column(key, heading)
    for key, heading in (
        ("project", "项目名称"), ("project_budget", "预算资金"), ("name", "采购物品名称"), ("catalog_code", "目录序号"),
        ("measure", "计量单位"), ("quantity", "数量"), ("price", "单价"), ("total", "合计"),
        ("general_public", "一般公共预算拨款"), ("government_fund", "基金预算拨款"), ("state_capital", "国有资本经营预算拨款"),
        ("fiscal_account", "财政专户核拨"), ("own", "单位资金"), ("carried_over", "财政拨款结转"),
    )
)  # fmt: skip
_ASSET: Final = (Column("name", "项目", 32), Column("quantity", "数量"), Column("value", "价值（万元）"))
SHEETS: Final = (
    Sheet("项目", ("special_funds", "projects"), _PROJECT),
    Sheet("绩效指标", ("special_funds.*.indicators", "projects.*.indicators"), _INDICATOR),
    Sheet("机构设置", ("organizations",), (Column("name", "单位名称", 32), Column("nature", "单位性质"),
                                       Column("rank", "单位规格"), Column("funding", "经费保障形式", 20))),
    Sheet("支出项目", ("expenditure.projects",), (Column("name", "项目", 40), Column("amount", "金额（万元）"))),
    Sheet("分项目标", ("sub_goals",), (Column("number", "序号", 6), Column("title", "分项", 28),
                                    Column("goal", "绩效目标", 60), Column("indicators", "绩效指标", 60))),
    Sheet("保障措施", ("safeguards",), (Column("title", "措施", 28), Column("text", "内容", 90))),
    Sheet("政府采购", ("procurement.items",), _PURCHASE),
    Sheet("资产", ("assets.items", "assets.items.*.of_which"), _ASSET),
    Sheet("名词解释", ("glossary",), (Column("term", "名词", 28), Column("definition", "解释", 90))),
    Sheet("目录和标题", ("contents", "headings"), (Column("number", "序号", 10), Column("title", "标题", 60),
                                               Column("page", "页码", 8))),
    Sheet("其他说明", ("remarks",), (Column("section", "所在部分", 18), Column("text", "内容", 100))),
)  # fmt: skip
_OVERVIEW: Final = "概况"
_BESIDES: Final = "其他内容"
"""What the sheets above have no column for."""
_LISTED: Final = frozenset(
    (
        "special_funds",
        "projects",
        "organizations",
        "sub_goals",
        "safeguards",
        "glossary",
        "remarks",
        "items",
        "contents",
        "headings",
    )
)
_LABELS: Final = {
    "kind": "文件类型", "title": "标题", "status": "状态", "fiscal_year": "预算年度", "division": "行政区划",
    "department": "部门", "issuer": "编制单位", "reviewer": "审核单位", "duties": "部门职责", "revenue": "收入",
    "expenditure": "支出", "changes": "比上年增减", "operating_funds": "机关运行经费", "three_public": "“三公”经费",
    "overall_goal": "总体绩效目标", "procurement": "政府采购", "assets": "国有资产", "other_matters": "其他事项",
    "total": "合计", "general_public": "一般公共预算", "government_fund": "政府性基金", "state_capital": "国有资本经营",
    "fiscal_account": "财政专户", "other": "其他", "carried_over": "上年结转", "basic": "基本支出", "personnel": "人员经费",
    "operating": "日常公用经费", "project": "项目支出", "previous_year": "比较年度", "reasons": "原因", "uses": "用途",
    "abroad": "因公出国（境）", "vehicle_purchase": "公务用车购置", "vehicle_operation": "公务用车运行", "reception": "公务接待",
    "change": "比上年增减", "as_of": "截止日期", "table_total": "表中总额", "planned_purchase": "拟购置", "code": "代码",
    "name": "名称", "year": "所写年度", "body": "自称", "rate": "增减幅度（%）", "schema": "格式",
}  # fmt: skip


class _Book:
    """A workbook being written: sheets with a frozen heading, the keys of the columns in a hidden row."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self._book = open_workbook(self._buffer)
        self._heading = self._book.add_format(HEADING)
        self._cell = self._book.add_format(TEXT)

    def sheet(self, title: str, columns: Sequence[Column], rows: list[list[str]]) -> None:
        """A sheet of ``rows``; the first column holds the path of each row, out of sight."""
        sheet = self._book.add_worksheet(title)
        for position, column in enumerate(columns):
            sheet.set_column(position, position, column.width, None, {"hidden": position == 0})
            sheet.write_string(0, position, column.heading, self._heading)
            sheet.write_string(1, position, column.key)
        sheet.set_row(1, None, None, {"hidden": True})
        for number, row in enumerate(rows, 2):
            for position, text in enumerate(row):
                sheet.write_string(number, position, text, self._cell)
        sheet.freeze_panes(2, 0)
        if rows:
            sheet.autofilter(1, 0, len(rows) + 1, len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def finish(self, title: str) -> bytes:
        """The bytes of the workbook."""
        close_workbook(self._book, title)
        return self._buffer.getvalue()


def write_workbook(documents: Sequence[BudgetDocument]) -> bytes:
    """The documents as a workbook that reads back as the same documents.

    Sheet 概况 has every single value, the others a row for every item. The hidden second row names the
    columns by the keys of the exchange format, the hidden first column says where each row belongs.
    """
    plain = exchange.to_builtins(list(documents))
    book = _Book()
    overview = [row for number, document in enumerate(plain) for row in _singles(document, str(number), "")]
    path = Column(PATH, "位置", 12)
    singles = (path, Column("@label", "项目", 36), Column(VALUE, "内容", 110))
    book.sheet(_OVERVIEW, singles, overview)
    for sheet in SHEETS:
        rows = [
            [where, *(_text(item, column.key, parent) for column in sheet.columns)]
            for number, document in enumerate(plain)
            for name in sheet.lists
            for where, item, parent in _items(document, name.split("."), str(number), None)
        ]
        if rows:
            book.sheet(sheet.title, (path, *sheet.columns), rows)
    besides = [row for number, document in enumerate(plain) for row in _besides(document, str(number))]
    if besides:
        book.sheet(_BESIDES, singles, besides)
    return book.finish(plain[0].get("title") or "预算绩效文件" if plain else "预算绩效文件")


def _singles(value: dict[str, Any], path: str, label: str) -> Iterator[list[str]]:
    """Path, label and text of every value that stands in no sheet of its own."""
    for key, inner in value.items():
        where, name = f"{path}.{key}", f"{label} {_LABELS.get(key, key)}".strip()
        if key in _LISTED or (key == "projects" and label) or inner is None:
            continue
        yield from _leaves(inner, where, name)


def _leaves(value: Any, path: str, label: str) -> Iterator[list[str]]:
    """Every value below ``value``. A list with gaps and a dict with free keys are one cell each."""
    if isinstance(value, dict):
        if path.endswith(".attributes"):
            if value:
                yield [f"{path}{{}}", label, json.dumps(value, ensure_ascii=False)]
            return
        rows = [
            row
            for key, inner in value.items()
            if inner is not None
            for row in _leaves(inner, f"{path}.{key}", f"{label} {_LABELS.get(key, key)}")
        ]
        yield from rows or [[path, label, ""]]
    elif isinstance(value, list):
        if path.endswith(".values"):
            yield [f"{path}[]", label, figures_to_text(value)]
            return
        for index, inner in enumerate(value):
            yield from _leaves(inner, f"{path}.{index}", f"{label} {index + 1}")
    else:
        yield [path, label, json.dumps(value) if isinstance(value, bool) else str(value)]


def _besides(plain: dict[str, Any], number: str) -> Iterator[list[str]]:
    """What the items in the sheets hold beyond the columns of their sheet."""
    for sheet in SHEETS:
        shown = {column.key.removesuffix("[]").split(".")[0] for column in sheet.columns}
        shown |= {name.rpartition(".")[2] for other in SHEETS for name in other.lists}
        for name in sheet.lists:
            for where, item, _ in _items(plain, name.split("."), number, None):
                for key, inner in item.items():
                    if key not in shown and key != "place" and inner not in (None, [], False):
                        yield from _leaves(inner, f"{where}.{key}", f"{sheet.title} {_LABELS.get(key, key)}")


def _items(
    node: Any, steps: list[str], path: str, parent: dict[str, Any] | None
) -> Iterator[tuple[str, dict[str, Any], dict[str, Any] | None]]:
    """Every item of the list at ``steps`` with its path, and the item that the list belongs to."""
    if node is None:
        return
    if isinstance(node, list):
        inner = steps[1:] if steps[:1] == ["*"] else steps
        for index, item in enumerate(node):
            if inner:
                yield from _items(item, inner, f"{path}.{index}", item)
            else:
                yield f"{path}.{index}", item, parent
    elif steps:
        yield from _items(node.get(steps[0]), steps[1:], f"{path}.{steps[0]}", parent)


def _text(item: dict[str, Any], key: str, parent: dict[str, Any] | None) -> str:
    if key.startswith("@"):
        return str((parent or {}).get(key[1:]) or "")
    value: Any = item
    for step in key.removesuffix("[]").split("."):
        value = value.get(step) if isinstance(value, dict) else None
    if isinstance(value, list):
        return "\n".join(value)
    return "" if value is None else str(value)
