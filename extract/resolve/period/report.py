"""How far a period dates what is told after it: a report's date does, a year told in passing does not."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from extract.context import Draft, Held, provenance
from extract.periods.model import Period
from extract.resolve.lists.same import opens_parts
from extract.resolve.period.dates import stale

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

PRESENT = re.compile(
    r"(?<!\w)(?<!thực )(?<!phát )(?<!thể )(?<!biểu )(?<!xuất )(?<!tái )(?<!Thực )(?<!Phát )[Hh]iện"
    r"(?!\s+(?:đại|hành|thực|trạng|tượng|diện|vật|thân|hữu|kim))(?!\w)"
)
"""`hiện`, `hiện có`, `hiện nay`."""
TOLD_OF = re.compile(r"tính|hết|cuối|điểm|liệu|ngày|tháng|quý", re.I)
"""Words before a year up to which something was counted; a bare `đến năm 2020` is rather an aim."""
ASSEMBLED = re.compile(r"(?<!\w)(?:sáng|chiều|tối|trưa|hôm)(?: nay| qua)?(?: ngày)?[ (]*[\d/.-]*$", re.I)
"""Before the day on which somebody spoke: `sáng 14/7`, `chiều nay (26/12)`."""
SINCE = re.compile(r"^\W*(?:Tuy nhiên|Nhưng|Song|Thế nhưng|Thế mà),? (?:đến|tới|cho đến) nay(?!\w)")
"""Beginnings of sentences that set now against then."""
YEARLY = re.compile(r"(?<!\w)(?:[Mm]ỗi năm|[Hh]àng năm|[Hh]ằng năm|bình quân năm)(?!\w)[^;.\d]{0,60}$")
"""What is told of every year is of none."""
FRESH = timedelta(31)
"""So long after its last day a stretch of days is news."""
REPORT_REACH = 8
"""For how many sentences a report's date speaks for `hiện nay`, or for sentences that name no time."""
PASSING_REACH = 3
"""The same, for a year told in passing."""


