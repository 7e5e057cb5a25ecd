"""Two numbers that are one figure: ranges (`từ 85% đến 90%`, `95-96,9%`) and fractions (`51/80 trường hợp`, `2/3`)."""

import re

from extract.numbers.words import Spelled, read_spelled
from extract.quantities.amounts import Amount, digits_at, scale_at
from extract.quantities.build import Reading, Scene
from extract.quantities.dates import is_day_month, is_portion, skip_at
from extract.quantities.lexicon import word_set
from extract.quantities.record import Quantity
from extract.quantities.spelled import SPELLED, spelled_in
from extract.quantities.units import Unit, unit_at

_BETWEEN = re.compile(
    r"[ ]{0,2}(?:(?P<dash>[-~])[ ]{0,2}|(?P<word>đến|tới|và) )(?:(?:khoảng|hơn|trên|gần|dưới|mức|từ) )?(?:vnd ?)?"
)
_BEGIN_BETWEEN = frozenset(" -~")
_OVER = re.compile(r" ?/ ?([0-9][0-9.,]*)(?![0-9/])")
_PARTS = re.compile(r" phần (?!trăm)")
_CHANGE_BEFORE = word_set("change_before")
_ROUND = frozenset({1_000, 10_000, 100_000, 1_000_000})
_GROWTH = frozenset({"tăng", "giảm"})
_HIGHEST_GROWTH = 30
_SHORT = 3
_FROM = frozenset({"từ", "giữa", "khoảng", "chừng"})


class Unread(int):
    """Where to go on behind digits that are a date or a score and no quantity."""


def number_at(view: str, at: int) -> Amount | None:
    """Give the number in digits or words that begins at `at`; None where none does, or a date."""
    if "0" <= view[at : at + 1] <= "9":
        if skip_at(view, at) > at or is_day_month(view, at, [], counted=False) > at:
            return None
        return digits_at(view, at)
    run = SPELLED.match(view, at)
    read = spelled_in(run) if run else None
    return read.amount if read and read.amount.start == at and read.amount.spelled_value else None


def range_at(scene: Scene, amount: Amount, unit: Unit | None, words: list[str]) -> Quantity | Unread | None:
    """Read the second end of a range that `amount` begins; None where `amount` stands for itself."""
    end = unit.end if unit else amount.end
    between = _BETWEEN.match(scene.view, end) if scene.view[end : end + 1] in _BEGIN_BETWEEN else None
    if between is None or (between["word"] == "và" and "giữa" not in words):
        return None
    second = number_at(scene.view, between.end())
    if second is None or _goes_on(scene.view, second.end) or (amount.spelled is not None and not amount.spelled.value):
        return None
    other = unit_at(scene.text, scene.view, second.end) or scene.understood_unit(second, second.scale)
    if other is None and unit is None:
        if between["dash"]:
            return Unread(second.end) if _is_score(amount, second) else None
        if second.scale == 1 and _FROM.isdisjoint(words):
            return None
    if unit is not None and (other is None or other.name != unit.name):
        return None
    if unit is not None and between["word"] and not _CHANGE_BEFORE.isdisjoint(words):
        return None
    alone = amount.scale, amount.spelled
    if amount.scale == 1 and unit is None:
        _share_scale(amount, second)
    low, high = scene.value(amount, other), scene.value(second, other)
    if low is None or high is None or low[0] >= high[0]:
        amount.scale, amount.spelled = alone
        return None
    if unit is not None and between["word"] and not _GROWTH.isdisjoint(words) and low[0] > _HIGHEST_GROWTH:
        return None  # tăng từ 68,8% đến 81,7%: two levels; tăng từ 8% đến 10%: one growth
    amount.flags |= second.flags
    reading = Reading(amount, other, words, low[0], high[1], upper=high[0], end=second.end)
    reading.second, reading.lower_end = second, end
    return scene.build(reading)


def _goes_on(view: str, end: int) -> bool:
    """`86,9 - 87,6 - 88,1%`: three numbers and dashes are a list, no range."""
    return view.startswith(" - ", end) and view[end + 3 : end + 4].isdigit()


def _share_scale(amount: Amount, second: Amount) -> None:
    """Give the lower end the scale that only the upper end names: `1 đến 5 tỷ`, `500 đến 1 tỷ`, `hai đến ba nghìn`."""
    if amount.spelled and second.spelled and amount.spelled.value * second.spelled.step < second.spelled.value:
        step = max(1.0, second.spelled.step)
        amount.spelled = Spelled(amount.spelled.value * step, step)
    elif second.scale > 1 and amount.rough() < second.rough():
        amount.scale = second.scale
    elif second.scale >= 10**6 and amount.digits.isdigit() and len(amount.digits) <= _SHORT:
        amount.scale = second.scale // 1000


def _is_score(amount: Amount, second: Amount) -> bool:
    """`2-1`, `12-15`: short numbers around a dash that count nothing."""
    return (
        max(len(amount.digits), len(second.digits)) <= 3
        and "," not in amount.digits + second.digits
        and amount.scale == 1
    )


def fraction_at(scene: Scene, amount: Amount, words: list[str]) -> Quantity | Unread | None:
    """Read `51/80 trường hợp` (51 of 80), `2/3 dân số` (two thirds), `30/4` (a day); None where no slash follows."""
    over = _OVER.match(scene.view, amount.end)
    if over is None:
        return None
    digits = over[1].rstrip(".,")
    end = over.start(1) + len(digits)
    scale = scale_at(scene.view, end)
    end = scale[1] if scale else end
    unit = unit_at(scene.text, scene.view, end)
    portion = is_portion(scene.view, end, words)
    day = is_day_month(scene.view, amount.start, words, counted=unit is not None)
    if day > amount.start and not portion:
        return Unread(day)
    below = Amount(start=over.start(1), end=end, digits=digits, scale=scale[0] if scale else 1)
    amount.scale = below.scale
    top, bottom = amount.value("count", english=False), below.value("count", english=False)
    if top is None or bottom is None or not bottom[0]:
        return Unread(end)
    amount.kind = "fraction"
    if portion and (unit is None or unit.name != "place"):
        amount.end = end
        return scene.build(Reading(amount, None, words, top[0] / bottom[0], 0.0))
    if unit is not None and unit.name == "person" and bottom[0] in _ROUND:
        unit = unit._replace(name="measure")  # 450/100.000 dân: a rate, nobody is counted
    return scene.build(Reading(amount, unit, words, top[0], top[1], whole=bottom[0], end=end))


def spelled_fraction_at(scene: Scene, amount: Amount, words: list[str]) -> Quantity | None:
    """Read `hai phần ba`, of which `amount` is the upper number; None where no part follows."""
    part = _PARTS.match(scene.view, amount.end)
    run = SPELLED.match(scene.view, part.end()) if part else None
    below = read_spelled(run[0].split(" ")) if run else None
    if run is None or below is None or not below.value:
        return None
    amount.kind, amount.end = "fraction", run.end()
    return scene.build(Reading(amount, None, words, amount.spelled_value / below.value, 0.0))
