"""The facts of one day: what the digest says, as a function of what the store held at the end of that day.

Everything is read on the axis of this store's knowledge (`fetched_by`), so that the facts of any past day come out the
same whenever they are asked for.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from model.areas import load_areas
from model.fetches import SourceRun
from model.records import Point
from store.area_names import territory
from store.claims import Asked, load_claims
from store.comparing import ComparingStore
from store.days import day_of, end_of
from store.facts import Change, DayFacts, Silence, Subject
from store.falls import owner
from store.history import flag_history
from store.keys import SeriesKey, find_series, series_keys
from store.pages import source_run
from store.progress import Progress
from store.series import merged
from store.settle import settle
from store.silent import silences
from store.yearly import join_yearly

__all__ = ["Change", "DayFacts", "DayStore", "Silence"]

NEWS_DAYS = 14
"""A figure from an article published longer ago than this is no news when it is first read, but a backfill."""

CHUNK = 200


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
            silent = silences(db, day)
            verdicts = _source_verdicts(db, since, until)
        progress = self._progress_of(day, [*facts.new, *facts.changed])
        return replace(facts, silent=silent, source_verdicts=verdicts, progress=progress, **counts)

    def day_parts(self, day: date) -> dict[str, dict[Subject, int]]:
        """Give by area and indicator what a day's facts only count: `held`, `waiting`, `verdicts`, `imported`.

        What speaks of an open area stands under the area None.
        """
        values = {"since": end_of(day - timedelta(days=1)), "until": end_of(day)}
        found: dict[str, dict[Subject, int]] = {}
        with self.reading() as db:
            for name, ids in _PARTS.items():
                table = "series" if name == "imported" else "observations"
                sql = f"SELECT o.area, o.indicator, count(*) FROM ({ids}) w JOIN {table} o ON o.id = w.id GROUP BY 1, 2"
                found[name] = {(row[0], row[1]): row[2] for row in db.execute(sql, values)}
        return found

    def silences(self, day: date) -> tuple[Silence, ...]:
        """Give the provinces that are silent at the end of a day, the longest silence first."""
        with self.reading() as db:
            return silences(db, day)

    def _progress_of(self, day: date, changes: Sequence[Change]) -> tuple[Progress, ...]:
        places = sorted({(c.point.area or "", c.point.indicator) for c in changes if c.point.measure != "target"})
        found = []
        for area, indicator in places:
            found += self.progress(area, indicator, on=day, fetched_by=day)
        return tuple(one for one in found if one.computed_share is not None)


def _changes(db: sqlite3.Connection, day: date, since: str, until: str) -> list[Change]:
    """Settle every cell that something of the day touched, at its end and at the end of the day before."""
    touched = _touched(db, since, until)
    changes: list[Change] = []
    ids = sorted(touched)
    now, then = Asked(fetched_by=day), Asked(fetched_by=day - timedelta(days=1))
    for first in range(0, len(ids), CHUNK):
        keys = _siblings(db, series_keys(db, f"id IN ({', '.join(map(str, ids[first : first + CHUNK]))})", ()))
        ends: dict[SeriesKey, set[str]] = {}
        for id, key in keys.items():
            ends.setdefault(_whole(key), set()).update(touched.get(id, ()))
        cells = {id: sorted(ends[_whole(key)]) for id, key in keys.items()}
        wider = {id: [*_earlier(db, id, cells[id][0], until), *cells[id]] for id in keys}
        before = {_whole(key): (key, claims) for key, claims in merged(keys, load_claims(db, cells, then))}
        for key, claims in merged(keys, load_claims(db, wider, now)):
            points = settle(key, join_yearly(db, key, claims, now), at=now.at, history=False)
            points = flag_history(points, owner(db, key, (), now))
            was = before[_whole(key)][1]
            old = settle(key, join_yearly(db, key, was, then), at=then.at, history=False)
            changes += _compare(points, old, ends[_whole(key)])
    return changes


def _whole(key: SeriesKey) -> SeriesKey:
    """Give the key under which a series is known by all codes of its territory."""
    return replace(key, area=territory(key.area))


def _earlier(db: sqlite3.Connection, series_id: int, end: str, until: str) -> list[str]:
    """Give the last periods before a cell that were known by then: one of them is what the new value follows."""
    rows = db.execute(
        "SELECT DISTINCT o.period_end FROM observations o JOIN standing s ON s.reading_id = o.reading_id"
        " WHERE o.series_id = ? AND o.publish = 1 AND o.period_end < ? AND s.known <= ?"
        " ORDER BY o.period_end DESC LIMIT 3",
        (series_id, end, until),
    )
    return [row[0] for row in rows]


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
    backfills, rereads = list[Subject](), list[Subject]()
    for change in sorted(changes, key=_order):
        point, before = change.point, change.before
        said = point.reports[0]
        if said.doc in reread:
            rereads.append((point.area, point.indicator))
        elif point.status == "held":
            held.append(change)
        elif before is not None and before.status == "held":
            resolved.append(change)
        elif said.published is not None and day_of(said.published) < day - timedelta(days=NEWS_DAYS):
            backfills.append((point.area, point.indicator))
        elif before is None:
            new.append(change)
        else:
            changed.append(change)
    return DayFacts(
        day=day, new=tuple(new), changed=tuple(changed), contradictions=tuple(held), resolved=tuple(resolved),
        backfilled=len(backfills), reread=len(rereads), backfills=tuple(backfills), rereads=tuple(rereads),
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


_PARTS = {
    "held": "SELECT o.id FROM observations o JOIN readings r ON r.id = o.reading_id WHERE o.publish = 0"
    " AND r.read_at > :since AND r.read_at <= :until",
    "waiting": "SELECT o.id FROM (SELECT o.id FROM observations o"
    " JOIN standing s ON s.reading_id = o.reading_id AND s.known <= :until AND s.known_until > :until"
    " WHERE o.publish = 0 UNION SELECT o.id FROM carried k"
    " JOIN standing s ON s.reading_id = k.reading_id AND s.known <= :until AND s.known_until > :until"
    " JOIN observations o ON o.id = k.obs_id WHERE o.publish = 0) o WHERE NOT EXISTS (SELECT 1 FROM judged j WHERE"
    " j.obs_id = o.id AND j.at <= :until AND j.until > :until)",
    "verdicts": "SELECT obs_id AS id FROM verdicts WHERE replays IS NULL AND at > :since AND at <= :until",
    "imported": "SELECT series_id AS id FROM office_figures WHERE imported_at > :since AND imported_at <= :until",
}
"""What a day counts of figures that speak of an area and an indicator: their ids (of series for what was imported)."""


def _counts(db: sqlite3.Connection, since: str, until: str) -> dict[str, Any]:
    values = {"since": since, "until": until}
    within = "> :since AND {0} <= :until"
    queries = {
        "fetched": "SELECT count(*) FROM fetches WHERE at " + within.format("at"),
        "pages": "SELECT count(*) FROM pages WHERE fetched_at " + within.format("fetched_at"),
        "read": "SELECT count(*) FROM readings r WHERE r.read_at " + within.format("r.read_at")
        + " AND NOT EXISTS (SELECT 1 FROM readings e WHERE e.doc = r.doc AND e.digest = r.digest AND e.id < r.id)",
        "figures": "SELECT count(*) FROM observations o JOIN readings r ON r.id = o.reading_id WHERE r.read_at "
        + within.format("r.read_at"),
    }  # fmt: skip
    queries |= {name: f"SELECT count(*) FROM ({ids})" for name, ids in _PARTS.items()}
    return {name: int(db.execute(sql, values).fetchone()[0]) for name, sql in queries.items()}


def _source_verdicts(db: sqlite3.Connection, since: str, until: str) -> tuple[SourceRun, ...]:
    rows = db.execute(
        "SELECT source, run, started, finished, counts, verdict, evidence FROM source_runs WHERE id IN (SELECT max(id)"
        " FROM source_runs WHERE finished > ? AND finished <= ? GROUP BY source) ORDER BY source",
        (since, until),
    ).fetchall()
    return tuple(map(source_run, rows))
