"""The fields that a template may name, from ``fields.toml``: what each means in which list."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

import msgspec

WHOLE: Final = "文件"
"""The type of what stands in no list."""
TEXT: Final = "文字"
"""The type of the items of a list of texts."""
SEQUENCE: Final = "编号"
"""``编号.章`` counts how often it was filled, by the name after the point."""
POSITIONS: Final = {
    "序号": "第几项，从 1 起；项目和分项目标印有序号的按印的",
    "首项": "是第一项时才有，用于判断",
    "末项": "是最后一项时才有，用于判断",
    "总数": "一共几项",
}
"""What every list has besides the fields of its items."""


class Field(msgspec.Struct, frozen=True):
    """A value that a template may name; see ``fields.toml``."""

    about: str
    example: str
    path: str = ""
    computed: str = ""
    money: str = ""
    also: list[str] = []


class Listing(msgspec.Struct, frozen=True):
    """A list that rows and blocks may repeat for; ``of`` is the type of its items."""

    path: str
    of: str
    about: str
    also: list[str] = []


class Type(msgspec.Struct, frozen=True):
    """A kind of thing that has fields; ``type`` is its class in ``jiheng.budget``, "" for a text."""

    type: str
    fields: dict[str, Field]
    lists: dict[str, Listing]

    def field(self, name: str) -> Field | None:
        """The field of this name, or of an other name for it."""
        return self.fields.get(name) or next((one for one in self.fields.values() if name in one.also), None)

    def listing(self, name: str) -> tuple[str, Listing] | None:
        """The list of this name with the name that it has in the table."""
        if name in self.lists:
            return name, self.lists[name]
        return next((found for found in self.lists.items() if name in found[1].also), None)


class Entry(NamedTuple):
    """A field as it is written in a template, for whoever looks for one."""

    written: str
    about: str
    example: str
    within: str
    """The list in whose rows or blocks it stands; "" for everywhere."""


@cache
def types() -> dict[str, Type]:
    """Every type by its name."""
    data = resources.files("jiheng.templates").joinpath("fields.toml").read_bytes()
    return msgspec.convert(tomllib.loads(data.decode())["of"], dict[str, Type])


@cache
def list_names() -> frozenset[str]:
    """The names of all lists, and the other names for them."""
    return frozenset(
        name for one in types().values() for key, found in one.lists.items() for name in (key, *found.also)
    )


def owners(name: str) -> list[str]:
    """Within which lists the list ``name`` stands; "" for the document itself."""
    within = [key for key, one in types().items() if one.listing(name)]
    found: list[str] = []
    for key in within:
        if key == WHOLE:
            found.append("")
        else:
            found += [
                where for one in types().values() for where, below in one.lists.items() if below.of == key
            ]
    return found


def entries() -> Iterator[Entry]:
    """Everything that a template may name, list after list; a list that stands in several is told once."""
    whole = types()[WHOLE]
    yield from _of(whole, "", "")
    yield Entry(f"{{{{{SEQUENCE}.章|中文}}}}", "自动编号：同一个名字每出现一次加 1，名字自定", "一", "")
    inner: dict[str, Listing] = {}
    for name, listing in whole.lists.items():
        yield from _items(name, listing, name)
        inner |= types()[listing.of].lists
    for name, listing in inner.items():
        yield from _items(name, listing, f"{'、'.join(owners(name))} › {name}")


def _items(name: str, listing: Listing, within: str) -> Iterator[Entry]:
    yield Entry(f"{{{{#{name}}}}} … {{{{/{name}}}}}", listing.about, "", within)
    if listing.of == TEXT:
        yield Entry(f"{{{{{name}}}}}", f"{listing.about}；不在块内写时各项分行连写", "", within)
    else:
        yield from _of(types()[listing.of], f"{name}.", within)


def _of(one: Type, prefix: str, within: str) -> Iterator[Entry]:
    for name, found in one.fields.items():
        yield Entry(f"{{{{{prefix}{name}}}}}", found.about, found.example, within)


def nearest(name: str, known: Iterable[str]) -> str:
    """ "是否应为“…”？" for the nearest names; "" where none is near."""
    found = _near(name, sorted(set(known)))
    return f"是否应为{'、'.join(f'“{one}”' for one in found)}？" if found else ""


def _near(name: str, known: Sequence[str]) -> list[str]:
    within = [one for one in known if name and (name in one or one in name)]
    close = get_close_matches(name, known, n=3, cutoff=0.5)
    found = list(dict.fromkeys([*close[:1], *within[:2], *close[1:]]))
    if not found:  # two signs of four are alike to a person, not to a ratio
        shared = sorted(known, key=lambda one: -len(set(one) & set(name)))
        found = [one for one in shared if 2 * len(set(one) & set(name)) >= len(set(name)) > 0]
    return found[:3]
