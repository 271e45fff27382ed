"""Documents of an invented county, one for each official form."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from jiheng.budget import (
    BudgetDocument,
    CodedName,
    DepartmentGoals,
    FundingLine,
    Indicator,
    IndicatorValue,
    Kind,
    Project,
    ProjectBudget,
    Rectification,
    ReviewItem,
    Statement,
    Task,
)

BUREAU = CodedName("305", "安澜县水务局")
UNIT = CodedName("305002", "安澜县防汛抗旱服务中心")


def value(text: str | None) -> IndicatorValue | None:
    """An indicator's value as it is understood."""
    return IndicatorValue.parse(text) if text else None


def row(level1: str, level2: str, level3: str, target: str | None, **more: Any) -> Indicator:
    """An indicator; ``actual`` and ``forecast`` as texts."""
    for field in ("actual", "forecast", "previous"):
        if field in more:
            more[field] = value(more[field])
    return Indicator(level1=level1, level2=level2, level3=level3, value=value(target), **more)


DECLARED = [
    row("产出指标", "数量指标", "山洪沟清淤长度", "≥12公里"),
    row("产出指标", "数量指标", "编织袋储备数量", "2万条", is_core=True),
    row("产出指标", "质量指标", "工程验收合格率", "100%"),
    row("产出指标", "时效指标", "主汛期前完成清淤", "6月底前"),
    row("产出指标", "成本指标", "每公里清淤成本", "≤1.20万元"),
    row("效益指标", "社会效益指标", "沿沟村庄受益户数", "≥1260户"),
    row("效益指标", "可持续影响指标", "行洪能力保持年限", "3年"),
    row("满意度指标", "服务对象满意度指标", "沿沟群众满意度", "≥92%"),
]
BUDGET = ProjectBudget(total="30.00", fiscal="25.5", other="4.50")
FUNDING = [
    FundingLine(label="年度资金总额：", source="total", amount="30.00"),
    FundingLine(label="其中：财政拨款", source="fiscal", amount="25.5"),
    FundingLine(label="其他资金", source="other", amount="4.50"),
]


def project(**changes: Any) -> Project:
    """A project as 项目支出绩效目标申报表 tells it."""
    fields: dict[str, Any] = {
        "name": "山洪沟清淤和防汛物资储备",
        "department": BUREAU,
        "unit": UNIT,
        "attribute": "延续项目",
        "period": "2024年-2026年",
        "funding": FUNDING,
        "budget": BUDGET,
        "goals": ["完成12公里山洪沟清淤，保证汛期行洪。", "备足编织袋和救生衣，险情发生时一小时内送达。"],
        "indicators": DECLARED,
    }
    return Project(**(fields | changes))


def _three_years() -> Project:
    whole = ("≥36公里", "6万条", "100%", "每年6月底前", "≤1.20万元", "≥3780户", "9年", "≥92%")
    sides = [
        one
        for declared, text in zip(DECLARED, whole, strict=True)
        for one in (
            row(declared.level1 or "", declared.level2 or "", declared.level3 or "", text, term="whole", is_core=declared.is_core),
            row(declared.level1 or "", declared.level2 or "", declared.level3 or "", declared.value.text if declared.value else None, term="annual", is_core=declared.is_core),
        )
    ]  # fmt: skip
    lines = [
        one
        for label, source, amount, line in zip(
            ("中期资金总额：", "其中：财政拨款", "其他资金"), ("total", "fiscal", "other"), ("90.00", "76.50", "13.50"), FUNDING, strict=True
        )
        for one in (FundingLine(label=label, source=source, scope="project", amount=amount), line)
    ]  # fmt: skip
    return project(
        mid_term_goals=["三年内完成36公里山洪沟清淤，备足防汛物资。"], indicators=sides, funding=lines
    )


THREE_YEARS = _three_years()

