"""Single days at one place of a text: in figures, in words, by weekday, by name, and days told from the report's."""

import re
from calendar import monthrange

from extract.periods import grammar as g
from extract.periods.model import Atom, Part, Shift
from extract.periods.numbers import number, of_century, year_parts
from extract.periods.words import DAYS, HOLIDAYS, NOW, SHIFTS, WEEKDAYS

Match = re.Match[str]
_NOW = re.compile(rf"(?:{g.alternation(NOW)}){g.END}")
_NOW_ALONE = re.compile(
    rf"hiện(?=\s|,){g.END}(?!\s(?:đại|thực|trạng|hành|tượng|vật|trường|diện|hữu|thân|ra|lên|rõ|thị|hình))"
)
_EVER = ("từ trước ", "xưa ", "từ xưa ")
"""`cao nhất từ trước tới nay` is of no day."""
_NAY = re.compile(
    r"nay(?=\s(?:hơn\s|gần\s)?\d"
    rf"|\s(?:chỉ|còn|có|đạt|tăng|giảm|được|đã\s(?:có|đạt|tăng|lên)|mới\s(?:có|đạt)){g.END})"
)
_BEFORE_NAY = (", ", "; ", ". ", "\n", "thì ", "đến ")
"""`cuối năm ngoái có 733 người; nay chỉ còn 688`; not `năm nay`, `nay là phường`."""
_NOW_PARTS = ("thực ", "phát ", "xuất ", "biểu ", "thể ", "tái ", "hiển ", "ẩn ", "ái ")
_DAYS = re.compile(rf"(?:{g.alternation(DAYS)}){g.END}")
_LUNAR = re.compile(r"\s[(]?âm lịch")


def single(match: Match, part: Part, sure: bool = True) -> Atom | None:
    """A day, or None where the calendar has none such."""
    if part.month is not None and part.day is not None:
        longest = 29 if part.year is None and part.month == 2 else monthrange(part.year or 2001, part.month)[1]
        if not 1 <= part.day <= longest:
            return None
    if _LUNAR.match(match.string, match.end()):
        return Atom(match.start(), match.end(), "lunar", "day", sure=sure)
    return Atom(match.start(), match.end(), "day", "day", part, part, None, sure)


def in_figures(text: str, pos: int, told: bool = False) -> Atom | None:
    """A date in figures at `pos`; `told` after `ngày`, where `29.10` and `29-10` are dates beyond doubt."""
    if match := g.YMD.match(text, pos):
        return _checked(match, int(match[1]), int(match[3]), int(match[4]), True)
    if match := g.DMY.match(text, pos):
        full = len(match[4]) == 4
        year = int(match[4]) if full else of_century(int(match[4]))
        return _checked(match, year, int(match[3]), int(match[1]), full or told or match[2] != ".")
    if match := g.MY.match(text, pos):
        year, month = int(match[3]), int(match[1])
        low, high = Part(year, month, 1), Part(year, month)
        return Atom(match.start(), match.end(), "month", "month", low, high, None, match[2] != ".")
    if match := g.DM.match(text, pos):
        year_named, far = year_parts(match)
        if far is not None and match[2] != "/" and not told and int(match[1]) <= int(match[3]):
            return None  # `3-4 năm trước`
        named = year_named is not None or far is not None
        return single(match, Part(year_named, int(match[3]), int(match[1]), far), told or named)
    return None


def _checked(match: Match, year: int, month: int, day: int, sure: bool) -> Atom | None:
    return single(match, Part(year, month, day), sure) if 1 <= month <= 12 and 1000 <= year <= 2999 else None


