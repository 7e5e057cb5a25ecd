"""The half of the spider that finds articles: it asks a source's lists, reads them, and turns their pages."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response

from crawler.answers import fetch_of, headers_of, retry_after
from crawler.debts import seconds_to_wait
from crawler.found import Listing
from crawler.hosts import Hosts
from crawler.judge import judge
from crawler.lists import lists_now, next_address, read_answer, searches_beside
from crawler.pacing import INTERVAL, LISTS, NOT_BEFORE
from crawler.rounds import Round, SourceRound, Waiting
from crawler.urls import belongs, site_of
from model.fetches import ENDED, Debt, DebtKind

PRIORITY = {"list": 10, "search": 5, "new": 0, "edited": -1, "recheck": -2}
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class ListSpider(Spider, ABC):
    """Asks lists and queues what they name; what becomes of articles is `PressSpider`'s, which gives the rest."""

    round: Round
    hosts: Hosts

    def first_requests(self, state: SourceRound) -> list[Request]:
        """Give the requests that a source's round begins with: its lists; or an article, where only one request fits.

        A host that wants minutes between two requests has time for one a round: a list and an article in turn.
        """
        state.begun = True
        state.counts["unrecorded"] = self.round.memory.unrecorded(state.source.id)
        lists = lists_now(state.source, self.round.memory, self.round.now())
        if self._articles_first(state) and (first := self.owed_request(state)) is not None:
            state.counts["lists"] += len(lists)
            state.counts["lists_left"] += len(lists)
            return [first]
        if state.history and state.history[0].counts.get("lists_left"):
            lists.sort(key=lambda pair: self._asked_at(pair[1]))  # those that had no turn come first
        requests = [self.list_request(state, kind, url, page=1) for kind, url in lists]
        if any(NOT_BEFORE in request.meta for request in requests):  # a killed round had asked them a moment ago
            requests += [*self.owed_requests(state), *self.next_pages(state)]
        return requests

    def owed_requests(self, state: SourceRound) -> list[Request]:
        """Queue the articles that the rounds before left to this one; gives the requests for the lists they left."""
        return [self.list_request(state, one.kind, one.url, page=one.depth) for one in self.round.recall(state)]

    def owed_request(self, state: SourceRound) -> Request | None:
        """Queue what is owed; gives the request for the first article of it, else for a list, None: there is none."""
        lists = self.round.recall(state)
        if state.waiting:
            return self.page_request(state, state.waiting.popleft())
        return self.list_request(state, lists[0].kind, lists[0].url, page=lists[0].depth) if lists else None

    @abstractmethod
    def page_request(self, state: SourceRound, waiting: Waiting) -> Request:
        """Make the request for an article."""

    @abstractmethod
    def next_pages(self, state: SourceRound) -> Iterator[Request]:
        """Give the requests for articles that may go out now."""

    @abstractmethod
    def go_on(self, state: SourceRound) -> AsyncIterator[Request]:
        """Give the source's next requests."""

    def _articles_first(self, state: SourceRound) -> bool:
        pause, limits = self.hosts.pause(state.slot), self.round.limits
        if pause <= limits.slow_seconds or not state.history:
            return False
        last = state.history[0].counts
        had_a_list = last.get("lists", 0) > last.get("lists_left", 0)
        return had_a_list and bool(self.round.memory.debts(state.source.id, self.round.now(), 1))

    def _asked_at(self, url: str) -> datetime:
        last = self.round.memory.last_fetch(url)
        return last.at if last else _LONG_AGO

    def list_request(self, state: SourceRound, kind: DebtKind, url: str, *, page: int) -> Request:
        """Make the request for a feed, sitemap or list page; it is owed until it is read (`page` 1: until all is)."""
        state.lists_open += 1
        state.counts["lists"] += 1
        state.seen.add(url)
        memory, now = self.round.memory, self.round.now()
        known = memory.debt(url) or Debt(url=url, source=state.source.id, due=now)
        memory.owe([replace(known, source=state.source.id, kind=kind, depth=page)])
        if page == 1:
            state.declared.append(url)
        last = memory.last_fetch(url)
        meta = self.meta_of(state, {"kind": kind, "asked": url, "page": page, "last": last, LISTS: True}, known)
        # a search comes last: what a feed names too is taken from there, with its date
        search = kind == "search"
        headers = self.round.validators(state, last, "list") if page == 1 and not search else {}
        return self.request(url, self.on_list, meta, headers, PRIORITY["search" if search else "list"])

    def meta_of(self, state: SourceRound, more: dict[str, Any], debt: Debt | None) -> dict[str, Any]:
        """Give what goes with a request: whose it is, how often its host is asked, and how long it has to wait."""
        limits = self.round.limits
        interval = limits.interval if state.source.interval is None else state.source.interval
        meta = {"source": state.source.id, "at": monotonic(), INTERVAL: interval, **more}
        wait = seconds_to_wait(debt, self.round.now(), interval, limits.timeout)
        if wait:
            meta[NOT_BEFORE] = monotonic() + wait
        return meta

    def request(self, url: str, callback: Any, meta: dict[str, Any], headers: dict[str, str], priority: int) -> Request:
        """Make a request whose end, whatever it is, comes back."""
        return Request(
            url, callback=callback, errback=self.on_failure, meta=meta, headers=headers, priority=priority,
            dont_filter=True,
        )  # fmt: skip

    @abstractmethod
    def on_failure(self, failure: Any) -> AsyncIterator[Request]:
        """Record a request that brought no answer, go on."""

    async def on_list(self, response: Response) -> AsyncIterator[Request]:
        """Read a list and queue what it names."""
        state = self.round.sources[response.meta["source"]]
        state.lists_open -= 1
        state.counts["fetched"] += 1
        for request in self._read_list(state, response):
            yield request
        async for request in self.go_on(state):
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
        known = state.counts["known"]
        fresh = self.round.consider(state, list(listing.entries))
        all_news = bool(fresh) and state.counts["known"] == known
        if listing.form == "index":
            yield from self._children(state, listing, response.meta["page"])
        elif all_news or (fresh and not state.history):
            yield from self._next_page(state, listing, response)
        if response.meta["page"] > 1:  # what it names is owed by now, and so is what follows it
            self.round.memory.settle_debts([asked])

    def _children(self, state: SourceRound, listing: Listing, depth: int) -> Iterator[Request]:
        """Ask for the sitemaps that an index names, newest first."""
        for child in listing.children[: 2 if state.history else 12]:
            if child not in state.seen and state.counts["lists"] < self.round.limits.list_pages and depth < 4:
                yield self.list_request(state, "sitemap", child, page=depth + 1)

    def _next_page(self, state: SourceRound, listing: Listing, response: Response) -> Iterator[Request]:
        """Turn a section's page: in the first round while it names anything new, later only while all on it is news."""
        limit = self.round.limits.list_pages
        kind, page, asked = response.meta["kind"], response.meta["page"], response.meta["asked"]
        if listing.form != "html" or max(state.counts["lists"], page) >= limit:
            return
        following = next_address(state.source, asked, page) or listing.next_page
        if following and following not in state.seen and belongs(following, state.sites):
            yield self.list_request(state, kind, following, page=page + 1)

    def _list_failed(self, state: SourceRound, response: Response, reason: str, *, blocked: bool = False) -> None:
        blocked = blocked or response.status in {401, 403, 429}
        outcome = "blocked" if blocked else "gone" if response.status in {404, 410} else "failed"
        if self.only_search(state, response.meta):
            outcome = "gone" if outcome == "gone" else "skipped"
        else:
            state.counts["blocked" if blocked else "lists_failed"] += 1
            state.faults[f"{response.meta['kind']}: {reason}"] += 1
        self.round.memory.add_fetch(fetch_of(response, state, self.round.now(), outcome, reason=reason))  # type: ignore[arg-type]
        if response.status in {429, 503}:
            self.wait(state, response)
        if outcome not in ENDED:
            self.round.owe_again(state, response.meta["asked"])

    def wait(self, state: SourceRound, response: Response) -> None:
        """Take a server at its word that asks to wait."""
        moment = retry_after(headers_of(response).get("retry-after", ""), self.round.now())
        if moment is not None:
            state.not_before = max(moment, state.not_before or moment)

    def only_search(self, state: SourceRound, meta: dict[str, Any]) -> bool:
        """Say whether what failed is a search beside other lists; it is counted, and the source is none the worse."""
        beside = meta["kind"] == "search" and searches_beside(state.source)
        state.counts["search_failed"] += beside
        return beside

    def _note_move(self, state: SourceRound, response: Response) -> None:
        if not belongs(response.url, state.sites):
            state.moved_to = site_of(response.url)
