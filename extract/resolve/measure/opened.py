"""What the words that open a list say its percents are: a rate of debts, a share of the plan, coverage."""

from typing import TYPE_CHECKING

from extract.context import Draft
from extract.resolve.lists.marks import words_of
from extract.resolve.lists.same import after_place

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

OPENS = {"DEBTRATE": "rate", "COVER": "coverage_pct"}
DEALS = frozenset({"PLACE", "RANK", "RESPECT", "INCLUDING", ":", "FIRMS"})
LISTED = ("rate", "target_pct", "coverage_pct")
REACH = 3
"""So many sentences a list of places goes on."""


def opened(reader: "SentenceReader", draft: Draft) -> str | None:
    """`xếp theo tỷ lệ nợ thì đứng đầu là A (8,9%)`, `tỷ lệ thực hiện kế hoạch cao nhất là A, lần lượt đạt 96,4%`.

    Without such words a list of places goes on about what the list before it told.
    """
    if draft.kind != "percent":
        return None
    since: set[str] = set()
    for at in range(draft.index - 1, -1, -1):
        name = reader.names.get(reader.stream.codes[at], reader.stream.codes[at])
        told = OPENS.get(name) or ("target_pct" if name == "PLAN" and _reached(reader, at) else None)
        if told is not None:
            return told if DEALS & since and _fits(told, draft.value) else None
        since.add(name)
    held = reader.mind.target
    if (
        held is None
        or reader.sentence - held.sentence > REACH
        or not (after_place(reader, draft.index) and since & DEALS)
    ):
        return None
    last = next((one.measure for one in reversed(reader.mind.drafts) if one.kind == "percent"), None)
    return last if last == "rate" and _fits(last, draft.value) else None


def _reached(reader: "SentenceReader", at: int) -> bool:
    """`tỷ lệ hoàn thành kế hoạch`: how far the plan is reached."""
    before = reader.stream.tokens[max(0, at - 3) : at]
    return any(reader.names.get(token.code) == "REACH" for token in before) and any(
        {"lệ", "tiến", "độ"} & set(words_of(token)) for token in before
    )


def _fits(measure: str, value: float) -> bool:
    return value <= {"rate": 40, "coverage_pct": 100}.get(measure, 400)
