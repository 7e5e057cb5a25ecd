"""From partial dates to days: against a reference, a year in force, or the period that a base is compared with."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from extract.periods.model import Atom, Completed, Grain, Part, Period, Shift

SOON = 8
"""So many days before its end a stretch of months is told as passed."""
LATELY = 62
"""So many days after its end a stretch of months is reported on."""
Bounds = tuple[date | None, date | None]


def safe_date(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none (29 February of a common year)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _first(part: Part, year: int) -> date | None:
    return safe_date(year, part.month or 1, part.day or 1)


def _last(part: Part, year: int) -> date | None:
    month = part.month or 12
    return safe_date(year, month, part.day or monthrange(year, month)[1]) if 1 <= year <= 9999 else None


def _year_of(part: Part, year: int | None) -> int | None:
    if part.year is not None or year is None:
        return part.year
    return year + (part.year_shift or 0)


def bounds(low: Part | None, high: Part | None, year: int | None) -> Bounds:
    """First and last day, `year` standing in where none is named; None where a part stays open."""
    start = end = None
    if low is not None and low.month and (known := _year_of(low, year)) is not None:
        turns = high is not None and low.year is None and low.year_shift is None and high.year is None
        if turns and high is not None and (low.month, low.day or 1) > (high.month or 12, high.day or 31):
            known -= 1  # từ tháng 11 đến tháng 2: the first day lies in the year before
        start = _first(low, known)
    if high is not None and high.month and (known := _year_of(high, year)) is not None:
        end = _last(high, known)
    return start, end


def named(*parts: Part | None) -> bool:
    """True where the text names the year of every part."""
    return all(p.year is not None for p in parts if p is not None)


def shifted(shift: Shift, reference: date) -> Bounds:
    """A stretch counted from the reference; None, None beyond the calendar."""
    try:
        return _shifted(shift, reference)
    except (OverflowError, ValueError):
        return None, None


def _shifted(shift: Shift, reference: date) -> Bounds:
    unit, first, last, number = shift
    if unit == "day":
        return reference + timedelta(first), reference + timedelta(last)
    if unit == "week":
        monday = reference - timedelta(reference.weekday())
        return monday + timedelta(7 * first), monday + timedelta(7 * last + 6)
    if unit.startswith("weekday"):
        return _weekday(unit, first, number or 0, reference)
    if unit == "month":
        if number:
            begin = month_at(reference, first)
            day = safe_date(begin.year, begin.month, number)
            return day, day
        return month_at(reference, first), last_day(month_at(reference, last))
    if unit == "quarter":
        begin = date(reference.year, (reference.month - 1) // 3 * 3 + 1, 1)
        return month_at(begin, 3 * first), last_day(month_at(begin, 3 * last + 2))
    if unit.startswith("school-year"):
        return _school_year(unit, first, reference)
    return date(reference.year + first, 1, 1), date(reference.year + last, 12, 31)


def _weekday(unit: str, weeks: int, number: int, reference: date) -> Bounds:
    """A day of this, the last or the coming week; `vừa rồi` is the last one before the reference."""
    if unit == "weekday-back":
        day = reference - timedelta((reference.weekday() - number - 1) % 7 + 1)
    elif unit == "weekday-on":
        day = reference + timedelta((number - reference.weekday()) % 7)
    else:
        day = reference - timedelta(reference.weekday() - number) + timedelta(7 * weeks)
    return day, day


def _school_year(unit: str, far: int, reference: date) -> Bounds:
    """School years turn in August; `mới`, `vừa qua` look over the summer from June on, `tới` until it has ended."""
    turn = {"school-year-turning": 6, "school-year-next": 9}.get(unit, 8)
    first = reference.year + far - (0 if reference.month >= turn else 1)
    return date(first, 9, 1), date(first + 1, 5, 31)


def month_at(day: date, far: int) -> date:
    """First day of the month `far` months away."""
    index = day.year * 12 + day.month - 1 + far
    return date(index // 12, index % 12 + 1, 1)


def last_day(day: date) -> date:
    """Last day of the month of a day."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def choose_year(low: Part, high: Part, reference: date, lean: str, grace: int) -> int:
    """Year for a date that names none.

    `lean`: `bare` (no words around it: the reference's own year, unless that lies most of a year ahead), `past` (a
    report: the past, with `grace` days), `told` (a sentence that says neither: the past, unless the day lies less than
    half a year ahead), `future` (a plan: this year, or the next where the day is long over).
    """
    year = reference.year
    first, last = _first(low, year), _last(high, year)
    if first is None or last is None:
        return year
    if lean == "future":
        return year + 1 if (reference - last).days > 200 else year
    if lean == "past" and low.month == 1 and (high.month or 12) == 12 and low.day == 1:
        return year - 1 if reference.month <= 3 else year  # hết năm, told in the first months of the next
    if low.month == 1 and (high.month or 12) < 12 and high.day is None:
        first = _first(Part(None, high.month), year) or first  # 9 tháng đầu năm is told when September has begun
        lean = "past" if lean == "told" else lean
    ahead = (first - reference).days
    return year - 1 if ahead > {"past": max(grace, 0), "told": 150, "bare": 275}[lean] else year


def just_passed(atom: Atom, reference: date | None) -> bool:
    """Whether the first months of a year have passed when the report is published, and lately: `thu 9 tháng`."""
    if reference is None or atom.high is None or atom.high.month is None:
        return False
    year = reference.year - (atom.high.month > reference.month)
    ended = last_day(date(year, atom.high.month, 1))
    return timedelta(-SOON) < reference - ended < timedelta(LATELY)


