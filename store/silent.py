"""Places of which nothing is told for longer than their habit: who is silent at a day's end, and since which day."""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from store.area_names import territory
from store.days import day_of, end_of, moment_of
from store.facts import Silence

SILENT_FACTOR, LEAST_SILENT, LEAST_TELLINGS = 1.5, 14, 4
"""A place is silent after this many times its habit, at least so many days, where so many tellings show a habit."""
REMEMBERED = timedelta(days=730)
"""A habit is made of the tellings of so long."""


def silences(db: sqlite3.Connection, day: date) -> tuple[Silence, ...]:
    """Give the provinces of which nothing was told for longer than usual, the longest silence first."""
    rows = db.execute(
        "SELECT DISTINCT area, told FROM tellings WHERE known <= ? AND told <= ? AND told >= ? ORDER BY told, area",
        (end_of(day), day.isoformat(), (day - REMEMBERED).isoformat()),
    )
    told: dict[str, set[date]] = {}
    for area, at in rows:
        told.setdefault(territory(area), set()).add(date.fromisoformat(at))
    found = []
    for area, days in told.items():
        since, usual = _silent_since(sorted(days))
        last = max(days)
        if since is not None and since <= day:
            found.append(Silence(area=area, days=(day - last).days, usual=round(usual), last=last, since=since))
    return tuple(sorted(found, key=lambda one: (-one.days, one.area)))


def silent_days(db: sqlite3.Connection, first: date, last: date) -> list[date]:
    """Give the days between two on which a place fell silent, as was known on that very day."""
    rows = db.execute(
        "SELECT area, told, min(known) FROM tellings WHERE told >= ? GROUP BY area, told",
        ((first - REMEMBERED).isoformat(),),
    )
    known: dict[str, dict[date, date]] = {}
    for area, told, at in rows:
        of_area = known.setdefault(territory(area), {})
        day, heard = date.fromisoformat(told), day_of(moment_of(at))
        of_area[day] = min(heard, of_area.get(day, heard))
    return sorted({day for tellings in known.values() for day in _born(tellings, first, last)})


def _born(known: dict[date, date], first: date, last: date) -> Iterator[date]:
    """Give the days on which one place fell silent, of its tellings and the days since which they are known."""
    heard = sorted((at, told) for told, at in known.items() if at <= last)
    newest, of_day = date.min, dict[date, date]()
    for at, told in heard:  # the last telling known at the end of each day on which something became known
        newest = max(newest, told)
        of_day[max(at, first)] = newest
    for begin, end in pairwise([*of_day, last + timedelta(days=1)]):
        if (end - of_day[begin]).days <= LEAST_SILENT:
            continue  # the next telling came too soon for any habit
        since, _ = _silent_since(sorted(told for at, told in heard if at <= begin))
        if since is not None and first <= max(since, begin) < end:
            yield max(since, begin)


def _silent_since(days: list[date]) -> tuple[date | None, float]:
    """Give the day on which a silence after these days begins, None where they show no habit; and the usual gap."""
    usual = median((b - a).days for a, b in pairwise(days)) if len(days) > 1 else 0
    if len(days) < LEAST_TELLINGS:
        return None, usual
    return days[-1] + timedelta(days=int(max(LEAST_SILENT, SILENT_FACTOR * usual)) + 1), usual
