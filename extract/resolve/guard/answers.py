"""Sentences that name nothing because the text is about one thing: answers, `Toàn huyện có 1.742 người.`."""

from typing import TYPE_CHECKING

from extract.resolve.indicator.topic import only_named
from extract.rules.pattern import FIGURES

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

PLAIN = frozenset(
    {"PERIOD", "BASE", "PLACE", "HAS", "IS", "LEFT", "NEW", "WORD", "THAN", "REACH", ",", "INCLUDING", "COUNTED"}
)
"""What may stand before a count that says nothing of whom it counts."""
OTHERS = frozenset(
    {"FIRM", "FIRMS", "OTHERMONEY", "ELSE", "CONTRIB", "WEALTH", "HOSPITAL", "GIVE", "REFUSE", "MONEYOF", "INSPECT"}
    | {"JOBS", "FOUND", "SURVEY", "NORM", "FOREIGN", "DENOM", "AFFECT", "VIEWS"}
)
"""What sentences of other things speak of."""
ENDS = frozenset(
    {",", ";", ".", "(", ")", "AND", "THAN", "BASE", "PERIOD", "UP", "DOWN", "EQUALS", "TAKES", "REACH", "QUIT", ":"}
)
"""What may follow it."""
FAR = 3
"""So many sentences ago figures were told last."""
NEAR = 2
"""So many sentences ago an insurance was named that nothing was told of yet."""
WORDS = 5
"""More plain words before a count tell of something else."""


def _on_topic(reader: "SentenceReader") -> bool:
    """Whether the text is about one insurance, and figures were told shortly before."""
    held = reader.mind.target
    force = reader.mind.schemes
    named = force is not None and reader.sentence - force.sentence <= NEAR
    lately = held is None or reader.sentence - held.sentence <= FAR
    one = len(reader.mind.topic) == 1 or ((held is not None or named) and only_named(reader))
    return lately and one and not OTHERS & reader.here


def answers(reader: "SentenceReader", index: int) -> bool:
    """`Nếu so với 30/6/2022 thì tăng 118 người`: what changes is what the text is about."""
    if reader.stream.codes[index] not in (FIGURES["person"], FIGURES["percent"], FIGURES["bare"]):
        return False
    if reader.stream.codes[index] == FIGURES["percent"] and not {"THAN", "BASE"} & reader.here:
        return False  # `mất toi 10% lương hưu`
    return _on_topic(reader) and reader.stream.codes[:index].count("w") <= WORDS


def of_our_topic(reader: "SentenceReader", index: int) -> bool:
    """`Đến 30/6/2023 toàn huyện có 1.742 người.`: people of whom nothing is said are those that the text is about."""
    quantity = reader.stream.figure_at(index)
    if quantity.noun not in (None, "người") or not _on_topic(reader):
        return False
    before = [reader.names.get(code, code) for code in reader.stream.codes[:index]]
    since = before[
        max((at + 1 for at, name in enumerate(before) if name in (";", ",") and at < index - 3), default=0) :
    ]
    behind = reader.stream.codes[index + 1 : index + 2]
    ended = not behind or reader.names.get(behind, behind) in ENDS
    told = before[-1:] and before[-1] in ("HAS", "IS", "LEFT", "REACH", "NEW")
    return bool(ended and told and set(since) <= PLAIN and since.count("WORD") <= WORDS)


def named_just_before(reader: "SentenceReader", index: int) -> bool:
    """`Khó nhất là BHXH tự nguyện. Cuối năm 2023 có 14.870 người, ...`: named in the sentence before, dated here."""
    force, tokens = reader.mind.schemes, reader.stream.tokens
    if force is None or force.paragraph != reader.paragraph or reader.sentence - force.sentence > 1:
        return False
    before = [reader.names.get(token.code, token.code) for token in tokens[:index]]
    before = before[1:] if before[:1] == ["WORD"] else before  # `Hết năm 2023 chúng tôi có 14.018 người`
    return before[:1] == ["PERIOD"] and len(before) <= 4 and {"HAS", "IS", "LEFT", "NEW"} & set(before) != set()
