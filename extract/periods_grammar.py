"""From text to period mentions: patterns anchored at cheap triggers, each bounded in length, so that time is linear."""

import re
from typing import NamedTuple

from extract.periods_model import Grain, Kind, Part, Shift
from extract.periods_words import COUNTED, COUNTS, HOLIDAYS, NUMBERS, ROMAN, SEASONS, SHIFTS, WEEKDAYS


class Atom(NamedTuple):
    """One expression, not yet joined with its neighbours nor resolved."""

    start: int
    end: int
    kind: Kind
    grain: Grain
    low: Part | None = None
    high: Part | None = None
    shift: Shift | None = None
    sure: bool = True
    """False for a form that is a date only in company (`7/3`, `1996`)."""


def _words(words: object) -> str:
    """Alternation of phrases, longest first, white space of any kind between their words."""
    phrases = sorted(words, key=len, reverse=True)  # type: ignore[call-overload]
    return "|".join(re.escape(p).replace(r"\ ", r"\s{1,3}") for p in phrases)


END = r"(?![^\W\d_])"
ONES = "một|hai|ba|bốn|tư|sáu|bảy|bẩy|tám|chín"
TEENS = r"mười\s(?:một|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín)|mười"
TENS = rf"(?:hai|ba)\s(?:mươi\s)?(?:mốt|lăm|nhăm|{ONES})|(?:hai|ba)\smươi"
DAY_WORD = rf"(?:(?:{TENS}|{TEENS}|{ONES}|năm){END})"
MONTH_WORD = rf"(?:(?:giêng|chạp|mười\s(?:một|hai)|mười|{ONES}|năm){END})"
D = rf"(?:(?:0?[1-9]|[12]\d|3[01])(?!\d)|{DAY_WORD})"
M = rf"(?:(?:0?[1-9]|1[0-2])(?!\d)|{MONTH_WORD})"
N = rf"(?:\d{{1,3}}(?!\d)|{DAY_WORD})"
Y4 = r"(?:1[5-9]\d\d|20\d\d|21\d\d)(?!\d|[.,]\d)"
Y_WORDS = rf"(?:(?:một|hai)(?:\s(?:{_words(NUMBERS)}|năm){END}){{1,8}})"
COUNTED_NEXT = rf"(?!\s?%|\s{{0,2}}(?:{_words(COUNTS)}){END})"
YEAR_WORD = r"(?:của\s)?(?:các\s)?năm\s{0,2}"
SHIFT_WORD = rf"(?:{_words(SHIFTS)}){END}"
YEAR = (
    rf"(?:\s{{0,2}}[,(]?\s{{0,2}}{YEAR_WORD}(?:(?P<y>{Y4})|(?P<y2>\d\d)(?!\d)|(?P<yw>{Y_WORDS})|(?P<ys>nay|ngoái|"
    rf"trước|sau|tới|này|qua){END})|\s{{0,2}}[/.-]\s{{0,2}}(?P<y3>{Y4})|,?\s{{1,2}}(?P<y4>{Y4}){COUNTED_NEXT})?"
)
"""Optional year after a month, quarter, half."""

