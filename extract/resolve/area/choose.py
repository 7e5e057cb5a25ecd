"""Where a figure holds: the place named in its clause or sentence, else the one in force."""

from typing import TYPE_CHECKING

from extract.context import Draft, Held, provenance
from extract.places.find import PlaceMention
from extract.resolve.larger import national, of_larger
from extract.resolve.lists.marks import words_of
from extract.resolve.lists.members import behind_place
from extract.tokens.row import left_bracket
from model.areas import Area, load_areas

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

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
    known = part.areas[0].name if part.areas else (part.name or "").partition(",")[0]
    if known and known in layers.title and part.level != "province":
        return held
    merged = bool(part.areas) and part.areas[0].list == "2024" and part.areas[0].level == "province"
    first = mind.main is not None and mind.main.areas == part.areas and not merged
    for whole in (mind.main, None if first else layers.titled, layers.outlet if merged else None):
        if whole is None or not whole.areas:
            continue
        if _lies_in(part, whole.areas[0]) or (national(whole) and mind.listed_at >= held.paragraph and part.areas):
            mind.place = Held(whole, held.sentence, held.paragraph)
            return mind.place
    return held


def _lies_in(part: PlaceMention, whole: Area) -> bool:
    """Whether a place is a part of an area smaller than the country, be it by name alone."""
    if whole.level == "country":
        return bool(part.areas) and part.areas[0].level == "region"
    return whole.code in wholes_of(part.areas[0]) if part.areas else (part.name or "").endswith(f", {whole.name}")


def wholes_of(area: Area) -> list[str]:
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
