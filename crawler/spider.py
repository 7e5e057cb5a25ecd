"""The one spider: for every source it reads lists, fetches what is new, and hands each answer on, judged."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.answers import fetch_of, headers_of, own_name, page_of_response, settled
from crawler.faults import outcome_of, reason_of
from crawler.hosts import Hosts
from crawler.judge import judge
from crawler.list_spider import PRIORITY, ListSpider
from crawler.pacing import LeftOverError, OutOfTimeError
from crawler.robots import RobotsUnreachableError
from crawler.rounds import Round, SourceRound, Waiting
from crawler.urls import canonical
from model.errors import AnsinhError
from model.fetches import ENDED, Outcome

BLOCKED_IN_A_ROW = 3
"""So many refusals running, and the source is left alone until the next round."""
ONLY_AROUND = "only the page around it changed"


class PressSpider(ListSpider):
    """Crawls all sources of one round. Lists are asked first; per source only a few article requests wait at a time."""

    name = "press"

    def __init__(self, round: Round, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.round = round
        self.hosts = Hosts(round.memory, round.now, self._break)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Listen for what goes wrong in the spider's own code."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.on_error, signal=signals.spider_error)
        return spider

    def _break(self, error: AnsinhError) -> None:
        """End the round: what the memory or the archive raised is raised by it."""
        self.round.broken = self.round.broken or error

    def on_error(self, failure: Failure, response: Any) -> None:
        """End the round where memory or archive failed; say it beside its source where it is a bug."""
        error = failure.value
        if isinstance(error, AnsinhError):
            self._break(error)
            return
        meta = getattr(response, "meta", None) or getattr(getattr(response, "request", None), "meta", {})
        state = self.round.sources.get(meta.get("source", ""))
        if state is not None:
            state.faults[f"bug: {type(error).__name__}: {error}"[:200]] += 1

    async def start(self) -> AsyncIterator[Request]:
        """Ask for every source's lists."""
        for state in self.round.sources.values():
            for request in self.first_requests(state):
                yield request

    async def on_page(self, response: Response) -> AsyncIterator[Request]:
        """Judge an answer, hand it on, go on."""
        state = self.round.sources[response.meta["source"]]
        state.pages_open -= 1
        state.counts["fetched"] += 1
        state.counts["pages"] += 1
        if await self._settle(state, response) not in ENDED:
            self.round.owe_again(state, response.meta["asked"])
        self.round.report(state.source.id)
        async for request in self.go_on(state):
            yield request

    async def _settle(self, state: SourceRound, response: Response) -> Outcome:
        asked = response.meta["asked"]
        last = response.meta["last"]
        if last is None and response.url != asked:
            last = self.round.memory.last_fetch(canonical(response.url))
        if response.status == 304 and last is not None:
            state.counts["not_modified"] += 1
            self.round.memory.add_fetch(fetch_of(response, state, self.round.now(), "not-modified", last=last))
            return "not-modified"
        headers = headers_of(response)
        judged = judge(response.status, headers, response.body, response.url, asked=asked, flags=tuple(response.flags))
        outcome, reason = settled(response, judged, state.sites, last)
        if outcome == "changed" and self._says_the_same(state, response):
            outcome, reason = "same", ONLY_AROUND
        state.counts[outcome] += 1
        if judged.kind != "article" or outcome in {"new", "changed", "same"}:
            state.counts[judged.kind] += 1
        state.in_a_row = state.in_a_row + 1 if outcome == "blocked" else 0
        if reason and outcome not in {"new", "changed", "same"}:
            state.faults[f"page: {reason}"] += 1
        fetch = fetch_of(response, state, self.round.now(), outcome, reason=reason, last=last)
        if response.status in {429, 503}:
            self.wait(state, response)
        if outcome == "same" or response.status >= 400 or outcome == "skipped" or not response.body:
            self.round.memory.add_fetch(fetch)
            return outcome
        page = page_of_response(response, state, judged, fetch)
        other = page.url != asked
        known = page.url in state.named or (other and self.round.last(page.url) is not None)
        if other or known:  # the address asked for is remembered too, or it would be asked again and again
            self.round.memory.add_fetch(replace(fetch, outcome="same", reason=f"is {page.url}"[:200]))
        if known and outcome == "new":  # another form of an article that is there already
            state.counts["new"] -= 1
            state.counts["same"] += 1
            return "same"
        state.named.add(page.url)
        await self.round.keep(page, replace(fetch, url=page.url))
        return outcome

    def _says_the_same(self, state: SourceRound, response: Response) -> bool:
        """Ask whoever reads articles whether only the page around this one changed: a clock, a list of other news."""
        asked, found = response.meta["asked"], response.meta["found"]
        unchanged = self.round.unchanged
        return unchanged is not None and unchanged(own_name(response, asked, state.sites), response.body, found)

    async def on_failure(self, failure: Failure) -> AsyncIterator[Request]:
        """Record a request that brought no answer, go on."""
        request: Request = failure.request  # type: ignore[attr-defined]
        state = self.round.sources[request.meta["source"]]
        error = failure.value or OSError("no answer")
        listed = request.callback == self.on_list
        state.lists_open -= listed
        state.pages_open -= not listed
        if isinstance(error, LeftOverError) and not self.round.limits.round_seconds:
            self._leave_over(state, request, listed=listed)
        else:
            self._failed(state, request, error, listed=listed)
        self.round.report(state.source.id)
        async for following in self.go_on(state):
            yield following

    def _leave_over(self, state: SourceRound, request: Request, *, listed: bool) -> None:
        """Count what a slow host has no time for in this round; it is owed to the next."""
        state.counts["lists_left" if listed else "postponed"] += 1
        state.counts["asked"] -= not listed
        if request.meta.get("redirect_times"):  # a hop was asked: it is tried so often as what fails
            self.round.owe_again(state, request.meta["asked"])

    def _failed(self, state: SourceRound, request: Request, error: BaseException, *, listed: bool) -> None:
        outcome, reason = outcome_of(error), reason_of(error)
        if listed and self.only_search(state, request.meta):
            outcome = "refused" if outcome == "refused" else "skipped"
        else:
            state.counts["pages"] += not listed
            state.counts["lists_failed"] += listed and outcome != "refused"
            state.counts["lists_unanswered"] += listed and outcome in {"failed", "timeout"}
            state.counts[outcome] += 1
            state.faults[f"{request.meta['kind']}: {reason}"] += 1
        self.round.memory.add_fetch(fetch_of(request, state, self.round.now(), outcome, reason=reason))
        if outcome not in ENDED:
            sent = not isinstance(error, OutOfTimeError | RobotsUnreachableError)
            self.round.owe_again(state, request.meta["asked"], asked=sent)

    async def go_on(self, state: SourceRound) -> AsyncIterator[Request]:
        """Give the source's next requests; where none is left, end its round."""
        self._stop_where_useless(state)
        for request in self.next_pages(state):
            yield request
        if self._may_recall(state):
            for request in (*self.owed_requests(state), *self.next_pages(state)):
                yield request
        if state.idle and not state.done:
            if not state.counts["listings"] and not state.counts["not_modified"] and self._may_try_home(state):
                state.home_tried = True
                yield self.list_request(state, "list", state.source.home_url, page=1)
                return
            state.done = True
            downloader: Any = self.crawler.engine.downloader
            if downloader.is_slow(state.slot):
                state.counts["pause"] = round(downloader.least[state.slot])
            await self.round.finish(state)

    def next_pages(self, state: SourceRound) -> Iterator[Request]:
        """Give the requests for articles that may go out now; what the round has no room for is left to the next."""
        limits = self.round.limits
        downloader: Any = self.crawler.engine.downloader
        at_once = 1 if downloader.is_slow(state.slot) else limits.per_host
        while state.waiting and state.pages_open < at_once:
            if state.counts["asked"] >= limits.pages or not downloader.has_time(state.slot):
                state.counts["postponed"] += len(state.waiting)
                state.waiting.clear()
                return
            yield self.page_request(state, state.waiting.popleft())

    def page_request(self, state: SourceRound, waiting: Waiting) -> Request:
        """Make the request for an article."""
        state.pages_open += 1
        state.counts["asked"] += 1
        found, last = waiting.found, waiting.last
        meta = self.meta_of(state, {"kind": "page", "asked": found.url, "found": found, "last": last}, waiting.debt)
        headers = self.round.validators(state, last, waiting.why)
        return self.request(found.url, self.on_page, meta, headers, PRIORITY[waiting.why])

    def _may_recall(self, state: SourceRound) -> bool:
        """Say whether it is time for what is owed: once, when a list was read and all that is new has been asked."""
        alive = state.counts["listings"] or state.counts["not_modified"] or state.counts["searches"]
        free = state.recalled is None and not state.waiting and not state.lists_open
        return bool(free and alive and not self._is_useless(state))

    def _may_try_home(self, state: SourceRound) -> bool:
        asked = state.source.home_url in state.seen or state.home_tried
        shut = state.counts["blocked"] or state.counts["refused"] or state.counts["lists_left"] or state.not_before
        return not asked and not shut

    def _is_useless(self, state: SourceRound) -> bool:
        return bool(self.round.broken or state.in_a_row >= BLOCKED_IN_A_ROW or state.not_before is not None)

    def _stop_where_useless(self, state: SourceRound) -> None:
        """Leave a source alone that refuses or asks to wait: what is left is tried in the next round."""
        if state.waiting and self._is_useless(state):
            state.counts["postponed"] += len(state.waiting)
            state.waiting.clear()
