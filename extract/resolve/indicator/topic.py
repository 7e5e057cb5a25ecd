"""What a sentence that names no insurance inherits, in the light of what the article is about."""

import re
from itertools import combinations
from typing import TYPE_CHECKING

from extract.context import Draft
from extract.resolve.lists.marks import words_of
from extract.schemes import ALL, PARENTS, SchemeMention, joined

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

OWED = re.compile(r"(?<!\w)(?:chậm đóng|trốn đóng|nợ (?:BHXH|BHYT|BHTN|bảo hiểm|đọng))(?!\w)")
MOST = 75
"""No larger percentage of the people of working age is insured but by health insurance."""


RECENT = 8
"""So many counts told last may be the terms of a sum."""
FAR = 12
"""For how many sentences the one insurance of a text stays in force."""


def of_topic(reader: "SentenceReader", draft: Draft, codes: tuple[str, ...], how: str) -> tuple[str, ...]:
    """Give the schemes inherited; of the article where it speaks more narrowly, or comes back to its subject.

    An article on voluntary insurance says `bảo hiểm xã hội` in passing, and one on health insurance comes back to it
    in a new paragraph; so high a share of people has no other insurance than that of health.
    """
    if both := _of_both(reader, draft):
        return both
    topic = reader.mind.topic
    if topic == ("BHYT_HSSV",) and draft.kind == "money":
        return codes
    if len(topic) == 1 and codes not in (topic, ALL) and draft.measure != "rate":
        narrower = PARENTS.get(topic[0]) in codes or topic[0] in codes
        wider = (
            how == "earlier" and draft.measure == "coverage_pct" and [PARENTS.get(code) for code in codes] == [*topic]
        )
        if narrower or wider:
            return topic
    of_all = draft.measure == "coverage_pct" or (draft.measure == "target" and draft.unit == "percent")
    if codes == ("BHYT_HGD",) and of_all and "COVER" in reader.here and not {"PERSON"} & reader.here:
        return ("BHYT",)  # `độ bao phủ` is told of all people
    known = {"BHYT"} & {*reader.mind.named, *topic}
    dealt = "RESPECT" in reader.here  # figures that follow the order of others wait for their own
    if of_all and not dealt and draft.value >= MOST and known and not any(code.startswith("BHYT") for code in codes):
        return ("BHYT",)
    return codes


def _of_both(reader: "SentenceReader", draft: Draft) -> tuple[str, ...]:
    """`bắt buộc 1.138.500 người, tự nguyện 61.250 người. Cả hai cộng lại được 1.199.750 người`: of both together."""
    before = [word for token in reader.stream.tokens[: draft.index] for word in words_of(token)]
    if reader.drafts or not {"cộng", "gộp"} & set(before) or not {"hai", "cả"} & set(before):
        return ()
    for one, other in combinations(reader.counts[-RECENT:], 2):
        alike = one.kind == draft.kind == other.kind and one.measure == other.measure and one.schemes != other.schemes
        if alike and abs(one.value + other.value - draft.value) < 1:
            return joined([*one.schemes, *other.schemes])
    told = [one.schemes for one in reader.mind.drafts if one.kind == draft.kind and one.measure == "level"][-2:]
    if len({*told}) < 2:
        return ()
    return joined([code for schemes in told for code in schemes])


def only_named(reader: "SentenceReader") -> bool:
    """Whether the text so far is about one insurance: it stays in force through a passage that tells of people."""
    force = reader.mind.schemes
    if force is None or len(force.value) != 1 or reader.sentence - force.sentence > FAR:
        return False
    return reader.mind.named <= {"office", force.value[0], PARENTS.get(force.value[0], "")}


def since_scheme(reader: "SentenceReader", head: Draft) -> bool:
    """Whether a count was told after the last insurance was named."""
    return head.index > reader.scheme_at if head in reader.drafts else reader.scheme_at < 0


def far_topic(reader: "SentenceReader", draft: Draft) -> tuple[tuple[str, ...], str] | None:
    """The insurance of the title, else the only one of the text, where none was named near."""
    topic, force = reader.mind.topic, reader.mind.schemes
    if len(topic) == 1:
        return ("BHYT",) if draft.kind == "money" and topic == ("BHYT_HSSV",) else topic, "title"
    return (force.value, "earlier") if draft.kind == "person" and force is not None and only_named(reader) else None


def won_of(people: list[tuple[str, ...]]) -> tuple[str, ...]:
    """People won are of the voluntary insurance, where it was counted among others: nobody is won for a duty."""
    return ("BHXH_TN",) if ("BHXH_TN",) in people and people[-1] != ("BHYT_HGD",) else people[-1]


def pass_schemes(reader: "SentenceReader", mentions: list[SchemeMention], text: str) -> None:
    """Put the schemes of a sentence that is not read in force, and debts that it tells of."""
    if OWED.search(text):
        reader.mind.concept, reader.mind.cued = "arrears", reader.sentence
    for mention in mentions:
        if mention.codes:
            reader.mind.schemes = reader.held(mention.codes)
            reader.mind.listed = mention.listed
        reader.mind.named.update(mention.codes or ("office",))
