import sqlite3
from pathlib import Path

import pytest

from store import Store
from tests.store.made import fetch, figure, page, reading, unclaimed

TABLES = (
    "pages", "fetches", "source_runs", "runs", "articles", "readings", "series", "observations", "carried",
    "unclaimed", "verdicts", "office_figures", "corrections", "deeds",
)  # fmt: skip


@pytest.fixture
def raw(store: Store) -> sqlite3.Connection:
    """A store with a row in every table, opened by somebody who knows nothing of ours."""
    store.add_page(page("https://bao.example/x"), fetch("https://bao.example/x"))
    store.save_reading(reading("x", figure(), figure(9000, publish=False), unclaimed=(unclaimed(),)))
    store.save_reading(reading("x", figure(), figure(9100), rules="r2"))
    store.add_verdict(1, "accept", "duty")
    store.end_run(store.start_run("crawl") or "")
    store.add_deed("duty", "accept")
    db = store.connection
    db.execute("INSERT INTO source_runs VALUES (NULL, 's', 'r', '', '', '{}', 'ok', '')")
    db.execute("INSERT INTO office_figures VALUES (NULL, 'plan', 1, '', '', 1, '', NULL, '', '', '')")
    db.execute("INSERT INTO corrections VALUES (NULL, 1, 2, 'duty', 'r', '2020')")
    return sqlite3.connect(store.path)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "REPLACE INTO {0} SELECT * FROM {0}"]
)
def test_nothing_is_overwritten_whoever_asks(raw: sqlite3.Connection, table: str, statement: str) -> None:
    before = raw.execute(f"SELECT * FROM {table}").fetchall()
    assert before, "the table must hold something, or the trigger would never fire"
    column = raw.execute(f"SELECT name FROM pragma_table_info('{table}') LIMIT 1").fetchone()[0]
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(statement.format(table, column))
    assert raw.execute(f"SELECT * FROM {table}").fetchall() == before


def test_replace_by_a_unique_key_is_refused_too(raw: sqlite3.Connection) -> None:
    for sql in (
        "REPLACE INTO readings SELECT id + 100, doc, digest, rules, article_id, read_at, source, 0, 0 FROM readings",
        'INSERT OR REPLACE INTO series SELECT id + 100, indicator, measure, unit, area, scope, "of", denominator,'
        " issuer, base_kind FROM series",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute(sql)


def test_every_table_that_is_not_derived_is_guarded(store: Store) -> None:
    derived = {
        "standing",
        "judged",
        "sketches",
        "copies",
        "points",
        "past_points",
        "unsettled",
        "outlets",
        "marks",
        "staged",
        "tellings",
        "hosts",
        "owed",
        "tallied",
        "tallies",
    }
    found = store.connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_%'"
        " ESCAPE '\\' AND name NOT LIKE 'articles_fts%'"
    )
    assert {row[0] for row in found} == derived | set(TABLES)


def test_tables_are_strict(store: Store, tmp_path: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT"):
        store.connection.execute(
            "INSERT INTO fetches VALUES (NULL, 'u', 's', 'a', 'new', 'many', '', '', 0, 0, '', '', '')"
        )
