"""What people decided, as gold rows, as their texts and as examples of rules."""

import json
import tomllib
from dataclasses import replace

import pytest

from monitor.verdict_files import verdict_file
from store import open_store
from tests.monitor.test_web import reading

TWICE = "Đến hết tháng 4/2020, xã có 500 người tham gia; cả huyện cũng có 500 người tham gia BHXH tự nguyện."


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "ansinh.db") as made:
        for doc, value in (("a", 8475), ("b", 9862), ("c", 300)):
            text = f"Đến hết tháng 4/2020, toàn tỉnh có {value} người tham gia BHXH tự nguyện."
            made.save_reading(reading(doc, text, value, publish=False))
        twice = reading("d", TWICE, 500, publish=False)
        second = TWICE.rindex("500")
        figure = replace(twice.observations[0], start=second, end=second + len("500 người"))
        made.save_reading(replace(twice, observations=(figure,)))
        made.settle()
        yield made


def gold(store):
    return [json.loads(line) for line in verdict_file(store, "gold").splitlines()]


def test_nothing_decided_is_nothing_exported(store):
    assert verdict_file(store, "gold") == verdict_file(store, "docs") == verdict_file(store, "examples") == ""


def test_gold_rows_are_what_stands_after_a_person(store):
    store.add_verdict(1, "accept", "lan")
    store.add_verdict(2, "correct", "lan", slots={"obs_value": 9682.0, "area": "2024:24"})
    store.add_verdict(3, "reject", "lan")
    store.add_verdict(4, "accept", "lan")
    store.undo_verdict(4, "lan")
    first, second = gold(store)
    assert (first["doc"], first["quote"], first["obs_value"], first["area"]) == ("a", "8475 người", 8475, "Lạng Sơn")
    assert (second["obs_value"], second["area"], second["level"], second["by"]) == (
        9682,
        "Bắc Giang",
        "province",
        "lan",
    )
    keys = {"doc", "quote", "start", "indicator", "measure", "obs_value", "unit", "qualifier", "area", "level",
            "period_start", "period_end", "base_end", "scope", "sure"}  # fmt: skip
    assert keys <= set(first)
    texts = {row["id"]: row["text"] for row in map(json.loads, verdict_file(store, "docs").splitlines())}
    assert texts["a"][first["start"] :].startswith(first["quote"])


def test_examples_bracket_the_very_figure_and_say_where_the_rule_was_wrong(store):
    store.add_verdict(1, "correct", "lan", slots={"period_end": "2020-05-31"})
    store.add_verdict(2, "correct", "lan", slots={"measure": "gain"})
    store.add_verdict(3, "reject", "lan")
    store.add_verdict(4, "accept", "lan")
    (table,) = tomllib.loads(verdict_file(store, "examples"))["example"]
    assert table["rule"] == "level.joins"
    assert table["hits"][0] == "Đến hết tháng 4/2020, toàn tỉnh có [8475 người] tham gia BHXH tự nguyện."
    assert table["hits"][1].endswith("cả huyện cũng có [500 người] tham gia BHXH tự nguyện.")
    assert ["[9862 người]" in table["misses"][0], "[300 người]" in table["misses"][1]] == [True, True]


def test_the_command_prints_them(tmp_path, ansinh, home):
    home.mkdir()
    with open_store(home / "ansinh.db") as store:
        store.save_reading(reading("a", "Toàn tỉnh có 8.475 người tham gia BHXH tự nguyện.", 8475, publish=False))
        store.add_verdict(1, "accept", "lan")
    status, out, _ = ansinh("review", "--export", "gold")
    assert status == 0 and json.loads(out)["quote"] == "8.475 người"
    status, _, err = ansinh("review", "--export", "silver")
    assert status == 2 and "gold" in err
