"""Playing the days: serve the newspapers, set the clock, make the trip, write the day's digest."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from model.fetches import SourceRun
from model.home import Home
from monitor.collect import Harvest, Telling, Trip, collect
from monitor.demo import state
from monitor.demo.server import Clock, Press, serve
from monitor.demo.stories import Paper, load_press
from monitor.digest_files import write_digest
from monitor.printing import write_whole
from monitor.words import VIETNAM

if TYPE_CHECKING:
    from crawler.rounds import Progress as Crawled
    from crawler.source import Source
    from store import Store

DAYS = (date(2020, 5, 18), date(2020, 5, 19), date(2020, 5, 20), date(2020, 7, 6), date(2020, 7, 7))
"""The days that are played; between the third and the fourth one newspaper has fallen silent."""

EVENING = time(22, 0)
"""When each day's trip is made, in Vietnam."""

ALLOW = "ANSINH_ALLOW_PRIVATE"


@dataclass(kw_only=True)
class Day:
    """One day as it was played."""

    day: date
    trip: Trip


@dataclass(kw_only=True)
class Played:
    """What a demo did."""

    home: Home
    papers: dict[str, Paper]
    fresh: bool
    """False where an interrupted demo went on."""
    days: list[Day] = field(default_factory=list)
    """The days played now."""


@dataclass(frozen=True, kw_only=True)
class Watcher:
    """Who is told how far the demo is."""

    crawled: "Callable[[date, Crawled], None]"
    read: Callable[[date, Harvest], None]
    day: Callable[[Day], None]


def play(home: Home, watcher: Watcher, *, fresh: bool = False) -> Played:
    """Play all days in the demo's home; one that was interrupted goes on, one that is whole (or `fresh`) begins anew.

    Raises BusyError where another demo holds the home or a newspaper's port.
    """
    from store import open_store

    papers = load_press()
    press_mark = state.fingerprint(papers)
    with state.held(home):
        kept = state.load(home)
        whole = kept is not None and all(kept.is_done(day) for day in DAYS)
        anew = fresh or kept is None or kept.wiping or whole or kept.press != press_mark
        progress = state.begin(home, press_mark) if anew or kept is None else kept
        played = Played(home=home, papers=papers, fresh=anew)
        clock = Clock(_evening(DAYS[0]))
        with serve(papers, clock, progress.ports) as press, _only_these(press):
            progress.ports = dict(press.ports)
            state.save(home, progress)
            sources = declare_sources(home, press)
            with open_store(home.database) as store:
                for day in DAYS:
                    if not progress.is_done(day):
                        clock.now = _evening(day)
                        played.days.append(_play_day(home, store, sources, day, watcher))
                        progress.done.append(day.isoformat())
                        state.save(home, progress)
    return played


def _play_day(home: Home, store: "Store", sources: "list[Source]", day: date, watcher: Watcher) -> Day:
    """Make one day's trip and write its digest."""
    from crawler.settings import Limits

    moment = _evening(day).astimezone(UTC)
    telling = Telling(
        crawled=lambda progress: watcher.crawled(day, progress), read=lambda harvest: watcher.read(day, harvest)
    )
    limits = Limits(interval=0.0, max_interval=0.2, timeout=60.0, contact="demo")
    trip = collect(home, store, sources, now=lambda: moment, limits=limits, telling=telling)
    write_digest(home, store, day)
    played = Day(day=day, trip=trip)
    watcher.day(played)
    return played


def declare_sources(home: Home, press: Press) -> "list[Source]":
    """Write the newspapers' source declarations into the demo's home, and read them as the crawler reads any."""
    from crawler.registry import load_sources

    for name in press.sites:
        write_whole(state.source_file(home, name), press.source_toml(name).encode())
    return list(load_sources(home.sources, shipped=None).values())


def _evening(day: date) -> datetime:
    """Give the instant of a day's trip."""
    return datetime.combine(day, EVENING, VIETNAM)


@contextmanager
def _only_these(press: Press) -> Iterator[None]:
    """Let this process fetch the newspapers' ports, and no other private address."""
    before = os.environ.get(ALLOW)
    os.environ[ALLOW] = press.allowed
    try:
        yield
    finally:
        if before is None:
            del os.environ[ALLOW]
        else:
            os.environ[ALLOW] = before


def verdicts(played: Played) -> list[SourceRun]:
    """Give the last day's verdicts that need a person."""
    return played.days[-1].trip.troubled if played.days else []
