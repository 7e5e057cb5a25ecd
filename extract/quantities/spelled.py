"""Spelled numbers inside running text: which words of a run belong to a number, and whether they mean one."""

import re
from dataclasses import dataclass
from itertools import pairwise

from extract.numbers.words import DIGITS, HALVES, HUNDRED, LINKS, POINTS, SCALES, TENS, Spelled, read_spelled
from extract.quantities.amounts import Amount

_RUN_WORDS = sorted({*DIGITS, *TENS, HUNDRED, *SCALES, *LINKS, *HALVES, *POINTS, "nửa"} - {"củ"}, key=len, reverse=True)
# `tỷ lệ`, `tư nhân` are words of their own.
_OTHER = {"tỷ": " (?:lệ|trọng|phú|suất)", "tỉ": " (?:lệ|trọng|phú|suất)", "tư": " (?:nhân|vấn|pháp|tưởng|thục)"}
_WORD = "(?:" + "|".join(f"{word}(?!{_OTHER[word]})" if word in _OTHER else word for word in _RUN_WORDS) + ")"
SPELLED = re.compile(rf"{_WORD}(?: {_WORD}){{0,40}}(?!\w)")
"""A run of words that spell numbers; many of them (`năm`, `ba`, `không`) mean other things as well."""

_UP = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_PAIRS = frozenset(pairwise(_UP)) | {("năm", "bảy")}
_STRONG = TENS | {HUNDRED, *SCALES, *POINTS}


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
    words = _up_to_years(words)
    while words and _trails(words):
        words.pop()
    if not words or (len(words) > 1 and _STRONG.isdisjoint(words) and tuple(words) not in _PAIRS):
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


def _up_to_years(words: list[str]) -> list[str]:
    """`một năm một lần`, `hai mươi năm hai tháng`: a `năm` between two numbers counts years and ends the first."""
    for at in range(1, len(words) - 1):
        if words[at] == "năm" and words[at + 1] in DIGITS and year_noun(words[: at + 1]):
            if words[at - 1] in SCALES or words[at - 1] == HUNDRED:
                continue
            return words[:at]
    return words


def _trails(words: list[str]) -> bool:
    """Say whether the last word belongs to what follows: `hai nghìn không có`, `ba mươi năm`."""
    if words[-1] == "không":
        return len(words) > 1 and POINTS.isdisjoint(words)
    return words[-1] in LINKS | POINTS or year_noun(words)


def _leads_astray(words: list[str]) -> bool:
    """`năm hai nghìn ...`, `không một ai`: the first word belongs to what stands before."""
    first, second = words[0], words[1] if len(words) > 1 else ""
    if first in ("không", "năm") and (second in _UP or second in ("bẩy", "mười")):
        return (first, second) not in _PAIRS or len(words) > 2
    return first in ("mốt", "lăm", "nhăm", "tư") and second not in _STRONG


def year_noun(words: list[str]) -> bool:
    """`ba mươi năm`: a last `năm` counts years, unless `linh` or decimals ask for a digit."""
    return words[-1] == "năm" and len(words) > 1 and words[-2] not in LINKS and POINTS.isdisjoint(words)


def _half_of(words: list[str], start: int) -> Words | None:
    """`một nửa`, `nửa triệu`."""
    at = words.index("nửa") + 1
    if at < len(words) and words[at] in SCALES:
        read, end, kind = Spelled(SCALES[words[at]] // 2, SCALES[words[at]] / 2), at + 1, "words"
    elif words[0] == "một":
        read, end, kind = Spelled(0.5, 0.1), 2, "fraction"
    else:
        return None
    amount = Amount(start=start, end=start + len(" ".join(words[:end])), spelled=read)
    amount.kind = "fraction" if kind == "fraction" else "words"
    return Words(amount, strong=True)
