"""The part that a figure counts, and who set a plan: in the text's own words."""

import re

from extract.context import Draft
from extract.figures.scope_paid import of_care, of_money

_ACTORS = (
    r"(?:hệ thống |các )?(?:đại lý|tổ chức dịch vụ)(?: thu)?(?: bưu điện| này| UBND xã| xã| trong tỉnh)?",
    r"(?:hệ thống )?[Bb]ưu điện(?: tỉnh| huyện| thành phố)?",
    r"[Hh]ội (?:[Ll]iên hiệp )?(?:[Pp]hụ nữ|[Nn]ông dân|LHPN)(?: xã| huyện| tỉnh| phường| các cấp| TP)?",
    r"viên chức[^,;.()\d]{0,40}?",
    r"cán bộ, công nhân viên[^,;.()\d]{0,30}?",
)
_VERBS = (
    r"(?=\s+(?:này |đã |cũng |mới |chỉ )*(?:phát triển|vận động|thu hút|khai thác|mới có|đạt|phấn đấu|được giao)|\s*$)"
)
ACTORS = re.compile(f"(?:{'|'.join(_ACTORS)}){_VERBS}")
"""Who enrolled the people that are counted."""
GROUPS = re.compile(
    r"(?:[Kk]hối|[Nn]hóm|(?<!thuộc )(?<![Đđ]ối tượng )diện)\s+"
    r"(?!bắt buộc|tự nguyện|hộ gia đình|được cấp thẻ|học sinh|tham gia)"
    r"[a-zà-ỹđ][^,;.()\d:]{2,40}?"
    r"(?=\s+(?:đạt|là|có|chỉ|mới|được|với|chiếm|tăng|giảm|khá|nợ|thu|chi|chậm|còn|trên|nên)|\s*$|:|,)"
    r"|(?:[Dd]oanh nghiệp|đơn vị) (?:[Nn]hà nước|ngoài (?:quốc doanh|[Nn]hà nước)|tư nhân|nhỏ và vừa|FDI|mới(?=\s*$)"
    r"|có vốn[a-zà-ỹ ]{0,25}?(?=\s+(?:nợ|là|chỉ|với|đạt|có|chiếm|chậm)|\s*$|:|,))"
    r"|[Kk]hu vực (?:nhà nước|ngoài nhà nước|tư nhân|phi chính thức|nông thôn|thành thị)"
    r"|[Dd]oanh nghiệp, hợp tác xã(?:, hộ kinh doanh)?|(?<=các )công ty [a-zà-ỹđ][^,;.()\d:]{1,20}(?= nợ)"
    r"|(?:các )?xã nông thôn mới|cấp (?:mới|lại|đổi)(?=\s*$)"
    r"|từ (?:nguồn|[Qq]uỹ)[^,;.()\d]{2,25}"
)
"""`khối hành chính sự nghiệp`, `nhóm cận nghèo`, `doanh nghiệp nhà nước`, `từ nguồn ngân sách`."""
SCHOOLS = re.compile(
    r"(?:(?:[Kk]hối|[Bb]ậc|[Cc]ấp|(?:[Cc]ác )?[Tt]rường|[Hh]ọc sinh|[Ss]inh viên) )*"
    r"(?:tiểu học|THCS|THPT|trung học|phổ thông|trung cấp|đại học|cao đẳng|ĐH|CĐ|GDTX|mầm non)(?!\w)"
    r"(?:, (?:cao đẳng|CĐ|đại học|ĐH))?(?=[^,;.()\d]{0,30}$)|(?<!học sinh )(?<!học sinh, )(?<!học sinh - )[Ss]inh viên"
    r"(?=[^,;.()\d]{0,30}$)"
)
"""Of pupils insured: those of which schools."""
ITEM = re.compile(r"\s*[+•·*-]\s*([A-ZĐÂĂÊÔƠƯa-zà-ỹđ][^:\d]{3,60}):")
"""`+ Doanh nghiệp nhà nước: 6 đơn vị, 19.185 triệu đồng`: the part that a line of a list begins with."""
FIRMS_COUNTED = re.compile(r"\s*(?:đơn vị|doanh nghiệp|cơ sở)(?!\w)")
ARE = re.compile(r"\s*(?:là|thuộc) (?!diện|đối tượng|nhóm|các|những|hộ gia đình)([a-zà-ỹđ][^,;.()\d]{1,60})")
"""`76.300 người là người nghèo`, `400 người là tiểu thương`."""
BY_WHOM = re.compile(
    r"\s*(?:người )?(?:đóng |tham gia |mua |có thẻ )?"
    r"(qua (?:hệ thống |các )?(?:đại lý|tổ chức dịch vụ|bưu điện)[^,;.()\d]{0,20}"
    r"|(?:được|do) (?:ngân sách|[Nn]hà nước)[^,;.()\d]{3,30})"
)
MEMBERS = re.compile(r"(?:hội viên|đoàn viên|nông dân|tiểu thương|lao động nữ)[^\d]*$")
"""People of an association, counted by that name."""
_PEOPLE = r"(?:hộ |người )?(?:cận nghèo|nghèo|dân tộc thiểu số|DTTS|lao động nữ)(?![^\s,;.()])"
_BENEFITS = r"lương hưu(?:(?! cho )[^,;.()]){0,40}|trợ cấp (?:một lần|thất nghiệp)|BHXH một lần|bảo hiểm xã hội một lần"
_DRAWS = r"tham gia |có thẻ |có (?:mức )?|hưởng |nhận |được nhận |rút |xin nhận |xin rút |xin lĩnh "
BEHIND = re.compile(rf"\s*(?:lao động )?(?:{_DRAWS})?(?:chế độ )?({_PEOPLE}|{_BENEFITS})")
"""Behind the figure: which people, which benefit."""
EACH = re.compile(
    r"\bmỗi\s+(?!năm|tháng|người)[a-zà-ỹđ]+"
    r"(?: (?!(?:của|ở|tại|trong|thuộc|có|đều|cũng|hiện|phải|đạt)(?!\w))[a-zà-ỹđ]+)?"
)
ISSUER = re.compile(
    r"((?:BHXH|Bảo hiểm xã hội) (?:Việt Nam|VN|tỉnh|thành phố|TP)|(?:UBND|HĐND|Hội đồng nhân dân|Ủy ban nhân dân)"
    r" (?:tỉnh|thành phố|huyện|xã|TP)|Thủ tướng Chính phủ|Thủ tướng|Chính phủ|Quốc hội|Trung ương|Tỉnh ủy"
    r"|(?:Quyết định|Nghị quyết) (?:số )?\d[\w/-]*)"
)
GIVES = re.compile(r"\s*(?:đã |vừa )?(?:giao|phân bổ|đề ra|phê duyệt|ấn định)")
WHO = re.compile(r"(?:hệ thống |các )?(?:đại lý|tổ chức dịch vụ|[Bb]ưu điện|[Hh]ội )")
APART = re.compile(r"[;:]|trong đó|riêng|[Tt]oàn |[Cc]ả |[Hh]ội |[Bb]ưu điện|[Đđ]ại lý|\\d")
INHERIT = ("change", "change_pct", "target_pct", "target_gap", "share_pct", "rate", "coverage_pct")


