"""Where a figure holds: the place named in its clause or sentence, else the one in force."""

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from extract.context import Draft, Held, provenance
from extract.places.find import PlaceMention
from extract.resolve.larger import national, of_larger
from extract.resolve.lists.marks import words_of
from extract.resolve.lists.members import behind_place
from extract.resolve.lists.turned import of_parts
from extract.sentences import Span
from extract.tokens.row import left_bracket
from model.areas import Area, load_areas

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

CREDIT = re.compile(r"[\s.(]*(?:Ảnh|ẢNH)(?: minh họa| minh hoạ)?(?: \d)?\s*[:.]")
"""Behind a caption: who took the picture."""
BEATEN = frozenset({"LOWER", "HIGHER", "MORE"})
"""Cues before a place that another is measured by."""
BY_NATION = frozenset({"quân", "chung", "với", "bằng"})
"""Words right before the country that others are measured by: `bình quân cả nước`, `so với cả nước`."""
LOW = frozenset({"huyện", "thị xã", "quận", "xã", "phường"})
"""Ranks below the province."""
PLACES_TAKEN = frozenset({"thứ", "hạng", "tốp", "top"})
"""Words of a rank among several."""


def settle_place(reader: "SentenceReader", draft: Draft) -> None:
    """Give a draft its place."""
    if draft.place is not None:
        return
    found = _named(reader, draft)
    if found is None and (rank := _unresolved(reader, draft)) is not None:
        draft.place, draft.slots["area"] = rank, "clause"
        reader.mind.place = reader.held(rank)
        return
    if found is not None:
        if of_larger(reader, draft, found):
            return
        draft.place, draft.slots["area"] = found, "clause"
        if _joint(reader, draft, found):
            draft.flags.add("area-joint")
        return
    held = _returned(reader)
    if held is not None and not of_larger(reader, draft, held.value):
        draft.place = held.value
        draft.slots["area"] = provenance(held, reader.sentence, reader.paragraph)


def _returned(reader: "SentenceReader") -> "Held[PlaceMention] | None":
    """The place in force; in a new paragraph what the text is about, where the last was only a part of it."""
    held, mind = reader.mind.place, reader.mind
    if held is None or held.paragraph == reader.paragraph:
        return held
    part, layers = held.value, reader.layers
    if part.areas and part.areas[0].name in layers.title and part.areas[0].level != "province":
        return held
    merged = bool(part.areas) and part.areas[0].list == "2024" and part.areas[0].level == "province"
    first = mind.main is not None and mind.main.areas == part.areas and not merged
    for whole in (mind.main, None if first else layers.titled, layers.outlet if merged else None):
        if whole is not None and whole.areas and _lies_in(part, whole.areas[0]):
            mind.place = Held(whole, held.sentence, held.paragraph)
            return mind.place
    return held


def _lies_in(part: PlaceMention, whole: Area) -> bool:
    """Whether a place is a part of an area smaller than the country, be it by name alone."""
    if whole.level == "country":
        return bool(part.areas) and part.areas[0].level == "region"
    return whole.code in _wholes(part.areas[0]) if part.areas else (part.name or "").endswith(f", {whole.name}")


def _wholes(area: Area) -> list[str]:
    """The codes of what an area lies in, and of the province that it has become a part of."""
    gazetteer = load_areas()
    heirs = gazetteer.successors(area) if area.level == "province" and area.list == "2024" else ()
    return [up.code for up in gazetteer.ancestors(area)] + [heir.code for heir in heirs if heir.list == "2025"]


def _unresolved(reader: "SentenceReader", draft: Draft) -> PlaceMention | None:
    """`toàn huyện` where none was named: one that stays open, not the province; nor is `toàn tỉnh` the country."""
    placed = reader.layers.rules.alphabet["PLACE"]
    for token in reversed(reader.stream.tokens[: draft.index]):
        if token.code == placed:
            place: PlaceMention = token.load
            low = place.level in ("district", "commune") or place.rank in LOW
            low = low or (place.rank in ("tỉnh", "thành phố") and reader.mind.place is None)
            return place if low and place.kind == "described" and not place.areas else None
    return None


def _joint(reader: "SentenceReader", draft: Draft, place: PlaceMention) -> bool:
    """`Hà Nội và Hải Phòng có 512.000 người`: two places of one level, and one figure for both."""
    tokens, placed = reader.stream.tokens, reader.layers.rules.alphabet["PLACE"]
    at = next((index for index, token in enumerate(tokens) if token.load is place), -1)
    if at < 2 or at > draft.index or tokens[at - 2].code != placed:
        return False
    if reader.names.get(tokens[at - 1].code, tokens[at - 1].code) not in ("AND", ","):
        return False
    other = tokens[at - 2].load
    return bool(other.areas and place.areas) and other.areas[0].level == place.areas[0].level and holds(other)


