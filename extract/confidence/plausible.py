"""Whether a figure can be: within its indicator's range, a share within its whole, no count of days to come."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from model.indicators import Indicators
from model.records import Observation

OUT_OF_RANGE = "out-of-range"
WHOLES = ("level", "gain", "change", "target", "uncovered", "target_gap")
"""Measures in the unit of the indicator: none is larger than its level can be."""
PARTS = ("coverage_pct", "share_pct", "rate", "uncovered", "target", "target_gap", "change")
"""Measures that in percent are a part of a whole, or the points between two of them."""
AHEAD = "period-ahead"
GRACE = timedelta(31)
"""A month, quarter or year is told as done when it nearly is."""
COUNTED = ("level", "gain", "coverage_pct", "uncovered", "share_pct", "rate", "target_pct", "change", "change_pct")
"""Measures of what has been, unlike plans and what is missing to them."""


def flag_implausible(
    observations: Iterable[Observation], indicators: Indicators, reported: date | None = None
) -> list[Observation]:
    """Flag the figures that cannot be (`out-of-range`, `period-ahead`): they are read, and wait for a person."""
    return [_flagged(one, indicators, reported) for one in observations]


def _flagged(one: Observation, indicators: Indicators, reported: date | None) -> Observation:
    wrong = set() if _can_be(one, indicators) else {OUT_OF_RANGE}
    if reported is not None and one.measure in COUNTED and one.period_end is not None:
        school = (one.period_end.month, one.period_end.day) == (5, 31)  # a school year is told while it lasts
        if one.period_end > reported + GRACE and not school:
            wrong.add(AHEAD)
    return replace(one, flags=tuple(sorted({*one.flags, *wrong}))) if wrong else one


def _can_be(one: Observation, indicators: Indicators) -> bool:
    if one.unit == "percent":
        if one.measure == "change_pct":
            return one.obs_value >= -100
        return one.measure not in PARTS or abs(one.obs_value) <= 100
    concept, table = indicators.concepts[one.indicator.partition(".")[2]], indicators.declared.get(one.indicator)
    if one.measure not in WHOLES or one.unit != ((table and table.unit) or concept.unit):
        return True
    low, high = (table and table.range) or concept.range
    return abs(one.obs_value) <= high and (one.measure not in ("level", "target") or one.obs_value >= low)
