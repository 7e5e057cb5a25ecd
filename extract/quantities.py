"""Every number of a text with its unit: `parse_quantities`.

One pass over the lower form: places where digits or number words stand are read as an amount (`quantities_amounts`), its
unit (`quantities_units`), a second end, and what is said about its exactness (`quantities_context`). Dates, document
numbers and names are passed over. Linear in the length of the text.
"""

from extract.quantities_alone import read_alone
from extract.quantities_reader import Reader
from extract.quantities_record import Quantity
from extract.text import lower_form

_SHORT_TEXT = 240
"""Longer texts are never one number by itself."""


def parse_quantities(text: str) -> list[Quantity]:
    """Give every number of `text` with span, value, unit and qualifier, in order; spans never overlap.

    `text` is contract text (spans hold in whatever was given). Dates, clock times, telephone and document numbers and
    numbers in names are left out; a year or `ba` standing all by itself is read as a number. Never fails.
    """
    view = lower_form(text)
    if len(text) <= _SHORT_TEXT:
        single = read_alone(text, view)
        if single is not None:
            return single
    return list(Reader(text, view).quantities())
