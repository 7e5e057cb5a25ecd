"""Groups of people in a list, each with its figure: pupils, households, workers, the poor."""

from typing import TYPE_CHECKING

from extract.context import Draft, Held
from extract.resolve.lists.marks import words_of
from extract.resolve.lists.near import mind_near
from extract.resolve.lists.same import after_place
from extract.rules.pattern import FIGURES
from extract.schemes import PARENTS, joined

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

GROUP_WORDS = 7
"""A group of a list is named in no more words."""
MOSTLY = 50
"""So many of the population have no other insurance than that of health."""
EXACT = 0.004
"""So far from the sum of its parts may rounding take a sum."""


def other_people(reader: "SentenceReader", draft: Draft) -> bool:
    """`hộ gia đình 56,4%, lao động ngoài quốc doanh 50%`: another group of people than households."""
    before = reader.stream.codes[: draft.index]
    begins = max(before.rfind(","), before.rfind(";"))
    if begins <= reader.scheme_at or begins < 0:
        return False
    own = {reader.names.get(token.code) for token in reader.stream.tokens[begins + 1 : draft.index]}
    words = {word for token in reader.stream.tokens[begins + 1 : draft.index] for word in words_of(token)}
    return not {"sinh", "hssv"} & words and bool(
        {"PERSON", "FIRMS", "WEALTH", "PENSION"} & own or {"nghèo", "nhóm", "nông", "ngư", "thương"} & words
    )


def listed_pupils(reader: "SentenceReader", draft: Draft) -> bool:
    """`hộ gia đình 64,5%, nhóm học sinh, sinh viên 98,8%`: the pupils of a list, right behind the figure of others."""
    last = reader.drafts[-1] if reader.drafts else None
    if draft.kind != "percent" or last is None or last.kind != "percent":
        return False
    between = reader.stream.tokens[last.index + 1 : draft.index]
    words = [word for token in between for word in words_of(token)]
    listed = bool(between) and between[0].code in ",;" and len(words) <= GROUP_WORDS
    named = any(reader.names.get(token.code) == "SCHEME" for token in between)
    return listed and not named and bool({"sinh", "hssv"} & set(words))


def in_groups(reader: "SentenceReader", index: int) -> bool:
    """`Nhóm doanh nghiệp đạt 71,5%, học sinh 78,2%`: one of the groups of a list, not what the text goes on about."""
    codes = reader.stream.codes
    if index and reader.stream.tokens[index - 1].load in ("nhóm", "khối"):
        return True  # `Nhóm hộ gia đình tham gia mới 31%`
    listed = codes[index - 1 : index] in (",", ";", ":") and codes[index + 1 : index + 2] in tuple("0123456")
    return listed and any(token.load in ("nhóm", "khối") for token in reader.stream.tokens[:index])


def behind_whole(reader: "SentenceReader", told: Held[tuple[str, ...]]) -> bool:
    """`3.296.480 người tham gia BHYT, bao phủ 92,9% dân số; hộ gia đình 1.014.700 người`: groups behind their whole."""
    first = reader.drafts[0] if reader.drafts else None
    alone = first is not None and first.schemes == ("BHYT",) and told.value == ("BHYT",)
    return alone and any(one.measure == "coverage_pct" for one in reader.drafts)


