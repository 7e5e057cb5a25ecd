"""Writing points: each cell as it stands, and as it stood from day to day before."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from model.records import Point
from store.claim import Claim, Outcome
from store.days import NEVER
from store.falls import owner
from store.history import FLAGGED, HISTORY_FLAGS, flag_history, says_fall
from store.keys import SeriesKey, series_keys
from store.settle import KEPT_BEFORE, cells_of, vintages
from store.yearly import FLAG, join_yearly

_COLUMNS = (
    "series_id, period_end, period_start, obs_value, qualifier, status, why, flags, obs_id, reports, groups, falls,"
    " shown, before, since"
)
_POINT = f"INSERT INTO points ({_COLUMNS}) VALUES ({', '.join('?' * 15)})"
_PAST = f"INSERT INTO past_points ({_COLUMNS}, until) VALUES ({', '.join('?' * 16)})"


def settle_series(
    db: sqlite3.Connection, series_id: int, key: SeriesKey, ends: Sequence[str], found: Sequence[Claim]
) -> None:
    """Settle some cells of one series and write them, then look at the series as a whole for falls and jumps."""
    cells = [(series_id, end) for end in ends]
    db.executemany("DELETE FROM points WHERE series_id = ? AND period_end = ?", cells)
    db.executemany("DELETE FROM past_points WHERE series_id = ? AND period_end = ?", cells)
    now, past = list[Any](), list[Any]()
    for cell in cells_of(join_yearly(db, key, found)):
        rows = list(_rows(series_id, cell, key))
        past += rows[:-1]
        if rows and rows[-1][-1] == NEVER:
            now.append(rows[-1][:-1])
        else:
            past += rows[-1:]
    db.executemany(_POINT, now)
    db.executemany(_PAST, past)
    flag_series(db, series_id, key)
    _touch_others(db, key, ends, found)


def _rows(series_id: int, cell: Sequence[Claim], key: SeriesKey) -> Iterator[tuple[Any, ...]]:
    """Give the rows of one cell, oldest first: what stood from each day on, and until when."""
    told = list(vintages(cell, key.unit))
    falling = [claim for claim in cell if key.measure in FLAGGED and says_fall(claim.report.sentence)]
    changes = list[Claim]()
    for place, (since, outcome) in enumerate(told):
        if outcome is None:
            continue
        if not changes or changes[-1].report.obs_value != outcome.best.report.obs_value:
            changes.append(outcome.best)
        until = told[place + 1][0] if place + 1 < len(told) else NEVER
        before = changes[:-1][-KEPT_BEFORE:]
        falls = any(claim.since <= since < claim.until for claim in falling)
        yield (*_row(series_id, outcome, before, int(falls)), since, until)


def _row(series_id: int, outcome: Outcome, before: Sequence[Claim], falls: int) -> tuple[Any, ...]:
    best, flags = outcome.best, outcome.revised(before)
    return (
        series_id, best.period_end.isoformat(), best.period_start.isoformat() if best.period_start else "",
        float(best.report.obs_value), best.report.qualifier, outcome.status, outcome.why,
        json.dumps(list(flags)) if flags else "[]", max(best.id, 0) or None, outcome.reports, outcome.groups, falls,
        _ids(outcome.shown), _ids(before),
    )  # fmt: skip


def _ids(claims: Sequence[Claim]) -> str:
    return f"[{','.join(f'[{claim.id},{claim.reading}]' for claim in claims)}]"


def flag_series(db: sqlite3.Connection, series_id: int, key: SeriesKey) -> None:
    """Set the flags that neighbours give; only rows whose flags change are written."""
    if key.measure not in FLAGGED:
        return
    rows = db.execute(
        "SELECT period_end, period_start, obs_value, status, flags, falls FROM points WHERE series_id = ?"
        " ORDER BY period_end, period_start",
        (series_id,),
    ).fetchall()
    plain = [_light_point(key, row) for row in rows]
    told = {(p.period_start, p.period_end) for p, row in zip(plain, rows, strict=True) if row[5]}
    for point, row in zip(flag_history(plain, owner(db, key, told)), rows, strict=True):
        flags = json.dumps(list(point.flags))
        if flags != row[4]:
            db.execute(
                "UPDATE points SET flags = ? WHERE series_id = ? AND period_end = ? AND period_start = ?",
                (flags, series_id, row[0], row[1]),
            )


def _light_point(key: SeriesKey, row: Sequence[Any]) -> Point:
    """Make a point that has just what the flags look at."""
    return Point(
        indicator=key.indicator, measure=key.measure, unit=key.unit, area=key.area, obs_value=row[2], status=row[3],
        period_end=date.fromisoformat(row[0]), period_start=date.fromisoformat(row[1]) if row[1] else None,
        flags=tuple(sorted(set(json.loads(row[4])) - HISTORY_FLAGS)),
    )  # fmt: skip


def _touch_others(db: sqlite3.Connection, key: SeriesKey, ends: Sequence[str], found: Sequence[Claim]) -> None:
    """See to the series that look at this one: totals whose year a plan fixes, levels whose fall a change owns to."""
    if key.measure == "target" and key.scope is None:
        years = {end[:4] for end in ends}
        db.execute(
            "INSERT OR IGNORE INTO unsettled SELECT p.series_id, p.period_end FROM points p JOIN series q"
            " ON q.id = p.series_id WHERE q.area = ? AND q.indicator = ? AND q.measure IN ('level', 'gain')"
            f" AND (p.period_start = '' OR p.flags LIKE '%{FLAG}%')"
            f" AND substr(p.period_end, 1, 4) IN ({', '.join('?' * len(years))})",
            (key.area, key.indicator, *sorted(years)),
        )
    if key.measure in ("change", "change_pct") and any(claim.report.obs_value < 0 for claim in found):
        beside = "area = ? AND indicator = ? AND measure = 'level' AND ifnull(scope, '') = ?"
        for other, words in series_keys(db, beside, (key.area, key.indicator, key.scope or "")).items():
            flag_series(db, other, words)
