"""What holds for the project as a whole: nothing private is committed, nothing is nameless or overgrown."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
from pathlib import Path

import pytest

import jiheng.budget

ROOT = Path(__file__).resolve().parent.parent
LONGEST_MODULE = 500
LONGER_FOR_A_REASON: dict[str, str] = {}
"""Modules that may be longer, each with its reason."""

_SKIPPED_FOLDERS = {".git", ".venv", ".stamps", "var", "build", "dist", "__pycache__"}
_HOSTS = [
    ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("yarnpkg", "com"), ("npmmirror", "com"),
    ("tuna.tsinghua.edu", "cn"), ("mirrors.aliyun", "com"), ("mirrors.cloud.tencent", "com"),
    ("mirrors.ustc.edu", "cn"), ("repo.huaweicloud", "com"), ("proxy.golang", "org"), ("crates", "io"),
]  # fmt: skip
FORBIDDEN = {
    "a path of somebody's machine": re.compile(r"(?<![\w./\])}>*-])/(?:work|root|home|Users)/[\w.~-]"),
    "a folder outside the checkout": re.compile(r"\.\./" + r"shared\b"),
    "the address of a package registry": re.compile(
        "|".join(re.escape(f"{name}.{domain}") for name, domain in _HOSTS), re.IGNORECASE
    ),
    "an option that names a package registry": re.compile(
        r"(?<!no-emit-)(?<![\w])(?:--)?(?:extra-)?index-url[ =]+\S*:/" + r"|--find" + r"-links\b",
        re.IGNORECASE,
    ),
}


def _files() -> list[Path]:
    """What is, or is about to be, committed; the whole tree where git is not at hand."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not _SKIPPED_FOLDERS & set(path.relative_to(ROOT).parts)]
    return sorted(path for path in paths if path.is_file())


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _modules() -> list[Path]:
    return [path for path in _files() if path.suffix == ".py"]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_carries(what: str):
    found = []
    for path in _files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if match := FORBIDDEN[what].search(line):
                found.append(f"{_relative(path)}:{number}: {match[0]}")
    assert not found, f"{what}:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a path of somebody's machine", "see /" + "home/someone/notes"),
        ("a folder outside the checkout", "see .." + "/shared/notes"),
        ("the address of a package registry", "https://PyPI" + ".org/simple"),
        ("an option that names a package registry", "--index" + "-url https://mirror.example/simple"),
        ("an option that names a package registry", "--find" + "-links wheels"),
    ],
)
def test_the_search_finds_what_it_is_for(what: str, line: str):
    assert FORBIDDEN[what].search(line)


@pytest.mark.parametrize(
    "line",
    [
        "frontend/root/x",
        "docs/work/plan.md",
        "//root/item",
        "uv pip compile --no-emit-index" + "-url",
        "/usr/bin/chromium",
    ],
)
def test_the_search_leaves_ordinary_lines_alone(line: str):
    assert not [what for what, pattern in FORBIDDEN.items() if pattern.search(line)]


def test_no_module_is_overlong_without_a_reason():
    lengths = {_relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in _modules()}
    overlong = {name for name, length in lengths.items() if length > LONGEST_MODULE}
    assert overlong == set(LONGER_FOR_A_REASON)
    assert all(LONGER_FOR_A_REASON.values())


def test_every_package_says_what_belongs_in_it():
    packages = [
        path for path in _modules() if path.name == "__init__.py" and path.is_relative_to(ROOT / "src")
    ]
    assert packages
    silent = [
        _relative(path)
        for path in packages
        if "migrations" not in path.parts
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
@pytest.mark.parametrize("command", ["make run", "make test"])
def test_the_readme_gives_the_two_commands(name: str, command: str):
    assert command in (ROOT / name).read_text(encoding="utf-8")


def test_ci_runs_what_the_readme_tells():
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().splitlines()[-1].endswith("make test")


def test_every_locked_package_has_its_hash():
    for path in (ROOT / "requirements").glob("*.txt"):
        pins = re.split(r"\n(?=[A-Za-z0-9])", path.read_text(encoding="utf-8"))
        for pin in pins:
            if "==" in pin.split("\n")[0]:
                assert "--hash=sha256:" in pin, f"{path.name}: {pin.splitlines()[0]}"


def _glossary() -> list[list[str]]:
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return [row for row in rows if row[0] != "中文"]


def test_the_glossary_has_every_public_class_of_budget():
    terms = set(re.findall(r"`(\w+)`", " ".join(row[1] for row in _glossary())))
    classes = {name for name in jiheng.budget.__all__ if inspect.isclass(getattr(jiheng.budget, name))}
    assert not classes - terms


def test_the_glossary_gives_each_term_once_and_whole():
    rows = _glossary()
    assert len(rows) >= 60
    assert all(len(row) == 3 and all(row) for row in rows)
    chinese = [row[0] for row in rows]
    english = [row[1] for row in rows]
    assert len(set(chinese)) == len(chinese)
    assert len(set(english)) == len(english)


def test_the_index_of_decisions_is_whole():
    folder = ROOT / "docs" / "decisions"
    records = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert [int(name[:4]) for name in records] == list(range(1, len(records) + 1))
    linked = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8"))
    assert linked == records
