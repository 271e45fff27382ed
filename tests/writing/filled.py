"""A document in which every field of every type has a value, made from the types themselves."""

from __future__ import annotations

from itertools import count
from typing import Any

import msgspec
from msgspec import inspect

from jiheng.budget import BudgetDocument, IndicatorValue, Kind

_SKIPPED = frozenset({"cells", "place", "schema", "kind"})


def filled_document(kind: Kind = Kind.SELF_EVALUATION) -> BudgetDocument:
    """Every optional field is set, every list has two items, no two texts are alike."""
    return _Filler().struct(BudgetDocument, kind=kind)  # type: ignore[no-any-return]


class _Filler:
    def __init__(self) -> None:
        self._numbers = count(1001)

    def struct(self, cls: type, **given: Any) -> Any:
        if cls is IndicatorValue:
            return IndicatorValue.parse(f"≥{next(self._numbers)}户")
        fields = {
            field.name: self._value(field.type, field.name)
            for field in inspect.type_info(cls).fields  # type: ignore[union-attr]
            if field.name not in _SKIPPED
        }
        return cls(**(fields | given))

    def _value(self, kind: inspect.Type, name: str) -> Any:
        match kind:
            case inspect.UnionType():
                return self._value(
                    next(one for one in kind.types if not isinstance(one, inspect.NoneType)), name
                )
            case inspect.Metadata():
                return self._value(kind.type, name)
            case inspect.StructType():
                return self.struct(kind.cls)
            case inspect.ListType() if name == "values":
                return ["1.50", None, "说明"]
            case inspect.ListType():
                return [self._value(kind.item_type, name) for _ in range(2)]
            case inspect.DictType():
                return {"备注.说明": f"其他{next(self._numbers)}"}
            case inspect.BoolType():
                return True
            case inspect.IntType() if kind.le is not None:
                return kind.le
            case inspect.IntType():
                return next(self._numbers)
            case inspect.LiteralType():
                return kind.values[0]
            case inspect.EnumType():
                return next(iter(kind.cls))
            case inspect.StrType() if kind.pattern:
                return f"{next(self._numbers)}.50"
            case inspect.StrType():
                return f"文字{next(self._numbers)}"
        raise NotImplementedError(f"{name}: {kind}")


def texts_of(document: BudgetDocument) -> list[str]:
    """Every text and figure in ``document``."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                if key not in _SKIPPED:
                    walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)
        elif node is not None and not isinstance(node, bool):
            found.append(str(node))

    walk(msgspec.to_builtins(document))
    return found
