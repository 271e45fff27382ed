"""Sound performance texts and disclosures of the provincial form."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from benchmarks.accuracy.words import OFFICES, Chance
from benchmarks.mutations.projects import PLOTS, Body, project, sub_goal
from jiheng.budget import (
    Asset,
    AssetPart,
    Assets,
    BudgetDocument,
    Changes,
    CodedName,
    Expenditure,
    GlossaryTerm,
    Kind,
    NamedAmount,
    OperatingFunds,
    Organization,
    Procurement,
    ProcurementItem,
    Project,
    Revenue,
    Safeguard,
    ThreePublic,
)
from jiheng.standards.datafile import csv_rows
from jiheng.standards.disclosure import glossary
from jiheng.standards.divisions import division

_DUTIES: Final = (
    "贯彻执行本行业的法律、法规和政策，拟订全县发展规划。",
    "负责项目的申报、实施和竣工验收，监督资金使用。",
    "指导乡镇开展业务工作，组织人员培训。",
)
_GOALS: Final = (
    "守住安全底线，各项重点工程按期完成。",
    "改善群众生产生活条件，提高公共服务水平。",
    "规范资金管理，防止损失浪费。",
)


def _body(chance: Chance) -> Body:
    """An office of a county from the table of codes, for rules look divisions up; the office is invented."""
    codes = [code for code, name, *_ in csv_rows("divisions.csv") if name.endswith("县")]
    county = division(chance.choice(codes))
    office = chance.choice([name for name in OFFICES if name.endswith(("局", "馆"))])
    return Body(
        CodedName(county.code, county.name), county.name + office, str(chance.randint(201, 499)), chance.randint(2023, 2025)
    )  # fmt: skip


def _projects(chance: Chance, body: Body, count: int) -> BudgetDocument:
    """The part that all texts share: goals and goal tables."""
    plots = chance.sample(PLOTS, count)
    made = [project(chance, plot, number, body) for number, plot in enumerate(plots, 1)]
    return BudgetDocument(
        kind=Kind.PERFORMANCE_TEXT,
        title=f"{body.office}{body.year}年部门预算绩效文本",
        status="草案",
        fiscal_year=body.year,
        division=body.division,
        department=CodedName(body.code, body.office),
        issuer=body.office,
        reviewer=f"{body.division.name}财政局",
        overall_goal=[f"{number}.{goal}" for number, goal in enumerate(_GOALS, 1)],
        sub_goals=[sub_goal(plot, number, one) for number, (plot, one) in enumerate(zip(plots, made, strict=True), 1)],
        safeguards=[Safeguard(title="加强领导", text="由分管负责人牵头，每季度调度一次进度。")],
        projects=made,
    )  # fmt: skip


def performance_text(seed: int) -> BudgetDocument:
    """A 部门预算绩效文本 with four to six projects."""
    chance = Chance(f"mutations text {seed}")
    return _projects(chance, _body(chance), chance.randint(4, 6))


def disclosure(seed: int) -> BudgetDocument:
    """A 部门预算信息公开情况说明 with every chapter."""
    chance = Chance(f"mutations disclosure {seed}")
    body = _body(chance)
    base = _projects(chance, body, chance.randint(3, 5))
    spent, income = _money(chance, base.projects)
    three = [chance.amount(9) for _ in range(4)]
    basic, rest = chance.amount(40), -chance.amount(30)
    fields = {name: getattr(base, name) for name in base.__struct_fields__}
    return BudgetDocument(**fields | {
        "kind": Kind.DEPARTMENT_DISCLOSURE,
        "title": f"{body.office}{body.year}年部门预算信息公开情况说明",
        "status": None,
        "duties": list(_DUTIES),
        "organizations": [Organization(name=body.office, nature="行政", rank="正科级", funding="财政拨款")],
        "revenue": income,
        "expenditure": spent,
        "changes": Changes(
            previous_year=body.year - 1, total=f"{basic + rest}", basic=f"{basic}", project=f"{rest}",
            reasons="人员增资，基本支出增加；压减一次性项目，项目支出减少。",
        ),
        "operating_funds": OperatingFunds(total=spent.operating, uses="办公费、差旅费、维修费等支出。"),
        "three_public": ThreePublic(
            total=f"{sum(three)}", abroad=f"{three[0]}", vehicle_purchase=f"{three[1]}", vehicle_operation=f"{three[2]}",
            reception=f"{three[3]}", change="-0.50", reasons="压减公务接待。",
        ),
        "procurement": _procurement(base.projects),
        "glossary": [GlossaryTerm(term=one.name, definition=f"指{one.name}的含义，按预算科目口径列示第 {index} 类。")
                     for index, one in enumerate(glossary(), 1)],
        "other_matters": "无其他需要说明的事项。",
        "assets": _assets(chance, body.year, _planned()),
    })  # fmt: skip


def _money(chance: Chance, projects: list[Project]) -> tuple[Expenditure, Revenue]:
    listed = [
        NamedAmount(name=one.name or "", amount=one.budget.total if one.budget else None) for one in projects
    ]
    spending = sum((Decimal(one.amount or 0) for one in listed), Decimal(0))
    personnel, operating = chance.amount(900), chance.amount(90)
    other = sum((Decimal(one.budget.other or 0) for one in projects if one.budget), Decimal(0)) or Decimal(
        "1.00"
    )
    total = personnel + operating + spending
    spent = Expenditure(
        total=f"{total:.2f}", basic=f"{personnel + operating:.2f}", personnel=f"{personnel:.2f}",
        operating=f"{operating:.2f}", project=f"{spending:.2f}", projects=listed,
    )  # fmt: skip
    carried = Decimal("3.40")
    income = Revenue(
        total=f"{total:.2f}", general_public=f"{total - other - carried:.2f}", other=f"{other:.2f}", carried_over=f"{carried}"
    )  # fmt: skip
    return spent, income


_BOUGHT: Final = (("办公桌", "A05010201", "张", 3, "0.08"), ("文件柜", "A05010502", "个", 4, "0.06"))


def _planned() -> str:
    return f"{sum(quantity * Decimal(price) for *_, quantity, price in _BOUGHT):.2f}"


def _procurement(projects: list[Project]) -> Procurement:
    """Furniture for one project, bought with money of the general public budget."""
    whose = max(projects, key=lambda one: Decimal(one.budget.total or 0) if one.budget else Decimal(0))
    budget = whose.budget.total if whose.budget else None
    items = [
        ProcurementItem(
            project=whose.name, project_budget=budget, name=name, catalog_code=code, measure=measure,
            quantity=str(quantity), price=price, total=f"{quantity * Decimal(price):.2f}",
            general_public=f"{quantity * Decimal(price):.2f}",
        )
        for name, code, measure, quantity, price in _BOUGHT
    ]  # fmt: skip
    total = _planned()
    return Procurement(
        total=total, table_total=total, total_row=ProcurementItem(general_public=total), items=items
    )


def _assets(chance: Chance, year: int, planned: str) -> Assets:
    house, car, device, rest = (
        chance.amount(400) + 100,
        chance.amount(30) + 10,
        Decimal(90),
        chance.amount(60),
    )
    total = house + car + device + rest
    return Assets(
        as_of=f"{year - 1}-12-31", total=f"{total:.2f}", table_total=f"{total:.2f}", planned_purchase=planned,
        items=[
            Asset(name="1、房屋（平方米）", quantity="1800", value=f"{house:.2f}",
                  of_which=[AssetPart(name="办公用房（平方米）", quantity="1200", value=f"{house - 50:.2f}")]),
            Asset(name="2、车辆（台、辆）", quantity="2", value=f"{car:.2f}"),
            Asset(name="3、单价在20万元以上的设备（台、套）", quantity="3", value=f"{device:.2f}"),
            Asset(name="4、其他固定资产", value=f"{rest:.2f}"),
        ],
    )  # fmt: skip
