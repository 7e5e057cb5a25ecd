"""What a quantity is: the record that `parse_quantities` gives."""

from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["digits", "words", "fraction", "ratio"]
"""How the number is written: `8.475`; `hai nghìn`; `51/80`, `2/3`, `hai phần ba`; `gấp đôi`, `1,5 lần`."""

Qualifier = Literal["=", "~", ">", "<", ">=", "<="]


@dataclass(kw_only=True, slots=True, unsafe_hash=True)
class Quantity:
    """One number with its unit, where it stands in the text. Spans are `text[start:end]`.

    Never changed once built; it is not `frozen` because such take four times as long to build, and texts are full of
    numbers. The same holds for periods and mentions of schemes and places.
    """

    start: int
    """Where the quote begins: the number's first character; the qualifier word stays outside."""
    end: int
    """Where the quote ends: after the unit as written (`8.475 người`, `5 người/tháng`), or after the number."""
    value: float
    """In base units: `1,85 triệu` is 1850000, `98,9%` is 98.9. Of a range, the lower end."""
    upper: float | None = None
    """Upper end of a range (`95-96,9%`); else None."""
    unit: str | None = None
    """A unit of the contract (`person`, `percent`, `VND`, ...); of other counted or measured things `year`, `month`,
    `day`, `hour`, `minute`, `age`, `place`, `school`, `measure`, `USD`, `point`; None where no known one is."""
    qualifier: Qualifier = "="
    """How exact the text says it is."""
    kind: Kind = "digits"
    """How the number is written."""
    number_start: int
    """Where the first numeral begins (of a range, the lower end's)."""
    number_end: int
    """Where it ends, with its words of scale (`1,85 triệu`), without the unit; of `51/80`, behind 51."""
    upper_start: int | None = None
    """Where the upper end of a range begins; None where there is none."""
    upper_number_end: int | None = None
    """Where the upper numeral ends, with its words of scale; None where there is none."""
    lower_end: int | None = None
    """Where the lower end of a range ends, with its own unit if it has one (`8%` of `8% đến 10%`); else None."""
    noun: str = ""
    """The unit as written, in lower case: `người`, `đối tượng`, `tỷ đồng` gives `đồng`; `""` where none is."""
    per: str = ""
    """What it is counted per, in lower case: `tháng` of `5 người/tháng`; `""` where nothing is said."""
    whole: float | None = None
    """The number below the line: 80 of `51/80 trường hợp` (whose value is 51); else None."""
    precision: float = 0.5
    """Half of the last digit's worth: what rounding may hide. 0.05 for `98,9%`, 5000 for `1,85 triệu`."""
    flags: tuple[str, ...] = ()
    """What to beware of, sorted: `missing-percent` (`đạt 98,31 kế hoạch`), `unit-assumed` (`nợ 1,6 tỷ`), `split`
    (`10. 600`), `glued` (`1.861người`), `english-style` (`255,490`, `100.4%`), `points` (`điểm phần trăm`), `age`,
    `after-name` (`Lilama 7`), `negative`."""

    def ends(self) -> tuple["Quantity", ...]:
        """Give a range as its two ends, `>=` the lower and `<=` the upper, each with its own span; else itself alone.

        The two ends of what is only roughly said (`hai ba người`, one span) stay together.
        """
        if self.upper is None or self.upper_start is None or self.lower_end is None:
            return (self,)
        start, number_end = self.upper_start, self.upper_number_end or self.end
        bare = replace(self, upper=None, upper_start=None, upper_number_end=None, lower_end=None)
        lower = replace(bare, end=self.lower_end, qualifier=">=")
        upper = replace(bare, start=start, number_start=start, number_end=number_end, value=self.upper, qualifier="<=")
        return lower, upper
