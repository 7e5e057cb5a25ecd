"""The database's shape, as steps that are only ever added to.

To change a table: write `sql/NNNN_name.sql`, append its name to `STEPS`. A released step is never edited.
`PRAGMA user_version` holds the number of steps applied, so that a database at its head opens without sqlite-utils
(whose import costs more than a whole query); sqlite-utils' own table remembers which steps were applied and when.
"""

import sqlite3
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

STEPS = (
    "0001_foundation", "0002_asking", "0003_tellings", "0004_quick", "0005_vintages", "0006_owed", "0007_tallies",
    "0008_first_read",
)  # fmt: skip
"""All steps in order; the head is the last one."""

HEAD = len(STEPS)
"""`user_version` of a database at the head."""


def statements(sql: str) -> Iterator[str]:
    """Give the statements of a script one by one; a trigger's body stays whole."""
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip() and not all(line.startswith("--") for line in pending.strip().splitlines()):
        raise ValueError(f"the script ends inside a statement: {pending.strip()[:60]!r}")


def _step(number: int, name: str) -> Callable[[Any], None]:
    """Make the function that applies one step on a sqlite-utils database; it runs inside a transaction."""

    def apply(db: Any) -> None:
        for statement in statements(resources.files("store").joinpath("sql", f"{name}.sql").read_text("utf-8")):
            db.conn.execute(statement)
        db.conn.execute(f"PRAGMA user_version = {number}")

    apply.__name__ = name
    return apply


def migrate(path: Path, *, stop_before: str | None = None) -> None:
    """Bring the database at `path` to the head (or to the step before `stop_before`), in one transaction.

    Does nothing to one that is there already. Two processes that start at once wait for each other. Raises
    sqlite3.Error as SQLite does; the caller words it.
    """
    from sqlite_utils import Database, Migrations

    steps = Migrations("ansinh")
    for number, name in enumerate(STEPS, 1):
        steps(name=name)(_step(number, name))
    connection = sqlite3.connect(path, timeout=60, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        try:
            steps.apply(Database(connection), stop_before=stop_before)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # SQLite has undone it by itself where the disk was full
                connection.execute("ROLLBACK")
            raise
    finally:
        connection.close()
