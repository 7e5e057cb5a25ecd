"""Settling what is new gives what settling everything again gives, whatever came before and in whatever order."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zlib import crc32

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from model.records import Observation, Reading
from store import Store, open_store, settled_series, settling, stretches
from tests.store.made import figure, reading, total

FIRST = date(2020, 5, 1)
TABLES = {
    "points": "SELECT * FROM points ORDER BY series_id, period_end, period_start",
    "past_points": "SELECT * FROM past_points ORDER BY series_id, period_end, period_start, since",
    "tallies": "SELECT * FROM tallies ORDER BY series_id, period_end, period_start, since",
    "tallied": "SELECT series_id, period_end FROM tallied ORDER BY 1, 2",
}


@pytest.fixture(autouse=True)
def every_cell_is_busy() -> Iterator[None]:
    """Keep what was counted of every cell, so that small histories try it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settled_series, "FEW", 0)
        yield


def kept(store: Store) -> dict[str, list[Any]]:
    return {name: store.connection.execute(sql).fetchall() for name, sql in TABLES.items()}


def text_of(leader: int) -> str:
    """Give a text that only copies of the same leader share."""
    return " ".join(f"chữ{leader}x{place}" for place in range(40))


def figures(told: dict[str, Any]) -> list[Observation]:
    end = date(2020, told["month"], 28)
    words = {"fall": "giảm so với năm trước", "right": "đính chính: số đúng là thế", "": "theo cơ quan"}[told["words"]]
    quote = f"{told['near']}{told['value']:,.0f} người".replace(",", ".")
    sure = "<" if told["near"] else "="
    level = figure(told["value"], quote, period_start=end, period_end=end, sentence=f"Có {quote}, {words}.",
                   qualifier=sure)  # fmt: skip
    start = date(2020, 1, 1) if told["value"] > 9000 else None
    flow = total(told["value"], start, end, quote, sentence=f"Thu {quote}, {words}.", qualifier=sure)
    plan = total(9e4, date(2020, 1, 1), date(2020, 12, 31), "90.000", measure="target", of="level")
    fall = figure(-400, "400 người", measure="change", period_start=end, period_end=end,
                  base_end=date(2020, told["month"] - 1, 28), sentence="Hụt 400 người.")  # fmt: skip
    return [level, flow, *([plan] if told["plan"] else []), *([fall] if told["words"] == "fall" else [])]


def story(told: dict[str, Any], version: int) -> Reading:
    day = FIRST + timedelta(days=told["day"])
    return reading(
        f"d{told['doc']}", *figures(told), published=day, digest=f"sha256:{told['doc']} {version}",
        read_at=datetime(day.year, day.month, day.day, 3, told["doc"], tzinfo=UTC), text=text_of(told["copies"]),
        source=f"s{told['doc'] % 3}",
    )  # fmt: skip


tellings = st.fixed_dictionaries({
    "doc": st.integers(0, 25), "day": st.integers(0, 9), "copies": st.integers(0, 12),
    "value": st.sampled_from([8475.0, 8476.0, 8500.0, 8600.0, 9875.0, 7000.0]), "month": st.sampled_from([2, 3]),
    "near": st.sampled_from(["", "", "gần "]), "words": st.sampled_from(["", "", "", "fall", "right"]),
    "plan": st.sampled_from([False, False, False, True]),
})  # fmt: skip
deeds = st.tuples(st.sampled_from(["accept", "reject", "correct", "undo", "office"]), st.integers(1, 30))
histories = st.lists(st.tuples(st.lists(tellings, max_size=8), st.lists(deeds, max_size=1)), min_size=2, max_size=5)


def judge(store: Store, verdict: str, number: int) -> None:
    most = store.connection.execute("SELECT coalesce(max(id), 0) FROM observations").fetchone()[0]
    if verdict == "office":
        store.note_outlets([("s1", "Cổng tỉnh", number % 2 == 0, None)])
    elif verdict == "undo":
        standing = store.connection.execute("SELECT max(obs_id) FROM judged WHERE until > '9999'").fetchone()[0]
        if standing:
            store.undo_verdict(standing, "duty")
    elif most:
        slots = {"obs_value": 8500} if verdict == "correct" else None
        store.add_verdict(1 + number % most, verdict, "duty", slots=slots)


