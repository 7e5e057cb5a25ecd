"""Where the paragraphs of a text begin: at its lines, but for those that go on the one before."""

import re

LINE = re.compile(r"\n\n*")
ITEM = re.compile(r"[+•·*]\s|(?<=[:;,]\n)-\s")
"""A line of a list: it goes on the paragraph before it."""
UNDER = re.compile(
    r"(?:[▲▼△▽↑↓]|(?:Đạt|Tăng|Giảm|Bằng|Chiếm|Bao phủ|Độ bao phủ|KH|Kế hoạch|Chỉ tiêu)(?!\w))[^\n.]{2,60}(?:\n|\Z)"
)
"""A short line that tells more of the figure on the line above."""
SHORT = 80
"""A line of a poster is no longer."""


def paragraph_starts(text: str) -> list[int]:
    """Give where the paragraphs begin, in order."""
    return [0, *[match.end() for match in LINE.finditer(text) if not _goes_on(text, match)]]


def _goes_on(text: str, ended: re.Match[str]) -> bool:
    """Whether a line goes on the one before: an item of a list, or what a poster tells of the figure above."""
    if ITEM.match(text, ended.end()):
        return True
    if ended.end() - ended.start() > 1 or UNDER.match(text, ended.end()) is None:
        return False
    above = text[max(0, ended.start() - SHORT) : ended.start()]
    return "\n" in above and above[-1:] not in ".;"
