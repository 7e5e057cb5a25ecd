"""Expressions that are one number and nothing else: a table's cell, a form's field, `ba`, `-1,2M`, `2024`.

Here a year, a `không` or a `t` for billions is a number because nothing else can be meant.
"""

import re

from extract.numbers.words import (
    DIGITS,
    HALVES,
    HUNDRED,
    LINKS,
    OVERS,
    POINTS,
    SCALES,
    SIGNS,
    TENS,
    read_fraction,
    read_spelled,
)
from extract.quantities.amounts import Amount, digits_at
from extract.quantities.dates import is_day_month, skip_at
from extract.quantities.record import Quantity
from extract.quantities.spelled import year_noun

_ALL_WORDS = frozenset({*DIGITS, *TENS, HUNDRED, *SCALES, *LINKS, *HALVES, *POINTS, *SIGNS, *OVERS})
_WORDS = re.compile(r"\s*([^\W\d_]+(?: +[^\W\d_]+)*)\s*[.!?]?\s*")
_DIGITS = re.compile(r"\s*(?P<sign>-[ ]?|âm |trừ )?(?P<lead>[.,](?=[0-9]))?(?P<number>[0-9][^;:%]*)")
_OVER = re.compile(r"([0-9][0-9.,]*) ?/ ?([0-9][0-9.,]*)\s*")


def read_alone(view: str, *, english: bool = False) -> list[Quantity] | None:
    """Give the one number that a text is, an empty list where it is a date; None where it is more than a number.

    `view` is its lower form; `english` says that its document parts thousands with commas.
    """
    words = _WORDS.fullmatch(view)
    if words:
        return _spelled(words)
    digits = _DIGITS.match(view)
    if digits is None:
        return None
    at = digits.start("number")
    if skip_at(view, at) == len(view.rstrip()):
        return []
    over = _OVER.fullmatch(view, at)
    if over:
        return _fraction(view, over, at)
    amount = _amount(view, digits, at)
    if amount is None or view[amount.end :].strip(" \t\n.!?"):
        return None
    amount.negative = digits["sign"] is not None
    read = amount.value("bare" if english else "alone", english=english)
    if read is None or (amount.digits[0] == "0" and amount.digits.isdigit() and len(amount.digits) > 2):
        return []
    start = digits.start("sign") if digits["sign"] else amount.start
    return [_quantity(start, amount, read, money=view.startswith(("tỷ", "tỉ"), amount.end - 2))]


def _amount(view: str, digits: re.Match[str], at: int) -> Amount | None:
    """Read the digits; `,77` is 0,77."""
    amount = digits_at(view, at, alone=True)
    if amount is not None and digits["lead"]:
        if not amount.digits.isdigit():
            return None
        amount.start, amount.digits = at - 1, "0," + amount.digits
    return amount


def _spelled(found: re.Match[str]) -> list[Quantity] | None:
    words = found[1].split()
    if not _ALL_WORDS.issuperset(words) or words[-2:] == ["phần", "trăm"] or (len(words) > 2 and year_noun(words)):
        return None
    fraction = read_fraction(words)
    read = fraction or read_spelled(words)
    if read is None:
        return None
    return [
        Quantity(
            start=found.start(1),
            end=found.end(1),
            value=read.value,
            kind="fraction" if fraction else "words",
            number_start=found.start(1),
            number_end=found.end(1),
            precision=read.step / 2,
        )
    ]


def _fraction(view: str, over: re.Match[str], at: int) -> list[Quantity]:
    above, below = over[1].rstrip(".,"), over[2].rstrip(".,")
    top = Amount(start=at, end=at, digits=above).value("count", english=False)
    bottom = Amount(start=at, end=at, digits=below).value("count", english=False)
    if top is None or bottom is None or not bottom[0]:
        return []
    if top[0] >= bottom[0] and is_day_month(view, at, [], counted=False) > at:
        return []
    amount = Amount(start=at, end=over.start(2) + len(below), kind="fraction")
    return [_quantity(at, amount, (top[0] / bottom[0], 0.0))]


def _quantity(start: int, amount: Amount, read: tuple[float, float], *, money: bool = False) -> Quantity:
    """Build the quantity; `money`: who writes no unit behind billions means đồng."""
    flags = amount.flags | ({"negative"} if amount.negative else set()) | ({"unit-assumed"} if money else set())
    return Quantity(
        start=start,
        end=amount.end,
        value=read[0],
        unit="VND" if money else None,
        kind=amount.kind,
        number_start=start,
        number_end=amount.end,
        precision=read[1],
        flags=tuple(sorted(flags)),
    )
