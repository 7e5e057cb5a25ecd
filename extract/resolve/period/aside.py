"""Dates behind a figure: at the end, or in brackets, they say when everything before them was counted."""

from typing import TYPE_CHECKING

from extract.context import Draft
from extract.periods.model import Period

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

COUNTED_UNTIL = frozenset({"tính", "liệu", "điểm", "kê", "nhật"})
"""Words before a date that what was said before it was counted on: `số liệu đến`, `tại thời điểm`."""


def aside_dates(reader: "SentenceReader", draft: Draft, periods: list[tuple[int, Period]]) -> Period | None:
    """`hiện có 13.520 người tham gia BHXH tự nguyện (tính đến 30/6/2023)`: which day is meant by `hiện`."""
    if draft.measure == "target":
        return None
    aside = (one for index, one in periods if index > draft.index and closes(reader, draft, index, one))
    return next((one for one in aside if one.mode == "until"), None)


def closes(reader: "SentenceReader", draft: Draft, index: int, period: Period) -> bool:
    """Whether a date in brackets or at the end says when everything before it was counted, or is to be reached."""
    codes = reader.stream.codes
    opened = codes.rfind("(", draft.index, index)
    bracketed = opened >= 0 and codes[index + 1 : index + 2] == ")" and not set(codes[opened:index]) & set("0123);")
    words: set[str] = set()
    for token in reader.stream.tokens[max(0, index - 5) : index]:
        words |= (
            set(token.load) if isinstance(token.load, tuple) else {token.load} if isinstance(token.load, str) else set()
        )
    source = period.mode == "until" and bool(words & COUNTED_UNTIL) and not set(codes[index + 1 :]) & set("0123;")
    if not bracketed and not source and codes[index + 1 :].strip(").w"):
        return False
    if draft.measure == "target":
        return not bracketed and (period.mode == "by-target" or period.kind == "year")
    alone = (
        len(reader.periods) == 1 and period.kind in ("ytd-months", "quarter", "half") and period.mode in ("at", "in")
    )
    flows = draft.measure == "gain" or draft.concept in ("beneficiaries", "revenue", "payouts", "visits")
    return period.mode == "until" or bool(words & COUNTED_UNTIL) or (alone and flows)
