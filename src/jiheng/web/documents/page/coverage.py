"""How much of a file was read, in a sentence that an accountant can act on."""

from __future__ import annotations

from jiheng.reading import Coverage


def sentence(coverage: Coverage | None) -> str:
    """Where the characters of the file went."""
    if coverage is None:
        return "这份文件本身就是数据，直接读入。"
    parts = [f"全文 {coverage.characters:,} 字（不计空格），{coverage.placed:,} 字读成了数据"]
    if aside := coverage.furniture + coverage.wording:
        parts.append(f"{aside:,} 字是表头、标题、页码和连接用语")
    if coverage.unknown:
        parts.append(f"{coverage.unknown:,} 字没有读懂，逐条列在下面")
    if coverage.lost:
        parts.append(f"{coverage.lost:,} 字读过、但没有在数据中找到，也列在下面")
    missing = coverage.unknown + coverage.lost
    return "；".join(parts) + ("。" if missing else "。没有遗漏。")


def share(coverage: Coverage | None) -> float:
    """The share that was read, 0 to 1; 1 only when nothing is missing."""
    if coverage is None or not (coverage.unknown or coverage.lost):
        return 1.0
    return min(coverage.share, 0.999)
