"""What is done with a broken file: all that the command line and the web do with one that is handed in."""

from __future__ import annotations

import msgspec

from jiheng.auditing import audit
from jiheng.budget import exchange
from jiheng.errors import JihengError
from jiheng.reading import read
from jiheng.reading.summary import Summary


def one_file(name: bytes, data: bytes) -> bytes:
    """Reads, measures, audits and writes as JSON, and reads that again. What is refused is a ``JihengError``."""
    reading = read(data, name=name.decode())
    msgspec.json.encode(Summary.of(reading))
    failed = audit(reading.documents).failed_rules
    if failed:
        raise AssertionError(str(failed[0]))
    written = exchange.dumps(reading.documents, with_cells=True)
    if exchange.loads(written) != reading.documents:
        raise AssertionError("what was written is not what was read")
    return b""


def is_refused(name: bytes, data: bytes) -> bool:
    """Whether a file is refused with a sentence. Anything but a ``JihengError`` comes through."""
    try:
        one_file(name, data)
    except JihengError as error:
        if not error.message:
            raise AssertionError("a refusal without words") from error
        return True
    return False
