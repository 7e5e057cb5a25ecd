from datetime import date
from pathlib import Path

import pytest

from store import Store
from tests.store.made import figure, reading
from tests.store.test_office import HEAD, ROW, plan

INDICATOR = "BHXH_TN.participants"


def level(store: Store, doc: str, value: float, end: date, **slots: object) -> None:
    one = figure(value, period_start=end, period_end=end, **slots)  # type: ignore[arg-type]
    store.save_reading(reading(doc, one, published=end))


def test_progress_is_measured_at_the_figures_own_day(store: Store, tmp_path: Path) -> None:
    store.import_office(plan(tmp_path, HEAD + ROW), "plan")
    level(store, "base", 8000, date(2019, 12, 31))
    level(store, "now", 12648, date(2020, 10, 31))
    [one] = store.progress("Lạng Sơn", INDICATOR, on=date(2020, 11, 22))
    assert one.period_end == date(2020, 10, 31) and one.target.imported and one.target.issuer == "HĐND tỉnh"
    assert one.computed_share == pytest.approx(74.4)
    assert one.pace == pytest.approx(100 * 305 / 366)
    assert one.pace_from_base == pytest.approx(100 * (8000 + 9000 * 305 / 366) / 17000)
    assert one.state == "behind" and one.age_days == 22
    assert one.forecast_basis == "straight line from base"
    assert one.forecast == pytest.approx(8000 + 4648 / (305 / 366))


def test_own_past_years_set_the_pace_and_the_forecast(store: Store, tmp_path: Path) -> None:
    store.import_office(plan(tmp_path, HEAD + ROW), "plan")
    for year, then, end in ((2018, 4000, 8000), (2019, 4500, 9000)):
        level(store, f"t{year}", then, date(year, 4, 30))
        level(store, f"e{year}", end, date(year, 12, 31))
    level(store, "now", 8475, date(2020, 4, 30))
    [one] = store.progress("Lạng Sơn", INDICATOR, on=date(2020, 5, 22))
    assert one.pace_of_past == pytest.approx(50) and one.past_years == 2
    assert one.forecast == pytest.approx(16950) and one.forecast_basis == "own past years"


def test_targets_of_several_issuers_are_kept_apart(store: Store, tmp_path: Path) -> None:
    other = ROW.replace("HĐND tỉnh", "BHXH Việt Nam").replace("17.000", "8.000")
    store.import_office(plan(tmp_path, HEAD + ROW + other), "plan")
    share = figure(49.9, "49,9%", measure="target_pct", unit="percent", issuer="HĐND tỉnh", of="level", start=60)
    store.save_reading(reading("a", figure(8475), share))
    found = {one.target.issuer: one for one in store.progress("Lạng Sơn", INDICATOR, on=date(2020, 5, 22))}
    assert found["HĐND tỉnh"].computed_share == pytest.approx(49.85, abs=0.01)
    assert found["HĐND tỉnh"].reported_share == 49.9 and found["BHXH Việt Nam"].reported_share is None
    assert found["BHXH Việt Nam"].state == "reached"


