"""Settling: of all reports on one series, the one that stands at each period, why, and what disagrees. Pure.

Who wins, in this order:
1. the office's own figure; then a figure that a person accepted; then a correction, over what it corrects;
   then an insurance office's portal; then the press;
2. within a rank a figure told exactly before one told roughly (`gần 1,2 triệu` beside 1.187.432 is agreement);
3. then the later vintage before the earlier; then, of those that agree with it, the one written most exactly.
What differs by more than `TOLERANCE` and is not corrected is a contradiction: it stays visible and holds the point.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from model.records import Point
from store.claim import ACCEPTED, CORRECTION, OFFICIAL, PORTAL, PRESS, Claim, Outcome, point_of
from store.history import flag_history
from store.keys import SeriesKey
from store.precision import is_rough
from store.tally import SHOWN, Tally, stretches

__all__ = ["ACCEPTED", "CORRECTION", "OFFICIAL", "PORTAL", "PRESS", "Claim", "revisions", "settle", "vintages"]

TOLERANCE = {"percent": 0.5}
"""Largest difference between two vintages that is still a revision: absolute, by unit; else `TOLERANCE_SHARE`."""

TOLERANCE_SHARE = 0.02
"""The same as a share of the greater value, for units that count or pay."""

MOST_BEFORE = 2
"""Most values that a point of a busy series tells of what stood before it; the last ones."""

KEPT_BEFORE = 8
"""Most values that any point keeps of what stood before it; the rest is found in its reports."""

BUSY = 100
"""A series is busy, unless all is asked for, where its points with more than `SHOWN` reports have more in all."""

_WHY = {
    OFFICIAL: "official figure", ACCEPTED: "accepted by a person", CORRECTION: "correction", PORTAL: "office portal",
}  # fmt: skip


def settle(
    key: SeriesKey, claims: Iterable[Claim], *, at: str | None = None, history: bool = True, every: bool = True
) -> list[Point]:
    """Give the points of one series, oldest first.

    `at` is a day (or instant) on the axis of `since`/`until`: only what stood then counts; None is now. `history` adds
    the flags that look at neighbouring points (`fell`, `jumped`). `every` shows all reports, else at most `SHOWN`.
    """
    points = []
    for cell in cells_of(claim for claim in claims if at is None or claim.since <= at):
        stood, tally = list[Claim](), Tally()
        one_value = len({claim.report.obs_value for claim in cell}) == 1
        for _, tally in stretches(cell, at):
            if tally.reports and not one_value:
                stood.append(_standing(tally, key.unit)[0])
        if not tally.reports:
            continue
        outcome = weigh(tally, key.unit)
        others = [claim for claim in reversed(tally.by_vintage()) if claim is not outcome.best]
        points.append(point_of(key, outcome, revisions(stood), others if every else outcome.shown[1:]))
    return flag_history(points) if history else points


def cells_of(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Give the claims on each period, by period."""
    cells: dict[tuple[date, date], list[Claim]] = {}
    for claim in claims:
        cells.setdefault((claim.period_end, claim.period_start or date.min), []).append(claim)
    return [cell for _, cell in sorted(cells.items(), key=lambda item: item[0])]


def vintages(cell: Sequence[Claim], unit: str) -> Iterator[tuple[str, Tally, Outcome | None]]:
    """Give (day, what stood, outcome) for each day on which a claim on a cell began or ended; None: nothing stood.

    It is one tally that changes: what is wanted of it must be taken before the next.
    """
    for day, tally in stretches(cell):
        yield day, tally, weigh(tally, unit) if tally.reports else None


def revisions(stood: Sequence[Claim]) -> list[Claim]:
    """Give what stood before the last of these claims, oldest first: each value once in a row."""
    changes: list[Claim] = []
    for claim in stood:
        if not changes or changes[-1].report.obs_value != claim.report.obs_value:
            changes.append(claim)
    return changes[:-1]


