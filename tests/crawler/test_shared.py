"""A round shared by two machines over a real Redis: every site once, none lost when a machine dies."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.archive import Archive
from crawler.registry import make_source
from crawler.scratch import ScratchMemory
from model.fetches import Fetch, SourceRun
from tests.crawler.hostile import Press, Site, answer, article, feed
from tests.crawler.test_owed import owing

pytest.importorskip("scrapy_redis", reason="needs the extra: pip install 'ansinh[cluster]'")
pytestmark = [
    pytest.mark.redis,
    pytest.mark.skipif(
        not shutil.which("redis-server"), reason="needs Debian's redis-server: apt install redis-server"
    ),
]
ROOT = Path(__file__).parents[2]
PATHS = [f"/bai-viet-so-{n}-a{1000 + n}.html" for n in range(8)]
NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("redis")
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        url = f"redis://127.0.0.1:{port}/0"
        from crawler.shared_frontier import connect
        from model.errors import StoreError

        for _ in range(100):
            try:
                connect(url)
                break
            except StoreError:
                time.sleep(0.05)
        yield url
        server.terminate()


@pytest.fixture
def server(redis_url):
    from crawler.shared_frontier import connect

    found = connect(redis_url)
    found.flushall()
    return found


@pytest.fixture
def sites():
    press = Press()
    pages = {path: answer(article(f"Bài ở {path}")) for path in PATHS} | {"/rss": answer(feed(*PATHS), kind="text/xml")}
    yield [press.open(Site(f"báo {n}", dict(pages))) for n in range(6)]
    press.close()


def start(redis_url, worker, folder, sites):
    allowed = ",".join(f"127.0.0.1:{site.port}" for site in sites)
    home = folder / worker
    (home / "sources").mkdir(parents=True, exist_ok=True)
    for number, site in enumerate(sites):
        text = f'name = "Báo {number}"\nhome = "{site.home}"\nfeeds = ["/rss"]\ninterval = 0.05\n'
        (home / "sources" / f"bao-{number}.toml").write_text(text, "utf-8")
    environment = os.environ | {"ANSINH_ALLOW_PRIVATE": allowed, "PYTHONPATH": str(ROOT), "ANSINH_HOME": str(home)}
    names = [f"bao-{number}" for number in range(len(sites))]
    command = [sys.executable, "-m", "crawler.shared_worker", "--redis", redis_url, "--run", "vong-1"]
    command += ["--worker", worker, "--lease", "3", *names]
    return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def archived(folder):
    return Counter(page.url for worker in folder.iterdir() for page, _ in Archive(worker / "archive").records())


def test_two_machines_crawl_every_site_once(redis_url, server, sites, tmp_path):
    workers = [start(redis_url, name, tmp_path, sites) for name in ("may-1", "may-2")]
    brought = [json.loads(worker.communicate(timeout=90)[0]).get("new", 0) for worker in workers]
    assert sum(brought) == len(sites) * len(PATHS)
    assert {site.asked[path] for site in sites for path in (*PATHS, "/rss", "/robots.txt")} == {1}
    assert set(archived(tmp_path).values()) == {1}
    from crawler.shared_memory import RedisMemory, drain

    store = ScratchMemory()
    assert drain(server, store) > sum(brought)
    assert sum(run.counts["new"] for run in store.runs) == sum(brought)
    assert RedisMemory(server).last_fetch(sites[0].home.rstrip("/") + PATHS[0]).outcome == "new"
    assert drain(server, store) == 0


def test_what_a_dead_machine_held_is_taken_over(redis_url, server, sites, tmp_path):
    first = start(redis_url, "may-1", tmp_path, sites)
    until = time.monotonic() + 30
    while sum(sum(site.asked.values()) for site in sites) < 20 and time.monotonic() < until:
        time.sleep(0.01)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    second = start(redis_url, "may-2", tmp_path, sites)
    assert second.wait(timeout=90) == 0
    list(Archive(tmp_path / "may-1" / "archive").repair())
    assert set(archived(tmp_path)) == {site.home.rstrip("/") + path for site in sites for path in PATHS}


def test_leases_and_order(server):
    from crawler.shared_frontier import SharedFrontier

    table = {"name": "x", "feeds": ["/rss"]}
    sources = [
        make_source(table | {"id": name, "name": name, "home": f"http://{host}/{name}"}, where="x")
        for name, host in (("a", "mot.vn"), ("b", "hai.vn"), ("c", "mot.vn"))
    ]
    one, two = (SharedFrontier(server, "vong-2", name, lease=100) for name in ("may-1", "may-2"))
    assert one.offer(sources) == 2 and two.offer(sources) == 0
    assert sorted(one.claim()) == ["a", "c"]  # two sources of one site go to one machine
    assert two.claim(5) == ["b"] and one.claim(5) == []
    assert one.left == 2
    one.finish("a", last=False)
    one.finish("c", last=True)
    assert one.left == 1 and one.is_done("a")
    server.zadd("ansinh:vong-2:leases", {"b": 1})
    two.renew()
    assert one.claim() == []
    server.zadd("ansinh:vong-2:leases", {"b": 1})
    assert one.claim() == ["b"]
    two.finish("b", last=True)  # too late: it is another's by now
    assert one.left == 1
    assert one.first_to_ask("http://mot.vn/x", "a") and one.first_to_ask("http://mot.vn/x", "a")
    assert not two.first_to_ask("http://mot.vn/x", "b")


def test_what_redis_remembers_comes_back_whole(server):
    from crawler.shared_memory import RedisMemory

    memory = RedisMemory(server)
    fetch = Fetch(url="https://bao.vn/x", source="bao", at=NOW, outcome="new", etag='"1"', digest="sha256:0")
    memory.add_fetch(fetch)
    assert memory.last_fetch(fetch.url) == fetch
    memory.add_fetch(Fetch(url=fetch.url, source="bao", at=NOW, outcome="timeout"))
    assert memory.last_fetch(fetch.url) == fetch
    runs = [SourceRun(source="bao", run=str(n), started=NOW, finished=NOW, counts={"new": n}) for n in range(3)]
    for run in runs:
        memory.add_source_run(run)
    assert memory.source_runs("bao", 2) == [runs[2], runs[1]]


def test_redis_keeps_what_is_owed_as_the_other_memories_do(server):
    from crawler.shared_memory import RedisMemory

    owing(RedisMemory(server))


def test_no_redis_is_one_line():
    from crawler.shared_frontier import connect
    from model.errors import StoreError

    with pytest.raises(StoreError, match="scale"):
        connect("redis://127.0.0.1:1/0")


@pytest.mark.parametrize(
    "url", ["nonsense", "http://127.0.0.1/0", "redis://:geheim@127.0.0.1:abc/0", "redis://:geheim/x@h:1/0"]
)
def test_an_address_that_is_none_is_one_line(url):
    from crawler.shared_frontier import connect
    from model.errors import InputError

    with pytest.raises(InputError, match="PASSWORD@host") as raised:
        connect(url)
    assert "\n" not in str(raised.value) and "geheim" not in str(raised.value)


def test_a_wrong_password_is_told_but_not_which(redis_url):
    from crawler.shared_frontier import connect
    from model.errors import StoreError

    connect(redis_url).config_set("requirepass", "dung")
    try:
        with pytest.raises(StoreError, match="refuses the password") as raised:
            connect(redis_url.replace("redis://", "redis://:geheim@"))
        assert "geheim" not in str(raised.value)
        connect(redis_url.replace("redis://", "redis://:dung@"))
    finally:
        connect(redis_url.replace("redis://", "redis://:dung@")).config_set("requirepass", "")


def test_a_worker_without_redis_says_so_and_exits_2(tmp_path, capsys, monkeypatch):
    from crawler.shared_worker import main

    monkeypatch.setenv("ANSINH_HOME", str(tmp_path))
    assert main(["--redis", "redis://127.0.0.1:1/0", "--run", "vong"]) == 2
    line = capsys.readouterr().err
    assert "start it" in line and line.count("\n") == 1


def test_a_worker_does_not_ask_a_source_that_another_took_over(redis_url, tmp_path, capsys, monkeypatch):
    from crawler.shared_worker import main

    monkeypatch.setenv("ANSINH_HOME", str(tmp_path))
    assert main(["--redis", redis_url, "--run", "vong", "baobacgiang"]) == 2
    assert "name baobacninhtv" in capsys.readouterr().err
