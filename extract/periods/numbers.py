"""Numbers in words as dates use them, Roman quarters, years of two digits."""

import re

from extract.periods.words import NUMBERS, ROMAN, SHIFTS


def number(word: str) -> int:
    """Value of digits or of number words up to 99 (`hai mươi tư`, `hai tư`, `mười lăm`); `giêng` 1, `chạp` 12."""
    if word[0].isdigit():
        return int(word)
    if word in ("giêng", "chạp"):
        return 1 if word == "giêng" else 12
    return two_digits(word.split())


def two_digits(words: list[str]) -> int:
    """Value of the words of a number below 100; digit by digit where they are two single digits (`hai ba` is 23)."""
    values = [5 if w == "năm" else NUMBERS[w] for w in words if w not in ("linh", "lẻ", "mươi")]
    if "mươi" in words or (len(values) == 2 and values[0] < 10):
        return values[0] * 10 + sum(values[1:2])
    return sum(values[:2])


def year_of_words(text: str) -> int | None:
    """Year spelled as a number or digit by digit (`hai nghìn không trăm hai mốt`, `hai không mười ba`); else None."""
    words = text.split()
    values = [5 if w == "năm" else NUMBERS[w] for w in words]
    if 1000 in values:
        at = values.index(1000)
        total, rest = values[0] * 1000, words[at + 1 :]
        if 100 in values[at + 1 :]:
            hundred = values.index(100, at + 1)
            total, rest = total + values[hundred - 1] * 100, words[hundred + 1 :]
        return total + (two_digits(rest) if rest else 0) if at == 1 else None
    if len(values) < 3 or max(values[:2]) > 9:
        return None
    return values[0] * 1000 + values[1] * 100 + two_digits(words[2:])


def year_parts(match: re.Match[str]) -> tuple[int | None, int | None]:
    """Year, or its distance from the reference's, of a match of the `YEAR` pattern; None, None without one."""
    groups = match.groupdict()
    for name in ("y", "y3", "y4", "y5"):
        if groups.get(name):
            return int(groups[name]), None
    if groups.get("y2"):
        return of_century(int(groups["y2"])), None
    if groups.get("yw"):
        return year_of_words(groups["yw"]), None
    if groups.get("ys"):
        return None, SHIFTS[groups["ys"]]
    return None, None


def of_century(two: int) -> int:
    """Year of two digits: 00 to 49 are 2000 to 2049."""
    return two + (2000 if two < 50 else 1900)


def roman(numeral: str) -> int:
    """Value of a Roman numeral in lower case, up to xxxix."""
    if numeral in ROMAN:
        return ROMAN[numeral]
    values = {"i": 1, "v": 5, "x": 10, " ": 0}
    total = 0
    for one, following in zip(numeral, numeral[1:] + " ", strict=True):
        total += -values[one] if values[following] > values[one] else values[one]
    return total
