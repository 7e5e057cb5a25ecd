"""One round over many sources: the door of the crawler.

`crawl_round` is a coroutine on the asyncio reactor, for a process that lives on (a scheduler on the same loop);
`run_round` is the same for a command. Both may be called again and again in one process.
"""

import asyncio
import logging
import sys
import uuid
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from crawler.archive import Archive
from crawler.found import Found
from crawler.recorder import Recorder, recover
from crawler.rounds import Progress, Round, SourceRound
from crawler.settings import Limits, scrapy_settings
from crawler.source import Source
from crawler.watch import verdict_of
from model.fetches import Fetch, Memory, SourceRun
from model.records import Page

_T = TypeVar("_T")
HISTORY = 300
"""Rounds that a verdict looks back on: a week of a source that is asked every half hour."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundResult:
    """What a round brought."""

    run: str
    """Id of the round."""
    started: datetime
    finished: datetime
    runs: tuple[SourceRun, ...]
    """One per source, in the order asked."""
    totals: dict[str, int]
    """The sources' counts together."""
    warc_file: str = ""
    """The round's file in the archive; `""` where nothing was archived."""
    recovered: int = 0
    """Pages of an interrupted round that were found in the archive."""


@dataclass(kw_only=True)
class Watching:
    """Who wants to know what while a round runs; all optional."""

    progress: Callable[[Progress], None] | None = None
    """Called after every answer."""
    page: Callable[[Page, Fetch], None] | None = None
    """Called with every page once it is archived and remembered."""
    unchanged: Callable[[str, bytes, Found], bool] | None = None
    """Asked of an article that came back with other bytes: its address, its body, what its list says. True where it
    still says what its last version said, so that only the page around it is new; then it is not kept again."""
    runs: list[SourceRun] = field(default_factory=list)
    """Filled as sources end."""


async def crawl_round(
    sources: Sequence[Source],
    *,
    memory: Memory,
    archive: Archive | None,
    now: Callable[[], datetime],
    limits: Limits | None = None,
    watching: Watching | None = None,
) -> RoundResult:
    """Crawl each source once: lists, then what is new or may have changed; archived, remembered, judged.

    `now` gives the instant (UTC) that things are dated by; it may be a played clock. `archive` None archives nothing.
    Interrupted rounds are recovered first. Raises only what the memory or the archive raise.
    """
    from crawler.spider import PressSpider

    use_reactor()
    limits = limits or Limits()
    watching = watching or Watching()
    recovered = recover(archive, memory) if archive is not None else 0
    started = now()
    run = f"{started:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
    round_ = begin(run, sources, memory, now, limits)
    await drive(round_, archive, watching, PressSpider)
    return result_of(round_, started, watching.runs, recovered)


async def drive(
    round_: Round, archive: Archive | None, watching: Watching, spider: Any, settings: dict[str, Any] | None = None
) -> None:
    """Run one Scrapy crawl over a round, recording as it goes; `settings` are Scrapy's, over those of every round."""
    from scrapy.crawler import AsyncCrawlerRunner

    def finish(state: SourceRound) -> None:
        watching.runs.append(_record(state, round_))

    sources = [state.source for state in round_.sources.values()]
    started = round_.now()
    round_.progress, round_.unchanged = watching.progress, watching.unchanged
    round_.warc_file = archive.open_run(round_.run, started) if archive is not None else ""
    recorder = Recorder(round_.memory, archive, finish, watching.page)
    round_.keep, round_.finish = recorder.keep, recorder.finish
    recorder.start()
    try:
        runner = AsyncCrawlerRunner(scrapy_settings(round_.limits, sources, started.date()) | (settings or {}))
        await runner.crawl(spider, round=round_)
        for state in round_.sources.values():
            if state.begun and not state.done:  # a bug or a stop: what was done is recorded all the same
                state.done = True
                state.counts["failed"] += 1
                state.faults["the round ended before the source did"] += 1
                await recorder.finish(state)
        await recorder.close()
        if round_.broken is not None:
            raise round_.broken
    finally:
        if archive is not None:
            archive.close()


def begin(run: str, sources: Sequence[Source], memory: Memory, now: Callable[[], datetime], limits: Limits) -> Round:
    """Make a round of these sources, nothing of it done."""

    async def nothing(*_: object) -> None:
        return None

    states = {
        source.id: SourceRound(source=source, started=now(), history=memory.source_runs(source.id, HISTORY))
        for source in sources
    }
    return Round(run=run, memory=memory, now=now, limits=limits, sources=states, keep=nothing, finish=nothing)


def _record(state: SourceRound, round_: Round) -> SourceRun:
    for fetch in state.listing_fetches:
        round_.memory.add_fetch(fetch)
    if state.not_before is not None:
        state.counts["not_before"] = int(state.not_before.timestamp())
    run = SourceRun(
        source=state.source.id,
        run=round_.run,
        started=state.started,
        finished=round_.now(),
        counts={key: count for key, count in sorted(state.counts.items()) if count},
    )
    verdict, evidence = verdict_of(state.source, run, state.history, faults=state.faults, moved_to=state.moved_to)
    judged = replace(run, verdict=verdict, evidence=evidence)
    round_.memory.add_source_run(judged)
    round_.memory.settle_debts(state.declared)
    return judged


def result_of(round_: Round, started: datetime, runs: list[SourceRun], recovered: int = 0) -> RoundResult:
    """Add up what a round's sources brought."""
    totals: Counter[str] = Counter()
    for run in runs:
        totals.update({key: count for key, count in run.counts.items() if key not in {"not_before", "pause"}})
    order = list(round_.sources)
    return RoundResult(
        run=round_.run, started=started, finished=round_.now(),
        runs=tuple(sorted(runs, key=lambda run: order.index(run.source))), totals=dict(totals),
        warc_file=round_.warc_file if any(totals[kind] for kind in ("new", "changed")) else "", recovered=recovered,
    )  # fmt: skip


def use_reactor() -> None:
    """Install Twisted's asyncio reactor on the running loop, once per process.

    Must not be called in a second loop: Twisted has one reactor for ever. `run_round` and `run_on_loop` keep to one.
    """
    if "twisted.internet.reactor" in sys.modules:
        from twisted.internet import reactor

        if getattr(reactor, "_asyncioEventloop", None) is not asyncio.get_running_loop():
            raise RuntimeError("the crawler was started on another event loop; use crawler.run.run_on_loop")
        return
    from twisted.internet import asyncioreactor

    install: Any = asyncioreactor.install
    install(asyncio.get_running_loop())
    for name in ("scrapy", "twisted", "protego", "charset_normalizer"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def run_on_loop(work: Coroutine[Any, Any, _T]) -> _T:
    """Run a coroutine on the process's one crawling loop, to its end."""
    loop = _crawling_loop()
    asyncio.set_event_loop(loop)
    return loop.run_until_complete(work)


@cache
def _crawling_loop() -> asyncio.AbstractEventLoop:
    return asyncio.new_event_loop()


def run_round(
    sources: Sequence[Source],
    *,
    memory: Memory,
    archive: Archive | None,
    now: Callable[[], datetime],
    limits: Limits | None = None,
    watching: Watching | None = None,
) -> RoundResult:
    """Do one round and come back; see `crawl_round`."""
    return run_on_loop(crawl_round(sources, memory=memory, archive=archive, now=now, limits=limits, watching=watching))
