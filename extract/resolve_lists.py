"""Lists: figures dealt out by `lần lượt`, and an insurance that is named once, at the end."""

from typing import TYPE_CHECKING

from extract.context import Draft

if TYPE_CHECKING:
    from extract.resolve import SentenceReader


def spread_back(reader: "SentenceReader") -> None:
    """`bưu điện 143 người, hội phụ nữ 96 người mua BHYT hộ gia đình`: the insurance named last is that of all."""
    for one, after in zip(reversed(reader.drafts[:-1]), reversed(reader.drafts[1:]), strict=True):
        if one.slots["indicator"] in ("clause", "unit") or after.slots["indicator"] not in ("clause", "list"):
            continue
        between = reader.stream.codes[one.index + 1 : after.index]
        if one.kind == after.kind and one.measure == after.measure and "," in between and ";" not in between:
            one.schemes, one.slots["indicator"] = after.schemes, "list"


def respectively(reader: "SentenceReader") -> None:
    """Deal out the places or schemes listed before `lần lượt` over the figures after it."""
    codes, alphabet = reader.stream.codes, reader.layers.rules.alphabet
    at = codes.find(alphabet["RESPECT"])
    if at < 0:
        return
    after: list[Draft] = []
    for draft in reader.drafts:
        place = alphabet["PLACE"]
        if draft.index > at and (not after or place not in codes[after[-1].index : draft.index]):
            after.append(draft)
        elif after:
            break
    if len(after) < 2:
        return
    places = [token.load for token in reader.stream.tokens[:at] if token.code == alphabet["PLACE"]]
    if len(places) >= len(after):
        for draft, place in zip(after, places[-len(after) :], strict=True):
            draft.place = place
            draft.slots["area"] = "clause"
        return
    named = [token.load.listed for token in reader.stream.tokens[:at] if token.code == alphabet["SCHEME"]]
    listed = named[-1] if named and len(named[-1]) == len(after) else ()
    here = dict.fromkeys(one.schemes for one in reader.drafts if one.index < at and one.kind != "percent")
    told = here if len(here) == len(after) else dict.fromkeys(one.schemes for one in reader.mind.drafts)
    earlier = list(told) if len(told) == len(after) else [one.schemes for one in reader.mind.drafts[-len(after) :]]
    dealt = [(code,) for code in listed] or (earlier if len(earlier) == len(after) else [])
    for draft, schemes in zip(after, dealt, strict=False):
        draft.schemes = schemes
