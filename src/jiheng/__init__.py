"""绩衡 (Jiheng): read, audit and write the documents of 全过程预算绩效管理."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jiheng.auditing import audit
    from jiheng.reading import read
    from jiheng.writing import write

__version__ = "0.1.0"
__all__ = ["__version__", "audit", "read", "write"]

_HOMES = {"read": "jiheng.reading", "audit": "jiheng.auditing", "write": "jiheng.writing"}


def __getattr__(name: str) -> Any:
    """Load ``read``, ``audit`` and ``write`` when they are first asked for, so that start-up stays quick."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'jiheng' has no attribute {name!r}")
