"""Points computed from others: a target from level and share, a level from change and base. Pure; shown on request."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from model.records import Point
from store.keys import base_end_of


def derive(measure: str, series: Mapping[str, Sequence[Point]]) -> list[Point]:
    """Give the points of `measure` that the settled points of the other measures allow, where none was reported.

    `series` maps measure → settled points of one place, indicator and scope. Each point says its terms.
    """
    known = {(p.period_start, p.period_end) for p in series.get(measure, ()) if p.status == "settled"}
    found: list[Point] = []
    if measure == "target":
        found = _targets(series)
    if measure == "level":
        found = _levels(series)
    return [point for point in found if (point.period_start, point.period_end) not in known]


def _settled(series: Mapping[str, Sequence[Point]], measure: str) -> list[Point]:
    return [point for point in series.get(measure, ()) if point.status == "settled"]


def _targets(series: Mapping[str, Sequence[Point]]) -> list[Point]:
    """Target = level / share of plan, where both speak of the same day."""
    result = []
    for share in _settled(series, "target_pct"):
        counted = share.of if share.of in ("gain", "level") else "level"
        for level in _settled(series, counted):
            if level.period_end == share.period_end and share.obs_value > 0 and level.unit != "percent":
                result.append(_made(level, share, "target", round(100 * level.obs_value / share.obs_value)))
    return [replace(point, of=point.of or "level") for point in result]


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
