"""Processes that are started when they are needed, used again, watched, and replaced when they had to be ended."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import msgspec

from jiheng.errors import Crashed, JihengError, TookTooLong
from jiheng.reading.isolated import wire
from jiheng.reading.isolated.wire import Bounds, Refusal, Request, Status

_log = logging.getLogger(__name__)
_LEAVE_SECONDS: Final = 2.0
"""A process that is asked to leave may take so long to end what it started, and is then killed."""
_COMPLAINT: Final = 2_000


class Workers:
    """Processes that all do the same thing. Safe to use from several threads, each of which has one at a time.

    Args:
        function: "module:function", what they do: two byte strings in, one out. See ``child``.
        threads: that libraries in each process may use (JIHENG_THREADS); by default one a core.
    """

    def __init__(self, function: str, *, threads: int | None = None) -> None:
        self._function = function
        self._settings = {"JIHENG_THREADS": str(threads)} if threads else {}
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._owner = os.getpid()
        self._is_closed = False

    def run(self, head: bytes, body: bytes = b"", *, name: str, bounds: Bounds | None = None) -> bytes:
        """The function's result for ``head`` and ``body``.

        Args:
            name: of the file, for the errors.
        Raises:
            TookTooLong, TookTooMuchMemory: a bound was reached.
            Crashed: the process ended without an answer.
            JihengError: what the function raised, of the same class.
        """
        request = Request(bounds or Bounds(), head, body)
        worker = self._take()
        try:
            answer = worker.ask(request)
        except BaseException:
            self._give_back(worker, is_usable=False)
            raise
        self._give_back(worker, is_usable=answer is not None and not answer[0] & Status.LAST)
        if answer is None:
            raise self._failure(worker, request.bounds, name)
        status, content = answer
        if status & Status.REFUSED:
            error = msgspec.json.decode(content, type=Refusal).as_error()
            error.place = error.place or name
            raise error
        return content

    def close(self) -> None:
        """Ends every process, whatever it is doing. A ``run`` in another thread then raises ``Crashed``."""
        with self._lock:
            self._is_closed = True
            ended = [*self._idle, *self._busy] if self._owner == os.getpid() else []
            self._idle.clear()
        for worker in ended:
            worker.ask_to_leave()
        for worker in ended:
            worker.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _take(self) -> _Worker:
        with self._lock:
            if self._owner != os.getpid():  # after a fork, the processes are the parent's
                self._idle, self._busy, self._owner = [], set(), os.getpid()
            worker = None
            while self._idle and worker is None:
                worker = self._idle.pop()
                if not worker.is_alive:
                    worker.end()
                    worker = None
            if self._is_closed:
                raise Crashed("处理已停止。")
            worker = worker or _Worker(self._function, self._settings)
            self._busy.add(worker)
            return worker

    def _give_back(self, worker: _Worker, *, is_usable: bool) -> None:
        with self._lock:
            self._busy.discard(worker)
            is_kept = is_usable and not self._is_closed and worker.is_alive
            if is_kept:
                self._idle.append(worker)
        if not is_kept:
            worker.end()

    def _failure(self, worker: _Worker, bounds: Bounds, name: str) -> JihengError:
        if worker.has_expired:
            _log.warning("%s took longer than %s s", self._function, bounds.seconds)
            return TookTooLong.after(bounds.seconds, name)
        if not self._is_closed:
            _log.error("%s crashed (status %s): %s", self._function, worker.status, worker.complaint)
        crashed = Crashed(
            "处理这个文件时程序出错，已停止。",
            place=name,
            remedy="其他文件不受影响。请另存一份后重试；仍不成功时，请把文件交给维护人员。",
        )
        crashed.add_note(worker.complaint)  # for those who maintain it
        return crashed


class _Worker:
    """One process, with a session and a folder for temporary files of its own."""

    def __init__(self, function: str, settings: dict[str, str]) -> None:
        self.has_expired = False
        self.complaint = ""
        self._ending = threading.Lock()
        self._is_ended = False
        self._folder = tempfile.mkdtemp(prefix="jiheng-")
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed in end(); a pipe could fill up
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "jiheng.reading.isolated.child", function, self._folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            start_new_session=True,
            env=os.environ | settings | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self._folder),
        )

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    @property
    def status(self) -> int | None:
        return self._process.returncode

    def ask(self, request: Request) -> tuple[Status, bytes] | None:
        """The answer; ``None`` when the process ended without one, or had to be ended."""
        requests, answers = self._process.stdin, self._process.stdout
        assert requests is not None  # noqa: S101 - both are pipes
        assert answers is not None  # noqa: S101
        watch = threading.Timer(request.bounds.seconds, self._expire)
        watch.daemon = True
        watch.start()
        try:
            wire.send_request(requests, request)
            return wire.receive_answer(answers)
        except (OSError, EOFError, ValueError):  # it has gone; ValueError: its pipes were closed meanwhile
            return None
        finally:
            watch.cancel()
            watch.join()  # it may have struck at this very moment

    def _expire(self) -> None:
        self.has_expired = True
        self.end()

    def ask_to_leave(self) -> None:
        """Tells the process to end, without waiting for it."""
        self._process.terminate()

    def end(self) -> None:
        """Ends the process and whatever it started, and removes its temporary files."""
        with self._ending:
            if self._is_ended:
                return
            self._is_ended = True
            _stop(self._process)
            with contextlib.suppress(OSError, ValueError):
                self._said.seek(max(0, self._said.seek(0, os.SEEK_END) - _COMPLAINT))
                self.complaint = self._said.read().decode(errors="replace")
            self._said.close()
            shutil.rmtree(self._folder, ignore_errors=True)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_LEAVE_SECONDS)
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    for other in _session_of(process.pid):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(other, signal.SIGKILL)
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        with contextlib.suppress(OSError, ValueError):
            if stream is not None:
                stream.close()


def _session_of(leader: int) -> list[int]:
    """The processes of a session: those that a worker started in groups of their own. Known on Linux only."""
    found = []
    for entry in Path("/proc").iterdir() if sys.platform == "linux" else ():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, ValueError, IndexError):
                # after the name, which may hold anything: state, parent, group, session
                if int((entry / "stat").read_text(errors="replace").rpartition(")")[2].split()[3]) == leader:
                    found.append(int(entry.name))
    return found
