"""Single expressions at one place of a text: a date, a month, a quarter, `6 tháng đầu năm`, `cùng kỳ năm trước`."""

import re
from calendar import monthrange
from collections.abc import Callable

from extract import periods_grammar as g
from extract.periods_grammar import Atom
from extract.periods_model import Grain, Kind, Part, Shift
from extract.periods_words import COUNTED, DAYS, HOLIDAYS, NOW, SEASONS, SHIFTS, UNITS, WEEKDAYS

Match = re.Match[str]
_NOW = re.compile(rf"(?:{g._words(NOW)}){g.END}")
_NOW_ALONE = re.compile(
    rf"hiện(?:\s(?=[^\W\d_]|\d)){g.END}(?!\s(?:đại|thực|trạng|hành|tượng|vật|trường|diện|hữu|thân|ra|có\sthể))"
)
_DAYS = re.compile(rf"(?:{g._words(DAYS)}){g.END}")
_NUMBER_BEFORE = re.compile(rf"(?<![^\W\d_])(?:{g.TENS}|{g.TEENS}|{g.ONES}|năm)\s$")


def last_day(year: int | None, month: int) -> int:
    """Number of days of a month; of February 28 where the year is unknown (resolved later)."""
    return monthrange(year or 2001, month)[1]


def span(match: Match, kind: Kind, grain: Grain, low: Part, high: Part, sure: bool = True) -> Atom | None:
    """Atom of a match, or None where a part is no date of the calendar."""
    for part in (low, high):
        if part.month is not None and part.day is not None:
            limit = 29 if part.year is None and part.month == 2 else last_day(part.year, part.month)
            if not 1 <= part.day <= limit:
                return None
    return Atom(match.start(), match.end(), kind, grain, low, high, None, sure)


def day(match: Match, year: int | None, month: int, number: int, sure: bool = True) -> Atom | None:
    """A single day."""
    if not 1 <= month <= 12:
        return None
    part = Part(year, month, number)
    return span(match, "day", "day", part, part, sure)


def stretch(match: Match, kind: Kind, grain: Grain, months: tuple[int, int]) -> Atom | None:
    """Whole months of one year, the year from the pattern's `YEAR`; the last day is filled in when resolved."""
    year, shift = g.year_parts(match)
    low, high = Part(year, months[0], 1, shift), Part(year, months[1], None, shift)
    return Atom(match.start(), match.end(), kind, grain, low, high)


def whole_year(match: Match, year: int, last: int | None = None, kind: Kind = "year", sure: bool = True) -> Atom | None:
    """One year, or the years up to `last`."""
    last = year if last is None else last
    if not 1000 <= year <= last <= 2999:
        return None
    return Atom(match.start(), match.end(), kind, "year", Part(year, 1, 1), Part(last, 12, None), None, sure)


def numeric(text: str, pos: int, in_day: bool = False) -> Atom | None:
    """A date in figures at `pos`; after `ngày` a dotted or dashed day and month is sure."""
    if match := g.YMD.match(text, pos):
        return day(match, int(match[1]), int(match[3]), int(match[4]))
    if match := g.DMY.match(text, pos):
        year = int(match[4]) if len(match[4]) == 4 else g.century(int(match[4]))
        return day(match, year, int(match[3]), int(match[1]), len(match[4]) == 4 or in_day or match[2] != ".")
    if match := g.MY.match(text, pos):
        year = int(match[3])
        low, high = Part(year, int(match[1]), 1), Part(year, int(match[1]), None)
        return Atom(match.start(), match.end(), "month", "month", low, high, None, match[2] != ".")
    if match := g.DM.match(text, pos):
        return day(match, None, int(match[3]), int(match[1]), in_day)
    return None


def spelled_day(text: str, pos: int) -> Atom | None:
    """`24 tháng 7 năm 2013`, `4 tháng này`."""
    if match := g.DAY_OF_SHIFT.match(text, pos):
        far = SHIFTS[match["s"]]
        return Atom(
            match.start(), match.end(), "day", "day", None, None, Shift("month", far, far, g.number(match["d"]))
        )
    if match := g.DAY_MONTH.match(text, pos):
        year, shift = g.year_parts(match)
        part = Part(year, g.number(match["m"]), g.number(match["d"]), shift)
        return span(match, "day", "day", part, part)
    return None


