"""Visits that are benefits drawn: `15.210 lượt người hưởng các chế độ` were at no doctor."""

from typing import TYPE_CHECKING

from extract.context import Draft
from extract.resolve.indicator.behind import of_health
from extract.resolve.lists.near import mind_near

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader


def drawn(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether the visits are benefits that were drawn, or parts of such."""
    head, including = draft.head, reader.layers.rules.alphabet["INCLUDING"]
    if draft.rule == "level.base":
        told = reader.drafts or (reader.mind.drafts if mind_near(reader) else [])
        return any(one.concept == "beneficiaries" for one in told)
    if head is None or (draft.rule == "level.benefit" and head.concept == "visits"):
        if draft.rule != "level.benefit" or of_health(reader, draft):
            return False
        noun, after = reader.stream.figure_at(draft.index).noun, reader.stream.codes[draft.index + 1 : draft.index + 2]
        benefits = reader.names.get(after) in ("JOBLESS", "PENSION", "BENEFIT")
        return head is None or (noun == "lượt người" and benefits)
    if draft.rule == "level.benefit" and head.concept == "payouts" and head in reader.drafts:
        return not {"BHYT"} & set(head.schemes) and not of_health(reader, draft)  # `chi 1.567 tỷ đồng cho 45.678 lượt`
    if draft.rule == "level.benefit" and head.concept == "beneficiaries":
        return not of_health(reader, draft)
    return head.concept == "beneficiaries" and including in reader.stream.codes[head.index : draft.index]
