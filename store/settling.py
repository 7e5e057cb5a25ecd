"""Bringing the derived tables up to what was read: sketches, copies, words for search, settled points.

Everything here can be dropped and made again from the tables that are only added to. A kill in between costs nothing:
each batch is one transaction, and marks say how far the work has come.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from model.records import Point, Report
from store.claims import load_claims
from store.copies import THRESHOLD, similarities, sketch
from store.history import flag_history
from store.keys import SeriesKey, series_keys
from store.marks import mark_of, set_mark
from store.pages import PageMemory
from store.search import index_article
from store.settle import Claim, settle
from store.yearly import join_yearly

BATCH = 200
"""Readings or series brought up in one transaction."""

CANDIDATES = 200
"""Most documents of one cell, the newest first, that an article is compared with."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """What one settling did."""

    readings: int
    """Readings indexed."""
    cells: int
    """Series and period ends settled anew."""


class SettlingStore(PageMemory):
    """Keeping the derived tables."""

    def settle(self) -> Settled:
        """Index what was read since the last call and settle every cell it touched; cheap when there is nothing.

        `series` is right without it; `compare`, `search`, `digest`, the pages and the views rest on it.
        """
        readings = cells = 0
        while done := self._index_batch():
            readings += done
        while done := self._settle_batch():
            cells += done
        self.mark_read_pages()
        return Settled(readings=readings, cells=cells)

    def resettle(self) -> Settled:
        """Settle everything again, after a change of the areas or of the rules of settling."""
        with self.transaction() as db:
            db.execute("DELETE FROM points")
            db.execute(
                "INSERT OR IGNORE INTO unsettled SELECT DISTINCT series_id, period_end FROM observations"
                " WHERE series_id IS NOT NULL AND publish = 1 UNION SELECT series_id, period_end FROM judged"
                " WHERE series_id IS NOT NULL AND period_end IS NOT NULL"
                " UNION SELECT series_id, period_end FROM office_figures"
            )
        return self.settle()

    def note_outlets(self, outlets: Sequence[tuple[str, str, bool, str | None]]) -> None:
        """Note what the declarations say of sources: (id, name, whether an office itself speaks there, area)."""
        with self.transaction() as db:
            for source, name, official, area in outlets:
                db.execute(
                    "INSERT INTO outlets (source, name, official, area) VALUES (?, ?, ?, ?) ON CONFLICT (source)"
                    " DO UPDATE SET name = excluded.name, official = excluded.official, area = excluded.area"
                    " WHERE (name, official, area) IS NOT (excluded.name, excluded.official, excluded.area)",
                    (source, name, int(official), area),
                )

    def _index_batch(self) -> int:
        with self.transaction() as db:
            mark = int(mark_of(db, "indexed_reading") or 0)
            rows = db.execute(
                "SELECT r.id, r.doc, r.article_id FROM readings r WHERE r.id > ? ORDER BY r.id LIMIT ?", (mark, BATCH)
            ).fetchall()
            for reading_id, doc, article_id in rows:
                _index(db, reading_id, doc, article_id)
            if rows:
                set_mark(db, "indexed_reading", str(rows[-1][0]))
            return len(rows)

    def _settle_batch(self) -> int:
        with self.transaction() as db:
            rows = db.execute(
                "SELECT series_id, period_end FROM unsettled WHERE series_id IN"
                " (SELECT DISTINCT series_id FROM unsettled ORDER BY series_id LIMIT ?) AND period_end IS NOT NULL",
                (BATCH,),
            ).fetchall()
            if not rows:
                return 0
            cells: dict[int, list[str]] = {}
            for series_id, period_end in rows:
                cells.setdefault(series_id, []).append(period_end)
            marks = ", ".join(map(str, cells))
            keys = series_keys(db, f"id IN ({marks})", ())
            claims = load_claims(db, cells)
            for series_id, ends in cells.items():
                _settle_series(db, series_id, keys[series_id], ends, claims[series_id])
            db.execute(f"DELETE FROM unsettled WHERE series_id IN ({marks})")
            return len(rows)


def _index(db: sqlite3.Connection, reading_id: int, doc: str, article_id: int) -> None:
    """Add a reading's words to the search, its sketch to the sketches, and say what it copies."""
    title, text = db.execute("SELECT title, text FROM articles WHERE id = ?", (article_id,)).fetchone()
    index_article(db, article_id, title or "", text, reading_id)
    _tell(db, reading_id)
    cells = db.execute(
        "SELECT DISTINCT series_id, period_end FROM observations WHERE reading_id = ? AND publish = 1"
        " AND series_id IS NOT NULL",
        (reading_id,),
    ).fetchall()
    if not cells:
        return
    own = sketch(text)
    known = db.execute("SELECT 1 FROM copies WHERE doc = ?", (doc,)).fetchone()
    if own and not known and (found := _leader(db, doc, own, cells)):
        db.execute("INSERT INTO copies (doc, leader, similarity) VALUES (?, ?, ?)", (doc, *found))
    db.execute("INSERT OR REPLACE INTO sketches (doc, article_id, sketch) VALUES (?, ?, ?)", (doc, article_id, own))


