"""The words that `lexicon.toml` declares, loaded once and ready for look-up."""

import re
import tomllib
from importlib.resources import files

from extract.quantities.record import Qualifier

_DATA = tomllib.loads(files("extract.quantities").joinpath("lexicon.toml").read_text(encoding="utf-8"))

NOUNS: dict[str, list[tuple[str, str]]] = {}
"""First word of a noun → the nouns that begin with it and their units, the longest first."""
for _table in ("units", "others"):
    for _unit, _nouns in _DATA[_table].items():
        for _noun in _nouns:
            NOUNS.setdefault(_noun.partition(" ")[0].rstrip(","), []).append((_noun, _unit))
for _listed in NOUNS.values():
    _listed.sort(key=lambda pair: -len(pair[0]))

COUNTED = frozenset(_DATA["units"]) - {"percent", "times"} | {"place", "school", "paper", "event", "clinic", "thing"}
"""Units of what comes in whole numbers, and money."""

PER: tuple[str, ...] = tuple(sorted(_DATA["per"]["words"], key=len, reverse=True))
"""What a number may be counted per, the longest first."""

QUALIFIERS: dict[str, Qualifier] = {words: sign for sign, listed in _DATA["qualifiers"].items() for words in listed}
"""Words right before a number → how exact it is."""

NAMES: dict[str, int] = {words: int(limit) for limit, listed in _DATA["names"].items() for words in listed}
"""Words after which a whole number up to the limit is part of a name or date."""

LISTED_NAMES: frozenset[str] = frozenset(words.rpartition(" ")[2] for words in NAMES) | {"tk", "lớp", "khối", "mục"}
"""Last words of names that are numbered in lists: `điều 6, 7 và 8`."""

LOOSE_NAMES: frozenset[str] = frozenset(_DATA["loose_names"]["words"])
"""Words after which it is one where no unit follows."""


NOT_AFTER: dict[str, re.Pattern[str]] = {
    noun: re.compile(" (?:" + "|".join(map(re.escape, listed)) + r")(?!\w)")
    for noun, listed in _DATA["not_after"].items()
}
"""Noun → what must not follow it."""


def word_set(name: str) -> frozenset[str]:
    """Give a set of the table `words`."""
    return frozenset(_DATA["words"][name])


def any_word(name: str) -> str:
    """Give a pattern of the words of a set, to stand inside a larger one."""
    return "(?:" + "|".join(sorted(map(re.escape, _DATA["words"][name]), key=len, reverse=True)) + ")"
