"""The bounds of a worker for one task in this process, where starting another would take longer than the task."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jiheng.errors import TookTooLong, TookTooMuchMemory
from jiheng.reading.isolated.wire import Bounds


class _Expired(BaseException):
    """The time is up. No ``Exception``: what catches those, to go on without one part, would go on without an end."""


def can_bound() -> bool:
    """Whether this system can interrupt us after a time, and we stand where it would."""
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


@contextlib.contextmanager
def bounded(bounds: Bounds, name: str) -> Iterator[None]:
    """Ends what is done inside when it reaches a bound. A library that is not Python's is not interrupted.

    The memory is counted beyond what this process holds already: a program that uses us may hold much of its own.

    Args:
        name: of the file, for the errors.
    Raises:
        TookTooLong, TookTooMuchMemory: a bound was reached.
    """

    def expire(_number: int, _frame: Any) -> None:
        raise _Expired

    before = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, bounds.seconds)
    memory = limit_memory(_mapped() + bounds.memory)
    try:
        yield
    except _Expired:
        raise TookTooLong.after(bounds.seconds, name) from None
    except MemoryError:
        raise TookTooMuchMemory.of(name) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if memory is not None:
            limit_memory(memory)


def limit_memory(limit: int) -> int | None:
    """Sets the limit of address space, in bytes, and gives back the old one; ``None`` where there is no such limit."""
    try:
        import resource

        # the soft limit only: LibreOffice, which we may start, lifts it for itself and is watched another way
        before, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    except (ImportError, ValueError, OSError):  # Windows; macOS refuses some values
        return None
    return before


def _mapped() -> int:
    """Bytes of address space that this process has; where the system does not tell, 0."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0
