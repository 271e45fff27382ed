"""The file as it was read, to stand beside the reading: its text in blocks, each with an anchor for its place."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

import msgspec

from jiheng.budget import BudgetDocument, IndicatorValue, Place
from jiheng.budget.node import Node
from jiheng.reading.blocks import Block, Paragraph

_LONGEST = 20_000
"""Blocks of a file that are shown; the rest is in the file itself."""


class OriginalCell(msgspec.Struct, frozen=True, array_like=True):
    """A cell of the original."""

    text: str
    anchor: str
    span: int = 1


class OriginalBlock(msgspec.Struct, frozen=True, omit_defaults=True):
    """A paragraph, or (with ``rows``) a table."""

    text: str = ""
    style: str = ""
    anchor: str = ""
    rows: list[list[OriginalCell]] = []


class Value(msgspec.Struct, frozen=True):
    """A value of the reading: its path, its name in words, its text, and where it was read."""

    path: str
    label: str
    text: str
    place: Place
    anchor: str

    @property
    def is_unsure(self) -> bool:
        """Whether it was recognised with little confidence."""
        return self.place.confidence is not None and self.place.confidence < 0.85

    @property
    def width(self) -> str:
        """Of its rectangle, a share of the page."""
        return f"{self.place.box.right - self.place.box.left:.4f}" if self.place.box else "0"

    @property
    def height(self) -> str:
        """Of its rectangle, a share of the page."""
        return f"{self.place.box.bottom - self.place.box.top:.4f}" if self.place.box else "0"

    @property
    def percent(self) -> int | None:
        """Its confidence in per cent."""
        return None if self.place.confidence is None else round(self.place.confidence * 100)


class Group(msgspec.Struct, frozen=True):
    """Values that belong to one item: a project, an indicator, a table."""

    title: str
    values: list[Value]


def anchor_of(place: Place | None) -> str:
    """A name for a place that is the same in the original and in the reading."""
    if place is None:
        return ""
    where = f"{place.member or ''}/{place.sheet or ''}"
    file = zlib.crc32(where.encode()) if len(where) > 1 else 0
    if place.table is not None and place.row is not None:
        return f"o{file}-t{place.table}-{place.row}-{place.column or 0}"
    return f"o{file}-p{place.line or place.paragraph or 0}"


def original_blocks(blocks: Iterable[Block]) -> list[OriginalBlock]:
    """The blocks of a file, ready to be kept and shown."""
    found: list[OriginalBlock] = []
    for block in blocks:
        if len(found) >= _LONGEST:
            break
        if isinstance(block, Paragraph):
            found.append(OriginalBlock(block.text, block.style, anchor_of(block.place)))
        else:
            rows = [
                [OriginalCell(cell.text, anchor_of(cell.place), cell.span) for cell in row.cells]
                for row in block.rows
            ]
            found.append(OriginalBlock(rows=rows))
    return found


_LABELS = {
    "title": "标题", "fiscal_year": "预算年度", "total": "合计", "fiscal": "财政资金", "other": "其他资金", "general_public": "一般公共预算",
    "government_fund": "政府性基金", "state_capital": "国有资本经营", "basic": "基本支出", "project": "项目支出", "personnel": "人员经费",
    "operating": "公用经费", "name": "名称", "code": "编码", "heading": "表题", "department": "主管部门", "unit": "单位", "purpose": "资金用途",
    "march": "3月底", "june": "6月底", "october": "10月底", "december": "12月底", "goals": "绩效目标", "mid_term_goals": "中长期目标",
    "results": "完成情况", "level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "description": "指标描述", "value": "指标值",
    "actual": "完成值", "forecast": "预计完成", "previous": "上年水平", "weight": "分值", "score": "得分", "reason": "原因", "basis": "依据",
    "scoring": "评分标准", "amount": "金额", "initial": "年初预算数", "adjusted": "全年预算数", "executed": "执行数", "rate": "执行率",
    "attribute": "项目属性", "manager": "负责人", "phone": "电话", "starts": "开始日期", "ends": "完成日期", "period": "期间", "values": "数值",
    "quantity": "数量", "price": "单价", "goal": "目标", "indicators": "指标", "text": "内容", "term": "名词", "definition": "解释",
    "nature": "性质", "rank": "规格", "funding": "经费形式", "change": "比上年增减", "reasons": "原因", "uses": "用途", "direction": "方向",
    "abroad": "因公出国（境）", "vehicle_purchase": "公务用车购置", "vehicle_operation": "公务用车运行", "reception": "公务接待",
    "business": "事业收入", "operation": "经营收入", "carried_over": "上年结转", "goal_projects": "编报绩效目标项目数", "goal_amount": "编报绩效目标金额",
    "monitored_projects": "绩效监控项目数", "monitored_amount": "绩效监控金额", "self_evaluated_projects": "自评项目数",
    "self_evaluated_amount": "自评金额", "evaluated_projects": "评价项目数", "evaluated_amount": "评价金额", "mean_score": "平均得分",
    "excellent": "优", "good": "良", "fair": "合格", "poor": "不合格", "problems_found": "发现问题", "problems_solved": "已整改",
    "problems_open": "正在整改", "grade": "等级", "as_of": "截止日期", "table_total": "表中总额", "planned_purchase": "拟购置",
    "catalog_code": "目录序号", "measure": "计量单位", "project_budget": "预算资金", "own": "单位资金", "content": "内容", "status": "状态",
    "issuer": "编制单位", "reviewer": "审核单位", "other_matters": "其他事项", "body": "单位", "remark": "备注",
    "duties": "职责", "overall_goal": "总体目标", "standard": "参考标准", "formula": "计算公式", "unit_name": "单位",
}  # fmt: skip


def groups_of(documents: Iterable[BudgetDocument]) -> list[Group]:
    """Every value that knows its place, by the item that it belongs to."""
    groups: list[Group] = []
    for number, document in enumerate(documents):
        _collect(document, str(number), document.title or "文件", groups)
    return [group for group in groups if group.values]


def _collect(node: Node, path: str, title: str, groups: list[Group]) -> None:
    group = Group(title, list(_values(node, path)))
    groups.append(group)
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if name in ("cells", "place"):
            continue
        if isinstance(value, Node):
            group.values.extend(_values(value, f"{path}.{name}", _PARTS.get(name, "")))
            _below(value, f"{path}.{name}", title, groups)
        elif isinstance(value, list):
            _items(value, f"{path}.{name}", title, groups)


def _below(node: Node, path: str, title: str, groups: list[Group]) -> None:
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if isinstance(value, list) and name != "cells":
            _items(value, f"{path}.{name}", title, groups)


def _items(values: list[object], path: str, title: str, groups: list[Group]) -> None:
    for index, item in enumerate(values):
        if isinstance(item, Node):
            _collect(item, f"{path}.{index}", _title_of(item) or title, groups)


def _title_of(node: Node) -> str:
    for name in ("name", "title", "level3", "label", "term", "item"):
        text = getattr(node, name, None)
        if isinstance(text, str) and text:
            return text[:40]
    return ""


_PARTS = {
    "revenue": "收入 ", "expenditure": "支出 ", "changes": "增减 ", "operating_funds": "机关运行经费 ", "three_public": "三公 ",
    "procurement": "政府采购 ", "assets": "资产 ", "performance_management": "", "budget": "预算 ", "plan": "支出计划 ",
}  # fmt: skip


def _values(node: Node, path: str, part: str = "") -> Iterator[Value]:
    for field, place in node.cells.items():
        name, _, index = field.partition(".")
        found = getattr(node, name, None)
        if index and isinstance(found, list):
            found = found[int(index)] if index.isdigit() and int(index) < len(found) else None
        inner = f"{path}.{field}"
        if name in ("department", "unit") and not isinstance(found, str) and found is not None:
            found, inner = getattr(found, "name", None), f"{path}.{field}.name"
        text = found.text if isinstance(found, IndicatorValue) else found
        if isinstance(text, (str, int)) and not isinstance(text, bool):
            label = part + _LABELS.get(name, name) + (f" {int(index) + 1}" if index.isdigit() else "")
            yield Value(inner, label, str(text), place, anchor_of(place))
