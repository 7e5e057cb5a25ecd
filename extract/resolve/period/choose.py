"""Which period a figure is of, and what a change is compared with."""

from typing import TYPE_CHECKING

from extract.context import Draft, Held
from extract.periods.model import Period
from extract.resolve.period.aside import aside_dates, closes
from extract.resolve.period.bases import base_before, see_base
from extract.resolve.period.dates import (
    counted_at,
    counted_on,
    dated,
    dates_report,
    lies_ahead,
    outlasts,
    reviews,
    under_way,
    unended,
)
from extract.resolve.period.ends import of_gap
from extract.resolve.period.plans import for_plan, of_clause_before, of_plan
from extract.resolve.period.report import (
    back_to_report,
    dates_others,
    is_report,
    looks_ahead,
    looks_aside,
    means_yearly,
    of_parts_or_event,
    sets_report,
    source,
    stays_open,
    yearly,
)
from extract.resolve.period.terms import term_of_plan
from extract.resolve.period.told import (
    in_aside,
    lies_before,
    of_the_day,
    own_period,
    owned_by_other,
    see_periods,
    without_running_term,
)
from extract.tokens.stream import HEADING

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader
    from extract.tokens.stream import Stream

NOWHERE = -9
"""Paragraph of what is not to be inherited."""
OF_PLAN = ("target_gap", "target_pct")
TO_COME = frozenset({"AIM", "PLAN", "TASKS", "ASSIGN"})
"""Cues of what is planned."""


def settle_period(reader: "SentenceReader", draft: Draft) -> None:
    """Give a draft its period: the one named in its clause or sentence, else the one in force."""
    mind = reader.mind
    if draft.period is not None:
        return  # dealt out by `lần lượt`
    base = base_before(reader, draft)
    if base is None and (mind.period is not None or draft.measure == "target"):
        base = own_period(reader, draft)
    if base is not None:
        draft.period, draft.slots["period"] = base, "clause"
        return
    if means_yearly(reader, draft):
        return
    found = _named(reader, draft)
    if (found is None and yearly(reader, draft)) or of_parts_or_event(reader, draft, named=found is not None):
        return
    found = _of_its_plan(reader, draft, found) if found is not None else None
    ahead = False
    if found is not None and found.kind != "now":
        found = dated(reader, found, draft.measure)
        ahead = draft.measure != "target" and lies_ahead(reader, found)
        if draft.measure != "target" and counted_on(found) and not (draft.measure == "target_gap" and mind.period):
            return  # `Tuần kế tiếp được 26 người`: counted from what was told, not from today
        if ahead and draft.measure in OF_PLAN and mind.period is not None:
            found = None
        elif draft.measure == "target_gap" and mind.period is not None and unended(reader, found):
            found = None  # `3 tháng cuối năm còn phải phát triển 3.541 người`: what is missing now
    if found is not None and found.kind != "now":
        draft.period, draft.slots["period"] = found, "clause"
        if draft.measure == "target" and (
            found.mode == "by-target" or lies_ahead(reader, found) or under_way(reader, found)
        ):
            _aim(reader, found)
        planned = draft.measure == "target" or (draft.measure in OF_PLAN and under_way(reader, found))
        if planned or found.end is None or ahead or looks_aside(reader, found):
            return
        if (found.kind in ("quarter", "half") and unended(reader, found)) or outlasts(reader, found):
            draft.slots["period"] = "passing"  # `phần việc của quý IV`, told in October
            return
        if dates_others(reader, found):
            mind.period, mind.used = reader.held(found), reader.sentence
            mind.year = found.end.year
            mind.reports |= {found.end} if is_report(found) else set()
            if not _passed(reader, draft, found):
                sets_report(reader, found)
        return
    _inherit(reader, draft, now=found is not None)


def _of_its_plan(reader: "SentenceReader", draft: Draft, found: Period) -> Period | None:
    """The period named beside what is planned or missing, where it is not an aim's or of a year that is over."""
    aims = [one for one in reader.drafts if one.measure == "target" and one.period is found]
    if aims and draft.measure in OF_PLAN and reader.mind.period is not None:
        return None
    if draft.measure == "target" and found.kind == "year" and _over_already(reader, found):
        return None
    return of_gap(reader, draft, found) if draft.measure == "target_gap" else found


