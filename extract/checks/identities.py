"""The identities that figures of one text can be in: what one side says, and what the others make of it.

An identity is strong where its figures stand in one sentence and nothing else could be meant: only then does a mismatch
accuse. It is tied where the words say that the figures are of each other. Elsewhere only the same place, period and
indicator bring them together, and only a close agreement counts.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from extract.checks.intervals import Identity, Interval, interval_of
from extract.context import Draft
from model.records import Observation

COUNTS = ("level", "gain")
NEAR = 12
"""How many figures away a partner may stand."""
MOST_PARTS = 12


class Figures:
    """The figures of one text, and which of them belong together."""

    def __init__(self, observations: Sequence[Observation], drafts: Sequence[Draft]) -> None:
        self.rows = observations
        self.drafts = drafts
        self.spans = [interval_of(one, draft) for one, draft in zip(observations, drafts, strict=True)]
        self._number = {id(draft): number for number, draft in enumerate(drafts)}
        self._beside = Counter((one.sentence, one.measure, one.unit) for one in observations)

    def number_of(self, draft: Draft | None) -> int | None:
        """Give the number of a draft's figure; None where there is none."""
        return self._number.get(id(draft)) if draft is not None else None

    def head(self, number: int) -> int | None:
        """Give the count that a difference or ratio speaks of; None where it has none of its own indicator."""
        count = self.drafts[number].head
        while count is not None and count.measure not in COUNTS:
            count = count.head
        found = self.number_of(count)
        return found if found is not None and self.rows[found].indicator == self.rows[number].indicator else None

    def near(self, number: int, measures: Sequence[str], *, percent: bool) -> list[int]:
        """Give the figures of some measures, as percentages or counts, of the same indicator, place and scope."""
        one = self.rows[number]
        found = []
        for other in range(max(0, number - NEAR), min(len(self.rows), number + NEAR + 1)):
            row = self.rows[other]
            if other == number or row.measure not in measures or (row.unit == "percent") != percent:
                continue
            if (row.indicator, row.area, row.scope) == (one.indicator, one.area, one.scope):
                found.append(other)
        return found

    def together(self, *numbers: int) -> bool:
        """Whether figures stand in one sentence."""
        return len({self.rows[number].sentence for number in numbers}) == 1

    def alone(self, number: int) -> bool:
        """Whether a figure is the only one of its measure and unit in its sentence."""
        return self.beside(number) == 1

    def beside(self, number: int) -> int:
        """Give how many figures of its measure and unit a figure's sentence has."""
        row = self.rows[number]
        return self._beside[row.sentence, row.measure, row.unit]

    def sole(self, number: int, count: int) -> bool:
        """Whether a figure is of a count that its sentence names as the only one."""
        return self.head(number) == count and self.together(number, count) and self.alone(number) and self.alone(count)

    def counts(self, number: int) -> Iterator[tuple[int, bool]]:
        """Give the counts that a figure may be of, and whether the words say that it is this one."""
        head = self.head(number)
        if head is not None:
            yield head, True
        one = self.rows[number]
        for count in self.near(number, COUNTS, percent=False):
            row = self.rows[count]
            if count != head and (row.period_end == one.period_end or self.together(number, count)):
                yield count, False

    def holds(self, whole: int, part: int) -> bool:
        """Whether a count may be the whole of another: larger, of the same kind, of its sentence or insurance."""
        row, other = self.rows[whole], self.rows[part]
        if whole == part or row.measure not in COUNTS or row.unit != other.unit or row.obs_value <= other.obs_value:
            return False
        if self.together(whole, part):
            return True
        (schemes, _, concept), (own, _, same) = row.indicator.partition("."), other.indicator.partition(".")
        within = set(own.split("+")) <= set(schemes.split("+"))
        return within and concept == same and row.scope is None and row.area == other.area

    def plans(self, number: int, count: int) -> list[int]:
        """Give the targets of the same year and unit as a count."""
        row = self.rows[count]
        found = []
        for target in self.near(number, ("target",), percent=False):
            plan = self.rows[target]
            years = {day.year for day in (plan.period_end, row.period_end) if day is not None}
            if plan.unit == row.unit and len(years) < 2:
                found.append(target)
        return found


def identities(observations: Sequence[Observation], drafts: Sequence[Draft]) -> Iterator[Identity]:
    """Give every identity between figures that belong together."""
    figures = Figures(observations, drafts)
    finders = {
        "target_pct": _plan,
        "target_gap": _gap,
        "change_pct": _growth,
        "change": _difference,
        "coverage_pct": _cover,
        "share_pct": _share,
    }
    for number, one in enumerate(observations):
        find = finders.get(one.measure)
        if find is not None:
            yield from find(figures, number)
    yield from _schemes(figures)
    yield from _parts(figures)


