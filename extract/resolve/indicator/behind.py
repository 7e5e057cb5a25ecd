"""Which insurance is named behind a figure, or by the benefit that it counts."""

from typing import TYPE_CHECKING

from extract.context import Draft
from extract.schemes import FAMILY, SchemeMention

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

REACH = 7
STOPS = frozenset(
    {"PLAN", "THAN", "UP", "DOWN", "REACH", "ORG", "TAKES", "INCLUDING", "COLLECT", "SPEND", "OWE", "FORECAST", "COVER"}
)
"""Words behind a figure that begin something else."""
BY_CHOICE = 2015
"""Until then people of no group bought health insurance by choice; since then they do by household."""
MONEY = ("OWE", "COLLECT", "SPEND")
"""Words for what money is."""


def scheme_codes(reader: "SentenceReader", mention: SchemeMention) -> tuple[str, ...]:
    """Give the schemes of a mention, in the light of those in force."""
    if mention.codes:
        return mention.codes
    _, part = FAMILY[mention.relative]
    force = reader.mind.schemes.value if reader.mind.schemes else ()
    if mention.relative == "TN" and force and all(code.startswith("BHYT") for code in force):
        if force[0] == "BHYT_HGD":
            return force  # `nhóm này còn gọi là tự nguyện nhân dân`
        day = reader.layers.reference
        if day is not None and day.year > BY_CHOICE:
            return (part,)
        voluntary = "BHXH_TN" in {*reader.mind.named, *reader.mind.topic} and "BHYT_HGD" not in reader.mind.named
        return (part,) if voluntary and force[0] == "BHYT" else ("BHYT",)  # who bought it by choice, before 2015
    return (part,)


def of_benefit(reader: "SentenceReader", draft: Draft) -> tuple[str, ...]:
    """Give the scheme that a benefit names by itself: pensions are of social insurance."""
    if draft.kind == "money" and draft.rule in ("level.spent", "level.subject"):
        return _of_spent(reader, draft)
    if draws_pension(reader, draft):
        return ("BHXH",)
    if draft.kind not in ("person", "count") or draft.rule != "level.benefit":
        return ()
    at = named_behind(reader, draft)
    if at is not None:
        return scheme_codes(reader, reader.stream.tokens[at].load)
    start = max(0, draft.index - 10, reader.stream.codes.rfind(";", 0, draft.index))
    behind = []
    for token in reader.stream.tokens[draft.index + 1 : draft.index + 6]:
        if token.code in ",;.":
            break
        behind.append(token)
    for token in (*behind, *reversed(reader.stream.tokens[start : draft.index])):
        name = reader.names.get(token.code)
        if name == "JOBLESS":
            return ("BHTN",)
        if name == "PENSION":
            force = reader.mind.schemes.value if reader.mind.schemes and reader.scheme_at >= 0 else ()
            return force if force in (("BHXH_TN",), ("BHXH_BB",)) else ("BHXH",)
    return ()


def of_health(reader: "SentenceReader", draft: Draft) -> bool:
    """`160 triệu lượt người hưởng chế độ bảo hiểm y tế`: health insurance is named right behind."""
    behind = reader.stream.tokens[draft.index + 1 : draft.index + 6]
    return any(isinstance(token.load, SchemeMention) and "BHYT" in token.load.codes for token in behind)


def draws_pension(reader: "SentenceReader", draft: Draft) -> bool:
    """`45% số người sau độ tuổi nghỉ hưu được hưởng lương hưu`: a part of the old, who draw, not of those insured."""
    if draft.kind != "percent" or draft.measure not in ("coverage_pct", "target"):
        return False
    names = []
    for token in reader.stream.tokens[draft.index + 1 : draft.index + 10]:
        name = reader.names.get(token.code, token.code)
        if name in ("SCHEME", "JOIN", "NOTYET") or name in tuple(",;.:0123456"):
            break
        names.append(name)
    return "PENSION" in names and "BENEFIT" in names[: len(names) - names[::-1].index("PENSION")]


def _of_spent(reader: "SentenceReader", draft: Draft) -> tuple[str, ...]:
    """`chi lương hưu, trợ cấp 1.018 tỷ đồng`: money paid for a benefit that stands between the verb and the figure."""
    for token in reversed(reader.stream.tokens[max(0, draft.index - 5) : draft.index]):
        name = reader.names.get(token.code, token.code)
        if name in ("JOBLESS", "PENSION"):
            return ("BHTN",) if name == "JOBLESS" else ("BHXH",)
        if name in ("SCHEME", "SPEND", ";", "person", "count", "money"):
            break
    for token in reader.stream.tokens[draft.index + 1 : draft.index + 4]:
        name = reader.names.get(token.code, token.code)
        if name in ("JOBLESS", "PENSION"):
            return ("BHTN",) if name == "JOBLESS" else ("BHXH",)  # `đã chi 389 tỷ đồng lương hưu`
        if name != "w" and name != "WORD":
            break
    head = draft.head
    if head in reader.drafts and head is not None and head.unit == "visit" and not {"OWE", "COLLECT"} & reader.here:
        return head.schemes  # `1,2 triệu lượt với số tiền đề nghị BHXH thanh toán 438 tỷ đồng`
    return ()


def named_behind(reader: "SentenceReader", draft: Draft) -> int | None:
    """The scheme named right behind the figure, in its own clause."""
    names = reader.names
    before = ""
    for at, token in enumerate(reader.stream.tokens[draft.index + 1 : draft.index + 1 + REACH], draft.index + 1):
        name = names.get(token.code, "")
        if name == "SCHEME":
            return None if _of_next(reader, draft, at) else at
        if name in MONEY and draft.kind == "money" and (before == "IS" or at == draft.index + 1):
            continue  # `còn lại 18,8 tỷ đồng là nợ BHTN`, `nằm trong 612 tỷ đồng tổng nợ BHXH, BHYT`
        before = name
        if token.code in ",;:(.0123456" or name in STOPS or (draft.kind in ("money", "percent") and name == "AND"):
            return None
    return None


def _of_next(reader: "SentenceReader", draft: Draft, at: int) -> bool:
    """`BHTN 79.761 và BHYT 1.109.733 người`: insurances stand before their figures, that behind `và` too."""
    codes, alphabet = reader.stream.codes, reader.layers.rules.alphabet
    before = codes[max(0, draft.index - 2) : draft.index]
    return (
        alphabet["SCHEME"] in before
        and alphabet["AND"] in codes[draft.index + 1 : at]
        and bool(set(codes[at + 1 : at + 3]) & set("0123456"))
    )
