"""Reading by a real Dask scheduler with two workers on loopback."""

import json
import os
import signal
import socket
import threading
import time

import pytest

from model.errors import AnsinhError
from model.home import Home
from monitor.scaling import pieces
from monitor.scaling.writer import ingest_archives
from store import open_store
from tests.monitor.web_archive import news_archive

distributed = pytest.importorskip("distributed", reason="needs the extra `cluster` (distributed)")
dask_gang = pytest.importorskip("monitor.scaling.dask_gang")

ARTICLES = 30


@pytest.fixture(scope="module")
def cluster():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=":0"
    ) as cluster:
        yield cluster


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(news_archive("bao", ARTICLES)))
    return str(path)


@pytest.fixture
def alone(archive, tmp_path):
    root = tmp_path / "alone"
    with open_store(root / "ansinh.db") as store:
        ingest_archives(Home(root=root), store, [archive], workers=1)
        store.settle()
        return store.contents()


def contents(root):
    with open_store(root / "ansinh.db") as store:
        store.settle()
        return store.contents()


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(pieces, "PIECE", 4_000)


def test_two_workers_give_what_one_process_gives(cluster, archive, alone, ansinh, home):
    status, out, err = ansinh("ingest", archive, "--dask", cluster.scheduler_address, "--format", "json")
    assert (status, err) == (0, "")
    assert json.loads(out)[0]["new"] == ARTICLES
    assert contents(home) == alone
    status, out, _ = ansinh("ingest", archive, "--dask", cluster.scheduler_address, "--format", "json")
    assert (status, json.loads(out)[0]["documents"]) == (0, 0)


def test_a_worker_that_is_killed_is_made_up_for(cluster, archive, alone, tmp_path):
    home = Home(root=tmp_path / "home")
    killed = threading.Event()

    def told(taken):
        if taken.pages > 4 and not killed.is_set():
            killed.set()
            with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
                victim = next(iter(client.run(os.getpid).values()))
            os.kill(victim, signal.SIGKILL)

    with open_store(home.database) as store:
        taken, harvest = ingest_archives(home, store, [archive], dask=cluster.scheduler_address, told=told)
        store.settle()
        assert store.contents() == alone
    assert killed.is_set()
    assert (harvest.read, taken.troubles) == (ARTICLES, [])


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.mark.parametrize("address", ["127.0.0.1:8786", "http://127.0.0.1", "tcp://", ""])
def test_an_address_that_is_none_is_one_line(address, archive, ansinh):
    status, out, err = ansinh("ingest", archive, "--dask", address)
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_a_scheduler_that_does_not_answer_is_one_line(archive, ansinh, monkeypatch):
    monkeypatch.setattr(dask_gang, "CONNECT", 0.5)
    status, out, err = ansinh("ingest", archive, "--dask", f"tcp://127.0.0.1:{free_port()}")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "scale.md" in err


def test_a_scheduler_without_workers_is_waited_for_but_not_for_ever():
    with (
        distributed.LocalCluster(n_workers=0, processes=True, host="127.0.0.1", dashboard_address=":0") as empty,
        pytest.raises(AnsinhError, match="no workers"),
    ):
        dask_gang.DaskGang(empty.scheduler_address, patience=0.5)


def test_a_scheduler_that_is_lost_is_one_line():
    cluster = distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=":0"
    )
    with dask_gang.DaskGang(cluster.scheduler_address, patience=2) as gang:
        begun = gang.start(time.sleep, 60)
        threading.Timer(0.5, cluster.close, kwargs={"timeout": 5}).start()
        with pytest.raises(AnsinhError, match="again"):
            gang.result(begun)


def test_what_a_worker_cannot_do_is_one_line(cluster):
    with dask_gang.DaskGang(cluster.scheduler_address) as gang, pytest.raises(AnsinhError, match="same ansinh"):
        gang.result(gang.start(int, "x"))
