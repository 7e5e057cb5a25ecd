"""The pass over running text: candidates in, quantities out."""

import re
from collections.abc import Iterator
from functools import cached_property

from extract.numbers import Meaning, looks_english
from extract.numbers_words import read_spelled
from extract.quantities_amounts import SPELLED, Amount, Words, digits_at, digits_end, spelled_in
from extract.quantities_context import (
    DATE_YEAR_WORDS,
    is_code,
    is_day_month,
    is_list_number,
    is_name,
    is_portion,
    is_year,
    lacks_percent,
    named_in_words,
    qualifier_after,
    qualifier_before,
    skip_at,
    words_before,
)
from extract.quantities_record import Qualifier, Quantity
from extract.quantities_units import COUNTED, Unit, unit_at

_DIGIT = re.compile(r"[0-9]")
_RATIO = re.compile(
    r"gấp (đôi|rưỡi|rưởi|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?!\w)(?! (?:lần|mươi|trăm|phẩy|rưỡi|rưởi|lên|bội)(?!\w))"
)
_RATIOS = {"đôi": 2.0, "rưỡi": 1.5, "rưởi": 1.5}
_OVER = re.compile(r" ?/ ?([0-9][0-9.,]*)(?![0-9/])")
_PARTS = re.compile(r" phần (?!trăm)")
_RANGE = re.compile(r"[ ]{0,2}(?:(-|~)[ ]{0,2}|(đến|tới|và) )(?:(?:khoảng|hơn|trên|gần|dưới|mức|từ) )?(?:vnd ?)?")
_PUT_TOGETHER = frozenset({"tăng", "giảm", "nâng", "hạ", "rút", "kéo", "sụt", "tụt", "lên", "xuống"})
_RATIO_WORDS = frozenset({"gấp", "tăng", "giảm", "cao", "lớn", "nhiều", "bằng", "hơn", "gần", "khoảng", "trên"})
_FRESH = frozenset('.!?:\n"“-(•*+')
_WEAK_UNITS = frozenset({"percent", "times", "year", "month", "day"})
_IMPLAUSIBLE = 2e9


