"""Settling some cells of one series and writing what came of it: from all their claims, or from those that are new."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from model.records import Point
from store.area_names import codes_of
from store.claim import Claim
from store.claims import load_of_docs
from store.falls import owner
from store.history import FLAGGED, HISTORY_FLAGS, flag_history
from store.keys import SeriesKey, series_keys
from store.point_rows import Period, forget, rewrite, stretches_since, write
from store.settle import cells_of
from store.stretches import Stretch, folded, settled
from store.unsettled import ANEW
from store.yearly import FLAG, join_yearly

FEW = 12
"""Cells with no more reports than this are settled from them all: that is quicker than keeping what was counted."""

_Look = dict[Period, tuple[Any, ...]]
"""What neighbours look at: by period value, status, whether a fall is owned to; and the flags that they gave."""


def settle_cells(
    db: sqlite3.Connection, series_id: int, key: SeriesKey, ends: Sequence[str], found: Sequence[Claim]
) -> None:
    """Settle some cells of one series from all their claims and write them."""
    before = _look(db, series_id, ends)
    busy = {end for end in ends if sum(claim.period_end.isoformat() == end for claim in found) > FEW}
    cells = dict[Period, list[Stretch]]()
    for cell in cells_of(join_yearly(db, key, found)):
        period = _period(cell[0])
        cells[period] = settled(cell, key, counted=period[0] in busy)
    forget(db, series_id, ends)
    write(db, series_id, cells, {period: look[-1] for period, look in before.items()})
    db.executemany(
        "INSERT INTO tallied VALUES (?, ?, (SELECT max(id) FROM observations))", [(series_id, end) for end in busy]
    )
    _follow(db, series_id, key, before, _look(db, series_id, ends), found)


def add_to_cells(
    db: sqlite3.Connection, series_id: int, key: SeriesKey, ends: Sequence[str], new: Sequence[Claim]
) -> None:
    """Settle some cells of one series, whose reports were counted, with the claims that are new, and write them."""
    before, seen = _look(db, series_id, ends), _seen(db, series_id, key, new)
    for cell in cells_of(join_yearly(db, key, new)):
        period = _period(cell[0])
        old = stretches_since(db, series_id, period, min(claim.since for claim in cell))
        groups = {claim.report.group for claim in cell}
        mine = {group: times for (where, group), times in seen.items() if where == period and group in groups}
        flags = before[period][-1] if period in before else ()
        rewrite(db, series_id, period, old, folded(old, cell, key, mine), flags)
    db.executemany(
        "UPDATE tallied SET upto = (SELECT max(id) FROM observations) WHERE series_id = ? AND period_end = ?",
        [(series_id, end) for end in ends],
    )
    _follow(db, series_id, key, before, _look(db, series_id, ends), new)


def _period(claim: Claim) -> Period:
    return claim.period_end.isoformat(), claim.period_start.isoformat() if claim.period_start else ""


def _seen(
    db: sqlite3.Connection, series_id: int, key: SeriesKey, new: Sequence[Claim]
) -> Mapping[tuple[Period, str], list[tuple[str, str]]]:
    """Give when other documents of the claims' groups spoke of the same cells; most articles copy none."""
    wanted = list[tuple[int, str, str]]()
    own = {claim.report.doc for claim in new}
    for end, group in {(c.period_end.isoformat(), c.report.group) for c in new if c.report.group != c.report.doc}:
        docs = [group, *(row[0] for row in db.execute("SELECT doc FROM copies WHERE leader = ?", (group,)))]
        wanted += [(series_id, end, doc) for doc in docs if doc not in own]
    if not wanted:
        return {}
    found = load_of_docs(db, wanted).get(series_id, [])
    result: dict[tuple[Period, str], list[tuple[str, str]]] = {}
    for claim in join_yearly(db, key, found):
        result.setdefault((_period(claim), claim.report.group), []).append((claim.since, claim.until))
    return result


def _look(db: sqlite3.Connection, series_id: int, ends: Sequence[str]) -> _Look:
    """Give what neighbours look at of some cells, and the flags that these have from their neighbours."""
    rows = db.execute(
        "SELECT period_end, period_start, obs_value, status, falls, flags FROM points WHERE series_id = ?"
        " AND period_end IN (SELECT value FROM json_each(?))",
        (series_id, json.dumps(list(ends))),
    )
    return {(row[0], row[1]): (*row[2:5], sorted(HISTORY_FLAGS.intersection(json.loads(row[5])))) for row in rows}


def _plans_changed(before: _Look, after: _Look) -> list[str]:
    """Give the years that have a plan now and had none, or the other way round."""
    changed = set(before) ^ set(after)
    return [end[:4] for end, start in changed if (start[4:], end) == ("-01-01", f"{start[:4]}-12-31")]


def _follow(
    db: sqlite3.Connection, series_id: int, key: SeriesKey, before: _Look, after: _Look, claims: Sequence[Claim]
) -> None:
    """See to what looks at these cells: neighbours, totals whose year a plan fixes, levels whose fall is told."""
    if {period: look[:3] for period, look in before.items()} != {period: look[:3] for period, look in after.items()}:
        flag_series(db, series_id, key)
    if key.measure == "target" and key.scope is None and (years := _plans_changed(before, after)):
        db.execute(
            f"{ANEW} SELECT p.series_id, p.period_end FROM points p JOIN series q"
            " ON q.id = p.series_id WHERE q.area IN (SELECT value FROM json_each(?)) AND q.indicator = ?"
            " AND q.measure IN ('level', 'gain')"
            f" AND (p.period_start = '' OR p.flags LIKE '%{FLAG}%')"
            f" AND substr(p.period_end, 1, 4) IN ({', '.join('?' * len(years))})",
            (json.dumps(codes_of(key.area)), key.indicator, *years),
        )
    _touch_levels(db, key, claims)


def _touch_levels(db: sqlite3.Connection, key: SeriesKey, found: Sequence[Claim]) -> None:
    """Look again at levels of the place, under all its codes, whose fall a change may own to."""
    if key.measure not in ("change", "change_pct") or all(claim.report.obs_value >= 0 for claim in found):
        return
    beside = (
        "area IN (SELECT value FROM json_each(?)) AND indicator = ? AND measure = 'level' AND ifnull(scope, '') = ?"
    )
    values = json.dumps(codes_of(key.area)), key.indicator, key.scope or ""
    for other, words in series_keys(db, beside, values).items():
        flag_series(db, other, words)


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
