"""Where the running application keeps what it must remember: the data folder and the secret in it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def data_folder() -> Path:
    """``JIHENG_DATA``, by default ``var`` in the current folder; made when it is not there."""
    folder = Path(os.environ.get("JIHENG_DATA") or "var").resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """The key that signs cookies and forms: made once, readable by its owner only."""
    path = folder / "secret_key"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key


def listed(name: str) -> list[str]:
    """The environment variable ``name`` as a list, its parts set apart by commas."""
    return [part for part in map(str.strip, os.environ.get(name, "").split(",")) if part]
