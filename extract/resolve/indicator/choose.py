"""Which indicator a figure speaks of: its schemes and its concept."""

from typing import TYPE_CHECKING

from extract.context import Draft, provenance
from extract.resolve.indicator.behind import named_behind, of_benefit, scheme_codes
from extract.resolve.indicator.concept import CUE_CONCEPT
from extract.resolve.indicator.groups import (
    behind_whole,
    covered_people,
    holds_card,
    in_groups,
    of_list,
    of_part_or_whole,
    of_parts,
    of_population,
    other_people,
    parts_ahead,
    parts_over,
    sum_of_parts,
)
from extract.resolve.indicator.owed import by_office, note_owed, of_collecting, of_office, see_money
from extract.resolve.indicator.pupils import PUPILS, beside_words, named_since, of_pupils, pupils_year, since_then
from extract.resolve.indicator.topic import far_topic, of_topic, since_scheme, won_of
from extract.resolve.indicator.units import of_network, wins
from extract.resolve.lists.near import mind_near
from extract.resolve.lists.same import drafts_near, this_number
from extract.schemes import ALL, SchemeMention
from extract.tokens.stream import STUDENTS

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

DEPENDENT = ("change", "change_pct", "target_pct", "target_gap", "share_pct", "rate", "coverage_pct")
OF_LISTS = ("list.same", "coverage.groups", "reach.bare")
MONEY_CUES = ("COLLECT", "SPEND", "OWE", "DEBTRATE")


def see_scheme(reader: "SentenceReader", index: int) -> None:
    """Put a named scheme in force; narrowing words change the one in force."""
    mention: SchemeMention = reader.stream.tokens[index].load
    if mention.office:
        reader.mind.named.add("office")
        return
    if index == reader.bound_at:
        reader.mind.listed = mention.listed
        return
    told = reader.mind.schemes
    if mention.law and told is not None:
        return
    codes = scheme_codes(reader, mention)
    if (
        mention.relative in ("HSSV", "HGD")
        and reader.whole is None
        and told
        and (in_groups(reader, index) or behind_whole(reader, told))
    ):
        reader.whole = (reader.mind.schemes, reader.mind.concept)
    reader.mind.schemes = reader.held(codes)
    reader.mind.listed = mention.listed
    note_owed(reader, index, codes)
    reader.mind.named.update(codes)
    reader.scheme_at = index


def aside(reader: "SentenceReader", index: int, bracket: str) -> None:
    """`78.560 người (bắt buộc 61.204 người, tự nguyện 17.356 người), chiếm 17,2%`: brackets put nothing in force."""
    if bracket == "(":
        reader.asides.append((index, reader.scheme_at, reader.mind.schemes))
        return
    if not reader.asides:
        return
    opened, scheme_at, schemes = reader.asides.pop()
    told = any(draft.index > opened for draft in reader.drafts)
    parts = reader.stream.codes[opened:index].count(reader.layers.rules.alphabet["SCHEME"])
    if (told or parts > 1) and reader.scheme_at > opened and schemes is not None:
        reader.scheme_at, reader.mind.schemes = scheme_at, schemes


def follow_cue(reader: "SentenceReader", index: int, name: str) -> None:
    """Let cue words set the concept in force; a grand total without a scheme is of all insurances."""
    if name in MONEY_CUES and not _of_drawn(reader, name) and opens_money(reader, index, name):
        see_money(reader, index, name)
    if name == "COLLECT" and "loại" in reader.stream.tokens[index].load:
        reader.mind.schemes = reader.held(ALL)  # `thu các loại đạt 412 tỷ đồng`
    if name == "SPEND" and {"khám", "kcb"} & set(reader.stream.tokens[index].load):
        reader.mind.schemes = reader.held(("BHYT",))  # only health insurance pays for treatment
    if name in ("JOIN", "NOTYET", "COVER") and reader.scheme_at < 0 and "thẻ" in reader.stream.tokens[index].load:
        _by_card(reader)
    if name == "JOBLESS" and {"trợ", "hưởng"} & set(reader.stream.tokens[index].load):
        reader.mind.schemes = reader.held(("BHTN",))
    concept = CUE_CONCEPT.get(name)
    if concept is not None and (name != "JOIN" or reader.mind.concept not in ("beneficiaries",)):
        reader.mind.concept, reader.mind.cued = concept, reader.sentence
        reader.cue_at = index
    if name == "BENEFIT":
        reader.benefit_at = index


