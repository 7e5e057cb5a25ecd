"""The pass over running text: candidates in, quantities out."""

import re
from collections.abc import Iterator
from operator import itemgetter

from extract.numbers.words import DIGITS, read_spelled
from extract.quantities.amounts import Amount, digits_at, digits_end
from extract.quantities.build import Reading, Scene
from extract.quantities.context import is_name, named_in_words, words_before
from extract.quantities.dates import DATE_YEAR_WORDS, is_code, is_dotted, is_year, list_number_end, next_name, skip_at
from extract.quantities.lexicon import COUNTED, LISTED_NAMES, word_set
from extract.quantities.ranges import Unread, fraction_at, range_at, spelled_fraction_at
from extract.quantities.record import Quantity
from extract.quantities.spelled import SPELLED, Words, spelled_in
from extract.quantities.units import Unit, unit_at

_DIGITS = re.compile(r"[0-9][0-9]*")
_RATIO = re.compile(
    r"gấp (đôi|rưỡi|rưởi|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?!\w)(?! (?:lần|mươi|trăm|phẩy|rưỡi|rưởi|lên|bội)(?!\w))"
)
_COUNTED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_SAID_YEAR = re.compile(
    r"20[0-9]{2}(?![0-9%]|[.,]? ?[0-9]| ?[-/–—%]|[^\W\d_]| (?:nghìn|ngàn|triệu|tỷ|tỉ|vạn|trăm|chục|tr)(?!\w))"
)
"""A year, behind the word for it: a fourth of all numbers, told without a closer look."""
_OF_YEAR = re.compile(r" (?:đầu|cuối|giữa)(?!\w)")
_RATIOS = {"đôi": 2.0, "rưỡi": 1.5, "rưởi": 1.5}
_FRESH = frozenset('.!?:\n"“-(•*+')
_WEAK_UNITS = COUNTED | {"percent", "times", "year", "month", "day"}
_FIVE_BEFORE = word_set("five_before")

_SINGLES = frozenset(DIGITS) - {"không", "mốt", "lăm", "nhăm", "tư"} | {"mười"}
_LONGEST_WORD = 5

Found = tuple[Quantity | None, int]
"""A quantity or none, and where to go on."""


def quantities_in(text: str, view: str, *, english: bool = False) -> Iterator[Quantity]:
    """Give the quantities of running text in order; `view` is its lower form, `english` its document's manner."""
    scene = Scene(text, view, english=english)
    behind = 0
    for at, run in _places(view):
        if at < behind:
            continue
        if run is None:
            quantity, behind = _in_digits(scene, at)
        elif at and (view[at - 1].isalnum() or view[at - 1] == "_"):
            continue
        elif run.re is _RATIO:
            quantity, behind = _ratio(scene, run), run.end()
        else:
            quantity, behind = _in_words(scene, run)
        if quantity is not None:
            yield quantity


def _places(view: str) -> list[tuple[int, re.Match[str] | None]]:
    """Give where digits (None) and number words that may be a number (their match) stand, in order."""
    places: list[tuple[int, re.Match[str] | None]] = [(found.start(), None) for found in _DIGITS.finditer(view)]
    runs = [run for run in SPELLED.finditer(view) if _worth_reading(view, run)]
    if "gấp" in view:
        runs += _RATIO.finditer(view)
    if runs:
        places += [(run.start(), run) for run in runs]
        places.sort(key=itemgetter(0))
    return places


def _worth_reading(view: str, run: re.Match[str]) -> bool:
    """Cheaply pass over the single words that hardly ever are numbers: `năm 2020`, `không`, `một số`."""
    if run.end() - run.start() > _LONGEST_WORD:
        return True
    word = run[0]
    if word not in _SINGLES:
        return " " in word or view.startswith(" phần trăm", run.end())
    if word == "một":
        return view.startswith((" phần ", " đến ", "-"), run.end())
    return not view[run.end() + 1 : run.end() + 2].isdigit()


def _in_digits(scene: Scene, at: int) -> Found:
    """Read the number in digits at `at`."""
    text, view = scene.text, scene.view
    if view.startswith("năm ", at - 4) and at > 4 and _SAID_YEAR.match(view, at):
        return None, _past_names(scene, at + 4, words_before(view, at))
    end = list_number_end(text, at)
    if end == at:
        end = skip_at(view, at)
    if end > at:
        return None, end
    amount = digits_at(view, at)
    if amount is None:
        return None, digits_end(view, at)
    words = words_before(view, at)
    first = _up_to_space(view, amount)
    unit = unit_at(text, view, amount.end)
    if _is_no_count(text, amount, unit, words):
        return None, _past_names(scene, at + len(first), words)
    countless = amount.scale == 1 and (unit is None or unit.name == "paper")
    if countless and is_dotted(first, words) and not scene.english:
        return None, at + len(first)
    if not _stands_free(scene, amount, unit):
        return None, amount.end
    if unit is not None and unit.name == "month" and _OF_YEAR.match(view, unit.end):
        return None, unit.end
    pair: Quantity | Unread | None = None
    if unit is None and amount.scale == 1 and view[amount.end : amount.end + 1] in (" ", "/"):
        pair = fraction_at(scene, amount, words)
    if pair is None:
        pair = range_at(scene, amount, unit, words)
    if isinstance(pair, Unread):
        return None, int(pair)
    quantity = pair or scene.single(amount, unit, words)
    return quantity, quantity.end if quantity else amount.end


def _past_names(scene: Scene, end: int, words: list[str]) -> int:
    """Go on behind further numbers of the same name, as long as they count nothing: `quận 1, 3 và 5`."""
    if not words or words[-1] not in LISTED_NAMES:
        return end
    while True:
        following = next_name(scene.view, end)
        if following == end or unit_at(scene.text, scene.view, following):
            return end
        end = following


