"""How near the figures told before are."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader


def mind_near(reader: "SentenceReader") -> bool:
    """Whether the sentences just before, in this paragraph, had figures."""
    held = reader.mind.target
    return held is not None and held.paragraph == reader.paragraph and reader.sentence - held.sentence <= 2


def of_groups(reader: "SentenceReader") -> bool:
    """Whether the sentence tells of groups of people, after coverage was told."""
    percent = reader.mind.percent
    told = percent is not None and percent.value == "coverage_pct"
    return told and any(token.load in ("nhóm", "khối") for token in reader.stream.tokens)
