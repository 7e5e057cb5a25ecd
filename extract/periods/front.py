"""What stands before and after an expression: prepositions, `đầu`, `cuối`, `so với`; and the period made of both."""

import re
from dataclasses import dataclass

from extract.periods.grammar import BEGIN, BREAK, END, alternation
from extract.periods.model import Atom, Edge, Mode
from extract.periods.words import COMPARED, DAYS, DAYTIMES, EDGES, LINKS, NAMES, PREPOSITIONS, REPORTING

_TIMES = r"(?:gấp|bằng)\s(?:\w{2,6}\s)?(?:[\d.,]+|\w{2,4})\slần|gấp\s(?:đôi|ba|bốn|rưỡi)"
"""`gấp 1,9 lần năm 2019`, `gấp đôi cuối năm ngoái`: what stands behind is only compared with."""
_CLOCK = r"\d{1,2}\s?giờ(?:\s\d{1,2}(?:\sphút)?)?"
"""`đến 15 giờ ngày 30/9`."""
_FRONT = re.compile(
    rf"{BEGIN}(?:(?P<prep>{alternation(PREPOSITIONS)})|(?P<edge>{alternation(EDGES)})|(?P<base>{alternation(COMPARED)}|{_TIMES})"
    rf"|(?P<day>{alternation((*DAYTIMES, *DAYS))})|(?P<link>{alternation(LINKS)}|{_CLOCK})"
    rf"|(?P<name>{alternation(NAMES)}))\s{{0,2}}$"
)
_LAST_WORD = {w.split()[-1] for words in (PREPOSITIONS, EDGES, COMPARED, DAYTIMES, DAYS, LINKS, NAMES) for w in words}
_LAST_WORD |= {"giờ", "phút", "lần", "đôi", "ba", "bốn", "rưỡi"}
_NAMED_TIMES = ("năm ", "tháng ", "quý ", "cùng ")
_AFTER = re.compile(
    rf"\s{{1,2}}(?:(?P<past>vừa\s(?:qua|rồi))|(?P<future>tới\sđây|sắp\stới|tới)|(?P<same>này)|"
    rf"(?P<on>trở\s(?:đi|lại\sđây|về\sđây)))(?:{END})(?!\s(?:hết|ngày|tháng|năm))"
)


@dataclass(slots=True)
class Front:
    """What stands before an expression."""

    lead: int
    """Where it begins."""
    mode: Mode = "at"
    edge: Edge = ""
    edge_start: int = -1
    """Where `đầu`, `giữa`, `cuối` stands right before the expression; -1 without."""
    compared: bool = False
    grace: int = -1
    """For a report's preposition: days after the reference that a day without a year may still lie; else -1."""
    dated: bool = False
    """A preposition, an edge or a time of day: an unsure form becomes a date."""
    named: bool = False
    """`số`, `đường`: the figures are a name."""
    since: bool = False
    """`từ`, `kể từ`."""


def read_front(low: str, start: int) -> Front:
    """Prepositions, edges and comparisons before an expression, read backwards."""
    front = Front(start)
    for _ in range(6):
        window = low[max(0, front.lead - 28) : front.lead]
        words = window.split()
        glued = bool(window) and window[-1].isalpha() and front.lead == start
        if (
            not words
            or not (window[-1].isspace() or glued)
            or words[-1].rpartition(BREAK)[2].strip("(“\"'–-") not in _LAST_WORD
        ):
            return front
        match = _FRONT.search(window)
        if match is None:
            return front
        whole = low[front.lead : start].strip() == "cả"  # `nhiều hơn cả 5 tháng đầu năm`
        if match["base"] == "hơn" and not whole and (front.mode != "at" or not low.startswith(_NAMED_TIMES, start)):
            return front  # `hơn 6 tháng qua`, `nhiều hơn trong năm 2019`
        if match["name"]:
            front.named = front.lead == start
            return front
        front.lead -= len(window) - match.start()
        _take(front, match, start)
    return front


def _take(front: Front, match: re.Match[str], start: int) -> None:
    word = " ".join(match[0].split())
    if match["prep"]:
        mode = PREPOSITIONS[word]
        if front.mode == "at" and mode != "at":
            front.mode = mode  # type: ignore[assignment]
        front.grace = max(front.grace, REPORTING.get(word, -1))
        front.since |= mode == "from"
        front.dated = True
    elif match["edge"] and not front.edge and front.mode == "at":
        front.edge = EDGES[word]  # type: ignore[assignment]
        front.edge_start = front.lead
        front.dated = True
    elif match["base"]:
        front.compared = True
    elif match["day"]:
        front.dated = True


def mode_of(atom: Atom, front: Front) -> Mode:
    """The mode of the joined expression."""
    if front.mode in ("at", "in") and front.edge and atom.kind != "range":
        return {"start": "start-of", "middle": "mid-of", "end": "end-of"}[front.edge]  # type: ignore[return-value]
    return "in" if atom.kind == "range" and front.mode == "from" and atom.high is not None else front.mode


def read_after(low: str, end: int) -> tuple[int, str]:
    """End and lean of an expression with `vừa qua`, `tới`, `này` behind it."""
    match = _AFTER.match(low, end)
    if match is None:
        return end, ""
    if match["on"]:
        return end, ""
    return match.end(), "past" if match["past"] else "future" if match["future"] else "bare"
