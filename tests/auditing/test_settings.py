"""What a department sets for itself: rules off, other severities, other bounds; for all, or for a division."""

from __future__ import annotations

import pytest

from jiheng.auditing import audit, load_settings
from jiheng.auditing.settings import Choice, Settings
from jiheng.budget import Severity
from jiheng.errors import InvalidSettings
from tests.auditing.builders import document

WRONG_TOTAL = {"revenue": {"total": "100.00", "general_public": "90.00", "other": "5"}}
DEAR = {
    "projects": [
        {
            "name": "维护", "budget": {"total": "10.00"},
            "indicators": [
                {"level1": "产出指标", "level2": "数量指标", "level3": "站点数量", "value": "100个"},
                {"level1": "产出指标", "level2": "成本指标", "level3": "每个站点成本", "value": "1150元/个"},
            ],
        }
    ]
}  # fmt: skip


def rules_of(table, settings=None):
    return {finding.rule: finding.severity for finding in audit(document(table), settings=settings).findings}


def in_division(table, code):
    return {**table, "division": {"code": code, "name": "某县"}}


def test_a_rule_switched_off_finds_nothing_and_others_do():
    settings = Settings(off=["SUM-001"])
    assert "SUM-001" in rules_of(WRONG_TOTAL)
    assert rules_of(WRONG_TOTAL, settings).keys() == rules_of(WRONG_TOTAL).keys() - {"SUM-001"}


def test_a_family_is_switched_off_by_a_pattern_and_one_of_it_on_again():
    assert "SUM-001" not in rules_of(WRONG_TOTAL, Settings(off=["SUM-*"]))
    assert "SUM-001" in rules_of(WRONG_TOTAL, Settings(off=["SUM-*"], on=["SUM-001"]))


def test_a_severity_is_another():
    settings = Settings(severity={"SUM-001": Severity.NOTICE})
    assert rules_of(WRONG_TOTAL, settings)["SUM-001"] is Severity.NOTICE


def test_the_severity_of_the_nearer_division_wins_however_it_names_the_rule():
    settings = Settings(
        severity={"SUM-001": Severity.NOTICE},
        division={"130529": Choice(severity={"SUM-*": Severity.WARNING})},
    )
    assert rules_of(in_division(WRONG_TOTAL, "130529"), settings)["SUM-001"] is Severity.WARNING
    assert rules_of(in_division(WRONG_TOTAL, "130528"), settings)["SUM-001"] is Severity.NOTICE


def test_a_bound_is_another_and_only_for_that_audit():
    wide = Settings(thresholds={"costs": {"warn_above": "1.20"}})
    before = rules_of(DEAR)
    costs = {rule for rule in before if rule.startswith("COST")}
    assert costs
    assert not costs & rules_of(DEAR, wide).keys()
    assert rules_of(DEAR) == before


@pytest.mark.parametrize(
    ("code", "is_off"), [("130529", True), ("130528", False), ("130500", True), ("410105", False)]
)
def test_the_choices_of_a_division_hold_in_it_and_the_nearer_one_wins(code, is_off):
    settings = Settings(division={"130500": Choice(off=["SUM-001"]), "130528": Choice(on=["SUM-001"])})
    assert ("SUM-001" not in rules_of(in_division(WRONG_TOTAL, code), settings)) is is_off


def test_rules_over_a_whole_file_are_switched_off_for_the_documents_of_a_division():
    one = {"projects": [{"name": "甲", "code": "434-0501-YXN-OBFI"}]}
    other = {"projects": [{"name": "甲", "code": "434-0501-YXN-0BFI"}]}
    both = [document(in_division(table, "130529")) for table in (one, other)]
    settings = Settings(division={"130529": Choice(off=["COD-006"])})
    assert "COD-006" in {finding.rule for finding in audit(both).findings}
    assert "COD-006" not in {finding.rule for finding in audit(both, settings=settings).findings}


def test_settings_come_from_a_file(tmp_path):
    path = tmp_path / "审核设置.toml"
    path.write_text(
        '\ufeffoff = ["TXT-*"]\n[severity]\n"SUM-001" = "warning"\n[thresholds.costs]\nwarn_above = "1.20"\n'
        '[division.130529]\non = ["TXT-001"]\n',
        encoding="utf-8",
    )
    settings = load_settings(path)
    assert settings.severity == {"SUM-001": Severity.WARNING}
    assert settings.division["130529"].on == ["TXT-001"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('off = ["SUM-999"]', "没有规则“SUM-999”"),
        ('[severity]\n"SUM-001" = "bad"', "程度写 error"),
        ("[thresholds.cost]\nwarn_above = '1'", "是否应为“costs”"),
        ("[thresholds.costs]\nwarn_abov = '1'", "是否应为“warn_above”"),
        ("[thresholds.costs]\nwarn_above = true", "应写作如"),
        ("[thresholds.costs]\nwarn_above = 'viel'", "应写作如"),
        ("[thresholds.indicators]\nfewest = '5'", "应写作如"),
        ("[thresholds.names]\nsame = true", "应写作如"),
        ("[division.hebei]\noff = []", "不是行政区划代码"),
        ('off = "SUM-001"', "“off”的写法不对"),
        ("off = [\n= 3]", "第 2 行第 1 列"),
        ("offf = []", "offf"),
        ("off = ", "不是 TOML"),
        ('[division.130529]\noff = ["XYZ-*"]', "没有规则"),
    ],
)
def test_what_settings_cannot_mean_is_refused_in_words(tmp_path, text, told):
    path = tmp_path / "审核设置.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidSettings) as refused:
        load_settings(path)
    assert told in f"{refused.value.message}{refused.value.remedy}"
    assert refused.value.place == str(path)


def test_settings_that_are_not_there_are_refused(tmp_path):
    with pytest.raises(InvalidSettings, match="打不开"):
        load_settings(tmp_path / "没有.toml")
