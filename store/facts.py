"""What one day brought: the records that the digest is written from."""

from dataclasses import dataclass
from datetime import date

from model.fetches import SourceRun
from model.records import Point
from store.progress import Progress

Subject = tuple[str | None, str]
"""Area and indicator that something speaks of."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One point that a day brought or changed."""

    point: Point
    """As it stood at the end of the day."""
    before: Point | None
    """The same point at the end of the day before; None for a new one."""
    previous: Point | None
    """The point of the series' period before, for `old → new`; None for the first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Silence:
    """A place of which nothing was told for longer than its habit."""

    area: str
    days: int
    """Days since figures of it were last told."""
    usual: int
    """Median days between tellings."""
    last: date
    since: date
    """The day on which it was silent for longer than its habit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DayFacts:
    """What one day brought; lists in a fixed order."""

    day: date
    new: tuple[Change, ...] = ()
    """Points settled for the first time, from recent articles."""
    changed: tuple[Change, ...] = ()
    """Points whose value changed."""
    contradictions: tuple[Change, ...] = ()
    """Points that came to be held on that day."""
    resolved: tuple[Change, ...] = ()
    """Points that were held the day before and stand now."""
    backfilled: int = 0
    """Points that old articles brought."""
    reread: int = 0
    """Points that a re-reading of known articles brought or changed."""
    backfills: tuple[Subject, ...] = ()
    """What each of the points is of that old articles brought."""
    rereads: tuple[Subject, ...] = ()
    """What each of the points is of that a re-reading brought or changed."""
    progress: tuple[Progress, ...] = ()
    """Of the places with news: where they stand against their targets."""
    silent: tuple[Silence, ...] = ()
    source_verdicts: tuple[SourceRun, ...] = ()
    """The day's last round of each source, every one."""
    fetched: int = 0
    """Requests made."""
    pages: int = 0
    """Page versions archived."""
    read: int = 0
    """Article versions read for the first time."""
    figures: int = 0
    """Figures found in them."""
    held: int = 0
    """Figures held back for review on that day."""
    waiting: int = 0
    """Figures that waited for review at its end."""
    verdicts: int = 0
    """Verdicts given."""
    imported: int = 0
    """Plans and official figures imported."""
    hushed: frozenset[str] = frozenset()
    """Sources whose troubles are not told: they serve places that the reader did not ask for."""
    part: bool = False
    """Only what one reader asked for: of some places or indicators."""
