"""What hostile files make a reader do, done on purpose. Runs in the processes that ``test_workers`` starts."""

from __future__ import annotations

import ctypes
import itertools
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from jiheng.errors import DamagedFile

_held: list[bytearray] = []


def perform(head: bytes, body: bytes) -> bytes:
    return globals()[f"_{head.decode()}"](body)


def _echo(body: bytes) -> bytes:
    return body


def _who(_: bytes) -> bytes:
    return str(os.getpid()).encode()


def _refuse(body: bytes) -> bytes:
    raise DamagedFile("坏了。", place=body.decode() or None, remedy="修好它。")


def _talk(body: bytes) -> bytes:
    print("a library prints what it likes")
    os.write(1, b"and so does one in C")
    return body + sys.stdin.buffer.read()


def _loop(_: bytes) -> bytes:
    while True:
        time.sleep(0.01)


def _loop_in_c(_: bytes) -> bytes:
    # holds the interpreter's lock: neither signals nor other threads of this process get a turn
    return str(sum(itertools.repeat(0))).encode()


def _swell(_: bytes) -> bytes:
    held = []
    while True:
        held.append(bytearray(8 * 1024 * 1024))


def _break(_: bytes) -> bytes:
    ctypes.string_at(0)
    return b""


def _raise(_: bytes) -> bytes:
    raise ZeroDivisionError


def _hold(body: bytes) -> bytes:
    _held.append(bytearray(int(body)))
    return _who(b"")


def _start_another(body: bytes) -> bytes:
    folder = tempfile.mkdtemp()
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], process_group=0)
    Path(body.decode()).write_text(f"{other.pid}\n{folder}")
    return _loop_in_c(b"")
