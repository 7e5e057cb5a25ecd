"""Progress against a year's target: shares, pace, forecast, state. Pure; at the figure's own day, never today."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from statistics import mean, median
from typing import Literal

from model.records import Point

NEAR = 20
"""Days within which a past year's figure counts as that of the same day."""

SLACK = 1.0
"""Points of percent below the pace that are still on it."""

PATIENCE = 1.5
"""A figure is old when it is more than this many times its series' usual distance away, and over `LEAST_OLD` days."""

LEAST_OLD = 45

State = Literal["reached", "ahead", "on pace", "behind", "old", "unknown"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A year's target by one issuer."""

    area: str
    """Code of the place it is set for."""
    indicator: str
    year: int
    value: float
    unit: str
    of: str
    """What is planned: `level`, `gain`, ..."""
    issuer: str | None
    document: str
    """Document or article that sets it."""
    imported: bool
    """True for the office's own plan, False for the press's word."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """Where a place stands against one target at its latest figure's own day."""

    area: str
    indicator: str
    target: Target
    period_end: date | None
    """The day the figure speaks of; None where the year has none."""
    value: float | None
    computed_share: float | None
    """Value in percent of the target."""
    reported_share: float | None
    """The share that the press itself prints for that day; None where none."""
    pace: float | None
    """Percent of the year gone at that day: the straight line."""
    pace_from_base: float | None
    """For counts: the straight line from the end of last year to the target, in percent of the target."""
    expected: float | None = None
    """The pace that counts for this target: `pace` for totals of the year, `pace_from_base` for counts."""
    pace_of_past: float | None
    """The share of their year-end that past years had reached at that day, their mean, in percent."""
    past_years: int
    """How many years that rests on."""
    forecast: float | None
    """The value expected at the year's end."""
    forecast_basis: str
    """`own past years`, `straight line from base`, `straight line`, `""` without a forecast."""
    state: State
    habit_days: int | None
    """Usual days between the figures of the series; None with fewer than three."""
    age_days: int | None
    """Days from the figure's day to the day asked for."""
    rank: int | None = None
    """Place among all areas by computed share, 1 the highest; set by the caller who knows the others."""
    of_areas: int | None = None


def progress(target: Target, series: Sequence[Point], shares: Sequence[Point], *, on: date) -> Progress:
    """Measure one target: `series` the points of what is planned, `shares` those of `target_pct`, all years.

    Only settled points up to `on` count.
    """
    year = target.year
    own = [p for p in series if p.status == "settled" and p.period_end and p.period_end <= on and p.unit == target.unit]
    mine = [p for p in own if p.period_end and p.period_end.year == year and _to_date(p, year)]
    habit = _habit(own)
    if not mine:
        return _empty(target, habit)
    last = mine[-1]
    day = last.period_end
    assert day is not None
    part = gone(day)
    flow = last.period_start != last.period_end
    base = None if flow else _at(own, date(year - 1, 12, 31))
    past = _past(own, day)
    forecast, basis = _forecast(last.obs_value, base, part, past, flow=flow)
    share = 100 * last.obs_value / target.value if target.value else None
    from_base = 100 * (base + (target.value - base) * part) / target.value if base and target.value else None
    age = (on - day).days
    # A stock already held most of its target when the year began: its pace runs from there, and is unknown without it.
    expected = 100 * part if flow or target.of in ("gain", "change") else from_base
    return Progress(
        area=target.area, indicator=target.indicator, target=target, period_end=day, value=last.obs_value,
        computed_share=share, reported_share=_reported(shares, day, target), pace=100 * part, pace_from_base=from_base,
        expected=expected,
        pace_of_past=100 * mean(past) if past else None, past_years=len(past), forecast=forecast,
        forecast_basis=basis, state=_state(share, expected, age, habit), habit_days=habit, age_days=age,
    )  # fmt: skip


def ranked(all_areas: Sequence[Progress]) -> list[Progress]:
    """Give the progress of many areas on one kind of target with their ranks, the highest share first."""
    known = sorted(
        (one for one in all_areas if one.computed_share is not None), key=lambda one: -(one.computed_share or 0)
    )
    shares = [one.computed_share for one in known]
    ranks = [replace(one, rank=shares.index(one.computed_share) + 1, of_areas=len(known)) for one in known]
    return ranks + [one for one in all_areas if one.computed_share is None]


def _empty(target: Target, habit: int | None) -> Progress:
    return Progress(
        area=target.area, indicator=target.indicator, target=target, period_end=None, value=None, computed_share=None,
        reported_share=None, pace=None, pace_from_base=None, expected=None, pace_of_past=None, past_years=0,
        forecast=None,
        forecast_basis="", state="unknown", habit_days=habit, age_days=None,
    )  # fmt: skip


def _to_date(point: Point, year: int) -> bool:
    """Keep counts at a day and totals since 1 January; a quarter's or month's total is no progress through the year."""
    return point.period_start in (point.period_end, date(year, 1, 1))


def gone(day: date) -> float:
    """Give the part of the year that has passed at the end of a day: the straight line of a yearly plan."""
    first = date(day.year, 1, 1)
    return ((day - first).days + 1) / (date(day.year, 12, 31) - first + timedelta(days=1)).days


def _at(points: Sequence[Point], day: date) -> float | None:
    """Give the value of the point nearest to a day, within `NEAR` days."""
    near = [(abs((p.period_end - day).days), p.obs_value) for p in points if p.period_end]
    found = min(near, default=(NEAR + 1, 0.0))
    return found[1] if found[0] <= NEAR else None


def _past(points: Sequence[Point], day: date) -> list[float]:
    """Give the shares of their year-end that past years had reached at the same day."""
    shares = []
    for year in sorted({p.period_end.year for p in points if p.period_end and p.period_end.year < day.year}):
        of_year = [p for p in points if p.period_end and p.period_end.year == year and _to_date(p, year)]
        same_day = date(year, day.month, min(day.day, 28)) if day.month == 2 else date(year, day.month, day.day)
        then, end = _at(of_year, same_day), _at(of_year, date(year, 12, 31))
        if then is not None and end:
            shares.append(then / end)
    return shares


def _forecast(
    value: float, base: float | None, part: float, past: Sequence[float], *, flow: bool
) -> tuple[float | None, str]:
    if past and mean(past) > 0:
        return value / mean(past), "own past years"
    if flow:
        return value / part, "straight line"
    if base is not None:
        return base + (value - base) / part, "straight line from base"
    return None, ""


def _reported(shares: Sequence[Point], day: date, target: Target) -> float | None:
    """Give the printed share of that day, of the same issuer where one is named."""
    same = [p for p in shares if p.period_end == day and p.status == "settled" and p.of in (None, target.of)]
    exact = [p for p in same if p.issuer and p.issuer == target.issuer]
    open_ones = [p for p in same if p.issuer is None]
    found = exact or open_ones
    return found[-1].obs_value if found else None


def _habit(points: Sequence[Point]) -> int | None:
    days = sorted({p.period_end for p in points if p.period_end})
    steps = [(after - before).days for before, after in pairwise(days)]
    return round(median(steps)) if len(steps) >= 2 else None


def _state(share: float | None, pace: float | None, age: int, habit: int | None) -> State:
    if share is None:
        return "unknown"
    if share >= 100:
        return "reached"
    if age > max(LEAST_OLD, PATIENCE * (habit or 0)):
        return "old"
    if pace is None:
        return "unknown"
    if share >= pace + SLACK:
        return "ahead"
    return "behind" if share < pace - SLACK else "on pace"
