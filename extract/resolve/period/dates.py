"""A period as its words give it, set right by the report: the year it left out, the day it runs to, what lies ahead."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from extract.periods.find import complete, count_day, find_periods
from extract.periods.model import Period
from extract.resolve.lists.near import mind_near
from extract.text import lowered, matches_at

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader
    from extract.tokens.row import Token

SOON = timedelta(31)
"""A month is told before it has ended."""
CLOSE = timedelta(7)
"""So close ahead a day is told as if it had come."""
EARLY = timedelta(92)
"""So long into a year, `trong năm` means the one that was reported on."""
MEETINGS = frozenset({"họp", "nghị", "phiên", "kỳ", "lễ", "buổi", "tọa", "diễn", "đàm"})
"""Words of occasions whose day is no day of a count."""
REVIEWED = ("day", "month", "quarter", "half", "year", "ytd-months", "relative")
"""Kinds of periods that a report is of."""
LOOKS_BACK = re.compile(
    r"(?<!\w)(?:[Tt]ổng|[Ss]ơ) kết|ra quân|phát động|Khép lại|khép lại"
    r"|Kết quả|kết quả|Kết thúc|kết thúc|Tính đến|tính đến|[Đđ]ến (?:hết|cuối|ngày|\d)"
    r"|Hết (?:tháng|quý|năm)|hết (?:tháng|quý|năm)|[Bb]áo cáo (?:tháng|quý|năm|\d)"
    r"|[Ss]ố liệu (?:được )?(?:chốt|tính|cập nhật|tổng hợp|đến|tới|tháng|quý|năm|\d)"
)
"""Words of sentences without figures that may date those after them."""
BACK_WORDS = (
    "tổng kết", "sơ kết", "ra quân", "phát động", "khép lại", "kết quả", "kết thúc", "tính đến", "đến ",
    "hết tháng", "hết quý", "hết năm", "báo cáo ", "số liệu ",
)  # fmt: skip
"""How these begin, in lower case."""
_BEGINNING = r"((?:(?:Trong|Qua|Sau) )?(?:\w+ tháng|[Nn]ăm \d{4}|[Qq]uý)(?!\w))"
BEGINS_WITH_DATE = re.compile(rf"[.:\n](?:(?<=\n)(?:[*•–-] )?|(?<!\n) ){_BEGINNING}")
_COUNTS = r"\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
BEGINS_CLAUSE = re.compile(rf", ((?:(?:{_COUNTS}) tháng|quý [IV1-4]+)(?!\w)(?! \d))")
BEGINS_TEXT = re.compile(_BEGINNING)
"""Sentences, or clauses of them, that begin so may date those after them, too."""
LONG_PAST = timedelta(270)
"""A report so old is not what `hiện nay` speaks of."""


def looks_back(text: str) -> set[int]:
    """Give where words stand that may date what is told after them."""
    found = {match.start() for match in matches_at(BACK_WORDS, lowered(text), LOOKS_BACK, text)}
    found |= {match.start(1) for begins in (BEGINS_WITH_DATE, BEGINS_CLAUSE) for match in begins.finditer(text)}
    return found | {0} if BEGINS_TEXT.match(text) else found


def _year_before(period: Period) -> Period:
    """What is reported has been: the year before the one that was filled in."""
    try:
        start = period.start.replace(year=period.start.year - 1) if period.start else None
        return replace(period, start=start, end=period.end.replace(year=period.end.year - 1) if period.end else None)
    except ValueError:
        return period


def year_after(period: Period) -> Period:
    """Give a period a year later; as it is where that year has no such day."""
    try:
        start = period.start.replace(year=period.start.year + 1) if period.start else None
        return replace(period, start=start, end=period.end.replace(year=period.end.year + 1) if period.end else None)
    except ValueError:
        return period


def dated(reader: "SentenceReader", period: Period, measure: str) -> Period:
    """Add the year of the report where the words name none, and the report's day where they run `đến nay`."""
    mind, reference = reader.mind, reader.layers.reference
    if period.mode == "from" and period.kind in ("range", "year") and period.end is None and period.start is not None:
        return _until_report(reader, period)
    if period.end is None and mind.year is not None:
        return complete(period, mind.year)
    day = count_day(period) if period.edge == "middle" else period.end
    late = reference is not None and day is not None and day > reference
    if not late or measure == "target" or period.completed != "year":
        return period
    foreseen = "FORECAST" in reader.here and period.mode == "by-target"
    if foreseen or (period.mode == "by-target" and measure == "target_gap"):
        return period  # `Tới tháng 12 còn phải tìm thêm 1.286 người`
    assert reference is not None and period.end is not None
    far = period.kind in ("quarter", "half", "ytd-months") and period.end > reference + SOON
    running = (
        (period.kind == "month" or (period.kind == "quarter" and period.mode == "at"))
        and period.start is not None
        and period.start <= reference
    )
    if running or (period.kind == "day" and period.end <= reference + CLOSE):
        return period  # `tháng 2 này`, told on the tenth; `ước đến 31/12`, told on the 28th
    if period.kind in ("day", "month") or far:
        return _year_before(period)
    early = period.start is not None and reference < period.start + EARLY
    this = period.high is not None and period.high.year_shift is not None
    if period.kind == "year" and early and not this and (period.mode in ("in", "end-of") or period.edge == "end"):
        return _year_before(period)
    return period


