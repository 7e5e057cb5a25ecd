"""What the crawler still owes its sources, and when it asked each host last: notes that are changed in place."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from model.fetches import MOST_TRIES, Debt, HostState
from store.connection import Connected
from store.days import instant, moment_of, published_of, written

_DEBT = "url, source, kind, depth, why, via, title, published, due, tries, sent"


class OwingMemory(Connected):
    """Implements what `model.fetches.Memory` says of debts and hosts."""

    def owe(self, debts: Sequence[Debt]) -> None:
        """Note addresses to be asked, each over what was owed of it; outlives the process on return."""
        rows = [
            (
                one.url, one.source, one.kind, one.depth, one.why, one.via, one.title, written(one.published),
                instant(one.due), one.tries, instant(one.sent) if one.sent else None,
            )
            for one in debts
        ]  # fmt: skip
        if rows:
            with self.jotting() as db:
                db.executemany(f"INSERT OR REPLACE INTO owed ({_DEBT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def debt(self, url: str) -> Debt | None:
        """Give what is owed of an address, or None."""
        with self.reading() as db:
            row = db.execute(f"SELECT {_DEBT} FROM owed WHERE url = ?", (url,)).fetchone()
        return _debt(row) if row else None

    def debts(self, source: str, now: datetime, limit: int) -> list[Debt]:
        """Give what is due of a source, tried fewer than `MOST_TRIES` times: the tried first, then the oldest."""
        with self.reading() as db:
            rows = db.execute(
                f"SELECT {_DEBT} FROM owed WHERE source = ? AND due <= ? AND tries < ?"
                " ORDER BY tries = 0, due, rowid LIMIT ?",
                (source, instant(now), MOST_TRIES, limit),
            ).fetchall()
        return [_debt(row) for row in rows]

    def settle_debts(self, urls: Sequence[str]) -> None:
        """Forget what was owed of these addresses."""
        if urls:
            with self.jotting() as db:
                for url in urls:
                    settle_debt(db, url)

    def sending(self, url: str, host: str, at: datetime) -> None:
        """Note, before a request goes out, that this host is asked, and for which address; outlives the process."""
        moment = instant(at)
        with self.jotting() as db:
            db.execute("UPDATE owed SET sent = ? WHERE url = ?", (moment, url))
            db.execute(
                "INSERT INTO hosts (host, sent, pause) VALUES (?, ?, 0)"
                " ON CONFLICT (host) DO UPDATE SET sent = excluded.sent",
                (host, moment),
            )

    def host(self, host: str) -> HostState | None:
        """Give what is known of a host (`host:port`), or None."""
        with self.reading() as db:
            row = db.execute(
                "SELECT host, sent, pause, robots, robots_at FROM hosts WHERE host = ?", (host,)
            ).fetchone()
        if row is None:
            return None
        robots_at = moment_of(row[4]) if row[4] else None
        return HostState(host=row[0], sent=moment_of(row[1]), pause=row[2], robots=row[3], robots_at=robots_at)

    def note_host(self, state: HostState) -> None:
        """Note what a host asks for."""
        robots_at = instant(state.robots_at) if state.robots_at else None
        with self.jotting() as db:
            db.execute(
                "INSERT OR REPLACE INTO hosts (host, sent, pause, robots, robots_at) VALUES (?, ?, ?, ?, ?)",
                (state.host, instant(state.sent), float(state.pause), state.robots, robots_at),
            )


def settle_debt(db: sqlite3.Connection, url: str) -> None:
    """Forget what was owed of an address, inside a transaction."""
    db.execute("DELETE FROM owed WHERE url = ?", (url,))


def _debt(row: tuple[str, str, str, int, str, str, str | None, str | None, str, int, str | None]) -> Debt:
    return Debt(
        url=row[0], source=row[1], kind=row[2], depth=row[3], why=row[4], via=row[5], title=row[6],  # type: ignore[arg-type]
        published=published_of(row[7]), due=moment_of(row[8]), tries=row[9],
        sent=moment_of(row[10]) if row[10] else None,
    )  # fmt: skip
