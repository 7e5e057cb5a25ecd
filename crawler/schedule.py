"""When a source is asked again: as often as it publishes, rarely where it fails, never before it says. Pure."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from crawler.source import Source
from model.fetches import SourceRun

SOONEST = timedelta(minutes=30)
LATEST = timedelta(hours=12)
"""Even a source that publishes once a month is looked at twice a day: its news is a day old at most."""
FAILING = timedelta(hours=1)
BLOCKED = timedelta(days=1)
DEAD = timedelta(days=7)
"""A dead feed is tried once a week, for ever."""
AT_ONCE = 2.0
"""New articles that one visit should find."""


def due_at(source: Source, runs: Sequence[SourceRun]) -> datetime | None:
    """Give when a source is due, from its last rounds (newest first); None: never by itself (blocked, merged).

    A source without a round is due since ever. A round that left articles over is followed up at once.
    """
    if source.blocked or source.merged_into:
        return None
    if not runs:
        return datetime.min.replace(tzinfo=UTC)
    last = runs[0]
    moment = last.finished + _pause(last, runs)
    asked_to_wait = last.counts.get("not_before", 0)
    return max(moment, datetime.fromtimestamp(asked_to_wait, UTC)) if asked_to_wait else moment


def is_due(source: Source, runs: Sequence[SourceRun], now: datetime) -> bool:
    """Say whether a source is to be asked now."""
    moment = due_at(source, runs)
    return moment is not None and moment <= now


def _pause(last: SourceRun, runs: Sequence[SourceRun]) -> timedelta:
    if last.verdict == "dead":
        return DEAD
    if last.verdict == "blocked":
        return BLOCKED
    if last.verdict in {"failing", "moved"}:
        bad = 0
        for one in runs:
            if one.verdict not in {"failing", "moved"}:
                break
            bad += 1
        return min(FAILING * int(2 ** min(bad - 1, 8)), BLOCKED)
    if any(last.counts.get(key) for key in ("postponed", "timeout", "lists_left")):
        # a host that asks for long pauses takes no request before its pause is over
        return max(SOONEST / 2, timedelta(seconds=last.counts.get("pause", 0)))
    return _by_pace(runs)


def _by_pace(runs: Sequence[SourceRun]) -> timedelta:
    """Ask so often that a visit finds about two new articles, between half an hour and half a day."""
    paced = runs[:-1][:30]  # the first round brought years at once
    if not paced:
        return SOONEST * 2
    span = max(paced[0].finished - runs[len(paced)].started, SOONEST)
    brought = sum(one.brought for one in paced)
    if not brought:
        return LATEST if len(paced) >= 6 else min(SOONEST * 2 ** len(paced), LATEST)
    seconds = span.total_seconds() / brought * AT_ONCE
    return min(max(timedelta(seconds=seconds), SOONEST), LATEST)
