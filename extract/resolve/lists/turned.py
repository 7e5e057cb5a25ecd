"""Dates as subjects, and sentences turned round: `31/01 có 719 người; hết quý I, 803`, `98,5% ở phường Mai Lâm`.

They name no insurance and nobody whom they count: what they tell is what was told before, of another day or place.
"""

import re
from typing import TYPE_CHECKING

from extract.resolve.lists.marks import words_of
from extract.rules.pattern import FIGURES

if TYPE_CHECKING:
    from extract.context import Draft
    from extract.resolve.drafts import SentenceReader

KINDS = {character: name for name, character in FIGURES.items()}
PEOPLE = ("person", "bare")
REACH = 3
"""So many sentences ago the figures were told at most that a date goes on about."""
FAR = 8
"""The same, of a percentage that places go on about."""
TIMES = 20
"""No count of people grows or shrinks more between the days that a text tells of."""
DATED = frozenset(
    {
        "PERIOD",
        "BASE",
        "IS",
        "REACH",
        "HAS",
        "NEW",
        "LEFT",
        "WORD",
        ",",
        "PLACE",
        "TO",
        "FROM",
        "EACH",
        "RANK",
        ":",
        "SHARE_OF",
        "COUNTED",
    }
)
"""What may stand between a date and its count."""
LEADS = frozenset(
    {"WORD", ",", "RANK", "IS", "NEW", "INCLUDING", "COVER", "(", ":", "AND", "LEFT", "HAS", "OVER", "REACH", "FURTHER"}
)
"""What may stand before a figure whose place follows."""
TOWARDS = frozenset({"WORD", ",", "IS", "HAS", "(", "PERSON", "-", "DENOM", "RANK", "BY"})
"""What may stand between a figure and the place behind it."""
LAST = 120
"""So far back the sentence before is looked at."""
COVERED = re.compile(r"(?<!\w)(?:bao phủ|độ phủ|tỷ lệ tham gia|tỉ lệ tham gia|tỷ lệ có thẻ)(?!\w)")
GROUP = frozenset({"DENOM", "PERSON", "PERIOD", "WORD", "REACH", "IS", "NEW", ","})
"""What may stand between a group and its share."""
MOST_OWED = 40
"""No larger share of what is due is owed anywhere."""
LEADING = frozenset({"ở", "tại", "của", "thuộc"})
"""Words by which a figure leads to its place."""
OTHERS = frozenset(
    {"FIRM", "FIRMS", "OTHERMONEY", "ELSE", "CONTRIB", "WEALTH", "HOSPITAL", "GIVE", "REFUSE", "MONEYOF", "INSPECT"}
    | {"JOBS", "FOUND", "SURVEY", "NORM", "FOREIGN", "AFFECT", "VIEWS", "AIM", "ASSIGN", "PLAN", "MAYBE"}
)
"""What sentences of other things speak of."""


def dated(reader: "SentenceReader", index: int) -> bool:
    """`31/01/2019 có 719 người; tính tròn quý I, 803`, `Năm 2020 là 11.450`: a day, and how many there were then."""
    kind = KINDS[reader.stream.codes[index]]
    noun = reader.stream.figure_at(index).noun
    if kind not in PEOPLE or noun not in ("", "người", "em", "lượt người") or OTHERS & reader.here:
        return False
    own = _clause(reader, index)
    behind = [reader.names.get(code, code) for code in reader.stream.codes[index + 1 : index + 4]]
    first = not own or set(own) <= {"WORD", ",", "AND", ":"}
    if first and len(own) <= 4:
        told = behind[:1] == ["PERIOD"] or (behind[:2] == ["WORD", "PERIOD"])
    else:
        told = bool({"PERIOD", "SHARE_OF", "COUNTED"} & set(own)) and own[-1] in (
            "IS",
            "HAS",
            "REACH",
            "LEFT",
            ",",
            ":",
            "PERIOD",
            "NEW",
            "TO",
        )
        told = told and set(own) <= DATED and own.count("WORD") <= 8
    return told and like_one_told(reader, index)


def _clause(reader: "SentenceReader", index: int) -> list[str]:
    """The classes of the words before a figure, from the last semicolon, colon, bracket or figure on."""
    codes = reader.stream.codes
    start = index
    while start > 0 and codes[start - 1] not in ";:(" and codes[start - 1] not in KINDS:
        start -= 1
    return [reader.names.get(code, code) for code in codes[start:index]]


