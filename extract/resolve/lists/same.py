"""Lists: what the next figure of one is, by the figure before it and the verb that opens it; how near figures are."""

from typing import TYPE_CHECKING

from extract.context import Draft
from extract.resolve.lists.marks import now_reached, words_of
from extract.resolve.lists.members import in_item, part_of_cover
from extract.resolve.lists.near import mind_near
from extract.resolve.lists.onward import covered_again, outgrown, won_of_many

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

COUNTS = ("person", "bare", "count", "money")
TOLD = ("change", "change_pct")
LEFT = ("uncovered",)
LIKE_LAST = ("uncovered", "gain")
"""Measures that `con số này` takes over."""
PLANS = frozenset({"PLAN", "ASSIGN", "AIM"})
LISTED = {
    "ENROL": "gain",
    "LACK": "target_gap",
    "PLAN": "target",
    "ASSIGN": "target",
    "AIM": "target",
    "NOTYET": "uncovered",
}
"""What a list of places counts, by the verb that opens it."""


def after_place(reader: "SentenceReader", index: int) -> bool:
    """Whether a place stands close before the figure, as in a list of places."""
    return reader.layers.rules.alphabet["PLACE"] in reader.stream.codes[max(0, index - 3) : index]


def ranked(reader: "SentenceReader", index: int, reach: int = 16) -> bool:
    """Whether the figure is the best or worst of places: then it is a share, not a change."""
    rank = reader.layers.rules.alphabet["RANK"]
    return rank in reader.stream.codes[max(0, index - reach) : index]


def drafts_near(reader: "SentenceReader") -> bool:
    """Whether this paragraph has had figures."""
    return bool(reader.drafts) or (reader.mind.target is not None and reader.mind.target.paragraph == reader.paragraph)


def opens_parts(reader: "SentenceReader") -> bool:
    """Whether the sentence begins with `trong đó` and goes on with parts of the count before it."""
    return bool(reader.stream.codes) and reader.names.get(reader.stream.codes[0]) == "INCLUDING" and mind_near(reader)


def same(reader: "SentenceReader", draft: Draft) -> str | None:
    """Give the measure of the figure before it in a list, else what the verb of the list says."""
    last = reader.drafts[-1] if reader.drafts else None
    if draft.kind == "bare" and last is not None and last.kind == "percent" and draft.value <= 400:
        draft.unit = "percent"
        return last.measure
    if draft.kind == "bare" and draft.value <= 400 and draft.value != int(draft.value):
        draft.kind = draft.unit = "percent"  # `Cao nhất là Hồng Ngự (99,89)`: nobody counts people in fractions
    close = [reader.names.get(token.code) for token in reader.stream.tokens[max(0, draft.index - 2) : draft.index]]
    if draft.kind == "percent" and close == ["HAS", "SCHEME"]:
        return "reach"  # `HSSV có BHYT 99,7%`
    if (told := _in_row(reader, draft) or _of_named(reader, draft) or _next_plan(reader, draft)) is not None:
        return told
    for some in (reader.drafts, reader.mind.drafts if mind_near(reader) else []):
        for earlier in _in_turn(reader, some, draft):
            if (earlier.kind == "percent") == (draft.kind == "percent"):
                if earlier.measure == "target" and draft.kind == "percent" and now_reached(reader, earlier, draft):
                    return "rate" if earlier.of == "rate" else "coverage_pct"
                if (told := _come_of(reader, earlier, draft)) is not None:
                    return told
                parted = apart(reader, earlier, draft)
                if parted and earlier.kind == "percent" and earlier.measure in (*TOLD, "target_gap"):
                    continue
                if earlier.measure in TOLD and (draft.rule == "base.than" or _other_than(reader, earlier, draft)):
                    continue
                if earlier.measure in (*TOLD, *LEFT, "target", "target_gap") and _dealt_anew(reader, earlier, draft):
                    continue
                if earlier.measure == "target_pct" and part_of_cover(reader, earlier, draft):
                    return "coverage_pct"
                planned = earlier.measure in ("target", "target_gap") and earlier not in reader.drafts
                if planned and ranked(reader, draft.index, 4):
                    continue
                if (
                    earlier.measure in ("target_gap", "gain")
                    and draft.kind != "percent"
                    and _altogether(reader, earlier, draft)
                ):
                    return "level"
                if earlier.measure == "target" and not reader.aiming and _beside_result(reader, some, earlier):
                    continue
                draft.sign, draft.of = earlier.sign, earlier.of
                draft.unit = earlier.unit if draft.kind == "bare" else draft.unit
                if draft.head is None or (some is reader.drafts and draft.head.index < earlier.index):
                    draft.head = earlier
                return earlier.measure
    if draft.kind == "percent":
        return "reach"
    if draft.kind in ("person", "bare") and won_of_many(reader, draft.index):
        return "gain"
    return by_cue(reader, draft) or ("level" if draft.kind in COUNTS else None)


