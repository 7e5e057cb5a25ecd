"""What of an insurance a figure counts: people, money, cards; and what a share is taken of."""

from typing import TYPE_CHECKING

from extract.context import Draft
from extract.resolve.indicator.behind import draws_pension
from extract.resolve.indicator.drawn import listed_next, pensioners_insured, ranked_on
from extract.resolve.indicator.taken import spent_of, taken_of
from extract.resolve.indicator.units import with_workers, works_for
from extract.resolve.lists.marks import words_of
from extract.resolve.lists.near import MONEY, mind_near, money_just_named
from extract.resolve.lists.onward import of_places, of_visits
from extract.resolve.lists.same import drafts_near
from extract.rules import Rule

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader
    from extract.tokens.row import Token

UNIT_CONCEPT = {
    "card": "cards", "book": "books", "visit": "visits", "agent": "agents", "staff": "collection_staff",
    "collection_point": "collection_points", "employer": "employers",
}  # fmt: skip
CUE_CONCEPT = {
    "JOIN": "participants", "COVER": "participants", "COLLECT": "revenue", "SPEND": "payouts", "OWE": "arrears",
    "DEBTRATE": "arrears",
}  # fmt: skip
COUNTED_THINGS = frozenset(UNIT_CONCEPT.values()) - {"visits", "employers"}
"""Concepts that a percent without a count of its own is hardly about."""
PEOPLE = frozenset({"người", "tượng", "lao", "hồ", "quyết"})
"""Words of `về số người`, `về đối tượng`, `về số lao động`, `về số hồ sơ`, `về số quyết định`."""


def concept_of(reader: "SentenceReader", draft: Draft, rule: Rule) -> str:
    """Give the concept of a figure: by its unit, its rule, the words around it, or what it inherits."""
    if draft.kind == "count":
        if rule.concept == "beneficiaries" and draft.unit == "case":
            if reader.stream.figure_at(draft.index).noun == "trường hợp":
                draft.unit = "person"  # `hưởng BHXH một lần 7.812 trường hợp`
            return rule.concept
        return _of_unit(reader, draft)
    if rule.id == "level.headed":
        return reader.mind.concept
    if draft.kind == "money":
        drawn = rule.id == "level.bill" and reader.drafts and reader.drafts[-1].concept in ("visits", "beneficiaries")
        if rule.concept or drawn:
            return rule.concept or "payouts"
        return _of_money(reader, draft)
    if draft.kind == "bare" and draft.unit in UNIT_CONCEPT:
        return UNIT_CONCEPT[draft.unit]  # `Bố Trạch 24.190 thẻ, Quảng Trạch 17.880`
    if draft.kind in ("person", "bare") and draft.unit != "percent":
        return _of_people(reader, draft)
    if (told := taken_of(reader, draft)) or (told := spent_of(reader, draft)):
        return told
    if rule.concept:
        return rule.concept
    if draws_pension(reader, draft):
        return "beneficiaries"
    if draft.measure == "change_pct" and (grown := _named_behind(reader, draft)):
        return grown
    if draft.measure == "change_pct" and of_visits(reader, draft.index):
        return "visits"
    if draft.measure == "change_pct" and _drawing_grew(reader, draft):
        return "beneficiaries"
    if draft.measure == "change_pct" and reader.drafts and reader.drafts[-1].rule == "level.base":
        return reader.drafts[-1].concept  # `so với cùng kỳ năm 2021 (9.418 lượt người) thì tăng 51,1%`
    if draft.measure in ("coverage_pct", "uncovered") or (
        draft.measure == "target" and _of_people_aimed(reader, draft)
    ):
        return "participants"
    if draft.measure == "rate":
        return "arrears"
    head = draft.head
    if head is not None and (head.index > reader.cue_at or _grew(reader, draft, head)):
        return head.concept
    if reader.cue_at < 0 and not drafts_near(reader):
        return "participants"
    concept = reader.mind.concept
    if ";" in reader.stream.codes[max(0, reader.cue_at) : draft.index] and reader.scheme_at > reader.cue_at:
        return "participants"
    if reader.cue_at < 0 and reader.mind.drafts:
        concept = reader.mind.drafts[-1].concept
    return "participants" if concept in COUNTED_THINGS else concept


