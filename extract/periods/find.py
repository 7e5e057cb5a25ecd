"""Dates and periods of a Vietnamese text: where they stand, what they are, their first and last day.

`parse_periods` reads a text against a reference day; `find_periods` does the same where no reference is known and keeps
what the text says, so that `with_years` and `complete` can add a year named elsewhere; `base_end` gives the last day
of a comparison's base, `count_day` the day a stock stands at. All spans are offsets into the text as given.
"""

import re
from dataclasses import replace
from datetime import date, datetime
from types import NoneType

from extract.periods.front import Front, mode_of, read_after
from extract.periods.grammar import BREAK
from extract.periods.join import sweep
from extract.periods.legal import SENTENCE_END, lean, of_birth, of_law
from extract.periods.model import Atom, Completed, Edge, Grain, Kind, Mode, Part, Period, Shift
from extract.periods.resolve import (
    base_end,
    complete,
    count_day,
    days_of,
    first_week,
    just_passed,
    middle,
    safe_date,
    shifted,
    with_years,
    year_left,
)
from extract.text import expect

__all__ = [
    "Completed", "Edge", "Grain", "Kind", "Mode", "Part", "Period", "Shift", "base_end", "complete", "count_day",
    "find_periods", "parse_periods", "with_years",
]  # fmt: skip

EARLY = 2
"""Until this month the end of a year, told without a word of what is to come, is that of the year before."""
_PLAIN = {"\xa0": " ", "\u2009": " ", "\u202f": " ", "\u2007": " ", "ð": "đ", "\n\n": BREAK * 2}
_YEARLY = re.compile(r"\s(?:hàng|hằng|mỗi)\snăm")
_THAT_YEAR = ("năm ấy", "năm đó")
_DATED = ("day", "month", "quarter", "half", "ytd-months", "range", "week", "year")


def parse_periods(text: str, reference: date) -> list[Period]:
    """Every date or period of a text, in order, read against the day it was published.

    A date without a year gets the reference's, or the one before where the words make it a report of the past; `cùng
    kỳ` takes the last period named before it. Days of laws come with kind `legal`, `hiện nay` without days.
    """
    expect(reference, (date,), "reference", "hand in the day of publication; without one use find_periods(text, None)")
    return find_periods(text, reference)


def find_periods(text: str, reference: date | None) -> list[Period]:
    """Like `parse_periods`, also without a reference: then only what the text itself fixes has days."""
    expect(text, (str,), "text", "hand in the text itself")
    expect(reference, (date, NoneType), "reference", "hand in the day of publication, or None")
    if isinstance(reference, datetime):
        reference = reference.date()
    low = _lower(text)
    found: list[Period] = []
    force: Period | None = None
    told: Period | None = None
    for atom, front in sweep(low):
        if atom.kind == "ytd-months" and not atom.sure and not just_passed(atom, reference):
            continue
        period = _mention(low, reference, atom, front)
        if told is not None and reference is not None and _adopts(low, told, period):
            period = _adopted(told, period, reference)
        told = None if _of_this_year(period) else period if year_left(period) else told
        if period.kind == "same-period":
            period = _linked(period, force) if force else period
        elif _told_of(period):
            force = period
        if found and _renames(low, found[-1], period):
            period = _merged(low, found.pop(), period)
        found.append(period)
    return found


