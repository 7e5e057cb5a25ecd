"""Lists: figures dealt out by `lần lượt`, and an insurance that is named once, at the end."""

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.context import Draft
from extract.places.find import PlaceMention
from extract.resolve.lists.marks import words_of
from extract.resolve.lists.near import mind_near

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

AGAIN = re.compile(
    r"(?<!\w)(các|những|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d+) "
    r"(tỉnh|huyện|xã|phường|địa phương|địa bàn|đơn vị|nơi|thị trấn|quận)(?: này| trên| nói trên)?,? ?$",
    re.I,
)
"""`ba phường`: those named in the sentence before."""
LEVELS = {"tỉnh": "province", "huyện": "district", "quận": "district"} | dict.fromkeys(
    ("xã", "phường", "thị trấn"), "commune"
)
NUMERALS = dict(enumerate(["hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"], 2))
ENDED = re.compile(r"[.!?](?=\s)")


def spread_back(reader: "SentenceReader") -> None:
    """`bưu điện 143 người, hội phụ nữ 96 người mua BHYT hộ gia đình`: the insurance named last is that of all."""
    if len(reader.drafts) < 2 or any(token.load in ("nhóm", "khối") for token in reader.stream.tokens):
        return  # `nhóm doanh nghiệp 71,5%, học sinh 78,2%`: each of its own
    for one, after in zip(reversed(reader.drafts[:-1]), reversed(reader.drafts[1:]), strict=True):
        if one.slots["indicator"] in ("clause", "unit") or after.slots["indicator"] not in ("clause", "list"):
            continue
        between = reader.stream.codes[one.index + 1 : after.index]
        led = reader.layers.rules.alphabet["INCLUDING"] in between
        if (
            (one.kind == after.kind or (one.kind, after.kind) == ("bare", "person"))
            and one.measure == after.measure
            and "," in between
            and ";" not in between
            and not led
        ):
            one.schemes, one.slots["indicator"] = after.schemes, "list"


def respectively(reader: "SentenceReader") -> None:
    """Deal out the places or schemes listed before `lần lượt` over the figures after it, and once more after the next
    `tương ứng`: `BHXH, BHTN lần lượt là A và B, tăng tương ứng x% và y%`."""
    if len(reader.drafts) < 2 or not reader.here & {"RESPECT", "UP", "DOWN", "INCLUDING", "EQUALS"}:
        return
    starts = [index for index in range(len(reader.stream.codes)) if _deals(reader, index)]
    if not starts:
        return
    ends = [*starts[1:], len(reader.stream.codes)]
    told = [draft.index for draft in reader.drafts]
    starts = [at for at, until in zip(starts, ends, strict=True) if any(at < index < until for index in told)]
    ends = [*starts[1:], len(reader.stream.codes)]
    for since, at, until in zip([0, *starts], starts, ends, strict=False):
        after = _group(reader, at, until)
        if len(after) > 1 and not _deal_places(reader, since, at, after):
            _deal(reader, at, starts[0], after)


def deal_pair(reader: "SentenceReader") -> None:
    """`Tam Bình và Trà Ôn là hai huyện thấp nhất, 51,9% và 50,4%`: two places, then two figures of one kind."""
    place, conj, codes = reader.layers.rules.alphabet["PLACE"], reader.layers.rules.alphabet["AND"], reader.stream.codes
    for one, other in pairwise(reader.drafts):
        if codes[one.index + 1 : other.index] != conj or one.unit != other.unit or one.place or other.place:
            continue
        since = max((draft.index for draft in reader.drafts if draft.index < one.index), default=-1)
        at = codes.rfind(place, since + 1, one.index)
        if at < 2 or codes[at - 2 : at] != place + conj or place in codes[since + 1 : at - 2]:
            continue
        first, second = reader.stream.tokens[at - 2].load, reader.stream.tokens[at].load
        if not (_of_its_own(first) and _of_its_own(second)) or set(codes[at : one.index]) & set(";:("):
            continue
        for draft, found in ((one, first), (other, second)):
            draft.place, draft.slots["area"] = found, "clause"


