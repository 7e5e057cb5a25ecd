"""The facts of one day: what the digest says, as a function of what the store held at the end of that day.

Everything is read on the axis of this store's knowledge (`fetched_by`), so that the facts of any past day come out the
same whenever they are asked for.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from model.areas import load_areas
from model.fetches import SourceRun
from model.records import Point
from store.area_names import territory
from store.claims import Asked, load_claims
from store.comparing import ComparingStore
from store.days import NEVER, day_of, end_of
from store.keys import SeriesKey, find_series, series_keys
from store.pages import source_run
from store.progress import Progress
from store.series import merged
from store.settle import settle
from store.yearly import join_yearly

NEWS_DAYS = 14
"""A figure from an article published longer ago than this is no news when it is first read, but a backfill."""

SILENT_FACTOR, LEAST_SILENT, LEAST_TELLINGS = 1.5, 14, 4
"""A place is silent after this many times its habit, at least so many days, where so many tellings show a habit."""

CHUNK = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One point that a day brought or changed."""

    point: Point
    """As it stood at the end of the day."""
    before: Point | None
    """The same point at the end of the day before; None for a new one."""
    previous: Point | None
    """The point of the series' period before, for `old → new`; None for the first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Silence:
    """A place of which nothing was told for longer than its habit."""

    area: str
    days: int
    """Days since figures of it were last told."""
    usual: int
    """Median days between tellings."""
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class DayFacts:
    """What one day brought; lists in a fixed order."""

    day: date
    new: tuple[Change, ...] = ()
    """Points settled for the first time, from recent articles."""
    changed: tuple[Change, ...] = ()
    """Points whose value changed."""
    contradictions: tuple[Change, ...] = ()
    """Points that came to be held on that day."""
    resolved: tuple[Change, ...] = ()
    """Points that were held the day before and stand now."""
    backfilled: int = 0
    """Points that old articles brought."""
    reread: int = 0
    """Points that a re-reading of known articles brought or changed."""
    progress: tuple[Progress, ...] = ()
    """Of the places with news: where they stand against their targets."""
    silent: tuple[Silence, ...] = ()
    source_verdicts: tuple[SourceRun, ...] = ()
    """The day's last round of each source, every one."""
    fetched: int = 0
    """Requests made."""
    pages: int = 0
    """Page versions archived."""
    read: int = 0
    """Article versions read for the first time."""
    figures: int = 0
    """Figures found in them."""
    held: int = 0
    """Figures held back for review on that day."""
    waiting: int = 0
    """Figures that waited for review at its end."""
    verdicts: int = 0
    """Verdicts given."""
    imported: int = 0
    """Plans and official figures imported."""


class DayStore(ComparingStore):
    """Telling a day."""

    def day_facts(self, day: date) -> DayFacts:
        """Give the facts of a day (Vietnam): a pure function of what the store held at its end."""
        since, until = end_of(day - timedelta(days=1)), end_of(day)
        with self.reading() as db:
            changes = _changes(db, day, since, until)
            counts = _counts(db, since, until)
            reread = _reread_docs(db, since, until)
            facts = _sorted_out(day, changes, reread)
            silent = _silences(db, day)
            verdicts = _source_verdicts(db, since, until)
        progress = self._progress_of(day, [*facts.new, *facts.changed])
        return replace(facts, silent=silent, source_verdicts=verdicts, progress=progress, **counts)

    def _progress_of(self, day: date, changes: Sequence[Change]) -> tuple[Progress, ...]:
        places = sorted({(c.point.area or "", c.point.indicator) for c in changes if c.point.measure != "target"})
        found = []
        for area, indicator in places:
            found += self.progress(area, indicator, on=day, fetched_by=day)
        return tuple(one for one in found if one.computed_share is not None)


