"""A memory that forgets: for trying a source before it is saved, and for tests."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from model.fetches import ENDED, MOST_TRIES, Debt, Fetch, HostState, SourceRun
from model.records import Page

_REMEMBERED = {"new", "changed", "same", "not-modified", "list", "gone", "skipped"}


class ScratchMemory:
    """`model.fetches.Memory` in a few dictionaries."""

    def __init__(self) -> None:
        self.fetches: list[Fetch] = []
        self.pages: dict[tuple[str, str], Page] = {}
        self.runs: list[SourceRun] = []
        self.owed: dict[str, Debt] = {}
        self.hosts: dict[str, HostState] = {}
        self._last: dict[str, Fetch] = {}

    def last_fetch(self, url: str) -> Fetch | None:
        """Give the last fetch of an address that brought something."""
        return self._last.get(url)

    def add_fetch(self, fetch: Fetch) -> None:
        """Record one fetch."""
        self.fetches.append(fetch)
        if fetch.outcome in _REMEMBERED:
            self._last[fetch.url] = fetch
        if fetch.outcome in ENDED:
            self.owed.pop(fetch.url, None)

    def add_page(self, page: Page, fetch: Fetch) -> None:
        """Record a page and its fetch; the same page again changes nothing."""
        if (page.url, page.digest) not in self.pages:
            self.pages[page.url, page.digest] = page
            self.add_fetch(fetch)

    def add_pages(self, pages: Sequence[tuple[Page, Fetch]]) -> None:
        """Record several pages."""
        for page, fetch in pages:
            self.add_page(page, fetch)

    def owe(self, debts: Sequence[Debt]) -> None:
        """Note addresses to be asked."""
        self.owed.update((one.url, one) for one in debts)

    def debt(self, url: str) -> Debt | None:
        """Give what is owed of an address, or None."""
        return self.owed.get(url)

    def debts(self, source: str, now: datetime, limit: int) -> list[Debt]:
        """Give what is due of a source."""
        due = [d for d in self.owed.values() if d.source == source and d.due <= now and d.tries < MOST_TRIES]
        return sorted(due, key=lambda one: (one.tries == 0, one.due))[:limit]

    def settle_debts(self, urls: Sequence[str]) -> None:
        """Forget what was owed of these addresses."""
        for url in urls:
            self.owed.pop(url, None)

    def sending(self, url: str, host: str, at: datetime) -> None:
        """Note that this host is asked, and for which address."""
        if url in self.owed:
            self.owed[url] = replace(self.owed[url], sent=at)
        known = self.hosts.get(host)
        self.hosts[host] = replace(known, sent=at) if known else HostState(host=host, sent=at)

    def host(self, host: str) -> HostState | None:
        """Give what is known of a host."""
        return self.hosts.get(host)

    def note_host(self, state: HostState) -> None:
        """Note what a host asks for."""
        self.hosts[state.host] = state

    def source_runs(self, source: str, limit: int = 60) -> list[SourceRun]:
        """Give the last rounds of a source, newest first."""
        return [run for run in reversed(self.runs) if run.source == source][:limit]

    def unrecorded(self, source: str) -> int:
        """Say how many new articles of a source were kept since its last recorded round."""
        last = next(iter(self.source_runs(source, 1)), None)
        return sum(
            one.source == source and one.outcome == "new" and (last is None or one.at > last.finished)
            for one in self.fetches
        )

    def add_source_run(self, run: SourceRun) -> None:
        """Record a round's result."""
        self.runs.append(run)
