"""What a change is compared with."""

from typing import TYPE_CHECKING

from extract.context import Draft
from extract.periods.model import Period
from extract.resolve.period.ends import settle_ends

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader


def settle_bases(reader: "SentenceReader") -> None:
    """Give each change what it is compared with: the base behind it, else one in front, else the one in force."""
    settle_ends(reader)
    for draft in reader.drafts:
        if draft.measure not in ("change", "change_pct"):
            continue
        behind = [base for index, base in reader.bases if index > draft.index]
        front = [base for index, base in reader.bases if index < draft.index]
        if behind:
            draft.base = behind[0]
        elif front:
            draft.base = front[-1]
        else:
            draft.base = _plain_base(reader, draft)
        if (
            draft.base is None
            and reader.mind.base
            and reader.mind.near(reader.mind.base, reader.sentence, reader.paragraph, 15)
        ):
            draft.base = reader.mind.base.value
        if draft.base is not None:
            reader.mind.base = reader.held(draft.base)


def _plain_base(reader: "SentenceReader", draft: Draft) -> Period | None:
    than = reader.layers.rules.alphabet["THAN"]
    for index, period in reader.periods:
        if index > draft.index and than in reader.stream.codes[max(draft.index, index - 4) : index]:
            return period
    return None
