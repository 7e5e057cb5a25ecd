"""Readings: what a document's version yields, saved in one transaction, and how versions follow each other."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, overload

from model.records import Article, Observation, Reading
from store.connection import Connected
from store.days import instant, written
from store.keys import key_of, series_id
from store.standing import ReadingFacts, Stand, stands

OBSERVATION_COLUMNS = (
    "doc", "start", "end", "quote", "sentence", "indicator", "measure", "obs_value", "unit", "qualifier", "area",
    "area_name", "area_level", "area_candidates", "period_start", "period_end", "base_end", "scope", "of",
    "denominator", "issuer", "rule", "confidence", "publish", "flags", "slots",
)  # fmt: skip
"""The contract's keys as columns of table `observations`, in the contract's order."""

_NAMES = ", ".join(f'"{name}"' for name in OBSERVATION_COLUMNS)
_INSERT = (
    f"INSERT INTO observations (reading_id, series_id, {_NAMES}) VALUES (?, ?, {', '.join('?' * 26)})"
)  # fmt: skip


class ReadingStore(Connected):
    """Saving what was read."""

    def save_reading(self, reading: Reading) -> bool:
        """Save a reading in one transaction; False, and nothing changes, where it is there already.

        The same document with another digest is a new version: the older one's figures no longer stand but stay.
        Figures that an earlier reading of the document gave word for word are linked, not said again. Raises
        StoreError on a full disk: then nothing of this reading is stored and everything before it is.
        """
        with self.transaction() as db:
            return _save(db, reading)

    def save_readings(self, readings: Iterable[Reading], *, batch: int = 200) -> int:
        """Save many readings, a transaction for each `batch`; gives how many were new."""
        new, waiting = 0, list[Reading]()
        for reading in readings:
            waiting.append(reading)
            if len(waiting) >= batch:
                new += self._save_all(waiting)
                waiting.clear()
        return new + (self._save_all(waiting) if waiting else 0)

    def _save_all(self, readings: Sequence[Reading]) -> int:
        with self.transaction() as db:
            return sum(_save(db, reading) for reading in readings)

    def has_reading(self, doc: str, digest: str, rules: str) -> bool:
        """Say whether that version of that document was read under these rules."""
        with self.reading() as db:
            return db.execute(
                "SELECT 1 FROM readings WHERE doc = ? AND digest = ? AND rules = ?", (doc, digest, rules)
            ).fetchone() is not None  # fmt: skip


def _save(db: sqlite3.Connection, reading: Reading) -> bool:
    doc = reading.article.doc
    readings = db.execute("SELECT digest, rules FROM readings WHERE doc = ?", (doc,)).fetchall()
    if (reading.digest, reading.rules) in readings:
        return False
    cursor = db.execute(
        "INSERT INTO readings (doc, digest, rules, article_id, read_at, source, observations, unclaimed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            doc, reading.digest, reading.rules, _article_id(db, reading), instant(reading.read_at), reading.source,
            len(reading.observations), len(reading.unclaimed),
        ),
    )  # fmt: skip
    reading_id = int(cursor.lastrowid or 0)
    _insert_observations(db, reading_id, reading, first=not readings)
    db.executemany(
        'INSERT INTO unclaimed (reading_id, start, "end", quote, sentence, reason) VALUES (?, ?, ?, ?, ?, ?)',
        [(reading_id, u.start, u.end, u.quote, u.sentence, u.reason) for u in reading.unclaimed],
    )
    renew_standing(db, doc, reading.article.url)
    if readings:
        # Imported here: verdicts rest on readings, and a document that is read again is the rare case.
        from store.verdicts import replay_verdicts

        replay_verdicts(db, doc, reading_id, instant(reading.read_at))
    return True


def _article_id(db: sqlite3.Connection, reading: Reading) -> int:
    """Give the row of the article as read, made where no reading of this version gave the same text before."""
    article = reading.article
    row = _article_row(article)
    content = hashlib.sha256(json.dumps(row, ensure_ascii=False).encode()).hexdigest()
    known = db.execute(
        "SELECT id FROM articles WHERE doc = ? AND digest = ? AND content = ?", (article.doc, reading.digest, content)
    ).fetchone()
    if known:
        return int(known[0])
    cursor = db.execute(
        "INSERT INTO articles (doc, digest, content, url, title, lead, text, captions, tables, outlet, published,"
        " published_evidence, modified, area) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (article.doc, reading.digest, content, *row),
    )
    return int(cursor.lastrowid or 0)


def _article_row(article: Article) -> tuple[str | None, ...]:
    tables = [
        {"start": table.start, "end": table.end, "headings": table.headings, "rows": [list(row) for row in table.rows]}
        for table in article.tables
    ]
    return (
        article.url, _storable(article.title), _storable(article.lead), _storable(article.text),
        json.dumps([list(span) for span in article.captions]), json.dumps(tables), _storable(article.outlet),
        written(article.published), article.published_evidence, instant(article.modified), article.area,
    )  # fmt: skip


def observation_row(figure: Observation) -> tuple[Any, ...]:
    """Give a figure's values in the order of `OBSERVATION_COLUMNS`."""
    return (
        figure.doc, figure.start, figure.end, _storable(figure.quote), _storable(figure.sentence), figure.indicator,
        figure.measure, float(figure.obs_value), figure.unit, figure.qualifier, figure.area, figure.area_name,
        figure.area_level, json.dumps(list(figure.area_candidates)), _day(figure.period_start),
        _day(figure.period_end), _day(figure.base_end), figure.scope, figure.of, figure.denominator, figure.issuer,
        figure.rule, float(figure.confidence), int(figure.publish),
        json.dumps(sorted(figure.flags), ensure_ascii=False),
        json.dumps(dict(figure.slots), ensure_ascii=False, sort_keys=True),
    )  # fmt: skip