def _up_to_space(view: str, amount: Amount) -> str:
    """The numeral up to its first space: what a name before it would claim."""
    if "split" not in amount.flags:
        return amount.digits
    return view[amount.start : amount.end].partition(" ")[0].rstrip(".,")


def _is_no_count(text: str, amount: Amount, unit: Unit | None, words: list[str]) -> bool:
    """Say whether a whole number is a name, a year or a document's sign."""
    if amount.scale > 1 or (unit is not None and unit.name == "percent"):
        return False
    first = _up_to_space(text, amount)
    if not first.isdigit():
        return False
    if is_code(text, amount.start + len(first)):
        return True
    split = "split" in amount.flags
    if is_name(first, words, has_unit=unit is not None and not split):
        return True
    if is_year(first) and (unit is None or (words and words[-1] in DATE_YEAR_WORDS)):
        return True
    return len(first) > 1 and first[0] == "0" and (unit is None or len(first) > 3)


def _stands_free(scene: Scene, amount: Amount, unit: Unit | None) -> bool:
    """Say whether what is glued to the number leaves it one: `hơn10,3` and `1.861người` do, `4G` and `H5N1` do not."""
    view, end = scene.view, amount.end
    marked = "." in amount.digits or "," in amount.digits
    if unit is None and amount.scale == 1 and (view[end : end + 1].isalpha() or view[end : end + 1] == "_"):
        if not (marked and view[end : end + 2].isalpha()):
            return False
        amount.flags.add("glued")
    elif unit is not None and unit.start == end and len(unit.noun) > 2 and unit.noun[0].isalpha():
        amount.flags.add("glued")
    return not amount.start or _free_before(scene, amount, marked=marked, has_unit=unit is not None)


def _free_before(scene: Scene, amount: Amount, *, marked: bool, has_unit: bool) -> bool:
    """Look at the character before the number; a minus makes it negative."""
    text, at = scene.text, amount.start
    before, earlier = text[at - 1], text[at - 2 : at - 1]
    if before.isalpha():
        if scene.after_currency(at):
            return True
        glued = before.islower() and earlier.isalpha() and (marked or has_unit)
        if glued:
            amount.flags.add("glued")
        return glued
    if before in "_#@\\=&":
        return False
    if before in "/.":
        return has_unit or not earlier.isalnum()
    if before == "-":
        return not earlier.isalnum() and _minus(text, amount)
    return True


def _minus(text: str, amount: Amount) -> bool:
    """Take the dash for a minus in brackets or after a small word; `Covid -19` and `20% -30%` have none."""
    before = text[max(0, amount.start - 12) : amount.start - 1].rstrip(" ")
    word = before.rpartition(" ")[2]
    counted = text[amount.start - 2 : amount.start - 1] == " " and _COUNTED.fullmatch(amount.digits) is not None
    if before.endswith("(") or word.islower() or (counted and word[-1:].isalpha()):  # `Cà Mau -1.906`
        amount.negative = True
        amount.flags.add("negative")
    return not word[-1:].isalpha() or amount.negative


def _ratio(scene: Scene, found: re.Match[str]) -> Quantity:
    """`gấp đôi`."""
    word = found[1]
    spelled = read_spelled([word]) if word not in _RATIOS else None
    amount = Amount(start=found.start(), end=found.end(), kind="ratio")
    unit = Unit("times", "", found.end(), found.end())
    words = words_before(scene.view, found.start())
    return scene.build(Reading(amount, unit, words, spelled.value if spelled else _RATIOS[word], 0.05))


def _in_words(scene: Scene, run: re.Match[str]) -> Found:
    """Read a run of number words."""
    read = spelled_in(run)
    if read is None:
        return None, run.end()
    amount = read.amount
    words = words_before(scene.view, amount.start)
    if named_in_words(words) or _is_proper(scene.text, amount.start):
        return None, run.end()
    quantity = spelled_fraction_at(scene, amount, words)
    if quantity is None:
        quantity = _counted_words(scene, read, words)
    return quantity, quantity.end if quantity else amount.end


def _counted_words(scene: Scene, read: Words, words: list[str]) -> Quantity | None:
    """Read a number in words with its unit; None where the words mean something else."""
    amount = read.amount
    unit = unit_at(scene.text, scene.view, amount.end) if amount.kind != "fraction" else None
    if unit is not None and read.upper is not None:
        reading = Reading(amount, unit, words, amount.spelled_value, 0.5, upper=read.upper.value, qualifier="~")
        return scene.build(reading)
    ranged = range_at(scene, amount, unit, words)
    if isinstance(ranged, Quantity) and (ranged.unit or read.strong):
        return ranged
    return scene.single(amount, unit, words) if _is_meant(read, unit, words) else None


def _is_meant(read: Words, unit: Unit | None, words: list[str]) -> bool:
    """Say whether the words are a number here: `hai nghìn` always, `ba` only before what can be counted."""
    value = read.amount.spelled_value
    if read.strong:
        return unit is not None or not is_year(str(value))
    if unit is None or unit.name not in _WEAK_UNITS:
        return False
    if unit.name == "percent":
        return True
    return value > 1 and (value != 5 or bool(words and words[-1] in _FIVE_BEFORE))


def _is_proper(text: str, at: int) -> bool:
    """`Đồng Tháp Mười`: a capital inside the sentence makes a number word a name."""
    if not text[at].isupper() or text[at + 1 : at + 2].isupper():
        return False
    before = text[max(0, at - 4) : at].rstrip(" \t")
    return bool(before) and before[-1] not in _FRESH
