"""What a bare `chiếm 44,3%` is a share of: of a larger count, of the people, of what is due."""

from typing import TYPE_CHECKING

from extract.context import Draft
from extract.resolve.lists.same import after_place
from extract.schemes import ALL

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

PARTS = ("BHYT_HGD", "BHYT_HSSV")
"""Insurances of a group: how much of the whole it is, is told rather than how many of the group are insured."""
APART = frozenset({"INCLUDING", "OUTOF", "RANK", "FIRMS", "WEALTH"})
"""Words that make a part of what is counted."""
MONEY = frozenset({"COLLECT", "SPEND", "OWE", "DEBTRATE"})
MOST = 60
"""No larger share of those who work is in an insurance that is not everybody's."""
DUE = 12
"""So much of what is due is owed at most where nobody says of what."""


def taken_of(reader: "SentenceReader", draft: Draft) -> str | None:
    """`có 16,7 triệu người tham gia BHTN, chiếm 34,4%.`: all who take part are a share of those who could."""
    head, codes = draft.head, reader.stream.codes
    if draft.rule != "share.bare" or head is None or head not in reader.drafts or head.measure != "level":
        return None
    before = {reader.names.get(code, code) for code in codes[: draft.index]}
    if codes[draft.index + 1 : draft.index + 2] not in ("", ".", ";", ",") or APART & before:
        return None
    if head.concept == "arrears":
        return "rate" if draft.value <= DUE else None
    people = head.concept == "participants" and head.kind == "person" and len(head.schemes) == 1
    if not people or head.schemes[0] in PARTS:
        return None
    behind = {reader.names.get(code) for code in codes[head.index + 1 : draft.index]}
    covered = [one.denominator for one in reader.drafts if one.measure == "coverage_pct" and one.index < head.index]
    return "coverage_pct" if "JOIN" in behind or any(covered) else None


def covered_places(reader: "SentenceReader", draft: Draft) -> bool:
    """`Ở cấp xã, Ba Bể 99,3%, Chợ Đồn 98,7%`, behind a paragraph on money: places by the coverage told before."""
    mind = reader.mind
    told = mind.target is None or mind.target.paragraph == reader.paragraph
    if reader.drafts or told or draft.value < MOST or not after_place(reader, draft.index):
        return False
    money = mind.schemes is not None and mind.schemes.value == ALL and {"PLAN", *MONEY} & reader.here == set()
    return money and mind.percents.get(("BHYT",)) == "coverage_pct"
