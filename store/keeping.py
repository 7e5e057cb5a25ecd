"""Keeping the database: backups while others write, restoring, and what the doctor looks at."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from model.errors import BusyError, CorruptStoreError, InputError
from store.connection import DAMAGED, Connected, connect, named, wording
from store.migrations import HEAD

LEAST_FREE = 1 << 30
"""Bytes of free disk below which the doctor speaks up; also the size of the database itself, where that is more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing the doctor looked at."""

    check: str
    """`integrity`, `foreign-keys`, `orphans`, `unsettled`, `search`, `disk`, `clock`, `versions`, `runs`.

    The monitor adds `declared`."""
    state: Literal["ok", "warn", "bad"]
    says: str
    """What was found, one line."""
    cure: str = ""
    """What to do about it; `""` with `ok`."""


class KeepingStore(Connected):
    """Backups and check-ups."""

    def backup(self, target: Path) -> int:
        """Copy the database to a new file while others read and write; gives its size in bytes.

        The copy is checked before it gets its name. Raises InputError where the target exists.
        """
        if target.exists():
            raise InputError(f"{target} exists", cure="name a new file")
        part = target.with_name(target.name + ".part")
        with _cleared(part), wording(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            copy = sqlite3.connect(part, isolation_level=None)
            try:
                with self.reading() as db:
                    db.backup(copy, pages=4096)
                copy.execute("PRAGMA journal_mode = DELETE")
                _check_integrity(copy, self.path)
            finally:
                copy.close()
            with part.open("rb") as file:
                os.fsync(file.fileno())
            part.rename(target)
        return target.stat().st_size

    def size(self) -> int:
        """Give the bytes of the database with its log."""
        wal = self.path.with_name(self.path.name + "-wal")
        return self.path.stat().st_size + (wal.stat().st_size if wal.exists() else 0)

    def doctor(self, *, quick: bool = False) -> list[Finding]:
        """Look the database over: a finding for each check, with a cure where something is wrong.

        `quick` leaves out what reads the whole file.
        """
        with self.reading() as db:
            findings = [] if quick else [_integrity(db)]
            if any(one.state == "bad" for one in findings):
                return [*findings, _disk(self.path)]  # the other checks would stumble over the same page
            findings += [] if quick else [_foreign_keys(db), _orphans(db)]
            return [*findings, _unsettled(db), _words(db), _disk(self.path), _clock(db), _versions(db), _open_runs(db)]


def restore(backup: Path, path: Path) -> Path | None:
    """Put a backup in the place of a database; gives where the old one was moved to, None where there was none.

    The backup is checked first. Raises CorruptStoreError for a damaged backup, NewerStoreError for one by a newer
    ansinh, InputError where there is no such file, BusyError while another process has the database open: what it goes
    on to write would land in the file that was moved away.
    """
    if not backup.is_file():
        raise InputError(f"there is no backup {backup}", cure="name the file that `ansinh backup` wrote")
    _check_alone(path)
    part = path.with_name(path.name + ".restored")
    with _cleared(part), _of_backup(backup, part):
        _copied(backup, path, part)
        connect(part).close()
        check = sqlite3.connect(part, isolation_level=None)
        try:
            _check_integrity(check, backup)
            check.execute("PRAGMA journal_mode = WAL")
            check.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            check.close()
    moved = None
    if path.exists():
        moved = path.with_name(f"{path.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
        for ending in ("", "-wal", "-shm"):
            old = path.with_name(path.name + ending)
            if old.exists():
                old.rename(moved.with_name(moved.name + ending))
    for ending in ("-wal", "-shm"):
        part.with_name(part.name + ending).unlink(missing_ok=True)
    part.rename(path)
    return moved


def _copied(backup: Path, path: Path, part: Path) -> None:
    """Copy a backup beside the database whose place it is to take."""
    if not backup.stat().st_size:
        raise CorruptStoreError(f"{backup} is empty", cure=_OTHER_BACKUP)
    with backup.open("rb") as source, wording(path):  # a full disk or a closed folder is the database's, not the file's
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)


_OTHER_BACKUP = "use another backup, or `ansinh rebuild` from the archive"


@contextmanager
def _of_backup(backup: Path, part: Path) -> Iterator[None]:
    """Have faults of the copy that is tried name the backup, and say what to do about a bad one."""
    try:
        with named(backup, part):
            yield
    except CorruptStoreError as error:
        raise CorruptStoreError(error.fault, cure=_OTHER_BACKUP) from error


@contextmanager
def _cleared(part: Path) -> Iterator[None]:
    """Remove a half-made copy where the block fails."""
    try:
        yield
    except BaseException:
        for ending in ("", "-wal", "-shm"):
            with suppress(OSError):  # what could not be made cannot be removed; the first fault is the one to tell
                part.with_name(part.name + ending).unlink(missing_ok=True)
        raise


def _check_alone(path: Path) -> None:
    """Raise BusyError where another process has the database open; only alone may one leave the log (WAL) behind."""
    if not path.is_file():
        return
    db = sqlite3.connect(path, isolation_level=None, timeout=1)
    try:
        db.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise BusyError(
                f"another process has {path} open", cure="stop `ansinh run`, `ansinh serve` and readers, then restore"
            ) from None
    except sqlite3.DatabaseError:
        return  # a damaged database is what a backup is there for
    finally:
        db.close()


def _check_integrity(db: sqlite3.Connection, path: Path) -> None:
    said = str(db.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if said != "ok":
        raise CorruptStoreError(f"{path} is damaged ({said})", cure=DAMAGED)


def _integrity(db: sqlite3.Connection) -> Finding:
    try:
        said = [row[0] for row in db.execute("PRAGMA integrity_check(3)")]
    except sqlite3.DatabaseError as error:
        said = [str(error)]
    if said == ["ok"]:
        return Finding(check="integrity", state="ok", says="every page and index is sound")
    cure = (
        "run `ansinh doctor --repair`, which builds the indexes again"
        if all("index" in line for line in said)
        else DAMAGED
    )
    return Finding(check="integrity", state="bad", says="; ".join(said), cure=cure)


def repair_indexes(path: Path) -> None:
    """Build all indexes again from their tables; raises CorruptStoreError where the tables themselves are damaged."""
    with wording(path):
        db = sqlite3.connect(path, isolation_level=None)
        try:
            db.execute("REINDEX")
            _check_integrity(db, path)
        finally:
            db.close()


def _foreign_keys(db: sqlite3.Connection) -> Finding:
    broken = db.execute("SELECT count(*) FROM pragma_foreign_key_check").fetchone()[0]
    if not broken:
        return Finding(check="foreign-keys", state="ok", says="every row leads to the rows it names")
    return Finding(
        check="foreign-keys", state="bad", says=f"{broken} rows name a row that is not there",
        cure="`ansinh restore` a backup or `ansinh rebuild` from the archive",
    )  # fmt: skip


def _orphans(db: sqlite3.Connection) -> Finding:
    pages = db.execute(
        "SELECT count(*) FROM pages p WHERE kind = 'article' AND warc_file = '' AND NOT EXISTS"
        " (SELECT 1 FROM readings r WHERE r.digest = p.digest)"
    ).fetchone()[0]
    unplaced = db.execute(
        "SELECT count(*) FROM readings r WHERE NOT EXISTS (SELECT 1 FROM standing s WHERE s.reading_id = r.id)"
    ).fetchone()[0]
    if not pages and not unplaced:
        return Finding(check="orphans", state="ok", says="every page is archived or read, every reading has its time")
    return Finding(
        check="orphans", state="warn", says=f"{pages} pages without archive or reading, {unplaced} readings unplaced",
        cure="run `ansinh crawl`, which repairs the archive's tail and reads what is unread",
    )  # fmt: skip


def _unsettled(db: sqlite3.Connection) -> Finding:
    cells = db.execute("SELECT count(*) FROM unsettled").fetchone()[0]
    if not cells:
        return Finding(check="unsettled", state="ok", says="every point is settled")
    return Finding(
        check="unsettled", state="warn", says=f"{cells} points wait to be settled",
        cure="they are settled by the next crawl or ingest; `ansinh series` is right without it",
    )  # fmt: skip


def _words(db: sqlite3.Connection) -> Finding:
    mark = int((db.execute("SELECT value FROM marks WHERE name = 'indexed_reading'").fetchone() or ("0",))[0])
    behind = db.execute("SELECT count(*) FROM readings WHERE id > ?", (mark,)).fetchone()[0]
    if not behind:
        return Finding(check="search", state="ok", says="every reading can be searched")
    return Finding(
        check="search", state="warn", says=f"{behind} readings cannot be searched yet",
        cure="they are indexed by the next crawl or ingest",
    )  # fmt: skip


def _disk(path: Path) -> Finding:
    free = shutil.disk_usage(path.parent).free
    size = path.stat().st_size
    said = f"{free >> 20:,} MiB free, the database has {size >> 20:,} MiB"
    if free > max(LEAST_FREE, size):
        return Finding(check="disk", state="ok", says=said)
    return Finding(check="disk", state="warn", says=said, cure="make room: a backup needs as much as the database")


def _clock(db: sqlite3.Connection) -> Finding:
    last = db.execute(
        "SELECT max(at) FROM (SELECT max(read_at) AS at FROM readings UNION ALL SELECT max(at) FROM fetches"
        " UNION ALL SELECT max(at) FROM runs)"
    ).fetchone()[0]
    if last is None or datetime.fromisoformat(last) <= datetime.now(UTC) + timedelta(minutes=5):
        return Finding(check="clock", state="ok", says="nothing stored is later than now")
    return Finding(
        check="clock", state="bad", says=f"the store holds something of {last}, which is later than this clock",
        cure="set the machine's clock (timedatectl set-ntp true)",
    )  # fmt: skip


def _versions(db: sqlite3.Connection) -> Finding:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    said = f"format {version} of {HEAD}, SQLite {sqlite3.sqlite_version}"
    if version == HEAD and sqlite3.sqlite_version_info >= (3, 37):
        return Finding(check="versions", state="ok", says=said)
    return Finding(check="versions", state="bad", says=said, cure="use SQLite 3.37 or later and this ansinh's format")


def _open_runs(db: sqlite3.Connection) -> Finding:
    day_ago = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="microseconds")
    stuck = db.execute(
        "SELECT count(*) FROM runs b WHERE b.event = 'started' AND b.at < ? AND NOT EXISTS"
        " (SELECT 1 FROM runs e WHERE e.run = b.run AND e.event <> 'started')",
        (day_ago,),
    ).fetchone()[0]
    if not stuck:
        return Finding(check="runs", state="ok", says="no run has been open for a day")
    return Finding(
        check="runs", state="warn", says=f"{stuck} runs began over a day ago and never ended",
        cure="start `ansinh run`, which ends the runs of dead processes",
    )  # fmt: skip
