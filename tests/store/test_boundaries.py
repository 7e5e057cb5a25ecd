from datetime import date

import pytest

from store import Store
from tests.store.made import figure, reading

INDICATOR = "BHXH_TN.participants"
OLD = {"2024:24": "Bắc Giang", "2024:27": "Bắc Ninh"}
END = date(2024, 12, 31)


def told(code: str, value: float, **slots: object) -> object:
    quote = slots.pop("quote", f"{value:,.0f} người".replace(",", "."))
    return figure(value, quote, area=code, area_name=OLD[code], period_start=END, period_end=END, **slots)  # type: ignore[arg-type]


def save(store: Store, doc: str, *figures: object) -> None:
    store.save_reading(reading(doc, *figures, published=date(2025, 1, 5)))  # type: ignore[arg-type]


def test_a_sum_over_predecessors_only_where_all_reported(store: Store) -> None:
    save(store, "a", told("2024:24", 30000))
    assert store.series("2025:24", INDICATOR, areas="2025") == []
    [gap] = store.series_gaps("2025:24", INDICATOR, areas="2025")
    assert (gap.reported, gap.missing, gap.why) == (("2024:24",), ("2024:27",), "not reported")
    save(store, "b", told("2024:27", 20000))
    [point] = store.series("Bắc Ninh", INDICATOR, areas="2025")
    assert (point.area, point.obs_value, point.status) == ("2025:24", 50000, "settled")
    assert [term.split()[0] for term in point.terms] == ["2024:24", "2024:27"] and "<https://" in point.terms[0]
    assert {report.doc for report in point.reports} == {"a", "b"}
    assert store.series_gaps("2025:24", INDICATOR, areas="2025") == []


def test_another_period_is_no_term(store: Store) -> None:
    save(store, "a", told("2024:24", 30000))
    other = figure(20000, area="2024:27", period_start=date(2024, 11, 30), period_end=date(2024, 11, 30))
    save(store, "b", other)
    assert store.series("2025:24", INDICATOR, areas="2025") == []
    assert len(store.series_gaps("2025:24", INDICATOR, areas="2025")) == 2


def test_what_was_reported_for_the_whole_outranks_the_sum(store: Store) -> None:
    save(store, "a", told("2024:24", 30000))
    save(store, "b", told("2024:27", 20000))
    save(store, "c", figure(50500, area="2025:24", period_start=END, period_end=END))
    assert [(p.obs_value, p.terms) for p in store.series("2025:24", INDICATOR, areas="2025")] == [(50500, ())]


def test_a_held_term_holds_the_sum(store: Store) -> None:
    save(store, "a", told("2024:24", 30000))
    save(store, "a2", told("2024:24", 40000))
    save(store, "b", told("2024:27", 20000))
    [point] = store.series("2025:24", INDICATOR, areas="2025")
    assert point.status == "held" and "contradiction" in point.flags


def test_percentages_are_recomputed_never_averaged(store: Store) -> None:
    share = {"measure": "coverage_pct", "unit": "percent", "denominator": "population"}
    save(store, "a", told("2024:24", 10, quote="10%", start=90, **share))
    save(store, "b", told("2024:27", 30, quote="30%", start=90, **share))
    assert store.series("2025:24", INDICATOR, "coverage_pct", areas="2025") == []
    [gap] = store.series_gaps("2025:24", INDICATOR, "coverage_pct", areas="2025")
    assert gap.why == "no terms"
    save(store, "a2", told("2024:24", 10000))
    save(store, "b2", told("2024:27", 90000))
    [point] = store.series("2025:24", INDICATOR, "coverage_pct", areas="2025")
    assert point.obs_value == pytest.approx(25.0) and point.qualifier == "~"  # 100,000 of 400,000; the average is 20
    assert len(point.terms) == 4


def test_growth_is_recomputed_from_changes_and_levels(store: Store) -> None:
    base = {"base_end": date(2023, 12, 31)}
    for doc, code, level, change, percent in (("a", "2024:24", 12000, 2000, 20), ("b", "2024:27", 33000, 3000, 10)):
        save(
            store, doc, told(code, level), told(code, change, measure="change", start=50, **base),
            told(code, percent, quote=f"{percent}%", measure="change_pct", unit="percent", start=90, **base),
        )  # fmt: skip
    [point] = store.series("2025:24", INDICATOR, "change_pct", areas="2025")
    assert point.obs_value == pytest.approx(12.5) and point.base_kind == "cùng kỳ"  # 5,000 of 40,000


def test_the_old_list_on_request(store: Store) -> None:
    save(store, "a", told("2024:24", 30000))
    save(store, "c", figure(50500, area="2025:24", period_start=date(2025, 12, 31), period_end=date(2025, 12, 31)))
    assert [p.area for p in store.series("Bắc Giang", INDICATOR, areas="2024")] == ["2024:24"]
    assert store.series("Bắc Ninh", INDICATOR, areas="2024") == []
    for asked in ("Bắc Giang", "2024:24", "2025:24", "Bắc Ninh"):
        assert [p.area for p in store.series(asked, INDICATOR, areas="2025")] == ["2025:24"]


def test_districts_roll_up_on_request(store: Store) -> None:
    from model.areas import load_areas

    gazetteer = load_areas()
    parts = [unit.code for unit in gazetteer.children(gazetteer.get("2024:20"))]
    figures = [
        figure(100 + n, area=code, area_level="district", start=40 * n) for n, code in enumerate(parts)
    ]  # fmt: skip
    store.save_reading(reading("a", *figures[1:]))
    assert store.series("2024:20", INDICATOR, inside=True) == []
    [gap] = store.series_gaps("2024:20", INDICATOR, inside=True)
    assert gap.missing == (parts[0],)
    store.save_reading(reading("b", figures[0]))
    [point] = store.series("2024:20", INDICATOR, inside=True)
    assert point.obs_value == sum(one.obs_value for one in figures) and len(point.terms) == len(parts)


def test_a_province_of_one_predecessor_is_no_sum(store: Store) -> None:
    store.save_reading(reading("a", figure(8475)))
    assert [(p.area, p.terms) for p in store.series("Lạng Sơn", INDICATOR, areas="2025")] == [("2024:20", ())]