def holds_card(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether the people counted are said to have a card: `9.745 người có thẻ`."""
    for token in reader.stream.tokens[draft.index + 1 : draft.index + 4]:
        if reader.names.get(token.code) in ("JOIN", "NOTYET") and "thẻ" in token.load:
            return True
    return False


def covered_people(reader: "SentenceReader", draft: Draft) -> bool:
    """`độ bao phủ cao: 1.712.600 người, 97,4% dân số`: only health insurance covers most of the population."""
    codes = reader.stream.codes
    if "COVER" not in {reader.names.get(code) for code in codes[: draft.index]}:
        return False
    for at in range(draft.index + 1, min(draft.index + 5, len(codes) - 1)):
        if codes[at] == FIGURES["percent"]:
            return of_population(reader, at) and reader.stream.figure_at(at).value >= MOSTLY
        if reader.names.get(codes[at], codes[at]) not in (",", "(", "EQUALS", "TAKES", "REACH", "IS"):
            return False
    return False


def of_population(reader: "SentenceReader", index: int) -> bool:
    """Whether the population stands right behind a percent."""
    behind = reader.stream.tokens[index + 1].load if index + 1 < len(reader.stream.tokens) else None
    return isinstance(behind, tuple) and reader.layers.rules.words.denominator(list(behind)) == "population"


def of_list(reader: "SentenceReader", draft: Draft) -> tuple[str, ...]:
    """The insurance of a figure that goes on a list; places behind a list of groups are of the whole again."""
    head, force = draft.head, reader.mind.schemes
    assert head is not None
    part = head.schemes in (("BHYT_HGD",), ("BHYT_HSSV",))
    if part and force is not None and force.value == ("BHYT",) and after_place(reader, draft.index):
        return force.value
    return head.schemes


def parts_ahead(reader: "SentenceReader", draft: Draft) -> tuple[str, ...]:
    """`nợ 96,4 tỷ đồng, trong đó nợ BHXH 70 tỷ đồng, nợ BHYT 18 tỷ đồng`: the whole is of all its parts."""
    led, codes = False, []
    for token in reader.stream.tokens[draft.index + 1 :]:
        name = reader.names.get(token.code)
        led = led or name == "INCLUDING"
        if name == "SCHEME" and not led:
            return ()
        if name == "SCHEME":
            codes += token.load.codes
    return joined(codes) if led and draft.kind == "money" and len(set(codes)) > 1 else ()


def of_parts(reader: "SentenceReader", draft: Draft) -> tuple[str, ...]:
    """`thu 812 tỷ đồng, trong đó BHXH 500 tỷ, BHYT 312 tỷ`, where no insurance was named before in the sentence."""
    return parts_ahead(reader, draft) if draft.kind == "money" and reader.scheme_at < 0 else ()


def whole_of_parts(reader: "SentenceReader") -> Draft | None:
    """`nợ 178 tỷ đồng. Phân ra từng quỹ, nợ BHXH 132 tỷ, nợ BHYT 28 tỷ`: the whole, which the text comes back to."""
    parts = [one for one in reader.drafts if one.kind == "money" and one.measure == "level" and len(one.schemes) == 1]
    named = {PARENTS.get(one.schemes[0], one.schemes[0]) for one in parts}
    aside = bool(reader.stream.codes) and reader.names.get(reader.stream.codes[0]) == "INCLUDING"
    if len(named) < (1 if aside else 2):
        return None
    for one in (*reader.mind.drafts, *reader.drafts):
        if one.concept == parts[-1].concept and named <= set(one.schemes) and one.index != parts[-1].index:
            return one
    return None


def of_member(reader: "SentenceReader", index: int) -> bool:
    """`Riêng phường Thuận An, nơi nhiều hộ đi biển, mới 96,3%`, `Trong các nhóm, người lao động 95%`: one of many."""
    held = reader.mind.percent
    if held is None or held.paragraph != reader.paragraph or not mind_near(reader):
        return False
    if reader.stream.codes[index] != FIGURES["percent"]:
        return False
    opens = [reader.names.get(code) for code in reader.stream.codes[:2]]
    return opens == ["INCLUDING", "PLACE"] or any(token.load == "nhóm" for token in reader.stream.tokens[:index])


def bound_of_several(reader: "SentenceReader", index: int) -> bool:
    """`Định Quán, Tân Phú, Cẩm Mỹ đều dưới 75%`: a bound of several places is the figure of none."""
    if reader.stream.figure_at(index).qualifier not in (">", "<", ">=", "<="):
        return False
    near = {word for token in reader.stream.tokens[max(0, index - 4) : index] for word in words_of(token)}
    place = reader.layers.rules.alphabet["PLACE"]
    led = {word for token in reader.stream.tokens[max(0, index - 10) : index] for word in words_of(token)}
    several = reader.stream.codes[:index].count(place) > 1 or bool({"huyện", "xã", "phường", "tỉnh", "trường"} & led)
    return "đều" in near and several


def of_part_or_whole(reader: "SentenceReader", draft: Draft) -> tuple[str, ...]:
    """The insurance of pupils named in a list of groups, of the whole behind a list's end; nothing elsewhere."""
    force = reader.mind.schemes
    health = force is not None and force.value[0].startswith("BHYT")
    return ("BHYT_HSSV",) if health and listed_pupils(reader, draft) else _of_the_whole(reader, draft)


def _of_the_whole(reader: "SentenceReader", draft: Draft) -> tuple[str, ...]:
    """`có 14,7 triệu người, trong đó tự nguyện 271 nghìn người; chiếm 30,4% lao động`: a semicolon ends the parts."""
    before = [reader.names.get(code, code) for code in reader.stream.codes[max(0, draft.index - 3) : draft.index]]
    told = reader.whole[0] if reader.whole is not None else None
    return told.value if told is not None and draft.kind == "percent" and before[-2:] == [";", "TAKES"] else ()


def sum_of_parts(reader: "SentenceReader", draft: Draft) -> tuple[str, ...]:
    """`chi BHXH 61 tỷ đồng, BHTN 7 tỷ và BHYT 26 tỷ đồng, cộng lại là 94 tỷ đồng`: the sum is of all of them."""
    if draft.kind == "percent" or draft.measure != "level":
        return ()
    parts = [one for one in reader.drafts if one.kind == draft.kind and one.measure == "level"]
    for at in range(len(parts) - 1):
        terms = parts[at:]
        if abs(sum(one.value for one in terms) / draft.value - 1) < EXACT:
            apart = len({one.schemes for one in terms}) == len(terms)
            return joined([code for one in terms for code in one.schemes]) if apart else ()
    return ()


def parts_over(reader: "SentenceReader", index: int) -> bool:
    """`có 96 tỷ đồng là BHXH, 39 tỷ là BHYT; số nợ trên 6 tháng 61 tỷ`: behind its parts the whole is told of again."""
    parts = [one for one in reader.drafts if one.kind == "money" and one.measure == "level"]
    return len({one.schemes for one in parts}) > 1 and ";" in reader.stream.codes[parts[-1].index : index]
