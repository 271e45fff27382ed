"""The exchange format ``jiheng/1``: documents to JSON and back, and its JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from jiheng.budget.document import BudgetDocument
from jiheng.errors import InvalidDocument

_decoder = msgspec.json.Decoder(list[BudgetDocument])


def to_builtins(documents: Sequence[BudgetDocument], *, with_cells: bool = False) -> list[dict[str, Any]]:
    """The documents as plain dicts and lists, as they stand in the JSON.

    Args:
        with_cells: keep the place of every single value (``cells``), not only of every list item.
    """
    plain: list[dict[str, Any]] = msgspec.to_builtins(documents)
    return plain if with_cells else _without_cells(plain)


def dumps(documents: Sequence[BudgetDocument], *, with_cells: bool = False, indent: int = 2) -> bytes:
    """The documents as UTF-8 JSON: one array, keys in the order of the format, ``null`` for what is absent.

    ``indent=0`` gives one line.
    """
    encoded = msgspec.json.encode(to_builtins(documents, with_cells=with_cells))
    return msgspec.json.format(encoded, indent=indent) if indent else encoded


def loads(data: bytes | str) -> list[BudgetDocument]:
    """The documents in ``data``; a single object is taken as an array of one.

    Raises:
        InvalidDocument: when ``data`` is not JSON or does not follow the schema; the message says where.
    """
    raw = data.encode() if isinstance(data, str) else data
    if raw.lstrip()[:1] == b"{":
        raw = b"[" + raw + b"]"
    try:
        return _decoder.decode(raw)
    except msgspec.ValidationError as error:
        what, where = _in_chinese(str(error))
        raise InvalidDocument(
            f"不符合交换格式 jiheng/1：{what}",
            place=where,
            remedy="请对照 docs/jiheng-1.schema.json 更正后重试。",
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidDocument(
            "内容不是有效的 JSON。", remedy="请确认文件由 jiheng read --json 生成且未被截断。"
        ) from error


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the exchange format, generated from the types."""
    (schema,), components = msgspec.json.schema_components(
        [list[BudgetDocument]], ref_template="#/$defs/{name}"
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:jiheng:exchange:1",
        "title": "绩衡交换格式 jiheng/1",
        **schema,
        "$defs": components,
    }


def _without_cells(value: Any) -> Any:
    """``value`` with every key ``cells`` taken out; lists and dicts are changed in place."""
    if isinstance(value, dict):
        value.pop("cells", None)
        for inner in value.values():
            if isinstance(inner, (dict, list)):
                _without_cells(inner)
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, (dict, list)):
                _without_cells(inner)
    return value


_AT = re.compile(r" - at `\$(.*)`$")


def _in_chinese(message: str) -> tuple[str, str | None]:
    """msgspec's message in words of ours, and the path that it names."""
    where = None
    if match := _AT.search(message):
        where, message = match[1].lstrip("."), message[: match.start()]
    for pattern, words in (
        (r"Object missing required field `(\w+)`", r"缺少字段 \1"),
        (r"Expected `(.+)`, got `(.+)`", r"应为 \1，实为 \2"),
        (r"Expected `str` matching regex .*≥.*", "符号应为 ≥ ≤ > < = 之一"),
        (r"Expected `str` matching regex .*", "数应写成小数，如 16.80"),
        (r"Invalid enum value (.+)", r"不认识的取值 \1"),
    ):
        if re.fullmatch(pattern, message):
            message = re.sub(pattern, words, message)
            break
    return message, where
