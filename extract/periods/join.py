"""The sweep over a text: finds expressions at cheap triggers and joins ranges and lists."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from extract.periods import grammar as g
from extract.periods.atoms import READERS, Reader, at_number, before_unit, quarter, stretch
from extract.periods.days import in_figures
from extract.periods.front import Front, read_front
from extract.periods.model import Atom, Part

Found = list[tuple[Atom, Front]]


def trie(words: list[str]) -> str:
    """One pattern for many words that branches letter by letter, so that a miss costs next to nothing."""
    tree: dict[str, list[str]] = {}
    for word in words:
        if word:
            tree.setdefault(word[0], []).append(word[1:])
    branches = [re.escape(first) + (trie(rest) if any(rest) else "") for first, rest in tree.items()]
    return f"(?:{'|'.join(branches)}){'?' if '' in words else ''}"


_READER: dict[str, Reader] = {word: reader for words, reader in READERS for word in words}
_WORD = re.compile(trie(list(_READER)))
_FIGURE = re.compile(
    r"[0-9](?<![\w.,/–-].)(?:[0-9]?(?=\s?[/.-]\s?\d|\s{0,2}(?:tháng|ngày|năm|tuần|qu[ýí]|qúy)|\s?(?:đến|tới|–|—)\s)"
    r"|(?:(?<=1)[5-9]|(?<=2)[01])\d\d(?!\d))"
)
"""Figures that may begin a date; the first digit stands before its look-behind so that the search can skip to it."""
_UNIT_WORDS = ("ngày", "tuần", "tháng", "quý", "quí", "qúy", "năm")
_GLUED = ("tháng", "ngày", "cùng kỳ")
_RANGE = re.compile(r"\s{0,2}(?:[-–—]\s?(?:đến\s)?|(?:cho\s)?(?:đến|tới)(?:\s(?:hết|cuối))*(?![^\W\d_]))\s{0,2}")
_LIST = re.compile(r"\s{0,2}(?:,(?:\s?và\s)?|và\s|hoặc\s|&)\s{0,2}")
_OPEN = re.compile(
    rf"\s(?:cho\s)?(?:đến|tới)\s(?:nay|giờ|thời\sđiểm\s(?:này|hiện\s(?:tại|nay))|hiện\s(?:nay|tại)){g.END}"
    rf"|\strở\s(?:đi|lại\sđây|về\sđây){g.END}"
)
_IDLE_BEFORE = re.compile(rf"{g.BEGIN}(?:những|nhiều|mấy|các|vài|hằng|hàng|mỗi|từng|bao|lâu|tuổi|ngày tháng|\d+)\s$")
_MONTHLY = ("mỗi ", "hằng ", "hàng ", "từng ", "ngày ", "ngày, ")
_IDIOM = re.compile(r"năm sau (?:luôn |phải )?\w{2,5} hơn (?:so với )?năm trước")
_IDIOM_END = re.compile(r"năm sau (?:luôn |phải )?\w{2,5} hơn (?:so với )?$")
_IN_FORCE_FRONT = re.compile(rf"{g.BEGIN}(?:đầu|giữa|cuối|hết|cả|trong|suốt)\s$")
_PLANS = ("chỉ tiêu ", "kế hoạch ", "mục tiêu ", "dự toán ", "đích ", "lộ trình ", "dự báo ")
"""`so với kế hoạch 2025`, `đích 2030 là 98%`: a year right behind what is planned."""
_SHARE_NEXT = re.compile(r"\s?:?\s(?:là\s|đạt\s)?\d{1,3}(?:[.,]\d{1,2})?\s?%")
"""`2022 là 90%, 2023 91,5%`: no number of people stands right before a share."""
_BY_THEN = ("cuối ", "hết ")
_NEAR = re.compile(rf"{g.BEGIN}(?:hơn|gần|trên|chưa đầy|khoảng)\s$")
_FRACTIONS = ("1/2", "1/3", "2/3", "1/4", "3/4", "24/7")


def sweep(low: str) -> Iterator[tuple[Atom, Front]]:
    """Expressions of a lower-case text in order, each with what stands before it."""
    triggers = [(m.start(), m[0]) for m in _WORD.finditer(low)]
    figures = [(m.start(), "") for m in _FIGURE.finditer(low)]
    pos = 0
    for start, word in sorted(triggers + figures):
        if start < pos:
            continue
        if word and start and low[start - 1].isalpha() and word not in _GLUED:
            continue
        found = _read(low, start, word, pos)
        if found:
            yield from found
            pos = found[-1][0].end


def _read(low: str, start: int, word: str, floor: int) -> Found:
    first = None
    if not word:
        first = _shared_day(low, start) or at_number(low, start)
    else:
        if word in _UNIT_WORDS and start - 2 > floor and low[start - 1].isspace():
            first = before_unit(low, start)
        if first is not None and first.start < floor:
            first = None
        first = first or _READER[word](low, start)
        if word == "năm":
            first = first or _year_in_force(low, start)
        if first is not None and first.start == start and word in ("năm", "tháng") and _idle(low, first):
            return []
    return _joined(low, first) if first is not None else []


def _idle(low: str, atom: Atom) -> bool:
    """`nhiều năm qua`, `năm sau cao hơn năm trước`, `mỗi tháng 5`: no single period."""
    if atom.low is not None and atom.low.year is not None:
        return False
    window = low[max(0, atom.start - 32) : atom.start]
    if atom.kind == "month":
        return window.endswith(_MONTHLY)  # mỗi tháng 5 ..., ngày tháng năm sinh
    if atom.kind != "relative":
        return False
    return bool(_IDLE_BEFORE.search(window) or _IDIOM.match(low, atom.start) or _IDIOM_END.search(window))


def _year_in_force(low: str, start: int) -> Atom | None:
    """`cuối năm`, `hết năm`, `trong năm`: a year that is named elsewhere."""
    if not _IN_FORCE_FRONT.search(low[max(0, start - 6) : start]):
        return None
    if low.startswith("năm ", start) and low[start + 4 : start + 5].isdigit() and not low.endswith(_BY_THEN, 0, start):
        return None  # `ước cả năm 100% kế hoạch`, `trong năm 12.000 người`: beside an estimate, no date of what follows
    match = g.YEAR_IN_FORCE.match(low, start)
    return Atom(start, match.end(), "year", "year", Part(None, 1, 1), Part(None, 12)) if match else None


def _shared_day(low: str, start: int) -> Atom | None:
    """`10 đến 15 tháng 5`, `1-15/6/2022`: a day that shares the month of the next."""
    match = g.SHARED_DAY.match(low, start)
    if not match:
        return None
    second = in_figures(low, match.end(), True) or at_number(low, match.end())
    if second is None or second.high is None or second.kind != "day":
        return None
    number = int(match[1])
    if not 1 <= number < (second.high.day or 0):
        return None
    return Atom(start, second.end, "range", "day", second.high._replace(day=number), second.high, None, second.sure)


def _joined(low: str, first: Atom) -> Found:
    front = read_front(low, first.start)
    if front.named and low[first.start].isdigit():
        return []
    if first.kind == "ytd-months" and _NEAR.search(low[max(0, first.start - 10) : first.start]):
        first = first._replace(high=None)
    atoms = _join(low, first, front)
    if front.since and front.edge == "start" and atoms[0].kind == "year":
        atoms[0] = atoms[0]._replace(high=None)  # từ đầu năm, ...
    if len(atoms) == 1 and not atoms[0].sure and not _credible(low, atoms[0], front):
        return []
    return [(atom, front if index == 0 else replace(front, lead=atom.start)) for index, atom in enumerate(atoms)]


def _credible(low: str, atom: Atom, front: Front) -> bool:
    """Whether a form that may be a fraction or a count is a date here."""
    form = low[atom.start : atom.end]
    if atom.low is None or atom.kind == "ytd-months":
        return True
    if atom.low.month is None:
        return False
    enclosed = low[atom.start - 1 : atom.start] == "(" and low[atom.end : atom.end + 1] == ")"
    enclosed = enclosed and "%" not in low[max(0, atom.start - 3) : atom.start]  # 100% (9/9)
    if atom.grain == "year":
        planned = low.endswith(_PLANS, 0, atom.start) and low[atom.end : atom.end + 1] not in ("/", "-")
        valued = _SHARE_NEXT.match(low, atom.end) is not None
        dated = enclosed or front.dated or front.compared or planned or valued
        return dated and not g.COUNTING.match(low, atom.end)
    if len(low) <= 24 and low.strip(" \n.,()\"'") == form:
        return form != "24/7" and ("/" in form or atom.grain == "month")
    if not (enclosed or front.dated or front.compared or low.endswith("ngày ra quân ", 0, atom.start)):
        return False
    if atom.kind == "day" and (atom.low.day or 0) <= (atom.low.month or 0):
        if form in _FRACTIONS or g.COUNTING.match(low, atom.end):
            return False
        return "/" in form or form[:1] == "0" or front.grace >= 0
    return True


def _join(low: str, first: Atom, front: Front) -> list[Atom]:
    """The expression with its neighbours: one range, or the members of a list."""
    match = _OPEN.match(low, first.end)
    if match and (front.since or front.edge or match[0].lstrip().startswith("trở")):
        opened = None if front.edge in ("middle", "end") else first.low
        return [first._replace(end=match.end(), kind="range", low=opened, high=None, shift=None, sure=True)]
    if match := _RANGE.match(low, first.end):
        second = _partner(low, match.end(), first, "ng" if match[0].isspace() else match[0])
        joined = _range(first, second, front) if second else None
        if joined:
            return [joined]
    return _members(low, first) or [first]


def _partner(low: str, pos: int, first: Atom, connector: str = "") -> Atom | None:
    """What may follow a connector: an expression of its own, or a bare number of the same unit."""
    if pos >= len(low):
        return None
    if low[pos].isdigit():
        if first.kind == "month":
            return in_figures(low, pos) or _bare_month(low, pos)
        if first.kind == "quarter":
            return _bare_quarter(low, pos)
        return at_number(low, pos) or (_bare_day(low, pos) if first.kind == "day" else None)
    hit = _WORD.match(low, pos)
    if hit is None:
        return _bare_quarter(low, pos) if first.kind == "quarter" else None
    if hit[0] == "năm":
        return _READER["năm"](low, pos) or _year_in_force(low, pos)
    return _READER[hit[0]](low, pos)


def _bare_day(low: str, pos: int) -> Atom | None:
    match = g.BARE_DAY.match(low, pos)
    if not match or g.COUNTING.match(low, match.end()):
        return None
    part = Part(None, None, int(match["d"]))
    return Atom(pos, match.end(), "day", "day", part, part, None, False)


def _bare_month(low: str, pos: int) -> Atom | None:
    match = g.BARE_MONTH.match(low, pos)
    return stretch(match, "month", "month", int(match["m"]), int(match["m"]))._replace(sure=False) if match else None


def _bare_quarter(low: str, pos: int) -> Atom | None:
    match = g.BARE_QUARTER.match(low, pos)
    return quarter(match)._replace(sure=False) if match else None


def _range(first: Atom, second: Atom, front: Front) -> Atom | None:
    """From the first day of one to the last of the other, sharing month and year."""
    low, high = first.low, second.high
    if low is None or high is None or high.month is None or second.kind == "same-period":
        return None
    led = front.since or front.edge == "start"
    if first.grain != second.grain and not (led and (second.sure or second.kind == "day")):
        return None
    if first.grain == "year" and low.year is not None and high.year is not None and low.year >= high.year:
        return None
    if low.month is None:
        low = low._replace(month=high.month)
        if (low.day or 0) >= (high.day or 0):
            return None
    if low.year is None and low.year_shift is None:
        year = high.year
        if year is not None and (low.month or 1, low.day or 1) > (high.month, high.day or 31):
            year -= 1
        low = low._replace(year=year, year_shift=high.year_shift)
    elif high.year is None and high.year_shift is None:
        high = high._replace(year=low.year, year_shift=low.year_shift)
    sure = first.sure or second.sure or front.since
    return Atom(first.start, second.end, "range", second.grain, low, high, None, sure)


def _members(low: str, first: Atom) -> list[Atom]:
    """`tháng 3 và 4/2020`, `các năm 2019, 2020`, `hai ngày 26 và 27/6`."""
    members = [first]
    while len(members) < 12 and (match := _LIST.match(low, members[-1].end)):
        following = _partner(low, match.end(), first)
        if following is None or not _alike(members[-1], following):
            break
        if not following.sure and g.COUNTING_MONTHLY.match(low, following.end):
            break  # năm 2020, 2021 người
        members.append(following)
    return _shared(members) if len(members) > 1 else []


def _alike(one: Atom, other: Atom) -> bool:
    """Members of one list: the later without its own word, or the earlier without its year or month."""
    if other.kind != one.kind or one.high is None or other.high is None:
        return False
    if one.kind == "year":
        return not other.sure and (one.high.year or 0) < (other.high.year or 0)
    if one.kind == "day":
        return one.high.month is None and (other.high.day or 0) > (one.high.day or 32)
    if one.kind in ("month", "quarter"):
        unnamed = one.high.year is None and one.high.year_shift is None
        return unnamed and (other.high.month or 0) > (one.high.month or 13)
    return False


def _shared(members: list[Atom]) -> list[Atom]:
    """Year and month of the last go to all; neighbours become one stretch."""
    last = members[-1].high or Part()
    full: list[Atom] = []
    for atom in members:
        one, other = atom.low or Part(), atom.high or Part()
        year, far = (other.year, other.year_shift) if other.year else (last.year, last.year_shift)
        one = one._replace(year=year, year_shift=far, month=one.month or last.month)
        other = other._replace(year=year, year_shift=far, month=other.month or last.month)
        full.append(atom._replace(low=one, high=other, sure=True))
    if full[0].high and full[0].high.month is None:
        return members[:1]
    unit = {"year": 0, "day": 2}.get(full[0].grain, 1)
    step = 3 if full[0].grain == "quarter" else 1
    if all((b.high or Part())[unit] == ((a.high or Part())[unit] or 0) + step for a, b in pairwise(full)):
        return [full[0]._replace(end=full[-1].end, kind="range", high=full[-1].high)]
    return full