def _deals(reader: "SentenceReader", index: int) -> bool:
    """Whether a token says that figures follow in the order of what was named."""
    token = reader.stream.tokens[index]
    name = reader.names.get(token.code)
    words = token.load if isinstance(token.load, tuple) else ()
    if name == "INCLUDING" and words[:2] == ("cụ", "thể"):
        # `A, B, C đều dưới 75%, cụ thể là 74,6%, 73,9%, 71,2%`
        return reader.names.get(reader.stream.codes[index + 1 : index + 2]) in ("IS", "percent", "person")
    if name == "EQUALS" and _equals_dealt(reader, index):
        return True
    if token.code == ":" and _of_both(reader, index):
        return True
    if name == "EQUALS" and words[-1:] == ("ứng",):
        # `Các huyện A, B, C tương ứng 18.905, 15.270 và 16.644 người`
        before = [reader.names.get(code, code) for code in reader.stream.codes[max(0, index - 4) : index]]
        before = before[:-1] if before[-1:] == [","] else before[-3:]
        return before[-1:] == ["PLACE"] and before[0] == "PLACE"
    return name == "RESPECT" or (name in ("UP", "DOWN") and "ứng" in words)


def _of_both(reader: "SentenceReader", index: int) -> bool:
    """`cả hai đều giảm so với cuối năm: 3,1% và 3,4%`: of the two just counted, in their order."""
    row = [reader.names.get(code, code) for code in reader.stream.codes[index + 1 : index + 4]]
    near = [words_of(token) for token in reader.stream.tokens[max(0, index - 9) : index]]
    return row == ["percent", "AND", "percent"] and ("cả",) in near and ("hai",) in near


def _equals_dealt(reader: "SentenceReader", index: int) -> bool:
    """`lần lượt có 7,6 triệu và 6,9 triệu người, tức 86,8% và 87,9%`: dealt out once more, in another unit."""
    codes = reader.stream.codes
    row = [reader.names.get(code, code) for code in codes[index + 1 : index + 4]]
    dealt = reader.layers.rules.alphabet["RESPECT"] in codes[:index]
    return dealt and row == ["percent", "AND", "percent"] and codes[index - 1 : index] == ","


def _group(reader: "SentenceReader", at: int, until: int) -> list[Draft]:
    """The figures of one kind behind a `lần lượt`, up to the next place."""
    place, codes = reader.layers.rules.alphabet["PLACE"], reader.stream.codes
    after: list[Draft] = []
    for draft in reader.drafts:
        if not at < draft.index < until:
            continue
        other = len(after) > 1 and (draft.unit == "percent") != (after[-1].unit == "percent")
        inherited = reader.scheme_at < 0 and reader.cue_at < 0
        alike = not after or inherited or draft.schemes == after[0].schemes
        if after and (other or not alike or place in codes[after[-1].index : draft.index]):
            break
        after.append(draft)
    return after


def _deal_places(reader: "SentenceReader", since: int, at: int, after: list[Draft]) -> bool:
    """Give each figure the place that stands in its turn, among those named since the last dealing."""
    place = reader.layers.rules.alphabet["PLACE"]
    places = [token.load for token in reader.stream.tokens[since:at] if token.code == place and _of_its_own(token.load)]
    if not places:
        places = _places_again(reader, since, at, len(after)) or _places_before(reader, at, len(after))
    ranges = sum(reader.stream.figure_at(draft.index).upper is not None for draft in after)
    if len(places) == len(after) + ranges:  # `theo thứ tự mới 86,9 - 87,6 - 88,1%`: two of them read as one range
        turns = [place for place, draft in zip(places, _twice(reader, after), strict=True) if draft]
    else:
        turns = places[-len(after) :]
    if len(turns) < len(after):
        return False
    _alike(after)
    for draft, found in zip(after, turns, strict=True):
        draft.place = found
        draft.slots["area"] = "clause"
    return True


def _twice(reader: "SentenceReader", after: list[Draft]) -> list[bool]:
    """Whether a draft begins in each turn: a range takes two of them."""
    turns: list[bool] = []
    for draft in after:
        turns += [True] if reader.stream.figure_at(draft.index).upper is None else [True, False]
    return turns


def _of_its_own(place: PlaceMention) -> bool:
    """Whether a place is named, be it by its office: `BHXH TP. Lạng Sơn, Hữu Lũng và Cao Lộc lần lượt nợ ...`."""
    if place.qualifies:
        return False  # `An Lão và Vĩnh Bảo (Hải Phòng)`: where those lie
    return place.kind == "named" or (place.kind == "agency" and len(place.areas) == 1 and place.areas[0].code != "VN")


