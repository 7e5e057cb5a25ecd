"""Tables of which a text holds all rows on one line: `Lạc Sơn 1.236 • Kim Bôi 1.020 • Mai Châu 948`.

Only the heading right above tells what they are, and in which unit: `Thu BHXH năm 2019 (ĐVT: tỷ đồng)`.
"""

import re

from extract.rows.model import FEWEST, Row, Table, measure_of_label

_UNIT = re.compile(
    r"\((?:(?:ĐVT|[Đđ]vt|[Đđ]ơn vị(?: tính)?) ?: ?)?(?:người|em|thẻ|tỷ đồng|tỉ đồng|triệu đồng|%)\)"
    r"[ \t]*:?[ \t]*\n(?:[ \t]*\n)?"
)
"""The unit with which a heading ends, and the line ends behind it."""
_NUMBER = r"\d{1,3}(?:[.,]\d{3})*(?:[.,]\d{1,2})?%?"
_PAIR = re.compile(rf"(?P<name>[^\W\d_][^\d\n:;|•()]{{0,38}}?)[ \t]*[ :(](?P<cell>{_NUMBER})\)?(?=[\s;,.•|–-]|$)")
_GAP = re.compile(r"[\s;,.•|–-]*")
_LEAD = re.compile(r"[^\d\n:]{3,24}: ?")
"""`Thấp nhất: Mẫu Sơn (41), Kiên Mộc (36)`: a line below may say which they are."""


def find_runs(text: str) -> list[Table]:
    """Give the tables of one line, in order; each has one column, which the heading names."""
    found = []
    for unit in _UNIT.finditer(text):
        begins = text.rfind("\n", 0, unit.start()) + 1
        label = text[begins : unit.end()].strip().rstrip(":")
        rows = _pairs(text, unit.end())
        if len(rows) < FEWEST or not measure_of_label(label):
            continue
        end = text.find("\n", rows[-1].end)
        below = _LEAD.match(text, _GAP.match(text, end).end()) if end >= 0 else None  # type: ignore[union-attr]
        more = _pairs(text, below.end()) if below else []
        rows += more if len(more) > 1 else []
        found.append(Table(begins, rows[-1].end, (label,), tuple(rows)))
    return found


def _pairs(text: str, start: int) -> list[Row]:
    """The names and figures of the line at `start`; none where anything else stands among them."""
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    rows = []
    while start < end:
        pair = _PAIR.match(text, start, end)
        if pair is None:
            return []
        rows.append(Row(pair.start(), pair.end(), pair.start("name"), pair.end("name"), (pair.span("cell"),)))
        start = _GAP.match(text, pair.end(), end).end()  # type: ignore[union-attr]
    return rows