def counted(text: str, pos: int) -> Atom | None:
    """`6 tháng đầu năm 2022`, `3 năm qua`."""
    if match := g.MONTHS.match(text, pos):
        count = g.number(match["n"])
        if not 1 <= count <= 12:
            return None
        kind: Kind = "half" if count == 6 else "ytd-months"
        if match["e"] == "cuối":
            return stretch(
                match, "half" if count == 6 else "range", "half" if count == 6 else "month", (13 - count, 12)
            )
        atom = stretch(match, "ytd-months", "month", (1, count))
        named = match["my"] or match["my2"] or match["my3"]
        if atom and atom.low and atom.high and (named or match["mys"]):
            year = int(named) if named else None
            far = None if named else (0 if match["mys"].endswith("nay") else -1)
            return atom._replace(low=Part(year, 1, 1, far), high=Part(year, count, None, far), kind="ytd-months")
        return atom._replace(kind="ytd-months") if atom and kind else atom
    if match := g.COUNT.match(text, pos):
        return _count(match)
    return None


def _count(match: Match) -> Atom | None:
    count, unit, way = g.number(match["n"]), UNITS[match["u"]], COUNTED[" ".join(match["c"].split())]
    if not count or way is None:
        return None
    first, last = {"past": (-count, -1), "coming": (1, count), "ago": (-count, -count), "hence": (count, count)}[way]
    grain: Grain = "day" if unit == "day" else unit  # type: ignore[assignment]
    if unit == "week" and way in ("ago", "hence"):
        unit, first, last, grain = "day", first * 7, last * 7, "day"
    return Atom(match.start(), match.end(), "relative", grain, None, None, Shift(unit, first, last))


def at_number(text: str, pos: int) -> Atom | None:
    """What begins with digits at `pos`."""
    return (
        _years(text, pos) or numeric(text, pos) or counted(text, pos) or _no_list(spelled_day(text, pos), text)
        or _lone_year(text, pos)
    )  # fmt: skip


def _no_list(atom: Atom | None, text: str) -> Atom | None:
    """`3 tháng 6, 7, 8` counts months; it is not the third of June."""
    return None if atom and _LIST_NEXT.match(text, atom.end) else atom


_LIST_NEXT = re.compile(r"\s?,\s?\d{1,2}(?=\s?(?:,|và|/))")


def _years(text: str, pos: int) -> Atom | None:
    match = g.YEARS.match(text, pos)
    return whole_year(match, int(match["a"]), int(match["b"]), "range") if match else None


def _lone_year(text: str, pos: int) -> Atom | None:
    match = g.YEAR_ONLY.match(text, pos)
    return whole_year(match, int(match[0]), sure=False) if match else None


def at_day(text: str, pos: int) -> Atom | None:
    """What begins with `ngày`, `mồng`, `thứ`, `chủ nhật`."""
    if match := g.FIRST_DAY.match(text, pos):
        year, shift = g.year_parts(match)
        part = Part(year, g.number(match["m"]), 1 if match["e"] == "đầu" else None, shift)
        return Atom(match.start(), match.end(), "day", "day", part, part)
    if match := g.WEEKDAY.match(text, pos):
        number = 6 if match["n"] else WEEKDAYS[match["w"]]
        far = SHIFTS[" ".join(match["s"].split())] if match["s"] else 0
        unit = "weekday" if match["s"] else "weekday-" + ("back" if match["l"].startswith("vừa") else "on")
        return Atom(match.start(), match.end(), "relative", "day", None, None, Shift(unit, far, far, number))
    prefix = g.DAY_PREFIX.match(text, pos)
    if prefix and prefix.end() > pos:
        atom = numeric(text, prefix.end(), True) or spelled_day(text, prefix.end())
        if atom:
            return atom._replace(start=pos)
        if match := g.BARE_DAY.match(text, prefix.end()):
            part = Part(None, None, g.number(match["d"]))
            return Atom(pos, match.end(), "day", "day", part, part, None, False)
    return at_holiday(text, pos) or at_relative_day(text, pos)


