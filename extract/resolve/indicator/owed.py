"""Which insurances money is of that names none: all together, or the one that the text says is owed."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extract.context import Draft
from extract.schemes import ALL, SchemeMention

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

OWED = re.compile(r"(?<!\w)(?:nợ|nợ đọng|nợ đóng|chậm đóng|trốn đóng|nợ tiền|tiền nợ)(?: tiền| quỹ| đóng)?\s*$", re.I)

INSURERS = frozenset({"bhxh", "ngành bhxh", "bảo hiểm xã hội", "ngành bảo hiểm xã hội"})
"""Agencies that collect for all insurances."""
BRANCH = re.compile(r"(?<!\w)toàn ngành(?!\w)", re.I)
OFFICE = re.compile(r"BHXH|[Bb]ảo hiểm xã hội")
"""In a title they say whose branch `toàn ngành` is."""


def owed_in(title: str, mentions: Sequence[SchemeMention]) -> tuple[str, ...]:
    """Give the insurances that a title says are owed: `chây ì nợ BHXH`."""
    for mention in mentions:
        if mention.codes and OWED.search(title[: mention.start]):
            return mention.codes
    return ()


def note_owed(reader: "SentenceReader", index: int, codes: tuple[str, ...]) -> None:
    """Keep the insurances that stand right behind a word for debt; of several such mentions the widest."""
    names = [reader.names.get(code) for code in reader.stream.codes[:index]]
    if "INCLUDING" in names and reader.mind.owed == ():
        return  # `nợ 31 tỷ đồng, trong đó nợ BHYT 12 tỷ đồng`: only a part of what is owed
    if "OWE" in {reader.names.get(token.code) for token in reader.stream.tokens[max(0, index - 2) : index]}:
        reader.mind.owed = codes if set(codes) > set(reader.mind.owed) else reader.mind.owed


def see_money(reader: "SentenceReader", index: int, name: str) -> None:
    """Put in force what money is of that is named anew: all insurances, but of debts the one that was named so."""
    if any(token.load == "này" for token in reader.stream.tokens[index + 1 : index + 4]):
        return  # `số thu quỹ này`: that of the sentence before
    codes = reader.mind.owed if name in ("OWE", "DEBTRATE") and reader.mind.owed else _of_health(reader)
    reader.mind.schemes = reader.held(codes)
    reader.mind.listed = codes


def _of_health(reader: "SentenceReader") -> tuple[str, ...]:
    """All insurances; but health insurance where the title names it and the text no other."""
    topic = reader.mind.topic
    health = len(topic) == 1 and topic[0].startswith("BHYT")
    alone = health and all(code == "office" or code.startswith("BHYT") for code in reader.mind.named)
    return topic if alone else ALL


def of_office(reader: "SentenceReader") -> tuple[str, ...]:
    """Money that an office tells of: of all insurances, but of debts those named as owed."""
    if "OWE" in reader.here and reader.mind.owed:
        return reader.mind.owed
    return _of_health(reader)


def of_collecting(reader: "SentenceReader", draft: Draft) -> bool:
    """`BHXH huyện ...: thu đạt 101,2%`: a percent right behind what is collected, paid or owed."""
    near = {reader.names.get(token.code) for token in reader.stream.tokens[max(0, draft.index - 3) : draft.index]}
    return draft.kind == "percent" and bool({"COLLECT", "SPEND", "OWE", "DEBTRATE"} & near)


def by_office(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether an insurance office is the subject: `BHXH tỉnh đã thu 1.456 tỷ đồng`, not `quỹ đã chi`: the fund's."""
    before = reader.stream.tokens[: draft.index]
    if any(token.load == "quỹ" for token in before) and reader.mind.schemes is not None:
        return False
    for token in before:
        name = reader.names.get(token.code)
        if name == "ORG" or (name == "PLACE" and token.load.kind == "agency" and token.load.agency in INSURERS):
            return True
    return of_branch(reader, draft.start)


def of_branch(reader: "SentenceReader", end: int) -> bool:
    """Whether the sentence tells, before `end`, of the whole branch, and the title says that it is the insurers'."""
    return bool(BRANCH.search(reader.layers.text, reader.stream.start, end) and OFFICE.search(reader.layers.title))