def _changes(db: sqlite3.Connection, day: date, since: str, until: str) -> list[Change]:
    """Settle every series that something of the day touched, at its end and at the end of the day before."""
    touched = _touched(db, since, until)
    changes: list[Change] = []
    ids = sorted(touched)
    for first in range(0, len(ids), CHUNK):
        keys = _siblings(db, series_keys(db, f"id IN ({', '.join(map(str, ids[first : first + CHUNK]))})", ()))
        ends = {end for id in ids[first : first + CHUNK] for end in touched[id]}
        cells = {id: sorted(ends) for id in keys}
        now, then = Asked(fetched_by=day), Asked(fetched_by=day - timedelta(days=1))
        after = {key: (key, claims) for key, claims in merged(keys, load_claims(db, list(keys), now))}
        before = dict(merged(keys, load_claims(db, cells, then)))
        for key, claims in after.values():
            points = settle(key, join_yearly(db, key, claims, now), at=now.at)
            old = settle(key, join_yearly(db, key, before.get(key, []), then), at=then.at, history=False)
            changes += _compare(points, old, ends)
    return changes


def _compare(points: Sequence[Point], old: Sequence[Point], ends: set[str]) -> list[Change]:
    was = {(point.period_start, point.period_end): point for point in old}
    changes: list[Change] = []
    previous: Point | None = None
    for point in points:
        before = was.get((point.period_start, point.period_end))
        if point.period_end and point.period_end.isoformat() in ends and (
            before is None or (before.obs_value, before.status) != (point.obs_value, point.status)
        ):  # fmt: skip
            changes.append(Change(point=point, before=before, previous=previous))
        if point.status == "settled":
            previous = point
    return changes


def _sorted_out(day: date, changes: Sequence[Change], reread: set[str]) -> DayFacts:
    """Tell news from what a backfill or a re-reading brought."""
    new, changed, held, resolved = list[Change](), list[Change](), list[Change](), list[Change]()
    backfilled = rereads = 0
    for change in sorted(changes, key=_order):
        point, before = change.point, change.before
        said = point.reports[0]
        if said.doc in reread:
            rereads += 1
        elif point.status == "held":
            held.append(change)
        elif before is not None and before.status == "held":
            resolved.append(change)
        elif said.published is not None and day_of(said.published) < day - timedelta(days=NEWS_DAYS):
            backfilled += 1
        elif before is None:
            new.append(change)
        else:
            changed.append(change)
    return DayFacts(
        day=day, new=tuple(new), changed=tuple(changed), contradictions=tuple(held), resolved=tuple(resolved),
        backfilled=backfilled, reread=rereads,
    )  # fmt: skip


def _order(change: Change) -> tuple[str, ...]:
    p = change.point
    words = (p.indicator, p.measure, p.unit, p.scope, p.of, p.denominator, p.issuer, p.base_kind)
    return (p.area or "", *(word or "" for word in words), str(p.period_end), str(p.period_start or ""))


def _touched(db: sqlite3.Connection, since: str, until: str) -> dict[int, set[str]]:
    """Give the cells (series → ends of periods) that a reading, a verdict or an import of the day touched."""
    docs = "SELECT doc FROM readings WHERE read_at > :since AND read_at <= :until"
    rows = db.execute(
        f"""
        SELECT series_id, period_end FROM observations WHERE publish = 1 AND series_id IS NOT NULL
          AND reading_id IN (SELECT id FROM readings WHERE doc IN ({docs}))
        UNION SELECT j.series_id, j.period_end FROM judged j WHERE j.series_id IS NOT NULL AND j.period_end IS NOT NULL
          AND ((j.at > :since AND j.at <= :until) OR (j.until > :since AND j.until <= :until))
        UNION SELECT o.series_id, o.period_end FROM judged j JOIN observations o ON o.id = j.obs_id
          WHERE o.series_id IS NOT NULL
          AND ((j.at > :since AND j.at <= :until) OR (j.until > :since AND j.until <= :until))
        UNION SELECT o.series_id, o.period_end FROM corrections x JOIN observations o ON o.id = x.obs_id
          WHERE o.series_id IS NOT NULL AND x.at > :since AND x.at <= :until
        UNION SELECT series_id, period_end FROM office_figures WHERE imported_at > :since AND imported_at <= :until""",
        {"since": since, "until": until},
    )
    touched: dict[int, set[str]] = {}
    for series_id, period_end in rows:
        touched.setdefault(series_id, set()).add(period_end)
    return touched


