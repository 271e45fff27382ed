"""Sound projects of an invented department: goals, money and indicators agree."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from benchmarks.accuracy.words import Chance
from jiheng.budget import (
    CodedName,
    Indicator,
    IndicatorValue,
    Project,
    ProjectBudget,
    SpendingPlan,
    SubGoal,
    check_character,
)


class Plot(NamedTuple):
    """What a project is about. ``{n}`` stands for the quantity."""

    name: str
    purpose: str
    goals: tuple[str, str]
    thing: str
    measure: str
    prices: tuple[int, int]
    """Of one, in hundreds of 元."""
    quality: tuple[str, str]
    deadline: str
    social: tuple[str, str]
    lasting: tuple[str, str, str]
    served: str


PLOTS: Final = (
    Plot("山洪沟清淤工程", "支付山洪沟清淤的机械台班和运输费用。", ("汛前清理山洪沟 {n} 处，保证行洪通畅。", "减少沿沟农户的水毁损失。"),
         "清理山洪沟", "处", (60, 180), ("清淤验收合格率", "验收合格的山洪沟占清理数的比例"), "清淤完工时间",
         ("沿沟农户受益率", "不再受水毁的农户占沿沟农户的比例"), ("行洪能力保持年限", "清理后行洪能力保持的年数", "3 年"), "沿沟农户"),
    Plot("党报党刊订阅经费", "为机关和村级阅览室订阅党报党刊。", ("全年订阅党报党刊 {n} 份并送到读者手中。", "方便村级阅览室的读者学习。"),
         "订阅党报党刊", "份", (3, 8), ("报刊投递准确率", "按地址准确投递的报刊占订阅数的比例"), "报刊订阅完成时间",
         ("村级阅览室覆盖率", "有党报党刊的阅览室占全部阅览室的比例"), ("报刊资料保存年限", "装订后的报刊保存的年数", "5 年"), "报刊读者"),
    Plot("护林员补助项目", "发放聘用护林员的年度补助。", ("聘用护林员 {n} 名，开展林区防火巡护。", "控制林区火情，保护森林资源。"),
         "聘用护林员", "名", (30, 90), ("巡护到岗率", "按时到岗的护林员占聘用数的比例"), "护林员上岗时间",
         ("火情及时报告率", "一小时内报告的火情占全部火情的比例"), ("管护制度延续年限", "护林制度持续施行的年数", "4 年"), "林区村民"),
    Plot("科普展品更新项目", "购置科技馆互动展品并安装调试。", ("更新科技馆展品 {n} 件，全部投入使用。", "吸引更多学校组织学生参观。"),
         "更新展品", "件", (100, 400), ("展品完好率", "能正常使用的展品占更新数的比例"), "展品安装完成时间",
         ("学校参观覆盖率", "组织参观的学校占全县学校的比例"), ("展品使用年限", "展品正常使用的年数", "6 年"), "参观学生"),
    Plot("档案数字化加工项目", "支付纸质档案扫描、著录和质检的加工费。", ("完成馆藏纸质档案数字化 {n} 卷。", "改善查档利用条件。"),
         "数字化档案", "卷", (1, 4), ("图像质检合格率", "质检合格的图像占抽查图像的比例"), "扫描加工完成时间",
         ("电子查档比例", "通过电子方式查档的人次占全部查档人次的比例"), ("电子档案备份年限", "备份介质安全保存的年数", "10 年"), "查档群众"),
    Plot("农村饮水管网改造", "更换老化的供水管道和闸阀。", ("改造供水管网 {n} 公里，消除漏损管段。", "稳定农村供水水压。"),
         "改造管网", "公里", (200, 800), ("管道打压合格率", "一次打压合格的管段占改造管段的比例"), "管网通水时间",
         ("供水保证率", "全天供水的行政村占受益村的比例"), ("管道设计寿命", "新管道的设计使用年数", "15 年"), "用水农户"),
    Plot("乡镇卫生院设备购置", "购置便携式检查设备并培训操作人员。", ("为乡镇卫生院配备检查设备 {n} 台。", "方便群众就近检查。"),
         "购置检查设备", "台", (150, 500), ("设备开机率", "能正常开机的设备占购置数的比例"), "设备到货验收时间",
         ("基层首诊比例", "在乡镇首诊的病人占全部病人的比例"), ("设备质保年限", "供货方承诺质保的年数", "2 年"), "就诊病人"),
    Plot("应急物资储备项目", "采购帐篷等应急物资并支付仓储费用。", ("储备应急帐篷 {n} 顶，满足首批安置需要。", "缩短受灾群众安置时间。"),
         "储备帐篷", "顶", (8, 25), ("物资入库合格率", "检验合格的物资占入库物资的比例"), "物资入库时间",
         ("首批安置保障率", "当日得到安置的群众占转移群众的比例"), ("物资更新周期", "储备物资轮换的年数", "7 年"), "安置群众"),
)  # fmt: skip
_BASES: Final = (
    "工程实施方案",
    "部门年度工作计划",
    "近三年统计数据",
    "项目测算明细表",
    "行业技术规范",
    "上级主管部门文件",
    "服务对象满意度调查",
)


class Body(NamedTuple):
    """The department that a document is of."""

    division: CodedName
    office: str
    code: str
    year: int


def code_of(chance: Chance, body: Body) -> str:
    """A project code with its check character."""
    while True:
        digits = "".join(chance.choices("0123456789", k=11))
        first = f"{body.division.code}{body.year % 100:02}P{digits}"
        check = check_character(first)
        if check is not None:
            return first + check


def project(chance: Chance, plot: Plot, number: int, body: Body) -> Project:
    """A project whose quantity times price is its budget."""
    quantity, price = 10 * chance.randint(2, 30) + chance.randint(1, 9), chance.randint(*plot.prices) * 100
    total = Decimal(quantity * price) / 10_000
    other = (total / 5).quantize(Decimal("0.01")) if chance.random() < 0.5 else None
    march = chance.randint(5, 20)
    june, october = march + chance.randint(10, 30), march + chance.randint(40, 70)
    return Project(
        number=number,
        name=plot.name,
        heading=f"{number}.{plot.name}绩效目标表",
        code=code_of(chance, body),
        unit=CodedName(f"{body.code}001", f"{body.office}本级"),
        budget=ProjectBudget(
            total=f"{total:.2f}", fiscal=f"{total - (other or 0):.2f}", other=None if other is None else f"{other:.2f}"
        ),
        purpose=plot.purpose,
        plan=SpendingPlan(
            march=str(march), june=str(june), october=str(october), december="100", heading="资金支出计划（%）"
        ),
        goals=[goal.replace("{n}", str(quantity)) for goal in plot.goals],
        indicators=list(_indicators(chance, plot, quantity, price)),
    )  # fmt: skip


def _indicators(chance: Chance, plot: Plot, quantity: int, price: int) -> list[Indicator]:
    rates = chance.sample(range(81, 99), 3)
    rows = (
        ("产出指标", "数量指标", f"{plot.thing}数量", f"年内{plot.thing}的总数", f"{quantity} {plot.measure}", 3),
        ("产出指标", "质量指标", *plot.quality, f"≥{rates[0]}%", 4),
        ("产出指标", "时效指标", plot.deadline, f"{plot.thing}全部完成的时间", f"{chance.randint(9, 11)}月底前", 1),
        ("产出指标", "成本指标", f"{plot.thing}成本", f"每{plot.measure}所需的费用", f"{price} 元", 3),
        ("效益指标", "社会效益指标", *plot.social, f"≥{rates[1]}%", 2),
        ("效益指标", "可持续影响指标", *plot.lasting, 0),
        ("满意度指标", "服务对象满意度指标", f"{plot.served}满意度", f"调查中表示满意的{plot.served}占比", f"≥{rates[2]}%", 6),
    )  # fmt: skip
    return [
        Indicator(
            level1=level1, level2=level2, level3=name, description=told, value=IndicatorValue.parse(value),
            basis=_BASES[basis],
        )
        for level1, level2, name, told, value, basis in rows
    ]  # fmt: skip


def sub_goal(plot: Plot, number: int, made: Project) -> SubGoal:
    """The itemised goal that the project serves."""
    value = made.indicators[0].value
    assert value is not None
    return SubGoal(
        number=number,
        title=f"{plot.name.removesuffix('项目')}管理",
        goal=f"{made.goals[1].removesuffix('。')}，按计划组织实施。",
        indicators=f"{plot.thing} {value.text}，{plot.quality[0]} {made.indicators[1].value.text}。",  # type: ignore[union-attr]
    )
