"""Mends that come back inside the Word file: tracked, commented, and nothing else touched."""

from __future__ import annotations

import io
import itertools
import zipfile
from datetime import UTC, datetime

import pytest
from lxml import etree

from jiheng.auditing import audit
from jiheng.budget import Place, ProjectBudget, SpendingPlan
from jiheng.errors import UnsupportedFormat
from jiheng.mending import Change, changes_of, mended, revised
from jiheng.reading import read
from jiheng.reading.formats.word.names import W
from jiheng.writing import write
from tests.reading.formats.ooxml import cell, p, package, row, run, table
from tests.writing.builders import document, project

NOON = datetime(2024, 1, 31, 12, 0, tzinfo=UTC)
WRONG = (
    project(1, budget=ProjectBudget(total="6.50", fiscal="5.00", other="1.00")),
    project(2, "渠道衬砌", plan=SpendingPlan(march="25", june="25", october="25", december="25", heading="资金支出计划（%）")),
)  # fmt: skip


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def body(data):
    return etree.fromstring(parts_of(data)["word/document.xml"])


def texts(root, tag):
    return ["".join(element.itertext()) for element in root.iter(f"{W}{tag}")]


def changed(data, *changes):
    return revised(data, "预算.docx", changes, author="县财政局", made_at=NOON)


@pytest.fixture(scope="module")
def word():
    return write([document(*WRONG)], "docx")


@pytest.fixture(scope="module")
def mends(word):
    documents = read(word, name="预算.docx").documents
    return documents, [finding for finding in audit(documents).findings if finding.mends]


def test_the_revised_file_reads_as_the_mended_documents_and_is_clean(word, mends):
    documents, findings = mends
    assert {finding.rule for finding in findings} == {"SUM-007", "PLAN-005"}
    result = changed(word, *changes_of(documents, findings))
    assert result.left == []
    again = read(result.data, name="预算.docx").documents
    assert again == mended(documents, findings)
    assert not [finding for finding in audit(again).findings if finding.mends]


def test_changes_are_tracked_with_author_and_time_and_one_comment_a_finding(word, mends):
    documents, findings = mends
    root = body(changed(word, *changes_of(documents, findings)).data)
    assert texts(root, "del") == ["6.50", "25", "25", "25"]
    assert texts(root, "ins") == ["6.00", "50", "75", "100"]
    marks = [*root.iter(f"{W}del", f"{W}ins")]
    assert {mark.get(f"{W}author") for mark in marks} == {"县财政局"}
    assert {mark.get(f"{W}date") for mark in marks} == {"2024-01-31T12:00:00+00:00"}
    assert len({mark.get(f"{W}id") for mark in marks}) == len(marks)
    assert len(list(root.iter(f"{W}commentReference"))) == 2


def test_comments_name_the_rule_the_figures_and_the_basis(word, mends):
    documents, findings = mends
    comments = etree.fromstring(
        parts_of(changed(word, *changes_of(documents, findings)).data)["word/comments.xml"]
    )
    first, second = texts(comments, "comment")
    assert first.startswith("SUM-007")
    assert "6.50" in first
    assert "依据：" in second


def test_everything_else_in_the_package_stays_byte_for_byte(word, mends):
    documents, findings = mends
    before, after = parts_of(word), parts_of(changed(word, *changes_of(documents, findings)).data)
    new = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert after.keys() - before.keys() <= new
    for name in before.keys() - new:
        assert after[name] == before[name]
    for mark in (root := body(changed(word, *changes_of(documents, findings)).data)).iter(f"{W}ins"):
        mark.clear()
    for deleted in root.iter(f"{W}delText"):
        deleted.tag = f"{W}t"
    assert texts(root, "p") == texts(body(word), "p")


def place(paragraph, table=None):
    return Place(paragraph=paragraph, table=table)


def test_a_text_cut_into_runs_keeps_what_stands_around_it():
    data = package(p(run("支出预算为12"), run("56.7", "<w:b/>"), run("7万元，其中")))
    result = changed(data, Change(place(1), "1256.77", "1300.00", "说明"))
    root = body(result.data)
    assert texts(root, "del") == ["1256.77"]
    assert read_text(result.data) == "支出预算为1300.00万元，其中"


LONG = "按照安水办【2023】12号文件，检修机井，，保证全县灌溉用水安全，年内完成。"


