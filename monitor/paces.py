"""Which pace a place's progress was judged by, how far it is from it, and which of several alike targets to tell."""

from collections.abc import Iterable

from monitor import names, words
from monitor.language import say
from store.progress import SLACK, Progress, State


def expected(one: Progress) -> float | None:
    """Give the share of the target that was due at the figure's own day; None where that cannot be said.

    A stock held most of its target when the year began: its pace runs from there,
    a total of the year runs from nothing.
    """
    if one.target.of in ("gain", "change"):
        return one.pace
    if one.pace_from_base is not None:
        return one.pace_from_base
    runs_even = one.state in ("ahead", "on pace", "behind") or one.forecast_basis == "straight line"
    return one.pace if runs_even else None


def distance(one: Progress) -> float | None:
    """Give the points of percent ahead (+) of or behind (-) the pace; None where there is no pace or no share."""
    due = expected(one)
    return None if due is None or one.computed_share is None else one.computed_share - due


def unaged(one: Progress) -> State:
    """Give the state as it was at the figure's own day: that a figure grew old changes nothing of what it said."""
    away = distance(one)
    if one.state != "old" or away is None:
        return one.state
    if away >= SLACK:
        return "ahead"
    return "behind" if away < -SLACK else "on pace"


def distinct(found: Iterable[Progress]) -> list[Progress]:
    """Keep one of those that measure a place against the same number: the office's own, then a named issuer's."""
    kept: dict[tuple[str, str, str, float, str], Progress] = {}
    for one in found:
        key = (one.area, one.indicator, one.target.of, one.target.value, one.target.unit)
        held = kept.get(key)
        if held is None or _named(one) > _named(held):
            kept[key] = one
    return list(kept.values())


def _named(one: Progress) -> tuple[bool, bool]:
    return one.target.imported, one.target.issuer is not None


def state(name: str) -> str:
    """Say a state of progress by sign and word."""
    sign, vi, en = {
        "reached": ("●", "đạt", "reached"),
        "ahead": ("●", "nhanh", "ahead"),
        "on pace": ("●", "đúng nhịp", "on pace"),
        "behind": ("▲", "chậm", "behind"),
        "old": ("○", "số cũ", "old"),
    }.get(name, ("○", "chưa rõ nhịp", "pace unknown"))
    return f"{sign}\u00a0{say(vi, en)}"


def explained() -> str:
    """Say what the pace is that places are judged by, for who reads of it without the pages."""
    return say(
        "Nhịp: phần kế hoạch lẽ ra đã đạt tại ngày của chính con số; số người tính từ số cuối năm trước lên dần đến chỉ"
        " tiêu cuối năm, số thu và số mới tính đều theo ngày từ đầu năm. Chậm, nhanh: số điểm phần trăm so với nhịp.",
        "Pace: the share of the plan due at the figure's own day; a count runs from the end of last year to the target"
        " at the year's end, money and new enrolments run evenly from January. Behind, ahead: points of percent from"
        " the pace.",
    )


def of_indicator(one: Progress) -> str:
    """Say where a place stands with an indicator: alerts and state of a day say it in the same words."""
    return f"{names.indicator(one.indicator)}: {told(one)}"


def told(one: Progress) -> str:
    """Say where a place stands: `57,0 % của 17.000 người tại 30/6/2020, nhịp 74,3 %: ▲ chậm 17,3 điểm`."""
    share = words.percent(one.computed_share or 0.0, 1)
    target = words.amount(one.target.value, one.target.unit)
    issuer = f" ({one.target.issuer})" if one.target.issuer else ""
    day = words.day(one.period_end)
    due, away = expected(one), distance(one)
    pace = f", {say('nhịp', 'pace')} {words.percent(due, 1)}" if due is not None else ""
    gap = ""
    if away is not None and one.state in ("behind", "ahead"):
        gap = f"\u00a0{words.number(abs(away), 1)}\u00a0{say('điểm', 'points')}"
    return f"{share} {say('của', 'of')} {target}{issuer} {say('tại', 'at')} {day}{pace}: {state(one.state)}{gap}"
