"""Falls that another article owns to: the change told of the same place and day."""

import json
import sqlite3
from collections.abc import Collection, Iterable
from datetime import date

from model.records import Point
from store.area_names import codes_of
from store.claim import Claim
from store.claims import NOW, Asked
from store.days import NEVER, end_of
from store.history import Owns, says_fall
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
        return db.execute(
            _SQL,
            {
                "end": str(new.period_end), "before": str(old.period_end), "indicator": key.indicator, "near": NEAR,
                "areas": json.dumps(codes_of(key.area)), "scope": key.scope or "",
                "told": asked.as_of.isoformat() if asked.as_of else NEVER,
                "known": end_of(asked.fetched_by) if asked.fetched_by else NEVER,
            },
        ).fetchone() is not None  # fmt: skip

    return owns


def told_falls(claims: Iterable[Claim], at: str | None) -> set[tuple[date | None, date | None]]:
    """Give the periods of which a report that stands (at a moment; None is now) owns to a fall."""
    moment = at or NEVER
    return {
        (claim.period_start, claim.period_end)
        for claim in claims
        if claim.since <= moment and (claim.until > moment or claim.until == NEVER) and says_fall(claim.report.sentence)
    }
