"""The office's morning, whole: the demo's days are played, the mail arrives, its link opens the sentence, a reviewer
corrects a figure with the keyboard, the series and the next digest show it; a kill in between changes nothing."""

import json
import os
import re
import signal
import subprocess
import sys
from datetime import datetime
from html import unescape

import pytest

from model.home import Home
from monitor.users import save_user
from monitor.words import VIETNAM
from store import open_store
from tests.monitor.test_browser import FLAGS, playwright, pytestmark
from tests.monitor.test_mail import Box, smtp
from tests.monitor.test_service import _get, until

__all__ = ["Box", "pytestmark", "smtp"]


def ansinh(home, *arguments, **more):
    done = subprocess.run(
        [sys.executable, "-m", "monitor.main", *arguments],
        env=os.environ | {"ANSINH_HOME": str(home), "ANSINH_MAIL_PASSWORD": "mat-khau"} | more,
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def start(home, port):
    process = subprocess.Popen(
        [sys.executable, "-m", "monitor.main", "serve", "--port", str(port)],
        env=os.environ | {"ANSINH_HOME": str(home)}, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    until(lambda: _get(f"http://127.0.0.1:{port}/suc-khoe"), 60)
    return process


@pytest.mark.slow
def test_the_morning_from_the_press_to_the_reviewer(tmp_path, smtp):
    ansinh(tmp_path, "demo")
    home = tmp_path / "demo"
    assert "false" not in ansinh(home, "rebuild", "--check", "--format", "json")
    port = smtp.port + 1 if smtp.port < 65000 else smtp.port - 1
    (home / "ansinh.toml").write_text(
        f'[mail]\nhost = "127.0.0.1"\nport = {smtp.port}\nsecurity = "none"\nuser = "ansinh"\n'
        f'sender = "An sinh <an@example.vn>"\n[[readers]]\naddress = "truc@example.vn"\n[pages]\nport = {port}\n',
        "utf-8",
    )
    ansinh(home, "digest", "--send", "--date", "2020-07-07")
    ((_, mail),) = smtp.mails
    assert "7/7" in mail["Subject"]
    link = unescape(re.search(r'href="(http://127[^"]*/bai\?[^"]*)"', mail.get_body(("html",)).get_content())[1])
    process = start(home, port)
    try:
        with playwright.sync_playwright() as started:
            browser = started.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            page = browser.new_page()
            page.goto(link)
            marked = page.inner_text("mark.here")
            assert marked in mail.get_body(("plain",)).get_content().replace("\n", " ")
            process.send_signal(signal.SIGKILL)
            process.wait(10)
            process = start(home, port)
            corrected = _correct_one(page, home, f"http://127.0.0.1:{port}")
            browser.close()
    finally:
        process.kill()
        process.wait(10)
    series = json.loads(ansinh(home, "series", *corrected, "--format", "json"))
    assert 123456 in [point["obs_value"] for point in series]
    ansinh(home, "rebuild")
    again = json.loads(ansinh(home, "series", *corrected, "--format", "json"))
    assert [(point["period_end"], point["obs_value"]) for point in again] == [
        (point["period_end"], point["obs_value"]) for point in series
    ]
    told = ansinh(home, "digest", "--date", datetime.now(VIETNAM).date().isoformat())
    assert "1 quyết định thẩm định" in told


def _correct_one(page, home, base):
    """Correct the value of a held figure with keys alone; give the options of its series."""
    save_user(Home(root=home), "lan", "reviewer", "mat-khau-dai")
    with open_store(home / "ansinh.db", readonly=True) as store:
        item = next(one for one in store.review(limit=300) if one.area and one.period_end and one.unit == "person")
    page.goto(f"{base}/vao?tiep=/tham-dinh/{item.obs_id}")
    page.wait_for_function("document.activeElement.name === 'ten'")
    page.keyboard.type("lan")
    page.keyboard.press("Tab")
    page.keyboard.type("mat-khau-dai")
    page.keyboard.press("Enter")
    page.wait_for_selector(".sentence")
    page.wait_for_load_state("load")  # the keys are a deferred script's
    page.keyboard.press("3")
    page.wait_for_function("document.activeElement.name === 'obs_value'")
    page.keyboard.type("123.456")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return "--area", item.area, "--indicator", item.indicator, "--measure", item.measure
