"""Readings: what a document's version yields, saved in one transaction, and how versions follow each other."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from model.records import Article, Reading
from store.claims import corrects_something
from store.connection import Connected
from store.days import NEVER, instant, written
from store.keys import KeyWords, SeriesKey, key_words, series_id
from store.rows import ARTICLE_COLUMNS, INSERT_OBSERVATION, NAMES, article_row, observation_row, storable
from store.standing import ReadingFacts, Stand, stands
from store.unsettled import ADDED, ANEW

_INSERT_READING = (
    "INSERT INTO readings (id, doc, digest, rules, article_id, read_at, source, observations, unclaimed)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_ARTICLE = f"INSERT INTO articles (id, {ARTICLE_COLUMNS}) VALUES (?, {', '.join('?' * 14)})"
_INSERT_UNCLAIMED = (
    'INSERT INTO unclaimed (reading_id, start, "end", quote, sentence, reason) VALUES (?, ?, ?, ?, ?, ?)'
)
_INSERT_STANDING = "INSERT OR REPLACE INTO standing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_NOT_ITS_OWN = ("", "list")
"""Evidence of dates that the page itself does not bear."""


class ReadingStore(Connected):
    """Saving what was read."""

    _series_ids: dict[KeyWords, int] | None = None

    def save_reading(self, reading: Reading) -> bool:
        """Save a reading in one transaction; False, and nothing changes, where it is there already.

        The same document with another digest is a new version: the older one's figures no longer stand but stay.
        Figures that an earlier reading of the document gave word for word are linked, not said again. Raises
        StoreError on a full disk: then nothing of this reading is stored and everything before it is.
        """
        return bool(self._save_all([reading]))

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
        """Save in one transaction: documents never seen all at once, the others one by one."""
        if self._series_ids is None:
            self._series_ids = {}
        try:
            with self.transaction() as db:
                seen = _known_docs(db, [reading.article.doc for reading in readings])
                fresh, others = list[Reading](), list[Reading]()
                for reading in readings:
                    (others if reading.article.doc in seen else fresh).append(reading)
                    seen.add(reading.article.doc)
                _save_fresh(db, fresh, self._series_ids)
                return len(fresh) + sum(_save_again(db, reading, self._series_ids) for reading in others)
        except BaseException:
            # What was made in an undone transaction must not be remembered.
            self._series_ids = None
            raise

    def has_reading(self, doc: str, digest: str, rules: str) -> bool:
        """Say whether that version of that document was read under these rules."""
        with self.reading() as db:
            return db.execute(
                "SELECT 1 FROM readings WHERE doc = ? AND digest = ? AND rules = ?", (doc, digest, rules)
            ).fetchone() is not None  # fmt: skip

    def says_the_same(self, article: Article) -> bool:
        """Say whether an article says what its document's standing version says: title, text and byline.

        Of articles without text (they name no insurance) the text decides alone, and a date that only a list gave is
        no byline: another list may give none. False where nothing of the document was read.
        """
        with self.reading() as db:
            row = db.execute(
                "SELECT a.title, a.text, a.published, a.published_evidence FROM readings r"
                " JOIN articles a ON a.id = r.article_id"
                f" JOIN standing s ON s.reading_id = r.id AND s.told_until = '{NEVER}'"
                " WHERE r.doc = ? ORDER BY r.id DESC LIMIT 1",
                (article.doc,),
            ).fetchone()
        if row is None or row[1] != storable(article.text):
            return False
        byline = None if article.published_evidence in _NOT_ITS_OWN else written(article.published)
        before = None if row[3] in _NOT_ITS_OWN else row[2]
        return not row[1] or (row[0], before) == (storable(article.title), byline)


def _known_docs(db: sqlite3.Connection, docs: Sequence[str]) -> set[str]:
    marks = ", ".join("?" * len(docs))
    return {row[0] for row in db.execute(f"SELECT doc FROM readings WHERE doc IN ({marks})", docs)}


def _next_id(db: sqlite3.Connection, table: str) -> int:
    """Give the next row number: rows are never removed, and this transaction is the only writer."""
    return int(db.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


def _save_fresh(db: sqlite3.Connection, readings: Sequence[Reading], ids: dict[KeyWords, int]) -> None:
    """Save documents of which nothing was read before, a statement for each table."""
    if not readings:
        return
    reading_id, article_id = _next_id(db, "readings"), _next_id(db, "articles")
    articles, rows, figures, unclaimed, standing = [], list[Any](), list[Any](), list[Any](), list[Any]()
    cells = dict[tuple[int, str], None]()
    for place, reading in enumerate(readings):
        articles.append((article_id + place, *article_row(reading.article, reading.digest)))
        rows.append(_reading_row(reading_id + place, article_id + place, reading))
        for series, row in _placed(db, reading, ids):
            figures.append((reading_id + place, series, *row))
            if series is not None:
                cells[series, row[15]] = None
        unclaimed += _unclaimed_rows(reading_id + place, reading)
        standing += _first_standing(db, reading_id + place, reading)
    db.executemany(_INSERT_ARTICLE, articles)
    db.executemany(_INSERT_READING, rows)
    db.executemany(INSERT_OBSERVATION, figures)
    db.executemany(_INSERT_UNCLAIMED, unclaimed)
    db.executemany(_INSERT_STANDING, standing)
    db.executemany(ADDED, list(cells))


def _save_again(db: sqlite3.Connection, reading: Reading, ids: dict[KeyWords, int]) -> bool:
    """Save a reading of a document that was read before; False where this very reading is there."""
    doc = reading.article.doc
    if db.execute(
        "SELECT 1 FROM readings WHERE doc = ? AND digest = ? AND rules = ?", (doc, reading.digest, reading.rules)
    ).fetchone():
        return False
    reading_id = _next_id(db, "readings")
    db.execute(_INSERT_READING, _reading_row(reading_id, _article_id(db, reading), reading))
    _insert_or_carry(db, reading_id, reading, ids)
    db.executemany(_INSERT_UNCLAIMED, _unclaimed_rows(reading_id, reading))
    renew_standing(db, doc, reading.article.url)
    # Imported here: verdicts rest on readings, and a document that is read again is the rare case.
    from store.verdicts import replay_verdicts

    replay_verdicts(db, doc, reading_id, instant(reading.read_at))
    return True


def _article_id(db: sqlite3.Connection, reading: Reading) -> int:
    """Give the row of the article as read, made where no reading of this version gave the same text before."""
    row = article_row(reading.article, reading.digest)
    known = db.execute("SELECT id FROM articles WHERE doc = ? AND digest = ? AND content = ?", row[:3]).fetchone()
    if known:
        return int(known[0])
    article_id = _next_id(db, "articles")
    db.execute(_INSERT_ARTICLE, (article_id, *row))
    return article_id


def _reading_row(reading_id: int, article_id: int, reading: Reading) -> tuple[Any, ...]:
    return (
        reading_id, reading.article.doc, reading.digest, reading.rules, article_id, instant(reading.read_at),
        reading.source, len(reading.observations), len(reading.unclaimed),
    )  # fmt: skip


def _unclaimed_rows(reading_id: int, reading: Reading) -> list[tuple[Any, ...]]:
    return [
        (reading_id, one.start, one.end, storable(one.quote), storable(one.sentence), one.reason)
        for one in reading.unclaimed
    ]


def _placed(
    db: sqlite3.Connection, reading: Reading, ids: dict[KeyWords, int]
) -> Iterable[tuple[int | None, tuple[Any, ...]]]:
    """Give each figure's series (None where area or period is open) and row."""
    for figure in reading.observations:
        words = key_words(figure)
        if words is not None and words not in ids:
            ids[words] = series_id(db, SeriesKey.of_words(words))
        yield ids[words] if words else None, observation_row(figure, reading.article.doc)