@settings(max_examples=60, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(histories)
def test_settling_what_is_new_gives_what_settling_all_gives(history: list[Any]) -> None:
    with TemporaryDirectory() as folder, open_store(Path(folder) / "a.db") as store:
        version = 0
        for told, done in history:
            for one in told:
                version += 1
                store.save_reading(story(one, version))
            for verdict, number in done:
                judge(store, verdict, number)
            store.settle()
        grown = kept(store)
        store.resettle()
        for name, rows in kept(store).items():
            assert grown[name] == rows, name


def counting(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[int]:
    """Count how many claims pass through a function of the store."""
    seen: list[int] = []
    real: Callable[..., Any] = getattr(module, name)

    def counted(*args: Any, **named: Any) -> Any:
        found = real(*args, **named)
        seen.append(sum(map(len, found.values())))
        return found

    monkeypatch.setattr(module, name, counted)
    return seen


def test_old_reports_are_not_read_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save_readings(reading(f"d{n}", figure(8475), text=text_of(n)) for n in range(40))
    store.settle()
    all_claims = counting(monkeypatch, settling, "load_claims")
    new_claims = counting(monkeypatch, settling, "load_added")
    for day in (4, 6):
        store.save_reading(reading(f"new{day}", figure(8475), published=date(2020, 5, day), text=text_of(100 + day)))
        store.settle()
    assert (sum(all_claims), sum(new_claims)) == (0, 2)
    [point] = store.series("Lạng Sơn", "BHXH_TN.participants", brief=True)
    assert (point.report_count, point.group_count) == (42, 42)


def test_a_report_that_says_what_was_said_is_counted_without_weighing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(20):
        store.save_reading(reading(f"d{n}", figure(8475), published=FIRST + timedelta(days=n % 10), text=text_of(n)))
    store.settle()
    weighed: list[int] = []
    real = stretches.weigh

    def weigh(*args: Any) -> Any:
        weighed.append(1)
        return real(*args)

    monkeypatch.setattr(stretches, "weigh", weigh)
    store.save_reading(reading("late", figure(8475), published=FIRST + timedelta(days=3), text=text_of(99)))
    store.settle()
    assert len(weighed) <= 2, "only where it is among the latest three"
    rows = store.connection.execute("SELECT reports FROM past_points ORDER BY since").fetchall()
    assert [row[0] for row in rows] == [2, 4, 6, 9, 11, 13, 15, 17, 19]


@pytest.mark.parametrize("day", [0, 2, 3, 6, 8])
def test_a_late_report_that_is_not_shown_may_still_decide(store: Store, day: int) -> None:
    """Rough figures are the latest and are shown; which exact one stands is decided by the last of each."""

    def told(doc: str, when: int, value: float, near: str = "") -> Reading:
        one = figure(value, f"{near}{value:,.0f} người".replace(",", "."), qualifier="<" if near else "=")
        return reading(doc, one, published=FIRST + timedelta(days=when), text=text_of(crc32(doc.encode())))

    store.save_readings([told("a", 1, 8475), told("b", 5, 8480), told("c", 4, 9900), told("d", 6, 8480)])
    store.save_readings(told(f"near{n}", 9, 8500, "gần ") for n in range(3))
    store.settle()
    for value in (8475, 8480, 9900):
        store.save_reading(told(f"late{value}", day, value))
        store.settle()
        grown = kept(store)
        store.resettle()
        assert grown == kept(store), value


def test_an_edited_report_is_taken_out_of_what_was_counted(store: Store) -> None:
    store.save_readings(reading(f"d{n}", figure(8475), text=text_of(n)) for n in range(5))
    store.settle()
    store.save_reading(reading("d1", figure(9875), digest="sha256:x", read_at=datetime(2020, 5, 9, tzinfo=UTC)))
    store.settle()
    grown = kept(store)
    [point] = store.series("Lạng Sơn", "BHXH_TN.participants", brief=True)
    assert (point.report_count, point.status) == (5, "held")
    store.resettle()
    assert grown == kept(store)


def test_new_reports_stand_where_the_old_ones_ended(store: Store) -> None:
    """The only report of a cell is edited away; one told before that day still stands after it."""
    store.save_reading(reading("d1", figure(8475), read_at=datetime(2020, 5, 6, tzinfo=UTC)))
    store.save_reading(reading("d1", digest="sha256:x", read_at=datetime(2020, 5, 9, tzinfo=UTC)))
    store.settle()
    assert store.series("Lạng Sơn", "BHXH_TN.participants") == []
    store.save_reading(reading("d2", figure(8500), published=date(2020, 5, 6)))
    store.settle()
    grown = kept(store)
    assert [point.obs_value for point in store.series("Lạng Sơn", "BHXH_TN.participants")] == [8500]
    store.resettle()
    assert grown == kept(store)


def test_a_plan_that_a_person_rejects_fixes_no_year(store: Store) -> None:
    flow = total(8e9, None, date(2020, 4, 30), "8 tỷ đồng")
    plan = total(9e10, date(2020, 1, 1), date(2020, 12, 31), "90 tỷ đồng", measure="target", of="level")
    store.save_reading(reading("a", flow))
    store.save_reading(reading("b", plan, published=date(2020, 5, 1)))
    store.settle()
    starts = "SELECT p.period_start FROM points p JOIN series q ON q.id = p.series_id WHERE q.measure = 'level'"
    for verdict, start in (("reject", ""), ("accept", "2020-01-01")):
        store.add_verdict(2, verdict, "duty")
        store.settle()
        assert store.connection.execute(starts).fetchall() == [(start,)]
        [point] = store.series("Lạng Sơn", "BHXH.revenue")
        assert (point.period_start is None) == (not start)


def test_a_copy_of_a_counted_report_is_no_new_group(store: Store) -> None:
    store.save_readings(reading(f"d{n}", figure(8475), text=text_of(n)) for n in range(5))
    store.settle()
    store.save_reading(reading("copy", figure(8475), published=date(2020, 5, 20), text=text_of(3)))
    store.settle()
    [point] = store.series("Lạng Sơn", "BHXH_TN.participants", brief=True)
    assert (point.report_count, point.group_count) == (6, 5)
