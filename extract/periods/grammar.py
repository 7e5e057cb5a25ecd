"""Patterns of dates and periods. Each is anchored where it is tried and bounded in length, so reading stays linear.

All patterns are for lower-case text; white space may be of any kind and may be missing where the press glues words.
"""

import re
from collections.abc import Iterable

from extract.periods.words import (
    COUNTED,
    COUNTS,
    COUNTS_MONTHLY,
    HOLIDAYS,
    NUMBERS,
    ORDINALS,
    SEASONS,
    SELF_SPEAKING,
    SHIFTS,
    WEEKDAYS,
)


def alternation(phrases: Iterable[str]) -> str:
    """Pattern of any of the phrases, longest first, with white space of any kind between their words."""
    return "|".join(re.escape(p).replace(r"\ ", r"\s{1,3}") for p in sorted(phrases, key=len, reverse=True))


BREAK = "¶"
"""Stands for the newlines of a blank line while reading: no white space, so that no expression reaches over it."""
END = r"(?![^\W\d_])"
"""No letter follows."""
BEGIN = r"(?<![^\W\d_])"
"""No letter stands before."""

ONES = "một|hai|ba|bốn|tư|sáu|bảy|bẩy|tám|chín"
TEENS = r"mười\s(?:một|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín)|mười"
TENS = rf"(?:hai|ba)\s(?:mươi\s)?(?:mốt|lăm|nhăm|{ONES})|(?:hai|ba)\smươi"
UP_TO = r"(?:nay|hết|ngày|tháng|cuối|giờ|thời|hiện|lúc|\d)"
"""After `tới` it is the preposition: `từ đầu năm tới nay`."""
DAY_WORD = rf"(?:(?:{TENS}|{TEENS}|{ONES}|năm){END})"
MONTH_WORD = rf"(?:(?:giêng|chạp|mười\s(?:một|hai)|mười|{ONES}|năm){END})"
D = rf"(?:(?:0?[1-9]|[12]\d|3[01])(?!\d)|{DAY_WORD})"
M = rf"(?:(?:0?[1-9]|1[0-2])(?!\d)|{MONTH_WORD})"
N = rf"(?:\d{{1,3}}(?!\d)|{DAY_WORD})"
Y4 = r"(?:1[5-9]\d\d|20\d\d|21\d\d)(?!\d|[.,]\d)"
Y_WORDS = rf"(?:(?:một|hai)(?:\s(?:{alternation(NUMBERS)}|năm){END}){{1,8}})"
NO_MONEY = r"(?!\s(?:lệ|trọng|suất)(?!\w))"
"""`đến hết tháng 8 tỷ lệ ...` counts no money."""
NOT_COUNTING = rf"(?!\s?%|\s{{0,2}}(?:{alternation(COUNTS)}){END}{NO_MONEY})"
NOT_MONTHLY = rf"(?!\s?%|\s{{1,2}}(?:{alternation(COUNTS_MONTHLY)}){END}{NO_MONEY})"
YEAR_NAME = r"(?:của\s)?(?:các\s)?năm\s{0,2}"
YEAR_SHIFT = r"nay|ngoái|trước|sau|tới|này|qua"
OF_YEAR = (
    rf"\s{{0,2}}[,(]?\s{{0,2}}{YEAR_NAME}(?:(?P<y>{Y4})|(?P<y2>\d\d)(?!\d)|(?P<yw>{Y_WORDS})|(?P<ys>{YEAR_SHIFT})"
    rf"|ấy|đó{END})|\s{{0,2}}[/.-]\s{{0,2}}(?P<y3>{Y4})|,?\s{{1,2}}(?P<y4>{Y4}){NOT_COUNTING}"
    rf"|\s?[(](?P<y5>{Y4})[)]"
)
"""Year after a month, a quarter, a half; read by `year_parts`."""
YEAR = rf"(?:{OF_YEAR})?"
YEAR_OR_ALONE = rf"(?:{OF_YEAR}|{NOT_MONTHLY})"

