from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from model.errors import InputError
from store import Store
from tests.store.made import figure, reading

SERIES = ("Lạng Sơn", "BHXH_TN.participants")


def values(store: Store, **asked: date) -> list[tuple[float, str]]:
    return [(p.obs_value, p.status) for p in store.series(*SERIES, **asked)]  # type: ignore[arg-type]


def test_accepting_lets_a_held_back_figure_in(store: Store) -> None:
    store.save_reading(reading("a", figure(8475, publish=False)))
    assert values(store) == []
    store.add_verdict(1, "accept", "duty", reason="đọc bài gốc")
    assert values(store) == [(8475, "settled")]
    assert store.series(*SERIES)[0].why == "accepted by a person"


def test_rejecting_keeps_a_figure_out(store: Store) -> None:
    store.save_reading(reading("a", figure(8475)))
    store.save_reading(reading("b", figure(9875)))
    assert values(store) == [(9875, "held")]
    store.add_verdict(2, "reject", "duty")
    assert values(store) == [(8475, "settled")]


def test_correcting_a_slot_moves_the_figure_to_its_series(store: Store) -> None:
    store.save_reading(reading("a", figure(8475)))
    store.add_verdict(1, "correct", "duty", slots={"area": "2024:04", "period_end": date(2020, 3, 31)})
    assert values(store) == []
    [point] = store.series("Cao Bằng", "BHXH_TN.participants")
    assert (point.obs_value, point.period_end) == (8475, date(2020, 3, 31))
    assert store.observation(1).area == "2024:20", "the machine's reading stays as it was"


def test_undo_brings_back_what_was_before(store: Store) -> None:
    store.save_reading(reading("a", figure(8475)))
    store.add_verdict(1, "correct", "duty", slots={"obs_value": 8476})
    store.add_verdict(1, "reject", "duty")
    assert values(store) == []
    store.undo_verdict(1, "duty")
    assert values(store) == [(8476, "settled")]
    store.undo_verdict(1, "duty", reason="nhầm")
    assert values(store) == [(8475, "settled")]
    with pytest.raises(InputError, match="no verdict is in force"):
        store.undo_verdict(1, "duty")
    assert [one.verdict for one in store.verdicts(1)] == ["correct", "reject", "undo", "undo"]


def test_the_state_before_a_verdict_can_still_be_asked_for(store: Store) -> None:
    store.save_reading(reading("a", figure(8475)))
    store.add_verdict(1, "reject", "duty")
    assert values(store) == [] and values(store, fetched_by=date(2020, 5, 7)) == [(8475, "settled")]
    assert values(store, as_of=date(2020, 5, 7)) == [], "what the papers said, as people read it now"


def test_settled_points_follow_verdicts(store: Store) -> None:
    store.save_reading(reading("a", figure(8475)))
    store.settle()
    store.add_verdict(1, "reject", "duty")
    store.settle()
    assert store.connection.execute("SELECT count(*) FROM points").fetchone() == (0,)
    store.undo_verdict(1, "duty")
    store.settle()
    assert store.connection.execute("SELECT obs_value FROM points").fetchall() == [(8475,)]


def again(store: Store, *figures: object) -> None:
    store.save_reading(
        reading("a", *figures, rules="r2", read_at=datetime(2020, 6, 1, tzinfo=UTC))  # type: ignore[arg-type]
    )


def test_verdicts_are_replayed_on_a_new_reading(store: Store) -> None:
    store.save_reading(reading("a", figure(8475)))
    store.add_verdict(1, "correct", "duty", slots={"obs_value": 8476})
    again(store, figure(8475, confidence=0.5))
    assert values(store) == [(8476, "settled")]
    replayed = store.verdicts()[-1]
    assert (replayed.obs_id, replayed.author, replayed.replays) == (2, "duty", 1)
    assert store.review(kind="verdict-lost") == []


def test_a_verdict_whose_sentence_changed_comes_back_to_review(store: Store) -> None:
    store.save_reading(reading("a", figure(8475)))
    store.add_verdict(1, "reject", "duty")
    again(store, figure(8475, sentence="Một câu khác: 8.475 người."))
    [item] = store.review(kind="verdict-lost")
    assert item.obs_id == 1
    store.undo_verdict(1, "duty")
    assert store.review(kind="verdict-lost") == []


