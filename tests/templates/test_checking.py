"""What is wrong with a template is named with its place; what could do harm is refused."""

from __future__ import annotations

import copy
import io
import random
import zipfile

import pytest
from lxml import etree

from jiheng.templates import Template, check_template, starter
from jiheng.writing.package import with_parts
from tests.templates.builders import RELATIONS, TYPES, body_of, p, tbl, tc, tr, word
from tests.writing.builders import document

GOOD = p("{{部门名称}}")


def problems(body: str, **parts: object) -> list[str]:
    return [str(problem) for problem in check_template(word(body, **parts))]  # type: ignore[arg-type]


def test_a_good_template_has_none():
    assert (
        problems(p("{{#项目}}") + tbl(tr("{{指标.三级指标}}")) + p("{{/项目}}"), header=p("{{标题}}")) == []
    )


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (p("甲") + p("编制：{{部们名称}}。"), ["正文第2段“编制：{{部们名称}}。”", "没有字段“部们名称”", "“部门名称”"]),
        (tbl(tr("名称"), tr("甲", tc("一", "{{项目.项目名字}}"))), ["正文第1个表格第2行第2格", "“项目”没有字段“项目名字”", "“项目名称”"]),
        (tbl(tr(f"<w:tc>{tbl(tr('{{年份}}'))}<w:p/></w:tc>")), ["第1行第1格第1个表格第1行第1格", "没有字段“年份”"]),
        (p("{{项目.项目名称}}"), ["“项目”是列表", "{{#项目}}"]),
        (tbl(tr("{{指标.三级指标}}")), ["“指标”在项目、专项资金、整体目标表之内", "{{#项目}}"]),
        (p("{{三级指标}}"), ["没有字段“三级指标”", "“指标.三级指标”"]),
        (p("{{项目}}"), ["“项目”是列表"]),
        (p("{{#项目}}") + p("{{项目.项目名称}}"), ["{{#项目}} 没有结束", "{{/项目}}"]),
        (p("{{项目个数}}") + p("{{/项目}}"), ["{{/项目}} 没有对应的开始"]),
        (p("{{#项目}}") + p("{{?状态}}") + p("{{/项目}}") + p("{{/状态}}"), ["块交叉了", "{{?状态}} 还没有结束"]),
        (p("{{#项目}}") + p("{{#项目}}") + p("{{/项目}}") + p("{{/项目}}"), ["已经在外面一层重复"]),
        (p("{{#项木}}") + p("{{项木.项目名称}}") + p("{{/项木}}"), ["没有列表“项木”", "“项目”"]),
        (p("前文{{#项目}}后文"), ["{{#项目}} 没有结束", "在同一段里"]),
        (tbl(tr("{{#项目}}", "{{项目.项目名称}}"), tr("{{/项目}}", "甲")), ["{{#项目}} 没有结束"]),
        (tbl(tr("{{项目.项目名称}}{{政府采购.数量}}")), ["几个列表的字段"]),
        (p("{{部门名称|大写}}"), ["“部门名称”不是金额"]),
        (p("{{支出合计|千份}}"), ["没有“千份”这种写法", "“千分”"]),
        (p("{{支出合计|合并}}"), ["“合并”只能用在表格里"]),
        (p("{{}}"), ["没有写字段"]),
        (p("{{?}}甲{{/}}"), ["没有写按什么判断"]),
        (p("{{部门名称}"), ["花括号没有成对"]),
        (p("部门名称}} {{状态}}"), ["花括号没有成对", "部门名称}}"]),
        (p("{{部门名称.__class__}}"), ["没有列表“部门名称”"]),
        (p("{{项目.__class__}}"), ["“项目”没有字段"]),
        (p("{{?审核单位.x}}甲{{/审核单位.x}}"), ["没有列表“审核单位”"]),
        (p("固定文字"), ["文件里没有字段"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(body, told):
    found = "\n".join(problems(body))
    assert found
    for words in told:
        assert words in found


def test_problems_are_told_in_the_order_of_the_file():
    found = problems(p("{{甲") + p("{{乙}}") + tbl(tr("{{丙}}")) + p("{{#项目}}"), header=p("{{丁}}"))
    assert [text for text in "甲乙丙#丁" if text in "".join(found)] == list("甲乙丙#丁")
    assert ["甲" in found[0], "乙" in found[1], "丙" in found[2], "#" in found[3], "丁" in found[4]] == [
        True
    ] * 5


def test_one_wrong_list_is_told_once():
    assert len(problems(p("{{#项木}}") + p("{{项木.甲}}{{项木.乙}}") + p("{{/项木}}"))) == 1


def test_headers_and_text_boxes_are_checked_as_well():
    box = f"<w:p><w:r><w:pict><w:txbxContent>{p('{{甲}}')}</w:txbxContent></w:pict></w:r></w:p>"
    found = problems(GOOD + box, header=p("{{乙}}"))
    assert [one.partition("“")[0] for one in found] == ["正文第2段的文本框", "页眉第1段"]


def _external(kind: str, target: str) -> str:
    return f'<Relationship Id="x1" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="External"/>'


@pytest.mark.parametrize(
    ("kind", "target", "told"),
    [
        ("attachedTemplate", "http://evil.example/x.dotm", "引用了别处的模板"),
        ("image", "http://evil.example/x.png", "图片在别处"),
        ("oleObject", "file:///c:/x.xlsx", "链接了别处的对象"),
        ("frame", "http://evil.example/", "框架页"),
        ("subDocument", "x.docx", "子文档"),
        ("hyperlink", "file://evil/share", "引用了别处的内容"),
        ("whatever", "http://evil.example/", "引用了别处的内容"),
    ],
)
def test_what_would_be_fetched_from_elsewhere_is_refused(kind, target, told):
    (found,) = problems(GOOD, relations=_external(kind, target))
    assert told in found
    assert target in found


def test_links_to_web_pages_are_let_be():
    assert problems(GOOD, relations=_external("hyperlink", "https://www.example.cn/")) == []


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("word/vbaProject.bin", "带有宏"), ("word/activeX/activeX1.xml", "ActiveX"),
        ("word/embeddings/oleObject1.bin", "嵌入的对象"), ("word/afchunk1.docx", "外部内容"),
    ],
)  # fmt: skip
def test_programs_and_objects_are_refused(part, told):
    assert told in "\n".join(problems(GOOD, parts={part: "<x/>"}))