DMY = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d|[/.,-]\d)")
YMD = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d|[/.,-]\d)")
MY = re.compile(rf"(0?[1-9]|1[0-2])\s?([-/.])\s?({Y4})(?![/.-]\d|/[^\W\d_])")
DM = re.compile(r"(0?[1-9]|[12]\d|3[01])\s?([-/.])\s?(0?[1-9]|1[0-2])(?!\d|[/.,-]\d|\s?%|/\s?[^\W\d_])" + COUNTED_NEXT)
YEAR_ONLY = re.compile(Y4)
DAY_MONTH = re.compile(rf"(?P<d>{D})\s{{1,2}}tháng\s{{0,2}}(?P<m>{M}){YEAR}")
DAY_OF_SHIFT = re.compile(rf"(?P<d>{D})\s{{1,2}}tháng\s(?P<s>này|trước|sau|tới){END}")
MONTH_DAY = re.compile(rf"tháng\s(?P<m>{MONTH_WORD})\s(?P<d>\d{{1,2}}),\s(?P<y>{Y4})")
FIRST_DAY = re.compile(rf"ngày\s(?P<e>đầu|cuối)(?:\s(?:tiên|cùng))?\s(?:của\s)?tháng\s{{0,2}}(?P<m>{M}){YEAR}")
FIRST_WEEK = re.compile(rf"tuần\s(?:đầu|thứ nhất)(?:\stiên)?\s(?:của\s)?tháng\s{{0,2}}(?P<m>{M}){YEAR}")
BARE_DAY = re.compile(rf"(?P<d>{D})(?![/.-]\d|\s?%)")
DAY_PREFIX = re.compile(
    rf"(?:(?:thứ\s{{0,2}}(?:{_words(WEEKDAYS)})|chủ nhật|chúa nhật){END},?\s{{0,2}})?(?:(?:hai |các )?ngày\s{{0,2}})?"
    rf"(?:m[ồù]ng\s{{1,2}})?[(]?"
)
MONTH = re.compile(
    rf"tháng\s{{0,2}}(?:(?P<my>(?:0?[1-9]|1[0-2])\s{{0,2}}[/.-]\s{{0,2}}{Y4}(?![/.-]\d))"
    rf"|(?P<m>{M})(?![.,]\d{{3}}|\s?%){YEAR})"
)
QUARTER = re.compile(
    rf"qu[ýí]\s{{0,2}}(?:(?P<r>i{{1,3}}|iv)(?![^\W\d_])|(?P<q>[1-4])(?!\d)|(?P<w>nhất|một|hai|ba|bốn|tư){END}){YEAR}"
)
MONTHS = re.compile(
    rf"(?P<n>{N})\s{{0,2}}tháng\s{{0,2}}(?:(?P<e>đầu|cuối)(?:\s{{1,2}}năm(?:\shọc)?)?{END}{YEAR}"
    rf"|(?:của\s)?năm\s{{0,2}}(?P<my>{Y4})|(?P<mys>năm\s(?:nay|ngoái)){END}|[/-](?P<my2>{Y4})|(?P<my3>{Y4}){COUNTED_NEXT})"
)
HALF = re.compile(rf"nửa\s(?:năm\s)?(?P<e>đầu|cuối)(?:\snăm)?{END}{YEAR}")
COUNT = re.compile(rf"(?P<n>{N})\s{{1,2}}(?P<u>ngày|tuần|tháng|quý|năm)\s{{1,2}}(?P<c>{_words(COUNTED)}){END}")
UNIT_SHIFT = re.compile(rf"(?P<u>tuần|tháng|qu[ýí]|năm)\s{{1,2}}(?P<s>{SHIFT_WORD})")
YEAR_NAMED = re.compile(rf"năm\s{{0,2}}(?:(?P<y>{Y4})|(?P<yw>{Y_WORDS}))")
EDGE_YEAR = re.compile(rf"(?:đầu|giữa|cuối|hết|cả|trong|suốt|đến)\snăm{END}(?!\s(?:học|thứ|huyện|tỉnh|xã))")
SCHOOL_YEAR = re.compile(
    rf"(?:năm\shọc|niên\skh(?:óa|oá))\s{{1,2}}(?:(?:mới|này)\s)?(?P<a>{Y4})\s?[-–—/]\s?(?P<b>{Y4}|\d\d(?!\d))"
)
SCHOOL_SHIFT = re.compile(rf"năm\shọc\s(?P<s>này|mới|vừa qua|vừa rồi|trước|qua|tới|sau){END}")
TERM = re.compile(
    rf"(?P<k>nhiệm\sk[ỳì]|giai\sđoạn|thời\sk[ỳì]|khóa|khoá|các năm|trong năm|năm|từ|từ năm)\s{{1,2}}(?:từ\s)?"
    rf"(?:năm\s)?(?P<a>{Y4})\s?[-–—]\s?(?P<b>{Y4})"
)
YEARS = re.compile(rf"(?P<a>{Y4})\s?[-–—]\s?(?P<b>{Y4})(?![-/.]\d)")
DECADE = re.compile(r"(?:thập\s(?:niên|k[ỷỉ])(?:\snăm)?|những\snăm)\s(?:(?P<y>1[5-9]\d0|20\d0)|(?P<d>[1-9]0))(?!\d)")
CENTURY = re.compile(r"thế\sk[ỷỉ]\s(?:thứ\s)?(?P<n>\d\d?|x{0,2}(?:ix|iv|v?i{0,3}))(?![\w])")
SEASON = re.compile(
    rf"mùa\s(?P<w>{_words(SEASONS)})(?:\snăm)?\s(?:(?P<s>này|nay|trước|ngoái|tới|sau|qua){END}|(?P<y>{Y4}))"
)
WEEKDAY = re.compile(
    rf"(?:thứ\s(?P<w>{_words(WEEKDAYS)})|(?P<n>chủ\snhật|chúa\snhật))\s(?:(?:của\s)?tuần\s(?P<s>này|trước|tới|sau|qua|"
    rf"vừa\squa)|(?P<l>vừa\srồi|vừa\squa|này|tới)){END}"
)
HOLIDAY = re.compile(rf"(?:ngày\s)?(?:lễ\s)?(?P<h>{_words(HOLIDAYS)}){END}(?:\s(?:năm\s)?(?P<y>{Y4}))?")
SAME = re.compile(
    rf"cùng\s(?:k[ỳì]|thời\s(?:điểm|gian))(?:\s(?:của\s)?(?:(?P<y0>năm)\s{{0,2}}(?:(?P<y>{Y4})|(?P<s>trước|ngoái|qua|"
    rf"liền\skề|liền\strước))|(?P<y2>{Y4}){COUNTED_NEXT}|(?P<m>tháng)\strước|các\snăm\strước))?"
)


