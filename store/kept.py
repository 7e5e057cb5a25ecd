"""Points as they were settled last, and as they stood on a day before: looked up, not settled again.

A busy series has thousands of reports; each point keeps the ids of those it shows. What was touched since the last
settling is named as stale, and its reader settles it from the claims.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, Protocol

from model.records import Point, Qualifier, Report
from store.area_names import territory
from store.claims import office_reports, plain_number
from store.days import moment_of, published_of
from store.history import HISTORY_FLAGS
from store.keys import SeriesKey
from store.settle import BUSY, KEPT_BEFORE, MOST_BEFORE
from store.stretches import Id
from store.tally import SHOWN
from store.yearly import FLAG, is_flow_key

_COLUMNS = (
    "p.series_id, p.period_start, p.period_end, p.obs_value, p.qualifier, p.status, p.why, p.flags, p.falls, p.reports,"
    " p.groups, p.shown, p.before"
)
_NOW = f"SELECT {_COLUMNS} FROM json_each(?1) n CROSS JOIN points p ON p.series_id = n.value"
_LATE = f"{_NOW} AND p.period_end >= ?2"
_THEN = (
    f"{_NOW} AND p.since <= ?2 UNION ALL SELECT {_COLUMNS} FROM json_each(?1) n CROSS JOIN past_points p"
    " ON p.series_id = n.value AND p.since <= ?2 AND p.until > ?2"
)
_UNSETTLED = (
    "SELECT u.series_id, u.period_end FROM json_each(?) n CROSS JOIN unsettled u ON u.series_id = n.value"
    " AND u.period_end >= ?"
)
_REPORTS = """
SELECT o.id, s.reading_id, o.doc, s.url, coalesce(s.outlet, w.name), s.published, s.read_at, o.quote, o.sentence,
  coalesce(j.obs_value, o.obs_value), coalesce(j.qualifier, o.qualifier), c.leader