def at_month(text: str, pos: int) -> Atom | None:
    """What begins with `tháng`."""
    if match := g.MONTH_DAY.match(text, pos):
        return day(match, int(match["y"]), g.number(match["m"]), int(match["d"]))
    if match := g.MONTH.match(text, pos):
        if match["my"]:
            month, year = (int(part) for part in re.split(r"\s*[/.-]\s*", match["my"]))
            low, high = Part(year, month, 1), Part(year, month, None)
            return Atom(match.start(), match.end(), "month", "month", low, high)
        month = g.number(match["m"])
        return stretch(match, "month", "month", (month, month))
    return at_shift(text, pos)


def at_shift(text: str, pos: int) -> Atom | None:
    """`tháng trước`, `năm ngoái`, `quý tới`, `tuần này`."""
    match = g.UNIT_SHIFT.match(text, pos)
    if not match:
        return None
    unit, far = UNITS[match["u"]], SHIFTS[" ".join(match["s"].split())]
    if unit == "year":
        low, high = Part(None, 1, 1, far), Part(None, 12, None, far)
        return Atom(match.start(), match.end(), "relative", "year", low, high)
    return Atom(match.start(), match.end(), "relative", unit, None, None, Shift(unit, far, far))  # type: ignore[arg-type]


def at_year(text: str, pos: int) -> Atom | None:
    """What begins with `năm`."""
    if match := g.SCHOOL_YEAR.match(text, pos):
        first = int(match["a"])
        return Atom(match.start(), match.end(), "school-year", "year", Part(first, 9, 1), Part(first + 1, 5, None))
    if match := g.SCHOOL_SHIFT.match(text, pos):
        far = {"này": 0, "mới": 0, "tới": 1, "sau": 1}.get(match["s"], -1)
        unit = "school-year-done" if match["s"].startswith("vừa") else "school-year"
        return Atom(match.start(), match.end(), "school-year", "year", None, None, Shift(unit, far, far))
    if match := g.TERM.match(text, pos):
        return whole_year(match, int(match["a"]), int(match["b"]), "range")
    if match := g.YEAR_NAMED.match(text, pos):
        year = int(match["y"]) if match["y"] else g.year_of_words(match["yw"])
        if year:
            return whole_year(match, year)
    if match := g.COUNT.match(text, pos):
        return _count(match)
    return at_shift(text, pos)


def at_quarter(text: str, pos: int) -> Atom | None:
    """What begins with `quý`."""
    if match := g.QUARTER.match(text, pos):
        if match["w"]:
            number = {"nhất": 1, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4}[match["w"]]
        else:
            number = g.ROMAN[match["r"]] if match["r"] else int(match["q"])
        return stretch(match, "quarter", "quarter", (3 * number - 2, 3 * number))
    return at_shift(text, pos)


def at_week(text: str, pos: int) -> Atom | None:
    """What begins with `tuần`."""
    if match := g.FIRST_WEEK.match(text, pos):
        year, shift = g.year_parts(match)
        part = Part(year, g.number(match["m"]), None, shift)
        return Atom(match.start(), match.end(), "week", "week", part, part)
    return at_shift(text, pos)


def at_relative_day(text: str, pos: int) -> Atom | None:
    """`hôm nay`, `chiều qua`."""
    match = _DAYS.match(text, pos)
    if not match:
        return None
    far = DAYS[" ".join(match[0].split())]
    return Atom(match.start(), match.end(), "relative", "day", None, None, Shift("day", far, far))


def at_now(text: str, pos: int) -> Atom | None:
    """`hiện nay`, `đến thời điểm này`, `hiện`."""
    match = _NOW.match(text, pos) or _NOW_ALONE.match(text, pos)
    return Atom(match.start(), match.end(), "now", "day") if match else None


