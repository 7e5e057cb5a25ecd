"""Single expressions at one place of a text: months, quarters, years, `6 tháng đầu năm`, `cùng kỳ năm trước`."""

import re
from collections.abc import Callable

from extract.periods import grammar as g
from extract.periods.days import at_day, at_holiday, at_now, at_relative_day, in_figures, in_words
from extract.periods.model import Atom, Grain, Kind, Part, Shift
from extract.periods.numbers import number, roman, year_of_words, year_parts
from extract.periods.words import COUNTED, DAYS, NOW, ORDINALS, ROMAN, SEASONS, SELF_SPEAKING, SHIFTS, UNITS

Match = re.Match[str]
_NUMBER_BEFORE = re.compile(rf"{g.BEGIN}(?:{g.TENS}|{g.TEENS}|{g.ONES}|năm)\s$")
_LIST_NEXT = re.compile(r"\s?,\s?(?:0?[1-9]|1[0-2])(?=\s?(?:,(?!\d)|và|/))")
_SENTENCE_HEAD = re.compile(r"(?:^|[.!?:;\n¶(–\"“])\s*(?:[(]\w{1,8}[)]\s*[-–]?\s*)?$")
_REVIEWED = re.compile(r"(?:sơ kết|tổng kết|kết quả|nhiệm vụ|nhìn lại|điểm lại) (?:công tác )?$")


_CUMULATED = re.compile(
    r"(?:lũy kế|luỹ kế|cộng dồn|tính chung|tính gộp|kết quả|trong|sau|qua|thu|chi|tổng|ước|hết|bhyt|bhxh|bhtn|tự nguyện"
    r"|bắt buộc|thất nghiệp|y tế|xã hội|hộ gia đình)\s$"
)
_PAID_FOR = re.compile(r"(?:đóng|nộp|hưởng|hỗ trợ|mua|nợ|chậm)(?!\w)[^,;:.]{0,28}$")
"""`đóng BHXH tự nguyện 6 tháng`: how long, not when."""


def stretch(match: Match, kind: Kind, grain: Grain, first: int, last: int) -> Atom:
    """Whole months of one year, the year from the pattern's `YEAR`."""
    year, shift = year_parts(match)
    return Atom(match.start(), match.end(), kind, grain, Part(year, first, 1, shift), Part(year, last, None, shift))


def years(match: Match, first: int, last: int, kind: Kind, sure: bool = True) -> Atom | None:
    """Whole years, or None where they run backwards or lie out of the calendar."""
    if not 1000 <= first <= last <= 2999:
        return None
    return Atom(match.start(), match.end(), kind, "year", Part(first, 1, 1), Part(last, 12), None, sure)


def at_number(text: str, pos: int) -> Atom | None:
    """What begins with digits at `pos`."""
    if match := g.YEARS.match(text, pos):
        return years(match, int(match["a"]), int(match["b"]), "range")
    if match := g.YEAR_ONLY.match(text, pos):
        return in_figures(text, pos) or years(match, int(match[0]), int(match[0]), "year", False)
    atom = in_figures(text, pos) or counted(text, pos) or in_words(text, pos)
    # `3 tháng 6, 7, 8` counts months; it is not the third of June. `30/6, 10/10 huyện` is a day
    listed = atom is not None and atom.kind == "day" and "tháng" in text[pos : atom.end]
    return None if listed and atom is not None and _LIST_NEXT.match(text, atom.end) else atom


def counted(text: str, pos: int) -> Atom | None:
    """`6 tháng đầu năm 2022`, `3 năm qua`, `10 tháng, ...`."""
    if match := g.MONTHS.match(text, pos):
        return _months(match)
    if match := g.QUARTERS.match(text, pos):
        count = 3 * number(match["n"])
        return stretch(match, "ytd-months", "month", *((1, count) if match["e"] == "đầu" else (13 - count, 12)))
    if match := g.COUNT.match(text, pos):
        return _count(match)
    match = g.MONTHS_ALONE.match(text, pos)
    if match:
        told = text[match.end()] not in ",:" and text[:pos].endswith((", ", " thì "), max(0, pos - 5))
        if told or _SENTENCE_HEAD.search(text[max(0, pos - 16) : pos]):
            return _first_months(match)
    match = g.MONTHS_NAMED.match(text, pos)
    if match and _REVIEWED.search(text[max(0, pos - 22) : pos]):
        return _first_months(match)
    match = g.MONTHS_CUMULATED.match(text, pos)
    before = text[max(0, pos - 36) : pos]
    if match is None or not _CUMULATED.search(before) or _PAID_FOR.search(before):
        return None
    atom = _first_months(match)
    return atom and atom._replace(sure=False)


def _first_months(match: Match) -> Atom | None:
    count = number(match["n"])
    if not 2 <= count <= 11:
        return None
    return Atom(match.start(), match.end(), "ytd-months", "month", Part(None, 1, 1), Part(None, count))


