"""Crawling on loopback: pages a second beside a bare Scrapy spider on the same pages, and 200 outlets kept waiting.

python -m bench.crawl             the ratio (limit: 0.8); archive, judgement and store included
python -m bench.crawl outlets     200 outlets, one request per host per 5 s: what politeness dictates, plus 10 %
python -m bench.crawl memory      memory and time at 1,000,000 known addresses (limit: 300 MB)
"""

import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

PAGES = 3000
TIMES = 3


@contextlib.contextmanager
def press(pages: int, sites: int, latency: float) -> Iterator[list[int]]:
    """Serve, in a process of its own; gives the ports."""
    command = [sys.executable, "-m", "bench.crawl_press", str(pages), str(sites), str(latency)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield [int(port) for port in server.stdout.readline().split()]
        finally:
            server.stdin.close()


def bare(port: int) -> None:
    """The peer: a Scrapy spider that reads the feed, fetches every page, and does nothing with it."""
    import scrapy
    from scrapy.crawler import CrawlerProcess

    class Bare(scrapy.Spider):
        name = "bare"
        count = 0

        async def start(self):
            yield scrapy.Request(f"http://127.0.0.1:{port}/rss")

        def parse(self, response):
            for link in response.xpath("//item/link/text()").getall():
                yield scrapy.Request(link, callback=self.page)

        def page(self, response):
            Bare.count += 1

    process = CrawlerProcess(
        {"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False, "DOWNLOAD_DELAY": 0}
    )
    started = time.perf_counter()
    process.crawl(Bare)
    process.start()
    report(Bare.count, time.perf_counter() - started)


def ours(port: int) -> None:
    """The round: robots.txt asked, pages judged, archived, remembered in the real store."""
    from crawler.archive import Archive
    from crawler.registry import make_source
    from crawler.run import run_on_loop, run_round, use_reactor
    from crawler.settings import Limits
    from store import open_store

    async def imports() -> None:  # the peer's imports are not counted either
        use_reactor()
        __import__("crawler.spider")

    run_on_loop(imports())
    table = {"id": "bao", "name": "Báo", "home": f"http://127.0.0.1:{port}/", "feeds": ["/rss"], "interval": 0}
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "ansinh.db")
        archive = Archive(Path(folder) / "archive")
        started = time.perf_counter()
        result = run_round(
            [make_source(table, where="bench")], memory=store, archive=archive, now=lambda: datetime.now(UTC),
            limits=Limits(pages=100_000),
        )  # fmt: skip
        report(result.totals["new"], time.perf_counter() - started)


def report(count: int, seconds: float) -> None:
    """Print what a child did, for its parent."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    processor = used.ru_utime + used.ru_stime
    print(json.dumps({"pages": count, "seconds": seconds, "peak_mb": used.ru_maxrss / 1024, "processor": processor}))


def child(name: str, *arguments: object) -> dict[str, float]:
    """Run one of these functions in a fresh process."""
    ports = os.environ.get("ANSINH_ALLOW_PRIVATE", "")
    environment = os.environ | {"ANSINH_ALLOW_PRIVATE": ports}
    command = [sys.executable, "-m", "bench.crawl", f"--{name}", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return json.loads(done.stdout.strip().splitlines()[-1])


def ratio() -> int:
    """Print pages a second of both, each in fresh processes in turn, and the ratio of the medians."""
    with press(PAGES, 1, 0) as (port,):
        os.environ["ANSINH_ALLOW_PRIVATE"] = f"127.0.0.1:{port}"
        pairs = [(child("bare", port), child("ours", port)) for _ in range(TIMES)]
    rates = [statistics.median(run[i]["pages"] / run[i]["seconds"] for run in pairs) for i in (0, 1)]
    assert all(run["pages"] == PAGES for pair in pairs for run in pair), pairs
    found = statistics.median((b["pages"] / b["seconds"]) / (a["pages"] / a["seconds"]) for a, b in pairs)
    print(f"bare Scrapy spider              {rates[0]:7.0f} pages/s   peak {pairs[0][0]['peak_mb']:.0f} MB")
    print(f"crawl_round, judged and kept    {rates[1]:7.0f} pages/s   peak {pairs[0][1]['peak_mb']:.0f} MB")
    print(f"ratio {found:.2f}; at least 0.8 is wanted: {'held' if found >= 0.8 else 'BROKEN'}")
    return 0 if found >= 0.8 else 1


def outlets(sites: int = 200, pages: int = 8, interval: float = 5.0, latency: float = 0.6) -> int:
    """Crawl many outlets at one request per host per interval, and compare with what that alone takes."""
    from crawler.registry import make_source
    from crawler.run import run_round
    from crawler.scratch import ScratchMemory
    from crawler.settings import Limits

    with press(pages, sites, latency) as ports:
        os.environ["ANSINH_ALLOW_PRIVATE"] = ",".join(f"127.0.0.1:{port}" for port in ports)
        sources = [
            make_source(
                {"id": f"bao-{port}", "name": f"Báo {port}", "home": f"http://127.0.0.1:{port}/", "feeds": ["/rss"],
                 "interval": interval}, where="bench",
            )
            for port in ports
        ]  # fmt: skip
        started = time.perf_counter()
        result = run_round(
            sources, memory=ScratchMemory(), archive=None, now=lambda: datetime.now(UTC), limits=Limits()
        )
        seconds = time.perf_counter() - started
    assert result.totals["new"] == sites * pages, result.totals
    # robots.txt, the feed and the pages, one every interval, then the last answer
    polite = (pages + 1) * interval + latency
    print(f"{sites} outlets, {sites * (pages + 2)} requests   {seconds:6.1f} s; politeness alone {polite:6.1f} s")
    found = seconds / polite
    print(f"ratio {found:.2f}; at most 1.10 is wanted: {'held' if found <= 1.10 else 'BROKEN'}")
    return 0 if found <= 1.10 else 1


def known(port: int) -> None:
    """A round over a store that knows a million addresses."""
    from crawler.registry import make_source
    from crawler.run import run_round
    from crawler.settings import Limits
    from model.fetches import Fetch
    from store import open_store
    from store.pages import _insert_fetch as insert_fetch

    count = 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "ansinh.db")
        moment = datetime.now(UTC) - timedelta(hours=1)
        begin = time.perf_counter()
        fetch = Fetch(url="", source="bao", at=moment, outcome="same", digest="sha256:0")
        with store.transaction() as db:
            for number in range(count):
                insert_fetch(db, replace(fetch, url=f"http://127.0.0.1:{port}/bai-{number}.html"))
        filled = time.perf_counter() - begin
        table = {"id": "bao", "name": "Báo", "home": f"http://127.0.0.1:{port}/", "feeds": ["/rss"], "interval": 0}
        started = time.perf_counter()
        result = run_round(
            [make_source(table, where="bench")], memory=store, archive=None, now=lambda: datetime.now(UTC),
            limits=Limits(),
        )  # fmt: skip
        print(f"filled in {filled:.0f} s", file=sys.stderr)
        report(result.totals["new"], time.perf_counter() - started)


def memory() -> int:
    """Print the memory of a round at a million known addresses."""
    with press(300, 1, 0) as (port,):
        os.environ["ANSINH_ALLOW_PRIVATE"] = f"127.0.0.1:{port}"
        found = child("known", port)
    peak = found["peak_mb"]
    print(f"round of {found['pages']} new pages beside 1,000,000 known: {found['seconds']:.1f} s, peak {peak:.0f} MB")
    print(f"at most 300 MB is wanted: {'held' if peak <= 300 else 'BROKEN'}")
    return 0 if peak <= 300 else 1


CHILDREN = {"--bare": bare, "--ours": ours, "--known": known}


def main() -> int:
    """Run what is asked for."""
    if len(sys.argv) > 2 and sys.argv[1] in CHILDREN:
        CHILDREN[sys.argv[1]](int(sys.argv[2]))
        return 0
    return {"outlets": outlets, "memory": memory}.get((sys.argv[1:] or ["ratio"])[0], ratio)()


if __name__ == "__main__":
    sys.exit(main())
