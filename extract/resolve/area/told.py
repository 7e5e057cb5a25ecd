"""Which place a sentence leaves in force for those behind it, and what a text is about."""

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from extract.places.find import PlaceMention
from extract.resolve.area.choose import holds, places_of, wholes_of
from extract.resolve.larger import national
from extract.resolve.lists.marks import words_of
from extract.resolve.lists.turned import of_parts
from extract.sentences import Span
from model.areas import Area, load_areas

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

CREDIT = re.compile(r"[\s.(]*(?:Ảnh|ẢNH)(?: minh họa| minh hoạ)?(?: \d)?\s*[:.]")
"""Behind a caption: who took the picture."""


def captioned(reader: "SentenceReader", end: int) -> bool:
    """Whether a sentence is the caption of a picture, which tells where the picture was taken."""
    return CREDIT.match(reader.layers.text, end) is not None


def see_places(reader: "SentenceReader") -> None:
    """Put the sentence's place in force: that of its first figure where it names one only, else its first place."""
    places = places_of(reader)
    if not places or of_parts(reader) or (not reader.drafts and captioned(reader, reader.stream.end)):
        return
    if not reader.drafts and reader.mind.place is not None and reader.sentence > 3:
        return
    of_drafts = {draft.place.text if draft.place else "" for draft in reader.drafts}
    if len(of_drafts) > 1:
        reader.mind.listed_at = reader.paragraph
    first = reader.drafts[0].place if reader.drafts else None
    if first is not None and len(of_drafts) == 1 and _for_its_rank(reader, first):
        return
    if first is not None and len(of_drafts) == 1 and reader.drafts[0].slots.get("area") == "clause":
        put(reader, first)
        return
    alone = len({_label(place) for _, place in places} - {None}) == 1
    if alone and not (reader.drafts and places[0][0] > reader.drafts[0].index):
        put(reader, places[0][1])


def _label(place: PlaceMention) -> str | None:
    """What a place is known by: its code, or the name of an office that has none: `BHXH cơ sở Cao Lãnh`."""
    if place.areas:
        return place.areas[0].code
    return place.name if place.kind == "agency" and place.level == "district" else None


def _for_its_rank(reader: "SentenceReader", place: PlaceMention) -> bool:
    """`Xã Đông Minh cao nhất, 93,4%`: one part of the place in force, of which the next sentence need not speak."""
    held, main, tokens = reader.mind.place, reader.mind.main, reader.stream.tokens
    wholes = [one.areas[0] for one in (held.value if held else None, main) if one is not None and one.areas]
    if not place.areas or not any(_may_hold(one, place.areas[0]) for one in wholes):
        return False
    at = next((index for index, token in enumerate(tokens) if token.load is place), -1)
    near = tokens[max(0, at - 2) : max(at, 0)] + tokens[at + 1 : at + 3]
    return at >= 0 and any(reader.names.get(one.code) == "RANK" or "nhất" in words_of(one) for one in near)


def _may_hold(whole: Area, part: Area) -> bool:
    """Whether an area is larger than another and holds it, or did before the district was dissolved."""
    ups = wholes_of(part)
    ended = (whole.level, part.level) == ("district", "commune") and set(ups) & set(wholes_of(whole))
    return whole.code == "VN" or whole.code in ups or bool(ended)


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
        if not _label(place) or not holds(place):
            continue
        if not settled or (place.areas and national(place) and place.kind == "agency"):
            here.append(place)
    if here and len({_label(place) for place in here}) == 1:
        put(reader, here[0])
