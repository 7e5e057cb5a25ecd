"""The trip: made twice it changes nothing; what was left lying is found; a round's troubles are told."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.archive import Archive
from crawler.found import Found
from crawler.settings import Limits
from model.errors import BusyError
from model.home import Home
from model.records import Page
from monitor.collect import collect, read_unread, repair, unchanged_in
from monitor.demo.play import declare_sources
from monitor.demo.server import Clock, serve
from monitor.demo.stories import load_press
from monitor.locks import one_crawl
from monitor.reading import read_page, rules_of
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


def test_a_page_whose_clock_alone_changed_is_no_new_version(trip):
    trip()
    counts = trip(EVENING + timedelta(hours=9)).round.totals
    assert counts["same"] > 0 and counts.get("changed", 0) == 0
    with trip.store.reading() as db:
        around = db.execute("SELECT count(*) FROM fetches WHERE reason = 'only the page around it changed'").fetchone()[
            0
        ]
        versions, docs = db.execute("SELECT count(*), count(DISTINCT doc) FROM articles").fetchone()
    assert around > 0 and versions == docs


def test_title_text_and_byline_make_a_version_and_nothing_else(trip):
    page = Page(url="https://bao.vn/a.html", fetched_url="", source="x", fetched_at=EVENING, status=200)
    told = unchanged_in(trip.store)

    def body(title="Một bài về BHXH", text="Có 8.475 người tham gia BHXH tự nguyện.", clock="1", beside=""):
        return (
            f"<html><head><meta property='article:published_time' content='2020-05-18T07:45:00+07:00'></head><body>"
            f"<div class='clock'>Thứ Hai, {clock}/5/2020</div><article><h1>{title}</h1>"
            + "".join(f"<p>{part}</p>" for part in (text, "Tin của phóng viên báo tỉnh từ cơ sở. " * 20))
            + f"</article><aside><a href='/x'>{beside}</a></aside></body></html>"
        ).encode()

    assert not told(page.url, body(), Found(url=page.url))  # nothing of it was read yet
    trip.store.save_reading(read_page(replace(page, body=body()), rules_of(trip.home), EVENING))
    assert told(page.url, body(clock="2", beside="Tin khác về BHXH"), Found(url=page.url))
    assert not told(page.url, body(text="Có 8.745 người tham gia BHXH tự nguyện."), Found(url=page.url))
    assert not told(page.url, body(title="Bài đã sửa về BHXH"), Found(url=page.url))
    assert not told(page.url, body().replace(b"07:45", b"09:45"), Found(url=page.url))
    undated = replace(
        page, url=f"{page.url}?2", body=body().replace(b"article:published_time", b"x"), published=EVENING
    )
    trip.store.save_reading(read_page(undated, rules_of(trip.home), EVENING))
    assert told(undated.url, undated.body + b" ", Found(url=undated.url))  # this list gives no date


def test_insurance_named_only_beside_an_article_is_no_change_of_it(trip):
    page = Page(url="https://bao.vn/b.html", fetched_url="", source="x", fetched_at=EVENING, status=200)
    text = "".join(f"<p>Đoạn {n} về mùa hoa lê nở trắng trên các sườn đồi quanh bản.</p>" for n in range(12))
    plain = f"<html><body><article><h1>Mùa hoa lê</h1>{text}</article></body></html>".encode()
    beside = plain.replace(b"</article>", "</article><aside><a href='/x'>Tin về BHXH tự nguyện</a></aside>".encode())
    for first, second in ((plain, beside), (beside, plain)):
        doc = replace(page, url=f"{page.url}?{len(first)}", body=first)
        trip.store.save_reading(read_page(doc, rules_of(trip.home), EVENING))
        assert unchanged_in(trip.store)(doc.url, second, Found(url=doc.url))
        edited = second.replace("Mùa hoa lê nở".encode(), b"x").replace(
            "Đoạn 3 về".encode(), "BHXH: 8.475 người,".encode()
        )
        assert not unchanged_in(trip.store)(doc.url, edited, Found(url=doc.url))


def test_two_trips_at_once_are_one_too_many(trip):
    with one_crawl(trip.home), pytest.raises(BusyError, match="already runs"):
        trip()
    assert trip().round.totals["new"] > 10
