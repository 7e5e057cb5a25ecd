"""Which parts a unit is summed from, and the sums of one measure over them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from model.areas import Area, load_areas
from model.records import Point
from store.boundaries import SUMS, Gap, roll_up, roll_up_percent

Ask = Callable[[Sequence[str], str], list[Point]]
"""Gives the points of some codes (one territory) for a measure."""

_COUNT_OF = {"coverage_pct": "level", "target_pct": "level", "share_pct": "level", "rate": "level"}
"""The count that each percentage speaks of; `of` outranks it."""


def speaking(areas: Sequence[Area], of_list: str | None) -> list[Area]:
    """Give the areas of one list that are meant by areas of any: themselves, or their successors or predecessors."""
    if of_list is None:
        return list(areas)
    gazetteer = load_areas()
    found: dict[str, Area] = {}
    for area in areas:
        if area.level in ("country", "region") or (area.list == "2025") == (of_list == "2025"):
            found.setdefault(area.code, area)
    for area in areas if not found else ():
        others = gazetteer.successors(area) if of_list == "2025" else gazetteer.predecessors(area)
        for other in others:
            if other.level == area.level:
                found.setdefault(other.code, other)
    return list(found.values())


def parts_of(area: Area, *, inside: bool = False) -> list[Area]:
    """Give the units whose sum an area is: its predecessors, or (`inside`) the districts or communes it holds.

    Empty where there are none, where one stands for it alone, or where a predecessor was split.
    """
    gazetteer = load_areas()
    if inside:
        return list(gazetteer.children(area))
    before = [other for other in gazetteer.predecessors(area) if other.level == area.level]
    whole = all([next_.code for next_ in gazetteer.successors(other)] == [area.code] for other in before)
    return before if len(before) > 1 and whole else []


def rolled(area: Area, measure: str, ask: Ask, *, inside: bool = False) -> tuple[list[Point], list[Gap]]:
    """Give the points of a measure: those reported for the area, sums over its parts where none was; and the gaps."""
    gazetteer = load_areas()
    own = ask(gazetteer.same_territory(area.code), measure)
    parts = parts_of(area, inside=inside)
    if not parts:
        return own, []
    by_key: dict[tuple[object, ...], dict[str, list[Point]]] = {}
    for part in parts:
        for point in ask(gazetteer.same_territory(part.code), measure):
            by_key.setdefault(_key(point), {part.code: [] for part in parts})[part.code].append(point)
    points, gaps = list(own), list[Gap]()
    known = {(_key(point), point.period_start, point.period_end) for point in own}
    for key, have in by_key.items():
        made, missing = _roll(area, measure, have, ask)
        points += [point for point in made if (key, point.period_start, point.period_end) not in known]
        gaps += [gap for gap in missing if (key, gap.period_start, gap.period_end) not in known]
    return points, gaps


def _roll(area: Area, measure: str, have: dict[str, list[Point]], ask: Ask) -> tuple[list[Point], list[Gap]]:
    first = next(point for points in have.values() for point in points)
    if measure in SUMS and first.unit != "percent":
        return roll_up(area.code, have)
    if measure == "change_pct":
        changes = {code: _alike(ask([code], "change"), first) for code in have}
        levels = {code: ask([code], "level") for code in have}
        return _change_percent(area.code, have, changes, levels)
    counted = first.of or _COUNT_OF.get(measure)
    if counted is None or first.unit != "percent":
        return [], []
    counts = {code: [p for p in ask([code], counted) if p.unit != "percent"] for code in have}
    return roll_up_percent(area.code, have, counts)


def _change_percent(
    area: str, have: dict[str, list[Point]], changes: dict[str, list[Point]], levels: dict[str, list[Point]]
) -> tuple[list[Point], list[Gap]]:
    """Recompute a growth rate: the sum of the changes over the sum of the bases (level − change)."""
    shares: dict[str, list[Point]] = {code: [] for code in have}
    for code, points in have.items():
        by_end = {point.period_end: point for point in levels[code]}
        moved = {point.period_end: point for point in changes[code]}
        for point in points:
            level, change = by_end.get(point.period_end), moved.get(point.period_end)
            if level and change and level.obs_value != change.obs_value:
                exact = 100 * change.obs_value / (level.obs_value - change.obs_value)
                shares[code].append(replace(point, obs_value=exact) if exact else point)
            else:
                shares[code].append(point)
    return roll_up_percent(area, shares, changes)


def _alike(points: Sequence[Point], like: Point) -> list[Point]:
    return [point for point in points if point.base_kind == like.base_kind and point.unit != "percent"]


def _key(point: Point) -> tuple[object, ...]:
    return point.unit, point.scope, point.of, point.denominator, point.issuer, point.base_kind
