"""The office's morning, whole: the demo's days are played, the mail arrives, its link opens the sentence, a reviewer
corrects a figure with the keyboard, the series and the next digest show it; kills in between change nothing."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from model.home import Home
from monitor.users import save_user
from monitor.words import VIETNAM
from store import open_store
from tests.monitor.test_browser import FLAGS, playwright, pytestmark
from tests.monitor.test_mail import Box, smtp
from tests.monitor.test_service import PATIENCE, _get, _open, until

__all__ = ["Box", "pytestmark", "smtp"]
TEXT = (
    "BHXH tỉnh Lạng Sơn tổ chức hội nghị giao ban.\n\nTính đến hết ngày {day}, toàn tỉnh Lạng Sơn có 93.210 người"
    " tham gia BHXH tự nguyện.\n\nSố người tham gia BHYT hộ gia đình là 61.734 người."
)


def ansinh(home, *arguments, **more):
    done = subprocess.run(
        [sys.executable, "-m", "monitor.main", *arguments],
        env=os.environ | {"ANSINH_HOME": str(home), "ANSINH_MAIL_PASSWORD": "mat-khau"} | more,
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


@contextlib.contextmanager
def running(home, port):
    """Run the whole service; the block gets its process, which is killed at the end whatever happens."""
    process = subprocess.Popen(
        [sys.executable, "-m", "monitor.main", "run"],
        env=os.environ | {"ANSINH_HOME": str(home), "ANSINH_MAIL_PASSWORD": "mat-khau"}, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until(lambda: _get(f"http://127.0.0.1:{port}/suc-khoe"))
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE)


def pages_of(service):
    """Find the process that serves the pages: the service's child whose command says `serve`."""
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            if parent == service.pid and b"serve" in (entry / "cmdline").read_bytes():
                return int(entry.name)
    raise AssertionError("the service serves no pages")


def played(tmp_path, smtp):
    """Play the demo, add an article of this month, and write the settings of a service over it."""
    ansinh(tmp_path, "demo")
    home = tmp_path / "demo"
    assert "false" not in ansinh(home, "rebuild", "--check", "--format", "json")
    day = datetime.now(VIETNAM).date() - timedelta(days=3)
    article = {
        "id": "giao-ban", "url": "https://xulang.example/giao-ban.html", "title": "Hội nghị giao ban BHXH tỉnh",
        "published": datetime.now(VIETNAM).date().isoformat(), "area": "Lạng Sơn",
        "text": TEXT.format(day=f"{day.day}/{day.month}/{day.year}"),
    }  # fmt: skip
    (tmp_path / "giao-ban.jsonl").write_text(json.dumps(article, ensure_ascii=False) + "\n", "utf-8")
    ansinh(home, "ingest", str(tmp_path / "giao-ban.jsonl"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (home / "ansinh.toml").write_text(
        f'[mail]\nhost = "127.0.0.1"\nport = {smtp.port}\nsecurity = "none"\nuser = "ansinh"\n'
        f'sender = "An sinh <an@example.vn>"\n[[readers]]\naddress = "truc@example.vn"\n[pages]\nport = {port}\n'
        '[crawl]\nsources = ["xu-lang"]\n[jobs.crawl]\nevery = "1h"\n',
        "utf-8",
    )
    save_user(Home(root=home), "lan", "reviewer", "mat-khau-dai")
    return home, port


@pytest.mark.slow
def test_the_morning_from_the_press_to_the_reviewer(tmp_path, smtp):
    home, port = played(tmp_path, smtp)
    ansinh(home, "digest", "--send", "--date", "2020-07-07")
    ((_, mail),) = smtp.mails
    assert "7/7" in mail["Subject"]
    link = unescape(re.search(r'href="(http://127[^"]*/bai\?[^"]*)"', mail.get_body(("html",)).get_content())[1])
    base = f"http://127.0.0.1:{port}"
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page()
        page.set_default_timeout(1000 * PATIENCE)
        with running(home, port) as service:
            until(lambda: len(smtp.mails) == 2)  # the service's own morning mail, of yesterday: a day of nothing
            assert "không có số mới" in smtp.mails[1][1]["Subject"]
            page.goto(link)
            marked = page.inner_text("mark.here")
            assert marked in mail.get_body(("plain",)).get_content().replace("\n", " ")
            first = pages_of(service)
            os.kill(first, signal.SIGKILL)
            until(lambda: _get(f"{base}/suc-khoe") and pages_of(service) != first)
            _log_in(page, base)
            service.send_signal(signal.SIGKILL)
            service.wait(PATIENCE)
            until(lambda: not _open(port))
        with running(home, port) as service:
            corrected = _correct_one(page, home, base)
            area, indicator, measure = corrected[1::2]
            page.goto(f"{base}/chuoi?area={area}&indicator={indicator}&measure={measure}")
            assert "123.456 người" in page.inner_text("main")
            until(lambda: "123.456 người" in _get(f"{base}/ban-tin/{datetime.now(VIETNAM).date()}"))
            service.terminate()
            assert service.wait(PATIENCE) == 0
        browser.close()
    assert [mail["Subject"][:11] for _, mail in smtp.mails].count("An sinh 7/7") == 1 and len(smtp.mails) == 2
    _is_told_everywhere(home, corrected)


def _is_told_everywhere(home, corrected):
    """The correction stands in the series, in the next digest, in the exports, and after building all anew."""
    series = json.loads(ansinh(home, "series", *corrected, "--format", "json"))
    assert 123456 in [point["obs_value"] for point in series]
    told = ansinh(home, "digest", "--date", datetime.now(VIETNAM).date().isoformat())
    assert "123.456 người" in told and "1 quyết định thẩm định" in told
    (row,) = map(json.loads, ansinh(home, "review", "--export", "gold").splitlines())
    assert (row["obs_value"], row["doc"], row["by"]) == (123456, "giao-ban", "lan")
    ansinh(home, "rebuild")
    again = json.loads(ansinh(home, "series", *corrected, "--format", "json"))
    assert [(point["period_end"], point["obs_value"]) for point in again] == [
        (point["period_end"], point["obs_value"]) for point in series
    ]


def _log_in(page, base):
    page.goto(f"{base}/vao")
    page.wait_for_function("document.activeElement.name === 'ten'")
    page.keyboard.type("lan")
    page.keyboard.press("Tab")
    page.keyboard.type("mat-khau-dai")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}/")


def _correct_one(page, home, base):
    """Correct the value of a held figure with keys alone; give the options of its series."""
    with open_store(home / "ansinh.db", readonly=True) as store:
        item = next(one for one in store.review(limit=300) if one.doc == "giao-ban" and one.area and one.period_end)
    page.goto(f"{base}/tham-dinh/{item.obs_id}")
    page.wait_for_selector(".sentence")
    page.wait_for_load_state("load")  # the keys are a deferred script's
    page.keyboard.press("3")
    page.wait_for_function("document.activeElement.name === 'obs_value'")
    page.keyboard.type("123.456")
    was = page.url
    page.keyboard.press("Enter")
    page.wait_for_function("was => location.href !== was", arg=was)
    return "--area", item.area, "--indicator", item.indicator, "--measure", item.measure
