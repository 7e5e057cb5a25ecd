import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from model.errors import AmbiguousNameError, UnknownNameError
from store import Store
from store.json_forms import point_row
from store.kept import kept_points
from tests.store.made import figure, in_area, reading, total

INDICATOR = "BHXH_TN.participants"


def at(day: int, month: int = 5) -> datetime:
    return datetime(2020, month, day, 3, tzinfo=UTC)


def test_a_point_leads_back_to_its_sentence(store: Store) -> None:
    store.save_reading(reading("a", figure()))
    [point] = store.series("Lạng Sơn", INDICATOR)
    row = point_row(point)
    assert {"period_start", "period_end", "obs_value", "unit", "qualifier", "reports"} <= set(row)
    assert (row["period_end"], row["obs_value"], row["unit"], row["qualifier"]) == ("2020-04-30", 8475, "person", "=")
    assert "revisions" not in row
    [report] = row["reports"]
    assert report["url"] == "https://bao.example/a" and report["published"] == "2020-05-05"
    assert report["quote"] in report["sentence"]
    assert json.loads(json.dumps(row))["obs_value"] == 8475 and "8475.0" not in json.dumps(row)


def test_vintages_by_publication_and_by_reading(store: Store) -> None:
    store.save_reading(reading("a", figure(8475), published=date(2020, 5, 5), read_at=at(20)))
    store.save_reading(reading("b", figure(8512), published=date(2020, 5, 9), read_at=at(12)))

    def values(**asked: date) -> list[float]:
        return [point.obs_value for point in store.series("Lạng Sơn", INDICATOR, **asked)]  # type: ignore[arg-type]

    assert values() == [8512]
    assert values(as_of=date(2020, 5, 4)) == []
    assert values(as_of=date(2020, 5, 5)) == [8475]
    assert values(as_of=date(2020, 5, 9)) == [8512]
    assert values(fetched_by=date(2020, 5, 11)) == []
    assert values(fetched_by=date(2020, 5, 12)) == [8512]
    assert values(fetched_by=date(2020, 5, 20)) == [8512], "an older report read later is no later vintage"
    assert values(fetched_by=date(2020, 5, 20), as_of=date(2020, 5, 6)) == [8475]


def test_days_end_in_vietnam(store: Store) -> None:
    late = datetime(2020, 5, 5, 16, 59, tzinfo=UTC)  # 23:59 in Vietnam
    store.save_reading(reading("a", figure(), published=late, read_at=late))
    store.save_reading(reading("b", figure(8480), published=None, read_at=datetime(2020, 5, 5, 17, 1, tzinfo=UTC)))
    for asked in ({"as_of": date(2020, 5, 5)}, {"fetched_by": date(2020, 5, 5)}):
        assert [p.obs_value for p in store.series("Lạng Sơn", INDICATOR, **asked)] == [8475]  # type: ignore[arg-type]
    assert [p.obs_value for p in store.series("Lạng Sơn", INDICATOR, as_of=date(2020, 5, 6))] == [8480]


def test_scoped_figures_never_enter_the_unscoped_series(store: Store) -> None:
    store.save_reading(reading("a", figure(8475), figure(1200, scope="người cận nghèo", start=50)))
    assert [p.obs_value for p in store.series("Lạng Sơn", INDICATOR)] == [8475]
    assert [p.obs_value for p in store.series("Lạng Sơn", INDICATOR, scope="người cận nghèo")] == [1200]


