"""Arithmetic between the figures of one text: identities that prove them or accuse them.

Every value is an interval: what rounding (half of the last digit written) and the qualifier leave open. An identity
holds where both sides overlap. A broken one holds back the difference and the ratio in it; a level or target stated on
its own stays, unless another identity accuses it too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.context import Draft
from model.records import Observation

WIDEST = 0.12
"""An identity between intervals wider than this share of the value proves nothing."""
DERIVED = ("change", "change_pct", "target_pct", "target_gap", "share_pct", "rate", "coverage_pct", "uncovered")


@dataclass(frozen=True, slots=True)
class Interval:
    """What a value may be."""

    low: float
    high: float

    def meets(self, other: "Interval") -> bool:
        """Whether both may be the same value."""
        return self.low <= other.high and other.low <= self.high

    def width(self) -> float:
        """Width in terms of the value."""
        middle = abs(self.low + self.high) / 2
        return (self.high - self.low) / middle if middle else 1.0


@dataclass(frozen=True, slots=True)
class Identity:
    """What one side says, what the others make of it, and whose figures they are."""

    said: Interval
    made: Interval
    parts: tuple[int, ...]
    """Numbers of the observations in it, the derived ones first."""


def check(observations: list[Observation], drafts: Sequence[Draft]) -> list[Observation]:
    """Flag the figures that identities prove (`identity-holds`) or accuse (`identity-broken`)."""
    proven: set[int] = set()
    accused: dict[int, int] = {}
    for identity in identities(observations, drafts):
        if max(identity.said.width(), identity.made.width()) > WIDEST and not identity.said.meets(identity.made):
            continue
        if identity.said.meets(identity.made):
            if identity.made.width() <= WIDEST:
                proven.update(identity.parts)
        else:
            for part in identity.parts:
                accused[part] = accused.get(part, 0) + 1
    return [_flagged(number, one, proven, accused) for number, one in enumerate(observations)]


def _flagged(number: int, one: Observation, proven: set[int], accused: dict[int, int]) -> Observation:
    flags = set(one.flags)
    count = accused.get(number, 0)
    if count and (one.measure in DERIVED or count > 1) and number not in proven:
        flags.add("identity-broken")
    elif number in proven:
        flags.add("identity-holds")
    return replace(one, flags=tuple(sorted(flags))) if flags != set(one.flags) else one


def interval_of(one: Observation, draft: Draft) -> Interval:
    """Give what a figure may be, by its rounding and its qualifier."""
    value, half = abs(one.obs_value), draft.precision
    slack = 0.05 * value
    low = value - half - (slack if one.qualifier in ("<", "<=", "~") else 0)
    high = value + half + (slack if one.qualifier in (">", ">=", "~") else 0)
    return Interval(max(low, 0.0), high)


def identities(observations: Sequence[Observation], drafts: Sequence[Draft]) -> Iterator[Identity]:
    """Give every identity between figures that belong together."""
    spans = [interval_of(one, draft) for one, draft in zip(observations, drafts, strict=True)]
    number_of = {id(draft): number for number, draft in enumerate(drafts)}
    for number, draft in enumerate(drafts):
        one = observations[number]
        count = draft.head
        while count is not None and count.measure in DERIVED:
            count = count.head
        head = number_of.get(id(count)) if count is not None else None
        if head is not None and observations[head].indicator != one.indicator:
            head = None
        yield from _whole(number, draft, one, spans)
        if head is None:
            continue
        if one.measure == "target_pct":
            yield from _plan(number, head, observations, spans)
        elif one.measure == "target_gap":
            yield from _gap(number, head, observations, spans)
        elif one.measure == "change_pct":
            yield from _growth(number, head, observations, spans)
        elif one.measure == "change":
            yield from _difference(number, head, observations, spans)
    yield from _sums(observations, spans)


def _near(number: int, observations: Sequence[Observation], measure: str, unit: str) -> Iterator[int]:
    """The figures of a measure and unit, of the same indicator and area, in the neighbourhood."""
    one = observations[number]
    for other in range(max(0, number - 5), min(len(observations), number + 6)):
        row = observations[other]
        same = (row.measure, row.unit, row.indicator, row.area) == (measure, unit, one.indicator, one.area)
        if same and other != number and row.scope == one.scope:
            yield other


def _divided(over: Interval, under: Interval, times: float = 100.0) -> Interval:
    if under.low <= 0:
        return Interval(0.0, float("inf"))
    return Interval(times * over.low / under.high, times * over.high / under.low)


def _whole(number: int, draft: Draft, one: Observation, spans: Sequence[Interval]) -> Iterator[Identity]:
    """`51/80 trường hợp, đạt 63,75%`: the share and its parts."""
    if draft.measure == "coverage_pct" and draft.head is not None and draft.head.whole:
        made = 100 * abs(draft.head.value) / draft.head.whole
        yield Identity(spans[number], Interval(made, made), (number,))


def _plan(number: int, head: int, observations: Sequence[Observation], spans: Sequence[Interval]) -> Iterator[Identity]:
    unit = observations[head].unit
    for target in _near(number, observations, "target", unit):
        yield Identity(spans[number], _divided(spans[head], spans[target]), (number, head, target))
        break
    for gap in _near(number, observations, "target_gap", unit):
        sign = -1 if observations[gap].obs_value < 0 else 1
        whole = Interval(spans[head].low + sign * spans[gap].low, spans[head].high + sign * spans[gap].high)
        yield Identity(spans[number], _divided(spans[head], whole), (number, gap, head))
        break


def _gap(number: int, head: int, observations: Sequence[Observation], spans: Sequence[Interval]) -> Iterator[Identity]:
    one = observations[number]
    if one.unit == "percent":
        for cover in _near(number, observations, "coverage_pct", "percent"):
            for target in _near(number, observations, "target", "percent"):
                low = spans[target].low - spans[cover].high
                high = spans[target].high - spans[cover].low
                signed = (low, high) if one.obs_value >= 0 else (-high, -low)
                yield Identity(spans[number], Interval(*signed), (number, cover, target))
                return
    for target in _near(number, observations, "target", one.unit):
        low, high = spans[target].low - spans[head].high, spans[target].high - spans[head].low
        signed = (low, high) if one.obs_value >= 0 else (-high, -low)
        yield Identity(spans[number], Interval(*signed), (number, head, target))
        return


def _growth(
    number: int, head: int, observations: Sequence[Observation], spans: Sequence[Interval]
) -> Iterator[Identity]:
    one, unit = observations[number], observations[head].unit
    for change in _near(number, observations, "change", unit):
        row = observations[change]
        if abs(change - number) > 1 or (row.base_end, row.sentence) != (one.base_end, one.sentence):
            continue
        sign = -1 if row.obs_value < 0 else 1
        base = Interval(spans[head].low - sign * spans[change].high, spans[head].high - sign * spans[change].low)
        yield Identity(spans[number], _divided(spans[change], base), (number, change, head))
        return


def _difference(
    number: int, head: int, observations: Sequence[Observation], spans: Sequence[Interval]
) -> Iterator[Identity]:
    one = observations[number]
    for base in _near(number, observations, "level", one.unit):
        row = observations[base]
        if base != head and one.base_end is not None and row.period_end == one.base_end:
            low, high = spans[head].low - spans[base].high, spans[head].high - spans[base].low
            signed = (low, high) if one.obs_value >= 0 else (-high, -low)
            yield Identity(spans[number], Interval(*signed), (number, head, base))
            return


def _sums(observations: Sequence[Observation], spans: Sequence[Interval]) -> Iterator[Identity]:
    """Compulsory and voluntary make the whole."""
    levels = {
        (one.indicator, one.area, one.period_end): number
        for number, one in enumerate(observations)
        if one.measure == "level" and one.scope is None
    }
    for (indicator, area, day), number in levels.items():
        scheme, _, concept = indicator.partition(".")
        if scheme != "BHXH":
            continue
        parts = [levels.get((f"{part}.{concept}", area, day)) for part in ("BHXH_BB", "BHXH_TN")]
        if parts[0] is not None and parts[1] is not None:
            one, other = spans[parts[0]], spans[parts[1]]
            yield Identity(
                spans[number], Interval(one.low + other.low, one.high + other.high), (number, parts[0], parts[1])
            )
