"""Bringing the derived tables up to what was read: sketches, copies, words for search, settled points.

Everything here can be dropped and made again from the tables that are only added to. A kill in between costs nothing:
each batch is one transaction, and marks say how far the work has come.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from store.claims import load_claims
from store.copies import THRESHOLD, similarities, sketch
from store.keys import series_keys
from store.marks import mark_of, set_mark
from store.pages import PageMemory
from store.point_rows import settle_series
from store.search import index_article

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
            db.execute("DELETE FROM past_points")
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
                known = db.execute("SELECT official FROM outlets WHERE source = ?", (source,)).fetchone()
                if bool(official) != bool(known and known[0]):
                    _touch_source(db, source)
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
            keys = series_keys(db, f"id IN ({', '.join(map(str, cells))})", ())
            claims = load_claims(db, cells)
            # Before they are settled: settling one series may ask for another to be looked at again.
            db.executemany("DELETE FROM unsettled WHERE series_id = ? AND period_end = ?", rows)
            for series_id, ends in cells.items():
                settle_series(db, series_id, keys[series_id], ends, claims[series_id])
            return len(rows)


def _touch_source(db: sqlite3.Connection, source: str) -> None:
    """Have all cells settled again that a source speaks of: its rank has changed."""
    db.execute(
        "INSERT OR IGNORE INTO unsettled SELECT DISTINCT o.series_id, o.period_end FROM readings r JOIN observations o"
        " ON o.reading_id = r.id WHERE r.source = ? AND o.publish = 1 AND o.series_id IS NOT NULL",
        (source,),
    )


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
