"""The spider of a shared round: it claims sites from Redis (scrapy-redis), a few at a time, until none is left."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy_redis.spiders import RedisMixin

from crawler.archive import Archive
from crawler.recorder import recover
from crawler.rounds import Round, SourceRound
from crawler.run import RoundResult, Watching, begin, drive, result_of, run_on_loop, use_reactor
from crawler.settings import Limits
from crawler.shared_frontier import LEASE, SharedFrontier, connect
from crawler.shared_memory import RedisMemory
from crawler.source import Source
from crawler.spider import PressSpider

AT_ONCE = 50
"""Sites that one machine works on at a time."""


class SharedRound(Round):
    """A round of which this machine does only what it claims."""

    frontier: SharedFrontier
    at_once: int = AT_ONCE


class SharedPressSpider(RedisMixin, PressSpider):  # type: ignore[misc]
    """The same spider, started by what it claims; idle, it waits for the leases of dead machines."""

    round: SharedRound
    redis_key = "ansinh"

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "SharedPressSpider":
        """Connect the idle signal as scrapy-redis does, with the frontier in the place of its list."""
        spider: SharedPressSpider = super().from_crawler(crawler, *args, **kwargs)
        spider.setup_redis(crawler)
        frontier = spider.round.frontier
        spider.fetch_data = lambda key, count: frontier.claim(count)
        spider.count_size = lambda key: frontier.left
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Claim the first sites."""
        for request in self.claimed():
            yield request

    def claimed(self) -> Iterable[Request]:
        """Claim as many sites as this machine has room for, and give the requests for their lists."""
        room = self.round.at_once - len(self.round.frontier.held)
        for source in self.fetch_data(self.redis_key, room) if room > 0 else ():
            yield from self.make_request_from_data(source)

    def next_requests(self) -> Iterable[Request]:
        """Give what can be claimed now."""
        return self.claimed()

    def make_request_from_data(self, data: str) -> list[Request]:
        """Give the requests for a claimed source's lists; one that a dead machine had finished needs none."""
        state = self.round.sources.get(data)
        if state is None or state.begun or self.round.frontier.is_done(data):
            self.round.frontier.finish(data, last=self._site_is_done(data))
            return []
        return self.first_requests(state)

    def _site_is_done(self, source: str) -> bool:
        sites = [site.split(",") for site in self.round.frontier.held if source in site.split(",")]
        return all(self.round.frontier.is_done(one) or one == source for site in sites for one in site)

    async def go_on(self, state: SourceRound) -> AsyncIterator[Request]:
        """Give the source's next requests; where its round is done, those of what can be claimed then."""
        async for request in super().go_on(state):
            yield request
        if state.done:
            self.round.frontier.finish(state.source.id, last=self._site_is_done(state.source.id))
            for request in self.claimed():
                yield request

    def spider_idle(self) -> None:
        """Claim again, or end where nothing is left anywhere."""
        if self.round.frontier.left:
            self.schedule_next_requests()
            raise DontCloseSpider


async def crawl_shared(
    sources: Sequence[Source],
    *,
    redis: str,
    run: str,
    worker: str,
    archive: Archive,
    now: Callable[[], datetime],
    offered: Sequence[Source] | None = None,
    limits: Limits | None = None,
    lease: int = LEASE,
) -> RoundResult:
    """Do this machine's share of a round that all machines name alike (`run`); `worker` is its own, unique name.

    `sources` are all that this machine knows, the same on every machine; `offered` those to be crawled (default: all
    of them). Ends when no site is left anywhere. The result is this machine's.
    """
    use_reactor()
    server = connect(redis)
    memory = RedisMemory(server)
    recovered = recover(archive, memory)
    frontier = SharedFrontier(server, run, worker, lease=lease)
    frontier.offer(sources if offered is None else offered)
    started = now()
    base = begin(f"{run}-{worker}", sources, memory, now, limits or Limits())
    round_ = SharedRound(**vars(base))
    round_.frontier = frontier
    round_.claim = frontier.first_to_ask
    watching = Watching()
    beat = asyncio.ensure_future(_beat(frontier))
    try:
        await drive(round_, archive, watching, SharedPressSpider, {"REDIS_URL": redis, "MAX_IDLE_TIME_BEFORE_CLOSE": 0})
    finally:
        beat.cancel()
    return result_of(round_, started, watching.runs, recovered)


async def _beat(frontier: SharedFrontier) -> None:
    while True:
        await asyncio.sleep(frontier.lease / 3)
        frontier.renew()


def run_shared(sources: Sequence[Source], **arguments: Any) -> RoundResult:
    """Do this machine's share and come back; see `crawl_shared`."""
    return run_on_loop(crawl_shared(sources, **arguments))
