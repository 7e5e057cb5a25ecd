"""Two machines over a real Redis, then one writer: the database says what a single process's crawl says."""

import json
import shutil
import subprocess
import sys

import pytest

from crawler.archive import Archive
from model.home import Home
from monitor.collect import collect, note_outlets
from monitor.scaling import shared
from monitor.scaling.writer import ingest_archives
from monitor.sources import home_sources
from store import open_store
from tests.crawler.hostile import Press, Site, answer, article, feed
from tests.crawler.test_shared import NOW, ROOT, redis_url, start  # noqa: F401

pytest.importorskip("scrapy_redis", reason="needs the extra: pip install 'ansinh[cluster]'")
pytestmark = [
    pytest.mark.redis,
    pytest.mark.skipif(
        not shutil.which("redis-server"), reason="needs Debian's redis-server: apt install redis-server"
    ),
]
TOLD = ("articles", "observations", "unclaimed")
"""Tables in which no instant of fetching stands."""


@pytest.fixture
def sites():
    press = Press()
    made = []
    for outlet in range(4):
        paths = [f"/bai-viet-so-{number}-a{1000 + number}.html" for number in range(6)]
        pages = {"/rss": answer(feed(*paths), kind="text/xml")}
        for number, path in enumerate(paths):
            told = f"Đến hết tháng 6/2026, toàn tỉnh Lạng Sơn có {30_000 + 10 * outlet + number} người tham gia BHXH."
            pages[path] = answer(article(f"Bài {outlet}.{number}", told + " Tin của phóng viên từ cơ sở. " * 20))
        made.append(press.open(Site(f"báo {outlet}", pages)))
    yield made
    press.close()


def test_two_machines_and_one_writer_say_what_one_process_says(redis_url, sites, tmp_path, monkeypatch):  # noqa: F811
    workers = [start(redis_url, name, tmp_path, sites) for name in ("may-1", "may-2")]
    brought = [json.loads(worker.communicate(timeout=90)[0]).get("new", 0) for worker in workers]
    assert sum(brought) == 24
    files = [str(file) for name in ("may-1", "may-2") for file in (tmp_path / name / "archive").rglob("*.warc.gz")]
    together = Home(root=tmp_path / "together")
    monkeypatch.setenv("ANSINH_HOME", str(together.root))
    drained = subprocess.run(
        [sys.executable, "-m", "monitor.scaling.shared", "--redis", redis_url],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert int(drained.stdout) >= 24 + 2 * 4
    with open_store(together.database) as store:
        ingest_archives(together, store, files, workers=1)
        shared_contents = store.contents()
        assert sum(len(store.source_runs(f"bao-{number}")) for number in range(4)) == 4

    alone = Home(root=tmp_path / "may-1" / "alone")
    shutil.copytree(tmp_path / "may-1" / "sources", alone.sources)
    monkeypatch.setenv("ANSINH_ALLOW_PRIVATE", ",".join(f"127.0.0.1:{site.port}" for site in sites))
    chosen = [one for key, one in home_sources(alone).items() if key.startswith("bao-") and key[4:].isdigit()]
    with open_store(alone.database) as store:
        note_outlets(store, chosen)
        collect(alone, store, chosen, now=lambda: NOW)
        contents = store.contents()
    assert {table: contents[table] for table in TOLD} == {table: shared_contents[table] for table in TOLD}
    assert len(list(Archive(alone.archive).records())) == 24


def test_no_redis_is_one_line(capsys):
    assert shared.main(["--redis", "redis://127.0.0.1:1/0"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
