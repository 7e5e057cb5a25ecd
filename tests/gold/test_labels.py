"""The labels of our own are well-formed: spans, keys, known indicators, measures, units, sound periods."""

import json
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from model.indicators import load_indicators
from tests.gold.test_invented import KEYS, MEASURES, PERCENT_ONLY, UNITS

HERE = Path(__file__).parent
CORPORA = ("retold", "written", "papers", "gazette", "reports", "ordinary", "real")
Row = dict[str, Any]


def rows(path: str) -> list[Row]:
    return [json.loads(line) for line in (HERE / path).read_text("utf-8").splitlines()]


@pytest.mark.parametrize("corpus", CORPORA)
def test_labels_are_well_formed(corpus: str) -> None:
    known = load_indicators()
    for row in rows(f"{corpus}/gold.jsonl"):
        where = f"{row['doc']}@{row['start']}"
        assert set(row) == KEYS | {"of", "denominator"}, where
        assert not row["sure"] or known.get(row["indicator"]), where
        assert row["measure"] in MEASURES, where
        assert row["unit"] in UNITS, where
        assert row["measure"] not in PERCENT_ONLY or row["unit"] in ("percent", "times"), where
        assert "%" not in row["quote"] or row["unit"] == "percent", where
        assert row["quote"] == row["quote"].strip(), where
        start, end = row["period_start"], row["period_end"]
        assert not (start and end) or date.fromisoformat(start) <= date.fromisoformat(end), where
        assert not (row["base_end"] and end) or row["base_end"] < end, where


@pytest.mark.parametrize("corpus", CORPORA)
def test_spans_of_one_document_do_not_overlap(corpus: str) -> None:
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in rows(f"{corpus}/gold.jsonl"):
        spans.setdefault(row["doc"], []).append((row["start"], row["start"] + len(row["quote"])))
    for found in spans.values():
        assert all(one[1] <= two[0] for one, two in pairwise(sorted(found)))


DOCUMENTS = {"retold": 101, "written": 90, "papers": 56, "gazette": 94, "reports": 128, "ordinary": 272}


@pytest.mark.parametrize(("corpus", "documents"), DOCUMENTS.items())
def test_quotes_stand_in_the_texts(corpus: str, documents: int) -> None:
    texts = {row["id"]: row["text"] for row in rows(f"{corpus}/docs.jsonl")}
    gold = rows(f"{corpus}/gold.jsonl")
    assert len(texts) == documents
    assert all(texts[row["doc"]][row["start"] :].startswith(row["quote"]) for row in gold)
    assert {row["doc"] for row in gold} <= set(texts)


def test_every_label_of_a_real_article_is_of_a_listed_one() -> None:
    ids = set((HERE / "real/ids.txt").read_text("ascii").split())
    assert {row["doc"] for row in rows("real/gold.jsonl")} < ids