def captioned(reader: "SentenceReader", end: int) -> bool:
    """Whether a sentence is the caption of a picture, which tells where the picture was taken."""
    return CREDIT.match(reader.layers.text, end) is not None


def places_of(reader: "SentenceReader") -> list[tuple[int, PlaceMention]]:
    """The places of the sentence that can be where a figure holds: not those of who set a plan, nor of a byline."""
    alphabet = reader.layers.rules.alphabet
    assign, placed = alphabet["ASSIGN"], alphabet["PLACE"]
    if placed not in reader.stream.codes:
        return []
    found = []
    for index, token in enumerate(reader.stream.tokens):
        if token.code != placed or not holds(token.load) or _compared(reader, index) or _source(reader, index):
            continue
        gives = any(
            after.code == assign and "được" not in after.load for after in reader.stream.tokens[index + 1 : index + 3]
        )
        before = [reader.names.get(code) for code in reader.stream.codes[max(0, index - 4) : index]]
        short = before[:1] in (["LACK"], ["LOWER"], ["OVER"]) and before[1:] == ["PLAN", "PERIOD", "BY"]
        before = ["PLAN", "BY"] if short else before[-2:]  # `còn cách chỉ tiêu năm 2022 của tỉnh 6,4%`
        gives = gives or before in (["PLAN", "BY"], ["ASSIGN", "BY"], ["OVER", "BY"])  # `mức giao của UBND tỉnh`
        if not gives:
            found.append((index, token.load))
    if any(place.kind != "agency" for _, place in found):
        return [(index, place) for index, place in found if not (place.kind == "agency" and national(place))]
    return found


def _source(reader: "SentenceReader", index: int) -> bool:
    """`Phường Cư Bao, theo số liệu của BHXH cơ sở Buôn Hồ, đã đạt 92,4%`: who reports on the place just named."""
    if reader.stream.tokens[index].load.kind != "agency":
        return False
    tokens = reader.stream.tokens
    for at in range(max(1, index - 5), index):
        if "theo" in words_of(tokens[at]) and tokens[at - 1].code == ",":
            return any(one.code == tokens[index].code and one.load.kind != "agency" for one in tokens[: at - 1])
    return False


def _compared(reader: "SentenceReader", index: int) -> bool:
    """`An Nhơn dẫn đầu tỉnh`, `Đại Lộc kém Thăng Bình 31 người`: where the best is looked for, who did better."""
    place: PlaceMention = reader.stream.tokens[index].load
    before = reader.stream.codes[max(0, index - 1) : index]
    if _possessed(reader, index) or _ranked_in(reader, index):
        return True
    if reader.names.get(before) in BEATEN and reader.stream.codes[index + 1 : index + 2] != "(":
        return True
    if national(place) and index and BY_NATION & set(words_of(reader.stream.tokens[index - 1])):
        own = {reader.names.get(code, code) for code in reader.stream.codes[index + 1 : index + 3]}
        return not own & {"IS", "percent", "person", "(", ":"}  # `thấp hơn bình quân cả nước là 25,8%`
    wide = (place.kind == "described" and not place.whole) or place.level in ("region", "country")
    ranked = before == reader.layers.rules.alphabet["RANK"] or "nhất" in words_of(reader.stream.tokens[index - 1])
    return wide and index > 0 and ranked


def _ranked_in(reader: "SentenceReader", index: int) -> bool:
    """`xếp thứ 4/13 tỉnh Đồng bằng sông Cửu Long`, `đứng thứ hai cả nước`: among whom a place is ranked."""
    place: PlaceMention = reader.stream.tokens[index].load
    if place.kind == "named" and place.level not in ("region", "country"):
        return False
    for token in reversed(reader.stream.tokens[max(0, index - 5) : index]):
        if token.code in "0123456;,(":
            return False
        if PLACES_TAKEN & set(words_of(token)):
            return True
    return False


def _possessed(reader: "SentenceReader", index: int) -> bool:
    """`Việt Yên, thủ phủ công nghiệp của tỉnh, nợ 58,2 tỷ đồng`: what the place just named is to the whole."""
    tokens = reader.stream.tokens
    if tokens[index].load.kind != "described" or index == 0 or "của" not in words_of(tokens[index - 1]):
        return False
    for token in reversed(tokens[:index]):
        if token.code in "0123456;":
            return False
        if reader.names.get(token.code) == "PLACE":
            return token.load.kind != "agency" and holds(token.load)
    return False


def holds(place: PlaceMention) -> bool:
    """Whether a mention can be where a figure holds: a known unit or one named, no issuer, no `(Quảng Ninh)` behind."""
    return bool(place.areas or place.name) and not place.qualifies and not place.gives


