"""Results of many files as they come, and how the command line talks: data to stdout, everything else to stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import typer

from jiheng.cli.arguments import FAILED, INTERRUPTED
from jiheng.errors import JihengError

if TYPE_CHECKING:
    from jiheng.batch import Done, Source, Wanted
    from jiheng.batch_audit import Asked
    from jiheng.budget import BudgetDocument


class Results:
    """The answers for the files that could be read, each with how messages call the file; the others are named."""

    def __init__(self, done: Iterator[Done], advance: Callable[[str], object]) -> None:
        self._done = done
        self._advance = advance
        self.has_failed = False

    def __iter__(self) -> Iterator[tuple[Source, bytes]]:
        is_empty = True
        for source, answer, error in self._done:
            is_empty = False
            if error is not None:
                complain(_told(error, source))
                self.has_failed = True
            elif answer is not None:
                yield source, answer
            self._advance(source.shown)
        if is_empty:
            complain("没有可以读取的文件。")
            self.has_failed = True


@contextmanager
def all_results(
    paths: Sequence[Path], wanted: Wanted, jobs: int | None, asked: Asked | None = None
) -> Iterator[Results]:
    """What is wanted of every file, with a progress bar when there are several and a person looks at it."""
    from jiheng import batch

    sources = batch.Sources(paths)
    with ExitStack() as stack:
        advance: Callable[[str], object] = len
        count = sum(1 for _ in sources) if sys.stderr.isatty() else 0
        if count > 1:
            from jiheng.terminal import progress

            advance = stack.enter_context(progress(count))
        try:
            yield Results(
                stack.enter_context(
                    batch.results(
                        sources,
                        wanted,
                        jobs,
                        msgspec.json.encode(asked) if asked else batch.NOTHING_ASKED,
                    )
                ),
                advance,
            )
        except KeyboardInterrupt:
            stack.close()
            say("已中断，后面的文件没有处理。")
            raise typer.Exit(INTERRUPTED) from None
    if sources.skipped:
        say(f"另有 {sources.skipped} 个文件不是能读取的格式，没有处理。")


def documents_of(paths: Sequence[Path], jobs: int | None) -> list[BudgetDocument]:
    """The documents in files. One that cannot be read ends the command: what follows would pass it over in silence."""
    from jiheng.batch import Wanted
    from jiheng.budget import BudgetDocument

    if not paths:
        return []
    with all_results(paths, Wanted.DOCUMENTS, jobs) as results:
        answers = [answer for _, answer in results]
    if results.has_failed:
        raise typer.Exit(FAILED)
    return [each for answer in answers for each in msgspec.json.decode(answer, type=list[BudgetDocument])]


def _told(error: JihengError, source: Source) -> str:
    """The error in a sentence that names the file as the person does."""
    from jiheng.batch import readable

    name = readable(source.path.name)
    place = error.place or name
    where = source.shown + place.removeprefix(name) if place.startswith(name) else place
    return f"{where}：{error.message}{f'　{error.remedy}' if error.remedy else ''}"


@contextmanager
def json_array(*, is_wanted: bool = True) -> Iterator[Callable[[bytes], None]]:
    """Arrays written to stdout as one, each as soon as it is there; left open when the work was broken off."""
    out = sys.stdout.buffer
    opening = b"[\n"

    def add(array: bytes) -> None:
        nonlocal opening
        if array != b"[]":
            out.write(opening + array.removeprefix(b"[\n").removesuffix(b"\n]"))
            out.flush()
            opening = b",\n"

    yield add
    if is_wanted:
        out.write(b"[]\n" if opening == b"[\n" else b"\n]\n")
        out.flush()


def say(text: str) -> None:
    """Tells the person something."""
    from jiheng.budget.text import printable

    print(printable(text), file=sys.stderr)


def complain(text: str) -> None:
    """Tells the person what went wrong."""
    say(f"错误：{text}")
