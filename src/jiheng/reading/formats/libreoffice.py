"""LibreOffice without a screen, for the formats that only it reads: found or explained, and kept within bounds."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Final, NamedTuple

from jiheng.errors import ConverterMissing, DamagedFile, FileTooLarge, TookTooLong

SECONDS: Final = 90
"""A conversion that takes longer is ended."""
_MEMORY: Final = 2 * 1024 * 1024 * 1024
"""Of the conversion's processes together; above it they are ended."""
_MAX_OUTPUT: Final = 200 * 1024 * 1024
_PLACES: Final = (
    "/usr/bin/soffice",
    "/usr/local/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
# No macros, no links followed, no fonts or updates fetched: a stranger's file is only to be laid out.
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
_turn = threading.BoundedSemaphore(2)


def find() -> str | None:
    """The program: named by JIHENG_SOFFICE, on the path, or where it is usually installed."""
    named = os.environ.get("JIHENG_SOFFICE")
    if named:
        return named if os.access(named, os.X_OK) else None
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if os.access(place, os.X_OK)), None)


def convert(data: bytes, suffix: str, target: str, name: str, seconds: float = SECONDS) -> bytes:
    """``data`` (a file ending in ``suffix``) in the format ``target`` ("docx", "xlsx").

    Every conversion has a process group, a profile and a folder of its own, all gone afterwards.

    Raises:
        ConverterMissing: LibreOffice is not installed.
        TookTooLong, FileTooLarge: a bound was reached.
        DamagedFile: LibreOffice made nothing of it.
    """
    program = find()
    if program is None:
        raise ConverterMissing(
            f"读取 {suffix} 文件需要 LibreOffice，本机没有找到。",
            place=name,
            remedy="请安装 LibreOffice（Debian/Ubuntu：apt-get install libreoffice-writer-nogui），"
            "或用 Word、WPS 另存为 docx、xlsx 后上传。",
        )
    with _turn, tempfile.TemporaryDirectory(prefix="jiheng-") as folder:
        return _convert_in(Path(folder), program, data, _Task(suffix, target, name, seconds))


class _Task(NamedTuple):
    suffix: str
    target: str
    name: str
    seconds: float


def _convert_in(folder: Path, program: str, data: bytes, task: _Task) -> bytes:
    suffix, target, name, seconds = task
    source = folder / f"source{suffix}"
    source.write_bytes(data)
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard",
        "--convert-to", target, "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip
    environment = {
        key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT") if key in os.environ
    }
    environment |= {"HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=folder,
        process_group=0,  # of its own, in our session: whoever ends a worker finds it there
        preexec_fn=_free_address_space if sys.platform == "linux" else None,  # noqa: PLW1509 - one call, no locks
    )
    try:
        _wait(process, name, suffix, seconds)
    finally:
        _end(process)
    made = folder / "out" / f"source.{target}"
    if not made.is_file() or made.stat().st_size == 0:
        raise DamagedFile(
            f"LibreOffice 无法打开这个 {suffix} 文件。",
            place=name,
            remedy="文件可能已损坏或有密码。请用 Word 或 WPS 打开，另存为 docx 后上传。",
        )
    if made.stat().st_size > _MAX_OUTPUT:
        raise FileTooLarge("转换后的文件过大。", place=name, remedy="请拆分文件后重试。")
    return made.read_bytes()


def _free_address_space() -> None:
    """LibreOffice maps far more memory than it uses: a limit of address space that we have is not for it."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _wait(process: subprocess.Popen[bytes], name: str, suffix: str, seconds: float) -> None:
    """Until the conversion ends. Its memory is watched: an address-space limit would stop LibreOffice at once."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            process.wait(timeout=0.2)
            return
        except subprocess.TimeoutExpired:
            pass
        if time.monotonic() > deadline:
            raise TookTooLong(
                f"转换这个 {suffix} 文件超过了 {seconds:.0f} 秒，已停止。",
                place=name,
                remedy="请用 Word 或 WPS 打开，另存为 docx 后上传。",
            )
        if _memory_of(process.pid) > _MEMORY:
            raise FileTooLarge(
                f"转换这个 {suffix} 文件占用的内存过多，已停止。",
                place=name,
                remedy="请拆分文件，或删去其中的图片后重试。",
            )


def _memory_of(group: int) -> int:
    """Bytes of memory that a process group uses; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0
    total = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, ValueError, IndexError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(fields[2]) == group:
                    total += int((entry / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return total


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the whole group: soffice starts other processes, which outlive it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
