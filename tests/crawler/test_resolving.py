"""Names and the addresses behind them: checked at connect, each time anew, and slow ones hold up nobody else."""

import asyncio
import socket
import threading
from datetime import UTC, datetime

import pytest

from crawler.addresses import RefusedAddressError
from crawler.archive import Archive
from crawler.downloader import CheckedEndpoint
from crawler.registry import make_source
from crawler.run import run_on_loop, run_round, use_reactor
from crawler.scratch import ScratchMemory
from crawler.settings import Limits
from tests.crawler.hostile import Site, answer, article, feed
from tests.crawler.played import ONE

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)


def row(address):
    kind = socket.AF_INET6 if ":" in address else socket.AF_INET
    return (kind, socket.SOCK_STREAM, 6, "", (address, 80))


@pytest.fixture
def connected(monkeypatch):
    """Record the addresses that are connected to; nothing is."""
    made = []

    class Endpoint:
        def __init__(self, reactor, address, port, timeout):
            self.address = address

        def connect(self, factory):
            made.append(self.address)
            done = asyncio.get_running_loop().create_future()
            done.set_result("connected")
            from twisted.internet.defer import Deferred

            return Deferred.fromFuture(done)

    monkeypatch.setattr("crawler.downloader.TCP4ClientEndpoint", Endpoint)
    monkeypatch.setattr("crawler.downloader.TCP6ClientEndpoint", Endpoint)
    return made


def connect(host, allowed=frozenset()):
    async def once():
        use_reactor()
        return await CheckedEndpoint(host, 80, 5.0, allowed)._connect(None)

    return run_on_loop(once())


def test_a_name_that_leads_elsewhere_the_second_time_is_checked_again(monkeypatch, connected):
    answers = [[row("203.113.131.1")], [row("127.0.0.1")], [row("203.113.131.1"), row("10.0.0.1")]]
    asked = []

    def resolve(host, port, **_):
        asked.append(host)
        return answers[len(asked) - 1]

    monkeypatch.setattr("crawler.downloader.socket.getaddrinfo", resolve)
    assert connect("doi-cho.example") == "connected"
    assert connected == ["203.113.131.1"] and len(asked) == 1  # what was checked is what was connected to
    for _ in range(2):
        with pytest.raises(RefusedAddressError):
            connect("doi-cho.example")
    assert connected == ["203.113.131.1"] and len(asked) == 3


FORMS = ["127.0.0.1", "2130706433", "0177.0.0.1", "0x7f.1", "127.1", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
         "64:ff9b:1::7f00:1", "100.64.0.1", "169.254.169.254", "0", "fe80::1"]  # fmt: skip


@pytest.mark.parametrize("host", FORMS)
def test_no_way_of_writing_a_private_address_gets_through(host, connected):
    with pytest.raises((RefusedAddressError, OSError)):
        connect(host)
    assert connected == []


def test_slow_names_hold_up_nobody_else(monkeypatch, press, tmp_path):
    site = press.open(Site("nhanh", {"/rss": answer(feed(ONE), kind="text/xml"), ONE: answer(article())}))
    monkeypatch.setenv("ANSINH_ALLOW_PRIVATE", f"nhanh.example:{site.port}")

    quick, held = threading.Event(), []

    def resolve(host, port, **_):
        if host == "nhanh.example":
            quick.set()
            return [row("127.0.0.1")]
        held.append(quick.wait(8))  # no answer before the quick name was asked for
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr("crawler.downloader.socket.getaddrinfo", resolve)
    homes = [f"https://cham-{number}.example/" for number in range(60)] + [f"http://nhanh.example:{site.port}/"]
    sources = [
        make_source({"id": f"bao-{n}", "name": f"Báo {n}", "home": home, "feeds": ["/rss"], "interval": 0}, where="x")
        for n, home in enumerate(homes)
    ]
    result = run_round(
        sources, memory=ScratchMemory(), archive=Archive(tmp_path), now=lambda: NOW, limits=Limits(timeout=30)
    )
    assert [run.verdict for run in result.runs] == ["failing"] * 60 + ["new"]
    assert all("tên máy chủ" in run.evidence for run in result.runs[:60])
    assert len(held) >= 60 and all(held), "a slow name kept the quick one waiting"
