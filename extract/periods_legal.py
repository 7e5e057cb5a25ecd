"""Days and years that belong to laws and birthdays, and the lean of a sentence."""

import re

from extract.periods_grammar import _words
from extract.periods_words import FUTURE, LAWS

_LAW = _words(LAWS)
_NUMBERED = re.compile(
    rf"(?<![^\W\d_])(?:{_LAW})(?:\s(?:liên\stịch|liên\sngành|hợp\snhất))?\s(?:số\s?:?\s?)?\d[\w/.-]*(?:[^.;:\n]{{0,60}})?$"
)
_STATUTE = re.compile(r"(?<![^\W\d_])(?:luật|bộ luật|pháp lệnh|hiến pháp)(?![^\W\d_])[^.;:\n,]{0,60}$")
_EFFECT = re.compile(r"hiệu lực(?:\sthi hành)?(?:\s(?:kể\s)?từ)?(?:\sngày)?\s{0,2}$|thi hành (?:kể )?từ\s(?:ngày\s)?$")
_BORN = re.compile(r"(?<![^\W\d_])sinh\s$|(?<![^\W\d_])sn[\s:]+$|[(]\s?sn\s$")
_FUTURE = re.compile(rf"(?<![^\W\d_])(?:{_words(FUTURE)})(?![^\W\d_])")
_CLAUSE_END = re.compile(r"[.;!?](?=\s|$)|\n")


def of_law(low: str, lead: int, start: int, has_front: bool) -> bool:
    """True where the mention dates a law, a decision, a plan with a number, or its coming into force."""
    window = low[max(0, lead - 110) : lead]
    if _EFFECT.search(low[max(0, start - 40) : start]):
        return True
    if has_front:
        return False
    cut = [m.end() for m in _CLAUSE_END.finditer(window)]
    window = window[cut[-1] :] if cut else window
    return bool(_NUMBERED.search(window) or _STATUTE.search(window))


def of_birth(low: str, start: int) -> bool:
    """True after `sinh`, `SN`."""
    return bool(_BORN.search(low[max(0, start - 8) : start]))


def lean(low: str, start: int, end: int, reporting: bool) -> str:
    """`bare`, `past`, `told` or `future` (see `periods_resolve.choose_year`) from the words of the clause."""
    if not any(c.isalpha() for c in low[:start]) and not any(c.isalpha() for c in low[end : end + 200]):
        return "past" if reporting else "bare"
    before, after = low[max(0, start - 120) : start], low[end : end + 80]
    cut = [m.end() for m in _CLAUSE_END.finditer(before)]
    before = before[cut[-1] :] if cut else before
    stop = _CLAUSE_END.search(after)
    after = after[: stop.start()] if stop else after
    if _FUTURE.search(before) or _FUTURE.search(after):
        return "future"
    return "past" if reporting else "told"
