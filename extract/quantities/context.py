"""What the words around a number say: how exact it is, whether it is a name's, whether its `%` was forgotten."""

import re

from extract.quantities.amounts import Amount
from extract.quantities.dates import is_year
from extract.quantities.lexicon import LOOSE_NAMES, NAMES, QUALIFIERS, any_word, word_set
from extract.quantities.record import Qualifier

_WINDOW = 36
_AFTER = re.compile(r"[ ]{1,2}(?:\([^)]{0,20}\) )?(trở lên|trở xuống|đổ lên|đổ lại)(?!\w)")
_FROM_UP = re.compile(r" [^,.;:()0-9\n]{1,30} (trở lên|trở xuống)(?!\w)")
_REPEATED = word_set("repeated")
_QUALIFIER_ENDS = frozenset(words.rpartition(" ")[2] for words in QUALIFIERS)
_NAME_ENDS = frozenset(words.rpartition(" ")[2] for words in NAMES)
_ORDINAL_BEFORE = word_set("ordinal_before")


def words_before(view: str, at: int) -> list[str]:
    """Give up to three words right before `at`."""
    window = view[max(0, at - _WINDOW) : at].rstrip(" \t")
    words = window.rsplit(None, 3)[-3:]
    if words:
        words[-1] = words[-1].lstrip("(“\"'[")
    return words


def qualifier_before(words: list[str]) -> Qualifier:
    """Give the qualifier that the last words before a number state; `=` where they state none."""
    if not words or words[-1] not in _QUALIFIER_ENDS:
        return "="
    for count in (3, 2, 1):
        if len(words) >= count:
            found = QUALIFIERS.get(" ".join(words[-count:]).lstrip("(“\"'["))
            if found:
                return found
    return "="


def qualifier_after(view: str, at: int, words: list[str]) -> Qualifier | None:
    """Give the qualifier behind a number and its unit (`trở lên`, `từ 85% dân số trở lên`); None where none is."""
    found = _AFTER.match(view, at)
    if found is None and words and words[-1] == "từ":
        found = _FROM_UP.match(view, at)
    if found is None:
        return None
    return ">=" if found[1] in ("trở lên", "đổ lên") else "<="


def is_name(digits: str, words: list[str], *, has_unit: bool) -> bool:
    """Say whether the short whole number `digits` is part of a name or date because of the `words` before it."""
    if len(digits) > 10 or not words:
        return False
    number, last = int(digits), words[-1]
    for count in (1, 2, 3) if last in _NAME_ENDS else ():
        limit = NAMES.get(" ".join(words[-count:]).lstrip("(“\"'["))
        if limit is not None and number <= limit:
            return not (last in ("tháng", "ngày", "quý") and len(words) > 1 and words[-2] in _REPEATED)
    if last == "năm":
        return is_year(digits)
    return not has_unit and len(digits) <= 4 and last in LOOSE_NAMES


def named_in_words(words: list[str]) -> bool:
    """Say whether the words before a spelled number make it an ordinal, a date or a vague one: `thứ ba`, `vài trăm`."""
    return bool(words) and words[-1] in _ORDINAL_BEFORE and not (len(words) > 1 and words[-2] in _REPEATED)


_PLANNED = re.compile(rf" (?:so với |so )?{any_word('planned_after')}")
_SHARE_BEFORE = word_set("share_before")
_CLAUSE_END = re.compile(r"\s*(?:[.;,)]|$|\n| và )")
_LISTED = 40
_LAST_PERCENT = re.compile(r"[0-9] ?%[,;] [^0-9%.;()]{1,30}$")
_NEXT_PERCENT = re.compile(r"[,;] [^0-9%.;()]{1,30}[0-9]{1,3}(?:,[0-9]{1,2})? ?%")
_NEAR = 160
_HIGHEST_SHARE = 400


def lacks_percent(view: str, amount: Amount, words: list[str], value: float) -> bool:
    """Say whether a bare number is a percentage whose sign was forgotten: `đạt 98,31 kế hoạch`."""
    if amount.scale > 1 or amount.kind != "digits" or not 0 < value <= _HIGHEST_SHARE:
        return False
    _, comma, decimals = amount.digits.partition(",")
    told = bool(words) and words[-1] in _SHARE_BEFORE
    if _PLANNED.match(view, amount.end):
        return bool(comma) or told
    if len(decimals) not in (1, 2) or _CLAUSE_END.match(view, amount.end) is None:
        return False
    if not told:  # Kon Tum 89,4%, Đắk Lắk 82,3, Đắk Nông 81,9%: one of a list
        return _LAST_PERCENT.search(view[max(0, amount.start - _LISTED) : amount.start]) is not None and (
            _NEXT_PERCENT.match(view, amount.end) is not None
        )
    before = view[max(0, amount.start - _NEAR) : amount.start].rpartition("\n")[2].rpartition(". ")[2]
    after = view[amount.end : amount.end + _NEAR].partition("\n")[0].partition(". ")[0]
    return "%" in before or "%" in after
