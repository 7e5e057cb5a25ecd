import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from model.errors import NewerStoreError, StoreError
from store import open_store
from store.migrations import HEAD, STEPS, migrate, statements
from tests.store.made import figure, reading


def shape(path: Path) -> set[tuple[str, str]]:
    db = sqlite3.connect(path)
    try:
        return set(db.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"))
    finally:
        db.close()


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("fresh") / "ansinh.db"
    open_store(path).close()
    return path


@pytest.mark.parametrize("old", range(len(STEPS)))
def test_every_old_head_comes_to_the_head_and_keeps_what_it_holds(tmp_path: Path, fresh: Path, old: int) -> None:
    path = tmp_path / "ansinh.db"
    migrate(path, stop_before=STEPS[old])
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA user_version").fetchone() == (old,)
    if old:
        db.execute("INSERT INTO runs VALUES (NULL, 'r', 'crawl', 'started', '2020', NULL, '')")
        db.commit()
    db.close()
    with open_store(path) as store:
        assert store.connection.execute("SELECT count(*) FROM runs").fetchone() == (int(bool(old)),)
    assert shape(path) == shape(fresh)


def test_the_head_is_recorded_twice(fresh: Path) -> None:
    db = sqlite3.connect(fresh)
    assert db.execute("PRAGMA user_version").fetchone() == (HEAD,)
    assert [row[0] for row in db.execute("SELECT name FROM _sqlite_migrations ORDER BY id")] == list(STEPS)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_failing_step_leaves_the_database_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ansinh.db"
    migrate(path, stop_before=STEPS[1])
    before = shape(path)
    monkeypatch.setattr("store.migrations.statements", lambda sql: iter(["CREATE TABLE half (a)", "NO SQL AT ALL"]))
    with pytest.raises(StoreError, match="NO"):
        open_store(path)
    assert shape(path) == before


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ansinh.db"
    open_store(path).close()
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {HEAD + 1}")
    db.close()
    before = path.read_bytes()
    for readonly in (False, True):
        with pytest.raises(NewerStoreError, match="newer ansinh"):
            open_store(path, readonly=readonly)
    assert path.read_bytes() == before


def test_an_older_database_cannot_be_brought_up_while_reading_only(tmp_path: Path) -> None:
    path = tmp_path / "ansinh.db"
    migrate(path, stop_before=STEPS[-1])
    with pytest.raises(StoreError, match="opened for reading only"):
        open_store(path, readonly=True)


def test_statements_keep_a_trigger_whole() -> None:
    script = "-- words\nCREATE TABLE a (b);\nCREATE TRIGGER t BEFORE UPDATE ON a BEGIN\n  SELECT 1; SELECT 2;\nEND;\n"
    assert len(list(statements(script))) == 2
    with pytest.raises(ValueError, match="ends inside"):
        list(statements("CREATE TABLE a (b)"))


def test_what_was_read_again_before_is_put_in_order(tmp_path: Path) -> None:
    path = tmp_path / "ansinh.db"
    with open_store(path) as store:
        for rules, day in (("r1", 6), ("r2", 9)):
            about = {"rules": rules, "read_at": datetime(2020, 5, day, tzinfo=UTC)}
            store.save_readings([reading("a", figure(8475), **about), reading("b", figure(day), **about)])
        store.settle()
        db = store.connection
        right = db.execute("SELECT * FROM standing ORDER BY reading_id").fetchall()
        db.execute("UPDATE standing SET read_at = (SELECT read_at FROM readings r WHERE r.id = reading_id)")
        assert right != db.execute("SELECT * FROM standing ORDER BY reading_id").fetchall()
        db.execute("DELETE FROM _sqlite_migrations WHERE name >= '0008'")
        db.execute("PRAGMA user_version = 7")
    with open_store(path) as store:
        assert right == store.connection.execute("SELECT * FROM standing ORDER BY reading_id").fetchall()
        assert not store.all_settled() and store.settle().cells == 1
