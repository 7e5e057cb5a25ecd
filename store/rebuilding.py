"""Building a database anew: what comes from the archive, and what only the old database holds.

Pages and readings are made again from the archive (`add_archived_page`, `save_reading`). What people did (verdicts,
corrections, plans, official figures), the ledgers, and documents that were ingested by hand and lie in no archive are
carried over from the old database.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from model.errors import InputError
from model.records import Article, Table
from store.connection import Connected
from store.days import NEVER, moment_of, published_of
from store.keys import series_id, series_keys
from store.unsettled import ANEW
from store.verdicts import renew_judged

LEDGERS = ("fetches", "source_runs", "runs", "deeds", "owed", "hosts")
"""Tables that are carried over row by row: the ledgers, and the crawler's notes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HandDocument:
    """A document's version that no page of the archive holds, as it was read."""

    article: Article
    digest: str
    source: str
    read_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Carried:
    """What was carried over."""

    rows: int
    """Rows of ledgers and of the office's figures."""
    verdicts: int
    """Verdicts that found their figure."""
    lost: int
    """Verdicts in force whose figure the new database does not have: they need a person."""


_HAND = (
    "SELECT a.doc, a.url, a.title, a.lead, a.text, a.captions, a.tables, a.outlet, a.published, a.published_evidence,"
    " a.modified, a.area, r.digest, r.source, min(r.read_at) FROM readings r JOIN articles a ON a.id = r.article_id"
)


class RebuildingStore(Connected):
    """Giving and taking over what the archive does not hold."""

    def hand_documents(self) -> Iterator[HandDocument]:
        """Give the versions of documents that were ingested by hand, in the order in which they were first read."""
        with self.reading() as db:
            rows = db.execute(
                f"{_HAND} WHERE NOT EXISTS (SELECT 1 FROM pages p WHERE p.url IN (a.url, a.doc)"
                " AND p.digest = r.digest AND p.warc_file <> '') GROUP BY r.doc, r.digest ORDER BY min(r.id)"
            )
            for row in rows:
                yield _hand_document(row)

    def handed(self, doc: str, digest: str) -> HandDocument:
        """Give one version of a document as it was read last; raises InputError where there is none."""
        with self.reading() as db:
            row = db.execute(
                f"{_HAND} WHERE r.doc = ? AND r.digest = ? GROUP BY r.id ORDER BY r.id DESC LIMIT 1", (doc, digest)
            ).fetchone()
        if row is None:
            raise InputError(f"there is no version {digest} of {doc}", cure="see table readings")
        return _hand_document(row)

    def first_read(self, doc: str, digest: str) -> datetime | None:
        """Give when a version was first read, so that a rebuilt database knows it since the same instant."""
        with self.reading() as db:
            row = db.execute("SELECT min(read_at) FROM readings WHERE doc = ? AND digest = ?", (doc, digest)).fetchone()
        return moment_of(row[0]) if row[0] else None

    def carry_over(self, old: "RebuildingStore") -> Carried:
        """Take over ledgers, the office's figures, and verdicts from another database, in one transaction.

        Call it once, on a new database, after its documents were read. A verdict finds its figure by document,
        sentence and quote.
        """
        with old.reading() as source, self.transaction() as db:
            rows = sum(_copy(source, db, table) for table in LEDGERS)
            rows += _copy_office(source, db)
            found, lost = _copy_verdicts(source, db)
            rows += _copy_corrections(source, db)
            db.executemany(
                "INSERT OR REPLACE INTO outlets VALUES (?, ?, ?, ?)", source.execute("SELECT * FROM outlets")
            )
        return Carried(rows=rows, verdicts=found, lost=lost)


