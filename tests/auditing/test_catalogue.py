"""The catalogue of rules says what the declarations say, and is kept up to date."""

from __future__ import annotations

import tomllib
import unicodedata
from importlib.resources import files

from jiheng.auditing import all_rules
from jiheng.auditing.catalogue import bounds, entries, markdown
from jiheng.auditing.faults import fault_of
from jiheng.auditing.thresholds import stored_thresholds, threshold_titles
from tests.auditing.examples import CATALOGUE, STORED, encoded, examples


def test_the_stored_examples_are_what_the_cases_give():
    assert STORED.read_bytes() == encoded(examples()), "run: make docs"


def test_the_page_in_the_documentation_is_up_to_date():
    assert CATALOGUE.read_text(encoding="utf-8") == markdown(entries()), "run: make docs"


def test_every_rule_is_in_the_catalogue_with_basis_and_example():
    found = entries()
    assert sorted(entry.rule.id for entry in found) == [rule.id for rule in all_rules()]
    assert all(entry.basis and entry.example and entry.keeps for entry in found)
    page = markdown(found)
    assert all(f"### {rule.id} {rule.title}" in page for rule in all_rules())
    assert "（待核对原文）" in page
    assert "合规的写法：写“≥90%”" in page


def test_every_bound_that_can_be_set_is_listed_with_what_it_is():
    stored = {family: set(found) for family, found in stored_thresholds().items()}
    assert {family: set(found) for family, found in threshold_titles().items()} == stored
    page = markdown(entries())
    assert all(
        f"| {bound.family} | {bound.name} | {bound.value} | {bound.title} |" in page for bound in bounds()
    )


def test_every_rule_has_a_fault_in_few_words():
    found = entries()
    stored = tomllib.loads(files("jiheng.auditing").joinpath("faults.toml").read_text(encoding="utf-8"))
    assert list(stored) == [entry.rule.id for entry in found], "one line a rule, in order"
    faults = {rule.id: fault_of(rule.id) for rule in all_rules()}
    assert [rule.id for rule in all_rules() if faults[rule.id] in ("", rule.title)] == []
    assert len(set(faults.values())) == len(faults)
    assert {id_: fault for id_, fault in faults.items() if len(fault) > 24} == {}
    assert [fault for fault in faults.values() if unicodedata.category(fault[-1]).startswith("P")] == []
