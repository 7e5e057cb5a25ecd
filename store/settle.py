"""Settling: of all reports on one series, the one that stands at each period, why, and what disagrees. Pure.

Who wins, in this order:
1. the office's own figure; then a figure that a person accepted; then a correction, over what it corrects;
   then an insurance office's portal; then the press;
2. within a rank a figure told exactly before one told roughly (`gần 1,2 triệu` beside 1.187.432 is agreement);
3. then the later vintage before the earlier; then, of those that agree with it, the one written most exactly.
What differs by more than `TOLERANCE` and is not corrected is a contradiction: it stays visible and holds the point.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Literal

from model.records import Point, Report
from store.days import NEVER
from store.history import flag_history
from store.keys import SeriesKey
from store.precision import half_width, interval, is_rough

OFFICIAL, ACCEPTED, CORRECTION, PORTAL, PRESS = range(5)
"""Ranks of a claim, the strongest first."""

TOLERANCE = {"percent": 0.5}
"""Largest difference between two vintages that is still a revision: absolute, by unit; else `TOLERANCE_SHARE`."""

TOLERANCE_SHARE = 0.02
"""The same as a share of the greater value, for units that count or pay."""

_WHY = {
    OFFICIAL: "official figure", ACCEPTED: "accepted by a person", CORRECTION: "correction", PORTAL: "office portal",
}  # fmt: skip


Voice = tuple[float, str, float, int, bool]
"""Value, qualifier, half the step, rank, whether it corrects."""


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

    @property
    def voice(self) -> Voice:
        """What it says and with what weight; claims of one voice differ only in when and where they were told."""
        report = self.report
        return report.obs_value, report.qualifier, self.half, self.rank, self.corrects

    @property
    def interval(self) -> tuple[float, float]:
        """The least and the greatest true value it allows."""
        report = self.report
        return interval(report.obs_value, report.qualifier, half_width(report.quote, report.obs_value))

    @property
    def half(self) -> float:
        """Half the step in which it is written."""
        return half_width(self.report.quote, self.report.obs_value)


def settle(key: SeriesKey, claims: Iterable[Claim], *, at: str | None = None, history: bool = True) -> list[Point]:
    """Give the points of one series, oldest first.

    `at` is a day (or instant) on the axis of `since`/`until`: only what stood then counts; None is now. `history` adds
    the flags that look at neighbouring points (`fell`, `jumped`).
    """
    cells: dict[tuple[date, date], list[Claim]] = {}
    for claim in claims:
        if at is None or claim.since <= at:
            cells.setdefault((claim.period_end, claim.period_start or date.min), []).append(claim)
    points = []
    for _, cell in sorted(cells.items(), key=lambda item: item[0]):
        point = _settle_cell(key, cell, at)
        if point is not None:
            points.append(point)
    return flag_history(points) if history else points


def _alive(cell: Sequence[Claim], at: str | None) -> list[Claim]:
    if at is None:
        return [claim for claim in cell if claim.until == NEVER]
    return [claim for claim in cell if claim.since <= at < claim.until]


def _settle_cell(key: SeriesKey, cell: list[Claim], at: str | None) -> Point | None:
    cell.sort(key=_order)
    alive = _alive(cell, at)
    if not alive:
        return None
    if len(cell) == 1:
        return _point(key, cell[0], status="settled", why=_why(cell[0], cell, key.unit), flags=cell[0].flags)
    best, corrected = _best(alive, key.unit)
    relations = {claim.voice: relation(best, claim, key.unit) for claim in _latest_voices(alive)}
    against = [c for c in alive if relations[c.voice] == "contradicts" and c not in corrected]
    repeats = _repeats(against, corrected, best)
    flags = set(best.flags)
    flags |= {"corrected"} if corrected else set()
    flags |= {"repeats-corrected"} if repeats else set()
    open_ones = [claim for claim in against if claim not in repeats]
    status: Literal["settled", "held"] = "settled"
    if open_ones:
        overruled = best.rank <= ACCEPTED
        flags.add("press-differs" if overruled else "contradiction")
        status = "settled" if overruled else "held"
    revisions = _revisions(cell, best, key.unit, at)
    if revisions and status == "settled":
        flags.add("revised")
    point = _point(key, best, status=status, why=_why(best, alive, key.unit), flags=tuple(sorted(flags)))
    return replace(point, reports=_reports(best, alive), revisions=tuple(revisions))


def _point(
    key: SeriesKey, best: Claim, *, status: Literal["settled", "held"], why: str, flags: tuple[str, ...]
) -> Point:
    """Make the point of a claim that stands."""
    return Point(
        indicator=key.indicator, measure=key.measure, unit=key.unit, area=best.area or key.area, scope=key.scope,
        of=key.of, denominator=key.denominator, issuer=key.issuer, base_kind=key.base_kind,
        period_start=best.period_start, period_end=best.period_end, obs_value=best.report.obs_value,
        qualifier=best.report.qualifier, status=status, why=why, flags=flags,
        reports=(replace(best.report, stands=True),),
    )  # fmt: skip


def _best(alive: Sequence[Claim], unit: str) -> tuple[Claim, list[Claim]]:
    """Give the claim that stands, and those that a correction sets right; `alive` in the order of `_order`."""
    corrections = [claim for claim in alive if claim.corrects]
    if not corrections:
        return _choose(_latest_voices(alive), unit), []
    corrected = [
        claim
        for claim in alive
        if claim.rank > ACCEPTED and any(_order(c) > _order(claim) and not agrees(c, claim) for c in corrections)
    ]
    live = [claim for claim in alive if claim not in corrected] or list(alive)
    return _choose(_latest_voices(live), unit), corrected


def _latest_voices(claims: Iterable[Claim]) -> list[Claim]:
    """Give the last claim of each voice: a busy cell has hundreds of claims that say a handful of things."""
    voices: dict[Voice, Claim] = {}
    for claim in claims:
        voices[claim.voice] = claim
    return list(voices.values())


def _choose(live: Sequence[Claim], unit: str) -> Claim:
    """Choose by rank, exactness, vintage and fineness, in this order."""
    top = min(_rank(claim) for claim in live)
    tier = [claim for claim in live if _rank(claim) == top]
    exact = [claim for claim in tier if not _rough(claim, unit)] or tier
    latest = max(exact, key=_order)
    together = [claim for claim in exact if agrees(claim, latest)]
    finest = min(claim.half for claim in together)
    return max((claim for claim in together if claim.half <= finest), key=_order)


def _rank(claim: Claim) -> int:
    return min(claim.rank, CORRECTION) if claim.corrects else claim.rank


def _order(claim: Claim) -> tuple[str, object, int]:
    return claim.told, claim.report.fetched_at, claim.id


def _rough(claim: Claim, unit: str) -> bool:
    report = claim.report
    return is_rough(report.obs_value, report.qualifier, claim.half, unit)


def agrees(one: Claim, other: Claim) -> bool:
    """Say whether two claims can both be true as they are written."""
    (low, high), (low2, high2) = one.interval, other.interval
    return low <= high2 and low2 <= high


def relation(best: Claim, other: Claim, unit: str) -> Literal["agrees", "vintage", "contradicts"]:
    """Say how a claim relates to the one that stands: agreement, another vintage within tolerance, contradiction."""
    if agrees(best, other):
        return "agrees"
    (low, high), (low2, high2) = best.interval, other.interval
    gap = max(low - high2, low2 - high)
    allowed = TOLERANCE.get(unit) or TOLERANCE_SHARE * max(abs(best.report.obs_value), abs(other.report.obs_value))
    return "vintage" if gap <= allowed else "contradicts"


def _repeats(against: Sequence[Claim], corrected: Sequence[Claim], best: Claim) -> list[Claim]:
    """Give the claims told after a correction that repeat what it set right."""
    return [c for c in against if best.corrects and any(agrees(c, wrong) for wrong in corrected)]


def _why(best: Claim, alive: Sequence[Claim], unit: str) -> str:
    """Say in a few words why this report stands."""
    if len({claim.report.group for claim in alive}) == 1 and _rank(best) == PRESS:
        return "only report"
    rank = _rank(best)
    if rank in _WHY:
        return _WHY[rank]
    if _order(best) == max(map(_order, alive)):
        return "latest report"
    if any(_order(claim) > _order(best) and _rough(claim, unit) for claim in alive):
        return "exact figure"
    return "most precise of those that agree"


def _reports(best: Claim, alive: Sequence[Claim]) -> tuple[Report, ...]:
    """Give all reports, the standing one first, then the latest first."""
    others = sorted((claim for claim in alive if claim is not best), key=_order, reverse=True)
    return (replace(best.report, stands=True), *(claim.report for claim in others))


def _revisions(cell: Sequence[Claim], best: Claim, unit: str, at: str | None) -> list[Report]:
    """Give what stood before, oldest first: the point is settled again at each day on which something was told."""
    if len({claim.report.obs_value for claim in cell}) == 1:
        return []
    stood: list[Claim] = []
    for then in _stood(cell, unit, at):
        if not stood or stood[-1].report.obs_value != then.report.obs_value:
            stood.append(then)
    if stood and stood[-1].report.obs_value == best.report.obs_value:
        stood.pop()
    return [claim.report for claim in stood]


def _stood(cell: Sequence[Claim], unit: str, at: str | None) -> Iterator[Claim]:
    """Give the claim that stood at the end of each day on which something was told."""
    told = sorted((claim for claim in cell if at is None or claim.since <= at), key=lambda claim: claim.since)
    if any(claim.corrects or claim.until != NEVER for claim in told):
        for day in sorted({claim.since for claim in told}):
            alive = sorted((c for c in told if c.since <= day < c.until), key=_order)
            if alive:
                yield _best(alive, unit)[0]
        return
    voices: dict[Voice, Claim] = {}
    for _, of_day in groupby(told, key=lambda claim: claim.since):
        for claim in of_day:
            known = voices.get(claim.voice)
            if known is None or _order(known) < _order(claim):
                voices[claim.voice] = claim
        yield _choose(list(voices.values()), unit)
