"""Whether processes run, for tests of those that must not be left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")  # a zombie that nobody has waited for yet runs no more
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 60
    while is_running(pid):
        assert time.monotonic() < deadline, f"{pid} is still running"
        time.sleep(0.05)


def run_jiheng(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The command line with ``arguments``, to its end."""
    command = [sys.executable, "-m", "jiheng.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, cwd=cwd)
