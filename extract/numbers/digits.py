"""Numbers in digits: what `8.475`, `98,9`, `704,020`, `100.4` and `2.944.651.234` are worth.

A dot or a comma with three digits after it parts thousands or decimals, and papers do both on one page. What the number
counts decides: people do not come in thousandths, percentages not in thousands; else the manner of the document does.
"""

import re
from typing import Literal, NamedTuple

from extract.numbers.words import exact

Meaning = Literal["count", "percent", "scaled", "bare", "alone"]
"""What the number stands before: things or money; `%`; a word of scale (`tỷ`); nothing known; nothing at all."""

LONGEST = 32
"""More characters than this are no number anybody reports (and no trap for `int`)."""


class Numeral(NamedTuple):
    """A number in digits: `whole / 10**decimals`."""

    whole: int
    decimals: int
    english: bool
    """True where commas part its thousands or a dot its decimals."""

    def times(self, scale: int) -> float:
        """Give the value times `scale`, an int where it is whole."""
        return exact(self.whole, self.decimals, scale)


_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")


def read_numeral(digits: str, meaning: Meaning, *, english: bool = False) -> Numeral | None:
    """Give what `digits` (digits, dots and commas; first and last are digits) is worth, None where it is no number.

    `english` says that the document parts thousands with commas; it decides only where nothing else does.
    """
    if len(digits) > LONGEST:
        return None
    dots, commas = digits.count("."), digits.count(",")
    if not dots and not commas:
        return Numeral(int(digits), 0, False)
    if dots and commas:
        return _both(digits, meaning)
    mark = "." if dots else ","
    left, _, right = digits.partition(mark)
    if dots + commas > 1:
        return _thousands(digits, mark) if _GROUPED.fullmatch(digits) else None
    if _GROUPED.fullmatch(digits) and _parts_thousands(mark, meaning, english=english):
        return _thousands(digits, mark)
    return Numeral(int(left + right), len(right), mark == ".")


def _parts_thousands(mark: str, meaning: Meaning, *, english: bool) -> bool:
    """Say whether a single mark before exactly three digits parts thousands."""
    if meaning == "count":
        return True
    if meaning == "percent":
        return False
    if mark == ".":
        return True
    return english and meaning != "alone"


def _thousands(digits: str, mark: str) -> Numeral:
    return Numeral(int(digits.replace(mark, "")), 0, mark == ",")


def _both(digits: str, meaning: Meaning) -> Numeral | None:
    """Dots and commas together: the last kind marks decimals if it stands once, the other parts thousands."""
    last = "," if digits.rfind(",") > digits.rfind(".") else "."
    other = "." if last == "," else ","
    whole, _, right = digits.rpartition(last)
    if last in whole or not _GROUPED.fullmatch(whole) or other not in whole:
        mixed = digits.replace(other, last)  # 1.234,567.890: one hand, two habits
        return _thousands(mixed, last) if meaning == "count" and _GROUPED.fullmatch(mixed) else None
    if meaning == "count" and len(right) == 3:
        return _thousands(digits.replace(other, last), last)
    return Numeral(int(whole.replace(other, "") + right), len(right), last == ".")


_ENGLISH = re.compile(
    r"[0-9]{1,3}(?:(?:,[0-9]{3}){2,}(?![0-9.,])|,[0-9]{3} ?(?:người|hộ|đ)|(?<![.,][0-9]{3})\.[0-9]{1,2} ?%)"
)


def looks_english(view: str) -> bool:
    """Say whether a text (lower form) somewhere parts thousands with commas or decimals with a dot."""
    return _ENGLISH.search(view) is not None
