"""The text of Word files: what the page shows is the text, what it does not show stands beside it."""

from __future__ import annotations

import pytest

from tests.reading.formats.ooxml import cell, p, part, read, row, run, seen, table

BEGIN, MIDDLE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def form(content: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{content}</w:ffData></w:fldChar></w:r>'


def control(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (BEGIN + code("PAGE") + run("文字") + MIDDLE + run("值") + END + run("后"), "值后"),
        (BEGIN + code("IF ") + BEGIN + code("PAGE") + MIDDLE + run("1") + END + MIDDLE + run("甲") + END, "甲"),
        (BEGIN + code("HYPERLINK") + MIDDLE + run("链") + BEGIN + code("X") + MIDDLE + run("接") + END + END, "链接"),
        (BEGIN + code("REF x") + run("没有结尾的域"), "没有结尾的域"),
        (run("甲") + END + MIDDLE + run("乙"), "甲乙"),
        ('<w:fldSimple w:instr="PAGE">' + run("3") + "</w:fldSimple>", "3"),
        ('<w:fldSimple w:instr="eq \\o\\ac(○,7)"/>' + run("号"), "⑦号"),
        (form('<w:checkBox><w:default w:val="1"/></w:checkBox>') + code("FORMCHECKBOX") + END + run("是"), "☑是"),
        (form('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>') + END + run("否"), "□否"),
        (form('<w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList>') + END, "乙"),
        (form('<w:ddList><w:result w:val="9"/><w:listEntry w:val="甲"/></w:ddList>') + END + run("空"), "空"),
        (form('<w:textInput/>') + code("FORMTEXT") + MIDDLE + run("填写的") + END, "填写的"),
        (BEGIN + code("eq \\o\\ac(") + code("○,12") + code(")") + END + run("项"), "⑫项"),
        (BEGIN + code("EQ \\f(3,4)") + END, "3/4"),
        (BEGIN + code('SYMBOL 254 \\f "Wingdings" \\s 12') + END + run("属实"), "☑属实"),
        (BEGIN + code("MACROBUTTON NoMacro 点此填写") + END, "点此填写"),
    ],
)  # fmt: skip
def test_fields_show_their_results(content, text):
    assert seen(read(p(content))) == [text]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<w:r><w:t>ab</w:t><w:softHyphen/><w:t>cd</w:t><w:noBreakHyphen/><w:t>e</w:t></w:r>", "abcd-e"),
        ('<w:r><w:t>左</w:t><w:ptab w:alignment="right"/><w:t>右</w:t></w:r>', "左\t右"),
        ('<w:r><w:t>上</w:t><w:br/><w:t>中</w:t><w:cr/><w:t>下</w:t></w:r>', "上\n中\n下"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/><w:sym w:font="Wingdings" w:char="00A8"/></w:r>', "☑□"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run("95%"), "≥95%"),
        (run("R", '<w:rFonts w:ascii="Wingdings 2"/>') + run("是") + run("\u00a3", '<w:rFonts w:hAnsi="wingdings 2"/>') + run("否"), "☑是□否"),
        (run("\uf0fe属实 \uf0a8不属实"), "☑属实 □不属实"),
        (run("中文", '<w:rFonts w:ascii="Wingdings"/>'), "中文"),
        ("<m:oMath><m:f><m:num><m:r><m:t>完成数</m:t></m:r></m:num><m:den><m:r><m:t>计划数</m:t></m:r></m:den></m:f></m:oMath>" + run("×100%"), "完成数/计划数×100%"),
        ("<m:oMath><m:sSup><m:e><m:r><m:t>m</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>", "m^2"),
        ("<m:oMath><m:rad><m:deg/><m:e><m:d><m:e><m:r><m:t>a+b</m:t></m:r></m:e></m:d></m:e></m:rad></m:oMath>", "√((a+b))"),
        ('<w:smartTag w:element="place">' + run("安澜县") + "</w:smartTag>", "安澜县"),
        ('<w:dir w:val="ltr">' + run("甲") + "</w:dir>" + '<w:bdo w:val="ltr">' + run("乙") + "</w:bdo>", "甲乙"),
        (run("甲", '<w:vanish w:val="0"/>'), "甲"),
    ],
)  # fmt: skip
def test_signs_are_read_as_they_are_seen(content, text):
    assert seen(read(p(content))) == [text]


def test_hidden_text_stands_beside_the_text():
    body = p(run("预算"), run("内部", "<w:vanish/>"), run("说明", "<w:vanish/>"), run("数"))
    assert seen(read(body)) == ["预算数", ("hidden", "内部说明")]


def test_text_is_hidden_by_the_styles_of_runs_and_paragraphs():
    styles = part(
        "styles",
        '<w:style w:type="character" w:styleId="h"><w:name w:val="暗"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="g"><w:name w:val="暗段"/><w:rPr><w:vanish/></w:rPr></w:style>',
    )
    body = p(run("甲"), run("乙", '<w:rStyle w:val="h"/>')) + p(
        run("丙"), run("丁", '<w:vanish w:val="0"/>'), style="g"
    )
    found = seen(read(body, {"word/styles.xml": styles}))
    assert found == ["甲", ("hidden", "乙"), "丁", ("hidden", "丙")]


