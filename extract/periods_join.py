"""The sweep over a text: finds expressions, joins ranges and lists, and reads what stands before and after them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract import periods_grammar as g
from extract.periods_atoms import READERS, Reader, at_day, at_number, before_unit, numeric
from extract.periods_grammar import Atom
from extract.periods_model import Edge, Mode, Part, Period
from extract.periods_words import COMPARED, DAYTIMES, EDGES, PREPOSITIONS, REPORTING

_READER: dict[str, Reader] = {word: reader for words, reader in READERS for word in words}
_TRIGGER = re.compile("|".join([*"0123456789", *sorted(map(re.escape, _READER), key=len, reverse=True)]))
_CHUNK = re.compile(r"\d+(?:[.,/:-]\d+)*")
_UNIT_WORDS = ("ngày", "tuần", "tháng", "quý", "quí", "năm")
_GLUED = ("tháng", "ngày", "cùng kỳ")

_RANGE = re.compile(r"\s{0,2}(?:[-–—]|(?:cho\s)?(?:đến|tới)(?:\s(?:hết|ngày|cuối))*(?![^\W\d_]))\s{0,2}")
_LIST = re.compile(r"\s{0,2}(?:,(?:\s?và\s)?|và\s|&)\s{0,2}")
_OPEN = re.compile(
    r"\s(?:cho\s)?(?:đến|tới)\s(?:nay|giờ|thời\sđiểm\s(?:này|hiện\s(?:tại|nay))|hiện\s(?:nay|tại))(?![^\W\d_])"
)
_BARE_FIRST = re.compile(
    r"(\d{1,2})\s?(?:[-–—]|(?:đến|tới)(?:\s(?:hết\s)?ngày)?)\s?(?=\d{1,2}(?:\s?[/.]\s?\d|-\d\d?-\d|\stháng\s))"
)
_BARE_MONTH = re.compile(r"(0?[1-9]|1[0-2])(?!\d|[.,%]\d|\s?%)")
_AFTER = re.compile(r"\s{1,2}(vừa\s(?:qua|rồi)|năm\snay|này|tới|sắp\stới|tới\sđây)(?![^\W\d_])")
_FRONT = re.compile(
    rf"(?<![^\W\d_])(?:(?P<prep>{g._words(PREPOSITIONS)})|(?P<edge>{g._words(EDGES)})|(?P<base>{g._words(COMPARED)})"
    rf"|(?P<day>{g._words(DAYTIMES)})|(?P<link>số\s(?:liệu|dư)(?:\stại|\sđến\shết|\sđến)?|mức|kết\squả|"
    rf"con\ssố|của|các|những|khoảng|thời\sđiểm|ngày|lúc|trước|sau|giai\sđoạn|hồi|(?P<not>số|phường|xã|quận|tổ|khóa|khoá)))\s{{1,2}}$"
)
_IDIOM = re.compile(r"năm sau (?:luôn )?(?:cao|nhiều|tốt|lớn|tăng) hơn năm trước")
_VAGUE = re.compile(r"(?<![^\W\d_])(?:những|nhiều|mấy|các|vài|hằng|hàng|mỗi|từng|bao|lâu|một|tuổi|mười|ngày tháng)\s$")
_PERIOD_FRONT = re.compile(r"(?<![^\W\d_])(?:đầu|giữa|cuối|hết|cả|trong|suốt)\s$")
_NEAR = re.compile(r"(?<![^\W\d_])(?:hơn|gần|trên|chưa đầy|khoảng)\s$")


@dataclass(slots=True)
class Front:
    """What stands before an expression."""

    lead: int
    mode: Mode = "at"
    edge: Edge = ""
    compared: bool = False
    reporting: bool = False
    word: bool = False
    """A preposition, an edge or a time of day: an unsure form becomes a date."""
    named: bool = False
    """`số`, `phường`: the digits are a name."""
    from_: bool = False
    edge_start: int = -1


def sweep(low: str) -> Iterator[tuple[Atom, Front]]:
    """Expressions of a lower-case text in order, each with what stands before it."""
    pos, size = 0, len(low)
    while pos < size:
        hit = _TRIGGER.search(low, pos)
        if hit is None:
            return
        start, word = hit.start(), hit[0]
        atoms = _read(low, start, word, pos)
        if atoms:
            yield from atoms
            pos = max(atoms[-1][0].end, hit.end())
        else:
            pos = _beyond(low, start, word, hit.end())


def _beyond(low: str, start: int, word: str, end: int) -> int:
    """Where to go on after a trigger that gave nothing: past the whole figure, or past the word."""
    if word[0].isdigit():
        chunk = _CHUNK.match(low, start)
        return chunk.end() if chunk else end
    return end


def _read(low: str, start: int, word: str, floor: int) -> list[tuple[Atom, Front]]:
    before = low[start - 1] if start else " "
    if word[0].isdigit():
        if before.isalnum() or before in "._" or (before in ",/-–:" and start > 1 and low[start - 2].isalnum()):
            return []
        first = _bare_range(low, start) or at_number(low, start)
    else:
        if before.isalpha() and word not in _GLUED:
            return []
        first = before_unit(low, start) if word in _UNIT_WORDS and start > floor else None
        first = first or _READER[word](low, start)
        if first is None and word == "năm":
            first = _plain_year(low, start)
    if first is None or (word == "năm" and first.start == start and _idle(low, first)):
        return []
    return _finish(low, first)


def _idle(low: str, atom: Atom) -> bool:
    """`nhiều năm qua`, `năm sau cao hơn năm trước`: no single year."""
    if atom.low is not None and atom.low.year is not None:
        return False
    window = low[max(0, atom.start - 30) : atom.start]
    return (
        bool(_VAGUE.search(window[-12:]))
        or bool(_IDIOM.match(low, atom.start))
        or (window.endswith("hơn ") and "năm sau" in window)
    )


def _plain_year(low: str, start: int) -> Atom | None:
    """`cuối năm`, `hết năm`, `trong năm`: the year in force."""
    if not _PERIOD_FRONT.search(low[max(0, start - 6) : start]):
        return None
    match = _PLAIN.match(low, start)
    return Atom(start, match.end(), "year", "year", Part(None, 1, 1), Part(None, 12, None)) if match else None


_PLAIN = re.compile(rf"năm{g.END}(?!\s(?:học|thứ|tới|sau|trước))(?!\s\d){g.COUNTED_NEXT}")


def _bare_range(low: str, start: int) -> Atom | None:
    """`10 đến 15 tháng 5`, `1-15/6/2022`: a day that shares the month of the next."""
    match = _BARE_FIRST.match(low, start)
    if not match:
        return None
    second = numeric(low, match.end(), True) or at_day(low, match.end()) or at_number(low, match.end())
    if second is None or second.high is None or second.grain != "day":
        return None
    number = int(match[1])
    if not 1 <= number <= 31 or (second.high.day or 0) <= number:
        return None
    sure = second.high.year is not None or "-" not in match[0]
    return Atom(start, second.end, "range", "day", second.high._replace(day=number), second.high, None, sure)


def _finish(low: str, first: Atom) -> list[tuple[Atom, Front]]:
    front = read_front(low, first.start)
    if front.named and not first.sure:
        return []
    if first.kind in ("ytd-months", "half") and _NEAR.search(low[max(0, first.start - 10) : first.start]):
        first = first._replace(high=None)
    atoms = _join(low, first, front)
    if not _credible(low, atoms, front):
        return []
    return [(atom, front if index == 0 else replace(front, lead=atom.start)) for index, atom in enumerate(atoms)]


def _credible(low: str, atoms: list[Atom], front: Front) -> bool:
    """Whether an unsure form is a date here."""
    atom = atoms[0]
    if atom.sure or len(atoms) > 1:
        return True
    if low[: atom.start].strip(" \n\"'“(") == "" and low[atom.end :].strip(" \n\"'”).,") == "":
        return (
            "(" in low[: atom.start]
            if atom.grain == "year"
            else "/" in low[atom.start : atom.end] or atom.grain == "month"
        )
    if atom.grain == "day" and atom.low and atom.low.month is None:
        return False
    inside = low[atom.start - 1 : atom.start] == "(" and low[atom.end : atom.end + 1] == ")"
    if atom.grain == "year":
        return inside or front.word or front.compared
    if inside or front.word:
        form = low[atom.start : atom.end]
        return "/" in form or len(form.strip()) > 3 or front.mode == "until"
    return False


def _join(low: str, first: Atom, front: Front) -> list[Atom]:
    """The expression with its neighbours: one range, or the members of a list."""
    if match := _OPEN.match(low, first.end):
        if front.from_ or front.edge == "start":
            return [first._replace(end=match.end(), kind="range", high=None, sure=True)]
        return [first]
    if match := _RANGE.match(low, first.end):
        second = _partner(low, match.end(), first)
        joined = _range(first, second, front, "đ" in match[0] or "t" in match[0]) if second else None
        if joined:
            return [joined]
    members = _members(low, first)
    return members or [first]


def _partner(low: str, pos: int, first: Atom) -> Atom | None:
    """What may follow a connector: an expression of its own or a bare number of the same unit."""
    hit = _TRIGGER.match(low, pos)
    if hit is None:
        return None
    if not hit[0][0].isdigit():
        return _READER[hit[0]](low, pos) or (_plain_year(low, pos) if hit[0] == "năm" else None)
    if first.grain == "month" and first.kind == "month":
        return numeric(low, pos) or _bare_month(low, pos)
    return at_number(low, pos) or (at_day(low, pos) if first.grain == "day" else None)


def _bare_month(low: str, pos: int) -> Atom | None:
    if not _BARE_MONTH.match(low, pos) or not (match := _MONTH_TAIL.match(low, pos)):
        return None
    year, far = g.year_parts(match)
    month = int(match["m"])
    return Atom(
        pos, match.end(), "month", "month", Part(year, month, 1, far), Part(year, month, None, far), None, False
    )


_MONTH_TAIL = re.compile(rf"(?P<m>0?[1-9]|1[0-2])(?!\d){g.YEAR}")


def _range(first: Atom, second: Atom, front: Front, word: bool) -> Atom | None:
    """From the first day of one to the last of the other, sharing month and year."""
    low, high = first.low, second.high
    if low is None or high is None:
        return None
    if first.grain != second.grain and not (front.from_ or front.edge == "start"):
        return None
    if not second.sure and first.grain != second.grain:
        return None
    if first.grain == "year" and low.year is not None and high.year is not None and low.year >= high.year:
        return None
    if low.month is None:
        low = low._replace(month=high.month, year=high.year, year_shift=high.year_shift)
    elif low.year is None and low.year_shift is None:
        year = high.year
        if year is not None and high.month is not None and (low.month, low.day or 1) > (high.month, high.day or 31):
            year -= 1
        low = low._replace(year=year, year_shift=high.year_shift)
    elif high.year is None and high.year_shift is None:
        high = high._replace(year=low.year, year_shift=low.year_shift)
    sure = first.sure or second.sure or (word and front.from_) or first.grain == "day"
    return Atom(first.start, second.end, "range", second.grain, low, high, None, sure)


def _members(low: str, first: Atom) -> list[Atom]:
    """`tháng 3 và 4/2020`, `các năm 2019, 2020`, `hai ngày 26 và 27/6`."""
    members = [first]
    while len(members) < 12 and (match := _LIST.match(low, members[-1].end)):
        following = _partner(low, match.end(), first)
        if following is None or following.grain != first.grain or not _alike(low, members[-1], following):
            break
        members.append(following)
    if len(members) == 1:
        return []
    return _shared(members)


def _alike(low: str, one: Atom, other: Atom) -> bool:
    """Members of one list: the later without its own word, or the earlier without its year."""
    if other.kind not in (one.kind, "day", "month", "year") or other.high is None or one.high is None:
        return False
    if one.grain == "year":
        return not other.sure and one.kind == "year" and (one.high.year or 0) < (other.high.year or 0)
    if one.grain == "day":
        return one.high.month is None and (other.high.day or 0) > (one.high.day or 32)
    if one.grain == "month":
        return one.high.year is None and one.kind == "month" and (other.high.month or 0) > (one.high.month or 13)
    return one.grain == "quarter" and one.high.year is None


def _shared(members: list[Atom]) -> list[Atom]:
    """Year and month of the last go to all; neighbours become one stretch."""
    last = members[-1].high
    if last is None:
        return members[:1]
    full: list[Atom] = []
    for atom in members:
        if atom.low is None or atom.high is None:
            return members[:1]
        year, far = (atom.high.year, atom.high.year_shift) if atom.high.year else (last.year, last.year_shift)
        month = atom.high.month or last.month
        full.append(
            atom._replace(
                low=atom.low._replace(year=year, year_shift=far, month=atom.low.month or month),
                high=atom.high._replace(year=year, year_shift=far, month=month),
                sure=True,
            )
        )
    keys = [(a.high.year or 0, a.high.month or 0, a.high.day or 0) for a in full if a.high]
    index = {"year": 0, "day": 2}.get(full[0].grain, 1)
    step = 3 if full[0].grain == "quarter" else 1
    if all(b[index] - a[index] == step for a, b in zip(keys, keys[1:], strict=False)):
        return [full[0]._replace(end=full[-1].end, kind="range", high=full[-1].high)]
    return full


def read_front(low: str, start: int) -> Front:
    """Prepositions, edges and comparisons before an expression, read backwards."""
    front = Front(start)
    for _ in range(6):
        begin = max(0, front.lead - 30)
        match = _FRONT.search(low[begin : front.lead])
        if match is None:
            return front
        word = " ".join(match[0].split())
        if match["not"]:
            front.named = front.lead == start
            return front
        front.lead = begin + match.start()
        _take(front, match, word, start)
    return front


def _take(front: Front, match: re.Match[str], word: str, start: int) -> None:
    if match["prep"]:
        if front.mode == "at" or word in REPORTING:
            mode = PREPOSITIONS[word]
            front.mode = mode if mode != "at" else front.mode  # type: ignore[assignment]
        front.reporting |= word in REPORTING
        front.from_ |= PREPOSITIONS[word] == "from"
        front.word = True
    elif match["edge"] and not front.edge and front.mode == "at":
        edge = EDGES[word]
        if edge in ("start", "middle", "end"):
            front.edge = edge  # type: ignore[assignment]
            front.edge_start = front.lead
        front.word = True
    elif match["base"]:
        front.compared = True
    elif match["day"]:
        front.word = True


def suffix(low: str, end: int) -> tuple[int, str]:
    """End and lean of a date with `vừa qua`, `tới` behind it."""
    match = _AFTER.match(low, end)
    if match is None:
        return end, ""
    word = match[1]
    if word.startswith("vừa"):
        return match.end(), "past"
    return (match.end(), "future") if "tới" in word else (match.end(), "bare")


def as_period(atom: Atom, front: Front) -> Period:
    """The mention before it is resolved."""
    start = front.edge_start if front.edge and front.edge_start >= 0 else atom.start
    mode: Mode = front.mode
    if mode in ("at", "in") and front.edge:
        mode = {"start": "start-of", "middle": "mid-of", "end": "end-of"}[front.edge]  # type: ignore[assignment]
    if atom.kind == "range" and mode == "from":
        mode = "in"
    return Period(
        span_start=start, span_end=atom.end, kind=atom.kind, mode=mode, edge=front.edge, grain=atom.grain,
        compared=front.compared, lead=min(front.lead, start), low=atom.low, high=atom.high, shift=atom.shift,
    )  # fmt: skip
