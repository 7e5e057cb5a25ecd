"""What tables are once found: rows, columns, and what the label of a column says its figures are."""

import re
from dataclasses import dataclass

from extract.text import lowered

FEWEST = 3
"""Fewer lines of one shape are no table."""

_LABELS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"chưa (?:tham gia|có)"), "uncovered"),
    (re.compile(r"phải thu|mức đóng|bình quân"), ""),
    (re.compile(r"(?:%|tỷ lệ|tỉ lệ).{0,12}(?:nợ|chậm đóng)|(?:nợ|chậm đóng).{0,24}%"), "rate"),
    (
        re.compile(r"(?:%|tỷ lệ|tỉ lệ|so|đạt|hoàn thành|thực hiện).{0,24}(?:kế hoạch|chỉ tiêu|kh\b|dự toán|được giao)"),
        "target_pct",
    ),
    (re.compile(r"(?:kế hoạch|chỉ tiêu|kh\b).{0,20}%"), "target_pct"),
    (re.compile(r"kế hoạch|chỉ tiêu|được giao|\bkh\b"), "target"),
    (re.compile(r"tăng|giảm|so (?:với )?cùng kỳ"), "change"),
    (re.compile(r"tăng mới|phát triển|vận động"), "gain"),
    (re.compile(r"bao phủ|tỷ lệ|tỉ lệ|độ phủ|%"), "coverage_pct"),
    (re.compile(r"^(?:đã |kết quả )?(?:thực hiện|đạt được|hiện có|đã có|kết quả)(?: |$)"), "level"),
    (re.compile(r"người|số lượng|tham gia|bhxh|bhyt|bhtn|số thẻ|lao động|bắt buộc|tự nguyện"), "level"),
    (re.compile(r"(?:^|số|tổng|tiền) (?:thu|nợ|chi)\b|^(?:thu|nợ|chi)\b|chậm đóng|chi trả"), "level"),
)
"""What a column's label says its figures are, the first that fits; `""`: nothing of ours."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    start: int
    end: int
    name_start: int
    name_end: int
    cells: tuple[tuple[int, int], ...]
    """Spans of the figures, in the order of the columns; of a dash an empty one."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that belong together and what their columns are."""

    start: int
    """Where the heading begins."""
    end: int
    columns: tuple[str, ...]
    """Labels of the columns."""
    rows: tuple[Row, ...]


def measure_of_label(label: str) -> str:
    """Give the measure that a column's label names; `""` where it names none."""
    low = lowered(label)
    return next((measure for pattern, measure in _LABELS if pattern.search(low)), "")
