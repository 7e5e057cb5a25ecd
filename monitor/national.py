"""The digest's first lines: where the whole country stands, as it was known at the end of the day."""

from datetime import date
from typing import TYPE_CHECKING

from monitor import names, paces, words
from monitor.language import say

if TYPE_CHECKING:
    from model.records import Point
    from store import Store

WATCHED = ("BHXH_TN.participants", "BHYT.participants")
"""Indicators whose national count opens the digest."""
PERIODS = 40
"""So many last periods are looked at."""
LATELY = 400
"""A national figure older than so many days opens nothing."""


def national(store: "Store", day: date) -> list[str]:
    """Give one line for each watched indicator: the count, what it was before, the share of the plan and its pace."""
    return [line for key in WATCHED if (line := _line(store, key, day))]


def _line(store: "Store", key: str, day: date) -> str:
    points = [p for p in store.recent(["VN"], key, "level", last=PERIODS, fetched_by=day) if _fresh(p, day)]
    if not points:
        return ""
    last, before = points[-1], points[-2] if len(points) > 1 else None
    name = names.indicator(key)
    said = f"{name[:1].upper()}{name[1:]}, {say('cả nước', 'whole country')}: "
    said += f"{words.amount(last.obs_value, last.unit, last.qualifier)} {say('tại', 'at')} {words.day(last.period_end)}"
    if before is not None:
        said += f" ({words.day(before.period_end)}: {words.amount(before.obs_value, before.unit)})"
    mine = [
        one
        for one in paces.distinct(store.progress("VN", key, on=day, fetched_by=day))
        if one.target.of == "level" and one.period_end == last.period_end and one.computed_share is not None
    ]
    return f"{said} · {paces.told(mine[0])}" if mine else said


def _fresh(point: "Point", day: date) -> bool:
    """Tell whether a point stands and is not too old to speak of today; half a year's plan is no count."""
    end = point.period_end
    return point.status == "settled" and end is not None and end <= day and (day - end).days <= LATELY