def _places_again(reader: "SentenceReader", since: int, at: int, count: int) -> "list[PlaceMention]":
    """`A và B lần lượt có 7,6 và 6,9 triệu người, tức 86,8% và 87,9%`, `Cũng theo thứ tự ấy, ...`: the same again."""
    if since:
        told = [one for one in reader.drafts if since < one.index < at]
    else:
        again = any("tự" in words_of(token) or "này" in words_of(token) for token in reader.stream.tokens[:at])
        told = reader.mind.drafts if again and mind_near(reader) else []
    places = [one.place for one in told if one.place is not None and one.slots.get("area") == "clause"]
    distinct = list({id(place): place for place in places}.values())
    return distinct if len(distinct) == count else []


def _places_before(reader: "SentenceReader", at: int, count: int) -> "list[PlaceMention]":
    """`Dẫn đầu là các phường A, B và C. Về BHXH tự nguyện, ba phường lần lượt có ...`: those of the sentence before."""
    text, start = reader.layers.text, reader.stream.start
    again = AGAIN.search(text, start, reader.stream.tokens[at].start)
    if again is None:
        return []
    begins = max([text.rfind("\n", 0, start), *(one.start() for one in ENDED.finditer(text, 0, start - 1))], default=0)
    told = [one for one in reader.layers.places if begins <= one.start and one.end <= start and _of_its_own(one)]
    level = LEVELS.get(again[2].lower())
    told = [one for one in told if level is None or one.level == level]
    listed = len(told) == count and len({one.level for one in told}) == 1
    return told if listed and again[1].lower() in ("các", "những", NUMERALS.get(count), str(count)) else []


def _alike(after: list[Draft]) -> None:
    """`đạt lần lượt 98%, 97% kế hoạch`: the word behind the last says what all are."""
    if len({draft.measure for draft in after}) > 1 and after[-1].rule == "plan.pct.after":
        for draft in after:
            draft.measure, draft.of = after[-1].measure, after[-1].of


def _deal(reader: "SentenceReader", at: int, first: int, after: list[Draft]) -> None:
    """Give each figure the year or the insurance that stands in its turn."""
    _alike(after)
    told_at = [index for index, period in reader.periods if index < first and period.kind == "year"]
    years = [period for index, period in reader.periods if index in told_at]
    together = bool(told_at) and not set(reader.stream.codes[told_at[0] : told_at[-1]]) & set("0123456")
    if len(years) == len(after) and at == first and together:
        for draft, year in zip(after, years, strict=True):
            draft.period, draft.slots["period"] = year, "clause"
        return
    told = [one for one in reader.drafts if one.index < at and one.kind != "percent"]
    if len(told) == len(after) and len({one.concept for one in told}) == len(told) and at == first:
        for draft, one in zip(after, told, strict=True):
            draft.head, draft.concept, draft.schemes = one, one.concept, one.schemes
        return  # `104.870 người hưởng, số tiền 1.986 tỷ đồng, tăng lần lượt 25,9% và 38,1%`
    for draft, schemes in zip(after, _subjects(reader, first, at, len(after)), strict=False):
        draft.schemes, draft.slots["indicator"] = schemes, "clause"
        counts = [one for one in reader.drafts if one.index < at and one.schemes == schemes and one.kind != "percent"]
        draft.head = counts[-1] if counts and draft.kind == "percent" else draft.head


def _subjects(reader: "SentenceReader", first: int, at: int, count: int) -> list[tuple[str, ...]]:
    """The insurances in their order: as named together, else as counted before in the sentence, else in the last."""
    scheme = reader.layers.rules.alphabet["SCHEME"]
    named = [token.load.listed for token in reader.stream.tokens[:first] if token.code == scheme and token.load.codes]
    if named and len(named[-1]) == count:
        return [(code,) for code in named[-1]]
    alone = {len(some) for some in named} == {1} and not any(one.index < at for one in reader.drafts)
    if alone and at == first:
        return []  # `số người tham gia BHXH tự nguyện lần lượt là 341, 290 người`: all of one insurance
    if reader.stream.codes[at - 1 : at] == scheme and at == first:
        return []
    here = list(dict.fromkeys(one.schemes for one in reader.drafts if one.index < at and one.kind != "percent"))
    if len(here) >= count:
        return here[-count:]
    shares = list(dict.fromkeys(one.schemes for one in reader.drafts if one.index < at and one.kind == "percent"))
    if len(shares) == count:
        return shares  # `45% tham gia BHXH, 96,2% có BHYT; đến năm 2030, các tỷ lệ này lần lượt là 60% và 98%`
    told = list(dict.fromkeys(one.schemes for one in reader.mind.drafts))
    if len(told) == count:
        return told
    earlier = [one.schemes for one in reader.mind.drafts[-count:]]
    return earlier if len(earlier) == count else []
