"""Every regulation is whole and dated, and a finding cites it word for word as officials do."""

from datetime import date

import pytest

from jiheng.errors import UnknownCode, UnknownRegulation
from jiheng.standards.regulations import cite, regulation, regulations

EXPECTED = {
    "budget-law", "budget-law-rules", "mof-2020-10", "mof-2019-136", "mof-2015-88", "mof-2013-53",
    "mof-2016-143", "mof-2021-101", "mof-office-2020-13", "mof-office-2023-12", "mof-treasury-2013-189",
    "mof-treasury-2022-31", "gb-t-9704-2012", "gb-32100-2015", "hebei-2018-opinion",
    "hebei-2019-performance", "hebei-2019-transfer", "hebei-disclosure", "cybersecurity-law",
    "gb-t-22239-2019", "gb-t-39786-2021", "form-performance-text", "form-disclosure", "form-disclosure-tables",
    "form-project-code", "form-self-evaluation", "personal-information-law", "mof-assets-2016-27",
    "official-cars-2017", "mof-meetings-2016-214", "mof-training-2016-540", "mof-travel-2013-531",
}  # fmt: skip


def test_the_register_holds_what_the_rules_cite():
    assert {one.key for one in regulations()} == EXPECTED


@pytest.mark.parametrize("one", regulations(), ids=lambda one: one.key)
def test_a_regulation_is_whole_and_its_dates_are_in_order(one):
    assert regulation(one.key) is one
    assert one.title and one.issuer and one.source and one.articles
    assert "《" not in one.title
    assert one.issued_on is None or one.issued_on <= one.in_force_from
    assert one.in_force_until is None or one.in_force_from < one.in_force_until
    assert one.in_force_from <= date.today()


@pytest.mark.parametrize("one", regulations(), ids=lambda one: one.key)
def test_every_article_is_one_sentence_that_can_be_cited(one):
    assert one.unverified <= one.articles.keys()
    for article, gist in one.articles.items():
        assert gist == gist.strip() and not gist.endswith(("。", "；"))
        assert gist in cite(one.key, article)


@pytest.mark.parametrize("one", regulations(), ids=lambda one: one.key)
def test_document_numbers_have_the_brackets_of_official_documents(one):
    assert one.number is None or not set(one.number) & set("[]()（）【】")
    if one.key.startswith("mof-"):
        assert one.number is not None and "〔" in one.number and one.number.endswith("号")


@pytest.mark.parametrize(
    ("key", "article", "text"),
    [
        ("budget-law", 14,
         "《中华人民共和国预算法》第十四条：部门预算、决算批复后二十日内由部门向社会公开，并说明机关运行经费等重要事项；"
         "政府采购情况及时公开；国家秘密除外"),

        ("budget-law", "42",
         "《中华人民共和国预算法》第四十二条：结转资金下年用于原项目，连续两年未用完的按结余资金管理"),
        ("budget-law-rules", 5,
         "国务院令第729号《中华人民共和国预算法实施条例》第五条："
         "部门预算反映全部预算资金，收支对应；支出由基本支出和项目支出组成，基本支出由人员经费和公用经费组成"),
        ("budget-law-rules", 20,
         "国务院令第729号《中华人民共和国预算法实施条例》第二十条："
         "绩效评价依据设定的绩效目标进行，结果用于改进管理和编制以后年度预算"),
        ("mof-2016-143", "基本要求",
         "财预〔2016〕143号《地方预决算公开操作规程》（基本要求）：预决算以公开为常态，公开及时、准确、规范，回应社会关切"),
        ("mof-2016-143", "空表",
         "财预〔2016〕143号《地方预决算公开操作规程》（空表）：没有数据的表格也应公开并加以说明（待核对原文）"),
        ("mof-2015-88", 25,
         "财预〔2015〕88号《中央部门预算绩效目标管理办法》第二十五条："
         "目标审核为优的进入下一步，良的完善后进入，中的修改后重报，差的不得进入预算安排"),
        ("form-performance-text", "预算规模",
         "部门预算绩效文本通行格式（预算规模）：预算数等于其中的财政资金与其他资金之和，并写明资金用途"),
        ("mof-2020-10", None, "财预〔2020〕10号《项目支出绩效评价管理办法》"),
    ],
)  # fmt: skip
def test_a_citation_reads(key, article, text):
    assert cite(key, article) == text


@pytest.mark.parametrize(
    ("key", "article"),
    [
        ("mof-2020-10", 13),
        ("mof-2021-101", "分值"),
        ("mof-2015-88", "设定要求"),
        ("mof-2016-143", "三公经费"),
    ],
)
def test_what_was_not_seen_in_the_original_says_so(key, article):
    assert not regulation(key).is_verified(article)
    assert cite(key, article).endswith("（待核对原文）")


def test_what_is_not_on_record_is_refused_with_a_remedy():
    with pytest.raises(UnknownRegulation) as wrong_key:
        regulation("mof-1999-1")
    with pytest.raises(UnknownCode) as wrong_article:
        cite("budget-law", 999)
    assert wrong_key.value.remedy
    assert wrong_article.value.remedy
    assert "mof-1999-1" in str(wrong_key.value)
    assert "999" in str(wrong_article.value)


@pytest.mark.parametrize(
    ("key", "year", "expected"),
    [
        ("mof-2021-101", 2020, False), ("mof-2021-101", 2021, True), ("budget-law-rules", 2019, False),
        ("budget-law-rules", 2020, True), ("mof-treasury-2013-189", 2022, True),
        ("mof-treasury-2013-189", 2023, False), ("budget-law", 2030, True),
    ],
)  # fmt: skip
def test_in_force_means_on_any_day_of_the_year(key, year, expected):
    assert regulation(key).in_force(year) is expected


def test_articles_cannot_be_changed_by_a_caller():
    with pytest.raises(TypeError):
        regulation("budget-law").articles["14"] = "改"  # type: ignore[index]
