"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Uploads and their readings."""

    name = "jiheng.web.documents"
    label = "documents"
    verbose_name = "文件"
    default_auto_field = "django.db.models.BigAutoField"
