"""Pages a second of the whole spine beside a bare Scrapy spider, on the pages of the demo press.

    python -m bench.spine

The spine crawls, judges, archives (WARC, synced to the disk), reads, finds figures, stores, settles and writes the
digest; the peer fetches the same pages and does nothing with them. The press is served by a process of its own; each
run is a fresh process that counts from its first request. Medians of `TIMES` runs.
"""

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

TIMES = 3
NOW = datetime(2020, 7, 7, 15, tzinfo=UTC)


def serve() -> None:
    """Serve the press as it stands on its last day until standard input closes; prints names and ports."""
    from monitor.demo.server import Clock
    from monitor.demo.server import serve as press
    from monitor.demo.stories import load_press

    with press(load_press(), Clock(NOW)) as served:
        addresses = [site.address(story) for site in served.sites.values() for story in site.visible(NOW)]
        toml = {name: served.source_toml(name) for name in served.sites}
        print(json.dumps({"allowed": served.allowed, "sources": toml, "pages": addresses}), flush=True)
        sys.stdin.read()


@contextlib.contextmanager
def served() -> Iterator[str]:
    """Serve in a process of its own; gives what it printed."""
    command = [sys.executable, "-m", "bench.spine", "serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        try:
            yield process.stdout.readline()
        finally:
            process.stdin.close()


def spine(press: dict) -> None:
    """Do the whole job once and print pages, and seconds by step."""
    from crawler.archive import Archive
    from crawler.registry import load_sources
    from crawler.run import run_round
    from crawler.settings import Limits
    from model.home import Home
    from monitor.collect import read_unread
    from monitor.digest_files import write_digest
    from monitor.reading import rules_of
    from store import open_store

    os.environ["ANSINH_ALLOW_PRIVATE"] = press["allowed"]
    with tempfile.TemporaryDirectory() as folder:
        home = Home(root=Path(folder))
        home.sources.mkdir()
        for name, toml in press["sources"].items():
            (home.sources / f"{name}.toml").write_text(toml, "utf-8")
        sources = list(load_sources(home.sources, shipped=None).values())
        rules_of(home)
        with open_store(home.database) as store:
            steps = [time.perf_counter()]
            limits = Limits(interval=0.0, max_interval=0.1)
            archive = Archive(home.archive)
            done = run_round(sources, memory=store, archive=archive, now=lambda: NOW, limits=limits)
            steps.append(time.perf_counter())
            harvest = read_unread(home, store, now=lambda: NOW)
            steps.append(time.perf_counter())
            store.settle()
            write_digest(home, store, NOW.date())
            steps.append(time.perf_counter())
    seconds = [later - earlier for earlier, later in pairwise(steps)]
    print(json.dumps({"pages": done.totals["fetched"], "read": harvest.read, "seconds": seconds}))


def bare(press: dict) -> None:
    """The peer: a Scrapy spider that fetches the same pages and does nothing with them."""
    import scrapy
    from scrapy.crawler import CrawlerProcess

    class Bare(scrapy.Spider):
        name = "bare"
        count = 0

        async def start(self):
            for url in press["pages"]:
                yield scrapy.Request(url)

        def parse(self, response):
            Bare.count += 1

    quiet = {"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False}
    process = CrawlerProcess({**quiet, "DOWNLOAD_DELAY": 0, "HTTPERROR_ALLOW_ALL": True})
    begun = time.perf_counter()
    process.crawl(Bare)
    process.start()
    print(json.dumps({"pages": Bare.count, "seconds": [time.perf_counter() - begun]}))


def timed(what: str, press: str) -> dict:
    """Run one job in a fresh process."""
    command = [sys.executable, "-m", "bench.spine", what]
    done = subprocess.run(command, input=press, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def main() -> int:
    """Print the table."""
    with served() as press:
        runs = {what: [timed(what, press) for _ in range(TIMES)] for what in ("bare", "spine")}
    rate = {what: statistics.median(one["pages"] / sum(one["seconds"]) for one in done) for what, done in runs.items()}
    last = sorted(runs["spine"], key=lambda one: sum(one["seconds"]))[TIMES // 2]
    print(f"bare Scrapy spider    {rate['bare']:7.1f} pages/s")
    print(f"the whole spine       {rate['spine']:7.1f} pages/s, ratio {rate['spine'] / rate['bare']:.2f}")
    for name, seconds in zip(("crawl, archive", "read, find, store", "settle, digest"), last["seconds"], strict=True):
        print(f"  {name:19} {seconds:7.2f} s")
    print(f"  {last['pages']} answers, {last['read']} articles read")
    return 0


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        serve()
    elif sys.argv[1:] in (["spine"], ["bare"]):
        {"spine": spine, "bare": bare}[sys.argv[1]](json.loads(sys.stdin.readline()))
    else:
        sys.exit(main())
