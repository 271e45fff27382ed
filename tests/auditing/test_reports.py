"""Reports as they are printed: sound ones by the dozen have no findings, and a slip in any of them is found."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from jiheng.auditing import audit
from jiheng.budget import BudgetDocument, Kind
from jiheng.reading.layouts.document import read_documents
from tests.reading.layouts.grids import blocks_of

SELF_EVALUATION = """
# 项目支出绩效自评表
# （2024年度）
项目名称 | {place}河道清淤工程 {{8}}
主管部门 | 安澜县水务局 {{3}} | 实施单位 {{2}} | 安澜县河道管理处 {{3}}
项目资金⏎（万元） {{1x4}} |  {{2}} | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
年度资金总额： {{2}} | {total} | {total} | {spent} | 10 | {rate}% | {earned}
其中：本年财政拨款 {{2}} | {fiscal} | {fiscal} | {fiscal_spent} | — | {fiscal_rate}% | —
其他资金 {{2}} | {other} | {other} | {other} | — | 100% | —
年度总体目标 {{1x2}} | 预期目标 {{4}} | 实际完成情况 {{4}}
完成{planned}段河道清淤，恢复行洪能力。 {{4}} | 清淤{done}段，行洪能力达到十年一遇。 {{4}}
绩效指标 {{1x7}} | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
产出指标(50分) {{1x3}} | 数量指标 | 清淤河段数量 | ≥{planned}段 | {done}段 | 20 | {amount_points} | {reason}
质量指标 | 验收合格率 | ≥{share}% | {share_done}% | 15 | 15 |
时效指标 | 完成时间 | 2024年{month}月底前 | 2024年{done_month}月 | 15 | 15 |
效益指标(30分) {{1x2}} | 社会效益指标 | 受益村庄数量 | {villages}个 | {villages}个 | 20 | 20 |
经济效益指标 | 每段减少损失 | ≥{loss}万元 | {loss}万元 | 10 | 10 |
满意度指标(10分) | 服务对象满意度指标 | 沿河村民满意度 | ≥90% | {content}% | 10 | 10 |
总分 {{6}} | 100 | {sum} |
"""

MONITORING = """
# 项目支出绩效运行监控表
# （2024年度）
项目名称 | {place}河道清淤工程 {{6}}
主管部门 | 安澜县水务局 {{3}} | 实施单位 | 安澜县河道管理处 {{2}}
项目资金（万元） {{1x3}} |  {{2}} | 年初预算数 | 1-7月执行数 | 1-7月执行率 | 全年预计执行数
年度资金总额： {{2}} | {total} | {spent} | {rate}% | {total}
其中：财政拨款 {{2}} | {total} | {spent} | {rate}% | {total}
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1-7月执行情况 | 全年预计完成情况 | 偏差原因分析
产出指标 | 数量指标 | 清淤河段数量 | ≥{planned}段 | {half}段 | {planned}段 |
产出指标 | 质量指标 | 验收合格率 | ≥95% | 96% | 96% |
产出指标 | 时效指标 | 完成时间 | 2024年10月底前 | 正常推进 | 2024年10月 |
产出指标 | 成本指标 | 每段清淤成本 | ≤{price}万元 | {price}万元 | {price}万元 |
效益指标 | 社会效益指标 | 受益村庄数量 | ≥20个 | 12个 | 20个 |
满意度指标 | 服务对象满意度指标 | 沿河村民满意度 | ≥90% | 92% | 92% |
"""


def _figures(seed: int) -> dict[str, object]:
    """The figures of a sound self-evaluation: one in three has not reached its number of sections, and says so."""
    chance = random.Random(seed)  # noqa: S311
    cents = chance.randint(800_00, 9000_00)
    other = chance.choice((0, chance.randint(1_00, 200_00)))
    rate = Decimal(chance.randint(9050, 10000)) / 10000
    fiscal_spent = int((cents - other) * rate)
    spent = fiscal_spent + other
    planned = chance.randint(20, 60)
    is_short = chance.random() < 1 / 3
    done = planned - 4 if is_short else planned + chance.randint(0, 5)
    amount_points = (Decimal(20) * done / planned).quantize(Decimal("0.01")) if is_short else Decimal(20)
    earned = (Decimal(10) * spent / cents).quantize(Decimal("0.01"))
    month = chance.randint(6, 12)
    share = chance.randint(90, 98)
    money = {
        "total": cents,
        "spent": spent,
        "fiscal": cents - other,
        "fiscal_spent": fiscal_spent,
        "other": other,
    }
    return {
        **{name: f"{Decimal(amount) / 100:.2f}" for name, amount in money.items()},
        "place": chance.choice(("青石镇", "柳湾乡", "北渡镇")),
        "rate": f"{Decimal(spent) / cents * 100:.2f}",
        "fiscal_rate": f"{Decimal(fiscal_spent) / (cents - other) * 100:.2f}",
        "earned": earned, "planned": planned, "done": done, "amount_points": amount_points,
        "reason": "汛期停工，下年一季度补完。" if is_short else "",
        "share": share, "share_done": chance.randint(share, 100), "month": month, "done_month": chance.randint(5, month),
        "villages": chance.randint(5, 80), "loss": chance.randint(2, 40), "content": chance.randint(90, 100),
        "sum": earned + amount_points + 80 - 10,
    }  # fmt: skip


def _monitored(seed: int) -> dict[str, object]:
    chance = random.Random(seed)  # noqa: S311
    cents = chance.randint(20_00, 900_00)
    planned, spent = chance.randint(8, 60), int(cents * chance.uniform(0.45, 0.8))
    return {
        "place": "青石镇", "total": f"{Decimal(cents) / 100:.2f}", "spent": f"{Decimal(spent) / 100:.2f}",
        "rate": f"{Decimal(spent) / cents * 100:.2f}", "planned": planned, "half": planned // 2,
        "price": f"{Decimal(cents) / 100 / planned:.2f}",
    }  # fmt: skip


def _read(text: str) -> BudgetDocument:
    (document,), _, _ = read_documents(blocks_of(text))
    return document


def _rules(document: BudgetDocument) -> list[tuple[str, str]]:
    result = audit(document)
    assert result.failed_rules == []
    return [(found.rule, found.message) for found in result.findings if found.severity.value != "notice"]


@pytest.mark.parametrize("seed", range(40))
def test_a_sound_self_evaluation_has_no_findings(seed):
    document = _read(SELF_EVALUATION.format(**_figures(seed)))
    assert document.kind is Kind.SELF_EVALUATION
    assert document.projects[0].score is not None
    assert _rules(document) == []


@pytest.mark.parametrize("seed", range(20))
def test_a_sound_monitoring_form_has_no_findings(seed):
    document = _read(MONITORING.format(**_monitored(seed)))
    assert document.kind is Kind.MONITORING
    assert document.projects[0].funding[0].forecast is not None
    assert _rules(document) == []


def _less(text: object, by: int | str) -> str:
    return f"{Decimal(str(text)) - Decimal(by)}"


# What is changed, with the figures at hand, and the rule that must say so.
SLIPS = {
    "the rate": ({"rate": lambda found: _less(found["rate"], 3)}, "EXEC-001"),
    "a source": ({"fiscal": lambda found: _less(found["fiscal"], 5)}, "EXEC-002"),
    "a source's spending": ({"fiscal_spent": lambda found: _less(found["fiscal_spent"], "1.37")}, "EXEC-002"),
    "more spent than there was": ({"spent": lambda found: _less(found["total"], -1)}, "EXEC-003"),
    "points of the rate": ({"earned": lambda found: _less(found["earned"], 4)}, "EXEC-004"),
    "more points than there are": ({"amount_points": lambda found: "21"}, "SCORE-001"),
    "the sum of the points": ({"sum": lambda found: _less(found["sum"], "0.6")}, "SCORE-004"),
    "full points for half the work": (
        {"done": lambda found: found["planned"] // 2, "amount_points": lambda found: 20}, "RES-001"),
    "nearly full points for half the work": (
        {"done": lambda found: found["planned"] // 2, "amount_points": lambda found: 18}, "RES-002"),
    "points lost for no reason": (
        {"done": lambda found: found["planned"], "amount_points": lambda found: 17, "reason": lambda found: ""},
        "RES-003"),
    "points lost without a reason": (
        {"done": lambda found: found["planned"] - 4, "amount_points": lambda found: 17, "reason": lambda found: ""},
        "RES-004"),
    "twice the work": (
        {"done": lambda found: found["planned"] * 2, "amount_points": lambda found: 20, "reason": lambda found: ""},
        "RES-005"),
    "too late": ({"month": lambda found: 4}, "RES-001"),
    "a share above all": ({"content": lambda found: 109}, "RES-009"),
    "too few content": ({"content": lambda found: 71}, "RES-001"),
}  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_a_self_evaluation_is_found(slip, seed):
    figures = _figures(seed)
    changes, rule = SLIPS[slip]
    figures.update({name: change(figures) for name, change in changes.items()})
    assert rule in {name for name, _ in _rules(_read(SELF_EVALUATION.format(**figures)))}


LITERAL_SLIPS = {
    "points of a row": ("| 15 | 15 |\n时效", "| 16 | 16 |\n时效", "SCORE-002"),
    "points of a level": ("产出指标(50分)", "产出指标(40分)", "SCORE-003"),
    "no result": ("| {content}% | 10 | 10 |", "| | 10 | 10 |", "RES-008"),
    "no points": ("| {villages}个 | 20 | 20 |", "| {villages}个 | 20 | |", "SCORE-009"),
    "another unit": ("| {villages}个 | 20", "| 90% | 20", "RES-010"),
    "the goal again": (
        "清淤{done}段，行洪能力达到十年一遇。", "完成{planned}段河道清淤，恢复行洪能力。", "RES-007"),
    "out of its band": (
        "受益村庄数量 | {villages}个 | {villages}个 | 20 | 20 |",
        "防洪意识 | 提高20% | 部分达成 | 20 | 20 |", "RES-006"),
}  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("slip", LITERAL_SLIPS)
def test_a_slip_in_the_words_is_found(slip, seed):
    right, wrong, rule = LITERAL_SLIPS[slip]
    assert right in SELF_EVALUATION
    text = SELF_EVALUATION.replace(right, wrong, 1).format(**_figures(seed))
    assert rule in {name for name, _ in _rules(_read(text))}


MONITORING_SLIPS = {
    "the rate": ("{spent} | {rate}% | {total}\n其中", "{spent} | 4.5% | {total}\n其中", "EXEC-001"),
    "a source": ("财政拨款 {{2}} | {total}", "财政拨款 {{2}} | 99999", "EXEC-002"),
    "more for the year than there is": ("| {total}\n其中", "| 1{total}\n其中", "MON-002"),
    "less for the year than is spent": ("| {total}\n其中", "| 0.05\n其中", "MON-001"),
    "nothing spent": ("{total} | {spent} | {rate}%", "{total} | 0 | 0%", "MON-003"),
    "not to be reached": ("{half}段 | {planned}段", "{half}段 | {half}段", "MON-004"),
    "fewer than are done": ("{half}段 | {planned}段", "{planned}段 | {half}段", "MON-007"),
    "dearer": (" | {price}万元 |\n", " | 9{price}万元 |\n", "MON-004"),
    "late": ("2024年10月 |", "2024年12月 |", "MON-004"),
    "a share above all": ("92% | 92%", "92% | 192%", "RES-009"),
}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("slip", MONITORING_SLIPS)
def test_a_slip_in_a_monitoring_form_is_found(slip, seed):
    right, wrong, rule = MONITORING_SLIPS[slip]
    assert right in MONITORING
    assert rule in {
        name for name, _ in _rules(_read(MONITORING.replace(right, wrong).format(**_monitored(seed))))
    }
