"""Dates and periods of a Vietnamese text: where they stand, what they are, their first and last day.

`parse_periods` reads a text against a reference day; `find_periods` does the same where no reference is known and keeps
what the text says, so that `complete` can add a year named elsewhere; `base_end` gives the last day of a comparison's
base. All spans are offsets into the text as given.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from extract.periods_grammar import Atom
from extract.periods_join import Front, as_period, suffix, sweep
from extract.periods_legal import lean, of_birth, of_law
from extract.periods_model import Completed, Edge, Grain, Kind, Mode, Part, Period, Shift
from extract.periods_resolve import base_end, complete, count_day, resolve

__all__ = [
    "Completed", "Edge", "Grain", "Kind", "Mode", "Part", "Period", "Shift", "base_end", "complete", "count_day",
    "find_periods", "parse_periods",
]  # fmt: skip

_PLAIN = str.maketrans({"\xa0": " ", "\u2009": " ", "\u202f": " ", "\u2007": " ", "ð": "đ"})


def parse_periods(text: str, reference: date) -> list[Period]:
    """Every date or period of a text, in order, read against the day it was published.

    A date without a year gets the reference's, or the one before where the words make it a report of the past; `cùng
    kỳ` takes the last period named before it. Days of laws come with kind `legal`, `hiện nay` without days.
    """
    return find_periods(text, reference)


def find_periods(text: str, reference: date | None) -> list[Period]:
    """Like `parse_periods`, also without a reference: then only what the text itself fixes has days."""
    if isinstance(reference, datetime):
        reference = reference.date()
    low = _lower(text)
    found: list[Period] = []
    for period in _mentions(low, reference):
        if found and period.span_start < found[-1].span_end:
            continue
        if found and _renames(low, found[-1], period):
            period = replace(period, span_start=found[-1].span_start, lead=found[-1].lead)
            found.pop()
        found.append(_linked(period, found))
    return found


def _lower(text: str) -> str:
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low if low.isascii() else low.translate(_PLAIN)


def _mentions(low: str, reference: date | None) -> Iterator[Period]:
    for atom, front in sweep(low):
        yield _mention(low, reference, atom, front)


def _mention(low: str, reference: date | None, atom: Atom, front: Front) -> Period:
    period = as_period(atom, front)
    end, near = period.span_end, ""
    if period.kind in ("day", "month", "quarter", "half", "ytd-months", "range") and period.year is None:
        end, near = suffix(low, end)
    period = replace(period, span_end=end)
    told = near or lean(low, period.lead, end, front.reporting)
    period = resolve(period, reference, told)
    if of_birth(low, period.span_start):
        return replace(period, kind="legal")
    if period.kind in ("day", "month", "year") and of_law(low, period.lead, period.span_start, front.word):
        return replace(period, kind="legal")
    if period.mode == "until" and reference is not None and period.end is not None and period.end > reference:
        return replace(period, mode="by-target")
    return period


def _renames(low: str, one: Period, other: Period) -> bool:
    """`hôm nay là ngày 19/5`, `sáng nay (19/5)`: one day said twice."""
    if one.kind != "relative" or one.grain != "day" or other.kind != "day":
        return False
    between = low[one.span_end : other.lead].strip()
    return between in ("là", "", ",", "(") and other.span_start - one.span_end <= 5


def _linked(period: Period, earlier: list[Period]) -> Period:
    """`cùng kỳ` with the days of the year before the period it speaks of."""
    if period.kind != "same-period":
        return period
    for force in reversed(earlier):
        if force.end is not None and force.kind != "legal" and not force.compared:
            end = base_end(force, period)
            if end is None or force.start is None or force.start == force.end:
                return replace(period, start=end, end=end)
            try:
                start = force.start.replace(year=end.year - (force.end.year - force.start.year))
            except ValueError:
                start = None
            return replace(period, start=start, end=end)
    return period