@pytest.mark.parametrize(
    "code",
    ['DDEAUTO c:\\\\x "cmd"', ' INCLUDETEXT "\\\\\\\\evil\\\\x" ', " INCLUDEPICTURE x", "link Excel.Sheet"],
)
def test_field_codes_that_fetch_or_run_something_are_refused(code):
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in (code[:5], code[5:]))
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    assert "会取用别处的内容" in "\n".join(problems(GOOD + field))
    simple = f"<w:p><w:fldSimple w:instr='{code}'/></w:p>"
    assert "会取用别处的内容" in "\n".join(problems(GOOD + simple))


@pytest.mark.parametrize(
    ("main_type", "told"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "启用宏"),
        (f"{TYPES}.template.main+xml", "Word 模板"),
    ],
)
def test_other_kinds_of_word_files_are_refused(main_type, told):
    assert told in "\n".join(problems(GOOD, main_type=main_type))


def _zip(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "不是 Word 文件"),
        (b"%PDF-1.7", "不是 Word 文件"),
        (b"PK\x03\x04 broken", "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 Office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (_zip(a=b"x"), "不是 Word 文件"),
        (word(GOOD)[:-40], "损坏"),
        (_zip(bomb=b"\0" * 60_000_000), "过大"),
        (word(GOOD, parts={"word/document.xml": f"{ENTITIES}<x>&b;</x>"}), "损坏"),
        (word(GOOD, parts={"word/document.xml": "<w:document"}), "损坏"),
        (word(GOOD, parts={"word/document.xml": "<a>" * 5000 + "</a>" * 5000}), "损坏"),
        (word(GOOD, parts={"word/document.xml": "<document xmlns='http://purl.oclc.org/ooxml/wordprocessingml/main'/>"}), "Strict"),
        (b"PK" + b"\0" * (21 * 1024 * 1024), "超过 20 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_hostile_and_broken_files_are_told_and_never_raise(data, told):
    with_warnings = check_template(data)
    assert told in "\n".join(map(str, with_warnings))


def test_a_mark_with_an_endless_name_or_thousands_of_marks_take_no_time():
    body = p("{{" + "长" * 200_000 + "}}") + p("{{" * 20_000) + p("{{部门名称}}" * 3_000)
    template = Template(word(body))
    assert len(template.problems) == 2


@pytest.mark.parametrize("seed", range(30))
def test_a_template_that_is_broken_anywhere_is_told_or_filled(seed):
    base = starter()
    root = body_of(base)
    chance = random.Random(seed)  # noqa: S311 - the same breaks each time
    every = list(root.iter("*"))
    for _ in range(6):
        one, other = chance.choice(every), chance.choice(every)
        match chance.randrange(3):
            case 0 if one.getparent() is not None:
                one.getparent().remove(one)
            case 1 if one not in other.iterancestors():
                other.append(copy.deepcopy(one))
            case _:
                one.tag = other.tag
    template = Template(with_parts(base, {"word/document.xml": etree.tostring(root)}))
    if template.problems:
        assert all(str(problem) for problem in template.problems)
    else:
        assert body_of(template.fill(document())) is not None
