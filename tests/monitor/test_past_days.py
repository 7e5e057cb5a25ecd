"""A past day's digest is the same to the byte, whatever the store learns later; and its alerts are too."""

from dataclasses import asdict, replace
from datetime import date, datetime, timedelta

import pytest

from model.fetches import SourceRun
from model.home import Home
from monitor.alerting import alerts_of
from monitor.config import Config, Mail, Reader
from monitor.digest import digest_of
from monitor.digest_files import digest_from, kept_digest, write_digest
from monitor.digest_layout import html, plain_text
from monitor.mail import message
from store import open_store
from tests.monitor.test_alerts import DAY, at, told

CONFIG = Config(mail=Mail(host="h", sender="An sinh <an@example.vn>"))
READER = Reader(address="a@example.vn")


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "ansinh.db") as made:
        made.save_reading(told("a", 8475, 0))
        made.save_reading(told("b", 7000, 0, period=date(2020, 3, 31)))
        made.save_reading(told("c", 17000, 0, measure="target", period=date(2020, 12, 31)))
        made.save_reading(replace(told("d", 9862, 0), digest="sha256:d1"))
        made.add_source_run(run(0, "silent"))
        made.settle()
        yield made


def run(day, verdict):
    return SourceRun(
        source="x", run=f"r{day}{verdict}", started=at(day), finished=at(day, 4), verdict=verdict, evidence="vì thế"
    )


def of_day(store):
    """All forms of the day's digest and its alerts."""
    digest = digest_of(store, DAY)
    mail = message(store, CONFIG, READER, DAY).as_bytes()
    return plain_text(digest), html(digest, base="http://x"), mail, alerts_of(store, DAY)


def new_report(store):
    store.save_reading(told("later", 8475, 3))


def contradicting_report(store):
    store.save_reading(told("other", 4444, 3))


def a_copy_of_an_old_one(store):
    first = told("a", 8475, 2)
    store.save_reading(replace(first, article=replace(first.article, doc="copy", url=""), digest="sha256:copy"))


def a_rereading_with_new_rules(store):
    store.save_reading(replace(told("a", 8111, 2), rules="r2"))


def an_edited_article(store):
    store.save_reading(replace(told("d", 9682, 4), digest="sha256:d2"))


def a_backfill(store):
    store.save_reading(replace(told("old", 6000, 5, period=date(2019, 12, 31)), read_at=at(5)))


def a_verdict_now(store):
    store.add_verdict(1, "correct", "lan", slots={"obs_value": 5.0})


def a_rejection_and_its_undoing(store):
    store.add_verdict(4, "reject", "lan")
    store.undo_verdict(4, "lan")


def sources_judged_later(store):
    store.add_source_run(run(1, "ok"))
    store.add_source_run(run(2, "blocked"))


def audit_and_ledger(store):
    store.add_deed("lan", "accept", "1")
    store.end_run(store.start_run("crawl", due="x"))


LATER = [new_report, contradicting_report, a_copy_of_an_old_one, a_rereading_with_new_rules, an_edited_article,
         a_backfill, a_verdict_now, a_rejection_and_its_undoing, sources_judged_later, audit_and_ledger]  # fmt: skip


@pytest.mark.parametrize("later", LATER, ids=lambda one: one.__name__)
def test_nothing_that_comes_later_changes_a_day_that_is_over(store, later):
    before = of_day(store)
    later(store)
    store.settle()
    assert of_day(store) == before


def test_all_of_it_together_changes_nothing_either(store):
    before = of_day(store)
    for later in LATER:
        later(store)
        store.settle()
    assert of_day(store) == before
    assert plain_text(digest_of(store, DAY + timedelta(days=3))) != before[0]


def test_a_digest_comes_back_whole_from_its_file(tmp_path, store):
    home = Home(root=tmp_path)
    write_digest(home, store, DAY)
    first = digest_of(store, DAY)
    assert kept_digest(home, DAY) == first == digest_from(asdict(first) | {"day": DAY.isoformat()})
    assert kept_digest(home, DAY + timedelta(days=1)) is None
    (home.digests / f"{DAY}.vi.json").write_text('{"day": 5}', "utf-8")
    assert kept_digest(home, DAY) is None


def test_the_half_of_a_day_that_goes_on_is_kept_as_no_whole(tmp_path, store):
    today = datetime.now().astimezone().date() + timedelta(days=1)
    write_digest(Home(root=tmp_path), store, today)
    assert not list((tmp_path / "digests").glob("*.json"))


def test_a_day_with_nothing_says_so_and_whether_to_believe_it(store):
    asked = DAY + timedelta(days=1)
    store.add_source_run(run(1, "ok"))
    assert "Chưa thể tin" in plain_text(digest_of(store, DAY + timedelta(days=9)))
    said = plain_text(digest_of(store, asked))
    assert "Không có số liệu mới trong ngày. 1 nguồn đã hỏi" in said
    store.save_reading(told("n", 1, 2, publish=False))
    assert "Có thể tin" in plain_text(digest_of(store, DAY + timedelta(days=2)))
