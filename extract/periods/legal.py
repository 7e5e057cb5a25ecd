"""Days and years that belong to laws and births, and which way the words of a clause look."""

import re

from extract.periods.grammar import BEGIN, END, alternation
from extract.periods.words import FUTURE, LAWS

_NUMBERED = re.compile(
    rf"{BEGIN}(?:{alternation(LAWS)})(?:\s(?:liên\stịch|liên\sngành|hợp\snhất))?\s(?:số\s?:?\s?)?"
    r"(?:\d[\w/.-]*|[^.;:\n¶]{0,50}\ssố\s?:?\s?\d[\w/.-]*)[^;:\n¶]{0,60}$"
)
_NUMBERED_YEAR = re.compile(rf"{BEGIN}(?:{alternation(LAWS)})\s(?:số\s?:?\s?)?\d[\w/.-]*[^,.;:\n¶]{{0,10}}$")
_STATUTE = re.compile(
    rf"{BEGIN}(?<!quy )(?<!kỷ )(?<!pháp )(?:luật|bộ luật|pháp lệnh|hiến pháp){END}"
    r"(?:[^.;:\n¶,]|,\sbổ\ssung){0,60}$"
)
_EFFECT = re.compile(r"hiệu lực(?:\sthi hành)?(?:\s(?:kể\s)?từ)?(?:\sngày)?\s{0,2}$|thi hành (?:kể )?từ\s(?:ngày\s)?$")
_BORN = re.compile(rf"{BEGIN}(?<!phát )(?<!học )(?<!tuyển )(?<!ký )(?:sinh|sn)(?:\s(?:là|vào))?[\s:]+$")
_FUTURE = re.compile(rf"{BEGIN}(?<!số )(?<!tổng )(?:{alternation(FUTURE)}){END}")
"""`bằng 1,76% số phải thu` looks nowhere."""
_CLAUSE_END = re.compile(r"[.;!?](?=\s|$)|[\n¶]")
SENTENCE_END = re.compile(r"[.!?…](?=\s|$)|[\n¶]")
_LETTER = re.compile(r"[^\W\d_]")


def of_law(low: str, lead: int, start: int, led: bool, year: bool) -> bool:
    """True where the mention dates a law, a decision, a plan with a number, or its coming into force.

    `led`: a preposition (`đến`, `từ`, `trong`) stands before; then only `có hiệu lực từ` makes it a law's. `year`: a
    mere year, which has to follow the number at once.
    """
    if _EFFECT.search(low, max(0, start - 32), start):
        return True
    if led:
        return False
    window = low[max(0, lead - 110) : lead]
    for cut in _CLAUSE_END.finditer(window):
        window = low[max(0, lead - 110) + cut.end() : lead]
    return bool((_NUMBERED_YEAR if year else _NUMBERED).search(window) or _STATUTE.search(window))


def of_birth(low: str, start: int) -> bool:
    """True after `sinh`, `SN`."""
    return bool(_BORN.search(low, max(0, start - 16), start))


def lean(low: str, start: int, end: int, grace: int) -> str:
    """`bare`, `past`, `told` or `future` from the words of the clause (see `periods_resolve.choose_year`)."""
    if len(low) < 80 and not _LETTER.search(low, 0, start) and not _LETTER.search(low, end):
        return "past" if grace >= 0 else "bare"
    before, after = low[max(0, start - 120) : start], low[end : end + 80]
    for cut in _CLAUSE_END.finditer(before):
        before = low[max(0, start - 120) + cut.end() : start]
    stop = _CLAUSE_END.search(after)
    if _FUTURE.search(before) or _FUTURE.search(after, 0, min(stop.start() if stop else 40, 40)):
        return "future"
    return "past" if grace >= 0 else "told"
