"""What a figure is: the measure its rule names, in the light of the figures and words around it."""

from typing import TYPE_CHECKING

from extract.context import Draft
from extract.quantities.record import Quantity
from extract.resolve.guard.amiss import on_agenda
from extract.resolve.indicator.units import wins
from extract.resolve.lists.marks import by_order, of_everyone, of_rate, passes_mark
from extract.resolve.lists.members import (
    fallen_to,
    of_eligible,
    of_insured_workers,
    part_of_whole,
    part_told,
    summed,
    won_then,
)
from extract.resolve.lists.near import mind_near
from extract.resolve.lists.onward import as_compared, of_whole, owed_by_all
from extract.resolve.lists.same import opens_parts, said_of_it, same
from extract.resolve.lists.units import under_shares
from extract.resolve.measure.aims import aimed_at, done_then, to_be_won
from extract.resolve.measure.changes import among_changes, of_share, risen_to, with_minus
from extract.resolve.measure.echo import done_aside, echo
from extract.resolve.measure.elided import all_change, elided, ranked_member
from extract.resolve.measure.gains import heads_new, least_aimed
from extract.resolve.measure.gaps import attained_and_more, gap_so_big, makes_up, plan_near
from extract.resolve.measure.opened import opened
from extract.resolve.measure.parts import beside_coverage, of_who, part_by_value, rate_of_debt, rest_by_value
from extract.resolve.measure.reached import reach
from extract.resolve.measure.shares import taken_of

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader


AIMED = ("level", "gain", "coverage_pct", "rate")


def measure_of(reader: "SentenceReader", draft: Draft, quantity: Quantity) -> str | None:
    """Give the measure of a figure, or None where nothing says it."""
    measure: str | None = draft.measure
    if measure == "same":
        measure = same(reader, draft)
    elif measure == "echo":
        measure = echo(reader, draft)
    if measure == "reach":
        measure = "rate" if opened(reader, draft) == "rate" else reach(reader, draft)
    measure = measure or opened(reader, draft)
    if measure is None:
        return None
    if draft.rule == "change.minus" and "negative" not in quantity.flags:
        return None
    if risen_to(reader, draft):
        draft.sign, measure = 1, "coverage_pct"
    if passes_mark(reader, draft):
        draft.sign, draft.of, measure = 1, None, "coverage_pct" if draft.kind == "percent" else "level"
        draft.qualifier = ">" if draft.qualifier == "=" else draft.qualifier
    if (
        draft.rule == "plan.gap.under"
        and draft.kind == "percent"
        and draft.value >= 25
        and not gap_so_big(reader, draft)
    ):
        return "target"  # `thấp hơn chỉ tiêu tỉnh giao 92%`
    if measure == "target_gap" and reader.aiming and attained_and_more(reader, draft):
        draft.sign = 1
        return "target"
    if draft.rule == "plan.gap.over" and draft.kind == "percent" and measure == "target_gap":
        if _is_the_plan(reader, draft):
            draft.sign = 1
            return "target"
        if reader.aiming and draft.value >= 50 and not plan_near(reader, draft):
            draft.sign, draft.of, measure = 1, None, "coverage_pct"  # `phấn đấu đưa độ bao phủ vượt 95,2%`
            draft.qualifier = ">" if draft.qualifier == "=" else draft.qualifier
        elif draft.value >= 50 and not plan_near(reader, draft):
            return None  # `9 nơi vượt 99%`: a mark that is passed, no surplus
    if draft.kind == "bare" and measure in ("coverage_pct", "share_pct", "rate") and draft.value > 100:
        return None  # `số đơn vị lên 1.102 và số lao động lên 68.340`: a count before a word of people
    if draft.kind == "bare" and measure in ("coverage_pct", "target_pct", "rate", "share_pct", "change_pct"):
        draft.unit = "percent"
    elif draft.kind == "bare" and draft.unit == "person" and abs(draft.value) < 2:
        return None
    return _in_context(reader, draft, quantity, measure)


