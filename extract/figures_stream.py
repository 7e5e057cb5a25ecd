"""A sentence as a row of tokens in which each figure, scheme, place, period and cue is one token."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from extract.periods import find_periods
from extract.periods_model import Period
from extract.places import PlaceMention
from extract.quantities import parse_quantities
from extract.quantities_record import Quantity
from extract.rules import Rules
from extract.rules.pattern import FIGURES, MARKS
from extract.rules.words import WORD, spell
from extract.schemes import SchemeMention, find_schemes
from model.indicators import Indicators
from model.records import UNITS

MONTHS_OF_YEAR = re.compile(r"\s+(?:có|đã|toàn|cả|qua|ghi nhận|phát triển|thu)(?!\w)|,")
MONTHS_LONG = re.compile(
    r"(?:từ|quá|trước|sau|liên tục|trên|đủ|nợ|kéo dài|đóng|hạn|được|hưởng|trong vòng)\s*(?:\d+\s*đến\s*)?$", re.I
)
AFTER_MONTHS = re.compile(r"\W*(?:Như vậy, |Tính ra, |Chỉ )?[Ss]au ")
"""`Sau 9 tháng, ...` at the beginning, told in the ninth or tenth month."""
YEAR_BEFORE = re.compile(
    r"(?:BHXH|BHYT|BHTN|tự nguyện|bắt buộc|gia đình|y tế|xã hội|chỉ tiêu|kế hoạch|so|cuối|đến|tới|hơn|bảo hiểm|của) $"
)
HEADING = 110
"""Longest heading."""
NO_FIGURE = frozenset({"age", "after-name"})
OTHER_PEOPLE = frozenset(
    {"cán bộ", "bác sĩ", "y sĩ", "dược sĩ", "điều dưỡng", "đại biểu", "khách", "ca", "chiến sĩ", "bệnh nhân",
     "giáo viên",
     "đồng chí", "đảng viên", "hướng dẫn viên", "nạn nhân", "vụ", "vụ việc"}
)  # fmt: skip
"""People who are counted for other reasons."""
QUALIFYING = frozenset(
    [
        "hơn",
        "trên",
        "gần",
        "khoảng",
        "xấp",
        "xỉ",
        "dưới",
        "độ",
        "chừng",
        "ngót",
        "ước",
        "tới",
        "đến",
        "chưa",
        "tầm",
        "cỡ",
    ]
)
STUDENTS = frozenset({"học sinh", "sinh viên", "em", "hssv", "học sinh, sinh viên", "học sinh sinh viên", "học viên"})


@dataclass(slots=True)
class Token:
    """One token of the stream."""

    code: str
    """Character of its class (`extract.rules.pattern`)."""
    start: int
    """Where it begins in the document."""
    end: int
    """Where it ends."""
    load: Any = None
    """The quantity, period, place or scheme it stands for; of a cue or word, its words in lower case."""


@dataclass(slots=True)
class Stream:
    """The tokens of one sentence, and their characters in both directions."""

    start: int
    end: int
    tokens: list[Token]
    codes: str
    backwards: str

    def figure_at(self, index: int) -> Quantity:
        """The quantity of a figure token; its spans are of the document."""
        quantity = self.tokens[index].load
        assert isinstance(quantity, Quantity)
        return quantity


@dataclass(frozen=True, slots=True)
class Layers:
    """What reading one sentence needs from outside."""

    rules: Rules
    indicators: Indicators
    reference: date | None
    places: Sequence[PlaceMention]
    """Of the whole document, in order."""
    title: str = ""
    marks: dict[int, list[tuple[int, int, int, str, Any]]] = field(default_factory=dict)
    """What the other layers found in a sentence, by its start: they are asked once."""
    streams: "dict[int, Stream]" = field(default_factory=dict)
    """Streams built without places, by the start of their sentence: where no place is named they serve again."""
    schemes: dict[int, list[SchemeMention]] = field(default_factory=dict)
    """Schemes of sentences that are not read, by their start."""


def stream_of(text: str, span: tuple[int, int], layers: Layers) -> Stream:
    """Build the stream of the sentence `text[span]`."""
    start, end = span
    known = layers.streams.get(start)
    if known is not None and not _places_in(layers, start, end):
        return known
    sentence = text[start:end]
    marked = _marks(sentence, start, layers)
    tokens: list[Token] = []
    words: list[str] = []
    plain: list[int] = []
    position = 0
    for mark in [*marked, Token("", end - start, end - start)]:
        for match in WORD.finditer(sentence, position, mark.start):
            sign = MARKS.get(match[0])
            if sign is None:
                plain.append(len(tokens))
            words.append(spell(match[0]))
            tokens.append(Token(sign or "w", match.start(), match.end(), words[-1]))
        if mark.code:
            words.append("\0")
            tokens.append(mark)
        position = max(position, mark.end)
    tokens = _cues(tokens, words, layers.rules)
    for token in tokens:
        token.start += start
        token.end += start
    _bare_words(tokens, layers.rules.alphabet["PLAN"])
    tokens = _without_short_names(_without_qualifiers(tokens, text))
    codes = "".join(token.code for token in tokens)
    stream = layers.streams[start] = Stream(start, end, tokens, codes, codes[::-1])
    return stream


def holds_figure(text: str, span: tuple[int, int], layers: Layers) -> bool:
    """Whether the layers find any figure in a sentence, or a year in a short one, which may be a heading."""
    start, end = span
    found = layers.marks.get(start)
    if found is None:
        found = layers.marks[start] = _found(text[start:end], layers)
    figures = layers.rules.alphabet.any_figure
    return any(mark[3] in figures for mark in found) or end - start < HEADING


def _places_in(layers: Layers, start: int, end: int) -> bool:
    first = bisect_left(layers.places, start, key=lambda place: place.start)
    return first < len(layers.places) and layers.places[first].start < end


def _marks(sentence: str, offset: int, layers: Layers) -> list[Token]:
    """Tokens of the layers, in order, none overlapping; spans of the sentence, loads with spans of the sentence."""
    found = layers.marks.get(offset)
    if found is None:
        found = layers.marks[offset] = _found(sentence, layers)
    here = list(found)
    place_code = layers.rules.alphabet["PLACE"]
    first = bisect_left(layers.places, offset, key=lambda place: place.start)
    for place in layers.places[first:]:
        if place.start >= offset + len(sentence):
            break
        if place.end - offset <= len(sentence):
            begins = _behind_scheme(place.start - offset, place.end - offset, found)
            here.append((begins, place.end - offset, 1, place_code, place))
    here.sort(key=lambda one: (one[2], one[0]))
    kept: list[tuple[int, int, int, str, Any]] = []
    for one in here:
        if all(one[1] <= other[0] or one[0] >= other[1] for other in kept):
            kept.append(one)
    kept.sort(key=lambda one: one[0])
    return [Token(code, start, end, load) for start, end, _, code, load in kept]


def _behind_scheme(start: int, end: int, found: list[tuple[int, int, int, str, Any]]) -> int:
    """Where a place begins that an insurance stands before: `thu BHXH toàn tỉnh` names no office."""
    for first, last, _, _, load in found:
        if first == start and last < end and isinstance(load, SchemeMention) and load.codes:
            return last
    return start


def _found(sentence: str, layers: Layers) -> list[tuple[int, int, int, str, Any]]:
    """Periods, schemes and quantities of a sentence as (start, end, precedence, class, what)."""
    alphabet = layers.rules.alphabet
    found: list[tuple[int, int, int, str, Any]] = []
    for period in find_periods(sentence, layers.reference):
        base = period.compared or period.kind == "same-period"
        code = "w" if period.kind == "legal" else alphabet["BASE" if base else "PERIOD"]
        found.append((period.span_start, period.span_end, 0, code, period))
    for scheme in find_schemes(sentence, layers.indicators):
        found.append((scheme.start, scheme.end, 2, alphabet["ORG" if scheme.office else "SCHEME"], scheme))
    for quantity in parse_quantities(sentence):
        when = _months(sentence, quantity, layers.reference) or _year(sentence, quantity, layers.reference)
        if when is not None:
            found.append((quantity.start, quantity.end, 0, alphabet["PERIOD"], when))
        else:
            found.append((quantity.start, quantity.end, 3, _figure(quantity), quantity))
    return found


def _months(sentence: str, quantity: Quantity, reference: date | None) -> Period | None:
    """`10 tháng có ...`: the first months of the year, where nothing says another."""
    if quantity.unit != "month" or not 2 <= quantity.value <= 11 or quantity.value != int(quantity.value):
        return None
    past = AFTER_MONTHS.fullmatch(sentence[: quantity.start]) and reference is not None
    if past and reference is not None and not 0 <= reference.month - quantity.value <= 1:
        return None
    if not MONTHS_OF_YEAR.match(sentence, quantity.end) or (
        not past and MONTHS_LONG.search(sentence[: quantity.start])
    ):
        return None
    found = find_periods(f"{int(quantity.value)} tháng đầu năm", reference)
    return found[0] if found else None


def _year(sentence: str, quantity: Quantity, reference: date | None) -> Period | None:
    """A bare `2017` behind a name or a word is a year."""
    if quantity.unit is not None or not 1990 <= quantity.value <= 2040 or quantity.end - quantity.start != 4:
        return None
    if not sentence[quantity.start : quantity.end].isdigit() or not YEAR_BEFORE.search(sentence[: quantity.start]):
        return None
    found = find_periods(f"năm {int(quantity.value)}", reference)
    return found[0] if found else None


def _figure(quantity: Quantity) -> str:
    if quantity.per or NO_FIGURE & set(quantity.flags) or quantity.noun in OTHER_PEOPLE:
        return "w"
    unit = quantity.unit
    if unit is None:
        return FIGURES["bare"]
    known = {"person": "person", "percent": "percent", "VND": "money", "times": "times"}.get(unit)
    return FIGURES[known] if known else FIGURES["count"] if unit in UNITS else "w"


def _cues(tokens: list[Token], words: list[str], rules: Rules) -> list[Token]:
    """Turn phrases of the rules' words into one token each."""
    result: list[Token] = []
    done = 0
    for first, end, name in rules.words.find(words):
        result += tokens[done:first]
        code = "w" if name == "WORD" else rules.alphabet[name]
        result.append(Token(code, tokens[first].start, tokens[end - 1].end, tuple(words[first:end])))
        done = end
    return result + tokens[done:]


