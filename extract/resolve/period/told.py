"""What the periods of a sentence are told of: the figures, a plan, a base, a meeting, a campaign."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.context import Draft
from extract.periods.find import complete
from extract.periods.model import Period
from extract.periods.resolve import in_month, month_at
from extract.resolve.period.dates import month_of_report, of_event, of_others, of_population, year_after
from extract.resolve.period.report import spoken_on
from extract.resolve.period.terms import stretch_told
from extract.rules.pattern import FIGURES
from extract.tokens.stream import is_period

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

PLANS = frozenset({"PLAN", "ASSIGN", "DUE"})
"""Cues of what a share is reached of."""
ENDS_PLAN = frozenset({"REACH", "IS", "HAS", "EQUALS", "UP", "DOWN", "PERIOD"})
"""Cues behind a plan that say something of it, or of another time."""
PLAN_REACH = 10
"""So many tokens name a plan at most: `kế hoạch phát triển người tham gia BHXH tự nguyện năm 2021`."""

ON_THE_DAY = re.compile(r"(?<!\w)(?:[Tt]rong|[Nn]gay) (?:buổi|ngày) (?:sáng|chiều|lễ|đầu|ra quân|phát động)(?!\w)")
"""Words for the day of a campaign that was named before."""
THAT_YEAR = ("năm ấy", "năm đó")
"""Ends of dates whose year was told before."""
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def see_periods(reader: "SentenceReader") -> None:
    """Note the periods of the sentence by token, those of comparisons apart."""
    alphabet = reader.layers.rules.alphabet
    dated, compared = alphabet["PERIOD"], alphabet["BASE"]
    reader.periods = []
    reader.bases = []
    that: int | None = None
    told = [(at, token) for at, token in enumerate(reader.stream.tokens) if token.load.__class__ is Period]
    for index, token in told:
        code, load = token.code, token.load
        if load.end is not None and not (load.shift is not None and load.shift.first > 0):
            reader.mind.told = load.end.year
        if code == dated:
            if reader.bases and reader.bases[-1][0] == index - 1 and reader.bases[-1][1].kind == "same-period":
                continue  # `cùng kỳ năm học trước`
            if load.mode == "from" and load.kind == "day":
                continue  # `quy định mua theo hộ từ 1/1/2015 khiến ...`: since when a rule holds
            tokens = reader.stream.tokens
            aside = of_event(tokens, index) or of_others(tokens, index)
            if not (aside or of_population(reader, index) or spoken_on(reader, load)):
                that = reader.mind.told if _words_of(reader, load).endswith(THAT_YEAR) else that
                if that is not None and (load.end is None or load.completed == "year"):
                    load = complete(load, that)  # `cuối tháng 6 năm ấy`, and what goes on from there
                elif load.end is None and reader.layers.reference is None:
                    load = _in_year_named(reader, load)
                load = _after_told(reader, _beside_school_year(reader, load))
                reader.periods.append((index, _later(reader, load)))
        elif code == compared:
            reader.bases.append((index, load))
    if not reader.periods and (month := month_of_report(reader)) is not None:
        reader.periods.append((1, month))
    if not reader.periods and (stretch := stretch_told(reader)) is not None:
        reader.periods.append(stretch)
    _see_event(reader)


def _later(reader: "SentenceReader", period: Period) -> Period:
    """`Cuối năm 2023 có ..., đến 31/7 còn ...`: a day that took its year from the period before it comes after it."""
    reference = reader.layers.reference
    if not reader.periods or period.mode != "until" or period.completed not in ("year", "text") or period.end is None:
        return period
    before = reader.periods[-1][1].end
    if before is None or reference is None or period.kind not in ("day", "month") or period.end >= before:
        return period
    return year_after(period) if period.end.replace(day=1, year=period.end.year + 1) <= reference else period


def _in_year_named(reader: "SentenceReader", period: Period) -> Period:
    """`được giao 146.000 người năm 2022; hết tháng 8 có 101.300`, of a text without a date: August of that year."""
    before = reader.periods[-1][1] if reader.periods else None
    if before is None or before.end is None or before.year is None or before.mode in ("until", "by-target"):
        return period
    return complete(period, before.year) if before.kind == "year" else period


def _words_of(reader: "SentenceReader", period: Period) -> str:
    """A period as it is written."""
    return reader.layers.text[reader.stream.start + period.span_start : reader.stream.start + period.span_end]


def _after_told(reader: "SentenceReader", period: Period) -> Period:
    """`Cuối năm 2021 còn 17.905 người. Ba tháng sau: 15.118 người`: counted from what was told, up to the report."""
    shift, reference, held = period.shift, reader.layers.reference, reader.mind.period
    if shift is None or not shift.first == shift.last > 0 or shift.unit not in MONTHS or period.kind != "relative":
        return period
    told = [one.end for _, one in reader.periods if one.end is not None]
    end = told[-1] if told else held.value.end if held is not None else None
    if end is None or not _words_of(reader, period).endswith(" sau"):
        return period
    month = month_at(end, shift.first * MONTHS[shift.unit])
    day = in_month(end, month.year, month.month)
    if reference is not None and day > reference:
        return period
    return replace(period, start=day, end=day, kind="day", mode="until", grain="day", completed="text", shift=None)


def _beside_school_year(reader: "SentenceReader", period: Period) -> Period:
    """`Năm học 2013 - 2014 ..., hơn mức 76,5% của năm học trước đó`: counted from the school year told."""
    if period.kind != "school-year" or period.shift is None or not period.shift.first:
        return period
    held = reader.mind.period
    told = [one for _, one in reader.periods]
    told += [held.value] if held is not None and held.paragraph == reader.paragraph else []
    named = next((one for one in told if one.kind == "school-year" and one.low is not None), None)
    if named is None or named.end is None:
        return period
    year = named.end.year + period.shift.first
    return replace(period, start=named.end.replace(year - 1, 9, 1), end=named.end.replace(year))


def own_period(reader: "SentenceReader", draft: Draft) -> Period | None:
    """The period that a figure is said to be of: `con số 874 người của năm 2019`."""
    at = draft.index + 1
    if draft.measure == "target" and draft.kind == "percent":
        while reader.names.get(reader.stream.codes[at : at + 1]) == "DENOM":
            at += 1
    behind = reader.stream.tokens[at : at + 1]
    if not behind or behind[0].load not in (("của",), "cho"):
        return None
    whole = at + 1 < len(reader.stream.tokens) and reader.stream.tokens[at + 1].load in ("cả", "toàn")
    return next((period for index, period in reader.periods if index == at + 1 + whole), None)


def lies_before(reader: "SentenceReader", period: Period) -> bool:
    """`theo địa giới trước 1/7`, `hoàn thành trước 30/6`: a day only looked over, on which nothing was counted."""
    start = reader.stream.start
    led = period.grain == "day" and period.mode in ("until", "by-target")
    return led and reader.layers.text[start + period.lead : start + period.span_start].lower().startswith("trước")


def of_the_day(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether a figure is told of the campaign's day, wherever that was named: `trong ngày ra quân có 312 người`."""
    start = reader.stream.start
    told = ON_THE_DAY.search(reader.layers.text, max(start, draft.start - 160), draft.start)
    return told is not None and not any(index < draft.index for index, _ in reader.periods)