def _months(match: Match) -> Atom | None:
    count = number(match["n"])
    if not 1 <= count <= 12:
        return None
    if match["e"] == "cuối":
        return stretch(match, "half" if count == 6 else "range", "month", 13 - count, 12)
    if match["e"]:
        return stretch(match, "ytd-months", "month", 1, count)
    named = match["my"] or match["my2"] or match["my3"]
    year = int(named) if named else None
    shift = None if named else SHIFTS[match["mys"]]
    low, high = Part(year, 1, 1, shift), Part(year, count, None, shift)
    return Atom(match.start(), match.end(), "ytd-months", "month", low, high)


def _count(match: Match) -> Atom | None:
    count, unit, way = number(match["n"]), UNITS[match["u"]], COUNTED[" ".join(match["c"].split())]
    if not count or not way:
        return None
    first, last = {"past": (-count, -1), "coming": (1, count), "ago": (-count, -count), "hence": (count, count)}[way]
    grain: Grain = unit  # type: ignore[assignment]
    if unit == "week" and first == last:
        unit, first, last, grain = "day", first * 7, last * 7, "day"
    return Atom(match.start(), match.end(), "relative", grain, None, None, Shift(unit, first, last))


def at_month(text: str, pos: int) -> Atom | None:
    """What begins with `tháng`."""
    if match := g.MONTH_DAY.match(text, pos):
        part = Part(int(match["y"]), number(match["m"]), int(match["d"]))
        return Atom(pos, match.end(), "day", "day", part, part) if 1 <= int(match["d"]) <= 28 + 3 else None
    if match := g.MONTH.match(text, pos):
        if match["mm"]:
            year, month = int(match["my"]), int(match["mm"])
            return Atom(pos, match.end(), "month", "month", Part(year, month, 1), Part(year, month))
        if match["m"] in ("giêng", "chạp"):
            return Atom(pos, match.end(), "lunar", "month")
        return stretch(match, "month", "month", number(match["m"]), number(match["m"]))
    match = g.VAGUE_MONTHS.match(text, pos)
    if match:
        whole = stretch(match, "range", "month", 1, 12)
        return whole._replace(high=None) if match["e"] == "đầu" else whole._replace(low=None)
    return at_shift(text, pos)


def at_shift(text: str, pos: int) -> Atom | None:
    """`tháng trước`, `năm ngoái`, `quý tới`, `tuần này`."""
    match = g.UNIT_SHIFT.match(text, pos)
    if not match:
        return None
    unit, far = UNITS[match["u"]], SHIFTS[" ".join(match["s"].split())]
    if unit == "year":
        return Atom(pos, match.end(), "relative", "year", Part(None, 1, 1, far), Part(None, 12, None, far))
    grain: Grain = unit  # type: ignore[assignment]
    return Atom(pos, match.end(), "relative", grain, None, None, Shift(unit, far, far))


def at_year(text: str, pos: int) -> Atom | None:
    """What begins with `năm`, and `niên khóa`, `những năm 90`."""
    if text.startswith("những ", pos - 6) and pos >= 6 and (atom := at_age(text, pos - 6)):
        return atom
    if match := g.SCHOOL_YEAR.match(text, pos):
        first = int(match["a"])
        return Atom(pos, match.end(), "school-year", "year", Part(first, 9, 1), Part(first + 1, 5))
    if match := g.SCHOOL_SHIFT.match(text, pos):
        word = match["s"]
        far = 1 if word in ("tới", "sau") else 0 if word in ("này", "nay", "mới") else -1
        unit = "school-year" + ("-turning" if word in ("mới", "vừa qua", "vừa rồi") else "-next" if far > 0 else "")
        return Atom(pos, match.end(), "school-year", "year", None, None, Shift(unit, far, far))
    if match := g.STAGE.match(text, pos):
        return years(match, int(match["a"]), int(match["b"]), "range")
    if match := g.YEAR_NAMED.match(text, pos):
        year = int(match["y"]) if match["y"] else year_of_words(match["yw"])
        if year:
            return years(match, year, year, "year")
    if match := g.COUNT.match(text, pos):
        return _count(match)
    return at_shift(text, pos)


def at_quarter(text: str, pos: int) -> Atom | None:
    """What begins with `quý`."""
    if match := g.QUARTER.match(text, pos):
        return quarter(match, ORDINALS[match["w"]] if match["w"] else 0)
    if match := g.ONE_QUARTER.match(text, pos):
        return stretch(match, "quarter", "quarter", *((1, 3) if match["e"] == "đầu" else (10, 12)))
    return at_shift(text, pos)


def quarter(match: Match, named: int = 0) -> Atom:
    """A quarter of a match with the groups `r` (Roman) and `q` (digit)."""
    which = named or (ROMAN[match["r"]] if match["r"] else int(match["q"]))
    return stretch(match, "quarter", "quarter", 3 * which - 2, 3 * which)


def at_week(text: str, pos: int) -> Atom | None:
    """What begins with `tuần`."""
    if match := g.FIRST_WEEK.match(text, pos):
        year, shift = year_parts(match)
        part = Part(year, number(match["m"]), None, shift)
        return Atom(pos, match.end(), "week", "week", part, part)
    return at_shift(text, pos)


