"""Which value a name means where it stands: within which lists, and what is wrong where it means none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from jiheng.templates import forms
from jiheng.templates.catalogue import (
    POSITIONS,
    SEQUENCE,
    TEXT,
    WHOLE,
    Field,
    Listing,
    list_names,
    nearest,
    owners,
    types,
)
from jiheng.templates.marks import Mark, Sign
from jiheng.templates.values import (
    Binding,
    Condition,
    Loop,
    Reader,
    at,
    computed_at,
    counted,
    item_at,
    position_at,
)


class Frame(NamedTuple):
    """A list that is open: its name in the catalogue, the type of its items, and what it is called in the template."""

    name: str
    type: str
    also: tuple[str, ...] = ()


_LISTED: Final = 8
DOCUMENT: Final = (Frame("", WHOLE),)


class Wrong(NamedTuple):
    """Why a name means nothing here."""

    message: str
    remedy: str


class _Value(NamedTuple):
    read: Reader
    unit: Reader | None = None
    is_money: bool = False


def field(mark: Mark, frames: Sequence[Frame]) -> Binding | Wrong:
    """What the field ``mark`` means within ``frames``."""
    if not mark.name:
        return Wrong("花括号里没有写字段。", "请写上字段名，如 {{部门名称}}，或删去花括号。")
    found = _value(mark.name, frames)
    if isinstance(found, Wrong):
        return found
    for form in mark.formats:
        if not forms.is_known(form):
            near = nearest(form, forms.ABOUT)
            return Wrong(f"没有“{form}”这种写法。", near or f"可用：{'、'.join(forms.ABOUT)}。")
        if forms.needs_money(form) and not found.is_money:
            return Wrong(f"“{mark.name}”不是金额，不能写成“{form}”。", f"请去掉“|{form}”。")
    return Binding(found.read, mark.formats, found.unit)


def condition(mark: Mark, frames: Sequence[Frame]) -> Condition | Wrong:
    """What the condition ``mark`` asks for."""
    reads: list[Reader] = []
    for name in mark.names:
        listing = find_list(name, frames)
        if listing is not None:
            reads.append(listing[0])
            continue
        found = _value(name, frames)
        if isinstance(found, Wrong):
            return found
        reads.append(found.read)
    if not reads:
        return Wrong("没有写按什么判断。", "请写上字段或列表，如 {{?专项资金}}。")
    return Condition(tuple(reads), mark.sign is Sign.IF_NOT)


def loop(mark: Mark, frames: Sequence[Frame]) -> tuple[Loop, Frame] | Wrong:
    """The list that the block ``mark`` repeats for, and what is open inside it."""
    found = find_list(mark.name, frames)
    if found is not None:
        read, frame = found
        if any(frame.name == open_.name for open_ in frames):
            return Wrong(f"“{mark.name}”已经在外面一层重复。", "请去掉里面这一层。")
        return Loop(read), frame
    if mark.name in list_names():
        return out_of_place(mark.name)
    near = nearest(mark.name, list_names())
    return Wrong(f"没有列表“{mark.name}”。", near or "可用的列表见 jiheng template fields。")


def find_list(name: str, frames: Sequence[Frame]) -> tuple[Reader, Frame] | None:
    """The list ``name`` of an open item, the innermost first; ``None`` where there is none."""
    owner, _, inner = name.rpartition(".")
    for depth in range(len(frames) - 1, -1, -1):
        if owner and not _is_called(frames[depth], owner):
            continue
        found = types()[frames[depth].type].listing(inner)
        if found is not None:
            key, listing = found
            return at(depth, listing.path), _frame(key, listing)
    return None


def out_of_place(name: str) -> Wrong:
    """A list or its field stands where the list is not open."""
    within = [one for one in owners(name) if one]
    if not within:
        return Wrong(
            f"“{name}”是列表，它的字段要写在表格的行里，或写在 {{{{#{name}}}}} 与 {{{{/{name}}}}} 之间。",
            "请在前后各加一段块标记。",
        )
    outer = "或".join(f"{{{{#{one}}}}}" for one in dict.fromkeys(within))
    return Wrong(
        f"“{name}”在{'、'.join(dict.fromkeys(within))}之内，这里还没有开始。",
        f"请先用 {outer} 开始外面的块。",
    )


def _frame(key: str, listing: Listing) -> Frame:
    return Frame(key, listing.of, tuple(listing.also))


def _is_called(frame: Frame, name: str) -> bool:
    return bool(frame.name) and (name == frame.name or name in frame.also)


def _value(name: str, frames: Sequence[Frame]) -> _Value | Wrong:
    owner, _, inner = name.partition(".")
    if owner == SEQUENCE and inner:
        return _Value(counted(inner))
    if inner:
        for depth in range(len(frames) - 1, 0, -1):
            if _is_called(frames[depth], owner):
                return _of_item(inner, depth, frames[depth]) or _unknown(inner, owner, frames[depth].type)
        if owner in list_names():
            return _misplaced(owner, inner)
        return Wrong(f"没有列表“{owner}”。", nearest(owner, list_names()) or "请核对字段名。")
    for depth in range(len(frames) - 1, 0, -1):
        if frames[depth].type == TEXT and _is_called(frames[depth], owner):
            return _Value(item_at(depth))
    found = _of_item(owner, 0, frames[0])
    return found or _joined(owner, frames) or _unknown_single(owner)


def _of_item(name: str, depth: int, frame: Frame) -> _Value | None:
    """A field, a position or a list of texts of the item at ``depth``."""
    known = types()[frame.type]
    found = known.field(name)
    if found is not None:
        return _read(found, depth)
    if depth and name in POSITIONS:
        return _Value(position_at(depth, name))
    listing = known.listing(name)
    if listing is not None and listing[1].of == TEXT:
        return _Value(at(depth, listing[1].path))
    return None


def _read(found: Field, depth: int) -> _Value:
    read = computed_at(depth, found.computed) if found.computed else at(depth, found.path)
    if not found.money:
        return _Value(read)
    unit: Reader = (lambda _: found.money) if "元" in found.money else at(depth, found.money)
    return _Value(read, unit, is_money=True)


def _joined(name: str, frames: Sequence[Frame]) -> _Value | None:
    """A list of texts of an open item, its lines joined."""
    for depth in range(len(frames) - 1, -1, -1):
        listing = types()[frames[depth].type].listing(name)
        if listing is not None and listing[1].of == TEXT:
            return _Value(at(depth, listing[1].path))
    return None


def _misplaced(owner: str, inner: str) -> Wrong:
    """A field of a list that is not open; what is wrong with its name goes first."""
    of = {found[1].of for one in types().values() if (found := one.listing(owner))}
    if not any(_has(one, inner) for one in of):
        return _unknown(inner, owner, next(iter(of)))
    return out_of_place(owner)


def _has(type_name: str, name: str) -> bool:
    known = types()[type_name]
    return bool(known.field(name) or name in POSITIONS or known.listing(name))


def _unknown(name: str, owner: str, type_name: str) -> Wrong:
    known = types()[type_name]
    names = [
        *known.fields,
        *known.lists,
        *POSITIONS,
        *(one for found in known.fields.values() for one in found.also),
    ]
    near = nearest(name, names)
    return Wrong(
        f"“{owner}”没有字段“{name}”。", near or f"可用：{'、'.join(list(known.fields)[:_LISTED])}等。"
    )


def _unknown_single(name: str) -> Wrong:
    if name in list_names():
        return out_of_place(name)
    known = types()[WHOLE]
    names = [*known.fields, *known.lists, *(one for found in known.fields.values() for one in found.also)]
    if near := nearest(name, names):
        return Wrong(f"没有字段“{name}”。", near)
    owners_of = [f"{key}.{name}" for key, one in known.lists.items() if _has(one.of, name)]
    inner = [
        f"{key}.{name}" for key, one in types()["项目"].lists.items() if one.of != TEXT and _has(one.of, name)
    ]
    meant = "、".join(f"“{one}”" for one in [*owners_of, *inner][:3])
    return Wrong(
        f"没有字段“{name}”。", f"是否应为{meant}？" if meant else "可用的字段见 jiheng template fields。"
    )
