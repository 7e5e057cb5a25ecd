from datetime import UTC, datetime, timedelta

from model.fetches import Memory, SourceRun
from store import Store
from tests.store.made import fetch, figure, page, reading

NOON = datetime(2020, 5, 5, 5, tzinfo=UTC)


def test_the_store_is_the_crawlers_memory(store: Store) -> None:
    memory: Memory = store
    assert memory.last_fetch("https://bao.example/a") is None


def test_last_fetch_is_one_that_brought_something(store: Store) -> None:
    store.add_fetch(fetch(outcome="new", etag='"1"', digest="sha256:1"))
    store.add_fetch(fetch(at=NOON, outcome="failed", reason="timeout"))
    found = store.last_fetch("https://bao.example/a")
    assert found is not None and found.outcome == "new" and found.etag == '"1"'


def test_a_304_keeps_the_validators_it_leaves_out(store: Store) -> None:
    store.add_fetch(fetch(outcome="new", etag='"1"', last_modified="Mon", digest="sha256:1"))
    store.add_fetch(fetch(at=NOON, outcome="not-modified", status=304))
    found = store.last_fetch("https://bao.example/a")
    assert found is not None
    assert (found.outcome, found.etag, found.last_modified, found.digest) == ("not-modified", '"1"', "Mon", "sha256:1")


def test_add_page_is_idempotent(store: Store) -> None:
    for _ in range(2):
        store.add_page(page(), fetch())
    assert len(list(store.pages())) == 1
    assert store.connection.execute("SELECT count(*) FROM fetches").fetchone() == (1,)


def test_pages_come_back_as_they_were(store: Store) -> None:
    one = page(title="Tiêu đề", area="Lạng Sơn", published=NOON, reason="plain", robots="allowed")
    store.add_page(one, fetch())
    assert list(store.pages()) == [one]
    assert store.page_of(one.url) == one and store.page_of(one.url, "sha256:other") is None
    assert store.knows_record("a.warc.gz", 0) and not store.knows_record("a.warc.gz", 1)


def test_the_same_body_is_no_new_version_and_a_changed_one_is(store: Store) -> None:
    store.add_page(page(), fetch())
    assert not store.add_archived_page(page(fetched_at=NOON, warc_offset=9))
    assert store.add_archived_page(page(digest="sha256:2", fetched_at=NOON, warc_offset=9))
    assert [one.digest for one in store.unread_pages()] == ["sha256:2"]


def test_unread_pages_are_articles_that_nobody_read(store: Store) -> None:
    store.add_page(page("https://bao.example/x", "sha256:x"), fetch("https://bao.example/x"))
    store.add_page(page("https://bao.example/list", "sha256:l", kind="list", warc_offset=5), fetch())
    assert [one.url for one in store.unread_pages("r1")] == ["https://bao.example/x"]
    store.save_reading(reading("x", figure(), digest="sha256:x"))
    assert list(store.unread_pages("r1")) == []
    assert list(store.unread_pages("r2")) == []
    assert [one.url for one in store.unread_pages("r2", again=True)] == ["https://bao.example/x"]


def test_unread_pages_stay_unread_whatever_is_settled(store: Store) -> None:
    for place, name in enumerate("abc"):
        url = f"https://bao.example/{name}"
        store.add_page(page(url, f"sha256:{name}", warc_offset=place), fetch(url))
        store.settle()
    store.save_reading(reading("a", figure()))
    store.save_reading(reading("c", figure()))
    for _ in range(2):
        assert [one.url for one in store.unread_pages()] == ["https://bao.example/b"]
        store.settle()
    store.save_reading(reading("b", figure()))
    store.settle()
    store.add_page(page("https://bao.example/a", "sha256:a2", warc_offset=9, fetched_at=NOON), fetch(at=NOON))
    assert [one.digest for one in store.unread_pages()] == ["sha256:a2"]
    assert len(list(store.unread_pages("r2", again=True))) == 3


def test_a_text_that_came_back_stands_again(store: Store) -> None:
    url = "https://bao.example/x"
    for hour, digest in ((0, "A"), (1, "B"), (2, "A")):
        store.add_page(page(url, digest, fetched_at=NOON + timedelta(days=hour), warc_offset=hour), fetch(url))
        if hour < 2:
            at = NOON + timedelta(days=hour, minutes=5)
            store.save_reading(reading("x", figure(8475 + hour), digest=digest, read_at=at))
    assert [p.obs_value for p in store.series("Lạng Sơn", "BHXH_TN.participants")] == [8475]
    during = (NOON + timedelta(days=1)).date()
    assert [p.obs_value for p in store.series("Lạng Sơn", "BHXH_TN.participants", as_of=during)] == [8476]


def test_source_runs_come_newest_first(store: Store) -> None:
    for day in range(3):
        at = NOON + timedelta(days=day)
        store.add_source_run(SourceRun(source="s", run=str(day), started=at, finished=at, counts={"new": day}))
    assert [run.counts["new"] for run in store.source_runs("s", limit=2)] == [2, 1]