# figures alone
YMD = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d|[/.,]\d)")
DMY = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2{1,2}\s?(\d{4}(?!,\d{3}\b)|\d{2}(?!,\d))(?!\d|[/.]\d|%)")
MY = re.compile(rf"(0?[1-9]|1[0-2])\s?([-/.])\s?({Y4})(?![/.]\d|-\d(?!\d?/\d)|/[^\W\d_])")
DM = re.compile(
    r"(0?[1-9]|[12]\d|3[01])\s?([-/.])\s?(0?[1-9]|1[0-2])"
    rf"(?!\d|[/.,]\d|-\d(?!\d?[/.]\d)|\s?%|\s?/\s?[^\W\d_])(?:,?\s{YEAR_NAME}(?:(?P<y>{Y4})|(?P<ys>{YEAR_SHIFT}){END})"
    rf"|\s?[(](?P<y5>{Y4})[)])?"
)
YEAR_ONLY = re.compile(Y4)
YEARS = re.compile(rf"(?P<a>{Y4})\s?[-–—]\s?(?P<b>{Y4})(?![-/.]\d){NOT_COUNTING}")
BARE_DAY = re.compile(rf"(?P<d>{D})(?!\s?[/.-]\d|\s?%)")
BARE_MONTH = re.compile(rf"(?P<m>0?[1-9]|1[0-2])(?!\d|[.,%]\d|\s?%){YEAR_OR_ALONE}")
BARE_QUARTER = re.compile(rf"(?:(?P<r>i{{1,3}}|iv)(?!\w)|(?P<q>[1-4])(?!\d|[.,%]\d|\s?%)){YEAR_OR_ALONE}")
SHARED_DAY = re.compile(
    r"(\d{1,2})\s?(?:[-–—]|(?:đến|tới)(?:\shết)?(?:\sngày)?)\s?(?=\d{1,2}(?:\s?[/.]\s?\d|-\d\d?-\d|\stháng\s))"
)

# days
DAY_PREFIX = re.compile(
    rf"(?:(?:thứ\s{{0,2}}(?:{alternation(WEEKDAYS)})|chủ\snhật|chúa\snhật){END}\s?,?\s{{0,2}})?"
    r"(?:(?:hai\s|các\s)?ngày[.:]?\s{0,2})?(?:m[ồù]ng\s{1,2})?[(]?"
)
DAY_MONTH = re.compile(rf"(?P<d>{D})\s{{1,2}}tháng\s{{0,2}}(?P<m>{M})(?![.,]\d{{3}}|\s?%){YEAR_OR_ALONE}")
DAY_OF_SHIFT = re.compile(rf"(?P<d>{D})\s{{1,2}}tháng\s(?P<s>này|trước|sau|tới){END}")
FIRST_DAY = re.compile(rf"ngày\s(?P<e>đầu|cuối)\s(?:(?:tiên|cùng)\s)?(?:của\s)?tháng\s{{0,2}}(?P<m>{M}){YEAR}")
FIRST_DAYS = re.compile(rf"(?P<n>{N})\s(?:ngày|hôm)\s(?P<e>đầu|cuối)\s(?:của\s)?tháng\s{{0,2}}(?P<m>{M}){YEAR}")
WEEKDAY = re.compile(
    rf"(?:thứ\s(?P<w>{alternation(WEEKDAYS)})|(?P<n>chủ\snhật|chúa\snhật))\s(?:(?:của\s)?tuần\s(?P<s>này|trước|tới|sau"
    rf"|qua|vừa\squa)|(?P<l>vừa\srồi|vừa\squa|này|tới)){END}"
)
HOLIDAY = re.compile(
    rf"(?:ngày\s(?:lễ\s)?(?P<h>{alternation(HOLIDAYS)})|(?P<s>{alternation(SELF_SPEAKING)})){END}(?:\s(?:năm\s)?(?P<y>{Y4}))?"
)

