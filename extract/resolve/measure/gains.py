"""Counts of new people that a heading announces: `Các xã có số người mới nhiều: Phú Hòa 402 người, Tân An 377`."""

import re
from typing import TYPE_CHECKING

from extract.context import Draft

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

HEADING = re.compile(
    r"(?<!\w)(?:số (?:người |lượng )?(?:tham gia |đăng ký |tăng )?mới|số (?:người |đối tượng )?"
    r"(?:phát triển|vận động|khai thác|tăng|tham gia)(?: được)?(?: mới| thêm)"
    r"|(?:phát triển|vận động|khai thác)(?: được)?(?: mới| thêm)?(?: được)?)(?!\w)[^:;.\d]{0,60}:",
    re.I,
)
NOUN = re.compile(
    r"(?<!\w)số (?:người |đối tượng |lượng )?(?:phát triển|vận động|khai thác|tham gia|tăng|đăng ký)(?: được)? mới"
    r"(?!\w)[^.;:(]{0,60}(?:được|là|đạt|có|:) (?:(?:hơn|trên|gần|khoảng|chỉ|tới) )?$",
    re.I,
)
ACCRUED = re.compile(
    r"(?<!\w)(?:lũy|luỹ) kế (?:(?:trong |qua )?(?:\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) tháng"
    r"|từ đầu năm|cả năm)(?!\w)(?!.*(?:nâng|tổng số))",
    re.I,
)
"""`phát triển mới 1.235 người, lũy kế 6 tháng là 5.678 người`: won over so long; `lũy kế đến nay` may be of all."""
OTHER = re.compile(r"(?<!\w)(?:nâng|tổng số|lũy kế|luỹ kế|hiện có|kế hoạch|chỉ tiêu|giao)(?!\w)", re.I)


def heads_new(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether a figure is said to count the newly enrolled: right before it, or in the heading of its list."""
    since = reader.drafts[-1].end if reader.drafts else reader.stream.start
    if NOUN.search(reader.layers.text, since, draft.start):
        return True
    if reader.drafts and reader.drafts[-1].measure == "gain" and ACCRUED.search(reader.layers.text, since, draft.start):
        return True
    if ":" not in reader.stream.codes[: draft.index]:
        return False
    found = HEADING.search(reader.layers.text, reader.stream.start, draft.start)
    return found is not None and OTHER.search(reader.layers.text, found.start(), draft.start) is None


def least_aimed(reader: "SentenceReader", draft: Draft) -> bool:
    """`Riêng trong tháng 5 phát triển mới ít nhất 2.000 người`, behind aims: at least so many are to be won."""
    held = reader.mind.target
    aims = held is not None and held.value and reader.sentence - held.sentence <= 2
    return bool(aims) and draft.qualifier == ">=" and not reader.drafts