def test_ruby_is_a_note_beside_its_base():
    ruby = f"<w:r><w:ruby><w:rt>{run('lán')}</w:rt><w:rubyBase>{run('澜')}</w:rubyBase></w:ruby></w:r>"
    assert seen(read(p(run("安"), ruby, run("县")))) == ["安澜县", ("note", "lán")]


def test_a_move_is_read_once_and_one_that_leads_nowhere_is_listed():
    there = f"<w:moveTo>{run('新')}</w:moveTo>"
    gone = f"<w:moveFrom>{run('旧')}</w:moveFrom>"
    assert seen(read(p(gone) + p(there))) == ["新"]
    assert seen(read(p(gone, run("留")))) == ["留", ("deleted", "旧")]


def test_a_deleted_end_of_a_paragraph_joins_it_to_the_next():
    ends = "<w:rPr><w:del/></w:rPr>"
    body = (
        p(run("采购"), properties=ends)
        + p("<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", properties=ends)
        + p(run("计算机"))
    )
    assert seen(read(body)) == [("deleted", "旧"), "采购计算机"]
    inside = table(row(cell(content=p(run("三"), properties=ends) + p(run("级")) + p(run("指标")))))
    assert seen(read(inside)) == [[["三级\n指标"]]]


def test_deleted_fields_and_boxes_are_gone_with_their_text():
    field = f"<w:del>{BEGIN}{code('PAGE')}{MIDDLE}<w:r><w:delText>5</w:delText></w:r>{END}</w:del>"
    assert seen(read(p(field, run("页")))) == ["页", ("deleted", "5")]


CHECKED = '<w14:checkbox><w14:checked w14:val="1"/><w14:checkedState w14:val="2611"/></w14:checkbox>'


def test_content_controls_of_every_kind_are_open():
    blocks = control(
        "",
        p(
            run("块"),
            control(CHECKED, run("☑")),
            control(
                '<w:dropDownList><w:listItem w:displayText="丁" w:value="4"/></w:dropDownList>', run("丙")
            ),
        ),
    )
    rows = table(control("", row(cell("甲"), control("", cell("乙")))))
    assert seen(read(blocks + rows)) == ["块☑丙", [["甲", "乙"]]]


@pytest.mark.parametrize("place", ["inline", "block", "cell"])
def test_the_hint_of_an_empty_control_is_no_value(place):
    hint = run("单击或点击此处输入文字。")
    mark = "<w:showingPlcHdr/>"
    body = {
        "inline": p(run("项目名称："), control(mark, hint)),
        "block": p(run("项目名称：")) + control(mark, p(hint)),
        "cell": p(run("项目名称：")) + table(row(cell("一"), control(mark, cell(content=p(hint))))),
    }[place]
    found = seen(read(body))
    assert found[0] == "项目名称："
    assert found[-1] == ("placeholder", "单击或点击此处输入文字。")
    assert len(found) == (3 if place == "cell" else 2)


def test_a_filled_control_that_kept_its_mark_is_read():
    assert seen(read(p(control("<w:showingPlcHdr/>", run("水表更换"))))) == ["水表更换"]


def test_a_hint_is_known_by_its_style():
    styles = part(
        "styles", '<w:style w:type="character" w:styleId="a7"><w:name w:val="Placeholder Text"/></w:style>'
    )
    body = p(run("名称："), control("<w:showingPlcHdr/>", run("项目全称", '<w:rStyle w:val="a7"/>')))
    assert seen(read(body, {"word/styles.xml": styles})) == ["名称：", ("placeholder", "项目全称")]


BINDING = (
    '<w:dataBinding w:prefixMappings="xmlns:n=\'urn:form\'" w:xpath="/n:form[1]/n:item[2]/n:name[1]" '
    'w:storeItemID="{1}"/>'
)
STORE = '<f:form xmlns:f="urn:form"><f:item><f:name>甲</f:name></f:item><f:item><f:name>水表更换</f:name></f:item></f:form>'


def test_a_bound_control_shows_the_value_in_its_store():
    hint = control(f"{BINDING}<w:showingPlcHdr/>", run("单击此处输入"))
    assert seen(read(p(hint), {"customXml/item1.xml": STORE})) == ["水表更换"]
    shown = control(BINDING, run("已写"))
    assert seen(read(p(shown), {"customXml/item1.xml": STORE})) == ["已写"]
    costly = control('<w:dataBinding w:xpath="//*[count(//*)>0]"/><w:showingPlcHdr/>', run("单击此处输入"))
    assert seen(read(p(run("名"), costly), {"customXml/item1.xml": STORE})) == [
        "名",
        ("placeholder", "单击此处输入"),
    ]


def test_a_contents_list_is_marked_and_its_codes_are_gone():
    styles = part(
        "styles",
        '<w:style w:styleId="11"><w:name w:val="toc 1"/></w:style><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>',
    )
    body = (
        p(BEGIN, code(' TOC \\o "1-3" '), MIDDLE, run("一、总体情况"), "<w:r><w:tab/></w:r>", BEGIN, code("PAGEREF _Toc1"), MIDDLE, run("1"), END, style="11")
        + p(END) + p(run("一、总体情况"), style="1")
    )  # fmt: skip
    assert seen(read(body, {"word/styles.xml": styles})) == [
        ("toc", "一、总体情况\t1"),
        ("heading", "一、总体情况"),
    ]
