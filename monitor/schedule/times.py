"""When a job was last due and will be due next. Pure: the same settings and instant give the same answer."""

from datetime import UTC, datetime, timedelta

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from monitor.config import Job, duration
from monitor.words import VIETNAM

ANCHOR = datetime(2020, 1, 1, tzinfo=VIETNAM)
"""Interval jobs fall on multiples counted from here, so that a due time has one name whoever asks."""

LOOKBACK = timedelta(days=40)
"""How far back a missed cron time is looked for: a monthly job is found, an older miss is not caught up."""


def trigger_of(job: Job) -> BaseTrigger:
    """Give the scheduler's trigger of a job, in Vietnam's time."""
    if job.cron is not None:
        return CronTrigger.from_crontab(job.cron, timezone=VIETNAM)
    step = duration(job.every or "")
    return IntervalTrigger(seconds=int(step.total_seconds()), start_date=ANCHOR, timezone=VIETNAM)


def last_due(job: Job, now: datetime) -> datetime | None:
    """Give the last instant, at or before `now`, at which the job was due; None where there was none lately."""
    if job.every is not None:
        step = duration(job.every)
        return ANCHOR + step * ((now - ANCHOR) // step)
    trigger = trigger_of(job)
    for back in (timedelta(hours=2), timedelta(days=2), LOOKBACK):
        found: datetime | None = None
        fire: datetime | None = trigger.get_next_fire_time(None, now - back)
        while fire is not None and fire <= now:
            found, fire = fire, trigger.get_next_fire_time(fire, fire + timedelta(microseconds=1))
        if found is not None:
            return found
    return None


def due_name(due: datetime) -> str:
    """Name a due time for the ledger: its instant in UTC."""
    return due.astimezone(UTC).isoformat(timespec="seconds")
