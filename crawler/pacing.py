"""How often a host is asked: one slot for each, its interval or crawl-delay kept within and across rounds.

What a round has no time left for is given back unasked: at a trial's end, and where a host wants such long pauses that
the round would not end in time.
"""

import asyncio
from time import monotonic
from typing import Any

from scrapy import Request, Spider
from scrapy.core.downloader import Downloader, Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response

from crawler.hosts import Hosts
from crawler.urls import host_and_port

OUT_OF_TIME = "no time was left for it"
INTERVAL = "interval"
"""Key in a request's meta: least seconds between two requests to its host, as its source declares it."""
NOT_BEFORE = "not_before"
"""Key in a request's meta: the instant, on the monotonic clock, before which it is not sent."""
LISTS = "lists"
"""Key in the meta of a request for a list: True. On a slow host one leaves room for an article after it."""


def slot_of(request: Request) -> str:
    """Give what politeness is counted by: `host:port`, so that two servers on one machine are two."""
    host, port = host_and_port(request.url)
    return f"{host}:{port}"


class OutOfTimeError(IgnoreRequest):
    """The round's time was over before this request's turn came: it was not sent."""


class LeftOverError(OutOfTimeError):
    """Its turn on a slow host would come too late for this round; the next one asks it."""


class HostDownloader(Downloader):
    """Scrapy's downloader with one slot per host and port, each with its own interval.

    A redirect to another host takes that host's slot. The interval of a slot is the source's (or the round's default),
    never less than the crawl-delay that robots.txt asks. A host that was asked shortly before, by the round before this
    one or by one that was killed, is asked again only after its interval.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.least: dict[str, float] = {}
        """Least delay per slot, in seconds: what AutoThrottle never goes below."""
        self._declared: dict[str, float] = {}
        self._begun: dict[str, float] = {}
        self._listed: dict[str, int] = {}
        self._slow_seconds = self.settings.getfloat("ANSINH_SLOW_SECONDS")
        self._usual = self.settings.getfloat("AUTOTHROTTLE_MAX_DELAY")
        seconds = self.settings.getfloat("ANSINH_ROUND_SECONDS")
        self._ends = monotonic() + seconds if seconds else 0.0
        self._ending: asyncio.TimerHandle | None = None

    @property
    def hosts(self) -> Hosts | None:
        """What is remembered of hosts; None where nothing is (discovery)."""
        return getattr(self.crawler.spider, "hosts", None)

    def get_slot_key(self, request: Request) -> str:
        """Give the slot of the request's own address, whatever an earlier hop was."""
        return slot_of(request)

    def _get_slot(self, request: Request, spider: Spider | None = None) -> tuple[str, Slot]:
        key = slot_of(request)
        fresh = key not in self.slots
        _, slot = super()._get_slot(request)
        if fresh:
            declared = request.meta.get(INTERVAL, self.settings.getfloat("DOWNLOAD_DELAY"))
            self._declared.setdefault(key, declared)
            self._begun.setdefault(key, monotonic())
            remembered = self.hosts.pause(key) if self.hosts and key not in self.least else 0.0
            self.least.setdefault(key, max(declared, remembered))
            slot.delay = max(declared, self.least[key])
            if self.hosts and slot.delay and (ago := self.hosts.asked_ago(key)) is not None:
                slot.lastseen = monotonic() - ago
        return key, slot

    async def _enqueue_request(self, request: Request) -> Response:
        wait = request.meta.pop(NOT_BEFORE, 0.0) - monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        if self._ends and self._ending is None:
            self._ending = asyncio.get_running_loop().call_later(max(self._ends - monotonic(), 0), self._give_up)
        if self._ends and monotonic() >= self._ends:
            raise OutOfTimeError(OUT_OF_TIME)
        key, _ = self._get_slot(request)
        listed = bool(request.meta.get(LISTS))
        if not self.has_time(key, spare=listed and self._listed.get(key, 0) > 0):
            raise LeftOverError(f"{OUT_OF_TIME} (crawl-delay {self.slots[key].delay:g} s)")
        self._listed[key] = self._listed.get(key, 0) + listed
        return await super()._enqueue_request(request)

    def is_slow(self, key: str) -> bool:
        """Say whether a host is asked less often than AutoThrottle alone would ever bring about."""
        return max(self.least.get(key, 0.0), self.slots[key].delay if key in self.slots else 0.0) > self._usual

    def has_time(self, key: str, *, spare: bool = False) -> bool:
        """Say whether one more request to a host (and, with `spare`, another after it) would go out in time."""
        slot = self.slots.get(key)
        if slot is None or not self.is_slow(key):
            return True
        turn = max(monotonic(), slot.lastseen + slot.delay) + (len(slot.queue) + spare) * slot.delay
        return turn <= self._begun[key] + self._slow_seconds

    async def _download(self, slot: Slot, request: Request) -> Response:
        if self.hosts and slot.delay:  # a host without an interval is one's own: nothing waits for it
            self.hosts.sending(slot_of(request), request.meta.get("asked", ""))
        return await super()._download(slot, request)

    def _give_up(self) -> None:
        """End what waits for its turn; what is on its way may still arrive."""
        for slot in self.slots.values():
            while slot.queue:
                _, waiting = slot.queue.popleft()
                waiting.errback(OutOfTimeError(OUT_OF_TIME))

    def close(self) -> None:
        """Stop; nothing is left to be given up."""
        if self._ending is not None:
            self._ending.cancel()
        super().close()

    def pause_is(self, key: str, delay: float) -> None:
        """Hold a slot to at least this many seconds between two requests: what its robots.txt asks today."""
        remembered = self.least.get(key, 0.0)
        self.least[key] = max(delay, self._declared.get(key, 0.0))
        if key in self.slots:
            slot = self.slots[key]
            slot.delay = self.least[key] if slot.delay <= remembered else max(slot.delay, self.least[key])
            slot.close()  # its next turn was reckoned by what was asked before
            self._process_queue(slot)


class HostThrottle(AutoThrottle):
    """Scrapy's AutoThrottle, with a floor for each host; where no interval is wanted (one's own server) it rests."""

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        downloader: Any = self.crawler.engine.downloader
        host, port = host_and_port(response.url)
        floor = downloader.least.get(f"{host}:{port}", self.mindelay) if isinstance(downloader, HostDownloader) else 0
        if not floor:
            return
        self.mindelay = floor
        self.maxdelay = max(self._max_delay(), floor)
        super()._adjust_delay(slot, latency, response)