def like_one_told(reader: "SentenceReader", index: int) -> bool:
    """Whether people were counted just before, not twenty times as many nor as few."""
    held = reader.mind.target
    near = held is not None and reader.sentence - held.sentence <= REACH
    told: list[Draft] = [*reader.drafts, *(reader.mind.drafts if near else [])]
    value = reader.stream.figure_at(index).value
    return any(
        one.kind in PEOPLE and one.measure in ("level", "gain") and one.value / TIMES < value < one.value * TIMES
        for one in told
    )


def placed_behind(reader: "SentenceReader", index: int) -> bool:
    """`98,5% ở phường Mai Lâm; 97,2% ở xã Thanh Sơn`, `Thấp nhất, 84,3%, là xã Cam Lâm`: the place stands behind."""
    kind = KINDS[reader.stream.codes[index]]
    if kind not in ("percent", "person") or place_behind(reader, index) is None:
        return False
    before = set(_clause(reader, index))
    if not before <= LEADS or reader.aiming or (OTHERS - {"PLAN"}) & reader.here:
        return False
    if kind == "percent":
        return shares_told(reader, FAR)
    quantity, force, held = reader.stream.figure_at(index), reader.mind.schemes, reader.mind.target
    named = force is not None and force.paragraph == reader.paragraph and reader.sentence - force.sentence <= 1
    lately = held is not None and reader.sentence - held.sentence <= 2
    return quantity.noun == "người" and (named or lately) and ("RANK" in before or bool(reader.drafts))


def place_behind(reader: "SentenceReader", index: int) -> int | None:
    """Where the place of a figure stands behind it, with nothing but `ở`, `là`, a comma or bracket in between.

    One behind a comma alone ends its clause: else it is the next of a list, `95,2%, Hạ Long 96%`.
    """
    tokens, words, leads = reader.stream.tokens, 0, False
    for at in range(index + 1, min(index + 9, len(tokens))):
        name = reader.names.get(tokens[at].code, tokens[at].code)
        if name == "PLACE":
            return at if leads or reader.stream.codes[at + 1 : at + 2] in (";", ".", "") else None
        said = words_of(tokens[at])
        leads = leads or name in ("IS", "HAS", "(") or bool(LEADING & set(said))
        words += name == "WORD"
        if name not in TOWARDS or words > 4:
            return None
    return None


def of_parts(reader: "SentenceReader") -> bool:
    """Whether the places of a sentence stand behind its figures, or it only compares with one (`Thấp hơn bình quân cả
    tỉnh (94,1%)`): the text does not go on about them."""
    if reader.names.get(reader.stream.codes[:1]) in ("LOWER", "HIGHER"):
        return True
    return any(placed_behind(reader, one.index) for one in reader.drafts)


def shares_told(reader: "SentenceReader", reach: int) -> bool:
    """Whether percentages were told shortly before that places may go on about, or the last sentence spoke of some."""
    held, start = reader.mind.percent, reader.stream.start
    if COVERED.search(reader.layers.text, max(0, start - LAST), start):
        return True
    return held is not None and reader.sentence - held.sentence <= reach


def owed_by_rate(reader: "SentenceReader", draft: "Draft") -> bool:
    """`nợ nhiều nhất, 204 tỷ đồng. Nhưng tính theo tỷ lệ thì Kim Bôi (8,2%)`: the arrears just told, in percent."""
    told = reader.mind.drafts[-1] if reader.mind.drafts else None
    held = reader.mind.target
    if reader.drafts or told is None or told.concept != "arrears" or held is None or draft.value > MOST_OWED:
        return False
    said = any("lệ" in words_of(token) for token in reader.stream.tokens[: draft.index])
    return said and reader.sentence - held.sentence <= 2 and not {"COVER", "SCHEME"} & reader.here


def of_group(reader: "SentenceReader", index: int) -> bool:
    """`Học sinh, sinh viên năm học vừa qua đạt 93,4%` after coverage: a group, and how many of it are covered."""
    held = reader.mind.percent
    if reader.stream.codes[index] != FIGURES["percent"] or held is None or held.value != "coverage_pct":
        return False
    own = _clause(reader, index)
    near = reader.sentence - held.sentence <= REACH and not (OTHERS | {"UP", "DOWN", "THAN"}) & {*own}
    told = own[-1:] and own[-1] in ("REACH", "IS", "NEW")
    return bool(near and told and own[0] in ("DENOM", "PERSON") and set(own) <= GROUP and own.count("WORD") <= 3)
