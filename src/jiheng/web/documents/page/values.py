"""Every value of a reading as a list beside the original: its path, its name in words, its text, and its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum

import msgspec

from jiheng.budget import BudgetDocument, CodedName, DisclosureTable, IndicatorValue, Node, Place
from jiheng.reading.doubts import UNSURE
from jiheng.web.documents.page.original import anchor_of


class Value(msgspec.Struct, frozen=True):
    """A value of the reading; ``text`` is "" where a cell was read and found empty."""

    path: str
    label: str
    text: str
    place: Place | None

    @property
    def anchor(self) -> str:
        """The id of its place in the text of the original."""
        return anchor_of(self.place)

    @property
    def is_unsure(self) -> bool:
        """Whether it was recognised with little confidence."""
        return is_unsure(self.place)

    @property
    def percent(self) -> int | None:
        """Its confidence in per cent."""
        confidence = self.place.confidence if self.place else None
        return None if confidence is None else round(confidence * 100)

    @property
    def page(self) -> int | None:
        """The page that it stands on."""
        return self.place.page if self.place else None


class Group(msgspec.Struct, frozen=True):
    """Values that belong to one item: a project, an indicator, a row of a table.

    ``part`` is the heading above several groups, given with the first of them. ``is_row``: its values stand side by side.
    """

    title: str
    values: list[Value]
    part: str = ""
    is_row: bool = False


_LABELS = {
    "title": "标题", "fiscal_year": "预算年度", "total": "合计", "fiscal": "财政资金", "other": "其他资金", "general_public": "一般公共预算",
    "government_fund": "政府性基金", "state_capital": "国有资本经营", "basic": "基本支出", "project": "项目支出", "personnel": "人员经费",
    "operating": "公用经费", "name": "名称", "code": "编码", "heading": "表题", "department": "主管部门", "unit": "单位", "purpose": "资金用途",
    "march": "3月底", "june": "6月底", "october": "10月底", "december": "12月底", "goals": "绩效目标", "mid_term_goals": "中长期目标",
    "results": "完成情况", "level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "description": "指标描述", "value": "指标值",
    "actual": "完成值", "forecast": "预计完成", "previous": "上年水平", "weight": "分值", "score": "得分", "reason": "原因", "basis": "依据",
    "scoring": "评分标准", "amount": "金额", "initial": "年初预算数", "adjusted": "全年预算数", "executed": "执行数", "through": "执行数截至月份", "rate": "执行率",
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
    "section": "款", "function_class": "类", "item": "项", "final": "决算数", "fiscal_account": "财政专户管理资金",
    "number": "序号", "level1_weight": "一级分值", "level2_weight": "二级分值", "division": "行政区划",
    "previous_year": "上年年度", "label": "标签", "result": "完成情况", "notes": "表注",
    "duties": "职责", "overall_goal": "总体目标", "standard": "参考标准", "formula": "计算公式", "unit_name": "单位",
    "year": "所写年度", "page": "页码", "most": "分值", "points": "得分", "criterion": "审核要点", "opinion": "审核意见", "aspect": "方面",
    "problem": "问题", "owner": "责任人", "deadline": "整改时限", "found_on": "发现时间", "done_on": "完成时间",
    "state": "整改情况", "evidence": "佐证材料",
}  # fmt: skip
_PARTS = {
    "revenue": "收入 ", "expenditure": "支出 ", "changes": "增减 ", "operating_funds": "机关运行经费 ", "three_public": "三公 ",
    "procurement": "采购 ", "assets": "资产 ", "performance_management": "", "budget": "预算 ", "plan": "支出计划 ",
    "total_row": "合计行 ",
}  # fmt: skip

_NO_VALUES = frozenset({"cells", "place", "schema", "kind", "topic", "scope", "source", "side"})
"""Words of the exchange format and what stands beside the values."""
_OTHER_WORDS = frozenset({("Remark", "section"), ("SpendingPlan", "unit"), ("Indicator", "term")})
_OWN_LABELS = {
    ("ProcurementItem", "project"): "采购项目",
    ("Rectification", "measure"): "整改措施",
    ("Rectification", "unit"): "责任单位",
    ("TableRow", "unit"): "单位",
    ("ProjectBudget", "unit"): "金额单位",
}
_SIDES = {"revenue": "收入", "expenditure": "支出"}


def is_unsure(place: Place | None) -> bool:
    """Whether what stands at ``place`` was recognised with little confidence."""
    return place is not None and place.confidence is not None and place.confidence < UNSURE


def unsure_paths(document: BudgetDocument) -> frozenset[str]:
    """The paths, within ``document``, of values that were recognised with little confidence."""
    found = (value for group in _groups(document, "", "") for value in group.values)
    return frozenset(value.path.lstrip(".") for value in found if value.is_unsure)


def groups_of(documents: Iterable[BudgetDocument]) -> list[Group]:
    """Every value, those with a place of their own and the others, by the item that it belongs to."""
    found = []
    for number, document in enumerate(documents):
        title = document.title or document.kind.label
        first = True
        for group in _groups(document, str(number), title):
            if group.values:
                found.append(msgspec.structs.replace(group, part=title) if first else group)
                first = False
    return found


def _groups(node: Node, path: str, title: str) -> Iterator[Group]:
    """The node's own values with those of its single parts, then group by group what stands in its lists."""
    parts = list(_parts_of(node, path, ""))
    own = list(_values(node, path))
    for part, at, label in parts:
        own += _values(part, at, label)
    yield Group(title, own)
    for holder, at in ((node, path), *((part, at) for part, at, _ in parts)):
        for name in holder.__struct_fields__:
            items = getattr(holder, name)
            if isinstance(items, list):
                for index, item in enumerate(items):
                    if isinstance(item, DisclosureTable):
                        yield from _table(item, f"{at}.{name}.{index}")
                    elif isinstance(item, Node):
                        yield from _groups(item, f"{at}.{name}.{index}", _title_of(item) or title)


