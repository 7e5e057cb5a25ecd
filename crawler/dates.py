"""Dates as feeds, sitemaps and listings write them. Pure: nothing here asks the clock."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
"""Times without a zone are Vietnamese."""

_EPOCH = re.compile(r"^(?:/Date\()?(\d{9,13})(?:[+-]\d{4})?(?:\)/)?$")
_ISO = re.compile(
    r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$",
    re.IGNORECASE,
)
_ISO_MONTH = re.compile(r"^(\d{4})-(\d{1,2})$")
_SLASHED = re.compile(
    r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[\s,|-]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AP]M)?)?", re.IGNORECASE
)
_TIME_FIRST = re.compile(
    r"(?<!\d)(\d{1,2}):(\d{2})(?::\d{2})?[\s,|-]+(?:\w+\s+\w+,\s*)?(?:ngày\s+)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"
)
_GMT = re.compile(r"(?:GMT|UTC)\s*([+-]\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)


def read_date(text: str | int | float | None, *, month_first: bool = False) -> date | datetime | None:
    """Read one date: an instant with its zone (none written: Vietnam's), or a day where no hour stands; else None.

    Understands RFC 822, ISO 8601, epoch seconds and milliseconds, `/Date(ms)/`, `9/26/2026 9:20:00 AM`,
    `17/12/2019 01:52 PM`, `20/11/2026, 08:15 (GMT+7)`. `month_first` decides only what could be either.
    """
    if text is None:
        return None
    cleaned = " ".join(str(text).split())
    if not cleaned or len(cleaned) > 120:
        return None
    try:
        return _epoch(cleaned) or _iso(cleaned) or _rfc822(cleaned) or _slashed(cleaned, month_first)
    except (ValueError, OverflowError):
        return None


def month_comes_first(texts: Sequence[str | None]) -> bool:
    """Say whether a listing's slashed dates are American: by those that can be read only one way, taken together."""
    american = european = with_half_day = slashed = 0
    for text in texts:
        match = _SLASHED.search(text or "")
        if not match:
            continue
        slashed += 1
        first, second = int(match.group(1)), int(match.group(2))
        american += first <= 12 < second
        european += second <= 12 < first
        with_half_day += bool(match.group(7))
    if american or european:
        return american > european
    # only ambiguous ones: AM/PM with seconds is the American form that Vietnamese government sites print
    return bool(slashed) and with_half_day == slashed


def _epoch(text: str) -> datetime | None:
    match = _EPOCH.match(text)
    if not match:
        return None
    number = int(match.group(1))
    return datetime.fromtimestamp(number / 1000 if number > 10**11 else number, UTC)


def _iso(text: str) -> date | datetime | None:
    match = _ISO.match(text)
    if not match:
        month = _ISO_MONTH.match(text)
        return date(int(month.group(1)), int(month.group(2)), 1) if month else None
    year, month_number, day, hour, minute, second, zone = match.groups()
    if hour is None:
        return date(int(year), int(month_number), int(day))
    return datetime(
        int(year), int(month_number), int(day), int(hour), int(minute), int(second or 0), tzinfo=_zone(zone)
    )


def _zone(text: str | None) -> timezone | ZoneInfo:
    if not text:
        return VIETNAM
    if text.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def _rfc822(text: str) -> datetime | None:
    if not re.search(r"[A-Za-z]{3}", text) or not re.match(r"^(?:[A-Za-z]{3,9},?\s*)?\d{1,2}\s+[A-Za-z]{3}", text):
        return None
    text = _GMT.sub(lambda m: f"{int(m.group(1)):+03d}{m.group(2) or '00'}", text)
    moment = parsedate_to_datetime(text)
    return moment.replace(tzinfo=VIETNAM) if moment.tzinfo is None else moment


def _slashed(text: str, month_first: bool) -> date | datetime | None:
    reverse = _TIME_FIRST.search(text)
    if reverse:
        hour, minute, first, second, year = (int(part) for part in reverse.groups())
        return _built((year, first, second), (hour, minute, 0), text, month_first)
    match = _SLASHED.search(text)
    if not match:
        return None
    first, second, year = (int(match.group(i)) for i in (1, 2, 3))
    if match.group(4) is None:
        return _day(year, first, second, month_first)
    hour, minute = int(match.group(4)), int(match.group(5))
    half = (match.group(7) or "").upper()
    if half == "PM" and hour < 12:
        hour += 12
    elif half == "AM" and hour == 12:
        hour = 0
    return _built((year, first, second), (hour, minute, int(match.group(6) or 0)), text, month_first)


def _built(day: tuple[int, int, int], clock: tuple[int, int, int], text: str, month_first: bool) -> datetime:
    zone = _GMT.search(text)
    tz = timezone(timedelta(hours=int(zone.group(1)), minutes=int(zone.group(2) or 0))) if zone else VIETNAM
    civil = _day(*day, month_first)
    return datetime(civil.year, civil.month, civil.day, *clock, tzinfo=tz)


def _day(year: int, first: int, second: int, month_first: bool) -> date:
    if second > 12 or (month_first and first <= 12):
        return date(year, first, second)
    return date(year, second, first)
