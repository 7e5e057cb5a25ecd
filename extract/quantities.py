"""Every number of a text with its unit: `parse_quantities`.

One pass over the lower form (`quantities_reader`): where digits or number words stand, an amount is read
(`quantities_amounts`, `quantities_spelled`), then its unit (`quantities_units`), a second end (`quantities_ranges`) and
what is said of its exactness (`quantities_context`). Dates, document numbers (`quantities_dates`) and names are passed
over. Words are data (`quantities.toml`). Linear in the length of the text.
"""

from extract.quantities_alone import read_alone
from extract.quantities_reader import quantities_in
from extract.quantities_record import Quantity
from extract.text import lower_form

_SHORT_TEXT = 240
"""Longer texts are never one number by itself."""


def parse_quantities(text: str, *, english: bool = False) -> list[Quantity]:
    """Give every number of `text` with span, value, unit and qualifier, in order; spans never overlap.

    `text` is contract text (spans hold in whatever was given). Dates, clock times, telephone and document numbers and
    numbers in names are left out; a year or `ba` standing all by itself is read as a number. Never fails.
    `english` says that the document of which `text` is a part parts thousands with commas (`numbers.looks_english`).
    """
    view = lower_form(text)
    if len(text) <= _SHORT_TEXT:
        single = read_alone(view, english=english)
        if single is not None:
            return single
    return list(quantities_in(text, view, english=english))
