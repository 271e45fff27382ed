"""Every address of the application."""

from __future__ import annotations

from django.urls import include, path

from jiheng.web import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("", include("jiheng.web.documents.urls")),
]

handler400 = "jiheng.web.error_pages.bad_request"
handler403 = "jiheng.web.error_pages.forbidden"
handler404 = "jiheng.web.error_pages.not_found"
handler500 = "jiheng.web.error_pages.server_error"
