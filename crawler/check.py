"""Trying sources without keeping anything: what they yield, what was refused and why, and what to do about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.evidence import cure
from crawler.rounds import Progress
from crawler.run import Watching, crawl_round, run_on_loop
from crawler.scratch import ScratchMemory
from crawler.settings import Limits
from crawler.source import Source
from model.fetches import Fetch, SourceRun
from model.records import Page

TRIAL = Limits(
    timeout=10.0, interval=1.0, max_interval=2.0, pages=5, list_pages=8, slow_seconds=25.0, round_seconds=40.0
)
"""How far a trial goes: a few lists, five articles, less than a minute whatever a site does."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What one source yielded when it was tried."""

    source: Source
    run: SourceRun
    """Counts, verdict and evidence: `found` articles, `dated` of those `unseen`, and the rest."""
    pages: tuple[Page, ...]
    """Up to five articles with their bodies, for whoever reads figures."""
    fetches: tuple[Fetch, ...]
    """Every request and how it ended."""
    cure: str
    """What a person may do; `""` where nothing is amiss. Vietnamese; `crawler.evidence.cure` has the English."""

    @property
    def refused(self) -> tuple[Fetch, ...]:
        """Requests that brought nothing, with their reasons."""
        return tuple(one for one in self.fetches if one.outcome not in {"new", "changed", "same", "list"})


async def check_sources(
    sources: Sequence[Source],
    *,
    now: Callable[[], datetime],
    limits: Limits = TRIAL,
    progress: Callable[[Progress], None] | None = None,
) -> list[Checked]:
    """Try sources, all at once; nothing is archived or remembered.

    One declared blocked is asked like all others, once: robots.txt decides, and so it shows whether that still holds.
    """
    memory = ScratchMemory()
    kept: list[Page] = []
    watching = Watching(progress=progress, page=lambda page, fetch: kept.append(page))
    result = await crawl_round(sources, memory=memory, archive=None, now=now, limits=limits, watching=watching)
    checked = []
    for source, run in zip(sources, result.runs, strict=True):
        verdict = "ok" if run.verdict == "new" else run.verdict
        evidence = "" if verdict == "ok" else run.evidence  # a trial leaves most of it over, as it should
        checked.append(
            Checked(
                source=source,
                run=replace(run, verdict=verdict, evidence=evidence),
                pages=tuple(page for page in kept if page.source == source.id and page.kind == "article"),
                fetches=tuple(fetch for fetch in memory.fetches if fetch.source == source.id),
                cure=cure(verdict, run.evidence),
            )
        )
    return checked


def check(
    sources: Sequence[Source],
    *,
    now: Callable[[], datetime],
    limits: Limits = TRIAL,
    progress: Callable[[Progress], None] | None = None,
) -> list[Checked]:
    """Try sources and come back; see `check_sources`."""
    return run_on_loop(check_sources(sources, now=now, limits=limits, progress=progress))