def _in_context(reader: "SentenceReader", draft: Draft, quantity: Quantity, measure: str) -> str:
    """Turn a measure into what the mood of the sentence and the figures before it make of it."""
    if measure == "level" and draft.kind == "percent":
        measure = "coverage_pct"
    if measure == "level" and draft.rule in ("level.joins", "level.beside"):
        measure = elided(reader, draft) or all_change(reader, draft) or measure
    if measure == "level" and draft.kind in ("person", "bare") and draft.rule in ("level.subject", "level.joins"):
        measure = ranked_member(reader, draft) or part_of_whole(reader, draft) or measure
    if draft.rule == "share.bare" and (
        _of_eligible(reader, draft) or of_everyone(reader, draft) or (draft.head is None and not reader.drafts)
    ):
        measure = "coverage_pct"
    if draft.rule == "share.bare" and beside_coverage(reader, draft):
        measure = "coverage_pct"
    if measure == "share_pct":
        measure = taken_of(reader, draft) or measure
    if measure == "coverage_pct" and of_insured_workers(reader, draft):
        measure = "share_pct"
    marked = draft.qualifier in ("<", ">") and _names_follow(reader, draft)
    if draft.rule == "share.of" and (marked or of_eligible(reader, draft) or owed_by_all(reader, draft.index)):
        measure = "coverage_pct"
    planned = (
        measure == "coverage_pct" and draft.kind == "percent" and not under_shares(reader) and on_agenda(reader, draft)
    )
    aimed = (reader.aiming or planned or aimed_at(reader, draft)) and not done_aside(reader, draft)
    if aimed and (measure in AIMED or draft.rule == "share.bare"):
        draft.of = measure if measure in AIMED else "coverage_pct"
        measure = "target"
    elif aimed and to_be_won(reader, draft, measure):
        draft.of, measure = "gain", "target"
    return _at_last(reader, draft, quantity, _told_with(reader, draft, measure))


def _told_with(reader: "SentenceReader", draft: Draft, measure: str) -> str:
    """What wholes, parts and counts told with a figure make of its measure."""
    if measure == "uncovered" and fallen_to(reader, draft):
        measure = "coverage_pct"
    if measure == "coverage_pct" and left_out(reader, draft):
        measure = "uncovered"
    if measure in ("coverage_pct", "target_pct", "rate"):
        if part_by_value(reader, draft):
            draft.of, measure, draft.slots["measure"] = None, "share_pct", "arithmetic"
        elif of_who(reader, draft):
            draft.of, measure = None, "share_pct"
    if rate_of_debt(reader, draft):
        measure = "rate"
    measure = _as_gain(reader, draft, measure)
    if (
        measure == "level"
        and reader.mind.drafts
        and not reader.drafts
        and opens_parts(reader)
        and (whole := part_told(reader, draft))
    ):
        measure = whole
    if measure == "level":
        measure = (
            said_of_it(reader, draft)
            or summed(reader, draft)
            or of_whole(reader, draft)
            or as_compared(reader, draft)
            or measure
        )
    return measure


def _at_last(reader: "SentenceReader", draft: Draft, quantity: Quantity, measure: str) -> str:
    """What signs, points, times past and the arithmetic with other figures make of a measure."""
    if measure == "change_pct" and ("points" in quantity.flags or of_share(reader, draft) or of_rate(reader, draft)):
        measure = "change"
    if measure in ("change", "change_pct") and draft.sign > 0 and with_minus(reader, draft):
        draft.sign = -1
    if measure == "target" and done_then(reader, draft):
        draft.of, measure = None, "coverage_pct" if draft.kind == "percent" else "level"
    if measure == "level" and rest_by_value(reader, draft):
        measure, draft.slots["measure"] = "uncovered", "arithmetic"
    elif measure == "level" and _equals_rest(reader, draft):
        measure = "uncovered"
    if measure == "target_pct" and by_order(reader, draft):
        draft.of, measure = "coverage_pct", "target"
    if measure in ("target", "gain", "change") and makes_up(reader, draft):
        draft.sign, draft.of, measure = 1, None, "target_gap"
    return measure


def _names_follow(reader: "SentenceReader", draft: Draft) -> bool:
    """`Các tỉnh còn dưới 90% gồm Bình Dương (87,6%)`: a mark, and those on one side of it, each with its share."""
    behind = [reader.names.get(code, code) for code in reader.stream.codes[draft.index + 1 : draft.index + 5]]
    return behind[:2] == ["INCLUDING", "PLACE"] and "percent" in behind