def _hand_document(row: Sequence[Any]) -> HandDocument:
    tables = tuple(
        Table(start=t["start"], end=t["end"], headings=t["headings"], rows=tuple(map(tuple, t["rows"])))
        for t in json.loads(row[6])
    )
    article = Article(
        doc=row[0], url=row[1], title=row[2], lead=row[3], text=row[4],
        captions=tuple((start, end) for start, end in json.loads(row[5])), tables=tables, outlet=row[7],
        published=published_of(row[8]), published_evidence=row[9],
        modified=moment_of(row[10]) if row[10] else None, area=row[11],
    )  # fmt: skip
    return HandDocument(article=article, digest=row[12], source=row[13], read_at=moment_of(row[14]))


def _copy(source: sqlite3.Connection, db: sqlite3.Connection, table: str) -> int:
    rows = source.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall()
    if rows:
        db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    return len(rows)


def _copy_office(source: sqlite3.Connection, db: sqlite3.Connection) -> int:
    keys = series_keys(source, "id IN (SELECT series_id FROM office_figures)", ())
    rows = source.execute(
        "SELECT id, kind, series_id, period_start, period_end, obs_value, document, published, note, imported_at,"
        " author FROM office_figures ORDER BY id"
    ).fetchall()
    for row in rows:
        series = series_id(db, keys[row[2]])
        db.execute(
            "INSERT INTO office_figures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (row[0], row[1], series, *row[3:])
        )
        db.execute(f"{ANEW} VALUES (?, ?)", (series, row[4]))
    return len(rows)


def _copy_verdicts(source: sqlite3.Connection, db: sqlite3.Connection) -> tuple[int, int]:
    """Repeat the verdicts on the figures of the same words; count those that found theirs, and those in force lost."""
    rows = source.execute(
        "SELECT v.id, v.obs_id, v.verdict, v.slots, v.author, v.reason, v.at, v.undoes, v.replays, o.doc, o.sentence,"
        " o.quote, o.start FROM verdicts v JOIN observations o ON o.id = v.obs_id ORDER BY v.id"
    ).fetchall()
    ids: dict[int, int] = {}
    figures: dict[int, int | None] = {}
    for row in rows:
        figure = figures.setdefault(row[1], _same_figure(db, row[9:]))
        if figure is None or (row[7] is not None and row[7] not in ids):
            continue
        cursor = db.execute(
            "INSERT INTO verdicts (obs_id, verdict, slots, author, reason, at, undoes, replays)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (figure, *row[2:7], ids.get(row[7]), ids.get(row[8])),
        )
        ids[row[0]] = int(cursor.lastrowid or 0)
    for figure in {one for one in figures.values() if one is not None}:
        renew_judged(db, figure)
    in_force = {row[0] for row in source.execute("SELECT obs_id FROM judged WHERE until = ?", (NEVER,))}
    return len(ids), sum(figures.get(obs_id) is None for obs_id in in_force)


def _copy_corrections(source: sqlite3.Connection, db: sqlite3.Connection) -> int:
    """Repeat the corrections whose two figures are both there."""
    words = "o.doc, o.sentence, o.quote, o.start"
    count = 0
    for x in source.execute("SELECT obs_id, corrects, author, reason, at FROM corrections ORDER BY id").fetchall():
        ends = [
            _same_figure(db, source.execute(f"SELECT {words} FROM observations o WHERE id = ?", (id,)).fetchone())
            for id in x[:2]
        ]
        if ends[0] is not None and ends[1] is not None:
            db.execute(
                "INSERT INTO corrections (obs_id, corrects, author, reason, at) VALUES (?, ?, ?, ?, ?)",
                (*ends, *x[2:]),
            )
            renew_judged(db, ends[0])
            count += 1
    return count


def _same_figure(db: sqlite3.Connection, words: Sequence[Any]) -> int | None:
    """Give the figure with the document, sentence, quote and (nearest) place of another database's."""
    row = db.execute(
        "SELECT id FROM observations WHERE doc = ? AND sentence = ? AND quote = ? ORDER BY abs(start - ?), id DESC"
        " LIMIT 1",
        tuple(words),
    ).fetchone()
    return int(row[0]) if row else None