def _siblings(db: sqlite3.Connection, keys: dict[int, SeriesKey]) -> dict[int, SeriesKey]:
    """Add the series of the same territory under its other codes."""
    gazetteer = load_areas()
    full = dict(keys)
    for key in keys.values():
        if key.area not in gazetteer:
            continue
        for code in gazetteer.same_territory(key.area):
            other = replace(key, area=code)
            id = find_series(db, other) if code != key.area else None
            if id is not None:
                full[id] = other
    return dict(sorted(full.items()))


def _reread_docs(db: sqlite3.Connection, since: str, until: str) -> set[str]:
    """Give the documents of which a version known before was read again on that day."""
    rows = db.execute(
        "SELECT r.doc FROM readings r WHERE r.read_at > ? AND r.read_at <= ? AND EXISTS (SELECT 1 FROM readings e"
        " WHERE e.doc = r.doc AND e.digest = r.digest AND e.id < r.id AND e.read_at <= ?)",
        (since, until, since),
    )
    return {row[0] for row in rows}


def _counts(db: sqlite3.Connection, since: str, until: str) -> dict[str, Any]:
    values = {"since": since, "until": until, "never": NEVER}
    within = "> :since AND {0} <= :until"
    queries = {
        "fetched": "SELECT count(*) FROM fetches WHERE at " + within.format("at"),
        "pages": "SELECT count(*) FROM pages WHERE fetched_at " + within.format("fetched_at"),
        "read": "SELECT count(*) FROM readings r WHERE r.read_at " + within.format("r.read_at")
        + " AND NOT EXISTS (SELECT 1 FROM readings e WHERE e.doc = r.doc AND e.digest = r.digest AND e.id < r.id)",
        "figures": "SELECT count(*) FROM observations o JOIN readings r ON r.id = o.reading_id WHERE r.read_at "
        + within.format("r.read_at"),
        "held": "SELECT count(*) FROM observations o JOIN readings r ON r.id = o.reading_id WHERE o.publish = 0"
        " AND r.read_at " + within.format("r.read_at"),
        "waiting": "SELECT count(*) FROM observations o JOIN standing s ON s.reading_id = o.reading_id AND s.known <="
        " :until AND s.known_until > :until WHERE o.publish = 0 AND NOT EXISTS (SELECT 1 FROM judged j WHERE"
        " j.obs_id = o.id AND j.at <= :until AND j.until > :until)",
        "verdicts": "SELECT count(*) FROM verdicts WHERE replays IS NULL AND at " + within.format("at"),
        "imported": "SELECT count(*) FROM office_figures WHERE imported_at " + within.format("imported_at"),
    }  # fmt: skip
    return {name: int(db.execute(sql, values).fetchone()[0]) for name, sql in queries.items()}


def _silences(db: sqlite3.Connection, day: date) -> tuple[Silence, ...]:
    """Give the provinces of which nothing was told for longer than usual, the longest silence first."""
    rows = db.execute(
        "SELECT DISTINCT area, told FROM tellings WHERE known <= ? AND told <= ? AND told >= ? ORDER BY told, area",
        (end_of(day), day.isoformat(), (day - timedelta(days=730)).isoformat()),
    )
    told: dict[str, set[date]] = {}
    for area, at in rows:
        told.setdefault(territory(area), set()).add(date.fromisoformat(at))
    silences = []
    for area, found in told.items():
        days = sorted(found)
        usual = median((b - a).days for a, b in pairwise(days)) if len(days) > 1 else 0
        quiet = (day - days[-1]).days
        if len(days) >= LEAST_TELLINGS and quiet > max(LEAST_SILENT, SILENT_FACTOR * usual):
            silences.append(Silence(area=area, days=quiet, usual=round(usual), last=days[-1]))
    return tuple(sorted(silences, key=lambda one: (-one.days, one.area)))


def _source_verdicts(db: sqlite3.Connection, since: str, until: str) -> tuple[SourceRun, ...]:
    rows = db.execute(
        "SELECT source, run, started, finished, counts, verdict, evidence FROM source_runs WHERE id IN (SELECT max(id)"
        " FROM source_runs WHERE finished > ? AND finished <= ? GROUP BY source) ORDER BY source",
        (since, until),
    ).fetchall()
    return tuple(map(source_run, rows))
