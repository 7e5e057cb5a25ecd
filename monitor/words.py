"""Numbers, days, places and measures as people write them, in Vietnamese or English.

Vietnamese: `8.475`, `98,9 %` with a narrow no-break space, `30/4/2020`, `1,85 triệu`. English: `8,475`, `98.9%`,
`30 Apr 2020`. Everything here is pure: the same value gives the same words.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from monitor.language import language, say

_T = TypeVar("_T")
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NARROW = "\u202f"
"""Narrow no-break space: before `%` and between a number and its unit's sign."""
MINUS = "\u2212"
STEPS = "▁▂▃▄▅▆▇█"
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What moves a cursor or turns the direction of text: no Vietnamese or English word needs it."""

_WEEKDAYS_VI = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
_QUALIFIERS_VI = {"=": "", "~": "khoảng ", ">": "hơn ", "<": "gần ", ">=": "ít nhất ", "<=": "tối đa "}
_QUALIFIERS_EN = {"=": "", "~": "about ", ">": "over ", "<": "nearly ", ">=": "at least ", "<=": "at most "}
_UNITS = {
    "person": ("người", "people"),
    "employer": ("đơn vị", "employers"),
    "agent": ("đại lý", "agents"),
    "collection_point": ("điểm thu", "collection points"),
    "household": ("hộ", "households"),
    "staff": ("nhân viên", "staff"),
    "book": ("sổ", "books"),
    "card": ("thẻ", "cards"),
    "visit": ("lượt", "visits"),
    "case": ("trường hợp", "cases"),
    "times": ("lần", "times"),
}
_MEASURES = {
    "level": ("số hiện có", "level"),
    "gain": ("phát triển mới", "newly enrolled"),
    "change": ("tăng/giảm", "change"),
    "change_pct": ("tăng/giảm theo %", "change in %"),
    "target": ("chỉ tiêu", "target"),
    "target_pct": ("tiến độ so với kế hoạch", "share of the plan"),
    "target_gap": ("còn thiếu so với kế hoạch", "missing to the plan"),
    "coverage_pct": ("tỷ lệ bao phủ", "coverage"),
    "uncovered": ("chưa tham gia", "not covered"),
    "share_pct": ("tỷ trọng", "share"),
    "rate": ("tỷ lệ nợ", "arrears rate"),
}


def number(value: float, decimals: int | None = None) -> str:
    """Write a number with the language's separators; `decimals` None keeps what is there, at most 3 places."""
    text = f"{abs(value):,.{3 if decimals is None else decimals}f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    if language() == "vi":
        text = text.translate(str.maketrans(",.", ".,"))
    return (MINUS if value < 0 and text.strip("0.,") else "") + text


def percent(value: float, decimals: int | None = None) -> str:
    """Write a percentage: `98,9 %`."""
    return number(value, decimals) + say(NARROW + "%", "%")


def money(dong: float) -> str:
    """Write an amount of đồng in the largest unit that keeps it short: `383,9 tỷ đồng`."""
    for size, vi, en in ((1e9, "tỷ đồng", "billion đồng"), (1e6, "triệu đồng", "million đồng")):
        if abs(dong) >= size:
            return f"{number(round(dong / size, 3))} {say(vi, en)}"
    return f"{number(dong)} {say('đồng', 'đồng')}"


def amount(value: float, unit: str, qualifier: str = "=") -> str:
    """Write a value with its unit and how exact it is: `hơn 8.475 người`."""
    lead = (_QUALIFIERS_VI if language() == "vi" else _QUALIFIERS_EN).get(qualifier, "")
    if unit == "percent":
        return lead + percent(value)
    if unit == "VND":
        return lead + money(value)
    return f"{lead}{_count(value)} {say(*_UNITS.get(unit, (unit, unit)))}"


def _count(value: float) -> str:
    """Write a count; millions in short where nothing is lost by it: `1,85 triệu`."""
    if abs(value) < 1e6 or value % 1000:
        return number(value)
    return f"{number(value / 1e6)} {say('triệu', 'million')}"


def signed(value: float, unit: str) -> str:
    """Write a difference with its sign: `+803 người`, `−300 người`."""
    return ("+" if value > 0 else "") + amount(value, unit)


def valued(value: float, unit: str, qualifier: str, measure_name: str) -> str:
    """Write a figure of a measure where the measure's name stands beside it: a change bears its sign, `+907 người`."""
    plus = "+" if value > 0 and measure_name in ("change", "change_pct") else ""
    return plus + amount(value, unit, qualifier)


def grown(value: float, unit: str, qualifier: str = "=") -> str:
    """Write a change in words: `tăng 803 người`, `giảm hơn 0,5 %`."""
    verb = say("giảm", "down") if value < 0 else say("tăng", "up")
    return f"{verb} {amount(abs(value), unit, qualifier)}"


def day(value: date | datetime | None) -> str:
    """Write a day: `30/4/2020`; `?` for None."""
    if value is None:
        return "?"
    if isinstance(value, datetime):
        value = civil_day(value)
    return say(f"{value.day}/{value.month}/{value.year}", f"{value.day} {value:%b} {value.year}")


