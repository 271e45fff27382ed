"""The page of the audit's settings: what it changes, what it refuses, and that files follow."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiheng.auditing import parse_settings
from jiheng.errors import InvalidSettings
from jiheng.web.documents import corrections, rule_settings, services
from jiheng.web.documents.models import Reading, RuleSettings
from jiheng.web.documents.settings_text import CHOICES, with_bound, with_rule
from tests.web.builders import TEXT

pytestmark = pytest.mark.django_db
PAGE = "/rules/settings/"


def change(client, **fields):
    version = rule_settings.in_force().version
    return client.post(PAGE, {"action": "rule", "who": "周会计", "version": version, **fields})


def rules_of(upload):
    return {finding["rule"] for finding in json.loads(Reading.objects.get(upload=upload).findings)}


def received(name="甲.txt", text=TEXT):
    return services.receive_file(name=name, content=text.encode()).upload


def test_a_rule_that_is_switched_off_finds_nothing_any_more(client):
    upload = received()
    rule = sorted(rules_of(upload))[0]
    answer = change(client, rule=f"{rule} 名称", choice="off")
    assert answer.status_code == 303
    assert rule_settings.in_force().settings.off == [rule]
    assert rule in rules_of(upload)  # until it is audited again
    assert "还按原来的设置审核" in client.get(upload.get_absolute_url()).content.decode()
    assert "有 1 份文件还按原来的设置审核" in client.get(PAGE).content.decode()
    done = client.post(PAGE, {"action": "audit"})
    assert done["Location"] == f"{PAGE}?audited=1"
    assert rule not in rules_of(upload)
    assert "还按原来的设置审核" not in client.get(PAGE).content.decode()
    assert rule not in rules_of(received("乙.txt", TEXT + "\n"))
    assert "已停用" in client.get("/rules/").content.decode()


def test_another_severity_and_its_default_again(client):
    change(client, rule="SUM-001", choice="notice", division="130529")
    assert "130529 作提示" in client.get("/rules/").content.decode()
    change(client, rule="sum-001", choice="default", division="130529")
    assert rule_settings.in_force().text == ""
    assert [one.said for one in RuleSettings.objects.all()] == [
        "SUM-001 按默认（130529）",
        "SUM-001 作提示（130529）",
    ]


def test_a_bound_is_set_and_taken_back(client):
    change(client, action="bound", bound="prices.台式计算机", value="6000")
    assert rule_settings.in_force().settings.thresholds == {"prices": {"台式计算机": 6000}}
    change(client, action="bound", bound="prices.台式计算机", value="")
    assert rule_settings.in_force().settings.thresholds == {}


def test_the_whole_text_is_kept_as_it_was_written_and_handed_out(client):
    text = '# 本县\noff = ["TXT-*"]\n'
    change(client, action="text", text=text.replace("\n", "\r\n"))
    assert rule_settings.in_force().text == text
    answer = client.get("/rules/settings.toml")
    assert answer.content.decode() == text
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize(
    ("fields", "told", "status"),
    [
        ({"rule": "SUM-999", "choice": "off"}, "没有规则“SUM-999”", 422),
        ({"rule": "SUM-001", "choice": "kill"}, "请在列出的几种中选择", 422),
        ({"rule": "SUM-001", "choice": "default"}, "设置没有变化", 422),
        ({"rule": "SUM-001", "choice": "off", "who": " "}, "请写明姓名", 422),
        ({"rule": "SUM-001", "choice": "off", "division": "abc"}, "不是行政区划代码", 422),
        ({"action": "bound", "bound": "costs.warn_above", "value": "多"}, "应写作如", 422),
        ({"action": "bound", "bound": "costs.nothing", "value": "1"}, "没有界限", 422),
        ({"action": "bound", "bound": "", "value": "1"}, "没有", 422),
        ({"action": "text", "text": "off = "}, "不是 TOML", 422),
        ({"action": "text", "text": "# " + "长" * 70_000}, "太长", 422),
        ({"action": "else"}, "没有看懂要改什么", 422),
        ({"rule": "SUM-001", "choice": "off", "version": "77"}, "刚被别人改过", 409),
        ({"rule": "SUM-001", "choice": "off", "version": "x"}, "刚被别人改过", 409),
    ],
)
def test_what_cannot_be_set_is_refused_in_words_and_changes_nothing(client, fields, told, status):
    answer = change(client, **fields)
    assert answer.status_code == status
    assert told in answer.content.decode()
    assert not RuleSettings.objects.exists()


def test_what_was_typed_is_not_lost_when_it_is_refused(client):
    page = change(client, action="text", text='off = ["SUM-999"]<script>').content.decode()
    assert "off = [&quot;SUM-999&quot;]&lt;script&gt;" in page


def test_settings_that_this_version_does_not_know_are_told_and_stop_no_audit(client):
    RuleSettings.objects.create(text='off = ["OLD-001"]', who="周会计")
    assert "没有规则“OLD-001”" in client.get(PAGE).content.decode()
    assert received().reading.settings_version == rule_settings.in_force().version


def test_a_form_from_elsewhere_is_refused(client):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PAGE, {"action": "audit"}).status_code == 403
    assert client.put(PAGE).status_code == 405
    assert client.post("/rules/settings.toml").status_code == 405


def test_auditing_goes_on_where_one_request_did_not_suffice(client, monkeypatch):
    for number in range(3):
        received(f"{number}.txt", TEXT + "\n" * number)
    change(client, rule="SUM-001", choice="off")
    monkeypatch.setattr("jiheng.web.documents.settings_page._SECONDS", -1.0)
    places = [client.post(PAGE, {"action": "audit"})["Location"] for _ in range(3)]
    assert places == [f"{PAGE}?auditing=1"] * 2 + [f"{PAGE}?audited=1"]
    assert "data-go-on" not in client.get(f"{PAGE}?auditing=1").content.decode()


def test_a_corrected_value_stays_when_its_file_is_audited_again(client):
    upload = received()
    corrections.correct(
        upload=upload, path="0.projects.0.name", before="河道清淤经费", after="河道清除淤泥经费", who="周会计"
    )
    change(client, rule="SUM-001", choice="off")
    client.post(PAGE, {"action": "audit"})
    assert "河道清除淤泥经费" in Reading.objects.get(upload=upload).content


def test_an_uploaded_file_is_audited_by_the_settings_that_hold(client):
    change(client, action="text", text='off = ["*-*"]')
    answer = client.post("/", {"files": SimpleUploadedFile("甲.txt", TEXT.encode())})
    assert answer.status_code == 303
    assert Reading.objects.get().findings == "[]"


@pytest.mark.parametrize("choice", CHOICES)
def test_a_choice_replaces_the_one_before_and_leaves_the_rest(choice):
    text = (
        '# 说明\noff = ["TXT-*", "SUM-001"] # 停用\n\n[severity]\n"VAL-003" = "notice"\n"SUM-001" = "error"\n'
    )
    settings = parse_settings(with_rule(text, "SUM-001", choice))
    assert ("SUM-001" in settings.off, "SUM-001" in settings.on) == (choice == "off", choice == "on")
    assert settings.severity.get("SUM-001") == (choice if choice in ("error", "warning", "notice") else None)
    assert "TXT-*" in settings.off
    assert "# 说明" in with_rule(text, "SUM-001", choice)
    assert with_rule(with_rule(text, "SUM-001", choice), "SUM-001", choice) == with_rule(
        text, "SUM-001", choice
    )


@pytest.mark.parametrize(
    ("text", "division"),
    [("severity = 3", ""), ('division = "x"', "130529"), ("[division]\n130529 = 1", "130529")],
)
def test_a_text_of_another_shape_is_not_written_into(text, division):
    with pytest.raises(InvalidSettings, match="写法不对"):
        with_rule(text, "SUM-001", "error", division)


def test_what_is_no_toml_is_not_written_into():
    with pytest.raises(InvalidSettings, match="不是 TOML"):
        with_bound("off =", "costs", "warn_above", "1")
