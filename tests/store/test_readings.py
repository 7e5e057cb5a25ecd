from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from store import Store
from tests.store.made import figure, reading, unclaimed

LATER = datetime(2020, 5, 20, 3, tzinfo=UTC)
SERIES = ("Lạng Sơn", "BHXH_TN.participants")


def count(store: Store, table: str) -> int:
    return int(store.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_reading_again_changes_nothing(store: Store) -> None:
    one = reading("a", figure(), figure(17000, measure="target"), unclaimed=(unclaimed(),))
    assert store.save_reading(one) is True
    before = {table: count(store, table) for table in ("readings", "articles", "observations", "unclaimed", "standing")}
    assert store.save_reading(one) is False
    assert store.save_reading(replace(one, read_at=LATER)) is False
    assert {table: count(store, table) for table in before} == before


def test_a_new_version_takes_the_place_of_the_old_one_which_stays(store: Store) -> None:
    store.save_reading(reading("a", figure(8775), digest="sha256:1"))
    store.save_reading(reading("a", figure(8475), digest="sha256:2", read_at=LATER))
    [point] = store.series(*SERIES)
    assert point.obs_value == 8475 and point.flags == ("revised",)
    assert [report.obs_value for report in point.revisions] == [8775]
    assert count(store, "observations") == 2


def test_figures_told_again_word_for_word_are_not_said_twice(store: Store) -> None:
    store.save_reading(reading("a", figure(), figure(5, "5 đại lý", start=90), digest="sha256:1"))
    store.save_reading(reading("a", figure(), digest="sha256:2", read_at=LATER))
    assert count(store, "observations") == 2 and count(store, "carried") == 1
    assert [point.obs_value for point in store.series(*SERIES)] == [8475]


def test_new_rules_on_the_same_text_take_the_place_of_the_old_reading(store: Store) -> None:
    store.save_reading(reading("a", figure(8475)))
    store.save_reading(reading("a", figure(8475, period_end=date(2020, 3, 31)), rules="r2", read_at=LATER))
    assert [(p.obs_value, p.period_end) for p in store.series(*SERIES)] == [(8475, date(2020, 3, 31))]
    old = store.series(*SERIES, fetched_by=date(2020, 5, 10))
    assert [p.period_end for p in old] == [date(2020, 4, 30)]


def test_figures_without_area_or_period_or_leave_enter_no_series(store: Store) -> None:
    store.save_reading(
        reading(
            "a",
            figure(1, area=None, area_candidates=("2024:20", "2024:24")),
            figure(2, period_start=None, period_end=None),
            figure(3, publish=False),
        )
    )
    assert store.series(*SERIES) == [] and count(store, "observations") == 3


def test_observations_hold_the_contracts_keys_as_columns(store: Store) -> None:
    one = figure(8475, flags=("b", "a"), slots={"area": "title"}, qualifier=">")
    store.save_reading(reading("a", one))
    columns = [row[1] for row in store.connection.execute("PRAGMA table_info(observations)")]
    assert set(one.as_dict()) <= set(columns)
    assert store.observation(1) == replace(one, doc="a", flags=("a", "b"))


def test_many_readings_in_batches(store: Store) -> None:
    readings = [reading(f"d{n}", figure(8000 + n)) for n in range(25)]
    assert store.save_readings(readings, batch=10) == 25
    assert store.save_readings(readings, batch=10) == 0
    assert store.has_reading("d3", "sha256:d3", "r1") and not store.has_reading("d3", "sha256:d3", "r2")


@pytest.mark.parametrize("text", ["\x00 null", "Ð 🧮 \u202e", "x" * 200_000])
def test_any_text_is_kept_as_it_is(store: Store, text: str) -> None:
    store.save_reading(reading("a", figure(), text=text))
    assert store.connection.execute("SELECT text FROM articles").fetchone() == (text,)
    store.settle()


def test_half_a_surrogate_pair_costs_a_letter_not_the_article(store: Store) -> None:
    store.save_reading(reading("a", figure(8475, sentence="Có \ud83d 8.475 người."), text="Có \ud83d 8.475 người."))
    assert store.connection.execute("SELECT text FROM articles").fetchone() == ("Có \ufffd 8.475 người.",)
    assert store.observation(1).sentence == "Có \ufffd 8.475 người."


def test_sentences_that_nothing_claims_come_by_the_articles_that_print_them(store: Store) -> None:
    rare = replace(unclaimed("7 buổi"), sentence="Có 7 buổi.")
    store.save_reading(reading("a", unclaimed=(rare, unclaimed())))
    store.save_reading(reading("b", unclaimed=(unclaimed(),)))
    found = [(row["sentence"], row["docs"], row["numbers"]) for row in store.unclaimed()]
    assert found == [("Có 12 đơn vị.", 2, 2), ("Có 7 buổi.", 1, 1)]
