"""The ledger of jobs, and the audit of who did what."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from store.connection import Connected
from store.days import instant, moment_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One run of a job: when it began, whether and how it ended."""

    run: str
    job: str
    started: datetime
    due: str | None
    """What it was due for (an instant or a day, as the caller writes it); None for one asked for by hand."""
    ended: datetime | None
    """None while it runs."""
    event: str
    """`started`, `finished`, `failed`, `abandoned`."""
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """One line of the audit."""

    at: datetime
    author: str
    deed: str
    detail: str


_RUNS = """
SELECT b.run, b.job, b.at, b.due, e.at, coalesce(e.event, 'started'), coalesce(e.detail, b.detail)
FROM runs b LEFT JOIN runs e ON e.run = b.run AND e.event <> 'started'
WHERE b.event = 'started'
"""


class LedgerStore(Connected):
    """Runs and deeds."""

    def start_run(self, job: str, *, due: str | None = None, detail: str = "") -> str | None:
        """Begin a run and give its id; None where one of that job still runs, or ran already for the same `due`.

        Two processes that ask at once: one of them gets the run.
        """
        with self.transaction() as db:
            if db.execute(f"{_RUNS} AND b.job = ? AND e.run IS NULL", (job,)).fetchone():
                return None
            if (
                due is not None
                and db.execute(
                    "SELECT 1 FROM runs b JOIN runs e ON e.run = b.run AND e.event = 'finished'"
                    " WHERE b.job = ? AND b.due = ? AND b.event = 'started'",
                    (job, due),
                ).fetchone()
            ):
                return None
            run = uuid.uuid4().hex
            self._event(run, job, "started", due, detail)
            return run

    def end_run(self, run: str, event: str = "finished", detail: str = "") -> None:
        """End a run: `finished`, `failed` or `abandoned` (its process died); a run that has ended stays as it is."""
        with self.transaction() as db:
            row = db.execute("SELECT job, due FROM runs WHERE run = ? AND event = 'started'", (run,)).fetchone()
            ended = db.execute("SELECT 1 FROM runs WHERE run = ? AND event <> 'started'", (run,)).fetchone()
            if row and not ended:
                self._event(run, row[0], event, row[1], detail)

    def _event(self, run: str, job: str, event: str, due: str | None, detail: str) -> None:
        self.connection.execute(
            "INSERT INTO runs (run, job, event, at, due, detail) VALUES (?, ?, ?, ?, ?, ?)",
            (run, job, event, instant(datetime.now(UTC)), due, detail),
        )

    def runs(self, job: str | None = None, *, limit: int = 50, open_only: bool = False) -> list[Run]:
        """Give the last runs, newest first; `open_only`: those that have not ended."""
        with self.reading() as db:
            rows = db.execute(
                f"{_RUNS} AND (? IS NULL OR b.job = ?) AND (? = 0 OR e.run IS NULL) ORDER BY b.id DESC LIMIT ?",
                (job, job, int(open_only), limit),
            ).fetchall()
        return [
            Run(run=r[0], job=r[1], started=moment_of(r[2]), due=r[3], ended=moment_of(r[4]) if r[4] else None,
                event=r[5], detail=r[6])
            for r in rows
        ]  # fmt: skip

    def add_deed(self, author: str, deed: str, detail: str = "") -> None:
        """Write a line of the audit."""
        with self.transaction() as db:
            db.execute(
                "INSERT INTO deeds (at, author, deed, detail) VALUES (?, ?, ?, ?)",
                (instant(datetime.now(UTC)), author, deed, detail),
            )

    def deeds(self, *, limit: int = 100) -> list[Deed]:
        """Give the last lines of the audit, newest first."""
        with self.reading() as db:
            rows = db.execute(
                "SELECT at, author, deed, detail FROM deeds ORDER BY id DESC LIMIT ?", (limit,)
            ).fetchall()
        return [Deed(at=moment_of(row[0]), author=row[1], deed=row[2], detail=row[3]) for row in rows]
