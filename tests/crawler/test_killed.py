"""`kill -9` at any moment of a round, and again: no page lost, none doubled, none asked twice within its interval."""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.archive import Archive
from store import open_store
from tests.crawler import hostile
from tests.crawler.hostile import Press, Site, answer, article, feed

ROOT = Path(__file__).parents[2]
PATHS = [f"/bai-viet-so-{n}-a{1000 + n}.html" for n in range(60)]
KILLS = int(os.environ.get("ANSINH_KILLS", "3"))


class Killing:
    """A newspaper that notes when each path was asked, and rounds over it that are killed."""

    def __init__(self, press, folder, pages, latency, table, **limits):
        self.folder, self.latency, self.pages = folder, latency, pages
        self.stamps = {}
        self.site = press.open(Site("báo", {"*": self.play}))
        self.command = [
            sys.executable, "-m", "tests.crawler.killed_round", str(folder),
            json.dumps({"home": self.site.home, **table}), json.dumps(limits),
        ]  # fmt: skip

    async def play(self, site, path, headers, writer):
        self.stamps.setdefault(path, []).append(time.monotonic())
        play = self.pages.get(path, self.pages.get("*", hostile.NOT_FOUND))
        if "/bai-viet-" in path:
            await asyncio.sleep(self.latency)
        if isinstance(play, bytes):
            writer.write(play)
        else:
            await play(site, path, headers, writer)

    def start(self):
        environment = os.environ | {"ANSINH_ALLOW_PRIVATE": f"127.0.0.1:{self.site.port}", "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(self.command, env=environment, cwd=ROOT)

    def count(self, part=""):
        return sum(len(times) for path, times in self.stamps.items() if part in path)

    def kill(self, after, part=""):
        """Start a round and kill it so many seconds after its first request with `part` in its path."""
        before = self.count(part)
        process = self.start()
        begun = time.monotonic()
        while self.count(part) <= before and time.monotonic() - begun < 30:
            time.sleep(0.005)
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def end(self):
        assert self.start().wait(120) == 0

    def kept(self):
        """Give the addresses kept, after looking whether archive and store agree on them."""
        archive = Archive(self.folder / "archive")
        assert not list(archive.verify())
        assert not list((self.folder / "archive").rglob("*.open"))
        with open_store(self.folder / "ansinh.db", readonly=True) as store:
            pages = list(store.pages())
            assert store.connection.execute("SELECT count(*) FROM owed").fetchone() == (0,)
        assert {(page.url, page.digest) for page, _ in archive.records()} >= {(one.url, one.digest) for one in pages}
        for page in pages:
            assert archive.read(page.warc_file, page.warc_offset).url == page.url
        return sorted(page.url.removeprefix(self.site.home.rstrip("/")) for page in pages)


@pytest.fixture
def press():
    made = Press()
    yield made
    made.close()


def fed(paths):
    return {path: answer(article(f"Bài ở {path}")) for path in paths} | {"/rss": answer(feed(*paths), kind="text/xml")}


def test_a_killed_round_loses_and_doubles_nothing(press, tmp_path):
    chance = random.Random(20261122)
    table = {"feeds": ["/rss"], "interval": 0}
    played = Killing(press, tmp_path, fed(PATHS), 0.01, table, per_host=2)
    for _ in range(KILLS):
        played.kill(chance.uniform(0, 0.25))
    played.end()
    assert played.kept() == sorted(PATHS)
    # what a kill caught on its way (two requests, one batch) is fetched again; what was kept is not
    assert played.count("/bai-viet-") <= len(PATHS) + KILLS * 34


def test_what_a_kill_caught_on_its_way_waits_for_its_turn(press, tmp_path):
    paths = PATHS[:8]
    table = {"feeds": ["/rss"], "interval": 0.05}
    played = Killing(press, tmp_path, fed(paths), 0.4, table, timeout=4)
    for _ in range(2):
        played.kill(0.3, "/bai-viet-")
    caught = played.count("/bai-viet-")
    assert caught
    played.end()
    assert played.kept() == sorted(paths)
    again = [times for path, times in played.stamps.items() if path != "/robots.txt" and len(times) > 1]
    assert again  # the kills did catch something
    gaps = [late - early for times in again for early, late in pairwise(times)]
    assert min(gaps) >= 3.8  # as long as its answer would have had


def test_a_killed_round_goes_on_with_the_pages_it_had_turned_to(press, tmp_path):
    async def pages(site, path, headers, writer):
        if path.startswith("/xa-hoi?page=") and int(path.partition("=")[2]) > 6:
            writer.write(answer(b"<html><body>Het</body></html>"))
        else:
            await hostile.next_list(site, path, headers, writer)

    table = {"sections": ["/xa-hoi"], "interval": 0}
    played = Killing(press, tmp_path, {"*": pages, "/robots.txt": hostile.NOT_FOUND}, 0.05, table, per_host=1)
    for page in (2, 4):
        played.kill(0.05, f"page={page}")
    played.end()
    assert len(played.kept()) == 18


def test_a_slow_hosts_pause_outlives_a_kill(press, tmp_path):
    robots = answer(b"User-agent: *\nCrawl-delay: 3", kind="text/plain")
    table = {"feeds": ["/rss"], "interval": 0}
    pages = fed(PATHS[:1]) | {"/robots.txt": robots}
    played = Killing(press, tmp_path, pages, 0, table, max_interval=1.0, timeout=5)
    played.kill(0.05, "/rss")
    played.end()
    assert played.kept() == PATHS[:1]
    moments = sorted(moment for times in played.stamps.values() for moment in times)
    assert min(late - early for early, late in pairwise(moments)) >= 2.7
    assert len(played.stamps["/robots.txt"]) == 1
