"""Points and vintages that were kept are the same as those settled from all reports, on every day."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from model.records import Observation, Point, Reading
from store import Store, open_store
from store.settle import BUSY
from store.tally import SHOWN
from tests.store.made import figure, reading, total

INDICATOR = "BHXH_TN.participants"
FIRST = date(2020, 5, 1)


def own_words(doc: int) -> str:
    """Give a text that copies no other."""
    return " ".join(f"chữ{doc}x{place}" for place in range(40))


def story(doc: int, day: int, value: float, about: dict[str, Any]) -> Reading:
    end = date(2020, about["month"], 28)
    words = {"fall": "giảm so với năm trước", "right": "đính chính: số đúng là thế", "": "theo cơ quan"}[about["words"]]
    quote = f"{about['near']}{value:,.0f} người".replace(",", ".")
    one = figure(value, quote, period_start=end, period_end=end, sentence=f"Có {quote}, {words}.",
                 qualifier="<" if about["near"] else "=")  # fmt: skip
    told = FIRST + timedelta(days=day)
    return reading(
        f"d{doc}", one, published=told, read_at=datetime(told.year, told.month, told.day, 3, doc % 60, tzinfo=UTC),
        digest=f"sha256:{doc} {day} {value}", text=own_words(doc),
    )  # fmt: skip


stories = st.lists(
    st.tuples(
        st.integers(0, 12),
        st.integers(0, 9),
        st.sampled_from([8475.0, 8476.0, 8500.0, 8600.0, 9875.0, 7000.0]),
        st.fixed_dictionaries({
            "month": st.sampled_from([1, 2, 3]), "near": st.sampled_from(["", "", "gần "]),
            "words": st.sampled_from(["", "", "", "fall", "right"]),
        }),
    ),
    min_size=1, max_size=16,
)  # fmt: skip


@settings(max_examples=20, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(stories)
def test_what_is_kept_is_what_the_reports_say_on_every_day(told: list[Any]) -> None:
    with TemporaryDirectory() as folder, open_store(Path(folder) / "a.db") as store:
        for doc, day, value, about in told:
            store.save_reading(story(doc, day, value, about))
        ask = ("Lạng Sơn", INDICATOR)
        days = [None, *(FIRST + timedelta(days=day) for day in range(-1, 11))]
        waiting = [store.series(*ask, as_of=day) for day in days]
        store.settle()
        for day, expected in zip(days, waiting, strict=True):
            assert store.series(*ask, as_of=day) == expected, day
            every = store.series(*ask, as_of=day, every_report=True)
            assert every == expected, day


@settings(max_examples=20, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(stories, st.booleans())
def test_the_latest_points_looked_up_are_those_settled_from_all_reports(told: list[Any], settled: bool) -> None:
    with TemporaryDirectory() as folder, open_store(Path(folder) / "a.db") as store:
        for place, (doc, day, value, about) in enumerate(told):
            store.save_reading(story(doc, day, value, about))
            if settled or place == len(told) // 2:  # else some cells are settled and others wait
                store.settle()
        for last in (1, 2, 8):
            full = store.recent(["2024:20", "2025:20"], INDICATOR, "level", last=last)
            brief = store.latest(["2024:20", "2025:20"], INDICATOR, "level", last=last)
            assert [_seen(point) for point in brief] == [_seen(point) for point in full]
            assert all(len(point.reports) == 1 for point in brief)


def _seen(point: Point) -> tuple[Any, ...]:
    """Give what is shown of a point; flags that look at its neighbours need the whole series."""
    return (
        point.period_start, point.period_end, point.obs_value, point.qualifier, point.status, point.why,
        point.report_count, point.group_count, point.reports[0],
    )  # fmt: skip


def test_the_latest_points_of_two_codes_and_of_open_totals_are_settled_together(store: Store) -> None:
    end = {"period_start": date(2020, 6, 28), "period_end": date(2020, 6, 28)}
    store.save_reading(reading("a", figure(8475, **end)))
    store.save_reading(reading("b", figure(9999, area="2025:20", **end), published=date(2020, 8, 1)))
    store.save_reading(reading("c", total(4e9, None, date(2020, 4, 30), "4 tỷ đồng")))
    store.save_reading(reading("d", total(2e11, date(2020, 1, 1), date(2020, 12, 31), "200 tỷ đồng", measure="target",
                                          of="level")))  # fmt: skip
    store.settle()
    [one] = store.latest(["2024:20", "2025:20"], INDICATOR, "level")
    assert one.report_count == 2
    assert [p.period_start for p in store.latest(["2024:20"], "BHXH.revenue", "level")] == [date(2020, 1, 1)]
    assert store.latest(["2024:22"], INDICATOR, "level") == []


def test_a_settled_point_is_looked_up_however_many_reports_it_has(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save_readings([reading(f"d{n}", month(1, 8475), text=own_words(n)) for n in range(BUSY + 9)])
    store.settle()
    monkeypatch.setattr("store.recent.load_claims", None)
    [point] = store.latest(["2024:20"], INDICATOR, "level")
    assert (point.obs_value, point.report_count, len(point.reports)) == (8475, BUSY + 9, 1)


def test_a_places_series_are_found_by_the_place(store: Store) -> None:
    """Not among all places' series of the indicator: those are as many as there are places."""
    said: list[str] = []
    store.connection.set_trace_callback(said.append)
    store.latest(["2024:20", "2025:20"], INDICATOR, "level")
    store.connection.set_trace_callback(None)
    [asked] = [sql for sql in said if " FROM series WHERE " in sql]
    plan = " ".join(row[3] for row in store.connection.execute(f"EXPLAIN QUERY PLAN {asked}"))
    assert "series_key (area=? AND indicator=? AND measure=?)" in plan


