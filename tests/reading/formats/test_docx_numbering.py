"""Numbers that Word makes."""

from __future__ import annotations

import pytest

from jiheng.reading.formats.word.numerals import in_form
from tests.reading.formats.ooxml import cell, p, part, read, row, run, seen, table


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 101: "一○一"}),
        ("chineseCountingThousand", {10: "十", 15: "十五", 100: "一百", 105: "一百零五", 110: "一百一十", 1001: "一千零一"}),
        ("ideographDigital", {1: "一", 10: "一〇", 25: "二五"}),
        ("japaneseCounting", {1: "一", 10: "十", 21: "二十一", 105: "百五"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 23: "贰拾叁"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 40: "40"}),
        ("decimalEnclosedCircleChinese", {3: "③"}),
        ("decimalEnclosedParen", {3: "(3)"}),
        ("decimalEnclosedFullstop", {3: "⒊", 25: "25."}),
        ("ideographEnclosedCircle", {1: "㊀", 10: "㊉"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "甲"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 53: "AAA"}),
        ("lowerLetter", {2: "b"}),
        ("upperRoman", {4: "IV", 9: "IX", 1994: "MCMXCIV"}),
        ("lowerRoman", {3: "iii"}),
        ("decimalZero", {7: "07", 12: "12"}),
        ("decimalFullWidth", {12: "１２"}),
        ("numberInDash", {2: "- 2 -"}),
        ("ordinal", {1: "1st", 12: "12th", 23: "23rd"}),
        ("none", {1: ""}),
        ("a form of the future", {5: "5"}),
        ("chineseCounting", {10**8: "100000000", -1: "-1"}),
    ],
)  # fmt: skip
def test_every_form_counts_as_word_prints_it(form, numbers):
    assert {number: in_form(number, form) for number in numbers} == numbers


def test_a_custom_form_says_how_many_figures():
    assert in_form(7, "custom", "001, 002, 003, ...") == "007"


def level(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbering(*levels: str, more: str = "") -> dict[str, str | bytes]:
    lists = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{more}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return {"word/numbering.xml": part("numbering", lists)}


def item(text: str, at: int = 0, number: int = 1) -> str:
    return p(run(text), properties=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


THREE = (
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%1.%2.%3"),
)


def test_levels_begin_anew_below_the_next_item_above_them():
    body = item("甲") + item("乙", 1) + item("丙", 1) + item("丁", 2) + item("戊") + item("己", 1)
    assert seen(read(body, numbering(*THREE))) == [
        "一、甲",
        "（一）乙",
        "（二）丙",
        "一.二.1 丁",
        "二、戊",
        "（一）己",
    ]


def test_legal_numbering_prints_figures():
    levels = (THREE[0], level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert seen(read(item("甲") + item("乙", 1), numbering(*levels))) == ["一、甲", "1.1 乙"]


def test_a_level_may_go_on_counting():
    levels = (THREE[0], level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'))
    body = item("甲") + item("乙", 1) + item("丙") + item("丁", 1)
    assert seen(read(body, numbering(*levels))) == ["一、甲", "1.乙", "二、丙", "2.丁"]


def test_lists_of_one_definition_count_on_and_an_override_begins_anew():
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = item("甲") + item("乙", number=2) + item("丙", number=3) + item("丁", number=3)
    assert seen(read(body, numbering(*THREE, more=more))) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_a_start_other_than_one():
    assert seen(read(item("甲") + item("乙"), numbering(level(0, "decimal", "%1.", start=3)))) == [
        "3.甲",
        "4.乙",
    ]


def test_styles_bring_their_lists_and_levels():
    styles = part(
        "styles",
        '<w:style w:styleId="a"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="b"><w:name w:val="款"/><w:basedOn w:val="a"/></w:style>'
        '<w:style w:styleId="c"><w:name w:val="目"/><w:basedOn w:val="b"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="x"><w:basedOn w:val="y"/></w:style><w:style w:styleId="y"><w:basedOn w:val="x"/></w:style>',
    )
    parts = numbering(level(0, "decimal", "%1."), level(1, "decimal", "（%2）")) | {"word/styles.xml": styles}
    body = (
        p(run("甲"), style="a") + p(run("乙"), style="b") + p(run("丙"), style="c") + p(run("丁"), style="x")
    )
    assert seen(read(body, parts)) == ["1.甲", "2.乙", "（1）丙", "丁"]
    off = p(run("戊"), style="a", properties='<w:numPr><w:numId w:val="0"/></w:numPr>')
    assert seen(read(off, parts)) == ["戊"]


def test_a_style_belongs_to_the_level_that_names_it():
    styles = part(
        "styles",
        '<w:style w:styleId="h2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
    )
    levels = (level(0, "decimal", "%1."), level(1, "decimal", "（%2）", '<w:pStyle w:val="h2"/>'))
    found = read(item("甲") + p(run("乙"), style="h2"), numbering(*levels) | {"word/styles.xml": styles})
    assert seen(found) == ["1.甲", ("heading", "（1）乙")]


def test_a_definition_may_stand_with_a_style_of_lists():
    styles = part(
        "styles",
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
    )
    more = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="5"/></w:num>'
    parts = numbering(*THREE, more=more) | {"word/styles.xml": styles}
    assert seen(read(item("甲", number=7), parts)) == ["一、甲"]


def test_an_empty_paragraph_shows_its_number_too():
    listed = p(properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    body = table(
        row(cell("序号"), cell("名称")),
        row(cell(content=listed), cell("甲")),
        row(cell(content=listed), cell("乙")),
    )
    assert seen(read(body, numbering(level(0, "decimal", "%1")))) == [
        [["序号", "名称"], ["1", "甲"], ["2", "乙"]]
    ]


@pytest.mark.parametrize(
    ("suffix", "text"), [("tab", "1 2024年"), ("space", "1 2024年"), ("nothing", "12024年")]
)
def test_a_bare_figure_is_kept_apart_from_the_text(suffix, text):
    found = read(item("2024年"), numbering(level(0, "decimal", "%1", f'<w:suff w:val="{suffix}"/>')))
    assert seen(found) == [text]


def test_bullets_are_no_numbers():
    assert seen(read(item("甲"), numbering(level(0, "bullet", "\uf0b7")))) == ["甲"]
