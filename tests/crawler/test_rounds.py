"""Rounds one after another: only what is new, what changed, what must be tried again, and nothing twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from model.errors import StoreError
from tests.crawler import hostile
from tests.crawler.hostile import answer, article, feed, silence
from tests.crawler.played import LIMITS, ONE, THREE, TWO


def test_only_what_is_new_is_fetched(played):
    assert played.round()["new"] == 2
    played.list(ONE, TWO, THREE)
    counts = played.round(timedelta(hours=1))
    assert counts["new"] == 1
    assert played.site.asked[ONE] == played.site.asked[TWO] == 0
    assert played.site.asked[THREE] == 1


def test_an_edited_article_becomes_a_new_version(played):
    played.round()
    played.site.pages[ONE] = answer(article("Đính chính"), ETag='"2"')
    counts = played.round(timedelta(hours=7))
    assert counts["changed"] == 1 and counts.get("new", 0) == 0
    versions = [page for page in played.memory.pages.values() if page.url.endswith(ONE)]
    assert len({page.digest for page in versions}) == 2
    assert all(played.archive.read(page.warc_file, page.warc_offset) == page for page in versions)
    assert [entry.outcome for entry in played.archive.find(versions[0].url)] == ["new", "changed"]


def test_an_old_article_is_left_alone_unless_its_list_says_it_changed(played):
    played.round()
    counts = played.round(timedelta(days=10))
    assert counts["known"] == 2 and "asked" not in counts
    said = played.clock + timedelta(hours=2)
    entry = f"<entry><link href='{ONE}'/><title>Bài</title><updated>{said.isoformat()}</updated></entry>"
    played.site.pages["/rss"] = answer(f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>".encode())
    played.site.pages[ONE] = answer(article("Sửa sau mười ngày"))
    assert played.round(timedelta(hours=3))["changed"] == 1


def test_unchanged_articles_are_asked_conditionally_and_not_archived_again(played):
    played.round()
    before = len(list(played.archive.records()))
    counts = played.round(timedelta(hours=7))
    assert counts["same"] == 2
    assert played.headers(ONE)[0]["if-none-match"] == f'"{ONE}"'
    assert len(list(played.archive.records())) == before


def test_a_list_that_did_not_change_costs_one_request(played):
    played.list(ONE, TWO, ETag='"list"')
    played.round()
    played.site.pages["/rss"] = answer(b"", "304 Not Modified", ETag='"list"')
    counts = played.round(timedelta(hours=1))
    assert counts["not_modified"] == 1
    assert played.headers("/rss")[0]["if-none-match"] == '"list"'
    assert played.memory.runs[-1].verdict == "ok"


def test_a_server_that_always_says_not_modified_is_found_out(played):
    played.list(ONE, TWO, ETag='"list"')
    played.round()

    async def liar(site, path, headers, writer):
        conditional = "if-none-match" in headers
        writer.write(
            answer(b"", "304 Not Modified", ETag='"list"')
            if conditional
            else answer(feed(ONE, TWO, THREE), kind="text/xml", ETag='"list"')
        )

    played.site.pages["/rss"] = liar
    assert "new" not in played.round(timedelta(hours=1))
    assert played.round(timedelta(hours=1))["new"] == 1  # asked without validators, never twice running
    lists = [fetch for fetch in played.memory.fetches if fetch.url.endswith("/rss")]
    assert lists[-1].reason == "validator lies" and not lists[-1].etag
    played.round(timedelta(hours=1))
    assert "if-none-match" not in played.headers("/rss")[0]


def test_what_failed_is_tried_again_in_the_next_round_only(played):
    played.site.pages[ONE] = silence
    counts = played.round()
    assert counts["timeout"] == 1 and counts["new"] == 1 and played.site.asked[ONE] == 1
    played.site.pages[ONE] = answer(article("Muộn"))
    assert played.round(timedelta(minutes=30))["new"] == 1


def test_a_list_is_not_asked_conditionally_while_something_is_left_over(played):
    played.list(ONE, TWO, ETag='"list"')
    played.site.pages[ONE] = answer(b"", "500 Oops")
    played.round()
    played.round(timedelta(minutes=30))
    assert "if-none-match" not in played.headers("/rss")[0]


def test_what_is_gone_is_not_asked_every_round(played):
    played.site.pages[ONE] = answer(b"", "404 Not Found")
    assert played.round()["gone"] == 1
    assert played.round(timedelta(hours=1)).get("asked", 0) == 0
    assert played.round(timedelta(days=2))["gone"] == 1


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_retry_after_ends_the_round_and_is_remembered(played, status):
    for path in (ONE, TWO, THREE):
        played.site.pages[path] = answer(b"", status, Retry_After="3600")
    played.list(ONE, TWO, THREE)
    counts = played.round(limits=replace(LIMITS, per_host=1))
    assert counts["postponed"] == 2
    assert counts["not_before"] == int(played.clock.timestamp()) + 3600


def test_a_source_that_refuses_three_times_running_is_left_alone(played):
    paths = [f"/bai-viet-bi-chan-so-{n}-a{1000 + n}.html" for n in range(10)]
    for path in paths:
        played.site.pages[path] = answer(b"no", "403 Forbidden")
    played.list(*paths)
    counts = played.round(limits=replace(LIMITS, per_host=1))
    assert counts["blocked"] == 3 and counts["postponed"] == 7
    assert played.memory.runs[-1].verdict == "blocked"


def test_a_round_fetches_so_many_pages_and_leaves_the_rest_to_the_next(played):
    counts = played.round(limits=replace(LIMITS, pages=1))
    assert counts["new"] == 1 and counts["postponed"] == 1
    assert played.round(timedelta(minutes=20))["new"] == 1


def test_what_a_round_left_over_on_older_pages_is_found_again(played):
    played.site.pages["*"] = hostile.next_list
    played.source = played.source.model_copy(update={"feeds": (), "sections": ("/xa-hoi",)})
    limits = replace(LIMITS, pages=4, list_pages=3)
    found = [played.round(timedelta(minutes=20), limits).get("asked", 0) for _ in range(4)]
    assert found == [4, 4, 1, 0]  # nine articles on three pages


def test_the_same_article_by_http_and_https_or_with_tracking_is_one(played):
    played.list(ONE, f"{ONE}?utm_source=x", f"{ONE}#binh-luan")
    counts = played.round()
    assert counts["found"] == 1 and played.site.asked[ONE] == 1


def test_intervals_are_kept_and_crawl_delay_too(played):
    played.source = played.source.model_copy(update={"interval": 0.3})
    stamps = []

    async def stamped(site, path, headers, writer):
        stamps.append(site.asked.copy())
        writer.write(answer(article(path)))

    played.site.pages[ONE] = played.site.pages[TWO] = stamped
    import time

    started = time.monotonic()
    assert played.round()["new"] == 2
    assert time.monotonic() - started >= 3 * 0.3  # robots.txt, feed, two articles: three waits
    played.site.pages["/robots.txt"] = answer(b"User-agent: *\nCrawl-delay: 1", kind="text/plain")
    played.list(THREE)
    started = time.monotonic()
    assert played.round(timedelta(hours=1))["new"] == 1
    assert time.monotonic() - started >= 2.0


def test_sources_that_share_a_clock_and_a_process_may_run_again_and_again(played):
    for _ in range(4):
        played.round(timedelta(hours=1))
    assert len(played.memory.runs) == 4
    assert {run.verdict for run in played.memory.runs} == {"new", "ok"}


def test_a_full_disk_ends_the_round_with_one_line(played):
    def full(fetch):
        raise StoreError("the database cannot be written (disk full)", cure="free some space")

    played.list(*(f"/bai-viet-khac-so-{n}-a{n + 2000}.html" for n in range(30)))
    played.memory.add_fetch = full
    with pytest.raises(StoreError, match="free some space"):
        played.round(limits=replace(LIMITS, per_host=1))
    assert sum(played.site.asked.values()) < 10


def test_a_bug_in_reading_one_list_is_said_beside_its_source(played, monkeypatch):
    monkeypatch.setattr("crawler.lists.read_feed", lambda *_: 1 / 0)
    played.round()
    run = played.memory.runs[-1]
    assert run.verdict == "failing" and "ZeroDivisionError" in run.evidence


@pytest.mark.parametrize(
    ("other", "says", "articles"),
    [
        (f"/amp{ONE}", ONE, 1),
        ("/in/1001", ONE, 2),
        ("/khac/bai-viet-khac-han-a1009.html", "/", 2),
        ("/xa-hoi/bai-viet-thu-nhat-a1001.html", ONE, 1),
    ],
    ids=["amp", "another path and number", "home named everywhere", "in another section"],
)
def test_another_form_of_an_article_is_that_article(played, other, says, articles):
    link = f"<link rel='canonical' href='{played.site.home.rstrip('/')}{says}'>".encode()
    for path in (ONE, other):
        played.site.pages[path] = answer(article("Một bài " + path).replace(b"<title>", link + b"<title>"))
    played.list(ONE, other)
    counts = played.round()
    assert len({page.url for page in played.memory.pages.values()}) == articles
    assert counts["new"] == articles and counts["new"] + counts.get("same", 0) == 2
    assert "asked" not in played.round(timedelta(hours=1))


def test_what_a_round_that_was_cut_off_kept_counts_for_the_next_one(played, monkeypatch):
    played.round()
    played.list(ONE, TWO, THREE)
    with monkeypatch.context() as cut:

        def dies(run):
            raise StoreError("killed", cure="start again")

        cut.setattr(played.memory, "add_source_run", dies)
        with pytest.raises(StoreError):
            played.round(timedelta(days=20))
    counts = played.round()
    assert counts.get("new", 0) == 0 and counts["unrecorded"] == 1
    assert played.memory.runs[-1].verdict == "ok"
    assert "unrecorded" not in played.round(timedelta(hours=1))
