"""绩效自评报告 and 绩效评价报告: chapters told from scores; what only a person knows is left to fill in."""

from __future__ import annotations

import pytest

from jiheng.budget import (
    BudgetDocument,
    CodedName,
    FundingLine,
    Indicator,
    IndicatorValue,
    Kind,
    Project,
    Statement,
)
from jiheng.errors import MissingPart, WritingError
from jiheng.reading import read
from jiheng.writing import LETTER_FORMS, write, write_achievement
from tests.writing.builders import document
from tests.writing.test_letters import text_of


def row(
    level1: str, name: str, score: str | None = "10", weight: str | None = "10", **more: object
) -> Indicator:
    fields = {"value": IndicatorValue.parse("≥90%"), "actual": IndicatorValue.parse("88%"), **more}
    return Indicator(level1=level1, level2="数量指标", level3=name, weight=weight, score=score, **fields)  # type: ignore[arg-type]


def report(kind: Kind = Kind.SELF_EVALUATION, *rows: Indicator, **changes: object) -> BudgetDocument:
    fields: dict[str, object] = {
        "name": "山洪沟清淤",
        "funding": [
            FundingLine(
                label="年度资金总额",
                source="total",
                initial="6.00",
                adjusted="8.00",
                executed="6.00",
                weight="10",
                score="7.5",
            )
        ],
        "goals": ["保证汛期行洪。"],
        "results": ["汛期行洪正常。"],
        "indicators": list(rows)
        or [row("产出指标", "清淤长度"), row("效益指标", "受益户数", "8", reason="两户搬迁")],
        "score": "95.5",
        **changes,
    }
    return BudgetDocument(
        kind=kind,
        fiscal_year=2024,
        department=CodedName(None, "安澜县水务局"),
        projects=[Project(**fields)],  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("form", LETTER_FORMS)
def test_a_self_evaluation_is_told_in_chapters(form: str):
    text = text_of(write_achievement(report(), form), form)
    for words in (
        "安澜县水务局2024年度山洪沟清淤绩效自评报告",
        "一、绩效目标设定情况",
        "年初预算数6.00万元，全年预算数8.00万元，全年执行数6.00万元，执行率75.00%",
        "汛期行洪正常。",
        "产出指标共1项，全部得满分。",
        "效益指标共1项，1项未得满分。",
        "“受益户数”目标值≥90%，实际完成88%，得8分（满分10分）。原因：两户搬迁。",
        "自评得分95.5分",
        "五、绩效自评结果拟应用和公开情况",
    ):
        assert words in text, words


def test_the_rate_is_computed_and_not_copied():
    funding = [FundingLine(label="年度资金总额", source="total", amount="3.00", executed="1.00", rate="99")]
    assert "执行率33.33%" in text_of(write_achievement(report(funding=funding), "html"))


def test_the_rate_as_stated_stands_where_an_amount_is_missing():
    funding = [FundingLine(label="年度资金总额", source="total", amount="3.00", rate="99")]
    assert "执行率99%" in text_of(write_achievement(report(funding=funding), "html"))


def test_what_has_no_points_is_not_said_to_have_all():
    text = text_of(write_achievement(report(Kind.SELF_EVALUATION, row("产出指标", "清淤长度", None)), "html"))
    assert "产出指标共1项，1项未列得分。" in text
    assert "全部得满分" not in text
    assert "没有偏离" not in text


def test_without_points_there_is_no_table_of_them():
    unscored = report(Kind.SELF_EVALUATION, row("产出指标", "清淤长度", None, None), funding=[], score=None)
    assert "得分率" not in text_of(write_achievement(unscored, "html"))


def test_full_points_are_no_deviation():
    text = text_of(write_achievement(report(Kind.SELF_EVALUATION, row("产出指标", "清淤长度")), "html"))
    assert "“山洪沟清淤”各项指标均已完成，没有偏离。" in text


def test_an_evaluation_follows_the_outline_of_the_ministry():
    rows = (
        row("决策", "立项依据充分性"),
        row("过程", "预算执行率", "18", "20"),
        row("产出", "清淤长度", "40", "40"),
        row("效益", "满意度", "28", "30"),
    )
    text = text_of(write_achievement(report(Kind.EVALUATION, *rows, score="96"), "html"))
    positions = [
        text.index(words)
        for words in (
            "一、基本情况", "二、绩效评价工作开展情况", "三、综合评价情况及评价结论", "四、绩效评价指标分析",
            "五、主要经验及做法、存在的问题及原因分析", "六、有关建议", "七、其他需要说明的问题",
        )
    ]  # fmt: skip
    assert positions == sorted(positions)
    assert "综合得分为96分，评价等级为“优”" in text
    assert "（二）过程情况分值20分，得18分。" in text
    assert "过程1项20分、产出1项40分" in text
    assert "【请填写：评价工作的组织方式" in text


def test_an_evaluation_without_points_asks_for_them():
    assert "【请填写：“山洪沟清淤”的得分、等级和评价结论】" in text_of(
        write_achievement(report(Kind.EVALUATION, score=None), "html")
    )


def test_a_report_that_was_read_keeps_its_words():
    told = [
        Statement(label="一、基本情况", topic="overview", text="沟长三公里。\n沿沟有村。"),
        Statement(label="二、存在问题", topic="problems", text="验收较晚。"),
    ]
    told_report = report(Kind.EVALUATION, statements=told)
    text = text_of(write(told_report, "html"))
    assert "一、基本情况沟长三公里。沿沟有村。二、存在问题验收较晚。" in text
    again = read(write(told_report, "docx"), name="报告.docx").documents[0]
    assert [(one.label, one.text) for one in again.projects[0].statements] == [
        (one.label, one.text) for one in told
    ]


def test_other_documents_have_no_points_to_report():
    with pytest.raises(WritingError, match="没有得分"):
        write_achievement(document(), "docx")
    with pytest.raises(MissingPart):
        write_achievement(BudgetDocument(kind=Kind.SELF_EVALUATION), "docx")
    with pytest.raises(WritingError, match="不能生成"):
        write_achievement(report(), "xlsx")