def month(number: int, value: float, **slots: Any) -> Observation:
    return figure(value, period_start=date(2020, number, 28), period_end=date(2020, number, 28), **slots)


def test_a_busy_point_shows_what_stands_what_contradicts_and_the_latest(store: Store) -> None:
    store.save_reading(reading("wrong", month(1, 9999), published=date(2020, 5, 1)))
    told = [reading(f"d{n}", month(1, 8475), published=date(2020, 5, 2), text=own_words(n)) for n in range(BUSY + 9)]
    store.save_readings(told[:30])
    for _ in range(2):
        [point] = store.series("Lạng Sơn", INDICATOR)
        assert len(point.reports) == point.report_count == point.group_count == 31, "few are shown in full"
        store.settle()
    store.save_readings(told[30:])
    for settled in (False, True):
        [point] = store.series("Lạng Sơn", INDICATOR)
        assert (len(point.reports), point.report_count, point.group_count) == (SHOWN, BUSY + 10, BUSY + 10), settled
        assert point.status == "held" and "wrong" in {report.doc for report in point.reports}
        [every] = store.series("Lạng Sơn", INDICATOR, every_report=True)
        assert len(every.reports) == BUSY + 10 and every.reports[0] == point.reports[0]
        assert store.series("Lạng Sơn", INDICATOR, most_reports=500) == [every]
        store.settle()


def test_points_of_an_older_format_answer_before_they_are_settled_again(store: Store) -> None:
    store.save_reading(story(1, 0, 8475.0, {"month": 1, "near": "", "words": ""}))
    store.settle()
    asked = ("2024:20", INDICATOR, "level")
    before = [(point.period_end, point.obs_value) for point in store.series(*asked)]
    store.connection.execute("UPDATE points SET shown = NULL, before = NULL")
    assert before and [(point.period_end, point.obs_value) for point in store.series(*asked)] == before


def test_a_fall_told_in_another_article_is_no_wonder(store: Store) -> None:
    store.save_reading(reading("a", month(1, 8475)))
    store.save_reading(reading("b", month(2, 8000)))
    store.settle()
    assert [point.flags for point in store.series("Lạng Sơn", INDICATOR)] == [(), ("fell",)]
    odd = "SELECT flags FROM points WHERE period_end = '2020-02-28' AND obs_value = 8000"
    assert store.connection.execute(odd).fetchone() == ('["fell"]',)
    change = month(2, -475, measure="change", base_end=date(2020, 1, 31), quote="475 người", sentence="Hụt 475 người.")
    store.save_reading(reading("c", change, published=date(2020, 5, 9)))
    assert [point.flags for point in store.series("Lạng Sơn", INDICATOR)] == [(), ()]
    assert [p.flags for p in store.series("Lạng Sơn", INDICATOR, as_of=date(2020, 5, 8))] == [(), ("fell",)]
    store.settle()
    assert [point.flags for point in store.series("Lạng Sơn", INDICATOR)] == [(), ()]
    assert store.connection.execute(odd).fetchone() == ("[]",)


def test_a_fall_that_another_report_of_the_point_owns_to_is_no_wonder(store: Store) -> None:
    store.save_reading(reading("a", month(1, 8475)))
    store.save_reading(reading("b", month(2, 8000, sentence="Còn 8.000 người, giảm so với tháng 1.")))
    store.save_reading(reading("c", month(2, 8000), published=date(2020, 5, 9)))
    for _ in range(2):
        assert [point.flags for point in store.series("Lạng Sơn", INDICATOR)] == [(), ()]
        store.settle()


