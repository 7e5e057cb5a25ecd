"""Pages, fetches and rounds: the crawler's memory."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from model.fetches import ENDED, Fetch, SourceRun
from model.records import Page
from store.days import instant, moment_of, published_of, written
from store.marks import mark_of, set_mark
from store.owing import OwingMemory, settle_debt
from store.readings import renew_standing

_FETCH = "url, source, at, outcome, status, robots, reason, seconds, bytes, etag, last_modified, digest"
_PAGE = (
    "url, source, digest, fetched_url, fetched_at, status, kind, reason, robots, warc_file, warc_offset, published, "
    "title, area"
)


_UNREAD = """
FROM pages p WHERE p.kind = 'article' AND p.id > :mark
AND NOT EXISTS (SELECT 1 FROM pages n WHERE n.url = p.url AND n.kind = 'article'
  AND (n.fetched_at, n.id) > (p.fetched_at, p.id))
AND NOT EXISTS (SELECT 1 FROM readings r WHERE r.doc = p.url AND r.digest = p.digest {condition})
AND NOT EXISTS (SELECT 1 FROM articles a JOIN readings r ON r.article_id = a.id
  WHERE a.url = p.url AND r.digest = p.digest {condition})
"""
_MARK = "read_page"


class PageMemory(OwingMemory):
    """Implements `model.fetches.Memory`, and what reading needs to know of pages."""

    def last_fetch(self, url: str) -> Fetch | None:
        """Give the last fetch of a canonical address that brought an answer worth keeping to (see `Memory`), or None.

        Validators and digest that a 304 leaves out are those of the fetch before.
        """
        with self.reading() as db:
            rows = db.execute(
                f"SELECT {_FETCH} FROM fetches WHERE url = ? AND outcome IN"
                " ('new', 'changed', 'same', 'not-modified', 'list', 'gone', 'skipped') ORDER BY id DESC LIMIT 20",
                (url,),
            ).fetchall()
        if not rows:
            return None
        last = _fetch(rows[0])
        for row in rows[1:] if last.outcome == "not-modified" else ():
            older = _fetch(row)
            if older.outcome != "not-modified":
                return Fetch(
                    **{name: getattr(last, name) for name in ("url", "source", "at", "outcome", "status", "robots")},
                    reason=last.reason, seconds=last.seconds, bytes=last.bytes, etag=last.etag or older.etag,
                    last_modified=last.last_modified or older.last_modified, digest=last.digest or older.digest,
                )  # fmt: skip
        return last

    def add_fetch(self, fetch: Fetch) -> None:
        """Record one fetch; committed on return."""
        with self.transaction() as db:
            _insert_fetch(db, fetch)

    def add_page(self, page: Page, fetch: Fetch) -> None:
        """Record an archived page and its fetch in one transaction; committed on return, idempotent."""
        with self.transaction() as db:
            if not _same_fetch(db, fetch):
                _insert_fetch(db, fetch)
            self._insert_page(db, page)

    def add_pages(self, pages: Sequence[tuple[Page, Fetch]]) -> None:
        """Record several archived pages and their fetches in one transaction; committed on return, idempotent."""
        with self.transaction():
            for page, fetch in pages:
                self.add_page(page, fetch)

    def add_archived_page(self, page: Page) -> bool:
        """Record a page that the archive holds and the store does not (after a fall, or an ingested archive).

        Gives False, and changes nothing, where the store knows that record or that very version.
        """
        with self.transaction() as db:
            return self._insert_page(db, page)

    def _insert_page(self, db: sqlite3.Connection, page: Page) -> bool:
        """Insert a page unless its record, or the same body as the version just before it, is there."""
        fetched_at = instant(page.fetched_at)
        if (
            page.warc_file
            and db.execute(
                "SELECT 1 FROM pages WHERE warc_file = ? AND warc_offset = ?", (page.warc_file, page.warc_offset)
            ).fetchone()
        ):
            return False
        before = _version_before(db, page)
        if before == page.digest:
            return False
        db.execute(
            f"INSERT INTO pages ({_PAGE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                page.url, page.source, page.digest, page.fetched_url, fetched_at, page.status, page.kind, page.reason,
                page.robots, page.warc_file, page.warc_offset, written(page.published), page.title, page.area,
            ),
        )  # fmt: skip
        if before is not None:
            # A text that came back was read before: it stands again without a new reading.
            for (doc,) in db.execute(
                "SELECT DISTINCT a.doc FROM articles a JOIN readings r ON r.article_id = a.id"
                " WHERE a.url = ? AND r.digest = ?",
                (page.url, page.digest),
            ).fetchall():
                renew_standing(db, doc, page.url)
        return True

    def knows_record(self, warc_file: str, warc_offset: int) -> bool:
        """Say whether a record of the archive stands in the store."""
        with self.reading() as db:
            return db.execute(
                "SELECT 1 FROM pages WHERE warc_file = ? AND warc_offset = ?", (warc_file, warc_offset)
            ).fetchone() is not None  # fmt: skip

    def has_version(self, page: Page) -> bool:
        """Say whether the version of an address just before `page.fetched_at` has its digest: then it is no news."""
        with self.reading() as db:
            before = _version_before(db, page)
        return before == page.digest

    def progress_mark(self, name: str) -> str:
        """Give what was noted under a name by `set_progress_mark`; `""` where nothing was."""
        with self.reading() as db:
            row = db.execute("SELECT value FROM marks WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_progress_mark(self, name: str, value: str) -> None:
        """Note how far a piece of work has come, in the transaction that stores what it brought."""
        with self.transaction() as db:
            db.execute("INSERT OR REPLACE INTO marks (name, value) VALUES (?, ?)", (name, value))

    def unread_pages(self, rules: str = "", *, again: bool = False) -> Iterator[Page]:
        """Give the newest version of each article's page that nobody has read, oldest fetch first, bodies empty.

        With `again`, those that were not read under `rules`, read before or not. A page counts as read once a reading
        whose article bears its `url` (or whose `doc` is its url) and its digest is saved.
        """
        condition = "AND r.rules = :rules" if again else ""
        with self.reading() as db:
            mark = 0 if again else _all_read_to(db)
            sql = f"SELECT {_PAGE} {_UNREAD.format(condition=condition)} ORDER BY fetched_at, id"
            rows = db.execute(sql, {"rules": rules, "mark": mark}).fetchall()
        yield from map(_page, rows)

    def mark_read_pages(self) -> None:
        """Remember up to which page all were read, so that asking for the unread costs nothing with a million known."""
        with self.transaction() as db:
            mark = _all_read_to(db)
            first, last = db.execute(
                "SELECT (SELECT min(id) " + _UNREAD.format(condition="") + "), (SELECT max(id) FROM pages)",
                {"mark": mark},
            ).fetchone()
            reached = first - 1 if first is not None else last or 0
            if reached > mark:
                set_mark(db, _MARK, str(reached))

    def pages(self, *, source: str | None = None, since: date | None = None, kind: str = "article") -> Iterator[Page]:
        """Give every stored version of pages of one kind (`""`: of all), oldest first, bodies empty."""
        where, values = ["1"], list[str]()
        for clause, value in (("source = ?", source), ("fetched_at >= ?", since), ("kind = ?", kind or None)):
            if value is not None:
                where.append(clause)
                values.append(str(value))
        with self.reading() as db:
            rows = db.execute(
                f"SELECT {_PAGE} FROM pages WHERE {' AND '.join(where)} ORDER BY fetched_at, id", values
            ).fetchall()
        yield from map(_page, rows)

    def page_of(self, url: str, digest: str = "") -> Page | None:
        """Give the newest stored version of an address (or the version with that digest), body empty, or None."""
        with self.reading() as db:
            row = db.execute(
                f"SELECT {_PAGE} FROM pages WHERE url = ? AND (? = '' OR digest = ?) ORDER BY fetched_at DESC, id DESC",
                (url, digest, digest),
            ).fetchone()
        return _page(row) if row else None

    def source_runs(self, source: str, limit: int = 60) -> list[SourceRun]:
        """Give the last rounds of a source, newest first."""
        with self.reading() as db:
            rows = db.execute(
                "SELECT source, run, started, finished, counts, verdict, evidence FROM source_runs"
                " WHERE source = ? ORDER BY id DESC LIMIT ?",
                (source, limit),
            ).fetchall()
        return [source_run(row) for row in rows]

    def unrecorded(self, source: str) -> int:
        """Say how many new articles of a source were kept since the end of its last recorded round."""
        with self.reading() as db:
            return int(
                db.execute(
                    "SELECT count(*) FROM fetches WHERE source = ?1 AND outcome = 'new' AND at > coalesce("
                    "(SELECT finished FROM source_runs WHERE source = ?1 ORDER BY id DESC LIMIT 1), '')",
                    (source,),
                ).fetchone()[0]
            )

    def add_source_run(self, run: SourceRun) -> None:
        """Record a round's result; committed on return."""
        with self.transaction() as db:
            db.execute(
                "INSERT INTO source_runs (source, run, started, finished, counts, verdict, evidence)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    run.source, run.run, instant(run.started), instant(run.finished),
                    json.dumps(dict(run.counts), sort_keys=True), run.verdict, run.evidence,
                ),
            )  # fmt: skip


