"""Asking a handful of addresses, politely and checked like all others: for discovering what a site has."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.answers import headers_of
from crawler.faults import reason_of
from crawler.pacing import INTERVAL
from crawler.robots import ROBOTS
from crawler.settings import Limits, scrapy_settings


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """How one address answered."""

    asked: str
    """The address asked."""
    url: str = ""
    """The address that answered, after redirects; `""` where none did."""
    status: int = 0
    """HTTP status; 0 where no answer came."""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    robots: str = ""
    """What robots.txt says of it."""
    fault: str = ""
    """Why no answer came; `""` where one did."""


class AskSpider(Spider):
    """Fetches addresses and collects the answers, one each."""

    name = "ask"

    def __init__(self, urls: Sequence[str], answers: dict[str, Answer], interval: float, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.urls = urls
        self.answers = answers
        self.interval = interval

    async def start(self) -> AsyncIterator[Request]:
        """Ask for every address; robots.txt itself needs no leave."""
        for url in self.urls:
            meta = {"asked": url, INTERVAL: self.interval, "dont_obey_robotstxt": url.endswith("/robots.txt")}
            yield Request(url, callback=self.on_answer, errback=self.on_failure, meta=meta, dont_filter=True)

    def on_answer(self, response: Response) -> None:
        """Keep an answer."""
        asked = response.meta["asked"]
        self.answers[asked] = Answer(
            asked=asked,
            url=response.url,
            status=response.status,
            headers=headers_of(response),
            body=response.body,
            robots=response.meta.get(ROBOTS, ""),
        )

    def on_failure(self, failure: Failure) -> None:
        """Keep the reason why none came."""
        request: Request = failure.request  # type: ignore[attr-defined]
        error = failure.value or OSError("no answer")
        asked = request.meta["asked"]
        self.answers[asked] = Answer(asked=asked, robots=request.meta.get(ROBOTS, ""), fault=reason_of(error))


async def ask(urls: Sequence[str], *, limits: Limits, today: date, seconds: float) -> list[Answer]:
    """Ask addresses, for at most so many seconds; those not reached by then say so. In the order asked."""
    wanted = list(dict.fromkeys(urls))
    answers: dict[str, Answer] = {}
    if wanted:
        timeout = min(limits.timeout, seconds / 2)
        limits = replace(limits, timeout=timeout, round_seconds=seconds - timeout, slow_seconds=seconds - timeout)
        runner = AsyncCrawlerRunner(scrapy_settings(limits, [], today))
        work = runner.crawl(AskSpider, urls=wanted, answers=answers, interval=limits.interval)
        _, late = await asyncio.wait([work], timeout=seconds)
        if late:
            await runner.stop()
        await work
    return [answers.get(url, Answer(asked=url, fault="not reached in time")) for url in wanted]