# months, quarters, halves
MONTH_DAY = re.compile(rf"tháng\s(?P<m>{MONTH_WORD})\s(?P<d>\d{{1,2}}),\s(?P<y>{Y4})")
MONTH = re.compile(
    rf"tháng\s{{0,2}}(?:(?P<mm>0?[1-9]|1[0-2])\s{{0,2}}[/.-]\s{{0,2}}(?P<my>{Y4})(?!/\d|[.]\d)"
    rf"|(?P<m>{M})(?![.,]\d{{3}}|\s?%){YEAR_OR_ALONE})"
)
QUARTER = re.compile(
    rf"(?:qu[ýí]|qúy)\s{{0,2}}(?:(?P<r>i{{1,3}}|iv)(?!\w)|(?P<q>[1-4])(?!\d)|(?P<w>{alternation(ORDINALS)}){END})"
    rf"{YEAR_OR_ALONE}"
)
HEAD_OR_TAIL = rf"(?P<e>đầu|cuối){END}(?:{OF_YEAR}|\s{{1,2}}(?:của\s)?năm{END}(?!\s(?:học|tiên)))"
"""`đầu năm 2022`, `đầu năm nay`, `cuối năm`."""
MONTHS = re.compile(
    rf"(?P<n>{N})\s{{0,2}}tháng\s{{0,2}}(?:{HEAD_OR_TAIL}|(?:của\s)?năm\s{{0,2}}(?P<my>{Y4})|năm\s(?P<mys>nay|ngoái){END}"
    rf"|[/-]\s?(?P<my2>{Y4})|(?P<my3>{Y4}){NOT_COUNTING})"
)
MONTHS_ALONE = re.compile(
    rf"(?P<n>{N})\s{{1,2}}tháng(?=\s?[,:]"
    rf"|\s(?:có|đạt|toàn|cả|thu|chi|mới|đã|tăng|giảm|giải\squyết|vận\sđộng|phát\striển){END})"
)
"""`10 tháng, số thu ...` at the head of a sentence, or after `sơ kết`: the months of the year in force."""
MONTHS_NAMED = re.compile(rf"(?P<n>{N})\s{{1,2}}tháng{END}(?!\s(?:liên|gần|trở|qua|trước|sau|tới|nữa|vừa|\d))")
MONTHS_CUMULATED = re.compile(
    rf"(?P<n>{N})\s{{1,2}}tháng(?=\s?[,:(]|\s(?:(?:hơn|gần|trên|khoảng)\s)?\d[\d.,]*\s?(?:%|(?:tỷ|tỉ|triệu|người|lượt){END})"
    r"|\s(?:có|đạt|toàn|cả|thu|chi|mới|đã|tăng|giảm|giải\squyết|vận\sđộng|phát\striển|được|là|ước|tỉnh|huyện|thành\sphố|tp"
    rf"|thị\sxã|quận|ngành|của|quỹ|bhxh|bhyt|bhtn){END})"
)
"""`thu 9 tháng 1.153 tỷ đồng`, `lũy kế 11 tháng toàn tỉnh thu được`: months of a year that has told so many."""
VAGUE_MONTHS = re.compile(rf"tháng\s{HEAD_OR_TAIL}")
QUARTERS = re.compile(rf"(?P<n>hai|ba|[23])\s(?:qu[ýí]|qúy)\s{HEAD_OR_TAIL}")
ONE_QUARTER = re.compile(rf"(?:qu[ýí]|qúy)\s{HEAD_OR_TAIL}")
"""`quý đầu năm`, `quý cuối năm 2022`."""
HALF_PASSED = re.compile(rf"nửa\snăm\s{{1,2}}(?:(?P<y>{Y4})|(?P<ys>nay){END})(?!-\d)")
"""`Nửa năm 2026 khép lại`: its first half."""
HALF = re.compile(rf"nửa\s(?:{HEAD_OR_TAIL}|năm\s(?P<e2>đầu|cuối){END})")
COUNTING_MONTHLY = re.compile(rf"\s{{1,2}}(?:{alternation(COUNTS_MONTHLY)}){END}")
COUNTING = re.compile(rf"\s{{0,2}}(?:{alternation(COUNTS)}){END}")
FIRST_WEEK = re.compile(rf"tuần\s(?:đầu|thứ\snhất)(?:\stiên)?\s(?:của\s)?tháng\s{{0,2}}(?P<m>{M}){YEAR}")
COUNT = re.compile(
    rf"(?P<n>{N})\s{{1,2}}(?P<u>ngày|tuần|tháng|quý|năm)\s{{1,2}}(?P<c>{alternation(COUNTED)}){END}"
    r"(?!\s(?:khi|lúc|ngày|thời|tháng|năm|liền|kỳ|lễ|tết|sinh|đây))"
)
UNIT_SHIFT = re.compile(
    rf"(?P<u>tuần|tháng|(?:qu[ýí]|qúy)|năm)\s{{1,2}}(?P<s>{alternation(SHIFTS)}){END}(?!\skhi{END})"
    rf"(?!(?<=tới)\s{UP_TO})"
)