def _lower(text: str) -> str:
    """Lower case of the same length, special blanks made plain, blank lines made a sign that no expression spans."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for odd, plain in _PLAIN.items():
        if odd in low:
            low = low.replace(odd, plain)
    return low


def _mention(low: str, reference: date | None, atom: Atom, front: Front) -> Period:
    end, near = atom.end, ""
    unnamed = atom.shift is None and atom.high is not None and atom.high.year is None
    if unnamed and _YEARLY.match(low, end):
        atom, unnamed = atom._replace(low=None, high=None), False  # ngày 30 tháng 1 hằng năm: no day of one year
    if unnamed and atom.kind in _DATED:
        end, near = read_after(low, end)
    start, last, completed = _days(low, reference, atom, front, near)
    start = None if start is not None and last is not None and start > last else start  # `6/2022 đến 10/2018`
    kind, mode = atom.kind, mode_of(atom, front)
    begin = front.edge_start if front.edge_start >= 0 and front.lead <= front.edge_start else atom.start
    if kind in ("day", "month", "year") and (
        of_birth(low, begin) or of_law(low, front.lead, atom.start, front.dated and front.lead < begin, kind == "year")
    ):
        kind = "legal"
    elif mode == "until" and reference is not None and last is not None and _standing(last, atom, front) > reference:
        mode = "by-target"
    return Period(
        span_start=begin, span_end=end, start=start, end=last, kind=kind, mode=mode, edge=front.edge, grain=atom.grain,
        compared=front.compared, completed=completed, lead=min(front.lead, begin), low=atom.low, high=atom.high,
        shift=atom.shift,
    )  # fmt: skip


def _standing(last: date, atom: Atom, front: Front) -> date:
    """The day that decides whether `đến ...` lies ahead: of `giữa năm` the middle."""
    return middle(last, atom.grain) if front.edge == "middle" else last


def _days(
    low: str, reference: date | None, atom: Atom, front: Front, near: str
) -> tuple[date | None, date | None, Completed]:
    """First and last day of an expression, and what the reference gave."""
    if atom.kind in ("now", "same-period", "lunar", "round") or low.endswith(_THAT_YEAR, atom.start, atom.end):
        return None, None, "none"
    if atom.shift is not None:
        return *(shifted(atom.shift, reference) if reference else (None, None)), "all"
    if reference is None or (atom.high or atom.low or Part(0)).year is not None:
        told = ""
    else:
        told = near or ("past" if front.compared else lean(low, front.lead, atom.end, front.grace))
        if told == "told" and atom.kind == "year" and front.edge == "end" and reference.month <= EARLY:
            told = "past"  # `đến cuối năm còn 331 tỷ đồng`, told in January
    start, end, completed = days_of(atom.low, atom.high, reference, told, front.grace)
    if front.compared and atom.grain == "year" and front.edge == "end" and completed == "year" and reference and end:
        if atom.high and atom.high.year_shift is None and end >= reference:
            start, end = safe_date(end.year - 1, 1, 1), safe_date(end.year - 1, 12, 31)
    elif atom.kind == "week" and start is not None:
        start, end = first_week(start)
    elif atom.kind == "day":
        start = end
    return start, end, completed


def _renames(low: str, one: Period, other: Period) -> bool:
    """`hôm nay là ngày 19/5`, `sáng nay (19/5)`: one day said twice."""
    if one.kind != "relative" or one.grain != "day" or other.kind != "day" or other.lead - one.span_end > 5:
        return False
    return low[one.span_end : other.lead].strip() in ("là", "", ",", "(")


def _adopts(low: str, told: Period, period: Period) -> bool:
    """Whether a mention without a year means the one that the text named, not the byline's.

    It does within one sentence (`Năm 2020, ..., đến hết tháng 4 ...`), and `trong năm`, `cả năm` anywhere.
    """
    part = period.high or period.low
    if period.completed != "year" or part is None or part.year_shift is not None:
        return False
    if period.kind == "year" and period.mode == "in":
        return True
    near = period.span_start - told.span_end < 400
    return near and not SENTENCE_END.search(low, told.span_end, period.lead)


def _of_this_year(period: Period) -> bool:
    """`đến cuối tháng 5 năm nay`: what is told after it without a year is of the reference's."""
    return not period.compared and period.high is not None and period.high.year_shift == 0


def _adopted(told: Period, period: Period, reference: date) -> Period:
    done = complete(period, year_left(told) or reference.year)
    if done.end == told.end and told.edge == "end":
        return period  # `Cuối năm 2020 có ...; đến hết năm còn ...`: of a later year
    if not period.compared and _closes_year(told) and done.end is not None and done.end.month < 12:
        after = complete(period, done.end.year + 1)
        done = after if after.end is not None and after.end <= reference else done
    if done.mode == "by-target" and done.end is not None and done.end <= reference:
        return replace(done, mode="until")
    return done if done.start is None or done.start <= reference else period


def _closes_year(told: Period) -> bool:
    """`Cuối năm 2016 là 104 tỷ, rồi 140 tỷ hết tháng 8`: what follows a year's last day is of the next one."""
    last = told.end is not None and (told.end.month, told.end.day) == (12, 31)
    return last and (told.edge == "end" or told.kind == "day")


def _merged(low: str, one: Period, other: Period) -> Period:
    closed = "(" in low[one.span_end : other.span_start] and low.startswith(")", other.span_end)
    return replace(other, span_start=one.span_start, span_end=other.span_end + closed, lead=one.lead)


def _told_of(period: Period) -> bool:
    """True for what a report may be about: no base, no plan, no day on which something happened."""
    if period.end is None or period.compared or period.mode == "by-target":
        return False
    if period.grain == "day" and period.kind != "range":
        return period.mode == "until"
    return period.kind not in ("legal", "term", "decade", "century", "season")


def _linked(period: Period, force: Period) -> Period:
    """`cùng kỳ` with the days of the year before the period it speaks of."""
    end = base_end(force, period)
    start = end
    if end is not None and force.end is not None and force.start is not None and force.start != force.end:
        start = safe_date(force.start.year - (force.end.year - end.year), force.start.month, force.start.day)
    return replace(period, start=start, end=end)
