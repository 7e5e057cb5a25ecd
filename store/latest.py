"""The latest point of a province that was summed from its predecessors, where its own list tells none; what is missing.

Only the last year before the day asked for is looked at: a comparison shows what is known now, not history.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from model.areas import Area
from model.records import Point, Report
from store.boundaries import Gap
from store.days import published_of
from store.json_forms import number
from store.rolling import Ask, parts_of, rolled

REACH = 366
"""Days before the day asked for in which a sum is looked for."""

_SQL = """
SELECT q.area, q.measure, q.unit, q."of", q.denominator, q.issuer, q.base_kind, p.period_start, p.period_end,
  p.obs_value, p.qualifier, p.status, p.flags, p.reports, p.groups, o.doc, s.url, s.outlet, s.published, o.quote,
  o.sentence, q.indicator
FROM series q
JOIN points p ON p.series_id = q.id AND p.period_end BETWEEN :since AND :on
LEFT JOIN observations o ON o.id = p.obs_id
LEFT JOIN standing s ON s.reading_id = o.reading_id
WHERE q.area IN (SELECT value FROM json_each(:areas)) AND q.indicator = :indicator AND q.measure = :measure
  AND q.scope IS NULL
ORDER BY p.period_end, p.period_start, q.area
"""


def latest_sum(
    db: sqlite3.Connection, unit: Area, indicator: str, measure: str, on: date
) -> tuple[Point | None, Gap | None]:
    """Give the latest sum over a unit's predecessors, or the latest period of which some are missing."""
    asked: dict[tuple[tuple[str, ...], str], list[Point]] = {}

    def ask(codes: Sequence[str], wanted: str) -> list[Point]:
        key = tuple(codes), wanted
        if key not in asked:
            asked[key] = list(_points(db, codes, indicator, wanted, on))
        return asked[key]

    return newest_sum(unit, measure, ask, on)


def newest_sum(unit: Area, measure: str, ask: Ask, on: date) -> tuple[Point | None, Gap | None]:
    """Give the latest sum over a unit's predecessors of what `ask` tells, or the latest period of which some miss."""
    if not parts_of(unit):
        return None, None
    since = on - timedelta(days=REACH)

    def recent(codes: Sequence[str], wanted: str) -> list[Point]:
        return [point for point in ask(codes, wanted) if point.period_end and since <= point.period_end <= on]

    points, gaps = rolled(unit, measure, recent)
    sums = [point for point in points if point.terms]
    newest = max(sums, key=lambda point: (point.period_end or date.min, point.group_count), default=None)
    missing = max(gaps, key=lambda gap: (gap.period_end or date.min, len(gap.reported)), default=None)
    return newest, missing


def _points(db: sqlite3.Connection, codes: Sequence[str], indicator: str, measure: str, on: date) -> Iterable[Point]:
    rows = db.execute(
        _SQL,
        {
            "areas": json.dumps(list(codes)), "indicator": indicator, "measure": measure, "on": on.isoformat(),
            "since": (on - timedelta(days=REACH)).isoformat(),
        },
    )  # fmt: skip
    return map(_point, rows)


def _point(row: Sequence[Any]) -> Point:
    """Make a point with the one report that stands."""
    value = number(row[9])
    report = Report(
        doc=row[15] or "", url=row[16], outlet=row[17], published=published_of(row[18]), fetched_at=_UNSAID,
        quote=row[19] or str(value), sentence=row[20] or "", obs_value=value, qualifier=row[10], group="",
    )  # fmt: skip
    return Point(
        indicator=row[21], measure=row[1], unit=row[2], area=row[0], of=row[3], denominator=row[4], issuer=row[5],
        base_kind=row[6], period_start=date.fromisoformat(row[7]) if row[7] else None,
        period_end=date.fromisoformat(row[8]), obs_value=value, qualifier=row[10], status=row[11],
        flags=tuple(json.loads(row[12])), reports=(report,), report_count=row[13], group_count=row[14],
    )  # fmt: skip


_UNSAID = datetime(1970, 1, 1, tzinfo=UTC)
