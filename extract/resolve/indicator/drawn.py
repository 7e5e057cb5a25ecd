"""Who draws benefits: visits that are benefits drawn (`15.210 lượt người hưởng các chế độ`), lists of those who do."""

import re
from typing import TYPE_CHECKING

from extract.context import Draft
from extract.resolve.indicator.behind import of_health
from extract.resolve.lists.near import mind_near

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

DEALT = re.compile(r"\W*(?:Chia|Tính|Xét|Phân|Tách|Xếp|Theo)(?: ra)?(?: theo| từng)? ")
"""Heads of sentences that deal out what was told."""


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


def listed_next(reader: "SentenceReader", draft: Draft) -> bool:
    """`... người hưởng trợ cấp. // Chia theo nơi nộp: Biên Hòa 24.310 người`: the next paragraph deals them out."""
    held = reader.mind.target
    return (
        held is not None
        and reader.sentence - held.sentence <= 2
        and DEALT.match(reader.layers.text, reader.stream.start) is not None
        and draft.rule == "list.same"
    )


def ranked_on(reader: "SentenceReader", draft: Draft, at: int) -> bool:
    """`Lương Sơn có số người hưởng cao nhất với 920 người; kế đến là Kim Bôi 415 người`: the list goes on."""
    since = {reader.names.get(code, code) for code in reader.stream.codes[at + 1 : draft.index]}
    return bool(reader.drafts) and "PLACE" in since and since <= {"RANK", "PLACE", "IS", "HAS", "WORD", "person", ","}


def pensioners_insured(reader: "SentenceReader", draft: Draft, at: int) -> bool:
    """`811.000 người tham gia BHYT, trong đó hưu trí, mất sức 19.150 người`: a group of the insured, no benefit."""
    pension, force = reader.layers.rules.alphabet["PENSION"], reader.mind.schemes
    if reader.stream.codes[at] != pension or force is None or force.value[0][:4] != "BHYT":
        return False
    told = [one for one in (*(reader.mind.drafts if mind_near(reader) else ()), *reader.drafts) if one.kind == "person"]
    led = "INCLUDING" in {reader.names.get(code) for code in reader.stream.codes[:at]}
    return led and bool(told) and told[-1].concept == "participants"
