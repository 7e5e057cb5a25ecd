"""Comparing areas as it was told or known on a day: the same as each area's series on that day."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from store import Store
from store.comparing import Compared
from tests.store.made import LANG_SON, figure, in_area, reading

INDICATOR = "BHXH_TN.participants"
ON = date(2020, 12, 31)


def told(store: Store) -> None:
    store.save_reading(reading("a", figure(8475), published=date(2020, 5, 5), read_at=datetime(2020, 5, 6, tzinfo=UTC)))
    store.save_reading(reading("b", figure(8512), published=date(2020, 5, 9), read_at=datetime(2020, 6, 9, tzinfo=UTC)))
    other = in_area(figure(9000), "2024:24", "Bắc Giang")
    store.save_reading(reading("c", other, published=date(2020, 5, 20), read_at=datetime(2020, 7, 1, tzinfo=UTC)))


def values(lines: Sequence[Compared]) -> dict[str, float]:
    return {one.area: one.obs_value for one in lines if one.obs_value is not None}


def test_a_comparison_as_of_a_day(store: Store) -> None:
    told(store)
    for _ in range(2):
        assert values(store.compare(INDICATOR, ON, areas="2024", as_of=date(2020, 5, 4))) == {}
        assert values(store.compare(INDICATOR, ON, areas="2024", as_of=date(2020, 5, 8))) == {LANG_SON: 8475}
        assert values(store.compare(INDICATOR, ON, areas="2024", as_of=date(2020, 5, 9))) == {LANG_SON: 8512}
        store.settle()
    now = store.compare(INDICATOR, ON, areas="2024")
    assert now == store.compare(INDICATOR, ON, areas="2024", as_of=date(2020, 6, 1))


def test_a_comparison_as_this_store_knew_it(store: Store) -> None:
    told(store)
    store.settle()
    assert values(store.compare(INDICATOR, ON, areas="2024", fetched_by=date(2020, 6, 1))) == {LANG_SON: 8475}
    [line] = [one for one in store.compare(INDICATOR, ON, areas="2024", fetched_by=date(2020, 6, 1)) if one.doc]
    [point] = store.series(LANG_SON, INDICATOR, fetched_by=date(2020, 6, 1))
    assert (line.doc, line.quote, line.groups) == (point.reports[0].doc, point.reports[0].quote, point.group_count)
    assert values(store.compare(INDICATOR, ON, areas="2024", fetched_by=date(2020, 7, 2))) == {
        LANG_SON: 8512, "2024:24": 9000,
    }  # fmt: skip


def test_a_sum_exists_once_all_predecessors_were_told(store: Store) -> None:
    told(store)
    store.save_reading(reading("d", in_area(figure(5000), "2024:27", "Bắc Ninh"), published=date(2020, 5, 25)))
    store.settle()

    def line(day: date) -> Compared:
        lines = store.compare(INDICATOR, ON, areas="2025", as_of=day)
        return next(one for one in lines if one.area == "2025:24")

    before, after = line(date(2020, 5, 24)), line(date(2020, 5, 25))
    assert (before.obs_value, before.missing, before.missing_end) == (None, ("2024:27",), date(2020, 4, 30))
    assert (after.obs_value, len(after.terms)) == (14000, 2)