FULL = project(
    code="13990124P005840100019",
    manager="周某",
    phone="0319-5550123",
    starts="2024年3月",
    ends="2024年12月",
    purpose="用于清理山洪沟淤积物，购置编织袋、救生衣等防汛物资。",
    statements=[
        Statement(label="立项依据", topic="basis", text="安澜县防汛应急预案（2023年修订）。"),
        Statement(label="资金管理办法", text="专款专用，按工程进度支付。\n质保金于次年支付。"),
        Statement(label="", topic="remark", text="注：本表金额均为万元。"),
        Statement(label="审核意见", topic="review", text="同意申报。"),
    ],
    indicators=[
        row(
            one.level1 or "",
            one.level2 or "",
            one.level3 or "",
            one.value.text if one.value else None,
            weight=points,
            level1_weight={"产出指标": "50", "效益指标": "30", "满意度指标": "10"}[one.level1 or ""],
            description=f"反映{one.level3}的情况",
            basis="防汛工作计划",
            scoring="达到得满分，每少1%扣0.5分",
        )
        for one, points in zip(DECLARED, ("15", "15", "10", "5", "5", "20", "10", "10"), strict=True)
    ],
)

EVALUATED = project(
    attribute=None,
    period=None,
    funding=[
        FundingLine(label="年度资金总额", source="total", initial="30.00", adjusted="1028.5", executed="1026.45", weight="10", rate="99.8", score="9.98"),
        FundingLine(label="其中：当年财政拨款", source="fiscal", initial="25.50", adjusted="1024.00", executed="1021.95", weight=None, rate="99.8"),
        FundingLine(label="上年结转资金", source="carried_over"),
        FundingLine(label="其他资金", source="other", initial="4.50", adjusted="4.50", executed="4.50", rate="100"),
    ],
    budget=ProjectBudget(total="1028.5", fiscal="1024.00", other="4.50"),
    results=["完成12.4公里山洪沟清淤，汛期行洪正常。", "编织袋和救生衣按计划入库，救生衣少到200件。"],
    indicators=[
        row(one.level1 or "", one.level2 or "", one.level3 or "", one.value.text if one.value else None, actual=actual, weight=points, score=score, reason=reason)
        for one, actual, points, score, reason in zip(
            DECLARED,
            ("12.4公里", "1.96万条", "100%", "6月20日", "1.18万元", "1260户", "3年", "94.5%"),
            ("15", "15", "10", "5", "5", "20", "10", "10"),
            ("15", "14.7", "10", "5", "5", "20", "10", "10"),
            (None, "供应商最后一批编织袋推迟到次年一月交货；今后在合同中写明分批交货的日期和违约责任。", None, None, None, None, None, None),
            strict=True,
        )
    ],
    score="99.68",
    grade="优",
    statements=[
        Statement(label="自评结论", topic="conclusion", text="项目达到预期目标。"),
        Statement(label="存在问题", topic="problems", text="部分物资到货偏晚。"),
        Statement(label="改进措施", topic="improvement", text="合同写明分批交货日期。"),
    ],
)  # fmt: skip

WATCHED = project(
    attribute=None,
    period=None,
    funding=[
        FundingLine(label="年度资金总额：", source="total", initial="30.00", executed="12.5", through=7, rate="41.67", forecast="30.00"),
        FundingLine(label="其中：财政拨款", source="fiscal", initial="25.50", executed="10.00", through=7, rate="39.22", forecast="25.50"),
        FundingLine(label="其他资金", source="other", initial="4.50", executed="2.50", through=7, rate="55.56", forecast="4.50"),
    ],
    budget=ProjectBudget(total="30.00", fiscal="25.50", other="4.50"),
    indicators=[
        row(one.level1 or "", one.level2 or "", one.level3 or "", one.value.text if one.value else None, actual=actual, forecast=forecast, reason=reason, remark=remark)
        for one, actual, forecast, reason, remark in zip(
            DECLARED,
            ("12.4公里", "0.8万条", "100%", "6月20日", "1.18万元", "1260户", None, None),
            ("12.4公里", "2万条", "100%", "6月20日", "1.18万元", "1260户", "3年", "≥92%"),
            (None, "第二批编织袋招标流标一次，推迟到九月采购；人员保障", None, None, None, None, None, None),
            (*["完成目标可能性：确定能"] * 6, "年底评估；完成目标可能性：有可能", "12月调查"),
            strict=True,
        )
    ],
)  # fmt: skip

