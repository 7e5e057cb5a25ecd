"""A source that goes on printing but yields no figures any more is found out once its own habit says so."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.registry import make_source
from model.fetches import SourceRun
from monitor.yields import judge_yields
from store import open_store
from tests.monitor.test_web import TEXT, reading

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


def fill(store, days, figures):
    """One article a day, `days` back from now, with or without a figure."""
    for day in days:
        one = reading(f"d{day}", TEXT.replace("Đoạn hai", f"Đoạn {day}"), 8475)
        kept = one.observations if figures else ()
        store.save_reading(replace(one, read_at=NOW - timedelta(days=day), observations=kept))


@pytest.mark.parametrize(("lately", "verdict"), [(False, ["figureless"]), (True, [])])
def test_a_yield_that_falls_away_is_judged_against_the_source_s_own_past(tmp_path, lately, verdict):
    source = make_source({"id": "x", "name": "X", "domains": ["x.example"]}, where="x.toml")
    with open_store(tmp_path / "a.db") as store:
        fill(store, range(60, 160), figures=True)
        fill(store, range(1, 25), figures=lately)
        store.add_source_run(SourceRun(source="x", run="r", started=NOW, finished=NOW, counts={"new": 1}))
        found = judge_yields(store, {"x": source}, NOW)
        assert [run.verdict for run in found] == verdict
        assert store.source_runs("x", 1)[0].verdict == (verdict or ["ok"])[0]
        assert judge_yields(store, {"x": source}, NOW) == []


def test_a_source_without_a_habit_is_not_judged(tmp_path):
    source = make_source({"id": "x", "name": "X", "domains": ["x.example"]}, where="x.toml")
    with open_store(tmp_path / "a.db") as store:
        fill(store, range(1, 10), figures=False)
        store.add_source_run(SourceRun(source="x", run="r", started=NOW, finished=NOW))
        assert judge_yields(store, {"x": source}, NOW) == []


def test_articles_that_bear_no_date_are_said(tmp_path):
    source = make_source({"id": "x", "name": "X", "kind": "national", "domains": ["x.example"]}, where="x.toml")
    with open_store(tmp_path / "a.db") as store:
        for day in range(1, 9):
            one = reading(f"d{day}", TEXT.replace("Đoạn hai", f"Đoạn {day}"), 8475)
            article = replace(one.article, published=None, published_evidence="")
            store.save_reading(replace(one, article=article, read_at=NOW - timedelta(days=day)))
        store.add_source_run(SourceRun(source="x", run="r", started=NOW, finished=NOW, counts={"new": 1}))
        (run,) = judge_yields(store, {"x": source}, NOW)
        assert run.verdict == "undated" and run.evidence.startswith("0/8")
