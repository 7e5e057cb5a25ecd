"""Settling: of all reports on one series, the one that stands at each period, why, and what disagrees. Pure.

Who wins, in this order:
1. the office's own figure; then a figure that a person accepted; then a correction, over what it corrects;
   then an insurance office's portal; then the press;
2. within a rank a figure told exactly before one told roughly (`gần 1,2 triệu` beside 1.187.432 is agreement);
3. then the later vintage before the earlier; then, of those that agree with it, the one written most exactly.
What differs by more than `TOLERANCE` and is not corrected is a contradiction: it stays visible and holds the point.
"""

from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Literal

from model.records import Point
from store.claim import ACCEPTED, CORRECTION, OFFICIAL, PORTAL, PRESS, Claim, Outcome, Voice, point_of
from store.days import NEVER
from store.history import flag_history
from store.keys import SeriesKey
from store.precision import is_rough

__all__ = ["ACCEPTED", "CORRECTION", "OFFICIAL", "PORTAL", "PRESS", "Claim", "revisions", "settle", "vintages"]

TOLERANCE = {"percent": 0.5}
"""Largest difference between two vintages that is still a revision: absolute, by unit; else `TOLERANCE_SHARE`."""

TOLERANCE_SHARE = 0.02
"""The same as a share of the greater value, for units that count or pay."""

SHOWN = 3
"""Most reports that a point of a busy series shows: what stands, what contradicts, the latest."""

MOST_BEFORE = 2
"""Most values that such a point tells of what stood before it; the last ones."""

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
        alive = sorted(_alive(cell, at), key=_order)
        if not alive:
            continue
        outcome = weigh(alive, key.unit)
        others = [claim for claim in reversed(alive) if claim is not outcome.best] if every else outcome.shown[1:]
        points.append(point_of(key, outcome, _revisions(cell, outcome.best, key.unit, at), others))
    return flag_history(points) if history else points


