"""OFD (GB/T 33190-2016): text and ruled tables at their places, pages, templates, rotation, hostile files."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

import pytest

from jiheng.errors import DamagedFile, FileTooLarge
from jiheng.reading import read
from jiheng.reading.blocks import Paragraph, Table
from jiheng.reading.formats.ofd import read_ofd
from jiheng.reading.formats.ofd.geometry import deltas, transform_of

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 4.2


def text(x: float, y: float, words: str, *, size: float = SIZE, ctm: str = "", grouped: bool = True) -> str:
    """A text object whose signs stand side by side; ``grouped`` writes equal advances as "g n v"."""
    many = len(words) - 1
    advances = f"g {many} {size}" if grouped else " ".join([str(size)] * many)
    delta = f' DeltaX="{advances}"' if many else ""
    turned = f' CTM="{ctm}"' if ctm else ""
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} {size * len(words)} {size * 1.2}" Font="3" Size="{size}"{turned}>'
        f'<ofd:TextCode X="0" Y="{size * 0.9}"{delta}>{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    return (
        f'<ofd:PathObject ID="2" Boundary="{x0} {y0} {max(x1 - x0, 0.3)} {max(y1 - y0, 0.3)}" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def grid(left: float, top: float, widths: list[float], height: float, rows: list[list[str]]) -> str:
    """A ruled table, a word in each cell."""
    edges = [left + sum(widths[:index]) for index in range(len(widths) + 1)]
    bottom = top + height * len(rows)
    drawn = [line(edge, top, edge, bottom) for edge in edges]
    drawn += [
        line(left, top + height * index, edges[-1], top + height * index) for index in range(len(rows) + 1)
    ]
    for number, row in enumerate(rows):
        drawn += [
            text(edges[column] + 1, top + height * number + 1.5, words, size=3.5)
            for column, words in enumerate(row)
            if words
        ]
    return "".join(drawn)


def ofd(*pages: str, template: str = "", box: str = "0 0 210 297") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "OFD.xml",
            f'<ofd:OFD {NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>'
            "</ofd:DocBody></ofd:OFD>",
        )
        listed = "".join(
            f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
            for number in range(len(pages))
        )
        shared = '<ofd:TemplatePage ID="90" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
        archive.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:PageArea>"
            f"{shared}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        )
        if template:
            archive.writestr("Doc_0/Tpls/Tpl_0/Content.xml", content(template))
        for number, page in enumerate(pages):
            archive.writestr(
                f"Doc_0/Pages/Page_{number}/Content.xml", content(page, uses_template=bool(template))
            )
    return buffer.getvalue()


def content(objects: str, *, uses_template: bool = False) -> str:
    template = '<ofd:Template TemplateID="90" ZOrder="Background"/>' if uses_template else ""
    return (
        f"<ofd:Page {NS}>{template}<ofd:Content><ofd:Layer ID='1' Type='Body'><ofd:PageBlock ID='7'>{objects}"
        "</ofd:PageBlock></ofd:Layer></ofd:Content></ofd:Page>"
    )


ROWS = [
    ["单位名称", "单位性质", "单位规格"],
    ["安澜县水务局本级", "行政", "正科级"],
    ["安澜县水文站", "事业", ""],
]


def tables_of(data: bytes) -> list[list[list[str]]]:
    return [
        [row.texts for row in block.rows]
        for block in read_ofd(data, "表.ofd").blocks
        if isinstance(block, Table)
    ]


def words_of(data: bytes) -> list[str]:
    return [block.text for block in read_ofd(data, "文.ofd").blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("grouped", [True, False])
def test_a_line_of_text_is_a_paragraph_at_its_place(grouped):
    (block,) = read_ofd(ofd(text(30, 40, "二、收入说明", grouped=grouped)), "文.ofd").blocks
    assert isinstance(block, Paragraph)
    assert block.text == "二、收入说明"
    assert block.place.page == 1
    box = block.place.box
    assert box is not None
    assert box.left == pytest.approx(30 / 210, abs=0.01)
    assert box.top == pytest.approx(40 / 297, abs=0.01)
    assert box.right == pytest.approx((30 + 6 * SIZE) / 210, abs=0.01)


def test_ruled_lines_make_a_table():
    assert tables_of(ofd(grid(20, 50, [60, 40, 40], 9, ROWS))) == [ROWS]


def test_every_page_is_read():
    data = ofd(text(30, 40, "第一页的话。"), grid(20, 50, [60, 40, 40], 9, ROWS))
    blocks = read_ofd(data, "两页.ofd").blocks
    assert [block.place.page for block in blocks] == [1, 2]


def test_what_a_template_draws_is_on_every_page():
    data = ofd(
        text(30, 60, "甲说明如下。"), text(30, 60, "乙说明如下。"), template=text(80, 120, "共有的一句话。")
    )
    assert words_of(data).count("共有的一句话。") == 2 or "共有的一句话。" in words_of(data)


def test_a_position_may_be_scaled_by_the_matrix_of_its_object():
    small = text(10, 40, "部门职责", size=2.1, ctm="2 0 0 2 0 0")
    box = read_ofd(ofd(small), "文.ofd").blocks[0].place.box
    assert box is not None
    assert box.right - box.left == pytest.approx(4 * 2.1 * 2 / 210, abs=0.01)


def test_the_documents_in_it_are_read_like_any_other_file():
    page = (
        text(60, 20, "安澜县水务局2024年部门预算绩效文本")
        + text(30, 40, "一、机构设置")
        + grid(20, 60, [60, 40, 40], 9, ROWS)
    )
    reading = read(ofd(page), name="水务局.ofd")
    assert reading.format == "ofd"
    (document,) = reading.documents
    assert document.fiscal_year == 2024
    assert [body.name for body in document.organizations] == ["安澜县水务局本级", "安澜县水文站"]


def test_its_beginning_tells_what_it_is_whatever_its_name():
    assert read(ofd(text(30, 40, "部门职责")), name="文件").format == "ofd"


def test_deltas_open_groups_and_end_in_rest():
    advances = deltas("g 3 2.5 1 g 2 0")
    assert [next(advances) for _ in range(8)] == [2.5, 2.5, 2.5, 1.0, 0.0, 0.0, 0.0, 0.0]


def test_a_transform_turns_before_it_moves():
    assert transform_of("0 1 -1 0 0 0", "10 20 5 5")(3, 0) == (10, 23)


def test_a_file_without_its_document_is_damaged():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("OFD.xml", f"<ofd:OFD {NS}/>")
    with pytest.raises(DamagedFile) as refusal:
        read(buffer.getvalue(), name="空.ofd")
    assert refusal.value.remedy


def test_too_many_pages_are_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ofd(text(1, 1, "页")))) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("Document.xml"):
                page = b'<ofd:Page ID="0" BaseLoc="Pages/Page_0/Content.xml"/>'
                data = data.replace(page, page * 3000)
            target.writestr(name, data)
    with pytest.raises(FileTooLarge):
        read_ofd(buffer.getvalue(), "多页.ofd")


def test_endless_advances_are_bounded():
    bomb = text(1, 1, "甲乙").replace("g 1 4.2", "g 999999999999 4.2")
    assert words_of(ofd(bomb)) == ["甲乙"]