def test_measures_issuers_and_bases_are_series_of_their_own(store: Store) -> None:
    year = {"measure": "target", "of": "level", "period_start": date(2020, 1, 1), "period_end": date(2020, 12, 31)}
    store.save_reading(
        reading(
            "a",
            figure(17000, issuer="HĐND tỉnh", **year),
            figure(16000, issuer="BHXH Việt Nam", **year, start=40),
            figure(-300, "300 người", measure="change", base_end=date(2019, 4, 30), start=80),
            figure(150, "150 người", measure="change", base_end=date(2019, 12, 31), start=120),
        )
    )
    targets = store.series("Lạng Sơn", INDICATOR, "target")
    assert [(p.issuer, p.obs_value, p.status) for p in targets] == [
        ("BHXH Việt Nam", 16000, "settled"), ("HĐND tỉnh", 17000, "settled"),
    ]  # fmt: skip
    changes = store.series("Lạng Sơn", INDICATOR, "change")
    assert [(p.base_kind, p.obs_value) for p in changes] == [("cuối năm trước", 150), ("cùng kỳ", -300)]
    assert len(store.series("Lạng Sơn", INDICATOR, "change", base_kind="cùng kỳ")) == 1
    assert len(store.series("Lạng Sơn", INDICATOR, "target", issuer="HĐND tỉnh")) == 1


def test_an_unchanged_territory_is_one_series_under_both_lists(store: Store) -> None:
    store.save_reading(reading("a", figure(8475)))
    later = figure(9000, area="2025:20", period_start=date(2025, 9, 30), period_end=date(2025, 9, 30))
    store.save_reading(reading("b", later, published=date(2025, 10, 3)))
    for asked in ("Lạng Sơn", "lang son", "tỉnh Lạng Sơn", "2024:20", "2025:20"):
        assert [(p.area, p.obs_value) for p in store.series(asked, INDICATOR)] == [("2024:20", 8475), ("2025:20", 9000)]
    assert all("boundary-break" not in p.flags for p in store.series("Lạng Sơn", INDICATOR))


def test_one_cell_told_under_both_codes_is_settled_once(store: Store) -> None:
    store.save_reading(reading("a", figure(8475)))
    store.save_reading(reading("b", figure(9875, area="2025:20"), published=date(2025, 10, 3)))
    [point] = store.series("Lạng Sơn", INDICATOR)
    assert point.status == "held" and len(point.reports) == 2


def test_a_name_whose_territory_changed_shows_the_break(store: Store) -> None:
    store.save_reading(reading("a", in_area(figure(20000), "2024:27", "Bắc Ninh")))
    later = figure(45000, area="2025:24", period_start=date(2025, 9, 30), period_end=date(2025, 9, 30))
    store.save_reading(reading("b", later, published=date(2025, 10, 3)))
    found = store.series("Bắc Ninh", INDICATOR)
    assert [(p.area, p.flags) for p in found] == [("2024:27", ()), ("2025:24", ("boundary-break",))]


def test_a_rank_that_a_district_bore_before_the_province_brings_both(store: Store) -> None:
    store.save_reading(reading("a", in_area(figure(3000), "2024:256", "Bắc Ninh, Bắc Ninh")))
    later = figure(45000, area="2025:24", period_start=date(2026, 9, 30), period_end=date(2026, 9, 30))
    store.save_reading(reading("b", later, published=date(2026, 10, 3)))
    name = "thành phố Bắc Ninh"
    found = store.series(name, INDICATOR)
    assert [(p.area, p.flags) for p in found] == [("2024:256", ()), ("2025:24", ("boundary-break",))]
    assert [p.area for p in store.series(name, INDICATOR, areas="2024")] == ["2024:256"]
    assert [p.area for p in store.series(name, INDICATOR, areas="2025")] == ["2025:24"]


def test_names_that_are_unknown_or_ambiguous_say_so(store: Store) -> None:
    with pytest.raises(UnknownNameError, match="Lạng Sơn"):
        store.series("Lạng Sơm", INDICATOR)
    with pytest.raises(UnknownNameError):
        store.series("2024:99", INDICATOR)
    with pytest.raises(AmbiguousNameError, match="Châu Thành"):
        store.series("Châu Thành", INDICATOR)
    assert store.series("Hà Giang", INDICATOR) == []


