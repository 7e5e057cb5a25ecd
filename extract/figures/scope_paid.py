"""The part of debts and of payments for treatment that a sum is: how old, whose, from which purse, for what."""

import re

from extract.context import Draft

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


def of_care(before: str, after: str, draft: Draft) -> str | None:
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


def of_money(before: str, after: str, draft: Draft) -> str | None:
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
