"""Which sentences may hold the first figure of a text: fees, pensions and ratios are none of an area."""

import re

from extract.quantities.record import Quantity
from extract.rules.pattern import FIGURES
from extract.tokens.stream import Layers, holds_figure

OPENING = frozenset(FIGURES.values()) - {FIGURES["money"], FIGURES["times"]}
LEAST = 100_000_000
"""Less money is what one person pays or draws; a text of such sums tells nothing of an area."""
RATE = re.compile(
    r"\s*(?:x |× |(?:của |trên |tính trên |theo )?(?:(?:tổng )?chi phí|mức (?:lương|đóng|hưởng|tiền)"
    r"|tiền (?:lương|thuế)|thuế|lương|quỹ (?:tiền )?lương|khả năng lao động)(?!\w))",
    re.IGNORECASE,
)
"""Behind a percent: what one person, firm or treatment pays or draws it of."""


def may_open(text: str, span: tuple[int, int], layers: Layers) -> bool:
    """Whether a figure of a sentence may be the first of a text: fees, pensions and ratios never are."""
    start = span[0]
    return holds_figure(text, span, layers) and any(
        is_opening(code, load) and not (code == FIGURES["percent"] and RATE.match(text, start + end))
        for _, end, _, code, load in layers.counted[start]
    )


def may_count(text: str, span: tuple[int, int], layers: Layers) -> bool:
    """Whether a sentence has any such figure, or a number that a place before it may yet make one."""
    return may_open(text, span, layers) or any(
        isinstance(load, Quantity) and "after-name" in load.flags for _, _, _, _, load in layers.counted[span[0]]
    )


def is_opening(code: str, load: object) -> bool:
    """Whether a figure may be the first of a text: a sum of money that is no one person's, or any other but ratios."""
    if code == FIGURES["money"]:
        return isinstance(load, Quantity) and abs(load.value) >= LEAST
    return code in OPENING
