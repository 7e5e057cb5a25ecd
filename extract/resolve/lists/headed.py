"""Figures on lines of their own under a heading, as posters print them: `BHXH TỰ NGUYỆN`, below it `11.846 người`."""

import re
from typing import TYPE_CHECKING

from extract.rules.pattern import FIGURES
from extract.schemes import ALL, find_schemes
from extract.text import lowered

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

ABOVE = re.compile(r"(?:^|\n)[^\S\n]*([^\n]{2,60}?)[^\S\n]*:?[^\S\n]*\n(?:[^\S\n]*\n)?[^\S\n]*$")
"""The line above, at most one of them blank in between."""
PROSE = re.compile(r"[.!;,]$|\d[\d.,]*\s*(?:người|đồng|tỷ|tỉ|triệu|%|lượt|thẻ)")
EVENTS = re.compile(r"(?<!\w)(?:hội nghị|hội thảo|tập huấn|buổi|lớp|lễ|tọa đàm|đối thoại)(?!\w)", re.I)
"""Headings of who came to something."""
MONEY = (
    (re.compile(r"(?<!\w)(?:nợ|chậm đóng|trốn đóng)(?!\w)"), "arrears"),
    (re.compile(r"(?<!\w)(?:chi|chi trả|giải quyết chế độ)(?!\w)"), "payouts"),
    (re.compile(r"(?<!\w)thu(?! hút| nhập| nợ)(?!\w)"), "revenue"),
)
DASHES = frozenset("+-–•*")
LONGEST = 14
"""So many tokens has a line of a poster at most."""


def see_line(reader: "SentenceReader") -> int:
    """Where the figure stands with which a line opens that stands under a heading of ours, or is the answer to a
    question; what that names is in force. -1: there is none."""
    stream, text = reader.stream, reader.layers.text
    first = 1 if stream.codes and stream.tokens[0].load in DASHES else 0
    if stream.codes[first : first + 1] not in tuple(FIGURES.values()) or len(stream.codes) > LONGEST:
        return -1
    above = ABOVE.search(text, max(0, stream.start - 130), stream.start)
    if above is None or PROSE.search(above[1]) or EVENTS.search(above[1]):
        return -1
    low = lowered(above[1])
    codes = next((one.codes for one in find_schemes(above[1], reader.layers.indicators) if one.codes), ())
    concept = next((name for pattern, name in MONEY if pattern.search(low)), "")
    money = stream.codes[first] == FIGURES["money"]
    if not (concept if money else codes):
        return -1
    reader.mind.schemes = reader.held(codes or ALL)
    reader.mind.listed = codes or ALL
    reader.mind.named.update(codes)
    reader.mind.concept, reader.mind.cued = (concept if money else "participants"), reader.sentence
    return first
