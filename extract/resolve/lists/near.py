"""How near the figures told before are."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader


def mind_near(reader: "SentenceReader") -> bool:
    """Whether the sentences just before, in this paragraph, had figures."""
    held = reader.mind.target
    return held is not None and held.paragraph == reader.paragraph and reader.sentence - held.sentence <= 2
