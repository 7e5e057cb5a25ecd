"""Flags that a point earns beside its neighbours: falls without a word, jumps, year-to-date sums that shrink. Pure."""

import math
import re
from bisect import insort
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from model.records import Point

Owns = Callable[[Point, Point], bool]
"""Says whether something beside a point's own reports owns to the fall from the point before: (before, here)."""

HISTORY_FLAGS = {"fell", "jumped", "ytd-fell"}
"""Flags that neighbours give."""

FLAGGED = ("level", "gain")
"""Measures whose points are looked at beside their neighbours."""

FALL_SHARE = 0.01
"""A level that falls by more than this share since the point before, and whose sentence does not say so, is flagged."""

FALL_WORDS = re.compile(r"\b(?:giảm|sụt|hụt|thấp hơn|ít hơn|chỉ còn|xuống)\b", re.IGNORECASE)
"""Words by which a report owns to a fall; with their marks: `giám đốc` owns to nothing."""

FIRST_JUMP = math.log(2)
"""Allowed step (as a logarithm) while a series has fewer than `STEPS` steps to judge by."""

STEPS = 3
"""Steps that a series must have before its own history sets what is a jump."""

HABIT = 5.0
"""A step of more than this many times the median step (each per root of its months) is a jump."""

LEAST_JUMP = 0.1
"""No step below this (as a logarithm, about 10 %) is ever a jump."""

FLOWS = ("revenue", "payouts", "visits")
"""Concepts whose level is the total of a period."""


def is_flow(point: Point) -> bool:
    """Say whether a point is the total of a period rather than a count at a date."""
    return point.measure == "gain" or point.indicator.rsplit(".", 1)[-1] in FLOWS


def flag_history(points: Sequence[Point], owns: Owns | None = None) -> list[Point]:
    """Give the points of one series (oldest first) with `fell`, `jumped`, `ytd-fell` where they are earned."""
    result = list(points)
    if not points or points[0].measure not in FLAGGED:
        return result
    settled = [index for index, point in enumerate(points) if point.status != "derived" and point.obs_value > 0]
    steps: list[float] = []  # sorted
    for before, here in pairwise(settled):
        old, new = points[before], points[here]
        found = _fall(old, new, owns)
        if _comparable(old, new):
            step = abs(math.log(new.obs_value / old.obs_value)) / math.sqrt(_months(old, new))
            allowed = FIRST_JUMP if len(steps) < STEPS else max(LEAST_JUMP, HABIT * _middle(steps))
            if step > allowed:
                found.add("jumped")
            else:
                insort(steps, step)
        if found:
            result[here] = replace(new, flags=tuple(sorted({*new.flags, *found})))
    return result


def _middle(steps: Sequence[float]) -> float:
    """Give the median of sorted numbers."""
    half = len(steps) // 2
    return steps[half] if len(steps) % 2 else (steps[half - 1] + steps[half]) / 2


def _comparable(old: Point, new: Point) -> bool:
    """Only counts at dates have steps; totals grow through the year and restart, changes and shares have no habit."""
    return new.measure == "level" and new.unit != "percent" and not is_flow(new) and not is_flow(old)


def _months(old: Point, new: Point) -> float:
    assert old.period_end and new.period_end
    return max(1.0, (new.period_end - old.period_end).days / 30.4)


def _fall(old: Point, new: Point, owns: Owns | None) -> set[str]:
    if new.obs_value >= old.obs_value * (1 - FALL_SHARE) or _says_so(new) or (owns and owns(old, new)):
        return set()
    if _comparable(old, new):
        return {"fell"}
    to_date = is_flow(new) and is_flow(old) and new.period_start and new.period_start == old.period_start
    return {"ytd-fell"} if to_date and new.measure in ("level", "gain") else set()


def _says_so(point: Point) -> bool:
    """Say whether a report of the point owns to the fall."""
    return any(says_fall(report.sentence) for report in point.reports)


@lru_cache(maxsize=16384)
def says_fall(sentence: str) -> bool:
    """Say whether a sentence owns to a fall."""
    return FALL_WORDS.search(sentence) is not None
