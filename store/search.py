"""Full-text search over articles and figures, with or without diacritics."""

import re
import sqlite3
from dataclasses import dataclass
from typing import Any

from model.fold import fold
from store.connection import Connected
from store.days import NEVER

_WORD = re.compile(r"\w+")
AROUND = 90
"""Letters of text shown on each side of the first hit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """An article, or a figure in it, that a search found."""

    doc: str
    url: str | None
    title: str | None
    outlet: str | None
    published: str | None
    """As stored: a day or an instant."""
    excerpt: str
    """Text around the first hit; for a figure its sentence."""
    obs_id: int | None = None
    """The figure; None for an article."""
    quote: str | None = None
    area: str | None = None
    area_name: str | None = None
    """As the text lets a reader resolve it; `area` is its code."""
    measure: str | None = None
    indicator: str | None = None


def index_article(db: sqlite3.Connection, article_id: int, title: str, text: str, reading_id: int) -> None:
    """Add an article's words, once; the names of the places of its figures count as words of it."""
    if db.execute("SELECT 1 FROM articles_fts WHERE rowid = ?", (article_id,)).fetchone():
        return
    places = db.execute(
        "SELECT DISTINCT area_name FROM observations WHERE reading_id = ? AND area_name IS NOT NULL", (reading_id,)
    )
    db.execute(
        "INSERT INTO articles_fts (rowid, title, text, places) VALUES (?, ?, ?, ?)",
        (article_id, _d(title), _d(text), _d(" ".join(row[0] for row in places))),
    )


def _d(text: str) -> str:
    """Fold đ, which the tokenizer's remove_diacritics leaves; the rest it folds itself."""
    return text.replace("đ", "d").replace("Đ", "D").replace("Ð", "D")


class SearchStore(Connected):
    """Searching."""

    def search(self, words: str, *, figures: bool = False, limit: int = 20) -> list[Hit]:
        """Give the articles (or, with `figures`, the figures) in which all words stand.

        First those whose headline or places hold all words, then the others, each the newest first. `bao hiem` finds
        `bảo hiểm`; words in double quotes stand together. An empty or wordless query finds nothing.
        """
        query = _query(words)
        if not query:
            return []
        with self.reading() as db:
            rows = _found(db, query, limit * 5 if figures else limit)
            if figures:
                return self._figures(db, rows, words)[:limit]
        parts = [fold(word) for word in _WORD.findall(words)]
        return [
            Hit(doc=row[1], url=row[2] or None, title=row[3], outlet=row[4], published=row[5],
                excerpt=_excerpt(row[6], parts))
            for row in rows
        ]  # fmt: skip

    def _figures(self, db: sqlite3.Connection, rows: list[tuple[Any, ...]], words: str) -> list[Hit]:
        """Give the figures of the articles found whose sentence, place or title hold all the words."""
        wanted = [fold(word) for word in _WORD.findall(words)]
        hits = []
        for row in rows:
            found = db.execute(
                "SELECT o.id, o.quote, o.sentence, o.area, o.area_name, o.indicator, o.measure FROM observations o"
                " WHERE o.reading_id = ?"
                " OR o.id IN (SELECT obs_id FROM carried WHERE reading_id = ?) ORDER BY o.start",
                (row[7], row[7]),
            )
            for obs_id, quote, sentence, area, area_name, indicator, measure in found:
                said = fold_same_length(f"{sentence} {area_name or ''} {row[3] or ''} {indicator}")
                if all(word in said for word in wanted):
                    hits.append(
                        Hit(doc=str(row[1]), url=str(row[2]) or None, title=_text(row[3]), outlet=_text(row[4]),
                            published=_text(row[5]), excerpt=sentence, obs_id=obs_id, quote=quote,
                            area=area, area_name=area_name, indicator=indicator, measure=measure)
                    )  # fmt: skip
        return hits


_STANDING = f"""
SELECT a.id, a.doc, a.url, a.title, coalesce(a.outlet, w.name), a.published, a.text, r.id
FROM (SELECT rowid AS id FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rowid DESC) f
CROSS JOIN readings r ON r.article_id = f.id
CROSS JOIN standing s ON s.reading_id = r.id AND s.told_until = '{NEVER}'
CROSS JOIN articles a ON a.id = f.id
LEFT JOIN outlets w ON w.source = r.source
LIMIT ?
"""


def _found(db: sqlite3.Connection, query: str, limit: int) -> list[tuple[Any, ...]]:
    """Give the rows of articles; a common word stands in all of them, so the index is walked from its newest end."""
    rows = db.execute(_STANDING, (f"{{title places}} : ({query})", limit)).fetchall()
    if len(rows) < limit:
        seen = {row[0] for row in rows}
        more = db.execute(_STANDING, (query, limit + len(rows))).fetchall()
        rows += [row for row in more if row[0] not in seen]
    return rows[:limit]


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _query(words: str) -> str:
    """Make an FTS5 query: every word must stand, quoted words together; nothing a person types is a syntax error."""
    parts = []
    for quoted, plain in re.findall(r'"([^"]+)"|([^\s"]+)', words):
        tokens = _WORD.findall(_d(quoted or plain))
        if tokens:
            parts.append('"' + " ".join(tokens) + '"')
    return " ".join(parts)


def _excerpt(text: str, words: list[str]) -> str:
    """Give the text around the first place where a word stands (folded), on word borders."""
    plain = fold_same_length(text)
    places = [place for word in words if (place := plain.find(word)) >= 0]
    place = min(places, default=0)
    start, end = max(0, place - AROUND), min(len(text), place + AROUND)
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    piece = " ".join(text[start:end].split())
    return f"{'… ' if start else ''}{piece}{' …' if end < len(text) else ''}"


def fold_same_length(text: str) -> str:
    """Fold letter by letter, so that places in the result are places in the text."""
    return text.translate(_LETTERS)


class _Letters(dict[int, str]):
    """Each letter's folded form, found at first need: a translation table that runs at C speed."""

    def __missing__(self, code: int) -> str:
        found = self[code] = (fold(chr(code)) or " ")[:1]
        return found


_LETTERS = _Letters()
