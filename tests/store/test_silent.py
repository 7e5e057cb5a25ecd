"""Silent places: since which day, also one on which nothing was read, and as was known on that very day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.alerting import alerts_of
from store import open_store
from tests.monitor.test_alerts import DAY, at, run, told


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "ansinh.db") as made:
        yield made


def weekly(store, weeks=6, first=0):
    for week in range(first, first + weeks):
        store.save_reading(told(f"w{week}", 8000 + week, week * 7, period=date(2020, 4, 30) + timedelta(days=week)))
    store.settle()


def day(number):
    return DAY + timedelta(days=number)


def test_a_silence_begins_on_the_first_day_past_the_habit(store):
    weekly(store)
    assert store.silences(day(49)) == ()  # 14 days after the last
    (one,) = store.silences(day(50))
    assert (one.area, one.since, one.last, one.days, one.usual) == ("2024:20", day(50), day(35), 15, 7)


def test_the_day_of_a_silence_is_noted_though_nothing_was_read_on_it(store):
    weekly(store)
    store.add_source_run(run("xu-lang", 60, "ok"))
    noted = [date.fromisoformat(one) for one in store.days_noted()]
    assert day(50) in noted and day(50).isoformat() not in store.days_read()
    assert max(noted) == day(60)
    said = [one for one in range(36, 61) if any(a.alert == "area-silent" for a in alerts_of(store, day(one)))]
    assert [day(one) for one in said] == [day(50)]


def test_no_silence_is_noted_after_the_last_day_on_which_the_press_was_looked_at(store):
    weekly(store)
    assert max(store.days_noted()) == day(35).isoformat()


def test_every_day_on_which_a_silence_is_said_is_noted(store):
    weekly(store)
    weekly(store, 3, first=11)
    late = told("late", 7000, 60, period=date(2020, 6, 30))  # read on day 60, printed on day 45
    store.save_reading(replace(late, article=replace(late.article, published=day(45)), read_at=at(60)))
    store.settle()
    store.add_source_run(run("xu-lang", 130, "ok"))
    noted = {date.fromisoformat(one) for one in store.days_noted(limit=200)}
    said = [day(n) for n in range(131) if any(a.alert == "area-silent" for a in alerts_of(store, day(n)))]
    assert len(said) >= 2 and set(said) <= noted


def test_a_service_that_stood_still_for_a_year_notes_the_silence_between(store):
    weekly(store)
    store.add_source_run(run("xu-lang", 400, "ok"))
    assert day(50).isoformat() in store.days_noted()


def test_the_days_noted_are_newest_first_and_limited(store):
    weekly(store)
    noted = store.days_noted(limit=3)
    assert noted == sorted(noted, reverse=True) and len(noted) == 3
