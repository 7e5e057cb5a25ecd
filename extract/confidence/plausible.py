"""Whether a value can be at all: within the range that its indicator declares, and a share of a whole within it."""

from collections.abc import Iterable
from dataclasses import replace

from model.indicators import Indicators
from model.records import Observation

OUT_OF_RANGE = "out-of-range"
WHOLES = ("level", "gain", "change", "target", "uncovered", "target_gap")
"""Measures in the unit of the indicator: none is larger than its level can be."""
PARTS = ("coverage_pct", "share_pct", "rate", "uncovered", "target", "target_gap", "change")
"""Measures that in percent are a part of a whole, or the points between two of them."""


def flag_implausible(observations: Iterable[Observation], indicators: Indicators) -> list[Observation]:
    """Flag the figures that cannot be (`out-of-range`): they are read, and wait for a person."""
    return [
        one if _can_be(one, indicators) else replace(one, flags=tuple(sorted({*one.flags, OUT_OF_RANGE})))
        for one in observations
    ]


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
