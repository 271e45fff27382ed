"""The refusal of a change that came second."""

from __future__ import annotations

from jiheng.errors import JihengError


class ChangedMeanwhile(JihengError):
    """Somebody else changed the same thing first."""


class DeletedMeanwhile(JihengError):
    """The file is gone, as when it was deleted in another tab."""

    def __init__(self) -> None:
        super().__init__("这份文件已经被删除，什么都没有改动。", remedy="请从首页重新打开。")
