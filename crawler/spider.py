"""The one spider: for every source it reads lists, fetches what is new, and hands each answer on, judged."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from time import monotonic
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.answers import fetch_of, headers_of, own_name, page_of_response, retry_after, settled
from crawler.downloader import INTERVAL
from crawler.faults import outcome_of, reason_of
from crawler.found import Listing
from crawler.judge import judge
from crawler.lists import lists_now, next_address, read_answer, searches_beside
from crawler.rounds import Round, SourceRound
from crawler.urls import belongs, canonical, site_of
from model.errors import AnsinhError

BLOCKED_IN_A_ROW = 3
"""So many refusals running, and the source is left alone until the next round."""
ONLY_AROUND = "only the page around it changed"
_PRIORITY = {"list": 10, "search": 5, "new": 0, "edited": -1, "recheck": -2}


class PressSpider(Spider):
    """Crawls all sources of one round. Lists are asked first; per source only a few article requests wait at a time."""

    name = "press"

    def __init__(self, round: Round, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.round = round

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Listen for what goes wrong in the spider's own code."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.on_error, signal=signals.spider_error)
        return spider

    def on_error(self, failure: Failure, response: Any) -> None:
        """End the round where memory or archive failed; say it beside its source where it is a bug."""
        error = failure.value
        if isinstance(error, AnsinhError):
            self.round.broken = self.round.broken or error
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

    def first_requests(self, state: SourceRound) -> list[Request]:
        """Give the requests for a source's lists."""
        state.begun = True
        state.begun_at = monotonic()
        lists = lists_now(state.source, self.round.memory, self.round.now())
        return [self.list_request(state, kind, url, page=1) for kind, url in lists]

    def list_request(self, state: SourceRound, kind: str, url: str, *, page: int) -> Request:
        """Make the request for a feed, sitemap or list page."""
        state.lists_open += 1
        state.counts["lists"] += 1
        state.seen.add(url)
        last = self.round.memory.last_fetch(url)
        meta = self._meta(state, {"kind": kind, "asked": url, "page": page, "last": last})
        # a search comes last: what a feed names too is taken from there, with its date
        search = kind == "search"
        headers = self.round.validators(state, last, "list") if page == 1 and not search else {}
        return self._request(url, self.on_list, meta, headers, _PRIORITY["search" if search else "list"])

    def _meta(self, state: SourceRound, more: dict[str, Any]) -> dict[str, Any]:
        interval = state.source.interval
        meta = {"source": state.source.id, "at": monotonic(), **more}
        meta[INTERVAL] = self.round.limits.interval if interval is None else interval
        return meta

    def _request(
        self, url: str, callback: Any, meta: dict[str, Any], headers: dict[str, str], priority: int
    ) -> Request:
        return Request(
            url, callback=callback, errback=self.on_failure, meta=meta, headers=headers, priority=priority,
            dont_filter=True,
        )  # fmt: skip

    async def on_list(self, response: Response) -> AsyncIterator[Request]:
        """Read a list and queue what it names."""
        state = self.round.sources[response.meta["source"]]
        state.lists_open -= 1
        state.counts["fetched"] += 1
        for request in self._read_list(state, response):
            yield request
        async for request in self._go_on(state):
            yield request

    def _read_list(self, state: SourceRound, response: Response) -> Iterator[Request]:
        asked, last = response.meta["asked"], response.meta["last"]
        if response.status == 304 and last is not None:
            state.listing_fetches.append(fetch_of(response, state, self.round.now(), "not-modified", last=last))
            state.counts["not_modified"] += 1
            return
        self._note_move(state, response)
        if response.status != 200:
            self._list_failed(state, response, f"HTTP {response.status}")
            return
        listing = read_answer(state.source, state.sites, response)
        if listing.form == "none":
            judged = judge(200, headers_of(response), response.body, response.url, asked=asked)
            blocked = judged.kind in {"challenge", "login"}
            self._list_failed(state, response, judged.reason if blocked else ", ".join(listing.faults), blocked=blocked)
            return
        state.listing_fetches.append(fetch_of(response, state, self.round.now(), "list", last=last))
        beside = response.meta["kind"] == "search" and searches_beside(state.source)
        state.counts["searches" if beside else "listings"] += 1
        fresh = self.round.consider(state, list(listing.entries))
        yield from self._further(state, listing, response, fresh)

    def _further(self, state: SourceRound, listing: Listing, response: Response, fresh: int) -> Iterator[Request]:
        """Ask for what a list leads to: an index's files, newest first; a section's next page while it brings news."""
        limit = self.round.limits.list_pages
        kind, page, asked = response.meta["kind"], response.meta["page"], response.meta["asked"]
        late = self._late(state)
        if late and state.counts["found"]:
            return
        if listing.form == "index":
            wanted = listing.children[: 1 if late else 2 if state.history else 12]
            for child in wanted:
                if child not in state.seen and state.counts["lists"] < limit and page < 4:
                    yield self.list_request(state, "sitemap", child, page=page + 1)
            return
        if listing.form != "html" or not fresh or state.counts["lists"] >= limit:
            return
        # after the first round, older pages are turned to only while all was news, or for what the last one left over
        if state.history and state.counts["known"] and page >= state.pages_again:
            return
        following = next_address(state.source, asked, page) or listing.next_page
        if following and following not in state.seen and belongs(following, state.sites):
            yield self.list_request(state, kind, following, page=page + 1)

    def _list_failed(self, state: SourceRound, response: Response, reason: str, *, blocked: bool = False) -> None:
        blocked = blocked or response.status in {401, 403, 429}
        outcome = "blocked" if blocked else "gone" if response.status in {404, 410} else "failed"
        if self._only_search(state, response.meta):
            outcome = "gone" if outcome == "gone" else "skipped"
        else:
            state.counts["blocked" if blocked else "lists_failed"] += 1
            state.faults[f"{response.meta['kind']}: {reason}"] += 1
        self.round.memory.add_fetch(fetch_of(response, state, self.round.now(), outcome, reason=reason))  # type: ignore[arg-type]
        if response.status in {429, 503}:
            self._wait(state, response)

    def _only_search(self, state: SourceRound, meta: dict[str, Any]) -> bool:
        """Say whether what failed is a search beside other lists; it is counted, and the source is none the worse."""
        beside = meta["kind"] == "search" and searches_beside(state.source)
        state.counts["search_failed"] += beside
        return beside

    def _note_move(self, state: SourceRound, response: Response) -> None:
        if not belongs(response.url, state.sites):
            state.moved_to = site_of(response.url)

    async def on_page(self, response: Response) -> AsyncIterator[Request]:
        """Judge an answer, hand it on, go on."""
        state = self.round.sources[response.meta["source"]]
        state.pages_open -= 1
        state.counts["fetched"] += 1
        state.counts["pages"] += 1
        await self._settle(state, response)
        self.round.report(state.source.id)
        async for request in self._go_on(state):
            yield request

    async def _settle(self, state: SourceRound, response: Response) -> None:
        asked = response.meta["asked"]
        last = response.meta["last"]
        if last is None and response.url != asked:
            last = self.round.memory.last_fetch(canonical(response.url))
        if response.status == 304 and last is not None:
            state.counts["not_modified"] += 1
            self.round.memory.add_fetch(fetch_of(response, state, self.round.now(), "not-modified", last=last))
            return
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
            self._wait(state, response)
        if outcome == "same" or response.status >= 400 or outcome == "skipped" or not response.body:
            self.round.memory.add_fetch(fetch)
            return
        page = page_of_response(response, state, judged, fetch)
        other = page.url != asked
        known = page.url in state.named or (other and self.round.last(page.url) is not None)
        if other or known:  # the address asked for is remembered too, or it would be asked again and again
            self.round.memory.add_fetch(replace(fetch, outcome="same", reason=f"is {page.url}"[:200]))
        if known and outcome == "new":  # another form of an article that is there already
            state.counts["new"] -= 1
            state.counts["same"] += 1
            return
        state.named.add(page.url)
        await self.round.keep(page, replace(fetch, url=page.url))

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
        outcome, reason = outcome_of(error), reason_of(error)
        listed = request.callback == self.on_list
        state.lists_open -= listed
        state.pages_open -= not listed
        if listed and self._only_search(state, request.meta):
            outcome = "refused" if outcome == "refused" else "skipped"
        else:
            state.counts["pages"] += not listed
            state.counts["lists_failed"] += listed and outcome != "refused"
            state.counts["lists_unanswered"] += listed and outcome in {"failed", "timeout"}
            state.counts[outcome] += 1
            state.faults[f"{request.meta['kind']}: {reason}"] += 1
        self.round.memory.add_fetch(fetch_of(request, state, self.round.now(), outcome, reason=reason))
        self.round.report(state.source.id)
        async for following in self._go_on(state):
            yield following

    async def _go_on(self, state: SourceRound) -> AsyncIterator[Request]:
        """Give the source's next requests; where none is left, end its round."""
        self._stop_where_useless(state)
        limits = self.round.limits
        slow = self._delay(state) > limits.max_interval
        at_once = 1 if slow else limits.per_host
        while state.waiting and state.pages_open < at_once:
            # one article a round at the least, or a host that wants minutes between two requests is never read
            if state.counts["asked"] >= limits.pages or (state.counts["asked"] and self._late(state)):
                state.counts["postponed"] += len(state.waiting)
                state.waiting.clear()
                break
            found, why, last = state.waiting.popleft()
            state.pages_open += 1
            state.counts["asked"] += 1
            meta = self._meta(state, {"kind": "page", "asked": found.url, "found": found, "last": last})
            headers = self.round.validators(state, last, why)
            yield self._request(found.url, self.on_page, meta, headers, _PRIORITY[why])
        if state.idle and not state.done:
            if not state.counts["listings"] and not state.counts["not_modified"] and self._may_try_home(state):
                state.home_tried = True
                yield self.list_request(state, "list", state.source.home_url, page=1)
                return
            state.done = True
            await self.round.finish(state)

    def _may_try_home(self, state: SourceRound) -> bool:
        asked = state.source.home_url in state.seen or state.home_tried
        return not asked and not state.counts["blocked"] and not state.counts["refused"] and not state.not_before

    def _delay(self, state: SourceRound) -> float:
        slot = self.crawler.engine.downloader.slots.get(state.slot)
        return slot.delay if slot else 0.0

    def _late(self, state: SourceRound) -> bool:
        """Say whether a host that asks for long pauses would take another request only after its time in the round."""
        delay = self._delay(state)
        if delay <= self.round.limits.max_interval:
            return False
        ahead = len(self.crawler.engine.downloader.slots[state.slot].queue)
        return monotonic() + (ahead + 1) * delay > state.begun_at + self.round.limits.slow_seconds

    def _stop_where_useless(self, state: SourceRound) -> None:
        """Leave a source alone that refuses or asks to wait: what is left is tried in the next round."""
        if state.waiting and (self.round.broken or state.in_a_row >= BLOCKED_IN_A_ROW or state.not_before is not None):
            state.counts["postponed"] += len(state.waiting)
            state.waiting.clear()

    def _wait(self, state: SourceRound, response: Response) -> None:
        moment = retry_after(headers_of(response).get("retry-after", ""), self.round.now())
        if moment is not None:
            state.not_before = max(moment, state.not_before or moment)
