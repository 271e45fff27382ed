"""The page of templates in a real browser: a wrong file is told, a good one is kept, an older one is chosen again."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.templates.builders import p, word
from tests.web.builders import store

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]


def hand_in(page: Page, path: Path, text: str) -> None:
    path.write_bytes(word(p(text)))
    page.locator("input[name=template]").set_input_files(path)
    page.get_by_label("上传人").fill("周会计")
    page.get_by_role("button", name="检查并保存").click()


@pytest.mark.parametrize("width", [1280, 390])
def test_handing_in_and_choosing(page: Page, live_server: LiveServer, tmp_path: Path, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    upload = store()
    page.goto(f"{live_server.url}/rules/templates/")
    hand_in(page, tmp_path / "错.docx", "{{部们名称}}")
    expect(page.get_by_role("alert")).to_contain_text("正文第1段")
    expect(page.get_by_role("alert")).to_contain_text("是否应为“部门名称”")
    for name in ("一稿.docx", "二稿.docx"):
        hand_in(page, tmp_path / name, "{{部门名称}}")
        expect(page.get_by_role("status")).to_contain_text(name)
    page.get_by_role("button", name="换用").click()
    expect(page.get_by_role("status")).to_contain_text("一稿.docx")
    expect(page.get_by_role("row").filter(has_text="正在使用")).to_contain_text("一稿.docx")
    with page.expect_download() as download:
        page.get_by_role("button", name="Word", exact=True).first.click()
    assert download.value.suggested_filename.startswith("预览-")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    page.goto(f"{live_server.url}{upload.get_absolute_url()}")
    expect(page.get_by_text("用本单位模板")).to_be_visible()
