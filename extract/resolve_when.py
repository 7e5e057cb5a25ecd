"""Which period a figure is of, and what a change is compared with."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from extract.context import Draft, provenance
from extract.periods import complete
from extract.periods_model import Period

if TYPE_CHECKING:
    from extract.resolve import SentenceReader


SOON = timedelta(31)
"""A month is told before it has ended."""
EARLY = timedelta(92)
"""So long into a year, `trong năm` means the one that was reported on."""
COUNTED_UNTIL = frozenset({"tính", "liệu", "điểm", "kê", "nhật"})
"""Words before a date that what was said before it was counted on: `số liệu đến`, `tại thời điểm`."""


def see_periods(reader: "SentenceReader") -> None:
    """Note the periods of the sentence by token, those of comparisons apart."""
    alphabet = reader.layers.rules.alphabet
    reader.periods = []
    reader.bases = []
    for index, token in enumerate(reader.stream.tokens):
        if token.code == alphabet["PERIOD"]:
            reader.periods.append((index, token.load))
        elif token.code == alphabet["BASE"]:
            reader.bases.append((index, token.load))


def settle_period(reader: "SentenceReader", draft: Draft) -> None:
    """Give a draft its period: the one named in its clause or sentence, else the one in force."""
    if draft.rule == "level.base":
        for index, base in reader.bases:
            if draft.index - 6 <= index < draft.index:
                draft.period, draft.slots["period"] = base, "clause"
                return
    mind = reader.mind
    found = _named(reader, draft)
    if draft.measure in ("target_gap", "target_pct") and mind.period is not None and found is not None:
        aimed = any(one.period is found for one in reader.drafts if one.measure == "target")
        found = None if aimed else found
    if found is not None and found.kind != "now":
        found = _dated(reader, found, draft.measure)
        ahead = _ahead(reader, found)
        if ahead and draft.measure in ("target_gap", "target_pct") and mind.period is not None:
            found = None
    if found is not None and found.kind != "now":
        draft.period, draft.slots["period"] = found, "clause"
        if draft.measure != "target" and found.end is not None and not ahead:
            mind.period = reader.held(found)
            mind.year = found.end.year
        return
    if (
        found is not None
        and mind.dated != reader.paragraph
        and mind.period is not None
        and (mind.period.paragraph != reader.paragraph)
    ):
        return
    mind.dated = reader.paragraph
    held = mind.planned if draft.measure == "target" and mind.planned is not None else mind.period
    if held is None:
        return
    draft.period = held.value
    draft.slots["period"] = provenance(held, reader.sentence, reader.paragraph)


def _year_before(period: Period) -> Period:
    """What is reported has been: the year before the one that was filled in."""
    try:
        start = period.start.replace(year=period.start.year - 1) if period.start else None
        return replace(period, start=start, end=period.end.replace(year=period.end.year - 1) if period.end else None)
    except ValueError:
        return period


def _dated(reader: "SentenceReader", period: Period, measure: str) -> Period:
    """Add the year of the report where the words name none, and the report's day where they run `đến nay`."""
    mind, reference = reader.mind, reader.layers.reference
    if period.mode == "from" and period.kind == "range" and period.end is None and period.start is not None:
        return _until_report(reader, period)
    if period.end is None and mind.year is not None:
        return complete(period, mind.year)
    late = reference is not None and period.end is not None and period.end > reference
    if not late or measure in ("target", "target_gap") or period.completed != "year":
        return period
    if period.kind in ("day", "month"):
        return _year_before(period)
    told = mind.year is not None and period.start is not None and mind.year == period.start.year - 1
    early = reference is not None and period.start is not None and reference < period.start + EARLY
    if period.kind == "year" and period.mode == "in" and told and early:
        return _year_before(period)
    return period


def _until_report(reader: "SentenceReader", period: Period) -> Period:
    """`từ đầu năm đến nay` beside a dated report ends on its day: in the paragraph, or the one before."""
    held = reader.mind.period
    if held is None or reader.paragraph - held.paragraph > 1 or period.start is None:
        return period
    day = held.value.end
    near = day is not None and day > period.start and day.year == period.start.year
    return replace(period, end=day) if near else period


