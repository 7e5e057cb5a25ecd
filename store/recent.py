"""The newest part of a series, and what is drawn of a place: no more than a page shows."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from model.fetches import Fetch
from model.records import Point
from store.claims import Asked, load_claims
from store.connection import Connected
from store.days import end_of, moment_of
from store.kept import kept_points, stale_cells
from store.keys import series_keys
from store.series import merged, shortened
from store.settle import settle
from store.yearly import join_yearly

FAULTS = ("failed", "timeout", "blocked", "gone")
"""Outcomes of fetches that brought nothing and should have."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """One settled point without its reports: what a small chart and a table of many places need."""

    area: str
    indicator: str
    measure: str
    unit: str
    of: str | None
    issuer: str | None
    period_start: date | None
    period_end: date
    obs_value: float
    qualifier: str
    status: str
    flags: str
    """JSON list."""


class RecentStore(Connected):
    """Reading a part of a series quickly."""

    def recent(
        self, codes: list[str], indicator: str, measure: str, *, last: int = 24, before: date | None = None,
        scope: str | None = None, fetched_by: date | None = None,
    ) -> list[Point]:  # fmt: skip
        """Give the points of the last periods of some codes of one territory, with all their reports, oldest first.

        `before` leaves out that day and what follows: the page before. With `fetched_by`: only periods up to that day,
        as they were known at its end. Flags that need the whole history may miss.
        """
        asked = Asked(fetched_by=fetched_by)
        marks = ", ".join("?" * len(codes))
        where = f"area IN ({marks}) AND indicator = ? AND measure = ? AND ifnull(scope, '') = ?"
        with self.reading() as db:
            keys = series_keys(db, where, (*codes, indicator, measure, scope or ""))
            series = list(keys)
            ends = self._ends_known(series, last, fetched_by) if fetched_by else self._ends(series, last, before)
            if not ends:
                return []
            claims = load_claims(db, dict.fromkeys(keys, ends), asked)
            points = [
                point
                for key, together in merged(keys, claims)
                for point in settle(key, join_yearly(db, key, together, asked), at=asked.at)
            ]
        return _of_periods(points, ends)

    def latest(
        self, codes: list[str], indicator: str, measure: str, *, last: int = 8, scope: str | None = None
    ) -> list[Point]:  # fmt: skip
        """Give the points of the last periods as `recent` does, each with only the report that stands.

        What is settled is looked up, so that a point costs the same however many reports it has.
        """
        marks = ", ".join("?" * len(codes))
        where = f"area IN ({marks}) AND indicator = ? AND measure = ? AND ifnull(scope, '') = ?"
        with self.reading() as db:
            keys = series_keys(db, where, (*codes, indicator, measure, scope or ""))
            ends = self._ends(list(keys), last, None)
            if not ends:
                return []
            kept = kept_points(db, keys, brief=True, since=ends[0])
            claims = load_claims(db, stale_cells(keys, kept)) if kept.stale else {}
            points = [point for mine in kept.points.values() for point in mine]
            for key, together in merged(keys, claims):
                stood = join_yearly(db, key, together, Asked())
                points += [shortened(point, every=False, brief=True) for point in settle(key, stood, history=False)]
        return _of_periods(points, ends)

    def _ends(self, series: list[int], last: int, before: date | None) -> list[str]:
        """Give the last ends of periods that hold a point or a figure of the office's own."""
        marks = ", ".join(map(str, series)) or "NULL"
        with self.reading() as db:
            rows = db.execute(
                f"SELECT DISTINCT period_end FROM points WHERE series_id IN ({marks})"
                " AND (?1 IS NULL OR period_end < ?1) ORDER BY period_end DESC LIMIT ?2",
                (before.isoformat() if before else None, last),
            ).fetchall()
        return sorted(row[0] for row in rows)

    def _ends_known(self, series: list[int], last: int, day: date) -> list[str]:
        """Give the last ends of periods up to a day that the store knew of at that day's end, whatever came later."""
        marks = ", ".join(map(str, series)) or "NULL"
        with self.reading() as db:
            rows = db.execute(
                f"""
                SELECT o.period_end FROM observations o JOIN standing s ON s.reading_id = o.reading_id
                  WHERE o.series_id IN ({marks}) AND o.publish = 1 AND o.period_end <= :day AND s.known <= :until
                UNION SELECT period_end FROM judged WHERE series_id IN ({marks}) AND period_end <= :day AND at <= :until
                UNION SELECT period_end FROM office_figures WHERE series_id IN ({marks}) AND period_end <= :day
                  AND imported_at <= :until
                ORDER BY 1 DESC LIMIT :last""",
                {"day": day.isoformat(), "until": end_of(day), "last": last},
            ).fetchall()
        return sorted(row[0] for row in rows)

    def outlines(
        self, codes: list[str], *, indicator: str | None = None, measures: tuple[str, ...] = ()
    ) -> list[Outline]:
        """Give the settled points of these areas' unscoped series, oldest first."""
        areas, some = ", ".join("?" * len(codes)), ", ".join("?" * len(measures))
        narrowed = f" AND q.measure IN ({some})" if measures else ""
        with self.reading() as db:
            rows = db.execute(
                'SELECT q.area, q.indicator, q.measure, q.unit, q."of", q.issuer, p.period_start, p.period_end,'
                " p.obs_value, p.qualifier, p.status, p.flags FROM series q CROSS JOIN points p ON p.series_id = q.id"
                f" WHERE q.area IN ({areas}) AND (? IS NULL OR q.indicator = ?) AND q.scope IS NULL{narrowed}"
                " ORDER BY p.period_end",
                (*codes, indicator, indicator, *measures),
            ).fetchall()
        return [_outline(row) for row in rows]

    def articles_by_day(self, since: date) -> dict[str, dict[str, int]]:
        """Give how many article versions of each source were read on each day (Vietnam) since one."""
        found: dict[str, dict[str, int]] = {}
        with self.reading() as db:
            for source, day, count in db.execute(
                "SELECT source, date(read_at, '+7 hours'), count(*) FROM readings WHERE read_at > ? GROUP BY 1, 2",
                (end_of(since - timedelta(days=1)),),
            ):
                found.setdefault(source, {})[day] = count
        return found

    def last_faults(self, source: str, *, limit: int = 10) -> list[Fetch]:
        """Give the last fetches of a source that failed, newest first."""
        faults = ", ".join(f"'{one}'" for one in FAULTS)
        with self.reading() as db:
            rows = db.execute(
                f"SELECT * FROM fetches WHERE source = ? AND outcome IN ({faults}) ORDER BY at DESC LIMIT ?",
                (source, limit),
            ).fetchall()
        return [_fetch(row) for row in rows]


def _of_periods(points: list[Point], ends: list[str]) -> list[Point]:
    """Give the points of these periods, oldest first."""
    wanted = set(ends)
    points = [point for point in points if point.period_end and point.period_end.isoformat() in wanted]
    return sorted(points, key=lambda p: (p.period_end or date.min, p.period_start or date.min, p.unit))


def _fetch(row: Any) -> Fetch:
    return Fetch(
        url=row[1], source=row[2], at=moment_of(row[3]), outcome=row[4], status=row[5], robots=row[6], reason=row[7],
        seconds=row[8], bytes=row[9],
    )  # fmt: skip


def _outline(row: Any) -> Outline:
    return Outline(
        area=row[0], indicator=row[1], measure=row[2], unit=row[3], of=row[4], issuer=row[5],
        period_start=date.fromisoformat(row[6]) if row[6] else None, period_end=date.fromisoformat(row[7]),
        obs_value=row[8], qualifier=row[9], status=row[10], flags=row[11],
    )  # fmt: skip