def test_a_fall_owned_to_by_a_report_that_is_not_shown_is_no_wonder_in_brief(store: Store) -> None:
    store.save_reading(reading("a", month(1, 8475)))
    store.save_reading(reading("b", month(2, 8000, sentence="Có 8.000 người, giảm mạnh.")))
    store.save_reading(reading("c", month(2, 8000, sentence="Có 8.000 người."), published=date(2020, 5, 9)))
    for _ in range(2):  # before it is settled and after
        assert [point.flags for point in store.series("Lạng Sơn", INDICATOR, brief=True)] == [(), ()]
        store.settle()


def test_a_change_against_another_day_explains_no_fall(store: Store) -> None:
    store.save_reading(reading("a", month(1, 8475)))
    change = month(2, -475, measure="change", base_end=date(2019, 2, 28), quote="475 người", sentence="Hụt 475 người.")
    store.save_reading(reading("b", month(2, 8000), change))
    assert [point.flags for point in store.series("Lạng Sơn", INDICATOR)] == [(), ("fell",)]


def test_a_plan_told_after_settling_gives_a_total_its_first_day(store: Store) -> None:
    store.save_reading(reading("a", total(4e9, None, date(2020, 4, 30), "4 tỷ đồng")))
    store.settle()
    assert [p.period_start for p in store.series("Lạng Sơn", "BHXH.revenue")] == [None]
    plan = total(2e11, date(2020, 1, 1), date(2020, 12, 31), "200 tỷ đồng", measure="target", of="level")
    store.save_reading(reading("b", plan, published=date(2020, 6, 1)))
    first = date(2020, 1, 1)
    assert [p.period_start for p in store.series("Lạng Sơn", "BHXH.revenue")] == [first]
    store.settle()
    assert [p.period_start for p in store.series("Lạng Sơn", "BHXH.revenue")] == [first]
    found = store.connection.execute("SELECT p.period_start FROM points p JOIN series q ON q.id = p.series_id"
                                     " WHERE q.measure = 'level'").fetchall()  # fmt: skip
    assert found == [("2020-01-01",)]
    assert [p.period_start for p in store.series("Lạng Sơn", "BHXH.revenue", as_of=date(2020, 5, 31))] == [None]


def test_an_outlet_that_turns_out_to_be_an_office_is_weighed_anew(store: Store) -> None:
    store.save_reading(reading("a", figure(8475), source="portal"))
    store.save_reading(reading("b", figure(8480), source="paper", published=date(2020, 5, 9)))
    store.settle()
    assert [p.obs_value for p in store.series("Lạng Sơn", INDICATOR)] == [8480]
    store.note_outlets([("portal", "Cổng tỉnh", True, None)])
    assert [(p.obs_value, p.why) for p in store.series("Lạng Sơn", INDICATOR)] == [(8475, "office portal")]


def test_an_office_that_told_a_figure_again_is_weighed_anew(store: Store) -> None:
    """The figure was found by a reading of one source and is told word for word by the document's next one."""
    store.save_readings([reading("x", month(1, 8475), source="bao"), reading("y", month(1, 8600), source="bao")])
    store.save_reading(reading("x", month(1, 8475), rules="r2", source="cong"))
    store.settle()
    store.note_outlets([("cong", "Cổng tỉnh", True, None)])
    store.settle()
    [point] = store.series("Lạng Sơn", INDICATOR)
    assert (point.obs_value, point.why) == (8475, "office portal")


def test_verdicts_and_the_offices_figures_are_kept_too(store: Store, tmp_path: Path) -> None:
    store.save_reading(reading("a", figure(8475)))
    store.add_verdict(1, "correct", "duty", slots={"obs_value": 8123})
    plan = tmp_path / "plan.csv"
    plan.write_text("area,indicator,measure,period_end,value,unit,document\n"
                    "Lạng Sơn,BHXH_TN.participants,level,2020-03-31,8000,person,BC 1\n", "utf-8")  # fmt: skip
    store.import_office(plan, "official")
    waiting = store.series("Lạng Sơn", INDICATOR)
    store.settle()
    assert store.series("Lạng Sơn", INDICATOR) == waiting
    assert [(p.obs_value, p.reports[0].obs_value, p.why) for p in waiting] == [
        (8000, 8000, "official figure"), (8123, 8123, "accepted by a person"),
    ]  # fmt: skip
