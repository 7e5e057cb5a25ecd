"""The cheap look: which sentences of a text may hold a figure at all.

Most sentences of most texts name no number near an insurance; telling them costs a fraction of reading them.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import zip_longest

from extract.sentences import Span
from extract.tokens.stream import HEADING

NUMBER = re.compile(
    r"\d(?:\s*(?P<counted>người|lao động|đối tượng|nlđ|triệu|tỷ|tỉ|nghìn|ngàn|thẻ|sổ\b|lượt|đơn vị|doanh nghiệp|em\b"
    r"|học sinh|sinh viên|hộ|đại lý|điểm thu|nhân viên|cuốn|hội viên|đoàn viên|nông dân|hồ sơ|dân|đồng\b|đ\b"
    r"|hs\b|sv\b|hssv|học viên)"
    r"|(?=\s*/?%|[.,]\d))"
)
"""A number with a unit of ours; a percent, or a number with a point: a count without its unit. Like all words of the
cheap look in lower case, in which the text is looked at."""
COUNT_WORDS = re.compile(r"(?:nghìn|triệu|tỷ|ngàn|trăm) (?:người|đồng|lao)")
"""A count in words. Apart, so that each search can skip to its first character."""
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
YEAR = re.compile(r"\b20\d\d\b")
FOLLOWS = re.compile(
    r"(?<!\w)(?:tham gia|(?:bao |độ )?phủ|kế hoạch|chỉ tiêu|nợ|chậm đóng|thẻ|lần lượt|cùng kỳ|thấp nhất|cao nhất"
    r"|vận động|phát triển|đạt|còn|tăng|giảm|tổng|thu|chi|chiếm|hưởng|doanh nghiệp|khối)(?!\w)"
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
    for one, following in zip_longest(order, order[1:], fillvalue=len(spans)):
        for number in range(one, min(one + reach + 1, following)):
            # a list goes on from sentence to sentence, however far the insurance has been left behind
            listed = number - 1 in wanted or (
                number - 2 in wanted and spans[number - 1].end - spans[number - 1].start < 6
            )
            distance = 1 if listed else number - one
            if _may_hold(low, spans[number], distance):
                wanted.add(number)
                if number - one <= FIRST or (number - one <= FIRST_REACH and FOLLOWS.search(low, *spans[number])):
                    near.add(number)
    return wanted, insured, near


def _may_hold(low: str, span: Span, distance: int) -> bool:
    """Whether a sentence (of lower case), so many sentences after an insurance word, can hold a figure of ours."""
    start, end = span
    if distance > NEAR and not FOLLOWS.search(low, start, end):
        return False
    shares = 0
    for number in NUMBER.finditer(low, start, end):
        if number.lastgroup:
            return True
        shares += 1
    if COUNT_WORDS.search(low, start, end):
        return True
    if shares:
        return shares > 3 or not LEGAL.search(low, start, end) or WHOLE.search(low, start, end) is not None
    return end - start < HEADING and YEAR.search(low, start, end) is not None
