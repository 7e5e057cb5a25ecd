"""robots.txt, asked before every host's first page, obeyed, and its answer kept beside every fetch.

Answers as RFC 9309 has them: 2xx is read; other 4xx means there is none (`absent`); 429, 5xx and silence mean that the
host is to be left alone until it answers (`unreachable`). A page of HTML is no robots.txt.
"""

import asyncio
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from crawler.addresses import RefusedAddressError
from crawler.downloader import ROBOTS_BYTES
from crawler.faults import causes, reason_of
from crawler.pacing import INTERVAL, HostDownloader, LeftOverError, slot_of

MAX_BYTES = 500 * 1024
MAX_DELAY = 7 * 86_400.0
"""Longest crawl-delay that is taken at its word, in seconds: even then a host is asked once a week."""
ROBOTS = "robots"
"""Key in a request's meta: the answer for its address."""


class RobotsRefusedError(IgnoreRequest):
    """robots.txt refuses this address to us."""


class RobotsUnreachableError(IgnoreRequest):
    """robots.txt could not be had: the host is left alone."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host's robots.txt says."""

    answer: str
    """`read`, `absent` or `unreachable`."""
    parser: Protego | None = None
    text: str = ""
    """What it says, where it was read."""
    reason: str = ""
    """Why it is unreachable."""
    forbidden: RefusedAddressError | None = None
    """Set where the host's address must not be reached at all."""
    left_over: LeftOverError | None = None
    """Set where this round has no time to ask for it."""

    def allows(self, url: str, agent: str) -> str:
        """Give `allowed`, `refused`, `absent` or `unreachable` for an address."""
        if self.parser is None:
            return self.answer
        return "allowed" if self.parser.can_fetch(url, agent) else "refused"

    def delay(self, agent: str) -> float:
        """Give the crawl-delay in seconds; 0 where none is asked."""
        found = self.parser.crawl_delay(agent) if self.parser else None
        return min(max(0.0, float(found)), MAX_DELAY) if found is not None else 0.0

    @property
    def sitemaps(self) -> list[str]:
        """Sitemaps that robots.txt names."""
        return list(self.parser.sitemaps) if self.parser else []


def rules_of(status: int, body: bytes) -> Rules:
    """Make rules of robots.txt's answer."""
    if status == 429 or status >= 500:
        return Rules("unreachable", reason=f"robots.txt answers {status}")
    if status >= 300:
        return Rules("absent")
    text = body[:MAX_BYTES].decode("utf-8-sig", errors="replace")
    if text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<script", "<?xml", "<head")):
        return Rules("absent")
    return Rules("read", Protego.parse(text), text)


class PoliteRobots(RobotsTxtMiddleware):
    """Stands in the place of Scrapy's middleware: as obedient, stricter where the host is in trouble, and on record."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._agent = crawler.settings["USER_AGENT"]
        self._asked: dict[str, asyncio.Task[Rules]] = {}

    async def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Let the request pass, or raise RobotsRefusedError or RobotsUnreachableError; the answer stays in its meta."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        parts = urlsplit(request.url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._asked:
            self._asked[site] = asyncio.ensure_future(self._ask(site, request.meta.get(INTERVAL)))
        rules = await asyncio.shield(self._asked[site])
        answer = rules.allows(request.url, self._agent)
        request.meta[ROBOTS] = answer
        if answer == "refused":
            raise RobotsRefusedError("refused by robots.txt")
        if rules.forbidden is not None or rules.left_over is not None:
            request.meta[ROBOTS] = ""
            raise rules.forbidden or rules.left_over or RobotsUnreachableError()
        if answer == "unreachable":
            raise RobotsUnreachableError(rules.reason or "robots.txt cannot be had")

    async def _ask(self, site: str, interval: float | None) -> Rules:
        meta: dict[str, Any] = {"dont_obey_robotstxt": True, ROBOTS_BYTES: MAX_BYTES, "download_maxsize": 50 << 20}
        if interval is not None:
            meta[INTERVAL] = interval
        request = Request(f"{site}/robots.txt", priority=1000, meta=meta, callback=NO_CALLBACK)
        downloader: Any = self.crawler.engine.downloader
        hosts = downloader.hosts if isinstance(downloader, HostDownloader) else None
        kept = hosts.robots(slot_of(request)) if hosts else None
        rules = rules_of(200, kept.encode()) if kept is not None else await self._fetch(request)
        if isinstance(downloader, HostDownloader) and rules.answer != "unreachable":
            key, delay = slot_of(request), rules.delay(self._agent)
            downloader.pause_is(key, delay)
            if hosts and kept is None:
                hosts.note_robots(key, delay, rules.text if downloader.is_slow(key) else None)
        return rules

    async def _fetch(self, request: Request) -> Rules:
        try:
            response = await self.crawler.engine.download_async(request)
            return rules_of(response.status, response.body)
        except LeftOverError as error:
            return Rules("unreachable", left_over=error)
        except Exception as error:  # noqa: BLE001  # whatever went wrong, the host did not answer
            forbidden = next((one for one in causes(error) if isinstance(one, RefusedAddressError)), None)
            return Rules("unreachable", reason=f"robots.txt: {reason_of(error)}", forbidden=forbidden)