DEPARTMENT = DepartmentGoals(
    name="安澜县水务局",
    tasks=[
        Task(name="防汛抗旱", content="清理山洪沟，储备防汛物资，落实值班值守。", total="120.00", fiscal="120", other="0.00"),
        Task(name="农村供水保障", content="维护供水管网，更换老旧水表，检测水质。", total="1080.50", fiscal="960.5", other="120.00"),
        Task(name="河湖管理", content="巡查河道，清理“四乱”。", total="36.00", fiscal="36.00"),
    ],
    goals=["安全度汛，无人员伤亡。", "农村供水保证率提高到98%以上。"],
    indicators=[
        row("产出指标", "数量指标", "清淤河道长度", "12公里"),
        row("产出指标", "质量指标", "水质合格率", "≥95%"),
        row("效益指标", "社会效益指标", "供水保证率", "≥98%"),
        row("满意度指标", "服务对象满意度指标", "用水户满意度", "≥90%"),
    ],
)  # fmt: skip

DEPARTMENT_EVALUATED = DepartmentGoals(
    name="安澜县水务局",
    funding=[
        FundingLine(label="年度资金总额", source="total", initial="1236.50", adjusted="1300.00", executed="1274.00", weight="10", rate="98", score="9.8"),
        FundingLine(label="基本支出", initial="500.00", adjusted="520.00", executed="520.00", rate="100"),
        FundingLine(label="项目支出", initial="736.50", adjusted="780.00", executed="754.00", rate="96.67"),
    ],
    tasks=[
        Task(name="防汛抗旱", content="清理山洪沟。", total="120.00", fiscal="120.00", executed="118.60", result="全部完成"),
        Task(name="农村供水保障", content="维护供水管网。", total="1080.50", fiscal="960.50", other="120.00", executed="1060.00", result="完成98%"),
    ],
    goals=["安全度汛，无人员伤亡。"],
    results=["全年无人员伤亡。"],
    indicators=[
        row("产出指标", "数量指标", "清淤河道长度", "12公里", actual="12.4公里", weight="50", score="50"),
        row("效益指标", "社会效益指标", "供水保证率", "≥98%", actual="97.5%", weight="30", score="29", reason="管网改造停水，今后提前通知。"),
        row("满意度指标", "服务对象满意度指标", "用水户满意度", "≥90%", actual="91%", weight="10", score="10"),
    ],
    score="98.8",
    grade="优",
)  # fmt: skip


def document(kind: Kind, title: str, *parts: Project | DepartmentGoals, **changes: Any) -> BudgetDocument:
    """A document of the water bureau, its department as a reader of the form gathers it from the units' codes."""
    projects = [part for part in parts if isinstance(part, Project)]
    departments = [part for part in parts if isinstance(part, DepartmentGoals)]
    coded = next((one.unit for one in projects if one.unit and one.unit.code), None)
    department = projects[0].department if projects else None
    if departments:
        department = CodedName(None, departments[0].name)
    if coded is not None and coded.code and coded.name:
        department = CodedName(coded.code[:3], coded.name.removesuffix("本级"))
    fields: dict[str, Any] = {
        "kind": kind,
        "title": title,
        "fiscal_year": 2024,
        "department": department,
        "projects": projects,
        "department_goals": departments,
    }
    return BudgetDocument(**(fields | changes))


_POINTS = (("完整性", "规范完整性", "10", "9"), ("完整性", "明确清晰性", "10", "9.5"), ("相关性", "目标相关性", "10", "9"),
           ("相关性", "指标科学性", "10", "8.5"), ("适当性", "绩效合理性", "15", "13"), ("适当性", "资金匹配性", "15", "13"),
           ("可行性", "实现可能性", "15", "14"), ("可行性", "条件充分性", "15", "14"))  # fmt: skip
_CRITERIA = ("绩效目标填报格式是否规范，内容是否完整。", "绩效目标是否明确，内容是否具体。", "目标是否与部门职能和事业发展规划相关。", "指标是否全面、充分、细化、量化。",
             "预期绩效是否显著，是否符合行业正常水平。", "绩效目标与资金额度是否匹配。", "目标是否经过调查研究和科学论证。", "项目实施方案是否合理，制度是否健全。")  # fmt: skip