def _total(reader: "SentenceReader", index: int, name: str) -> bool:
    """`tổng chi`, `tỷ lệ nợ`, `số nợ` with no insurance named in the clause."""
    if reader.scheme_at >= 0 and name != "DEBTRATE":
        return False
    words = reader.stream.tokens[index].load
    force = reader.mind.schemes
    if name == "OWE" and index and reader.names.get(reader.stream.codes[index - 1]) == "percent":
        return False  # `chiếm 99% tổng số nợ`: what a share is taken of
    grand = words[0] == "tổng" and index < 3 and not reader.mind.topic
    if (
        name != "DEBTRATE"
        and not grand
        and force is not None
        and (force.paragraph == reader.paragraph or drafts_near(reader))
    ):
        return False
    if (name != "DEBTRATE" and words[0] not in ("tổng", "số")) or any(w in ("bhxh", "bảo", "bhyt") for w in words):
        return False
    for token in reader.stream.tokens[index + 1 : index + 7]:
        code = reader.names.get(token.code, token.code)
        if code == "SCHEME":
            return False
        if code in ("percent", "money", ";"):
            break
    return True


def _by_people(reader: "SentenceReader", draft: Draft) -> None:
    """Put health insurance in force where people have cards, or are most of the population."""
    if reader.scheme_at >= 0:
        return
    if holds_card(reader, draft):
        _by_card(reader)
    if draft.kind == "person" and covered_people(reader, draft):
        reader.mind.schemes = reader.held(("BHYT",))


def _by_card(reader: "SentenceReader") -> None:
    """`9.745 người có thẻ`: only health insurance has cards."""
    force = reader.mind.schemes
    if force is not None and not any(code.startswith("BHYT") for code in force.value):
        reader.mind.schemes = reader.held(("BHYT",))


def _of_drawn(reader: "SentenceReader", name: str) -> bool:
    """Whether money is spent on a benefit whose people were just counted."""
    last = reader.drafts[-1] if reader.drafts else reader.mind.drafts[-1] if reader.mind.drafts else None
    return name == "SPEND" and last is not None and drafts_near(reader) and last.concept in ("beneficiaries", "visits")


def opens_money(reader: "SentenceReader", index: int, name: str) -> bool:
    """`toàn tỉnh thu 7.846 tỷ đồng`, `Nợ: 98 tỷ đồng`: money named anew, where people of one insurance were counted."""
    if _total(reader, index, name):
        return True
    before = reader.stream.codes[:index]
    counted = bool(reader.drafts) and reader.drafts[-1].index > reader.scheme_at and name in ("OWE", "DEBTRATE")
    if reader.scheme_at >= 0 and ";" not in before[reader.scheme_at :] and not counted:
        return False
    clause = before[before.rfind(";") + 1 :]
    opens = len(clause) < 3 or reader.layers.rules.alphabet["PLACE"] in clause or bool({",", ":"} & set(clause))
    if not opens or not _before_money(reader, index):
        return False
    last = reader.drafts[-1] if reader.drafts else reader.mind.drafts[-1] if reader.mind.drafts else None
    if last is not None and last.concept not in ("participants", "cards", "books") and drafts_near(reader):
        return parts_over(reader, index)
    mind = reader.mind
    branches = {code.partition("_")[0] for code in (*mind.named, *mind.topic)} - (
        {"office"} if name == "SPEND" else set()
    )
    if len(mind.topic) == 1 and branches <= {mind.topic[0].partition("_")[0], "office"}:
        return False
    office = any(place.kind == "agency" and place.agency == "bhxh" for place in reader.layers.places)
    return len(branches | ({"office"} if office and name != "SPEND" else set())) > 1 or (
        office and mind.schemes is None
    )