def _as_gain(reader: "SentenceReader", draft: Draft, measure: str) -> str:
    """A count of new people where the words around it, or what was told before, say so."""
    if measure == "level" and draft.kind in ("person", "bare"):
        won = draft.rule == "level.base" and won_then(reader, draft)
        won = won or heads_new(reader, draft) or (draft.rule == "level.subject" and _of_gains(reader, draft))
        measure = "gain" if won else measure
    if measure == "change" and draft.sign > 0 and newly(reader, draft):
        measure = "gain"
    if measure == "level" and draft.unit == "employer" and wins(reader, draft):
        measure = "gain"
    if measure == "gain" and least_aimed(reader, draft):
        draft.of, measure = "gain", "target"
    return "change" if measure == "gain" and among_changes(reader, draft) else measure


def _of_gains(reader: "SentenceReader", draft: Draft) -> bool:
    """`được giao phát triển mới 4.500 người; đến nay mới có 1.120 người`: plan and result are of new people."""
    last = reader.drafts[-1] if reader.drafts else None
    if last is None or last.measure != "target" or last.kind != draft.kind or last.value <= draft.value:
        return False
    words = {
        word for token in reader.stream.tokens[: last.index] if isinstance(token.load, tuple) for word in token.load
    }
    between = {reader.names.get(code) for code in reader.stream.codes[last.index + 1 : draft.index]}
    return "mới" in words and "triển" in words and not {"COUNTED", "RISETO"} & between


def _of_eligible(reader: "SentenceReader", draft: Draft) -> bool:
    """`Trong tổng số 26.900 em có 26.410 em tham gia BHYT, chiếm 98,2%`: of those who could, not of those who do."""
    head, outof = draft.head, reader.layers.rules.alphabet["OUTOF"]
    if head is not None and head.schemes == ("BHYT_HSSV",) and (head.whole or head.value > 1000):
        return head is reader.drafts[-1] and "INCLUDING" not in reader.here  # `196.512/199.870 em, chiếm tỷ lệ 98,3%`
    if head is None or head.measure != "level" or head.kind not in ("person", "bare"):
        return False
    before = [index for index, _ in reader.refused if index < head.index]
    return bool(before) and outof in reader.stream.codes[max(0, before[-1] - 3) : before[-1]]


def _is_the_plan(reader: "SentenceReader", draft: Draft) -> bool:
    """`vượt mục tiêu 70%` names the plan, `vượt kế hoạch 7,5%` the surplus: none is passed by a quarter so tersely."""
    named = reader.names.get(reader.stream.codes[draft.index - 1]) in ("PLAN", "ASSIGN")
    return draft.kind == "percent" and draft.value >= 25 and named


def left_out(reader: "SentenceReader", draft: Draft) -> bool:
    """`6.800 người chưa tham gia, tương đương 7,4% dân số`: the uncovered in percent."""
    if not reader.drafts or reader.drafts[-1].measure != "uncovered" or reader.drafts[-1].kind == "percent":
        return False
    names = [reader.names.get(token.code) for token in reader.stream.tokens[reader.drafts[-1].index + 1 : draft.index]]
    return (len(names) <= 8 and bool({"EQUALS", "TAKES", "("} & set(names[-3:]))) or names[-1:] == ["("]


def _equals_rest(reader: "SentenceReader", draft: Draft) -> bool:
    """`còn 7,2% dân số chưa tham gia, tương đương 71.200 người`: the uncovered, counted."""
    last = reader.drafts[-1] if reader.drafts else None
    if last is None or (last.measure, last.kind) != ("uncovered", "percent") or draft.kind not in ("person", "bare"):
        return False
    names = [reader.names.get(token.code) for token in reader.stream.tokens[last.index + 1 : draft.index]]
    return len(names) <= 8 and "EQUALS" in names[-3:]


def newly(reader: "SentenceReader", draft: Draft) -> bool:
    """`4 tháng đầu năm, tỉnh thêm 500 người`: an increase without a base, within a period, is a gain."""
    if draft.kind not in ("person", "bare") or draft.head is not None or reader.bases or mind_counts(reader):
        return False
    signed = draft.value < 0 or reader.layers.text[reader.stream.tokens[draft.index - 1].start] in "+▲△↑"
    if signed or reader.layers.rules.alphabet["THAN"] in reader.stream.codes:
        return False
    if reader.layers.rules.alphabet["CAMPAIGN"] in reader.stream.codes[: draft.index]:
        return True
    return any(period.kind in ("ytd-months", "quarter", "half", "range") for _, period in reader.periods)


def mind_counts(reader: "SentenceReader") -> bool:
    """Whether the sentence before told a level, so that an increase is of it."""
    return bool(reader.mind.drafts) and mind_near(reader) and reader.mind.drafts[-1].measure in ("level", "change")
