"""Falls that another article owns to: the change told of the same place and day."""

import sqlite3
from collections.abc import Collection
from datetime import date

from model.areas import load_areas
from model.records import Point
from store.claims import NOW, Asked
from store.days import NEVER, end_of
from store.history import Owns
from store.keys import SeriesKey

NEAR = 31
"""Days by which the base of a change may lie away from the point before."""

_SQL = """
SELECT 1 FROM series q JOIN observations o ON o.series_id = q.id AND o.period_end = :end AND o.publish = 1
JOIN standing s ON s.reading_id = o.reading_id
WHERE q.area IN (SELECT value FROM json_each(:areas)) AND q.indicator = :indicator
  AND q.measure IN ('change', 'change_pct') AND ifnull(q.scope, '') = :scope AND q."of" IS NULL AND o.obs_value < 0
  AND abs(julianday(o.base_end) - julianday(:before)) <= :near
  AND s.told <= :told AND s.told < s.told_until AND s.known <= :known
LIMIT 1
"""


def owner(
    db: sqlite3.Connection, key: SeriesKey, told: Collection[tuple[date | None, date | None]], asked: Asked = NOW
) -> Owns:
    """Give what says whether a fall is owned to: by a report of the point (`told`: periods), or by a change.

    A negative change of the same place, indicator and day counts whose base is about the day of the point before.
    """

    def owns(old: Point, new: Point) -> bool:
        if (new.period_start, new.period_end) in told:
            return True
        gazetteer = load_areas()
        areas = gazetteer.same_territory(key.area) if key.area in gazetteer else [key.area]
        return db.execute(
            _SQL,
            {
                "end": str(new.period_end), "before": str(old.period_end), "indicator": key.indicator, "near": NEAR,
                "areas": "[" + ", ".join(f'"{code}"' for code in areas) + "]", "scope": key.scope or "",
                "told": asked.as_of.isoformat() if asked.as_of else NEVER,
                "known": end_of(asked.fetched_by) if asked.fetched_by else NEVER,
            },
        ).fetchone() is not None  # fmt: skip

    return owns