def _ahead(reader: "SentenceReader", period: Period) -> bool:
    """Whether a period lies so far ahead of the report that no result can be of it: `từ nay đến cuối năm`."""
    reference = reader.layers.reference
    if reference is None or period.end is None or period.end <= reference + SOON:
        return False
    return period.mode == "by-target" or period.start is None or period.start > reference


def see_heading(reader: "SentenceReader") -> None:
    """Let a heading with a year set the year; one of tasks to come sets the period of plans."""
    if reader.stream.end - reader.stream.start > 110:
        return
    for _, period in reader.periods:
        if period.end is None or period.kind != "year":
            continue
        cues = {reader.names.get(token.code) for token in reader.stream.tokens}
        if {"AIM", "PLAN", "TASKS"} & cues:
            reader.mind.planned = reader.held(period)
        elif reader.mind.period is None:
            reader.mind.period = reader.held(period)
        if reader.mind.year is None:
            reader.mind.year = period.end.year


def _named(reader: "SentenceReader", draft: Draft) -> Period | None:
    near = 7 if draft.measure == "target" else 3
    than = reader.layers.rules.alphabet["THAN"]
    for index, period in reader.periods:
        between = reader.stream.codes[draft.index + 1 : index]
        if 0 <= index - draft.index - 1 <= near and not set(between) & set("0123;,.:)") and than not in between:
            before = reader.stream.tokens[index - 1].load
            words = before if isinstance(before, tuple) else (before,)
            said = (
                between == "(" or bool({"vào", "trong", "cuối", "hết", "năm"} & set(words)) or index == draft.index + 1
            )
            follows = reader.stream.codes[index + 1 : index + 2]
            if said and (not follows or follows not in "0123"):
                return period
    left = [(index, period) for index, period in reader.periods if index < draft.index]
    if left:
        index, period = left[-1]
        codes, each = reader.stream.codes, reader.layers.rules.alphabet["EACH"]
        if each in codes[max(0, draft.index - 4) : draft.index] and set(codes[index : draft.index]) & set("0123"):
            return period if period.kind == "range" else replace(period, kind="now", start=None, end=None)
        return period
    for index, period in reader.periods:
        if index < draft.index:
            continue
        between = reader.stream.codes[draft.index + 1 : index]
        if (not set(between) & set("0123;.(") and than not in between) or _closes(reader, draft, index, period):
            return period
    return None


def _closes(reader: "SentenceReader", draft: Draft, index: int, period: Period) -> bool:
    """Whether a date in brackets or at the end says when everything before it was counted, or is to be reached."""
    codes = reader.stream.codes
    opened = codes.rfind("(", draft.index, index)
    bracketed = opened >= 0 and codes[index + 1 : index + 2] == ")" and not set(codes[opened:index]) & set("0123);")
    if not bracketed and codes[index + 1 :].strip(").w"):
        return False
    if draft.measure == "target":
        return not bracketed and (period.mode == "by-target" or period.kind == "year")
    words: set[str] = set()
    for token in reader.stream.tokens[max(0, index - 5) : index]:
        words |= (
            set(token.load) if isinstance(token.load, tuple) else {token.load} if isinstance(token.load, str) else set()
        )
    return period.mode == "until" or bool(words & COUNTED_UNTIL)


def settle_bases(reader: "SentenceReader") -> None:
    """Give each change what it is compared with: the base behind it, else one in front, else the one in force."""
    for draft in reader.drafts:
        if draft.measure not in ("change", "change_pct"):
            continue
        behind = [base for index, base in reader.bases if index > draft.index]
        front = [base for index, base in reader.bases if index < draft.index]
        if behind:
            draft.base = behind[0]
        elif front:
            draft.base = front[-1]
        else:
            draft.base = _plain_base(reader, draft)
        if (
            draft.base is None
            and reader.mind.base
            and reader.mind.near(reader.mind.base, reader.sentence, reader.paragraph, 15)
        ):
            draft.base = reader.mind.base.value
        if draft.base is not None:
            reader.mind.base = reader.held(draft.base)


def _plain_base(reader: "SentenceReader", draft: Draft) -> Period | None:
    than = reader.layers.rules.alphabet["THAN"]
    for index, period in reader.periods:
        if index > draft.index and than in reader.stream.codes[max(draft.index, index - 4) : index]:
            return period
    return None
