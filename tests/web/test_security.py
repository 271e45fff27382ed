"""What protects the application: headers, tokens, methods, hosts, addresses, the secret."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from jiheng.errors import DamagedFile
from jiheng.web.documents import failures
from jiheng.web.documents.models import Failure, Upload
from jiheng.web.settings.database import database
from jiheng.web.settings.runtime import listed, secret_key
from tests.web.builders import store

pytestmark = pytest.mark.django_db
UNKNOWN = "/d/AAAAAAAAAAAAAAAAAAAAAA/"
PUBLIC = {
    "healthz", "documents:index", "documents:favicon", "documents:show", "documents:delete", "documents:read_again",
    "documents:original", "documents:document", "documents:one_document", "documents:report",
    "documents:compare", "documents:page", "documents:correct", "documents:try_again", "documents:remove_failure",
    "documents:mends", "documents:revision", "documents:rules", "documents:explain", "documents:opinion", "documents:against", "documents:achievement",
    "documents:settings", "documents:settings_file", "documents:versions", "documents:batch",
    "documents:templates", "documents:template_starter", "documents:template_file", "documents:template_preview",
    "documents:by_template", "documents:one_by_template",
}  # fmt: skip
"""Every address that needs no login. There are no accounts yet; from the first one on, this list is the exception."""


def _names(resolver: URLResolver, prefix: str = "") -> set[str]:
    found: set[str] = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            found |= _names(pattern, f"{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern):
            found.add(f"{prefix}{pattern.name}")
    return found


def test_every_address_is_on_the_public_list():
    assert _names(get_resolver()) == PUBLIC


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/healthz", 200), ("/nowhere", 404), (UNKNOWN, 404), (f"{UNKNOWN}document.pdf", 404),
        ("/favicon.ico", 301), ("/static/documents/show.js", 200), ("/static/../settings/base.py", 404),
        (f"{UNKNOWN}read-again/", 405), (f"{UNKNOWN}compare/", 404), (f"{UNKNOWN}page/1.png", 404), (f"{UNKNOWN}correct/", 405),
        (f"{UNKNOWN}mends/", 404), ("/rules/", 200), ("/rules/settings/", 200), ("/rules/settings.toml", 200), ("/rules/templates/", 200), ("/rules/templates/starter.docx", 200),
        ("/rules/templates/7/template.docx", 404), ("/rules/templates/7/preview.pdf", 404), (f"{UNKNOWN}template.docx", 404), (f"{UNKNOWN}explain/", 404), (f"{UNKNOWN}opinion.pdf", 404), (f"{UNKNOWN}against/", 404), (f"{UNKNOWN}versions/", 404), ("/chosen/", 405), (f"{UNKNOWN}revision.docx", 404),
        (f"/f/{'A' * 22}/again/", 405), (f"/f/{'A' * 22}/remove/", 405),
    ],
)  # fmt: skip
def test_every_answer_carries_the_headers(client: Client, path: str, status: int):
    response = client.get(path)
    assert response.status_code == status
    headers = response.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_forms_need_our_token():
    client = Client(enforce_csrf_checks=True)
    upload = store()
    failure = failures.keep(name="坏.pdf", size=3, content=b"abc", error=DamagedFile("坏了。"))
    at = upload.get_absolute_url()
    own = (f"/f/{failure.public_id}/again/", f"/f/{failure.public_id}/remove/", f"{at}correct/")
    for path in ("/", f"{at}delete/", f"{at}read-again/", *own):
        response = client.post(path)
        assert response.status_code == 403
        assert "没有通过安全检查" in response.content.decode()
    assert Upload.objects.exists()
    assert Failure.objects.exists()


@pytest.mark.parametrize("path", ["document.pdf", "report.html", "original", ""])
def test_looking_changes_nothing_and_writing_there_is_refused(client: Client, path: str):
    upload = store()
    for method in (client.post, client.put, client.delete, client.patch):
        response = method(f"{upload.get_absolute_url()}{path}")
        assert response.status_code == 405
        assert "不支持这种操作" in response.content.decode()
    assert Upload.objects.exists()


@pytest.mark.parametrize(
    "path", ["/d/", "/d/x/", "/d/1/", "/d/..%2f..%2fetc%2fpasswd/", f"{UNKNOWN}original", f"{UNKNOWN}delete/"]
)
def test_unknown_addresses_get_a_page_in_chinese(client: Client, path: str):
    response = client.get(path)
    assert response.status_code == 404
    assert "没有这个页面" in response.content.decode()


def test_a_foreign_host_is_refused(client: Client):
    response = client.get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "服务器没有看懂" in response.content.decode()


def test_a_fault_of_ours_shows_a_page_and_no_traceback(settings: Settings):
    upload = store()
    upload.reading.content = "{broken"
    upload.reading.save()
    response = Client(raise_request_exception=False).get(upload.get_absolute_url())
    assert response.status_code == 500
    page = response.content.decode()
    assert "系统内部出错" in page
    assert "Traceback" not in page
    assert "msgspec" not in page


def test_addresses_cannot_be_guessed():
    identities = {store(content=str(number).encode()).public_id for number in range(20)}
    assert len(identities) == 20
    assert all(len(identity) == 22 for identity in identities)


def test_the_secret_is_made_once_and_kept_from_others(tmp_path: Path):
    key = secret_key(tmp_path)
    assert len(key) >= 50
    assert secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_debug_is_off_and_only_this_computer_is_served():
    assert django_settings.DEBUG is False
    assert "*" not in django_settings.ALLOWED_HOSTS


def test_hosts_are_listed_with_commas(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("JIHENG_HOSTS", " a.example, ,b.example ")
    assert listed("JIHENG_HOSTS") == ["a.example", "b.example"]


def test_which_database(tmp_path: Path):
    assert database(None, tmp_path)["NAME"] == str(tmp_path / "jiheng.sqlite3")
    assert database("sqlite:////data/x.db", tmp_path)["NAME"] == "/data/x.db"
    found = database("postgresql://u%40x:p%2Fw@db:5433/name?sslmode=require", tmp_path)
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("u@x", "p/w", "db", "5433")
    assert (found["NAME"], found["OPTIONS"]) == ("name", {"sslmode": "require"})
    for wrong in ("mysql://x/y", "sqlite:///", "nonsense"):
        with pytest.raises(ImproperlyConfigured):
            database(wrong, tmp_path)


def test_health(client: Client):
    assert client.get("/healthz").json()["database"] == "ok"
    assert client.head("/healthz").status_code == 200
