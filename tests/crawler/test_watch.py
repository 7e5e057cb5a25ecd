"""What a round says of its source, and when the source is asked again: tables of invented histories."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from crawler.evidence import CURES, cure, in_english
from crawler.expecting import expected, load_kinds
from crawler.registry import make_source
from crawler.schedule import due_at, is_due
from crawler.source import Kind
from crawler.watch import figureless, undated, verdict_of, weekly
from model.fetches import SourceRun

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
GOOD = {"listings": 1, "found": 30, "known": 28, "fetched": 3, "asked": 2, "new": 2, "unseen": 2, "dated": 2, "ms": 900}
QUIET = {"listings": 1, "found": 30, "known": 30, "fetched": 1, "ms": 300}


def source(**more):
    return make_source({"id": "bao", "name": "Báo", "domains": ["bao.vn"]} | more, where="bao")


def run(ago=timedelta(0), verdict="ok", **counts):
    moment = NOW - ago
    return SourceRun(source="bao", run=f"r{moment.timestamp():.0f}", started=moment, finished=moment, counts=counts,
                     verdict=verdict)  # fmt: skip


def daily(days, counts=GOOD, first=1, verdict="ok"):
    """Rounds of as many days, newest first, the last of them the source's very first."""
    return [run(timedelta(days=day), verdict, **counts) for day in range(first, first + days)]


