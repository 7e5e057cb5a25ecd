"""What a round owes: addresses that failed, did not fit or were on their way when it ended, asked by a later one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from crawler.debts import GIVEN_UP, PAUSES, failed, seconds_to_wait
from crawler.scratch import ScratchMemory
from model.errors import StoreError
from model.fetches import MOST_TRIES, Debt, Fetch, HostState
from store import open_store
from tests.crawler import hostile
from tests.crawler.hostile import answer, article
from tests.crawler.played import LIMITS, ONE, THREE, TWO

FAILING = "/xa-hoi/bai-viet-trang-6-thu-0-a60.html"
SOON = timedelta(minutes=20)
NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.fixture
def paged(played):
    """A section whose further pages always exist."""
    played.site.pages["*"] = hostile.next_list
    played.source = played.source.model_copy(update={"feeds": (), "sections": ("/xa-hoi",)})
    return played


DEEP = replace(LIMITS, list_pages=7)


@pytest.mark.parametrize(
    "play", [hostile.silence, hostile.reset, hostile.hang_up, answer(b"", "503 Later"), answer(b"", "500 Oops")],
    ids=["silent", "reset", "hung up", "503", "500"],
)  # fmt: skip
def test_what_failed_on_the_sixth_page_is_asked_directly(paged, play):
    paged.site.pages[FAILING] = play
    limits = replace(DEEP, timeout=2)
    counts = paged.round(limits=limits)
    assert counts["new"] == 20 and paged.site.asked[FAILING] == 1  # never again in the same round
    paged.site.pages[FAILING] = answer(article("Muộn"))
    counts = paged.round(SOON, limits)
    assert counts["new"] == 1 and counts["recalled"] == 1
    assert sorted(paged.site.asked) == ["/robots.txt", "/xa-hoi", FAILING]  # no page was turned for it
    assert "recalled" not in paged.round(SOON, limits)


def test_what_fails_on_and_on_is_asked_ever_more_rarely_and_then_no_more(paged):
    paged.site.pages[FAILING] = answer(b"", "500 Oops")
    asked = []
    for hour in range(24 * 30):
        paged.clock += timedelta(hours=1)
        if hour and not paged.memory.debts("bao", paged.clock, 9):
            continue
        paged.round(limits=DEEP)
        asked += [paged.clock] * paged.site.asked[FAILING]
        if hour > 24 * 20:
            break
    assert len(asked) == MOST_TRIES
    gaps = [late - early for early, late in pairwise(asked)]
    assert gaps == sorted(gaps) and gaps[-1] >= PAUSES[-1]


def test_what_is_given_up_is_asked_where_a_list_still_names_it(played):
    url = played.site.home.rstrip("/") + ONE
    played.list(ONE)
    played.site.pages[ONE] = answer(b"", "500 Oops")
    played.round()
    played.memory.owe([failed(replace(played.memory.debt(url), tries=MOST_TRIES), played.clock)])
    played.round(timedelta(days=1))
    assert ONE not in played.site.asked
    played.site.pages[ONE] = answer(article("Trở lại"))
    assert played.round(GIVEN_UP)["new"] == 1


def test_an_article_in_its_pause_is_not_asked_though_a_list_names_it(played):
    played.site.pages[ONE] = answer(b"", "500 Oops")
    played.round()
    played.round(SOON)
    assert played.site.asked[ONE] == 1
    counts = played.round(SOON)
    assert ONE not in played.site.asked and counts["known"] == 2
    played.round(timedelta(hours=1))
    assert played.site.asked[ONE] == 1


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_what_is_gone_is_owed_no_more(paged, status):
    paged.site.pages[FAILING] = answer(b"", "500 Oops")
    paged.round(limits=DEEP)
    paged.site.pages[FAILING] = answer(b"", status)
    assert paged.round(SOON, DEEP)["gone"] == 1
    assert not paged.memory.owed
    paged.round(timedelta(hours=2), DEEP)
    assert FAILING not in paged.site.asked


def test_a_further_page_that_failed_is_turned_by_the_next_round(paged):
    paged.site.pages["/xa-hoi?page=2"] = answer(b"", "502 Bad Gateway")
    assert paged.round(limits=DEEP)["new"] == 3
    del paged.site.pages["/xa-hoi?page=2"]
    counts = paged.round(SOON, DEEP)
    assert counts["new"] == 18  # pages two to seven


def test_a_dead_host_is_not_asked_for_what_is_owed(paged):
    paged.site.pages[FAILING] = answer(b"", "500 Oops")
    paged.round(limits=DEEP)
    paged.site.pages["/xa-hoi"] = paged.site.pages["/"] = answer(b"", "500 Oops")
    paged.round(SOON, DEEP)
    assert FAILING not in paged.site.asked
    (debt,) = paged.memory.owed.values()
    assert debt.tries == 1


def test_no_robots_is_no_try(paged):
    paged.site.pages[FAILING] = answer(b"", "500 Oops")
    paged.round(limits=DEEP)
    paged.site.pages["/robots.txt"] = answer(b"", "503 Later")
    paged.round(SOON, DEEP)
    assert [debt.tries for debt in paged.memory.owed.values()] == [1]


def test_retry_after_holds_for_what_is_owed(played):
    played.list(ONE)
    played.site.pages[ONE] = answer(b"", "503 Later", Retry_After="7200")
    played.round()
    played.site.pages[ONE] = answer(article("Trở lại"))
    played.round(timedelta(hours=1))
    assert ONE not in played.site.asked
    assert played.round(timedelta(hours=1))["new"] == 1


def test_a_round_that_breaks_off_leaves_all_it_found_to_the_next(paged):
    add_pages = paged.memory.add_pages

    def full(pages):
        raise StoreError("the disk is full", cure="make room")  # at the first: how many pages a call has, time decides

    paged.memory.add_pages = full
    with pytest.raises(StoreError):
        paged.round(limits=replace(DEEP, per_host=1))
    paged.memory.add_pages = add_pages
    for _ in range(3):
        paged.round(SOON, DEEP)
    assert len(paged.memory.pages) == 21  # seven pages of three
    assert not paged.memory.owed


@pytest.mark.parametrize("interval", [0, 0.01])
def test_lists_are_owed_only_while_their_round_lasts_and_hosts_with_an_interval_noted(played, interval):
    played.source = played.source.model_copy(update={"interval": interval})
    played.round()
    assert not played.memory.owed
    known = played.memory.host(f"127.0.0.1:{played.site.port}")
    assert (known.sent == played.clock) if interval else known is None


@pytest.mark.parametrize(
    ("interval", "ago", "wait"), [(0, 0, 0), (2, 0, 30), (2, 12, 18), (2, 40, 0), (60, 10, 50)]
)  # fmt: skip
def test_what_a_kill_caught_waits_as_long_as_its_answer_would_have_had(interval, ago, wait):
    debt = Debt(url="u", source="s", due=NOW, sent=NOW - timedelta(seconds=ago))
    assert seconds_to_wait(debt, NOW, interval, 30) == wait
    assert seconds_to_wait(replace(debt, sent=None), NOW, interval, 30) == 0


def memories(tmp_path):
    yield ScratchMemory()
    with open_store(tmp_path / "ansinh.db") as store:
        yield store


def owing(memory):
    """Play what every memory must do; gives nothing, asserts all."""
    debts = [
        Debt(url=f"http://bao.vn{path}", source="bao", due=NOW + timedelta(minutes=minute), title="Bài", published=day)
        for minute, (path, day) in enumerate(((ONE, NOW), (TWO, NOW.date()), (THREE, None)))
    ]
    memory.owe(debts)
    assert [memory.debt(one.url) for one in debts] == debts
    assert memory.debts("bao", NOW, 9) == debts[:1] and memory.debts("khac", NOW + SOON, 9) == []
    tried = failed(debts[2], NOW)
    memory.owe([tried])
    assert memory.debts("bao", NOW + SOON, 9) == [tried, *debts[:2]]
    assert memory.debts("bao", NOW + SOON, 2) == [tried, debts[0]]
    memory.owe([replace(tried, tries=MOST_TRIES)])
    assert memory.debts("bao", NOW + SOON, 9) == debts[:2]
    memory.sending(debts[0].url, "bao.vn:80", NOW)
    memory.sending("http://bao.vn/robots.txt", "bao.vn:80", NOW + SOON)
    assert memory.debt(debts[0].url).sent == NOW and memory.debt("http://bao.vn/robots.txt") is None
    assert memory.host("bao.vn:80") == HostState(host="bao.vn:80", sent=NOW + SOON)
    slow = HostState(host="bao.vn:80", sent=NOW, pause=90, robots="User-agent: *", robots_at=NOW)
    memory.note_host(slow)
    memory.sending("", "bao.vn:80", NOW + SOON)
    assert memory.host("bao.vn:80") == replace(slow, sent=NOW + SOON) and memory.host("khac.vn:80") is None
    memory.add_fetch(Fetch(url=debts[0].url, source="bao", at=NOW, outcome="timeout"))
    assert memory.debt(debts[0].url) is not None
    memory.add_fetch(Fetch(url=debts[0].url, source="bao", at=NOW, outcome="gone"))
    memory.settle_debts([debts[1].url, "http://bao.vn/khong-no"])
    assert memory.debts("bao", NOW + SOON, 9) == []
    assert memory.debt(debts[0].url) is None and memory.debt(debts[1].url) is None


def test_every_memory_keeps_what_is_owed(tmp_path):
    for memory in memories(tmp_path):
        owing(memory)
