"""Series in brief: each point with the one report that stands, from the points settled last.

For charts, rankings and lists, which do not show every report: a busy series has thousands.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from model.records import Point, Report
from store.days import NEVER, moment_of, published_of
from store.keys import SeriesKey

_SQL = f"""
SELECT p.series_id, p.period_start, p.period_end, p.obs_value, p.qualifier, p.status, p.why, p.flags, p.obs_id, o.doc,
  s.url, coalesce(s.outlet, w.name), s.published, s.read_at, o.quote, o.sentence, c.leader
FROM json_each(?) n
CROSS JOIN points p ON p.series_id = n.value
LEFT JOIN observations o ON o.id = p.obs_id
LEFT JOIN standing s ON s.told_until = '{NEVER}' AND s.reading_id = coalesce(
  (SELECT max(k.reading_id) FROM carried k WHERE k.obs_id = o.id), o.reading_id)
LEFT JOIN outlets w ON w.source = s.source
LEFT JOIN copies c ON c.doc = o.doc
"""


def brief_points(db: sqlite3.Connection, keys: dict[int, SeriesKey]) -> list[Point] | None:
    """Give the points of some series of one territory; None where they must be settled from their reports.

    That is so while a cell waits to be settled, where two codes of the territory speak of one cell, and for figures of
    the office's own.
    """
    wanted = json.dumps(list(keys))
    if db.execute(
        "SELECT 1 FROM json_each(?) n CROSS JOIN unsettled u ON u.series_id = n.value LIMIT 1", (wanted,)
    ).fetchone():
        return None
    rows = db.execute(_SQL, (wanted,)).fetchall()
    cells = {(replace(keys[row[0]], area=""), row[1], row[2]) for row in rows}
    if len(cells) < len(rows) or any(row[13] is None for row in rows):
        return None
    return [_point(keys[row[0]], row) for row in rows]


def in_brief(point: Point) -> Point:
    """Give a point with only the report that stands."""
    return replace(point, reports=point.reports[:1], revisions=())


def _point(key: SeriesKey, row: Sequence[Any]) -> Point:
    value = _number(row[3])
    said = Report(
        doc=row[9], url=row[10], outlet=row[11], published=published_of(row[12]), fetched_at=moment_of(row[13]),
        quote=row[14], sentence=row[15], obs_value=value, qualifier=row[4], group=row[16] or row[9], stands=True,
    )  # fmt: skip
    return Point(
        indicator=key.indicator, measure=key.measure, unit=key.unit, area=key.area, scope=key.scope, of=key.of,
        denominator=key.denominator, issuer=key.issuer, base_kind=key.base_kind,
        period_start=date.fromisoformat(row[1]) if row[1] else None, period_end=date.fromisoformat(row[2]),
        obs_value=value, qualifier=row[4], status=row[5], why=row[6], flags=tuple(json.loads(row[7])), reports=(said,),
    )  # fmt: skip


def _number(value: float) -> float:
    return int(value) if float(value).is_integer() else value
