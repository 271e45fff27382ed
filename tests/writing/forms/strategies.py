"""Documents as their forms tell them, made at random: what is told twice agrees, as it does in every form that is read.

The money of ``budget`` is that of the lines of ``funding``; the document's department is that of its first project, or
of the units' code; a title is there and names its kind of form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

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
    SpendingPlan,
    Statement,
    Task,
    replace,
)
from jiheng.standards.indicator_framework import layout

_SIGNS = "清淤渠道河湖村镇供水管网维护更新巡查检测泵站防汛编织袋救生衣路桥灌溉节水改造林草苗木学堂食药"
_MARKS = [
    "，",
    "、",
    "；",
    "“防汛”",
    "（2024年）",
    "12.5公里",
    "3处",
    "PE100管",
    "95%",
    "1,200户",
    "《预案》",
]
TITLES = {
    Kind.PROJECT_GOALS: ["项目支出绩效目标申报表", "2024年项目支出绩效目标表"],
    Kind.SELF_EVALUATION: ["项目支出绩效自评表", "2024年度项目绩效自评表"],
    Kind.MONITORING: ["项目支出绩效运行监控表", "2024年1-9月绩效运行监控表"],
    Kind.DEPARTMENT_GOALS: ["部门（单位）整体支出绩效目标申报表"],
}
_TOPICS = [("立项依据", "basis"), ("项目概述", "overview"), ("实施进度计划", "schedule"), ("保障措施", "safeguards"),
           ("自评结论", "conclusion"), ("存在问题", "problems"), ("改进措施", "improvement"), ("审核意见", "review"),
           ("备注", "remark"), ("工程地点", None), ("受益范围", None)]  # fmt: skip
_SOURCES = [("其中：财政拨款", "fiscal"), ("中央资金", "central"), ("县级资金", "county"), ("上年结转资金", "carried_over"), ("其他资金", "other")]  # fmt: skip

names = st.text(_SIGNS, min_size=2, max_size=24)
bodies = st.text(_SIGNS, min_size=2, max_size=8).map(lambda text: f"安澜县{text}局")
sentences = st.lists(
    st.tuples(st.text(_SIGNS, min_size=2, max_size=15), st.sampled_from(_MARKS), st.text(_SIGNS, min_size=2, max_size=9)),
    min_size=1, max_size=8,
).map(lambda parts: "".join("".join(part) for part in parts) + "。")  # fmt: skip
amounts = st.one_of(
    st.integers(0, 99_999_999).map(str),
    st.decimals(0, 999_999, places=2).map(lambda number: f"{number:f}"),
)
points = st.one_of(
    st.integers(0, 50).map(str), st.decimals(0, 50, places=1).map(lambda number: f"{number:f}")
)
values = st.one_of(
    st.tuples(st.sampled_from("≥≤=><"), st.integers(0, 9999), st.sampled_from(["公里", "户", "%", "元/亩", "人次"])).map(lambda parts: "".join(map(str, parts))),
    st.sampled_from(["提升", "12月底前", "2024年6月30日", "10-20户", "按期完成", "0起", "7*24小时", "明显改善"]),
    st.text(_SIGNS, min_size=2, max_size=60),
).map(IndicatorValue.parse)  # fmt: skip


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def indicators(draw: Callable[..., Any], *fields: str, terms: bool = False) -> list[Indicator]:
    """Indicators with some of ``fields``; where ``terms``, some of the medium term and then all with a term."""
    levels = [
        (first.name, second)
        for first in layout(draw(st.sampled_from(["2020", "2021"]))).level1
        for second in first.level2
    ]
    shown = draw(st.sets(st.sampled_from(fields))) if fields else set()
    level_points = {name: draw(maybe(points)) for name in sorted({level1 for level1, _ in levels})}
    has_points = draw(st.booleans())
    found = [
        Indicator(
            level1=level1,
            level2=level2,
            level3=draw(names),
            value=draw(maybe(values)),
            is_core=draw(st.booleans()),
            level1_weight=level_points[level1] if has_points else None,
            **{field: draw(maybe(_FIELDS[field])) for field in sorted(shown)},
        )
        for level1, level2 in draw(st.lists(st.sampled_from(levels), max_size=12))
    ]  # fmt: skip
    if terms and len(found) > 1 and draw(st.booleans()):
        return _with_terms(draw, found)
    return found


def _with_terms(draw: Callable[..., Any], found: list[Indicator]) -> list[Indicator]:
    if draw(st.booleans()):
        cut = draw(st.integers(1, len(found) - 1))
        return [replace(row, term="whole" if at < cut else "annual") for at, row in enumerate(found)]
    return [replace(row, term=term) for row in found for term in ("whole", "annual")]


_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "description": sentences, "scoring": sentences, "basis": names, "direction": st.sampled_from(["正向指标", "反向指标"]),
    "weight": points, "previous": values, "standard": names, "formula": names, "actual": values, "forecast": values,
    "score": points, "reason": sentences, "remark": st.one_of(sentences, names.map(lambda text: f"{text}；完成目标可能性：确定能"), st.just("完成目标可能性：有可能")),
}  # fmt: skip


@st.composite
def funding(draw: Callable[..., Any], *fields: str, terms: bool = False) -> list[FundingLine]:
    """Lines that state ``fields``; where ``terms``, of the whole project as well."""
    sources = draw(st.lists(st.sampled_from(_SOURCES), unique=True, max_size=4))
    unit = draw(st.sampled_from(["万元", "元"]))

    def line(label: str, source: str, scope: str = "year") -> FundingLine:
        found = {field: draw(_AMOUNTS[field]) for field in fields}
        if "forecast" in fields and found["executed"] is not None:
            found["through"] = 9  # as the title says
        return FundingLine(label=label, source=source, scope=scope, unit=unit, **found)

    year = [line("年度资金总额：", "total"), *(line(*one) for one in sources)]
    if not (terms and draw(st.booleans())):
        return year if draw(st.booleans()) else []
    whole = [line("中期资金总额：", "total", "project"), *(line(*one, "project") for one in sources)]
    return [one for pair in zip(whole, year, strict=True) for one in pair]


_AMOUNTS: dict[str, st.SearchStrategy[Any]] = {
    "amount": amounts, "initial": amounts, "adjusted": maybe(amounts), "executed": maybe(amounts), "forecast": maybe(amounts),
    "rate": maybe(points), "weight": maybe(points), "score": maybe(points),
}  # fmt: skip


def budget_of(lines: list[FundingLine]) -> ProjectBudget | None:
    """What the lines say of the year, as ``ProjectBudget`` repeats it."""
    found: dict[str, str] = {}
    for line in lines:
        if line.source in ("total", "fiscal", "other") and line.scope == "year":
            stated = [line.amount, line.adjusted, line.initial]
            amount = next((one for one in stated if one is not None), None)
            if amount is not None:
                found.setdefault(line.source, amount)
    return ProjectBudget(unit=lines[0].unit, **found) if found else None


@st.composite
def statements(draw: Callable[..., Any]) -> list[Statement]:
    chosen = draw(st.lists(st.sampled_from(_TOPICS), unique=True, max_size=5))
    return [
        Statement(label=label, topic=topic, text="\n".join(draw(st.lists(sentences, min_size=1, max_size=3))))
        for label, topic in chosen
    ]


plans = st.builds(
    SpendingPlan,
    unit=st.just("percent"), heading=st.just("资金支出计划（%）"),
    march=maybe(points), june=maybe(points), october=maybe(points), december=st.just("100") | points,
)  # fmt: skip


def _settled(plan: SpendingPlan | None, lines: list[FundingLine]) -> SpendingPlan | None:
    """The plan in the money of the budget, where its figures come to that."""
    budget = budget_of(lines)
    if plan is None or budget is None or plan.december != "100" or budget.total in (None, "100"):
        return plan
    amounts = {"march": None, "june": None, "october": None, "december": budget.total}
    return SpendingPlan(unit="amount", heading=plan.heading, **amounts)


@st.composite
def projects(draw: Callable[..., Any], kind: Kind, department: CodedName | None, code: str | None) -> Project:
    goals = st.lists(sentences, max_size=4)
    fields = {
        Kind.PROJECT_GOALS: ("amount",),
        Kind.SELF_EVALUATION: ("initial", "adjusted", "executed", "weight", "rate", "score"),
        Kind.MONITORING: ("initial", "executed", "rate", "forecast"),
    }[kind]
    is_declared = kind is Kind.PROJECT_GOALS
    lines = draw(funding(*fields, terms=is_declared))
    return Project(
        name=draw(names),
        code=draw(maybe(st.from_regex(r"1399012[0-9]P[0-9]{12}", fullmatch=True))),
        department=department,
        unit=CodedName(code, draw(bodies)) if code else draw(maybe(bodies.map(lambda name: CodedName(None, name)))),
        attribute=draw(maybe(st.sampled_from(["新增项目", "延续项目", "特定目标类"]))),
        period=draw(maybe(st.sampled_from(["2024年", "2024年-2026年"]))),
        manager=draw(maybe(st.text(_SIGNS, min_size=2, max_size=3))),
        phone=draw(maybe(st.just("0319-5550123"))),
        starts=draw(maybe(st.just("2024年3月"))),
        ends=draw(maybe(st.just("2024年12月31日"))),
        purpose=draw(maybe(sentences)),
        plan=_settled(draw(maybe(plans)), lines),
        funding=lines,
        budget=budget_of(lines),
        goals=draw(goals),
        mid_term_goals=draw(goals) if is_declared else [],
        results=draw(goals) if kind is Kind.SELF_EVALUATION else [],
        indicators=draw(indicators(*_FIELDS, terms=is_declared)),
        score=draw(maybe(points)),
        grade=draw(maybe(st.sampled_from(["优", "良", "中", "差"]))),
        statements=draw(statements()),
    )  # fmt: skip


@st.composite
def department_parts(draw: Callable[..., Any], kind: Kind) -> DepartmentGoals:
    reports = kind is not Kind.DEPARTMENT_GOALS
    fields = ("initial", "adjusted", "executed", "rate") if reports else ("amount",)
    tasks = [
        Task(
            name=draw(names),
            content=draw(maybe(sentences)),
            total=draw(maybe(amounts)),
            fiscal=draw(maybe(amounts)),
            other=draw(maybe(amounts)),
            executed=draw(maybe(amounts)) if reports else None,
            result=draw(maybe(sentences)) if reports else None,
        )
        for _ in range(draw(st.integers(0, 5)))
    ]
    return DepartmentGoals(
        name=draw(bodies),
        period=draw(maybe(st.just("2024年-2026年"))),
        funding=draw(funding(*fields)),
        tasks=tasks,
        goals=draw(st.lists(sentences, max_size=4)),
        mid_term_goals=draw(st.lists(sentences, max_size=2)),
        results=draw(st.lists(sentences, max_size=3)) if reports else [],
        indicators=draw(indicators(*_FIELDS)),
        score=draw(maybe(points)),
        grade=draw(maybe(st.sampled_from(["优", "良"]))),
        statements=draw(statements()),
    )


@st.composite
def documents(draw: Callable[..., Any], kind: Kind) -> BudgetDocument:
    """A document of a kind that has a form for every project or department."""
    common: dict[str, Any] = {
        "kind": kind,
        "title": draw(st.sampled_from(TITLES[kind])),
        "fiscal_year": 2024,
        "status": draw(maybe(st.just("草案"))),
        "issuer": draw(maybe(bodies)),
        "reviewer": draw(maybe(st.just("安澜县财政局"))),
    }
    if kind is Kind.DEPARTMENT_GOALS or (kind is Kind.SELF_EVALUATION and draw(st.booleans())):
        parts = draw(st.lists(department_parts(kind), min_size=1, max_size=2))
        return BudgetDocument(**common, department=CodedName(None, parts[0].name), department_goals=parts)
    code = draw(maybe(st.sampled_from(["305001", "219003"])))
    named = CodedName(code[:3] if code else draw(maybe(st.just("305"))), draw(bodies))
    department = named if code or draw(st.booleans()) else None
    found = draw(st.lists(projects(kind, department, code), min_size=1, max_size=3))
    first = found[0].unit
    if code and first is not None:
        # the units agree, as those of one document do, and say whose it is
        found = [_with_unit(one, first) for one in found]
        department = CodedName(code[:3], first.name)
    return BudgetDocument(**common, department=department, projects=found)


@st.composite
def lists(draw: Callable[..., Any]) -> BudgetDocument:
    """项目库清单: of a project its identity, amounts under the labels of their sources, and labelled texts."""
    department = CodedName("305", draw(bodies))
    unit = CodedName("305001", f"{department.name}本级")
    labels = draw(
        st.lists(
            st.sampled_from(["一般公共预算", "政府性基金", "单位资金", "上年结转"]), unique=True, max_size=3
        )
    )
    found = []
    for number in range(draw(st.integers(1, 9))):
        lines = [FundingLine(label="项目总额", source="total", amount=draw(amounts))]
        lines += [
            FundingLine(label=label, source=_LISTED[label], amount=draw(amounts))
            for label in labels
            if number == 0 or draw(st.booleans())
        ]
        found.append(
            Project(
                name=draw(names),
                code=f"13990124P0058401{number:05}",
                department=department,
                unit=unit,
                attribute=draw(maybe(st.just("特定目标类"))),
                manager=draw(maybe(st.text(_SIGNS, min_size=2, max_size=3))),
                starts=draw(maybe(st.just("2024年3月"))),
                funding=lines,
                budget=ProjectBudget(total=lines[0].amount),
                statements=[Statement(label="状态", text=draw(names))] if draw(st.booleans()) else [],
            )
        )
    return BudgetDocument(
        kind=Kind.PROJECT_LIST,
        title="安澜县项目库清单",
        fiscal_year=2024,
        department=department,
        projects=found,
    )


_LISTED = {"一般公共预算": "general_public", "政府性基金": "government_fund", "单位资金": "own", "上年结转": "carried_over"}  # fmt: skip


@st.composite
def ledgers(draw: Callable[..., Any]) -> BudgetDocument:
    """整改台账."""
    heads = draw(st.lists(st.sampled_from(["分管领导", "备注", "牵头科室"]), unique=True))
    dates = st.sampled_from(["2024年6月30日", "2024-06-30", "6月底前"])
    rows = [
        Rectification(
            project=draw(maybe(names)),
            unit=draw(maybe(bodies)),
            problem=draw(sentences),
            measure=draw(maybe(sentences)),
            owner=draw(maybe(st.text(_SIGNS, min_size=2, max_size=3))),
            deadline=draw(maybe(dates)),
            found_on=draw(maybe(dates)),
            done_on=draw(maybe(dates)),
            state=draw(maybe(st.sampled_from(["已完成", "正在整改"]))),
            evidence=draw(maybe(names)),
            attributes={head: draw(names) for head in heads if draw(st.booleans())},
        )
        for _ in range(draw(st.integers(1, 8)))
    ]
    return BudgetDocument(
        kind=Kind.RECTIFICATION, title="绩效评价发现问题整改台账", fiscal_year=2024, department=draw(maybe(bodies.map(lambda name: CodedName(None, name)))), rectifications=rows
    )  # fmt: skip


_EIGHT = (("完整性", "规范完整性"), ("完整性", "明确清晰性"), ("相关性", "目标相关性"), ("相关性", "指标科学性"),
          ("适当性", "绩效合理性"), ("适当性", "资金匹配性"), ("可行性", "实现可能性"), ("可行性", "条件充分性"))  # fmt: skip


@st.composite
def reviews(draw: Callable[..., Any]) -> BudgetDocument:
    """绩效目标审核表."""
    department = draw(maybe(bodies.map(lambda name: CodedName("305", name))))
    found = [
        Project(
            name=draw(names),
            department=department,
            unit=draw(maybe(bodies.map(lambda name: CodedName(None, name)))),
            period=draw(maybe(st.just("2024年-2026年"))),
            attribute=draw(maybe(st.just("新增项目"))),
            starts=draw(maybe(st.just("2024年3月"))),
            purpose=draw(maybe(sentences)),
            review=[
                ReviewItem(aspect=aspect, name=name, most=draw(maybe(points)), points=draw(maybe(points)), criterion=draw(maybe(sentences)), opinion=draw(maybe(sentences)))
                for aspect, name in draw(st.sampled_from([_EIGHT, _EIGHT[:4], _EIGHT[2:]]))
            ],
            score=draw(maybe(points)),
            grade=draw(maybe(st.sampled_from(["优", "良", "中", "差"]))),
            statements=[Statement(label="总体意见", topic="review", text=draw(sentences))] if draw(st.booleans()) else [],
        )
        for _ in range(draw(st.integers(1, 3)))
    ]  # fmt: skip
    return BudgetDocument(
        kind=Kind.REVIEW,
        title="项目支出绩效目标审核表",
        fiscal_year=2024,
        department=department,
        projects=found,
    )


def any_of(kind: Kind) -> st.SearchStrategy[BudgetDocument]:
    """Documents of any kind that has an official form."""
    others = {Kind.PROJECT_LIST: lists, Kind.RECTIFICATION: ledgers, Kind.REVIEW: reviews}
    return others[kind]() if kind in others else documents(kind)


KINDS = (*TITLES, Kind.PROJECT_LIST, Kind.RECTIFICATION, Kind.REVIEW)


def _with_unit(project: Project, unit: CodedName) -> Project:
    return replace(project, unit=unit)
