"""Re-reading: what today's rules would change, staged and compared before anything is adopted."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, Literal

from model.records import Article, Observation, Reading, Table, Unclaimed
from store.days import NEVER, end_of, published_of
from store.readings import ReadingStore
from store.rows import OBSERVATION_COLUMNS, observation_row
from store.verdicts import observation_of

_NAMES = ", ".join(f'o."{name}"' for name in OBSERVATION_COLUMNS)
_MEANING = (
    "indicator", "measure", "obs_value", "unit", "qualifier", "area", "area_level", "period_start", "period_end",
    "base_end", "scope", "of", "denominator", "issuer", "publish",
)  # fmt: skip
"""Slots whose change makes a figure a changed one; a rule's name or a confidence alone does not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One figure that a re-reading gains, loses or changes."""

    kind: Literal["gained", "lost", "changed"]
    doc: str
    before: Observation | None
    """None for a gained one."""
    after: Observation | None
    """None for a lost one."""
    slots: tuple[str, ...] = ()
    """For a changed one: the slots that differ."""


PAGE = 200
"""Documents listed, staged or adopted at a time."""


def differences(doc: str, before: Sequence[Observation], after: Sequence[Observation]) -> list[Difference]:
    """Compare two readings of one document: figures pair by sentence and quote, the nearest first. Pure."""
    result: list[Difference] = []
    left = list(before)
    for new in sorted(after, key=lambda figure: figure.start):
        same = [old for old in left if (old.sentence, old.quote) == (new.sentence, new.quote)]
        if not same:
            result.append(Difference(kind="gained", doc=doc, before=None, after=new))
            continue
        old = min(same, key=lambda figure: (_distance(figure, new), abs(figure.start - new.start)))
        left.remove(old)
        slots = tuple(name for name in _MEANING if getattr(old, name) != getattr(new, name))
        if slots:
            result.append(Difference(kind="changed", doc=doc, before=old, after=new, slots=slots))
    result += [Difference(kind="lost", doc=doc, before=old, after=None) for old in left]
    return result


def _distance(old: Observation, new: Observation) -> int:
    return sum(getattr(old, name) != getattr(new, name) for name in _MEANING)


