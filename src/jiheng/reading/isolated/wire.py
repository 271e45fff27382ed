"""What passes between a process and the one that started it: requests, answers, and errors that keep their class."""

from __future__ import annotations

import struct
from enum import IntFlag
from typing import IO, Final

import msgspec

import jiheng.errors
from jiheng.errors import Crashed, JihengError

_LENGTH: Final = struct.Struct(">Q")
_ANSWER: Final = struct.Struct(">BQ")


class Bounds(msgspec.Struct, frozen=True):
    """What one task may take.

    Attributes:
        seconds: of time; a scan of a hundred pages takes so long.
        memory: bytes of address space. Libraries map far more than they use: this stops what swells without end.
    """

    seconds: float = 300.0
    memory: int = 2 * 1024 * 1024 * 1024


class Request(msgspec.Struct, frozen=True):
    """One call: the function's two arguments and the bounds it runs in."""

    bounds: Bounds
    head: bytes
    body: bytes


class Status(IntFlag):
    """What an answer is."""

    DONE = 0
    """The function's result."""
    REFUSED = 1
    """A ``Refusal``."""
    LAST = 2
    """The process ends after this answer: it holds, or has run out of, too much memory."""


class Refusal(msgspec.Struct, frozen=True):
    """A ``JihengError`` on its way to the other process."""

    error: str
    message: str
    place: str | None = None
    remedy: str | None = None

    @classmethod
    def of(cls, error: JihengError) -> Refusal:
        """``error`` as data."""
        return cls(type(error).__name__, error.message, error.place, error.remedy)

    def as_error(self) -> JihengError:
        """The error, of the class that it had in the other process."""
        known = getattr(jiheng.errors, self.error, None)
        family = known if isinstance(known, type) and issubclass(known, JihengError) else Crashed
        return family(self.message, place=self.place, remedy=self.remedy)


def send_request(stream: IO[bytes], request: Request) -> None:
    """Writes a request. Raises ``OSError`` when the other side has gone."""
    for part in (msgspec.json.encode(request.bounds), request.head, request.body):
        stream.write(_LENGTH.pack(len(part)))
        stream.write(part)
    stream.flush()


def receive_request(stream: IO[bytes]) -> Request | None:
    """The next request; ``None`` when there will be no more."""
    try:
        bounds, head, body = (_exactly(stream, *_LENGTH.unpack(_exactly(stream, 8))) for _ in range(3))
    except EOFError:
        return None
    return Request(msgspec.json.decode(bounds, type=Bounds), head, body)


def send_answer(stream: IO[bytes], status: Status, answer: bytes) -> None:
    """Writes an answer."""
    stream.write(_ANSWER.pack(status, len(answer)))
    stream.write(answer)
    stream.flush()


def receive_answer(stream: IO[bytes]) -> tuple[Status, bytes]:
    """The answer to a request. Raises ``EOFError`` when the other side ended without one."""
    status, length = _ANSWER.unpack(_exactly(stream, _ANSWER.size))
    return Status(status), _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data
