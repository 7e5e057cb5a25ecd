"""What is weighed in settling, and what comes of it: claims of reports on a cell, and the outcome of a cell."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from model.records import Point, Report
from store.days import NEVER
from store.keys import SeriesKey
from store.precision import half_width, interval

OFFICIAL, ACCEPTED, CORRECTION, PORTAL, PRESS = range(5)
"""Ranks of a claim, the strongest first."""

Voice = tuple[float, str, float, int, bool, tuple[str, ...]]
"""Value, qualifier, half the step, rank, whether it corrects, flags."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One report on one cell, with what decides its weight."""

    id: int
    """Observation id; negative for the office's own figures."""
    report: Report
    period_start: date | None
    period_end: date
    rank: int = PRESS
    told: str = ""
    """Day on which it was told: the vintage."""
    since: str = ""
    """Day (or instant) from which it stands, end of the interval excluded."""
    until: str = NEVER
    corrects: bool = False
    """True where the article says that it sets something right."""
    area: str | None = None
    """Code of the area as it was read; None: the series'."""
    flags: tuple[str, ...] = ()
    """What the point is to say of how the claim came to be one on this period."""
    reading: int = 0
    """The reading that told it; 0 for the office's own figures."""

    @property
    def voice(self) -> Voice:
        """What it says and with what weight; claims of one voice differ only in when and where they were told."""
        report = self.report
        return report.obs_value, report.qualifier, self.half, self.rank, self.corrects, self.flags

    @property
    def told_by(self) -> tuple[int, int, str]:
        """Which mention it is, told by which reading on which day."""
        return self.id, self.reading, self.told

    @property
    def interval(self) -> tuple[float, float]:
        """The least and the greatest true value it allows."""
        report = self.report
        return interval(report.obs_value, report.qualifier, half_width(report.quote, report.obs_value))

    @property
    def half(self) -> float:
        """Half the step in which it is written."""
        return half_width(self.report.quote, self.report.obs_value)

    @property
    def order(self) -> tuple[str, object, int]:
        """Vintage first; of one day the one that was read later."""
        return self.told, self.report.fetched_at, self.id


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What settling one cell came to."""

    best: Claim
    """The claim that stands."""
    status: Literal["settled", "held"]
    why: str
    flags: tuple[str, ...]
    shown: tuple[Claim, ...]
    """The claim that stands, then the others from the latest back: at most `settle.SHOWN`."""
    reports: int
    groups: int
    """Independent reports: copies count once."""

    def revised(self, revisions: Sequence[Claim]) -> tuple[str, ...]:
        """Give the flags, with `revised` where something else stood before and nothing is open."""
        if not revisions or self.status == "held":
            return self.flags
        return tuple(sorted({*self.flags, "revised"}))


def point_of(key: SeriesKey, outcome: Outcome, revisions: Sequence[Claim], others: Sequence[Claim]) -> Point:
    """Make the point of an outcome; `others` are the claims shown beside the one that stands."""
    best = outcome.best
    return Point(
        indicator=key.indicator, measure=key.measure, unit=key.unit, area=best.area or key.area, scope=key.scope,
        of=key.of, denominator=key.denominator, issuer=key.issuer, base_kind=key.base_kind,
        period_start=best.period_start, period_end=best.period_end, obs_value=best.report.obs_value,
        qualifier=best.report.qualifier, status=outcome.status, why=outcome.why, flags=outcome.revised(revisions),
        reports=(replace(best.report, stands=True), *(claim.report for claim in others)),
        revisions=tuple(claim.report for claim in revisions), report_count=outcome.reports, group_count=outcome.groups,
    )  # fmt: skip
