"""Starts the application: ``python -m jiheng.web.run``. Sets up what is missing, shows one audited sample, serves."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from jiheng.budget import Finding, Severity
from jiheng.errors import JihengError

if TYPE_CHECKING:
    from jiheng.web.documents.selectors import Stored

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_SHOWN = 8
_LOADED = "samples-loaded"
"""The file in the data folder that lists the samples that were loaded: one that was deleted stays away."""


def main(host: str | None = None, port: int | None = None) -> None:
    """Makes the data folder and the database ready, loads the samples once, and serves until it is stopped.

    Args:
        host, port: by default ``HOST`` and ``PORT`` of the environment, else 127.0.0.1 and 8000.
    Raises:
        JihengError: the port is taken.
    """
    host = host or os.environ.get("HOST") or "127.0.0.1"
    port = port or _number(os.environ.get("PORT") or "8000")
    _allow(host)
    _refuse_a_taken_port(host, port)
    set_up()
    shown = f"[{host}]" if ":" in host else host
    _say(f"绩衡已启动：http://{'127.0.0.1' if host in ('0.0.0.0', '::') else shown}:{port}　按 Ctrl+C 停止")  # noqa: S104
    if host in _LOOPBACK:
        _say("本阶段供一个单位在本机使用：没有登录和账号，只有这台电脑能访问。")
    else:
        _say("注意：现在没有登录，凡能连到这台电脑的人都能查看和删除文件。")
    _show_a_sample()
    _serve(host, port)


def set_up() -> None:
    """Django, the database and the samples."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiheng.web.settings.base")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    load_samples()


def load_samples() -> int:
    """Reads the sample documents in, each once, by the way that uploads take; how many were read now."""
    from django.conf import settings

    from jiheng.web.documents import bounded, services

    record = Path(settings.DATA_FOLDER) / _LOADED
    loaded = record.read_text(encoding="utf-8").splitlines() if record.exists() else []
    new = [path for path in _sample_files() if path.name not in loaded]
    for number, path in enumerate(new, 1):
        _say(f"读入样例（{number}/{len(new)}）：{path.name}")
        try:
            services.receive_file(name=path.name, content=path.read_bytes(), is_sample=True)
        except JihengError as error:
            _say(f"　样例没有读入：{error}")
            continue
        loaded.append(path.name)
    if new:
        bounded.rest()  # the server is a process of its own, and starts its own
        record.write_text("\n".join(loaded) + "\n", encoding="utf-8")
    return len(new)


def _sample_files() -> list[Path]:
    from jiheng.reading.read import SUFFIXES

    folder = Path(os.environ.get("JIHENG_SAMPLES") or "samples")
    if not folder.is_dir():
        return []
    return [
        path
        for path in sorted(folder.iterdir())
        if path.is_file()
        and path.suffix.lower() in set(SUFFIXES) - {".json"}
        and not path.name.startswith((".", "README"))
    ]


def _show_a_sample() -> None:
    """One audited sample as a short table: the one with errors of most kinds, a line a kind."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from jiheng.web.documents import selectors

    stored = max(selectors.stored_samples(), key=_kinds_of_errors, default=None)
    if stored is None:
        return
    reading = stored.upload.reading
    console = Console(highlight=False)
    table = Table(
        title=f"样例“{stored.upload.name}”：错误 {reading.error_count}，警告 {reading.warning_count}，提示 {reading.notice_count}",
        title_justify="left",
        box=None,
        padding=(0, 2, 0, 0),
        header_style="bold",
    )
    for heading in ("程度", "规则", "位置", "问题"):
        table.add_column(heading, overflow="fold", no_wrap=heading in ("程度", "规则"))
    first: dict[str, Finding] = {}
    for finding in stored.findings:
        first.setdefault(finding.rule, finding)
    lines = sorted(first.values(), key=lambda finding: finding.severity.rank)[:_SHOWN]
    for finding in lines:
        colour = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}[
            finding.severity
        ]
        table.add_row(
            Text(finding.severity.label, style=colour),
            finding.rule,
            Text(str(finding.place or "")),
            Text(finding.message),
        )
    console.print(table)
    if len(stored.findings) > len(lines):
        console.print(f"…… 另有 {len(stored.findings) - len(lines)} 条，请在网页中查看。")
    sys.stdout.flush()


def _kinds_of_errors(stored: Stored) -> int:
    return len({finding.rule for finding in stored.findings if finding.severity is Severity.ERROR})


def _allow(host: str) -> None:
    """A host that was asked for by name may also be used in the address bar."""
    if host not in _LOOPBACK and host not in ("0.0.0.0", "::"):  # noqa: S104
        listed = [os.environ.get("JIHENG_HOSTS", ""), f"[{host}]" if ":" in host else host]
        os.environ["JIHENG_HOSTS"] = ",".join(filter(None, listed))


def _refuse_a_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise JihengError(
                f"无法在 {host} 的 {port} 端口上启动：{error.strerror}。",
                remedy="绩衡可能已在运行；否则请换一个端口，例如 make run PORT=8001。",
            ) from error


def _serve(host: str, port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "jiheng.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=8,
        log_level=LogLevels.error,
        log_access=False,
        websockets=False,
    ).serve()


def _number(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise JihengError(f"端口“{text}”不是 1 到 65535 之间的数。", remedy="请更正 PORT。")
    return int(text)


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    try:
        main()
    except JihengError as problem:
        print(f"错误：{problem}", file=sys.stderr)
        sys.exit(2)
