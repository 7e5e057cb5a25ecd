"""A number at one place of a text, with its words of scale, before its unit is known.

What `14,551` is worth depends on what follows, so an `Amount` keeps the digits and is asked for its value last.
"""

import re
from dataclasses import dataclass, field

from extract.numbers import LONGEST, Meaning, read_numeral
from extract.numbers_words import DIGITS, HALVES, HUNDRED, LINKS, POINTS, SCALES, TENS, Spelled, exact, read_spelled
from extract.quantities_record import Kind


@dataclass(slots=True)
class Amount:
    """A number as written: digits or words, and the scale that multiplies it."""

    start: int
    end: int
    """Behind the last numeral or word of scale."""
    digits: str = ""
    """The numeral, without spaces; `""` for one in words."""
    spelled: Spelled | None = None
    scale: int = 1
    more: float = 0
    """What `500 triệu` adds in `44 tỷ 500 triệu`."""
    step: float | None = None
    """Worth of the last digit where `more` sets it."""
    kind: Kind = "digits"
    negative: bool = False
    flags: set[str] = field(default_factory=set)

    @property
    def spelled_value(self) -> float:
        """The value of a spelled number; 0 for one in digits."""
        return self.spelled.value if self.spelled else 0

    def value(self, meaning: Meaning, *, english: bool) -> tuple[float, float] | None:
        """Give the value and half of its last digit's worth; None where the digits make no number."""
        if self.spelled is not None:
            return self.spelled.value, self.spelled.step / 2
        if self.scale > 1:
            meaning = "scaled"
        numeral = read_numeral(self.digits, meaning, english=english)
        if numeral is None:
            return None
        if numeral.english:
            self.flags.add("english-style")
        value = numeral.times(self.scale) + self.more
        step = self.step or self.scale / 10**numeral.decimals
        return (-value if self.negative else value), step / 2


_NUMERAL = re.compile(r"[0-9][0-9.,]*")
_SCALE = re.compile(
    r"[ \t]{0,3}(nghìn|ngàn|triệu|tỷ|tỉ|vạn|trăm|chục|tr(?=[ .,;)]|$))(?![^\W\d])(?! (?:lệ|trọng|suất|phú|giá|số|lẻ)(?!\w))"
)
_SIZES = SCALES | {"trăm": 100, "chục": 10, "tr": 10**6}
_SHORT = re.compile(r"([kmgt])(?![^\W])|(tr|t)([0-9])(?![\w.,])")
_SHORT_SIZES = {"k": 10**3, "m": 10**6, "g": 10**9, "t": 10**9, "tr": 10**6}
_MORE = re.compile(
    r"[ ]{1,2}([0-9]{1,3})[ ]{0,2}(triệu|nghìn|ngàn)(?!\w)|[ ]{1,2}([0-9]{1,3})(?= ?(?:đồng|đ|người|vnđ|vnd)(?!\w))"
)
_HALF = re.compile(r" (?:rưỡi|rưởi)(?!\w)")
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3}){1,4}(?![0-9]|[.,][0-9])")
_TORN = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){0,2}(?:\. | \.)[0-9]{3}(?:\.[0-9]{3})*(?![0-9]|,[0-9])")
_TORN_DECIMAL = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})*, [0-9]{1,2})(?= ?(?:%|tỷ|tỉ|triệu)(?!\w))")


def digits_at(view: str, at: int, *, alone: bool = False) -> Amount | None:
    """Give the number in digits that begins at `at`, with scale and continuation; None where it is too long to be one.

    `alone`: nothing else is written, so `1t` means a billion.
    """
    found = _NUMERAL.match(view, at)
    if found is None or found.end() - at > LONGEST:
        return None
    digits = found[0].rstrip(".,")
    amount = Amount(start=at, end=at + len(digits), digits=digits)
    _join_torn(view, amount)
    scale = _scale_at(view, amount.end)
    if scale:
        amount.scale, amount.end = scale
        _add_more(view, amount)
    else:
        _add_short(view, amount, alone=alone)
    return amount


def digits_end(view: str, at: int) -> int:
    """Give where the run of digits, dots and commas at `at` ends."""
    found = _NUMERAL.match(view, at)
    return found.end() if found else at + 1


def _join_torn(view: str, amount: Amount) -> None:
    """Take the second half of a number torn by a space: `10. 600`, `450 000 đ`, `41, 75 tỷ`."""
    for pattern in (_TORN, _SPACED, _TORN_DECIMAL):
        found = pattern.match(view, amount.start)
        if found and found.end() > amount.end and _fits(view, pattern, found):
            amount.end = found.end()
            joined = found[0].replace(" ", "")
            amount.digits = joined.replace(".", "") if pattern is _SPACED else joined
            amount.flags.add("split")
            return


_LOWER_NEXT = re.compile(r"[ ]?(?:[^\W\d_]|[%₫])")


def _fits(view: str, pattern: re.Pattern[str], found: re.Match[str]) -> bool:
    """A torn number is joined where something counted follows, and a list (`lần lượt`) is no torn number."""
    if pattern is _TORN_DECIMAL:
        return "lần lượt" not in view[max(0, found.start() - 30) : found.start()]
    return _LOWER_NEXT.match(view, found.end()) is not None


