"""The page with the catalogue of rules."""

from __future__ import annotations

import pytest

from jiheng.auditing import all_rules
from jiheng.budget import Severity
from tests.web.builders import document, finding, page_of, store

pytestmark = pytest.mark.django_db


def test_every_rule_stands_on_the_page(client):
    page = client.get("/rules/").content.decode()
    assert all(f'id="{rule.id}"' in page for rule in all_rules())
    assert f"共 {len(all_rules())} 条" in page


def test_rules_are_found_by_words_in_any_order(client):
    page = client.get("/rules/", {"q": "合计 三公"}).content.decode()
    assert 'id="SUM-009"' in page
    assert 'id="PLAN-001"' not in page
    assert "没有这样的规则" in client.get("/rules/", {"q": "不存在的词"}).content.decode()


def test_what_is_looked_for_is_escaped(client):
    assert "<script>alert" not in client.get("/rules/", {"q": "<script>alert(1)</script>"}).content.decode()


def test_a_finding_leads_to_its_rule(client):
    upload = store([document()], [finding("projects.0.budget.total", Severity.ERROR)])
    assert 'href="/rules/#SUM-001"' in page_of(client, upload)


def test_ids_are_found_however_they_are_typed(client):
    upper, lower = (client.get("/rules/", {"q": q}).content.decode() for q in ("PLAN-001", "plan-001"))
    assert 'id="PLAN-001"' in upper
    assert 'id="PLAN-001"' in lower
