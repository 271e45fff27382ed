"""The original beside the reading, and corrections: kept with who, when and what stood there."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from PIL import Image

from jiheng.reading.turn import Turn
from jiheng.web.documents import services
from jiheng.web.documents.models import Correction, Upload
from jiheng.web.documents.outcome import Audited, Outcome
from jiheng.web.documents.selectors import stored_by_public_id
from tests.web.builders import TEXT

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
        ({"who": "  "}, 422, "更正人"),
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
