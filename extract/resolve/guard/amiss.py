"""Figures that a rule's wording claims and their sentence denies: rates, criteria, balances, sums for one person."""

import re
from typing import TYPE_CHECKING

from extract.context import Draft

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

HIGHEST_RATE = 34.5
"""No contribution to an insurance, nor all of them together, is a higher percentage of a wage."""
COVERED = frozenset({"COVER", "PLAN", "ASSIGN", "DENOM", "REACH", "JOIN", "NOTYET", "UP", "DOWN", "DUE", "DEBTRATE"})
MONEY = frozenset({"COLLECT", "SPEND", "OWE", "DEBTRATE", "DUE"})
FEW = 20
"""So many people are the case of a family or a village."""
BALANCE = re.compile(
    r"(?:[Qq]uỹ|số dư|kết dư|tồn quỹ)(?! lương)[^,;.:()\d]{0,45}"
    r"\s(?:có|còn|hiện có|hiện còn|đang có|là|đạt|lên đến|lên tới|ước|âm)"
    r"(?:\s(?:khoảng|hơn|trên|gần|tới|đến|được|chừng|xấp xỉ))*\s*$"
)
"""`quỹ bảo hiểm thất nghiệp có`: what a fund holds."""
RECOVERED = re.compile(
    r"(?<!\w)(?:khởi kiện|thu hồi|thu nợ|đòi nợ|đôn đốc)(?:(?!tổng thu|số thu|tổng số thu)[^;.]){0,80}$"
)
GOT_BACK = re.compile(
    r"(?<!\w)(?:khởi kiện|thu hồi|đòi nợ)[^;.]{0,80}(?<!\w)(?:thu|nộp|trả|khắc phục)(?: được| về)?(?: \w+){0,2}\s*$"
)
"""Debts that were got back are not what was collected."""
FLOW = re.compile(r"(?<!\w)(?:thu|chi|nợ|chi trả|chậm đóng|thanh toán|phải trả)(?!\w)")
ONE_PERSON = re.compile(
    r"(?<!\w)cho (?:gia đình )?(?:anh|chị|ông|bà|em|cháu|bé|bệnh nhân) (?:[A-ZĐ]\w+[^,;.\d]{0,30}|này[^,;.\d]{0,20})$"
)
ONE_CASE = re.compile(
    r"(?<!\w)(?:trường hợp|một|ca) (?:trường hợp |nam |nữ |cặp )?(?:một )?"
    r"(?:học sinh|sinh viên|em|cháu|bé|bệnh nhi|bệnh nhân|người bệnh|cụ|chị|anh|ông|bà|phụ nữ|sản phụ)(?!\w)[^;.]*$"
)
"""`một học sinh lớp 10 ... được quỹ thanh toán`: the bill of one."""
ONE_BILL = 3_000_000_000
"""So much one patient may cost."""
WHICHEVER = re.compile(r"(?<!\w)(?:nào|bất kỳ ai|bất cứ ai|hễ ai|nếu ai)(?!\w)[^;.]*$")
"""`Chủ nhà trọ nào vận động được 10 người`: a condition, nothing that was done."""
CRITERION = re.compile(
    r"(?<!\w)(?:các|những|nhiều|một số|đối với|nếu|khi|\d+|có|nơi|xã|tỉnh|đơn vị|địa phương)\s(?:\w+\s){0,4}"
    r"(?:có|với) (?:tỷ|tỉ) lệ[^,;.:\d]{0,50}(?:dưới|trên|từ|thấp hơn|cao hơn|chưa đạt|không đạt)\s*$",
    re.I,
)
"""`các địa phương có tỷ lệ bao phủ BHYT dưới 80%`: which ones are meant, not what they reached."""
AT_LEAST = re.compile(r"[^,;.:()]{0,40}?(?<!\w)trở (?:lên|xuống)(?!\w)")
REACHED = re.compile(r"(?<!\w)đạt(?: từ| tỷ lệ)?\s*$")
BOOKED = re.compile(r"\s*(?:đã |được |đã được )?(?:được )?cấp (?:\w+ )?sổ(?!\w)")
AGENDA = re.compile(
    r"(?<!\w)(?:[Mm]ục tiêu|[Cc]ác chỉ tiêu|[Cc]hỉ tiêu (?:cụ thể|chủ yếu|về|được)|[Pp]hấn đấu"
    r"|[Kk]ế hoạch phát triển kinh tế|giao chỉ tiêu|[Dd]ự kiến (?:kế hoạch|năm))(?!\w)"
)
"""Words that open a list of aims."""
RESULTS = re.compile(
    r"(?<!\w)(?:[Kk]ết quả|đã (?:đạt|có|hoàn thành|tăng|giảm|thực hiện)|[Ưư]ớc (?:đạt|thực hiện|cả năm)|năm qua|đến nay"
    r"|hiện nay|đạt được|thực hiện được|so với cùng kỳ|[Tt]ính đến|hoàn thành (?:và )?vượt|[Hh]iện (?:có|đạt)"
    r"|được công nhận|(?:đều|vẫn|cơ bản) (?:đạt|vượt|hoàn thành)|\d% (?:so với )?kế hoạch)(?!\w)"
)
"""Words that tell what was reached."""
REACH = 1800
"""For how many characters an agenda stays open."""


