"""A round in memory: what each source has waiting, what it brought so far, and which addresses are worth a request."""

from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from urllib.parse import urlsplit

from crawler.debts import again, debt_of, failed, found_of
from crawler.found import Found
from crawler.settings import Limits
from crawler.source import Source
from crawler.urls import belongs, canonical, host_and_port, variants
from model.errors import AnsinhError
from model.fetches import Debt, DebtKind, Fetch, Memory, SourceRun
from model.records import Page

RECHECK_WINDOW = timedelta(days=3)
"""How long after it appeared an article is looked at again for corrections."""
RECHECK_AFTER = timedelta(hours=6)
"""Least time between two looks at the same article."""
GONE_AFTER = timedelta(days=1)
OTHER_AFTER = timedelta(days=7)
_SLACK = timedelta(minutes=10)

Why = Literal["new", "edited", "recheck", "skip"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """How far a round is; sent after every answer."""

    source: str
    """Id of the source that the last answer came from."""
    fetched: int
    """Answers so far, of all sources."""
    waiting: int
    """Addresses still to be asked, as far as is known."""
    new: int
    """New articles so far."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """An article that is to be asked."""

    found: Found
    why: Why
    last: Fetch | None
    """How it was fetched last."""
    debt: Debt
    """What was owed of it when it was queued."""


@dataclass(kw_only=True, slots=True)
class SourceRound:
    """One source's round while it lasts."""

    source: Source
    started: datetime
    history: list[SourceRun]
    counts: Counter[str] = field(default_factory=Counter)
    waiting: deque[Waiting] = field(default_factory=deque)
    """Articles to ask for."""
    seen: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    """Addresses that pages of this round were kept under."""
    lists_open: int = 0
    """List requests on their way."""
    pages_open: int = 0
    """Article requests on their way."""
    listing_fetches: list[Fetch] = field(default_factory=list)
    """Recorded only when the round is done: a validator kept from a broken round would hide what it left over."""
    faults: Counter[str] = field(default_factory=Counter)
    """What went wrong, in words, how often."""
    moved_to: str = ""
    not_before: datetime | None = None
    home_tried: bool = False
    in_a_row: int = 0
    """Blocked answers since the last good one."""
    recalled: set[str] | None = None
    """Articles that were asked again because they were owed; None: what is owed was not looked at yet."""
    declared: list[str] = field(default_factory=list)
    """Its own lists that were asked, owed until its round is done."""
    begun: bool = False
    """True once its lists were asked for."""
    done: bool = False
    sites: frozenset[str] = frozenset()
    """The source's sites, worked out once."""
    slot: str = ""
    """Politeness slot of its home."""

    def __post_init__(self) -> None:
        self.sites = self.source.sites
        host, port = host_and_port(self.source.home_url)
        self.slot = f"{host}:{port}"

    @property
    def clean_before(self) -> bool:
        """True where the last round left nothing over: only then may lists be asked whether they changed."""
        left = ("failed", "timeout", "postponed", "blocked", "truncated", "lists_left")
        return bool(self.history) and not any(self.history[0].counts.get(key) for key in left)

    @property
    def idle(self) -> bool:
        """True where nothing is on its way or waiting."""
        return not (self.lists_open or self.pages_open or self.waiting)


@dataclass(kw_only=True)
class Round:
    """One round over many sources."""

    run: str
    memory: Memory
    now: Callable[[], datetime]
    limits: Limits
    sources: dict[str, SourceRound]
    keep: Callable[[Page, Fetch], Awaitable[None]]
    """Takes a page and its fetch to be archived and remembered."""
    finish: Callable[[SourceRound], Awaitable[None]]
    """Takes a source whose round is over."""
    progress: Callable[[Progress], None] | None = None
    unchanged: Callable[[str, bytes, Found], bool] | None = None
    """Says whether an article with other bytes still says the same; None: every other byte is a change."""
    broken: AnsinhError | None = None
    """What the memory or the archive raised: the round ends, and raises it."""
    warc_file: str = ""
    """File of the archive that the round writes; `""`: none."""
    claim: Callable[[str, str], bool] = field(default=lambda url, source: True)
    """Says whether a source may ask for an address: False where another machine's source came first."""

    def consider(self, state: SourceRound, found: list[Found]) -> int:
        """Queue what is worth a request; gives how many addresses were not seen before in this round.

        What is queued is owed from now on. One that failed lately is left alone until its time comes.
        """
        fresh = 0
        queued = []
        for one in found:
            if one.url in state.seen or not self.owns(state, one.url):
                continue
            state.seen.add(one.url)
            state.counts["found"] += 1
            fresh += 1
            if one.url in (state.recalled or ()) or not self.claim(one.url, state.source.id):
                state.counts["known"] += 1
                continue
            last = self.last(one.url)
            why = self.why(one, last)
            owed = self.memory.debt(one.url) if why != "skip" else None
            if why == "skip" or (owed is not None and owed.due > self.now()):
                state.counts["known"] += 1
                continue
            if why == "new":
                state.counts["unseen"] += 1
                state.counts["dated"] += one.published is not None
            debt = debt_of(one, state.source.id, why, self.now())
            queued.append(Waiting(found=one, why=why, last=last, debt=again(debt, owed)))
        self.memory.owe([one.debt for one in queued])
        state.waiting.extend(queued)
        return fresh

    def recall(self, state: SourceRound) -> list[Debt]:
        """Queue the articles that are owed and not named in this round; gives the lists that are owed."""
        state.recalled = set()
        lists, queued = [], []
        room = max(self.limits.pages - state.counts["asked"], 0)
        for debt in self.memory.debts(state.source.id, self.now(), room):
            if debt.url in state.seen:
                continue
            if debt.kind != "page":
                lists.append(debt)
            elif self.claim(debt.url, state.source.id):
                state.recalled.add(debt.url)
                why: Why = "recheck" if debt.why == "recheck" else "edited" if debt.why == "edited" else "new"
                last = self.last(debt.url)
                queued.append(Waiting(found=found_of(debt), why=why, last=last, debt=again(debt, debt)))
        self.memory.owe([one.debt for one in queued if one.debt.sent is not None])
        state.counts["recalled"] += len(queued)
        state.waiting.extend(queued)
        return lists

    def owe_again(self, state: SourceRound, url: str, *, asked: bool = True) -> None:
        """Note that an address brought nothing, so that a later round asks it; one that nobody owes is left."""
        debt = self.memory.debt(url)
        if debt is not None:
            self.memory.owe([failed(debt, self.now(), asked=asked, not_before=state.not_before)])

    def owns(self, state: SourceRound, url: str) -> bool:
        """Say whether an address is this source's: on its sites, and not on a sub-host that is another source's own."""
        site = urlsplit(url).netloc.removeprefix("www.")
        if site in state.sites:
            return True
        claimed = any(site in other.sites for other in self.sources.values())
        return not claimed and belongs(url, state.sites)

    def why(self, found: Found, last: Fetch | None) -> Why:
        """Say why an address is worth a request now, or that it is not; `last` is how it was fetched last."""
        if last is None or last.outcome in {"failed", "timeout", "blocked"}:
            return "new"
        age = self.now() - last.at
        if last.outcome == "gone":
            return "new" if age >= GONE_AFTER else "skip"
        if last.outcome in {"list", "skipped", "refused"}:
            return "new" if age >= OTHER_AFTER else "skip"
        modified = as_instant(found.modified)
        if modified and last.at < modified <= self.now() + timedelta(days=1) and age >= _SLACK:
            return "edited"
        if age < RECHECK_AFTER:
            return "skip"
        published = as_instant(found.published)
        if published is not None:
            return "recheck" if self.now() - published <= RECHECK_WINDOW else "skip"
        return "recheck" if last.outcome in {"new", "changed"} and age <= RECHECK_WINDOW else "skip"

    def last(self, url: str) -> Fetch | None:
        """Give the last fetch of an address that brought something, under any of its spellings."""
        for spelling in (url, *variants(url)):
            last = self.memory.last_fetch(spelling)
            if last is not None:
                return last
        return None

    def validators(self, state: SourceRound, last: Fetch | None, why: str) -> dict[str, str]:
        """Give the headers of a conditional request, or none where a bare one is wiser.

        Lists are asked conditionally only after a round that left nothing over, and no address twice running: a
        server that always says "not modified" is found out by the next round.
        """
        if why in {"new", "edited"} or (why == "list" and not state.clean_before):
            return {}
        if last is None or last.outcome == "not-modified" or not last.digest:
            return {}
        headers = {"If-None-Match": last.etag, "If-Modified-Since": last.last_modified}
        return {name: value for name, value in headers.items() if value}

    def report(self, source: str) -> None:
        """Tell the caller how far the round is."""
        if self.progress is not None:
            states = self.sources.values()
            self.progress(
                Progress(
                    source=source,
                    fetched=sum(state.counts["fetched"] for state in states),
                    waiting=sum(len(s.waiting) + s.pages_open + s.lists_open for s in states),
                    new=sum(state.counts["new"] for state in states),
                )
            )


def as_instant(moment: date | datetime | None) -> datetime | None:
    """Give the instant of a date: a bare day counts from its end, so that a day old is at least a day old."""
    if moment is None:
        return None
    if isinstance(moment, datetime):
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return datetime.combine(moment, time(23, 59), UTC)


def list_addresses(source: Source, words: tuple[str, ...]) -> list[tuple[DebtKind, str]]:
    """Give what a source's articles are found by: pairs of kind (`feed`, `sitemap`, `list`, `search`) and address."""
    found: list[tuple[DebtKind, str]] = [("feed", url) for url in source.resolved(source.feeds or ())]
    found += [("sitemap", url) for url in source.resolved(source.sitemaps or ())]
    found += [("list", url.replace("{n}", "1")) for url in source.resolved(source.sections or ())]
    if source.search:
        pattern = source.resolved((source.search,))[0]
        found += [("search", pattern.replace("{words}", word.replace(" ", "+"))) for word in words]
    if not found:
        found = [("list", source.home_url)]
    pairs = [(kind, canonical(url)) for kind, url in found]
    return list(dict.fromkeys(pair for pair in pairs if pair[1])) or [("list", source.home_url)]
