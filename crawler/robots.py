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
from crawler.downloader import INTERVAL, ROBOTS_BYTES, HostDownloader, slot_of
from crawler.faults import causes, reason_of

MAX_BYTES = 500 * 1024
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
    reason: str = ""
    """Why it is unreachable."""
    forbidden: RefusedAddressError | None = None
    """Set where the host's address must not be reached at all."""

    def allows(self, url: str, agent: str) -> str:
        """Give `allowed`, `refused`, `absent` or `unreachable` for an address."""
        if self.parser is None:
            return self.answer
        return "allowed" if self.parser.can_fetch(url, agent) else "refused"

    def delay(self, agent: str) -> float:
        """Give the crawl-delay in seconds; 0 where none is asked."""
        found = self.parser.crawl_delay(agent) if self.parser else None
        return max(0.0, float(found)) if found is not None else 0.0

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
    return Rules("read", Protego.parse(text))


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
        if rules.forbidden is not None:
            request.meta[ROBOTS] = ""
            raise rules.forbidden
        if answer == "unreachable":
            raise RobotsUnreachableError(rules.reason or "robots.txt cannot be had")

    async def _ask(self, site: str, interval: float | None) -> Rules:
        meta: dict[str, Any] = {"dont_obey_robotstxt": True, ROBOTS_BYTES: MAX_BYTES, "download_maxsize": 50 << 20}
        if interval is not None:
            meta[INTERVAL] = interval
        request = Request(f"{site}/robots.txt", priority=1000, meta=meta, callback=NO_CALLBACK)
        try:
            response = await self.crawler.engine.download_async(request)
            rules = rules_of(response.status, response.body)
        except Exception as error:  # noqa: BLE001  # whatever went wrong, the host did not answer
            forbidden = next((one for one in causes(error) if isinstance(one, RefusedAddressError)), None)
            rules = Rules("unreachable", reason=f"robots.txt: {reason_of(error)}", forbidden=forbidden)
        delay = rules.delay(self._agent)
        if delay and isinstance(self.crawler.engine.downloader, HostDownloader):
            self.crawler.engine.downloader.slow_down(slot_of(request), delay)
        return rules