def _tell(db: sqlite3.Connection, reading_id: int) -> None:
    """Note on which day the reading's figures of provinces and the country were told; the first to say so stays."""
    db.execute(
        "INSERT OR IGNORE INTO tellings (area, indicator, told, known)"
        " SELECT DISTINCT o.area, o.indicator, s.told, s.known FROM observations o JOIN standing s"
        " ON s.reading_id = o.reading_id WHERE o.reading_id = ? AND o.publish = 1 AND o.series_id IS NOT NULL"
        " AND o.scope IS NULL AND o.area_level IN ('province', 'country')",
        (reading_id,),
    )


def _leader(db: sqlite3.Connection, doc: str, own: bytes, cells: Sequence[tuple[int, str]]) -> tuple[str, float] | None:
    """Give the document that this one copies: the most alike of those that came before and report one of its cells."""
    others: dict[str, tuple[str, bytes]] = {}
    for series_id, period_end in cells:
        rows = db.execute(
            "SELECT k.doc, coalesce(c.leader, k.doc), k.sketch FROM (SELECT DISTINCT doc FROM observations"
            " WHERE series_id = ? AND period_end = ? AND publish = 1 ORDER BY id DESC LIMIT ?) n"
            " JOIN sketches k ON k.doc = n.doc LEFT JOIN copies c ON c.doc = k.doc",
            (series_id, period_end, CANDIDATES),
        )
        others.update({other: (leader, drawn) for other, leader, drawn in rows if doc not in (other, leader)})
    alike = similarities(own, [drawn for _, drawn in others.values()])
    best = max(zip(alike, (leader for leader, _ in others.values()), strict=True), default=(0.0, ""))
    return (best[1], best[0]) if best[0] >= THRESHOLD else None


def _settle_series(
    db: sqlite3.Connection, series_id: int, key: SeriesKey, ends: Sequence[str], found: Sequence[Claim]
) -> None:
    """Settle some cells of one series and write them, then look at the series as a whole for falls and jumps."""
    claims = join_yearly(db, key, found)
    ids = {(claim.report.doc, claim.report.quote, claim.report.sentence): claim.id for claim in claims}
    db.executemany("DELETE FROM points WHERE series_id = ? AND period_end = ?", [(series_id, end) for end in ends])
    rows = []
    for point in settle(key, claims, history=False):
        standing = point.reports[0]
        obs_id = ids[standing.doc, standing.quote, standing.sentence]
        rows.append((*_point_row(series_id, point), max(obs_id, 0) or None, len(point.reports), groups_of(point)))
    db.executemany(f"INSERT INTO points VALUES ({', '.join('?' * 11)})", rows)
    _flag_series(db, series_id, key)


def groups_of(point: Point) -> int:
    """Count the independent reports of a point: copies count once."""
    return len({report.group for report in point.reports})


def _point_row(series_id: int, point: Point) -> tuple[Any, ...]:
    assert point.period_end is not None
    return (
        series_id, point.period_end.isoformat(), point.period_start.isoformat() if point.period_start else "",
        float(point.obs_value), point.qualifier, point.status, point.why, json.dumps(list(point.flags)),
    )  # fmt: skip


def _flag_series(db: sqlite3.Connection, series_id: int, key: SeriesKey) -> None:
    """Set the flags that neighbours give; only rows whose flags change are written."""
    if key.measure not in ("level", "gain"):
        return
    rows = db.execute(
        "SELECT p.period_end, p.period_start, p.obs_value, p.qualifier, p.status, p.flags, o.sentence FROM points p"
        " LEFT JOIN observations o ON o.id = p.obs_id WHERE p.series_id = ? ORDER BY p.period_end, p.period_start",
        (series_id,),
    ).fetchall()
    if len(rows) < 2 and not (rows and "fell" in rows[0][5]):
        return
    plain = [_light_point(key, row) for row in rows]
    for point, row in zip(flag_history(plain), rows, strict=True):
        flags = json.dumps(list(point.flags))
        if flags != row[5]:
            db.execute(
                "UPDATE points SET flags = ? WHERE series_id = ? AND period_end = ? AND period_start = ?",
                (flags, series_id, row[0], row[1]),
            )


def _light_point(key: SeriesKey, row: Sequence[Any]) -> Point:
    """Make a point that has just what the flags look at."""
    said = Report(
        doc="", url=None, outlet=None, published=None, fetched_at=_THEN, quote="", sentence=row[6] or "", obs_value=0,
        qualifier="=", group="",
    )  # fmt: skip
    return Point(
        indicator=key.indicator, measure=key.measure, unit=key.unit, area=key.area, obs_value=row[2], status=row[4],
        period_end=date.fromisoformat(row[0]), period_start=date.fromisoformat(row[1]) if row[1] else None,
        flags=tuple(sorted(set(json.loads(row[5])) - {"fell", "jumped", "ytd-fell"})), reports=(said,),
    )  # fmt: skip


_THEN = datetime(1970, 1, 1, tzinfo=UTC)