def moment(value: datetime) -> str:
    """Write an instant in Vietnam's time: `07:30 30/4/2020`."""
    return f"{value.astimezone(VIETNAM):%H:%M} {day(value)}"


def weekday(value: date) -> str:
    """Name the day of the week."""
    return say(_WEEKDAYS_VI[value.weekday()], f"{value:%A}")


def civil_day(value: date | datetime) -> date:
    """Give the day in Vietnam on which an instant falls; a bare day is itself."""
    if isinstance(value, datetime):
        return (value.astimezone(VIETNAM) if value.tzinfo else value).date()
    return value


def period(start: date | None, end: date | None) -> str:
    """Write a period: a day, a month, a quarter, a year, or both ends; `không rõ kỳ` where nothing is known."""
    if end is None and start is None:
        return say("không rõ kỳ", "period unknown")
    if start is None or start == end:
        return say("đến ", "to ") + day(end) if start is None else day(end)
    if end is None:
        return say("từ ", "since ") + day(start)
    named = _named_period(start, end)
    return named or f"{day(start)}–{day(end)}"


def _named_period(start: date, end: date) -> str:
    """Name a whole month, the months since January, a quarter or a year; `""` for anything else."""
    whole = start.day == 1 and _next_day(end) != end.month
    if not whole or start.year != end.year:
        return ""
    if (start.month, end.month) == (1, 12):
        return say(f"năm {start.year}", f"{start.year}")
    if start.month == end.month:
        return say(f"tháng {start.month}/{start.year}", f"{start:%b} {start.year}")
    if start.month % 3 == 1 and end.month == start.month + 2:
        quarter = ("I", "II", "III", "IV")[start.month // 3]
        return say(f"quý {quarter}/{start.year}", f"Q{start.month // 3 + 1} {start.year}")
    if start.month == 1:
        return say(f"{end.month} tháng đầu năm {start.year}", f"first {end.month} months of {start.year}")
    return ""


def _next_day(value: date) -> int:
    """Give the month of the following day."""
    return date.fromordinal(value.toordinal() + 1).month


def unit(name: str) -> str:
    """Name a unit."""
    if name in ("percent", "VND"):
        return {"percent": "%", "VND": say("đồng", "đồng")}[name]
    return say(*_UNITS.get(name, (name, name)))


_DENOMINATORS = {
    "population": ("dân số", "the population"),
    "labour_force": ("lực lượng lao động", "the labour force"),
    "labour_force_of_age": ("lực lượng lao động trong độ tuổi", "the labour force of age"),
    "eligible": ("người thuộc diện tham gia", "those eligible"),
    "students": ("học sinh, sinh viên", "pupils and students"),
    "members": ("người tham gia", "members"),
    "due": ("số phải thu", "what is due"),
}


def denominator(name: str) -> str:
    """Name what a share is of; the text's own words stay."""
    return say(*_DENOMINATORS.get(name, (name, name)))


def against(values: Sequence[str], most: int = 5) -> str:
    """Set the values of a contradiction against each other, the first few of very many."""
    more = len(values) - most
    rest = say(f" … và {number(more)} số khác", f" … and {number(more)} others") if more > 0 else ""
    return " ≠ ".join(values[:most]) + rest


def measure(name: str) -> str:
    """Name a measure."""
    return say(*_MEASURES.get(name, (name, name)))


def course(values: Sequence[float]) -> str:
    """Draw the last values in a word, `▂▃▅▇`, from the lowest to the highest; `""` for fewer than three."""
    last = values[-12:]
    low, high = min(last, default=0.0), max(last, default=0.0)
    if len(last) < 3 or high == low:
        return ""
    return "".join(STEPS[round((value - low) / (high - low) * (len(STEPS) - 1))] for value in last)


def shorten(text: str, length: int) -> str:
    """Cut a text at a word so that it holds at most `length` characters, with `…` where something was cut."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:") + "…"


def excerpt(sentence: str, quote: str, length: int = 160) -> str:
    """Cut a sentence to about `length` characters around the quoted figure, at words, `…` where something was cut."""
    flat, figure = " ".join(sentence.split()), " ".join(quote.split())
    if len(flat) <= length:
        return flat
    at = flat.find(figure)
    if at < 0:
        return shorten(flat, length)
    left = max(0, min(at + len(figure) // 2 - length // 2, len(flat) - length))
    right = left + length
    if left > 0:
        left = flat.find(" ", left, at) + 1 or left
    if right < len(flat):
        right = max(flat.rfind(" ", at + len(figure), right), at + len(figure))
    return ("…" if left else "") + flat[left:right].strip(" ,;") + ("…" if right < len(flat) else "")


def steady(value: _T) -> _T:
    """Give what is to be shown without marks that would turn the text after it (a date read backwards).

    The archived text, the JSON and the files keep them; what is no text stays what it is.
    """
    if not isinstance(value, str) or not _UNSEEN.search(value):
        return value
    made: Any = type(value)  # markup stays markup
    still: _T = made(_UNSEEN.sub("", value))
    return still
