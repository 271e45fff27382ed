"""What several commands take, and the statuses with which they end."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer


def a_path(text: str) -> Path:
    """The path that somebody wrote; an empty one, which would be the current folder, is a mistake."""
    if not text.strip():
        raise typer.BadParameter("文件名是空的。")
    return Path(text)


Files = Annotated[
    list[Path],
    typer.Argument(
        help="要处理的文件；也可以是文件夹，其中能读的文件都会处理。",
        show_default=False,
        parser=a_path,
        metavar="文件...",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", min=1, help="同时处理几个文件；默认有几个处理器核就几个。", show_default=False
    ),
]
SettingsFile = Annotated[
    Path | None,
    typer.Option(
        "--settings", help="审核设置（TOML）：停用规则、改程度和界限，可按地区。", show_default=False
    ),
]
WaiversFile = Annotated[
    Path | None,
    typer.Option("--waivers", help="已说明理由的问题（TOML），列出而不计。", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON，供其他程序使用。")]

NO_ERRORS: Final = 0
ERRORS_FOUND: Final = 1
FAILED: Final = 2
INTERRUPTED: Final = 130
