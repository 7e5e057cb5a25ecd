"""Opening the database file, and SQLite's faults in words that say the cure."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from model.errors import BusyError, CorruptStoreError, NewerStoreError, StoreError
from store.migrations import HEAD, migrate

DAMAGED = "keep the file, then `ansinh restore` a backup or `ansinh rebuild` from the archive"
"""What to do about a damaged database."""

BUSY_SECONDS = 60
"""How long a writer waits for another one before it gives up."""


def connect(path: Path, *, readonly: bool = False) -> sqlite3.Connection:
    """Open the database, made or brought to today's shape where it may be written.

    Transactions are explicit (`transaction`). Raises NewerStoreError, CorruptStoreError, BusyError, StoreError.
    """
    with wording(path):
        if not readonly:
            _prepare(path)
        elif not path.is_file():
            raise StoreError(f"there is no database at {path}", cure="run `ansinh crawl` or `ansinh ingest` first")
        connection = _open(path, readonly=readonly)
        try:
            _check_version(connection, path, exact=True)
        except BaseException:
            connection.close()
            raise
        return connection


def _prepare(path: Path) -> None:
    """Make the file or bring it to the head; a database at the head costs one short look."""
    if path.is_dir():
        raise StoreError(f"{path} is a folder", cure="name a database file")
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size:
        connection = _open(path, readonly=True)
        try:
            if _check_version(connection, path, exact=False) == HEAD:
                return
        finally:
            connection.close()
    migrate(path)


def _open(path: Path, *, readonly: bool) -> sqlite3.Connection:
    """Open with the settings that every connection has."""
    mode = "ro" if readonly else "rw"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None,
        check_same_thread=False, cached_statements=256,
    )  # fmt: skip
    if readonly and not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists():
        # A folder that may not be written and holds no log: nobody writes here, so SQLite needs no lock files.
        connection.close()
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None, check_same_thread=False
        )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA mmap_size = 1073741824")
    if readonly:
        connection.execute("PRAGMA query_only = ON")
    else:
        # A restored copy comes without the log (WAL) that lets many read while one writes.
        connection.execute("PRAGMA journal_mode = WAL")
        # FULL: what was acknowledged survives the machine's fall, not only the process's.
        connection.execute("PRAGMA synchronous = FULL")
    return connection


def _check_version(connection: sqlite3.Connection, path: Path, *, exact: bool) -> int:
    """Give the database's version; refuse a newer one, a foreign one, and (`exact`) an older one."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > HEAD:
        raise NewerStoreError(
            f"{path} was written by a newer ansinh (format {version}, this one knows {HEAD})",
            cure="install the newer version, or restore a backup made by this one",
        )
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if version == 0 and tables and not connection.execute(
        "SELECT 1 FROM sqlite_schema WHERE name = '_sqlite_migrations'"
    ).fetchone():  # fmt: skip
        raise StoreError(f"{path} is a database of something else", cure="name another file, or move this one away")
    if exact and version < HEAD:
        raise StoreError(
            f"{path} has format {version} and is opened for reading only",
            cure="run any command that writes once (`ansinh doctor`) to bring it up to date",
        )
    return version


@contextmanager
def wording(path: Path) -> Iterator[None]:
    """Turn SQLite's and the file system's faults inside the block into one of ours, with its cure."""
    try:
        yield
    except sqlite3.Error as error:
        raise worded(error, path) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StoreError(f"the disk is full; {path} was not written", cure="make room and run it again") from error
        raise StoreError(
            f"{path} cannot be used ({error.strerror or error})", cure="check the path, its rights and the disk"
        ) from error


@contextmanager
def named(path: Path, made: Path) -> Iterator[None]:
    """Have faults of a file that is made on the way name the user's file that it is made for."""
    try:
        with wording(made):
            yield
    except (StoreError, BusyError) as error:
        raise type(error)(error.fault.replace(str(made), str(path)), cure=error.cure) from error


def worded(error: sqlite3.Error, path: Path) -> StoreError | BusyError:
    """Say a fault of SQLite in one line, with what to do about it."""
    name = getattr(error, "sqlite_errorname", "") or ""
    said = str(error)
    if name.startswith("SQLITE_FULL") or "disk is full" in said:
        return StoreError(
            f"the disk is full; {path} holds everything stored before this",
            cure="make room and run the same command again",
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return BusyError(
            f"{path} has been held by another process for {BUSY_SECONDS} s", cure="wait for it to end, then try again"
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or "malformed" in said or "not a database" in said:
        return CorruptStoreError(
            f"{path} is damaged ({said})",
            cure=DAMAGED,
        )
    if name.startswith("SQLITE_IOERR"):
        return StoreError(
            f"{path} cannot be read or written ({said}); everything stored before this is kept",
            cure="check the disk (`ansinh doctor`), then run the same command again",
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return StoreError(f"{path} cannot be opened ({said})", cure="check that the folder exists and may be written")
    return StoreError(f"{path}: {said}", cure="run `ansinh doctor`")


class Connected:
    """What every part of the store works on: one connection, its path, and explicit transactions."""

    path: Path
    connection: sqlite3.Connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection; faults come out worded."""
        with wording(self.path):
            yield self.connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection inside a write transaction: committed at the end, undone by any exception. Nests."""
        with wording(self.path):
            nested = self.connection.in_transaction
            if not nested:
                self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                if not nested:
                    self.connection.execute("COMMIT")
            except BaseException:
                # SQLite has undone it by itself where the disk was full.
                if not nested and self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def jotting(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection inside a transaction that outlives this process, but not the machine's fall.

        It does not wait for the disk: for notes that are many and of which the last may be lost.
        """
        alone = not self.connection.in_transaction
        with wording(self.path):
            if alone:
                self.connection.execute("PRAGMA synchronous = NORMAL")
            try:
                with self.transaction() as db:
                    yield db
            finally:
                if alone:
                    self.connection.execute("PRAGMA synchronous = FULL")
