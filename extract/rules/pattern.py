"""The small language of rule patterns, and its compilation.

A pattern is a row of elements, apart by blanks, with exactly one figure in angle brackets:

    REACH|EQUALS <percent> THAN? ~2 PLAN

`REACH` a token of that class, `A|B` either, `X?` perhaps, `!X` not followed by X (after the figure only), `~3` up to
three soft tokens (plain words, names, nouns), `..3` up to three of anything but figures, brackets, `;` and the end,
`^` the beginning of the sentence, `figure` any figure, `, ; : ( ) /` themselves. Figures are `percent`, `person`,
`money`, `count` (in another unit), `bare` (no unit), `times`.

A sentence is a string with one character a token, so that a pattern is two regular expressions without nested
repetition: one read to the right of the figure, one to its left, backwards. Both have bounded length.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from model.errors import DeclarationError

FIGURES = {"percent": "0", "person": "1", "money": "2", "count": "3", "bare": "4", "times": "5"}
"""Figure kinds and their characters."""
NAMES = {"SCHEME": "A", "ORG": "B", "PERIOD": "C", "BASE": "D", "PLACE": "E", "DENOM": "F", "CONCEPT": "G", "WORD": "w"}
"""Classes that other layers fill, and plain words."""
MARKS = {",": ",", ";": ";", ":": ":", "(": "(", ")": ")", "/": "/", "-": "-", ".": "."}
FIRST_CLASS = 0x4E00  # classes of words.toml get characters from here on, far from all others
SOFT = (
    "WORD",
    "SCHEME",
    "ORG",
    "PERIOD",
    "BASE",
    "PLACE",
    "DENOM",
    "PERSON",
    "JOIN",
    "NEW",
    "BY",
    "AND",
    "FIRMS",
    "FORECAST",
    "ELSE",
    "SHORTPLAN",
    "SETS",
    "DEMAND",
    "FURTHER",
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: the figure kinds it may claim and what stands on either side."""

    kinds: frozenset[str]
    """Characters of the figure kinds."""
    left: re.Pattern[str]
    """Matches the reversed sentence from the figure on."""
    right: re.Pattern[str]
    """Matches the sentence behind the figure."""
    length: int
    """Number of fixed elements: longer patterns say more."""
    before: frozenset[str] | None
    """Characters one of which must stand right before the figure; None where anything may."""
    after: frozenset[str] | None
    """The same, right behind it."""
    needs: frozenset[str]
    """Characters one of which must stand somewhere in the sentence: those of the element that few sentences have."""


class Alphabet(dict[str, str]):
    """One character for each class of token, by its name."""

    def __init__(self, classes: list[str]) -> None:
        own = {name: chr(FIRST_CLASS + number) for number, name in enumerate(classes)}
        super().__init__({**FIGURES, **NAMES, **MARKS, **own})
        self.names = {character: name for name, character in self.items()}
        self.soft = "".join(sorted(self[name] for name in SOFT if name in self))
        self.any_figure = "".join(FIGURES.values())

    def compile(self, text: str, where: str) -> Pattern:
        """Compile one pattern; DeclarationError where it names an unknown class or not exactly one figure."""
        elements = text.split()
        figures = [n for n, element in enumerate(elements) if element.startswith("<")]
        if len(figures) != 1:
            raise DeclarationError(f"{where}: a pattern holds one <figure>: {text}", cure="write <percent>, <person> …")
        at = figures[0]
        kinds = frozenset(self._characters(elements[at][1:-1], where))
        left = "".join(self._element(element, where) for element in reversed(elements[:at]))
        right = "".join(self._element(element, where) for element in elements[at + 1 :])
        fixed = sum(not element.startswith(("~", "..")) and not element.endswith("?") for element in elements)
        before = self._nearest(reversed(elements[:at]), where)
        after = self._nearest(elements[at + 1 :], where)
        needs = self._rarest([*elements[:at], *elements[at + 1 :]], where)
        return Pattern(kinds, re.compile(left), re.compile(right), fixed, before, after, needs)

    def _rarest(self, elements: Iterable[str], where: str) -> frozenset[str]:
        """Give the characters of the element that must be there and allows the fewest; where none must, all."""
        sets = [frozenset(self.values())]
        for element in elements:
            if not element.startswith(("~", "..", "!", "^")) and not element.endswith("?"):
                sets.append(frozenset(self._characters(element, where)))
        return min(reversed(sets), key=lambda one: (self["WORD"] in one, len(one)))

    def _nearest(self, elements: Iterable[str], where: str) -> frozenset[str] | None:
        """Give the characters that the element nearest to the figure allows, going on past what may be absent."""
        allowed: set[str] = set()
        for element in elements:
            if element.startswith(("~", "..", "!")) or element == "^":
                return None
            allowed |= set(self._characters(element.removesuffix("?"), where))
            if not element.endswith("?"):
                return frozenset(allowed)
        return None

    def _characters(self, names: str, where: str) -> str:
        found = ""
        for name in names.split("|"):
            if name == "figure":
                found += self.any_figure
            elif name in self:
                found += self[name]
            else:
                known = ", ".join(sorted(self))
                raise DeclarationError(f"{where}: unknown class '{name}'", cure=f"known classes are {known}")
        return found

    def _element(self, element: str, where: str) -> str:
        if element == "^":
            return "$"  # only to the left, where the string is reversed
        if element.startswith("~") and element[1:].isdigit():
            return f"[{self.soft}]{{0,{element[1:]}}}?"
        if element.startswith("..") and element[2:].isdigit():
            return f"[^{self.any_figure};().]{{0,{element[2:]}}}?"
        if element.startswith("!"):
            return f"(?![{re.escape(self._characters(element[1:], where))}])"
        optional = element.endswith("?")
        characters = self._characters(element.removesuffix("?"), where)
        return f"[{re.escape(characters)}]" + ("?" if optional else "")
