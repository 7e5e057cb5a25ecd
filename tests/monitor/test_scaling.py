"""Many hands read what one reads: processes, a Dask cluster, kills in the middle, broken records."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from model.errors import AnsinhError
from model.home import Home
from monitor.scaling import pieces
from monitor.scaling.writer import ingest_archives
from store import open_store
from tests.monitor.web_archive import figure, news_archive, page, response

SMALL = 4_000
ARTICLES = 24


@pytest.fixture
def small(monkeypatch):
    """Pieces so small that a small file has many."""
    monkeypatch.setattr(pieces, "PIECE", SMALL)


@pytest.fixture(scope="module")
def archives(tmp_path_factory):
    """Two files; the second one tells two stories of the first again, one of them changed."""
    folder = tmp_path_factory.mktemp("warc")
    first = list(news_archive("bao-a", ARTICLES))
    second = list(news_archive("bao-b", ARTICLES))
    second += [response("https://bao-a.example/bai-0.html", page("Tin 0", figure(1000)))]
    second += [response("https://bao-a.example/bai-1.html", page("Tin 1", figure(7777)))]
    for name, records in (("a", first), ("b", second)):
        (folder / f"{name}.warc.gz").write_bytes(b"".join(records))
    return [str(folder / "a.warc.gz"), str(folder / "b.warc.gz")]


def contents(root):
    with open_store(Path(root) / "ansinh.db") as store:
        store.settle()
        return store.contents()


@pytest.fixture(scope="module")
def alone(archives, tmp_path_factory):
    """What a single process makes of the files."""
    root = tmp_path_factory.mktemp("alone")
    with open_store(root / "ansinh.db") as store:
        taken, harvest = ingest_archives(Home(root=root), store, archives, workers=1)
    assert (taken.pages, taken.known, harvest.read, taken.troubles) == (2 * ARTICLES + 1, 1, 2 * ARTICLES + 2, [])
    assert (harvest.new, taken.records) == (2 * ARTICLES + 1, 2 * 4 * ARTICLES + 2)
    return contents(root)


def test_smaller_pieces_give_the_same(small, alone, archives, tmp_path):
    with open_store(tmp_path / "ansinh.db") as store:
        ingest_archives(Home(root=tmp_path), store, archives, workers=1)
    assert contents(tmp_path) == alone


def test_two_processes_give_the_same(small, alone, archives, ansinh, home):
    status, out, err = ansinh("ingest", *archives, "--workers", "2", "--format", "json")
    assert (status, err) == (0, "")
    assert json.loads(out)[0]["new"] == 2 * ARTICLES + 1
    assert contents(home) == alone
    status, out, _ = ansinh("ingest", *archives, "--workers", "2", "--format", "json")
    assert (status, json.loads(out)[0]["documents"]) == (0, 0)
    assert contents(home) == alone


def running(home, archives):
    """Start `ansinh ingest` with two processes and small pieces."""
    script = (
        f"import sys; from monitor.scaling import pieces; pieces.PIECE = {SMALL};"
        "from monitor.main import run; sys.exit(run(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", script, "ingest", *archives, "--workers", "2", "--format", "json"]
    environment = {**os.environ, "ANSINH_HOME": str(home)}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=Path(__file__).parents[2]
    )


def stored(home):
    """How many articles are stored by now."""
    try:
        with open_store(home / "ansinh.db", readonly=True) as store:
            return sum(1 for _ in store.articles())
    except AnsinhError:
        return 0


def children(pid):
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("enough", [1, ARTICLES])
def test_killed_and_started_again(enough, alone, archives, ansinh, home, small):
    process = running(home, archives)
    until = time.monotonic() + 120
    while stored(home) < enough and process.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    workers = children(process.pid)
    process.kill()
    process.communicate()
    before = stored(home)
    status, out, err = ansinh("ingest", *archives, "--workers", "1", "--format", "json")
    assert (status, err) == (0, "")
    row = json.loads(out)[0]
    with open_store(home / "ansinh.db", readonly=True) as store:
        documents = sum(1 for _ in store.articles())
    assert contents(home) == alone
    # What was stored was not read again: the only readings that are no news are of the story that is told twice.
    assert row["documents"] - row["new"] <= 1
    assert before <= documents == 2 * ARTICLES
    until = time.monotonic() + 60
    while any(map(alive, workers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(alive, workers))


def test_killed_between_archive_and_database(small, alone, archives, tmp_path, monkeypatch):
    home = Home(root=tmp_path)
    with open_store(home.database) as store:
        honest, calls = store.set_progress_mark, []

        def falls(name, value):
            calls.append(name)
            if len(calls) == 5:
                raise KeyboardInterrupt
            honest(name, value)

        monkeypatch.setattr(store, "set_progress_mark", falls)
        with pytest.raises(KeyboardInterrupt):
            ingest_archives(home, store, archives, workers=1)
    with open_store(home.database) as store:
        ingest_archives(home, store, archives, workers=1)
    assert contents(tmp_path) == alone


def test_broken_records_are_told_and_the_rest_is_read(small, ansinh, home, tmp_path):
    records = list(news_archive("bao", 8))
    records[7] = records[7][:60] + b"\0" + records[7][61:]
    path = tmp_path / "broken.warc.gz"
    path.write_bytes(b"".join(records))
    for count in (7, 0):
        status, out, err = ansinh("ingest", path, "--workers", "2", "--format", "json")
        assert (status, err.count("\n")) == (1, 1), err
        assert "a record that cannot be read at byte" in err
        assert json.loads(out)[0]["documents"] == count


def test_processes_and_machines_exclude_each_other(ansinh, archives):
    status, out, err = ansinh("ingest", *archives, "--workers", "2", "--dask", "tcp://127.0.0.1:1")
    assert (status, out, err.count("\n")) == (2, "", 1)
