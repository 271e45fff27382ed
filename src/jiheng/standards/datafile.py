"""How a data file beside the look-ups is opened: CSV with a commented header, or TOML."""

from __future__ import annotations

import csv
import os
from typing import Any

_FOLDER = os.path.join(os.path.dirname(__file__), "data")


def csv_rows(name: str) -> list[list[str]]:
    """The rows of ``data/<name>`` without the comments and the column names at its head."""
    with open(os.path.join(_FOLDER, name), encoding="utf-8", newline="") as file:
        return list(csv.reader(line for line in file if not line.startswith("#")))[1:]


def toml_table(name: str) -> dict[str, Any]:
    """The whole of ``data/<name>``."""
    import tomllib

    with open(os.path.join(_FOLDER, name), "rb") as file:
        return tomllib.load(file)