def in_words(text: str, pos: int, told: bool = False) -> Atom | None:
    """`24 tháng 7 năm 2013`, `ba mươi tháng tư`, `15 ngày đầu tháng 6`; after `ngày` also `4 tháng này`."""
    if told and (match := g.DAY_OF_SHIFT.match(text, pos)):
        far = SHIFTS[match["s"]]
        return Atom(pos, match.end(), "day", "day", None, None, Shift("month", far, far, number(match["d"])))
    if match := g.DAY_MONTH.match(text, pos):
        if match["m"] in ("giêng", "chạp"):
            return Atom(pos, match.end(), "lunar", "day")
        year, shift = year_parts(match)
        return single(match, Part(year, number(match["m"]), number(match["d"]), shift))
    if match := g.FIRST_DAYS.match(text, pos):
        return _first_days(match)
    return None


def _first_days(match: Match) -> Atom | None:
    count, month = number(match["n"]), number(match["m"])
    year, shift = year_parts(match)
    length = monthrange(year or 2001, month)[1]
    if not 1 <= count <= length:
        return None
    low, high = Part(year, month, 1, shift), Part(year, month, None, shift)
    if match["e"] == "đầu":
        high = high._replace(day=count)
    else:
        low = low._replace(day=length - count + 1)
    return Atom(match.start(), match.end(), "range", "day", low, high)


def at_day(text: str, pos: int) -> Atom | None:
    """What begins with `ngày`, `mồng`, `thứ`, `chủ nhật`."""
    if match := g.FIRST_DAY.match(text, pos):
        year, shift = year_parts(match)
        part = Part(year, number(match["m"]), 1 if match["e"] == "đầu" else None, shift)
        return Atom(pos, match.end(), "day", "day", part, part)
    if match := g.WEEKDAY.match(text, pos):
        return _weekday(match)
    prefix = g.DAY_PREFIX.match(text, pos)
    if prefix and prefix.end() > pos:
        begin = prefix.end()
        if atom := in_figures(text, begin, True) or in_words(text, begin, True):
            return atom._replace(start=pos)
        if match := g.BARE_DAY.match(text, begin):
            part = Part(None, None, number(match["d"]))
            return Atom(pos, match.end(), "day", "day", part, part, None, False)
    return at_holiday(text, pos)


def _weekday(match: Match) -> Atom:
    day = 6 if match["n"] else WEEKDAYS[match["w"]]
    if match["s"]:
        far = SHIFTS[" ".join(match["s"].split())]
        shift = Shift("weekday", far, far, day)
    else:
        shift = Shift("weekday-back" if match["l"].startswith("vừa") else "weekday-on", 0, 0, day)
    return Atom(match.start(), match.end(), "relative", "day", None, None, shift)


def at_relative_day(text: str, pos: int) -> Atom | None:
    """`hôm nay`, `chiều qua`, `ngày mai`."""
    match = _DAYS.match(text, pos)
    if not match:
        return None
    far = DAYS[" ".join(match[0].split())]
    return Atom(pos, match.end(), "relative", "day", None, None, Shift("day", far, far))


def at_holiday(text: str, pos: int) -> Atom | None:
    """`ngày quốc tế lao động 2010`, `giáng sinh`."""
    match = g.HOLIDAY.match(text, pos)
    if not match:
        return None
    month, day = HOLIDAYS[" ".join((match["h"] or match["s"]).split())]
    part = Part(int(match["y"]) if match["y"] else None, month, day, None if match["y"] else 0)
    return Atom(pos, match.end(), "day", "day", part, part)


def at_now(text: str, pos: int) -> Atom | None:
    """`hiện nay`, `đến thời điểm này`, `hiện`: the day of the report, without days."""
    if text.endswith(_EVER, 0, pos):
        return None
    match = _NOW.match(text, pos)
    if match is None and text[max(0, pos - 5) : pos].endswith(_NOW_PARTS):
        return None
    match = match or _NOW_ALONE.match(text, pos)
    if match is None and (pos == 0 or text.endswith(_BEFORE_NAY, 0, pos)):
        match = _NAY.match(text, pos)
    return Atom(pos, match.end(), "now", "day") if match else None
