"""Clean performance texts (部门预算绩效文本) of invented offices: every figure agrees, every indicator can be measured."""

from __future__ import annotations

from typing import Final, NamedTuple

import msgspec

from benchmarks.accuracy.performance import blocks_of_pages
from benchmarks.accuracy.words import COUNTY, Chance
from conformance.making.paper import Paper, paper
from jiheng.budget import (
    BudgetDocument,
    CodedName,
    Indicator,
    IndicatorValue,
    Project,
    ProjectBudget,
    Safeguard,
    SpendingPlan,
    SubGoal,
)
from jiheng.budget.code import check_character
from jiheng.writing.performance_text import lay_out

_LEVELS: Final = (
    ("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标"), ("产出指标", "成本指标"),
    ("效益指标", "社会效益指标"), ("效益指标", "可持续影响指标"), ("满意度指标", "服务对象满意度指标"),
)  # fmt: skip


class Work(NamedTuple):
    """What a project does. ``rows``: name, description, value and basis of each indicator; {n} and {p} are drawn.

    Quantity times price is the budget; ``prices`` in 元, ``counts`` so that whole 百元 come out.
    """

    name: str
    purpose: str
    goals: tuple[str, ...]
    counts: tuple[int, ...]
    prices: tuple[int, ...]
    rows: tuple[tuple[str, str, str, str], ...]


WORKS: Final = (
    Work("渠道闸门检修", "支付闸门除锈、换件和调试费用。", ("检修闸门{n}座，灌溉季启闭自如。", "缩短沿渠村庄等水的时间。"),
         (20, 40, 60), (1500, 2000, 2500), (
        ("检修闸门数", "年内检修并调试的闸门座数", "{n} 座", "闸门台账"),
        ("检修验收合格率", "验收合格闸门占检修闸门的比例", "≥98%", "验收规程"),
        ("检修完成时间", "全部闸门检修完毕的时间", "5 月底前", "检修方案"),
        ("每座闸门检修成本", "平均每座除锈、换件和调试的支出", "≤{p} 元", "询价记录"),
        ("灌溉保证率", "按时灌溉面积占应灌面积的比例", "≥85%", "灌溉记录"),
        ("闸门正常使用年限", "检修后正常启闭的时间", "≥3 年", "设计文件"),
        ("沿渠农户满意度", "受访农户中表示满意的比例", "≥90%", "问卷调查"))),
    Work("村级卫生室药柜配备", "为村级卫生室购置药柜并安装。", ("配备药柜{n}组，药品分类存放。", "方便村民就近取药。"),
         (50, 80, 100), (600, 800, 1200), (
        ("配备药柜数", "年内购置并安装的药柜组数", "{n} 组", "需求清单"),
        ("药柜验收合格率", "验收合格药柜占购置药柜的比例", "100%", "购置合同"),
        ("安装完成时间", "全部药柜安装完毕的时间", "9 月底前", "实施计划"),
        ("每组药柜成本", "每组药柜购置和安装的支出", "≤{p} 元", "购置合同"),
        ("村民就近取药比例", "在村取药村民占就诊村民的比例", "≥75%", "门诊登记"),
        ("药柜使用年限", "药柜可以正常使用的时间", "≥8 年", "产品说明"),
        ("就诊村民满意度", "受访村民中表示满意的比例", "≥92%", "问卷调查"))),
    Work("农机操作手培训", "支付教材、场地和授课费用。", ("培训操作手{n}人，掌握安全操作规程。", "减少农忙时节的农机事故。"),
         (100, 200, 300), (300, 400, 500), (
        ("培训操作手人数", "年内完成培训的操作手人数", "{n} 人", "培训计划"),
        ("培训考核合格率", "考核合格人数占培训人数的比例", "≥95%", "考核办法"),
        ("培训完成时间", "全部班次结束的时间", "4 月底前", "培训计划"),
        ("人均培训成本", "平均每人教材、场地和授课的支出", "≤{p} 元", "经费标准"),
        ("农机事故下降率", "事故起数比上年减少的比例", "≥10%", "事故统计"),
        ("操作规程使用年限", "编印的规程持续适用的时间", "≥2 年", "规程文本"),
        ("参训操作手满意度", "受访参训人员中表示满意的比例", "≥93%", "问卷调查"))),
    Work("林区瞭望塔维修", "支付瞭望塔加固、刷漆和避雷装置更换费用。", ("维修瞭望塔{n}座，防火期投入使用。", "扩大林区火情的瞭望范围。"),
         (5, 10, 20), (6000, 8000, 9000), (
        ("维修瞭望塔数", "年内加固维修的瞭望塔座数", "{n} 座", "维修方案"),
        ("维修验收合格率", "验收合格瞭望塔占维修瞭望塔的比例", "100%", "验收规范"),
        ("维修完工时间", "全部瞭望塔维修完工的时间", "8 月底前", "维修方案"),
        ("每座瞭望塔维修成本", "平均每座加固和更换装置的支出", "≤{p} 元", "造价咨询"),
        ("林区瞭望覆盖率", "瞭望可及面积占林区面积的比例", "≥88%", "防火规划"),
        ("瞭望塔安全使用年限", "维修后安全使用的时间", "≥5 年", "检测报告"),
        ("护林员满意度", "受访护林员中表示满意的比例", "≥91%", "问卷调查"))),
    Work("乡镇档案扫描", "委托服务机构扫描并著录乡镇档案。", ("扫描档案{n}页，建立目录数据库。", "让群众在乡镇就能查到档案。"),
         (50000, 100000), (1,), (
        ("扫描档案页数", "年内扫描并著录的档案页数", "{n} 页", "服务合同"),
        ("扫描图像合格率", "抽检合格页数占抽检页数的比例", "≥99%", "抽检记录"),
        ("扫描著录完成时间", "全部档案扫描著录完毕的时间", "11 月底前", "服务合同"),
        ("每页扫描成本", "平均每页扫描和著录的支出", "≤{p} 元", "服务合同"),
        ("乡镇查档办结率", "在乡镇办结的查档占查档总次的比例", "≥80%", "查档登记"),
        ("目录数据保存年限", "目录数据持续保存的时间", "≥30 年", "保管办法"),
        ("查档群众满意度", "受访查档群众中表示满意的比例", "≥94%", "问卷调查"))),
    Work("公路桥梁检测", "委托检测机构对县乡公路桥梁作定期检测。", ("检测桥梁{n}座，逐桥评定技术等级。", "及时发现并处置危桥。"),
         (10, 15, 25), (3000, 4000, 5000), (
        ("检测桥梁数", "年内完成定期检测的桥梁座数", "{n} 座", "检测计划"),
        ("检测报告合格率", "经评审合格报告占全部报告的比例", "≥97%", "评审意见"),
        ("检测报告提交时间", "全部检测报告提交的时间", "10 月底前", "检测合同"),
        ("每座桥梁检测成本", "平均每座检测和评定的支出", "≤{p} 元", "检测合同"),
        ("危桥处置率", "已处置危桥占发现危桥的比例", "≥95%", "处置台账"),
        ("检测结论有效年限", "检测结论可以采用的时间", "≥1 年", "检测规程"),
        ("过往驾驶人满意度", "受访驾驶人中表示满意的比例", "≥89%", "问卷调查"))),
)  # fmt: skip