def _until_report(reader: "SentenceReader", period: Period) -> Period:
    """`từ đầu năm đến nay` beside a dated report ends on its day."""
    held = reader.mind.period
    if held is None or period.start is None:
        return period
    day = held.value.end
    near = day is not None and day > period.start and day.year == period.start.year
    return replace(period, end=day) if near else period


def lies_ahead(reader: "SentenceReader", period: Period) -> bool:
    """Whether a period lies so far ahead of the report that no result can be of it: `từ nay đến cuối năm`."""
    reference = reader.layers.reference
    if reference is None or period.end is None or period.end <= reference + SOON:
        return False
    return period.mode == "by-target" or period.start is None or period.start > reference


def unended(reader: "SentenceReader", period: Period) -> bool:
    """Whether a period runs on for long after the report: what is still to be done in it is missing today."""
    reference, held = reader.layers.reference, reader.mind.period
    if reference is None and held is not None and period.edge == "end":
        return True  # `Từ nay đến cuối năm còn phải phát triển thêm 790 người`, of a text without a date
    if reference is None or period.end is None:
        return False
    ends = period.mode == "by-target" or period.edge == "end" or period.kind == "range"
    return period.end > (reference if ends else reference + SOON)


def outlasts(reader: "SentenceReader", period: Period) -> bool:
    """`số phải thu của tháng 12`, after a report on eleven months: a month that has only begun dates nothing else."""
    held, reference = reader.mind.period, reader.layers.reference
    if held is None or held.value.end is None or reference is None or period.kind != "month" or period.end is None:
        return False
    return period.end > reference and period.start is not None and held.value.end < period.start


def counted_on(period: Period) -> bool:
    """Whether weeks, months or several years are counted on from a time: in a report, not from today."""
    shift = period.shift
    return shift is not None and shift.first > 0 and (period.grain != "year" or shift.first < shift.last)


def _words(token: "Token") -> set[str]:
    """Words of a token that is a cue or a plain word."""
    return set(token.load) if isinstance(token.load, tuple) else {token.load} if isinstance(token.load, str) else set()


def of_event(tokens: "list[Token]", index: int) -> bool:
    """Whether a day is that of a meeting or a visit: `Tại hội nghị ngày 3/4`, `Sáng 14/7, ... tổ chức`."""
    period = tokens[index].load
    if period.kind not in ("day", "relative") or period.grain != "day" or period.mode not in ("at", "in"):
        return False
    if index and {"điểm", "liệu", "tính"} & _words(tokens[index - 1]):
        return False
    for token in reversed(tokens[max(0, index - 7) : index]):
        if token.code in ",;.:":
            break
        if _words(token) & MEETINGS:
            return True
    return False


def of_others(tokens: "list[Token]", index: int) -> bool:
    """`người nghỉ hưu trước tháng 4/1993`, `Quyết định 50 (giai đoạn 2016 - 2020)`: no time at which was counted."""
    if index < 2:
        return False
    before = tokens[index - 2]
    if _words(tokens[index - 1]) & {"trước", "sau"} and "hưu" in _words(before):
        return True
    behind = tokens[index + 1].code if index + 1 < len(tokens) else ""
    enclosed = tokens[index - 1].code == "(" and behind == ")"
    return enclosed and tokens[index].load.kind == "range" and before.code not in "0123456"


def reviews(tokens: "list[Token]", index: int) -> bool:
    """Whether a token begins `tổng kết`, `sơ kết`: a look back on a period."""
    if index + 1 >= len(tokens) and len(_words(tokens[index])) < 2:
        return False
    words = _words(tokens[index])
    after = _words(tokens[index + 1]) if index + 1 < len(tokens) else set()
    return bool({"tổng", "sơ"} & words) and "kết" in (words | after)