WEEK20 = {"expect": {"articles_week": 20}}
CASES = [
    ("first round", {}, GOOD, [], {}, "new", ""),
    ("as ever", {}, GOOD, daily(30), {}, "ok", ""),
    ("challenge on one page", {}, GOOD | {"challenge": 1}, daily(9), {}, "blocked", "1"),
    ("refused by robots", {}, {"lists": 2, "refused": 2}, daily(9), {}, "blocked", "robots"),
    ("403 everywhere", {}, {"lists": 1, "blocked": 1}, daily(9), {"feed: HTTP 403": 1}, "blocked", "HTTP 403"),
    ("moved", {}, {"lists": 1, "listings": 1}, daily(9), {"moved_to": "moi.vn"}, "moved", "moi.vn"),
    ("no list", {}, {"lists": 2, "lists_failed": 2}, daily(9), {"feed: HTTP 500": 2}, "failing", "HTTP 500"),
    ("half the pages", {}, GOOD | {"asked": 6, "failed": 4}, daily(9), {"page: cut off": 4}, "failing", "4/6"),
    ("two lists that never answer", {}, GOOD | {"asked": 3, "timeout": 2, "lists_failed": 2, "lists_unanswered": 2},
     daily(9), {"feed: no whole answer in time": 2}, "ok", ""),
    ("dead", {}, {"lists_failed": 1}, daily(20, {"lists_failed": 1}), {}, "dead", "31/10/2026"),
    ("silent, by what is expected", WEEK20, QUIET, [*daily(2, QUIET), *daily(2, GOOD, 3)], {}, "silent", "3 ngày"),
    ("what a round that was cut off kept is no silence", WEEK20, QUIET | {"unrecorded": 3},
     [*daily(2, QUIET), *daily(2, GOOD, 3)], {}, "ok", ""),
    ("a silence counts from what a round that was cut off kept", WEEK20, QUIET,
     [*daily(1, QUIET | {"unrecorded": 3}), *daily(3, GOOD, 4)], {}, "ok", ""),
    ("a quiet night", WEEK20, QUIET, [run(timedelta(hours=10), **GOOD), *daily(2)], {}, "ok", ""),
    ("silent, by its own pace", {}, QUIET, [*daily(3, QUIET), *daily(28, GOOD, 4)], {}, "silent", "4 ngày"),
    ("rare by nature", {}, QUIET,
     [*daily(3, QUIET), run(timedelta(days=4), **GOOD), *daily(24, QUIET, 5)], {}, "ok", ""),
    ("the list is empty", {}, {"listings": 1}, daily(9), {}, "silent", "danh sách"),
    ("thinner", {"expect": {"articles_week": 70}}, GOOD | {"new": 1},
     [*daily(7, GOOD | {"new": 1}), *daily(21, GOOD | {"new": 10}, 8)], {}, "thinner", "7 ngày"),
    ("undated", {}, GOOD | {"unseen": 8, "dated": 0}, daily(9, GOOD | {"unseen": 8, "dated": 8}), {}, "undated", "0/8"),
    ("never dated", {}, GOOD | {"unseen": 8, "dated": 0}, daily(9, GOOD | {"unseen": 8, "dated": 0}), {}, "ok", ""),
    ("thinner than its file says, though thin before too", {"expect": {"articles_week": 70}}, GOOD | {"new": 1},
     daily(28, GOOD | {"new": 2}), {}, "thinner", "thường 70"),
    ("silent, by its kind", {"kind": "national"}, QUIET, [*daily(3, QUIET), run(timedelta(days=4), **GOOD)], {},
     "silent", "thường 40"),
    ("a kind of which little is expected", {"kind": "insurance-office"}, QUIET,
     [*daily(3, QUIET), run(timedelta(days=4), **GOOD)], {}, "ok", ""),
    ("slower", {}, GOOD | {"ms": 60_000}, daily(9), {}, "slower", "20 s"),
    ("slow as ever", {}, GOOD | {"ms": 60_000}, daily(9, GOOD | {"ms": 60_000}), {}, "ok", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("declared", "counts", "history", "more", "verdict", "says"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_verdicts(declared, counts, history, more, verdict, says):
    moved_to = more.get("moved_to", "")
    faults = {key: count for key, count in more.items() if key != "moved_to"}
    found, evidence = verdict_of(source(**declared), run(**counts), history, faults=faults, moved_to=moved_to)
    assert (found, says in evidence) == (verdict, True), (found, evidence)
    assert bool(evidence) == (verdict not in ("ok", "new"))
    if evidence:
        assert in_english(evidence) != evidence and in_english(evidence).isascii()


def test_the_usual_pace_is_that_before_the_silence():
    history = [*daily(10, QUIET), *daily(20, GOOD, 11)]
    assert 10 <= weekly(source(), run(**QUIET), history) <= 15
    assert weekly(source(**WEEK20), run(**GOOD), []) == 20


@pytest.mark.parametrize(
    ("articles", "with_figures", "usual", "amiss"),
    [(40, 0, 0.2, True), (40, 8, 0.2, False), (10, 0, 0.2, False), (40, 0, None, False), (100, 1, 0.05, True)],
)
def test_the_yield_of_figures(articles, with_figures, usual, amiss):
    found = figureless(source(), articles, with_figures, usual)
    assert (found is not None) == amiss
    assert not amiss or found[0] == "figureless"


FIGURELESS = [
    ("its kind's, without a past", {"kind": "insurance-office"}, 60, 0, None, "thường 10 %"),
    ("its past, whatever its kind", {"kind": "insurance-office"}, 60, 0, 0.02, ""),
    ("its file's, whatever its past", {"expect": {"figures": 0.5}}, 60, 2, 0.02, "thường 50 %"),
    ("a paper's kind asks little", {"kind": "provincial-paper"}, 300, 0, None, ""),
]


@pytest.mark.parametrize(
    ("declared", "articles", "figures", "usual", "says"),
    [row[1:] for row in FIGURELESS],
    ids=[r[0] for r in FIGURELESS],
)
def test_the_yield_is_judged_against_file_past_and_kind(declared, articles, figures, usual, says):
    found = figureless(source(**declared), articles, figures, usual)
    assert (says in found[1]) if says else found is None


@pytest.mark.parametrize(
    ("declared", "read", "dated", "says"),
    [
        ({"kind": "national"}, 20, 3, "thường 90 %"),
        ({"kind": "national"}, 20, 15, ""),
        ({"kind": "national"}, 3, 0, ""),
        ({"kind": "national", "expect": {"dated": 0.1}}, 30, 3, ""),
    ],
)
def test_the_share_with_a_date_is_judged_by_what_is_expected(declared, read, dated, says):
    found = undated(source(**declared), read, dated)
    assert (found[0] == "undated" and says in found[1]) if says else found is None


def test_every_kind_and_what_it_is_expected_to_bring():
    kinds = load_kinds()
    assert set(kinds) == set(get_args(Kind))
    assert all(one.dated is not None for one in kinds.values())
    assert all(one.articles_week and one.figures for kind, one in kinds.items() if kind != "other")
    own = source(kind="national", expect={"articles_week": 3})
    assert expected(own).articles_week == 3 and expected(own).figures == kinds["national"].figures


def test_every_verdict_has_its_cure_in_both_languages():
    verdicts = {
        "ok",
        "silent",
        "thinner",
        "undated",
        "figureless",
        "slower",
        "blocked",
        "moved",
        "failing",
        "dead",
        "new",
    }
    assert set(CURES) == verdicts
    for verdict in verdicts - {"ok", "new"}:
        assert cure(verdict) and cure(verdict, english=True).isascii()


DUE = [
    ("never asked", {}, [], timedelta.min),
    ("blocked by declaration", {"blocked": "robots"}, [], None),
    ("merged", {"merged_into": "khac"}, [], None),
    ("busy", {}, [run(timedelta(hours=n), **GOOD | {"new": 20}) for n in range(20)], timedelta(minutes=30)),
    ("quiet for a week", {}, daily(8, QUIET, 0), timedelta(hours=12)),
    ("failing once", {}, [run(verdict="failing"), *daily(3)], timedelta(hours=1)),
    ("failing for long", {}, daily(9, {}, 0, "failing"), timedelta(days=1)),
    ("dead", {}, daily(20, {}, 0, "dead"), timedelta(days=7)),
    ("blocked", {}, daily(2, {}, 0, "blocked"), timedelta(days=1)),
    ("left over", {}, [run(postponed=20, **GOOD), *daily(3)], timedelta(minutes=15)),
    ("lists left over", {}, [run(lists_left=2, pause=60, **GOOD), *daily(3)], timedelta(minutes=15)),
    ("an hour's pause", {}, [run(postponed=20, pause=3600, **GOOD), *daily(3)], timedelta(hours=1)),
]


@pytest.mark.parametrize(("declared", "runs", "after"), [row[1:] for row in DUE], ids=[row[0] for row in DUE])
def test_when_a_source_is_due(declared, runs, after):
    moment = due_at(source(**declared), runs)
    if after is None:
        assert moment is None and not is_due(source(**declared), runs, NOW)
    elif after is timedelta.min:
        assert is_due(source(**declared), runs, NOW)
    else:
        assert moment - NOW == after


def test_nobody_is_asked_before_the_server_says():
    runs = [run(**GOOD | {"not_before": int((NOW + timedelta(days=2)).timestamp())}), *daily(3)]
    assert due_at(source(), runs) == NOW + timedelta(days=2)


LEFT = [
    ({"postponed": 3, "lists_left": 2, "pause": 60}, "60 s between two requests; left to the next round: 3 articles"),
    ({"postponed": 3}, "left to the next round: 3 articles and 0 lists"),
    ({"timeout": 1}, "1 articles could not be had and are tried again: no whole answer in time"),
    ({"pause": 60}, ""),
    ({"timeout": 1, "lists_unanswered": 1}, ""),
]


@pytest.mark.parametrize(("counts", "says"), LEFT)
@pytest.mark.parametrize("history", [[], daily(3)], ids=["new", "ok"])
def test_a_good_round_says_what_the_next_one_asks(counts, says, history):
    faults = {"page: no whole answer in time": 1} if counts.get("timeout") else {}
    verdict, evidence = verdict_of(source(), run(**GOOD, **counts), history, faults=faults)
    assert verdict == ("ok" if history else "new")
    assert says in in_english(evidence) and bool(says) == bool(evidence)
    assert in_english(evidence).isascii()


def test_a_slow_source_whose_lists_had_no_turn_is_not_failing():
    counts = {"lists": 2, "lists_left": 2, "asked": 1, "new": 1, "pause": 200}
    assert verdict_of(source(), run(**counts), daily(30))[0] == "ok"
    assert verdict_of(source(), run(**counts, lists_failed=1), daily(30))[0] == "failing"
