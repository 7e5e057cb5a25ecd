"""The cheap look: which sentences of a text may hold a figure at all.

Most sentences of most texts name no number near an insurance; telling them costs a fraction of reading them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from extract.sentences import Span
from extract.tokens.stream import HEADING

NUMBER = re.compile(
    r"[0-9０-９](?!\d)(?:\s*(?=[cdđehklnst])(?P<counted>người|lao động|đối tượng|nlđ|triệu|tỷ|tỉ|nghìn|ngàn|thẻ|sổ\b"
    r"|lượt|khẩu|đơn vị|doanh nghiệp|em\b|học sinh|sinh viên|hộ|đại lý|điểm thu|nhân viên|cuốn|hội viên|đoàn viên"
    r"|nông dân|hồ sơ|dân|đồng\b|đ\b|hs\b|sv\b|hssv|học viên)"
    r"|(?=\s*/?%|[.,]\d))"
)
"""The end of a number with a unit of ours; a percent, or a number with a point: a count without its unit. Like all
words of the cheap look in lower case, in which the text is looked at."""
COUNT_WORDS = re.compile(r"[ìệỷàă](?:(?<=nghì)n|(?<=triệ)u|(?<=tỷ)|(?<=ngà)n|(?<=tră)m) (?:người|đồng|lao)")
"""A count in words: `nghìn người`, `tỷ đồng`. It begins with the letter of each that is least frequent, to skip to."""
LEGAL = re.compile(
    r"mức đóng|mức hưởng|tiền lương|mức bình quân(?! (?:chung|cả|toàn|của (?:cả|toàn|tỉnh)))"
    r"|được tính (?:thêm|bằng)|năm đóng|lương hưu (?:hàng"
    r"|hằng) tháng|khoản \d"
    r"|phạt tiền|đúng tuyến|điều \d|người sử dụng lao động đóng"
)
"""Words of laws, whose percents are rates."""
WHOLE = re.compile(r"% (?:(?:tổng )?số (?:người|lao động)|(?:mua|có|nhận) thẻ|tham gia)")
"""Words of a share of people, which no law tells."""
NEAR = 6
FIRST, FIRST_REACH = 3, 8
"""So many sentences behind its insurance the first figure of a text stands at most, the second where its words say
that it goes on."""
COUNTED = -1
"""Said of a sentence that has a number with a unit of ours."""
YEAR = re.compile(r"2(?<!\w.)0\d\d\b")
FOLLOWS = re.compile(
    r"(?:b(?<!\w.)ao phủ|c(?<!\w.)(?:hỉ tiêu|hậm đóng|ùng kỳ|ao nhất|òn|hi|hiếm)|d(?<!\w.)(?:oanh nghiệp|uy trì)"
    r"|đ(?<!\w.)(?:ộ phủ|ạt)|g(?<!\w.)iảm|h(?<!\w.)ưởng|k(?<!\w.)(?:ế hoạch|hối)|l(?<!\w.)ần lượt|n(?<!\w.)ợ"
    r"|p(?<!\w.)(?:hủ|hát triển)|t(?<!\w.)(?:ham gia|hẻ|hấp nhất|ăng|ổng|hu)|v(?<!\w.)ận động)(?!\w)"
)
"""Words by which a sentence may go on about an insurance named before."""


def wanted_of(low: str, spans: Sequence[Span], named: Sequence[int], reach: int) -> tuple[set[int], set[int], set[int]]:
    """The cheap look: sentences that may hold a figure, with or after an insurance word; those with the word; of the
    first those that are near enough to hold the first figure of a text: lists go on much further.

    `named`: where the text names an insurance; its very beginning where the title does.
    """
    ends = [span.end for span in spans]
    insured = {min(bisect_right(ends, at), len(spans) - 1) for at in named}
    wanted: set[int] = set()
    near: set[int] = set()
    order = sorted(insured)
    numbered = _numbered(low, spans, ends, _stretches(order, reach, len(spans)))
    for number in sorted(numbered):
        behind = number - order[bisect_right(order, number) - 1]
        # a list goes on from sentence to sentence, however far the insurance has been left behind
        listed = number - 1 in wanted or (number - 2 in wanted and spans[number - 1].end - spans[number - 1].start < 6)
        if _may_hold(low, spans[number], numbered[number], 1 if listed else behind):
            wanted.add(number)
            if behind <= FIRST or (behind <= FIRST_REACH and FOLLOWS.search(low, *spans[number])):
                near.add(number)
    return wanted, insured, near


def _stretches(insured: Sequence[int], reach: int, count: int) -> Iterator[tuple[int, int]]:
    """Give the stretches of sentences that one that names an insurance reaches, by the first and behind the last."""
    first, until = 0, 0
    for number in insured:
        if number > until:
            if until:
                yield first, until
            first = number
        until = min(number + reach + 1, count)
    if until:
        yield first, until


def _numbered(low: str, spans: Sequence[Span], ends: Sequence[int], among: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Give the sentences of some stretches that have a number: how many shares and bare counts, `COUNTED` where one has
    a unit of ours, 0 for a heading with a year. A stretch is looked through at once: most sentences have no number.
    """
    found: dict[int, int] = {}
    for first, until in among:
        stretch = spans[first].start, ends[until - 1]
        for number in NUMBER.finditer(low, *stretch):
            at = bisect_right(ends, number.start())
            if number.lastgroup and number.end() <= ends[at]:
                found[at] = COUNTED
            elif found.get(at) != COUNTED:
                found[at] = found.get(at, 0) + 1
        for count in COUNT_WORDS.finditer(low, *stretch):
            at = bisect_right(ends, count.start())
            if count.end() <= ends[at]:
                found[at] = COUNTED
        for year in YEAR.finditer(low, *stretch):
            at = bisect_right(ends, year.start())
            if at not in found and spans[at].end - spans[at].start < HEADING:
                found[at] = 0
    return found


def _may_hold(low: str, span: Span, shares: int, distance: int) -> bool:
    """Whether a sentence with a number, so many sentences after an insurance word, can hold a figure of ours."""
    if distance > NEAR and not FOLLOWS.search(low, *span):
        return False
    if 0 <= shares <= 3:
        return not shares or not LEGAL.search(low, *span) or WHOLE.search(low, *span) is not None
    return True
