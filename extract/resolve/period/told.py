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


ON_THE_DAY = re.compile(r"(?<!\w)(?:[Tt]rong|[Nn]gay) (?:buổi|ngày) (?:sáng|chiều|lễ|đầu|ra quân|phát động)(?!\w)")
"""Words for the day of a campaign that was named before."""
MONTH_OF_YEAR = re.compile(r"(?<!\w)(?:tháng|quý) (?:\d{1,2}|[IV]{1,3})(?:/|-| năm )(20\d\d)(?!\d)")
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
            if load.mode == "from" and (load.kind == "day" or opens_since(reader, index)):
                continue  # `quy định mua theo hộ từ 1/1/2015 khiến ...`: since when a rule holds
            tokens = reader.stream.tokens
            aside = of_event(tokens, index) or of_others(tokens, index)
            if not (aside or of_population(reader, index) or spoken_on(reader, load)):
                that = reader.mind.told if _words_of(reader, load).endswith(THAT_YEAR) else that
                if that is not None and (load.end is None or load.completed == "year"):
                    load = complete(load, that)  # `cuối tháng 6 năm ấy`, and what goes on from there
                elif load.end is None and reader.layers.reference is None:
                    load = _in_year_named(reader, load)
                load = _after_told(reader, _beside_school_year(reader, _as_reported(reader, load)))
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
    if before is None and period.grain == "month" and (match := MONTH_OF_YEAR.search(reader.layers.title)):
        return complete(period, int(match[1]))  # `Nợ BHXH tới tháng 3/2019 lên đến ...`
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


def _as_reported(reader: "SentenceReader", period: Period) -> Period:
    """`Số liệu đến 30/6 ... Sáu tháng qua, ...`: as many months as the report is of, not those up to its byline."""
    shift, reference, held = period.shift, reader.layers.reference, reader.mind.period
    if shift is None or shift.unit != "month" or shift.last != -1 or held is None or reference is None:
        return period
    end = held.value.end
    if end is None or end.month != -shift.first or end.year != reference.year or end > reference:
        return period
    return replace(period, start=end.replace(month=1, day=1), end=end)


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
        while reader.names.get(reader.stream.codes[at : at + 1]) == "DENOM" or _at_least(reader, at):
            at += 1
    behind = reader.stream.tokens[at : at + 1]
    if not behind or behind[0].load not in (("của",), "cho"):
        return None
    whole = at + 1 < len(reader.stream.tokens) and reader.stream.tokens[at + 1].load in ("cả", "toàn")
    return next((period for index, period in reader.periods if index == at + 1 + whole), None)


def opens_since(reader: "SentenceReader", index: int) -> bool:
    """`BHXH tự nguyện (triển khai từ 2008)`: brackets that say since when there is such a thing."""
    codes = reader.stream.codes
    opened = codes.rfind("(", 0, index)
    return codes[index + 1 : index + 2] == ")" and 0 <= opened < index and not set(codes[opened:index]) & set("0123)")


def beats_whole(reader: "SentenceReader", base: Period) -> bool:
    """`nhiều hơn cả quý I cộng lại (298 người)`: what stands in brackets behind is the count of that time."""
    start = reader.stream.start
    return reader.layers.text[start + base.lead : start + base.span_start].lower().startswith("hơn cả")


def _at_least(reader: "SentenceReader", at: int) -> bool:
    """`đích 90% trở lên của năm 2020`."""
    return at < len(reader.stream.tokens) and reader.stream.tokens[at].load in ("trở", "lên", ("lên",))


def in_aside(reader: "SentenceReader", index: int) -> bool:
    """`tính đến hết ngày 31/1 (đã trừ số tiền nộp đến 20/2)`: a date that brackets add to one told before them."""
    codes = reader.stream.codes
    opened = codes.rfind("(", 0, index)
    if opened < 0 or ")" in codes[opened:index] or index - opened <= 2:
        return False
    return any(at < opened and one.end is not None and one.mode == "until" for at, one in reader.periods)


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


def without_running_term(reader: "SentenceReader", periods: list[tuple[int, Period]]) -> list[tuple[int, Period]]:
    """`Đến 20/9 đã có 1.865 em mua BHYT năm học mới, đạt 91,4%`: counted on the day, of a school year that runs on."""
    days = [one for _, one in periods if one.grain == "day" and one.mode == "until" and one.end is not None]
    if not days or all(one.kind != "school-year" for _, one in periods):
        return periods
    day = days[-1].end
    return [
        (index, one)
        for index, one in periods
        if one.kind != "school-year" or one.mode != "at" or one.end is None or day is None or one.end <= day
    ]


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
