"""What the crawler tells and asks: each fetch, each source's round, and the memory it keeps between rounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

from model.records import Page

Outcome = Literal[
    "new", "changed", "same", "not-modified", "list", "refused", "blocked", "failed", "gone", "skipped", "timeout"
]
"""How a fetch ended. `same`: fetched again, same body; `refused`: by robots.txt; `blocked`: challenge, 403, login."""

Verdict = Literal[
    "ok", "silent", "thinner", "undated", "figureless", "slower", "blocked", "moved", "failing", "dead", "new"
]
"""What a round says of a source; everything but `ok` and `new` needs a person."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetch:
    """One request and how it ended; every one is recorded, also the refused and the failed."""

    url: str
    """Canonical address asked for."""
    source: str
    """Id of the source."""
    at: datetime
    """Instant, UTC."""
    outcome: Outcome
    """How it ended."""
    status: int = 0
    """HTTP status; 0 where none came."""
    robots: str = ""
    """`allowed`, `refused`, `absent`, `unreachable`; `""` where not asked."""
    reason: str = ""
    """Evidence in a few words; `""` where plain."""
    seconds: float = 0.0
    """Time from request to last byte."""
    bytes: int = 0
    """Size of the decoded body."""
    etag: str = ""
    """Validator given; `""` where none."""
    last_modified: str = ""
    """Validator given; `""` where none."""
    digest: str = ""
    """`sha256:<hex>` of the body; `""` where none came."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceRun:
    """What one round brought from one source, and the verdict on it."""

    source: str
    """Id of the source."""
    run: str
    """Id of the round."""
    started: datetime
    """Instant, UTC."""
    finished: datetime
    """Instant, UTC."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """`found`, `fetched`, `new`, `changed`, `refused`, `blocked`, `failed`, and one per page kind; `unrecorded`: new
    articles that a round kept which was cut off before it could record what it brought."""
    verdict: Verdict = "ok"
    """What the round says of the source."""
    evidence: str = ""
    """Why, in one line; with `ok` and `new`, what was left to the next round; `""`: nothing to say."""

    @property
    def brought(self) -> int:
        """New articles since the round recorded before: its own, and those of rounds that were cut off."""
        return self.counts.get("new", 0) + self.counts.get("unrecorded", 0)


MOST_TRIES = 8
"""After so many tries in vain an address is asked again only where a list still names it."""

ENDED = frozenset({"new", "changed", "same", "not-modified", "list", "gone", "skipped", "refused"})
"""Outcomes after which an address is owed no more."""

DebtKind = Literal["page", "feed", "sitemap", "list", "search"]
"""What an address is asked as: an article, or a list of that kind."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Debt:
    """An address that is to be asked: kept from the moment it is found until it is settled, whatever happens between.

    So a round that is killed, ends before its turn, or fails at it loses nothing: the next one asks it directly.
    """

    url: str
    """Canonical address."""
    source: str
    """Id of the source."""
    due: datetime
    """Not before this instant, UTC."""
    kind: DebtKind = "page"
    depth: int = 1
    """Of a list: which page of its paging, or how deep below its index; 1: declared by the source."""
    why: str = "new"
    """Why it is asked: `new`, `edited`, `recheck`."""
    via: str = "list"
    """Kind of list that named it."""
    title: str | None = None
    """Title that the list gave."""
    published: date | datetime | None = None
    """Day or instant that the list gave."""
    tries: int = 0
    """Tries in vain so far."""
    sent: datetime | None = None
    """When it was asked, UTC, while no answer is recorded; None: it is not on its way."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HostState:
    """What is known of a host between rounds, so that a pause it asks for is kept across them."""

    host: str
    """`host:port`."""
    sent: datetime
    """When it was asked last, UTC."""
    pause: float = 0.0
    """Crawl-delay that its robots.txt asked, in seconds, where that is a long one; 0: none."""
    robots: str | None = None
    """Text of that robots.txt; None: it is asked anew each round."""
    robots_at: datetime | None = None
    """When it was fetched."""


class Memory(Protocol):
    """What the crawler remembers between rounds; the store implements it, the crawler never imports the store."""

    def last_fetch(self, url: str) -> Fetch | None:
        """Give the last fetch of a canonical address that ended it for a while, or None.

        That is one whose outcome is `new`, `changed`, `same`, `not-modified`, `list`, `gone` or `skipped`; one that
        failed, timed out, was refused or blocked is tried again and does not count.
        """

    def add_fetch(self, fetch: Fetch) -> None:
        """Record one fetch; committed on return. One that `ENDED` its address settles what was owed of it."""

    def add_page(self, page: Page, fetch: Fetch) -> None:
        """Record an archived page and its fetch in one transaction; committed on return, idempotent."""

    def add_pages(self, pages: Sequence[tuple[Page, Fetch]]) -> None:
        """Record several archived pages as `add_page` does, all in one transaction: one wait for the disk."""

    def source_runs(self, source: str, limit: int = 60) -> list[SourceRun]:
        """Give the last rounds of a source, newest first."""

    def unrecorded(self, source: str) -> int:
        """Say how many new articles of a source were kept since the end of its last recorded round."""

    def add_source_run(self, run: SourceRun) -> None:
        """Record a round's result; committed on return."""

    def owe(self, debts: Sequence[Debt]) -> None:
        """Note addresses to be asked, each over what was owed of it; outlives the process on return."""

    def debt(self, url: str) -> Debt | None:
        """Give what is owed of an address, or None."""

    def debts(self, source: str, now: datetime, limit: int) -> list[Debt]:
        """Give what is due of a source, tried fewer than `MOST_TRIES` times: the tried first, then the oldest."""

    def settle_debts(self, urls: Sequence[str]) -> None:
        """Forget what was owed of these addresses."""

    def sending(self, url: str, host: str, at: datetime) -> None:
        """Note, before a request goes out, that this host is asked, and for which address; outlives the process."""

    def host(self, host: str) -> HostState | None:
        """Give what is known of a host (`host:port`), or None."""

    def note_host(self, state: HostState) -> None:
        """Note what a host asks for."""
