"""The service as a process of its own over the demo press: ledger, children, kill, second instance, stop."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest

from model.errors import StoreError, UnknownNameError
from model.home import Home
from monitor.config import Job, load_config
from monitor.demo.server import Clock, serve
from monitor.demo.stories import load_press
from monitor.schedule.times import due_name, last_due
from monitor.words import VIETNAM
from store import open_store
from tests.monitor.test_declared import GOLD, INDICATOR


def local(*parts):
    return datetime(*parts, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("job", "now", "due"),
    [
        (Job(cron="30 6 * * *"), local(2026, 11, 22, 6, 30), local(2026, 11, 22, 6, 30)),
        (Job(cron="30 6 * * *"), local(2026, 11, 22, 6, 29, 59), local(2026, 11, 21, 6, 30)),
        (Job(cron="0 7 * * mon"), local(2026, 11, 22, 9, 0), local(2026, 11, 16, 7, 0)),
        (Job(cron="0 7 1 * *"), local(2026, 11, 22, 9, 0), local(2026, 11, 1, 7, 0)),
        (Job(every="20m"), local(2026, 11, 22, 6, 39), local(2026, 11, 22, 6, 20)),
        (Job(every="2h"), local(2026, 11, 22, 6, 0), local(2026, 11, 22, 6, 0)),
    ],
)
def test_the_last_due_time_is_found(job, now, due):
    assert last_due(job, now.astimezone(UTC)) == due


def test_a_due_time_has_one_name_whatever_the_zone():
    assert due_name(local(2026, 11, 22, 6, 30)) == due_name(local(2026, 11, 22, 6, 30).astimezone(UTC))


@contextmanager
def service(home, press):
    """Start `ansinh run` on a home; ended at the latest when the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "monitor.main", "run"],
        env=os.environ | {"ANSINH_HOME": str(home), "ANSINH_ALLOW_PRIVATE": press.allowed},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=PATIENCE)


PATIENCE = 240.0
"""Seconds until what must happen has happened, also on a machine that does ten other things at once."""