def dates_report(reader: "SentenceReader", period: Period, index: int, reviewed: int) -> bool:
    """Whether a sentence without figures dates those after it: `Khép lại năm 2022, ...`, `sơ kết 6 tháng đầu năm`."""
    reference = reader.layers.reference
    if period.kind not in REVIEWED or period.end is None or lies_ahead(reader, period):
        return False
    if reference is not None and (period.end > reference + SOON or stale(reader, period)):
        return False
    if 0 <= reviewed < index:
        return True
    before = set().union(*map(_words, reader.stream.tokens[max(0, index - 3) : index]))
    if before & {"trước", "sau", "từ", "kể"}:
        return False
    if counted_at(reader, index):
        return True
    if period.grain == "day" or period.mode in ("until", "end-of"):
        return period.mode == "until"
    within = period.kind not in ("year", "day")
    if within and period.mode == "at" and index and _words(reader.stream.tokens[index - 1]) & {"cáo", "liệu"}:
        return True  # `Theo báo cáo tháng 10/2025 của ngành, các chỉ tiêu chính ...`
    opens = index <= 2 or (within and (_said(reader, index) or _heads_clause(reader, index)))
    return (
        opens
        and period.mode in ("at", "in")
        and (period.kind == "ytd-months" or period.grain != "month" or _months_past(period))
    )


def counted_at(reader: "SentenceReader", index: int) -> bool:
    """`số liệu chốt ngày 30/9/2020`, `tại thời điểm 30/9`: a day on which was counted."""
    period, tokens = reader.stream.tokens[index].load, reader.stream.tokens
    if not isinstance(period, Period) or period.kind != "day" or period.mode != "at":
        return False
    return bool(set().union(*map(_words, tokens[max(0, index - 3) : index])) & {"chốt", "liệu", "điểm"})


def _months_past(period: Period) -> bool:
    """`sáu tháng qua`: several months together."""
    return period.shift is not None and period.shift.first < period.shift.last < 0


def _said(reader: "SentenceReader", index: int) -> bool:
    """`Lãnh đạo Trung tâm cho biết, sáu tháng qua có ...`: a period that what somebody reports begins with."""
    tokens = reader.stream.tokens
    return index >= 2 and tokens[index - 1].code in ",:" and bool(_words(tokens[index - 2]) & {"biết", "tin", "cáo"})


def _heads_clause(reader: "SentenceReader", index: int) -> bool:
    """`Ở các mảng khác, quý I ổn định`, `an sinh: Sáu tháng, tỉnh ...`: a part of the year heads a clause."""
    period, before = reader.stream.tokens[index].load, reader.stream.tokens[index - 1].code
    return period.kind in ("ytd-months", "quarter", "half") and before in ",:;"


def stale(reader: "SentenceReader", period: Period) -> bool:
    """Whether a period is too long past to be meant by `hiện nay`."""
    reference = reader.layers.reference
    return reference is not None and period.end is not None and period.end < reference - LONG_PAST


def under_way(reader: "SentenceReader", period: Period) -> bool:
    """Whether a year has not ended when the report is published: what is said of it is to come."""
    reference = reader.layers.reference
    return reference is not None and period.end is not None and period.end > reference + EARLY


def of_population(reader: "SentenceReader", index: int) -> bool:
    """`bao phủ 80,98% dân số năm 2016`, of a count told as of later: the year is that of the population."""
    period, tokens = reader.stream.tokens[index].load, reader.stream.tokens
    denominator = index > 0 and reader.names.get(tokens[index - 1].code) == "DENOM"
    if not denominator or period.kind != "year" or period.mode not in ("at", "in"):
        return False
    others = [token.load for token in tokens[:index] if isinstance(token.load, Period) and not token.load.compared]
    if others:
        return others[-1].kind == "now" or (others[-1].end is not None and others[-1].end > period.end)
    last = reader.mind.drafts[-1] if reader.mind.drafts and mind_near(reader) else None
    return last is not None and (last.period is None or (last.period.end is not None and last.period.end > period.end))


def month_of_report(reader: "SentenceReader") -> Period | None:
    """`Trong tháng, ngành cấp 2.292 sổ`, after a report on August: that month."""
    held, tokens = reader.mind.period, reader.stream.tokens
    if held is None or held.value.end is None or len(tokens) < 3 or held.paragraph != reader.paragraph:
        return None
    if (tokens[0].load, tokens[1].load) != ("trong", "tháng") or (tokens[2].code == "w" and tokens[2].load != "này"):
        return None
    day = held.value.end
    found = find_periods(f"tháng {day.month}/{day.year}", reader.layers.reference)
    return found[0] if found else None