def _over_already(reader: "SentenceReader", period: Period) -> bool:
    """`tăng 58,5% so với thực hiện năm 2019; 98,8% dân số`, of a plan for 2020: not of the year that is over."""
    held, reference = reader.mind.aimed or reader.mind.planned, reader.layers.reference
    if held is None or held.value.end is None or reference is None or period.end is None:
        return False
    return period.end < reference < held.value.end


def _passed(reader: "SentenceReader", draft: Draft, found: Period) -> bool:
    """`xuống 140,3 tỷ đồng hết tháng 8, trước khi về mức hiện tại`: a date behind a figure, before the report's own."""
    report = reader.mind.report
    if report is None or report.value.end is None or found.end is None or found.end >= report.value.end:
        return False
    return any(one.end == found.end and index > draft.index for index, one in reader.periods)


def _inherit(reader: "SentenceReader", draft: Draft, *, now: bool) -> None:
    """Give a draft the period in force: of what is planned, of a campaign, of the report. `now`: it says `hiện nay`."""
    mind = reader.mind
    if mind.period is not None and draft.measure != "target" and stays_open(reader, draft, now=now):
        return
    mind.dated = reader.paragraph if draft.measure != "target" else mind.dated
    back_to_report(reader, draft)
    held = mind.planned if draft.measure == "target" and mind.planned is not None else mind.period
    beside = next((one for one in reversed(reader.drafts) if one.index < draft.index), None)
    if draft.measure == "target" and beside is not None and beside.measure in ("target_pct", "target_gap"):
        held = Held(beside.period, reader.sentence, reader.paragraph) if beside.period is not None else held
    elif draft.measure == "target" and mind.aimed is not None and mind.aimed.paragraph == reader.paragraph:
        held = mind.aimed
    if (term := term_of_plan(reader, draft, held)) is not None:
        draft.period, draft.slots["period"] = term, "passing"
        return
    if draft.measure == "gain" and mind.event is not None:
        on_it = mind.event.paragraph == reader.paragraph or of_the_day(reader, draft)
        held = mind.event if on_it and not now else held
    if held is None:
        return
    if held is mind.period:
        mind.used = reader.sentence
    draft.period = held.value
    draft.slots["period"] = source(reader, held, draft)


def _aim(reader: "SentenceReader", period: Period) -> None:
    """Keep the time that an aim named for the aims after it; where a paragraph names two, none is meant."""
    told = reader.mind.aimed
    if told is not None and told.sentence == reader.sentence and told.value.end == period.end:
        return
    two = told is not None and told.paragraph == reader.paragraph and told.value.end != period.end
    reader.mind.aimed = Held(period, reader.sentence, NOWHERE if two else reader.paragraph)


def look_back(reader: "SentenceReader", stream: "Stream", sentence: int, paragraph: int) -> None:
    """Take note of the date that a sentence without figures gives to those after it."""
    reader.stream, reader.sentence, reader.paragraph = stream, sentence, paragraph
    see_periods(reader)
    see_heading(reader)


def see_heading(reader: "SentenceReader") -> None:
    """Let a heading, or a sentence that dates a report, set the year; one of tasks to come sets the period of plans."""
    if reader.stream.end - reader.stream.start <= HEADING:
        see_base(reader)
    if not reader.periods:
        return
    tokens, mind = reader.stream.tokens, reader.mind
    reviewed = -1
    if "kết" in reader.layers.text[reader.stream.start : reader.stream.end].lower():
        reviewed = next((index for index in range(len(tokens)) if reviews(tokens, index)), -1)
    heading = reader.stream.end - reader.stream.start <= HEADING
    everywhere = {reader.names.get(code) for code in set(reader.stream.codes)}
    for index, period in reader.periods:
        if period.end is None or in_aside(reader, index):
            continue
        cues = {reader.names.get(token.code) for token in tokens[max(0, index - 8) : index]}
        alone = reviewed < 0 and period.mode != "until"
        past = _over(reader, period) or counted_at(reader, index)
        planned = bool(TO_COME & (everywhere if alone else cues)) and not past
        if period.kind == "year" and planned and (heading or reviewed >= 0):
            mind.planned = reader.held(period)
        elif planned or looks_ahead(reader, period):
            continue
        elif (
            dates_report(reader, period, index, reviewed)
            or (heading and period.kind == "year" and not mind.period and not under_way(reader, period))
            or (period.kind == "school-year" and index == 0 and _goes_further(mind.period, period))
        ):
            mind.period = reader.held(period)
            sets_report(reader, period)
        elif not heading or period.kind != "year":
            continue
        if mind.year is None:
            mind.year = period.end.year


