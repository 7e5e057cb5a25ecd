"""Units as the press writes them, right after a number: `người`, `%`, `đồng`, `lượt người`, `/tháng`."""

import re
from typing import NamedTuple

from extract.quantities.lexicon import NOT_AFTER, NOUNS, PER


class Unit(NamedTuple):
    """A unit found after a number."""

    name: str
    """`person`, `percent`, `VND`, ... (see `Quantity.unit`)."""
    noun: str
    """As written, in lower case; `""` where it is understood."""
    start: int
    end: int
    per: str = ""
    """What follows a slash: `tháng`; then `end` is behind it."""


_FIRST = re.compile(r"[ \t]{0,3}([^\W\d_]+[23²]?|[₫‰])")
_PERCENT = re.compile(r"[ \t]{0,3}(?:/[ ]?)?%")
_PER = re.compile(rf" ?/ ?({'|'.join(map(re.escape, PER))})(?!\w)")
_NUMBERED = frozenset({"place", "school", "paper", "event", "thing", "point"})
_TIMES = frozenset({"year", "month", "day", "hour"})
_NEXT_NUMBER = re.compile(r"[ ]?[0-9]")
_NEXT_DATE = re.compile(
    r"[ ]?(?:[0-9]{4}|[12]?[0-9]|3[01])(?![0-9]|[.,][0-9])"
    r"(?! ?(?:tháng|ngày|giờ|phút|tuần|người|hộ|tỷ|tỉ|triệu|đồng|%))"
)


def unit_at(text: str, view: str, at: int) -> Unit | None:
    """Give the unit that begins at `at` (spaces before it allowed), with what it is counted per; None where none does.

    `view` is the lower form of `text`.
    """
    percent = _PERCENT.match(view, at)
    if percent:
        return _with_per(view, Unit("percent", "%", percent.end() - 1, percent.end()))
    first = _FIRST.match(view, at)
    if first is None:
        return None
    start = first.start(1)
    for noun, name in NOUNS.get(first[1], ()):
        end = start + len(noun)
        if not view.startswith(noun, start) or view[end : end + 1].isalpha():
            continue
        if _is_meant(text, view, name, (start, end)):
            return _with_per(view, Unit(name, noun, start, end))
    return None


def _is_meant(text: str, view: str, name: str, span: tuple[int, int]) -> bool:
    """Say whether the word is a unit here, and no name (`Đồng Nai`) nor the beginning of another phrase."""
    start, end = span
    written = text[start:end]
    if written[0].isupper() and written[1:2].islower() and name != "USD":
        return False
    other = NOT_AFTER.get(view[start:end])
    if other is not None and other.match(view, end) and not (name == "VND" and view[start - 2 : start - 1].isalpha()):
        return False
    if (name in _NUMBERED and _NEXT_NUMBER.match(view, end)) or (name in _TIMES and _NEXT_DATE.match(view, end)):
        return False  # 95 năm 2020, 31.669 phường 12: the noun belongs to the next number
    return not (name == "place" and text[end : end + 1] == " " and text[end + 1 : end + 2].isupper())


def _with_per(view: str, unit: Unit) -> Unit:
    per = _PER.match(view, unit.end)
    return unit._replace(per=per[1], end=per.end()) if per else unit
