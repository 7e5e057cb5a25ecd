"""What stands around a number: how exact it is said to be, and whether it is a number of things at all.

Dates, clock times, numbers of laws, telephone numbers, names of roads and wards hold digits that count nothing.
"""

import re
import tomllib
from importlib.resources import files

from extract.quantities_amounts import Amount
from extract.quantities_record import Qualifier

_WINDOW = 36
_OPENING = " \t(\"'“‘[:"

DATA = tomllib.loads(files("extract").joinpath("quantities.toml").read_text(encoding="utf-8"))
_QUALIFIERS: dict[str, Qualifier] = {words: sign for sign, listed in DATA["qualifiers"].items() for words in listed}
_NAMES: dict[str, int] = {words: int(limit) for limit, listed in DATA["names"].items() for words in listed}
_LOOSE_NAMES = frozenset(DATA["loose_names"]["words"])

_AFTER = re.compile(r"[ ]{1,2}(?:\([^)]{0,20}\) )?(trở lên|trở xuống|trở lại|đổ lên|đổ lại)(?!\w)")
_LAST_WORDS = re.compile(r"(?:[^\s]+\s+){0,2}[^\s]+$")


def words_before(view: str, at: int) -> list[str]:
    """Give up to three words right before `at`, opening brackets and quotes passed over."""
    window = view[max(0, at - _WINDOW) : at].rstrip(_OPENING)
    return window.rsplit(None, 3)[-3:]


def qualifier_before(words: list[str]) -> Qualifier:
    """Give the qualifier that the last words before a number state; `=` where they state none."""
    for count in (3, 2, 1):
        if len(words) >= count:
            found = _QUALIFIERS.get(" ".join(words[-count:]).lstrip("(“\"'["))
            if found:
                return found
    return "="


def qualifier_after(view: str, at: int) -> Qualifier | None:
    """Give the qualifier right behind a number and its unit (`trở lên`); None where none stands there."""
    found = _AFTER.match(view, at)
    if found is None:
        return None
    return ">=" if found[1] in ("trở lên", "đổ lên") else "<="


_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:1[89]|20)[0-9]{2}"
_DATES = re.compile(
    rf"(?:{_DAY} ?(?P<mark>[/.-]) ?{_MONTH} ?(?P=mark) ?(?:{_YEAR}|[0-9]{{2}})"
    rf"|{_YEAR}[/-]{_MONTH}[/-]{_DAY}|{_YEAR} ?[-/] ?(?:{_YEAR}|[0-9]{{2}})|{_MONTH} ?[/-] ?{_YEAR}|{_MONTH}\.{_YEAR}"
    rf"|[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?|[0-2]?[0-9] ?(?:giờ|h|g) ?[0-5][0-9](?: ?(?:phút|p|'))?"
    rf"|[0-2]?[0-9] ?(?:h|giờ)(?= (?:sáng|trưa|chiều|tối|đêm|ngày|hôm|kém|đến))|[0-2]?[0-9]h|24/24(?: ?(?:giờ|h))?|24/7|[45]\.0"
    rf")(?![0-9\w%]|[.,/][0-9])"
)
_DAY_MONTH = re.compile(rf"{_DAY}[/-]{_MONTH}(?![0-9%/]|[.,][0-9])|{_MONTH}[/-]{_DAY}(?![0-9%/]|[.,][0-9])")
_PHONE = re.compile(
    r"(?:\(?0[0-9]{1,4}\)?[ .-]?[0-9]{2,4}[ .-]?[0-9]{3,4}(?:[ .-]?[0-9]{1,4})?|1[89]00[ .-]?[0-9]{4,6}|0[0-9]{8,10}|1[89]00[0-9]{4})(?![0-9%])"
)
_CODE = re.compile(r"[ ]?[-/][ ]?(?:[0-9]{4}[ ]?[-/][ ]?)?[A-ZĐÐ]{2}|[ ]?/[ ]?[0-9]{4}[ ]?/[ ]?[A-ZĐÐ]{2}")
_ITEM = re.compile(r"(?:[0-9]{1,2}\.){0,3}[0-9]{1,2}[.)/](?= ?[^\W\d])|[0-9]{1,2} ?- ?(?=[A-ZÀ-ỸĐ])")

_YEAR_ALONE = re.compile(_YEAR)
_DATE_WORDS = frozenset(
    "ngày hết đến tới sáng chiều tối trưa đêm hôm từ trước sau qua lễ mùng mồng dịp tính ngày: hôm: là vào".split()  # noqa: SIM905
)
_REPEATED = frozenset({"mỗi", "hằng", "hàng", "từng", "một", "hai", "ba", "vài", "mấy", "nhiều", "các", "những"})

def skip_at(view: str, at: int) -> int:
    """Give where a date, clock time, telephone or document number that begins at `at` ends; `at` where none begins."""
    for pattern in (_DATES, _PHONE):
        found = pattern.match(view, at)
        if found and (pattern is not _PHONE or _is_phone(found[0])):
            return found.end()
    return at


def _is_phone(written: str) -> bool:
    digits = sum(char.isdigit() for char in written)
    return 8 <= digits <= 12