def source_run(row: tuple[str, ...]) -> SourceRun:
    """Make a round's result of its row."""
    return SourceRun(
        source=row[0], run=row[1], started=moment_of(row[2]), finished=moment_of(row[3]), counts=json.loads(row[4]),
        verdict=row[5], evidence=row[6],  # type: ignore[arg-type]
    )  # fmt: skip


def _version_before(db: sqlite3.Connection, page: Page) -> str | None:
    """Give the digest of an address's newest version fetched no later than this one; None where there is none."""
    row = db.execute(
        "SELECT digest FROM pages WHERE url = ? AND fetched_at <= ? ORDER BY fetched_at DESC, id DESC LIMIT 1",
        (page.url, instant(page.fetched_at)),
    ).fetchone()
    return str(row[0]) if row else None


def _same_fetch(db: sqlite3.Connection, fetch: Fetch) -> bool:
    """Say whether this very fetch is recorded already."""
    return db.execute(
        "SELECT 1 FROM fetches WHERE url = ? AND at = ? AND source = ?", (fetch.url, instant(fetch.at), fetch.source)
    ).fetchone() is not None  # fmt: skip


def _insert_fetch(db: sqlite3.Connection, fetch: Fetch) -> None:
    db.execute(
        f"INSERT INTO fetches ({_FETCH}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            fetch.url, fetch.source, instant(fetch.at), fetch.outcome, fetch.status, fetch.robots, fetch.reason,
            float(fetch.seconds), fetch.bytes, fetch.etag, fetch.last_modified, fetch.digest,
        ),
    )  # fmt: skip
    if fetch.outcome in ENDED:
        settle_debt(db, fetch.url)


def _fetch(row: tuple[str, str, str, str, int, str, str, float, int, str, str, str]) -> Fetch:
    at: datetime = moment_of(row[2])
    return Fetch(
        url=row[0], source=row[1], at=at, outcome=row[3], status=row[4], robots=row[5], reason=row[6],  # type: ignore[arg-type]
        seconds=row[7], bytes=row[8], etag=row[9], last_modified=row[10], digest=row[11],
    )  # fmt: skip


def _page(
    row: tuple[str, str, str, str, str, int, str, str, str, str, int, str | None, str | None, str | None],
) -> Page:
    return Page(
        url=row[0], source=row[1], digest=row[2], fetched_url=row[3], fetched_at=moment_of(row[4]), status=row[5],
        kind=row[6], reason=row[7], robots=row[8], warc_file=row[9], warc_offset=row[10],  # type: ignore[arg-type]
        published=published_of(row[11]), title=row[12], area=row[13],
    )  # fmt: skip


def _all_read_to(db: sqlite3.Connection) -> int:
    """Give the page up to which all were read when somebody last looked."""
    return int(mark_of(db, _MARK) or 0)
