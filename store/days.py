"""Instants and days as the database writes them: texts that sort as time does."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import overload
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
"""The zone whose civil days count."""

NEVER = "9999-12-31"
"""End of an interval that has not ended; sorts after every day and instant."""


@overload
def instant(moment: datetime) -> str: ...
@overload
def instant(moment: None) -> None: ...
def instant(moment: datetime | None) -> str | None:
    """Write an instant in UTC with microseconds, so that texts sort as time does; one without zone is Vietnam's."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZONE)
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


@lru_cache(maxsize=65536)
def moment_of(text: str) -> datetime:
    """Read an instant back, in UTC; the same few thousand texts come again and again."""
    return datetime.fromisoformat(text)


def written(published: date | datetime | None) -> str | None:
    """Write a publication date as it is known: a day, or an instant in Vietnam's zone."""
    if isinstance(published, datetime):
        if published.tzinfo is None:
            published = published.replace(tzinfo=ZONE)
        return published.astimezone(ZONE).isoformat()
    return published.isoformat() if published else None


@lru_cache(maxsize=65536)
def published_of(text: str | None) -> date | datetime | None:
    """Read a publication date back: a day stays a day."""
    if not text:
        return None
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def day_of(moment: date | datetime) -> date:
    """Give the civil day in Vietnam."""
    if isinstance(moment, datetime):
        return (moment.replace(tzinfo=ZONE) if moment.tzinfo is None else moment.astimezone(ZONE)).date()
    return moment


def end_of(day: date) -> str:
    """Write the last instant of a civil day in Vietnam, in UTC."""
    return instant(datetime(day.year, day.month, day.day, tzinfo=ZONE) + timedelta(days=1, microseconds=-1))
