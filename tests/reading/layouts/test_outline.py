"""What sentences say of their year and their body, and how a document is divided."""

from __future__ import annotations

import pytest

from jiheng.budget import Place
from jiheng.reading.blocks import Paragraph
from jiheng.reading.layouts.document import read_documents
from jiheng.reading.layouts.outline import entry_of, heading_of
from tests.reading.layouts.grids import blocks_of

TEXT = """
# 安澜县水务局2024年部门预算信息公开情况说明
# 二、部门预算安排的总体情况
# 2、支出说明
# 2023年支出预算290.19万元，其中基本支出261.79万元，项目支出28.40万元。
# 3、比上年增减情况
# 2024年预算收支安排290.19万元，较2023年预算减少1.66万元，下降0.57%，其中：基本支出减少1.66万元，主要是退休。
# 三、机关运行经费安排情况
# 2024年，我部门机关运行经费共计安排22.45万元，主要用于办公。
# 四、财政拨款“三公”经费预算情况及增减变化原因
# 2024年，安澜县水务局财政拨款“三公”经费预算安排3.36万元，其中：公务接待费3.36万元。与2023年相比增加1.00万元，增长42.37%，原因是督导增多。
# 七、国有资产信息
# 安澜县水务局上年末固定资产金额为500.00万元。
# 编制部门：安澜县水利局
"""


def test_a_chapter_keeps_the_year_the_body_and_the_rate_that_it_names():
    (document,), _, _ = read_documents(blocks_of(TEXT))
    spent, changes, public = document.expenditure, document.changes, document.three_public
    assert spent is not None and changes is not None and public is not None
    assert (spent.year, changes.year, changes.previous_year, changes.rate) == (2023, 2024, 2023, "-0.57")
    assert (public.year, public.body, public.previous_year, public.rate) == (
        2024,
        "安澜县水务局",
        2023,
        "42.37",
    )
    assert document.operating_funds is not None and document.operating_funds.body == "我部门"
    assert document.assets is not None
    assert (document.assets.body, document.assets.issuer) == ("安澜县水务局", "安澜县水利局")
    assert [heading.number for heading in document.headings] == ["二、", "2、", "3、", "三、", "四、", "七、"]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("1.山洪沟清淤绩效目标表.....\t3", ("1.", "山洪沟清淤绩效目标表", 3)),
        ("32.12345便民热线绩效目标表……………… 12", ("32.", "12345便民热线绩效目标表", 12)),
        ("第一部分　部门概况 ···· 1", ("第一部分", "部门概况", 1)), ("一、主要职能 ………", ("一、", "主要职能", None)),
        ("3.2024年“三公”经费预算表……7", ("3.", "2024年“三公”经费预算表", 7)),
    ],
)  # fmt: skip
def test_an_entry_of_the_contents(text: str, entry: tuple[str, str, int | None]):
    found = entry_of(Paragraph(text, Place(line=1)))
    assert (found.number, found.title, found.page) == entry


def test_a_part_alone_is_its_own_title():
    found = heading_of(Paragraph("第一部分", Place(line=1)))
    assert (found.number, found.title) == (None, "第一部分")
