"""Files that LibreOffice makes of other files: what the programs of an office save."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

_FILTERS = {"xls": "xls:MS Excel 97", "pdf": "pdf", "doc": "doc:MS Word 97"}
_BATCH = 40


def converted(files: Sequence[bytes], suffix: str, target: str) -> list[bytes]:
    """Every file (ending in ``suffix``) in the format ``target``; many at once, since starting takes longest."""
    found: list[bytes] = []
    for begin in range(0, len(files), _BATCH):
        found += _batch(files[begin : begin + _BATCH], suffix, target)
    return found


def _batch(files: Sequence[bytes], suffix: str, target: str) -> list[bytes]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = [folder / f"{index:03}{suffix}" for index in range(len(files))]
        for source, data in zip(sources, files, strict=True):
            source.write_bytes(data)
        subprocess.run(
            ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
             _FILTERS.get(target, target), "--outdir", str(folder / "out"), *map(str, sources)],
            check=True, capture_output=True, timeout=60 + 30 * len(files),
        )  # fmt: skip
        return [(folder / "out" / f"{source.stem}.{target}").read_bytes() for source in sources]
