"""A sentence as a row of tokens in which each figure, scheme, place, period and cue is one token."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from operator import itemgetter

from extract.periods.model import Period
from extract.places.find import PlaceMention
from extract.quantities.record import Quantity
from extract.rows.find import Table
from extract.rules import Rule, Rules
from extract.rules.pattern import FIGURES
from extract.schemes import SchemeMention
from extract.subjects import Subjects
from extract.tokens.lists import share_money, share_points
from extract.tokens.marks import Mark, counted_in, named_in
from extract.tokens.row import Row, Token
from model.indicators import Indicators

HEADING = 110
"""Longest heading."""
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
UNCOUNTED = frozenset(
    [*"–—", "hồi", "nêu", "như", "đã", "thì", "nhưng", "mà", "trong", "ở", "tại", "vào", "của", "để", "nên"]
)
"""What may stand behind a count without its unit: no thing that it counts."""
LARGE = 1000
"""A smaller number before such a word may be of a house, a road or a law."""
SHORT_NAME = "(w)"
"""A short name in brackets, as codes."""
LONGEST_SHORT_NAME = 8
STUDENTS = frozenset({"học sinh", "sinh viên", "em", "hssv", "học sinh, sinh viên", "học sinh sinh viên", "học viên"})


@dataclass(slots=True)
class Stream:
    """The tokens of one sentence, and their characters in both directions."""

    start: int
    end: int
    tokens: list[Token]
    codes: str
    backwards: str
    claimants: dict[int, tuple[Rule, ...]] = field(default_factory=dict)
    """The rules whose words stand around a figure, by its place in the row; asked once."""

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
    text: str = ""
    subjects: Subjects = field(default_factory=Subjects)
    """Whose figures the document tells: one firm's, or those of many."""
    local: bool = False
    """Whether the outlet serves an area smaller than the country."""
    outlet: PlaceMention | None = None
    """The area that the outlet serves, as if it were named."""
    titled: PlaceMention | None = None
    """The one area that the title names."""
    tables: Sequence[Table] = ()
    """Tables that the text holds as lines."""
    marks: dict[int, list[Mark]] = field(default_factory=dict)
    """What the other layers found in a sentence, by its start: they are asked once."""
    counted: dict[int, list[Mark]] = field(default_factory=dict)
    """The quantities alone: they tell whether the others need be asked."""
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
    row = Row(text, start, end, _marks(text[start:end], start, layers))
    tokens = row.tokens(layers.rules)
    if layers.places:
        _place_counts(tokens, layers.rules.alphabet["PLACE"])
    if tokens and text[tokens[0].start : tokens[0].end] == "+":
        tokens[0].code, tokens[0].load = "w", "+"  # begins a line of a list
    figures = [at for at, token in enumerate(tokens) if token.load.__class__ is Quantity]
    _bare_words(tokens, figures, layers.rules.alphabet["PLAN"])
    share_money(tokens, figures, text)
    share_points(tokens, figures)
    tokens = _without_short_names(_without_qualifiers(tokens, figures, text))
    codes = "".join([token.code for token in tokens])
    stream = layers.streams[start] = Stream(start, end, tokens, codes, codes[::-1])
    return stream


def holds_figure(text: str, span: tuple[int, int], layers: Layers) -> bool:
    """Whether the layers find any figure in a sentence."""
    start, end = span
    counted = layers.counted.get(start)
    if counted is None:
        counted = layers.counted[start] = counted_in(text[start:end], layers.rules.alphabet, layers.reference)
    figures = layers.rules.alphabet.any_figure
    return any(mark[3] in figures for mark in counted)


def names_period(text: str, span: tuple[int, int], layers: Layers) -> bool:
    """Whether the layers find any period in a sentence."""
    start, end = span
    period = layers.rules.alphabet["PERIOD"]
    return any(mark[3] == period for mark in _all_marks(text[start:end], start, layers))


def _places_in(layers: Layers, start: int, end: int) -> bool:
    first = bisect_left(layers.places, start, key=lambda place: place.start)
    return first < len(layers.places) and layers.places[first].start < end


def _marks(sentence: str, offset: int, layers: Layers) -> list[Token]:
    """Tokens of the layers, in order, none overlapping; spans of the document, loads with spans of the sentence."""
    found = _all_marks(sentence, offset, layers)
    here = list(found)
    place_code = layers.rules.alphabet["PLACE"]
    first = bisect_left(layers.places, offset, key=lambda place: place.start)
    for at in range(first, len(layers.places)):
        place = layers.places[at]
        if place.start >= offset + len(sentence):
            break
        if place.end - offset <= len(sentence):
            begins = _behind_scheme(place.start - offset, place.end - offset, found)
            here.append((begins, place.end - offset, 1, place_code, place))
    here.sort(key=itemgetter(0))
    if [one for one, other in pairwise(here) if one[1] > other[0]]:
        here = _first_in_rank(here)
    return [Token(code, start + offset, end + offset, load) for start, end, _, code, load in here]


