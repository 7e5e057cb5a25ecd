"""Totals that are too large for the place named: they are of the whole that it lies in."""

from typing import TYPE_CHECKING

from extract.confidence.improbable import beyond
from extract.context import Draft
from extract.places.find import PlaceMention

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader


def of_larger(reader: "SentenceReader", draft: Draft, place: PlaceMention) -> bool:
    """Whether a total is a larger area's, as no commune or province can have so much, and put that for it."""
    if draft.measure != "level" or draft.kind == "percent" or len(place.areas) != 1 or len(draft.schemes) != 1:
        return False
    if not beyond(draft.schemes[0], draft.concept, place.areas[0].level, draft.value):
        return False
    nation = next((one for one in reader.layers.places if national(one)), None)
    low = place.areas[0].level != "province"
    for whole in (reader.mind.main, reader.layers.outlet, nation) if low else (nation,):
        levels = [area.level for area in whole.areas] if whole is not None else []
        if levels and not beyond(draft.schemes[0], draft.concept, levels[0], draft.value):
            draft.place, draft.slots["area"] = whole, "national"
            return True
    return False


def national(place: PlaceMention) -> bool:
    """Whether the whole country is meant."""
    return len(place.areas) == 1 and place.areas[0].code == "VN"
