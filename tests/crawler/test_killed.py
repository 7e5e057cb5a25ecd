"""`kill -9` at any moment of a round, and again: no page lost, none doubled, none fetched that was kept."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawler.archive import Archive
from tests.crawler.hostile import Press, Site, answer, article, feed
from tests.crawler.killed_round import FileMemory

ROOT = Path(__file__).parents[2]
PATHS = [f"/bai-viet-so-{n}-a{1000 + n}.html" for n in range(60)]
KILLS = int(os.environ.get("ANSINH_KILLS", "3"))


@pytest.fixture
def site():
    press = Press()

    async def page(site, path, headers, writer):
        import asyncio

        await asyncio.sleep(0.01)
        writer.write(answer(article(f"Bài ở {path}")))

    yield press.open(Site("báo", dict.fromkeys(PATHS, page) | {"/rss": answer(feed(*PATHS), kind="text/xml")}))
    press.close()


def start(folder, site):
    environment = os.environ | {"ANSINH_ALLOW_PRIVATE": f"127.0.0.1:{site.port}", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.crawler.killed_round", str(folder), site.home]
    return subprocess.Popen(command, env=environment, cwd=ROOT)


def test_a_killed_round_loses_and_doubles_nothing(site, tmp_path):
    chance = random.Random(20261122)
    before = 0
    for _ in range(KILLS):
        process = start(tmp_path, site)
        begun = time.monotonic()
        while sum(site.asked.values()) <= before and time.monotonic() - begun < 20:
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.25))
        process.send_signal(signal.SIGKILL)
        process.wait()
        before = sum(site.asked.values())
    assert start(tmp_path, site).wait(60) == 0
    archive = Archive(tmp_path / "archive")
    assert not list(archive.verify())
    assert not list((tmp_path / "archive").rglob("*.open"))
    memory = FileMemory(tmp_path / "memory.jsonl")
    kept = [url for url, _ in memory.pages]
    assert sorted(kept) == sorted(site.home.rstrip("/") + path for path in PATHS)
    archived = {(page.url, page.digest) for page, _ in archive.records()}
    assert archived >= set(memory.pages)
    for page in memory.pages.values():
        assert archive.read(page.warc_file, page.warc_offset).url == page.url
    # what a kill caught on its way (two requests, one batch) is fetched again; what was kept is not
    assert sum(site.asked[path] for path in PATHS) <= len(PATHS) + KILLS * 34