def is_present(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether a figure is said of now, with no date in its sentence."""
    start = reader.stream.start
    return PRESENT.search(reader.layers.text, max(start, draft.start - 160), draft.start) is not None


def spoken_on(reader: "SentenceReader", period: Period) -> bool:
    """Whether a day is only the one on which somebody spoke."""
    if period.grain != "day" or period.mode == "until":
        return False
    start = reader.stream.start
    told = reader.layers.text[max(start, start + period.lead - 24) : start + period.span_end]
    return ASSEMBLED.search(told) is not None


def looks_ahead(reader: "SentenceReader", period: Period) -> bool:
    """Whether a year is only named as one by which something is to be: `đến năm 2020`, of no known past."""
    if period.kind != "year" or period.mode not in ("until", "by-target") or period.edge:
        return False
    start, reference = reader.stream.start, reader.layers.reference
    if reference is not None and period.end is not None and period.end.year < reference.year:
        return False
    return not TOLD_OF.search(reader.layers.text[start + period.lead : start + period.span_start])


def dates_others(reader: "SentenceReader", period: Period) -> bool:
    """Whether a period may date figures after it: no stretch of years, no year to come."""
    if period.kind == "range" and not cumulated(period) and not _fresh(reader, period):
        return False
    begun = period.edge == "start" and period.mode == "start-of"
    return not begun and period.kind not in ("term", "decade") and not looks_ahead(reader, period)


def _fresh(reader: "SentenceReader", period: Period) -> bool:
    """`từ 22 đến 31/12`, told in January: days up to which the whole has been counted, too."""
    reference = reader.layers.reference
    if reference is None or period.grain != "day" or period.end is None or period.start is None:
        return False
    return timedelta() <= reference - period.end <= FRESH


def cumulated(period: Period) -> bool:
    """`lũy kế từ đầu năm đến 31/8`: what a year has told up to a day."""
    start, end = period.start, period.end
    if period.kind != "range" or period.grain == "year" or start is None or end is None:
        return False
    return start == end.replace(month=1, day=1)


def yearly(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether a sum or count is that of every year: `mỗi năm chi khoảng 100.000 tỷ đồng`."""
    start = reader.stream.start
    return YEARLY.search(reader.layers.text, max(start, draft.start - 90), draft.start) is not None


def source(reader: "SentenceReader", held: "Held[Period]", draft: Draft) -> str:
    """Say where the period in force came from: one told in passing dates a count hardly, a sum of its year rather."""
    told = provenance(held, reader.sentence, reader.paragraph)
    flow = draft.kind == "money" or draft.unit == "visit"
    aimed = draft.measure in ("target", "target_gap", "target_pct")
    sure = reported(reader, held.value) or aimed or draft.head is not None
    near = reader.sentence - held.sentence <= 1 and flow
    return told if sure or near or told != "paragraph" else "passing"


def back_to_report(reader: "SentenceReader", draft: Draft) -> None:
    """Let the report's date hold again in a new paragraph, after what was told in passing of a time before it.

    And for all but pupils after a school year.
    """
    mind = reader.mind
    held, report = mind.period, mind.report
    if held is None or report is None or held.value.end is None or report.value.end is None:
        return
    if held.value.kind == "school-year":
        if "BHYT_HSSV" not in draft.schemes:
            mind.period = report
    elif held.paragraph != reader.paragraph and (held.value.end < report.value.end or is_running(reader, held.value)):
        mind.period = report


def is_running(reader: "SentenceReader", period: Period) -> bool:
    """`Năm nay phát hiện 12 trường hợp`: a year that has not ended was only told of in passing."""
    reference = reader.layers.reference
    return reference is not None and period.end is not None and period.grain == "year" and period.end > reference


def sets_report(reader: "SentenceReader", period: Period) -> None:
    """Keep the period in force as the report's, if it is one and not only a look back."""
    mind = reader.mind
    if not is_report(period) or period.kind == "school-year" or period.end is None:
        return
    last = mind.report.value.end if mind.report is not None else None
    series = len(reader.periods) > 2  # `104,2 tỷ đồng cuối năm 2016, 163,9 cuối tháng 5, rồi 140,3 hết tháng 8`
    if last is None or period.end >= last or (period.mode == "until" and not series):
        mind.report = mind.period


def is_report(period: Period) -> bool:
    """Whether a period is that of a report, as of a day, month or the months of a year: not a bare year."""
    if period.kind in ("school-year", "relative"):
        return True
    return period.grain != "year" or period.mode in ("until", "end-of") or period.edge == "end"


def reported(reader: "SentenceReader", period: Period) -> bool:
    """Whether a period is a report's, or ends with one that the text named before."""
    return is_report(period) or period.end in reader.mind.reports


def carries(reader: "SentenceReader", held: "Held[Period]", *, present: bool, flow: bool) -> bool:
    """Whether the period in force speaks for a figure that names none; `present`: said of now; `flow`: of a year."""
    report = reported(reader, held.value)
    gap = reader.sentence - max(held.sentence, reader.mind.used)
    text = reader.layers.text
    if present and SINCE.match(text[reader.stream.start : reader.stream.start + 36]):
        return False
    if present and held.paragraph != reader.paragraph:
        return reader.mind.dated == reader.paragraph and gap <= 1
    if present:
        return report and reader.sentence - held.sentence <= REPORT_REACH
    if held.paragraph != reader.paragraph:
        return True
    return gap <= (REPORT_REACH if report or flow else PASSING_REACH)


def means_yearly(reader: "SentenceReader", draft: Draft) -> bool:
    """`tính đến tháng 5 có 300.000 người, trung bình mỗi năm 700.000 người`: of no year in particular."""
    codes, each = reader.stream.codes, reader.layers.rules.alphabet["EACH"]
    if draft.kind == "percent" or each not in codes[max(0, draft.index - 4) : draft.index]:
        return False
    left = [(index, period) for index, period in reader.periods if index < draft.index]
    if not left or left[-1][1].kind == "range":
        return False
    return bool(set(codes[left[-1][0] : draft.index]) & set("0123"))


def stays_open(reader: "SentenceReader", draft: Draft, *, now: bool) -> bool:
    """Whether the period in force cannot be that of a figure which names none; what lies too far back is let go."""
    held = reader.mind.period
    assert held is not None
    if now and (stale(reader, held.value) or _later_named(reader, draft, held.value)):
        reader.mind.period = None
        return True
    present = now or is_present(reader, draft)
    if carries(reader, held, present=present, flow=draft.kind == "money" or draft.unit == "visit"):
        return not present and held.sentence < reader.mind.paused and reader.sentence - reader.mind.paused <= 1
    if present and reported(reader, held.value):
        reader.mind.paused = reader.sentence
    else:
        reader.mind.period = None
    return True


def _later_named(reader: "SentenceReader", draft: Draft, period: Period) -> bool:
    """Whether the words before `đến nay` name a later year than the one in force: `Năm 2018, ... đến nay`."""
    aims = [one.period for one in reader.drafts if one.measure == "target"]
    named = [one for index, one in reader.periods if index < draft.index and one.kind == "year"]
    later = [one for one in named if not any(one is aim for aim in aims)]
    return any(one.end is not None and period.end is not None and one.end > period.end for one in later)


def looks_aside(reader: "SentenceReader", period: Period) -> bool:
    """Whether a period only looks back for a sentence: earlier than the one that its paragraph reports on."""
    held = reader.mind.period
    if held is None or held.paragraph != reader.paragraph:
        return False
    if reader.sentence - max(held.sentence, reader.mind.used) > 2 or (is_report(period) and period.mode == "until"):
        return False
    if held.value.kind == "school-year" and period.grain == "day" and is_running(reader, held.value):
        return False  # `Năm học 2024 - 2025 có 503.862 em. Kết thúc đợt thu (31/10), ...`
    return held.value.end is not None and period.end is not None and period.end < held.value.end


def of_parts_or_event(reader: "SentenceReader", draft: Draft, *, named: bool) -> bool:
    """Give parts, told after `trong đó`, the date of their whole, and what a campaign won its day; say whether so."""
    mind = reader.mind
    aims = draft.measure == "target" and bool(mind.drafts) and mind.drafts[-1].measure != "target"
    if not named and not aims and opens_parts(reader) and mind.drafts[-1].slots.get("period") == "clause":
        draft.period, draft.slots["period"] = mind.drafts[-1].period, "paragraph"
        return True
    event = mind.event
    if draft.measure == "gain" and event is not None and event.sentence == reader.sentence:
        draft.period, draft.slots["period"] = event.value, "clause"
        return True
    return False
