"""What several rules work out of the same part of a document is worked out once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

_P = ParamSpec("_P")
_Answer = TypeVar("_Answer")

_MOST: Final = 20_000
"""Answers of one function: those of a document with as many projects; then it starts anew."""
_memories: list[dict[Hashable, tuple[Any, Any]]] = []


def remembered(function: Callable[_P, _Answer]) -> Callable[_P, _Answer]:
    """Lets ``function`` answer once for the same nodes until ``forget``.

    Nodes are told apart by identity: equal ones may stand in several documents, and comparing them would take
    longer than the answer. Each answer is kept with its nodes, so that no other can take the identity of one
    meanwhile. An answer is shared by all who ask: a tuple, or a list that nobody changes.
    """
    memory: dict[Hashable, tuple[Any, Any]] = {}
    _memories.append(memory)

    @wraps(function)
    def once(*nodes: _P.args, **named: _P.kwargs) -> _Answer:
        if named:
            return function(*nodes, **named)
        if len(nodes) == 1:
            key: Hashable = id(nodes[0])
        else:
            key = tuple([node if isinstance(node, str) else id(node) for node in nodes])
        known = memory.get(key)
        if known is not None:
            return known[1]  # type: ignore[no-any-return]
        answer = function(*nodes, **named)
        if len(memory) >= _MOST:
            memory.clear()
        memory[key] = (nodes, answer)
        return answer

    return once


def forget() -> None:
    """Lets go of all answers and their documents; another thread that is still at work asks again."""
    for memory in _memories:
        memory.clear()
