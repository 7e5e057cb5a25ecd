"""Parts of a count are measured as the whole: of the uncovered, of those who have a card, of what is owed."""

from typing import TYPE_CHECKING

from extract.context import Draft
from extract.resolve.lists.marks import words_of
from extract.resolve.lists.near import mind_near
from extract.resolve.lists.pools import of_fitting
from extract.resolve.lists.turned import place_behind, placed_behind
from extract.rules import Rule
from extract.rules.pattern import FIGURES

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

KINDS = {character: name for name, character in FIGURES.items()}
LIKE_WHOLE = ("uncovered", "gain", "target_gap")
"""Measures that parts take over."""
LEADS = frozenset({"INCLUDING", "RANK", "OUTOF"})
LANDSCAPE = frozenset(
    {"xã", "phường", "huyện", "chính", "miền", "núi", "vùng", "cao", "sâu", "đảo", "ven", "biển", "bãi", "ngang"}
)
"""Words that tell what kind of place is named right behind them."""
CHANGES_SUBJECT = frozenset({"COUNTED", "RISETO", "COVER", "BENEFIT", "PLAN"})


def part_of_whole(reader: "SentenceReader", draft: Draft) -> str | None:
    """`còn 43.200 người đứng ngoài; trong đó 7.500 học sinh và 35.700 người thuộc hộ gia đình`: all are uncovered."""
    if not reader.drafts or reader.drafts[-1].measure not in LIKE_WHOLE or draft.kind not in ("person", "bare"):
        return None
    measure = reader.drafts[-1].measure
    wholes = [
        one for one in reader.drafts if one.measure == measure and one.kind == "person" and one.value > draft.value
    ]
    if not wholes:
        return None
    names = {reader.names.get(code) for code in reader.stream.codes[wholes[0].index + 1 : draft.index]}
    own = {reader.names.get(code) for code in reader.stream.codes[reader.drafts[-1].index + 1 : draft.index]}
    led = LEADS & names or wholes[0].rule.endswith("out-of")
    if not led or CHANGES_SUBJECT & own or (measure != "uncovered" and {"JOIN", "SCHEME"} & own):
        return None
    after = {reader.names.get(code) for code in reader.stream.codes[draft.index + 1 : draft.index + 3]}
    return None if "JOIN" in after and measure == "uncovered" and "JOIN" not in own else measure


def part_told(reader: "SentenceReader", draft: Draft) -> str | None:
    """`còn 21.340 người chưa tham gia. Riêng xã Thành Mỹ là 2.916 người`: a part of what the sentence before told."""
    whole = reader.mind.drafts[-1]
    if whole.measure == "gain":
        return "gain"
    taking_part = {"JOIN", "SCHEME", "COUNTED", "BENEFIT", "PLAN"} & reader.here
    uncovered = whole.measure == "uncovered" and whole.kind == "person" and not taking_part
    return "uncovered" if uncovered and draft.kind in ("person", "bare") and draft.value < whole.value else None


def summed(reader: "SentenceReader", draft: Draft) -> str | None:
    """`A thêm được 112 người, B 85 người. Cộng cả tỉnh được 503 người`: the sum is of what its terms are."""
    if reader.drafts or not mind_near(reader) or draft.kind not in ("person", "bare"):
        return None
    term = reader.mind.drafts[-1]
    added = any(token.load in ("cộng", "gộp") for token in reader.stream.tokens[:2])
    return term.measure if added and term.measure in LIKE_WHOLE and draft.value > term.value else None


def of_eligible(reader: "SentenceReader", draft: Draft) -> bool:
    """`vỏn vẹn 8,4% trong tổng số 73.900 người thuộc diện`: a share of those who could take part is coverage."""
    names = [reader.names.get(code, code) for code in reader.stream.codes[draft.index + 1 : draft.index + 4]]
    if names[:1] != ["OUTOF"] or not {"person", "bare"} & set(names[1:]):
        return False
    at = draft.index + 1 + next(step for step, name in enumerate(names) if name in ("person", "bare"))
    return of_fitting(reader, at)


def of_insured_workers(reader: "SentenceReader", draft: Draft) -> bool:
    """`Phú Mỹ một mình chiếm 31% số lao động đóng bắt buộc`: a part of the insured, covered as they all are."""
    tokens = reader.stream.tokens
    names = [reader.names.get(token.code) for token in tokens[max(0, draft.index - 4) : draft.index + 3]]
    if len(names) < 7 or names[3] != "TAKES" or names[5:] != ["DENOM", "JOIN"] or "PLACE" not in names[:3]:
        return False
    counted, joins = tokens[draft.index + 1].load, tokens[draft.index + 2].load
    return "số" in counted and "động" in counted and "diện" not in joins