FROM json_each(?) n
{told}
LEFT JOIN judged j ON j.obs_id = o.id AND j.until = '9999-12-31' AND j.verdict IN ('accept', 'correct')
LEFT JOIN outlets w ON w.source = s.source
LEFT JOIN copies c ON c.doc = o.doc
"""

_FIRST_TOLD = _REPORTS.replace(
    "{told}", "CROSS JOIN observations o ON o.id = n.value CROSS JOIN standing s ON s.reading_id = o.reading_id"
)
_TOLD_AGAIN = _REPORTS.replace(
    "{told}",
    "CROSS JOIN observations o ON o.id = json_extract(n.value, '$[0]')"
    " CROSS JOIN standing s ON s.reading_id = json_extract(n.value, '$[1]')",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """The points of some series that can be given as they are, and the periods that cannot."""

    points: dict[SeriesKey, list[Point]] = field(default_factory=dict)
    """By series under the one code of its territory; without the flags that neighbours give."""
    told_falls: set[tuple[date | None, date | None]] = field(default_factory=set)
    """Periods of which some report owns to a fall."""
    stale: dict[SeriesKey, set[str]] = field(default_factory=dict)
    """Series → ends of periods to settle from their claims."""


def whole(key: SeriesKey) -> SeriesKey:
    """Give the key under which a series is known by all codes of its territory."""
    return replace(key, area=territory(key.area))


def kept_points(
    db: sqlite3.Connection,
    keys: dict[int, SeriesKey],
    as_of: date | None = None,
    *,
    brief: bool = False,
    most: int = BUSY,
    since: str = "",
) -> Kept:
    """Give the points of these series as they stand, or as they stood at the end of a day.

    With `since` only those as they stand whose period ends on that day or later. Points that show less than all their
    reports are named as stale where those reports are at most `most`.
    """
    wanted = json.dumps(list(keys))
    rows = db.execute(_THEN, (wanted, as_of.isoformat())) if as_of else db.execute(_LATE, (wanted, since))
    wholes = {id: whole(key) for id, key in keys.items()}
    kept = Kept()
    for series_id, end in db.execute(_UNSETTLED, (wanted, since)):
        kept.stale.setdefault(wholes[series_id], set()).add(end)
    found = rows.fetchall()
    crowded = [] if brief else [row for row in found if _crowded(row)]
    if sum(row[9] for row in crowded) <= most:
        for row in crowded:
            kept.stale.setdefault(wholes[row[0]], set()).add(row[2])
    good = _without_stale(found, wholes, kept)
    shown = json.loads(f"[{','.join(row[11] for row in good)}]")
    before = json.loads(f"[{','.join(row[12] for row in good)}]")
    shown = [ids[: 1 if brief else SHOWN] for ids in shown]
    if brief:
        before = [[] for _ in before]
    else:
        before = [ids[-MOST_BEFORE:] if _crowded(row) else ids for row, ids in zip(good, before, strict=True)]
    say = _reporter(db, [(id, reading) for ids in (*shown, *before) for id, reading in ids])
    for row, own, old in zip(good, shown, before, strict=True):
        reports = [say(*id, stands=not place) for place, id in enumerate(own)]
        point = _point(keys[row[0]], row, reports, [say(*id) for id in old])
        kept.points.setdefault(wholes[row[0]], []).append(point)
        if row[8]:
            kept.told_falls.add((point.period_start, point.period_end))
    return kept


def _crowded(row: Sequence[Any]) -> bool:
    """Say whether a point has more reports, or more values before it, than its row names."""
    return row[11] is not None and bool(row[9] > SHOWN or row[12].count("[") > KEPT_BEFORE)


def _without_stale(rows: Sequence[Any], wholes: dict[int, SeriesKey], kept: Kept) -> list[Any]:
    """Leave out the rows that must be settled from their claims, and name their periods.

    Those are: what waits to be settled, what was settled before points kept their reports, totals whose first day
    depends on a plan, and periods told under two codes of one territory.
    """
    spoken: dict[tuple[SeriesKey, str], int] = {}
    for row in rows:
        key = wholes[row[0]]
        unsure = row[11] is None or (is_flow_key(key) and (not row[1] or FLAG in row[7]))
        if unsure or spoken.setdefault((key, row[2]), row[0]) != row[0]:
            kept.stale.setdefault(key, set()).add(row[2])
    if not kept.stale:
        return list(rows)
    none: set[str] = set()
    return [row for row in rows if row[2] not in kept.stale.get(wholes[row[0]], none)]


def stale_cells(keys: dict[int, SeriesKey], kept: Kept) -> dict[int, list[str]]:
    """Give the cells to settle from their claims, of all series that speak of one territory."""
    stale = {id: sorted(kept.stale.get(whole(key), ())) for id, key in keys.items()}
    return {id: ends for id, ends in stale.items() if ends}


class Say(Protocol):
    """Gives the report of a figure as a reading told it."""

    def __call__(self, obs_id: int, reading: int, *, stands: bool = False) -> Report:
        """Give it; `stands` where the point shows its value."""


def _reporter(db: sqlite3.Connection, ids: Sequence[Id]) -> Say:
    """Fetch reports together, to be given one by one."""
    figures = [id for id in ids if id[0] > 0]
    # Nearly all were told by the reading that found them: a plain number is quicker to look up than a pair.
    rows = {(row[0], row[1]): row for row in db.execute(_FIRST_TOLD, (json.dumps([id for id, _ in figures]),))}
    if again := [id for id in figures if id not in rows]:
        rows.update({(row[0], row[1]): row for row in db.execute(_TOLD_AGAIN, (json.dumps(again),))})
    office = office_reports(db, [-id for id, _ in ids if id < 0])

    def say(obs_id: int, reading: int, *, stands: bool = False) -> Report:
        if obs_id < 0:
            return replace(office[-obs_id], stands=stands)
        row = rows[obs_id, reading]
        return Report(
            doc=row[2], url=row[3], outlet=row[4], published=published_of(row[5]), fetched_at=moment_of(row[6]),
            quote=row[7], sentence=row[8], obs_value=plain_number(row[9]), qualifier=row[10], group=row[11] or row[2],
            stands=stands,
        )  # fmt: skip

    return say


def _point(key: SeriesKey, row: Sequence[Any], reports: list[Report], before: list[Report]) -> Point:
    status: Literal["settled", "held"] = row[5]
    qualifier: Qualifier = row[4]
    flags = () if row[7] == "[]" else tuple(flag for flag in json.loads(row[7]) if flag not in HISTORY_FLAGS)
    return Point(
        indicator=key.indicator, measure=key.measure, unit=key.unit, area=key.area, scope=key.scope, of=key.of,
        denominator=key.denominator, issuer=key.issuer, base_kind=key.base_kind,
        period_start=date.fromisoformat(row[1]) if row[1] else None, period_end=date.fromisoformat(row[2]),
        obs_value=plain_number(row[3]), qualifier=qualifier, status=status, why=row[6], flags=flags,
        reports=tuple(reports), revisions=tuple(before), report_count=row[9],
        group_count=row[10],
    )  # fmt: skip
