"""Marks: how far each derived table has been brought."""

import sqlite3


def mark_of(db: sqlite3.Connection, name: str) -> str | None:
    """Give a mark; None where it was never set."""
    row = db.execute("SELECT value FROM marks WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else None


def set_mark(db: sqlite3.Connection, name: str, value: str) -> None:
    """Set a mark of the derived tables."""
    db.execute(
        "INSERT INTO marks (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )
