"""`ước`, said once before a list of counts: each of them is an estimate."""

import re
from typing import TYPE_CHECKING

from extract.context import Draft

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

ESTIMATE = re.compile(
    r"(?<!\w)(?<!công )(?<!thỏa )(?<!mơ )(?<!khế )(?<!hiệp )(?<!giao )[Ưư]ớc"
    r"(?!\s+(?:mơ|muốn|ao|vọng|nguyện|lệ|số|định))(?!\w)"
)
LISTED = re.compile(r"(?<!\w)[Ưư]ớc (?:số|tổng số|tổng)(?!\w)")
TOLD = re.compile(r"[;.]|(?<!\w)(?:đã|thực tế|thực hiện được|trong đó|bao gồm)(?!\w)")
"""What ends an estimate, but between the items of a list."""


def estimated(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether a count or sum, exact by its own words, stands in a list of estimates or behind a verb of such."""
    if draft.unit == "percent" or draft.qualifier != "=":
        return False
    text = reader.layers.text[reader.stream.start : draft.start]
    listed = list(LISTED.finditer(text))
    if listed and _same_kind(reader, draft, reader.stream.start + listed[-1].end()):
        return True
    found = list(ESTIMATE.finditer(text))
    if not found or TOLD.search(text, found[-1].end()):
        return False
    return not re.search(r"\d\s*(?:người|tỷ|tỉ|triệu|%|lượt|thẻ|đồng)", text[found[-1].end() :])


def _same_kind(reader: "SentenceReader", draft: Draft, at: int) -> bool:
    """Whether all counts since a place are of the kind of this one."""
    since = [one for one in reader.drafts if one.start >= at and one.unit != "percent"]
    return all(one.unit == draft.unit for one in since)