# years and more
YEAR_NAMED = re.compile(rf"năm\s{{0,2}}(?:(?P<y>{Y4})|(?P<yw>{Y_WORDS}))")
YEAR_IN_FORCE = re.compile(
    rf"năm(?:\s(?:ấy|đó){END}|{END}(?!\s(?:học|thứ|tới(?!\s{UP_TO})|sau|trước|nào|tài|đầu|cuối|mới)|\s\d(?!\d?,?\d*\s?%|\d{{0,2}}\.\d{{3}})){NOT_COUNTING})"
)
SCHOOL_YEAR = re.compile(
    rf"(?:năm\shọc|niên\skh(?:óa|oá))\s{{1,2}}(?:(?:mới|này)\s)?[(]?(?P<a>{Y4})\s?[-–—/]\s?(?:{Y4}|\d\d(?!\d))"
)
SCHOOL_SHIFT = re.compile(rf"năm\shọc\s(?P<s>này|nay|mới|vừa qua|vừa rồi|trước|qua|tới|sau){END}")
STAGE = re.compile(
    rf"(?P<k>nhiệm\sk[ỳì]|giai\sđoạn|thời\sk[ỳì]|niên\shạn|năm)\s{{0,2}}(?:từ\s)?(?:năm\s)?[(]?(?P<a>{Y4})\s?"
    rf"(?:[-–—/]|đến(?:\snăm)?)\s?(?P<b>{Y4})"
)
DECADE = re.compile(
    r"(?:thập\s(?:niên|k[ỷỉ])(?:\snăm)?|những\snăm)\s(?:(?P<y>1[5-9]\d0|20\d0)|(?P<d>[1-9]0))(?!\d|%|\s%)"
)
CENTURY = re.compile(r"thế\sk[ỷỉ]\s(?:thứ\s)?(?P<n>\d\d?|x{0,2}(?:ix|iv|v?i{0,3}))(?!\w)")
SEASON = re.compile(
    rf"mùa\s(?P<w>{alternation(SEASONS)})(?:\snăm)?\s(?:(?P<s>này|nay|trước|ngoái|tới|sau|qua){END}|(?P<y>{Y4}))"
)
ROUND = re.compile(rf"đợt\s(?:\d{{1,2}}|[ivx]{{1,4}})\s?(?:[/-]\s?|năm\s)(?P<y>{Y4})")
SAME = re.compile(
    rf"cùng\s(?:k[ỳì]|thời\s(?:điểm|gian))(?:\s(?:này\s)?(?:của\s)?(?:năm\s{{0,2}}(?:(?P<y>{Y4})|(?P<s>trước\sđó|trước|"
    rf"ngoái|qua|liền\skề|liền\strước){END})|(?P<y2>{Y4}){NOT_COUNTING}|(?P<m>tháng)\strước{END}|các\snăm\strước))?"
)
SAME_OF = re.compile(r"cùng\sk[ỳì]\s(?:của\s)?(?=tháng\s{0,2}\d|\d{1,2}\stháng\sđầu|(?:qu[ýí]|qúy)\s)")
