"""Figures in brackets, or said to equal the one before them: what they are, by that figure."""

import re
from typing import TYPE_CHECKING

from extract.context import Draft
from extract.resolve.lists.onward import won_of_many

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

ECHO = {
    ("level", "percent"): "reach", ("level", "person"): "level", ("change", "percent"): "change_pct",
    ("change_pct", "person"): "change", ("coverage_pct", "person"): "level", ("uncovered", "percent"): "uncovered",
    ("uncovered", "person"): "uncovered", ("target", "percent"): "target", ("target", "person"): "target",
    ("target_gap", "percent"): "target_gap", ("target_gap", "person"): "target_gap", ("target_pct", "person"): "level",
    ("gain", "percent"): "target_pct", ("share_pct", "person"): "level", ("rate", "money"): "level",
    ("share_pct", "money"): "level", ("target_pct", "money"): "level", ("change_pct", "money"): "change",
}  # fmt: skip
"""What a figure in brackets is, by the measure before it and its own kind."""


BRACKETED = re.compile(
    r"(?:trong|số trong) (?:dấu )?ngoặc(?: đơn)? là (?:các |những )?(?:số |kết quả |số liệu )?(?:đã |đang )?"
    r"(?:thực hiện|đạt|có|tham gia|năm|cuối|hiện|đến)",
    re.I,
)
"""A heading that says what the brackets of its list hold: no plan."""


def done_aside(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether a figure in brackets is, by the heading of its list, what was done: `(trong ngoặc là số thực hiện)`."""
    above = max(0, reader.stream.start - 600)
    return draft.rule.startswith("echo") and bool(BRACKETED.search(reader.layers.text, above, reader.stream.start))


def echo(reader: "SentenceReader", draft: Draft) -> str | None:
    """Give what a figure in brackets is, by the figure before it."""
    if not reader.drafts:
        return None
    before = reader.drafts[-1]
    if draft.rule == "echo.brackets" and before.index < draft.index - 6:
        return None
    kind = "person" if draft.kind == "bare" else draft.kind
    words = reader.stream.tokens[draft.index - 1].load
    if (
        kind == "percent"
        and before.measure in ("change", "target_gap")
        and isinstance(words, tuple)
        and words[0] == "bằng"
    ):
        return None if draft.rule == "echo.equals.change" else "reach"
    if kind == "percent" and before.measure == "level" and before.concept == "arrears":
        return "rate"  # `nợ 402 tỷ đồng (4,41%)`
    if kind == "percent" and before.measure == "gain" and won_of_many(reader, before.index):
        return "share_pct"
    if before.measure == "target" and kind == "person" and done_aside(reader, draft):
        return "level"
    draft.sign, draft.of, draft.head = before.sign, before.of, before
    if kind == "person" and before.kind == "percent" and (told := _told_aside(reader, before)):
        return told
    return ECHO.get((before.measure, kind))


def _told_aside(reader: "SentenceReader", share: Draft) -> str | None:
    """`Pleiku 95,8% (còn 4.310 em chưa có thẻ), Chư Sê 96,9% (1.265 em)`: what the first bracket of the list told."""
    counts = [one for one in reader.drafts if one.kind in ("person", "bare") and one.unit == "person"]
    last = counts[-1] if counts else None
    if last is None or last.measure not in ("uncovered", "target_gap") or share.measure != "coverage_pct":
        return None
    return last.measure if "(" in reader.stream.codes[max(0, last.index - 4) : last.index] else None