class Reader:
    """Reads one text; `view` is its lower form."""

    def __init__(self, text: str, view: str) -> None:
        self._text = text
        self._view = view

    def quantities(self) -> Iterator[Quantity]:
        """Give the quantities in order."""
        view = self._view
        places = [(m.start(), m) for m in re.finditer(r"[0-9]+", view)]
        places += [(m.start(), m) for m in SPELLED.finditer(view)]
        if "gấp" in view:
            places += [(m.start(), m) for m in _RATIO.finditer(view)]
        places.sort(key=lambda place: place[0])
        behind = 0
        for at, found in places:
            if at < behind:
                continue
            first = view[at]
            if "0" <= first <= "9":
                quantity, behind = self._digits(at)
            elif at and (view[at - 1].isalnum() or view[at - 1] == "_"):
                continue
            elif found.re is _RATIO:
                quantity, behind = self._ratio(found), found.end()
            else:
                quantity, behind = self._words(found)
            if quantity is not None:
                yield quantity

    @cached_property
    def _english(self) -> bool:
        return looks_english(self._view)

    def _digits(self, at: int) -> tuple[Quantity | None, int]:
        """Read the number in digits at `at`; give it, or None, and where to go on."""
        text, view = self._text, self._view
        end = max(is_list_number(text, at), skip_at(view, at))
        if end > at:
            return None, end
        amount = digits_at(view, at)
        if amount is None:
            return None, digits_end(view, at)
        words = words_before(view, at)
        first = self._first_digits(amount)
        unit = unit_at(text, view, amount.end)
        if first.isdigit() and self._is_no_count(amount, first, unit, words):
            return None, at + len(first)
        over = _OVER.match(view, amount.end) if unit is None and amount.scale == 1 else None
        if over:
            return self._fraction(amount, over, words)
        if not self._stands_free(amount, unit):
            return None, amount.end
        return self._range(amount, unit, words) or self._single(amount, unit, words)

    def _first_digits(self, amount: Amount) -> str:
        """The numeral up to the first space: what a name before it would claim."""
        if "split" not in amount.flags:
            return amount.digits
        return self._view[amount.start : amount.end].partition(" ")[0].rstrip(".,")

    def _is_no_count(self, amount: Amount, first: str, unit: Unit | None, words: list[str]) -> bool:
        """Say whether the whole number `first` is a name, a year or a document's sign."""
        if amount.scale > 1 or (unit is not None and unit.name == "percent"):
            return False
        if is_code(self._text, amount.start + len(first)):
            return True
        split = "split" in amount.flags
        if is_name(first, words, has_unit=unit is not None and not split):
            return True
        if is_year(first) and (unit is None or (words and words[-1] in DATE_YEAR_WORDS)):
            return True
        return len(first) > 1 and first[0] == "0" and (unit is None or len(first) > 3)

    def _stands_free(self, amount: Amount, unit: Unit | None) -> bool:
        """Say whether letters glued to the number leave it a number: `hơn10,3` and `1.861người` do, `4G` and `H5N1` not."""
        text, view, at, end = self._text, self._view, amount.start, amount.end
        marked = "." in amount.digits or "," in amount.digits
        after = view[end : end + 1]
        if unit is None and amount.scale == 1 and (after.isalpha() or after == "_"):
            if not (marked and view[end : end + 2].isalpha()):
                return False
            amount.flags.add("glued")
        elif unit is not None and unit.start == end and unit.noun[0].isalpha() and len(unit.noun) > 2:
            amount.flags.add("glued")
        if not at:
            return True
        before = text[at - 1]
        if before.isalpha():
            if _after_currency(view, at):
                return True
            glued = before.islower() and text[at - 2 : at - 1].isalpha() and (marked or unit is not None)
            if glued:
                amount.flags.add("glued")
            return glued
        if before in "_#@/\\=&":
            return unit is not None and before == "/"
        if before in "-." and at > 1 and (text[at - 2].isalpha() or text[at - 2].isdigit()):
            return unit is not None and before == "."
        if before in "-−" and (at == 1 or text[at - 2] in " (") and text[at - 2 : at - 1] != "\n":
            amount.negative = at > 1 and not self._line_start(at - 1)
            if amount.negative:
                amount.flags.add("negative")
        return True

    def _line_start(self, at: int) -> bool:
        begun = self._text.rfind("\n", 0, at) + 1 if "\n" in self._text[max(0, at - 8) : at] else max(0, at - 8)
        return (begun == 0 or self._text[begun - 1] == "\n") and not self._text[begun:at].strip()

    def _fraction(self, amount: Amount, over: re.Match[str], words: list[str]) -> tuple[Quantity | None, int]:
        """`51/80 trường hợp`: 51 of 80; `2/3 dân số`: two thirds; `30/4`: a day."""
        text, view = self._text, self._view
        below = over[1].rstrip(".,")
        end = over.start(1) + len(below)
        unit = unit_at(text, view, end)
        day = is_day_month(view, amount.start, words, counted=unit is not None)
        if day > amount.start and not is_portion(view, end, words):
            return None, day
        second = Amount(start=over.start(1), end=end, digits=below)
        top, bottom = amount.value("count", english=False), second.value("count", english=False)
        if top is None or bottom is None or not bottom[0] or not self._stands_free(amount, unit):
            return None, end
        amount.kind = "fraction"
        if unit is None and is_portion(view, end, words):
            amount.end = end
            value: float = top[0] / bottom[0]
            return self._made(amount, None, words, (value, None, 0.0), whole=None), end
        amount.end = end
        made = self._made(amount, unit, words, (top[0], None, 0.5), whole=bottom[0])
        return made, made.end

    def _range(self, amount: Amount, unit: Unit | None, words: list[str]) -> tuple[Quantity | None, int] | None:
        """Read a second end: `từ 85% đến 90%`, `95-96,9%`. None where there is none."""
        view = self._view
        between = _RANGE.match(view, unit.end if unit else amount.end)
        if between is None or (between[2] == "và" and "giữa" not in words):
            return None
        second = self._second(between.end())
        if second is None:
            return None
        other = unit_at(self._text, view, second.end)
        if unit is not None:
            if other is None or other.name != unit.name or not _PUT_TOGETHER.isdisjoint(words):
                return None
        elif other is None and between[1]:
            return (None, second.end) if self._is_score(amount, second) else None
        elif other is None and "từ" not in words and "giữa" not in words and second.scale == 1:
            return None
        if amount.scale == 1 and unit is None and second.scale > 1:
            amount.scale = second.scale if self._raw(amount) < self._raw(second) else 1
        low, high = self._value(amount, other), self._value(second, other)
        if low is None or high is None or low[0] >= high[0]:
            return None
        amount.end = second.end
        amount.flags |= second.flags
        quantity = self._made(amount, self._assumed(amount, other, second.scale), words, (low[0], high[0], high[1]))
        return quantity, quantity.end

    def _is_score(self, amount: Amount, second: Amount) -> bool:
        return max(len(amount.digits), len(second.digits)) <= 3 and amount.scale == 1

    def _raw(self, amount: Amount) -> float:
        read = amount.value("scaled", english=False)
        return read[0] / amount.scale if read else 0.0

    def _second(self, at: int) -> Amount | None:
        view = self._view
        if _DIGIT.match(view, at):
            if skip_at(view, at) > at or is_day_month(view, at, [], counted=False) > at:
                return None
            return digits_at(view, at)
        run = SPELLED.match(view, at)
        read = spelled_in(run) if run else None
        return read.amount if read and read.amount.start == at else None

    def _single(self, amount: Amount, unit: Unit | None, words: list[str]) -> tuple[Quantity | None, int]:
        read = self._value(amount, unit)
        if read is None:
            return None, amount.end
        unit = self._assumed(amount, unit, amount.scale)
        if unit is None and "," in amount.digits + "," and lacks_percent(self._view, amount, words, read[0]):
            unit = Unit("percent", "", amount.end, amount.end)
            amount.flags.add("missing-percent")
        quantity = self._made(amount, unit, words, (read[0], None, read[1]))
        return quantity, quantity.end

    def _assumed(self, amount: Amount, unit: Unit | None, scale: int) -> Unit | None:
        """Billions without a noun are money; so is what stands behind `VND`."""
        if unit is None and _after_currency(self._view, amount.start):
            return Unit("VND", "", amount.end, amount.end)
        if unit is None and scale >= 10**9:
            amount.flags.add("unit-assumed")
            return Unit("VND", "", amount.end, amount.end)
        return unit

    def _value(self, amount: Amount, unit: Unit | None) -> tuple[float, float] | None:
        meaning: Meaning = "bare"
        if unit is not None:
            meaning = "percent" if unit.name == "percent" else "count" if unit.name in COUNTED else "bare"
        english = self._english if meaning == "bare" and "," in amount.digits else False
        read = amount.value(meaning, english=english)
        if read and read[0] > _IMPLAUSIBLE and unit is not None and unit.name == "person" and amount.scale > 1:
            amount.scale, scale = 1, amount.scale  # 14.551 triệu người: more than there are people
            smaller = amount.value("percent", english=False)
            amount.scale = scale
            read = (smaller[0] * scale, smaller[1] * scale) if smaller else read
        return read

    def _ratio(self, found: re.Match[str]) -> Quantity | None:
        word = found[1]
        spelled = read_spelled([word]) if word not in _RATIOS else None
        value = spelled.value if spelled else _RATIOS[word]
        amount = Amount(start=found.start(), end=found.end(), kind="ratio")
        words = words_before(self._view, found.start())
        return self._made(amount, Unit("times", "", found.end(), found.end()), words, (value, None, 0.05))

    def _words(self, run: re.Match[str]) -> tuple[Quantity | None, int]:
        """Read a run of number words."""
        view = self._view
        read = spelled_in(run)
        if read is None or read.amount.spelled is None:
            return None, run.end()
        amount = read.amount
        words = words_before(view, amount.start)
        if named_in_words(words) or self._is_proper(amount.start):
            return None, run.end()
        part = _PARTS.match(view, amount.end)
        below = self._second(part.end()) if part else None
        if below is not None and below.spelled and below.spelled.value:
            amount.kind, amount.end = "fraction", below.end
            return self._made(amount, None, words, (amount.spelled_value / below.spelled.value, None, 0.0)), below.end
        unit = unit_at(self._text, view, amount.end)
        if unit is not None and read.upper is not None:
            high = read.upper.value
            return self._made(amount, unit, words, (amount.spelled_value, high, 0.5), qualifier="~"), unit.end
        ranged = self._range(amount, unit, words)
        if ranged is not None and ranged[0] is not None and (ranged[0].unit or read.strong):
            return ranged
        if not self._is_meant(read, unit, words):
            return None, amount.end
        return self._single(amount, unit, words)

    def _is_meant(self, read: Words, unit: Unit | None, words: list[str]) -> bool:
        """Say whether the words are a number here: `hai nghìn` always, `ba` only before what can be counted."""
        value = read.amount.spelled_value
        if read.strong or read.amount.kind == "fraction":
            return not (unit is None and is_year(str(value)))
        if unit is None or (unit.name not in COUNTED and unit.name not in _WEAK_UNITS):
            return False
        if unit.name != "percent" and (value <= 1 or (value == 5 and not (words and words[-1] in _BEFORE_FIVE))):
            return False
        return True

    def _is_proper(self, at: int) -> bool:
        """`Đồng Tháp Mười`: a capital inside the sentence makes a number word a name."""
        if not self._text[at].isupper():
            return False
        before = self._text[max(0, at - 4) : at].rstrip(" \t")
        return bool(before) and before[-1] not in _FRESH and not self._text[at + 1 : at + 2].isupper()

    def _made(
        self,
        amount: Amount,
        unit: Unit | None,
        words: list[str],
        read: tuple[float, float | None, float],
        *,
        whole: float | None = None,
        qualifier: Qualifier | None = None,
    ) -> Quantity:
        value, upper, precision = read
        end = max(amount.end, unit.end) if unit else amount.end
        told = [word for word in words if word not in ("gấp", "từ", "giữa", "tăng")] if words else words
        kind = amount.kind
        if (
            unit is not None
            and unit.name == "times"
            and kind in ("digits", "words")
            and not _RATIO_WORDS.isdisjoint(words)
        ):
            kind = "ratio"
        if unit is not None and unit.name == "age":
            amount.flags.add("age")
        if unit is not None and unit.noun.startswith("điểm") and unit.name == "percent":
            amount.flags.add("points")
        return Quantity(
            start=amount.start,
            end=end,
            value=value,
            upper=upper,
            unit=unit.name if unit else None,
            qualifier=qualifier or qualifier_after(self._view, end) or qualifier_before(told),
            kind=kind,
            number_start=amount.start,
            number_end=amount.end,
            noun=unit.noun if unit else "",
            per=unit.per if unit else "",
            whole=whole,
            precision=precision,
            flags=tuple(sorted(amount.flags)),
        )


def _after_currency(view: str, at: int) -> bool:
    """Say whether `VND` stands right before the number."""
    return view[max(0, at - 4) : at].rstrip().endswith(("vnd", "vnđ", "vn$"))


_BEFORE_FIVE = frozenset(
    {"có", "là", "gồm", "với", "của", "được", "thêm", "hơn", "gần", "khoảng", "cho", "trên", "dưới", "cả"}
)