def _parts_of(node: Node, path: str, label: str) -> Iterator[tuple[Node, str, str]]:
    """The single parts of a node and theirs, each with its path and what stands before the names of its values."""
    for name in node.__struct_fields__:
        part = getattr(node, name)
        if isinstance(part, Node):
            inner = label + _PARTS.get(name, "")
            yield part, f"{path}.{name}", inner
            yield from _parts_of(part, f"{path}.{name}", inner)


def _table(table: DisclosureTable, path: str) -> Iterator[Group]:
    title = table.title or table.number or "公开表"
    yield Group(title, list(_values(table, path)), part=title)
    columns = [column.label for column in table.columns]
    for index, row in enumerate(table.rows):
        name = " ".join(filter(None, (_SIDES.get(row.side or ""), row.code, row.name)))
        values = list(_values(row, f"{path}.rows.{index}", columns=columns))
        yield Group(name or f"第{index + 1}行", values, is_row=True)


def _title_of(node: Node) -> str:
    for name in ("name", "title", "level3", "label", "term", "item"):
        text = getattr(node, name, None)
        if isinstance(text, str) and text:
            return text[:40]
    return ""


def _values(node: Node, path: str, part: str = "", columns: list[str] | None = None) -> Iterator[Value]:
    for name in node.__struct_fields__:
        if name in _NO_VALUES or (type(node).__name__, name) in _OTHER_WORDS:
            continue
        label = part + (_OWN_LABELS.get((type(node).__name__, name)) or _LABELS.get(name, name))
        found = getattr(node, name)
        if isinstance(found, list):
            for index, text in enumerate(found):
                called = columns[index] if columns and name == "values" and index < len(columns) else ""
                if text is None or isinstance(text, str):
                    numbered = f"{label} {index + 1}" if len(found) > 1 else label
                    yield from _value(node, f"{name}.{index}", path, called or numbered, text)
        elif isinstance(found, dict):
            for key, text in found.items():
                yield from _value(node, f"{name}.{key}", path, key, text)
        elif isinstance(found, CodedName):
            place = node.place_of(name)
            if found.code is not None:
                yield Value(f"{path}.{name}.code", f"{label}编码", found.code, place)
            yield Value(f"{path}.{name}.name", label, found.name or "", place)
        else:
            yield from _value(node, name, path, label, found)


def _value(node: Node, field: str, path: str, label: str, found: object) -> Iterator[Value]:
    """A single value; nothing where there is none and no cell was read for it."""
    if found is None and field not in node.cells:
        return
    text = found.text if isinstance(found, IndicatorValue) else found
    if text is None or (isinstance(text, (str, int)) and not isinstance(text, (bool, Enum))):
        yield Value(f"{path}.{field}", label, "" if text is None else str(text), node.place_of(field))
