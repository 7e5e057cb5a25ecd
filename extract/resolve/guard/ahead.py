"""Where aims begin and end: words that ask for something, times to come, and words that go back to what is."""

from typing import TYPE_CHECKING

from extract.periods.model import Period
from extract.resolve.lists.marks import assigns_gain, names_aims, unfinished
from extract.resolve.period.report import looks_ahead
from extract.rules.pattern import FIGURES

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

DONE = frozenset({"REACH", "UP", "DOWN", "RISETO", "TO", "person", "money", "count", "bare", "EQUALS"})
"""Tokens of a sentence that tells what is."""


def actual(reader: "SentenceReader", index: int, name: str) -> bool:
    """Whether words go over from aims to what is: `mới chỉ có`, `đã đạt`, `hiện nay`."""
    load = reader.stream.tokens[index].load
    if name == "PERIOD":
        today = reader.layers.reference
        if not isinstance(load, Period):
            return False
        over = load.mode == "until" and load.end is not None and today is not None and load.end <= today
        return load.kind == "now" or over
    if name == "NEW":
        return load == ("mới",) and reader.stream.codes[index + 1 : index + 2] in tuple(FIGURES.values())
    if index and (
        reader.names.get(reader.stream.codes[index - 1]) == "THAN" or reader.stream.tokens[index - 1].load == "số"
    ):
        return False  # `tăng 12% so với thực hiện năm 2019`, `trong ngoặc là số thực hiện`
    return name in ("HAS", "REACH", "IS") and isinstance(load, tuple) and bool({"mới", "đã", "chỉ", "hiện"} & set(load))


def is_ahead(reader: "SentenceReader", index: int) -> bool:
    """Whether a year is named that had not begun when the report was published: what it has can only be aimed at."""
    load, today = reader.stream.tokens[index].load, reader.layers.reference
    if not isinstance(load, Period) or load.end is None or load.compared:
        return False
    if load.kind == "year" and looks_ahead(reader, load) and _will_be(reader, index):
        return True
    if today is None:
        return False
    later = load.kind in ("year", "month", "day", "quarter", "half") and load.end.year > today.year
    return later or unfinished(reader, load)


def estimates(reader: "SentenceReader", index: int) -> bool:
    """`dân số dự kiến 1.309.875 người`: an estimate of the people who live there is no aim."""
    return index > 0 and reader.names.get(reader.stream.codes[index - 1]) == "DENOM"


def _will_be(reader: "SentenceReader", index: int) -> bool:
    """`Đến năm 2020, cả nước sẽ có ...`; `Đến 2025 BHXH, BHTN lần lượt 45%, 35%`: nothing of it is told as done."""
    if any(token.load == "sẽ" for token in reader.stream.tokens[index + 1 : index + 9]):
        return True
    return (
        index <= 1
        and reader.layers.reference is None
        and reader.stream.tokens[index].load.edge != "end"
        and not DONE & reader.here
    )


def plans(reader: "SentenceReader", index: int, name: str) -> bool:
    """Whether the words open a list of aims: `chỉ tiêu gồm:`, `BHXH tỉnh giao huyện nâng ... lên`."""
    after = {reader.names.get(token.code, token.code) for token in reader.stream.tokens[index + 1 : index + 5]}
    before = {reader.names.get(token.code, token.code) for token in reader.stream.tokens[max(0, index - 4) : index]}
    if {"PLAN", "ASSIGN"} & (before if name == "PLAN" else after) and not before & {
        "THAN",
        "percent",
        "REACH",
        "EQUALS",
        "bare",
    }:
        return "(" not in before
    load = reader.stream.tokens[index].load
    if name == "ASSIGN" and assigns_gain(reader, index):
        return True
    if name == "ASSIGN" and "chỉ" in load and not before & {"THAN", "percent", "REACH", "EQUALS"}:
        return True
    if name == "PLAN" and names_aims(reader, index):
        return True
    if name == "PLAN" and index < 3 and ":" in reader.stream.codes and not before & {"THAN", "percent"}:
        return True
    if name == "PLAN":
        return bool({":", "INCLUDING"} & after) and not {"REACH", "THAN", "percent", "LACK", "OVER"} & (before | after)
    return bool({"PLACE", "ENROL", "RISETO"} & after) and not {"PLAN", "percent", "THAN"} & before
