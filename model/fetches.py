"""What the crawler tells and asks: each fetch, each source's round, and the memory it keeps between rounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
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
    """`found`, `fetched`, `new`, `changed`, `refused`, `blocked`, `failed`, and one per page kind."""
    verdict: Verdict = "ok"
    """What the round says of the source."""
    evidence: str = ""
    """Why, in one line; `""` with `ok`."""


class Memory(Protocol):
    """What the crawler remembers between rounds; the store implements it, the crawler never imports the store."""

    def last_fetch(self, url: str) -> Fetch | None:
        """Give the last fetch of a canonical address that ended it for a while, or None.

        That is one whose outcome is `new`, `changed`, `same`, `not-modified`, `list`, `gone` or `skipped`; one that
        failed, timed out, was refused or blocked is tried again and does not count.
        """

    def add_fetch(self, fetch: Fetch) -> None:
        """Record one fetch; committed on return."""

    def add_page(self, page: Page, fetch: Fetch) -> None:
        """Record an archived page and its fetch in one transaction; committed on return, idempotent."""

    def add_pages(self, pages: Sequence[tuple[Page, Fetch]]) -> None:
        """Record several archived pages as `add_page` does, all in one transaction: one wait for the disk."""

    def source_runs(self, source: str, limit: int = 60) -> list[SourceRun]:
        """Give the last rounds of a source, newest first."""

    def add_source_run(self, run: SourceRun) -> None:
        """Record a round's result; committed on return."""
