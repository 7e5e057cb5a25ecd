"""What the pages leaf through: an article with its figures, a place's series, sources' health, rules' yield."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from store.connection import Connected
from store.days import NEVER, day_of, end_of, instant, moment_of
from store.silent import silent_days

LOOKED_BACK = timedelta(days=120)
"""So far back from the last day the days of silences are listed."""
Row = dict[str, Any]
"""One row by column name; days and instants as stored."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaf:
    """One document as it stands now: its text, every figure in it, every number nobody claimed."""

    doc: str
    url: str | None
    title: str | None
    outlet: str | None
    published: str | None
    """As stored: a day or an instant."""
    text: str
    read_at: str
    source: str
    figures: list[Row] = field(default_factory=list)
    """In the order of the text, each with the verdict in force (None where nobody decided)."""
    unclaimed: list[Row] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)
    """Documents that copy it, or that it copies."""
    versions: int = 1
    """How many versions of its text are kept."""


_FIGURES = f"""
SELECT o.*, j.verdict AS verdict FROM observations o
LEFT JOIN judged j ON j.obs_id = o.id AND j.until = '{NEVER}'
WHERE o.reading_id = ?1 OR o.id IN (SELECT obs_id FROM carried WHERE reading_id = ?1)
ORDER BY o.start
"""


