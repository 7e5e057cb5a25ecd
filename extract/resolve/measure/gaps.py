"""What is missing to a plan: told by the word right before the figure, or by a plan close to it."""

from typing import TYPE_CHECKING

from extract.context import Draft
from extract.resolve.lists.marks import words_of

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

NEEDS = frozenset({"NEED", "LACK", "ENROL"})
FEW = 20
"""So few people may make up a difference by chance."""


def gap_so_big(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether `thấp hơn` stands right before a figure, so that it is the gap however big."""
    last = reader.stream.tokens[draft.index - 1]
    if reader.names.get(last.code) in ("PLAN", "ASSIGN") or last.load in ("mốc", "mức", "ngưỡng"):
        return False  # `còn cách mốc 93,5% tỉnh giao 2,2%`
    return bool(
        {"LOWER", "LACK"}
        & {reader.names.get(token.code) for token in reader.stream.tokens[draft.index - 2 : draft.index]}
    )


def plan_near(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether a plan is named close to a figure."""
    near = reader.stream.tokens[max(0, draft.index - 4) : draft.index + 6]
    return bool({"PLAN", "ASSIGN"} & {reader.names.get(token.code) for token in near})


def attained_and_more(reader: "SentenceReader", draft: Draft) -> bool:
    """`phấn đấu thu đạt và vượt 935 tỷ đồng`: so much is to be reached, it is no surplus."""
    before = [reader.names.get(code) for code in reader.stream.codes[max(0, draft.index - 3) : draft.index]]
    return before[-2:] == ["AND", "OVER"] and before[0] in ("REACH", "COLLECT")


def makes_up(reader: "SentenceReader", draft: Draft) -> bool:
    """`35.120 người; kế hoạch 41.800 người. ... cần thêm ít nhất 6.680 người`: what is missing to the plan."""
    if draft.kind not in ("person", "bare") or draft.value < FEW:
        return False
    near = reader.stream.tokens[max(0, draft.index - 5) : draft.index]
    needed = any("thêm" in words_of(token) or reader.names.get(token.code) in NEEDS for token in near)
    if not needed or any(reader.names.get(token.code) == "AIM" for token in near):
        return False
    told = [*reader.counts, *reader.drafts]
    levels = [one for one in told if one.measure == "level"]
    aims = [one for one in told if one.measure == "target"]
    return any(
        aim.schemes == level.schemes and abs(aim.value - level.value - draft.value) < 0.5
        for aim in aims
        for level in levels
    )