def weigh(tally: Tally, unit: str) -> Outcome:
    """Settle one cell from the claims that stand."""
    lasts = [voice[-1] for voice in tally.voices.values()]
    if tally.reports == 1:
        return _alone(lasts[0])
    best, wrong = _standing(tally, unit)
    corrections = _corrections(tally)
    against = [c for c in lasts if relation(best, c, unit) == "contradicts" and not _outdone(c, corrections)]
    repeats = [c for c in against if best.corrects and any(agrees(c, one) for one in wrong)]
    against = [c for c in against if c not in repeats]
    found = {
        *(flag for claim in lasts for flag in claim.flags),
        *(["corrected"] if wrong else []),
        *(["repeats-corrected"] if repeats else []),
    }
    status: Literal["settled", "held"] = "settled"
    if against:
        overruled = best.rank <= ACCEPTED
        found.add("press-differs" if overruled else "contradiction")
        status = "settled" if overruled else "held"
    return Outcome(
        best=best, status=status, why=_why(tally, best, unit), flags=tuple(sorted(found)),
        shown=_shown(best, against, tally.latest), reports=tally.reports, groups=tally.groups,
    )  # fmt: skip


def _alone(claim: Claim) -> Outcome:
    """Settle a cell of one report: most cells are such."""
    return Outcome(
        best=claim, status="settled", why=_WHY.get(_rank(claim), "only report"), flags=tuple(sorted(claim.flags)),
        shown=(claim,), reports=1, groups=1,
    )  # fmt: skip


def _standing(tally: Tally, unit: str) -> tuple[Claim, list[Claim]]:
    """Give the claim that stands, and one claim of each voice that a correction sets right."""
    lasts = [voice[-1] for voice in tally.voices.values()]
    corrections = _corrections(tally)
    wrong = [voice[0] for voice in tally.voices.values() if _outdone(voice[0], corrections)]
    live = [claim for claim in lasts if not _outdone(claim, corrections)] if wrong else lasts
    return _choose(live or lasts, unit), wrong


def _corrections(tally: Tally) -> list[Claim]:
    """Give the last correction of each voice."""
    return [voice[-1] for voice in tally.voices.values() if voice[-1].corrects]


def _outdone(claim: Claim, corrections: Sequence[Claim]) -> bool:
    """Say whether a later correction sets a claim right."""
    return claim.rank > ACCEPTED and any(c.order > claim.order and not agrees(c, claim) for c in corrections)


def _why(tally: Tally, best: Claim, unit: str) -> str:
    """Say in a few words why this report stands."""
    rank = _rank(best)
    if tally.groups == 1 and rank == PRESS:
        return "only report"
    if rank in _WHY:
        return _WHY[rank]
    lasts = [voice[-1] for voice in tally.voices.values()]
    if best.order == max(map(_order, lasts)):
        return "latest report"
    if any(claim.order > best.order and _rough(claim, unit) for claim in lasts):
        return "exact figure"
    return "most precise of those that agree"


def _shown(best: Claim, against: Iterable[Claim], latest: Sequence[Claim]) -> tuple[Claim, ...]:
    """Choose the reports that a point shows: what stands, the last of each voice against it, then the latest."""
    voices = {claim.voice[:-1]: claim for claim in sorted(against, key=_order)}
    others: list[Claim] = []
    for claim in (*sorted(voices.values(), key=_order, reverse=True), *reversed(latest)):
        if len(others) < SHOWN - 1 and claim.told_by not in {best.told_by, *(other.told_by for other in others)}:
            others.append(claim)
    return (best, *sorted(others, key=_order, reverse=True))


def _choose(live: Iterable[Claim], unit: str) -> Claim:
    """Choose by rank, exactness, vintage and fineness, in this order; `live` holds the last claim of each voice."""
    voices = list(live)
    if len(voices) == 1:
        return voices[0]
    top = min(_rank(claim) for claim in voices)
    tier = [claim for claim in voices if _rank(claim) == top]
    exact = [claim for claim in tier if not _rough(claim, unit)] or tier
    latest = max(exact, key=_order)
    together = [claim for claim in exact if agrees(claim, latest)]
    finest = min(claim.half for claim in together)
    return max((claim for claim in together if claim.half <= finest), key=_order)


def _rank(claim: Claim) -> int:
    return min(claim.rank, CORRECTION) if claim.corrects else claim.rank


def _order(claim: Claim) -> tuple[str, object, int]:
    return claim.order


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