def _insert_or_carry(db: sqlite3.Connection, reading_id: int, reading: Reading, ids: dict[KeyWords, int]) -> None:
    """Insert the figures that are new, link those that an earlier reading of the document gave word for word."""
    rows = db.execute(
        f"SELECT id, {NAMES} FROM observations WHERE reading_id IN (SELECT id FROM readings WHERE doc = ?)"
        " ORDER BY id DESC",
        (reading.article.doc,),
    )
    known = {tuple(row[1:]): row[0] for row in rows}
    new, carried = [], dict[int, tuple[Any, ...]]()
    for series, row in _placed(db, reading, ids):
        if row in known:
            published = bool(row[23])
            carried[known[row]] = (
                reading_id, known[row], series if published else None, row[15] if published else None
            )  # fmt: skip
        else:
            new.append((reading_id, series, *row))
    db.executemany(INSERT_OBSERVATION, new)
    db.executemany(
        "INSERT INTO carried (reading_id, obs_id, series_id, period_end) VALUES (?, ?, ?, ?)", list(carried.values())
    )


def _first_standing(db: sqlite3.Connection, reading_id: int, reading: Reading) -> list[tuple[Any, ...]]:
    """Give when the only reading of a document stands."""
    article = reading.article
    facts = ReadingFacts(
        id=reading_id, digest=reading.digest, read_at=instant(reading.read_at), published=written(article.published),
        modified=instant(article.modified),
    )  # fmt: skip
    about = (
        article.url or None, storable(article.outlet), facts.published, facts.read_at, reading.source,
        int(corrects_something(article.title or "")),
    )  # fmt: skip
    return _standing_rows(stands([facts], _fetches(db, article.url or article.doc)), {reading_id: about})


