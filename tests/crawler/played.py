"""One newspaper, one memory, one clock: what rounds one after another are played with."""

from datetime import UTC, datetime, timedelta

from crawler.archive import Archive
from crawler.registry import make_source
from crawler.run import run_round
from crawler.scratch import ScratchMemory
from crawler.settings import Limits
from tests.crawler.hostile import Site, answer, feed

ONE, TWO, THREE = "/bai-viet-thu-nhat-a1001.html", "/bai-viet-thu-hai-a1002.html", "/bai-viet-thu-ba-a1003.html"
LIMITS = Limits(timeout=6, interval=0)


class Played:
    """One newspaper, one memory, one clock."""

    def __init__(self, tmp_path, monkeypatch, press, **declares):
        self.memory = ScratchMemory()
        self.archive = Archive(tmp_path / "archive")
        self.clock = datetime(2026, 11, 20, 2, tzinfo=UTC)
        self.site = press.open(Site("báo"))
        monkeypatch.setenv("ANSINH_ALLOW_PRIVATE", f"127.0.0.1:{self.site.port}")
        table = {"id": "bao", "name": "Báo", "home": self.site.home, "feeds": ["/rss"], "interval": 0}
        self.source = make_source(table | declares, where="bao")

    def list(self, *paths, **headers):
        self.site.pages["/rss"] = answer(feed(*paths), kind="text/xml", **headers)

    def round(self, later=timedelta(0), limits=LIMITS, now=None):
        self.clock += later
        self.site.asked.clear()
        self.site.requests.clear()
        result = run_round(
            [self.source], memory=self.memory, archive=self.archive, now=now or (lambda: self.clock), limits=limits
        )
        return result.runs[0].counts

    def headers(self, path):
        return [headers for asked, headers in self.site.requests if asked == path]