def test_a_plan_from_before_a_merger_is_not_measured_by_the_province_after_it(store: Store) -> None:
    year = {"period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31)}
    for doc, code, planned, told in (("p", "2024:27", 25000, 2), ("q", "2025:24", 60000, 8)):
        goal = figure(planned, f"{planned} người", area=code, measure="target", of="level", **year)
        store.save_reading(reading(doc, goal, published=date(2025, told, 1)))
    level(store, "old", 20000, date(2025, 3, 31), area="2024:27")
    level(store, "new", 45000, date(2025, 9, 30), area="2025:24")
    found = {one.area: one for one in store.progress("Bắc Ninh", INDICATOR, on=date(2025, 10, 10))}
    assert {code: one.value for code, one in found.items()} == {"2024:27": 20000, "2025:24": 45000}
    assert {code: one.computed_share for code, one in found.items()} == {"2024:27": 80, "2025:24": 75}


@pytest.mark.parametrize(("on", "state"), [(date(2020, 5, 22), "behind"), (date(2020, 9, 30), "old")])
def test_a_figure_older_than_its_habit_is_old_not_behind(store: Store, tmp_path: Path, on: date, state: str) -> None:
    store.import_office(plan(tmp_path, HEAD + ROW), "plan")
    level(store, "m0", 7990, date(2020, 1, 28))
    level(store, "base", 8000, date(2019, 12, 31))
    for month in (2, 3, 4):
        level(store, f"m{month}", 8000 + month, date(2020, month, 28))
    [one] = store.progress("Lạng Sơn", INDICATOR, on=on)
    assert (one.habit_days, one.state) == (30, state)


def test_a_stock_without_a_known_beginning_of_the_year_is_neither_ahead_nor_behind(
    store: Store, tmp_path: Path
) -> None:
    """8.004 of 17.000 in April is more than a third, but most of it was there before the year began."""
    store.import_office(plan(tmp_path, HEAD + ROW), "plan")
    for month in (2, 3, 4):
        level(store, f"m{month}", 8000 + month, date(2020, month, 28))
    [one] = store.progress("Lạng Sơn", INDICATOR, on=date(2020, 5, 22))
    assert one.state == "unknown"


def test_without_a_figure_of_the_year_nothing_is_claimed(store: Store, tmp_path: Path) -> None:
    store.import_office(plan(tmp_path, HEAD + ROW), "plan")
    level(store, "old", 8000, date(2019, 12, 31))
    [one] = store.progress("Lạng Sơn", INDICATOR, on=date(2020, 5, 22))
    assert (one.state, one.computed_share, one.forecast) == ("unknown", None, None)


def test_the_presss_own_target_counts_where_the_office_gave_none(store: Store) -> None:
    target = figure(
        17000, measure="target", of="level", period_start=date(2020, 1, 1), period_end=date(2020, 12, 31), start=70
    )
    store.save_reading(reading("a", figure(8475), target))
    [one] = store.progress("Lạng Sơn", INDICATOR, on=date(2020, 5, 22))
    assert not one.target.imported and one.target.document == "https://bao.example/a"


def test_a_flow_is_forecast_by_the_straight_line(store: Store, tmp_path: Path) -> None:
    text = HEAD + "Lạng Sơn;BHXH.revenue;level;2020;200000000000;VND;BHXH Việt Nam;QĐ 1\n"
    store.import_office(plan(tmp_path, text), "plan")
    done = figure(
        5e10, "50 tỷ đồng", indicator="BHXH.revenue", unit="VND", period_start=date(2020, 1, 1),
        period_end=date(2020, 6, 30),
    )  # fmt: skip
    quarter = figure(
        9e10, "90 tỷ đồng", indicator="BHXH.revenue", unit="VND", period_start=date(2020, 7, 1),
        period_end=date(2020, 9, 30), start=50,
    )  # fmt: skip
    store.save_reading(reading("a", done, quarter, published=date(2020, 10, 2)))
    [one] = store.progress("Lạng Sơn", "BHXH.revenue", on=date(2020, 7, 15))
    assert one.value == 5e10 and one.forecast == pytest.approx(5e10 / (182 / 366)) and one.pace_from_base is None


def test_ranks_among_all_areas(store: Store, tmp_path: Path) -> None:
    others = "".join(ROW.replace("Lạng Sơn", name) for name in ("Cao Bằng", "Điện Biên"))
    store.import_office(plan(tmp_path, HEAD + ROW + others), "plan")
    level(store, "a", 8500, date(2020, 4, 30))
    level(store, "b", 9500, date(2020, 4, 30), area="2024:04", area_name="Cao Bằng")
    found = store.ranking(INDICATOR, on=date(2020, 5, 22), areas="2024")
    assert [(one.area, one.rank, one.of_areas) for one in found[:2]] == [("2025:04", 1, 2), ("2025:20", 2, 2)] or [
        (one.area, one.rank) for one in found[:2]
    ] == [("2024:04", 1), ("2024:20", 2)]
    assert found[2].rank is None