def at_same(text: str, pos: int) -> Atom | None:
    """`cùng kỳ`, `cùng kỳ năm trước`, `cùng kỳ 2020`, `cùng kỳ tháng trước`."""
    match = g.SAME.match(text, pos)
    if not match:
        return None
    year = int(match["y"] or match["y2"] or 0) or None
    if match["m"]:
        return Atom(match.start(), match.end(), "same-period", "month", None, None, Shift("month", -1, -1))
    part = Part(year, None, None, None if year else -1)
    return Atom(match.start(), match.end(), "same-period", "year", part, part)


def at_stage(text: str, pos: int) -> Atom | None:
    """`nhiệm kỳ 2020 - 2025`, `giai đoạn 2021-2025`, `niên khóa 2018-2019`."""
    if match := g.TERM.match(text, pos):
        return whole_year(
            match, int(match["a"]), int(match["b"]), "term" if match["k"].startswith("nhiệm") else "range"
        )
    return at_year(text, pos) if text.startswith("niên", pos) else None


def at_age(text: str, pos: int) -> Atom | None:
    """`thập niên 1950`, `những năm 90`, `thế kỷ 19`."""
    if match := g.DECADE.match(text, pos):
        year = int(match["y"]) if match["y"] else 1900 + int(match["d"])
        return whole_year(match, year, year + 9, "decade")
    if match := g.CENTURY.match(text, pos):
        number = int(match["n"]) if match["n"].isdigit() else g.roman(match["n"]) if match["n"] else 0
        return whole_year(match, number * 100 - 99, number * 100, "century") if 11 <= number <= 22 else None
    return None


def at_season(text: str, pos: int) -> Atom | None:
    """`mùa hè này`, `mùa hè 2020`."""
    match = g.SEASON.match(text, pos)
    if not match:
        return None
    (month, number), (last, until) = SEASONS[match["w"]]
    far = None if match["y"] else SHIFTS[match["s"]]
    year, back = (int(match["y"]) if match["y"] else None), int(match["w"] == "đông")
    low = Part(year - back if year else None, month, number, None if far is None else far - back)
    return Atom(match.start(), match.end(), "season", "day", low, Part(year, last, until, far))


def at_holiday(text: str, pos: int) -> Atom | None:
    """`ngày quốc tế lao động 2010`."""
    match = g.HOLIDAY.match(text, pos)
    if not match:
        return None
    month, number = HOLIDAYS[" ".join(match["h"].split())]
    return day(match, int(match["y"]) if match["y"] else None, month, number)


def at_half(text: str, pos: int) -> Atom | None:
    """`nửa đầu năm`, `nửa năm cuối`."""
    match = g.HALF.match(text, pos)
    return stretch(match, "half", "half", (1, 6) if match["e"] == "đầu" else (7, 12)) if match else None


def before_unit(text: str, pos: int) -> Atom | None:
    """A number in words before the unit at `pos`: `sáu tháng đầu năm`, `hai tư tháng bảy`, `ba ngày trước`."""
    begin = max(0, pos - 18)
    match = _NUMBER_BEFORE.search(text[begin:pos])
    if not match:
        return None
    start = begin + match.start()
    return counted(text, start) or spelled_day(text, start)


Reader = Callable[[str, int], Atom | None]
READERS: tuple[tuple[tuple[str, ...], Reader], ...] = (
    (("ngày mai", "ngày kia", "ngày mốt"), at_relative_day),
    (("ngày", "mồng", "mùng", "thứ", "chủ nhật", "chúa nhật"), at_day),
    (("tháng",), at_month),
    (("tuần",), at_week),
    (("quý", "quí"), at_quarter),
    (("năm",), at_year),
    (tuple(d for d in DAYS if not d.startswith("ngày")), at_relative_day),
    ((*NOW, "hiện"), at_now),
    (("cùng kỳ", "cùng kì", "cùng thời"), at_same),
    (("nhiệm kỳ", "nhiệm kì", "giai đoạn", "thời kỳ", "niên khóa", "niên khoá"), at_stage),
    (("thập niên", "thập kỷ", "những năm", "thế kỷ", "thế kỉ"), at_age),
    (("mùa",), at_season),
    (("nửa",), at_half),
    (tuple(HOLIDAYS), at_holiday),
)
"""Which words call which reader."""
