"""Writing points: each cell as it stands, and as it stood from day to day before; busy cells with what was counted."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from store.days import NEVER
from store.history import HISTORY_FLAGS
from store.stretches import Counted, Stretch

_COLUMNS = (
    "series_id, period_end, period_start, obs_value, qualifier, status, why, flags, obs_id, reports, groups, falls,"
    " shown, before, since"
)
_POINT = f"INSERT OR REPLACE INTO points ({_COLUMNS}) VALUES ({', '.join('?' * 15)})"
_PAST = f"INSERT OR REPLACE INTO past_points ({_COLUMNS}, until) VALUES ({', '.join('?' * 16)})"
_TALLY = f"INSERT OR REPLACE INTO tallies VALUES ({', '.join('?' * 7)})"

_SET = (
    "SET reports = ?, groups = ?, falls = ? WHERE series_id = ? AND period_end = ? AND period_start = ? AND since = ?"
)
_COUNT = f"UPDATE points {_SET}", f"UPDATE past_points {_SET}"

Period = tuple[str, str]
"""Last and first day of a cell's period; the first `""` where it is open."""

_STRETCHES = """
SELECT p.since, p.until, p.obs_value, p.qualifier, p.status, p.why, p.flags, p.reports, p.groups, p.falls, p.shown,
  p.before, t.first, t.voices, t.latest
FROM (
  SELECT *, '9999-12-31' AS until FROM points WHERE series_id = :id AND period_end = :end AND period_start = :start
  UNION ALL
  SELECT series_id, period_end, period_start, obs_value, qualifier, status, why, flags, obs_id, reports, groups, since,
    falls, shown, before, until
  FROM past_points WHERE series_id = :id AND period_end = :end AND period_start = :start AND since >= coalesce((
    SELECT max(since) FROM past_points
    WHERE series_id = :id AND period_end = :end AND period_start = :start AND since < :day), '')
) p
JOIN tallies t ON t.series_id = :id AND t.period_end = :end AND t.period_start = :start AND t.since = p.since
ORDER BY p.since
"""


def forget(db: sqlite3.Connection, series_id: int, ends: Iterable[str]) -> None:
    """Remove what is kept of some cells."""
    cells = [(series_id, end) for end in ends]
    for table in ("points", "past_points", "tallies", "tallied"):
        db.executemany(f"DELETE FROM {table} WHERE series_id = ? AND period_end = ?", cells)


def stretches_since(db: sqlite3.Connection, series_id: int, period: Period, day: str) -> list[Stretch]:
    """Give the stretches of a cell from the last one on that began before a day, as they are kept."""
    values = {"id": series_id, "end": period[0], "start": period[1], "day": day}
    return [_stretch(row) for row in db.execute(_STRETCHES, values)]


def rewrite(
    db: sqlite3.Connection, series_id: int, period: Period, old: Sequence[Stretch], new: Sequence[Stretch],
    neighbours: Sequence[str],
) -> None:  # fmt: skip
    """Write the stretches of a cell that differ from those kept; of most only the numbers do."""
    before = {one.since: one for one in old}
    counts, others = list[Any](), list[Stretch]()
    for one in new:
        kept = before.get(one.since)
        if one is kept:
            continue
        if kept is None or not _differ_in_counts(kept, one):
            others.append(one)
        else:
            table = int(one.until != NEVER)
            counts.append((table, (one.reports, one.groups, int(one.falls), series_id, *period, one.since)))
    for table, sql in enumerate(_COUNT):
        if values := [values for at, values in counts if at == table]:
            db.executemany(sql, values)
    write(db, series_id, {period: others}, {period: neighbours})


def _differ_in_counts(kept: Stretch, one: Stretch) -> bool:
    """Say whether nothing but numbers differs: what was counted is then the very same."""
    return one.counted is kept.counted and (one.until, one.first, one.before) == (kept.until, kept.first, kept.before)


def write(
    db: sqlite3.Connection, series_id: int, cells: Mapping[Period, Sequence[Stretch]],
    neighbours: Mapping[Period, Sequence[str]],
) -> None:  # fmt: skip
    """Write stretches over what is kept of the same days, with what was counted where they know it.

    `neighbours` are the flags that those gave to points.
    """
    now, past, counted = list[Any](), list[Any](), list[Any]()
    for period, stretches in cells.items():
        for one in stretches:
            if one.until == NEVER:
                now.append(_row(series_id, period, one, neighbours.get(period, ())))
            else:
                past.append((*_row(series_id, period, one), one.until))
            if one.counted.voices:
                told = one.first, one.counted.voices, one.counted.latest
                counted.append((series_id, *period, one.since, *map(_json, told)))
    for sql, rows in ((_POINT, now), (_PAST, past), (_TALLY, counted)):
        if rows:
            db.executemany(sql, rows)


def _row(series_id: int, period: Period, one: Stretch, neighbours: Sequence[str] = ()) -> tuple[Any, ...]:
    revised = ["revised"] if one.before and one.status != "held" else []
    flags = sorted({*one.flags, *revised, *neighbours})
    return (
        series_id, *period, one.value, one.qualifier, one.status, one.why, json.dumps(flags) if flags else "[]",
        max(one.shown[0][0], 0) or None, one.reports, one.groups, int(one.falls), _json(one.shown), _json(one.before),
        one.since,
    )  # fmt: skip


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _stretch(row: Sequence[Any]) -> Stretch:
    flags = () if row[6] == "[]" else tuple(f for f in json.loads(row[6]) if f not in {"revised", *HISTORY_FLAGS})
    shown, before, first, voices, latest = json.loads(f"[{','.join(row[10:])}]")
    return Stretch(
        since=row[0], until=row[1], value=row[2], qualifier=row[3], status=row[4], why=row[5], flags=flags,
        reports=row[7], groups=row[8], falls=bool(row[9]), shown=tuple(map(tuple, shown)),
        before=tuple(map(tuple, before)), first=tuple(first), counted=Counted(voices=voices, latest=latest),
    )  # fmt: skip