def _divided(over: Interval, under: Interval, times: float = 100.0) -> Interval:
    if under.low <= 0:
        return Interval(0.0, float("inf"))
    return Interval(times * over.low / under.high, times * over.high / under.low)


def _less(one: Interval, other: Interval, sign: float) -> Interval:
    """Give a difference as its figure is written: without its sign."""
    low, high = one.low - other.high, one.high - other.low
    return Interval(low, high) if sign >= 0 else Interval(-high, -low)


def _plan(figures: Figures, number: int) -> Iterator[Identity]:
    """`747.712 người, đạt 98,9% kế hoạch (756.204 người)`, `còn thiếu 8.492 người`."""
    spans, said, of = figures.spans, figures.spans[number], figures.rows[number].of
    for count, tied in figures.counts(number):
        own = figures.sole(number, count) and of in (None, figures.rows[count].measure)
        plans = figures.plans(number, count)
        beside = [plan for plan in plans if figures.together(number, plan)]
        for plan in plans:
            made = _divided(spans[count], spans[plan])
            yield Identity(said, made, (number, count, plan), own and beside == [plan], tied)
        for gap in figures.near(number, ("target_gap",), percent=False):
            if figures.rows[gap].unit == figures.rows[count].unit:
                made = _divided(spans[count], _more(spans[count], spans[gap], figures.rows[gap].obs_value))
                strong = own and not beside and figures.together(number, gap)
                yield Identity(said, made, (number, gap, count), strong, tied)


def _more(one: Interval, other: Interval, sign: float) -> Interval:
    """Give what a count and a difference make, added or, where the difference is negative, taken away."""
    if sign < 0:
        return Interval(one.low - other.high, one.high - other.low)
    return Interval(one.low + other.low, one.high + other.high)


def _gap(figures: Figures, number: int) -> Iterator[Identity]:
    """`86,25%, thấp hơn 5,25% so với chỉ tiêu (91,5%)`; `còn thiếu 8.492 người`."""
    one, spans = figures.rows[number], figures.spans
    if one.unit == "percent":
        yield from _points(figures, number)
        return
    for count, tied in figures.counts(number):
        plans = figures.plans(number, count)
        for plan in plans:
            strong = figures.sole(number, count) and figures.together(number, plan) and len(plans) == 1
            made = _less(spans[plan], spans[count], one.obs_value)
            yield Identity(spans[number], made, (number, count, plan), strong, tied)


def _points(figures: Figures, number: int) -> Iterator[Identity]:
    """A gap in percentage points: between coverage and its target, or over a plan that is more than reached."""
    one, spans = figures.rows[number], figures.spans
    for cover in figures.near(number, ("coverage_pct", "rate"), percent=True):
        for plan in figures.near(number, ("target",), percent=True):
            tied = figures.together(number, cover, plan)
            strong = tied and all(map(figures.alone, (number, cover, plan)))
            made = _less(spans[plan], spans[cover], one.obs_value)
            yield Identity(spans[number], made, (number, cover, plan), strong, tied)
    for reached in figures.near(number, ("target_pct",), percent=True):  # đạt 108% kế hoạch, vượt 8%
        if figures.together(number, reached):
            made = _less(Interval(100, 100), spans[reached], one.obs_value)
            yield Identity(spans[number], made, (number, reached), strong=False, tied=True)


def _growth(figures: Figures, number: int) -> Iterator[Identity]:
    """`tăng 3.959 người (0,5%)`, `8.475 người, cùng kỳ 8.000 người, tăng 5,9%`."""
    one, spans, said = figures.rows[number], figures.spans, figures.spans[number]
    for count, of in figures.counts(number):
        for change in figures.near(number, ("change",), percent=False):
            row = figures.rows[change]
            if row.unit != figures.rows[count].unit or row.base_end != one.base_end:
                continue
            beside = abs(change - number) == 1 and figures.together(number, change)
            made = _divided(spans[change], _more(spans[count], spans[change], -row.obs_value))
            strong = beside and figures.sole(number, count)
            yield Identity(said, made, (number, change, count), strong, of and beside)
        for base in _bases(figures, number, count):
            made = _divided(_less(spans[count], spans[base], one.obs_value), spans[base])
            tied = figures.together(number, count, base)
            yield Identity(said, made, (number, count, base), strong=False, tied=tied)