def _before_money(reader: "SentenceReader", index: int) -> bool:
    """Whether money or a percent follows, with no insurance named in between."""
    for token in reader.stream.tokens[index + 1 : index + 11]:
        name = reader.names.get(token.code, token.code)
        if name in ("money", "percent"):
            return True
        if name in ("SCHEME", ";", "person", "count"):
            return False
    return False


def schemes_of(reader: "SentenceReader", draft: Draft) -> tuple[tuple[str, ...], str]:
    """Give the schemes of a figure and where they came from; visits and cards can only be of health insurance."""
    if summed := sum_of_parts(reader, draft) or of_parts(reader, draft):
        reader.mind.schemes = reader.held(summed)
        return summed, "clause"
    schemes, how = _schemes_in_force(reader, draft)
    if draft.rule in ("plan.target.norm", "reach.norm") and schemes and schemes[0].startswith("BHYT_"):
        return ("BHYT",), how  # communes of the new countryside are measured by all their people
    if draft.unit in ("agent", "collection_point", "staff") and (schemes == ALL or of_network(reader, schemes, how)):
        return ("BHXH", "BHYT"), how  # nobody joins unemployment insurance at an agent
    if draft.rule == "level.spent.monthly" and schemes == ALL and "PENSION" in reader.here:
        return ("BHXH",), "clause"  # `chi hết 612 tỷ đồng, riêng lương hưu và trợ cấp hằng tháng 437 tỷ đồng`
    health = draft.unit in ("visit", "card")
    if health and (schemes == ALL or not any(scheme.startswith("BHYT") for scheme in schemes)):
        return ("BHYT",), "unit"
    return schemes, how


def _schemes_in_force(reader: "SentenceReader", draft: Draft) -> tuple[tuple[str, ...], str]:
    mind = reader.mind
    benefit = of_benefit(reader, draft)
    if benefit:
        if reader.scheme_at < 0:
            mind.schemes = reader.held(benefit)
        return benefit, "clause"
    at = named_behind(reader, draft)
    if at is not None:
        reader.bound_at, reader.scheme_at = at, draft.index - 1
        codes = _students(reader, draft, scheme_codes(reader, reader.stream.tokens[at].load))
        mind.schemes = reader.held(codes)
        mind.named.update(codes)
        return codes, "clause"
    _by_people(reader, draft)
    head = draft.head
    used = mind.target if mind.drafts and mind.schemes and mind.drafts[-1].schemes == mind.schemes.value else None
    near = mind.near(mind.schemes, reader.sentence, reader.paragraph) or mind.near(
        used, reader.sentence, reader.paragraph
    )
    told = mind.schemes is None or (not near and head in reader.drafts)
    if told and head is not None and draft.measure in DEPENDENT:
        return head.schemes, "clause"
    if mind.schemes is None or not near:
        card = (_students(reader, draft, ("BHYT",)), "clause") if holds_card(reader, draft) else None
        return far_topic(reader, draft) or card or _ahead(reader, draft)
    how = provenance(mind.schemes, reader.sentence, reader.paragraph)
    if how != "sentence" and mind.drafts and this_number(reader, draft.index) and not reader.drafts:
        mind.schemes = reader.held(mind.drafts[-1].schemes)
        return mind.schemes.value, how
    people = [one.schemes for one in mind.drafts if one.kind == "person"]
    won = draft.measure == "gain" or (draft.measure == "target" and draft.of == "gain")
    if how != "sentence" and won and not reader.drafts and people and mind_near(reader):
        return won_of(people), how  # `1.100 người BHXH tự nguyện, 92% dân số có BHYT. Mới vận động được 34 người`
    cover = draft.measure in ("coverage_pct", "target") and draft.unit == "percent"
    if how != "sentence" and draft.kind == "money" and by_office(reader, draft):
        return of_office(reader), how
    of_people = cover and (draft.measure != "target" or mind.concept != "arrears") and how != "sentence"
    if of_people and len(mind.schemes.value) > 1 and "BHYT" in mind.schemes.value:
        return _students(reader, draft, ("BHYT",)), how
    if mind.schemes.value in (("BHYT_HGD",), ("BHYT_HSSV",)) and draft.rule in OF_LISTS and other_people(reader, draft):
        return (PUPILS if named_since(reader, draft) else ("BHYT",)), how
    if own := of_part_or_whole(reader, draft):
        return own, "clause"
    if head is not None and draft.measure in DEPENDENT and since_scheme(reader, head):
        return head.schemes if head in reader.drafts else _students(reader, draft, of_list(reader, draft)), "clause"
    codes = _of_employers(reader, draft, mind.schemes.value, how)
    if how != "sentence" and draft.kind != "money":
        codes = of_topic(reader, draft, codes, how)
    return _students(reader, draft, codes), "clause" if how == "sentence" else how


