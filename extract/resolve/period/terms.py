"""Times that a sentence means without naming them: `trong nửa tháng ấy`, the school year, the year of a plan."""

import re
from typing import TYPE_CHECKING

from extract.context import Draft, Held
from extract.periods.find import find_periods
from extract.periods.model import Period
from extract.resolve.lists.marks import words_of
from extract.resolve.lists.near import mind_near

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

THAT_STRETCH = re.compile(
    r"(?<!\w)(?:trong|suốt|qua|sau) (?:khoảng |quãng |cả )?(?:thời gian|giai đoạn|nửa tháng|đợt|tuần|tháng|quý|kỳ"
    r"|(?:\d+|[^\W\d_]+) (?:ngày|tuần|tháng)) (?:ấy|đó|trên|nói trên)(?!\w)",
    re.I,
)
"""Words for the stretch that was told last."""
SCHOOL = re.compile(r"năm học|tựu trường|khai giảng|học kỳ|học kì|nhập học", re.I)
TERM_BEGINS = (8, 9, 10, 11)
"""Months in which a plan for pupils is one of the school year, said or not."""
NEAR = 2
"""So many sentences ago an aim's time may still be meant."""
THIS_YEAR = 3
"""From this month on `chỉ tiêu năm` is that of the year of the report, not of the one it looks back on."""


def stretch_told(reader: "SentenceReader") -> tuple[int, Period] | None:
    """`Từ ngày 1 đến 15-5, ... Trong nửa tháng ấy, ...`: the stretch that the sentence before was told of."""
    if not mind_near(reader):
        return None
    match = THAT_STRETCH.search(reader.layers.text, reader.stream.start, reader.stream.end)
    if match is None:
        return None
    told = [one.period for one in reader.mind.drafts if one.period is not None and one.slots.get("period") == "clause"]
    if not told or told[-1].end is None or told[-1].start == told[-1].end:
        return None
    index = next((at for at, token in enumerate(reader.stream.tokens) if token.start >= match.start()), 0)
    return index, told[-1]


def term_of_plan(reader: "SentenceReader", draft: Draft, held: "Held[Period] | None") -> Period | None:
    """The time of an aim that names none: of pupils the school year, of `chỉ tiêu năm` the report's year."""
    reference = reader.layers.reference
    if reference is None or draft.measure != "target":
        return None
    if draft.schemes == ("BHYT_HSSV",) and (held is None or held is reader.mind.period):
        aimed = reader.mind.aimed
        named = aimed is not None and reader.sentence - aimed.sentence <= NEAR
        ended = held is None or held.value.end is None or held.value.end < reference
        if named or (held is not None and held.value.kind == "school-year" and not ended):
            return None
        said = SCHOOL.search(reader.layers.text, 0, draft.end) or SCHOOL.search(reader.layers.title)
        return find_periods("năm học này", reference)[0] if said or reference.month in TERM_BEGINS else None
    if held is not None or reference.month < THIS_YEAR:
        return None
    near = reader.stream.tokens[max(0, draft.index - 5) : draft.index]
    yearly = any(reader.names.get(token.code) == "PLAN" and words_of(token)[-1:] == ("năm",) for token in near)
    return find_periods("năm nay", reference)[0] if yearly else None
