"""Many files, on all cores: each in a process of its own, the results in the order of the files.

A single small file that our own code reads is read in this process, within the same bounds: starting another takes
longer than reading it. Memory stays the same however many files there are: they are found, read and handed on one
after another.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from jiheng.budget import exchange
from jiheng.errors import JihengError
from jiheng.reading import SUFFIXES, read, sniff
from jiheng.reading.isolated import Bounds, Workers, bounded, can_bound

_SMALL: Final = 1024 * 1024
"""A single file of fewer bytes is read in this process."""
_OURS: Final = sniff.TEXT | sniff.WORD | sniff.HTML | sniff.SHEETS | {".json"}
"""Formats that no library in C, and no other program, reads for us."""
_AHEAD: Final = 4
"""Results that may wait for a slower file before them, a process."""


class Source(NamedTuple):
    """A file to be read, and how messages call it: its path below the folder that was named."""

    path: Path
    shown: str


class Wanted(StrEnum):
    """What is made of a file in the other process."""

    SUMMARY = "summary"
    """A ``reading.summary.Summary``."""
    EXCHANGE = "exchange"
    """The documents in the exchange format, without the places of single values."""
    EXCHANGE_WITH_PLACES = "exchange with places"
    DOCUMENTS = "documents"
    """A list of ``BudgetDocument``."""
    AUDIT = "audit"
    """A ``batch_audit.Audited`` without documents."""
    AUDIT_WITH_DOCUMENTS = "audit with documents"


NOTHING_ASKED: Final = msgspec.Raw(b"null")


class Task(msgspec.Struct, frozen=True):
    """What to do with one file."""

    path: bytes
    """As the file system has it, which need not be text."""
    wanted: Wanted
    asked: msgspec.Raw = NOTHING_ASKED
    """A ``batch_audit.Asked`` as JSON."""


class Done(NamedTuple):
    """A file that was dealt with: what was wanted, as bytes, or why there is none."""

    source: Source
    answer: bytes | None
    error: JihengError | None = None


class Sources:
    """The files to be read: those named, and of a folder every file below it that can be read, by name.

    Attributes:
        skipped: files met so far that are in no format that is read.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths
        self.skipped = 0

    def __iter__(self) -> Iterator[Source]:
        self.skipped = 0
        for path in self._paths:
            if path.is_dir():
                yield from self._within(path)
            else:
                yield Source(path, readable(path.name))

    def _within(self, folder: Path) -> Iterator[Source]:
        closed: list[Path] = []
        for where, folders, names in os.walk(
            folder, onerror=lambda error: closed.append(Path(error.filename))
        ):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(name for name in names if not name.startswith((".", "~$"))):
                path = Path(where, name)
                if path.suffix.lower() in SUFFIXES and path.is_file():
                    yield Source(path, readable(str(path.relative_to(folder))))
                else:
                    self.skipped += 1
        for path in closed:  # reading them says why they cannot be opened
            yield Source(path, readable(str(path)))


def readable(name: str) -> str:
    """A file name as text. On Linux it is bytes, and in old archives and disks those are GBK."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", errors="replace")


@contextmanager
def results(
    found: Iterable[Source],
    wanted: Wanted,
    jobs: int | None = None,
    asked: bytes = NOTHING_ASKED,
) -> Iterator[Iterator[Done]]:
    """What is wanted of every file, in the order of the files, while later ones are being read.

    Leaving the context ends what is still under way.

    Args:
        jobs: processes at once; by default as many as there are cores for us.
        asked: of an audit, a ``batch_audit.Asked`` as JSON.
    """

    def task(source: Source) -> Task:
        return Task(os.fsencode(source.path), wanted, msgspec.Raw(asked))

    remaining = iter(found)
    first = list(islice(remaining, 2))
    if len(first) < 2 and can_bound() and all(_is_quick(source.path) for source in first):
        yield (_done_here(source, task(source)) for source in first)
        return
    at_once = jobs or _cores()
    workers = Workers("jiheng.batch:perform", threads=max(1, _cores() // at_once))
    pool = ThreadPoolExecutor(at_once)

    def submitted(source: Source) -> Future[Done]:
        return pool.submit(_done_there, workers, source, task(source))

    with _leaving_on_terminate():
        try:
            yield _in_order(map(submitted, _chained(first, remaining)), at_once * _AHEAD)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            workers.close()
            pool.shutdown()


def _in_order(waiting: Iterator[Future[Done]], ahead: int) -> Iterator[Done]:
    queue: deque[Future[Done]] = deque(islice(waiting, ahead))
    while queue:
        done = queue.popleft().result()
        queue.extend(islice(waiting, 1))
        yield done


def _chained(first: list[Source], remaining: Iterator[Source]) -> Iterator[Source]:
    yield from first
    yield from remaining


def _done_here(source: Source, task: Task) -> Done:
    try:
        with bounded(Bounds(), source.shown):
            return Done(source, _perform(task))
    except JihengError as error:
        return Done(source, None, error)


def _done_there(workers: Workers, source: Source, task: Task) -> Done:
    try:
        return Done(source, workers.run(msgspec.json.encode(task), name=readable(source.path.name)))
    except JihengError as error:
        return Done(source, None, error)


def perform(task: bytes, _: bytes) -> bytes:
    """What is done with one file in the other process. ``task`` is a ``Task`` as JSON."""
    return _perform(msgspec.json.decode(task, type=Task))


def _perform(task: Task) -> bytes:
    path = Path(os.fsdecode(task.path))
    reading = read(path, name=readable(path.name))
    match task.wanted:
        case Wanted.SUMMARY:
            from jiheng.reading.summary import Summary

            return msgspec.json.encode(Summary.of(reading))
        case Wanted.EXCHANGE | Wanted.EXCHANGE_WITH_PLACES:
            return exchange.dumps(reading.documents, with_cells=task.wanted is Wanted.EXCHANGE_WITH_PLACES)
        case Wanted.DOCUMENTS:
            return msgspec.json.encode(reading.documents)
    from jiheng.batch_audit import answer

    with_documents = task.wanted is Wanted.AUDIT_WITH_DOCUMENTS
    return answer(reading, bytes(task.asked), with_documents=with_documents)


def _is_quick(path: Path) -> bool:
    """Whether a file is small, and read by what can be interrupted."""
    try:
        return path.stat().st_size < _SMALL and path.suffix.lower() in _OURS
    except OSError:
        return True


def _cores() -> int:
    """The cores that this process may use, which in a container are not all that there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _leaving_on_terminate() -> Iterator[None]:
    """SIGTERM ends us by way of every ``finally``, as Ctrl-C does, so that no process is left behind."""

    def leave(number: int, _: Any) -> None:
        raise SystemExit(128 + number)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