def cells_of(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Give the claims on each period, by period."""
    cells: dict[tuple[date, date], list[Claim]] = {}
    for claim in claims:
        cells.setdefault((claim.period_end, claim.period_start or date.min), []).append(claim)
    return [cell for _, cell in sorted(cells.items(), key=lambda item: item[0])]


def vintages(cell: Sequence[Claim], unit: str) -> Iterator[tuple[str, Outcome | None]]:
    """Give (day, outcome) for each day on which something was told of a cell or ended; None where nothing stood."""
    if _changeable(cell):
        for day, alive in _stretches(cell, None):
            yield day, weigh(alive, unit) if alive else None
        return
    if len(cell) == 1:
        yield cell[0].since, _alone(cell[0])
        return
    tally = Tally()
    for day, told in groupby(sorted(cell, key=_since), key=_since):
        tally.add(told)
        yield day, tally.outcome(unit)


def _alone(claim: Claim) -> Outcome:
    """Settle a cell of one report: most cells are such."""
    return Outcome(
        best=claim, status="settled", why=_WHY.get(_rank(claim), "only report"), flags=tuple(sorted(claim.flags)),
        shown=(claim,), reports=1, groups=1,
    )  # fmt: skip


def revisions(stood: Sequence[Claim]) -> list[Claim]:
    """Give what stood before the last of these claims, oldest first: each value once in a row."""
    changes: list[Claim] = []
    for claim in stood:
        if not changes or changes[-1].report.obs_value != claim.report.obs_value:
            changes.append(claim)
    return changes[:-1]


def weigh(alive: Sequence[Claim], unit: str) -> Outcome:
    """Settle one cell; `alive` are the claims that stand, by vintage."""
    if len(alive) == 1:
        return _alone(alive[0])
    corrections = [claim for claim in alive if claim.corrects]
    tally = Tally(alive)
    if not corrections:
        return tally.outcome(unit)
    corrected = _corrected(alive, corrections)
    best = _choose(Tally([claim for claim in alive if claim not in corrected] or alive).voices.values(), unit)
    relations = {claim.voice: relation(best, claim, unit) for claim in tally.voices.values()}
    against = [c for c in alive if relations[c.voice] == "contradicts" and c not in corrected]
    repeats = [c for c in against if best.corrects and any(agrees(c, wrong) for wrong in corrected)]
    flags = {*(["corrected"] if corrected else []), *(["repeats-corrected"] if repeats else [])}
    return tally.outcome(unit, best=best, against=[c for c in against if c not in repeats], flags=flags)


class Tally:
    """The claims on one cell, counted as they come: a busy cell has hundreds that say a handful of things."""

    def __init__(self, claims: Iterable[Claim] = ()) -> None:
        self.voices: dict[Voice, Claim] = {}
        """The last claim of each voice."""
        self._latest: list[Claim] = []
        self._groups: set[str] = set()
        self._reports = 0
        self.add(claims)

    def add(self, claims: Iterable[Claim]) -> None:
        """Count more claims."""
        for claim in claims:
            known = self.voices.get(claim.voice)
            if known is None or _order(known) < _order(claim):
                self.voices[claim.voice] = claim
            insort(self._latest, claim, key=_order)
            del self._latest[:-SHOWN]
            self._groups.add(claim.report.group)
            self._reports += 1

    def best(self, unit: str) -> Claim:
        """Give the claim that stands where nothing is corrected."""
        return _choose(self.voices.values(), unit)

    def outcome(
        self, unit: str, *, best: Claim | None = None, against: Sequence[Claim] | None = None,
        flags: Iterable[str] = (),
    ) -> Outcome:  # fmt: skip
        """Settle what was counted; a correction says which claim stands and which contradict it."""
        if best is None:
            best = self.best(unit)
        if against is None:
            against = [c for c in self.voices.values() if relation(best, c, unit) == "contradicts"]
        found = {*best.flags, *flags}
        status: Literal["settled", "held"] = "settled"
        if against:
            overruled = best.rank <= ACCEPTED
            found.add("press-differs" if overruled else "contradiction")
            status = "settled" if overruled else "held"
        return Outcome(
            best=best, status=status, why=self._why(best, unit), flags=tuple(sorted(found)),
            shown=_shown(best, against, self._latest), reports=self._reports, groups=len(self._groups),
        )  # fmt: skip

    def _why(self, best: Claim, unit: str) -> str:
        """Say in a few words why this report stands."""
        rank = _rank(best)
        if len(self._groups) == 1 and rank == PRESS:
            return "only report"
        if rank in _WHY:
            return _WHY[rank]
        voices = self.voices.values()
        if _order(best) == max(map(_order, voices)):
            return "latest report"
        if any(_order(claim) > _order(best) and _rough(claim, unit) for claim in voices):
            return "exact figure"
        return "most precise of those that agree"


def _alive(cell: Iterable[Claim], at: str | None) -> list[Claim]:
    if at is None:
        return [claim for claim in cell if claim.until == NEVER]
    return [claim for claim in cell if claim.since <= at < claim.until]


def _shown(best: Claim, against: Iterable[Claim], latest: Sequence[Claim]) -> tuple[Claim, ...]:
    """Choose the reports that a point shows: what stands, the last of each voice against it, then the latest."""
    voices = {claim.voice: claim for claim in sorted(against, key=_order)}
    others: list[Claim] = []
    for claim in (*sorted(voices.values(), key=_order, reverse=True), *reversed(latest)):
        if len(others) < SHOWN - 1 and claim is not best and not any(claim is other for other in others):
            others.append(claim)
    return (best, *sorted(others, key=_order, reverse=True))


def _corrected(alive: Sequence[Claim], corrections: Sequence[Claim]) -> list[Claim]:
    """Give the claims that a later correction sets right."""
    return [
        claim
        for claim in alive
        if claim.rank > ACCEPTED and any(_order(c) > _order(claim) and not agrees(c, claim) for c in corrections)
    ]


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


def _since(claim: Claim) -> str:
    return claim.since


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


def _revisions(cell: Sequence[Claim], best: Claim, unit: str, at: str | None) -> list[Claim]:
    """Give what stood before, oldest first: the cell is settled again at each moment at which something was told."""
    if len({claim.report.obs_value for claim in cell}) == 1:
        return []
    if _changeable(cell):
        return revisions([*(weigh(alive, unit).best for _, alive in _stretches(cell, at) if alive), best])
    tally, stood = Tally(), list[Claim]()
    for _, told in groupby(sorted(cell, key=_since), key=_since):
        tally.add(told)
        stood.append(tally.best(unit))
    return revisions(stood)


def _changeable(cell: Iterable[Claim]) -> bool:
    """Say whether a claim on the cell was taken back or sets another right: then claims do not only add up."""
    return any(claim.corrects or claim.until != NEVER for claim in cell)


def _stretches(cell: Sequence[Claim], at: str | None) -> Iterator[tuple[str, list[Claim]]]:
    """Give the claims that stood from each moment on at which one began or ended, by vintage."""
    for moment in sorted({moment for claim in cell for moment in (claim.since, claim.until)} - {NEVER}):
        if at is None or moment <= at:
            yield moment, sorted(_alive(cell, moment), key=_order)