class RereadingStore(ReadingStore):
    """Staging, comparing and adopting readings under new rules."""

    def stage_readings(self, readings: Iterable[Reading], *, batch: int = PAGE) -> int:
        """Keep readings made under new rules aside; one of the same document and version replaces the earlier one."""
        count, waiting = 0, list[tuple[str, str, str, str]]()
        for reading in readings:
            packed = json.dumps(packed_reading(reading), ensure_ascii=False)
            waiting.append((reading.article.doc, reading.digest, reading.rules, packed))
            if len(waiting) >= batch:
                count += self._stage(waiting)
        return count + self._stage(waiting)

    def _stage(self, rows: list[tuple[str, str, str, str]]) -> int:
        with self.transaction() as db:
            db.executemany("INSERT OR REPLACE INTO staged (doc, digest, rules, reading) VALUES (?, ?, ?, ?)", rows)
        count = len(rows)
        rows.clear()
        return count

    def staged_readings(self, rules: str) -> Iterator[Reading]:
        """Give the readings staged under these rules, by document."""
        last = ("", "")
        while True:
            with self.reading() as db:
                rows = db.execute(
                    "SELECT doc, digest, reading FROM staged WHERE rules = ? AND (doc, digest) > (?, ?)"
                    f" ORDER BY doc, digest LIMIT {PAGE}",
                    (rules, *last),
                ).fetchall()
            if not rows:
                return
            for _, _, packed in rows:
                yield unpacked_reading(json.loads(packed))
            last = rows[-1][0], rows[-1][1]

    def staged_differences(self, rules: str) -> Iterator[Difference]:
        """Give what the readings staged under these rules gain, lose and change, by document."""
        for reading in self.staged_readings(rules):
            before = self.figures_of(reading.article.doc, reading.digest)
            yield from differences(reading.article.doc, before, reading.observations)

    def figures_of(self, doc: str, digest: str) -> list[Observation]:
        """Give the figures of a document's version by its last reading, in the order of the text."""
        with self.reading() as db:
            rows = db.execute(
                f"SELECT {_NAMES} FROM observations o WHERE o.reading_id = :r OR o.id IN"
                " (SELECT obs_id FROM carried WHERE reading_id = :r) ORDER BY o.start",
                {"r": self._last_reading(doc, digest)},
            ).fetchall()
        return [observation_of(row) for row in rows]

    def _last_reading(self, doc: str, digest: str) -> int:
        row = self.connection.execute(
            "SELECT max(id) FROM readings WHERE doc = ? AND digest = ?", (doc, digest)
        ).fetchone()
        return int(row[0] or 0)

    def adopt_staged(self, rules: str) -> int:
        """Save the readings staged under these rules, some hundreds in a transaction with their removal from the stage.

        Verdicts are replayed (`save_reading`). A kill in between loses nothing: adopting again goes on. Gives how many
        were new.
        """
        new, staged = 0, self.staged_readings(rules)
        while some := list(islice(staged, PAGE)):
            with self.transaction() as db:
                new += self.save_readings(some, batch=PAGE)
                db.executemany(
                    "DELETE FROM staged WHERE doc = ? AND digest = ? AND rules = ?",
                    [(reading.article.doc, reading.digest, rules) for reading in some],
                )
        return new

    def drop_staged(self, rules: str | None = None) -> int:
        """Forget the readings staged under these rules (None: all); gives how many."""
        with self.transaction() as db:
            return db.execute("DELETE FROM staged WHERE ? IS NULL OR rules = ?", (rules, rules)).rowcount

    def knows_source(self, source: str) -> bool:
        """Say whether anything of a source was ever read."""
        with self.reading() as db:
            return db.execute("SELECT 1 FROM readings WHERE source = ? LIMIT 1", (source,)).fetchone() is not None

    def standing_versions(
        self, *, source: str | None = None, since: date | None = None
    ) -> Iterator[tuple[str, str, str]]:
        """Give (doc, url, digest) of every document's standing version, for reading again; by document.

        `since` narrows to those read on or after a day (Vietnam).
        """
        last = ""
        while True:
            with self.reading() as db:
                rows = db.execute(
                    "SELECT DISTINCT r.doc, a.url, r.digest FROM readings r"
                    f" JOIN standing s ON s.reading_id = r.id AND s.told_until = '{NEVER}'"
                    " JOIN articles a ON a.id = r.article_id WHERE r.doc > ? AND (? IS NULL OR r.source = ?)"
                    " AND r.read_at > ? ORDER BY r.doc LIMIT ?",
                    (last, source, source, end_of(since - timedelta(days=1)) if since else "", PAGE),
                ).fetchall()
            if not rows:
                return
            yield from rows
            last = rows[-1][0]


def packed_reading(reading: Reading) -> dict[str, Any]:
    """Give a reading JSON-ready, so that `unpacked_reading` gives it back as it was."""
    article = {name: _plain(value) for name, value in asdict(reading.article).items()}
    return {
        "article": article, "digest": reading.digest, "rules": reading.rules, "source": reading.source,
        "read_at": reading.read_at.isoformat(),
        "observations": [list(observation_row(figure)) for figure in reading.observations],
        "unclaimed": [asdict(number) for number in reading.unclaimed],
    }  # fmt: skip


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def unpacked_reading(packed: dict[str, Any]) -> Reading:
    """Give back a packed reading."""
    article = dict(packed["article"])
    article["published"] = published_of(article["published"])
    article["modified"] = datetime.fromisoformat(article["modified"]) if article["modified"] else None
    article["captions"] = tuple((start, end) for start, end in article["captions"])
    article["tables"] = tuple(
        Table(start=t["start"], end=t["end"], headings=t["headings"], rows=tuple(map(tuple, t["rows"])))
        for t in article["tables"]
    )
    return Reading(
        article=Article(**article), digest=packed["digest"], rules=packed["rules"], source=packed["source"],
        read_at=datetime.fromisoformat(packed["read_at"]),
        observations=tuple(observation_of(row) for row in packed["observations"]),
        unclaimed=tuple(Unclaimed(**number) for number in packed["unclaimed"]),
    )  # fmt: skip
