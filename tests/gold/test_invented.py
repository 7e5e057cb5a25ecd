"""The invented gold corpus: its labels are well-formed, name known things, and agree with each other."""

import json
from collections import defaultdict
from datetime import date
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest

from model.areas import load_areas
from model.indicators import load_indicators

HERE = Path(__file__).parent / "invented"
KEYS = {
    *("doc", "quote", "start", "indicator", "measure", "obs_value", "unit", "qualifier", "area", "level"),
    *("period_start", "period_end", "base_end", "scope", "sure"),
}
MEASURES = {
    *("level", "gain", "change", "change_pct", "target", "target_pct", "target_gap"),
    *("coverage_pct", "uncovered", "share_pct", "rate"),
}
PERCENT_ONLY = {"change_pct", "target_pct", "coverage_pct", "share_pct", "rate"}
BOTH_UNITS = {"target", "target_gap", "change", "uncovered"}
UNITS = {
    *("person", "percent", "VND", "employer", "agent", "collection_point", "household", "staff", "book", "card"),
    *("visit", "case", "times"),
}
Row = dict[str, Any]


def _rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf8").splitlines()]


DOCS = {row["id"]: row for row in _rows("docs.jsonl")}
GOLD = _rows("gold.jsonl")


def _label(row: Row) -> str:
    return f"{row['doc']}@{row['start']}"


def _standing(row: Row) -> list[str]:
    """Codes of the areas that a label may mean; an old unit may be named after its end."""
    areas = load_areas().by_name(row["area"], level=row["level"])
    return [area.code for area in areas]


def test_documents_are_many_and_distinct() -> None:
    assert len(DOCS) == len(_rows("docs.jsonl"))
    kinds = [row["kind"] for row in DOCS.values()]
    assert kinds.count("article") >= 36
    assert kinds.count("passage") >= 60
    assert len({row["text"] for row in DOCS.values()}) == len(DOCS)


def test_some_articles_hold_no_figure() -> None:
    told = {row["doc"] for row in GOLD}
    silent = [key for key, row in DOCS.items() if row["kind"] == "article" and key not in told]
    assert len(silent) >= 6


@pytest.mark.parametrize("row", GOLD, ids=_label)
def test_label_is_well_formed(row: Row) -> None:
    text = DOCS[row["doc"]]["text"]
    assert set(row) == KEYS
    assert text[row["start"] : row["start"] + len(row["quote"])] == row["quote"]
    assert row["quote"] == row["quote"].strip()
    load_indicators().get(row["indicator"])
    assert row["measure"] in MEASURES
    assert row["unit"] in UNITS
    assert row["qualifier"] in {"=", "~", ">", "<", ">=", "<="}
    assert isinstance(row["sure"], bool)
    if row["measure"] in PERCENT_ONLY:
        assert row["unit"] == "percent"
    elif row["unit"] == "percent":
        assert row["measure"] in BOTH_UNITS
    if "%" in row["quote"]:
        assert row["unit"] == "percent"
    if row["measure"] not in {"change", "change_pct", "target_gap"}:
        assert row["obs_value"] >= 0


@pytest.mark.parametrize("row", GOLD, ids=_label)
def test_label_has_a_sound_period(row: Row) -> None:
    start, end = row["period_start"], row["period_end"]
    if start and end:
        assert date.fromisoformat(start) <= date.fromisoformat(end)
    if row["base_end"]:
        assert row["measure"] in {"change", "change_pct"}
        assert end is None or date.fromisoformat(row["base_end"]) < date.fromisoformat(end)


def test_areas_are_known() -> None:
    unknown = {
        (row["area"], row["level"])
        for row in GOLD
        if row["area"] is not None and not _standing(row) and not (row["level"] == "district" and not row["sure"])
    }
    assert unknown == set()


def test_spans_of_one_document_do_not_overlap() -> None:
    spans = defaultdict(set)
    for row in GOLD:
        spans[row["doc"]].add((row["start"], row["start"] + len(row["quote"])))
    for found in spans.values():
        ordered = sorted(found)
        assert all(one[1] <= two[0] for one, two in pairwise(ordered))


def _table() -> dict[tuple[Any, ...], dict[tuple[str, str], set[float]]]:
    """Exact, unscoped, sure figures of one document, area and period end, by indicator and measure."""
    table: dict[tuple[Any, ...], dict[tuple[str, str], set[float]]] = defaultdict(lambda: defaultdict(set))
    for row in GOLD:
        if not row["sure"] or row["scope"] or row["qualifier"] != "=":
            continue
        kind = row["measure"] + ("%" if row["unit"] == "percent" and row["measure"] in BOTH_UNITS else "")
        place = (row["doc"], row["area"], row["level"])
        table[*place, row["period_end"], row["base_end"]][row["indicator"], kind].add(row["obs_value"])
    return table


def test_compulsory_and_voluntary_add_up() -> None:
    checked = 0
    for key, figures in _table().items():
        parts = [figures.get((f"{name}.participants", "level")) for name in ("BHXH", "BHXH_BB", "BHXH_TN")]
        if all(parts):
            whole, forced, free = (max(part or {0}) for part in parts)
            assert whole == forced + free, key
            checked += 1
    assert checked >= 4


def test_change_and_its_percent_agree() -> None:
    table, checked = _table(), 0
    for (*place, end, base), figures in table.items():
        if base is None:
            continue
        for (indicator, kind), values in figures.items():
            levels = table.get((*place, end, None), {}).get((indicator, "level"), set())
            percents = figures.get((indicator, "change_pct"), set())
            if kind == "change":
                bases = table.get((*place, base, None), {}).get((indicator, "level"), set())
                for change, level, before in product(values, levels, bases):
                    assert level - change == before, (place, indicator, change, before)
                    checked += 1
                for change, level, percent in product(values, levels, percents):
                    assert abs(100 * change / (level - change) - percent) < 0.06, (place, indicator, change, percent)
                    checked += 1
    assert checked >= 5


def test_plan_gap_and_percent_agree() -> None:
    plans: dict[tuple[Any, ...], set[float]] = defaultdict(set)
    for (*place, end, _), figures in _table().items():
        for (indicator, kind), values in figures.items():
            if kind in {"target", "target%"} and end:
                plans[*place, indicator, kind, end[:4]] |= values
    checked = 0
    for (*place, end, _), figures in _table().items():
        for (indicator, kind), values in figures.items():
            year = (end or "")[:4]
            if kind == "level":
                goals = plans.get((*place, indicator, "target", year), set())
                for plan, level, gap in product(goals, values, figures.get((indicator, "target_gap"), set())):
                    assert plan - level == gap, (place, indicator, plan, level, gap)
                    for percent in figures.get((indicator, "target_pct"), set()):
                        assert abs(100 * level / plan - percent) < 0.06, (place, indicator, plan, level, percent)
                    checked += 1
            elif kind == "coverage_pct":
                goals = plans.get((*place, indicator, "target%", year), set())
                for plan, gap in product(goals, figures.get((indicator, "target_gap%"), set())):
                    near = (abs(plan - level - gap) < 0.011 for level in values)  # an old province may bear the name
                    assert any(near), (place, indicator, plan, gap)
                    checked += 1
    assert checked >= 5
