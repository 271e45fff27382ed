"""The addresses of documents."""

from __future__ import annotations

from django.urls import path, re_path

from jiheng.web.documents import (
    against,
    batch,
    compare,
    downloads,
    explaining,
    mending,
    rules,
    settings_page,
    templates_page,
    versions,
    views,
)

app_name = "documents"
_ID = r"(?P<public_id>[A-Za-z0-9_-]{22})"

urlpatterns = [
    path("", views.index, name="index"),
    path("chosen/", batch.act, name="batch"),
    path("rules/", rules.show, name="rules"),
    path("rules/settings/", settings_page.show, name="settings"),
    path("rules/settings.toml", settings_page.download, name="settings_file"),
    path("rules/templates/", templates_page.show, name="templates"),
    path("rules/templates/starter.docx", templates_page.starter, name="template_starter"),
    re_path(
        r"^rules/templates/(?P<number>[1-9][0-9]{0,9})/template\.docx$",
        templates_page.download,
        name="template_file",
    ),
    re_path(
        r"^rules/templates/(?P<number>[1-9][0-9]{0,9})/preview\.(?P<form>docx|pdf)$",
        templates_page.preview,
        name="template_preview",
    ),
    path("favicon.ico", views.favicon, name="favicon"),
    re_path(rf"^d/{_ID}/$", views.show, name="show"),
    re_path(rf"^f/{_ID}/again/$", views.try_again, name="try_again"),
    re_path(rf"^f/{_ID}/remove/$", views.remove_failure, name="remove_failure"),
    re_path(rf"^d/{_ID}/delete/$", views.delete, name="delete"),
    re_path(rf"^d/{_ID}/read-again/$", views.read_again, name="read_again"),
    re_path(rf"^d/{_ID}/compare/$", compare.show, name="compare"),
    re_path(rf"^d/{_ID}/correct/$", compare.correct, name="correct"),
    re_path(rf"^d/{_ID}/page/(?P<number>[1-9][0-9]{{0,3}})\.png$", compare.page, name="page"),
    re_path(rf"^d/{_ID}/against/$", against.show, name="against"),
    re_path(rf"^d/{_ID}/versions/$", versions.show, name="versions"),
    re_path(rf"^d/{_ID}/explain/$", explaining.show, name="explain"),
    re_path(rf"^d/{_ID}/mends/$", mending.show, name="mends"),
    re_path(rf"^d/{_ID}/revision\.docx$", mending.revision, name="revision"),
    re_path(rf"^d/{_ID}/original$", downloads.original, name="original"),
    re_path(
        rf"^d/{_ID}/document\.(?P<form>docx|pdf|html|xlsx|tables\.xlsx|json)$",
        downloads.document,
        name="document",
    ),
    re_path(
        rf"^d/{_ID}/(?P<number>[1-9][0-9]{{0,2}})/document\.(?P<form>docx|pdf|html)$",
        downloads.document,
        name="one_document",
    ),
    re_path(rf"^d/{_ID}/template\.(?P<form>docx|pdf)$", downloads.by_template, name="by_template"),
    re_path(
        rf"^d/{_ID}/(?P<number>[1-9][0-9]{{0,2}})/template\.(?P<form>docx|pdf)$",
        downloads.by_template,
        name="one_by_template",
    ),
    re_path(rf"^d/{_ID}/achievement\.(?P<form>docx|pdf|html)$", downloads.achievement, name="achievement"),
    re_path(rf"^d/{_ID}/opinion\.(?P<form>docx|pdf)$", downloads.opinion, name="opinion"),
    re_path(rf"^d/{_ID}/report\.(?P<form>html|pdf|docx|xlsx|json|sarif)$", downloads.report, name="report"),
]