def days_of(
    low: Part | None, high: Part | None, reference: date | None, lean: str, grace: int
) -> tuple[date | None, date | None, Completed]:
    """First and last day of a dated mention, and what the reference gave to them."""
    if named(low, high):
        return *bounds(low, high, None), "none"
    if any(p is not None and p.year is not None for p in (low, high)):
        year = next(p.year for p in (high, low) if p is not None and p.year is not None)
        return *bounds(low, high, year), "none"
    if reference is None:
        return None, None, "none"
    anchor, other = low or high, high or low
    year = reference.year
    if anchor is not None and other is not None and anchor.year_shift is None and other.year_shift is None:
        year = choose_year(anchor, other, reference, lean, grace)
    return *bounds(low, high, year), "year"


def first_week(month: date) -> Bounds:
    """The first whole week of a month."""
    monday = month + timedelta(-month.weekday() % 7)
    return monday, monday + timedelta(6)


def complete(period: Period, year: int) -> Period:
    """The period with `year` where its text names none (`hết tháng 6`, `cuối năm`); others come back unchanged.

    `năm ngoái` and the like are counted from `year`. Mentions counted in days or months (`tháng trước`) stay as they
    are.
    """
    if (period.low is None and period.high is None) or period.year is not None or period.kind == "same-period":
        return period
    start, end = bounds(period.low, period.high, year)
    if period.kind == "week" and start is not None:
        start, end = first_week(start)
    elif period.kind == "day":
        start = end
    return replace(period, start=start, end=end, completed="text")


_BEARERS = ("day", "month", "quarter", "half", "year", "ytd-months", "range", "week")
"""Kinds whose year goes on being meant; the year of a law, of a term of office, of a comparison's base does not."""


def with_years(periods: list[Period], year: int | None = None) -> list[Period]:
    """The mentions of one text, those without days completed by the year that the text named last before them.

    `year` is meant until the text names one (that of the title, say). Bases of comparisons, laws, terms of office and
    stretches of several years leave no year behind.
    """
    done = []
    for period in periods:
        if year is not None and period.start is None and period.end is None and not period.compared:
            done.append(complete(period, year))
        else:
            done.append(period)
        year = year_left(period) or year
    return done


def year_left(period: Period) -> int | None:
    """The year that goes on being meant after a mention; None where it leaves none behind."""
    if period.year is None or period.kind not in _BEARERS or period.compared or period.mode == "by-target":
        return None
    several = period.low is not None and period.low.year not in (None, period.year)
    return None if several else period.year


def base_end(period_in_force: date | Period, mention: Period) -> date | None:
    """Last day of what is compared with, given the (last day of the) period that the figure is for.

    `cùng kỳ` is the same day a year before (month ends stay month ends), `cuối năm 2019` and `năm 2020` the last day
    of that year, `đầu năm` the last day of the year before, `tháng trước` the last day of the month before. None where
    nothing fixes it.
    """
    force = period_in_force.end if isinstance(period_in_force, Period) else period_in_force
    try:
        return _base_end(force, mention)
    except (ValueError, OverflowError):  # beyond the calendar
        return None


def _base_end(force: date | None, mention: Period) -> date | None:
    if mention.kind in ("now", "legal", "lunar", "round"):
        return None
    if mention.kind == "same-period":
        return _same_day(force, mention) if force else None
    if mention.shift is not None:
        if mention.shift.unit == "week" and force is not None:
            return force + timedelta(7 * mention.shift.last)  # a week that ends on a Friday follows one that did
        return shifted(mention.shift, force)[1] if force else mention.end
    if mention.year is not None:
        return _edge_day(mention)
    return _unnamed_base(mention, force) if force else mention.end


def _same_day(force: date, mention: Period) -> date | None:
    if mention.shift is not None:
        before = month_at(force, mention.shift.last)
        return in_month(force, before.year, before.month)
    return in_month(force, mention.year or force.year - 1, force.month)


def in_month(day: date, year: int, month: int) -> date:
    """The same day in another month; a month's last day stays a month's last day. ValueError beyond the calendar."""
    last = monthrange(year, month)[1]
    return date(year, month, last if day == last_day(day) else min(day.day, last))


def _edge_day(mention: Period) -> date | None:
    if mention.edge == "start" and mention.end is not None and mention.kind != "range":
        if mention.grain == "year":
            return date(mention.end.year - 1, 12, 31)
        return mention.start - timedelta(1) if mention.start else None
    return count_day(mention)


def _unnamed_base(mention: Period, force: date) -> date | None:
    anchor = mention.high or mention.low
    if anchor is None:
        return None
    if anchor.year_shift is not None:
        return _edge_day(complete(mention, force.year))
    if mention.grain == "year":
        return date(force.year - 1, 12, 31)
    for year in (force.year, force.year - 1):
        done = _edge_day(complete(mention, year))
        if done is not None and done < force:
            return done
    return None


def count_day(period: Period) -> date | None:
    """The day a stock told `đến ...` stands at: the last day, of `giữa năm` 30 June, of `giữa tháng` the 15th."""
    if period.edge != "middle" or period.end is None or period.kind == "range":
        return period.end
    return middle(period.end, period.grain)


def middle(last: date, grain: Grain) -> date:
    """Middle of the year or month that ends on a day; of other units the day itself."""
    if grain == "year":
        return date(last.year, 6, 30)
    return last.replace(day=15) if grain == "month" else last
