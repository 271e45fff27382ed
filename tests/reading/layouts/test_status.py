"""The state of a document in brackets: behind its title, below it, and in the titles of other provinces."""

from __future__ import annotations

import pytest

from jiheng.budget import BudgetDocument
from jiheng.reading.coverage import LeftOver
from jiheng.reading.layouts.document import read_documents
from tests.reading.layouts.grids import blocks_of

HEBEI = """
# 安澜县水务局2024年部门预算信息公开情况说明{status}
# 按照预算公开的要求，安澜县水务局公开2024年部门预算如下：
# 一、部门职责及机构设置情况
# 部门职责：
# 负责全县水利工作。
# 二、其他需要说明的事项
# 没有其他需要说明的事项。
"""
ELSEWHERE = """
# 安澜县水务局2024年部门预算{status}
# 一、部门职责
# 负责全县水利工作。
# 二、名词解释
# 1.基本支出：指保障机构运转的支出。
"""


def record(text: str) -> BudgetDocument:
    (document,), unread, _ = read_documents(blocks_of(text))
    assert [block.text for block in unread if block.kind is LeftOver.UNKNOWN] == []
    return document


@pytest.mark.parametrize("form", [HEBEI, ELSEWHERE], ids=["hebei", "elsewhere"])
@pytest.mark.parametrize("word", ["草案", "征求意见稿", "送审稿", "审议稿", "初稿", "讨论稿"])
@pytest.mark.parametrize("between", ["", "\n# "], ids=["behind", "below"])
def test_the_state_is_kept_and_the_title_is_understood(form: str, word: str, between: str):
    plain = record(form.format(status=""))
    found = record(form.format(status=f"{between}（{word}）"))
    assert found.status == word
    assert (found.kind, found.fiscal_year, found.title, found.department) == (
        plain.kind,
        2024,
        plain.title,
        plain.department,
    )
    assert found.duties == plain.duties


def test_a_state_that_is_no_draft_is_no_part_of_the_name():
    assert record(ELSEWHERE.format(status="（公开）")).status is None
