"""``python -m fuzz [SUFFIX …] [--seconds N]``: breaks files until the time is up, and keeps those that break a reader.

With ``--atheris``, and that library installed, coverage guides the breaking: see ``guided``.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import os
import random
import re
import subprocess
import sys
import time

from fuzz.corpus import KEPT, ROOT, SEEDS
from fuzz.mutate import mutated
from jiheng.errors import Crashed, JihengError, TookTooLong, TookTooMuchMemory
from jiheng.reading.isolated import Bounds, Workers

BOUNDS = Bounds(seconds=30, memory=2 * 1024 * 1024 * 1024)
"""What one small broken file may take."""
_GENERATIONS = 4
_OF_C = "(most recent call first)"


def main() -> int:
    """Exit status 1 when a file broke a reader."""
    options = _options()
    os.environ["JIHENG_SOFFICE"] = os.devnull  # LibreOffice is not what is tried, and takes seconds a file
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    suffixes = options.suffixes or list(SEEDS)
    if options.atheris:
        return max(_guided(suffix, options.seconds) for suffix in suffixes)
    broken = 0
    logging.disable()  # crashes are told below
    with Workers("fuzz.targets:one_file") as workers:
        for suffix in suffixes:
            count, found = try_suffix(workers, suffix, seconds=options.seconds, seed=options.seed)
            print(f"{suffix:6} {count:6} files, {len(found)} broke the reader", flush=True)
            for error, data in found:
                path = KEPT / f"{hashlib.sha256(data).hexdigest()[:12]}{suffix}"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
                print(f"  {path.relative_to(ROOT)}: {type(error).__name__}: {_where(error)}", flush=True)
            broken += len(found)
    return 1 if broken else 0


def try_suffix(
    workers: Workers, suffix: str, *, seconds: float = 3600.0, count: int | None = None, seed: int = 0
) -> tuple[int, list[tuple[JihengError, bytes]]]:
    """How many files were tried, and those that broke the reader, one for each way in which it broke.

    Args:
        workers: that do ``targets.one_file``.
        seconds, count: the end, whichever comes first.
        seed: of the random breaking; the same seed breaks in the same way.
    """
    source = random.Random(f"{seed}{suffix}")  # noqa: S311 - not for secrets
    good = SEEDS[suffix]()
    found: dict[str, tuple[JihengError, bytes]] = {}
    deadline, tried = time.monotonic() + seconds, 0
    data = b""
    while time.monotonic() < deadline and (count is None or tried < count):
        data = mutated(data if tried % _GENERATIONS else source.choice(good), source)
        tried += 1
        try:
            workers.run(f"坏{suffix}".encode(), data, name=f"坏{suffix}", bounds=BOUNDS)
        except (Crashed, TookTooLong, TookTooMuchMemory) as error:
            found.setdefault(_where(error), (error, data))
        except JihengError:
            pass
    return tried, list(found.values())


def _where(error: JihengError) -> str:
    """The end of the trace in few words, which tells one way of breaking from another."""
    trace = "\n".join(getattr(error, "__notes__", [error.message])).strip()
    if _OF_C in trace:  # a library crashed: the innermost call stands first
        lines = trace.partition(_OF_C)[2].splitlines()[1:2] + re.findall(
            r"memory allocation of \d+ bytes", trace
        )
    else:
        lines = trace.splitlines()[-4:]
    return re.sub(r"-?\d{3,}", "n", " | ".join(line.strip() for line in lines))


def _guided(suffix: str, seconds: float) -> int:
    """In a process of its own: what is to be watched must not have been imported before."""
    return subprocess.call([sys.executable, "-m", "fuzz.guided", suffix, str(seconds)])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("suffixes", nargs="*", choices=[*SEEDS, []], metavar="SUFFIX")
    parser.add_argument("--seconds", type=float, default=30.0, help="for each suffix")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--atheris", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
