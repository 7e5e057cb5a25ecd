"""The period record, and the partial dates it is completed from."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

Kind = Literal[
    "day", "week", "month", "quarter", "half", "year", "ytd-months", "school-year", "range", "term", "decade",
    "century", "season", "relative", "same-period", "now", "round", "lunar", "legal",
]  # fmt: skip
"""`ytd-months`: N tháng đầu năm; `term`: nhiệm kỳ; `relative`: counted from the day of the report (`tháng trước`,
`3 năm qua`); `same-period`: cùng kỳ; `now`: hiện nay, đến nay; `round`: đợt I/2014, a part of a year without known
days; `lunar`: tháng Giêng, no days; `legal`: the day or year of a law, a birth, no period."""

Mode = Literal["at", "until", "from", "in", "by-target", "start-of", "mid-of", "end-of"]
"""`until`: đến, tính đến, hết; `by-target`: the same, with a last day after the report; `start-of`: đầu, `mid-of`:
giữa, `end-of`: cuối (`until` wins over these, `edge` keeps them)."""

Completed = Literal["none", "text", "year", "all"]
"""What its own words did not give: nothing, the year, named elsewhere in the text (`text`) or taken from the reference
(`year`: hết tháng 6), everything, from the reference (`all`: tháng trước, hôm qua)."""

Edge = Literal["", "start", "middle", "end"]
Grain = Literal["day", "week", "month", "quarter", "half", "year"]


class Part(NamedTuple):
    """A day of which parts may be unknown.

    Without a day a first day is the month's first, a last day the month's last. Without `year`, `year_shift` counts
    from the reference's year (`năm ngoái`: -1).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    year_shift: int | None = None


class Shift(NamedTuple):
    """A stretch counted in units from the day of the report: `2 tháng qua` is month, -2, -1."""

    unit: str
    first: int
    last: int
    day: int | None = None


class Atom(NamedTuple):
    """One expression as the grammar reads it, before it is joined with its neighbours and resolved."""

    start: int
    end: int
    kind: Kind
    grain: Grain
    low: Part | None = None
    high: Part | None = None
    shift: Shift | None = None
    sure: bool = True
    """False for a form that is a date only in company (`7/3`, `1996`)."""


@dataclass(kw_only=True, slots=True, unsafe_hash=True)  # not frozen: see `Quantity`
class Period:
    """One mention of a date or a period."""

    span_start: int
    """Where the expression begins in the text, without its preposition (`đến hết`), with `đầu`, `giữa`, `cuối`."""
    span_end: int
    """Where it ends."""
    start: date | None = None
    """First day, inclusive; None where unknown."""
    end: date | None = None
    """Last day, inclusive; None where unknown."""
    kind: Kind
    """What it is."""
    mode: Mode = "at"
    """What the words before it make of it."""
    edge: Edge = ""
    """`đầu`, `giữa`, `cuối`; `start` and `end` stay those of the whole period (`count_day` narrows)."""
    grain: Grain = "day"
    """Smallest unit that was named."""
    compared: bool = False
    """True after `so với`: the base of a comparison."""
    completed: Completed = "none"
    """What was taken from elsewhere."""
    lead: int = field(default=0, repr=False)
    """Where its prepositions begin (`so với số liệu đến hết` ...); equal to `span_start` without any."""
    low: Part | None = field(default=None, repr=False)
    """First day as written; None for mentions that have a `shift` or no days."""
    high: Part | None = field(default=None, repr=False)
    """Last day as written; None where open (`từ năm 2016 đến nay`)."""
    shift: Shift | None = field(default=None, repr=False)
    """For mentions counted from the reference."""

    @property
    def year_known(self) -> bool:
        """True where the text itself names the year."""
        return self.year is not None

    @property
    def year(self) -> int | None:
        """Year as written: that of the last day, else of the first; None where the text names none."""
        for part in (self.high, self.low):
            if part is not None and part.year is not None:
                return part.year
        return None
