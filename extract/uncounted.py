"""Numbers of sentences that name an insurance, which count what no unit of ours is: `312 suất quà`, `45 xã`.

They are listed with the other unclaimed numbers, never read as figures. Asked only where unclaimed numbers are.
"""

import re
from collections.abc import Sequence

from extract.quantities.parse import parse_quantities
from extract.schemes import names_insurance
from extract.sentences import Span
from model.indicators import Indicators
from model.records import Unclaimed

REASON = "unknown unit"
PASSED = frozenset(
    {"year", "month", "day", "hour", "minute", "age", "measure", "USD", "point", "percent", "VND", "times"}
)
"""Units of times, ages, measures and money, and of rates, which the reading itself refuses by name."""
DIGIT = re.compile(r"\d")
COUNTED = re.compile(
    r"\s{0,2}(?!(?:tháng|năm|ngày|giờ|phút|giây|tuần|tuổi|quý|kỳ|thế kỷ|km|cm|mm|ha|kg|và|đến|hoặc)\b)"
    r"(?:[^\W\d_]{2,})"
)
"""What is counted: the word behind a number; times, ages and measures of the physical world are none."""
NAMED = re.compile(
    r"(?:điều|khoản|điểm|mục|chương|phụ lục|số|luật|lớp|khóa|khoá|thứ|quý|tháng|năm|ngày|lần|vòng|đường|quận"
    r"|tổ|khu|phường|điện thoại|hotline|zalo|tổng đài|trang|mẫu|tập|bài|hạng|cấp|tuổi|covid|[/\-.,:])\s{0,2}$",
    re.IGNORECASE,
)
"""Words before a number that names or numbers something."""
NAME = re.compile(r"(?<!^)\b[A-ZĐ]\w*\s$")
"""A name: `Công ty Sông Đà 27 còn nợ`."""
LISTING = re.compile(r"(?:^|\n)\s{0,4}$")


def uncounted_of(
    text: str,
    spans: Sequence[Span],
    taken: Sequence[tuple[int, int]],
    indicators: Indicators,
) -> list[Unclaimed]:
    """Give the numbers beside an insurance word that count something unknown; `taken`: what is read or refused."""
    used, found = list(taken), []
    for span in spans:
        sentence = text[span.start : span.end]
        if not DIGIT.search(sentence) or not names_insurance(sentence.lower(), indicators):
            continue
        for quantity in parse_quantities(sentence):
            start, end = span.start + quantity.start, span.start + quantity.end
            before = sentence[: quantity.start]
            if quantity.unit in PASSED or not sentence[quantity.start].isdigit() or NAMED.search(before[-14:]):
                continue
            if "after-name" in quantity.flags or (quantity.unit is None and NAME.search(before[-20:])):
                continue
            if quantity.unit is None:
                counted = COUNTED.match(sentence, quantity.end)
                if counted is None or (quantity.value < 10 and LISTING.search(before)):
                    continue
                end = span.start + counted.end()
            if not any(start < last and first < end for first, last in used):
                found.append(Unclaimed(start=start, end=end, quote=text[start:end], sentence=sentence, reason=REASON))
    return found
