"""Figures whose sentence does not say them of a place: samples, means, denials, mistakes, deeds.

Insured people are counted all right; yet so many were asked, or are in one commune of several, or the number is wrong,
or is of those for whom something was done. Each would stand in a series as the count of the whole place.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from extract.context import Draft

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

COUNTS = ("level", "uncovered", "coverage_pct", "share_pct", "gain", "target_pct")
PLACES = r"(?:xã|phường|thị trấn|thôn|làng|ấp|bản|buôn|xóm|khu phố|tổ dân phố|huyện|quận|tỉnh|địa phương|địa bàn)"
_PEOPLE = (
    r"(?:người|hộ|lao động|công nhân|phiếu|hội viên|nông dân|tiểu thương|học sinh|sinh viên|gia đình|mẫu|phụ huynh"
    r"|tài xế|chủ hộ|đối tượng)(?!\w)"
)
_ASKED = r"(?:hỏi|khảo sát|phỏng vấn|điều tra|thăm dò|kiểm tra|lấy mẫu|lấy ý kiến|trả lời|chọn ngẫu nhiên)(?!\w)"
SAMPLE = re.compile(
    rf"(?<![\w.,/])(?P<n>\d[\d.]*) (?P<who>{_PEOPLE})[^;.\d]{{0,40}}?(?<!\w)(?:được|đã|tham gia|trả lời) "
    rf"(?:ngẫu nhiên )?{_ASKED}"
    r"|(?<!\w)(?:khảo sát|phỏng vấn|điều tra|thăm dò|lấy ý kiến|phát phiếu|hỏi|kiểm tra ngẫu nhiên)(?!\w)"
    rf"[^;.\d]{{0,40}}?(?<![\w.,/])(?P<m>\d[\d.]*) (?P<whom>{_PEOPLE})",
    re.I,
)
"""`trong 120 người được hỏi`, `khảo sát 500 hộ`: of whom the figures behind it are."""
ASKED = re.compile(rf"(?<!\w){_ASKED}(?: (?:được|ngẫu nhiên|hơn|trên|gần|khoảng))*\s*$", re.I)
"""`khảo sát 500 người`: those asked."""
RESULT = re.compile(r"\s*(?:Trong (?:số )?(?:đó|này)|Kết quả|Qua đó|Theo đó|Có|Chỉ|Chỉ có)(?!\w)")
"""How a sentence begins that goes on about those asked in the one before."""
IN_A_HOME = 8
"""No household has more members than so many, all of them counted."""
MEAN = re.compile(
    r"(?<!\w)(?:trung bình|bình quân|tính ra),?(?: thì)? (?:của |ở |tại )?(?:cứ )?(?:mỗi|một|1|từng) "
    rf"(?:{PLACES}|đại lý|điểm thu|nhân viên(?: thu)?|cán bộ|đơn vị)(?!\w)[^;\d]{{0,70}}$"
    rf"|(?<!\w)mỗi {PLACES}(?!\w)[^;,\d]{{0,50}}(?<!\w)(?:trung bình|bình quân)(?!\w)[^;,\d]{{0,30}}$",
    re.I,
)
"""`trung bình mỗi xã của huyện có`: of no place that the sentence names."""
A_PLACE = re.compile(rf"\s*(?:/|(?:trên|cho) (?:mỗi|một) |mỗi |một ){PLACES}(?!\w)")
"""`85 người/xã`."""
EACH = re.compile(
    rf"(?<!\w)(?:{PLACES}|nơi|chi hội|đơn vị) nào(?! (?:đó|khác))(?!\w)[^;\d]{{0,70}}$"
    rf"|(?<!\w)mỗi {PLACES}(?!\w)[^;:\d]{{0,40}}(?<!\w)(?:cũng|đều)(?!\w)[^;:\d]{{0,30}}$"
    rf"|(?<!\w)(?<!là )(?:{PLACES}|nơi) (?:có )?(?:ít|nhiều|cao|thấp|đông) nhất"
    r"(?: cũng| chỉ)?(?: có| được| đạt| là| với)?"
    r"(?: hơn| trên| gần)?\s*$",
    re.I,
)
"""`xã nào của huyện cũng có`, `không có xã nào dưới`: what each of many has."""
WHICH = re.compile(
    rf"(?<!\w)(?:các|những|nhiều|mọi|tất cả|toàn bộ|\d+(?:%(?: số)?)?|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) "
    rf"{PLACES}(?!\w)"
    r"(?: (?!tổng|cộng|gồm|lần|tham)\w+){0,5}? (?:có|đạt)(?: được)?"
    r" (?:trên|hơn|dưới|ít nhất|từ|tối thiểu|không dưới|không quá)\s*$",
    re.I,
)
"""`7 xã có trên 50 người`: a mark by which places are counted."""
DENIED = re.compile(
    r"(?<!\w)(?:không (?:thể|hề|đúng|phải|còn|có (?:tới|đến|nổi))|chưa (?:thể|hề|phải|bao giờ)"
    r"|khó (?:có )?thể|đâu (?:phải|có|thể)"
    r"|làm (?:gì|sao)|chẳng (?:thể|phải|hề)|chưa có (?:con )?số|không có (?:con )?số|không có (?:chuyện|việc)|bác bỏ"
    r"|phủ nhận|(?:công bố|ghi|viết|in|đăng|đưa|nêu|báo cáo|thống kê|nhập|tính|cộng) (?:nhầm|sai))"
    r"(?:,? (?:có|là|thành|đã|đạt|tới|đến|lên|con|số|chuyện|việc|thông|tin|được|khoảng|gần|ở|mức|phải|hơn"
    r"|trên|như))*\s*$",
    re.I,
)
"""`không thể có`, `chưa có con số`."""
MISTAKEN = re.compile(
    r"(?:[^;\d]|\d{1,2}/\d+(?:/\d+)?|(?:ngày|tháng|quý|năm) \d+){0,140}?(?<!\w)(?:"
    r"là (?:một )?(?:con số |số liệu |thông tin |tin )?(?:hoàn toàn )?(?:sai(?! phạm| sót)|nhầm"
    r"|không (?:đúng|chính xác)|chưa chính xác|bịa đặt|thất thiệt|ảo(?!\w)|khống(?!\w))"
    r"|(?:công bố|ghi|viết|in|đăng|đưa|nêu|báo cáo|thống kê|nhập|tính|cộng|dẫn) (?:\w+ )?(?:nhầm|sai)(?!\w)"
    r"|(?:không (?:đúng|có)|sai|trái)(?: với)? (?:thực tế|sự thật)(?!\w)"
    r"|(?:đã|được|phải|xin|cần) (?:\w+ ){0,3}(?:đính chính|cải chính)(?!\w))",
    re.I,
)
"""`là con số do BHXH huyện công bố nhầm`."""
CORRECTED = re.compile(
    r"(?<!\w)(?:đính chính|cải chính)(?!\w)[^;\d]{0,80}(?<!\w)(?:nêu|đưa|ghi|viết|đăng|in|thông tin)(?!\w)[^;\d]{0,60}$"
    r"|(?<!\w)(?:con số|số liệu|thông tin|tin) (?:sai|nhầm|không (?:đúng|chính xác)|bịa đặt|thất thiệt)(?!\w)"
    r"[^;]{0,60}?(?<!\w)(?:là|rằng)(?!\w)[^;]{0,80}$",
    re.I,
)
"""`đính chính: báo đã nêu huyện có`, `con số sai lâu nay là`."""
_ENTERED = (
    r"(?:cập nhật|cài(?: đặt)?|đồng bộ|xác thực|kích hoạt|chuẩn hóa|thu thập|định danh|làm sạch|tạo lập tài khoản"
    r"|cấp tài khoản|đăng ký tài khoản|trả (?:xong )?sổ|trả thẻ|bàn giao sổ)(?!\w)"
)
_SPOKEN_TO = (
    r"(?:chốt sổ|nhắn tin|gửi (?:thư|tin|thông báo)|rà soát|hướng dẫn|tư vấn|tuyên truyền|đối thoại"
    r"|khám sức khỏe|khám,? (?:chữa )?bệnh)(?!\w)"
)
_THINGS = r"(?:(?!cấp |vận động|phát triển|chi trả)[^;,\d]){0,60}?(?<!\w)"
DEED = re.compile(
    rf"(?<!\w)(?:{_ENTERED}(?:{_THINGS}(?:cho|của|đến|với|tới)| được| xong|(?<=đồng bộ)|(?<=xác thực)|(?<=cập nhật))"
    rf"|{_SPOKEN_TO}{_THINGS}(?:cho|đến|tới)|đối thoại với)"
    r"(?: (?:được|hơn|trên|gần|khoảng|tổng số|cả))*\s*$",
    re.I,
)
"""`đã cập nhật căn cước cho`: those served, not all who take part."""
SERVED = re.compile(rf"[^,;.\d]{{0,60}}?(?<!\w)(?:đã |được |đã được |đều được )?{_ENTERED}", re.I)
"""`612.000 người tham gia BHYT được cập nhật căn cước`."""
GATHERED = re.compile(
    r"\s*(?:là )?(?:đại biểu|khách mời|đại diện|tham dự|dự(?! toán| kiến| báo| thảo| phòng)|đến dự|về dự|có mặt|nghe"
    r"|theo dõi)(?!\w)"
    r"|[^,;.\d]{0,30}?(?<!\w)(?:tham dự|đến dự|(?:dự|tham gia) (?:hội nghị|buổi|lớp|tọa đàm|lễ))(?!\w)"
    r"|[^,;.\d]{0,40}?(?<!\w)(?:tố giác|tố cáo|khiếu nại|khiếu kiện|gửi đơn|làm đơn|kêu cứu|phản ánh|đình công"
    r"|ngừng việc|bỏ việc|biểu tình|hài lòng|đánh giá (?:tốt|cao)|cá cược|đặt cược)(?!\w)",
    re.I,
)
"""`230 đại biểu`, `42 người dân tố giác`, `92% hài lòng`."""
CEILING = re.compile(r"(?<!\w)(?:tối đa|cao nhất)(?: là| bằng| đến| tới| không quá)? [\d.,]+ ?%$", re.I)
OVER_IT = re.compile(
    r"(?: lương hưu)?,? ?(?:và |đến )?(?:mức )?(?:tối đa|cao nhất)(?: là| bằng| không quá)? [\d.,]+ ?%", re.I
)
"""`hưởng 45%, tối đa 75%`: a rate by law, nothing that was reached."""
GAMES = re.compile(
    r"(?<!\w)(?:cá cược|nhà cái|người chơi|nổ hũ|casino|tài xỉu|lô đề|đặt cược|xổ số online)(?!\w)", re.I
)
IF = re.compile(
    r"(?:^|[.;:\"“”] ?)(?:Nếu|Giả sử|Chỉ cần)(?! như| so| tính| lấy| kể)(?!\w)[^;]{0,40}?"
    r"(?<!\w)(?:mỗi|tất cả|cứ)(?!\w)[^;]*$"
    r"|(?:^|[.;:\"“”] ?)Nếu(?! như| so| tính| lấy| kể)(?!\w)[^;]*(?<!\w)sẽ(?!\w)[^;]*$",
    re.I,
)
"""`Nếu mỗi xã vận động thêm 50 người thì toàn huyện sẽ có`."""
MARKS = ("trên ", "hơn ", "dưới ", "nhất ", "từ ", "thiểu ", "quá ")
BESIDE = 160
"""How many characters before a figure may tell of whom it is."""
TRIGGERS = {
    "mean": (
        "bình quân", "trung bình", "tính ra",
    ),
    "each": (
        " nào", "mỗi ", "nhất",
    ),
    "denied": (
        "không ", "chưa ", "khó ", "đâu ", "làm ", "chẳng ", "bác bỏ", "phủ nhận", "nhầm", " sai",
    ),
    "wrong": (
        " sai", "nhầm", "chính xác", "đính chính", "cải chính", "không ", "bịa", "thất thiệt", " ảo", "khống",
        "trái",
    ),
    "deed": (
        "cập nhật", " cài", "đồng bộ", "xác thực", "kích hoạt", "chuẩn hóa", "thu thập", "định danh",
        "làm sạch", "tài khoản", " sổ", "trả thẻ", "nhắn", "gửi ", "rà soát", "hướng dẫn", "tư vấn",
        "tuyên truyền", "đối thoại", "khám",
    ),
    "gathered": (
        "đại biểu", "khách mời", "đại diện", " dự", "có mặt", " nghe", "theo dõi", "hội nghị", "tố ", "khiếu",
        "buổi", "đơn", "kêu cứu", "phản ánh", "đình công", "việc", "biểu tình", "hài lòng", "đánh giá", "cược",
        " lễ", " lớp",
    ),
    "games": (
        "cược", "nhà cái", "người chơi", "nổ hũ", "casino", "tài xỉu", "lô đề", "xổ số",
    ),
    "if": (
        "nếu", "giả sử", "chỉ cần",
    ),
    "ceiling": (
        "tối đa", "cao nhất",
    ),
    "sample": (
        "khảo sát", "phỏng vấn", "điều tra", "thăm dò", "ý kiến", "hỏi", "kiểm tra", "mẫu", "phiếu", "trả lời",
        "ngẫu",
    ),
}  # fmt: skip
"""Words without one of which, in or beside the sentence, a pattern need not be tried."""


@lru_cache(maxsize=64)
def _may(region: str) -> frozenset[str]:
    """Which patterns the words of a sentence and those beside it call for."""
    low = region.lower()
    return frozenset(name for name, words in TRIGGERS.items() if any(word in low for word in words))


def untold(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether a figure is of a sample, a mean, each of many, a deed, a meeting, or is denied or mistaken."""
    if draft.kind == "money":
        return False
    text, start, end = reader.layers.text, reader.stream.start, reader.stream.end
    before = text[max(start, draft.start - BESIDE) : draft.start]
    after = text[draft.end : min(end, draft.end + BESIDE)]
    may = _may(text[max(0, start - BESIDE) : end + BESIDE])
    if _unsaid(draft, before, after, may):
        return True
    if "games" in may and GAMES.search(text, max(0, draft.start - BESIDE), min(len(text), draft.end + BESIDE)):
        return True
    if draft.measure not in COUNTS:
        return False
    if _of_many(draft, before, after, may) or ("deed" in may and _of_deed(reader, draft, before, after)):
        return True
    rate = draft.kind == "percent" and "ceiling" in may
    if rate and (CEILING.search(before + text[draft.start : draft.end]) or OVER_IT.match(after)):
        return True
    if "sample" not in may:
        return False
    return (draft.kind != "percent" and ASKED.search(before) is not None) or _of_sample(reader, draft)


