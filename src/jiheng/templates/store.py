"""The templates of an office in a folder: every version stays, and an index says which one holds.

The index (``索引.toml``) is only ever added to: a table ``[[version]]`` for every template that came, a table
``[[current]]`` for every older one that was made to hold again.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from jiheng.budget import BudgetDocument, Kind
from jiheng.errors import InvalidSettings, JihengError
from jiheng.reading.load import load
from jiheng.templates.choice import Slot, applying
from jiheng.templates.problem import invalid
from jiheng.templates.template import Template

INDEX: Final = "索引.toml"
_DIVISION: Final = re.compile(r"([1-9]\d{5})?")
_LONGEST: Final = 200


class Version(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A template as it was handed in: ``number`` counts all of a store from 1; ``made_at`` is ISO 8601."""

    number: int
    kind: Kind
    year: int
    division: str
    file: str
    sha256: str
    who: str
    made_at: str
    note: str = ""

    @property
    def slot(self) -> Slot:
        """What it is for."""
        return Slot(self.kind, self.year, self.division)


class Current(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An older version was made to hold again."""

    number: int
    who: str
    made_at: str


class _Index(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: list[Version] = []
    current: list[Current] = []


class Store:
    """The templates in ``folder``, which need not be there yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def versions(self) -> list[Version]:
        """Every version, the first one first. Raises ``InvalidSettings`` for an index that is broken."""
        return self._index().version

    def holding(self) -> dict[Slot, Version]:
        """The version that holds for each slot: the newest, or the one that was made to hold after it."""
        index = self._index()
        by_number = {version.number: version for version in index.version}
        found: dict[Slot, Version] = {}
        events: list[Version | Current] = [*index.version, *index.current]
        for event in sorted(events, key=lambda one: one.made_at):
            version = by_number.get(event.number)
            if version is not None:
                found[version.slot] = version
        return found

    def choose(self, document: BudgetDocument) -> Version | None:
        """The version that applies to a document; ``None`` for our own layout."""
        holding = self.holding()
        slot = applying(holding, document)
        return holding[slot] if slot is not None else None

    def load(self, version: Version) -> Template:
        """A version, ready to be filled.

        Raises:
            ReadingError: its file is not there.
            InvalidSettings: the file is another one by now.
        """
        path = self._folder / version.file
        data = load(path, path.name)
        if hashlib.sha256(data).hexdigest() != version.sha256:
            raise InvalidSettings(
                "模板文件被改动过，与入库时不同。", place=str(path), remedy="请把改过的文件作为新版本入库。"
            )
        return Template(data, path.name)

    def add(
        self, data: bytes, slot: Slot, *, who: str, note: str = "", now: datetime | None = None
    ) -> Version:
        """Keeps a template as the newest version of its slot.

        Args:
            now: with its zone; the present when left out.
        Raises:
            InvalidTemplate: there is something wrong with it.
            JihengError: nobody is named, the division is no code, or the folder cannot be written to.
        """
        _refuse(slot, who)
        problems = Template(data).problems
        if problems:
            raise invalid(problems, "模板")
        name, number = self._write(data, slot)
        version = Version(
            number, slot.kind, slot.year, slot.division, name, hashlib.sha256(data).hexdigest(),
            who.strip()[:_LONGEST], _stamp(now), note.strip()[:_LONGEST],
        )  # fmt: skip
        self._append("version", msgspec.to_builtins(version))
        return version

    def make_current(self, number: int, *, who: str, now: datetime | None = None) -> Version:
        """Lets an older version hold again. Raises ``JihengError`` where there is none of this number."""
        found = next((version for version in self.versions() if version.number == number), None)
        if found is None:
            raise JihengError(f"没有编号为 {number} 的模板。", remedy="编号见 jiheng template list。")
        _refuse(found.slot, who)
        self._append("current", msgspec.to_builtins(Current(number, who.strip()[:_LONGEST], _stamp(now))))
        return found

    def _index(self) -> _Index:
        path = self._folder / INDEX
        if not path.exists():
            return _Index()
        try:
            return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8-sig")), _Index)
        except (OSError, ValueError) as error:  # TOML, UTF-8 and types: all of them are values
            raise InvalidSettings(
                "模板库的索引读不出来。", place=str(path), remedy="请用备份恢复这个文件，不要手工改动。"
            ) from error

    def _write(self, data: bytes, slot: Slot) -> tuple[str, int]:
        """Writes a file that was not there before; its name and number."""
        taken = max((version.number for version in self.versions()), default=0)
        part = f"{slot.kind.label}-{slot.year or '各年度'}-{slot.division or '各地区'}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for number in range(taken + 1, taken + 100):
                name = f"{number:04d}-{part}.docx"
                if next(self._folder.glob(f"{number:04d}-*"), None) is not None:
                    continue  # somebody else is just adding one
                with (self._folder / name).open("xb") as file:
                    file.write(data)
                return name, number
        except OSError as error:
            raise _not_written(self._folder, error) from error
        raise JihengError("模板库正忙。", place=str(self._folder), remedy="请稍后再试。")

    def _append(self, table: str, fields: dict[str, Any]) -> None:
        lines = [f"[[{table}]]", *(f"{key} = {_toml(value)}" for key, value in fields.items())]
        try:
            with (self._folder / INDEX).open("a", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n\n")
        except OSError as error:
            raise _not_written(self._folder, error) from error


def history(store: Store) -> Iterator[tuple[Version, bool]]:
    """Every version, the newest first, and whether it holds."""
    holding = {version.number for version in store.holding().values()}
    for version in reversed(store.versions()):
        yield version, version.number in holding


def _toml(value: object) -> str:
    """A text or number as TOML: basic strings are written as those of JSON."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _stamp(now: datetime | None) -> str:
    return (now or datetime.now().astimezone()).isoformat(timespec="microseconds")


def _refuse(slot: Slot, who: str) -> None:
    if not who.strip():
        raise JihengError("没有写明是谁。", remedy="请写上姓名，更改会留下记录。")
    if not _DIVISION.fullmatch(slot.division):
        raise JihengError(
            f"“{slot.division}”不是行政区划代码。", remedy="写六位代码，如 130529；不写为各地区。"
        )
    if slot.year and not 2000 <= slot.year <= 2100:
        raise JihengError(f"年度“{slot.year}”不对。", remedy="写四位年份；不写为各年度。")


def _not_written(folder: Path, error: OSError) -> JihengError:
    return JihengError(
        f"不能写入模板库：{error.strerror or '写不进去'}。",
        place=str(folder),
        remedy="请检查文件夹、权限和磁盘空间。",
    )
