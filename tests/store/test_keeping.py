import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from model.errors import BusyError, CorruptStoreError, InputError, StoreError
from store import Store, open_store
from store.keeping import repair_indexes, restore
from tests.store.made import fetch, figure, page, reading, unclaimed


def test_a_backup_is_taken_while_others_write(store: Store, tmp_path: Path) -> None:
    store.save_readings(reading(f"d{n}", figure(8000 + n), text="chữ " * 3000) for n in range(50))
    stop = threading.Event()

    def write() -> None:
        with open_store(store.path) as writer:
            n = 1000
            while not stop.is_set():
                n += writer.save_reading(reading(f"d{n}", figure(8000 + n)))

    writing = threading.Thread(target=write)
    writing.start()
    try:
        size = store.backup(tmp_path / "copy" / "backup.db")
    finally:
        stop.set()
        writing.join()
    assert size > 0 and not list((tmp_path / "copy").glob("*.part*"))
    with open_store(tmp_path / "copy" / "backup.db", readonly=True) as copy:
        assert copy.connection.execute("SELECT count(*) FROM readings").fetchone()[0] >= 50
    with pytest.raises(InputError, match="exists"):
        store.backup(tmp_path / "copy" / "backup.db")


def test_a_backup_is_restored_and_the_old_database_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "ansinh.db"
    with open_store(path) as store:
        store.save_reading(reading("a", figure()))
        before = store.contents()
        store.backup(tmp_path / "backup.db")
        store.save_reading(reading("b", figure()))
    moved = restore(tmp_path / "backup.db", path)
    assert moved is not None
    with open_store(path) as store, open_store(moved) as old:
        assert store.contents() == before and old.contents() != before
    assert restore(tmp_path / "backup.db", tmp_path / "new" / "ansinh.db") is None


def test_a_database_that_others_have_open_is_not_replaced(tmp_path: Path) -> None:
    path, backup = tmp_path / "ansinh.db", tmp_path / "b.db"
    with open_store(path) as store:
        store.save_reading(reading("a", figure()))
        store.backup(backup)
        store.save_reading(reading("b", figure()))
        with pytest.raises(BusyError, match="stop `ansinh run`"):
            restore(backup, path)
        store.save_reading(reading("c", figure()))
    with open_store(path) as store:
        assert store.totals()["articles"] == 3, "what was acknowledged stays"
    moved = restore(backup, path)
    assert moved is not None
    with open_store(path) as store, open_store(moved) as old:
        assert (store.totals()["articles"], old.totals()["articles"]) == (1, 3)
        for one in (store, old):
            assert one.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",), "many read while one writes"


def broken(path: Path) -> bytes:
    """Give a database one of whose pages is damaged."""
    with open_store(path) as store:
        store.save_readings(reading(f"d{n}", figure(8000 + n)) for n in range(300))
    with open_store(path) as store:
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        place = store.connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'observations'").fetchone()[0]
    whole = bytearray(path.read_bytes())
    whole[(place - 1) * 4096 : (place - 1) * 4096 + 200] = b"x" * 200
    return bytes(whole)


