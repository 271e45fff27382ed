"""What the values of a document are called where a conflict is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_LABELS: Final = {
    "kind": "文件类型", "title": "标题", "status": "状态", "fiscal_year": "预算年度", "division": "行政区划", "department": "部门",
    "unit": "单位", "issuer": "编制单位", "reviewer": "审核单位", "duties": "部门职责", "organizations": "机构设置", "revenue": "收入",
    "expenditure": "支出", "expenditure_items": "支出功能分类说明", "changes": "比上年增减", "operating_funds": "机关运行经费",
    "three_public": "“三公”经费", "overall_goal": "总体绩效目标", "sub_goals": "分项目标", "safeguards": "保障措施",
    "special_funds": "专项资金", "projects": "项目", "department_goals": "整体支出绩效目标表", "tables": "公开表",
    "performance_management": "预算绩效管理情况", "rectifications": "整改台账", "procurement": "政府采购", "assets": "国有资产",
    "glossary": "名词解释", "other_matters": "其他事项", "remarks": "其他说明", "items": "各项", "indicators": "绩效指标",
    "name": "名称", "code": "编码", "heading": "表题", "number": "序号", "period": "期间", "budget": "预算", "purpose": "资金用途",
    "plan": "资金支出计划", "goals": "绩效目标", "goal": "绩效目标", "attribute": "项目属性", "manager": "负责人", "phone": "联系电话",
    "starts": "开始时间", "ends": "结束时间", "funding": "资金来源", "mid_term_goals": "中长期目标", "results": "完成情况", "score": "得分",
    "grade": "等级", "review": "审核表", "statements": "文字说明", "total": "合计", "fiscal": "财政资金", "other": "其他资金",
    "march": "3月底", "june": "6月底", "october": "10月底", "december": "12月底", "level1": "一级指标", "level2": "二级指标",
    "level3": "三级指标", "description": "绩效指标描述", "value": "指标值", "scoring": "评（扣）分标准", "basis": "指标值确定依据",
    "weight": "权重", "actual": "实际完成值", "reason": "原因", "remark": "备注", "text": "内容", "term": "名词", "definition": "解释",
    "nature": "单位性质", "rank": "单位规格", "general_public": "一般公共预算", "government_fund": "政府性基金", "own": "单位资金",
    "state_capital": "国有资本经营", "fiscal_account": "财政专户", "carried_over": "上年结转", "basic": "基本支出", "personnel": "人员经费",
    "operating": "日常公用经费", "project": "项目支出", "abroad": "因公出国（境）", "vehicle_purchase": "公务用车购置",
    "vehicle_operation": "公务用车运行", "reception": "公务接待", "reasons": "原因", "uses": "用途", "change": "比上年增减",
    "previous_year": "比较年度", "rate": "比率", "measure": "计量单位", "quantity": "数量", "price": "单价", "catalog_code": "目录序号",
    "amount": "金额", "year": "年度", "body": "自称", "section": "所在部分", "of_which": "其中", "planned_purchase": "拟购置",
}  # fmt: skip
_WITHIN: Final = {
    ("budget", "total"): "预算数", ("budget", "unit"): "金额单位", ("plan", "unit"): "口径", ("items", "project"): "项目名称",
    ("indicators", "basis"): "指标值确定依据", ("revenue", "other"): "其他来源",
}  # fmt: skip
_NAMES: Final = ("name", "level3", "title", "term", "label", "description", "heading", "code", "level2")


def named(field: str, holder: str = "") -> str:
    """What a field is called, within the field that holds it."""
    return _WITHIN.get((holder, field)) or _LABELS.get(field, field)


def item_named(item: Any, index: int) -> str:
    """What an item of a list is called: by a name of its own, else by its number."""
    if isinstance(item, Mapping):
        found = next((item[key] for key in _NAMES if isinstance(item.get(key), str) and item[key]), None)
        if found is not None:
            return f"“{found[:40]}”"
    return f"第 {index + 1} 条"


def spelled(value: Any) -> str:
    """A plain value in words, short enough to stand in a line."""
    if value in (None, [], ""):
        return "（空）"
    if isinstance(value, Mapping):
        if isinstance(value.get("text"), str) and "operator" in value:
            return str(value["text"])
        name = item_named(value, -1)
        return name if name.startswith("“") else "（有内容）"
    if isinstance(value, list):
        return "、".join(spelled(one) for one in value[:5]) + (
            f" 等 {len(value)} 项" if len(value) > 5 else ""
        )
    return {True: "是", False: "否"}.get(value, str(value)) if isinstance(value, bool) else str(value)