def part_of_cover(reader: "SentenceReader", earlier: Draft, draft: Draft) -> bool:
    """`mới đạt 74,4%, bằng 97,3% chỉ tiêu, trong đó học sinh 92,2%`: parts of what is covered."""
    if earlier not in reader.drafts or any(one.kind != "percent" for one in reader.drafts):
        return False
    between = {reader.names.get(code) for code in reader.stream.codes[earlier.index + 1 : draft.index]}
    return "INCLUDING" in between and any(one.measure == "coverage_pct" for one in reader.drafts)


def in_item(reader: "SentenceReader") -> bool:
    """Whether the sentence is a line of a list: `+ Doanh nghiệp nhà nước: 6 đơn vị, 19.185 triệu đồng`."""
    first = reader.stream.tokens[0] if reader.stream.tokens else None
    return first is not None and (first.load in ("+", "•", "·", "*") or first.code == "-")


def continues_item(reader: "SentenceReader", kind: str | None) -> bool:
    """Whether a line of a list goes on about what the line before counted."""
    held = reader.mind.target
    if held is None or held.paragraph != reader.paragraph or reader.sentence - held.sentence > 2:
        return False
    return in_item(reader) and reader.mind.drafts[-1].kind == kind


def in_list(reader: "SentenceReader", index: int, rule: Rule) -> bool:
    """Whether a figure stands in a line of a list, or in a row of counts with their places behind them."""
    kind = KINDS.get(reader.stream.codes[index])
    return continues_item(reader, kind) or (rule.id == "list.same" and in_turn(reader, index))


def in_turn(reader: "SentenceReader", index: int) -> bool:
    """`3.120 người ở Lạc Sơn, 2.870 người ở Kim Bôi tham gia BHXH tự nguyện`: counts with their places behind them."""
    names = [reader.names.get(code, code) for code in reader.stream.codes[index + 1 :]]
    return names[1:2] == ["PLACE"] and bool({"JOIN", "SCHEME"} & set(names)) and ";" not in names


def behind_place(reader: "SentenceReader", draft: Draft) -> int | None:
    """The token of the place that stands right behind a count: `2.870 người ở Kim Bôi`."""
    tokens = reader.stream.tokens
    if placed_behind(reader, draft.index):
        return place_behind(reader, draft.index)
    names = [reader.names.get(code, code) for code in reader.stream.codes[draft.index + 1 : draft.index + 4]]
    if names == ["(", "PLACE", ")"]:
        return draft.index + 2  # `từ 96,2% (Bắc Sơn) tới 99,6% (Lộc Bình)`
    for at in range(draft.index + 1, min(draft.index + 5, len(tokens) - 1)):
        if words_of(tokens[at]) in (("ở",), ("tại",), ("của",)):
            counted = draft.kind != "percent" or tokens[at].load in ("ở", "tại")
            to = at + 1
            while to < min(at + 5, len(tokens) - 1) and words_of(tokens[to]) and set(words_of(tokens[to])) <= LANDSCAPE:
                to += 1  # `96,6% ở xã miền núi Phú Sơn`
            return to if counted and reader.names.get(tokens[to].code) == "PLACE" else None
        if reader.names.get(tokens[at].code) not in ("PERSON", "WEALTH", "WORD"):
            break  # `4.836 người thuộc hộ cận nghèo của huyện Bình Gia`
    return None


def fallen_to(reader: "SentenceReader", draft: Draft) -> bool:
    """`tỷ lệ bao phủ giảm 2,4 điểm phần trăm, còn 89,6% dân số`: so many are covered still."""
    if draft.kind != "percent" or "NOTYET" in reader.here:
        return False
    names = {reader.names.get(code, code) for code in reader.stream.codes[max(0, draft.index - 12) : draft.index]}
    return bool({"DOWN", "COVER"} & names) and (draft.value >= 50 or {"DOWN", "COVER"} <= names)


def won_then(reader: "SentenceReader", draft: Draft) -> bool:
    """`phát triển mới 39 người. Cùng kỳ năm 2022 là 57 người`: as many were new then, too."""
    same_time = any(base.kind == "same-period" for index, base in reader.bases if index < draft.index)
    some = reader.drafts or (reader.mind.drafts if mind_near(reader) else [])
    counts = [one for one in some if one.kind in ("person", "bare") and one.measure != "target"]
    return same_time and bool(counts) and counts[-1].measure == "gain"


def of_people(reader: "SentenceReader", draft: Draft) -> bool:
    """`tỷ lệ lực lượng lao động tham gia BHXH ở Tây Ninh đạt 35,9%`: the words before say of which people it is."""
    tokens = reader.stream.tokens[: draft.index]
    names = {reader.names.get(token.code) for token in tokens}
    ratio = any(token.load == "lệ" or "lệ" in words_of(token) for token in tokens)
    return ratio and "DENOM" in names
