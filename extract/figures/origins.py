"""Where each slot of an observation came from, written out: `Observation.slots`."""

from collections.abc import Mapping

from extract.context import Draft
from model.records import Observation

SETTLED = {"title": "title", "prior": "outlet"}
"""What settled which place a word or a name of several means, and the word for it."""
NOTED = ("indicator", "period", "area", "measure", "unit")
"""Slots of which a draft notes where they came from."""


def sources_of(one: Observation, draft: Draft, scoped: str) -> Mapping[str, str]:
    """Give where each filled slot came from; `scoped`: where the scope did."""
    noted = draft.slots
    told = {slot: noted[slot] for slot in NOTED if slot in noted}
    place = draft.place
    settled = SETTLED.get(place.how) if place is not None and one.area is not None else None
    if settled is not None and told.get("area", settled) not in ("national", settled):
        told["area_words"], told["area"] = told["area"], settled
    if one.base_end is not None:
        told["base"] = noted.get("base", "clause")
    if one.of is not None:
        told["of"] = noted.get("of", "context")
    if one.measure in ("target_pct", "target_gap"):
        told["plan"] = noted.get("plan", "sentence")
    if one.scope is not None:
        told["scope"] = scoped
    if one.denominator is not None:
        told["denominator"] = "measure" if one.measure == "rate" else "clause"
    if one.issuer is not None:
        told["issuer"] = "sentence"
    return told
