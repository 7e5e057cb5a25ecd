"""Alerts: declared as data, said once, with evidence; muted ones say why; conditions of one's own."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from model.errors import DeclarationError
from model.fetches import SourceRun
from monitor.alerting import alerts_of, for_digest
from monitor.alerts import checked_alerts, condition, load_alerts
from monitor.digest import digest_of
from monitor.digest_layout import plain_text
from store import open_store
from tests.monitor.test_declared import GOLD, INDICATOR
from tests.monitor.test_web import reading

DAY = date(2020, 5, 18)


def at(days, hour=3):
    return datetime(2020, 5, 18, hour, tzinfo=UTC) + timedelta(days=days)


def told(doc, value, day, *, measure="level", unit="person", period=date(2020, 4, 30), flags=(), publish=True):
    number = f"{value:g}%" if unit == "percent" else f"{value} người"
    text = f"Đến hết tháng 4/2020, toàn tỉnh Lạng Sơn đạt {value} người tham gia BHXH tự nguyện (bài {doc})."
    one = reading(doc, text, value, publish=publish, published=at(day).date(), outlet=f"Báo {doc}")
    figure = replace(
        one.observations[0], measure=measure, unit=unit, period_start=period, period_end=period, flags=flags,
        obs_value=float(value),
    )  # fmt: skip
    assert number
    return replace(one, read_at=at(day), observations=(figure,))


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "ansinh.db") as made:
        yield made


def ids(store, day, **more):
    return [one.alert for one in alerts_of(store, DAY + timedelta(days=day), **more)]


def test_a_contradiction_is_said_on_its_day_with_both_values_and_not_again(store):
    store.save_reading(told("a", 8475, 0))
    store.save_reading(told("b", 9999, 1))
    store.settle()
    assert ids(store, 0) == []
    (one,) = [raised for raised in alerts_of(store, DAY + timedelta(days=1)) if raised.alert == "contradiction"]
    assert "8.475" in one.text and "9.999" in one.text
    assert one.doc in ("a", "b") and "Lạng Sơn" in one.place
    assert ids(store, 2) == []


def test_a_broken_identity_is_evidence_for_itself(store):
    store.save_reading(told("a", 300, 0, measure="change", flags=("identity-broken",), publish=False))
    (one,) = alerts_of(store, DAY)
    assert (one.alert, one.doc) == ("identity-broken", "a")
    assert "300" in one.evidence
    assert one.text == "số người tham gia BHXH tự nguyện tăng 300 người"
    assert "không khớp" in plain_text(digest_of(store, DAY))


def run(source, day, verdict):
    return SourceRun(
        source=source, run=f"{day}", started=at(day), finished=at(day, 4), verdict=verdict, evidence="vì thế"
    )


def test_a_source_is_said_when_its_verdict_changes_and_only_then(store):
    for day, verdict in enumerate(["ok", "silent", "silent", "blocked", "ok"]):
        store.add_source_run(run("xu-lang", day, verdict))
    assert [ids(store, day) for day in range(5)] == [[], ["source-troubled"], [], ["source-troubled"], []]


def test_an_area_falls_silent_once(store):
    for week in range(6):
        store.save_reading(told(f"w{week}", 8000 + week, week * 7, period=date(2020, 4, 30) + timedelta(days=week)))
    store.settle()
    said = [day for day in range(36, 80) if "area-silent" in ids(store, day)]
    assert len(said) == 1


@pytest.mark.parametrize(
    ("when", "raised"),
    [
        ("BHXH_TN.participants target_pct < 60 at 30/6", True),
        ("BHXH_TN.participants target_pct < 50 at 30/6", False),
        ("BHXH_TN.participants target_pct < 60 at 31/12", False),
        ("BHXH_TN.participants level < 60", False),
        ("BHXH_TN.participants target_pct >= 52,7", True),
    ],
)
def test_a_condition_of_one_s_own(store, tmp_path, when, raised):
    folder = tmp_path / "alerts"
    folder.mkdir()
    (folder / "own.toml").write_text(
        f'[[alert]]\nid = "own"\non = "condition"\nwhen = "{when}"\nvi = "chậm"\nen = "slow"\n', "utf-8"
    )
    store.save_reading(told("a", 52.7, 0, measure="target_pct", unit="percent", period=date(2020, 6, 30)))
    store.settle()
    found = [one for one in alerts_of(store, DAY) if one.alert == "own"]
    assert bool(found) is raised
    assert bool(for_digest(found)) is raised


def test_a_muted_alert_says_why_until_its_day_has_passed(store, tmp_path):
    folder = tmp_path / "alerts"
    folder.mkdir()
    (folder / "mutes.toml").write_text(
        '[[mute]]\nalert = "source-troubled"\narea = "xu-lang"\nuntil = 2020-05-19\nreason = "đang sửa máy chủ"\n',
        "utf-8",
    )
    for day, verdict in enumerate(["silent", "ok", "silent"]):
        store.add_source_run(run("xu-lang", day, verdict))
    assert "đang sửa máy chủ" in alerts_of(store, DAY)[0].muted
    assert "tắt tiếng" in plain_text(digest_of(store, DAY))
    assert alerts_of(store, DAY + timedelta(days=2))[0].muted == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[alert]]\nid = "fell"\non = "point"\nvi = "x"\nen = "x"\n', "declared twice"),
        ('[[alert]]\nid = "x"\non = "moon"\nvi = "x"\nen = "x"\n', "alert.0.on' is wrong"),
        ('[[alert]]\nid = "x"\non = "condition"\nvi = "x"\nen = "x"\n', "`when` belongs"),
        (
            '[[alert]]\nid = "x"\non = "condition"\nwhen = "BHYT.cows level < 3"\nvi = "x"\nen = "x"\n',
            "unknown indicator",
        ),
        ('[[alert]]\nid = "x"\non = "point"\nstates = ["fel"]\nvi = "x"\nen = "x"\n', "no state of point"),
        ('[[alert]]\nid = "x"\non = "silence"\nstates = ["fell"]\nvi = "x"\nen = "x"\n', "take `states` out"),
        ('[[alert]]\nid = "x"\non = "point"\nindicators = ["BHYT.cows"]\nvi = "x"\nen = "x"\n', "unknown indicator"),
        ('[[alert]]\nid = "x"\non = "point"\nareas = ["2024:9x"]\nvi = "x"\nen = "x"\n', "2024:9x"),
        ('[[mute]]\nalert = "nothing"\nuntil = 2027-01-01\nreason = "vì thế"\n', "unknown alert"),
        ('[[mute]]\nalert = "area-silnt"\nuntil = 2027-01-01\nreason = "vì thế"\n', "did you mean area-silent"),
        ('[[mute]]\nalert = "fell"\narea = "2025:99"\nuntil = 2027-01-01\nreason = "vì thế"\n', "2025:96"),
        ('[[mute]]\nalert = "fell"\narea = "Lạng Sơn"\nuntil = 2027-01-01\nreason = "vì thế"\n', "2025:20"),
        ('[[mute]]\nalert = "source-troubled"\narea = "baolangso"\nuntil = 2027-01-01\nreason = "vì thế"\n', "gson"),
        ('[[mute]]\nalert = "rule-stopped"\narea = "level.owe"\nuntil = 2027-01-01\nreason = "vì thế"\n', "level.owed"),
        ('[[mute]]\nalert = "fell"\nindicator = "BHYT.cows"\nuntil = 2027-01-01\nreason = "vì thế"\n', "indicator"),
        ('[[mute]]\nalert = "fell"\nreason = "vì thế"\n', "mute.0.until' is missing"),
        ('[[mute]]\nalert = "fell"\nuntil = 2027-01-01\nreason = "     "\n', "mute.0.reason' is wrong"),
    ],
)
def test_wrong_alerts_stop_the_load(tmp_path, text, says):
    (tmp_path / "own.toml").write_text(text, "utf-8")
    with pytest.raises(DeclarationError, match=says):
        checked_alerts(tmp_path)


def test_a_condition_may_watch_an_indicator_of_the_office_s_own_and_is_told_in_its_words(tmp_path, store):
    rule = 'id = "own"\non = "condition"\nwhen = "TCMR.children level < 20000"\nvi = "tiêm ít"\nen = "few"\n'
    for folder, text in (("indicators", INDICATOR.format(gold=GOLD)), ("alerts", f"[[alert]]\n{rule}")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "own.toml").write_text(text, "utf-8")
    one = told("a", 12345, 0)
    store.save_reading(replace(one, observations=(replace(one.observations[0], indicator="TCMR.children"),)))
    store.settle()
    (found,) = [one for one in alerts_of(store, DAY) if one.alert == "own"]
    assert (found.title, found.where) == ("tiêm ít", "2024:20")
    assert "Lạng Sơn · tiêm ít · " in plain_text(digest_of(store, DAY))


def test_a_mute_holds_for_a_province_under_its_code_of_either_list(tmp_path):
    mute = '[[mute]]\nalert = "area-silent"\narea = "2025:20"\nuntil = 2027-01-01\nreason = "vì thế"\n'
    (tmp_path / "own.toml").write_text(mute, "utf-8")
    watched = load_alerts(tmp_path)
    assert watched.muted("area-silent", "2024:20", DAY) and watched.muted("area-silent", "2025:20", DAY)
    assert not watched.muted("area-silent", "2024:24", DAY)
    assert not watched.muted("area-silent", "2024:20", date(2027, 1, 2))


def test_config_check_refuses_a_mute_of_nothing_in_one_line(ansinh, home):
    (home / "alerts").mkdir(parents=True)
    mute = '[[mute]]\nalert = "area-silent"\narea = "Lang Son"\nuntil = 2027-01-01\nreason = "vì thế"\n'
    (home / "alerts" / "own.toml").write_text(mute, "utf-8")
    status, out, err = ansinh("config", "check")
    assert (status, out) == (2, "")
    assert err.count("\n") == 1 and "a mute of 'area-silent' names the unknown area 'Lang Son': did you mean 20" in err


def test_an_alert_without_states_is_raised_by_any(store, tmp_path):
    (tmp_path / "alerts").mkdir()
    (tmp_path / "alerts" / "own.toml").write_text(
        '[[alert]]\nid = "own"\non = "source"\nvi = "nguồn"\nen = "source"\n', "utf-8"
    )
    store.add_source_run(run("xu-lang", 0, "moved"))
    assert [one.where for one in alerts_of(store, DAY) if one.alert == "own"] == ["xu-lang"]


def test_conditions_read_both_decimal_signs():
    assert (
        condition("BHYT.participants coverage_pct <= 92,5").value
        == condition("BHYT.participants coverage_pct <= 92.5").value
    )
