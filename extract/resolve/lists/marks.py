"""Marks that are passed, aims with a year still to come, shares and rates that grow by points."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from extract.context import Draft
from extract.periods.model import Period
from extract.rules.pattern import FIGURES

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

SUBJECTS = frozenset({"OWE", "COLLECT", "SPEND", "COVER", "COUNTED", "JOIN", "SCHEME"})
"""Words for what passes a mark."""
PLANNED = frozenset({"PLAN", "ASSIGN", "AIM"})
"""Words beside which `vượt` tells a surplus."""
ASKED = re.compile(r"(?:[Mm]ục tiêu|[Cc]hỉ tiêu|[Kk]ế hoạch)[^.?!\n]{0,60}\?[”\"]?\s*\n\s*$")
"""A question about aims, right before its answer."""
SEASON = timedelta(92)
"""So far ahead no result can be told."""
POINTS = 5
"""So many points may a rate have lost that is lower still."""
BECOMING = ("by-target", "until", "end-of")


def passes_mark(reader: "SentenceReader", draft: Draft) -> bool:
    """`nợ đã vượt 70 tỷ đồng`, `số người tham gia vượt 1,2 triệu`, with no plan in sight: more than so many."""
    if (
        draft.rule != "plan.gap.over"
        or PLANNED & reader.here
        or any(one.measure.startswith("target") for one in reader.drafts)
    ):
        return False
    names = {reader.names.get(code) for code in reader.stream.codes[max(0, draft.index - 12) : draft.index]}
    if "THAN" in [reader.names.get(code) for code in reader.stream.codes[draft.index + 1 : draft.index + 4]]:
        return False  # `vượt 1.200 người so với cùng kỳ`
    if reader.names.get(reader.stream.codes[draft.index - 2 : draft.index - 1]) == "SPEND":
        return False  # `chi vượt 395 tỷ đồng`: more than the fund
    if draft.kind == "percent":
        return (
            draft.value >= 50 and bool({"COVER", "JOIN", "SCHEME"} & names) and not {"SPEND", "COLLECT", "OWE"} & names
        )
    told = any(one.kind == draft.kind for one in reader.drafts)
    near = reader.mind.near(reader.mind.plan, reader.sentence, reader.paragraph, 1)
    return not told and bool(SUBJECTS & names) and (not near or "OWE" in names)


def unfinished(reader: "SentenceReader", period: Period) -> bool:
    """`đến cuối năm 2019`, read in spring: what there is by then can only be aimed at."""
    today = reader.layers.reference
    if today is None or period.end is None or period.compared:
        return False
    if period.completed == "year" and (period.mode != "by-target" or "FORECAST" in reader.here):
        return False  # by the report's year, without a word of aims: told as a fact
    if period.mode not in BECOMING:
        return False
    return period.kind in ("year", "month", "day", "quarter", "half") and period.end > today + SEASON


def by_order(reader: "SentenceReader", draft: Draft) -> bool:
    """`Mục tiêu năm 2025 là 95% theo quyết định của Thủ tướng`: the decision names the aim, nothing was reached."""
    if draft.rule != "plan.pct.after" or not reader.aiming:
        return False
    return "theo" in [
        word for token in reader.stream.tokens[draft.index + 1 : draft.index + 4] for word in words_of(token)
    ]


def asked_for_aims(reader: "SentenceReader") -> bool:
    """`- Năm 2024, ngành đặt mục tiêu gì?`, and on the next line the answer: what it tells is aimed at."""
    text, start = reader.layers.text, reader.stream.start
    first = max(0, start - 120)
    return text.rfind("?", first, start) >= 0 and ASKED.search(text, first, start) is not None


def words_of(token: object) -> tuple[str, ...]:
    """Give the words of a cue or a plain word; none of what the layers found."""
    load = getattr(token, "load", None)
    return load if isinstance(load, tuple) else (load,) if isinstance(load, str) else ()


def _of_money(reader: "SentenceReader", draft: Draft) -> bool:
    """`tăng 5,5% so với số tiền nợ năm trước`: the base is a sum."""
    behind = reader.stream.tokens[draft.index + 1 : draft.index + 5]
    return any(reader.names.get(token.code) == "OWE" or "tiền" in words_of(token) for token in behind)


def of_rate(reader: "SentenceReader", draft: Draft) -> bool:
    """`nợ 5,65% số phải thu, giảm 1,2%`: a rate falls by points."""
    shares = [one for one in reader.drafts if one.kind == "percent"]
    if not shares or shares[-1].measure != "rate" or not draft.rule.startswith("change.pct"):
        return False
    told = any(one.kind == "money" and one.index < shares[-1].index for one in reader.drafts)
    if told and 0 <= abs(draft.value) - shares[-1].value < POINTS and not _of_money(reader, draft):
        draft.flags.add("measure-open")  # `nợ 1,3 tỷ đồng, bằng 1,8% số phải thu, giảm 2,1%`: either may have fallen
    if told and (shares[-1].value < abs(draft.value) or _of_money(reader, draft)):
        return False  # what falls is the debt, told before its rate
    between = {reader.names.get(code, code) for code in reader.stream.codes[shares[-1].index + 1 : draft.index]}
    if told and "PERIOD" in between:
        return False  # `bằng 3,5% số phải thu năm 2015, tăng 1,2%`: the year closes the rate off
    return not between & {";", "OWE", "COLLECT", "SPEND", "COUNTED"}


def now_reached(reader: "SentenceReader", aim: Draft, draft: Draft) -> bool:
    """`đề ra 76,5% người dân tham gia. Hiện toàn huyện mới đạt 74,4%`: what the aim has come to."""
    if aim.of == "rate" and aim in reader.drafts and not reader.aiming:
        between = reader.stream.tokens[aim.index + 1 : draft.index]
        return any(isinstance(token.load, Period) or token.load == "thực" for token in between)
    if aim.of != "coverage_pct" or reader.aiming:
        return False
    if aim in reader.drafts:
        return draft.value < 1.1 * aim.value and any(
            reader.names.get(token.code) in ("REACH", "NEW")
            for token in reader.stream.tokens[draft.index - 2 : draft.index]
        )
    if reader.drafts:
        return False
    left = reader.stream.tokens[: draft.index]
    reached = any(reader.names.get(token.code) in ("REACH", "NEW") for token in left[-3:]) or (
        not PLANNED & reader.here and any(reader.names.get(token.code) == "IS" for token in left[-2:])
    )
    now = any(isinstance(token.load, Period) for token in left) or bool({"mới", "chỉ", "đã"} & set(words_of(left[-1])))
    return reached and now


def assigns_gain(reader: "SentenceReader", index: int) -> bool:
    """`giao hệ thống bưu điện phát triển 735 người`: who is to win how many."""
    for token in reader.stream.tokens[index + 1 : index + 9]:
        name = reader.names.get(token.code, token.code)
        if name == "ENROL":
            return not {"đã", "được"} & set(words_of(token))
        if name not in ("WORD", "PLACE", "EACH", "FIRMS", "PERSON", "AND", "ORG"):
            return False
    return False


def of_everyone(reader: "SentenceReader", draft: Draft) -> bool:
    """`có 770.000 người tham gia BHYT, chiếm gần 82%`: all who are insured, so that the share is of all people.

    A share before it that was said to be of the population, and of about as many people, says so too.
    """
    head, told = draft.head, [*reader.mind.drafts, *reader.drafts]
    if "INCLUDING" in reader.here or head is None or head.schemes != ("BHYT",) or not draft.value:
        return False
    if head.measure != "level" or head.kind != "person":
        return False
    everyone = head.value / draft.value
    for one in told:
        if one.measure == "coverage_pct" and one.head is not None and one.head.schemes == head.schemes and one.value:
            return abs(one.head.value / one.value / everyone - 1) < 0.25
    larger = any(one.kind == "person" and one.value > head.value for one in told)
    return draft.value >= 40 and not larger and head is reader.drafts[0]


def share_meant(reader: "SentenceReader") -> str:
    """What grows by points: the share or rate told last, else coverage."""
    for one in reversed([*reader.mind.drafts, *reader.drafts]):
        if one.kind == "percent" and one.measure in ("coverage_pct", "rate", "share_pct"):
            return one.measure
    return "coverage_pct"


def measure_meant(reader: "SentenceReader", draft: Draft) -> str:
    """The measure that a plan is of: of coverage, where a percent lacks or passes it and coverage was told last."""
    if draft.head is not None and draft.head.measure not in ("target", "uncovered"):
        told = [one for one in reader.drafts if one.index > draft.head.index]
    else:
        told = reader.drafts or reader.mind.drafts
    shares = [
        one for one in told if one.measure == "coverage_pct" or (one.measure == "target" and one.of == "coverage_pct")
    ]
    if shares and (draft.measure == "target_gap" or draft.head is None) and draft.unit == "percent":
        return "coverage_pct"
    return draft.head.measure if draft.head and draft.head.measure != "target" else "level"


def assigned_gain(reader: "SentenceReader", draft: Draft) -> bool:
    """`được giao phát triển mới 80 người`: what is assigned is people to be won, not to be had."""
    last = reader.stream.tokens[draft.index - 1] if draft.index and draft.kind == "person" else None
    name = reader.names.get(last.code) if last is not None else None
    return last is not None and (
        (name == "ASSIGN" and "phát" in last.load)
        or (name in ("AIM", "NEED") and ("thêm" in last.load or last.load[-2:] == ("triển", "mới")))
    )


def goes_on_gain(reader: "SentenceReader", draft: Draft) -> bool:
    """`giao phát triển mới 1.120 người BHXH tự nguyện, 3.400 người BHYT hộ gia đình`: both plans are of new people."""
    last = reader.drafts[-1] if reader.drafts else None
    if last is None or last.measure != "target" or last.of != "gain" or last.kind != draft.kind:
        return False
    between = {reader.names.get(code, code) for code in reader.stream.codes[last.index + 1 : draft.index]}
    return not between & {";", ":", "HAS", "REACH", "IS", "RISETO", "COUNTED", "AIM", "PERIOD"}


def names_aims(reader: "SentenceReader", index: int) -> bool:
    """`Bảng thứ hai là chỉ tiêu năm: BHXH 296.000 người`, `Mục tiêu quý II là đưa độ bao phủ trở lại 93,5%`."""
    codes = reader.stream.codes
    if set(codes[:index]) & set(FIGURES.values()):
        return False
    opened = codes.find(":", index)
    led = index > 0 and reader.names.get(codes[index - 1]) == "IS" and opened > 0
    if led and not set(codes[index:opened]) & set(FIGURES.values()):
        return True
    after = [reader.names.get(code, code) for code in codes[index + 1 : index + 4]]
    return index == 0 and "IS" in after and "RISETO" in after[after.index("IS") :]
