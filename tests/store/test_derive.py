from datetime import date
from typing import Any

from model.records import Reading
from store import Store
from tests.store.made import figure, reading

SERIES = ("Lạng Sơn", "BHXH_TN.participants")


def test_a_target_from_level_and_share(store: Store) -> None:
    share = figure(49, "49%", measure="target_pct", unit="percent", of="level", start=60)
    store.save_reading(reading("a", figure(8475), share))
    assert store.series(*SERIES, "target") == []
    [point] = store.series(*SERIES, "target", derived=True)
    assert (point.obs_value, point.status, point.qualifier, point.of) == (17296, "derived", "~", "level")
    assert (point.period_start, point.period_end) == (date(2020, 1, 1), date(2020, 12, 31)), "a plan is the year's"
    assert [term.split()[:4] for term in point.terms] == [
        ["level", "8475", "person", "2020-04-30"], ["target_pct", "49", "percent", "2020-04-30"],
    ]  # fmt: skip


def told(month: int, level: float, share: float, **slots: Any) -> Reading:
    end = date(2020, month, 28)
    place = {"period_start": end, "period_end": end, **slots}
    part = figure(share, f"{share:g}%".replace(".", ","), measure="target_pct", unit="percent", of="level", start=60,
                  **place)  # fmt: skip
    return reading(f"d{month}", figure(level, **place), part)


def test_of_a_year_one_target_is_derived_from_its_latest_figures(store: Store) -> None:
    store.save_reading(told(2, 5000, 50))
    store.save_reading(told(6, 7512, 75.1))
    [point] = store.series(*SERIES, "target", derived=True)
    assert (point.obs_value, point.flags) == (10003, ())
    assert point.terms[0].startswith("level 7512 person 2020-06-28")
    store.save_reading(told(9, 8475, 70))
    [point] = store.series(*SERIES, "target", derived=True)
    assert (point.obs_value, point.flags) == (12107, ("contradiction",)), "the plan that figures make changed"


def test_the_share_of_a_months_plan_is_no_plan_of_the_year(store: Store) -> None:
    store.save_reading(told(4, 500, 50, period_start=date(2020, 4, 1), period_end=date(2020, 4, 30)))
    [point] = store.series(*SERIES, "target", derived=True)
    assert (point.period_start, point.period_end, point.obs_value) == (date(2020, 4, 1), date(2020, 4, 30), 1000)


def test_what_is_derived_can_be_narrowed(store: Store) -> None:
    store.save_reading(told(6, 7512, 75.1))
    assert len(store.series(*SERIES, "target", derived=True, of="level")) == 1
    assert store.series(*SERIES, "target", derived=True, of="gain") == []


def test_a_reported_plan_of_the_year_leaves_none_to_derive(store: Store) -> None:
    plan = figure(10000, measure="target", of="level", period_start=date(2020, 1, 1), period_end=date(2020, 12, 31))
    store.save_reading(told(6, 7512, 75.1))
    store.save_reading(reading("plan", plan))
    assert [p.status for p in store.series(*SERIES, "target", derived=True)] == ["settled"]
    assert [p.status for p in store.series(*SERIES, "target", derived=True, of="level")] == ["settled"]


def test_a_level_from_change_and_base_both_ways(store: Store) -> None:
    change = figure(-300, "300 người", measure="change", base_end=date(2019, 4, 30), start=60)
    store.save_reading(reading("a", figure(8475), change))
    assert [(p.period_end, p.obs_value) for p in store.series(*SERIES)] == [(date(2020, 4, 30), 8475)]
    both = store.series(*SERIES, derived=True)
    assert [(p.period_end, p.obs_value, p.status) for p in both] == [
        (date(2019, 4, 30), 8775, "derived"), (date(2020, 4, 30), 8475, "settled"),
    ]  # fmt: skip


def test_what_was_reported_is_never_derived(store: Store) -> None:
    old = figure(8775, period_start=date(2019, 4, 30), period_end=date(2019, 4, 30), start=90)
    change = figure(-300, "300 người", measure="change", base_end=date(2019, 4, 30), start=60)
    store.save_reading(reading("a", figure(8475), change, old))
    assert [p.status for p in store.series(*SERIES, derived=True)] == ["settled", "settled"]


def test_a_held_point_is_no_term(store: Store) -> None:
    share = figure(49, "49%", measure="target_pct", unit="percent", of="level", start=60)
    store.save_reading(reading("a", figure(8475), share))
    store.save_reading(reading("b", figure(9975)))
    assert store.series(*SERIES, "target", derived=True) == []
