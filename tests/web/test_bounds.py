"""Reading and writing in a process of their own: bounds of time and memory, crashes, and errors that keep their class."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.test import Client
from pytest_django import Settings

from jiheng.errors import Crashed, DamagedFile, MissingPart, TookTooMuchMemory
from jiheng.web.documents import bounded
from jiheng.web.documents.models import Upload
from jiheng.web.documents.worker import Task
from tests.web.builders import TEXT, document


def test_an_error_keeps_its_class_and_words():
    with pytest.raises(DamagedFile) as caught:
        bounded.read_and_audit("空.txt", b" ")
    assert caught.value.message == "文件是空的。"
    assert caught.value.place == "空.txt"
    with pytest.raises(MissingPart):
        bounded.write_documents([document(projects=[], overall_goal=[])], "docx", "x")


@pytest.mark.django_db
def test_what_takes_too_long_is_stopped(client: Client, settings: Settings):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.WORK_SECONDS = 0.05  # so many documents take a second, however fast the machine
    response = client.post("/", {"files": SimpleUploadedFile("慢.txt", TEXT.encode() * 500)})
    assert response.status_code == 422
    assert "已停止" in response.content.decode()
    assert not Upload.objects.exists()


def test_what_swells_is_stopped(settings: Settings):
    pytest.importorskip("resource")
    settings.WORK_MEMORY_BYTES = 64 * 1024 * 1024
    with pytest.raises((TookTooMuchMemory, Crashed)):
        bounded.read_and_audit("大.txt", b"x" * (40 * 1024 * 1024))


def test_a_crash_is_told_from_a_refusal():
    with pytest.raises(Crashed, match="程序出错"):
        bounded._run(Task("no such verb", "x"), b"")


def test_too_many_at_once(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    import threading

    full = threading.BoundedSemaphore(1)
    full.acquire()
    monkeypatch.setattr(bounded, "_places", lambda: full)
    settings.WORK_SECONDS = 0.02
    with pytest.raises(bounded.TooBusy):
        bounded.read_and_audit("x.txt", b"x")


def test_the_worker_needs_no_django():
    code = "import sys, jiheng.web.documents.worker; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, env=os.environ.copy()).returncode == 0
