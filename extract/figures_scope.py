"""The part that a figure counts, and who set a plan: in the text's own words."""

import re

from extract.context import Draft

_ACTORS = (
    r"(?:hệ thống |các )?(?:đại lý|tổ chức dịch vụ)(?: thu)?(?: bưu điện| này)?",
    r"[Bb]ưu điện(?: tỉnh| huyện)?",
    r"[Hh]ội (?:[Ll]iên hiệp )?(?:[Pp]hụ nữ|[Nn]ông dân|LHPN)(?: xã| huyện| tỉnh)?",
    r"viên chức[^,;.()\d]{0,40}?",
    r"cán bộ, công nhân viên[^,;.()\d]{0,30}?",
)
_VERBS = r"(?=\s+(?:này |đã |cũng |mới |chỉ )*(?:phát triển|vận động|thu hút|khai thác|mới có|đạt)|\s*$)"
ACTORS = re.compile(f"(?:{'|'.join(_ACTORS)}){_VERBS}")
"""Who enrolled the people that are counted."""
GROUPS = re.compile(
    r"(?:[Kk]hối|[Nn]hóm|diện(?! bao phủ| tham gia| phủ))\s+[a-zà-ỹđ][^,;.()\d:]{2,40}?"
    r"(?=\s+(?:đạt|là|có|chỉ|mới|được|với|chiếm|tăng|giảm|khá|nợ|thu|chi|chậm|còn|trên|nên)|\s*$|:|,)"
    r"|[Dd]oanh nghiệp (?:[Nn]hà nước|ngoài (?:quốc doanh|[Nn]hà nước)|tư nhân|nhỏ và vừa|FDI|mới(?=\s*$)"
    r"|có vốn[a-zà-ỹ ]{0,25}?(?=\s+(?:nợ|là|chỉ|với|đạt|có|chiếm|chậm)|\s*$))"
    r"|[Kk]hu vực (?:nhà nước|ngoài nhà nước|tư nhân|phi chính thức|nông thôn|thành thị)"
    r"|từ (?:nguồn|[Qq]uỹ)[^,;.()\d]{2,25}"
)
"""`khối hành chính sự nghiệp`, `nhóm cận nghèo`, `doanh nghiệp nhà nước`, `từ nguồn ngân sách`."""
DEBTS = re.compile(
    r"(?<!\w)(?:nợ|chậm đóng|thời gian nợ|thời hạn)[^,;.()\d]{0,25}?"
    r"\s(?:từ|trên|dưới|quá|hơn|kéo dài)(?: từ| trên| hơn| dưới)?"
    r"\s\d+\s(?:đến (?:dưới )?\d+ |- ?\d+ )?(?:tháng|năm)(?: trở lên)?"
    r"|nợ (?:kéo dài|lãi|xấu|gốc|khó thu|khó đòi|quá hạn)|phải tính lãi"
    r"|(?:đã |bị |chủ )?(?:phá sản|giải thể|bỏ trốn|mất tích|ngừng hoạt động)"
    r"|ngân sách (?:trung ương|(?:các )?địa phương|[Nn]hà nước|(?:các )?tỉnh)|khởi kiện"
    r"|(?:các|những) doanh nghiệp(?= (?:tại|ở) [A-ZĐ])"
)
"""What part of the debts is told: how old, whose, from which purse."""
OWED = re.compile(
    r"\s*(?:đồng )?(?:là |của )+(?:khoản |các |số |những )*"
    r"((?:nợ|khoản nợ|đơn vị|doanh nghiệp|công ty) [^,;.()\d]{3,60}|nợ lãi)"
    r"|\s*(?:đồng )?(nợ (?:trên|dưới|từ|quá) \d+ tháng|nợ (?:kéo dài|lãi|khó thu|khó đòi|quá hạn))"
)
"""The same, behind the figure."""
CARE = re.compile(
    r"(?:bệnh viện|cơ sở (?:y tế|KCB|khám,? ?(?:bệnh, ?)?chữa bệnh)|phòng khám)[^,;.\d]{0,20}?"
    r"(?:tư nhân|ngoài công lập|tuyến (?:huyện|xã|tỉnh|trung ương))"
    r"|trạm y tế xã|(?:hồ sơ )?đề nghị (?:\w+ )?thanh toán|đi khám[^,;.]{0,40}lần trở lên"
)
"""Where or how people were treated, or what was only asked for."""
TREATED = re.compile(r"(?:khám,? ?(?:bệnh, ?)?chữa bệnh|KCB)(?!\w)")
"""What health insurance pays doctors for, apart from its other spending."""
SUMS = re.compile(r"\d[\d.,]*\s*(?:nghìn |ngàn )?(?:tỷ|tỉ|triệu|đồng)")
_PEOPLE = r"(?:hộ |người )?(?:cận nghèo|nghèo|dân tộc thiểu số|DTTS|lao động nữ)(?![^\s,;.()])"
_BENEFITS = r"lương hưu[^,;.()]{0,40}|trợ cấp (?:một lần|thất nghiệp)|BHXH một lần|bảo hiểm xã hội một lần"
_DRAWS = r"tham gia |có thẻ |có (?:mức )?|hưởng |nhận |được nhận |xin nhận |xin lĩnh "
BEHIND = re.compile(rf"\s*(?:lao động )?(?:{_DRAWS})?(?:chế độ )?({_PEOPLE}|{_BENEFITS})")
"""Behind the figure: which people, which benefit."""
EACH = re.compile(r"\bmỗi\s+(?!năm|tháng|người)[a-zà-ỹđ]+(?: [a-zà-ỹđ]+)?")
ISSUER = re.compile(
    r"((?:BHXH|Bảo hiểm xã hội) (?:Việt Nam|VN|tỉnh|thành phố|TP)|(?:UBND|HĐND|Hội đồng nhân dân|Ủy ban nhân dân)"
    r" (?:tỉnh|thành phố|huyện|xã|TP)|Thủ tướng Chính phủ|Thủ tướng|Chính phủ|Quốc hội|Trung ương|Tỉnh ủy"
    r"|(?:Quyết định|Nghị quyết) (?:số )?\d[\w/-]*)"
)
GIVES = re.compile(r"\s*(?:đã |vừa )?(?:giao|phân bổ|đề ra|phê duyệt|ấn định)")
INHERIT = ("change", "change_pct", "target_pct", "target_gap", "share_pct", "rate", "coverage_pct")


