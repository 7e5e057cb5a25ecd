"""Points computed from others: a target from level and share, a level from change and base. Pure; shown on request."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from model.records import Point
from store.area_names import territory
from store.keys import base_end_of
from store.precision import half_width, interval


def derive(measure: str, series: Mapping[str, Sequence[Point]]) -> list[Point]:
    """Give the points of `measure` that the settled points of the other measures allow, where none was reported.

    `series` maps measure → settled points of one place, indicator and scope. Each point says its terms.
    """
    known = [p for p in series.get(measure, ()) if p.status == "settled"]
    found: list[Point] = []
    if measure == "target":
        found = _targets(series)
    if measure == "level":
        found = _levels(series)
    return [point for point in found if not any(_says_it(one, point) for one in known)]


def _says_it(reported: Point, made: Point) -> bool:
    """Say whether a reported point makes a derived one needless: of its period, and of what is planned by whom."""
    return (
        (reported.period_start, reported.period_end) == (made.period_start, made.period_end)
        and (made.measure != "target" or (reported.of or "level") == made.of)
        and made.issuer in (None, reported.issuer)
    )


def _settled(series: Mapping[str, Sequence[Point]], measure: str) -> list[Point]:
    return [point for point in series.get(measure, ()) if point.status == "settled"]


def _targets(series: Mapping[str, Sequence[Point]]) -> list[Point]:
    """Target = level / share of plan, where both speak of the same day; a plan of a year belongs to the whole year.

    Of several figures of the year the latest counts, of one day the most exact; `contradiction` where they differ by
    more than their rounding allows.
    """
    made: dict[tuple[object, ...], list[tuple[Point, tuple[float, float]]]] = {}
    for share in _settled(series, "target_pct"):
        counted = share.of if share.of in ("gain", "level") else "level"
        for level in _settled(series, counted):
            if _together(level, share) and share.obs_value > 0 and level.unit != "percent":
                point = replace(
                    _made(level, share, "target", round(100 * level.obs_value / share.obs_value)), of=counted
                )
                start, end = _planned(share)
                place = (territory(level.area or ""), start, end, counted, share.issuer, level.unit)
                kept = replace(point, period_start=start, period_end=end)
                made.setdefault(place, []).append((kept, _allowed(level, share)))
    return [_last(points) for points in made.values()]


def _last(points: Sequence[tuple[Point, tuple[float, float]]]) -> Point:
    """Choose among what several figures of a year make of its plan; they come in the order of their days."""
    latest = points[-1][0].terms[0]
    chosen, (low, high) = min(
        (one for one in points if one[0].terms[0] == latest), key=lambda one: one[1][1] - one[1][0]
    )
    differ = any(allowed[1] < low or high < allowed[0] for _, allowed in points)
    return replace(chosen, flags=("contradiction",)) if differ else chosen


def _together(level: Point, share: Point) -> bool:
    """Say whether a share of plan speaks of a level: of the same day, and of the same period or both of the year."""
    if level.period_end is None or level.period_end != share.period_end:
        return False
    to_date = (level.period_end, date(level.period_end.year, 1, 1))
    return level.period_start == share.period_start or all(p.period_start in to_date for p in (level, share))


def _planned(share: Point) -> tuple[date | None, date | None]:
    """Give the period of the plan: the year, but where the share is of another stretch that says its first day."""
    assert share.period_end is not None
    first, last = date(share.period_end.year, 1, 1), date(share.period_end.year, 12, 31)
    to_date = share.period_start in (None, share.period_end, first)
    return (first, last) if to_date else (share.period_start, share.period_end)


def _allowed(level: Point, share: Point) -> tuple[float, float]:
    """Give the least and the greatest target that level and share allow as they are written."""
    (low, high), (least, most) = (
        interval(p.obs_value, p.qualifier, half_width(p.reports[0].quote if p.reports else "", p.obs_value))
        for p in (level, share)
    )
    return 100 * low / most, 100 * high / max(least, 1e-9)


def _levels(series: Mapping[str, Sequence[Point]]) -> list[Point]:
    """Level of the base = level − change; level of the day = level of the base + change."""
    result = []
    levels = {(point.period_end, point.unit): point for point in _settled(series, "level")}
    for change in _settled(series, "change"):
        base_end = base_end_of(change.base_kind, change.period_end) if change.period_end else None
        if base_end is None or change.of is not None or change.period_start != change.period_end:
            continue  # totals of a period have a base whose first day is not said
        now, before = levels.get((change.period_end, change.unit)), levels.get((base_end, change.unit))
        if now and not before:
            made = _made(now, change, "level", now.obs_value - change.obs_value)
            result.append(replace(made, period_start=base_end, period_end=base_end))
        elif before and not now:
            made = _made(before, change, "level", before.obs_value + change.obs_value)
            result.append(replace(made, period_start=change.period_end, period_end=change.period_end))
    return result


def _made(level: Point, other: Point, measure: str, value: float) -> Point:
    """Make a derived point of two, with both as its terms."""
    return replace(
        level, measure=measure, obs_value=value, status="derived", base_kind=None, issuer=other.issuer,
        qualifier="=" if level.qualifier == other.qualifier == "=" and measure == "level" else "~",
        why=f"computed from {level.measure} and {other.measure}",
        reports=tuple(point.reports[0] for point in (level, other) if point.reports), revisions=(), flags=(),
        report_count=0, group_count=0,
        terms=(_term(level), _term(other)),
    )  # fmt: skip


def _term(point: Point) -> str:
    value = int(point.obs_value) if float(point.obs_value).is_integer() else point.obs_value
    said = point.reports[0] if point.reports else None
    where = f" <{said.url or said.doc}>" if said else ""
    return f"{point.measure} {value} {point.unit} {point.period_end}{where}"