def _in_row(reader: "SentenceReader", draft: Draft) -> str | None:
    """`- BHTN: 96.072 người; 101,1%; 5%`: the second percent is what it was in the line before."""
    held = reader.mind.target  # each line may be a paragraph of its own
    if draft.kind != "percent" or not in_item(reader) or held is None or reader.sentence - held.sentence > 2:
        return None
    here = [one for one in reader.drafts if one.kind == "percent"]
    above = [one for one in reader.mind.drafts if one.kind == "percent"]
    if not here or len(above) <= len(here) or ";" not in reader.stream.codes[here[-1].index : draft.index]:
        return None
    draft.sign, draft.of = above[len(here)].sign, above[len(here)].of
    alike = [one.measure for one in here] == [one.measure for one in above[: len(here)]]
    return above[len(here)].measure if alike else None


def _of_named(reader: "SentenceReader", draft: Draft) -> str | None:
    """`..., bao phủ 91,8% dân số. Về BHYT có Tri Tôn 95,7%`: places by what was told last of the insurance named."""
    if draft.kind != "percent" or reader.drafts or reader.scheme_at < 0 or not after_place(reader, draft.index):
        return None
    told, force = {one.measure for one in reader.mind.drafts if one.kind == "percent"}, reader.mind.schemes
    if len(told) < 2 or force is None or not mind_near(reader) or {"PLAN", "REACH"} & reader.here:
        return None
    return reader.mind.percents.get(force.value)


def _next_plan(reader: "SentenceReader", draft: Draft) -> str | None:
    """`Chỉ tiêu tỉnh giao về BHXH tự nguyện là 3.020 người, về BHYT là 89%`: the plan of the next insurance."""
    last = reader.drafts[-1] if reader.drafts else None
    if draft.kind != "percent" or last is None or last.measure != "target" or last.kind == "percent":
        return None
    if len(reader.drafts) > 1 or "PLAN" not in {reader.names.get(code) for code in reader.stream.codes[:3]}:
        return None
    between = [reader.names.get(code, code) for code in reader.stream.codes[last.index + 1 : draft.index]]
    if between[-2:] != ["SCHEME", "IS"] or between[0] not in (",", "AND", ";"):
        return None
    draft.of = "coverage_pct"
    return "target"


def _other_than(reader: "SentenceReader", change: Draft, draft: Draft) -> bool:
    """Whether a figure of places is a level beside a change; `Giảm nhiều nhất là A (512 người), B (468)`: both fell."""
    if change in reader.drafts and change.rule == "change.down.rank":
        return False
    return outgrown(reader, change, draft) or apart(reader, change, draft) or ranked(reader, draft.index)


def _beside_result(reader: "SentenceReader", some: list[Draft], aim: Draft) -> bool:
    """`364 người, bằng 72,8% kế hoạch (500 người). Tân Uyên đã chạm mốc 1.012`: the list goes on with the result."""
    if some is reader.drafts:
        return False
    return any(one.measure in ("level", "gain") and one.kind == aim.kind and one.index < aim.index for one in some)


def _in_turn(reader: "SentenceReader", some: list[Draft], draft: Draft) -> list[Draft]:
    """The figures that a list may go on with, the likeliest first: the last, but of a sentence before that told both
    coverage and the plan, what it told first."""
    measures = [one.measure for one in some if one.kind == "percent" and one.measure in ("coverage_pct", "target_pct")]
    listed = draft.kind == "percent" and draft.value <= 100 and after_place(reader, draft.index)
    if listed and some is not reader.drafts and len(set(measures)) > 1:
        return [*(one for one in some if one.measure == measures[0]), *reversed(some)]
    if some is reader.drafts:
        aside = [one for one in some if _plan_aside(reader, one, draft)]
        return [*(one for one in reversed(some) if one not in aside), *reversed(aside)] if aside else some[::-1]
    return some[::-1]


def _plan_aside(reader: "SentenceReader", one: Draft, draft: Draft) -> bool:
    """`đạt 35,9% (chỉ tiêu 36,5%), BHTN 33,2%`: the plan was told aside; behind the bracket the list goes on."""
    between = reader.stream.codes[one.index + 1 : draft.index]
    return one.measure == "target" and between.count(")") > between.count("(")


def _come_of(reader: "SentenceReader", earlier: Draft, draft: Draft) -> str | None:
    """What aims have come to, and the share of those covered behind that of the uncovered."""
    if earlier.measure == "target" and earlier not in reader.drafts and _opens_results(reader):
        return earlier.of if earlier.of in ("rate", "coverage_pct", "level", "gain") else "reach"
    if earlier.measure == "target" and draft.kind == "percent" and _reached(reader, earlier, draft):
        return "reach"
    return "coverage_pct" if earlier.measure in LEFT and covered_again(reader, earlier, draft) else None


def _opens_results(reader: "SentenceReader") -> bool:
    """`Kế hoạch năm: BHYT 95,8% dân số. Kết quả 4 tháng là 94,9%`: what the plan has come to so far."""
    words = [word for token in reader.stream.tokens[:3] for word in words_of(token)]
    return not reader.aiming and (words[:2] == ["kết", "quả"] or words[:2] == ["thực", "hiện"])