def scope_of(before: str, after: str, quote: str, draft: Draft) -> str | None:
    """Give the part counted; `before` and `after` are the sentence's words on either side of the figure."""
    head = draft.head
    school = _before(before, draft) if draft.schemes == ("BHYT_HSSV",) and draft.kind == "percent" else None
    if school:
        return school
    if head is not None and draft.measure in INHERIT and head.scope and head.place is draft.place:
        return head.scope if head.schemes == draft.schemes else _before(before, draft)
    item = ITEM.match(before)
    if item:
        return item[1].strip()
    paid = of_money(before, after, draft) or of_care(before, after, draft)
    if paid is not None:
        return paid
    found = _before(before, draft)
    if found is None and draft.measure == "share_pct" and (who := ARE.match(after)):
        return who[1].strip()
    if found is not None or draft.kind == "percent":
        return found or _behind(after)
    named = MEMBERS.search(quote)
    if named:
        return named[0].strip()
    parts = ARE.match(after) if draft.kind == "person" else None
    return parts[1].strip() if parts else _behind(after)


def _before(before: str, draft: Draft) -> str | None:
    """The group named before a figure, behind the one before it, but for how many firms they are."""
    clause = re.split(r"[;:(]|, (?=trong đó|riêng|còn)", before)[-1]
    pieces = re.split(r"\d[\d.,]*", clause)
    own = pieces[-1]
    if draft.kind == "money" and len(pieces) > 1 and FIRMS_COUNTED.match(own):
        own = f"{pieces[-2]} {own}"
    patterns = [EACH, ACTORS, GROUPS]
    if draft.schemes == ("BHYT_HSSV",):
        patterns.append(SCHOOLS)
    for pattern in patterns:
        found = list(pattern.finditer(own))
        if found:
            return found[-1][0].strip()
    return None


def _behind(after: str) -> str | None:
    """Which people, which benefit, through whom: right behind the figure."""
    for pattern in (BEHIND, BY_WHOM):
        found = pattern.match(after)
        if found:
            return found[1].strip()
    return None


def shared_scope(between: str, last: Draft, draft: Draft) -> str | None:
    """`bưu điện vận động được 735 người BHXH tự nguyện, 8.523 người BHYT`: who enrolled the first enrolled the others.

    `between` are the words from the figure before, of the same sentence, to this one.
    """
    if last.scope is None or last.measure != draft.measure or not WHO.match(last.scope):
        return None
    return None if APART.search(between) else last.scope


def issuer_of(before: str, after: str, draft: Draft) -> str | None:
    """Give who set the plan that a figure speaks of; None where the sentence does not say."""
    if draft.measure not in ("target", "target_pct", "target_gap"):
        return None
    for side in (after[:90], before[-90:]):
        for match in ISSUER.finditer(side):
            if GIVES.match(side, match.end()) or match[1][:2] in ("Qu", "Ng"):
                return match[1]
    return None
