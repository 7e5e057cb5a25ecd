from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from model.fetches import SourceRun
from store import Store
from store.day import DayFacts
from tests.store.made import fetch, figure, page, reading
from tests.store.test_office import HEAD, ROW, plan

DAY = date(2020, 5, 6)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


def told(store: Store, doc: str, value: float, day: date, **about: object) -> None:
    one = figure(value, **about.pop("slots", {}))  # type: ignore[arg-type]
    store.save_reading(reading(doc, one, published=day, read_at=noon(day), **about))
    store.settle()


def test_a_day_with_nothing_says_so(store: Store) -> None:
    assert store.day_facts(DAY) == DayFacts(day=DAY)


def test_a_new_point_with_the_one_before_it(store: Store) -> None:
    march = {"period_start": date(2020, 3, 31), "period_end": date(2020, 3, 31)}
    told(store, "old", 8400, date(2020, 4, 5), slots=march)
    told(store, "new", 8475, DAY)
    facts = store.day_facts(DAY)
    [change] = facts.new
    assert change.point.obs_value == 8475 and change.before is None
    assert change.previous is not None and change.previous.obs_value == 8400
    assert (facts.read, facts.figures, facts.changed, facts.contradictions) == (1, 1, (), ())


def test_what_changed_what_contradicts_and_what_was_resolved(store: Store) -> None:
    told(store, "a", 8475, DAY)
    told(store, "b", 8512, DAY + timedelta(days=1))
    told(store, "c", 9875, DAY + timedelta(days=2))
    [changed] = store.day_facts(DAY + timedelta(days=1)).changed
    assert changed.before is not None and (changed.before.obs_value, changed.point.obs_value) == (8475, 8512)
    third = store.day_facts(DAY + timedelta(days=2))
    assert [one.point.status for one in third.contradictions] == ["held"] and third.new == third.changed == ()
    store.add_verdict(3, "reject", "duty")
    today = datetime.now(UTC).astimezone().date()
    facts = next(f for f in (store.day_facts(today), store.day_facts(today + timedelta(days=1))) if f.verdicts)
    assert [one.point.obs_value for one in facts.resolved] == [8512] and facts.verdicts == 1


def test_old_articles_are_a_backfill_and_no_news(store: Store) -> None:
    store.save_reading(reading("old", figure(), published=date(2019, 5, 5), read_at=noon(DAY)))
    facts = store.day_facts(DAY)
    assert (facts.new, facts.backfilled) == ((), 1)


def test_a_re_reading_is_one_line(store: Store) -> None:
    told(store, "a", 8475, DAY)
    again = DAY + timedelta(days=3)
    store.save_reading(reading("a", figure(8476), rules="r2", read_at=noon(again), published=DAY))
    facts = store.day_facts(again)
    assert (facts.new, facts.changed, facts.reread, facts.read) == ((), (), 1, 0)


def test_a_past_day_comes_out_the_same_for_ever(store: Store, tmp_path: Path) -> None:
    store.add_page(page(fetched_at=noon(DAY)), fetch(at=noon(DAY)))
    told(store, "a", 8475, DAY)
    told(store, "h", 8, DAY, slots={"publish": False})
    store.add_source_run(SourceRun(source="s", run="r", started=noon(DAY), finished=noon(DAY), verdict="silent"))
    before = store.day_facts(DAY)
    assert (before.fetched, before.pages, before.held, before.waiting) == (1, 1, 1, 1)
    assert [run.verdict for run in before.source_verdicts] == ["silent"]
    later = DAY + timedelta(days=9)
    told(store, "b", 9875, later)
    told(store, "a", 8000, later, digest="sha256:edited")
    store.save_reading(reading("back", figure(8475), published=date(2020, 5, 1), read_at=noon(later)))
    store.import_office(plan(tmp_path, HEAD + ROW), "plan")
    store.add_verdict(1, "reject", "duty")
    store.add_verdict(2, "accept", "duty")
    store.settle()
    assert store.day_facts(DAY) == before


def test_progress_of_the_places_with_news(store: Store) -> None:
    target = figure(
        17000, measure="target", of="level", period_start=date(2020, 1, 1), period_end=date(2020, 12, 31), start=70
    )
    store.save_reading(reading("t", target, published=date(2020, 2, 1), read_at=noon(date(2020, 2, 1))))
    told(store, "a", 8475, DAY)
    [one] = store.day_facts(DAY).progress
    assert one.computed_share is not None and round(one.computed_share, 1) == 49.9


def test_a_place_that_falls_silent_is_named(store: Store) -> None:
    for week in range(5):
        end = date(2020, 1, 31) + timedelta(days=week)
        told(store, f"d{week}", 8000 + week, date(2020, 2, 3) + timedelta(days=7 * week), slots={"period_end": end})
    last = date(2020, 2, 3) + timedelta(days=28)
    assert store.day_facts(last + timedelta(days=13)).silent == ()
    [silence] = store.day_facts(last + timedelta(days=20)).silent
    assert (silence.area, silence.days, silence.usual, silence.last) == ("2024:20", 20, 7, last)


def test_days_are_civil_days_in_vietnam(store: Store) -> None:
    late = datetime(2020, 5, 6, 16, 59, 59, tzinfo=UTC)
    for doc, at in (("a", late), ("b", late + timedelta(seconds=2))):
        one = replace(figure(8475), period_end=date(2020, 4, 1 if doc == "a" else 2))
        store.save_reading(reading(doc, one, read_at=at, published=DAY))
    assert (store.day_facts(DAY).read, store.day_facts(DAY + timedelta(days=1)).read) == (1, 1)


def test_what_a_day_counts_is_told_by_area_and_indicator_and_adds_up(store: Store, tmp_path: Path) -> None:
    told(store, "a", 8475, DAY, slots={"publish": False})
    told(store, "b", 8512, DAY, slots={"publish": False, "area": "2024:24", "area_name": "Bắc Giang"})
    told(store, "c", 8600, DAY, slots={"publish": False, "area": None, "area_name": None, "area_level": None})
    told(store, "d", 8700, DAY - timedelta(days=1), slots={"publish": False})
    parts, facts = store.day_parts(DAY), store.day_facts(DAY)
    key = "BHXH_TN.participants"
    assert parts["held"] == {("2024:20", key): 1, ("2024:24", key): 1, (None, key): 1}
    assert parts["waiting"] == {("2024:20", key): 2, ("2024:24", key): 1, (None, key): 1}
    assert (facts.held, facts.waiting) == (3, 4)
    store.add_verdict(1, "reject", "duty")
    today = datetime.now(UTC).astimezone().date()
    days = (today, today + timedelta(days=1))
    assert {("2024:20", key): 1} in [store.day_parts(day)["verdicts"] for day in days]


def test_a_backfill_says_of_what_it_was(store: Store) -> None:
    store.save_reading(reading("old", figure(), published=date(2019, 5, 5), read_at=noon(DAY)))
    assert store.day_facts(DAY).backfills == (("2024:20", "BHXH_TN.participants"),)
