"""Indicators in which only a word was exchanged: how many projects are tried, and what a word may be."""

from __future__ import annotations

import pytest

from jiheng.auditing import all_rules, audit
from jiheng.auditing.rules import swapped_words
from tests.auditing.builders import document

(RULE,) = [rule for rule in all_rules() if rule.id == "COPY-007"]


def project(name: str, thing: str) -> dict:
    rows = (
        ("数量指标", f"购置{thing}数量", "≥480件"),
        ("质量指标", f"{thing}质量合格率", "≥98%"),
        ("时效指标", f"{thing}购置及时率", "100%"),
        ("成本指标", f"每件{thing}成本", "≤66元"),
        ("社会效益指标", f"{thing}使用率", "≥90%"),
    )
    return {
        "name": name,
        "indicators": [
            {"level1": "产出指标", "level2": level2, "level3": level3, "value": value}
            for level2, level3, value in rows
        ],
    }


def found(*pairs: tuple[str, str]) -> list[str]:
    result = audit(document({"projects": [project(*pair) for pair in pairs]}), rules=[RULE])
    assert result.failed_rules == []
    return [finding.message for finding in result.findings]


def test_the_finding_names_the_two_words_and_counts_the_rows():
    (message,) = found(("图书购置", "图书"), ("桌椅购置", "桌椅"))
    assert message == (
        "“桌椅购置”的 5 项指标中有 5 项与“图书购置”的指标值相同，其中 5 项只把名称中的“图书”换成了“桌椅”"
    )


def test_a_third_copy_is_told_once():
    assert len(found(("图书购置", "图书"), ("桌椅购置", "桌椅"), ("灯具购置", "灯具"))) == 2


@pytest.mark.parametrize(
    "pairs",
    [
        (("图书购置（一期）", "图书"), ("图书购置（二期）", "桌椅")),
        (("2023年图书购置", "图书"), ("2024年图书购置", "新书")),
        (("东街村图书购置", "东街村图书"), ("西关村图书购置", "西关村图书")),
        (("张庄小学桌椅购置", "张庄小学桌椅"), ("王各庄小学桌椅购置", "王各庄小学桌椅")),
        (("图书购置", "第一批图书"), ("桌椅购置", "第二批图书")),
        (("图书购置", "图书"), ("图书购置", "桌椅")),
    ],
)
def test_projects_of_one_series_are_alike_on_purpose(pairs):
    assert found(*pairs) == []


def test_the_time_stays_in_proportion_to_the_projects(monkeypatch):
    tried = []
    swap = swapped_words._swap
    monkeypatch.setattr(swapped_words, "_swap", lambda *tables: tried.append(1) or swap(*tables))
    signs = [chr(0x4E00 + 37 * number) for number in range(200)]
    things = [
        (f"{sign}{sign}购置{sign}", f"{sign}{signs[-1 - number]}{number}")
        for number, sign in enumerate(signs)
    ]
    found(*things)
    assert len(tried) <= 2 * swapped_words._MOST * len(things)