def at_same(text: str, pos: int) -> Atom | None:
    """`cùng kỳ`, `cùng kỳ năm trước`, `cùng kỳ 2020`, `cùng kỳ tháng trước`, `cùng kỳ tháng 6/2021`."""
    if (match := g.SAME_OF.match(text, pos)) and (atom := _of_same(text, match.end())):
        return atom._replace(start=pos)
    match = g.SAME.match(text, pos)
    if not match:
        return None
    if (
        text.startswith("thời", pos + 5)
        and match.end() < pos + 17
        and not text[max(0, pos - 7) : pos].startswith("so với")
    ):
        return None  # cùng thời điểm: at the same moment
    if match["m"]:
        return Atom(pos, match.end(), "same-period", "month", None, None, Shift("month", -1, -1))
    year = int(match["y"] or match["y2"] or 0) or None
    part = Part(year, None, None, None if year else -1)
    return Atom(pos, match.end(), "same-period", "year", part, part)


def _of_same(text: str, pos: int) -> Atom | None:
    reader = {"t": at_month, "q": at_quarter}.get(text[pos], counted)
    return reader(text, pos)


def at_stage(text: str, pos: int) -> Atom | None:
    """`nhiệm kỳ 2020 - 2025`, `giai đoạn 2021-2025`, `niên khóa 2018-2019`, `đợt I/2014`."""
    if match := g.STAGE.match(text, pos):
        kind: Kind = "term" if match["k"].startswith("nhiệm") else "range"
        return years(match, int(match["a"]), int(match["b"]), kind)
    if match := g.ROUND.match(text, pos):
        part = Part(int(match["y"]))
        return Atom(pos, match.end(), "round", "year", part, part)
    return at_year(text, pos) if text.startswith("niên", pos) else None


def at_age(text: str, pos: int) -> Atom | None:
    """`thập niên 1950`, `những năm 90`, `thế kỷ 19`."""
    if match := g.DECADE.match(text, pos):
        year = int(match["y"]) if match["y"] else 1900 + int(match["d"])
        return years(match, year, year + 9, "decade")
    match = g.CENTURY.match(text, pos)
    if not match or not match["n"]:
        return None
    which = int(match["n"]) if match["n"].isdigit() else roman(match["n"])
    return years(match, which * 100 - 99, which * 100, "century") if 11 <= which <= 22 else None


def at_season(text: str, pos: int) -> Atom | None:
    """`mùa hè này`, `mùa hè 2020`."""
    match = g.SEASON.match(text, pos)
    if not match:
        return None
    (month, day), (last, until) = SEASONS[match["w"]]
    year, back = (int(match["y"]) if match["y"] else None), int(match["w"] == "đông")
    far = None if year else SHIFTS[match["s"]]
    low = Part(year and year - back, month, day, None if far is None else far - back)
    return Atom(pos, match.end(), "season", "day", low, Part(year, last, until, far))


def at_half(text: str, pos: int) -> Atom | None:
    """`nửa đầu năm`, `nửa năm cuối`."""
    match = g.HALF.match(text, pos)
    if not match:
        match = g.HALF_PASSED.match(text, pos)
        part = match and Part(int(match["y"]) if match["y"] else None, 1, 1, None if match["y"] else 0)
        return match and part and Atom(pos, match.end(), "half", "half", part, part._replace(month=6, day=None))
    return stretch(match, "half", "half", *((1, 6) if (match["e"] or match["e2"]) == "đầu" else (7, 12)))


def before_unit(text: str, pos: int) -> Atom | None:
    """A number in words before the unit at `pos`: `sáu tháng đầu năm`, `hai tư tháng bảy`, `ba ngày trước`."""
    begin = max(0, pos - 18)
    match = _NUMBER_BEFORE.search(text[begin:pos])
    if not match:
        return None
    start = begin + match.start()
    return counted(text, start) or in_words(text, start)


Reader = Callable[[str, int], Atom | None]
READERS: tuple[tuple[tuple[str, ...], Reader], ...] = (
    (("ngày mai", "ngày kia", "ngày mốt"), at_relative_day),
    (("ngày", "mồng", "mùng", "thứ", "chủ nhật", "chúa nhật"), at_day),
    (("tháng",), at_month),
    (("tuần",), at_week),
    (("quý", "quí", "qúy"), at_quarter),
    (("năm",), at_year),
    (tuple(d for d in DAYS if not d.startswith("ngày")), at_relative_day),
    ((*NOW, "hiện", "nay"), at_now),
    (("cùng kỳ", "cùng kì", "cùng thời"), at_same),
    (
        ("nhiệm kỳ", "nhiệm kì", "giai đoạn", "thời kỳ", "thời kì", "niên khóa", "niên khoá", "niên hạn", "đợt"),
        at_stage,
    ),
    (("thập niên", "thập kỷ", "thập kỉ", "thế kỷ", "thế kỉ"), at_age),
    (("mùa",), at_season),
    (("nửa",), at_half),
    (SELF_SPEAKING, at_holiday),
)
"""Which words call which reader."""
