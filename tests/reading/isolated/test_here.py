"""The bounds of time and memory for what is done in this process."""

from __future__ import annotations

import contextlib
import itertools
import mmap
import resource
import signal
import threading
import time

import pytest

from jiheng.errors import TookTooLong, TookTooMuchMemory
from jiheng.reading.isolated import Bounds, bounded, can_bound


@pytest.fixture
def as_before():
    """Whatever happens inside, limits and signals are again what they were."""
    before = resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGALRM)
    yield
    assert (resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGALRM)) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@pytest.mark.usefixtures("as_before")
def test_what_never_ends_is_stopped_and_named():
    begin = time.monotonic()
    with pytest.raises(TookTooLong, match=r"0\.2 秒") as stopped, bounded(Bounds(seconds=0.2), "甲.txt"):
        sum(1 for _ in itertools.count())
    assert stopped.value.place == "甲.txt"
    assert time.monotonic() - begin < 5


@pytest.mark.usefixtures("as_before")
def test_what_goes_on_after_every_error_is_stopped_too():
    begin = time.monotonic()

    def go_on():
        while time.monotonic() - begin < 5:
            with contextlib.suppress(Exception):
                sum(1 for _ in range(1_000_000))

    with pytest.raises(TookTooLong), bounded(Bounds(seconds=0.2), "甲.txt"):
        go_on()
    assert time.monotonic() - begin < 5


@pytest.mark.usefixtures("as_before")
def test_what_swells_is_stopped_and_named():
    with pytest.raises(TookTooMuchMemory, match="内存") as stopped, bounded(Bounds(), "乙.xlsx"):
        bytearray(64 * 1024**3)
    assert stopped.value.place == "乙.xlsx"


@pytest.mark.usefixtures("as_before")
def test_what_the_program_around_it_holds_does_not_count():
    with mmap.mmap(-1, 3 * 1024**3), bounded(Bounds(), "丁.xlsx"):
        assert len(bytearray(256 * 1024**2)) == 256 * 1024**2
        with pytest.raises(MemoryError):
            bytearray(3 * 1024**3)


@pytest.mark.usefixtures("as_before")
def test_what_ends_in_time_is_left_alone():
    with bounded(Bounds(seconds=30), "丙.txt"):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0


def test_other_threads_cannot_be_interrupted():
    answers = []
    thread = threading.Thread(target=lambda: answers.append(can_bound()))
    thread.start()
    thread.join()
    assert (can_bound(), answers) == (True, [False])
