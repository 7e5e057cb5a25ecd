"""The forms in which pages write an instant or a day, for machines and for people."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from html import unescape
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
EARLIEST, LATEST = 1995, 2099

_ISO = re.compile(
    r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"
    r"(?:[T\s,]+(?P<H>\d{1,2})(?::|%3A)(?P<M>\d{2})(?:(?::|%3A)(?P<S>\d{2})(?:[.,]\d{1,9})?)?\s*(?P<half>[AaPp]\.?[Mm])?)?"
    r"\s*(?P<zone>Z\b|UTC\b|GMT\b|[+-]\s?\d{2}:?\d{2}\b|[+-]\d{1,2}\b)?"
)
_COMPACT = re.compile(
    r"^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:[T ]?(?P<H>\d{2})(?P<M>\d{2})(?P<S>\d{2})(?:Z|\d{3})?)?$"
)
_EPOCH = re.compile(r"^(\d{10})(\d{3})?$")
_MONTH_NAMES = (
    ("giêng", 1), ("mười một", 11), ("mười hai", 12), ("một", 1), ("hai", 2), ("ba", 3), ("tư", 4), ("năm", 5),
    ("sáu", 6), ("bảy", 7), ("tám", 8), ("chín", 9), ("mười", 10), ("chạp", 12),
    ("jan", 1), ("feb", 2), ("mar", 3), ("apr", 4), ("may", 5), ("jun", 6), ("jul", 7), ("aug", 8), ("sep", 9),
    ("oct", 10), ("nov", 11), ("dec", 12),
)  # fmt: skip
_VIETNAMESE = "|".join(name for name, number in _MONTH_NAMES[:14])
_ENGLISH = "|".join(name for name, number in _MONTH_NAMES[14:])
_DAY = re.compile(
    r"(?<![\d/.,])(?P<d>\d{1,2})\s?(?P<sep>[/.\-–])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<y>\d{4})(?!\d|[/.\-]\d)"
    rf"|(?<!\d)(?P<d2>\d{{1,2}})\s+tháng\s+(?P<m2>\d{{1,2}}|(?:{_VIETNAMESE})\b)\s*,?\s*(?:năm\s+)?(?P<y2>\d{{4}})(?!\d)"
    rf"|\b(?P<m3>{_ENGLISH})[a-z]*\.?\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s*,\s*(?P<y3>\d{{4}})(?!\d)"
    r"|(?<![\d/.,\-])(?P<y4>\d{4})-(?P<m4>\d{1,2})-(?P<d4>\d{1,2})(?![\d\-])",
    re.IGNORECASE,
)
_CLOCK = (
    r"(?<![\d:.,/])(?P<H>\d{1,2})\s?(?::|h|g|giờ)\s?(?P<M>\d{2})(?::(?P<S>\d{2}))?(?!\d|%)"
    r"\s*(?:phút|['’′])?\s*(?P<half>[AaPp]\.?[Mm]\b|SA\b|CH\b)?"
)
_ZONE = r"\s*\(?\s*(?:(?:GMT|UTC)\s*(?P<sign>[+\-−])\s*(?P<off>\d{1,2})(?::?(?P<off2>\d{2}))?)?"
_AFTER = re.compile(r"^\s*(?:[-–—|,•·.]|lúc|at|\(|\s){0,6}\s*" + _CLOCK + _ZONE, re.IGNORECASE)
_BEFORE = re.compile(
    _CLOCK + _ZONE + r"\s*\)?\s*(?:[-–—|,•·]|ngày|,?\s*(?:thứ\s+\w+|chủ\s+nhật|t[2-7]|cn)\b|on|\s){0,8}\s*$",
    re.IGNORECASE,
)
_ZONE_AFTER = re.compile(r"^" + _ZONE, re.IGNORECASE)
_MONTHS = dict(_MONTH_NAMES)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day, perhaps with a clock and a zone, as it was written."""

    day: date
    clock: time | None = None
    zone: tzinfo | None = None
    """None where none was written: then it is Vietnam's."""
    start: int = 0
    end: int = 0

    def value(self) -> date | datetime:
        """Give the instant in Asia/Ho_Chi_Minh, or the day where no clock was written."""
        if self.clock is None:
            return self.day
        return datetime.combine(self.day, self.clock, self.zone or VIETNAM).astimezone(VIETNAM)


