"""What a reader keeps in mind while reading: the indicator, place, period, base and plan now in force.

Each is a `Held`: the value, what set it and where. A sentence overrides what came before; a new paragraph keeps it,
but further away; the distance is what confidence is made of.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from extract.periods.model import Period
from extract.places.find import PlaceMention

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Held(Generic[Value]):
    """A value in force and what set it."""

    value: Value
    sentence: int
    """Number of the sentence that set it; -1: the title, -2: the outlet."""
    paragraph: int
    """Number of its paragraph."""


@dataclass(slots=True)
class Draft:
    """A figure on its way to an observation: what is known of it so far, and where each slot came from."""

    index: int
    start: int
    end: int
    kind: str
    """`percent`, `person`, `money`, `count`, `bare`, `times`."""
    value: float
    unit: str
    qualifier: str
    precision: float
    rule: str
    measure: str
    sure: float
    sign: int = 1
    schemes: tuple[str, ...] = ()
    concept: str = ""
    of: str | None = None
    denominator: str | None = None
    issuer: str | None = None
    scope: str | None = None
    place: PlaceMention | None = None
    period: Period | None = None
    base: Period | None = None
    head: "Draft | None" = None
    """The count that a difference or share speaks of."""
    sentence: int = -9
    """Number of its sentence."""
    whole: float | None = None
    """Of `51/80`, the 80."""
    flow: bool = False
    """Whether a declared concept is the total of a period."""
    slots: dict[str, str] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Mind:
    """Everything in force, over the sentences of one document."""

    schemes: Held[tuple[str, ...]] | None = None
    listed: tuple[str, ...] = ()
    """Schemes in the order in which the last mention names them."""
    topic: tuple[str, ...] = ()
    """Schemes that the title names."""
    owed: tuple[str, ...] = ()
    """Schemes that the text, or its title, says are owed."""
    named: set[str] = field(default_factory=set)
    """Schemes that the text has named so far, and `office`: with several, money without a name is of all."""
    concept: str = "participants"
    cued: int = -9
    """Sentence whose words set the concept."""
    place: Held[PlaceMention] | None = None
    period: Held[Period] | None = None
    report: Held[Period] | None = None
    """The last period in force that was a report's: what a year told in passing only covers."""
    base: Held[Period] | None = None
    plan: Held[bool] | None = None
    students: Held[bool] | None = None
    percent: Held[str] | None = None
    """What the last percentage was a percentage of."""
    percents: dict[tuple[str, ...], str] = field(default_factory=dict)
    """The same, by the schemes that it was told of."""
    aimed: Held[Period] | None = None
    """Time that the last aim named: `đến năm 2025`."""
    event: Held[Period] | None = None
    """Day of the campaign that the paragraph tells of: what it brought was enrolled then."""
    ends: Held[tuple[Period | None, Period | None]] | None = None
    """Dates of the last `từ A lên B`."""
    dated: int = -1
    """Paragraph in which a figure took the period in force."""
    reports: set[date] = field(default_factory=set)
    """Days to which reports ran."""
    paused: int = -9
    """Last sentence that told of now what the period in force does not date."""
    used: int = -9
    """Sentence in which the period in force last dated a figure."""
    year: int | None = None
    """Year of the last report that named one."""
    told: int | None = None
    """Year of the last date of any kind, a law's too: what `năm ấy` means."""
    planned: Held[Period] | None = None
    """Period that a heading sets for what is planned."""
    main: PlaceMention | None = None
    """Place of the title or the lead."""
    listed_at: int = -1
    """Last paragraph with a sentence that told figures of several places."""
    drafts: list[Draft] = field(default_factory=list)
    """Of the last sentence that had any."""
    target: Held[bool] | None = None
    """Whether the last figures were aims."""

    def near(self, held: "Held[Value] | None", sentence: int, paragraph: int, reach: int = 4) -> bool:
        """Whether something held is near enough to be meant: the same paragraph, or few sentences ago."""
        if held is None:
            return False
        return sentence - held.sentence <= (reach + 3 if held.paragraph == paragraph else reach)


def provenance(held: "Held[Value]", sentence: int, paragraph: int) -> str:
    """Say where a held value came from, in the words of `Observation.slots`."""
    if held.sentence == sentence:
        return "sentence"
    if held.sentence == -1:
        return "title"
    if held.sentence == -2:
        return "outlet"
    return "paragraph" if held.paragraph == paragraph else "earlier"
