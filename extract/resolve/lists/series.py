"""Series of years: `bốn năm kế tiếp là A, B, C và D`, and what stands beside: `tương ứng x, y và z`."""

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from extract.context import Draft
from extract.periods.find import find_periods
from extract.periods.words import NUMBERS

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

SERIES = re.compile(r"(?<!\w)(hai|ba|bốn|năm|sáu|[2-6]) năm (kế tiếp|tiếp theo|sau đó|ấy|đó)(?!\w)", re.I)
"""So many years behind, or up to, the one told last."""
BESIDE = frozenset({"RESPECT", "EQUALS"})
"""Cues of what stands beside a series, in its order."""


def deal_years(reader: "SentenceReader") -> None:
    """Give each figure of a series its year, where there are as many as years."""
    told = reader.mind.told
    if told is None or len(reader.drafts) < 2:
        return
    match = SERIES.search(reader.layers.text, reader.stream.start, reader.stream.end)
    if match is None:
        return
    word = match[1].lower()
    count = int(word) if word.isdigit() else NUMBERS.get(word, 5)
    first = told - count + 1 if match[2].lower() in ("ấy", "đó") else told + 1
    behind = [draft for draft in reader.drafts if draft.start > match.end()]
    for group in _groups(behind):
        if len(group) != count:
            continue
        for year, draft in enumerate(group, first):
            draft.period = find_periods(f"năm {year}", reader.layers.reference)[0]
            draft.slots["period"] = "clause"


def pair_series(reader: "SentenceReader") -> None:
    """`A năm 2015, B năm 2016 và C nửa đầu năm 2017, tương ứng x, y và z`: each of the same time as its partner."""
    groups = _groups(reader.drafts)
    for one, other in pairwise(groups):
        if len(one) != len(other) or len(one) < 2 or one[0].kind == other[0].kind:
            continue
        between = {reader.names.get(code) for code in reader.stream.codes[one[-1].index + 1 : other[0].index]}
        named = any(index > other[0].index for index, _ in reader.periods)
        ends = {draft.period.end for draft in one if draft.period is not None and draft.slots.get("period") == "clause"}
        if not between & BESIDE or named or len(ends) != len(one):
            continue
        for partner, draft in zip(one, other, strict=True):
            draft.period, draft.slots["period"] = partner.period, "clause"


def _groups(drafts: list[Draft]) -> list[list[Draft]]:
    """Runs of figures of one kind; numbers without a unit go with counts."""
    return [list(some) for _, some in groupby(drafts, lambda draft: (draft.kind in ("percent", "money"), draft.unit))]
