"""The pages in real Chromium: nothing serious for axe, keys alone decide a figure, narrow screens do not overflow."""

import os
import shutil
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from monitor.users import save_user
from store import open_store
from tests.monitor.test_service import PATIENCE, _get, until
from tests.monitor.test_web import home, reading

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("chromium"), reason="no Chromium: apt-get install chromium"),
]
playwright = pytest.importorskip("playwright.sync_api")
__all__ = ["home"]

AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
PATHS = ["/", "/ban-tin", "/ban-tin/2020-05-18", "/ban-tin/2020-05-18/moi",
         "/canh-bao", "/ban-do", "/ban-do?ds=63&do=level", "/ban-do?kieu=o", "/nhat-ky",
         "/dia-phuong", "/dia-phuong/2024:20", "/dia-phuong?ten=lang", "/bai-bao", "/bai?id=a", "/tham-dinh",
         "/tham-dinh/2", "/chuoi?area=2024:20&indicator=BHXH_TN.participants", "/nguon", "/nguon/x", "/quy-tac",
         "/tim", "/tim?q=tham+gia", "/api", "/vao", "/khong-co"]  # fmt: skip


@pytest.fixture
def site(home):
    """Serve the pages of a home by the command that people use."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "monitor.main", "serve", "--port", str(port)],
        env=os.environ | {"ANSINH_HOME": str(home.root)}, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    base = f"http://127.0.0.1:{port}"
    until(lambda: _get(f"{base}/suc-khoe"))
    yield base
    process.terminate()
    process.wait(PATIENCE)


@pytest.fixture
def browser():
    with playwright.sync_playwright() as started:
        one = started.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS, timeout=240_000)
        yield one
        one.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page(site, browser, scheme):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    found = {}
    for path in PATHS:
        page.goto(site + path)
        page.add_script_tag(path=str(AXE))
        serious = page.evaluate(
            "async () => (await axe.run()).violations.filter(v => ['serious','critical'].includes(v.impact))"
            ".map(v => v.id + ': ' + v.nodes.slice(0, 2).map(n => n.html).join(' | '))"
        )
        if serious:
            found[path] = serious
    assert not found
    assert not [text for text in said if "404" not in text]


def test_no_page_is_wider_than_a_phone(site, browser):
    page = browser.new_page(viewport={"width": 390, "height": 800})
    for path in PATHS:
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 392, path


def test_the_policy_lets_no_script_in_and_breaks_no_page(site, browser):
    page = browser.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message) or dialog.dismiss())
    for path in PATHS[:-1]:
        page.goto(site + path)
    assert not [text for text in said if "404" not in text]


def test_a_figure_is_decided_with_keys_alone(site, browser, home):
    save_user(home, "lan", "reviewer", "mat-khau-dai")
    page = browser.new_page()
    page.goto(f"{site}/vao?tiep=/tham-dinh/2")
    page.wait_for_function("document.activeElement.name === 'ten'")
    page.keyboard.type("lan")
    page.keyboard.press("Tab")
    page.keyboard.type("mat-khau-dai")
    page.keyboard.press("Enter")
    page.wait_for_selector(".sentence")
    page.keyboard.press("3")
    page.keyboard.type("9.682")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=sửa · lan")
    page.keyboard.press("z")
    page.wait_for_selector("text=hoàn tác · lan")
    page.keyboard.press("a")
    page.wait_for_selector("text=chấp nhận · lan")
    with open_store(home.database, readonly=True) as store:
        assert [verdict.verdict for verdict in store.verdicts(2)] == ["correct", "undo", "accept"]


def test_all_works_without_script(site, browser, home):
    save_user(home, "lan", "reviewer", "mat-khau-dai")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/vao?tiep=/tham-dinh/2")
    page.fill("input[name=ten]", "lan")
    page.fill("input[name=mat-khau]", "mat-khau-dai")
    page.click("main button")
    page.click("button[value=reject]")
    assert "bác bỏ · lan" in page.inner_text("main")
    page.goto(f"{site}/bai?id=a")
    page.click("mark a")
    assert page.url.endswith("#o1")


def test_the_zoomed_chart_speaks_the_reader_s_language(site, browser, home):
    with open_store(home.database) as store:
        text = "Đến hết tháng 5/2020, toàn tỉnh có 8.962 người tham gia BHXH tự nguyện."
        later = reading("c", text, 8962, url="https://bao.example/c")
        day = {"period_start": date(2020, 5, 31), "period_end": date(2020, 5, 31)}
        store.save_reading(replace(later, observations=(replace(later.observations[0], **day),)))
        store.settle()
    page = browser.new_page()
    page.goto(f"{site}/chuoi?area=2024:20&indicator=BHXH_TN.participants")
    page.click("text=Phóng to")
    page.wait_for_selector(".u-legend")
    page.mouse.move(0, 0)
    legend = page.inner_text(".u-legend")
    assert "Ngày" in legend and "số hiện có" in legend and "Time" not in legend
    page.hover(".u-over", position={"x": 2, "y": 40})
    page.wait_for_function("document.querySelector('.u-legend').innerText.includes('30/4/2020')")
    assert "8.475" in page.inner_text(".u-legend")


@pytest.mark.parametrize("width", [390, 700, 1440])
def test_the_newest_point_of_a_chart_is_in_view_at_once_without_script(site, browser, width):
    page = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=False).new_page()
    page.goto(f"{site}/chuoi?area=2024:20&indicator=BHXH_TN.participants")
    shown = [one for one in page.locator("#bieu-do svg").all() if one.is_visible()]
    assert len(shown) == 1
    newest = shown[0].locator("a").last.bounding_box()
    label = shown[0].locator("text.last").bounding_box()
    assert newest["x"] >= 0 and label["x"] + label["width"] <= width
    assert label["height"] >= 9  # letters that can be read


def test_a_reviewer_rejects_a_figure_on_the_article_s_page_with_keys(site, browser, home):
    save_user(home, "lan", "reviewer", "mat-khau-dai")
    page = browser.new_page()
    page.goto(f"{site}/bai?id=a")
    page.keyboard.press("j")
    page.keyboard.press("x")  # nobody is logged in: the login comes first, then the figure
    page.wait_for_function("document.activeElement.name === 'ten'")
    page.keyboard.type("lan")
    page.keyboard.press("Tab")
    page.keyboard.type("mat-khau-dai")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/tham-dinh/1")
    page.goto(f"{site}/bai?id=a")
    page.keyboard.press("z")  # no figure is chosen: nothing happens
    page.keyboard.press("j")
    page.keyboard.press("z")
    page.wait_for_selector("#bao:has-text('chưa có quyết định nào để hoàn tác')")
    page.keyboard.press("x")
    page.wait_for_selector("text=✕ người thẩm định bác bỏ")
    assert page.locator("mark.rejected.here").count() == 1
    page.keyboard.press("z")
    page.wait_for_selector("text=● vào chuỗi")
    with open_store(home.database, readonly=True) as store:
        assert [(one.verdict, one.author) for one in store.verdicts(1)] == [("reject", "lan"), ("undo", "lan")]


def test_a_reader_without_the_right_is_told_so_on_the_article_s_page(site, browser, home):
    save_user(home, "binh", "reader", "mat-khau-dai")
    page = browser.new_page()
    page.goto(f"{site}/vao?tiep=/bai")
    page.fill("input[name=ten]", "binh")
    page.fill("input[name=mat-khau]", "mat-khau-dai")
    page.click("main button")
    page.goto(f"{site}/bai?id=a")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.wait_for_selector("#bao:has-text('Cần quyền thẩm định')")
    with open_store(home.database, readonly=True) as store:
        assert store.verdicts(1) == []