def _bare_words(tokens: list[Token], plan: str) -> None:
    """Numbers that count something else (`21 buổi`) or name a document (`số 546/QĐ-TTg`) are words."""
    bare = FIGURES["bare"]
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        if token.code != bare or (before is not None and before.code == plan):
            continue
        if (after is not None and after.code == "w" and after.start - token.end <= 1) or (
            after is not None and after.code == "/" and after.start == token.end
        ):
            token.code = "w"


def _without_qualifiers(tokens: list[Token], text: str) -> list[Token]:
    """Leave out the words before a figure that say how exact it is; the quantity knows them."""
    kept: list[Token] = []
    for token in tokens:
        if isinstance(token.load, Quantity) and token.code != "w":
            while kept and text[kept[-1].start : kept[-1].end].lower() in QUALIFYING:
                kept.pop()
        kept.append(token)
    return kept


def _without_short_names(tokens: list[Token]) -> list[Token]:
    """Leave out a short name in brackets: `học sinh (HS)`."""
    kept: list[Token] = []
    skip = 0
    for index, token in enumerate(tokens):
        if skip:
            skip -= 1
            continue
        following = tokens[index + 1 : index + 3]
        bracketed = token.code == "(" and len(following) == 2 and following[1].code == ")" and following[0].code == "w"
        if bracketed and following[0].end - following[0].start <= 8:
            skip = 2
            continue
        kept.append(token)
    return kept


def is_period(load: object) -> bool:
    """Whether a token's load is a period."""
    return isinstance(load, Period)


def is_scheme(load: object) -> bool:
    """Whether a token's load is a mention of a scheme."""
    return isinstance(load, SchemeMention)
