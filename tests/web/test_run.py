"""Starting: the samples are read in once, by the way that uploads take."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from pytest_django import Settings

from jiheng.errors import JihengError
from jiheng.web import run
from jiheng.web.documents.models import Upload
from tests.web.builders import TEXT, finding, store


@pytest.fixture
def samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Path:
    folder = tmp_path / "samples"
    (folder / "expected").mkdir(parents=True)
    (folder / "README.md").write_text("样例", encoding="utf-8")
    (folder / "水务局.txt").write_text(TEXT, encoding="utf-8")
    (folder / "空.txt").write_text("", encoding="utf-8")
    monkeypatch.setenv("JIHENG_SAMPLES", str(folder))
    settings.DATA_FOLDER = tmp_path
    return folder


@pytest.mark.django_db
def test_samples_are_read_once_and_one_that_was_deleted_stays_away(
    samples: Path, capsys: pytest.CaptureFixture[str]
):
    run.load_samples()
    assert [upload.name for upload in Upload.objects.filter(is_sample=True)] == ["水务局.txt"]
    assert "样例没有读入" in capsys.readouterr().out
    Upload.objects.all().delete()
    (samples / "空.txt").unlink()
    assert run.load_samples() == 0
    assert not Upload.objects.exists()


@pytest.mark.django_db
def test_without_samples_it_starts_all_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("JIHENG_SAMPLES", str(tmp_path / "none"))
    assert run.load_samples() == 0
    run._show_a_sample()


@pytest.mark.django_db
def test_one_sample_is_shown_with_its_findings(capsys: pytest.CaptureFixture[str]):
    upload = store(findings=[finding("revenue.total", message="相差 1.30 万元")])
    Upload.objects.filter(pk=upload.pk).update(is_sample=True)
    run._show_a_sample()
    shown = capsys.readouterr().out
    assert "相差 1.30 万元" in shown
    assert "SUM-001" in shown


def test_a_taken_port_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(JihengError, match="端口"):
            run._refuse_a_taken_port("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize("text", ["", "x", "0", "70000", "-1"])
def test_a_wrong_port_is_refused(text: str):
    with pytest.raises(JihengError):
        run._number(text)
