from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from model.records import Table
from store import Store
from store.rereading import differences, packed_reading, unpacked_reading
from tests.store.made import figure, reading, unclaimed

LATER = datetime(2020, 6, 1, tzinfo=UTC)


def test_gained_lost_and_changed_figures() -> None:
    kept, changed, lost = figure(1, start=1), figure(2, start=20), figure(3, start=40)
    after = [kept, replace(changed, area="2024:04"), figure(4, start=60)]
    found = differences("a", [kept, changed, lost], after)
    assert [(one.kind, (one.before or one.after).obs_value) for one in found] == [  # type: ignore[union-attr]
        ("changed", 2), ("gained", 4), ("lost", 3),
    ]  # fmt: skip
    assert found[0].slots == ("area",)


def test_another_rule_or_confidence_is_no_difference() -> None:
    assert differences("a", [figure()], [figure(rule="other", confidence=0.1)]) == []


@given(st.permutations([figure(n, start=20 * n) for n in range(1, 6)]))
def test_the_same_figures_in_any_order_are_no_difference(mixed: list[object]) -> None:
    assert differences("a", [figure(n, start=20 * n) for n in range(1, 6)], mixed) == []  # type: ignore[arg-type]


def test_a_packed_reading_comes_back_as_it_was() -> None:
    one = reading("a", figure(flags=("x",), doc="a"), unclaimed=(unclaimed(),), modified=LATER)
    table = Table(start=1, end=9, rows=(("a", "b"), ("1", "2")), headings=1)
    one = replace(one, article=replace(one.article, tables=(table,), captions=((0, 3),), published=LATER))
    assert unpacked_reading(packed_reading(one)) == one


def test_nothing_is_adopted_before_it_is_asked_for(store: Store) -> None:
    store.save_reading(reading("a", figure(8475)))
    store.save_reading(reading("b", figure(9000, period_end=date(2020, 5, 1))))
    staged = [
        reading("a", figure(8475, area="2024:04"), rules="r2", read_at=LATER),
        reading("b", figure(9000, period_end=date(2020, 5, 1)), rules="r2", read_at=LATER),
    ]
    assert store.stage_readings(staged, batch=1) == 2
    before = store.contents()
    assert [(one.kind, one.doc, one.slots) for one in store.staged_differences("r2")] == [("changed", "a", ("area",))]
    assert store.contents() == before
    assert store.adopt_staged("r2") == 2 and list(store.staged_readings("r2")) == []
    assert [p.obs_value for p in store.series("Cao Bằng", "BHXH_TN.participants")] == [8475]
    assert store.adopt_staged("r2") == 0


def test_staged_readings_can_be_dropped(store: Store) -> None:
    store.stage_readings([reading("a", figure(), rules="r2"), reading("a", figure(), rules="r3")])
    assert store.drop_staged("r2") == 1 and store.drop_staged() == 1


def test_the_documents_to_read_again(store: Store) -> None:
    store.save_reading(reading("a", figure(), source="s1"))
    store.save_reading(reading("b", figure(), source="s2", read_at=LATER))
    store.save_reading(reading("b", figure(1), source="s2", read_at=LATER, digest="sha256:new"))
    assert list(store.standing_versions()) == [
        ("a", "https://bao.example/a", "sha256:a"), ("b", "https://bao.example/b", "sha256:new"),
    ]  # fmt: skip
    assert [doc for doc, _, _ in store.standing_versions(source="s1")] == ["a"]
    assert [doc for doc, _, _ in store.standing_versions(since=date(2020, 5, 30))] == ["b"]


def test_reading_again_makes_no_report_later(store: Store) -> None:
    """Of two reports of one day the one read last stands; also when the other one is read again after it."""
    told = {"z": (8475, 1), "a": (8500, 2)}
    for doc, (value, hour) in told.items():
        store.save_reading(reading(doc, figure(value), read_at=datetime(2020, 5, 6, hour, tzinfo=UTC)))
    store.settle()
    before = store.contents()["points"]
    for minute, doc in enumerate(sorted(told)):
        again = reading(doc, figure(told[doc][0]), rules="r2", read_at=datetime(2020, 6, 1, 0, minute, tzinfo=UTC))
        store.stage_readings([again])
    assert store.adopt_staged("r2") == 2
    store.settle()
    assert store.contents()["points"] == before
    for options in ({}, {"every_report": True}, {"fetched_by": date(2020, 7, 1)}):
        [point] = store.series("Lạng Sơn", "BHXH_TN.participants", **options)
        assert (point.obs_value, [r.fetched_at.month for r in point.reports]) == (8500, [5, 5])