def _difference(figures: Figures, number: int) -> Iterator[Identity]:
    """`9.287 người, cùng kỳ 6.481 người, tăng 2.806 người`."""
    one, spans = figures.rows[number], figures.spans
    for count, _ in figures.counts(number):
        if figures.rows[count].unit != one.unit:
            continue
        for base in _bases(figures, number, count):
            dated = figures.rows[base].period_end == one.base_end is not None
            strong = dated and figures.together(number, count, base) and figures.beside(count) == 2
            made = _less(spans[count], spans[base], one.obs_value)
            yield Identity(spans[number], made, (number, count, base), strong)
    if one.unit == "percent":
        covers = figures.near(number, ("coverage_pct", "rate", "share_pct"), percent=True)
        for cover in covers:
            for base in covers:
                if figures.rows[base].period_end == one.base_end is not None and base != cover:
                    made = _less(spans[cover], spans[base], one.obs_value)
                    yield Identity(spans[number], made, (number, cover, base), strong=False)


def _bases(figures: Figures, number: int, count: int) -> list[int]:
    """Give the counts that a change may compare with: those at its day, and the others of its sentence."""
    one, row = figures.rows[number], figures.rows[count]
    found = []
    for base in figures.near(number, (row.measure,), percent=False):
        other = figures.rows[base]
        dated = other.period_end == one.base_end is not None
        if base != count and other.unit == row.unit and (dated or figures.together(number, count, base)):
            found.append(base)
    return found


def _cover(figures: Figures, number: int) -> Iterator[Identity]:
    """`51/80, đạt 63,75%`; `90% có thẻ, 10% chưa tham gia`; `có 9.000 người, còn 1.000 người chưa tham gia`."""
    spans, draft, said = figures.spans, figures.drafts[number], figures.spans[number]
    if draft.head is not None and draft.head.whole:
        made = 100 * abs(draft.head.value) / draft.head.whole
        yield Identity(said, Interval(made, made), (number,))
    for left in figures.near(number, ("uncovered",), percent=True):
        if figures.rows[left].period_end == figures.rows[number].period_end:
            yield Identity(said, _less(Interval(100, 100), spans[left], 1), (number, left), strong=False)
    for count, _ in figures.counts(number):
        for left in figures.near(number, ("uncovered",), percent=False):
            whole = Interval(spans[count].low + spans[left].low, spans[count].high + spans[left].high)
            yield Identity(said, _divided(spans[count], whole), (number, count, left), strong=False)


def _share(figures: Figures, number: int) -> Iterator[Identity]:
    """`206.810 người, trong đó nữ 99.000 người, chiếm 47,9%`; `nợ 992 tỷ đồng. ... BHYT 254,8 tỷ đồng, chiếm 25,7%`."""
    part = figures.number_of(figures.drafts[number].head)
    if part is None:
        return
    wholes = [whole for whole in range(max(0, number - NEAR), number) if figures.holds(whole, part)]
    amounts = {figures.rows[whole].obs_value for whole in wholes}
    for whole in wholes:
        made = _divided(figures.spans[part], figures.spans[whole])
        yield Identity(figures.spans[number], made, (number, part, whole), strong=False, tied=len(amounts) == 1)


def _schemes(figures: Figures) -> Iterator[Identity]:
    """Compulsory and voluntary make the whole."""
    levels = {
        (one.indicator, one.area, one.period_end): number
        for number, one in enumerate(figures.rows)
        if one.measure == "level" and one.scope is None
    }
    for (indicator, area, day), number in levels.items():
        scheme, _, concept = indicator.partition(".")
        parts = [levels.get((f"{part}.{concept}", area, day)) for part in ("BHXH_BB", "BHXH_TN")]
        if scheme == "BHXH" and parts[0] is not None and parts[1] is not None:
            made = _sum(figures, [parts[0], parts[1]])
            closed = number < min(parts[0], parts[1]) and figures.together(number, parts[0], parts[1])
            yield Identity(figures.spans[number], made, (number, parts[0], parts[1]), closed=closed)


def _parts(figures: Figures) -> Iterator[Identity]:
    """A count and the two or more of the same unit and measure that follow it in its sentence and make it up."""
    for number, one in enumerate(figures.rows):
        if one.measure not in (*COUNTS, "target") or one.unit == "percent":
            continue
        parts: list[int] = []
        for other in range(number + 1, min(len(figures.rows), number + MOST_PARTS)):
            row = figures.rows[other]
            if row.sentence != one.sentence:
                break
            if (row.measure, row.unit) == (one.measure, one.unit):
                parts.append(other)
                if len(parts) > 1:
                    yield Identity(figures.spans[number], _sum(figures, parts), (number, *parts), strong=False)


def _sum(figures: Figures, parts: Sequence[int]) -> Interval:
    return Interval(sum(figures.spans[part].low for part in parts), sum(figures.spans[part].high for part in parts))
