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
    r"(?:[Kk]hối|[Nn]hóm|diện)\s+[a-zà-ỹđ][^,;.()\d:]{2,40}?"
    r"(?=\s+(?:đạt|là|có|chỉ|mới|được|với|chiếm|tăng|giảm|khá|nợ|thu|chi|chậm|còn)|\s*$|:|,)"
    r"|[Dd]oanh nghiệp (?:nhà nước|ngoài (?:quốc doanh|nhà nước)|có vốn[a-zà-ỹ ]{0,25}|FDI|mới(?=\s*$))"
    r"|từ (?:nguồn|[Qq]uỹ)[^,;.()\d]{2,25}"
)
"""`khối hành chính sự nghiệp`, `nhóm cận nghèo`, `doanh nghiệp nhà nước`, `từ nguồn ngân sách`."""
_PEOPLE = r"(?:hộ |người )?(?:cận nghèo|nghèo|dân tộc thiểu số|DTTS|lao động nữ)(?![^\s,;.()])"
_BENEFITS = r"lương hưu[^,;.()]{0,40}|trợ cấp (?:một lần|thất nghiệp)|BHXH một lần|bảo hiểm xã hội một lần"
BEHIND = re.compile(rf"\s*(?:lao động )?(?:tham gia |có thẻ |hưởng |nhận |xin nhận |xin lĩnh )?({_PEOPLE}|{_BENEFITS})")
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
    clause = re.split(r"[;:(]|, (?=trong đó|riêng|còn)", before)[-1]
    own = re.split(r"\d", clause)[-1]
    for pattern in (EACH, ACTORS, GROUPS):
        found = list(pattern.finditer(own))
        if found:
            return found[-1][0].strip()
    behind = BEHIND.match(after)
    return behind[1].strip() if behind else None


def issuer_of(before: str, after: str, draft: Draft) -> str | None:
    """Give who set the plan that a figure speaks of; None where the sentence does not say."""
    if draft.measure not in ("target", "target_pct", "target_gap"):
        return None
    for side in (after[:90], before[-90:]):
        for match in ISSUER.finditer(side):
            if GIVES.match(side, match.end()) or match[1][:2] in ("Qu", "Ng"):
                return match[1]
    return None
