"""The elements of a large XML part, one by one, so that memory follows what they hold and not the size of the part."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Literal

from lxml import etree

from jiheng.reading.formats.container import damaged

Event = Literal["start", "end"]


def elements(
    source: IO[bytes], tags: tuple[str, ...], done: tuple[str, ...], name: str
) -> Iterator[tuple[str, str, etree._Element]]:
    """Event ("start" or "end"), tag without its namespace, and element, of the elements that have one of ``tags``.

    At its start an element has its attributes only. One whose tag is in ``done`` is emptied after its end, and what
    stands before it in the same element is dropped.

    Raises:
        DamagedFile: no well-formed XML, with a document type (no office file has one), or its zip is broken.
    """
    is_first = True
    try:
        for event, element in etree.iterparse(
            source,
            events=("start", "end"),
            tag=[f"{{*}}{tag}" for tag in tags],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        ):
            if is_first and element.getroottree().docinfo.doctype:
                raise damaged(name)
            is_first = False
            tag = element.tag.rpartition("}")[2]
            yield event, tag, element
            if event == "end" and tag in done:
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError) as error:
        raise damaged(name) from error
    except (NotImplementedError, RuntimeError) as error:  # how the zip was packed
        raise damaged(name) from error