@pytest.mark.parametrize(
    ("after", "deleted", "inserted"),
    [
        (LONG.replace("【", "〔").replace("】", "〕"), ["【", "】"], ["〔", "〕"]),
        (LONG.replace("，，", "，"), ["，"], []),
        (LONG.replace("检修机井", "检修全部机井"), ["修"], ["修全部"]),
        ("别的一句话，与原来没有相同之处。", [LONG], ["别的一句话，与原来没有相同之处。"]),
    ],
)
@pytest.mark.parametrize("cuts", [(), (5, 6, 20), (30,)])
def test_only_the_signs_that_change_are_marked_in_a_long_text(after, deleted, inserted, cuts):
    edges = [0, *cuts, len(LONG)]
    parts = [run(LONG[begin:end]) for begin, end in itertools.pairwise(edges)]
    # a tab in the very run that the text begins in
    parts[0] = parts[0].replace("<w:t ", "<w:t>一、</w:t><w:tab/><w:t ", 1)
    result = changed(package(p(*parts)), Change(place(1), LONG, after, "说明"))
    root = body(result.data)
    assert (texts(root, "del"), texts(root, "ins")) == (deleted, inserted)
    assert len(list(root.iter(f"{W}commentRangeStart"))) == 1
    assert read_text(result.data).endswith(after)
    ids = [mark.get(f"{W}id") for mark in root.iter(f"{W}ins", f"{W}del")]
    assert len(ids) == len(set(ids))


def test_a_figure_is_marked_whole():
    result = changed(package(p(run("预算 1256.77 万元"))), Change(place(1), "1256.77", "1256.78", "说明"))
    assert texts(body(result.data), "del") == ["1256.77"]


def read_text(data):
    reading = read(data, name="甲.docx")
    assert reading.blocks is not None
    return "".join(
        block.text
        for block in reading.blocks.blocks
        if getattr(block, "style", "") not in {"deleted", "note"}
    )


@pytest.mark.parametrize(
    ("printed", "before"),
    [
        ("1,256.77 万元", "1256.77"),
        ("１２５６．７７万元", "1256.77"),
        ("产 出", "产出"),
        ("“≥95%以上”", "≥95%以上"),
    ],
)
def test_a_value_is_found_as_it_is_printed(printed, before):
    result = changed(package(p(run(printed))), Change(place(1), before, "新值", "说明"))
    assert [change.after for change in result.done] == ["新值"]


@pytest.mark.parametrize(
    ("printed", "before", "why"),
    [
        ("6.00 万元与 6.00 万元", "6.00", "多次"),
        ("16.00 万元", "6.00", "没有找到"),
        ("6.001 万元", "6.00", "没有找到"),
        ("预算数", "6.00", "没有找到"),
    ],
)
def test_what_is_not_there_exactly_once_is_left_and_named(printed, before, why):
    data = package(p(run(printed)))
    result = changed(data, Change(place(1), before, "7.00", "说明"))
    assert result.data == data
    ((change, reason),) = result.left
    assert change.after == "7.00"
    assert why in reason


def test_a_place_that_the_file_does_not_have_is_left_and_named():
    data = package(p(run("6.00")))
    result = changed(data, Change(None, "6.00", "7.00", "甲"), Change(place(9), "6.00", "7.00", "乙"))
    assert len(result.left) == 2


def test_an_empty_cell_gets_its_text():
    data = package(table(row(cell("其他资金"), cell(""))))
    result = changed(data, Change(place(2, 1), None, "1.00", "说明"))
    assert texts(body(result.data), "ins") == ["1.00"]
    assert changed(data, Change(place(1, 1), None, "1.00", "说明")).done == []


def test_cells_are_found_behind_content_controls_and_older_changes():
    control = "<w:sdt><w:sdtPr/><w:sdtContent>" + p(run("说明")) + "</w:sdtContent></w:sdt>"
    older = '<w:del w:id="7" w:author="甲"><w:r><w:delText>6.00</w:delText></w:r></w:del>'
    data = package(control + table(row(cell("预算数"), cell(content=p(older, run("6.00"))))))
    result = changed(data, Change(place(3, 1), "6.00", "7.00", "说明"))
    assert len(result.done) == 1
    ids = [mark.get(f"{W}id") for mark in body(result.data).iter(f"{W}del", f"{W}ins")]
    assert sorted(ids) == ["7", "8", "9"]


def test_comments_of_others_stay():
    data = changed(package(p(run("6.00"))), Change(place(1), "6.00", "7.00", "甲说明")).data
    again = changed(data, Change(place(1), "7.00", "8.00", "乙说明")).data
    comments = etree.fromstring(parts_of(again)["word/comments.xml"])
    assert texts(comments, "comment") == ["甲说明", "乙说明"]
    assert len(list(body(again).iter(f"{W}commentReference"))) == 2


def test_a_word_file_that_is_no_package_is_refused_with_what_to_do():
    flat = b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>'
    with pytest.raises(UnsupportedFormat, match="docx"):
        changed(flat, Change(place(1), "1", "2", "说明"))
