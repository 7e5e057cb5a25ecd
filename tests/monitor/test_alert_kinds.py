"""Each kind of alert of the shipped declarations: raised with evidence and a link, once, and again when it changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.alerting import alerts_of
from monitor.alerts import load_alerts
from store import open_store
from tests.monitor.test_alerts import DAY, at, ids, run, told


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "ansinh.db") as made:
        yield made


def only(store, day, alert):
    return [one for one in alerts_of(store, DAY + timedelta(days=day)) if one.alert == alert]


def target(doc, value, day):
    one = told(doc, value, day, measure="target", period=date(2020, 12, 31))
    figure = replace(one.observations[0], period_start=date(2020, 1, 1), of="level", issuer="BHXH Việt Nam")
    return replace(one, observations=(figure,))


def plan_and_base(store):
    store.save_reading(told("base", 8775, -120, period=date(2019, 12, 31)))
    store.save_reading(target("plan", 17000, -110))
    store.settle()


def test_behind_the_pace_is_said_with_its_sentence_once_and_again_after_a_catch_up(store):
    plan_and_base(store)
    for number, (day, value, period) in enumerate([
        (0, 8475, date(2020, 4, 30)), (70, 8962, date(2020, 6, 30)), (80, 13500, date(2020, 7, 31)),
        (140, 13600, date(2020, 9, 30)),
    ]):  # fmt: skip
        store.save_reading(told(f"m{number}", value, day, period=period))
    store.settle()
    said = [day for day in range(150) if only(store, day, "behind-pace")]
    assert said == [0, 140]  # not on day 70, when an old figure is followed by one that is behind as well
    (one,) = only(store, 0, "behind-pace")
    assert "49,9" in one.text and "▲\u00a0chậm" in one.text and "nhịp 67,6" in one.text
    assert one.doc == "m0" and "8475" in one.evidence


def test_a_target_set_later_can_put_a_place_behind_too(store):
    store.save_reading(told("base", 8775, -120, period=date(2019, 12, 31)))
    store.save_reading(told("now", 9000, -5, period=date(2020, 4, 30)))
    store.settle()
    assert not only(store, -5, "behind-pace")
    store.save_reading(target("plan", 17000, 0))
    store.settle()
    (one,) = only(store, 0, "behind-pace")
    assert one.doc == "plan"


def test_a_target_reached_is_said_once(store):
    plan_and_base(store)
    for day, value in enumerate([16000, 17100, 17300]):
        store.save_reading(told(f"m{day}", value, 140 + day * 30, period=date(2020, 9 + day, 30)))
    store.settle()
    assert [day for day in range(140, 230, 30) if only(store, day, "target-reached")] == [170]
    (one,) = only(store, 170, "target-reached")
    assert "●\u00a0đạt" in one.text and one.doc == "m1"


def test_a_fall_without_a_word_and_a_jump_are_said_of_the_point(store):
    for month in range(1, 9):
        value = 8000 + 40 * month
        store.save_reading(told(f"m{month}", value, month * 30 - 400, period=date(2019, month, 28)))
    store.save_reading(told("fall", 7000, 0, period=date(2020, 1, 28)))
    store.save_reading(told("jump", 95000, 30, period=date(2020, 2, 28)))
    store.settle()
    assert "fell" in ids(store, 0)
    assert "jumped" in ids(store, 30)
    (one,) = only(store, 0, "fell")
    assert one.doc == "fall" and "7000" in one.evidence
    assert not only(store, 1, "fell") and not only(store, 31, "jumped")


@pytest.mark.parametrize(
    "verdict", ["silent", "thinner", "blocked", "moved", "failing", "dead", "undated", "figureless"]
)
def test_each_trouble_of_a_source_is_said_with_its_evidence(store, verdict):
    store.add_source_run(run("xu-lang", 0, "ok"))
    store.add_source_run(run("xu-lang", 1, verdict))
    store.add_source_run(run("xu-lang", 2, verdict))
    (one,) = only(store, 1, "source-troubled")
    assert one.where == "xu-lang" and one.evidence == "vì thế"
    assert not only(store, 0, "source-troubled") and not only(store, 2, "source-troubled")


def test_a_rule_that_stopped_is_said_on_the_day_its_fortnight_is_full(store):
    for day in range(0, 40, 2):
        store.save_reading(told(f"r{day}", 8000 + day, day, period=date(2020, 4, 30)))
    for day in range(40, 70):
        other = told(f"o{day}", 9000 + day, day, period=date(2020, 5, 31))
        figure = replace(other.observations[0], rule="level.other")
        store.save_reading(replace(other, observations=(figure,)))
    store.settle()
    said = [day for day in range(38, 69) if any(one.where == "level.joins" for one in only(store, day, "rule-stopped"))]
    assert len(said) == 1 and 50 <= said[0] <= 54
    (one,) = only(store, said[0], "rule-stopped")
    assert "20 số" in one.evidence


def test_a_condition_is_said_when_met_and_again_only_after_it_was_not(store, tmp_path):
    (tmp_path / "alerts").mkdir()
    (tmp_path / "alerts" / "own.toml").write_text(
        '[[alert]]\nid = "low"\non = "condition"\nwhen = "BHXH_TN.participants level < 8000"\nvi = "thấp"\nen = "low"\n'
    )
    for number, value in enumerate([8500, 7900, 7800, 8100, 7000]):
        store.save_reading(told(f"m{number}", value, number, period=date(2020, number + 1, 28)))
    store.settle()
    assert [day for day in range(5) if only(store, day, "low")] == [1, 4]


def test_every_shipped_kind_is_declared_as_data():
    declared = {rule.id: rule.on for rule in load_alerts().rules}
    assert set(declared.values()) == {"progress", "point", "contradiction", "identity", "silence", "source", "rule"}
    assert {"behind-pace", "target-reached", "fell", "jumped", "contradiction", "identity-broken", "area-silent",
            "source-troubled", "rule-stopped"} == set(declared)  # fmt: skip


def test_a_mute_needs_a_day_and_a_reason_and_ends(store, tmp_path):
    (tmp_path / "alerts").mkdir()
    (tmp_path / "alerts" / "m.toml").write_text(
        f'[[mute]]\nalert = "behind-pace"\narea = "2025:20"\nuntil = {DAY.isoformat()}\nreason = "chờ giao lại"\n',
        "utf-8",
    )
    plan_and_base(store)
    store.save_reading(told("m", 8475, 0, period=date(2020, 4, 30)))
    store.settle()
    (one,) = only(store, 0, "behind-pace")
    assert "chờ giao lại" in one.muted and "18/5/2020" in one.muted
    assert at(0)
