"""The exchange format: JSON out and in, its schema, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from jiheng.budget import BudgetDocument, Indicator, IndicatorValue, Place, Project, ProjectBudget, exchange
from jiheng.errors import InvalidDocument
from jiheng.reading import read
from tests.conftest import ROOT, seed_path

SCHEMA = ROOT / "docs" / "jiheng-1.schema.json"


def small() -> BudgetDocument:
    return BudgetDocument(
        title="清河县水务局2024年部门预算绩效文本",
        projects=[
            Project(
                name="水表更换",
                budget=ProjectBudget(total="16.80", cells={"total": Place(table=1, row=2)}),
                indicators=[
                    Indicator(level1="产出指标", value=IndicatorValue.parse("≥95%"), place=Place(line=9))
                ],
            )
        ],
    )


def test_absent_is_null_and_amounts_are_text():
    (document,) = json.loads(exchange.dumps([small()]))
    assert document["schema"] == "jiheng/1"
    assert document["revenue"] is None
    assert document["projects"][0]["budget"] == {
        "total": "16.80",
        "fiscal": None,
        "other": None,
        "unit": "万元",
    }
    assert document["projects"][0]["indicators"][0]["value"] == {
        "text": "≥95%", "operator": "≥", "number": "95", "unit": "%",
    }  # fmt: skip
    assert document["projects"][0]["indicators"][0]["place"] == {"line": 9}


def test_places_of_values_travel_when_asked_for():
    kept = exchange.loads(exchange.dumps([small()], with_cells=True))[0]
    assert kept.projects[0].budget.place_of("total") == Place(table=1, row=2)
    dropped = exchange.loads(exchange.dumps([small()]))[0]
    assert dropped.projects[0].budget.place_of("total") is None


def test_equality_is_of_content_and_not_of_places():
    assert exchange.loads(exchange.dumps([small()])) == [small()]
    other = exchange.loads(exchange.dumps([small()]).replace(b"16.80", b"16.8"))
    assert other != [small()]


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_every_seed_travels_through_json_and_fits_the_schema(number):
    documents = read(seed_path(number)).documents
    data = exchange.dumps(documents)
    assert exchange.loads(data) == documents
    jsonschema.validate(json.loads(data), exchange.json_schema())


def test_the_schema_in_the_docs_is_the_one_of_the_types(update_golden):
    text = json.dumps(exchange.json_schema(), ensure_ascii=False, indent=2) + "\n"
    if update_golden:
        Path(SCHEMA).write_text(text, encoding="utf-8")
    assert SCHEMA.read_text(encoding="utf-8") == text, (
        "run: pytest --update-golden tests/budget/test_exchange.py"
    )


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b'[{"projects": [{"budget": {"total": "about five"}}]}]', "[0].projects[0].budget.total"),
        (b'[{"kind": "poem"}]', "[0].kind"),
        (b'[{"schema": "jiheng/9"}]', "[0].schema"),
        (b"{not json", None),
        (b"\xff\xfe\x00", None),
    ],
)
def test_what_does_not_follow_the_format_is_refused_with_its_place(data, place):
    with pytest.raises(InvalidDocument) as caught:
        exchange.loads(data)
    assert caught.value.place == place
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("number", "NaN", "数应写成小数"),
        ("number", "1e999", "数应写成小数"),
        ("number", "٣", "数应写成小数"),
        ("operator", "≧", "符号应为"),
        ("operator", "", "符号应为"),
    ],
)
def test_a_value_that_is_no_number_is_refused(field, value, words):
    (plain,) = exchange.to_builtins([small()])
    plain["projects"][0]["indicators"][0]["value"][field] = value
    with pytest.raises(InvalidDocument, match=words):
        exchange.loads(json.dumps([plain]))


def test_json_without_a_bottom_is_refused():
    with pytest.raises(InvalidDocument):
        exchange.loads(b'[{"x":' * 50_000)
