"""Counting the claims on one cell as they come and go: a busy cell has hundreds that say a handful of things. Pure."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from store.claim import Claim, Voice
from store.days import NEVER

SHOWN = 3
"""Most reports that a point of a busy series shows: what stands, what contradicts, the latest."""

_ORDER, _SINCE, _UNTIL = attrgetter("order"), attrgetter("since"), attrgetter("until")


class Tally:
    """The claims that stand, by voice and by vintage.

    Of each voice only its first and its last claim decide anything, and of all claims the last `SHOWN`. So a tally can
    also begin with those and the numbers of what was counted before; then claims may be added, but none removed.
    """

    def __init__(self, *, reports: int = 0, groups: int = 0) -> None:
        self.voices: dict[Voice, list[Claim]] = {}
        """The claims of each voice, by vintage."""
        self.reports = reports
        """Claims that were counted."""
        self._by_vintage: list[Claim] = []
        self._before = groups
        self._groups: Counter[str] = Counter()

    @classmethod
    def resumed(cls, voices: Iterable[Claim], latest: Sequence[Claim], *, reports: int, groups: int) -> "Tally":
        """Go on from what was counted: the first and the last claim of each voice, and the latest of all."""
        tally = cls(reports=reports, groups=groups)
        for claim in voices:
            insort(tally.voices.setdefault(claim.voice, []), claim, key=_ORDER)
        tally._by_vintage = sorted(latest, key=_ORDER)
        return tally

    @property
    def groups(self) -> int:
        """Independent reports: copies count once."""
        return self._before + len(self._groups)

    @property
    def latest(self) -> list[Claim]:
        """The last claims, at most `SHOWN`, by vintage."""
        return self._by_vintage[-SHOWN:]

    def add(self, claims: Iterable[Claim], known: Iterable[str] = ()) -> "Tally":
        """Count more claims; groups that are `known` were counted before."""
        known = set(known)
        for claim in claims:
            _insert(self.voices.setdefault(claim.voice, []), claim)
            _insert(self._by_vintage, claim)
            self.reports += 1
            if claim.report.group not in known:
                self._groups[claim.report.group] += 1
        return self

    def remove(self, claims: Iterable[Claim]) -> None:
        """Forget claims that no longer stand."""
        for claim in claims:
            mine = self.voices[claim.voice]
            _delete(mine, claim)
            if not mine:
                del self.voices[claim.voice]
            _delete(self._by_vintage, claim)
            self.reports -= 1
            self._groups[claim.report.group] -= 1
            if not self._groups[claim.report.group]:
                del self._groups[claim.report.group]

    def by_vintage(self) -> list[Claim]:
        """Give all claims, the latest last; of a tally that was resumed only those that it knows."""
        return list(self._by_vintage)


def _insert(claims: list[Claim], claim: Claim) -> None:
    """Insert by vintage; nearly all come in that order."""
    if not claims or claims[-1].order <= claim.order:
        claims.append(claim)
    else:
        insort(claims, claim, key=_ORDER)


def _delete(claims: list[Claim], claim: Claim) -> None:
    place = bisect_left(claims, claim.order, key=_ORDER)
    while claims[place] is not claim:
        place += 1
    del claims[place]


def stretches(cell: Sequence[Claim], at: str | None = None) -> Iterator[tuple[str, Tally]]:
    """Give (moment, what stands from then on) for each moment, up to `at`, at which a claim began or ended.

    It is one tally that changes: what is wanted of it must be taken before the next.
    """
    begun = sorted(cell, key=lambda claim: (claim.since, claim.order))
    ended = sorted((claim for claim in cell if claim.until != NEVER), key=_UNTIL)
    tally = Tally()
    first = last = 0
    for moment in sorted({*map(_SINCE, begun), *map(_UNTIL, ended)}):
        if at is not None and moment > at:
            return
        start = first
        while first < len(ended) and ended[first].until <= moment:
            first += 1
        tally.remove(ended[start:first])
        start = last
        while last < len(begun) and begun[last].since <= moment:
            last += 1
        tally.add(begun[start:last])
        yield moment, tally
