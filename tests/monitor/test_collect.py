"""The trip: made twice it changes nothing; what was left lying is found; a round's troubles are told."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from crawler.archive import Archive
from crawler.settings import Limits
from model.home import Home
from monitor.collect import collect, read_unread, repair
from monitor.demo.play import declare_sources
from monitor.demo.server import Clock, serve
from monitor.demo.stories import load_press
from monitor.words import VIETNAM
from store import open_store

EVENING = datetime(2020, 5, 18, 22, tzinfo=VIETNAM)


@pytest.fixture
def trip(tmp_path, monkeypatch):
    """Make a trip to two newspapers at an instant."""
    home = Home(root=tmp_path)
    papers = {name: paper for name, paper in load_press().items() if name in ("xu-lang", "bhxh-lang-son")}
    clock = Clock(EVENING)
    with serve(papers, clock) as press, open_store(home.database) as store:
        monkeypatch.setenv("ANSINH_ALLOW_PRIVATE", press.allowed)
        sources = declare_sources(home, press)

        def make(at=EVENING):
            clock.now = at
            limits = Limits(interval=0.0, max_interval=0.1, timeout=10)
            return collect(home, store, sources, now=lambda: at.astimezone(UTC), limits=limits)

        make.home, make.store = home, store
        yield make


def test_a_second_trip_at_once_changes_nothing(trip):
    first = trip()
    assert first.round.totals["new"] == first.harvest.read > 10
    assert first.harvest.broken == [] and first.troubled == []
    before = trip.store.contents()
    again = trip(EVENING + timedelta(minutes=30))
    assert (again.harvest.read, again.round.totals.get("new", 0)) == (0, 0)
    assert trip.store.contents() == before


def test_what_nobody_read_is_read_by_the_next_trip(trip, monkeypatch):
    monkeypatch.setattr("monitor.collect.read_unread", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        trip()
    assert len(list(trip.store.unread_pages())) > 10
    monkeypatch.undo()
    os.environ.pop("ANSINH_ALLOW_PRIVATE", None)
    harvest = read_unread(trip.home, trip.store, now=lambda: EVENING.astimezone(UTC))
    assert harvest.read > 10 and harvest.figures > 10
    assert list(trip.store.unread_pages()) == []


def test_pages_that_only_the_archive_knows_are_remembered(trip, tmp_path):
    trip()
    pages = list(trip.store.pages(kind=""))
    (name,) = {page.warc_file for page in pages}
    (trip.home.archive / (name + ".open")).write_bytes(b"")
    with open_store(tmp_path / "fresh" / "ansinh.db") as fresh:
        assert repair(trip.home, fresh) == len(pages)
        assert {page.url for page in fresh.pages(kind="")} == {page.url for page in pages}
    assert list(Archive(trip.home.archive).verify()) == []


def test_sources_are_known_by_name_and_kind(trip):
    trip()
    assert trip.store.outlet_names()["xu-lang"] == "Báo Xứ Lạng"
    points = trip.store.series("Lạng Sơn", "BHXH_TN.participants")
    assert any(point.why == "office portal" for point in points)