def amiss(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether the words around a figure say that it is none of ours."""
    text, start = reader.layers.text, reader.stream.start
    before = text[max(start, draft.start - 120) : draft.start]
    after = text[draft.end : min(reader.stream.end, draft.end + 60)]
    if draft.unit == "percent":
        return before.rstrip().endswith("% +") or _is_rate(reader, draft) or _is_criterion(draft, before, after)
    if draft.unit == "VND" or draft.kind == "money":
        if GOT_BACK.search(before) or (draft.concept == "revenue" and RECOVERED.search(before)):
            return True
        if draft.concept == "payouts" and draft.value < ONE_BILL and ONE_CASE.search(text, start, draft.start):
            return True
        return _is_balance(draft, before) or bool(ONE_PERSON.search(before)) or _adrift(reader, draft)
    if draft.kind == "bare" and "CONTRIB" in _names(reader, 0, draft.index) and draft.value % 1000 == 0:
        return "JOIN" not in _names(reader, draft.index - 6, draft.index + 4)
    if draft.kind in ("person", "bare"):
        if draft.measure == "gain" and WHICHEVER.search(before):
            return True
        return _is_few(reader, draft, after) or bool(BOOKED.match(after)) or _is_criterion(draft, before[-3:], after)
    return False


def _names(reader: "SentenceReader", first: int, end: int) -> set[str]:
    return {reader.names.get(token.code, token.code) for token in reader.stream.tokens[max(0, first) : end]}


def _is_rate(reader: "SentenceReader", draft: Draft) -> bool:
    """`BHXH: 8%, BHYT: 1,5%`, `8% bảo hiểm xã hội`: what is paid of a wage."""
    if draft.rule == "coverage.takers" or (
        draft.measure == "share_pct" and draft.head is not None and draft.head in reader.drafts
    ):
        return False  # `nợ BHTN 13,5 tỷ đồng, chiếm 3,59%`
    if draft.value > HIGHEST_RATE or draft.measure not in ("target_pct", "coverage_pct", "share_pct"):
        return False
    if "TAKES" in reader.here and MONEY & reader.here:
        return False  # `thu BHXH bắt buộc chiếm 68,2%, BHYT 24,6%`: parts of what was collected
    if COVERED & (reader.here - {"NEW", "JOIN"}) or ("JOIN" in reader.here and "CONTRIB" not in reader.here):
        return False
    return "SCHEME" in _names(reader, draft.index - 3, draft.index + 4) or "CONTRIB" in reader.here


def _is_criterion(draft: Draft, before: str, after: str) -> bool:
    """Whether a figure only says which ones are meant."""
    if (
        draft.rule == "plan.target.mood"
        and draft.unit != "percent"
        and AT_LEAST.match(after)
        and before.endswith(("từ ", "từ"))
    ):
        return True
    if draft.measure.startswith("target"):
        return False
    if CRITERION.search(before):
        return True
    return AT_LEAST.match(after) is not None and not REACHED.search(before)


def _is_balance(draft: Draft, before: str) -> bool:
    """Whether money is what a fund holds."""
    found = BALANCE.search(before)
    if found is None or draft.measure != "level":
        return False
    return not FLOW.search(re.split(r"[,;.:(](?!\d)", before[: found.start()])[-1] + found[0])


def _adrift(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether money equals a figure that was left out, or changes without word of what."""
    last = reader.drafts[-1].index if reader.drafts else -1
    near = _names(reader, draft.index - 3, draft.index)
    if "EQUALS" in near and any(last < at and draft.index - at <= 8 for at, _ in reader.refused):
        return True
    told = reader.mind.concept in ("revenue", "payouts", "arrears") and reader.sentence - reader.mind.cued <= 2
    told = told and "SHARE_OF" in _names(reader, draft.index - 4, draft.index)  # `tổng số tiền tăng 14 tỷ đồng`
    if (
        draft.measure == "change"
        and last < 0
        and not told
        and not MONEY & _names(reader, draft.index - 14, draft.index)
    ):
        return True
    own = _names(reader, last + 1, draft.index)
    return draft.rule == "level.subject" and last < 0 and {"UP", "DOWN"} & own != set() and not MONEY & own


def _is_few(reader: "SentenceReader", draft: Draft, after: str) -> bool:
    """Whether people are too few, or named in a way, to be those of an area."""
    noun = reader.stream.figure_at(draft.index).noun
    if noun == "dân" and draft.measure == "target":
        return "JOIN" not in _names(reader, draft.index + 1, draft.index + 3)  # `xã 4.000 dân cũng nhận 60 người`
    if draft.value > FEW:
        return False
    if noun == "đối tượng" and draft.value < 10:
        return True
    if draft.measure == "change":
        return not reader.drafts and not reader.bases and reader.mind.target is None
    return (draft.measure == "level" or draft.rule == "plan.target.mood") and draft.qualifier in ("<", "<=", ">=")


def on_agenda(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether a list of aims was opened in words before, and nothing reached has been told since."""
    if "WEALTH" not in reader.here and reader.stream.codes.count(";") < 2:
        return False
    text = reader.layers.text
    told = text[max(0, draft.start - REACH) : draft.start]
    aims = list(AGENDA.finditer(told))
    if not aims:
        return AGENDA.search(reader.layers.title) is not None and not RESULTS.search(told)
    return RESULTS.search(told, aims[-1].end()) is None