def scope_of(before: str, after: str, draft: Draft) -> str | None:
    """Give the part counted; `before` and `after` are the sentence's words on either side of the figure."""
    head = draft.head
    if head is not None and draft.measure in INHERIT and head.scope and head.place is draft.place:
        return head.scope
    money = _of_money(before, after, draft)
    if money is not None:
        return money
    care = _of_care(before, after, draft)
    if care is not None:
        return care
    clause = re.split(r"[;:(]|, (?=trong đó|riêng|còn)", before)[-1]
    own = re.split(r"\d", clause)[-1]
    for pattern in (EACH, ACTORS, GROUPS):
        found = list(pattern.finditer(own))
        if found:
            return found[-1][0].strip()
    behind = BEHIND.match(after)
    return behind[1].strip() if behind else None


def _of_care(before: str, after: str, draft: Draft) -> str | None:
    """Give the part of visits and payments that one kind of hospital, or one kind of claim, makes up."""
    people = draft.concept == "beneficiaries" and draft.unit == "person"
    if draft.unit != "visit" and draft.concept != "payouts" and not people:
        return None
    stay = re.search(r"(?:ngoại|nội) trú", re.split(r"\d", before)[-1])
    if stay is not None and draft.unit == "visit":
        return stay[0]
    behind = re.match(r"[^,;.\d]{0,60}", after)
    found = CARE.search(behind[0] if behind else "") or CARE.search(re.split(r"[;.] ", before)[-1])
    if found is not None and draft.unit == "visit" and "thanh toán" in found[0]:
        return None
    if found is None and draft.concept == "beneficiaries":
        found = CARE.match(after.lstrip()) or re.search(r"đi khám[^,;.]{0,40}lần trở lên", after[:90])
    return found[0] if found else None


def title_scope(title: str | None, draft: Draft) -> str | None:
    """Give the kind of hospital that an article is about, for its visits and payments."""
    found = CARE.search(title) if title and (draft.unit == "visit" or draft.concept == "payouts") else None
    return found[0] if found else None


def _of_money(before: str, after: str, draft: Draft) -> str | None:
    """Give the part of debts or of payments for treatment that a sum is."""
    if draft.kind != "money" or draft.measure not in ("level", "change", "rate", "share_pct"):
        return None
    own = SUMS.split(before)[-1]
    if draft.concept == "arrears":
        behind = OWED.match(after)
        found = list(DEBTS.finditer(own))
        return (behind[1] or behind[2]).strip() if behind else found[-1][0].strip() if found else None
    if draft.concept == "payouts" and draft.schemes[0].startswith("BHYT"):
        told = TREATED.search(re.split(r"[\d;]", own)[-1]) or TREATED.match(re.sub(r"^\s*(?:cho|để chi)\s+", "", after))
        return told[0] if told else None
    return None


def issuer_of(before: str, after: str, draft: Draft) -> str | None:
    """Give who set the plan that a figure speaks of; None where the sentence does not say."""
    if draft.measure not in ("target", "target_pct", "target_gap"):
        return None
    for side in (after[:90], before[-90:]):
        for match in ISSUER.finditer(side):
            if GIVES.match(side, match.end()) or match[1][:2] in ("Qu", "Ng"):
                return match[1]
    return None