@pytest.mark.parametrize("fault", ["text", "page", "cut", "other"])
def test_the_fault_of_a_backup_names_the_backup_and_the_cure(tmp_path: Path, fault: str) -> None:
    path, backup = tmp_path / "ansinh.db", tmp_path / "sao lưu.db"
    open_store(path).close()
    if fault == "other":
        db = sqlite3.connect(backup)
        db.execute("CREATE TABLE something (a)")
        db.close()
    else:
        whole = b"nothing " * 1000 if fault == "text" else broken(tmp_path / "made" / "ansinh.db")
        backup.write_bytes(whole[: len(whole) // 2] if fault == "cut" else whole)
    with pytest.raises(StoreError) as caught:
        restore(backup, path)
    assert str(caught.value).startswith(str(backup)) and ".restored" not in str(caught.value)
    if fault != "other":
        assert isinstance(caught.value, CorruptStoreError) and "use another backup" in caught.value.cure
    assert {file.name for file in tmp_path.iterdir()} - {"made"} == {"ansinh.db", "sao lưu.db"}


def test_a_damaged_database_is_named_when_it_cannot_be_backed_up(tmp_path: Path) -> None:
    path = tmp_path / "ansinh.db"
    path.write_bytes(broken(tmp_path / "made" / "ansinh.db"))
    with open_store(path) as store, pytest.raises(CorruptStoreError) as caught:
        store.backup(tmp_path / "copy.db")
    assert str(caught.value).startswith(str(path)) and "`ansinh restore`" in caught.value.cure
    assert not list(tmp_path.glob("copy*"))


def test_a_bad_backup_replaces_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ansinh.db"
    open_store(path).close()
    (tmp_path / "bad.db").write_bytes(b"nothing " * 1000)
    with pytest.raises(CorruptStoreError):
        restore(tmp_path / "bad.db", path)
    assert {file.name for file in tmp_path.iterdir()} == {"ansinh.db", "bad.db"}, "nothing half-made is left"
    (tmp_path / "bad.db").write_bytes(b"")
    with pytest.raises(CorruptStoreError, match="is empty"):
        restore(tmp_path / "bad.db", path)
    with pytest.raises(InputError, match="no backup"):
        restore(tmp_path / "none.db", path)
    open_store(path).close()
    assert not list(tmp_path.glob("*.restored*"))


def test_a_healthy_store_has_nothing_to_say(store: Store) -> None:
    store.save_reading(reading("a", figure()))
    store.settle()
    findings = {one.check: one for one in store.doctor()}
    assert set(findings) == {
        "integrity", "foreign-keys", "orphans", "unsettled", "search", "disk", "clock", "versions", "runs",
    }  # fmt: skip
    assert {one.state for check, one in findings.items() if check != "disk"} == {"ok"}


def test_the_doctor_finds_what_is_wrong_and_says_the_cure(store: Store) -> None:
    future = datetime.now(UTC) + timedelta(days=2)
    store.add_page(page(warc_file="", fetched_at=future), fetch(at=future))
    store.save_reading(reading("a", figure(), read_at=future))
    store.connection.execute(
        "INSERT INTO runs VALUES (NULL, 'r', 'crawl', 'started', '2020-01-01T00:00:00.000000+00:00', NULL, '')"
    )
    store.connection.execute("PRAGMA foreign_keys = OFF")
    store.connection.execute("INSERT INTO unclaimed VALUES (NULL, 999, 0, 1, '', '', '')")
    findings = {one.check: one for one in store.doctor()}
    wrong = {check for check, one in findings.items() if one.state != "ok" and one.cure}
    assert wrong >= {"foreign-keys", "orphans", "unsettled", "search", "clock", "runs"}
    assert {one.check for one in store.doctor(quick=True)} == {
        "unsettled", "search", "disk", "clock", "versions", "runs",
    }  # fmt: skip


def test_a_damaged_index_is_built_again(tmp_path: Path) -> None:
    path = tmp_path / "ansinh.db"
    with open_store(path) as store:
        store.save_readings(reading(f"d{n}", figure(8000 + n)) for n in range(50))
        db = store.connection
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_schema SET sql = replace(sql, '(doc)', '(doc COLLATE NOCASE)') WHERE name ="
                   " 'observations_doc'")  # fmt: skip
        db.execute("UPDATE sqlite_schema SET sql = replace(sql, '(indicator, measure)', '(measure, indicator)')"
                   " WHERE name = 'series_indicator'")  # fmt: skip
        db.execute("PRAGMA writable_schema = RESET")
    with open_store(path) as store:
        integrity = store.doctor()[0]
        assert integrity.state == "bad" and "--repair" in integrity.cure
    repair_indexes(path)
    with open_store(path) as store:
        assert store.doctor()[0].state == "ok"


def test_contents_are_equal_whatever_the_order(tmp_path: Path) -> None:
    readings = [
        reading(f"d{n}", figure(8000 + n), figure(5, "5 đại lý", start=90), unclaimed=(unclaimed(),)) for n in range(9)
    ]
    with open_store(tmp_path / "a.db") as one, open_store(tmp_path / "b.db") as other:
        one.save_readings(readings)
        other.save_readings(reversed(readings), batch=2)
        one.settle()
        changed = {table for table, digest in one.contents().items() if other.contents()[table] != digest}
        assert changed == {"points", "all"} and one.all_settled() and not other.all_settled()
        other.settle()
        assert one.contents() == other.contents()
        other.save_reading(reading("d10", figure(1)))
        changed = {table for table, digest in one.contents().items() if other.contents()[table] != digest}
        assert changed == {"articles", "observations", "all"}


def test_contents_see_a_new_reading_but_not_its_hour(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.db") as one, open_store(tmp_path / "b.db") as other:
        one.save_reading(reading("a", figure(1), rules="r1"))
        one.save_reading(reading("a", figure(2), rules="r2", read_at=datetime(2021, 1, 1, tzinfo=UTC)))
        other.save_reading(reading("a", figure(2), rules="r2"))
        assert one.contents() == other.contents()