def _grew(reader: "SentenceReader", draft: Draft, head: Draft) -> bool:
    """`786.400 lượt người đến khám bằng thẻ BHYT, vượt 9,3%`: of the count, whatever words are between."""
    told = draft.measure == "change_pct" and bool(reader.drafts) and head is reader.drafts[-1]
    between = {reader.names.get(code, code) for code in reader.stream.codes[head.index + 1 : draft.index]}
    return told and reader.mind.concept == "participants" and not between & {";", "COUNTED", "PERSON", "COLLECT", "OWE"}


def _of_people_aimed(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether a planned percent is one of people: `giao chỉ tiêu 25% lực lượng lao động tham gia BHXH`."""
    behind = [reader.names.get(token.code) for token in reader.stream.tokens[draft.index + 1 : draft.index + 4]]
    if behind[:1] == ["COUNTED"]:
        behind = [reader.names.get(code) for code in reader.stream.codes[draft.index + 1 : draft.index + 6]]
    of_scheme = behind[:1] == ["SCHEME"] and not {"OWE", "DEBTRATE", "COLLECT", "DUE", "SPEND"} & reader.here
    return of_scheme or bool({"DENOM", "JOIN", "PERSON"} & set(behind)) or draft.rule.startswith("coverage.")


def _of_money(reader: "SentenceReader", draft: Draft) -> str:
    """Money is collected, paid or owed as the sentence says; else as the count before it in the same sentence."""
    tokens = reader.stream.tokens
    for at in range(draft.index - 1, -1, -1):
        concept = CUE_CONCEPT.get(reader.names.get(tokens[at].code, ""))
        measured = at and reader.names.get(tokens[at - 1].code) == "THAN"  # `chiếm 1,95% so với số thu, giảm 3 tỷ đồng`
        if concept in MONEY and not measured:
            return concept
    head = draft.head or (reader.mind.drafts[-1] if reader.mind.drafts and drafts_near(reader) else None)
    if head is None and of_places(reader, draft.index):
        head = next(one for one in reversed(reader.mind.drafts) if one.kind == "money")
    if (
        draft.head is not None
        and (draft.head.concept == "beneficiaries" or (draft.head.concept == "visits" and _said_money(reader, draft)))
        and draft.measure == "level"
    ):
        return "payouts"
    if head is not None and head is not draft.head and _renamed(reader):
        return reader.mind.concept
    if head is None and money_just_named(reader):
        return reader.mind.concept
    return head.concept if head is not None and head.concept in MONEY else ""


def _renamed(reader: "SentenceReader") -> bool:
    """Whether money was named anew after the last figures were told: `Nợ BHXH tăng mạnh. Đứng đầu là Cao Lãnh`."""
    told = reader.mind.target
    return reader.mind.concept in MONEY and told is not None and reader.mind.cued > told.sentence


def _said_money(reader: "SentenceReader", draft: Draft) -> bool:
    """`1.420.300 lượt người với số tiền 512 tỷ đồng`: the words before the figure speak of money or cost."""
    before = reader.stream.tokens[max(0, draft.index - 3) : draft.index]
    if draft.head is not None and any(draft.head.index < index < draft.index for index, _ in reader.refused):
        return False
    words = {word for token in before for word in (token.load if isinstance(token.load, tuple) else (token.load,))}
    return bool({"tiền", "phí"} & words)


def _of_unit(reader: "SentenceReader", draft: Draft) -> str:
    head = draft.head
    if draft.unit == "card" and draft.measure == "change" and head is not None and head.unit == "person":
        draft.unit = "person"
        return head.concept
    concept = UNIT_CONCEPT.get(draft.unit, "")
    if draft.unit == "household":
        return _of_households(reader, draft)
    hospital = reader.layers.rules.alphabet["HOSPITAL"]
    if draft.unit == "visit" and draft.value < 1000 and hospital in reader.stream.codes:
        return ""
    if draft.unit == "employer":
        window = reader.stream.codes[max(0, draft.index - 8) : draft.index + 4]
        joins, scheme = reader.layers.rules.alphabet["JOIN"], reader.layers.rules.alphabet["SCHEME"]
        if works_for(reader, draft) or with_workers(reader, draft):
            return concept
        if (joins not in window or (draft.value < 10 and scheme not in window)) and not (
            draft.head and draft.head.concept == "employers"
        ):
            return ""
    return concept


def _of_households(reader: "SentenceReader", draft: Draft) -> str:
    """`9.840 hộ tham gia BHYT`, and what such a count grew by."""
    alphabet = reader.layers.rules.alphabet
    if reader.stream.codes[draft.index - 1 : draft.index] == "/":
        return ""  # `265.873 hộ/300.601 hộ`: out of how many
    window = reader.stream.codes[max(0, draft.index - 6) : draft.index + 3]
    same = draft.head is not None and draft.head.unit == "household"
    near = reader.stream.tokens[max(0, draft.index - 9) : draft.index]
    if any(reader.names.get(token.code) == "JOIN" and "diện" in token.load for token in near):
        return ""  # `hộ kinh doanh thuộc diện tham gia có 214 hộ`: who should
    return "participants" if same or (alphabet["JOIN"] in window and alphabet["SCHEME"] in reader.stream.codes) else ""


def _named_behind(reader: "SentenceReader", draft: Draft) -> str:
    """`tăng 5,2% về số lượt và 7,8% về chi phí`, `về số tiền thì tăng 11%`: what it is that grew."""
    words = _respect(reader, draft)
    if "lượt" in words and not words & {"người"}:
        return "visits"
    told = [*reader.mind.drafts, *reader.drafts]
    if words & {"tiền", "chi", "phí"}:
        money = [one.concept for one in told if one.kind == "money"]
        return money[-1] if money and money[-1] in MONEY else "payouts"
    people = [one.concept for one in told if one.kind in ("person", "count", "bare") and one.unit == "person"]
    return people[-1] if people and words & PEOPLE else ""


def _respect(reader: "SentenceReader", draft: Draft) -> set[str]:
    """The words that say in what respect something grew: behind the figure, else in front of its verb."""
    tokens = reader.stream.tokens
    behind = tokens[draft.index + 1 : draft.index + 5]
    if behind and behind[0].load == "về":
        return {word for token in _until_figure(behind) for word in words_of(token)}
    front = tokens[max(0, draft.index - 6) : draft.index]
    at = next((step for step in range(len(front) - 1, -1, -1) if front[step].load == "về"), None)
    clause = front[at:] if at is not None else []
    return {word for token in clause for word in words_of(token)} if _until_figure(clause) == clause else set()


def _until_figure(tokens: "list[Token]") -> "list[Token]":
    """Tokens before the next figure or mark."""
    at = next((step for step, token in enumerate(tokens) if token.code in ",;.(0123456"), len(tokens))
    return tokens[:at]


def _drawing_grew(reader: "SentenceReader", draft: Draft) -> bool:
    """`Người hưởng trợ cấp tăng 18,5%`: those who draw a benefit, not the money."""
    last = reader.drafts[-1].index + 1 if reader.drafts else 0
    names = [reader.names.get(code) for code in reader.stream.codes[max(last, draft.index - 12) : draft.index]]
    people = "PERSON" in names or "COUNTED" in names
    return people and "BENEFIT" in names and not {"SPEND", "COLLECT", "OWE"} & set(names)


def _of_people(reader: "SentenceReader", draft: Draft) -> str:
    alphabet = reader.layers.rules.alphabet
    benefit, join = alphabet["BENEFIT"], alphabet["JOIN"]
    told = [*reader.mind.drafts, *reader.drafts] if drafts_near(reader) else []
    counts = [one for one in told if one.kind == "person"]
    if draft.rule == "level.base" and counts and counts[-1].concept == "beneficiaries":
        return "beneficiaries"
    if draft.rule == "level.benefit" or (
        draft.rule == "level.unit" and draft.head and draft.head.concept == "beneficiaries"
    ):
        return "beneficiaries"
    if _paid_to(reader, draft):
        return "beneficiaries"
    joins = False
    for code in reader.stream.codes[draft.index + 1 : draft.index + 6]:
        if code == benefit:
            return "beneficiaries"
        if code == join or code in ",;(0123456":
            joins = code == join and "PENSION" not in reader.here
            break
    if draft.head is not None and draft.measure in ("change", "target_gap"):
        of_firms = draft.head.concept == "employers" and draft.kind == "person"
        return "participants" if of_firms else draft.head.concept  # `tăng 112 đơn vị và 5.240 lao động`
    if draft.rule == "level.base" and reader.drafts and reader.drafts[-1].kind in ("person", "percent"):
        return reader.drafts[-1].concept  # `tăng 60% so với tháng trước (30.000 người)`
    codes = reader.stream.codes
    for at in range(draft.index - 1, -1, -1):
        code = codes[at]
        if code in (benefit, alphabet["JOBLESS"], alphabet["PENSION"]):
            return "participants" if pensioners_insured(reader, draft, at) else "beneficiaries"
        if code == alphabet["SCHEME"] and at and codes[at - 1] == benefit:
            return "beneficiaries"  # `người hưởng chế độ BHXH là 800.000 người`
        if code == ";" and ranked_on(reader, draft, at):
            break
        by = code == join and codes[at + 1] != alphabet["SCHEME"] and reader.stream.tokens[at].load == ("theo",)
        if code in (join, alphabet["ENROL"], alphabet["SCHEME"], ";") and not by:  # `tăng theo tháng: ...`
            return "participants"
    near = reader.drafts or (reader.mind.drafts if mind_near(reader) or listed_next(reader, draft) else [])
    return (
        "beneficiaries"
        if not joins and near and near[-1].concept in ("beneficiaries", "payouts") and _drawn(reader)
        else "participants"
    )


def _paid_to(reader: "SentenceReader", draft: Draft) -> bool:
    """`chi 740 tỷ đồng lương hưu, trợ cấp BHXH hằng tháng cho 41.200 người`: who draws what was just paid."""
    last = reader.drafts[-1] if reader.drafts else None
    if last is None or last.concept != "payouts" or draft.measure != "level" or last.schemes[0].startswith("BHYT"):
        return False
    between = reader.stream.tokens[last.index + 1 : draft.index]
    names = {reader.names.get(token.code, token.code) for token in between}
    to = any(token.load == "cho" for token in between[-3:])
    behind = reader.stream.codes[draft.index + 1 : draft.index + 2]
    return to and not names & {",", ";", "(", ")", "JOIN"} and reader.names.get(behind) != "JOIN"


def _drawn(reader: "SentenceReader") -> bool:
    """Whether the last people counted draw a benefit."""
    people = [one for one in (*reader.mind.drafts, *reader.drafts) if one.kind == "person"]
    return not people or people[-1].concept == "beneficiaries"


def denominator_of(reader: "SentenceReader", draft: Draft) -> str | None:
    """Give the code of what a share is taken of, where the words behind it say so."""
    if draft.unit != "percent" or draft.measure not in ("coverage_pct", "share_pct", "rate", "target", "uncovered"):
        return None
    if draft.measure == "rate":
        return "due"
    words = reader.layers.rules.words
    denominator = reader.layers.rules.alphabet["DENOM"]
    for token in reader.stream.tokens[draft.index + 1 : draft.index + 3]:
        if token.code == denominator:
            return words.denominator(list(token.load))
        if token.code in ",;.:":
            break  # `hộ gia đình 64,5%; học sinh 98,8%`
    return None
