"""What is missing to a plan: told by the word right before the figure, or by a plan close to it."""

from typing import TYPE_CHECKING

from extract.context import Draft

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader


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