REVIEWED = Project(
    name="山洪沟清淤和防汛物资储备",
    department=BUREAU,
    unit=UNIT,
    review=[
        ReviewItem(aspect=aspect, name=name, most=most, points=points, criterion=criterion, opinion=opinion)
        for (aspect, name, most, points), criterion, opinion in zip(
            _POINTS, _CRITERIA, ("填写规范", None, "与职能相关", "有一项指标没有量化，扣1.5分", None, None, None, None), strict=True
        )
    ],
    score="90.0",
    grade="优",
    statements=[
        Statement(label="总体意见", topic="review", text="同意。\n修改指标后进入下一步预算安排流程。"),
        Statement(label="", topic="remark", text="注：满分100分。"),
    ],
)  # fmt: skip


def _in_list(name: str, code: str, fiscal: str, own: str | None, state: str) -> Project:
    total = Decimal(fiscal) + Decimal(own or 0)
    lines = [
        FundingLine(label="预算总额", source="total", amount=f"{total}"),
        FundingLine(label="一般公共预算", source="general_public", amount=fiscal),
        *([FundingLine(label="单位资金", source="own", amount=own)] if own else []),
    ]
    return Project(
        name=name, code=code, department=BUREAU, unit=CodedName("305001", "安澜县水务局本级"), attribute="特定目标类",
        funding=lines, budget=ProjectBudget(total=f"{total}"), statements=[Statement(label="状态", text=state)],
    )  # fmt: skip


LISTED = [
    _in_list("山洪沟清淤和防汛物资储备", "13990124P005840120862", "25.50", "4.5", "已入库"),
    _in_list("农村饮水管网维护", "13990124P00584012082K", "1080", None, "审核中"),
    _in_list("河湖“四乱”清理和岸线保护规划编制", "13990124P00584012084G", "36.00", None, "已入库"),
]
PROBLEMS = [
    Rectification(project="山洪沟清淤", unit="安澜县水务局", problem="部分沟段清淤后三个月又有淤积，没有管护人员。", measure="每条沟落实一名管护员，按月巡查并登记。", owner="张某", deadline="2024年6月30日", found_on="2024年3月1日", done_on="2024年5月20日", state="已完成", evidence="验收单", attributes={"分管领导": "王某"}),
    Rectification(project="农村饮水管网维护", unit="安澜县自来水公司", problem="招标延期，资金支出慢。", measure="提前编制招标计划。", owner="李某", deadline="2024年9月30日", found_on="2024年3月1日", state="正在整改"),
]  # fmt: skip

SECOND = project(
    name="农村饮水管网维护", goals=["更换老旧管网3公里。"], attribute="新增项目", period="2024年"
)
GOALS = document(Kind.PROJECT_GOALS, "项目支出绩效目标申报表", project(), SECOND)
DOCUMENTS: dict[str, BudgetDocument] = {
    "goals": GOALS,
    "goals of three years": document(Kind.PROJECT_GOALS, "项目支出绩效目标申报表", THREE_YEARS),
    "goals with all besides": document(Kind.PROJECT_GOALS, "项目支出绩效目标申报表", FULL),
    "self-evaluation": document(Kind.SELF_EVALUATION, "项目支出绩效自评表", EVALUATED),
    "self-evaluation of a department": document(
        Kind.SELF_EVALUATION, "部门整体支出绩效自评表", DEPARTMENT_EVALUATED
    ),
    "monitoring": document(Kind.MONITORING, "2024年1-7月项目支出绩效运行监控表", WATCHED),
    "review": document(Kind.REVIEW, "项目支出绩效目标审核表", REVIEWED),
    "project list": document(Kind.PROJECT_LIST, "2024年项目库清单", *LISTED),
    "rectification": document(
        Kind.RECTIFICATION,
        "2023年度绩效评价发现问题整改台账",
        fiscal_year=2023,
        department=CodedName(None, "安澜县财政局"),
        rectifications=PROBLEMS,
    ),
    "department goals": document(Kind.DEPARTMENT_GOALS, "部门（单位）整体支出绩效目标申报表", DEPARTMENT),
}
