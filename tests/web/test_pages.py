"""What the pages show: cells and their marks, notes, filters, what was not read; and that every text is escaped."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiheng.budget import CodedName, DisclosureTable, Finding, Kind, Severity, TableColumn, TableRow
from jiheng.web.documents import portions
from jiheng.web.documents.page.disclosure import MOST_ROWS
from jiheng.web.documents.page.findings import Spot, anchor
from tests.web.builders import document, finding, indicator, page_of, project, store

pytestmark = pytest.mark.django_db


def cell_with(page: str, number: int) -> str:
    """The element in which the mark of a finding stands."""
    match = re.search(rf'<(td|th|p|h3|span)\b[^<>]*>(?:(?!</\1>).)*data-f="{number}"', page, re.DOTALL)
    assert match, f"no mark {number}"
    return match[0]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("revenue.total", "100.00"),
        ("expenditure.projects.0.amount", "16.80"),
        ("projects.0.budget.total", "16.80"),
        ("projects.0.budget", "预算规模及资金用途"),
        ("projects.0.plan", "资金支出计划"),
        ("projects.0.plan.december", "100%"),
        ("projects.0.goals.1", "2. 保持畅通"),
        ("projects.0.indicators.0.value", "≥12公里"),
        ("projects.0.indicators.0.value.number", "≥12公里"),
        ("projects.0.indicators.1.level1", "产出指标"),
        ("projects.0.indicators.1", "数量指标"),
        ("projects.0.indicators", "一级指标"),
        ("projects.0.unit", "安澜县水务局本级"),
        ("projects.0.heading", "1.河道清淤经费绩效目标表"),
        ("projects.0", "1.河道清淤经费绩效目标表"),
        ("overall_goal.0", "保障全县供水安全"),
        ("overall_goal", "总体绩效目标"),
        ("glossary.0.term", "项目支出"),
        ("remarks.0.text", "反映全部收入"),
        ("title", "安澜县水务局2024年部门预算绩效文本"),
        (None, "封面和标题"),
        ("no.such.path", "封面和标题"),
        ("three_public", "财政拨款“三公”经费"),
    ],
)
def test_a_finding_is_marked_at_the_very_cell(client: Client, path: str | None, words: str):
    page = page_of(client, store(findings=[finding(path)]))
    assert words in re.sub(r"<[^>]+>", "", cell_with(page, 1))
    assert page.count('data-f="1"') == 1
    target = re.search(r'id="f1".*?data-targets="([^"]+)"', page, re.DOTALL)
    assert target
    assert all(page.count(f'id="{identity}"') == 1 for identity in target[1].split())


def test_related_cells_can_be_found(client: Client):
    found = finding("revenue.total", related=["revenue.general_public", "revenue.other", "gone.away"])
    page = page_of(client, store(findings=[found]))
    for identity in ("c0-revenue-total", "c0-revenue-general_public", "c0-revenue-other", "c0-cover"):
        assert page.count(f'id="{identity}"') == 1


def test_no_id_stands_twice(client: Client):
    paths = [
        "projects.0.indicators.1.level1",
        "projects.0.indicators.0.level1",
        "projects.0",
        "other_matters",
        "revenue",
    ]
    page = page_of(
        client, store([document(other_matters="无。")], [finding(path, related=paths) for path in paths])
    )
    identities = re.findall(r'\bid="([^"]+)"', page)
    assert len(identities) == len(set(identities))


def test_severity_is_told_in_words_and_counted(client: Client):
    findings = [
        finding("revenue.total"),
        finding("revenue.other", Severity.WARNING),
        finding("title", Severity.NOTICE),
    ]
    page = page_of(client, store(findings=findings))
    for number, word in enumerate(("错误", "警告", "提示"), 1):
        assert word in cell_with(page, number) or f"{word}&#8201;{number}" in page
    assert "共 3 条" in page


def test_the_filter_works_without_scripts(client: Client):
    findings = [finding("revenue.total"), finding("revenue.other", Severity.NOTICE, rule="TXT-001")]
    upload = store(findings=findings)
    page = page_of(client, upload, "?show=error")
    assert "显示 1 条，共 2 条" in page
    assert re.search(r'id="f2"[^>]*hidden', page)
    assert not re.search(r'id="f1"[^>]*hidden', page)
    assert "显示 1 条" in page_of(client, upload, "?family=TXT")
    assert "显示 2 条" in page_of(client, upload, "?show=nonsense&family=%3Cscript%3E")


def test_findings_of_one_rule_in_one_section_share_a_note(client: Client):
    findings = [finding(f"projects.0.indicators.{index}.value") for index in range(3)]
    page = page_of(client, store(findings=findings))
    assert page.count('class="note ') == 1
    assert page.count('class="entry ') == 3
    assert page.count("改法：核对后更正") == 1


def test_what_was_not_read_is_shown_with_its_place(client: Client):
    page = page_of(client, store())
    for words in ("没有读懂的一句话", "文本第7行", "表头错乱，请核对", "表2 第1行", "规则 SUM-009 运行失败"):
        assert words in page


def test_the_form_is_the_official_one(client: Client):
    page = page_of(client, store())
    for words in (
        "项目编码",
        "预算规模及资金用途",
        "其中：财政资金",
        "资金支出计划",
        "绩效目标",
        "三级指标",
        "指标值确定依据",
    ):
        assert words in page
    assert 'rowspan="2">产出指标' in re.sub(r' title="[^"]*"', "", page)
    assert 'scope="col"' in page
    assert "<caption" in page


def test_several_documents_stand_one_after_the_other(client: Client):
    unit = document(kind=Kind.UNIT_DISCLOSURE, title="安澜县水务局本级单位预算公开")
    page = page_of(client, store([document(), unit], [finding("revenue.total", document=1)]))
    assert 'id="c1-revenue-total"' in page
    assert "安澜县水务局本级单位预算公开" in page


EVIL = '"><script>alert(1)<img src=x onerror=alert(2)>{{ settings }}'


def test_every_text_is_escaped(client: Client):
    evil = project(
        name=EVIL, heading=EVIL, code=EVIL, purpose=EVIL, goals=[EVIL], unit=CodedName(EVIL, EVIL),
        indicators=[indicator(EVIL, EVIL, EVIL)],
    )  # fmt: skip
    text = document(
        title=EVIL, overall_goal=[EVIL], projects=[evil], other_matters=EVIL, duties=[EVIL], issuer=EVIL
    )
    found = finding(
        "projects.0.name", message=EVIL, title=EVIL, remedy=EVIL, basis_text=EVIL, rule=f"SUM{EVIL}-1"
    )
    upload = store([text], [found], name=f"{EVIL}.txt")
    pages = [page_of(client, upload), client.get("/").content.decode()]
    pages.append(client.get(f"{upload.get_absolute_url()}delete/").content.decode())
    pages.append(client.get("/", {"q": EVIL}).content.decode())
    for page in pages:
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "&lt;script&gt;alert" in page


def test_pages_carry_no_inline_script_or_style(client: Client):
    upload = store(findings=[finding("revenue.total")])
    for page in (page_of(client, upload), client.get("/").content.decode()):
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert not re.search(r'<style|\sstyle="|\son\w+="|javascript:', page)


def test_the_list_is_searched_and_paged(client: Client, django_assert_num_queries: DjangoAssertNumQueries):
    for number in range(53):
        store(name=f"文件{number}.txt", content=f"{number}".encode())
    # how many there are, their kinds, their years, those that could not be read, the page itself: never one a file
    with django_assert_num_queries(5):
        page = client.get("/").content.decode()
    assert page.count("file-link") == 50
    assert "第 1 页，共 2 页" in page
    assert client.get("/", {"page": 2}).content.decode().count("file-link") == 3
    assert client.get("/", {"q": "文件52"}).content.decode().count("file-link") == 1
    assert client.get("/", {"page": "99999999999999999999"}).status_code == 200


def test_a_page_takes_four_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries):
    upload = store([document(projects=[project(number) for number in range(1, 20)])])
    # the document, other versions of it, whether the settings of the audit were changed since, and which templates hold
    with django_assert_num_queries(4):
        page_of(client, upload)


def test_an_anchor_goes_outwards():
    known = {"cover": Spot("cover", "cover"), "a.1": Spot("a", "a.1")}
    assert anchor("a.1.value.number", known).path == "a.1"
    assert anchor("a.12", known).path == "cover"


def test_a_table_longer_than_a_browser_shows_well_is_cut_with_a_word_about_it(client: Client):
    rows = [TableRow(name=f"第{number}项", values=[str(number)]) for number in range(MOST_ROWS + 7)]
    table = DisclosureTable(title="支出总表", columns=[TableColumn("total", "合计")], rows=rows)
    found = finding(f"tables.0.rows.{MOST_ROWS + 3}.values.0")
    page = page_of(client, store([document(tables=[table])], [found]))
    assert f"第{MOST_ROWS - 1}项<" in page
    assert f"第{MOST_ROWS}项<" not in page
    assert "还有 7 行" in page
    assert 'id="f1"' in page


def test_one_fault_in_many_places_is_one_line_with_every_place(client):
    many = [
        finding(f"projects.0.indicators.{number}.value", rule="VAL-001", title="指标值可衡量")
        for number in range(3)
    ]
    upload = store(
        [document()], [*many, finding("projects.0.plan.december", Severity.NOTICE, rule="PLAN-003")]
    )
    page = page_of(client, upload)
    assert "按规则汇总（2 类问题）" in page
    assert page.count('<td class="figure">3</td><td class="places">') == 1
    assert '<a href="#f1">1</a> <a href="#f2">2</a> <a href="#f3">3</a>' in page


def test_a_filter_without_a_hit_says_so(client: Client):
    upload = store(findings=[finding("revenue.total")])
    page = page_of(client, upload, "?show=notice")
    assert 'id="none" class="all-clear" role="status">没有符合筛选条件的问题' in page
    assert 'id="none" class="all-clear" role="status" hidden>' in page_of(client, upload)


def many(count: int) -> list[Finding]:
    return [
        finding("revenue.total", rule=f"SUM-{number % 2 + 1:03}", message=f"第{number}个")
        for number in range(count)
    ]


def test_of_thousands_of_findings_a_portion_is_shown_with_a_way_to_the_rest(client: Client, monkeypatch):
    monkeypatch.setattr(portions, "MOST", 10)
    upload = store(findings=many(25))
    page = page_of(client, upload)
    assert page.count('class="entry ') == 10
    assert "第 1–10 条，共 25 条" in page
    assert 'href="?from=11"' in page
    # the numbers are those of the whole; links of the summary lead to the portion
    last = page_of(client, upload, "?from=21")
    assert 'id="f21"' in last
    assert 'id="f25"' in last
    assert "第 21–25 条" in last
    assert 'href="?from=25#f25"' in page


def test_a_filter_narrows_before_the_portion_is_taken(client: Client, monkeypatch):
    monkeypatch.setattr(portions, "MOST", 10)
    findings = [*many(15), finding("revenue.total", Severity.NOTICE, rule="TXT-001")]
    page = page_of(client, store(findings=findings), "?show=notice")
    assert page.count('class="entry ') == 1
    assert 'id="f16"' in page
    assert "错误 <b>15</b>" in page


@pytest.mark.parametrize("start", ["0", "-1", "x", "99999999999999999999", "26", ""])
def test_a_portion_that_there_is_not_is_the_nearest(client: Client, monkeypatch, start: str):
    monkeypatch.setattr(portions, "MOST", 10)
    assert 'class="entry ' in page_of(client, store(findings=many(25)), f"?from={start}")


def test_few_findings_are_all_shown(client: Client):
    page = page_of(client, store(findings=many(25)))
    assert page.count('class="entry ') == 25
    assert "batches" not in page
