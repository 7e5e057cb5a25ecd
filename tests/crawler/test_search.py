"""A site's own search beside its lists: what it brings, how often it is asked, that nothing suffers where it fails."""

from datetime import timedelta

import pytest

from tests.crawler.hostile import answer, article, silence
from tests.crawler.played import ONE

SEARCH = "/tim-kiem?q=b%E1%BA%A3o%20hi%E1%BB%83m%20x%C3%A3%20h%E1%BB%99i"
HIT = "/ket-qua-tim-kiem-bao-hiem-a1009.html"


@pytest.fixture
def searched(played):
    played.source = played.source.model_copy(update={"search": "/tim-kiem?q={words}"})
    played.site.pages[HIT] = answer(article("Chỉ có trong tìm kiếm"))
    played.site.pages[SEARCH] = answer(
        f"<html><body><a href='{HIT}'>Tin</a><a href='{ONE}'>Tin</a></body></html>".encode()
    )
    return played


def test_a_site_s_search_brings_what_no_list_names_and_is_asked_once_a_day(searched):
    counts = searched.round()
    assert counts["new"] == 3 and counts["searches"] == 1
    found = {page.url.rpartition("/")[2]: page for page in searched.memory.pages.values()}
    assert found[ONE[1:]].published is not None  # named by the feed first, with its date
    asked = [path for path, _ in searched.site.requests]
    assert asked.index("/rss") < asked.index(SEARCH) and sum("tim-kiem?" in path for path in asked) == 2
    assert "searches" not in searched.round(timedelta(hours=2))
    assert searched.site.asked[SEARCH] == 0
    searched.round(timedelta(days=1))
    assert searched.site.asked[SEARCH] == 1


@pytest.mark.parametrize(
    ("play", "robots"),
    [
        (answer(b"no", "403 Forbidden"), ""),
        (answer(b"", "404 Not Found"), ""),
        (answer(b"<html><title>Just a moment...</title></html>"), ""),
        (answer(b"<html><body><div id='app'></div><script src='/a.js'></script></body></html>"), ""),
        (silence, ""),
        (answer(b""), "User-agent: *\nDisallow: /tim-kiem"),
    ],
    ids=["403", "404", "challenge", "by script", "silent", "robots"],
)
def test_a_search_that_fails_leaves_the_source_none_the_worse(searched, play, robots):
    searched.site.pages["*"] = searched.site.pages[SEARCH] = play
    if robots:
        searched.site.pages["/robots.txt"] = answer(robots.encode(), kind="text/plain")
    else:
        searched.site.pages["/robots.txt"] = answer(b"", "404 Not Found")
    counts = searched.round()
    assert counts["search_failed"] == 2 and counts["new"] == 2
    assert not {"blocked", "lists_failed", "timeout", "refused"} & set(counts)
    assert any("tim-kiem" in fetch.url and fetch.reason for fetch in searched.memory.fetches)
    searched.round(timedelta(hours=1))
    assert searched.memory.runs[-1].verdict == "ok"


def test_a_source_that_has_nothing_but_a_search_lives_by_it(searched):
    searched.source = searched.source.model_copy(update={"feeds": ()})
    assert searched.round()["new"] == 2
    assert searched.round(timedelta(hours=1))["listings"] >= 1
    searched.site.pages[SEARCH] = searched.site.pages["*"] = answer(b"no", "403 Forbidden")
    searched.round(timedelta(hours=1))
    assert searched.memory.runs[-1].verdict == "blocked"
