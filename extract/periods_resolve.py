"""From partial dates to days: against a reference, a year in force, or the period that a base is compared with."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from extract.periods_model import Completed, Part, Period, Shift

Bounds = tuple[date | None, date | None]


def first_of(part: Part, year: int) -> date | None:
    """First day of a partial date in `year`."""
    return safe_date(year, part.month or 1, part.day or 1)


def last_of(part: Part, year: int) -> date | None:
    """Last day of a partial date in `year`; the month's last day where the day is open."""
    month = part.month or 12
    return safe_date(year, month, part.day or monthrange(year, month)[1]) if 1 <= year <= 9999 else None


def safe_date(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none (29 February of a common year)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def bounds(low: Part | None, high: Part | None, year: int | None) -> Bounds:
    """First and last day where `year` stands in for an unnamed one."""
    ends: list[date | None] = []
    years: list[int | None] = []
    for part in (low, high):
        known = part.year if part and part.year is not None else None
        if known is None and part is not None and year is not None:
            known = year + (part.year_shift or 0)
        years.append(known)
    if low and high and years[1] is not None and low.year is None and low.year_shift is None and later(low, high):
        years[0] = years[1] - 1
    for part, known, reader in ((low, years[0], first_of), (high, years[1], last_of)):
        ends.append(reader(part, known) if part is not None and known is not None and part.month else None)
    return ends[0], ends[1]


def later(low: Part, high: Part) -> bool:
    """True where the first day comes after the last within one year (từ tháng 11 đến tháng 2)."""
    return (low.month or 1, low.day or 1) > (high.month or 12, high.day or 31)


def named(low: Part | None, high: Part | None) -> bool:
    """True where the text names the year of every part."""
    return all(p.year is not None for p in (low, high) if p is not None)


def shifted(shift: Shift, reference: date) -> Bounds:
    """A stretch counted from the reference."""
    unit, first, last, number = shift
    if unit == "day":
        return reference + timedelta(first), reference + timedelta(last)
    if unit == "week":
        monday = reference - timedelta(reference.weekday())
        return monday + timedelta(7 * first), monday + timedelta(7 * last + 6)
    if unit.startswith("weekday"):
        return weekday(unit, first, number or 0, reference)
    if unit == "month":
        begin, end = month_at(reference, first), month_at(reference, last)
        if number:
            day = safe_date(begin.year, begin.month, number)
            return day, day
        return begin, last_day(end)
    if unit == "quarter":
        begin = date(reference.year, (reference.month - 1) // 3 * 3 + 1, 1)
        return month_at(begin, 3 * first), last_day(month_at(begin, 3 * last + 2))
    if unit.startswith("school-year"):
        return school_year(unit, first, reference)
    return safe_date(reference.year + first, 1, 1), safe_date(reference.year + last, 12, 31)


def weekday(unit: str, weeks: int, number: int, reference: date) -> Bounds:
    """A day of this, the last or the coming week; `vừa rồi` is the last one before the reference."""
    if unit == "weekday-back":
        day = reference - timedelta((reference.weekday() - number - 1) % 7 + 1)
    elif unit == "weekday-on":
        day = reference + timedelta((number - reference.weekday()) % 7)
    else:
        day = reference - timedelta(reference.weekday() - number) + timedelta(7 * weeks)
    return day, day


def school_year(unit: str, far: int, reference: date) -> Bounds:
    """School years turn in August for what is new, in June for what is over."""
    turned = reference.month >= (6 if unit == "school-year-done" else 8)
    first = reference.year + far - (0 if turned else 1)
    return date(first, 9, 1), date(first + 1, 5, 31)


def month_at(day: date, far: int) -> date:
    """First day of the month `far` months away."""
    index = day.year * 12 + day.month - 1 + far
    return date(min(max(index // 12, 1), 9999), index % 12 + 1, 1)


def last_day(day: date) -> date:
    """Last day of the month of a day."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def choose_year(low: Part, high: Part, reference: date, lean: str) -> int:
    """Year for a date that names none.

    `lean`: `bare` (nothing around it: the reference's own year, unless that is most of a year ahead), `past` (a
    report), `told` (a sentence that says neither: the past, unless the day lies at most half a year ahead), `future`.
    """
    year = reference.year
    first, last = first_of(low, year), last_of(high, year)
    if first is None or last is None:
        return year
    ahead = (first - reference).days
    if lean == "future":
        return year + 1 if last < reference else year
    limit = {"past": 0, "told": 150, "bare": 275}[lean]
    return year - 1 if ahead > limit else year


def resolve(period: Period, reference: date | None, lean: str) -> Period:
    """The period with its days, as far as text and reference fix them."""
    if period.kind in ("now", "same-period"):
        return period
    if period.shift is not None:
        if reference is None:
            return replace(period, completed="all")
        start, end = shifted(period.shift, reference)
        return replace(period, start=start, end=end, completed="all")
    low, high = period.low, period.high
    completed: Completed = "none" if named(low, high) else "year"
    year = next((p.year for p in (high, low) if p is not None and p.year is not None), None)
    if year is None and reference is not None:
        shiftless = all(p is None or p.year_shift is None for p in (low, high))
        anchor = high or low
        year = choose_year(low or anchor, anchor, reference, lean) if shiftless and anchor else reference.year
    elif year is not None:
        completed = "none"
    return finish(replace(period, completed=completed), year)


def finish(period: Period, year: int | None) -> Period:
    """Days for `year`; whole weeks where the mention is the first week of a month."""
    start, end = bounds(period.low, period.high, year)
    if period.kind == "week" and start is not None:
        start += timedelta(-start.weekday() % 7)
        end = start + timedelta(6)
    elif period.kind == "day" and end is not None and period.low == period.high:
        start = end
    return replace(period, start=start, end=end)


def complete(period: Period, year: int) -> Period:
    """The period with `year` where its text names none (`hết tháng 6`, `cuối năm`); others come back unchanged.

    `năm ngoái` and the like are counted from `year`. Mentions counted in days or months (`tháng trước`) stay as they
    are.
    """
    if (period.low is None and period.high is None) or named(period.low, period.high) or period.kind == "same-period":
        return period
    return finish(replace(period, completed="year"), year)


def base_end(period_in_force: date | Period, mention: Period) -> date | None:
    """Last day of what is compared with, given the (last day of the) period that the figure is for.

    `cùng kỳ` is the same day a year before (month ends stay month ends), `cuối năm 2019` and `năm 2020` the last day
    of that year, `tháng trước` the last day of the month before. None where nothing fixes it.
    """
    force = period_in_force.end if isinstance(period_in_force, Period) else period_in_force
    if mention.kind == "same-period":
        return _same_day(force, mention) if force else None
    if mention.kind in ("now", "legal"):
        return None
    if mention.shift is not None:
        return _shifted_base(mention.shift, force) if force else mention.end
    if named(mention.low, mention.high):
        return _edge_day(mention)
    return _unnamed_base(mention, force) if force else mention.end


def _same_day(force: date, mention: Period) -> date:
    if mention.shift is not None:
        before = month_at(force, mention.shift.last)
        return _in_month(force, before.year, before.month)
    year = mention.low.year if mention.low and mention.low.year else force.year - 1
    return _in_month(force, year, force.month)


def _in_month(force: date, year: int, month: int) -> date:
    last = monthrange(year, month)[1]
    return date(year, month, last if force == last_day(force) else min(force.day, last))


def _shifted_base(shift: Shift, force: date) -> date | None:
    return shifted(shift, force)[1]


def _edge_day(mention: Period) -> date | None:
    if mention.edge == "start" and mention.grain == "year" and mention.low and mention.low.year:
        return date(mention.low.year - 1, 12, 31)
    return count_day(mention)


def _unnamed_base(mention: Period, force: date) -> date | None:
    anchor = mention.high or mention.low
    if anchor is None:
        return None
    if anchor.year_shift is not None:
        return _edge_day(finish(mention, force.year))
    if mention.grain == "year":
        return date(force.year - 1, 12, 31)
    for year in (force.year, force.year - 1):
        done = finish(mention, year)
        if done.end is not None and done.end < force:
            return done.end
    return None


def count_day(period: Period) -> date | None:
    """The day a stock told `đến ...` stands at: the last day, of `giữa năm` 30 June, of `giữa tháng` the 15th."""
    if period.edge != "middle" or period.end is None:
        return period.end
    if period.grain == "year":
        return date(period.end.year, 6, 30)
    return period.end.replace(day=15) if period.grain == "month" else None