def _reached(reader: "SentenceReader", aim: Draft, draft: Draft) -> bool:
    """`chỉ tiêu là 95%; đến nay mới đạt 92,4%`: what follows the aim is told as reached."""
    if aim not in reader.drafts or reader.aiming:
        return False
    between = [reader.names.get(code) for code in reader.stream.codes[aim.index + 1 : draft.index]]
    told = {"REACH", "NEW"} & set(between) and (
        {"PERIOD", "PLACE"} & set(between) or ";" in reader.stream.codes[aim.index : draft.index]
    )
    return bool(told) and not {"AIM", "ASSIGN"} & set(between)


def _dealt_anew(reader: "SentenceReader", earlier: Draft, draft: Draft) -> bool:
    """`còn cách chỉ tiêu 1,9%. Nhơn Trạch, Biên Hòa lần lượt đạt 94,8%, 89,7%`: what places have reached."""
    if earlier in reader.drafts or reader.aiming or draft.kind != "percent":
        return False
    if _past_plan(reader, earlier, draft):
        return True
    near = reader.stream.tokens[max(0, draft.index - 2) : draft.index]
    told = {one.measure for one in reader.mind.drafts}
    dealt = any(reader.names.get(token.code) == "RESPECT" for token in near)
    if dealt and earlier.measure in ("target", "target_gap") and "coverage_pct" in told and not PLANS & reader.here:
        return True  # `hụt 4,8% so với nghị quyết (66%). Ba xã có tỷ lệ cao lần lượt 78,3%, 72,6%, 70,1%`
    words = [word for token in reader.stream.tokens[max(0, draft.index - 4) : draft.index] for word in words_of(token)]
    if "lệ" in words and "này" not in words and "NOTYET" not in {reader.names.get(token.code) for token in near}:
        return earlier.measure != "target"  # `còn 13,4% chưa tham gia. Ở khối THPT, tỷ lệ là 92,3%`
    return any(reader.names.get(token.code) in ("RESPECT", "REACH") and "đạt" in token.load for token in near)


def _past_plan(reader: "SentenceReader", earlier: Draft, draft: Draft) -> bool:
    """`đạt 94,4% dân số; kế hoạch năm 95,3%. Xã Ba Tơ 99,5%, xã Bờ Y 96,3%`: places are told of as the whole was."""
    told = {one.measure for one in reader.mind.drafts if one.kind == "percent"}
    planned = earlier.kind == "percent" and earlier.measure in ("target", "target_gap") and "coverage_pct" in told
    return planned and not PLANS & reader.here and after_place(reader, draft.index)


def _altogether(reader: "SentenceReader", earlier: Draft, draft: Draft) -> bool:
    """`vượt 18 người so với kế hoạch; cả huyện nay 4.120 người`: more than what is missing or new."""
    between = reader.stream.tokens[earlier.index + 1 : draft.index] if earlier in reader.drafts else ()
    said = any(token.load in ("nay", "tổng", "hiện") or reader.names.get(token.code) == "COUNTED" for token in between)
    return said and draft.value > abs(earlier.value)


def by_cue(reader: "SentenceReader", draft: Draft) -> str | None:
    """The measure that the verb before a list gives to its items."""
    for token in reversed(reader.stream.tokens[: draft.index]):
        name = reader.names.get(token.code, "")
        if name in LISTED:
            return LISTED[name]
        if name in ("HAS", "IS", "REACH", "UP", "DOWN"):
            return None
    return None


def apart(reader: "SentenceReader", change: Draft, draft: Draft) -> bool:
    """`92,1%, tăng 1,4%; các xã cao là Tân Quới 97,2%`: the list behind the semicolon does not go on about changes."""
    if draft.value <= 3 * abs(change.value):
        return False
    if change not in reader.drafts:
        return draft.kind == "percent" and after_place(reader, draft.index)
    return ";" in reader.stream.codes[change.index : draft.index] and len(reader.drafts) > 1


def this_number(reader: "SentenceReader", index: int) -> bool:
    """`Tại Bình Định, con số này là 3.960 người`, `Nay con số ấy là 504`: what was counted last."""
    return any(
        ("này" in words and {"con", "số", "tỷ"} & set(words)) or ("con" in words and {"ấy", "đó"} & set(words))
        for words in (words_of(token) for token in reader.stream.tokens[:index])
    )


def that_number(reader: "SentenceReader", index: int) -> bool:
    """`Nay con số ấy là 504`: the count told before, and right behind it how many there are."""
    near = [reader.names.get(code) for code in reader.stream.codes[max(0, index - 3) : index]]
    told = bool(reader.mind.drafts) and mind_near(reader) and not reader.drafts
    return told and "COUNTED" in near and this_number(reader, index)


def said_of_it(reader: "SentenceReader", draft: Draft) -> str | None:
    """`còn 15.400 người chưa tham gia. Cuối năm trước, con số này là 21.300 người`: of those left out, too."""
    told = [one for one in reader.mind.drafts if one.kind in ("person", "bare")]
    again = told and that_number(reader, draft.index)
    return told[-1].measure if again and told[-1].measure in LIKE_LAST else None
