"""What happens when the disk is full, the writer dies, the file is damaged, another process holds it."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from model.errors import AnsinhError, BusyError, CorruptStoreError, StoreError
from store import Store, open_store
from tests.store.made import figure, reading

WRITER = """
import sys
sys.path.insert(0, {root!r})
from store import open_store
from tests.store.made import figure, reading
store = open_store({path!r})
for n in range(100000):
    store.save_reading(reading(f"d{{n}}", figure(8000 + n % 7), figure(17000, measure="target", start=50)))
    print(n, flush=True)
    if n % 5 == 0:
        store.settle()
"""


@pytest.mark.parametrize("milliseconds", [0, 7, 23, 60, 150])
def test_a_killed_writer_loses_nothing_that_was_acknowledged(tmp_path: Path, milliseconds: int) -> None:
    path = tmp_path / "ansinh.db"
    code = WRITER.format(root=str(Path(__file__).parents[2]), path=str(path))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(milliseconds / 1000)
        writer.send_signal(signal.SIGKILL)
        told = [int(line) for line in writer.stdout.read().split()]
    last = max(told, default=0)
    with open_store(path) as store:
        db = store.connection
        docs = db.execute("SELECT doc, observations FROM readings ORDER BY id").fetchall()
        assert len(docs) >= last + 1 and [doc for doc, _ in docs] == [f"d{n}" for n in range(len(docs))]
        assert db.execute("SELECT count(*) FROM observations").fetchone()[0] == 2 * len(docs)
        assert db.execute("SELECT count(*) FROM standing").fetchone()[0] == len(docs)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        store.settle()
        [point] = store.series("Lạng Sơn", "BHXH_TN.participants")
        assert point.report_count == len(docs)
        assert [f.state for f in store.doctor() if f.check != "disk"] == ["ok"] * (len(store.doctor()) - 1)


def test_a_full_disk_is_told_in_one_line_and_loses_nothing(store: Store) -> None:
    pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
    store.connection.execute(f"PRAGMA max_page_count = {pages + 20}")
    saved = 0
    with pytest.raises(StoreError, match="disk is full") as caught:
        for n in range(1000):
            store.save_reading(reading(f"d{n}", figure(), text="chữ " * 2000))
            saved += 1
    assert "\n" not in str(caught.value) and "make room" in str(caught.value)
    assert saved and not store.connection.in_transaction
    assert store.connection.execute("SELECT count(*) FROM readings").fetchone() == (saved,)
    store.connection.execute("PRAGMA max_page_count = 1000000")
    assert store.save_reading(reading(f"d{saved}", figure(), text="chữ " * 2000))
    assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


FILLER = """
import resource, sys
sys.path.insert(0, {root!r})
from model.errors import AnsinhError
from store import open_store
from tests.store.made import figure, reading
store = open_store({path!r})
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
n = 0
try:
    while True:
        store.save_reading(reading(f"d{{n}}", figure(), text="chữ " * 2000))
        n += 1
except AnsinhError as error:
    print(n, error)
"""


def test_a_file_that_may_not_grow_is_a_fault_with_a_cure(tmp_path: Path) -> None:
    path = tmp_path / "ansinh.db"
    code = FILLER.format(root=str(Path(__file__).parents[2]), path=str(path))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    saved, said = done.stdout.split(" ", 1)
    assert len(said.splitlines()) == 1 and "everything stored before this" in said
    with open_store(path) as store:
        assert store.connection.execute("SELECT count(*) FROM readings").fetchone() == (int(saved),)
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    for content in (b"hello " * 400, b"SQLite format 3\x00" + os.urandom(4000)):
        path = tmp_path / "ansinh.db"
        path.write_bytes(content)
        with pytest.raises(CorruptStoreError, match="damaged") as caught:
            open_store(path)
        assert "restore" in str(caught.value) and path.read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "theirs.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE theirs (a)")
    db.commit()
    db.close()
    with pytest.raises(StoreError, match="something else"):
        open_store(path)


def test_a_damaged_page_is_found_and_told(tmp_path: Path) -> None:
    path = tmp_path / "ansinh.db"
    with open_store(path) as store:
        store.save_readings(reading(f"d{n}", figure(8000 + n)) for n in range(300))
        root = store.connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'observations'").fetchone()[0]
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(os.urandom(4096))
    with open_store(path) as store:
        with pytest.raises(CorruptStoreError, match="ansinh restore"):
            store.series("Lạng Sơn", "BHXH_TN.participants")
        integrity = store.doctor()[0]
        assert (integrity.check, integrity.state) == ("integrity", "bad") and "restore" in integrity.cure


@pytest.mark.parametrize("readonly", [True, False])
def test_paths_that_cannot_be_used(tmp_path: Path, readonly: bool) -> None:
    with pytest.raises(StoreError):
        open_store(tmp_path, readonly=readonly)
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError):
        open_store(tmp_path / "file" / "ansinh.db", readonly=readonly)


def test_reading_only_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no database"):
        open_store(tmp_path / "ansinh.db", readonly=True)
    assert list(tmp_path.iterdir()) == []


def test_reading_only_writes_nothing(store: Store) -> None:
    store.save_reading(reading("a", figure()))
    with open_store(store.path, readonly=True) as reader:
        assert len(reader.series("Lạng Sơn", "BHXH_TN.participants")) == 1
        with pytest.raises(AnsinhError):
            reader.save_reading(reading("b", figure()))


def test_a_second_writer_waits(store: Store) -> None:
    released = threading.Event()

    def hold() -> None:
        other = sqlite3.connect(store.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        started.set()
        released.wait(10)
        other.execute("COMMIT")
        other.close()

    started = threading.Event()
    holder = threading.Thread(target=hold)
    holder.start()
    started.wait(10)
    threading.Timer(0.3, released.set).start()
    assert store.save_reading(reading("a", figure()))
    holder.join()


def test_a_writer_that_waits_in_vain_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.connection.BUSY_SECONDS", 0.05)
    with open_store(tmp_path / "ansinh.db") as store:
        other = sqlite3.connect(store.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyError, match="held by another process"):
            store.save_reading(reading("a", figure()))
        other.execute("ROLLBACK")
        assert store.save_reading(reading("a", figure()))


def test_many_processes_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    code = "import sys; sys.path.insert(0, {!r}); from store import open_store; open_store({!r}).close()".format(
        str(Path(__file__).parents[2]), str(tmp_path / "ansinh.db")
    )
    started = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [(one.communicate(timeout=120)[1], one.returncode) for one in started] == [("", 0)] * 3