def machine_stamp(text: str) -> Stamp | None:
    """Read a value meant for machines: ISO and near to it, entities, epoch seconds, e-mail dates, US forms."""
    told = " ".join(unescape(unescape(text)).split())[:80]
    epoch = _EPOCH.match(told)
    if epoch:
        return _from_datetime(datetime.fromtimestamp(int(epoch[1]), UTC))
    match = _COMPACT.match(told) or _ISO.search(told)
    if match:
        parts = match.groupdict()
        clock = _clock(parts.get("H"), parts.get("M"), parts.get("S"), parts.get("half"))
        day = _day(parts["y"], parts["m"], parts["d"])
        return Stamp(day, clock, _iso_zone(parts.get("zone"))) if day else None
    found = next(visible_stamps(told), None)
    if found is not None:
        return found
    try:
        return _from_datetime(parsedate_to_datetime(told))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def visible_stamps(text: str) -> Iterator[Stamp]:
    """Give each day written for people, day before month, with the clock that stands beside it."""
    for match in _DAY.finditer(text):
        before, after = (
            _BEFORE.search(text[max(0, match.start() - 60) : match.start()]),
            _AFTER.match(text[match.end() : match.end() + 60]),
        )
        clock, zone, start, end = None, None, match.start(), match.end()
        if after is not None:
            clock, zone = _clock_of(after), _zone_of(after)
            end = match.end() + after.end()
        if clock is None and before is not None:
            clock, zone = _clock_of(before), _zone_of(before)
            start = match.start() - len(before[0])
            trail = _ZONE_AFTER.match(text[match.end() : match.end() + 60])
            zone = zone or (_zone_of(trail) if trail else None)
            end = match.end() + (trail.end() if trail else 0)
        day = _written_day(match, after)
        if day is not None:
            yield Stamp(day, clock, zone, start, end)


def _written_day(match: re.Match[str], after: re.Match[str] | None) -> date | None:
    for number in "234":
        if match[f"y{number}"]:
            month = match[f"m{number}"].lower()
            return _day(match[f"y{number}"], str(_MONTHS.get(month, month)), match[f"d{number}"])
    first, second, year = match["d"], match["m"], match["y"]
    american = after is not None and bool(after["half"]) and bool(after["S"]) and match["sep"] == "/"
    if american and not first.startswith("0") and not second.startswith("0"):
        return _day(year, first, second) or _day(year, second, first)
    return _day(year, second, first) or (_day(year, first, second) if american else None)


def _from_datetime(moment: datetime) -> Stamp | None:
    zone = moment.tzinfo
    if not EARLIEST <= moment.year <= LATEST:
        return None
    return Stamp(moment.date(), moment.time().replace(microsecond=0), zone)


def _day(year: str, month: str, day: str) -> date | None:
    if not EARLIEST <= int(year) <= LATEST:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _clock_of(match: re.Match[str]) -> time | None:
    return _clock(match["H"], match["M"], match["S"], match["half"])


def _clock(hour: str | None, minute: str | None, second: str | None, half: str | None) -> time | None:
    """Read a clock; `AM` and `PM` may stand beside an hour that is already one of 24."""
    if hour is None or minute is None:
        return None
    told = int(hour)
    side = (half or "").lower().replace(".", "")
    if side in ("pm", "ch") and told < 12:
        told += 12
    elif side in ("am", "sa") and told == 12:
        told = 0
    try:
        return time(told, int(minute), int(second or 0))
    except ValueError:
        return None


def _zone_of(match: re.Match[str]) -> tzinfo | None:
    if not match["sign"]:
        return None
    return _offset(match["sign"], int(match["off"]), int(match["off2"] or 0))


def _iso_zone(told: str | None) -> tzinfo | None:
    if not told:
        return None
    if told[0] in "ZUG":
        return UTC
    digits = re.sub(r"\D", "", told)
    return _offset(told[0], int(digits[:2]), int(digits[2:] or 0))


def _offset(sign: str, hours: int, minutes: int) -> tzinfo | None:
    if hours > 14 or minutes > 59:
        return None
    shift = timedelta(hours=hours, minutes=minutes)
    return timezone(shift if sign == "+" else -shift)