def _of_employers(reader: "SentenceReader", draft: Draft, codes: tuple[str, ...], how: str) -> tuple[str, ...]:
    """Employers that take part are those of social insurance, where the sentence names no other."""
    one = codes[0] in ("BHXH_BB", "BHXH_TN", "BHYT", "BHTN") and how != "sentence"
    told = one or (codes == ALL and reader.scheme_at < 0) or (codes == ("BHXH_BB",) and wins(reader, draft))
    return ("BHXH",) if draft.unit == "employer" and told else codes


def _ahead(reader: "SentenceReader", draft: Draft) -> tuple[tuple[str, ...], str]:
    """The insurance named later in the sentence, where none was named before; of money an office collects, all."""
    if (draft.kind == "money" or of_collecting(reader, draft)) and by_office(reader, draft):
        return of_office(reader), "sentence"
    if parts := parts_ahead(reader, draft):
        return parts, "sentence"
    for token in reader.stream.tokens[draft.index + 1 :]:
        if token.code == ";" and draft.measure != "target":
            break
        if reader.names.get(token.code) == "SCHEME":
            return _of_employers(reader, draft, scheme_codes(reader, token.load), "sentence"), "sentence"
    return (), ""


def _students(reader: "SentenceReader", draft: Draft, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Health insurance of pupils is a scheme of its own; a share of the population is not of theirs."""
    if codes in (("BHYT_HSSV",), ("BHYT_HGD",)) and draft.kind == "percent" and of_population(reader, draft.index):
        return ("BHYT",)
    if "BHYT" in codes and len(codes) > 1 and reader.stream.figure_at(draft.index).noun in STUDENTS:
        return ("BHYT_HSSV",)  # `4 đại lý BHXH, BHYT; ... 318.450 em có thẻ`
    if codes not in (("BHYT",), ("BHYT_HGD",)):
        return codes
    since = reader.scheme_at if codes == ("BHYT_HGD",) else -1  # `học sinh (năm học 2025-2026) ...; hộ gia đình ...`
    if any(period.kind == "school-year" and since < index < draft.index for index, period in reader.periods):
        return ("BHYT_HSSV",)
    if codes == ("BHYT",) and (
        of_pupils(reader, draft, named=reader.scheme_at >= 0) or since_then(reader, draft) or pupils_year(reader, draft)
    ):
        return ("BHYT_HSSV",)
    pupils = reader.stream.figure_at(draft.index).noun in STUDENTS or beside_words(reader, draft, codes)
    return ("BHYT_HSSV",) if pupils else codes
