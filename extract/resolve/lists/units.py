"""Units of numbers that stand without one: told in front of a list or behind it, or by what is counted."""

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.context import Draft
from extract.resolve.lists.marks import words_of
from extract.rules.pattern import FIGURES

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

UNIT = re.compile(r"\((?:đơn vị(?: tính)?|đvt)\s?:?\s?(triệu|tỷ|tỉ|nghìn|ngàn|)\s?đồng\)", re.I)
"""`(đơn vị: triệu đồng)`: what the numbers of a list count."""
SHARES = re.compile(r"(?:^|\n)([^\n]{4,90}\((?:(?:đơn vị(?: tính)?|đvt)\s?:?\s?)?%[^()\n]{0,30}\))[.:]?\s*\n\s*$", re.I)
"""`Tỷ lệ bao phủ BHYT (% dân số)` on the line above: all numbers of the list are percents."""
SHARES_OF = (
    (re.compile(r"nợ|chậm đóng", re.I), "rate"),
    (re.compile(r"kế hoạch|chỉ tiêu|dự toán", re.I), "target_pct"),
    (re.compile(""), "coverage_pct"),
)
SCALES = {"triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9, "nghìn": 1e3, "ngàn": 1e3, "": 1.0}
COUNTED = {
    "lượt": "visit", "thẻ": "card", "sổ": "book", "hộ": "household", "đơn": "employer", "doanh": "employer",
    "đại": "agent", "điểm": "collection_point",
}  # fmt: skip
"""Units by the first word of `số lượt`, `số đơn vị`, `số đại lý`."""


def under_shares(reader: "SentenceReader") -> re.Match[str] | None:
    """The line above, where it says that what follows is in percent."""
    start = reader.stream.start
    return SHARES.search(reader.layers.text, max(0, start - 120), start)


def take_unit(reader: "SentenceReader", draft: Draft) -> None:
    """`số nợ các huyện (đơn vị tính: triệu đồng): Lạc Sơn 51.230; Kim Bôi 18.455`: the unit in front of a list."""
    told = _told_unit(reader, draft) if draft.kind == "bare" else None
    if told is not None:
        scale = SCALES[told[1].lower()]
        draft.kind, draft.unit, draft.value = "money", "VND", draft.value * scale
        draft.precision *= scale
    above = under_shares(reader) if draft.kind == "bare" and draft.value <= 100 else None
    if above is not None and draft.measure == "same":
        draft.kind = draft.unit = "percent"
        draft.measure = next(measure for words, measure in SHARES_OF if words.search(above[1]))
    elif draft.kind == "bare" and draft.unit == "person":
        draft.unit = _counted(reader, draft) or draft.unit


def _told_unit(reader: "SentenceReader", draft: Draft) -> "re.Match[str] | None":
    """The unit in brackets before a number, or behind it where none but numbers without a unit stand between."""
    before = UNIT.search(reader.layers.text, reader.stream.start, draft.start)
    if before is not None:
        return before
    behind = UNIT.search(reader.layers.text, draft.end, reader.stream.end)
    if behind is None:
        return None
    between = {token.code for token in reader.stream.tokens[draft.index :] if token.start < behind.start()}
    return behind if between & set(FIGURES.values()) == {FIGURES["bare"]} else None


def _counted(reader: "SentenceReader", draft: Draft) -> str | None:
    """`số lượt tăng 412.000`, `số đơn vị tăng 74, lên 7.986 đơn vị`, `có 2.145 đơn vị, tăng 187`: not people."""
    tokens, codes = reader.stream.tokens, reader.stream.codes
    start = draft.index
    while start > 0 and tokens[start - 1].code not in ",;:.(0123456":
        start -= 1
    words = [word for token in tokens[start : draft.index] for word in words_of(token)]
    for first, second in pairwise(words):
        if first == "số" and second in COUNTED and "người" not in words:
            return COUNTED[second]
    last = reader.drafts[-1] if reader.drafts else None
    if draft.measure != "change" or last is None or last.kind != "count":
        return None
    between = {reader.names.get(code, code) for code in codes[last.index + 1 : draft.index]}
    return None if between & {"PERSON", "COUNTED", "DENOM", ";", *FIGURES.values()} else last.unit
