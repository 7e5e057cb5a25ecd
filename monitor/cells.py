"""What stands in the cells of a printed table: words, numbers and days as the reader writes them.

Only tables are worded; CSV and JSON keep the fields as they are. What is typed again on a command line (indicators,
measures, codes, ids, kinds) stays as it is typed.
"""

from datetime import date, datetime
from typing import Any

from monitor import words
from monitor.language import say
from monitor.notes import reason

CODES = ("reasons", "flags", "status", "verdict")
"""Columns of codes that have words."""
DAYS = ("period_start", "period_end", "base_end", "published", "started", "finished", "ended", "at", "last", "verified")
NUMBERS = ("obs_value", "value", "target", "forecast", "expected", "computed_share", "reported_share", "pace_of_past",
           "difference")  # fmt: skip
_WORDS = {
    "settled": ("đã chốt", "settled"), "derived": ("suy ra", "derived"),
    "seen": ("đã thấy", "seen"), "reported": ("nghe nói", "reported"), "guessed": ("phỏng đoán", "guessed"),
    "never": ("chưa", "never"), "ok": ("tốt", "ok"), "warn": ("cần xem", "look"), "bad": ("hỏng", "bad"),
    "accept": ("chấp nhận", "accepted"), "reject": ("bác bỏ", "rejected"), "correct": ("sửa", "corrected"),
    "undo": ("hoàn tác", "undone"),
}  # fmt: skip


def cell(column: str, value: Any) -> Any:
    """Give a cell's value as people read it; what has no words of its own stays as it is."""
    if isinstance(value, bool):
        return say("có", "yes") if value else say("không", "no")
    if column in CODES or column in ("address", "state"):
        return _worded(value)
    if column == "unit" and isinstance(value, str):
        return words.unit(value)
    if column in DAYS:
        return _day(value)
    if column in NUMBERS and isinstance(value, (int, float)):
        return words.number(value)
    return value


def _worded(value: Any) -> Any:
    """Word a code, or each of several."""
    if isinstance(value, (list, tuple)):
        return ", ".join(str(_worded(one)) for one in value)
    if not isinstance(value, str):
        return value
    return say(*_WORDS[value]) if value in _WORDS else reason(value)


def _day(value: Any) -> Any:
    """Write a day or an instant, also one kept as text; what is neither (`2018`, `2024-11`) stays."""
    if isinstance(value, str) and len(value) >= 10:
        try:
            value = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
        except ValueError:
            return value
    if isinstance(value, datetime):
        return words.moment(value)
    if isinstance(value, str):
        return say(*_WORDS.get(value, (value, value)))
    return words.day(value) if isinstance(value, date) else value
