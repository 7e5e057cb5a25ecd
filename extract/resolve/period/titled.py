"""The period that a report's title tells: `Mười tháng, thu quỹ ...`, `Quý I/2026: ...`, `Sơ kết 6 tháng đầu năm`."""

import re
from datetime import date, timedelta

from extract.periods.find import find_periods
from extract.periods.model import Period

PARTS = ("ytd-months", "quarter", "half")
"""Parts of a year that a title names only where the report is of them."""
REPORTS = re.compile(
    r"(?:tổng kết|sơ kết|kết quả|điểm lại|nhìn lại|báo cáo|số liệu|toàn cảnh|thành tựu|dấu ấn)(?!\w)[^.;]{0,70}$"
    r"|^(?:[^:.]{0,40}:\s)?(?:trong )?$"
)
"""Words before a month or year that the report is of; or it opens the title."""
AHEAD = re.compile(
    r"(?<!\w)(?:phấn đấu|mục tiêu|kế hoạch|chỉ tiêu|nhiệm vụ|giải pháp|phương hướng|dự kiến|sẽ|trước|sau|từ|đến|so với"
    r"|cuối năm|tới)(?!\w)[^,;:]{0,40}$",
    re.I,
)
"""Words before a period that make it one of aims, or only of a start."""
COUNTED = re.compile(r"(?:[^:.]{0,40}:\s)?(?:sau |qua )?(?P<n>\d{1,2}|[^\W\d_]+(?: [^\W\d_]+)?) tháng(?!\s\d)(?!\w)")
"""`Chín tháng nhiều nỗ lực`: months at the head of a title, the year's first where as many have passed."""
FRESH = timedelta(75)
"""So long after its end a period is reported on."""


def period_of_title(title: str, reference: date | None) -> Period | None:
    """Give the one period that a title says its report is of, if it has just ended when the report was published."""
    if not title or reference is None:
        return None
    low = title.lower()
    told = [one for one in find_periods(title, reference) if _reported_on(low, one, reference)]
    if not told and (match := COUNTED.match(low)) is not None:
        told = [one for one in find_periods(f"{match['n']} tháng đầu năm", reference) if one.end is not None]
        told = [one for one in told if one.end is not None and timedelta(-8) < reference - one.end < timedelta(40)]
    return told[0] if len(told) == 1 else None


def _reported_on(low: str, period: Period, reference: date) -> bool:
    """Whether a title tells what was in a period, and it has just ended."""
    if period.end is None or period.compared or period.edge or period.mode not in ("at", "in"):
        return False
    if not reference - FRESH <= period.end <= reference or AHEAD.search(low[: period.lead]):
        return False
    if period.kind in PARTS:
        return True
    heads = low[period.span_end : period.span_end + 1] == ":"
    return period.kind in ("month", "year") and (heads or REPORTS.search(low[: period.lead]) is not None)