def _first_in_rank(marks: list[Mark]) -> list[Mark]:
    """Leave out marks that overlap one of more precedence, or one before them of the same."""
    kept: list[Mark] = []
    for one in sorted(marks, key=itemgetter(2, 0)):
        if all(one[1] <= other[0] or one[0] >= other[1] for other in kept):
            kept.append(one)
    return sorted(kept, key=itemgetter(0))


def _all_marks(sentence: str, offset: int, layers: Layers) -> list[Mark]:
    """What the layers but places find in the sentence at `offset`, asked once; spans of the sentence."""
    found = layers.marks.get(offset)
    if found is None:
        counted = layers.counted.get(offset)
        counted = counted_in(sentence, layers.rules.alphabet, layers.reference) if counted is None else counted
        found = layers.marks[offset] = [
            *named_in(sentence, layers.indicators, layers.rules.alphabet, layers.reference),
            *counted,
        ]
    return found


def _behind_scheme(start: int, end: int, found: list[Mark]) -> int:
    """Where a place begins that an insurance stands before: `thu BHXH toàn tỉnh` names no office."""
    for first, last, _, _, load in found:
        if first == start and last < end and isinstance(load, SchemeMention) and load.codes:
            return last
    return start


def _place_counts(tokens: list[Token], place: str) -> None:
    """A short number right behind a known place counts: `kế đó là Bắc Quang 745, Quang Bình 598`."""
    for before, token in pairwise(tokens):
        load = token.load
        if before.code == place and token.code == FIGURES["bare"] and _is_share(load) and _percent_next(tokens, token):
            token.code = FIGURES["percent"]
        if before.code == place and token.code == "w" and isinstance(load, Quantity) and "after-name" in load.flags:
            token.code = FIGURES["bare"]


def _is_share(load: object) -> bool:
    """Whether a number without a unit may be a percentage: one with decimals, up to a hundred."""
    return isinstance(load, Quantity) and load.unit is None and load.value <= 100 and load.value != int(load.value)


def _percent_next(tokens: list[Token], token: Token) -> bool:
    """Whether the next figure of the list has its percent sign: `Bưng Riềng 90,2, Hòa Hiệp 88%`."""
    behind = (one for one in tokens if one.start >= token.end and one.code in FIGURES.values())
    return next(behind, token).code == FIGURES["percent"]


def _bare_words(tokens: list[Token], figures: Sequence[int], plan: str) -> None:
    """Numbers that count something else (`21 buổi`) or name a document (`số 546/QĐ-TTg`) are words."""
    bare = FIGURES["bare"]
    for at in figures:
        token = tokens[at]
        if token.code != bare or at + 1 == len(tokens) or (at and tokens[at - 1].code == plan):
            continue
        after = tokens[at + 1]
        if (after.code == "w" and not _uncounted(tokens, at) and after.start - token.end <= 1) or (
            after.code == "/" and after.start == token.end
        ):
            token.code = "w"


def _uncounted(tokens: list[Token], at: int) -> bool:
    """Whether the word behind a number is no thing that it counts: `từ 858.300 hồi cuối tháng 9`."""
    word, number = tokens[at + 1].load, tokens[at].load
    if word in ("–", "—"):
        return True
    large = number.value >= LARGE and number.end - number.start > len("2023")
    both = word == "đồng" and at + 2 < len(tokens) and tokens[at + 2].load == "thời"
    return large and (word in UNCOUNTED or both)


def _without_qualifiers(tokens: list[Token], figures: Sequence[int], text: str) -> list[Token]:
    """Leave out the words before a figure that say how exact it is; the quantity knows them."""
    kept: list[Token] = []
    done = 0
    for at in figures:
        if tokens[at].code == "w":
            continue
        kept += tokens[done:at]
        done = at
        while kept and text[kept[-1].start : kept[-1].end].lower() in QUALIFYING:
            kept.pop()
    return kept + tokens[done:]


def _without_short_names(tokens: list[Token]) -> list[Token]:
    """Leave out a short name in brackets: `học sinh (HS)`."""
    codes = "".join([token.code for token in tokens])
    kept: list[Token] = []
    done = 0
    at = codes.find(SHORT_NAME)
    while at >= 0:
        if tokens[at + 1].end - tokens[at + 1].start <= LONGEST_SHORT_NAME:
            kept += tokens[done:at]
            done = at + len(SHORT_NAME)
        at = codes.find(SHORT_NAME, at + len(SHORT_NAME))
    return kept + tokens[done:] if done else tokens


def is_period(load: object) -> bool:
    """Whether a token's load is a period."""
    return isinstance(load, Period)
