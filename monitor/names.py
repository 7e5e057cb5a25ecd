"""Areas and indicators by the names that people use."""

from datetime import date
from functools import lru_cache

from model.errors import UnknownNameError
from monitor.language import Language, language, say
from monitor.words import day, measure


def area(code: str | None, on: date | None = None) -> str:
    """Name an area from small to large: `Văn Lãng, Lạng Sơn`; a code that nobody knows stays as it is.

    A town of its province's name is told apart: `Thành phố Lạng Sơn, tỉnh Lạng Sơn`.
    """
    return _area(code, on, language()) if code else ""


@lru_cache(maxsize=4096)
def _area(code: str, on: date | None, spoken: Language) -> str:
    from model.areas import load_areas

    gazetteer = load_areas()
    if code == "VN":
        return "Cả nước" if spoken == "vi" else "Việt Nam"
    if code not in gazetteer:
        return code
    found = gazetteer.path_name(gazetteer.get(code), on=on)
    parts = found.split(", ")
    if len(set(parts)) < len(parts):  # Lạng Sơn, Lạng Sơn: the town and its province are told apart by their ranks
        found = gazetteer.path_name(gazetteer.get(code), on=on, ranks=True)
        return found[:1].upper() + found[1:]
    return found


def known_area(code: str) -> None:
    """Pass an area's code; UnknownNameError offers the codes of the units that bear that name, or near codes."""
    from model.areas import load_areas

    gazetteer = load_areas()
    named = [] if code in gazetteer else [one.code for one in gazetteer.by_name(code)]
    if named:
        raise UnknownNameError("area", code, named)
    gazetteer.get(code)


def old_or_new(code: str) -> str:
    """Name an area, one of the list that is no longer in force with `cũ`: two provinces may bear one name."""
    return f"{area(code)} {say('(cũ)', '(old)')}" if code.startswith("2024:") else area(code)


def indicator(key: str) -> str:
    """Name an indicator; one that is not declared stays as it is."""
    return _indicator(key, language())


@lru_cache(maxsize=4096)
def _indicator(key: str, spoken: Language) -> str:
    from model.home import default_home
    from model.indicators import load_indicators

    try:
        found = load_indicators(default_home().indicators).get(key)
    except UnknownNameError:
        return key
    return found.name_vi if spoken == "vi" else found.name_en


def series(indicator_key: str, measure_name: str, issuer: str | None = None, scope: str | None = None) -> str:
    """Name what a series counts; a plain level needs no word for its measure, a part is named as one."""
    said = indicator(indicator_key)
    if scope:
        said += f", {say('trong đó', 'of which')} {scope}"
    if measure_name != "level":
        said += f", {measure(measure_name)}"
    return f"{said} ({issuer})" if issuer else said


def measured(indicator_key: str, measure_name: str) -> str:
    """Name a measure of an indicator: the level of money collected or paid is no stock but a period's total."""
    if _totals(indicator_key, measure_name):
        return say("tổng trong kỳ", "total of the period")
    return measure(measure_name)


@lru_cache(maxsize=4096)
def _totals(indicator_key: str, measure_name: str) -> bool:
    from model.home import default_home
    from model.indicators import load_indicators

    try:
        return measure_name == "level" and load_indicators(default_home().indicators).get(indicator_key).kind == "flow"
    except UnknownNameError:
        return False


_BASES = {
    "cùng kỳ": "the same period a year before",
    "cuối năm trước": "the end of the year before",
    "tháng trước": "the month before",
    "quý trước": "the quarter before",
}


def base(kind: str) -> str:
    """Name the kind of base of a change; one that is a day of its own is that day."""
    if kind.startswith("mốc "):
        return day(date.fromisoformat(kind.removeprefix("mốc ")))
    return say(kind, _BASES.get(kind, kind))
