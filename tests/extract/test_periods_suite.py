"""Floors on what other projects test themselves with in Vietnamese (`peer-suites/times.jsonl`), where it is at hand.

One row is left on purpose. chrono reads `3 tháng tới` as the month three months away; the press, and Duckling's rows of
the same suite (`3 tháng tới`, `3 năm tới`, `2 tháng qua`), mean the stretch, and a plan `trong 3 tháng tới` would get a
wrong last day. Rows without a year are read in the reference's year when nothing stands around them, as the suites
ask; inside a sentence the words decide (`test_periods_resolve.py`), or a January report on `hết tháng 12` would lie a
year ahead. `1-2`, `24/7` and the like stay figures.
"""

import json
import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from extract.periods.find import parse_periods

SHARED = Path(os.environ.get("ANSINH_SHARED") or Path(__file__).parents[2] / ".." / "shared")
SUITE = SHARED / "peer-suites" / "times.jsonl"
LEFT = {("3 tháng tới", "2012-08-10")}

pytestmark = pytest.mark.skipif(not SUITE.exists(), reason="needs ../shared/peer-suites (or ANSINH_SHARED)")


def verdict(row: dict[str, Any]) -> str:
    found = parse_periods(row["text"], date.fromisoformat(row["reference_time"][:10]))
    if row["grain"] == "none":
        return "wrong" if found else "exact"
    first, last = date.fromisoformat(row["start"]), date.fromisoformat(row["end"]) - timedelta(days=1)
    hits = 0
    for period in found:
        if period.start is None or period.end is None:
            continue
        if row.get("year_asserted") is False:
            days = (period.start.month, period.start.day, period.end.month, period.end.day)
            hits += days == (first.month, first.day, last.month, last.day)
        else:
            hits += (period.start, period.end) == (first, last)
    return ("exact" if len(found) == 1 else "extra") if hits else "wrong" if found else "none"


def test_floor() -> None:
    rows = [json.loads(line) for line in SUITE.read_text(encoding="utf-8").splitlines()]
    missed = [(row["text"], row["reference_time"][:10]) for row in rows if verdict(row) != "exact"]
    assert set(missed) <= LEFT