def _over(reader: "SentenceReader", period: Period) -> bool:
    """`6 tháng đầu năm, nhiều chỉ tiêu vượt kế hoạch`, told in July: what is over is not planned any more."""
    reference = reader.layers.reference
    ended = reference is not None and period.end is not None and period.end <= reference
    return ended and period.kind in ("month", "ytd-months", "quarter", "half", "year") and period.mode in ("at", "in")


def _goes_further(held: Held[Period] | None, other: Period) -> bool:
    """Whether a period ends after the one in force."""
    return held is None or (held.value.end is not None and other.end is not None and held.value.end < other.end)


def _named(reader: "SentenceReader", draft: Draft) -> Period | None:
    periods = reader.periods
    if draft.measure != "target":
        periods = [one for one in periods if not (for_plan(reader, one[0]) or lies_before(reader, one[1]))]
    periods = [(index, period) for index, period in periods if not owned_by_other(reader, draft, index)]
    periods = without_running_term(reader, periods)
    near = 7 if draft.measure == "target" else 4
    alphabet = reader.layers.rules.alphabet
    than = alphabet["THAN"]
    barred = {*"0123;,.:)", than, alphabet["AND"], alphabet["FORECAST"]}
    for index, period in periods:
        between = reader.stream.codes[draft.index + 1 : index]
        if between == ")" and "(" in reader.stream.codes[max(0, draft.index - 3) : draft.index]:
            return period  # `tăng lên 75,82% (gần 70 triệu người) năm 2015`
        if 0 <= index - draft.index - 1 <= near and not set(between) & barred:
            before = reader.stream.tokens[index - 1].load
            words = before if isinstance(before, tuple) else (before,)
            said = (
                between == "("
                or (between.endswith("(") and reader.stream.codes[index + 1 : index + 2] == ")")
                or bool({"vào", "trong", "hồi", "cuối", "hết", "năm"} & set(words))
                or index == draft.index + 1
            )
            follows = reader.stream.codes[index + 1 : index + 2]
            if any(token.load == "thì" for token in reader.stream.tokens[draft.index + 1 : index]):
                continue  # `cuối năm 2019 có 684 người thì đến hết tháng 11/2020 ...`
            if said and (not follows or follows not in "0123"):
                return period
    left = [(index, period) for index, period in periods if index < draft.index]
    if draft.measure == "target":
        left = [(index, period) for index, period in left if not of_clause_before(reader, draft, index)]
        left = of_plan(reader, draft, left)
    if left and (left[-1][1].kind != "now" or (behind := aside_dates(reader, draft, periods)) is None):
        return _after_aside(reader, draft, left)
    if left:
        return behind
    for index, period in periods:
        if index < draft.index:
            continue
        between = reader.stream.codes[draft.index + 1 : index]
        dated = period.mode == "until" or "," not in between or reader.mind.period is None
        if (dated and not set(between) & set("0123;.(") and than not in between) or closes(
            reader, draft, index, period
        ):
            return period
    return None


def _after_aside(reader: "SentenceReader", draft: Draft, left: list[tuple[int, Period]]) -> Period:
    """The period before a figure; past a semicolon that ends a look back, the one that the sentence began with."""
    (first, begun), (index, period) = left[0], left[-1]
    back = begun.end is not None and period.end is not None and period.end < begun.end and begun.mode == "until"
    told = reader.stream.codes[first:index]
    closed = ";" in reader.stream.codes[index : draft.index] and ";" in told and period.mode != "until"
    return begun if back and closed else period
