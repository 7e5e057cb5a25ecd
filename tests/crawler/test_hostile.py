"""Every misbehaviour of the table, all in one round: the right record, no wrong article, no hang, no lost page."""

import time
from datetime import UTC, datetime

import pytest

from crawler.archive import Archive
from crawler.registry import make_source
from crawler.run import run_round
from crawler.scratch import ScratchMemory
from crawler.settings import Limits
from tests.crawler.hostile import Press, Site, answer, article, feed
from tests.crawler.misbehaviour import BAD, CASES, GOOD

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
LIMITS = Limits(
    timeout=10, interval=0, max_bytes=1 << 20, list_pages=12, pages=60, contact="https://example.vn/lien-he"
)
DEADLINE = 120


def honest_site(case):
    pages = {path: answer(article(f"Bài ở {path}")) for path in GOOD}
    paths = (BAD, *GOOD) if BAD in case.pages else GOOD
    pages["/rss"] = answer(feed(*paths), kind="text/xml")
    pages["/"] = answer(article("Trang chủ"))
    pages["/dang-nhap?next=x"] = answer(article("Đăng nhập"))
    return Site(case.name, pages | case.pages)


class Outcome:
    """What one round over the whole table left behind."""

    def __init__(self, folder, allow):
        self.press = Press()
        self.memory = ScratchMemory()
        self.archive = Archive(folder)
        self.sites = {case.name: self.press.open(honest_site(case)) for case in CASES}
        allow(",".join(f"127.0.0.1:{site.port}" for site in self.sites.values()))
        sources = [
            make_source(
                {"id": case.name, "name": case.name, "home": self.sites[case.name].home, "feeds": ["/rss"]}
                | case.declares,
                where=case.name,
            )
            for case in CASES
        ]
        started = time.monotonic()
        self.result = run_round(sources, memory=self.memory, archive=self.archive, now=lambda: NOW, limits=LIMITS)
        self.seconds = time.monotonic() - started
        self.runs = {run.source: run for run in self.result.runs}

    def fetches(self, case, path):
        url = self.sites[case.name].home.rstrip("/") + path
        return [fetch for fetch in self.memory.fetches if fetch.url == url]

    def pages(self, case):
        return [page for page in self.memory.pages.values() if page.source == case.name]


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        outcome = Outcome(tmp_path_factory.mktemp("archive"), lambda text: patch.setenv("ANSINH_ALLOW_PRIVATE", text))
        yield outcome
        outcome.press.close()


def test_the_table_is_long_enough_and_names_are_unique():
    assert len({case.name for case in CASES}) == len(CASES) >= 40


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_recorded(played, case):
    run = played.runs[case.name]
    if case.outcome:
        fetches = played.fetches(case, BAD)
        assert fetches, f"nothing recorded: {run}"
        assert fetches[0].outcome == case.outcome, fetches
        assert case.reason in fetches[0].reason
    wanted = {played.sites[case.name].home.rstrip("/") + path for path in GOOD}
    got = {page.url for page in played.pages(case) if page.kind == "article"} & wanted
    assert len(got) == case.good, run
    bad = [page for page in played.pages(case) if page.url.endswith(BAD)]
    if case.kind and bad:
        assert bad[0].kind == case.kind
    if case.outcome != "new":
        assert not [page for page in bad if page.kind == "article"], "a wrong article"
    if case.verdict:
        assert run.verdict == case.verdict, run


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_page_kept_is_in_the_archive(played, case):
    for page in played.pages(case):
        assert played.archive.read(page.warc_file, page.warc_offset).body == page.body


def test_the_round_ends_in_time_and_names_every_source(played):
    assert played.seconds < DEADLINE
    assert [run.source for run in played.result.runs] == [case.name for case in CASES]


def test_robots_was_asked_first_and_its_answer_is_on_record(played):
    for case in CASES:
        asked = [path for path, _ in played.sites[case.name].requests]
        assert asked[0] == "/robots.txt"
        assert asked.count("/robots.txt") <= 10
    answers = {fetch.robots for fetch in played.memory.fetches if fetch.outcome in ("new", "blocked", "gone")}
    assert answers <= {"allowed", "absent"}


def test_the_user_agent_is_honest(played):
    for site in played.sites.values():
        for _, headers in site.requests:
            assert headers["user-agent"].startswith("ansinh/")
            assert "https://example.vn/lien-he" in headers["user-agent"]
            assert "cookie" not in headers


def test_paging_without_end_is_left(played):
    lists = [
        path for path, _ in played.sites["paging"].requests if path.startswith("/xa-hoi") and "bai-viet" not in path
    ]
    assert len(lists) == len(set(lists)) == LIMITS.list_pages
    assert played.runs["paging"].counts["new"] == 3 * len(lists)  # what they named is read all the same
    assert len(played.sites["paging-same"].requests) < 10
    assert len(played.sites["index-deep"].requests) < 10


def test_nothing_private_was_reached(played):
    reached = {page.fetched_url.split("/")[2] for page in played.memory.pages.values()}
    assert reached <= {f"127.0.0.1:{site.port}" for site in played.sites.values()}