def test_a_total_without_a_start_begins_in_january_only_where_the_plan_is_yearly(store: Store) -> None:
    bare = total(44_500_000_000, None, date(2020, 4, 30), "44,5 tỷ đồng")
    store.save_reading(reading("a", bare))
    ask = ("Lạng Sơn", "BHXH.revenue")
    assert [(p.period_start, p.flags) for p in store.series(*ask)] == [(None, ())]
    plan = replace(
        bare, measure="target", of="level", obs_value=2e11, quote="200 tỷ đồng", period_start=date(2020, 1, 1),
        period_end=date(2020, 12, 31), start=60, end=71,
    )  # fmt: skip
    store.save_reading(reading("b", plan, published=date(2020, 6, 1), read_at=at(1, 6)))
    [point] = store.series(*ask)
    assert (point.period_start, point.flags) == (date(2020, 1, 1), ("start-by-yearly-plan",))
    assert [p.period_start for p in store.series(*ask, as_of=date(2020, 5, 31))] == [None]
    assert [p.period_start for p in store.series(*ask, fetched_by=date(2020, 5, 31))] == [None]


def test_a_total_without_a_start_is_no_report_of_the_year_before_the_plan_was_told(store: Store) -> None:
    """Also where another report, which stands, says the first day; and the point says what was joined."""
    end, first = date(2020, 4, 30), date(2020, 1, 1)
    store.save_reading(reading("a", total(4.4e10, None, end, "44 tỷ đồng"), published=date(2020, 5, 1)))
    store.save_reading(reading("b", total(4.5e10, first, end, "45 tỷ đồng"), published=date(2020, 5, 2)))
    plan = total(2e11, first, date(2020, 12, 31), "200 tỷ đồng", measure="target", of="level")
    store.save_reading(reading("c", plan, published=date(2020, 5, 9)))
    store.settle()
    for options in ({}, {"every_report": True}):
        before = store.series("Lạng Sơn", "BHXH.revenue", as_of=date(2020, 5, 3), **options)
        assert [(p.period_start, p.obs_value, p.report_count) for p in before] == [
            (None, 4.4e10, 1),
            (first, 4.5e10, 1),
        ]
        [point] = store.series("Lạng Sơn", "BHXH.revenue", **options)
        assert (point.report_count, point.obs_value) == (2, 4.5e10)
        assert "start-by-yearly-plan" in point.flags


@pytest.mark.parametrize("settled", [False, True])
def test_a_plan_of_an_unchanged_territory_counts_under_its_other_code(store: Store, settled: bool) -> None:
    """The plan of a year in which the list changed is told under the old code, the later totals under the new one."""
    bare = total(44_500_000_000, None, date(2025, 8, 31), "44,5 tỷ đồng", area="2025:20")
    store.save_reading(reading("a", bare, published=date(2025, 9, 1)))
    if settled:
        store.settle()
    plan = total(2e11, date(2025, 1, 1), date(2025, 12, 31), "200 tỷ đồng", measure="target", of="level")
    store.save_reading(reading("b", plan, published=date(2025, 9, 2)))
    if settled:
        store.settle()
        flags = "SELECT period_start, flags FROM points WHERE period_end = '2025-08-31'"
        assert store.connection.execute(flags).fetchall() == [("2025-01-01", '["start-by-yearly-plan"]')]
    [point] = store.series("Lạng Sơn", "BHXH.revenue")
    assert (point.period_start, point.flags) == (date(2025, 1, 1), ("start-by-yearly-plan",))


