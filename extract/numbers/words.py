"""Numbers spelled in Vietnamese: `hai nghìn không trăm linh năm`, `một phẩy hai lăm triệu`, `tỷ rưỡi`.

`read_spelled` takes words in lower case and gives their value, or None where they make no number. It knows standard and
short forms (`một triệu hai`, `năm lăm`), not whether a word is meant as a number at all: that is context.
"""

from typing import NamedTuple

DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
TENS = frozenset({"mười", "mươi", "chục"})
HUNDRED = "trăm"
SCALES = {"nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "củ": 10**6, "tỷ": 10**9, "tỉ": 10**9}
LINKS = frozenset({"linh", "lẻ", "lẽ"})
HALVES = frozenset({"rưỡi", "rưởi"})
POINTS = frozenset({"phẩy", "phảy", "chấm"})
SIGNS = frozenset({"âm", "trừ"})
OVERS = frozenset({"phần", "trên", "chia"})
_PLAIN = frozenset(DIGITS) | TENS
BILLION = 10**9
_MAX_WORDS = 60


class Spelled(NamedTuple):
    """A spelled number: its value, and what one step of its last digit is worth."""

    value: float
    step: float


def read_spelled(words: list[str]) -> Spelled | None:
    """Give the number that all of `words` together spell, with its sign; None where they spell none."""
    if not words or len(words) > _MAX_WORDS:
        return None
    if words[0] in SIGNS:
        read = read_spelled(words[1:]) if len(words) > 1 and words[1] not in SIGNS else None
        return Spelled(-read.value, read.step) if read else None
    for at, word in enumerate(words):
        if word in POINTS:
            return _with_decimals(words[:at], words[at + 1 :])
    return _whole(words)


def read_fraction(words: list[str]) -> Spelled | None:
    """Give the value of `hai phần ba`, `ba trên bốn`, `một chia tám`; None where the words are no fraction."""
    if words and words[0] in SIGNS:
        read = read_fraction(words[1:])
        return Spelled(-read.value, 0.0) if read else None
    for at, word in enumerate(words):
        if word in OVERS:
            above, below = read_spelled(words[:at]), read_spelled(words[at + 1 :])
            if above and below and below.value:
                return Spelled(above.value / below.value, 0.0)
            return None
    return None


def exact(whole: int, decimals: int, scale: int = 1) -> float:
    """Give `whole / 10**decimals * scale`, an int where it is one: no dust of binary fractions in 1,85 triệu."""
    size: int = 10**decimals
    value, rest = divmod(whole * scale, size)
    return value if rest == 0 else whole * scale / size


def _with_decimals(before: list[str], after: list[str]) -> Spelled | None:
    """`một trăm phẩy không năm`, with words of scale at the end: `một phẩy năm triệu`."""
    scale, end = 1, len(after)
    while end and after[end - 1] in SCALES:
        end -= 1
        scale *= SCALES[after[end]]
    digits = _decimal_digits(after[:end])
    whole = _whole(before) if before else Spelled(0, 1)
    if digits is None or whole is None or whole.value != int(whole.value):
        return None
    value = exact(int(whole.value) * 10 ** len(digits) + int(digits), len(digits), scale)
    return Spelled(value, scale / 10 ** len(digits))


def _decimal_digits(words: list[str]) -> str | None:
    """`không năm` → 05, `hai tư` → 24, `mười một` → 11."""
    if not words:
        return None
    if all(word in DIGITS for word in words):
        return "".join(str(DIGITS[word]) for word in words)
    value = _small(words)
    return None if value is None else str(value)


class _Sum:
    """What the words read so far add up to: whole billions, and what stands below the next billion."""

    def __init__(self) -> None:
        self.billions = 0
        self.below = 0
        self.last = 0
        """The last word of scale; 0 before the first."""
        self.step = 1.0

    def scale(self, size: int, group: int | None) -> bool:
        """Take a word of scale with the group before it (None where none is said); False where it cannot stand."""
        self.step = size
        if size == BILLION:
            base = self.below + (group or 0)
            if base:
                self.billions += base * BILLION
            elif self.last == BILLION and self.billions:
                self.billions *= BILLION
            else:
                self.billions += BILLION
            self.below, self.last = 0, BILLION
            return True
        if self.below and self.last < size:  # một nghìn hai trăm triệu: all of it counts millions
            self.below = (self.below + (group or 0)) * size
        elif self.last == size:
            return False
        else:
            self.below += (1 if group is None else group) * size
        self.last = size
        return True


def _whole(words: list[str]) -> Spelled | None:
    """A whole number, or one with `rưỡi`."""
    total, group, linked, half = _Sum(), list[str](), False, 0.0
    for word in words:
        if word in SCALES:
            value = _small(group) if group else None
            if (group and value is None) or not total.scale(SCALES[word], value):
                return None
            group, linked = [], False
        elif word in LINKS:
            if group:
                group.append("linh")
            linked = True
        elif word in HALVES:
            if half or not (group or total.last):
                return None
            half = _half(group, total.last)
            total.step = half
        elif word in DIGITS or word in TENS or word == HUNDRED:
            group.append(word)
        else:
            return None
    if not group and not total.last and not half:
        return None
    rest = _rest(group, total.last, short=not linked and not half)
    if rest is None:
        return None
    if group and total.step >= 1:
        total.step = total.last / 10 if rest != _small(group) else 1
    together = total.billions + total.below + rest + half
    return Spelled(int(together) if together == int(together) else together, total.step)


def _half(group: list[str], last: int) -> float:
    """What `rưỡi` adds: half of the unit before it."""
    if not group:
        return last / 2
    return 50 if group[-1] == HUNDRED else 0.5


def _rest(group: list[str], last: int, *, short: bool) -> int | None:
    """The words after the last word of scale: `một triệu hai` is short for two hundred thousand."""
    if not group:
        return 0
    if short and last and len(group) == 1 and DIGITS.get(group[0]):
        return DIGITS[group[0]] * last // 10
    return _small(group)


def _small(group: list[str]) -> int | None:
    """A number below a thousand (or digits read out one by one)."""
    if HUNDRED not in group:
        return _below_hundred(group, spoken=True)
    at = group.index(HUNDRED)
    before, after = group[:at], group[at + 1 :]
    if HUNDRED in after:
        return None
    hundreds = 1 if not before else _below_hundred(before, spoken=False)
    if hundreds is None:
        return None
    if not after:
        return hundreds * 100
    if after[0] == "linh":
        rest = _below_hundred(after[1:], spoken=False)
    elif len(after) == 1 and after[0] in DIGITS:
        rest = DIGITS[after[0]] * 10 if hundreds else DIGITS[after[0]]
    else:
        rest = _below_hundred(after, spoken=False)
    return None if rest is None or rest >= 100 else hundreds * 100 + rest


def _below_hundred(group: list[str], *, spoken: bool) -> int | None:
    """Tens and units. `spoken` also takes `hai mươi` after a digit as `2` `20`: `bốn hai mươi ba` is 423."""
    if not group or not _PLAIN.issuperset(group):
        return None
    tens = [at for at, word in enumerate(group) if word in TENS]
    if len(tens) > 1:
        return None
    if not tens:
        digits = "".join(str(DIGITS[word]) for word in group)
        return int(digits) if len(digits) <= (9 if spoken else 2) else None
    at = tens[0]
    before, after = group[:at], group[at + 1 :]
    if group[at] == "mười" and before:  # hai mười ba: 2 and 13
        text = f"{DIGITS[before[-1]]}1"
        before = before[:-1]
    elif before:
        text = str(DIGITS[before[-1]])
        before = before[:-1]
    else:
        text = "1"
    text = "".join(str(DIGITS[word]) for word in before) + text + ("".join(str(DIGITS[word]) for word in after) or "0")
    return int(text) if len(text) <= (3 if spoken else 2) else None
