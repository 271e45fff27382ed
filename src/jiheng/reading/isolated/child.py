"""The process that does the work: ``python -m jiheng.reading.isolated.child MODULE:FUNCTION FOLDER``.

The function takes two byte strings and returns one, or raises a ``JihengError``. Anything else that it raises is a
crash: the trace goes to stderr and the process ends. FOLDER, for temporary files, is removed at the end.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec

from jiheng.errors import JihengError, TookTooMuchMemory
from jiheng.reading.isolated import wire
from jiheng.reading.isolated.here import limit_memory
from jiheng.reading.isolated.wire import Bounds, Refusal, Request, Status

_GRACE: Final = 15.0
"""Seconds beyond the bound of time after which a process ends itself, should the one that watches it be gone."""
_KEPT: Final = 400 * 1024 * 1024
"""A process that holds more bytes than this after a task is not used again: memory once taken is rarely given back."""
_OUT_OF_MEMORY: Final = msgspec.json.encode(Refusal.of(TookTooMuchMemory.of(None)))


def main() -> int:
    """Answers requests until there are no more."""
    requests, answers = _own_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started us
    signal.signal(signal.SIGTERM, _leave)
    faulthandler.enable()
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    perform = _function(sys.argv[1])
    try:
        while (request := wire.receive_request(requests)) is not None:
            status, answer = _answer(perform, request)
            wire.send_answer(answers, status, answer)
            if status & Status.LAST:
                break
    finally:
        # whoever started us does so too, unless it was killed
        shutil.rmtree(sys.argv[2], ignore_errors=True)
    return 0


def _answer(perform: Callable[[bytes, bytes], bytes], request: Request) -> tuple[Status, bytes]:
    try:
        with _within(request.bounds):
            answer, status = perform(request.head, request.body), Status.DONE
    except MemoryError:
        return Status.REFUSED | Status.LAST, _OUT_OF_MEMORY
    except JihengError as error:
        answer, status = msgspec.json.encode(Refusal.of(error)), Status.REFUSED
    return (status | Status.LAST if _resident() > _KEPT else status), answer


@contextlib.contextmanager
def _within(bounds: Bounds) -> Iterator[None]:
    faulthandler.dump_traceback_later(bounds.seconds + _GRACE, exit=True)
    before = limit_memory(bounds.memory)
    try:
        yield
    finally:
        if before is not None:
            limit_memory(before)
        faulthandler.cancel_dump_traceback_later()


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """stdin and stdout for us alone: what a library prints must not end up in an answer."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, answers


def _function(name: str) -> Callable[[bytes, bytes], bytes]:
    module, _, attribute = name.partition(":")
    found: Callable[[bytes, bytes], bytes] = getattr(import_module(module), attribute)
    return found


def _resident() -> int:
    """Bytes of memory in use; where the system does not tell, 0."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def _leave(_signal: int, _frame: Any) -> None:
    """Ends by way of every ``finally``, so that programs we started are ended and their folders removed."""
    raise SystemExit(1)


if __name__ == "__main__":
    sys.exit(main())
