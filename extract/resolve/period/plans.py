"""Which times of a sentence are those of plans, and which an aim may be for."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from extract.context import Draft
from extract.periods.model import Period
from extract.resolve.period.dates import dated
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


def of_clause_before(reader: "SentenceReader", draft: Draft, index: int) -> bool:
    """Whether a part of the year dates the clause before an aim: `... trong nửa đầu năm; chỉ tiêu giao là N`."""
    period, codes = reader.stream.tokens[index].load, reader.stream.codes
    if not is_period(period):
        return False  # meant by `trong nửa tháng ấy`
    if period.kind not in ("half", "quarter", "month", "ytd-months") or period.mode not in ("at", "in"):
        return False
    cut = codes.rfind(";", index, draft.index)
    return cut > 0 and bool({"PLAN", "ASSIGN"} & {reader.names.get(code) for code in codes[cut : draft.index]})


def of_plan(reader: "SentenceReader", draft: Draft, periods: list[tuple[int, Period]]) -> list[tuple[int, Period]]:
    """The times before an aim, those of a result given as their years; a bygone `cuối năm 2022` is dropped.

    `Từ đầu năm đến hết tháng 7 được 9.377 người, đạt 46,9% chỉ tiêu 20.000 người`.
    """
    found = []
    for index, period in periods:
        reached = any(index < one.index < draft.index and one.measure != "target" for one in reader.drafts)
        if reached and period.kind == "year":
            found.append((index, dated(reader, period, "level")))  # `cả năm chi 8.945 tỷ`, told in January
        elif not reached or period.end is None or not _bygone(reader, period):
            found.append((index, period))
        elif period.edge != "end" or period.mode != "end-of":
            found.append((index, _whole_year(period, period.end.year)))
    return found


def _whole_year(period: Period, year: int) -> Period:
    """The year of what was counted up to a day, or in its first months."""
    if period.kind not in ("ytd-months", "range", "day", "month", "quarter", "half") or (
        period.kind == "day" and period.mode != "until"
    ):
        return period
    return replace(period, start=date(year, 1, 1), end=date(year, 12, 31), kind="year", mode="in")


def _bygone(reader: "SentenceReader", period: Period) -> bool:
    """Whether a time is over when the report is published: what was reached then, not what is to be."""
    reference = reader.layers.reference
    if period.kind == "month" and period.mode not in ("until", "end-of"):
        return False
    return reference is None or (period.end is not None and period.end <= reference)
