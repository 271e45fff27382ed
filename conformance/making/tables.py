"""Clean budgets and final accounts with their disclosure tables, and tables as several provinces print them."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.accuracy import disclosure
from benchmarks.accuracy.known import Known
from conformance.making.paper import Paper, paper
from jiheng.budget import Place
from jiheng.reading.blocks import Paragraph

_BEFORE_GLOSSARY = "第三部分 名词解释"


def budget(seed: int) -> Paper:
    """A budget in prose and eleven tables. What the rules ask for besides is told in a sentence."""
    (known,) = disclosure.budgets(seed)
    at = next(
        index
        for index, block in enumerate(known.blocks)
        if isinstance(block, Paragraph) and block.text == _BEFORE_GLOSSARY
    )
    told = (
        Paragraph("七、国有资产占用使用情况说明", Place()),
        Paragraph("截至上年末，本部门共有车辆2辆，没有单价在20万元以上的设备。", Place()),
    )
    blocks = [*known.blocks[:at], *told, *known.blocks[at:]]
    return paper(f"budget-{seed}", "budget with tables", blocks, known.documents)


def final_account(seed: int) -> Paper:
    """A final account in prose and eight tables."""
    (known,) = disclosure.final_accounts(seed)
    return _paper(known, f"final-account-{seed}")


def _paper(known: Known, name: str) -> Paper:
    return paper(name, "final account with tables", known.blocks, known.documents)


def clean_tables() -> Iterator[Paper]:
    """The clean ones."""
    for seed in (1, 2, 3):
        yield budget(seed)
        yield final_account(seed)