_PLANS: Final = (("25", "50", "75", "100"), ("10", "40", "80", "100"), ("20", "60", "90", "100"))
_OFFICES: Final = ("水务局", "卫生健康局", "农业农村局", "林业局", "档案馆", "交通运输局")


def document(seed: int) -> BudgetDocument:
    """A performance text of four projects, always the same for a seed."""
    chance = Chance(f"conformance text {seed}")
    office, year = f"{COUNTY}{_OFFICES[seed % len(_OFFICES)]}", 2023 + seed % 3
    department = str(chance.randint(201, 499))
    unit = CodedName(f"{department}001", f"{office}本级")
    works = chance.sample(WORKS, 4)
    projects = [
        _project(chance, work, number, year, unit, _PLANS[number % 3]) for number, work in enumerate(works, 1)
    ]
    return BudgetDocument(
        title=f"{office}{year}年部门预算绩效文本",
        status="草案",
        fiscal_year=year,
        department=CodedName(department, office),
        issuer=office,
        reviewer=f"{COUNTY}财政局",
        overall_goal=["1.年度重点工作按计划完成，资金使用规范。", "2.服务对象的实际困难得到解决，公共设施运行平稳。"],
        sub_goals=[
            SubGoal(number=number, title=f"{project.name}工作", goal=project.goals[-1], indicators=f"{row.level3}{row.value.text}。")
            for number, project in enumerate(projects, 1)
            for row in project.indicators[6:]
            if row.value
        ],
        safeguards=[
            Safeguard(title="明确责任", text="每个项目由一名负责人按月报送进度。"),
            Safeguard(title="规范支出", text="按合同和验收单支付资金，不得挤占挪用。"),
        ],
        projects=projects,
    )  # fmt: skip


def _project(
    chance: Chance, work: Work, number: int, year: int, unit: CodedName, plan: tuple[str, ...]
) -> Project:
    count, price = chance.choice(work.counts), chance.choice(work.prices)
    total = f"{count * price / 10_000:.2f}"
    first = f"139901{(year - 1) % 100:02}P{chance.randint(10**8, 10**9 - 1)}{number:02}"
    words = {"n": count, "p": price}
    return Project(
        number=number,
        name=work.name,
        heading=f"{number}.{work.name}绩效目标表",
        code=f"{first}{check_character(first)}",
        unit=unit,
        budget=ProjectBudget(total=total, fiscal=total),
        purpose=work.purpose,
        plan=SpendingPlan(
            march=plan[0], june=plan[1], october=plan[2], december=plan[3], heading="资金支出计划（%）"
        ),
        goals=[goal.format(**words) for goal in work.goals],
        indicators=[
            Indicator(
                level1=level1,
                level2=level2,
                level3=name,
                description=description,
                value=IndicatorValue.parse(value.format(**words)),
                basis=basis,
            )
            for (level1, level2), (name, description, value, basis) in zip(_LEVELS, work.rows, strict=True)
        ],
    )


def text_paper(name: str, made: BudgetDocument) -> Paper:
    """The paper of a performance text."""
    return paper(name, "performance text", blocks_of_pages(lay_out(made)), msgspec.to_builtins([made]))


def texts() -> list[Paper]:
    """The clean ones."""
    return [text_paper(f"text-{seed}", document(seed)) for seed in range(1, 5)]
