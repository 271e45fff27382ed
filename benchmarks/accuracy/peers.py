"""Other programs on the same files, in an environment of their own (``requirements/bench.txt``).

As a module: runs them. As a script, ``python peers.py <markitdown|pdfplumber|python-docx> FILE...``, inside that
environment: prints for each file the seconds it took and the rows of its tables as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent.parent / ".stamps" / "peers"
READS = {
    "pdfplumber": frozenset({".pdf"}),
    "markitdown": frozenset({".pdf", ".docx", ".xlsx", ".xls", ".html"}),
    "python-docx": frozenset({".docx"}),
}
_SECONDS = 900


def are_installed() -> bool:
    """Whether their environment has been made (``make accuracy`` and ``make bench`` do)."""
    return (FOLDER / "bin" / "python").exists()


def versions() -> dict[str, str]:
    """The version of each that is installed."""
    if not are_installed():
        return {}
    code = f"import json, importlib.metadata as m; print(json.dumps({{n: m.version(n) for n in {sorted(READS)}}}))"
    return dict(json.loads(_run("-c", code)))


def measure(peer: str, files: Sequence[Path]) -> list[dict[str, Any]]:
    """For each of ``files``: "seconds", and "rows" as grid column -> text (white space removed)."""
    answer = json.loads(_run(str(Path(__file__).resolve()), peer, *map(str, files)))
    for one in answer:
        one["rows"] = [{int(at): text for at, text in row.items()} for row in one["rows"]]
    return list(answer)


def _run(*arguments: str) -> str:
    done = subprocess.run(
        [str(FOLDER / "bin" / "python"), *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=_SECONDS,
    )
    return done.stdout


def _rows(tables: Iterator[list[list[str | None]]]) -> list[dict[int, str]]:
    return [
        {column: text for column, cell in enumerate(row) if (text := "".join((cell or "").split()))}
        for table in tables
        for row in table
    ]


def _pdfplumber() -> Callable[[str], list[dict[int, str]]]:
    import pdfplumber

    def read(path: str) -> list[dict[int, str]]:
        with pdfplumber.open(path) as document:
            return _rows(table for page in document.pages for table in page.extract_tables())

    return read


def _python_docx() -> Callable[[str], list[dict[int, str]]]:
    """A merged cell is given again for every place that it covers; only the first is its own."""
    import docx

    def read(path: str) -> list[dict[int, str]]:
        found = []
        for table in docx.Document(path).tables:
            seen = set()  # of the elements themselves, which keeps them alive
            for row in table.rows:
                texts: dict[int, str] = {}
                for column, cell in enumerate(row.cells):
                    text = "".join(cell.text.split())
                    if text and cell._tc not in seen:
                        texts[column] = text
                    seen.add(cell._tc)
                found.append(texts)
        return found

    return read


def _markitdown() -> Callable[[str], list[dict[int, str]]]:
    """Its answer is Markdown; "NaN" and "Unnamed" stand for empty cells of a workbook."""
    from markitdown import MarkItDown

    converter = MarkItDown(enable_plugins=False)

    def cells(line: str) -> dict[int, str]:
        texts = ("".join(cell.replace("\\n", "").split()) for cell in line.strip()[1:-1].split("|"))
        return {
            column: text.replace("\\", "")
            for column, text in enumerate(texts)
            if text and text != "NaN" and not text.startswith("Unnamed:")
        }

    def read(path: str) -> list[dict[int, str]]:
        lines = converter.convert(path).text_content.splitlines()
        return [cells(line) for line in lines if line.startswith("|") and set(line) - set("|- ")]

    return read


def _main(peer: str, files: Sequence[str]) -> None:
    read = {"pdfplumber": _pdfplumber, "markitdown": _markitdown, "python-docx": _python_docx}[peer]()
    answer = []
    for path in files:
        read(path) if path == files[0] else None  # what is loaded at the first call is not counted
        begin = time.perf_counter()
        try:
            rows = read(path)
        except Exception as error:  # a program that fails on a file has found nothing in it
            print(f"{peer}: {path}: {error}", file=sys.stderr)
            rows = []
        answer.append({"seconds": time.perf_counter() - begin, "rows": rows})
    print(json.dumps(answer))


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2:])
