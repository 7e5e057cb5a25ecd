"""A percent that is reached, of a plan or of the people: what the words around it and the figures before it say."""

from typing import TYPE_CHECKING

from extract.context import Draft
from extract.resolve.lists.marks import now_reached
from extract.resolve.lists.members import of_people
from extract.resolve.lists.near import mind_near
from extract.resolve.lists.same import after_place
from extract.resolve.lists.turned import FAR, owed_by_rate, placed_behind
from extract.resolve.measure.shares import covered_places

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

MOST = 60
"""No larger share of those who work is in an insurance of the unemployed or a voluntary one."""
EVIDENCE = frozenset({"PLAN", "COVER", "ASSIGN", "COUNTED"})
"""Words without which a bare percent is not ours."""


def _speaks_of_people(names: set[str | None], close: set[str | None]) -> bool:
    """Whether the words around a percent say that people are insured."""
    joins = "JOIN" in names or "SCHEME" in close
    return joins and bool({"PERSON", "SCHEME"} & names) and not {"CONTRIB", "FORMULA"} & names


def _opened(reader: "SentenceReader", draft: Draft) -> bool:
    """`độ bao phủ tăng không đều: cuối năm 2011 mới 52,4%, năm 2012 ...`: coverage opens the list."""
    return ":" in reader.stream.codes[: draft.index] and "COVER" in reader.here


def _by_head(reader: "SentenceReader", draft: Draft, schemes: tuple[str, ...]) -> str | None:
    """What the count before a bare percent says that it is of."""
    head = draft.head
    if head in reader.drafts and schemes in (("BHTN",), ("BHXH_TN",)) and draft.value > MOST:
        return "target_pct"  # `BHTN: 562.480 người, đạt 99,2%`: nowhere are so many of the people insured so
    if head and (head.concept in ("revenue", "payouts") or (head.measure == "gain" and head in reader.drafts)):
        return "target_pct"
    if head in reader.drafts and head.measure == "level" and head.concept == "participants" and _of_health(head):
        return reader.mind.percents.get(head.schemes, "coverage_pct")  # `3,2 triệu người tham gia BHYT, đạt 92,8%`
    if head and head.concept == "arrears" and head.measure == "level" and head in reader.drafts:
        return "rate"  # `còn nợ 26,9 tỷ đồng, bằng 3,1%`: of what is due
    return None


def _of_health(head: Draft) -> bool:
    return all(code.startswith("BHYT") for code in head.schemes)


def _held_of(reader: "SentenceReader", draft: Draft) -> tuple[str, ...]:
    """The insurance whose last percent says what this one is of; none, where the last of all does."""
    head, force = draft.head, reader.mind.schemes
    if draft.rule == "echo.brackets" and head is not None and head in reader.drafts:
        return head.schemes
    return force.value if draft.rule == "list.same" and not reader.drafts and force is not None else ()


def reach(reader: "SentenceReader", draft: Draft) -> str | None:
    """Say whether a bare percent is of the plan or of the people."""
    mind = reader.mind
    names = [reader.names.get(token.code) for token in reader.stream.tokens[max(0, draft.index - 9) : draft.index + 7]]
    close = {reader.names.get(token.code) for token in reader.stream.tokens[max(0, draft.index - 4) : draft.index]}
    people = _speaks_of_people({*names}, close)
    reach = FAR if placed_behind(reader, draft.index) else 5 if after_place(reader, draft.index) else 2
    gap = mind_near(reader) and not reader.drafts and any(one.of == "coverage_pct" for one in mind.drafts)
    near = gap or (mind.percent is not None and reader.sentence - mind.percent.sentence <= reach)
    if owed_by_rate(reader, draft):
        return "rate"
    near = near or (mind.topic == ("BHYT_HSSV",) and after_place(reader, draft.index))
    if not (reader.drafts or EVIDENCE & set(names) or near or people or _opened(reader, draft)):
        return None
    if draft.value > 100:
        return "target_pct"
    last = reader.drafts[-1] if reader.drafts else None
    if covered_places(reader, draft):
        return "coverage_pct"
    if last is not None and last.measure == "target" and now_reached(reader, last, draft):
        return "rate" if last.of == "rate" else "coverage_pct"
    left = {reader.names.get(token.code) for token in reader.stream.tokens[: draft.index]}
    if reader.aiming and (":" in reader.stream.codes[: draft.index] or not left & {"PLAN", "ASSIGN"}):
        return "coverage_pct"
    beside = [reader.names.get(code) for code in reader.stream.codes[max(0, draft.index - 2) : draft.index]]
    if beside == ["HAS", "SCHEME"] and draft.value <= 100:
        return "coverage_pct"  # `HSSV có BHYT 99,7%`
    aims = [one for one in reader.drafts if one.measure == "target" and one.kind == "percent"]
    after_aim = aims and not reader.aiming and reader.drafts[-1] is aims[-1] and draft.value <= 100
    if after_aim or "COVER" in left or (not reader.drafts and "PLAN" not in left and of_people(reader, draft)):
        return "coverage_pct"
    if "PLAN" in left and not reader.aiming:
        return "target_pct"
    percents = [one for one in reader.drafts if one.kind == "percent" and one.measure in ("target_pct", "coverage_pct")]
    if percents and percents[-1].measure == "target_pct" and draft.head and draft.head.index > percents[-1].index:
        return "target_pct"
    head = draft.head
    schemes = head.schemes if head else (mind.schemes.value if mind.schemes else ())
    if (told := _by_head(reader, draft, schemes)) is not None:
        return told
    if mind.percent and mind.near(mind.percent, reader.sentence, reader.paragraph, max(reach, 3)):
        return mind.percents.get(_held_of(reader, draft), mind.percent.value)
    if not head and mind.concept == "revenue":
        return "target_pct"
    if gap:
        return "coverage_pct"  # `còn cách chỉ tiêu 0,7%. Long Mỹ, Vị Thủy lần lượt đạt 95,1%, 94,2%`
    if mind.plan and mind.near(mind.plan, reader.sentence, reader.paragraph, 2):
        return "target_pct"
    return "coverage_pct" if all(scheme.startswith("BHYT") for scheme in schemes) else "target_pct"
