"""审核意见书: addressed, with situation, points, problems and what follows; as Word and PDF."""

from __future__ import annotations

from datetime import date

import pytest

from jiheng.auditing import audit
from jiheng.auditing.review import reviews
from jiheng.budget import BudgetDocument, CodedName, Kind, ProjectBudget, Revenue
from jiheng.errors import WritingError
from jiheng.reading import read
from jiheng.writing import Letter, write_opinion, write_report
from tests.writing.builders import document, project

WRONG = ProjectBudget(total="6.50", fiscal="5.00", other="1.00")
DAY = date(2024, 1, 31)


def text_of(data: bytes, form: str) -> str:
    blocks = read(data, name=f"意见书.{form}").blocks
    assert blocks is not None
    return "\n".join(text for text, _ in blocks.texts())


def letter_about(documents, form="docx"):
    findings = audit(documents).findings
    letter = Letter("安澜县财政局", DAY, reviews=reviews(documents, findings))
    return text_of(write_opinion(documents, findings, form, letter), form)


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_letter_says_what_is_wrong_on_what_basis_and_what_follows(form):
    text = letter_about([document(project(budget=WRONG))], form)
    for words in (
        "预算绩效审核意见书",
        "一、审核情况",
        "6.50",
        "资金匹配性",
        "四、处理意见",
        "安澜县财政局",
        "2024年1月31日",
    ):
        assert words in text.replace("\n", "")


def test_many_of_one_kind_are_one_row_that_names_every_project():
    codes = [f"1399012{number}P005840100019" for number in range(5)]
    text = letter_about(
        [document(*(project(n + 1, f"第{n}个项目", code=code, budget=WRONG) for n, code in enumerate(codes)))]
    )
    assert "共 5 处" in text
    assert "等 5 个项目" in text
    assert all(f"第{number}个项目" in text for number in range(5))


@pytest.mark.parametrize(
    ("grade", "told"),
    [("优", "进入下一步"), ("良", "完善后"), ("中", "重新报审"), ("差", "不得进入预算安排")],
)
def test_what_follows_is_what_the_regulation_says_of_the_grade(grade, told):
    from jiheng.writing.letters.opinion import _CONSEQUENCE

    assert told in _CONSEQUENCE[grade]


def test_a_document_without_goals_has_no_points_and_is_told_to_be_mended():
    wrong = BudgetDocument(
        kind=Kind.DEPARTMENT_DISCLOSURE, department=CodedName("305", "安澜县水务局"),
        revenue=Revenue(total="100.00", general_public="120.00"),
    )  # fmt: skip
    text = letter_about([wrong])
    assert "安澜县水务局：" in text
    assert "初评" not in text
    assert "逐项更正后重新报送" in text


def test_goals_with_errors_do_not_go_on_whatever_their_points():
    good = [
        project(number + 2, f"第{number}个项目", code=f"1399012{number % 10}P0058401000{number + 10}")
        for number in range(14)
    ]
    text = letter_about([document(project(budget=WRONG), *good)])
    assert "等级为“优”" in text
    assert "可以进入下一步" not in text
    assert "更正以前不进入下一步预算安排程序" in text


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_what_the_letter_says_is_attached_is_attached(form):
    text = letter_about([document(project(budget=WRONG))], form).replace("\n", "")
    for name in ("预算绩效审核问题清单", "绩效目标初评得分表"):
        assert text.count(name) == 2
    assert text.index("2024年1月31日") < text.rindex("预算绩效审核问题清单")


def test_the_letter_speaks_no_language_of_programs():
    text = letter_about([document(project(budget=WRONG))])
    assert "SUM-007" not in text
    assert not any(word in text for word in ("错误", "警告", "提示", "。。", "；。"))


def test_the_number_of_the_letter_stands_above_its_title():
    sound = [document(project())]
    letter = Letter("安澜县财政局", DAY, "安财绩函〔2024〕3号", reviews(sound, []))
    text = text_of(write_opinion(sound, [], "docx", letter), "docx")
    assert text.index("安财绩函〔2024〕3号") < text.index("预算绩效审核意见书")


def test_nothing_found_is_said():
    sound = [document(project())]
    text = text_of(
        write_opinion(sound, [], "docx", Letter("财政局", DAY, reviews=reviews(sound, []))), "docx"
    )
    assert "没有发现问题" in text
    assert "绩效目标可以进入下一步" in text


def test_another_form_is_refused():
    with pytest.raises(WritingError, match="意见书"):
        write_opinion([], [], "xlsx", Letter("财政局", DAY))


def test_no_page_stands_empty_before_a_letter_or_a_report():
    import io
    import zipfile

    sound = [document(project())]
    for data in (
        write_opinion(sound, [], "docx", Letter("财政局", DAY, reviews=reviews(sound, []))),
        write_report(sound, [], "docx", source_name="甲.docx"),
    ):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            assert package.read("word/document.xml").count(b"<w:sectPr") == 1
