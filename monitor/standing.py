"""The digest's first lines: where the country, or a reader's own places, stand as was known at the end of the day."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from model.areas import load_areas
from monitor import names, paces, words
from monitor.language import say

if TYPE_CHECKING:
    from model.records import Point
    from store import Store

WATCHED = ("BHXH_TN.participants", "BHYT.participants")
"""Indicators whose count opens the digest."""
COUNTRY = "VN"
ASKED, MOST = 24, 4
"""So many places and indicators of a reader are looked up, and so many lines open his digest at most."""
PERIODS = 40
"""So many last periods are looked at."""
LATELY = 400
"""A figure older than so many days opens nothing."""


def standing(store: "Store", day: date, areas: Sequence[str] = (), indicators: Sequence[str] = ()) -> list[str]:
    """Give a line for each indicator: the count, what it was before, the share of the plan and its pace.

    Of the country and the watched indicators, where a reader did not ask for places or indicators of his own.
    """
    pairs = [(area, key) for area in areas or (COUNTRY,) for key in indicators or WATCHED]
    found = (_line(store, area, key, day) for area, key in pairs[:ASKED])
    return [line for line in found if line][:MOST]


def _line(store: "Store", area: str, key: str, day: date) -> str:
    codes = [area, *(load_areas().same_territory(area) if area in load_areas() else ())]
    known = store.recent(sorted(codes), key, "level", last=PERIODS, fetched_by=day)
    points = [p for p in known if _fresh(p, day)]
    if not points:
        return ""
    last, before = points[-1], points[-2] if len(points) > 1 else None
    name = names.indicator(key)
    where = say("cả nước", "whole country") if area == COUNTRY else names.area(area, last.period_end)
    said = f"{name[:1].upper()}{name[1:]}, {where}: "
    said += f"{words.amount(last.obs_value, last.unit, last.qualifier)} {say('tại', 'at')} {words.day(last.period_end)}"
    if before is not None:
        said += f" ({words.day(before.period_end)}: {words.amount(before.obs_value, before.unit)})"
    if drawn := words.course([p.obs_value for p in points]):
        said += f" {drawn}"
    mine = [
        one
        for one in paces.distinct(store.progress(area, key, on=day, fetched_by=day))
        if one.target.of == "level" and one.period_end == last.period_end and one.computed_share is not None
    ]
    return f"{said} · {paces.told(mine[0])}" if mine else said


def _fresh(point: "Point", day: date) -> bool:
    """Tell whether a point stands and is not too old to speak of today; half a year's plan is no count."""
    end = point.period_end
    return point.status == "settled" and end is not None and end <= day and (day - end).days <= LATELY
