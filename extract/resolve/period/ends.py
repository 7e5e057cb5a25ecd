"""`từ A năm 2015 lên B tại thời điểm 30/9/2020`: the two ends of a rise have dates of their own."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.context import Draft
from extract.periods.find import base_end, count_day
from extract.periods.model import Period
from extract.resolve.period.dates import dated

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader


BRACKETS = re.compile(r"\([^()]{0,8}\)")
"""What is added in brackets: `60% (tương ứng với 52 triệu người) vào năm 2010`."""


def settle_ends(reader: "SentenceReader") -> None:
    """Date both ends of every `từ A lên B` of the sentence, the later pairs like the first where they name none."""
    told = reader.mind.ends
    dates = told.value if told is not None and told.paragraph == reader.paragraph and not reader.periods else None
    for low, high in _pairs(reader):
        if not _are_ends(reader, low, high):
            continue
        own = _own(reader, low, high.index), _own(reader, high, _limit(reader, high))
        if own[0] is not None:
            dates = own[0], own[1] or _in_force(reader, own[0])
        elif dates is None or own[1] is not None:
            last = own[1] or high.period
            dates = _before(reader, low, last), last
        low.period, high.period = dates
        again = [one for one in reader.drafts if one.index > low.index and _in_brackets(reader, one)]
        for draft in again:
            draft.period = high.period if draft.index > high.index else low.period
        for draft in (low, high, *again):
            draft.slots.pop("period", None)
            if draft.period is not None:
                draft.slots["period"] = "clause"
    if dates is not None and dates[1] is not None and dates[1].end is not None:
        reader.mind.period = reader.held(dates[1])
        reader.mind.ends = reader.held(dates)


def _pairs(reader: "SentenceReader") -> list[tuple[Draft, Draft]]:
    """Neighbours that may be two ends; what brackets say again, `60% (tương ứng 52 triệu người)`, stands in between."""
    plain = [draft for draft in reader.drafts if not _in_brackets(reader, draft)]
    return [*pairwise(reader.drafts), *(pairwise(plain) if len(plain) < len(reader.drafts) else ())]


def _in_brackets(reader: "SentenceReader", draft: Draft) -> bool:
    before = reader.stream.codes[: draft.index]
    return before.rfind("(") > before.rfind(")")


def _are_ends(reader: "SentenceReader", low: Draft, high: Draft) -> bool:
    """Whether `từ` stands before the one and `lên`, `xuống` between it and the other."""
    if low.kind != high.kind and "bare" not in (low.kind, high.kind):
        return False
    names = [reader.names.get(code, code) for code in reader.stream.codes]
    loads = [token.load for token in reader.stream.tokens[low.index : high.index]]
    between = [name for name, last in zip(names[low.index + 1 : high.index], loads, strict=False) if last != "trở"]
    left = next((name for name in reversed(names[max(0, low.index - 2) : low.index]) if name != "w"), "")
    opened = left == "FROM" or _begins_from(reader, low)
    return opened and bool({"TO", "RISETO"} & set(between)) and not {";", "."} & set(between)


def _begins_from(reader: "SentenceReader", low: Draft) -> bool:
    """Whether the cue before a figure ends in `từ`: `tăng từ`."""
    load = reader.stream.tokens[low.index - 1].load if low.index else None
    return isinstance(load, tuple) and load[-1] == "từ"


def _limit(reader: "SentenceReader", high: Draft) -> int:
    after = [one.index for one in reader.drafts if one.index > high.index and not _in_brackets(reader, one)]
    return min(after, default=len(reader.stream.codes))


def _own(reader: "SentenceReader", draft: Draft, limit: int) -> Period | None:
    """The period right behind a figure, in its clause."""
    for index, period in reader.periods:
        if draft.index < index < limit and index - draft.index <= 10:
            between = BRACKETS.sub("", reader.stream.codes[draft.index + 1 : index])
            return None if set(between) & set(",;.:0123") else dated(reader, period, draft.measure)
    return None


def _in_force(reader: "SentenceReader", first: Period) -> Period | None:
    """The period of the upper end where it names none: that before the pair, if it is a later one."""
    held = reader.mind.period
    later = held is not None and held.value.end is not None and first.end is not None and held.value.end > first.end
    return held.value if held is not None and later else None


def _before(reader: "SentenceReader", low: Draft, last: Period | None) -> Period | None:
    """The date of the lower end that names none: the base of the comparison, or the end of the year before."""
    if last is None or last.end is None:
        return None
    bases = [base for index, base in reader.bases if index > low.index]
    held = reader.mind.base
    if not bases and held is not None and held.paragraph == reader.paragraph and reader.sentence - held.sentence <= 1:
        bases = [held.value]
    day = base_end(last, bases[0]) if bases else None
    if day is None and last.kind in ("year", "relative") and last.grain == "year" and last.mode in ("at", "in"):
        end = count_day(last)
        day = date(end.year - 1, 12, 31) if end is not None else None
    return replace(last, start=day, end=day, kind="day", grain="day", edge="", mode="at") if day is not None else None


def spread_day(reader: "SentenceReader") -> None:
    """`Cộng cả 8.216 người bắt buộc với 3.904 người tự nguyện, đến 30/6 huyện có ...`: one day for all before it."""
    days = [(index, one) for index, one in reader.periods if one.mode == "until" and one.end is not None]
    if len(reader.periods) != 1 or not days or reader.mind.period is None:
        return
    index, day = days[0]
    if not any(one.index > index and one.period is day for one in reader.drafts):
        return
    if ";" in reader.stream.codes[:index] or "." in reader.stream.codes[:index]:
        return
    for draft in reader.drafts:
        if draft.index < index and draft.period is None and draft.measure == "level" and draft.unit == "person":
            draft.period, draft.slots["period"] = day, "sentence"


def share_ends(reader: "SentenceReader") -> None:
    """`tăng 611 người, lên 2.188 người vào cuối tháng 7`: the growth is of the day that its result stands at."""
    spread_day(reader)
    for change, result in pairwise(reader.drafts):
        to = reader.names.get(reader.stream.codes[result.index - 1]) in ("TO", "LEFT", "RISETO")
        raised = to and result.slots.get("period") == "clause"
        if raised and change.measure in ("change", "change_pct", "gain") and change.slots.get("period") != "clause":
            change.period, change.slots["period"] = result.period, "clause"


def of_gap(reader: "SentenceReader", draft: Draft, found: Period) -> Period | None:
    """When so much was missing: before `trong quý IV`, by which it is to be made up, and the end of `năm nay`."""
    if any(one is found and index > draft.index for index, one in reader.periods):
        return None
    until = [one for index, one in reader.periods if index < draft.index and one.mode == "until"]
    ends = until[0].end if until else None
    return until[0] if ends is not None and found.end is not None and ends < found.end else found