def renew_standing(db: sqlite3.Connection, doc: str, url: str) -> None:
    """Say anew when each reading of a document stands, and mark the cells of its figures as unsettled."""
    rows = db.execute(
        "SELECT r.id, r.digest, r.read_at, a.published, a.modified, nullif(a.url, ''), a.outlet, r.source, a.title"
        " FROM readings r JOIN articles a ON a.id = r.article_id WHERE r.doc = ? ORDER BY r.id",
        (doc,),
    ).fetchall()
    facts = [ReadingFacts(id=r[0], digest=r[1], read_at=r[2], published=r[3], modified=r[4]) for r in rows]
    # Reading a version again tells nothing later: of two reports of one day that which was read first stays the first.
    first = {r[1]: r[2] for r in reversed(rows)}
    about = {r[0]: (r[5], r[6], r[3], first[r[1]], r[7], int(corrects_something(r[8] or ""))) for r in rows}
    new = stands(facts, _fetches(db, url or doc))
    db.execute("DELETE FROM standing WHERE reading_id IN (SELECT id FROM readings WHERE doc = ?)", (doc,))
    db.executemany(_INSERT_STANDING, _standing_rows(new, about))
    ids = ", ".join(str(fact.id) for fact in facts)
    db.execute(
        f"""{ANEW}
        SELECT series_id, period_end FROM observations WHERE reading_id IN ({ids}) AND series_id IS NOT NULL
        UNION SELECT j.series_id, j.period_end FROM judged j JOIN observations o ON o.id = j.obs_id
          WHERE o.reading_id IN ({ids}) AND j.series_id IS NOT NULL"""
    )


def _fetches(db: sqlite3.Connection, url: str) -> list[tuple[str, str]]:
    return db.execute("SELECT digest, fetched_at FROM pages WHERE url = ?", (url,)).fetchall()


def _standing_rows(new: Sequence[Stand], about: dict[int, tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [(s.reading_id, s.told, s.told_until, s.known, s.known_until, *about[s.reading_id]) for s in new]
