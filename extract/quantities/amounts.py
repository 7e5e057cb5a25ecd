"""A number at one place of a text, with its words of scale, before its unit is known.

What `14,551` is worth depends on what follows, so an `Amount` keeps the digits and is asked for its value last.
"""

import re
from dataclasses import dataclass, field

from extract.numbers.digits import LONGEST, Meaning, read_numeral
from extract.numbers.words import SCALES, Spelled, exact
from extract.quantities.record import Kind


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
        numeral = read_numeral(self.digits, "scaled" if self.scale > 1 else meaning, english=english)
        if numeral is None:
            return None
        if numeral.english:
            self.flags.add("english-style")
        value = numeral.times(self.scale) + self.more
        step = self.step or self.scale / 10**numeral.decimals
        return (-value if self.negative else value), step / 2

    def unscaled(self, meaning: Meaning) -> tuple[float, float] | None:
        """Give value and precision of the digits alone, without words of scale."""
        numeral = read_numeral(self.digits, meaning)
        return (numeral.times(1), 0.5 / 10**numeral.decimals) if numeral else None

    def rough(self) -> float:
        """Give the number without its scale, to tell which of two is greater."""
        if self.spelled is not None:
            return self.spelled.value
        read = self.unscaled("scaled")
        return read[0] if read else 0.0


_NUMERAL = re.compile(r"[0-9][0-9.,]*")
_SCALE = re.compile(
    r"[ \t]{0,3}(nghìn|ngàn|triệu|tỷ|tỉ|vạn|trăm|chục|tr(?=[ .,;)]|$|đ(?!\w)))(?!(?!đ(?!\w))[^\W\d])"
    r"(?! (?:lệ|trọng|suất|phú|giá|số|lẻ)(?!\w))"
)
_SIZES = SCALES | {"trăm": 100, "chục": 10, "tr": 10**6}
_SHORT = re.compile(r"([kmgt])(?![^\W])|(tr|t)([0-9])(?![\w.,])")
_SHORT_SIZES = {"k": 10**3, "m": 10**6, "g": 10**9, "t": 10**9, "tr": 10**6}
_MORE = re.compile(
    r"[ ]{1,2}([0-9]{1,3})[ ]{0,2}(triệu|nghìn|ngàn)(?!\w)|[ ]{1,2}([0-9]{1,3})(?= ?(?:đồng|đ|người|vnđ|vnd)(?!\w))"
)
_HALF = re.compile(r" (?:rưỡi|rưởi)(?!\w)")
_TEAR = re.compile(r"[.,]? \.?[0-9]")
_TORN_AT = frozenset(" .,")
"""What stands behind the first half of a number torn by a space."""
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
    if view[amount.end : amount.end + 1] in _TORN_AT:
        _join_torn(view, amount)
    scale = scale_at(view, amount.end)
    if scale:
        amount.scale, amount.end = scale
        _add_more(view, amount)
    elif view[amount.end : amount.end + 1] in _SHORT_SIZES:
        _add_short(view, amount, alone=alone)
    return amount


def digits_end(view: str, at: int) -> int:
    """Give where the run of digits, dots and commas at `at` ends."""
    found = _NUMERAL.match(view, at)
    return found.end() if found else at + 1


def _join_torn(view: str, amount: Amount) -> None:
    """Take the second half of a number torn by a space: `10. 600`, `450 000 đ`, `41, 75 tỷ`."""
    if not _TEAR.match(view, amount.end):
        return
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


def scale_at(view: str, at: int) -> tuple[int, int] | None:
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
