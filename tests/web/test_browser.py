"""The pages in a real browser: drop a file, see its tables, follow a finding to its cell, filter, download."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from jiheng.budget import Severity
from jiheng.web.documents.models import Upload
from tests.web.builders import TEXT, document, finding, project, store

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]
DROP = """([name, text]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], name, {type: "text/plain"}));
  for (const type of ["dragenter", "dragover", "drop"])
    document.getElementById("upload").dispatchEvent(
      new DragEvent(type, {dataTransfer: transfer, bubbles: true, cancelable: true}));
}"""


def overflow(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def stored() -> Upload:
    """A file of three projects with five findings."""
    findings = [
        finding("revenue.total", related=["revenue.general_public", "revenue.other"]),
        finding("projects.0.indicators.0.value", Severity.WARNING, rule="VAL-001"),
        finding("projects.0.indicators.1.value", Severity.WARNING, rule="VAL-001"),
        finding("projects.2.plan.december", Severity.NOTICE, rule="PLAN-001"),
        finding("projects.2.indicators.2.value", Severity.ERROR, rule="VAL-002"),
    ]
    return store([document(projects=[project(1), project(2), project(3)])], findings)


def test_dropping_a_file_leads_to_its_tables(page: Page, live_server: LiveServer):
    page.goto(live_server.url)
    page.evaluate(DROP, ["水务局.txt", TEXT])
    page.wait_for_url(re.compile(r"/d/[\w-]{22}/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("安澜县水务局2024年部门预算绩效文本")
    expect(page.get_by_role("cell", name="13052924P00584012062K")).to_be_visible()
    page.goto(live_server.url)
    expect(page.locator(".file-name")).to_contain_text("水务局.txt")


def test_choosing_several_files_reports_each(page: Page, live_server: LiveServer):
    page.goto(live_server.url)
    page.locator("#files").set_input_files(
        [
            {"name": "好.txt", "mimeType": "text/plain", "buffer": TEXT.encode()},
            {"name": "空.txt", "mimeType": "text/plain", "buffer": b""},
            {"name": "程序.exe", "mimeType": "application/x-dosexec", "buffer": b"MZ"},
        ]
    )
    queue = page.locator("#queue .queued")
    expect(queue).to_have_count(3)
    expect(page.locator("#queue .total")).to_have_text("已读取 1 个，没有读成 2 个，列在最前。")
    expect(queue.nth(0)).to_contain_text("已读取")
    expect(queue.nth(0).get_by_role("link", name="查看结果")).to_be_visible()
    expect(queue.nth(1)).to_contain_text("文件是空的")
    expect(queue.nth(2)).to_contain_text("暂不支持 .exe")
    expect(page.locator(".file-link")).to_have_count(1)


def test_a_finding_leads_to_its_cell_and_back(page: Page, live_server: LiveServer):
    upload = stored()
    page.goto(f"{live_server.url}{upload.get_absolute_url()}")
    page.locator("#f1").click()
    expect(page.locator("#c0-revenue-total")).to_have_class(re.compile("is-lit"))
    expect(page.locator("#c0-revenue-other")).to_have_class(re.compile("is-lit-too"))
    expect(page).to_have_url(re.compile("#f1$"))
    page.locator(".mark[href='#f5']").click()
    expect(page.locator("#f5")).to_have_class(re.compile("is-lit"))
    expect(page.locator("#f5")).to_be_in_viewport()
    expect(page.locator("#f1")).not_to_have_class(re.compile("is-lit"))


def test_a_link_to_a_finding_opens_at_it(page: Page, live_server: LiveServer):
    page.goto(f"{live_server.url}{stored().get_absolute_url()}?show=notice#f5")
    cell = page.locator("#c0-projects-2-indicators-2-value")
    expect(cell).to_be_in_viewport()
    expect(cell).to_have_class(re.compile("is-lit"))


def test_filtering_hides_marks_and_notes_and_keeps_the_address(page: Page, live_server: LiveServer):
    page.goto(f"{live_server.url}{stored().get_absolute_url()}")
    expect(page.locator("#position")).to_have_text("显示 5 条，共 5 条")
    page.get_by_role("checkbox", name="警告").uncheck()
    expect(page.locator("#f2")).to_be_hidden()
    expect(page.locator(".mark[href='#f2']")).to_be_hidden()
    expect(page.locator("#c0-projects-0-indicators-0-value")).not_to_have_class(re.compile("marked"))
    expect(page.locator("#position")).to_have_text("显示 3 条，共 5 条")
    assert "show=error&show=notice" in page.url
    page.reload()
    expect(page.locator("#f2")).to_be_hidden()
    page.get_by_label("按规则类别").select_option("PLAN")
    expect(page.locator("#position")).to_have_text("显示 1 条，共 5 条")


def test_stepping_by_keyboard(page: Page, live_server: LiveServer):
    page.goto(f"{live_server.url}{stored().get_absolute_url()}")
    for number in (1, 2, 3):
        page.keyboard.press("j")
        expect(page.locator("#position")).to_have_text(f"第 {number} 条，共 5 条")
        expect(page.locator(f".mark[data-f='{number}']")).to_be_in_viewport()
    page.keyboard.press("k")
    expect(page.locator("#f2")).to_have_class(re.compile("is-lit"))
    page.keyboard.press("Escape")
    expect(page.locator(".is-lit")).to_have_count(0)


def test_everything_is_reached_by_tab(page: Page, live_server: LiveServer):
    page.goto(f"{live_server.url}{stored().get_absolute_url()}")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('href') ?? document.activeElement.id"))
    assert {"#f1", "#c0-revenue-total", "#c0-projects-2", "next"} <= reached


def test_downloading_the_report(page: Page, live_server: LiveServer):
    page.goto(f"{live_server.url}{stored().get_absolute_url()}")
    with page.expect_download() as waiting:
        page.get_by_role("group", name="下载").get_by_role("link", name="PDF").first.click()
    assert waiting.value.suggested_filename == "审核报告-安澜县水务局.pdf"


def test_deleting_from_the_list(page: Page, live_server: LiveServer):
    store()
    page.goto(live_server.url)
    page.get_by_role("link", name="删除").click()
    page.get_by_role("button", name="删除").click()
    expect(page.get_by_role("status")).to_have_text("已删除“安澜县水务局.txt”。")
    expect(page.locator(".file-link")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_runs_over_the_edge(page: Page, live_server: LiveServer, width: int, scheme: str):
    long = project(4, name="很长的项目名称" * 20, code="X" * 80, purpose="A" * 300)
    upload = store(
        [document(projects=[project(1), long], title="标题" * 60)],
        [finding("projects.1.name", message="Y" * 300)],
    )
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for path in ("/", upload.get_absolute_url(), f"{upload.get_absolute_url()}delete/", "/nowhere"):
        page.goto(f"{live_server.url}{path}")
        assert overflow(page) <= 0, path


CONTRAST = """() => {
  const channel = (value) => { const c = value / 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const parse = (text) => (text.match(/[\\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || element.closest(".unseen, [hidden], .skip, :disabled") || !element.getClientRects().length) continue;
    const [a, b] = [luminance(parse(getComputedStyle(element).color)), luminance(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push(`${ratio.toFixed(2)} ${element.className} ${element.textContent.trim().slice(0, 20)}`);
  }
  return poor;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(page: Page, live_server: LiveServer, scheme: str):
    upload = stored()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for path in ("/", f"{upload.get_absolute_url()}#f1", "/nowhere"):
        page.goto(f"{live_server.url}{path}")
        page.wait_for_timeout(200)
        assert page.evaluate(CONTRAST) == []


def test_a_finding_is_explained_and_stays_listed(page: Page, live_server: LiveServer):
    page.goto(live_server.url)
    page.evaluate(DROP, ["水务局.txt", TEXT])
    page.wait_for_url(re.compile(r"/d/[\w-]{22}/"))
    page.locator(".explain-link").first.click()
    page.locator("textarea[name=reason]").fill("按县财政局通知填列。")
    page.get_by_label("说明人").fill("周会计")
    page.get_by_role("button", name="保存理由").click()
    expect(page.get_by_role("heading", name="已说明理由 1 条")).to_be_visible()
    expect(page.locator(".waived .reason")).to_contain_text("周会计")
    page.get_by_role("button", name="取消说明").click()
    expect(page.get_by_role("heading", name="已说明理由 1 条")).to_have_count(0)


def test_mends_of_a_rule_are_accepted_with_one_button(page: Page, live_server: LiveServer):
    page.goto(live_server.url)
    page.evaluate(DROP, ["水务局.txt", TEXT.replace("25%\t50%\t75%\t100%", "25%\t25%\t25%\t25%")])
    page.wait_for_url(re.compile(r"/d/[\w-]{22}/"))
    page.get_by_role("link", name=re.compile("个问题可直接改正")).click()
    page.get_by_label("改正人").fill("周会计")
    page.get_by_role("button", name=re.compile("采用这条规则的全部")).first.click()
    expect(page.get_by_role("heading", name=re.compile("已经改正 3 个值"))).to_be_visible()
    assert overflow(page) == 0


def test_a_number_in_the_summary_by_rule_leads_to_its_finding(page: Page, live_server: LiveServer):
    page.goto(f"{live_server.url}{stored().get_absolute_url()}")
    page.locator(".faults summary").click()
    page.locator(".faults [href='#f5']").click()
    expect(page.locator("#f5")).to_have_class(re.compile("is-lit"))
    expect(page.locator("#c0-projects-2-indicators-2-value")).to_be_in_viewport()


def test_the_files_of_a_folder_keep_their_folders(page: Page, live_server: LiveServer, tmp_path: Path):
    for department in ("甲局", "乙局"):
        (tmp_path / "报送" / department).mkdir(parents=True)
        (tmp_path / "报送" / department / "绩效文本.txt").write_text(TEXT.replace("安澜县水务局", department))
    (tmp_path / "报送" / "甲局" / "坏.txt").write_text(" \n")
    page.goto(live_server.url)
    page.locator("#folder").set_input_files(tmp_path / "报送")
    expect(page.locator(".file-name", has_text="报送/甲局/绩效文本.txt")).to_be_visible()
    expect(page.locator(".file-name", has_text="报送/乙局/绩效文本.txt")).to_be_visible()
    expect(page.locator(".failure", has_text="报送/甲局/坏.txt")).to_be_visible()


def test_a_mend_is_accepted_beside_its_finding_and_put_back(page: Page, live_server: LiveServer):
    page.goto(live_server.url)
    page.evaluate(DROP, ["水务局.txt", TEXT.replace("25%\t50%\t75%\t100%", "25%\t25%\t25%\t25%")])
    page.wait_for_url(re.compile(r"/d/[\w-]{22}/"))
    # Enter in the field of the name accepts nothing
    page.get_by_label("改正人").fill("周会计")
    page.get_by_label("改正人").press("Enter")
    expect(page.get_by_role("button", name="采用改正").first).to_be_visible()
    page.get_by_role("button", name="采用改正").first.click()
    expect(page).to_have_url(re.compile("#c0-projects-0$"))
    expect(page.get_by_role("status").first).to_contain_text("已采用 1 个问题的改正")
    page.get_by_role("link", name="对照原文、更正读错的值").click()
    expect(page.locator(".history")).to_contain_text("12月底")
    page.go_back()
    page.goto(page.url.split("#")[0] + "mends/")
    page.get_by_role("button", name=re.compile("撤销 PLAN-005")).click()
    expect(page.get_by_role("heading", name="已经改正 0 个值")).to_be_visible()


def test_all_files_of_a_page_are_chosen_at_once(page: Page, live_server: LiveServer):
    for number in range(3):
        store(name=f"{number}.txt", content=str(number).encode())
    page.goto(live_server.url)
    page.get_by_label("全选本页").check()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载所选的意见书（zip）").click()
    assert waiting.value.suggested_filename == "审核意见书-3份.zip"


def test_a_refused_download_is_told(page: Page, live_server: LiveServer):
    upload = store([document(projects=[], overall_goal=[])])
    page.goto(f"{live_server.url}{upload.get_absolute_url()}")
    page.get_by_role("group", name="下载").get_by_role("link", name="Word").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("无法完成")
