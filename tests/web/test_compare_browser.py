"""The original beside the reading in a real browser: find, light up, put right; on a phone, without scripts; folders."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from jiheng.budget import Box, DisclosureTable, Place, TableColumn, TableRow
from jiheng.reading import LeftOver, UnreadBlock
from jiheng.web.documents import services
from jiheng.web.documents.models import Correction, Failure, Upload
from jiheng.web.documents.outcome import Audited, Outcome
from tests.web.builders import TEXT, document, store
from tests.web.test_browser import overflow

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]
TOTAL = "0.projects.0.budget.total"
LIT = re.compile(r"\bis-lit\b")


def value(page: Page, path: str) -> Locator:
    return page.locator(f'.value[data-path="{path}"]')


def text_upload(live_server: LiveServer, page: Page) -> Upload:
    upload = services.receive_file(name="水务局.txt", content=TEXT.encode()).upload
    page.goto(f"{live_server.url}{upload.get_absolute_url()}compare/")
    return upload


def scan() -> Upload:
    """Two pages of A4 with a table on the second one: a name and a code in one cell, an unsure figure, a left-over."""
    box, figure = Box(0.1, 0.8, 0.4, 0.82), Box(0.5, 0.8, 0.7, 0.82)
    row = TableRow(
        name="行政运行",
        code="2010301",
        values=["12.50"],
        cells={
            "name": Place(page=2, box=box, confidence=0.99),
            "code": Place(page=2, box=box, confidence=0.99),
            "values.0": Place(page=2, box=figure, confidence=0.6),
        },
    )
    table = DisclosureTable(title="支出总表", columns=[TableColumn("total", "合计")], rows=[row])
    left = UnreadBlock(
        "看不清的一行", Place(page=1, box=Box(0.1, 0.9, 0.9, 0.92)), LeftOver.UNKNOWN, "不认识"
    )
    outcome = Outcome(format="tif", documents=[document(tables=[table])], unread=[left], pages=2)
    buffer = io.BytesIO()
    first, second = Image.new("RGB", (620, 877), "white"), Image.new("RGB", (877, 620), "white")
    first.save(buffer, "TIFF", save_all=True, append_images=[second])
    return services.keep_upload(name="扫描.tif", content=buffer.getvalue(), audited=Audited(outcome, []))


def test_a_value_lights_up_its_place_and_the_place_its_value(page: Page, live_server: LiveServer):
    text_upload(live_server, page)
    total = value(page, TOTAL)
    total.locator(".shown").click()
    place = page.locator(f"[id='{total.get_attribute('data-target')}']")
    expect(place).to_have_text("16.80")
    expect(place).to_have_class(LIT)
    expect(place).to_be_in_viewport()
    page.get_by_role("cell", name="河道清淤经费", exact=True).click()
    name = value(page, "0.projects.0.name")
    expect(name).to_have_class(LIT)
    expect(name).to_be_in_viewport()
    expect(total).not_to_have_class(LIT)


def test_a_place_on_the_picture_of_a_page_leads_to_each_of_its_values(page: Page, live_server: LiveServer):
    page.goto(f"{live_server.url}{scan().get_absolute_url()}compare/")
    row = "0.tables.0.rows.0"
    value(page, f"{row}.name").locator(".shown").click()
    spot = page.locator("rect.is-lit")
    expect(spot).to_be_in_viewport()
    spot.click()
    expect(value(page, f"{row}.code")).to_have_class(LIT)
    spot.click()
    expect(value(page, f"{row}.name")).to_have_class(LIT)
    # the picture of the page, whatever its shape, ends where its rectangles end
    picture, frame = page.locator("#page-2 img"), page.locator("#page-2 svg")
    expect(picture).to_have_js_property("complete", True)
    assert picture.bounding_box() == pytest.approx(frame.bounding_box(), abs=1)


def test_unsure_values_and_left_overs_are_stepped_through(page: Page, live_server: LiveServer):
    upload = scan()
    page.goto(f"{live_server.url}{upload.get_absolute_url()}compare/")
    figure = value(page, "0.tables.0.rows.0.values.0")
    expect(figure).to_contain_text("把握 60%")
    page.get_by_role("button", name="下一处").click()
    expect(figure).to_have_class(LIT)
    expect(page.locator("rect.is-lit")).to_be_in_viewport()
    page.get_by_label("只看把握不大的").check()
    expect(page.locator(".value:visible")).to_have_count(1)
    page.locator(".left-over .at").first.click()
    expect(page.locator("rect.is-left")).to_have_class(LIT)
    expect(page.locator("rect.is-left")).to_be_in_viewport()
    page.goto(f"{live_server.url}{upload.get_absolute_url()}")
    page.get_by_role("link", name="识别把握不大，核对").click()
    expect(figure).to_have_class(LIT)
    page.goto(f"{live_server.url}{upload.get_absolute_url()}")
    page.locator("#reading .left-over a").last.click()
    expect(page.locator("rect.is-left")).to_have_class(LIT)


def test_a_value_is_put_right_where_it_stands(page: Page, live_server: LiveServer):
    text_upload(live_server, page)
    total = value(page, TOTAL)
    total.get_by_role("link", name="更正").click()
    field = total.locator("textarea[name=after]")
    expect(field).to_be_focused()
    expect(field).to_have_value("16.80")
    field.fill("18.60")
    field.press("Enter")
    expect(total.get_by_role("alert")).to_have_text("请先在上方写明更正人。")
    page.locator("#who").fill("周会计")
    field.fill("约十八万")
    total.get_by_role("button", name="保存").click()
    expect(total.get_by_role("alert")).to_contain_text("金额请只写数字")
    expect(field).to_have_value("约十八万")
    field.fill("1,018.60")
    field.press("Enter")
    expect(total.locator(".shown")).to_have_text("1018.60")
    expect(total).to_contain_text("周会计 刚刚更正，原为“16.80”")
    expect(total.locator("form")).to_have_count(0)
    page.reload()
    expect(page.locator(".history")).to_contain_text("16.80")
    expect(page.locator("#who")).to_have_value("周会计")
    page.get_by_role("button", name="改回").click()
    expect(value(page, TOTAL).locator(".shown")).to_have_text("16.80")
    assert Correction.objects.count() == 2


def test_escape_leaves_a_value_as_it_was(page: Page, live_server: LiveServer):
    text_upload(live_server, page)
    total = value(page, TOTAL)
    total.get_by_role("link", name="更正").click()
    total.locator("textarea[name=after]").press("Escape")
    expect(total.locator("form")).to_have_count(0)
    expect(total.get_by_role("link", name="更正")).to_be_focused()


def test_values_are_found_by_name_and_by_figure(page: Page, live_server: LiveServer):
    text_upload(live_server, page)
    for wanted in ("16.80", "清淤长度"):
        page.locator("#find").fill(wanted)
        expect(page.locator("#found")).to_have_text(re.compile(r"找到 \d+ 个"))
        shown = page.locator(".value:visible")
        assert 0 < shown.count() < 12
    page.locator("#find").fill("没有这样的值")
    expect(page.locator("#found")).to_have_text("找到 0 个")


def test_without_scripts_a_value_is_put_right_too(chromium: Browser, live_server: LiveServer):
    upload = services.receive_file(name="水务局.txt", content=TEXT.encode()).upload
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}{upload.get_absolute_url()}compare/")
    value(page, TOTAL).get_by_role("link", name="更正").click()
    for typed, said in (("约十八万", "金额请只写数字"), ("18.60", None)):
        value(page, TOTAL).locator("textarea[name=after]").fill(typed)
        value(page, TOTAL).locator("input[name=who]").fill("周会计")
        value(page, TOTAL).get_by_role("button", name="保存").click()
        if said:
            expect(value(page, TOTAL)).to_contain_text(said)
            expect(value(page, TOTAL).locator("textarea[name=after]")).to_have_value(typed)
    expect(value(page, TOTAL).locator(".shown")).to_have_text("18.60")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["text", "scan"])
def test_on_a_phone_the_original_can_be_read(page: Page, live_server: LiveServer, scheme: str, kind: str):
    page.set_viewport_size({"width": 375, "height": 780})
    page.emulate_media(color_scheme=scheme)
    if kind == "text":
        text_upload(live_server, page)
        widths = page.evaluate("[...document.querySelectorAll('.text td')].map((cell) => cell.offsetWidth)")
        assert min(widths) >= 60
    else:
        page.goto(f"{live_server.url}{scan().get_absolute_url()}compare/")
        assert page.locator("#page-1 img").bounding_box()["width"] > 700
    assert overflow(page) <= 0
    page.locator(".shown").last.click()
    page.locator(".edit").last.click()
    assert overflow(page) <= 0


def test_a_folder_is_handed_in_whole(page: Page, live_server: LiveServer, tmp_path: Path):
    folder = tmp_path / "水务局"
    (folder / "附件").mkdir(parents=True)
    (folder / "文本.txt").write_text(TEXT, encoding="utf-8")
    (folder / "附件" / "坏的.pdf").write_bytes(b"%PDF-1.7 nothing")
    (folder / "视频.mp4").write_bytes(b"ftyp")
    (folder / ".DS_Store").write_bytes(b"x")
    page.goto(live_server.url)
    page.locator("#folder").set_input_files(folder)
    queue = page.locator("#queue li.queued")
    expect(queue).to_have_count(3)
    expect(queue.filter(has_text="视频.mp4")).to_contain_text("没有上传")
    expect(queue.filter(has_text="文本.txt")).to_contain_text("已读取")
    bad = queue.filter(has_text="坏的.pdf")
    expect(bad).to_contain_text("损坏")
    bad.get_by_role("button", name="再试一次").click()
    expect(bad.get_by_role("button", name="再试一次")).to_be_visible()
    expect(page.locator(".failures")).to_contain_text("坏的.pdf")
    expect(page.locator(".file-link")).to_have_count(1)


def test_an_archive_reports_each_of_its_files(page: Page, live_server: LiveServer):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("文本.txt", TEXT)
        packed.writestr("坏的.pdf", b"%PDF-1.7 nothing")
    page.goto(live_server.url)
    page.locator("#files").set_input_files(
        {"name": "附件.zip", "mimeType": "application/zip", "buffer": buffer.getvalue()}
    )
    members = page.locator("#queue .members li")
    expect(members).to_have_count(2)
    expect(members.filter(has_text="文本.txt")).to_contain_text("读到 1 份文本")
    expect(members.filter(has_text="坏的.pdf")).to_contain_text("没有读成")


def test_the_whole_row_leads_to_the_file_and_its_links_elsewhere(page: Page, live_server: LiveServer):
    upload = store()
    page.goto(live_server.url)
    # the link covers the row, so the place of another cell is clicked rather than that cell
    page.locator(".list .when").click(force=True)
    expect(page).to_have_url(f"{live_server.url}{upload.get_absolute_url()}")
    page.goto(live_server.url)
    page.get_by_role("link", name="1 处").click()
    expect(page).to_have_url(re.compile("compare/#unread$"))
    page.goto(live_server.url)
    page.get_by_role("link", name="没读懂").click()
    expect(page.get_by_role("columnheader", name="没读懂")).to_have_attribute("aria-sort", "descending")
    page.get_by_label("状态").select_option("error")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_text("没有找到")).to_be_visible()


def test_a_file_that_could_not_be_read_is_tried_again_and_removed(page: Page, live_server: LiveServer):
    page.goto(live_server.url)
    page.locator("#files").set_input_files(
        {"name": "坏.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 nothing"}
    )
    expect(page.locator(".failure")).to_contain_text("坏.pdf")
    page.locator(".failure").get_by_role("button", name="再试一次").click()
    expect(page.get_by_role("status").first).to_contain_text("仍然没有读成")
    page.locator(".failure").get_by_role("button", name="移除").click()
    expect(page.locator(".failure")).to_have_count(0)
    assert not Failure.objects.exists()
