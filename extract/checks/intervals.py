"""What a figure may be within rounding and qualifiers, and what it takes for two such intervals to agree."""

from dataclasses import dataclass

from extract.context import Draft
from model.records import Observation

WIDEST = 0.12
"""A strong or tied identity between intervals wider than this share of the value proves nothing."""
CLOSE = 0.012
"""The same for one that is neither: chance agrees more often there."""


@dataclass(frozen=True, slots=True)
class Interval:
    """What a value may be."""

    low: float
    high: float

    def meets(self, other: "Interval") -> bool:
        """Whether both may be the same value."""
        return self.low <= other.high and other.low <= self.high

    def width(self) -> float:
        """Width in terms of the value."""
        middle = abs(self.low + self.high) / 2
        return (self.high - self.low) / middle if middle else 1.0


@dataclass(frozen=True, slots=True)
class Identity:
    """What one side says, what the others make of it, and whose figures they are."""

    said: Interval
    made: Interval
    parts: tuple[int, ...]
    """Numbers of the observations in it, the derived ones first."""
    strong: bool = True
    """Whether nothing else could be meant: only then does a mismatch accuse."""
    tied: bool = False
    """Whether the words say that the figures are of each other, though others could be meant as well."""

    closed: bool = False
    """Whether the words name the parts as all of the whole: then a mismatch accuses even counts told on their own."""

    def proves(self) -> bool:
        """Whether both sides agree so closely that chance is unlikely."""
        if not self.said.meets(self.made):
            return False
        if self.strong or self.tied:
            return self.made.width() <= WIDEST
        return max(self.made.width(), self.said.width()) <= CLOSE

    def accuses(self) -> bool:
        """Whether both sides cannot be the same value."""
        narrow = max(self.said.width(), self.made.width()) <= WIDEST
        return self.strong and narrow and not self.said.meets(self.made)


def interval_of(one: Observation, draft: Draft) -> Interval:
    """Give what a figure may be, by its rounding and its qualifier."""
    value, half = abs(one.obs_value), draft.precision
    if one.measure == "target" and one.unit == "percent":
        half = 0.0  # a plan of 91% is set so, not rounded
    slack = 0.05 * value
    low = value - half - (slack if one.qualifier in ("<", "<=", "~") else 0)
    high = value + half + (slack if one.qualifier in (">", ">=", "~") else 0)
    return Interval(max(low, 0.0), high)
