"""``python -m fuzz.guided SUFFIX SECONDS``: files broken under the guidance of coverage, with atheris, in this process."""

from __future__ import annotations

import os
import random
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Does not come back when atheris is installed: it ends the process with its own exit status."""
    suffix, seconds = sys.argv[1], int(float(sys.argv[2]))
    os.environ["JIHENG_SOFFICE"] = os.devnull
    try:
        import atheris
    except ImportError:
        print("atheris is not installed (pip install atheris); leave --atheris out", file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=["jiheng"]):
        from fuzz.corpus import KEPT, SEEDS
        from fuzz.mutate import mutated
        from fuzz.targets import is_refused

        name, good = f"坏{suffix}".encode(), SEEDS[suffix]()
        for data in good:  # readers are imported when they are needed, and must be watched too
            is_refused(name, data)

    def one_input(data: bytes) -> None:
        is_refused(name, data)

    def broken(data: bytes, largest: int, seed: int) -> bytes:
        return mutated(data, random.Random(seed))[:largest]  # noqa: S311 - not for secrets

    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(good):
            (Path(folder) / str(number)).write_bytes(data)
        arguments = [folder, f"-max_total_time={seconds}", "-timeout=30", "-rss_limit_mb=2048"]
        arguments += [f"-artifact_prefix={KEPT}/", "-max_len=131072"]
        atheris.Setup([sys.argv[0], *arguments], one_input, custom_mutator=broken)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
