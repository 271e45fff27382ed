"""批复 and 结果应用通知: what they say follows from the data, and what is not known is not said."""

from __future__ import annotations

from datetime import date

import pytest

from jiheng.budget import (
    BudgetDocument,
    CodedName,
    DepartmentGoals,
    Expenditure,
    Kind,
    Project,
    ProjectBudget,
    Rectification,
    Revenue,
    Statement,
    ThreePublic,
)
from jiheng.errors import MissingPart, WritingError
from jiheng.reading import read
from jiheng.writing import LETTER_FORMS, write_application, write_approval
from jiheng.writing.letters.application import Application
from jiheng.writing.letters.approval import Approval
from tests.writing.builders import document, project

APPROVAL = Approval(
    "安澜县财政局", date(2024, 2, 28), "安财预〔2024〕12号", "安澜县第十七届人民代表大会第三次会议"
)
APPLICATION = Application("安澜县财政局", date(2025, 6, 3), until=date(2025, 9, 30))


def text_of(data: bytes, form: str = "html") -> str:
    blocks = read(data, name=f"信.{form}").blocks
    assert blocks is not None
    return "".join(text for text, _ in blocks.texts()).replace("\n", "").replace(" ", "")


def approved(**changes: object) -> str:
    return text_of(write_approval(document(**changes), "html", APPROVAL))


@pytest.mark.parametrize("form", LETTER_FORMS)
def test_the_budget_is_approved_with_its_goals(form: str):
    budget = document(
        project(),
        project(2, "饮水管网改造", budget=ProjectBudget(total="40000", fiscal="40000", unit="元")),
        revenue=Revenue(total="110.00", general_public="110.00"),
        expenditure=Expenditure(total="110.00", basic="100.00", project="10.00"),
        three_public=ThreePublic(total="3.00"),
    )
    text = text_of(write_approval(budget, form, APPROVAL), form)
    for words in (
        "安财预〔2024〕12号",
        "安澜县第十七届人民代表大会第三次会议",
        "核定收入预算110.00万元，其中：一般公共预算拨款110.00万元",
        "基本支出100.00万元，项目支出10.00万元",
        "财政拨款“三公”经费预算3.00万元",
        "批复项目2个，预算合计10.00万元",
        "2个项目的绩效目标（绩效指标14项）随预算一并批复",
        "在2024年3月14日前",
        "在2024年3月19日前",
        "安澜县财政局",
        "2024年2月28日",
        "饮水管网改造",
    ):
        assert words in text, words


def test_days_run_over_the_end_of_a_month_in_a_leap_year():
    text = text_of(write_approval(document(), "html", Approval("财政局", date(2024, 2, 14))))
    assert "2024年2月29日前" in text
    assert "2024年3月5日前" in text


def test_an_approval_says_no_sum_where_no_project_states_its_budget():
    text = approved(projects=[project(budget=None)])
    assert "批复项目1个，逐项见所附绩效目标表" in text
    assert "预算合计" not in text
    assert "项目支出预算表" not in text


def test_an_approval_counts_the_projects_without_a_budget():
    text = approved(projects=[project(), project(2, "饮水管网改造", budget=None)])
    assert "预算合计6.00万元；另有1个项目未列明预算数" in text


def test_an_approval_is_silent_about_a_meeting_that_is_not_known():
    text = text_of(write_approval(document(), "html", Approval("财政局", date(2024, 2, 14))))
    assert "根据《中华人民共和国预算法》第五十二条，现批复如下" in text


def test_an_amount_that_brings_its_unit_keeps_it():
    text = approved(revenue=Revenue(total="1100000元"))
    assert "核定收入预算1100000元。" in text


def test_there_is_nothing_to_approve_in_an_empty_document():
    with pytest.raises(MissingPart, match="没有可以批复的内容"):
        write_approval(BudgetDocument(title="空"), "docx", APPROVAL)


def judged(name: str, score: str | None, grade: str | None = None, problem: str | None = None) -> Project:
    told = [Statement(label="存在问题", topic="problems", text=problem)] if problem else []
    return Project(name=name, score=score, grade=grade, statements=told)


def applied(*projects: Project, kind: Kind = Kind.SELF_EVALUATION, **changes: object) -> str:
    told = BudgetDocument(
        kind=kind,
        fiscal_year=2024,
        department=CodedName(None, "安澜县水务局"),
        projects=list(projects),
        **changes,
    )  # type: ignore[arg-type]
    return text_of(write_application([told], "html", APPLICATION))


def test_each_grade_has_its_consequence():
    text = applied(
        judged("清淤", "95"),
        judged("管网", "85"),
        judged("宣传", "70"),
        judged("考察", "40"),
        judged("培训", None, "优秀"),
    )
    for words in (
        "共5个项目（含部门整体）有评价结果，其中“优”2个、“良”1个、“中”1个、“差”1个",
        "1.“清淤”、“培训”等级为“优”，下一年度预算优先保障",
        "2.“管网”等级为“良”",
        "3.“宣传”等级为“中”，下一年度预算从紧安排",
        "4.“考察”等级为“差”，整改到位以前暂缓安排",
        "在2025年9月30日前完成整改",
        "评价等级为“差”，须查明原因",
    ):
        assert words in text, words


def test_problems_and_rectifications_are_listed_once():
    text = applied(
        judged("清淤", "85", problem="合同未验收\n资金支付晚"),
        rectifications=[
            Rectification(project="清淤", problem="合同未验收", measure="补办验收", owner="周某")
        ],
    )
    assert text.count("合同未验收") == 1
    assert "补办验收" in text
    assert "资金支付晚" in text


def test_without_a_problem_nothing_is_to_be_mended():
    text = applied(judged("清淤", "95"))
    assert "没有需要整改的问题" in text
    assert "问题整改清单" not in text


def test_the_whole_department_is_named_and_points_in_words_wait_for_a_grade():
    whole = DepartmentGoals(name="安澜县水务局", score="九十五")
    text = applied(department_goals=[whole])
    assert "“安澜县水务局整体支出”的等级另行核定" in text


def test_a_notice_goes_to_one_department():
    def of(name: str) -> BudgetDocument:
        return BudgetDocument(
            kind=Kind.SELF_EVALUATION, department=CodedName(None, name), projects=[judged("清淤", "95")]
        )

    with pytest.raises(WritingError, match="2个部门的（安澜县档案馆、水务局）"):
        write_application([of("水务局"), of("安澜县档案馆")], "html", APPLICATION)
    together = text_of(write_application([of("水务局"), of("安澜县水务局"), document()], "html", APPLICATION))
    assert "安澜县水务局：" in together


def test_goals_without_points_give_no_letter():
    with pytest.raises(MissingPart, match="没有带得分或等级"):
        write_application([document()], "docx", APPLICATION)
    with pytest.raises(MissingPart, match="没有带得分或等级"):
        write_application([], "docx", APPLICATION)


@pytest.mark.parametrize(
    "write_it",
    [
        lambda: write_approval(document(), "xlsx", APPROVAL),
        lambda: write_application([document()], "txt", APPLICATION),
    ],
)
def test_an_unknown_form_is_refused_in_words(write_it):
    with pytest.raises(WritingError, match="不能生成"):
        write_it()
