"""Which database: SQLite in the data folder, or what ``DATABASE_URL`` names."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BUSY_SECONDS = 10
"""How long a writer waits for another one before giving up."""


def database(url: str | None, folder: Path) -> dict[str, Any]:
    """Django's settings for the database at ``url``; without one, SQLite in ``folder``.

    Raises:
        ImproperlyConfigured: for an address of another kind than ``postgresql://`` or ``sqlite:///``.
    """
    if not url:
        return _sqlite(folder / "jiheng.sqlite3")
    parts = urlsplit(url)
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    if parts.scheme == "sqlite" and not parts.netloc and parts.path.strip("/"):
        return _sqlite(Path("/" + unquote(parts.path).lstrip("/")))
    raise ImproperlyConfigured(
        "DATABASE_URL 应为 postgresql://用户:口令@主机:端口/库名 或 sqlite:///绝对路径，请更正后重新启动。"
    )


def _sqlite(path: Path) -> dict[str, Any]:
    pragmas = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "timeout": BUSY_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": "".join(f"PRAGMA {pragma};" for pragma in pragmas),
        },
    }
