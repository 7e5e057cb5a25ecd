"""How near the figures told before are."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

MONEY = ("revenue", "payouts", "arrears")
NEAR = 2
"""So many sentences ago it was named."""
OTHERS = frozenset({"OTHERMONEY", "ELSE", "GIVE", "REFUSE", "CONTRIB", "JOBS", "FIRM", "INSPECT"})
"""What sums of other things speak of."""


def mind_near(reader: "SentenceReader") -> bool:
    """Whether the sentences just before, in this paragraph, had figures."""
    held = reader.mind.target
    return held is not None and held.paragraph == reader.paragraph and reader.sentence - held.sentence <= 2


def money_just_named(reader: "SentenceReader") -> bool:
    """Whether money was named right before, so that a sum of firms or places without a word of it is of that."""
    near = reader.mind.concept in MONEY and reader.sentence - reader.mind.cued <= NEAR
    return near and bool({"FIRMS", "PLACE", "count"} & reader.here) and not OTHERS & reader.here


def of_groups(reader: "SentenceReader") -> bool:
    """Whether the sentence tells of groups of people, after coverage was told."""
    percent = reader.mind.percent
    told = percent is not None and percent.value == "coverage_pct"
    return told and any(token.load in ("nhóm", "khối") for token in reader.stream.tokens)