def of_clause_before(reader: "SentenceReader", draft: Draft, index: int) -> bool:
    """Whether a part of the year dates the clause before an aim: `... trong nửa đầu năm; chỉ tiêu giao là N`."""
    period, codes = reader.stream.tokens[index].load, reader.stream.codes
    if not is_period(period):
        return False  # meant by `trong nửa tháng ấy`
    if period.kind not in ("half", "quarter", "month", "ytd-months") or period.mode not in ("at", "in"):
        return False
    cut = codes.rfind(";", index, draft.index)
    return cut > 0 and bool({"PLAN", "ASSIGN"} & {reader.names.get(code) for code in codes[cut : draft.index]})


def owned_by_other(reader: "SentenceReader", draft: Draft, index: int) -> bool:
    """Whether a period is only that of another figure: `tính đến mốc 95,5% của cả năm; tự nguyện thêm 4.500 người`."""
    codes = reader.stream.codes
    if index < 2 or draft.index == index - 2 or codes[index - 2] not in FIGURES.values():
        return False
    return bool(reader.stream.tokens[index - 1].load == ("của",))


def _see_event(reader: "SentenceReader") -> None:
    """Note the day of a campaign: `Trong đợt ra quân ngày 1/10, ...`."""
    if reader.layers.rules.alphabet["CAMPAIGN"] not in reader.stream.codes:
        return
    periods = [token.load for token in reader.stream.tokens if is_period(token.load)]
    days = [one for one in periods if one.grain == "day" and one.kind in ("day", "relative") and one.end is not None]
    if len(days) == 1 and days[0].mode in ("at", "in") and not days[0].compared:
        reader.mind.event = reader.held(days[0])


def for_plan(reader: "SentenceReader", index: int) -> bool:
    """Whether a period is only that of a plan: `kế hoạch năm 2022`, `bằng 2,5% kế hoạch thu cả năm`."""
    tokens, names = reader.stream.tokens, reader.names
    for at in range(index - 1, max(-1, index - PLAN_REACH), -1):
        name = names.get(tokens[at].code)
        if name in PLANS:
            return index - at <= 2 or (_share_of_plan(reader, at, tokens[index].load) and _dated_else(reader, index))
        if name in ENDS_PLAN or tokens[at].code in ",;.:()0123":
            return False
    return False


def _dated_else(reader: "SentenceReader", index: int) -> bool:
    """Whether another period dates what is told, so that the plan's need not."""
    return reader.mind.period is not None or any(other != index for other, _ in reader.periods)


def _share_of_plan(reader: "SentenceReader", plan: int, period: Period) -> bool:
    """Whether a percentage stands right before a plan, with a year behind: `đạt 62% chỉ tiêu của cả năm`."""
    before = reader.stream.codes[max(0, plan - 2) : plan]
    return period.kind == "year" and not period.edge and period.mode in ("at", "in") and FIGURES["percent"] in before