def test_an_acceptance_is_not_replayed_on_other_slots(store: Store) -> None:
    store.save_reading(reading("a", figure(8475, publish=False)))
    store.add_verdict(1, "accept", "duty")
    again(store, figure(8475, publish=False, period_end=date(2020, 3, 31)))
    assert values(store) == [] and [item.obs_id for item in store.review(kind="verdict-lost")] == [1]


def test_a_person_says_which_figure_corrects_which(store: Store) -> None:
    store.save_reading(reading("a", figure(9875)))
    store.save_reading(reading("b", figure(8475), published=date(2020, 5, 8)))
    store.settle()
    assert values(store) == [(8475, "held")]
    store.add_correction(2, 1, "duty", reason="báo đã xin lỗi bạn đọc")
    assert values(store) == [(8475, "settled")]
    assert values(store, fetched_by=date(2020, 5, 9)) == [(8475, "held")]
    store.settle()
    assert store.review() == []
    with pytest.raises(InputError, match="cannot correct itself"):
        store.add_correction(2, 2, "duty")
    with pytest.raises(InputError, match="no figure 9"):
        store.add_correction(2, 9, "duty")


@pytest.mark.parametrize(
    ("verdict", "slots", "says"),
    [
        ("maybe", {}, "is no verdict"), ("correct", {}, "0 slots"), ("accept", {"unit": "person"}, "1 slots"),
        ("correct", {"colour": 1}, "no slot 'colour'"), ("correct", {"unit": "người"}, "is no unit"),
        ("correct", {"measure": "x"}, "is no measure"), ("correct", {"qualifier": "?"}, "is no qualifier"),
        ("correct", {"obs_value": "8"}, "is no number"), ("correct", {"period_end": "30/4"}, "is no day"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_says_why(store: Store, verdict: str, slots: dict[str, object], says: str) -> None:
    store.save_reading(reading("a", figure()))
    with pytest.raises(InputError, match=says):
        store.add_verdict(1, verdict, "duty", slots=slots)
    assert store.verdicts() == []


def test_an_unknown_figure(store: Store) -> None:
    with pytest.raises(InputError, match="no figure 7"):
        store.add_verdict(7, "accept", "duty")


def test_what_waits_names_the_source_where_the_page_names_no_outlet(store: Store) -> None:
    store.note_outlets([("bhxh-mau", "Cổng BHXH Mẫu", True, None)])
    store.save_reading(reading("a", figure(publish=False), outlet=None, source="bhxh-mau"))
    assert [item.outlet for item in store.review()] == ["Cổng BHXH Mẫu"]


def test_what_waits_comes_by_urgency_with_its_reasons(store: Store) -> None:
    base = figure(8475)
    store.save_reading(
        reading(
            "a", base, replace(base, publish=False, area=None, area_candidates=("2024:1", "2024:2"), start=50),
            replace(base, publish=False, period_end=None, start=80),
            replace(base, publish=False, flags=("identity-broken",), start=110),
            replace(base, publish=False, start=140),
        )
    )  # fmt: skip
    store.save_reading(reading("b", figure(9875)))
    store.settle()
    found = store.review()
    assert [item.kind for item in found] == ["contradiction", "identity-broken", "held", "held", "held"]
    assert [item.reasons for item in found[2:]] == [("confidence",), ("period-open",), ("area-open",)]
    assert found[-1].area_candidates == ("2024:1", "2024:2") and found[0].as_dict()["quote"] == "9.875 người"
    assert store.review_counts() == {
        "contradiction": 1, "verdict-lost": 0, "identity-broken": 1, "odd": 0, "held": 3,
    }  # fmt: skip
    store.add_verdict(5, "reject", "duty")
    assert store.review_counts()["held"] == 2
    assert store.review(area="2024:04") == [] and len(store.review(limit=2)) == 2


def test_an_odd_point_that_a_person_looked_at_waits_no_more(store: Store) -> None:
    store.save_reading(reading("a", figure(8475, period_start=date(2020, 3, 31), period_end=date(2020, 3, 31))))
    store.save_reading(reading("b", figure(3862)))
    store.settle()
    [odd] = store.review()
    assert odd.kind == "odd" and "fell" in odd.reasons
    store.add_verdict(odd.obs_id, "accept", "duty")
    store.settle()
    assert store.review() == [] and store.review_counts()["odd"] == 0
    store.undo_verdict(odd.obs_id, "duty")
    store.settle()
    assert [item.kind for item in store.review()] == ["odd"]