def until(check, seconds=PATIENCE):
    """Wait until a check gives something true, and give it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = check()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"not within {seconds} s")


def finished(home, job):
    def look():
        if not (home / "ansinh.db").exists():
            return []
        try:
            with open_store(home / "ansinh.db", readonly=True) as store:
                return [run for run in store.runs(job) if run.event == "finished"]
        except StoreError:  # the service is still making its tables
            return []

    return look


@pytest.fixture
def playing(tmp_path):
    """A home whose only source is one demo newspaper, a free port for its pages, and the press that serves it."""
    papers = {"xu-lang": load_press()["xu-lang"]}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with serve(papers, Clock(datetime(2020, 5, 18, 15, tzinfo=UTC))) as press:
        home = tmp_path / "home"
        (home / "sources").mkdir(parents=True)
        (home / "sources" / "xu-lang.toml").write_text(press.source_toml("xu-lang"), "utf-8")
        (home / "ansinh.toml").write_text(
            f'[jobs.crawl]\nevery = "2s"\n[crawl]\nsources = ["xu-lang"]\n[pages]\nport = {port}\n', "utf-8"
        )
        yield home, press, port


def test_the_service_crawls_reads_serves_survives_a_kill_and_stops_cleanly(playing):
    home, press, port = playing
    with service(home, press) as first:
        until(finished(home, "crawl"))
        page = until(lambda: _get(f"http://127.0.0.1:{port}/bai-bao"))
        assert "Xứ Lạng" in page
        second = subprocess.run(
            [sys.executable, "-m", "monitor.main", "run"], env=os.environ | {"ANSINH_HOME": str(home)},
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert second.returncode == 2
        assert second.stderr.count("\n") == 1 and str(first.pid) in second.stderr
        first.send_signal(signal.SIGKILL)
        first.wait(PATIENCE)
        until(lambda: not _open(port))  # the pages' child ends with its parent
    before = len(finished(home, "crawl")())
    with service(home, press) as again:
        until(lambda: len(finished(home, "crawl")()) > before)
        again.send_signal(signal.SIGTERM)
        assert again.wait(PATIENCE) == 0  # within the 10 s promised where the machine is its own: bench.stopping
        _, logs = again.communicate()
    assert all("message" in json.loads(line) for line in logs.splitlines() if line.startswith("{"))
    with open_store(home / "ansinh.db", readonly=True) as store:
        assert not store.runs(open_only=True)
        dues = [run.due for run in store.runs("crawl", limit=500) if run.event == "finished"]
        assert len(dues) == len(set(dues)), "a due time ran twice"
        assert store.totals()["articles"] > 5


def test_a_service_whose_port_is_taken_says_so_and_does_not_begin(playing):
    home, press, port = playing
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with service(home, press) as refused:
            _, said = refused.communicate(timeout=PATIENCE)
    assert refused.returncode == 2
    assert said.count("\n") == 1 and str(port) in said and "[pages]" in said and "Traceback" not in said
    assert not (home / "ansinh.db").exists()


def test_a_service_that_others_reach_asks_for_a_user_first(playing):
    home, press, port = playing
    (home / "ansinh.toml").write_text(f'[pages]\nhost = "0.0.0.0"\nport = {port}\n', "utf-8")
    with service(home, press) as refused:
        _, said = refused.communicate(timeout=PATIENCE)
    assert refused.returncode == 2 and said.count("\n") == 1 and "ansinh user add" in said


def _get(url):
    """Give what an address answers, `""` where nobody answers in a while."""
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.read().decode()
    except OSError:
        return ""


def _open(port):
    """Tell whether somebody listens on a port: a slow answer is no closed door."""
    with socket.socket() as asking:
        asking.settimeout(60)
        return asking.connect_ex(("127.0.0.1", port)) == 0


MAIL = '[mail]\nhost = "h"\nsender = "x@y.vn"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[jobs.crawl]\nevery = "20"\n', "20m"),
        ('[jobs.crawl]\ncron = "0 6 * * 1"\n', "as words"),
        ('[jobs.crawl]\ncron = "0 6 * *"\n', "five fields"),
        ("[jobs.crawl]\n", "either every or cron"),
        ('[jobs.dance]\nevery = "20m"\n', "jobs"),
        ('[pages]\ncolour = "red"\n', "known keys"),
        ('[[readers]]\naddress = "a@b.vn"\n', r"no \[mail\]"),
        ('[mail]\nhost = "h"\nsender = "x@y.vn\\nBcc: all@z.vn"\n', "mail.sender"),
        ('[crawl]\nsources = ["nowhere"]\n', "unknown source"),
        ("[mail\n", "not valid TOML"),
        (f'{MAIL}[[readers]]\naddress = "a@b.vn"\n[[readers]]\naddress = "Lan <A@b.vn>"\n', "named twice"),
    ],
)
def test_wrong_settings_name_the_key_and_the_cure(tmp_path, text, says):
    (tmp_path / "ansinh.toml").write_text(text, "utf-8")
    from model.errors import AnsinhError

    with pytest.raises(AnsinhError, match=says) as caught:
        load_config(Home(root=tmp_path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("indicator", "known"), [("TCMR.children", True), ("BHXH_TN.participants", True), ("TCMR.x", False)]
)
def test_a_reader_may_ask_for_an_indicator_of_the_office_s_own(tmp_path, indicator, known):
    home = Home(root=tmp_path)
    home.indicators.mkdir()
    (home.indicators / "own.toml").write_text(INDICATOR.format(gold=GOLD), "utf-8")
    mail = '[mail]\nhost = "h"\nsender = "x@y.vn"\n'
    home.config.write_text(f'{mail}[[readers]]\naddress = "a@b.vn"\nindicators = ["{indicator}"]\n', "utf-8")
    if known:
        assert load_config(home).readers[0].indicators == (indicator,)
    else:
        with pytest.raises(UnknownNameError, match="unknown indicator"):
            load_config(home)


def test_settings_of_an_empty_home_are_the_usual_ones(tmp_path):
    config = load_config(Home(root=tmp_path))
    assert config.job("digest").cron == "30 6 * * *"
    assert last_due(config.job("digest"), local(2026, 11, 22, 12)).date() == date(2026, 11, 22)
