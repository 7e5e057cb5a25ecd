"""What a change is compared with."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from extract.context import Draft, provenance
from extract.periods.find import base_end, count_day
from extract.periods.model import Part, Period
from extract.resolve.period.dates import year_after
from extract.resolve.period.ends import settle_ends
from extract.resolve.period.report import is_report
from extract.resolve.period.told import beats_whole

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

REACH = 15
"""For how many sentences a base in force is meant."""
NEAR = 2
"""So many sentences ago a count may be one of the two that a change lies between."""
OPENING = 6
"""So many words at most stand before a base that a whole sentence is told of."""
ALONE = ("month", "quarter")
"""Kinds of periods within which a count of people changed: since they began."""


def settle_bases(reader: "SentenceReader") -> None:
    """Give each change what it is compared with: the base behind it, else one in front, else the one in force."""
    settle_ends(reader)
    for draft in reader.drafts:
        if draft.measure not in ("change", "change_pct"):
            continue
        draft.base = _told(reader, draft)
        draft.slots["base"] = "clause"
        if draft.base is None and _between_counts(reader, draft):
            continue
        if draft.base is None:
            told = mind_base(reader)
            draft.base = _in_force(reader, draft)
            draft.slots["base"] = told if draft.base is not None else "period"
            draft.base = draft.base or _since_begun(draft)
        if draft.base is not None:
            reader.mind.base = reader.held(draft.base)
    _see_last(reader)


def mind_base(reader: "SentenceReader") -> str:
    """Say where the base in force came from."""
    held = reader.mind.base
    return provenance(held, reader.sentence, reader.paragraph) if held is not None else "none"


def _see_last(reader: "SentenceReader") -> None:
    """`..., cuối năm 2019 có 684 người thì đến hết tháng 11/2020 đã tăng gấp đôi`: what goes on is of that day."""
    held, reference = reader.mind.period, reader.layers.reference
    if not reader.drafts or not reader.periods or held is None or held.value.end is None:
        return
    index, last = reader.periods[-1]
    if last.mode != "until" or last.end is None or index < reader.drafts[-1].index or last.edge:
        return
    if held.value.end < last.end and (reference is None or last.end <= reference) and is_report(last):
        reader.mind.period = reader.mind.report = reader.held(last)


def see_base(reader: "SentenceReader") -> None:
    """Let a heading say what the figures below it are compared with: `(đến 31/12/2025, so với 31/12/2024)`."""
    if reader.bases:
        reader.mind.base = reader.held(reader.bases[-1][1])


def _told(reader: "SentenceReader", draft: Draft) -> Period | None:
    codes = reader.stream.codes
    behind = [(index, base) for index, base in reader.bases if index > draft.index]
    if behind and ";" in codes[draft.index : behind[0][0]] and _between_counts(reader, draft):
        return draft.base  # `cuối năm 2023 có 37.240 người, tức giảm 2.122 người; so với cùng kỳ lại tăng`
    front = [base for index, base in reader.bases if index < draft.index and _is_before(base, draft)]
    return behind[0][1] if behind else front[-1] if front else _plain_base(reader, draft)


def _is_before(base: Period, draft: Draft) -> bool:
    """Whether a base does not lie behind the period of the change: `(quý I/2025 giảm 96.000 người)`."""
    end = draft.period.end if draft.period is not None else None
    day = base_end(end, base) if end is not None else None
    return day is None or end is None or day < end


def _in_force(reader: "SentenceReader", draft: Draft) -> Period | None:
    """The base told before, unless it lies behind the period; a year that was only supposed is then a later one."""
    mind = reader.mind
    if mind.base is None or not mind.near(mind.base, reader.sentence, reader.paragraph, REACH):
        return None
    base = mind.base.value
    if _is_before(base, draft):
        return base
    if draft.period is None or draft.period.completed != "text":
        return None
    told, draft.period = draft.period, year_after(draft.period)
    if _is_before(base, draft):
        return base  # `64 triệu người năm 2014. Trong 4 tháng đầu năm giảm 1,2 triệu`
    draft.period = told
    return None


def _since_begun(draft: Draft) -> Period | None:
    """`Trong tháng 4 giảm 1.146 người`: since the month began."""
    period = draft.period
    stock = draft.concept == "participants" and draft.measure == "change" and draft.slots.get("period") == "clause"
    if not stock or period is None or period.start is None or period.kind not in ALONE or period.mode == "until":
        return None
    return _day_of(period, period.start - timedelta(1))


def _day_of(period: Period, day: date) -> Period:
    """A day that a count stood at."""
    at = Part(day.year, day.month, day.day)
    plain = replace(period, kind="day", grain="day", edge="", mode="at", shift=None)
    return replace(plain, start=day, end=day, low=at, high=at)


def _between_counts(reader: "SentenceReader", draft: Draft) -> bool:
    """`Cuối năm 2023 có 14.870 người, đến 31/7 còn 13.954 người, giảm 916 người`: what lies between two counts told.

    Arithmetic tells which two: the change is of the later one's time, and compared with that of the earlier one.
    """
    counts = [one for one in (*reader.counts, *reader.drafts) if one.measure == "level" and one.period is not None]
    counts = [one for one in counts if one.start < draft.start and reader.sentence - one.sentence <= NEAR]
    for later in reversed(counts):
        for earlier in counts:
            days = _day(earlier), _day(later)
            if days[0] is None or days[1] is None or days[0] >= days[1] or earlier.unit != later.unit:
                continue
            if earlier.schemes == later.schemes == draft.schemes and _explains(draft, earlier.value, later.value):
                assert earlier.period is not None
                draft.base, draft.period = _day_of(earlier.period, days[0]), later.period
                draft.slots["period"] = later.slots.get("period", "sentence")
                draft.slots["base"] = "arithmetic"
                return True
    return False


def _day(draft: Draft) -> date | None:
    return count_day(draft.period) if draft.period is not None else None


def _explains(draft: Draft, before: float, after: float) -> bool:
    """Whether a change is what two counts differ by."""
    if draft.measure == "change_pct":
        return before > 0 and abs((after - before) / before * 100 - draft.value) <= max(draft.precision, 0.05)
    return draft.kind != "percent" and abs(after - before - draft.value) <= max(draft.precision, 0.5)


def _plain_base(reader: "SentenceReader", draft: Draft) -> Period | None:
    than = reader.layers.rules.alphabet["THAN"]
    for index, period in reader.periods:
        if index > draft.index and than in reader.stream.codes[max(draft.index, index - 4) : index]:
            return period
    return None


def base_before(reader: "SentenceReader", draft: Draft) -> Period | None:
    """The period of what is told of a base: `(cùng kỳ năm 2019 là 6.481 người)`, `Cùng kỳ năm trước đạt 23,4%`."""
    if draft.measure in ("change", "change_pct", "target"):
        return None
    if draft.measure == "level" and (base := _heading_base(reader, draft)) is not None:
        return base
    for index, base in reversed(reader.bases):
        between = reader.stream.codes[index + 1 : draft.index]
        if index > draft.index or index < draft.index - 6 or set(between) & set("0123;.)"):
            continue
        if draft.rule in ("level.base", "base.than") and (base.end is not None or reader.mind.period is None):
            return base
        if beats_whole(reader, base) and between.endswith("("):
            return base
        before = reader.stream.codes[index - 1 : index] if index else "."
        if (base.compared and draft.rule != "level.base") or (before not in ".,;(" and not base.compared):
            continue
        held = reader.mind.period
        end = base_end(held.value, base) if held is not None else base.end
        return replace(base, start=end, end=end) if end is not None else None
    return None


def _heading_base(reader: "SentenceReader", draft: Draft) -> Period | None:
    """`Con số tương ứng của cùng kỳ năm 2015: BHXH bắt buộc 21.340; tự nguyện 1.702`: all of them are of the base."""
    held = reader.mind.period
    if len(reader.bases) != 1 or reader.periods or held is None:
        return None
    index, base = reader.bases[0]
    before = reader.stream.codes[:index]
    opens = index <= OPENING and not set(before) & set("0123,;:(") and index < draft.index
    cut = reader.stream.codes[index + 1 : index + 2] in (",", ":")
    if base.compared or base.kind != "same-period" or not (opens and cut):
        return None
    end = base_end(held.value, base)
    return replace(base, start=end, end=end) if end is not None else None
