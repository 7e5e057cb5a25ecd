"""Hosts that want long pauses: the round ends in time, nothing is lost, and the pause is kept, also across rounds."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from time import monotonic

import pytest

from crawler.settings import Limits
from tests.crawler import hostile
from tests.crawler.hostile import answer, article
from tests.crawler.played import LIMITS, ONE, TWO

SECTIONS = ("/xa-hoi", "/kinh-te", "/suc-khoe", "/giao-duc")
LATER = timedelta(minutes=20)


def pauses(played, seconds, *sections):
    """Ask for so long a pause; every section names articles of its own."""
    played.stamps = []
    robots = answer(f"User-agent: *\nCrawl-delay: {seconds}".encode(), kind="text/plain")

    async def stamped(site, path, headers, writer):
        played.stamps.append((monotonic(), path))
        if path == "/robots.txt":
            writer.write(robots)
        elif path in sections:
            links = "".join(f"<a href='{path}/bai-viet-so-{n}-a{1000 + n}.html'>Bài {n}</a>" for n in range(2))
            writer.write(answer(f"<html><body>{links}</body></html>".encode()))
        else:
            writer.write(answer(article(path)))

    played.site.pages = {"*": stamped}
    played.source = played.source.model_copy(update={"feeds": (), "sections": sections})


def kept(played):
    return {page.url for page in played.memory.pages.values()}


def apart(played):
    moments = [moment for moment, _ in played.stamps]
    return min(late - early for early, late in pairwise(moments))


def test_a_round_ends_in_time_whatever_the_pause_and_however_many_lists(played):
    pauses(played, 1.2, *SECTIONS)
    counts = played.round(limits=replace(LIMITS, max_interval=0.2, slow_seconds=3.2))
    assert counts["new"] == 1 and counts["lists_left"] == 3 and counts["postponed"] == 1
    assert sum(played.site.asked.values()) == 3  # robots.txt, a list, an article
    run = played.memory.runs[-1]
    assert run.verdict == "new" and "để vòng sau 1 bài và 3 danh sách" in run.evidence
    assert apart(played) >= 1.0


def test_what_did_not_fit_is_found_again_until_nothing_is_left(played):
    pauses(played, 0.3, *SECTIONS)
    limits = replace(LIMITS, max_interval=0.1, slow_seconds=0.8)
    rounds = 0
    while len(kept(played)) < 8 and rounds < 12:
        played.round(LATER, limits)
        assert played.memory.runs[-1].verdict in {"new", "ok"}
        rounds += 1
    assert len(kept(played)) == 8
    asked = [path for _, path in played.stamps]
    assert max(asked.count(path) for path in asked if "bai-viet" in path) == 1
    assert all(section in asked for section in SECTIONS)
    assert asked.count("/robots.txt") == 1  # a slow host's is kept for a day
    played.round(timedelta(days=2), limits)
    assert "/robots.txt" in played.site.asked


def test_a_pause_longer_than_a_round_gives_each_round_one_request(played):
    pauses(played, 2, "/xa-hoi")
    limits = replace(LIMITS, max_interval=0.1, slow_seconds=0.5)
    asked = [played.round(LATER, limits) and sorted(played.site.asked) for _ in range(5)]
    assert asked[0] == ["/robots.txt"]
    one, two = "/xa-hoi/bai-viet-so-0-a1000.html", "/xa-hoi/bai-viet-so-1-a1001.html"
    assert asked[1:] == [["/xa-hoi"], [one], ["/xa-hoi"], [two]]  # a list and an article in turn
    assert {run.verdict for run in played.memory.runs} <= {"new", "ok"}
    assert len(kept(played)) == 2


def test_the_pause_is_kept_from_one_round_to_the_next(played):
    pauses(played, 0.8, "/xa-hoi")
    limits = replace(LIMITS, max_interval=0.1, slow_seconds=5.0)
    begun, clock = monotonic(), played.clock
    for _ in range(2):
        played.round(limits=limits, now=lambda: clock + timedelta(seconds=monotonic() - begun))
    assert len(played.stamps) >= 4
    assert apart(played) >= 0.6


def test_a_round_that_comes_before_the_pause_is_over_asks_nothing_and_loses_nothing(played):
    pauses(played, 600, "/xa-hoi")
    played.round()
    counts = played.round(timedelta(seconds=30))
    assert not played.site.asked and counts["lists_left"] == 1
    assert counts["pause"] == 600
    played.round(timedelta(seconds=600))
    assert list(played.site.asked) == ["/xa-hoi"]


def test_a_host_that_wants_pauses_no_more_is_asked_as_often_as_others(played):
    pauses(played, 600, "/xa-hoi")
    played.round()
    pauses(played, 0, "/xa-hoi")
    counts = played.round(timedelta(days=2))
    assert counts["new"] == 2 and "pause" not in counts
    assert played.memory.host(f"127.0.0.1:{played.site.port}").pause == 0


def test_pages_without_end_on_a_slow_host_are_owed_one_after_another(played):
    played.site.pages["*"] = hostile.next_list
    played.site.pages["/robots.txt"] = answer(b"User-agent: *\nCrawl-delay: 0.3", kind="text/plain")
    played.source = played.source.model_copy(update={"feeds": (), "sections": ("/xa-hoi",)})
    limits = replace(LIMITS, max_interval=0.1, slow_seconds=1.0, list_pages=3)
    for _ in range(14):
        played.round(LATER, limits)
    assert len(kept(played)) == 9  # three pages with three articles each


def test_what_a_slow_host_never_answers_ends_in_time_too(played):
    pauses(played, 1.2, "/xa-hoi")
    stamped = played.site.pages["*"]
    played.site.pages = {"/robots.txt": stamped, "/xa-hoi": stamped, "*": hostile.silence}
    counts = played.round(limits=Limits(timeout=2, interval=0, max_interval=0.1, slow_seconds=3.2))
    assert counts["timeout"] == 1 and counts["postponed"] == 1


@pytest.mark.parametrize("said", ["inf", "1e30", "-5", "often"])
def test_a_pause_that_nobody_can_mean_breaks_nothing(played, said):
    played.site.pages["/robots.txt"] = answer(f"User-agent: *\nCrawl-delay: {said}".encode(), kind="text/plain")
    played.list(ONE, TWO)
    played.round()
    assert played.site.asked["/robots.txt"] == 1
    assert played.memory.runs[-1].verdict == "new"
