"""From an amount, its unit and the words around to a `Quantity`."""

from dataclasses import dataclass
from functools import cached_property

from extract.numbers.digits import Meaning, looks_english
from extract.quantities.amounts import Amount
from extract.quantities.context import lacks_percent, qualifier_after, qualifier_before
from extract.quantities.lexicon import COUNTED, word_set
from extract.quantities.record import Kind, Qualifier, Quantity
from extract.quantities.units import Unit

_RATIO_BEFORE = word_set("ratio_before")
_NO_QUALIFIERS = frozenset({"gấp", "từ", "giữa", "tăng"})
_MORE_THAN_PEOPLE = 2e9
_SHORT = 3
_CURRENCIES = ("vnd", "vnđ", "vn$")


@dataclass(slots=True)
class Reading:
    """A number understood: the amount with its value, or two values of a range."""

    amount: Amount
    unit: Unit | None
    words: list[str]
    """The words before it."""
    value: float
    precision: float
    upper: float | None = None
    second: Amount | None = None
    """The upper end of a range."""
    lower_end: int | None = None
    """Behind the lower end of a range with its own unit."""
    whole: float | None = None
    end: int = 0
    """Behind the second number of a range or fraction; 0 where there is none."""
    qualifier: Qualifier | None = None


class Scene:
    """One text and its lower form: what values mean in it."""

    def __init__(self, text: str, view: str, *, english: bool = False) -> None:
        self.text = text
        self.view = view
        self._english = english

    @cached_property
    def english(self) -> bool:
        """True where the text or its document somewhere parts thousands with commas."""
        return self._english or looks_english(self.view)

    def after_currency(self, at: int) -> bool:
        """Say whether `VND` stands right before the number at `at`."""
        return self.view[max(0, at - 4) : at].rstrip().endswith(_CURRENCIES)

    def value(self, amount: Amount, unit: Unit | None) -> tuple[float, float] | None:
        """Give value and precision of `amount` before `unit`; None where its digits make no number."""
        meaning: Meaning = "bare"
        if unit is not None:
            meaning = "percent" if unit.name == "percent" else "count" if unit.name in COUNTED else "bare"
        english = meaning == "bare" and "," in amount.digits and self.english
        read = amount.value(meaning, english=english)
        if read and read[0] > _MORE_THAN_PEOPLE and amount.scale > 1 and unit is not None and unit.name == "person":
            smaller = amount.unscaled("percent")  # 14.551 triệu người: the dot parts decimals
            return (smaller[0] * amount.scale, smaller[1] * amount.scale) if smaller else read
        return read

    def understood_unit(self, amount: Amount, scale: int) -> Unit | None:
        """Give the unit of a number that names none: billions are money, and so is what stands behind `VND`."""
        if self.after_currency(amount.start):
            return Unit("VND", "", amount.end, amount.end)
        if scale >= 10**9:
            amount.flags.add("unit-assumed")
            return Unit("VND", "", amount.end, amount.end)
        return None

    def single(self, amount: Amount, unit: Unit | None, words: list[str]) -> Quantity | None:
        """Build the quantity of one number; None where its digits make none."""
        read = self.value(amount, unit)
        if read is None:
            return None
        unit = unit or self.understood_unit(amount, amount.scale)
        if unit is None and amount.digits.isdigit() and len(amount.digits) <= _SHORT and self._after_name(amount.start):
            amount.flags.add("after-name")
        if unit is None and lacks_percent(self.view, amount, words, read[0]):
            unit = Unit("percent", "", amount.end, amount.end)
            amount.flags.add("missing-percent")
        return self.build(Reading(amount, unit, words, *read))

    def _after_name(self, at: int) -> bool:
        """Say whether a capitalised word stands before the number: `Lilama 7`; `BHYT 95` is none."""
        word = self.text[max(0, at - 20) : at].rstrip().rpartition(" ")[2]
        return word[:1].isupper() and not word.isupper() and word.isalpha()

    def build(self, reading: Reading) -> Quantity:
        """Build the quantity."""
        amount, unit = reading.amount, reading.unit
        end = max(amount.end, reading.end, unit.end if unit else 0)
        told = [word for word in reading.words if word not in _NO_QUALIFIERS]
        return Quantity(
            start=amount.start,
            end=end,
            value=reading.value,
            upper=reading.upper,
            unit=unit.name if unit else None,
            qualifier=reading.qualifier or qualifier_after(self.view, end, reading.words) or qualifier_before(told),
            kind=_kind(reading),
            number_start=amount.start,
            number_end=amount.end,
            upper_start=reading.second.start if reading.second else None,
            upper_number_end=reading.second.end if reading.second else None,
            lower_end=reading.lower_end,
            noun=unit.noun if unit else "",
            per=unit.per if unit else "",
            whole=reading.whole,
            precision=reading.precision,
            flags=_flags(amount, unit),
        )


def _kind(reading: Reading) -> Kind:
    amount, unit = reading.amount, reading.unit
    if unit is not None and unit.name == "times" and not _RATIO_BEFORE.isdisjoint(reading.words):
        return "ratio"
    return amount.kind


def _flags(amount: Amount, unit: Unit | None) -> tuple[str, ...]:
    if unit is not None and unit.name == "age":
        amount.flags.add("age")
    if unit is not None and unit.name == "percent" and unit.noun.startswith("điểm"):
        amount.flags.add("points")
    return tuple(sorted(amount.flags)) if amount.flags else ()
