from datetime import date

from store import Store
from tests.store.made import figure, reading

SERIES = ("Lạng Sơn", "BHXH_TN.participants")


def test_a_target_from_level_and_share(store: Store) -> None:
    share = figure(49, "49%", measure="target_pct", unit="percent", of="level", start=60)
    store.save_reading(reading("a", figure(8475), share))
    assert store.series(*SERIES, "target") == []
    [point] = store.series(*SERIES, "target", derived=True)
    assert (point.obs_value, point.status, point.qualifier, point.of) == (17296, "derived", "~", "level")
    assert [term.split()[:2] for term in point.terms] == [["level", "8475"], ["target_pct", "49"]]


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