def is_day_month(view: str, at: int, words: list[str], *, counted: bool) -> int:
    """Give the end of `30/4` or `12-6` at `at` where it reads as a day; `at` where it does not.

    `counted`: something that can be counted follows, so `3/5 xã` is no day unless a word says so.
    """
    found = _DAY_MONTH.match(view, at)
    if found is None:
        return at
    first, _, second = found[0].replace("-", "/").partition("/")
    if int(first) > 31 or int(second) > 12:
        return at
    if counted and not (words and words[-1] in _DATE_WORDS) and int(first) <= int(second):
        return at
    return found.end()


_PORTION_AFTER = re.compile(
    r" (?:dân số|số|tổng|lực lượng|lao động|diện|chặng|quãng|thời|chi phí|mức|nhu cầu|người|trong|là|chỉ tiêu|kế hoạch|tiền|"
    r"học sinh|nguồn|doanh|hộ|đơn vị|xã|trẻ|giá|mệnh)"
)
_PORTION_BEFORE = frozenset({"chiếm", "hơn", "quá", "bằng", "còn", "chỉ", "giảm", "gần", "tới", "đến"})
_PORTION = re.compile(r"([1-9]) ?/ ?([2-9]|10)$")


def is_portion(view: str, end: int, words: list[str]) -> bool:
    """Say whether the `2/3` that ends at `end` is two thirds of something, and not two of three nor a day."""
    found = _PORTION.search(view, max(0, end - 6), end)
    if found is None or int(found[1]) >= int(found[2]):
        return False
    follows = _PORTION_AFTER.match(view, end) is not None
    return follows or bool(words and words[-1] in _PORTION_BEFORE and view[end : end + 1] in (" ", ",", "", ")"))


_PLANNED = re.compile(r" (?:so với |so )?(?:kế hoạch|chỉ tiêu|dự toán|dân số|lực lượng lao động|kh )")
_SHARE_WORDS = frozenset(
    {"đạt", "chỉ", "được", "chiếm", "bằng", "tăng", "giảm", "là", "còn", "mới", "phủ", "viên", "hơn", "gần", "trên"}
)
_CLAUSE_END = re.compile(r"\s*(?:[.;,)]|$|\n| và )")
_NEAR = 160


def lacks_percent(view: str, amount: Amount, words: list[str], value: float) -> bool:
    """Say whether a bare number is a percentage whose sign was forgotten: `đạt 98,31 kế hoạch`."""
    if amount.scale > 1 or amount.kind != "digits" or not 0 < value <= 400:
        return False
    _, comma, decimals = amount.digits.partition(",")
    if _PLANNED.match(view, amount.end):
        return bool(comma) or bool(words and words[-1] in _SHARE_WORDS)
    if len(decimals) not in (1, 2) or not (words and words[-1] in _SHARE_WORDS):
        return False
    if _CLAUSE_END.match(view, amount.end) is None:
        return False
    begun = max(view.rfind("\n", 0, amount.start), amount.start - _NEAR, 0)
    return "%" in view[begun : amount.end + _NEAR]


_ORDINALS = frozenset(
    "thứ tháng mùng mồng ngày quý lớp khóa khoá quận phường điều thế kỷ vài mấy dăm hàng bà con".split()
)


def named_in_words(words: list[str]) -> bool:
    """Say whether the words before a spelled number make it an ordinal, a date or a vague one: `thứ ba`, `tháng mười`."""
    return bool(words) and words[-1] in _ORDINALS and not (len(words) > 1 and words[-2] in _REPEATED)


DATE_YEAR_WORDS = frozenset("đầu cuối giữa hết năm kỳ so trước sau vụ khóa".split())
"""Words after which four digits are a year even where a countable noun follows."""


def is_code(text: str, end: int) -> bool:
    """Say whether a number that ends at `end` goes on as a document's sign: `546/QĐ-TTg`, `28-NQ/TW`."""
    return _CODE.match(text, end) is not None


def is_list_number(text: str, at: int) -> int:
    """Give the end of a list number (`1.`, `2)`, `3.1.`) that opens the line at `at`; `at` where there is none."""
    begun = text.rfind("\n", max(0, at - 8), at) + 1
    if at - begun > 7 or text[begun:at].strip(" \t-*•+"):
        return at
    if begun == 0 and at > 7:
        return at
    found = _ITEM.match(text, at)
    return found.end() if found else at


def is_name(digits: str, words: list[str], *, has_unit: bool) -> bool:
    """Say whether the short whole number `digits` is part of a name or date because of the `words` before it."""
    if len(digits) > 10 or not words:
        return False
    number = int(digits)
    last = words[-1].lstrip("(“\"'[")
    for count in (1, 2, 3):
        limit = _NAMES.get(" ".join(words[-count:]).lstrip("(“\"'[") if count > 1 else last)
        if limit is not None and number <= limit:
            return not (last in ("tháng", "ngày", "quý") and len(words) > 1 and words[-2] in _REPEATED)
    if last == "năm" or last.endswith("-"):
        return _YEAR_ALONE.fullmatch(digits) is not None
    return not has_unit and len(digits) <= 4 and last in _LOOSE_NAMES


def is_year(digits: str) -> bool:
    """Say whether four digits look like a year of our time."""
    return len(digits) == 4 and _YEAR_ALONE.fullmatch(digits) is not None
