"""What a share is taken of, and what a plan is of: told by the words beside the figure."""

import re
from typing import TYPE_CHECKING

from extract.context import Draft
from extract.resolve.lists.marks import words_of

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

TAKEN_OF = {"lượt": "visits", "chi": "payouts", "nợ": "arrears", "thu": "revenue"}
"""Words of what a share is taken of."""
SPENT = re.compile(r"(?<!\w)(?:dự (?:kiến |toán )?chi|(?:đã|tỷ lệ) (?:sử )?dụng|đã dùng)(?!\w)")
SPENT_REACH = 90
"""So far before a percent the plan of spending may be named."""


def taken_of(reader: "SentenceReader", draft: Draft) -> str:
    """`chỉ đón 6,4% số lượt và sử dụng 1,3% số chi`: what stands behind a share says what it is a share of."""
    behind = reader.stream.tokens[draft.index + 1 : draft.index + 2]
    if draft.measure != "share_pct" or not behind or reader.names.get(behind[0].code) != "SHARE_OF":
        return ""
    return next((concept for word, concept in TAKEN_OF.items() if word in words_of(behind[0])), "")


def spent_of(reader: "SentenceReader", draft: Draft) -> str:
    """`bằng 69,4% số dự kiến chi`, `so với dự toán đã dùng 60,7%`: of what may be spent on treatment."""
    if draft.measure != "target_pct" or not any(code.startswith("BHYT") for code in draft_schemes(reader)):
        return ""
    text, start = reader.layers.text, max(reader.stream.start, draft.start - SPENT_REACH)
    return "payouts" if SPENT.search(text, start, min(reader.stream.end, draft.end + 30)) else ""


def draft_schemes(reader: "SentenceReader") -> tuple[str, ...]:
    """The insurances in force."""
    return reader.mind.schemes.value if reader.mind.schemes is not None else ()
