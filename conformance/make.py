"""Makes the suite: documents, what must be read from them, what must be found in them.

python -m conformance.make            # writes documents/, expected/ and manifest.json anew
"""

from __future__ import annotations

import io
import json
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from benchmarks.accuracy import content, performance, render
from benchmarks.accuracy.known import Known
from conformance.making import (
    disclosure_errors,
    part_errors,
    report_errors,
    table_errors,
    text_errors,
    year_errors,
)
from conformance.making.disclosures import disclosures
from conformance.making.paper import Paper, documents_of, numbered, paper, whole_record
from conformance.making.reports import reports
from conformance.making.tables import clean_tables
from conformance.making.texts import texts
from jiheng.reading.blocks import Block, Table

HERE: Final = Path(__file__).resolve().parent
_SEED: Final = 7
_MARKS: Final = ("<!-- kinds -->", "<!-- /kinds -->")
_DATE: Final = (2024, 1, 1, 0, 0, 0)


def papers() -> Iterator[Paper]:
    """Every document of the suite, by name within its group."""
    yield from _layouts()
    yield from (*texts(), *disclosures(), *clean_tables(), *reports())
    for module in (text_errors, disclosure_errors, table_errors, report_errors, part_errors, year_errors):
        yield from module.papers()


def _layouts() -> Iterator[Paper]:
    """Forms and tables with figures drawn by chance: for reading only, since such figures do not agree."""
    for known in content.forms(_SEED):
        variant = known.name[:3].upper() if known.name.startswith("v") else "others"
        layout = "goal form, ministry" if known.name.startswith("m") else f"goal form, {variant}"
        yield _drawn(known, f"form-{known.name}", layout, has_text=_is_told_by_text(known.blocks))
    for known in content.tables(_SEED):
        yield _drawn(known, f"tables-{known.name}", "tables of provinces", has_text=False)
    for seed in (_SEED, _SEED + 1):
        (known,) = performance.texts(seed)
        truth = known.documents
        yield paper(f"drawn-text-{seed}", "performance text", known.blocks, truth, findings=None)


def _drawn(known: Known, name: str, layout: str, *, has_text: bool) -> Paper:
    blocks = numbered(known.blocks)
    paper(name, layout, blocks, known.documents)  # the grid holds what was checked by hand
    record = whole_record(documents_of(blocks))
    return Paper(name, layout, blocks, record, findings=None, has_text=has_text)


def _is_told_by_text(blocks: Any) -> bool:
    """Whether no cell is merged downwards but at the left, where a text file shows it by what is empty."""
    return not any(
        cell.rows > 1 and cell.column
        for block in blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
    )


def suffixes(made: Paper) -> list[str]:
    """Both formats for what is clean; one for what has an error, whatever other cases there are."""
    both = [".docx", ".txt"] if made.has_text else [".docx"]
    return both if not made.findings else [both[crc32(made.name.encode()) % len(both)]]


def file_of(blocks: list[Block], suffix: str) -> bytes:
    """A file, the same bytes at any time."""
    if suffix == ".txt":
        return render.text(blocks).decode("gb18030").encode()
    package = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(render.docx(blocks))) as source,
        zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return package.getvalue()


def files(made: Paper) -> dict[str, bytes]:
    """Every file of a case, by its path below the suite."""
    found = {f"documents/{made.name}{suffix}": file_of(made.blocks, suffix) for suffix in suffixes(made)}
    found[f"expected/{made.name}.reading.json"] = as_json(made.record)
    if made.findings is not None:
        found[f"expected/{made.name}.findings.json"] = as_json([wrong.as_json() for wrong in made.findings])
    return found


def as_json(value: Any) -> bytes:
    """A short line an item, so that differences can be read."""
    if isinstance(value, list):
        lines = ",\n".join(_lines(item) for item in value)
        return f"[\n{lines}\n]\n".encode() if value else b"[]\n"
    return (json.dumps(value, ensure_ascii=False) + "\n").encode()


def _lines(item: Any) -> str:
    if not isinstance(item, dict):
        return json.dumps(item, ensure_ascii=False)
    fields = (f"  {json.dumps(key)}: {_field(value)}" for key, value in item.items())
    return "{\n" + ",\n".join(fields) + "\n}"


def _field(value: Any) -> str:
    if not isinstance(value, list) or not any(isinstance(item, dict) for item in value):
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(f"    {json.dumps(item, ensure_ascii=False)}" for item in value) + "\n  ]"


def case_of(made: Paper) -> dict[str, Any]:
    """The entry of the manifest."""
    case = {
        "name": made.name,
        "layout": made.layout,
        "files": [f"documents/{made.name}{suffix}" for suffix in suffixes(made)],
        "reading": f"expected/{made.name}.reading.json",
        "findings": None if made.findings is None else f"expected/{made.name}.findings.json",
    }
    return case | {"previous": f"documents/{made.previous}.docx"} if made.previous else case


def readme(text: str) -> str:
    """The page with the table of kinds between its two marks."""
    head, _, rest = text.partition(_MARKS[0])
    kinds = json.loads((HERE / "kinds.json").read_text(encoding="utf-8"))
    rows = "\n".join(f"| `{kind}` | {title['zh']} | {title['en']} |" for kind, title in kinds.items())
    table = f"| kind | 种类 | what is wrong |\n| --- | --- | --- |\n{rows}"
    return f"{head}{_MARKS[0]}\n{table}\n{_MARKS[1]}{rest.partition(_MARKS[1])[2]}"


def write(target: Path) -> int:
    """Writes the whole suite below ``target``; how many cases there are."""
    for folder in ("documents", "expected"):
        shutil.rmtree(target / folder, ignore_errors=True)
        (target / folder).mkdir(parents=True)
    cases = []
    for made in papers():
        for name, data in files(made).items():
            (target / name).write_bytes(data)
        cases.append(case_of(made))
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    (target / "manifest.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    return len(cases)


if __name__ == "__main__":
    page = HERE / "README.md"
    page.write_text(readme(page.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{write(HERE)} cases", file=sys.stderr)
