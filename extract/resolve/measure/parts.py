"""Shares and rests that arithmetic tells from coverage: of a larger count told before, or of `15.408/15.462 em`."""

import re
from typing import TYPE_CHECKING

from extract.context import Draft
from extract.resolve.lists.near import mind_near

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

SAID_EQUAL = ("echo.equals", "echo.brackets", "share.bare", "reach.bare")
"""Rules of percents that only their words' order binds to a count."""
JOINED = frozenset({",", "TAKES", "person", "bare", "JOIN", "SCHEME", "WORD"})
"""All that stands between a count and its share."""
MOST_OWED = 12
"""No larger share of what is due is owed in a whole area."""
WHO = re.compile(
    r"\s(?:số người )?(?:là|thuộc nhóm) (?:người |lao động |hội viên )?"
    r"(?:phụ nữ|nữ(?: giới)?|nam(?: giới)?|nông dân|ngư dân|diêm dân|tiểu thương|thanh niên|hội viên|đoàn viên|lao động"
    r"|dân tộc|đồng bào|người|cán bộ|trẻ em|học sinh|sinh viên|công nhân|tự do|nghèo|cận nghèo|cao tuổi|trung niên|trẻ)"
    r"(?!\w)(?! tham gia| có thẻ)"
)
"""Behind a percent: which people."""
FEW = 3
"""So few people may be a rest by chance."""


def part_by_value(reader: "SentenceReader", draft: Draft) -> bool:
    """`494.200 em có thẻ ... 261.900 em tham gia tại trường, tức 53,0%`: just what the count is of the larger one."""
    head = draft.head
    if draft.rule not in SAID_EQUAL or head is None or head not in reader.drafts or head.measure != "level":
        return False
    said = reader.names.get(reader.stream.codes[draft.index - 1])
    if draft.kind != "percent" or not 0 < draft.value < 90 or said not in ("EQUALS", "TAKES"):
        return False  # what is reached is reached of those who could take part
    near = reader.mind.drafts if mind_near(reader) else []
    told = [*reader.counts, *near, *reader.drafts[: reader.drafts.index(head)]]
    wholes = [one for one in told if one.measure == "level" and one.unit == head.unit and one.concept == head.concept]
    exact = max(draft.precision, 0.05) * 1.3
    return any(
        one.value > head.value and abs(100 * head.value / one.value - draft.value) <= exact and _holds(one, head)
        for one in wholes
    )


def _holds(whole: Draft, part: Draft) -> bool:
    """Whether a count is of the insurance, or of several together, that a smaller one is part of."""
    branches = {code.partition("_")[0] for code in whole.schemes}
    return {code.partition("_")[0] for code in part.schemes} <= branches


def rate_of_debt(reader: "SentenceReader", draft: Draft) -> bool:
    """`Tổng số nợ là 604 tỷ đồng, chiếm tỷ lệ 5,3%`: of what is due, where all the debt was told."""
    head = draft.head
    if draft.rule != "share.bare" or head is None or reader.drafts[-1:] != [head] or draft.value > MOST_OWED:
        return False
    alone = not any(one.concept == "arrears" for one in (*reader.drafts[:-1], *reader.mind.drafts))
    whole = alone and not {"INCLUDING", "OUTOF", "FIRMS", "FIRM", "count"} & reader.here
    return whole and head.concept == "arrears" and head.measure == "level" and head.kind == "money"


def of_who(reader: "SentenceReader", draft: Draft) -> bool:
    """`13.520 người, trong đó 62,3% là phụ nữ`: what part of those just counted they are."""
    if draft.kind != "percent" or draft.head is None or draft.head.kind == "money" or "PLAN" in reader.here:
        return False
    return WHO.match(reader.layers.text, draft.end) is not None


def rest_by_value(reader: "SentenceReader", draft: Draft) -> bool:
    """`15.408/15.462 em tham gia; 54 em còn lại`: those of the whole who are not in it."""
    if draft.kind not in ("person", "bare") or draft.value < FEW:
        return False
    told = [*(reader.mind.drafts if mind_near(reader) else []), *reader.drafts]
    return any(
        one.whole is not None and one.measure == "level" and one.whole - one.value == draft.value for one in told
    )


def beside_coverage(reader: "SentenceReader", draft: Draft) -> bool:
    """`18,26 triệu người tham gia BHXH, đạt 39,25% lực lượng lao động; BHTN là 14,7 triệu người, chiếm 31,6%`."""
    if draft.kind != "percent" or len(reader.drafts) < 3:
        return False
    count, share, whole = reader.drafts[-1], reader.drafts[-2], reader.drafts[-3]
    same = count.measure == whole.measure == "level" and share.measure == "coverage_pct"
    others = len({one.schemes for one in (count, whole)}) == 2 and share.schemes == whole.schemes
    joined = {reader.names.get(code) for code in reader.stream.codes[count.index : draft.index]} <= JOINED
    return same and others and joined and "INCLUDING" not in reader.here
