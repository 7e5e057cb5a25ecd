"""The contract's keys, measures and units are what the records carry."""

import ast
import dataclasses
import inspect
from datetime import date
from typing import get_args

import model.records as records
from model.records import MEASURES, UNITS, AreaLevel, Observation, Qualifier

KEYS = [
    "doc", "start", "end", "quote", "sentence", "indicator", "measure", "obs_value", "unit", "qualifier", "area",
    "area_name", "area_level", "period_start", "period_end", "base_end", "scope", "of", "denominator", "issuer",
    "rule", "confidence", "publish", "flags",
]  # fmt: skip


def test_an_observation_has_the_contract_s_keys_json_ready():
    one = Observation(
        start=0, end=11, quote="8.475 người", sentence="8.475 người", indicator="BHXH_TN.participants",
        measure="level", obs_value=8475.0, unit="person", period_end=date(2020, 4, 30), area_candidates=("2024:20",),
    )  # fmt: skip
    row = one.as_dict()
    assert set(KEYS) <= set(row)
    assert row["period_end"] == "2020-04-30"
    assert row["obs_value"] == 8475 and isinstance(row["obs_value"], int)
    assert row["area_candidates"] == ["2024:20"]


def test_measures_and_units_are_the_contract_s():
    assert set(MEASURES) == {
        "level", "gain", "change", "change_pct", "target", "target_pct", "target_gap", "coverage_pct", "uncovered",
        "share_pct", "rate",
    }  # fmt: skip
    assert set(UNITS) == {
        "person", "percent", "VND", "employer", "agent", "collection_point", "household", "staff", "book", "card",
        "visit", "case", "times",
    }  # fmt: skip
    assert set(get_args(Qualifier)) == {"=", "~", ">", "<", ">=", "<="}
    assert set(get_args(AreaLevel)) == {"country", "region", "province", "district", "commune"}


def test_every_field_of_every_record_is_documented():
    tree = ast.parse(inspect.getsource(records))
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            assert ast.get_docstring(node), node.name
            for field, after in zip(node.body, [*node.body[1:], None], strict=True):
                if isinstance(field, ast.AnnAssign):
                    said = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
                    assert said, f"{node.name}.{field.target.id} is not documented"


def test_records_are_frozen_and_keyword_only():
    for name in ("Page", "Article", "Observation", "Point", "Report", "Reading"):
        kind = getattr(records, name)
        assert kind.__dataclass_params__.frozen
        assert all(field.kw_only for field in dataclasses.fields(kind))


def test_the_reading_room_has_the_contract_s_doors():
    import extract

    for name in ("find_figures", "read_article", "parse_quantities", "parse_periods"):
        assert callable(getattr(extract, name))
        assert name in dir(extract)
    assert list(inspect.signature(extract.find_figures).parameters)[:4] == ["text", "title", "published", "area"]
