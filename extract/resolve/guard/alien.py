"""Figures that sound like ours and are of something else: wages, single debtors, audits, wishes, other people.

Each guard reads the words right before or behind a figure that a rule has claimed; few figures come so far.
"""

import re
from typing import TYPE_CHECKING

from extract.context import Draft

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

WAGES = re.compile(
    r"(?<!\w)(?:mức lương|tiền lương|lương tối thiểu|[Mm]ức (?:tiền )?đóng|đồng ?/ ?(?:người ?/ ?)?tháng)"
)
"""Words above a table of wages, which a page may print one number a line."""
PEOPLE = re.compile(r"(?<!\w)(?:người|lao động|số|học sinh|sinh viên|hội viên|đối tượng|dân)(?!\w)")
OF_WAGE = re.compile(
    r"(?<!\w)(?:[Đđ]óng (?:bảo hiểm|BHXH|BHYT)|thực nhận|bị trừ|[Tt]hu nhập)(?: \w+){0,8}?"
    r"(?: là| hơn| khoảng| gần| trên)*\s*$"
)
PER_MONTH = re.compile(r"\s*/ ?(?:người|tháng|năm|ngày|lần)(?!\w)")
CURRENCY = re.compile(r"\s?(?:-\s?[\d.]+\s)?(?:tệ|USD|đô la|won|yên|baht|euro|ringgit)(?!\w)")
OTHER_THINGS = re.compile(
    r"\s(?:giá|dịch vụ|loại|danh mục|hạng mục|kỹ thuật|thủ tục|văn bản|mẫu|mã|hồ sơ|giường|bác sĩ|bác sỹ)(?!\w)"
)
"""Nouns behind a number without a unit."""
NUMBER_OF = re.compile(r"\d{7,}$")
"""So many digits without points name something; they count nothing."""
OTHER_PEOPLE = re.compile(
    r"\s(?:\w+ ){0,2}?(?:nghiện|nhiễm|mắc|bị thiệt|thiệt|bị ảnh hưởng|chịu ảnh hưởng|bị giảm (?:lương|trừ)"
    r"|tử vong|bỏ trốn)(?!\w)"
    r"|\s(?:đang )?(?:sử dụng|dùng) (?:internet|mạng|điện thoại|facebook|điện)(?!\w)"
    r"|\s(?:đang )?làm (?:những |các )?(?:công việc|nghề)(?!\w)"
    r"|[^,;.:\d]{0,24}(?<!\w)(?:đề nghị(?! hưởng)|trợ cấp thôi việc)(?!\w)",
    re.I,
)
"""`31.000 người nghiện`, `50 triệu người sử dụng internet`, `29 người được đề nghị cấp thẻ`: not those insured."""
HIRED = re.compile(r"(?<!\w)(?:tuyển(?: dụng| mới)?|sa thải|cắt giảm|nhỏ hơn hoặc bằng|không quá)\s*$", re.I)
STAFF = re.compile(r"(?<!\w)(?:biên chế|chính sách thôi việc)(?!\w)")
"""Words of reports on the state's own staff."""
LEFT = re.compile(r"(?<!\w)(?:dừng|ngừng|thôi|bỏ) đóng(?!\w)(?:(?!tham gia|còn|đóng mới)[^.;])*$")
REPAID = re.compile(
    r"(?<!\w)(?:khắc phục|trả nợ|nộp trả|thanh toán (?:khoản|số|hết|dứt điểm) (?:tiền )?nợ|(?<!phải )thu hồi)"
    r"(?:(?!(?<!\w)(?:còn|hiện|vẫn|tổng số)(?!\w))[^.;]){0,70}$"
)
"""Debts that were paid are owed no more."""
OF_BANK = re.compile(
    r"(?<!\w)(?:[Nn]gân hàng [^,;.:\d]{1,40}|\w*[Bb]ank|BIDV|VIB|ACB|SCB|SHB|MB)(?:(?! BHXH| bảo hiểm)[^,;.:\d]){0,20}$"
)
"""What is owed to a bank."""
PRIVATE = re.compile(r"(?<!\w)cá nhân\s*$|(?<!\w)nợ gốc và lãi(?!\w)[^,;.]{0,20}$")
PRIVATE_BEHIND = re.compile(r"\s(?:là )?(?:khoản )?nợ (?:cá nhân|ai)(?!\w)|\scho (?:cơ quan )?(?:bảo hiểm|BHXH)(?!\w)")
CHOSEN = re.compile(
    r"(?<!\w)(?:doanh nghiệp|đơn vị|công ty|DN)(?: \w+){0,3} nợ(?: \w+){0,4} (?:từ|dưới)\s*$"
    r"|(?<!\w)(?:đơn vị|doanh nghiệp|công ty|DN) (?:có )?(?:số )?nợ(?: \w+){0,3} (?:cao|thấp|lớn|nhiều|ít) nhất"
    r"[^,;.\d]{0,30}$|(?<!\w)nợ (?:cao|thấp|lớn|nhiều|ít) nhất là (?:trên |hơn |gần |khoảng )?$"
)
"""Which debtors are meant, and what the worst of them owes."""
REFUSED = re.compile(
    r"(?<!\w)(?:phát hiện|thu hồi|chưa xác định được|(?:chưa|không) hợp lý|sai quy định|không đúng quy định|xuất toán"
    r"|quản lý bộ máy|phần mềm|kinh phí (?:điều chỉnh|tăng thêm|thực hiện))(?!\w)"
)
"""Before a sum of payouts: what auditors found, what a change or an office costs."""
RELIEVED = re.compile(r"(?<!\w)(?:giảm|hoàn|miễn|tạm dừng) (?:mức )?(?:đóng|tiền đóng)(?!\w)(?:[^;.]|\.\d)*$")
"""What payers were let off: `giảm mức đóng cho 1.764 đơn vị, số tiền 6,8 tỷ đồng`."""
FINES = re.compile(r"(?<!\w)(?:mức phạt|phạt tiền|bị phạt|xử phạt|phạt tới|phạt đến)(?!\w)")
MUST = re.compile(
    r"[^,;.\d]{0,30}(?<!\w)(?:phải (?:giải trình|kiểm điểm|báo cáo|chịu)|(?:sẽ )?không (?:được )?xét|sẽ bị"
    r"|bị (?:phê bình|kiểm điểm|hạ))(?!\w)"
)
"""`đơn vị đạt dưới 20% chỉ tiêu phải giải trình`: a condition, nothing that was reached."""
SLOW_PAID = re.compile(r"(?<!\w)chi trả được\s*$")
ASSISTANCE = re.compile(
    r"(?<!\w)(?:không có lương hưu|trợ giúp xã hội|bảo trợ xã hội|trợ cấp xã hội|trợ cấp người cao tuổi)(?!\w)"
)
"""Words of benefits that are none of an insurance."""
SUPPOSED = re.compile(
    r"(?:^|[.:\"“»]\s*)(?:Ví dụ|VD|Giả sử|Chẳng hạn)[:,]?"
    r" (?:một|ông|bà|anh|chị|nếu|người|lao động|doanh nghiệp|công ty)(?!\w)"
    r"|(?<!\w)của một (?:xã|huyện|tỉnh|người|gia đình|lao động)(?!\w)[^;\n]{0,60} thì(?!\w)",
    re.I,
)
"""A case made up to explain: `Với dân số của một xã khoảng 4.000 người thì thu BHYT là 2 tỷ đồng`."""
OFTEN = re.compile(r"(?<!\w)(?:từ|trên|hơn) \d+ lần(?!\w)")
"""`những người đi khám từ 40 lần trở lên`: whom a search for abuse finds."""
SPOILT = re.compile(
    r"(?<!\w)(?:trùng|cấp trung|in sai|lập sai|sai (?:thông tin|ngày|tên)|chung ngày|cùng ngày|không có ngày)(?!\w)"
)
CLAUSE = re.compile(r"[,;:(](?!\d)|(?<!\w)trong đó(?!\w)")
OF_FIRM = re.compile(
    r"[^,;.\d]{0,45}(?<!\w)(?:cho|của|tại)(?!\w)[^,;.\d]{0,40}(?:[Cc]ông ty|[Nn]hà máy|[Xx]í nghiệp) [A-ZĐ]"
)
OTHER_BOOKS = re.compile(r"\s(?:kế toán|theo dõi|tiết kiệm|hộ nghèo|hộ khẩu|đỏ|ghi)(?!\w)")
AT_HOSPITAL = re.compile(r"[^,;.\d]{0,30}đăng ký (?:\w+ ){0,4}?(?:tại|ở) (?:bệnh viện|phòng khám|đây|cơ sở)(?!\w)")
_WHO = r"\s(?:số )?(?:người|dân|lao động|học sinh|sinh viên|HSSV|hộ|trẻ)(?!\w)"
WOULD = re.compile(_WHO + r"(?:(?!tham gia|có thẻ|có bảo hiểm|có BHYT|có BHXH)[^,;.:\d]){0,50}(?<!\w)(?:sẽ|nếu)(?!\w)")
"""`sẽ có 20% người dân nếu phải chữa bệnh`: what would be."""
ALL_WILL = re.compile(_WHO + r"[^,;.:\d]{0,60}(?<!\w)sẽ(?!\w)")
AS_RULE = re.compile(r"\slà (?:một )?(?:trong (?:những|các) )?(?:tiêu chí|điều kiện|yêu cầu|nhiệm vụ|tiêu chuẩn)(?!\w)")
"""`100% là một trong những tiêu chí`: what is asked for."""
SO_MANY_WITH = re.compile(
    r"(?<!\w)(?:\d+|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) (?:tỉnh|huyện|xã|phường|địa phương|đơn vị|quận|thành phố|nơi"
    r"|địa bàn|trường|sở, ngành)(?!\w)(?: \w+){0,5}? (?:(?:(?<!đạt )(?<!đều )trên|dưới|vượt|hơn)"
    r"|qua(?: được)?(?: ngưỡng| mốc))\s*$",
    re.I,
)
"""`13 tỉnh chi trên 90%`: a mark by which places are counted."""
BY_MEANS = re.compile(
    r"[^;.:\d]{0,60}(?<!\w)(?:qua (?:phương tiện|tài khoản|thẻ|ATM|bưu điện|ngân hàng)|bằng (?:hình|phương) thức)(?!\w)"
)
OF_PAY = re.compile(r"\s(?:của )?(?:tổng )?(?:số )?tiền (?:đóng|lương)(?!\w)|\s(?:tiền|quỹ|mức) lương(?!\w)")
ALLOWED = re.compile(r"(?<!\w)(?:được phép|mức để lại|phân bổ kinh phí)(?:(?!bao phủ|tham gia)[^,;.\d]){0,25}$", re.I)
UNION = re.compile(r"(?<!\w)(?:kinh phí|phí|đoàn phí) công đoàn(?!\w)")
BEDS = re.compile(r"(?<!\w)(?:giường|bác sĩ|dịch vụ)(?!\w)[^,;.\d]{0,25}$")
FALLS = re.compile(r"(?<!\w)(?:tăng|giảm)(?!\w)[^.;:\d]{3,50}, (?:khoảng |hơn |gần |trên )?$")
SMALL = 1_000_000_000


