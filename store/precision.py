"""How exactly a figure was written, and which true values it allows: pure.

`1,85 triệu` says its value to 5.000, `8.475` to the unit, `98,9%` to 0,05. `hơn`, `gần`, `khoảng` open the interval on
their side. Two figures agree where their intervals meet.
"""

import re
from functools import lru_cache

WORDS = {"tỷ": 1e9, "tỉ": 1e9, "triệu": 1e6, "nghìn": 1e3, "ngàn": 1e3, "trăm": 1e2}
"""Words that multiply."""

LEEWAY = 0.2
"""`hơn 1 triệu` is at most this share above what it says, however round the number is."""

ABOUT = 0.03
"""`khoảng`, `xấp xỉ`: at least this share on both sides."""

MOST_BY_WORD, MOST_BY_ZEROS = 0.05, 0.02
"""Most that a figure with a word (`1 triệu`) or with zeros at its end (`30.000`) is rounded, as a share of itself."""

_WORD = re.compile(rf"\b(?:{'|'.join(WORDS)})\b")
_NUMBER = re.compile(r"\d[\d.,]*")


@lru_cache(maxsize=65536)
def half_width(quote: str, value: float) -> float:
    """Give half the step in which a figure is written, in base units, from its quote and value."""
    numbers = list(_NUMBER.finditer(quote))
    if not numbers:
        return _rounded(value)
    last = numbers[-1]
    scale = 1.0
    for word in set(_WORD.findall(quote[last.end() :].lower())):
        scale *= WORDS[word]
    digits = last.group().rstrip(".,")
    decimals = _decimals(digits, value, scale)
    if scale == 1.0 and decimals == 0:
        return _rounded(value)
    half = scale * 10.0**-decimals / 2
    return half if scale == 1.0 else min(half, MOST_BY_WORD * abs(value))


def _rounded(value: float) -> float:
    """Give half the step of a number written out; `30.000` may be rounded, but not so far that 34.000 is meant."""
    return min(_step_of_value(value) / 2, max(0.5, MOST_BY_ZEROS * abs(value)))


def _decimals(digits: str, value: float, scale: float) -> int:
    """Count the digits after the decimal sign; dots before three digits are thousands, as the value bears out."""
    match = re.search(r"[.,](\d+)$", digits)
    if not match:
        return 0
    places = len(match.group(1))
    plain = float(re.sub(r"[.,]", "", digits)) * scale
    return 0 if plain and abs(abs(value) - plain) <= plain * 1e-9 else places


def _step_of_value(value: float) -> float:
    """Give the step of a number written out: 10.000 for 180.000, 1 for 8.475 and for what has fewer than 3 zeros."""
    number = abs(value)
    if number == 0 or number != int(number):
        return 1.0 if number == 0 else 10.0 ** -len(repr(number).split(".")[-1])
    text = str(int(number))
    zeros = len(text) - len(text.rstrip("0"))
    return 10.0**zeros if zeros >= 3 else 1.0


def interval(value: float, qualifier: str, half: float) -> tuple[float, float]:
    """Give the least and the greatest true value that a figure allows."""
    step, size = 2 * half, abs(value)
    if qualifier == "=":
        return value - half, value + half
    if qualifier == "~":
        reach = max(step, ABOUT * size)
        return value - reach, value + reach
    reach = min(max(step, ABOUT * size), max(LEEWAY * size, half))
    if qualifier == ">":
        return value - half, value + reach
    if qualifier == "<":
        return value - reach, value + half
    if qualifier == ">=":
        return value - half, value + max(reach, LEEWAY * size)
    return value - max(reach, LEEWAY * size), value + half


def is_rough(value: float, qualifier: str, half: float, unit: str) -> bool:
    """Say whether a figure is told only roughly: with a qualifier, or rounded to more than a thousandth of itself."""
    return qualifier != "=" or (unit != "percent" and half > 0.5 and half > 0.001 * abs(value))
