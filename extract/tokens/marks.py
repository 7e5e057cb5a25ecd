"""What the layers find in one sentence: periods, schemes, quantities, each with the class of token it becomes."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from extract.periods.find import find_periods
from extract.periods.model import Period
from extract.quantities.parse import parse_quantities
from extract.quantities.record import Quantity
from extract.rules.pattern import FIGURES, Alphabet
from extract.schemes import find_schemes
from model.indicators import Indicators
from model.records import UNITS

MONTHS_OF_YEAR = re.compile(r"\s+(?:có|đã|toàn|cả|qua|ghi nhận|phát triển|thu)(?!\w)|,")
MONTHS_LONG = re.compile(
    r"(?:từ|quá|trước|sau|liên tục|trên|đủ|nợ|kéo dài|đóng|hạn|được|hưởng|trong vòng)\s*(?:\d+\s*đến\s*)?$", re.I
)
SUMMED = re.compile(r"(?:[Ll][ũu]y kế|[Cc]ộng dồn)(?: cả| trong)? $")
"""Before months that run from the year's beginning."""
AFTER_MONTHS = re.compile(r"\W*(?:Như vậy, |Tính ra, |Chỉ )?[Ss]au ")
"""`Sau 9 tháng, ...` at the beginning, told in the ninth or tenth month."""
YEAR_BEFORE = re.compile(
    r"(?:BHXH|BHYT|BHTN|tự nguyện|bắt buộc|gia đình|y tế|xã hội|chỉ tiêu|kế hoạch|so|cuối|đến|tới|hơn|bảo hiểm|của) $"
)
YEAR_ASIDE = re.compile(r"(?:%|người|đồng) \((20\d\d)\)")
"""`từ 74,1% (2021) lên 88,2%`: the year of the figure before it."""
SCHOOL_YEAR = re.compile(
    r"(?:(?:đến|tới|vào|khi|trước) ){0,2}(?:hết|cuối|kết thúc) năm học(?! ?\d| trước| vừa| qua| này| nay| mới)"
)
"""`đến hết năm học`: the one that runs, or has just ended."""
SCHOOL_BEGINS = 8
"""Month in which papers begin to tell of a new school year."""
NO_FIGURE = frozenset({"age", "after-name"})
OTHER_PEOPLE = frozenset(
    {"cán bộ", "bác sĩ", "y sĩ", "dược sĩ", "điều dưỡng", "đại biểu", "khách", "ca", "chiến sĩ", "bệnh nhân",
     "giáo viên",
     "đồng chí", "đảng viên", "hướng dẫn viên", "nạn nhân", "vụ", "vụ việc"}
)  # fmt: skip
"""People who are counted for other reasons."""
Mark = tuple[int, int, int, str, Any]
"""What a layer found in a sentence: start, end, precedence, class, what."""


def named_in(sentence: str, indicators: Indicators, alphabet: Alphabet, reference: date | None) -> list[Mark]:
    """Periods and schemes of a sentence."""
    found: list[Mark] = []
    for period in find_periods(sentence, reference):
        base = period.compared or period.kind == "same-period"
        code = "w" if period.kind == "legal" else alphabet["BASE" if base else "PERIOD"]
        found.append((period.span_start, period.span_end, 0, code, period))
    if reference is not None and "năm học" in sentence:
        found += _school_ends(sentence, alphabet, reference)
    if "(20" in sentence:
        for match in YEAR_ASIDE.finditer(sentence):
            years = find_periods(f"năm {match[1]}", reference)
            found += [(*match.span(1), 0, alphabet["PERIOD"], year) for year in years]
    for scheme in find_schemes(sentence, indicators):
        found.append((scheme.start, scheme.end, 2, alphabet["ORG" if scheme.office else "SCHEME"], scheme))
    return found


def _school_ends(sentence: str, alphabet: Alphabet, reference: date) -> list[Mark]:
    """The ends of school years that no number tells."""
    first = reference.year - (reference.month < SCHOOL_BEGINS)
    found: list[Mark] = []
    for match in SCHOOL_YEAR.finditer(sentence):
        year = find_periods(f"năm học {first} - {first + 1}", reference)[0]
        when = replace(year, lead=match.start(), span_start=match.start(), span_end=match.end(), mode="until")
        found.append((*match.span(), 0, alphabet["PERIOD"], when))
    return found


def counted_in(sentence: str, alphabet: Alphabet, reference: date | None) -> list[Mark]:
    """Quantities of a sentence, and what only looks like one."""
    found: list[Mark] = []
    for quantity in parse_quantities(sentence):
        when = _months(sentence, quantity, reference) or _year(sentence, quantity, reference)
        if when is not None:
            found.append((quantity.start, quantity.end, 0, alphabet["PERIOD"], when))
        else:
            found.append((quantity.start, quantity.end, 3, _figure(quantity), quantity))
    return found


def _months(sentence: str, quantity: Quantity, reference: date | None) -> Period | None:
    """`10 tháng có ...`: the first months of the year, where nothing says another."""
    if quantity.unit != "month" or not 2 <= quantity.value <= 11 or quantity.value != int(quantity.value):
        return None
    past = AFTER_MONTHS.fullmatch(sentence[: quantity.start]) and reference is not None
    if past and reference is not None and not 0 <= reference.month - quantity.value <= 1:
        return None
    summed = SUMMED.search(sentence[: quantity.start]) is not None
    if not (summed or MONTHS_OF_YEAR.match(sentence, quantity.end)) or (
        not past and MONTHS_LONG.search(sentence[: quantity.start])
    ):
        return None
    found = find_periods(f"{int(quantity.value)} tháng đầu năm", reference)
    return found[0] if found else None


def _year(sentence: str, quantity: Quantity, reference: date | None) -> Period | None:
    """A bare `2017` behind a name or a word is a year."""
    if quantity.unit is not None or not 1990 <= quantity.value <= 2040 or quantity.end - quantity.start != 4:
        return None
    if not sentence[quantity.start : quantity.end].isdigit() or not YEAR_BEFORE.search(sentence[: quantity.start]):
        return None
    found = find_periods(f"năm {int(quantity.value)}", reference)
    return found[0] if found else None


def _figure(quantity: Quantity) -> str:
    if quantity.per or not NO_FIGURE.isdisjoint(quantity.flags) or quantity.noun in OTHER_PEOPLE:
        return "w"
    unit = quantity.unit
    if unit is None:
        return FIGURES["bare"]
    known = {"person": "person", "percent": "percent", "VND": "money", "times": "times"}.get(unit)
    return FIGURES[known] if known else FIGURES["count"] if unit in UNITS else "w"