def alien(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether the words beside a figure say that it is of something else."""
    text, start = reader.layers.text, reader.stream.start
    before = text[start : draft.start]
    after = text[draft.end : min(reader.stream.end, draft.end + 90)]
    if SUPPOSED.search(before):
        return True
    if draft.unit == "percent":
        return _percent(draft, before[-120:], after)
    if draft.kind == "money":
        return _money(reader, draft, before[-160:], after)
    if draft.kind == "count":
        return _thing(draft, before[-140:], after)
    if draft.kind == "bare" and _number(reader, draft, before[-90:], after):
        return True
    return _person(reader, draft, before[-160:], after)


def _number(reader: "SentenceReader", draft: Draft, before: str, after: str) -> bool:
    """Whether a number without a unit is a wage, a price, a name."""
    quote = reader.layers.text[draft.start : draft.end]
    if OTHER_THINGS.match(after) or CURRENCY.match(after) or NUMBER_OF.match(quote):
        return True
    if PER_MONTH.match(after) or (OF_WAGE.search(before) and not PEOPLE.search(before)):
        return True
    if draft.value < 1_000_000 or draft.value % 100 or "triệu" in quote:
        return False
    told = reader.layers.text[max(0, draft.start - 500) : draft.start]
    return WAGES.search(told) is not None and not PEOPLE.search(before)


def _person(reader: "SentenceReader", draft: Draft, before: str, after: str) -> bool:
    """Whether people are counted who are not those of an insurance."""
    if OTHER_PEOPLE.match(after) or HIRED.search(before):
        return True
    if "SCHEME" not in reader.here and STAFF.search(reader.layers.text[max(0, draft.start - 300) : draft.end + 60]):
        return True
    if draft.concept == "beneficiaries" and not draft.measure.startswith("target"):
        return ASSISTANCE.search(before + after[:60]) is not None and "PENSION" not in reader.here
    return draft.concept == "participants" and draft.measure == "level" and LEFT.search(before) is not None


def _money(reader: "SentenceReader", draft: Draft, before: str, after: str) -> bool:
    """Whether a sum is one debtor's, one case's, or what auditors and plans speak of."""
    if reader.guide and draft.value < SMALL:
        return True
    if (draft.value < SMALL and FINES.search(before[-110:])) or RELIEVED.search(before):
        return True
    if draft.concept == "arrears":
        if draft.measure in ("change", "target", "target_gap"):
            return False
        hospital = draft.rule == "list.same" and "HOSPITAL" in reader.here
        if (draft.rule == "level.beside" or hospital) and draft.value < SMALL:
            return True  # `tiền khám sức khỏe 619 triệu đồng, tiền nợ BHXH (366 triệu đồng)`: what one office paid
        settled = any(one.search(before) for one in (REPAID, OF_BANK, PRIVATE, CHOSEN))
        return settled or PRIVATE_BEHIND.match(after) is not None
    if draft.concept != "payouts" or draft.measure.startswith("target"):
        return False
    if ASSISTANCE.search(before + after):
        return "PENSION" not in reader.here or "không có lương hưu" in after
    return REFUSED.search(before) is not None or (SLOW_PAID.search(before) is not None and draft.value < 100 * SMALL)


def _thing(draft: Draft, before: str, after: str) -> bool:
    """Whether cards, books or visits are spoilt, of one hospital, or of another kind."""
    if draft.unit == "visit":
        return OFTEN.search(before) is not None
    if draft.unit == "card":
        own = CLAUSE.split(before)[-1] + "#" + CLAUSE.split(after, maxsplit=1)[0]
        return (SPOILT.search(own) is not None and draft.value < 1_000_000) or bool(AT_HOSPITAL.match(after))
    return draft.unit == "book" and (OTHER_BOOKS.match(after) or OF_FIRM.match(after)) is not None


def _percent(draft: Draft, before: str, after: str) -> bool:
    """Whether a percent is a wish, a rate, a means of payment, a mark, or of another fund."""
    if UNION.search(before[-70:] + after[:50]) or BEDS.search(before) or BY_MEANS.match(after) or OF_PAY.match(after):
        return True
    if ALLOWED.search(before) or (
        not draft.measure.startswith(("target_gap", "change")) and SO_MANY_WITH.search(before)
    ):
        return True
    if draft.qualifier in ("<", "<=") and MUST.match(after):
        return True
    if draft.measure == "coverage_pct":
        if AS_RULE.match(after) or WOULD.match(after) or (draft.value == 100 and ALL_WILL.match(after)):
            return True
        return draft.rule == "list.same" and FALLS.search(before) is not None
    return draft.measure == "change_pct" and draft.value == 100 and draft.sign < 0
