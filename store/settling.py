"""Bringing the derived tables up to what was read: sketches, copies, words for search, settled points.

Everything here can be dropped and made again from the tables that are only added to. A kill in between costs nothing:
each batch is one transaction, and marks say how far the work has come.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.claims import load_added, load_claims
from store.copies import THRESHOLD, similarities, sketch
from store.days import NEVER
from store.keys import SeriesKey, series_keys
from store.marks import mark_of, set_mark
from store.pages import PageMemory
from store.search import index_article
from store.settled_series import add_to_cells, settle_cells
from store.unsettled import ANEW

BATCH = 200
"""Readings or series brought up in one transaction."""

CELLS = 100
"""About so many cells are loaded at once where they are settled from all their reports."""

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
            for table in ("points", "past_points", "tallies", "tallied"):
                db.execute(f"DELETE FROM {table}")
            db.execute(
                f"{ANEW} SELECT DISTINCT series_id, period_end FROM observations"
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
            return _index_next(db)

    def _settle_batch(self) -> int:
        with self.transaction() as db:
            # What another process read meanwhile is to be known as a copy before it is counted.
            while _index_next(db):
                pass
            rows = db.execute(
                "SELECT u.series_id, u.period_end, CASE u.anew WHEN 0 THEN t.upto END FROM unsettled u"
                " LEFT JOIN tallied t ON t.series_id = u.series_id AND t.period_end = u.period_end"
                " WHERE u.series_id IN (SELECT DISTINCT series_id FROM unsettled ORDER BY series_id LIMIT ?)",
                (BATCH,),
            ).fetchall()
            if rows:
                keys = series_keys(db, f"id IN ({', '.join({str(row[0]) for row in rows})})", ())
                # Before they are settled: settling one series may ask for another to be looked at again.
                db.executemany("DELETE FROM unsettled WHERE series_id = ? AND period_end = ?", [r[:2] for r in rows])
                _settle_rows(db, keys, rows)
            return len(rows)


def _settle_rows(
    db: sqlite3.Connection, keys: dict[int, SeriesKey], rows: Sequence[tuple[int, str, int | None]]
) -> None:
    """Settle cells: those that were counted up to an observation from what came after it, the others from all."""
    added = load_added(db, [(id, end, upto) for id, end, upto in rows if upto is not None])
    # A document that is new, and of which a later version was fetched already, does not only add.
    ending = {(id, c.period_end.isoformat()) for id, claims in added.items() for c in claims if c.until != NEVER}
    anew, more = dict[int, list[str]](), dict[int, list[str]]()
    for id, end, upto in rows:
        (anew if upto is None or (id, end) in ending else more).setdefault(id, []).append(end)
    for part in _parts(anew):
        claims = load_claims(db, part)
        for id, ends in part.items():
            settle_cells(db, id, keys[id], ends, claims[id])
    for id, ends in more.items():
        new = [claim for claim in added.get(id, ()) if claim.period_end.isoformat() in ends]
        if new:
            add_to_cells(db, id, keys[id], ends, new)


def _parts(cells: dict[int, list[str]]) -> Iterator[dict[int, list[str]]]:
    """Cut cells into parts whose claims are held together: a busy series has a hundred thousand of them."""
    part: dict[int, list[str]] = {}
    for id, ends in cells.items():
        part[id] = ends
        if sum(map(len, part.values())) >= CELLS:
            yield part
            part = {}
    if part:
        yield part


def _index_next(db: sqlite3.Connection) -> int:
    """Index the next readings; gives how many."""
    mark = int(mark_of(db, "indexed_reading") or 0)
    rows = db.execute(
        "SELECT r.id, r.doc, r.article_id FROM readings r WHERE r.id > ? ORDER BY r.id LIMIT ?", (mark, BATCH)
    ).fetchall()
    for reading_id, doc, article_id in rows:
        _index(db, reading_id, doc, article_id)
    if rows:
        set_mark(db, "indexed_reading", str(rows[-1][0]))
    return len(rows)


def _touch_source(db: sqlite3.Connection, source: str) -> None:
    """Have all cells settled again that a source speaks of: its rank has changed."""
    db.execute(
        f"{ANEW} SELECT DISTINCT o.series_id, o.period_end FROM readings r JOIN observations o"
        " ON o.reading_id = r.id WHERE r.source = ?1 AND o.publish = 1 AND o.series_id IS NOT NULL"
        " UNION SELECT k.series_id, k.period_end FROM readings r JOIN carried k ON k.reading_id = r.id"
        " WHERE r.source = ?1 AND k.series_id IS NOT NULL AND k.period_end IS NOT NULL",
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
    others: dict[str, bytes] = {}
    for series_id, period_end in cells:
        others.update(db.execute(
            "SELECT k.doc, k.sketch FROM (SELECT DISTINCT doc FROM observations"
            " WHERE series_id = ? AND period_end = ? AND publish = 1 ORDER BY id DESC LIMIT ?) n"
            " JOIN sketches k ON k.doc = n.doc",
            (series_id, period_end, CANDIDATES),
        ))  # fmt: skip
    others.pop(doc, None)
    alike = zip(similarities(own, list(others.values())), others, strict=True)
    leaders = [(likeness, _leader_of(db, other)) for likeness, other in alike if likeness >= THRESHOLD]
    likeness, leader = max((one for one in leaders if one[1] != doc), default=(0.0, ""))
    return (leader, likeness) if leader else None


def _leader_of(db: sqlite3.Connection, doc: str) -> str:
    """Give the document that one copies; itself where it copies none."""
    row = db.execute("SELECT leader FROM copies WHERE doc = ?", (doc,)).fetchone()
    return str(row[0]) if row else doc
