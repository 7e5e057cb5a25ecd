"""The period that a report's title tells: `Mười tháng, thu quỹ ...`, `Quý I/2026: ...`, `Sơ kết 6 tháng đầu năm`."""

import re
from datetime import date, timedelta

from extract.periods import find_periods
from extract.periods_model import Period

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
FRESH = timedelta(75)
"""So long after its end a period is reported on."""


def period_of_title(title: str, reference: date | None) -> Period | None:
    """Give the one period that a title says its report is of, if it has just ended when the report was published."""
    if not title or reference is None:
        return None
    told = [one for one in find_periods(title, reference) if one.end is not None and not one.compared]
    if len(told) != 1:
        return None
    period, low = told[0], title.lower()
    assert period.end is not None
    before = low[: period.lead]
    if not reference - FRESH <= period.end <= reference or period.mode not in ("at", "in") or period.edge:
        return None
    if AHEAD.search(before):
        return None
    if period.kind in PARTS:
        return period
    return period if period.kind in ("month", "year") and REPORTS.search(before) else None
