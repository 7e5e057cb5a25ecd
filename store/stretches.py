"""What stood of one cell from day to day: settled from all claims, or from what stood and what is new. Pure.

A new claim is folded into the stretches from its own day on. Most of these only count it: it says what was said before,
and later reports are shown. So the work follows what is new, not how often a cell was told of before.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from model.records import Report
from store.claim import Claim, Outcome
from store.days import NEVER, instant, moment_of
from store.history import FLAGGED, says_fall
from store.keys import SeriesKey
from store.precision import half_width
from store.settle import KEPT_BEFORE, vintages, weigh
from store.tally import SHOWN, Tally

Id = tuple[int, int]
"""Observation and reading; the observation negative for the office's own figures."""

Mention = Sequence[Any]
"""Day of telling, instant of reading, observation, reading: the order of vintages. A list where it was kept."""

Said = Sequence[Any]
"""A voice: value, qualifier, quote, rank, whether it corrects, flags; its first and its last mention."""

Seen = Mapping[str, Sequence[tuple[str, str]]]
"""Groups that were counted before → from when and until when."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """What of the claims that stand decides what comes of more of them."""

    voices: Sequence[Said] = ()
    latest: Sequence[Mention] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """What stands of a cell from one day on, until the next on which something was told or ended."""

    since: str
    until: str
    value: float = 0.0
    qualifier: str = "="
    status: str = "settled"
    why: str = ""
    flags: tuple[str, ...] = ()
    """Without `revised` and those that neighbours give."""
    reports: int = 0
    groups: int = 0
    falls: bool = False
    """Whether a report owns to a fall."""
    shown: tuple[Id, ...] = ()
    """The claim that stands, then the others that are shown."""
    before: tuple[Id, ...] = ()
    """What stood before, each value once in a row."""
    first: Id = (0, 0)
    """The claim by which the value that stands came to stand."""
    counted: Counted = field(default_factory=Counted)


def settled(cell: Sequence[Claim], key: SeriesKey, *, counted: bool) -> list[Stretch]:
    """Settle a cell from all its claims, oldest stretch first; `counted` keeps what `folded` goes on from."""
    falling = [claim for claim in cell if key.measure in FLAGGED and says_fall(claim.report.sentence)]
    result: list[Stretch] = []
    gap = True
    for day, tally, outcome in vintages(cell, key.unit):
        if not gap:
            result[-1] = replace(result[-1], until=day)
        gap = outcome is None
        if outcome is not None:
            result.append(_stretch(
                day, NEVER, outcome, falls=any(claim.since <= day < claim.until for claim in falling),
                counted=_counted(tally) if counted else Counted(),
            ))  # fmt: skip
    return _followed(None, result)


def folded(old: Sequence[Stretch], new: Sequence[Claim], key: SeriesKey, seen: Seen) -> list[Stretch]:
    """Give the stretches of a cell with new claims, none of which ends.

    `old` begins with the stretch before the first of the claims, where there is one. `seen` tells of the claims' groups
    where other claims of the cell belong to them.
    """
    days = sorted({claim.since for claim in new})
    # Where nothing stood any more, the new claims stand from then on.
    days = sorted({*days, *(stretch.until for stretch in old if days[0] < stretch.until != NEVER)})
    result = []
    for stretch in _split(old, days):
        told = [claim for claim in new if claim.since <= stretch.since]
        if told:
            known = {group for group, times in seen.items() if any(a <= stretch.since < b for a, b in times)}
            stretch = _with(stretch, told, key, known)  # noqa: PLW2901
        result.append(stretch)
    first = bisect_left(result, days[0], key=lambda stretch: stretch.since)
    return [*result[:first], *_followed(result[first - 1] if first else None, result[first:])]


def _split(old: Sequence[Stretch], days: Sequence[str]) -> list[Stretch]:
    """Begin a stretch at each of these days."""
    result = list(old)
    for day in days:
        place = bisect_left(result, day, key=lambda stretch: stretch.since)
        if place < len(result) and result[place].since == day:
            continue
        if place and day < result[place - 1].until:
            result.insert(place, replace(result[place - 1], since=day))
            result[place - 1] = replace(result[place - 1], until=day)
        else:
            result.insert(place, Stretch(since=day, until=result[place].since if place < len(result) else NEVER))
    return result


def _with(stretch: Stretch, told: Sequence[Claim], key: SeriesKey, known: Collection[str]) -> Stretch:
    """Give a stretch with more claims."""
    falls = stretch.falls or (key.measure in FLAGGED and any(says_fall(claim.report.sentence) for claim in told))
    counted = _recounted(stretch, told) if stretch.groups > 1 else None
    if counted is not None:
        groups = {claim.report.group for claim in told}.difference(known)
        return replace(
            stretch, falls=falls, reports=stretch.reports + len(told), groups=stretch.groups + len(groups),
            counted=counted,
        )  # fmt: skip
    period = told[0].period_start, told[0].period_end
    tally = Tally.resumed(
        (claim for said in stretch.counted.voices for claim in _claims(said, *period)),
        [_claim(_SILENT, one, *period) for one in stretch.counted.latest],
        reports=stretch.reports, groups=stretch.groups,
    ).add(told, known)  # fmt: skip
    return _stretch(
        stretch.since, stretch.until, weigh(tally, key.unit), falls=falls, counted=_counted(tally)
    )  # fmt: skip


def _recounted(stretch: Stretch, told: Sequence[Claim]) -> Counted | None:
    """Give what is counted with more claims where these change nothing of what stands and is shown, else None.

    A claim between the first and the last of its voice only counts. One that becomes the last of a voice that is not
    shown changes nothing either, as long as it comes between the same claims of other voices as the last one did.
    """
    counted = stretch.counted
    if len(counted.latest) < SHOWN:
        return None
    orders = [list(_mention(claim)[:3]) for claim in told]
    if max(orders) > list(counted.latest[0][:3]):
        return None
    voices = list(counted.voices)
    places = {
        (*said[:2], half_width(said[2], said[0]), *said[3:5], tuple(said[5])): place
        for place, said in enumerate(voices)
    }
    changed = False
    for claim, order in zip(told, orders, strict=True):
        place = places.get(claim.voice)
        if place is None:
            return None
        said = voices[place]
        first, last = list(said[6][:3]), list(said[7][:3])
        if first < order < last:
            continue
        if any(one[4] for one in voices):
            return None  # beside corrections the first claim of a voice counts, too
        if order < first:
            voices[place] = (*said[:6], _mention(claim), said[7])
        elif tuple(said[7][2:]) in stretch.shown or any(last < list(one[7][:3]) < order for one in voices):
            return None
        else:
            voices[place] = (*said[:2], claim.report.quote, *said[3:5], claim.flags, said[6], _mention(claim))
        changed = True
    return replace(counted, voices=sorted(voices, key=lambda said: list(said[6]))) if changed else counted


def _stretch(since: str, until: str, outcome: Outcome, *, falls: bool, counted: Counted) -> Stretch:
    best = outcome.best
    return Stretch(
        since=since, until=until, value=float(best.report.obs_value), qualifier=best.report.qualifier,
        status=outcome.status, why=outcome.why, flags=outcome.flags, reports=outcome.reports, groups=outcome.groups,
        falls=falls, shown=tuple((claim.id, claim.reading) for claim in outcome.shown), counted=counted,
    )  # fmt: skip


def _followed(before: Stretch | None, stretches: Sequence[Stretch]) -> list[Stretch]:
    """Say of each stretch what stood before it."""
    result = []
    for stretch in stretches:
        first, values = stretch.shown[0], tuple[Id, ...]()
        if before is not None and before.value == stretch.value:
            first, values = before.first, before.before
        elif before is not None:
            values = (*before.before, before.first)[-KEPT_BEFORE:]
        before = stretch
        if (first, values) != (stretch.first, stretch.before):
            before = replace(stretch, first=first, before=values)
        result.append(before)
    return result


def _counted(tally: Tally) -> Counted:
    return Counted(
        voices=tuple(sorted((_said(voice[0], voice[-1]) for voice in tally.voices.values()), key=lambda said: said[6])),
        latest=tuple(map(_mention, tally.latest)),
    )


def _said(first: Claim, last: Claim) -> Said:
    report = last.report
    return (
        report.obs_value, report.qualifier, report.quote, last.rank, last.corrects, last.flags, _mention(first),
        _mention(last),
    )  # fmt: skip


def _mention(claim: Claim) -> Mention:
    return claim.told, _instant(claim.report.fetched_at), claim.id, claim.reading


@lru_cache(maxsize=16384)
def _instant(moment: datetime) -> str:
    return instant(moment)


_SILENT: Said = (0.0, "=", "", 0, False, (), ("", "", 0, 0), ("", "", 0, 0))
"""What a claim says of which only the order counts."""


def _claims(said: Said, period_start: date | None, period_end: date) -> Iterator[Claim]:
    """Give the first and the last claim of a voice; of the first only its order counts, and what it says."""
    yield _claim(said, said[7], period_start, period_end)
    if said[6] != said[7]:
        yield _claim(said, said[6], period_start, period_end)


def _claim(said: Said, mention: Mention, period_start: date | None, period_end: date) -> Claim:
    report = Report(
        doc="", url=None, outlet=None, published=None, fetched_at=moment_of(mention[1]), quote=said[2], sentence="",
        obs_value=said[0], qualifier=said[1], group="",
    )  # fmt: skip
    return Claim(
        id=mention[2], report=report, period_start=period_start, period_end=period_end, rank=said[3], told=mention[0],
        since=mention[0], corrects=said[4], flags=tuple(said[5]), reading=mention[3],
    )  # fmt: skip
