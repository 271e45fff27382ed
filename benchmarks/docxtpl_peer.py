"""docxtpl fills the same goal tables: run inside the environment of the other programs.

``python docxtpl_peer.py TEMPLATE.docx CONTEXT.json RUNS`` prints the seconds of each run, without loading modules.
"""

from __future__ import annotations

import io
import json
import sys
import time
from pathlib import Path


def main(template: str, context: str, runs: int) -> None:
    """Prints a JSON list of seconds."""
    from docxtpl import DocxTemplate

    data = Path(template).read_bytes()
    values = json.loads(Path(context).read_text(encoding="utf-8"))
    taken = []
    for run in range(runs + 1):
        begin = time.perf_counter()
        document = DocxTemplate(io.BytesIO(data))
        document.render(values, autoescape=True)
        buffer = io.BytesIO()
        document.save(buffer)
        if run:  # the first one loads what is loaded once
            taken.append(time.perf_counter() - begin)
    print(json.dumps(taken))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