class BrowseStore(Connected):
    """Leafing through the store; everything here only reads."""

    def leaf(self, doc: str) -> Leaf | None:
        """Give a document as it stands now; None for an unknown id."""
        with self.reading() as db:
            row = db.execute(
                "SELECT r.id, a.url, a.title, coalesce(a.outlet, w.name), a.published, a.text, r.read_at, r.source"
                " FROM readings r JOIN articles a ON a.id = r.article_id"
                f" JOIN standing s ON s.reading_id = r.id AND s.told_until = '{NEVER}'"
                " LEFT JOIN outlets w ON w.source = r.source WHERE r.doc = ? ORDER BY r.id DESC LIMIT 1",
                (doc,),
            ).fetchone()
            if row is None:
                return None
            leader = db.execute("SELECT leader FROM copies WHERE doc = ?", (doc,)).fetchone()
            copies = db.execute(
                "SELECT doc FROM copies WHERE leader = ?1 AND doc <> ?2 ORDER BY doc",
                (leader[0] if leader else doc, doc),
            ).fetchall()
            versions = db.execute("SELECT count(*) FROM articles WHERE doc = ?", (doc,)).fetchone()[0]
        return Leaf(
            doc=doc, url=row[1] or None, title=row[2], outlet=row[3], published=row[4], text=row[5], read_at=row[6],
            source=row[7], figures=self._rows(_FIGURES, (row[0],)),
            unclaimed=self._rows("SELECT * FROM unclaimed WHERE reading_id = ? ORDER BY start", (row[0],)),
            copies=[one[0] for one in copies], versions=versions,
        )  # fmt: skip

    def articles(self, *, source: str | None = None, limit: int = 50) -> list[Row]:
        """Give the articles read last, newest first, with how many figures each holds."""
        return self._rows(
            "SELECT r.doc, a.title, coalesce(a.outlet, w.name) AS outlet, a.published, r.read_at, r.observations,"
            " r.unclaimed, r.source FROM readings r"  # walked from its newest end, not sorted: CROSS keeps the order
            f" CROSS JOIN standing s ON s.reading_id = r.id AND s.told_until = '{NEVER}'"
            " CROSS JOIN articles a ON a.id = r.article_id"
            " LEFT JOIN outlets w ON w.source = r.source"
            " WHERE (?1 IS NULL OR r.source = ?1) ORDER BY r.id DESC LIMIT ?2",
            (source, limit),
        )

    def points_in(self, areas: Sequence[str], *, indicator: str | None = None, measure: str | None = None) -> list[Row]:
        """Give the settled points of these areas' unscoped series, by series and oldest first."""
        marks = ", ".join("?" * len(areas))
        return self._rows(
            f"SELECT * FROM current_points WHERE area IN ({marks}) AND ifnull(scope, '') = ''"
            " AND (? IS NULL OR indicator = ?) AND (? IS NULL OR measure = ?)"
            " ORDER BY indicator, measure, series_id, period_end",
            (*areas, indicator, indicator, measure, measure),
        )

    def areas_told(self) -> dict[str, int]:
        """Give how many settled points each area has."""
        with self.reading() as db:
            return dict(
                db.execute(
                    "SELECT q.area, count(*) FROM points p JOIN series q ON q.id = p.series_id"
                    " WHERE q.area IS NOT NULL GROUP BY q.area"
                )
            )

    def series_told(self, *, limit: int = 200) -> list[Row]:
        """Give the indicator and measure of all unscoped series, the most told first."""
        return self._rows(
            "SELECT q.indicator, q.measure, count(*) AS points, count(DISTINCT q.area) AS areas FROM points p"
            " JOIN series q ON q.id = p.series_id WHERE q.scope IS NULL"
            " GROUP BY q.indicator, q.measure ORDER BY points DESC, q.indicator LIMIT ?",
            (limit,),
        )

    def health(self) -> list[Row]:
        """Give the last round of each source, with its verdict and evidence."""
        return [row | {"counts": json.loads(row["counts"])} for row in self._rows("SELECT * FROM source_health", ())]

    def outlet_names(self) -> dict[str, str]:
        """Give the name of every source that was noted, by its id."""
        with self.reading() as db:
            return dict(db.execute("SELECT source, name FROM outlets ORDER BY source"))

    def rule_yield(self) -> list[Row]:
        """Give how many standing figures each rule claimed, how many of them are published, and its mean confidence."""
        return self._rows(
            "SELECT rule, count(*) AS figures, sum(publish) AS published, round(avg(confidence), 3) AS confidence"
            " FROM current_observations GROUP BY rule ORDER BY figures DESC",
            (),
        )

    def unclaimed(self, *, source: str | None = None, limit: int = 100) -> list[Row]:
        """Give sentences with numbers that no rule claimed, those that most articles print first, once each."""
        return self._rows(
            "SELECT reason, sentence, group_concat(quote, ' · ') AS quotes, min(doc) AS doc, min(source) AS source,"
            " sum(told) AS numbers, max(docs) AS docs FROM ("
            "SELECT reason, sentence, quote, min(doc) AS doc, min(source) AS source, count(*) AS told,"
            " count(DISTINCT doc) AS docs"
            " FROM current_unclaimed WHERE (?1 IS NULL OR source = ?1) GROUP BY sentence, quote)"
            " GROUP BY sentence ORDER BY docs DESC, numbers DESC, doc LIMIT ?2",
            (source, limit),
        )

    def flagged(self, flag: str, day: date) -> list[Row]:
        """Give the figures read for the first time on a day (Vietnam) that bear a flag."""
        return self._rows(
            "SELECT o.* FROM observations o JOIN readings r ON r.id = o.reading_id"
            " WHERE r.read_at > ? AND r.read_at <= ? AND o.flags LIKE ? ORDER BY o.id",
            (end_of(day - timedelta(days=1)), end_of(day), f'%"{flag}"%'),
        )

    def archive_files(self) -> list[str]:
        """Give the archive files that pages name, in order."""
        with self.reading() as db:
            rows = db.execute("SELECT DISTINCT warc_file FROM pages WHERE warc_file <> '' ORDER BY warc_file")
            return [row[0] for row in rows]

    def article_yield(self, source: str, since: datetime, until: datetime) -> tuple[int, int]:
        """Give how many article versions of a source were read between two instants, and how many held a figure."""
        with self.reading() as db:
            row = db.execute(
                "SELECT count(*), count(nullif(observations, 0)) FROM readings"
                " WHERE source = ? AND read_at > ? AND read_at <= ?",
                (source, instant(since), instant(until)),
            ).fetchone()
        return int(row[0]), int(row[1])

    def dated_articles(self, source: str, since: datetime, until: datetime) -> tuple[int, int]:
        """Give how many articles of a source were read between two instants, text and all, and how many have a day."""
        with self.reading() as db:
            row = db.execute(
                "SELECT count(DISTINCT a.doc), count(DISTINCT iif(a.published IS NOT NULL, a.doc, NULL))"
                " FROM readings r JOIN articles a ON a.id = r.article_id"
                " WHERE r.source = ? AND r.read_at > ? AND r.read_at <= ? AND a.text <> ''",
                (source, instant(since), instant(until)),
            ).fetchone()
        return int(row[0]), int(row[1])

    def rules_claimed(self, after: date, until: date) -> dict[str, int]:
        """Give how many figures each rule claimed in readings after one day and until the end of another."""
        with self.reading() as db:
            return dict(
                db.execute(
                    "SELECT o.rule, count(*) FROM readings r JOIN observations o ON o.reading_id = r.id"
                    " WHERE r.read_at > ? AND r.read_at <= ? GROUP BY o.rule",
                    (end_of(after), end_of(until)),
                )
            )

    def days_read(self, *, limit: int = 60) -> list[str]:
        """Give the days (Vietnam, `YYYY-MM-DD`) on which something was read, newest first."""
        days: list[str] = []
        before = NEVER
        with self.reading() as db:  # one step of the index per day, however many readings a day holds
            while len(days) < limit:
                last = db.execute("SELECT max(read_at) FROM readings WHERE read_at < ?", (before,)).fetchone()[0]
                if last is None:
                    break
                day = day_of(moment_of(last))
                days.append(day.isoformat())
                before = end_of(day - timedelta(days=1))
        return days

    def days_noted(self, *, limit: int = 60) -> list[str]:
        """Give the days on which something was read, a source was asked or a place fell silent, newest first.

        A place falls silent on a day of its own: on none later than the last on which the press was looked at.
        """
        read = [date.fromisoformat(day) for day in self.days_read(limit=limit)]
        with self.reading() as db:
            days = {*read, *_days_asked(db, limit)}
            if days:
                days |= set(silent_days(db, min(*days, max(days) - LOOKED_BACK), max(days)))
        return [day.isoformat() for day in sorted(days, reverse=True)[:limit]]

    def totals(self) -> Row:
        """Give how many pages, articles, figures, points and places there are."""
        with self.reading() as db:
            one = db.execute(
                "SELECT (SELECT count(*) FROM pages), (SELECT count(DISTINCT doc) FROM readings),"
                " (SELECT count(*) FROM observations), (SELECT count(*) FROM points),"
                " (SELECT count(DISTINCT source) FROM source_runs)"
            ).fetchone()
        return dict(zip(("pages", "articles", "figures", "points", "sources"), one, strict=True))

    def _rows(self, sql: str, values: Sequence[Any]) -> list[Row]:
        with self.reading() as db:
            cursor = db.execute(sql, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]


def _days_asked(db: sqlite3.Connection, limit: int) -> list[date]:
    """Give the last days on which a round of a source ended, one step of the index per day."""
    days: list[date] = []
    before = NEVER
    while len(days) < limit:
        last = db.execute("SELECT max(finished) FROM source_runs WHERE finished < ?", (before,)).fetchone()[0]
        if last is None:
            break
        days.append(day_of(moment_of(last)))
        before = end_of(days[-1] - timedelta(days=1))
    return days
