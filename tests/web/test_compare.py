"""The original beside the reading, and corrections: kept with who, when and what stood there."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import msgspec
import pytest
from django.test import Client
from PIL import Image

from jiheng.budget import (
    Box,
    BudgetDocument,
    DisclosureTable,
    Kind,
    Place,
    TableColumn,
    TableRow,
    value_at,
)
from jiheng.reading import LeftOver, UnreadBlock
from jiheng.reading.blocks import Cell, Paragraph, Row, Table
from jiheng.reading.turn import Turn
from jiheng.web.documents import services
from jiheng.web.documents.models import Correction, Upload
from jiheng.web.documents.outcome import Audited, Outcome
from jiheng.web.documents.page import original
from jiheng.web.documents.page.compared import compared
from jiheng.web.documents.selectors import stored_by_public_id
from tests.web.builders import TEXT, document, store
from tests.writing.filled import filled_document

pytestmark = pytest.mark.django_db
PATH = "0.projects.0.budget.total"


@pytest.fixture
def upload() -> Upload:
    return services.receive_file(name="水务局.txt", content=TEXT.encode()).upload


def document_of(upload: Upload):
    stored = stored_by_public_id(upload.public_id)
    assert stored is not None
    return stored.outcome.documents[0]


def send(client: Client, upload: Upload, **changed: str):
    fields = {"path": PATH, "before": "16.80", "after": "18.60", "who": "周会计"} | changed
    return client.post(f"{upload.get_absolute_url()}correct/", fields, headers={"Accept": "application/json"})


def test_the_original_stands_beside_every_value(client, upload):
    page = client.get(f"{upload.get_absolute_url()}compare/").content.decode()
    assert "河道清淤经费" in page
    assert 'id="o0-t1-1-' in page
    assert f'data-path="{PATH}"' in page
    assert "没有读懂" in page
    assert "全文" in page


def test_a_correction_is_kept_with_who_and_what_stood_there(client, upload):
    assert send(client, upload).status_code == 201
    document = document_of(upload)
    assert document.projects[0].budget.total == "18.60"
    assert document.projects[0].budget.fiscal == "16.80"
    assert document.projects[0].budget.place_of("total") is not None
    (made,) = Correction.objects.all()
    assert (made.before, made.after, made.who) == ("16.80", "18.60", "周会计")
    assert made.made_at.tzinfo is not None


def test_the_corrected_document_is_audited_anew(client, upload):
    before = upload.reading.error_count
    send(client, upload)
    upload.refresh_from_db()
    assert upload.reading.error_count > before


def test_a_correction_is_taken_back_by_another(client, upload):
    send(client, upload)
    assert send(client, upload, before="18.60", after="16.80").status_code == 201
    assert document_of(upload).projects[0].budget.total == "16.80"
    assert Correction.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "status", "words"),
    [
        ({"before": "16.90"}, 409, "16.80"),
        ({"after": "约十八万"}, 422, "金额"),
        ({"after": "16.80"}, 422, "没有变化"),
        ({"who": "  "}, 422, "姓名"),
        ({"path": "0.projects.9.name"}, 422, "没有这个数据项"),
        ({"path": "0.projects.0.cells"}, 422, "没有这个数据项"),
        ({"path": "0.projects"}, 422, "单个"),
        ({"path": ""}, 422, "没有这个数据项"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_and_changes_nothing(client, upload, changed, status, words):
    answer = send(client, upload, **changed)
    assert answer.status_code == status
    said = answer.json()
    assert words in said["message"] + (said["remedy"] or "")
    assert Correction.objects.count() == 0
    assert document_of(upload).projects[0].budget.total == "16.80"


def test_without_script_a_refusal_keeps_what_was_typed(client, upload):
    fields = {"path": PATH, "before": "16.80", "after": "约十八万", "who": "周会计"}
    answer = client.post(f"{upload.get_absolute_url()}correct/", fields)
    assert answer.status_code == 422
    assert "约十八万" in answer.content.decode()


def test_a_value_is_escaped(client, upload):
    send(client, upload, path="0.projects.0.name", before="河道清淤经费", after="<script>alert(1)</script>")
    page = client.get(f"{upload.get_absolute_url()}compare/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_reading_anew_keeps_corrections_that_still_fit(client, upload):
    send(client, upload)
    services.read_again(upload=upload)
    assert document_of(upload).projects[0].budget.total == "18.60"
    Correction.objects.create(upload=upload, path=PATH, before="99", after="100", who="周会计")
    services.read_again(upload=upload)
    assert document_of(upload).projects[0].budget.total == "18.60"
    assert [made.is_pending for made in Correction.objects.order_by("pk")] == [False, True]


def test_an_indicator_value_is_understood_anew(client, upload):
    path = "0.projects.0.indicators.0.value"
    assert send(client, upload, path=path, before="≥12公里", after="≥15公里").status_code == 201
    assert document_of(upload).projects[0].indicators[0].value.number == "15"


@pytest.mark.parametrize(
    "kind", [Kind.PERFORMANCE_TEXT, Kind.SELF_EVALUATION, Kind.FINAL_ACCOUNTS], ids=lambda kind: kind.value
)
def test_every_value_of_every_kind_of_document_is_listed_and_can_be_put_right(client, kind):
    document = filled_document(kind)
    upload = store([document])
    page = html.unescape(client.get(f"{upload.get_absolute_url()}compare/").content.decode())
    listed = set(re.findall(r'data-path="([^"]+)"', page))
    texts = texts_of(msgspec.to_builtins(document), "0")
    assert len(texts) > 450
    assert [
        path for path in texts if path.removesuffix(".text") not in listed | {path[:-5] for path in listed}
    ] == []
    for path in listed:
        assert value_at([document], path) == texts.get(path, texts.get(f"{path}.text"))


_NO_VALUES = {
    "cells",
    "place",
    "schema",
    "kind",
    "topic",
    "scope",
    "source",
    "columns",
    "is_core",
    "is_final",
    "side",
}


def texts_of(node: Any, path: str) -> dict[str, str]:
    """Path -> text of everything in a document that says something."""
    if isinstance(node, dict):
        if {"text"} <= node.keys() <= {"text", "operator", "number", "unit"}:
            return {f"{path}.text": node["text"]}
        found = {}
        for key, value in node.items():
            words_of_the_format = {"plan": {"unit"}, "remarks": {"section"}, "indicators": {"term"}}
            holder = path.rsplit(".", 1)[0 if path.rsplit(".", 1)[-1].isdigit() else -1].rsplit(".", 1)[-1]
            if key not in _NO_VALUES and key not in words_of_the_format.get(holder, ()):
                found |= texts_of(value, f"{path}.{key}")
        return found
    if isinstance(node, list):
        return {
            at: text for n, value in enumerate(node) for at, text in texts_of(value, f"{path}.{n}").items()
        }
    return {} if node is None or isinstance(node, bool) else {path: str(node)}


def row_of_a_table(**places: Place) -> BudgetDocument:
    row = TableRow(
        name="行政运行", code="2010301", values=["12.50", None], attributes={"1.备注": "甲"}, cells=places
    )
    columns = [TableColumn("total", "合计"), TableColumn("basic", "基本支出")]
    return document(tables=[DisclosureTable(title="支出总表", columns=columns, rows=[row])])


def test_the_figures_of_a_disclosure_table_are_listed_under_their_headings_and_put_right(client):
    upload = store([row_of_a_table(**{"values.0": Place(page=1), "values.1": Place(page=1)})])
    page = client.get(f"{upload.get_absolute_url()}compare/").content.decode()
    assert "<h3>2010301 行政运行</h3>" in page
    for path, label, text in (
        ("values.0", "合计", "12.50"),
        ("values.1", "基本支出", "（空）"),
        ("attributes.1.备注", "1.备注", "甲"),
    ):
        shown = page.split(f'data-path="0.tables.0.rows.0.{path}"')[1]
        assert f"<dt>{label}</dt>" in shown[:200]
        assert text in shown[:400]
    for path, before, after, kept in (
        ("values.0", "12.50", "1,250.00", "1250.00"),
        ("values.1", "", "7.00", "7.00"),
        ("attributes.1.备注", "甲", "乙", "乙"),
    ):
        answer = send(client, upload, path=f"0.tables.0.rows.0.{path}", before=before, after=after)
        assert (answer.status_code, answer.json().get("after")) == (201, kept)
    row = document_of(upload).tables[0].rows[0]
    assert (row.values, row.attributes) == (["1250.00", "7.00"], {"1.备注": "乙"})
    assert (
        send(client, upload, path="0.tables.0.rows.0.values.0", before="1250.00", after="一千").status_code
        == 422
    )


def test_values_that_are_unsure_and_pieces_left_over_stand_out_with_their_spots():
    box, other = Box(0.1, 0.1, 0.3, 0.2), Box(0.5, 0.1, 0.7, 0.2)
    sure = Place(page=1, box=box, confidence=0.99)
    places = {"name": sure, "code": sure, "values.0": Place(page=1, box=other, confidence=0.6)}
    outcome = Outcome(
        format="png",
        documents=[row_of_a_table(**places)],
        unread=[UnreadBlock("看不清", Place(page=1, box=Box(0, 0.5, 1, 0.6)), LeftOver.UNKNOWN, "不认识")],
        pages=1,
    )
    found = compared(outcome, [])
    spots = {spot.id: spot for spot in found.pages[0].spots}
    assert len(spots) == 3
    lines = {line.value.path: line for group in found.groups for line in group.lines}
    row = "0.tables.0.rows.0"
    assert lines[f"{row}.name"].target == lines[f"{row}.code"].target
    unsure = lines[f"{row}.values.0"]
    assert (unsure.value.percent, spots[unsure.target].is_unsure, found.unsure) == (60, True, 1)
    assert spots[found.unread[0].target].is_left


def test_what_was_left_over_points_to_the_original(client):
    upload = services.receive_file(name="水务局.txt", content=f"{TEXT}\n这一句谁也读不懂啊".encode()).upload
    page = client.get(f"{upload.get_absolute_url()}compare/").content.decode()
    outcome = stored_by_public_id(upload.public_id).outcome
    target = compared(outcome, []).unread[0].target
    assert f'href="#{target}"' in page
    assert f'id="{target}"' in page


def test_a_corrected_value_says_who_when_and_what_stood_there(client, upload):
    send(client, upload)
    page = client.get(f"{upload.get_absolute_url()}compare/").content.decode()
    shown = page.split(f'data-path="{PATH}"')[1][:900]
    assert "周会计" in shown
    assert "原为“16.80”" in shown


def test_lines_within_a_value_are_the_same_however_they_are_sent(client, upload):
    path = "0.projects.0.goals.0"
    before = document_of(upload).projects[0].goals[0]
    assert send(client, upload, path=path, before=before, after=f"{before}。\r\n护岸。").status_code == 201
    assert document_of(upload).projects[0].goals[0] == f"{before}。\n护岸。"
    assert send(client, upload, path=path, before=f"{before}。\r\n护岸。", after=before).status_code == 201


def test_without_script_one_value_has_its_form(client, upload):
    page = client.get(f"{upload.get_absolute_url()}compare/?value={PATH}").content.decode()
    assert page.count('class="correct"') == 2  # one of them is the template
    form = page.split(f'data-path="{PATH}"')[1].split("</form>")[0]
    assert f'name="path" value="{PATH}"' in form
    for nothing in ("0.projects", "9.title", "x" * 5000, "\x00"):
        answer = client.get(f"{upload.get_absolute_url()}compare/", {"value": nothing})
        assert answer.status_code == 200
        assert answer.content.decode().count('class="correct"') == 1


def test_a_correction_from_another_site_is_refused(upload):
    strict = Client(enforce_csrf_checks=True)
    assert send(strict, upload).status_code == 403
    assert Correction.objects.count() == 0


def test_a_correction_of_a_file_that_is_not_there(client, upload):
    for address in ("A" * 22, "../../etc/passwd", upload.public_id[:-1]):
        assert client.post(f"/d/{address}/correct/", {"path": PATH}).status_code == 404
    assert client.get(f"{upload.get_absolute_url()}correct/").status_code == 405


@pytest.mark.parametrize(
    "changed",
    [
        {"after": "长" * 20_001},
        {"after": "甲\x00乙"},
        {"path": "0." * 400 + "title"},
        {"path": "0.title" + "9" * 5000},
        {"who": "\x00"},
        {"after": ""},
    ],
    ids=["long", "control sign", "deep path", "long path", "nobody", "nothing where something must stand"],
)
def test_a_correction_out_of_bounds_is_refused_in_words(client, upload, changed):
    if changed == {"after": ""}:
        changed = {"path": "0.projects.0.budget.unit", "before": "万元", "after": ""}
    answer = send(client, upload, **changed)
    assert answer.status_code == 422
    assert answer.json()["message"]
    assert answer.json()["remedy"]
    assert Correction.objects.count() == 0


def test_more_than_a_form_may_hold_is_refused(client, upload):
    answer = send(client, upload, after="长" * 1_000_000)
    assert answer.status_code in (400, 413)
    assert Correction.objects.count() == 0


def test_a_name_is_kept_without_tricks(client, upload):
    assert send(client, upload, who="  周\u202e会计<b>\n " + "长" * 80).status_code == 201
    (made,) = Correction.objects.all()
    assert made.who.startswith("周会计<b>")
    assert len(made.who) == 40
    page = client.get(f"{upload.get_absolute_url()}compare/").content.decode()
    assert "<b>长" not in page


def test_the_page_of_a_picture_is_shown(client):
    picture = Image.new("RGB", (800, 400), "white")
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    upload = services.receive_file(name="空白.png", content=buffer.getvalue()).upload
    answer = client.get(f"{upload.get_absolute_url()}page/1.png")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/png"
    assert client.get(f"{upload.get_absolute_url()}page/2.png").status_code == 404


def test_a_page_is_shown_turned_as_it_was_read(client):
    picture = Image.new("RGB", (80, 40), "white")
    picture.putpixel((2, 3), (200, 0, 0))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    outcome = Outcome(format="png", documents=[], pages=1, turns={1: Turn(1)})
    upload = services.keep_upload(name="横.png", content=buffer.getvalue(), audited=Audited(outcome, []))
    answer = client.get(f"{upload.get_absolute_url()}page/1.png")
    seen = Image.open(io.BytesIO(answer.content))
    assert seen.size == (40, 80)
    assert seen.convert("RGB").getpixel((36, 2)) == (200, 0, 0)


def test_a_text_has_no_page_to_show(client, upload):
    assert client.get(f"{upload.get_absolute_url()}page/1.png").status_code == 404


def test_more_than_a_browser_shows_well_is_cut_with_a_word_about_it(client, monkeypatch):
    rows = [TableRow(name=f"第{number}项", values=[str(number)]) for number in range(30)]
    upload = store(
        [
            document(
                tables=[DisclosureTable(title="支出总表", columns=[TableColumn("total", "合计")], rows=rows)]
            )
        ]
    )
    monkeypatch.setattr("jiheng.web.documents.page.compared.MOST", 60)
    page = client.get(f"{upload.get_absolute_url()}compare/").content.decode()
    listed = page.count('class="value"')
    assert 0 < listed <= 60
    total, omitted = (
        int(re.search(words, page)[1]) for words in (r"读到的内容 (\d+)", r"还有 (\d+) 个没有列出")
    )
    assert listed + omitted == total


def test_the_text_of_a_long_original_is_cut_with_a_word_about_it(monkeypatch):
    monkeypatch.setattr(original, "LONGEST", 10)
    cells = tuple(Cell("甲", Place(table=1, row=1, column=n), n) for n in range(4))
    table = Table(tuple(Row(cells, Place(table=1, row=n)) for n in range(50)), Place(table=1))
    for blocks in ([table], [table, table], [Paragraph("乙", Place(line=n)) for n in range(50)]):
        found = original.original_blocks(blocks)
        shown = sum(len(row) for block in found for row in block.rows) + sum(
            not block.rows for block in found
        )
        assert shown <= 13
        assert "从略" in found[-1].text
    short = [Paragraph("乙", Place(line=1))]
    assert [block.text for block in original.original_blocks(short)] == ["乙"]