def number(word: str) -> int:
    """Value of digits or of number words up to 99 (`hai mươi tư`, `hai tư`, `mười lăm`)."""
    if word[0].isdigit():
        return int(word)
    if word in ("giêng", "chạp"):
        return 1 if word == "giêng" else 12
    total = 0
    for part in word.split():
        value = 5 if part == "năm" else NUMBERS[part]
        if part == "mươi":
            continue
        total = total * 10 + value if 0 < total < 10 and value < 10 else total + value
        if value < 10 and total in (2, 3) and "mươi" in word:
            total *= 10
    return total


def year_of_words(words: str) -> int | None:
    """Year spelled as a number or digit by digit (`hai nghìn không trăm hai mốt`, `hai không mười ba`)."""
    parts = [(p, 5 if p == "năm" else NUMBERS[p]) for p in words.split()]
    names = [p for p, _ in parts]
    if "nghìn" in names or "ngàn" in names:
        at = names.index("nghìn") if "nghìn" in names else names.index("ngàn")
        rest, total = parts[at + 1 :], parts[0][1] * 1000
        if "trăm" in names[at + 1 :]:
            hundred = names.index("trăm", at + 1)
            total += parts[hundred - 1][1] * 100
            rest = parts[hundred + 1 :]
        return total + _two_digits(rest)
    digits, index = "", 0
    while index < len(parts) and len(digits) < 2:
        digits += str(parts[index][1])
        index += 1
    if len(digits) != 2 or len(parts) - index < 1:
        return None
    return int(digits) * 100 + _two_digits(parts[index:])


def _two_digits(parts: list[tuple[str, int]]) -> int:
    values = [v for p, v in parts if p not in ("linh", "lẻ")]
    names = [p for p, _ in parts]
    if not values:
        return 0
    if "mươi" in names or len(values) == 1 or values[0] == 10:
        tens = [v for p, v in parts if p not in ("linh", "lẻ", "mươi")]
        if "mươi" in names:
            return tens[0] * 10 + sum(tens[1:2])
        return sum(tens[:2])
    return values[0] * 10 + values[1]


def year_parts(match: re.Match[str]) -> tuple[int | None, int | None]:
    """Year and year shift of a match of the `YEAR` pattern."""
    groups = match.groupdict()
    for name in ("y", "y3", "y4"):
        if groups.get(name):
            return int(groups[name]), None
    if groups.get("y2"):
        return century(int(groups["y2"])), None
    if groups.get("yw"):
        return year_of_words(groups["yw"]), None
    if groups.get("ys"):
        return None, SHIFTS[groups["ys"]]
    return None, None


def century(two: int) -> int:
    """Year of two digits: 00 to 49 are 2000 to 2049."""
    return two + (2000 if two < 50 else 1900)


def roman(numeral: str) -> int:
    """Value of a small Roman numeral in lower case."""
    if numeral in ROMAN:
        return ROMAN[numeral]
    values = {"i": 1, "v": 5, "x": 10}
    total = 0
    for one, following in zip(numeral, numeral[1:] + " ", strict=True):
        total += -values[one] if values.get(following, 0) > values[one] else values[one]
    return total