def _named(reader: "SentenceReader", draft: Draft) -> PlaceMention | None:
    places = places_of(reader)
    left = [(index, place) for index, place in places if index < draft.index and not _bracketed(reader, index, draft)]
    behind = behind_place(reader, draft)
    if behind is not None and any(index == behind for index, _ in places):
        return next(place for index, place in places if index == behind)
    if any(place.kind != "outlet-tag" for _, place in left):
        whole = _of_whole(reader, draft, left)
        return whole if whole is not None else left[-1][1]
    for index, place in places:
        between = reader.stream.codes[draft.index + 1 : index]
        if place.kind != "outlet-tag" and not set(between) & set("0123;.,("):
            return place
    return next((place for index, place in places if index < draft.index), None)  # a newspaper's letters, `(LSO)`


def _bracketed(reader: "SentenceReader", index: int, draft: Draft) -> bool:
    """`đạt 17,4% (bình quân toàn quốc 30,4%); tăng 6.208 người`: a place in brackets that close before the figure."""
    names = [reader.names.get(code, code) for code in reader.stream.codes[max(0, index - 2) : draft.index]]
    if names[:1] == ["WORD"] and names[1:4] == ["(", "PLACE", ")"] and set(names[4:]) <= {"REACH", "IS", "HAS", "NEW"}:
        return False  # `khu vực phía đông (Phú Yên cũ) đạt 98,6%`: the name of what stands before the bracket
    told = national(reader.stream.tokens[index].load) and reader.layers.local and names[2:4] == ["PLACE", "("]
    if told and left_bracket(reader.stream.codes[index + 2 : draft.index]):
        return True  # `cao so với mặt bằng cả nước (66,4%), song 612.340 thẻ là ...`
    return left_bracket(reader.stream.codes[index : draft.index]) and "(" in reader.stream.codes[:index]


def _of_whole(reader: "SentenceReader", draft: Draft, left: list[tuple[int, PlaceMention]]) -> PlaceMention | None:
    """`An Giang có ..., trong đó Kiên Giang (cũ) ...; tỷ lệ chung 90,7%`: the place before the parts."""
    tokens, including = reader.stream.tokens, reader.layers.rules.alphabet["INCLUDING"]
    since = tokens[left[-1][0] + 1 : draft.index]
    if not any("chung" in (token.load if isinstance(token.load, tuple) else (token.load,)) for token in since):
        return None
    part = max((index for index in range(left[-1][0]) if tokens[index].code == including), default=-1)
    return next((place for index, place in reversed(left) if index < part), None)


def see_places(reader: "SentenceReader") -> None:
    """Put the sentence's place in force: that of its first figure where it names one only, else its first place."""
    places = places_of(reader)
    if not places or of_parts(reader) or (not reader.drafts and captioned(reader, reader.stream.end)):
        return
    if not reader.drafts and reader.mind.place is not None and reader.sentence > 3:
        return
    of_drafts = {draft.place.text if draft.place else "" for draft in reader.drafts}
    first = reader.drafts[0].place if reader.drafts else None
    if first is not None and len(of_drafts) == 1 and reader.drafts[0].slots.get("area") == "clause":
        put(reader, first)
        return
    names = {place.areas[0].code for _, place in places if len(place.areas) == 1}
    if len(names) == 1 and not (reader.drafts and places[0][0] > reader.drafts[0].index):
        put(reader, places[0][1])


def put(reader: "SentenceReader", place: PlaceMention) -> None:
    """Put a place in force; the first one is what the text is about, or a whole that it turns out to be a part of."""
    main = reader.mind.main
    if reader.layers.local and national(place) and main is not None and not national(main):
        return  # a provincial paper names the country for comparison
    reader.mind.place = reader.held(place)
    if len(place.areas) == 1 and (main is None or _whole_of(place.areas[0], main.areas[0], reader.layers.title)):
        reader.mind.main = place


def _whole_of(area: Area, part: Area, title: str) -> bool:
    """Whether a province, or a district, holds the place that a text began with, and no place of the title between."""
    chain = [part, *load_areas().ancestors(part)]
    codes = [up.code for up in chain]
    if area.level not in ("province", "district") or area.code not in codes[1:]:
        return False
    return not any(up.name in title for up in chain[: codes.index(area.code)])


def pass_places(reader: "SentenceReader", span: Span) -> None:
    """Put the place of a sentence that is not read in force, where it names one only."""
    if captioned(reader, span.end):
        return
    settled = reader.mind.place is not None and reader.sentence > 3
    places = reader.layers.places
    first = bisect_left(places, span.start, key=lambda place: place.start)
    here = []
    for at in range(first, len(places)):
        place = places[at]
        if place.start >= span.end:
            break
        if place.areas and holds(place) and (not settled or (national(place) and place.kind == "agency")):
            here.append(place)
    if here and len({place.areas[0].code for place in here}) == 1:
        put(reader, here[0])
