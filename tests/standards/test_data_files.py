"""Every data file says where its content is from, of what date, and under which licence."""

from pathlib import Path

import pytest

import jiheng.standards

FOLDER = Path(jiheng.standards.__file__).parent / "data"


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_a_data_file_opens_with_source_date_and_licence(path):
    head = [line for line in path.read_text(encoding="utf-8").splitlines()[:12] if line.startswith("#")]
    for label in ("来源：", "日期：", "许可："):
        assert any(label in line for line in head), label