def test_copies_count_once(store: Store) -> None:
    wire = "Tính đến hết tháng 4, toàn tỉnh có 8.475 người tham gia. " + " ".join(
        f"Câu số {n} của bản tin." for n in range(60)
    )
    for day, doc in enumerate(("goc", "chep-1", "chep-2"), 5):
        text = wire if doc == "goc" else wire + f" Bài đăng lại trên báo {doc}."
        store.save_reading(reading(doc, figure(8475), text=text, published=date(2020, 5, day), read_at=at(day)))
    store.save_reading(reading("rieng", figure(8475), text="Một bài khác hẳn. " * 30, read_at=at(9)))
    store.settle()
    [point] = store.series("Lạng Sơn", INDICATOR)
    assert {report.doc: report.group for report in point.reports} == {
        "goc": "goc", "chep-1": "goc", "chep-2": "goc", "rieng": "rieng",
    }  # fmt: skip
    assert store.compare(INDICATOR, date(2020, 12, 31), areas="2024", within="VN")[0].groups in (0, 2)
    [line] = [one for one in store.compare(INDICATOR, date(2020, 12, 31), areas="2024") if one.area == "2024:20"]
    assert (line.groups, line.obs_value, line.quote) == (2, 8475, "8.475 người")


def test_in_brief_is_the_same_with_only_what_stands(store: Store) -> None:
    ask = ("Lạng Sơn", INDICATOR)
    for month in range(1, 7):
        end = {"period_start": date(2020, month, 28), "period_end": date(2020, month, 28)}
        store.save_reading(reading(f"a{month}", figure(8000 + month, **end), published=date(2020, 8, 1)))
        store.save_reading(reading(f"b{month}", figure(8010 + month * month * 40, **end), published=date(2020, 8, 2)))
    store.add_verdict(1, "correct", "duty", slots={"obs_value": 8123})
    store.save_reading(reading("b3", figure(8371, period_start=date(2020, 3, 28), period_end=date(2020, 3, 28)),
                               digest="sha256:new", published=date(2020, 8, 2)))  # fmt: skip

    def brief() -> bool:
        full = [replace(point, reports=point.reports[:1], revisions=()) for point in store.series(*ask)]
        return store.series(*ask, brief=True) == full and len(full) == 6

    assert brief(), "from the reports, while cells wait"
    store.settle()
    assert brief(), "from the settled points"
    kept = kept_points(store.connection, store._keys(["2024:20"], INDICATOR, "level", {}), brief=True)
    assert not kept.stale and sum(map(len, kept.points.values())) == 6
    store.save_reading(reading("c", figure(9999, area="2025:20", period_end=date(2020, 6, 28), period_start=None)))
    store.save_reading(reading("d", figure(9999, area="2025:20", period_end=date(2020, 6, 28),
                                           period_start=date(2020, 6, 28))))  # fmt: skip
    store.settle()
    assert len(store.series(*ask, brief=True)) == 7, "two codes of one territory are settled together"


def test_compare_gives_one_line_an_area(store: Store) -> None:
    store.save_reading(reading("a", figure(8475)))
    store.settle()
    old, new = store.compare(INDICATOR, date(2020, 12, 31), areas="2024"), store.compare(INDICATOR, date(2026, 1, 1))
    assert (len(old), len(new)) == (63, 34)
    assert [(one.name, one.obs_value) for one in new if one.obs_value] == [("Lạng Sơn", 8475)]
    assert store.compare(INDICATOR, date(2020, 4, 29), areas="2024")[0].obs_value is None


def test_settling_is_the_same_as_asking(store: Store, tmp_path: Path) -> None:
    for day in range(1, 13):
        figures = figure(8000 + 37 * day, period_start=date(2020, day, 28), period_end=date(2020, day, 28))
        store.save_reading(reading(f"d{day}", figures, read_at=at(day)))
        store.save_reading(
            reading(f"e{day}", replace(figures, obs_value=9999, quote="9.999 người"), read_at=at(day, 6))
        )
    store.settle()
    rows = store.connection.execute("SELECT period_end, obs_value, status, why, flags FROM points").fetchall()
    assert rows == [
        (str(p.period_end), p.obs_value, p.status, p.why, json.dumps(list(p.flags)))
        for p in store.series("Lạng Sơn", INDICATOR)
    ]
    store.resettle()
    assert store.connection.execute("SELECT period_end, obs_value, status, why, flags FROM points").fetchall() == rows
