"""A memory that forgets: for trying a source before it is saved, and for tests."""

from collections.abc import Sequence

from model.fetches import Fetch, SourceRun
from model.records import Page

_REMEMBERED = {"new", "changed", "same", "not-modified", "list", "gone", "skipped"}


class ScratchMemory:
    """`model.fetches.Memory` in a few dictionaries."""

    def __init__(self) -> None:
        self.fetches: list[Fetch] = []
        self.pages: dict[tuple[str, str], Page] = {}
        self.runs: list[SourceRun] = []
        self._last: dict[str, Fetch] = {}

    def last_fetch(self, url: str) -> Fetch | None:
        """Give the last fetch of an address that brought something."""
        return self._last.get(url)

    def add_fetch(self, fetch: Fetch) -> None:
        """Record one fetch."""
        self.fetches.append(fetch)
        if fetch.outcome in _REMEMBERED:
            self._last[fetch.url] = fetch

    def add_page(self, page: Page, fetch: Fetch) -> None:
        """Record a page and its fetch; the same page again changes nothing."""
        if (page.url, page.digest) not in self.pages:
            self.pages[page.url, page.digest] = page
            self.add_fetch(fetch)

    def add_pages(self, pages: Sequence[tuple[Page, Fetch]]) -> None:
        """Record several pages."""
        for page, fetch in pages:
            self.add_page(page, fetch)

    def source_runs(self, source: str, limit: int = 60) -> list[SourceRun]:
        """Give the last rounds of a source, newest first."""
        return [run for run in reversed(self.runs) if run.source == source][:limit]

    def add_source_run(self, run: SourceRun) -> None:
        """Record a round's result."""
        self.runs.append(run)
