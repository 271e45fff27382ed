"""The same document has the same findings, to the letter, in every process."""

from __future__ import annotations

import os
import subprocess
import sys

_AUDIT = """
import sys
from jiheng.auditing import audit
from tests.auditing.builders import document
from tests.auditing.test_rules import ALL, RULES
for case in ALL:
    rule, table = case.values
    documents = [document(one) for one in table.get("documents") or [table["document"]]]
    previous, library = ([document(one) for one in table.get(key, [])] for key in ("previous", "library"))
    found = audit(documents, previous=previous, library=library, rules=[RULES[rule]]).findings
    sys.stdout.buffer.write("".join(f"{rule} {one.message} {one.remedy}\\n" for one in found).encode())
"""


def _audited(hash_seed: str) -> list[str]:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", _AUDIT]
    done = subprocess.run(command, env=environment, capture_output=True, check=True, timeout=120)
    return done.stdout.decode().splitlines()


def test_the_findings_of_all_cases_do_not_depend_on_how_strings_are_hashed():
    first = _audited("1")
    assert len(first) > 100
    assert _audited("2") == first
