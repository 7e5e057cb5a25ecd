"""Digits that count nothing: dates, clock times, telephone numbers, signs of documents, list numbers."""

import re

from extract.quantities.lexicon import any_word, word_set

_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:1[89]|20)[0-9]{2}"
_TIMES_OF_DAY = (
    r"[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?",
    r"[0-2]?[0-9] ?(?:giờ|h|g) ?[0-5][0-9](?: ?(?:phút|p|'))?",
    r"[0-2]?[0-9] ?(?:h|giờ)(?= (?:sáng|trưa|chiều|tối|đêm|ngày|hôm|kém|đến))",
    r"[0-2]?[0-9]h",
    r"24/24(?: ?(?:giờ|h))?",
    r"24/7",
)
_DATES = re.compile(
    r"(?=[0-9]{1,4} ?[/.:\-hg])(?:"  # most numbers go on otherwise, and need no closer look
    + "|".join(
        (
            rf"{_DAY} ?(?P<mark>[/.-]) ?{_MONTH} ?(?P=mark) ?(?:{_YEAR}|[0-9]{{2}})",
            rf"{_YEAR}[/-]{_MONTH}[/-]{_DAY}",
            rf"{_YEAR} ?[-/] ?(?:{_YEAR}|[0-9]{{2}})",
            rf"{_MONTH} ?[/-] ?{_YEAR}",
            rf"{_MONTH}\.{_YEAR}",
            *_TIMES_OF_DAY,
            r"[45]\.0",  # the fourth industrial revolution
        )
    )
    + rf")(?![0-9\w%]|[.,/][0-9])|{_DAY} ?(?P<sign>[/.-]) ?{_MONTH} ?(?P=sign) ?{_YEAR}(?=,[0-9])"
)
_DAY_MONTH = re.compile(rf"(?:{_DAY}[/-]{_MONTH}|{_MONTH}[/-]{_DAY})(?![0-9%/]|[.,][0-9])")
_PHONE = re.compile(
    r"(?:\(?0[0-9]{1,4}\)?[ .-]?[0-9]{2,4}[ .-]?[0-9]{3,4}(?:[ .-]?[0-9]{1,4})?"
    r"|1[89]00[ .-]?(?:[0-9]{4,6}|[0-9]{2}(?:[ .-][0-9]{2}){1,2}))(?![0-9%])"
)
_CODE = re.compile(r"[ ]?[-/][ ]?(?:[0-9]{4}[ ]?[-/][ ]?)?(?!VN[DĐ$])[A-ZĐÐ]{2}")
_ITEM = re.compile(r"(?:[0-9]{1,2}\.){0,3}[0-9]{1,2}[.)/](?=[\s*“(]{0,3}[^\W\d])|[0-9]{1,2} ?- ?(?=[A-ZÀ-ỸĐ])")
_ITEM_INSIDE = re.compile(r"[0-9]{1,2}[.)] ?(?=[A-ZÀ-ỸĐ])")
_ALSO = re.compile(r"(?:, ?| và | - |-|, và )([0-9]{1,4})(?![0-9]|[.,]?[0-9%/])")
_ONLY_YEAR = re.compile(_YEAR)
_DAY_BEFORE = word_set("day_before")
_SHARE_BEFORE = word_set("share_before")

DATE_YEAR_WORDS = word_set("year_before")
"""Words after which four digits are a year even where a countable noun follows."""


def skip_at(view: str, at: int) -> int:
    """Give where the date, clock time or telephone number that begins at `at` ends; `at` where none begins."""
    date = _DATES.match(view, at)
    if date:
        return date.end()
    phone = _PHONE.match(view, at) if view[at] in "01" else None
    if phone and 8 <= sum(char.isdigit() for char in phone[0]) <= 12:
        return phone.end()
    return at


def is_day_month(view: str, at: int, words: list[str], *, counted: bool) -> int:
    """Give the end of `30/4` or `12-6` at `at` where it reads as a day; `at` where it does not.

    `counted`: something that can be counted follows, so `3/5 xã` is no day unless a word before says so.
    """
    found = _DAY_MONTH.match(view, at)
    if found is None:
        return at
    first, _, second = found[0].replace("-", "/").partition("/")
    if int(first) > 31 or int(second) > 12:
        return at
    if counted and not (words and words[-1] in _DAY_BEFORE) and int(first) <= int(second):
        return at
    return found.end()


_PORTION = re.compile(r"(?<![0-9])([1-9]) ?/ ?([2-9]|10)$")
_PORTION_AFTER = re.compile(rf" {any_word('portion_after')}")
_PORTION_BEFORE = word_set("portion_before")


def is_portion(view: str, end: int, words: list[str]) -> bool:
    """Say whether the `2/3` that ends at `end` is two thirds of something, and not two of three nor a day."""
    found = _PORTION.search(view, max(0, end - 8), end)
    if found is None or int(found[1]) >= int(found[2]):
        return False
    if _PORTION_AFTER.match(view, end):
        return True
    return bool(words and words[-1] in _PORTION_BEFORE and view[end : end + 1] in (" ", ",", "", ")"))


def is_code(text: str, end: int) -> bool:
    """Say whether a number that ends at `end` goes on as a document's sign: `546/QĐ-TTg`, `28-NQ/TW`."""
    return _CODE.match(text, end) is not None


def list_number_end(text: str, at: int) -> int:
    """Give the end of a list number (`1.`, `2)`, `3.1.`) that opens the line at `at`; `at` where there is none."""
    if at > 1 and text[at - 2].isalnum() and text[at - 1] == " ":
        return at
    if text[at - 2 : at - 1] in (".", ":", ";") and text[at - 1 : at] == " ":
        inside = _ITEM_INSIDE.match(text, at)
        return inside.end() if inside else at
    begun = text.rfind("\n", max(0, at - 8), at) + 1
    if at - begun > 7 or text[begun:at].strip(' \t-*•+#“"(['):
        return at
    found = _ITEM.match(text, at)
    return found.end() if found else at


def next_name(view: str, at: int) -> int:
    """Give the end of a further number named with the one that ends at `at` (`điều 6, 7 và 8`); `at` where none is."""
    also = _ALSO.match(view, at)
    return also.end() if also else at


def is_year(digits: str) -> bool:
    """Say whether four digits look like a year of our time."""
    return _ONLY_YEAR.fullmatch(digits) is not None


_DOTTED = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}")


def is_dotted(digits: str, words: list[str]) -> bool:
    """Say whether a bare `15.5` or `2.30` is a day or the number of a clause: decimals take a comma."""
    return _DOTTED.fullmatch(digits) is not None and not (words and words[-1] in _SHARE_BEFORE)