def _unsaid(draft: Draft, before: str, after: str, may: frozenset[str]) -> bool:
    """Whether a figure is denied, mistaken, supposed, or of people who came, complained or judged."""
    if "denied" in may and DENIED.search(before):
        return True
    if "wrong" in may and ((draft.kind != "count" and MISTAKEN.match(after)) or CORRECTED.search(before)):
        return True
    return bool(("gathered" in may and GATHERED.match(after)) or ("if" in may and IF.search(before)))


def _of_many(draft: Draft, before: str, after: str, may: frozenset[str]) -> bool:
    """Whether a figure is a mean of several places, or what each of them has."""
    if ("mean" in may and MEAN.search(before)) or A_PLACE.match(after):
        return True
    if "each" in may and draft.measure != "target_pct" and EACH.search(before):
        return True
    marked = draft.kind != "percent" and before.endswith(MARKS)
    return marked and WHICH.search(before) is not None


def _of_deed(reader: "SentenceReader", draft: Draft, before: str, after: str) -> bool:
    """Whether those are counted for whom something was done, and no indicator of one's own counts just that."""
    if draft.kind == "percent" or draft.measure != "level" or draft.concept != "participants":
        return False
    known = reader.layers.indicators
    if any(known.get(key).schemes == draft.schemes for key in known.own):
        return False
    return DEED.search(before) is not None or SERVED.match(after) is not None


def _of_sample(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether so many were asked, in this sentence or the one before, that the figure can be of them."""
    text, start = reader.layers.text, reader.stream.start
    if RESULT.match(text, start):
        start = max(text.rfind("\n", 0, start) + 1, start - BESIDE)
    for found in SAMPLE.finditer(text, start, draft.start):
        number = (found["n"] or found["m"]).replace(".", "")
        homes = (found["who"] or found["whom"]).lower() in ("hộ", "gia đình", "chủ hộ")
        if draft.kind == "percent" or draft.value <= int(number) * (IN_A_HOME if homes else 1):
            return True
    return False