def _scale_at(view: str, at: int) -> tuple[int, int] | None:
    """Give the product of the words of scale at `at` (`nghìn tỷ`) and where they end."""
    size = 1
    end = at
    for _ in range(3):
        found = _SCALE.match(view, end)
        if found is None or (found[1] == "tr" and size > 1):
            break
        size *= _SIZES[found[1]]
        end = found.end()
    return (size, end) if size > 1 else None


def _add_more(view: str, amount: Amount) -> None:
    """`44 tỷ 500 triệu`, `1 triệu 200 nghìn`, `2 tỷ rưỡi`: smaller parts that follow."""
    size = amount.scale
    half = _HALF.match(view, amount.end)
    if half:
        amount.more, amount.step, amount.end = exact(size, 0) // 2, size / 2, half.end()
        return
    while "," not in amount.digits:
        found = _MORE.match(view, amount.end)
        if found is None:
            return
        smaller = SCALES[found[2]] if found[2] else 1
        if smaller >= size or int(found[1] or found[3]) * smaller >= size:
            return
        amount.more += int(found[1] or found[3]) * smaller
        amount.step, amount.end, size = smaller, found.end(), smaller


def _add_short(view: str, amount: Amount, *, alone: bool) -> None:
    """`10k`, `1tr5`, `3M`; `1t` and `2t3` only where nothing else is written."""
    found = _SHORT.match(view, amount.end)
    if found is None:
        return
    letter = found[1] or found[2]
    if letter in ("t", "g", "m") and not alone:
        return
    size = _SHORT_SIZES[letter]
    amount.end, amount.scale = found.end(), size
    if found[3]:
        amount.more, amount.step = int(found[3]) * size // 10, size / 10


_RUN_WORDS = sorted({*DIGITS, *TENS, HUNDRED, *SCALES, *LINKS, *HALVES, *POINTS, "nửa"} - {"củ"}, key=len, reverse=True)
_WORD = "(?:" + "|".join(_RUN_WORDS) + ")"
SPELLED = re.compile(rf"{_WORD}(?: {_WORD}){{0,40}}(?!\w)")
"""A run of words that spell numbers; many of them (`năm`, `ba`, `không`) mean other things as well."""

_PAIRS = frozenset(
    zip("một hai ba bốn năm sáu bảy tám".split(), "hai ba bốn năm sáu bảy tám chín".split(), strict=True)
)
_STRONG = TENS | {HUNDRED, *SCALES, *POINTS}
_PLAIN_DIGITS = frozenset("hai ba bốn năm sáu bảy bẩy tám chín".split())


@dataclass(slots=True)
class Words:
    """A run of number words trimmed to what can be a number."""

    amount: Amount
    strong: bool
    """True where it holds tens, hundreds or a scale: such words mean nothing else."""
    upper: Spelled | None = None
    """Of `hai ba nghìn`: the upper end of what is two or three thousand."""


def spelled_in(run: re.Match[str]) -> Words | None:
    """Give the number in a run of words inside running text; None where the words are meant otherwise."""
    words, start = run[0].split(" "), run.start()
    if words[0] == "nửa" or words[:2] == ["một", "nửa"]:
        return _half_of(words, start)
    while words and (words[0] in DIGITS or words[0] == "mười") and _leads_astray(words):
        start += len(words.pop(0)) + 1
    if not words or not (words[0] in DIGITS or words[0] == "mười"):
        return None
    while words and _trails(words):
        words.pop()
    if not words:
        return None
    upper = None
    if len(words) > 1 and (words[0], words[1]) in _PAIRS and (len(words) == 2 or words[2] in _STRONG):
        upper = read_spelled(words[1:])
        read = read_spelled([words[0], *words[2:]])
    else:
        read = read_spelled(words)
    if read is None:
        return None
    amount = Amount(start=start, end=start + len(" ".join(words)), spelled=read, kind="words")
    return Words(amount, any(word in _STRONG for word in words), upper)


def _trails(words: list[str]) -> bool:
    """Say whether the last word belongs to what follows: `hai nghìn không có`, `ba mươi năm`."""
    if words[-1] == "không":
        return len(words) > 1 and POINTS.isdisjoint(words)
    return words[-1] in LINKS | POINTS or year_noun(words)


def _leads_astray(words: list[str]) -> bool:
    """`năm hai nghìn ...`, `không một ai`: the first word belongs to what stands before."""
    first, second = words[0], words[1] if len(words) > 1 else ""
    if first in ("không", "năm") and (second in _PLAIN_DIGITS or second in ("một", "mười")):
        return (first, second) not in _PAIRS or len(words) > 2
    return first in ("mốt", "lăm", "nhăm", "tư") and second not in _STRONG


def year_noun(words: list[str]) -> bool:
    """`ba mươi năm`: a last `năm` counts years, unless `linh` or decimals ask for a digit."""
    return words[-1] == "năm" and len(words) > 1 and words[-2] not in LINKS and POINTS.isdisjoint(words)


def _half_of(words: list[str], start: int) -> Words | None:
    """`một nửa`, `nửa triệu`."""
    at = words.index("nửa") + 1
    if at < len(words) and words[at] in SCALES:
        size = SCALES[words[at]]
        return Words(
            Amount(
                start=start,
                end=start + len(" ".join(words[: at + 1])),
                spelled=Spelled(size // 2, size / 2),
                kind="words",
            ),
            True,
        )
    if words[0] != "một":
        return None
    return Words(Amount(start=start, end=start + len("một nửa"), spelled=Spelled(0.5, 0.1), kind="fraction"), True)
