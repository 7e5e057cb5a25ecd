"""The slots of a figure in the words of people: what a correction changed, and to what."""

import re
from collections.abc import Callable
from datetime import date

from monitor import names, words
from monitor.language import say

_NAMES = {
    "indicator": ("Chỉ tiêu", "Indicator"),
    "measure": ("Phép đo", "Measure"),
    "obs_value": ("Giá trị", "Value"),
    "area": ("Địa phương", "Place"),
    "period_start": ("Từ ngày", "From"),
    "period_end": ("Đến ngày", "To"),
    "scope": ("Trong đó (phạm vi)", "Of which (scope)"),
    "qualifier": ("Mức chính xác", "Qualifier"),
    "issuer": ("Nơi giao", "Issuer"),
    "unit": ("Đơn vị", "Unit"),
    "base_end": ("So với ngày", "Base"),
    "of": ("Của phép đo", "Of measure"),
    "denominator": ("Mẫu số", "Denominator"),
}
MARKS = {
    "=": ("đúng bằng", "exactly"),
    "~": ("khoảng", "about"),
    ">": ("hơn", "over"),
    "<": ("gần, dưới", "under"),
    ">=": ("ít nhất", "at least"),
    "<=": ("tối đa", "at most"),
}
"""How exact a figure is, in words."""
_CHANGED = re.compile(r"(\w+) = (.*?)(?=, \w+ = |$)")


def name(key: str) -> str:
    """Name a slot; one without words stays as it is."""
    return say(*_NAMES.get(key, (key, key)))


def value(key: str, said: object) -> str:
    """Write what a slot was changed to; what cannot be read as its kind stays as it is."""
    text = "" if said is None else str(said)
    if text in ("", "None"):
        return say("bỏ trống", "empty")
    try:
        if key == "obs_value":
            return words.number(float(text))
        if key in ("period_start", "period_end", "base_end"):
            return words.day(date.fromisoformat(text))
    except ValueError:
        return text
    told: dict[str, Callable[[str], str]] = {
        "indicator": names.indicator, "measure": words.measure, "of": words.measure, "area": names.area,
        "unit": words.unit, "denominator": words.denominator, "qualifier": _mark,
    }  # fmt: skip
    return told[key](text) if key in told else text


def _mark(sign: str) -> str:
    return say(*MARKS.get(sign, (sign, sign)))


def changed(detail: str) -> str:
    """Put a correction as the audit keeps it (`obs_value = 12345.0, area = 2024:20`) into words."""
    return _CHANGED.sub(lambda found: f"{name(found[1])}: {value(found[1], found[2])}", detail)