@overload
def _storable(text: str) -> str: ...
@overload
def _storable(text: None) -> None: ...
def _storable(text: str | None) -> str | None:
    """Give a text that UTF-8 can hold, of the same length: half of a surrogate pair becomes U+FFFD."""
    if text is None or text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in text)
    return text


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _insert_observations(db: sqlite3.Connection, reading_id: int, reading: Reading, *, first: bool) -> None:
    """Insert the figures that are new, link those that an earlier reading of the document gave word for word."""
    known: dict[tuple[Any, ...], int] = {}
    if not first:
        rows = db.execute(
            f"SELECT id, {_NAMES} FROM observations WHERE reading_id IN (SELECT id FROM readings WHERE doc = ?)"
            " ORDER BY id DESC",
            (reading.article.doc,),
        )
        known = {tuple(row[1:]): row[0] for row in rows}
    new, carried = [], dict[int, None]()
    ids: dict[Any, int] = {}
    for figure in reading.observations:
        row = observation_row(figure if figure.doc else figure.of_document(reading.article.doc))
        if row in known:
            carried[known[row]] = None
            continue
        key = key_of(figure)
        if key is not None and key not in ids:
            ids[key] = series_id(db, key)
        new.append((reading_id, ids[key] if key else None, *row))
    db.executemany(_INSERT, new)
    db.executemany("INSERT INTO carried (reading_id, obs_id) VALUES (?, ?)", [(reading_id, id) for id in carried])


def renew_standing(db: sqlite3.Connection, doc: str, url: str) -> None:
    """Say anew when each reading of a document stands, and mark the cells of its figures as unsettled."""
    rows = db.execute(
        "SELECT r.id, r.digest, r.read_at, a.published, a.modified FROM readings r JOIN articles a ON"
        " a.id = r.article_id WHERE r.doc = ? ORDER BY r.id",
        (doc,),
    )
    facts = [ReadingFacts(id=r[0], digest=r[1], read_at=r[2], published=r[3], modified=r[4]) for r in rows]
    fetches = db.execute("SELECT digest, fetched_at FROM pages WHERE url = ?", (url or doc,)).fetchall()
    new = stands(facts, fetches)
    if len(facts) > 1:
        db.execute("DELETE FROM standing WHERE reading_id IN (SELECT id FROM readings WHERE doc = ?)", (doc,))
    _insert_standing(db, new)
    ids = ", ".join(str(fact.id) for fact in facts)
    db.execute(
        f"""INSERT OR IGNORE INTO unsettled (series_id, period_end)
        SELECT series_id, period_end FROM observations WHERE reading_id IN ({ids}) AND series_id IS NOT NULL
        UNION SELECT j.series_id, j.period_end FROM judged j JOIN observations o ON o.id = j.obs_id
          WHERE o.reading_id IN ({ids}) AND j.series_id IS NOT NULL"""
    )


def _insert_standing(db: sqlite3.Connection, rows: Sequence[Stand]) -> None:
    db.executemany(
        "INSERT OR REPLACE INTO standing (reading_id, told, told_until, known, known_until) VALUES (?, ?, ?, ?, ?)",
        [(s.reading_id, s.told, s.told_until, s.known, s.known_until) for s in rows],
    )
