"""SQL of one's own, read-only: on a connection of its own that can neither write nor reach another file."""

import sqlite3
import time
from dataclasses import dataclass
from typing import Any

from model.errors import InputError
from store.connection import BUSY_SECONDS, Connected, wording

SECONDS = 60.0
"""How long one question may take."""

_ALLOWED = {
    sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE,
}  # fmt: skip
_PRAGMAS = {"table_info", "table_xinfo", "index_list", "index_info", "foreign_key_list", "table_list", "data_version"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """Rows of a question."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def as_dicts(self) -> list[dict[str, Any]]:
        """Give the rows by column name: what pandas and polars take at once."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class AskingStore(Connected):
    """Questions in SQL."""

    def sql(self, question: str, values: tuple[Any, ...] = (), *, seconds: float = SECONDS) -> Answer:
        """Answer one SELECT (or WITH, or PRAGMA table_info); raises InputError for anything else and for bad SQL.

        The views of docs/tables.md are made for this. A question that takes longer than `seconds` is given up.
        """
        with wording(self.path):
            db = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
        try:
            db.execute("PRAGMA query_only = ON")
            # A virtual table is set up at its first use, by statements that the authorizer would refuse.
            db.execute("SELECT 1 FROM articles_fts LIMIT 0")
            db.set_authorizer(_authorize)
            until = time.monotonic() + seconds
            db.set_progress_handler(lambda: int(time.monotonic() > until), 10_000)
            return _answer(db, question, values)
        except sqlite3.OperationalError as error:
            if "interrupted" in str(error):
                raise InputError(f"the question took over {seconds:g} s", cure="narrow it, or add a LIMIT") from None
            raise InputError(f"bad SQL ({error})", cure="see docs/tables.md for tables and views") from None
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise InputError(
                f"not a question this store answers ({error})", cure="ask one SELECT; nothing can be changed here"
            ) from None
        finally:
            db.close()


def _answer(db: sqlite3.Connection, question: str, values: tuple[Any, ...]) -> Answer:
    cursor = db.execute(question, values)
    if cursor.description is None:
        raise InputError("the SQL asks nothing", cure="write one SELECT")
    columns = tuple(column[0] for column in cursor.description)
    return Answer(columns=columns, rows=cursor.fetchall())


def _authorize(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    if action in _ALLOWED or (action == sqlite3.SQLITE_PRAGMA and first in _PRAGMAS):
        # FTS5 reads its own tables through these; loading code is none of a question's business.
        return sqlite3.SQLITE_DENY if second == "load_extension" else sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY
