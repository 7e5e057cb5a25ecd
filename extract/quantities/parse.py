"""Every number of a text with its unit: `parse_quantities`.

One pass over the lower form (`reader`): where digits or number words stand, an amount is read
(`amounts`, `spelled`), then its unit (`units`), a second end (`ranges`) and
what is said of its exactness (`context`). Dates, document numbers (`dates`) and names are passed
over. Words are data (`lexicon.toml`). Linear in the length of the text.
"""

from extract.quantities.alone import read_alone
from extract.quantities.reader import quantities_in
from extract.quantities.record import Quantity
from extract.text import expect, lower_form

_SHORT_TEXT = 240
"""Longer texts are never one number by itself."""


def parse_quantities(text: str, *, english: bool = False) -> list[Quantity]:
    """Give every number of `text` with span, value, unit and qualifier, in order; spans never overlap.

    `text` is contract text (spans hold in whatever was given). Dates, clock times, telephone and document numbers and
    numbers in names are left out; a year or `ba` standing all by itself is read as a number. Of text it never fails.
    `english` says that the document of which `text` is a part parts thousands with commas (`numbers.looks_english`).
    """
    expect(text, (str,), "text", "hand in the text itself")
    view = lower_form(text)
    if len(text) <= _SHORT_TEXT:
        single = read_alone(view, english=english)
        if single is not None:
            return single
    return list(quantities_in(text, view, english=english))
