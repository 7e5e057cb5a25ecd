"""The words around names of places, as declared in `words.toml`, made ready for one pass over a text."""

import csv
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from model.areas import Gazetteer, load_areas
from model.areas_names import name_key

DATA = Path(__file__).with_name("words.toml")
OUTLETS = Path(__file__).with_name("outlets.csv")

PhraseKind = Literal[
    "rank", "short-rank", "pre", "alone", "country", "region-word", "region", "agency", "office", "part", "capital"
]
Phrase = tuple[tuple[str, ...], PhraseKind, str]
"""The words after the first one, what the phrase is, its value (rank, region's code, agency as declared)."""


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Everything looked up by word."""

    phrases: dict[str, tuple[Phrase, ...]]
    """First word in lower case → phrases that begin with it, longest first."""
    leads: frozenset[str]
    """First words as they may stand in a text: lower case, capitalised, upper case."""
    generic_before: frozenset[str]
    generic_after: frozenset[str]
    gives: frozenset[str]
    bodies: frozenset[str]
    not_bodies: frozenset[str]
    breaks: frozenset[str]
    school_levels: frozenset[str]
    alone: frozenset[str]
    people: frozenset[str]
    family: frozenset[str]
    function: frozenset[str]
    shy: frozenset[str]
    guarded_regions: frozenset[str]
    region_before: frozenset[str]
    insurance: frozenset[str]
    agencies: frozenset[str]
    """Those that speak for the place they are named with; other bodies only stand in it."""
    like_parts: frozenset[str]
    """Names of units that begin with the word of a hamlet, first two words: `buôn ma`."""
    first_words: frozenset[str]
    """First words of all names of units, and of the country's."""
    numbered_parts: frozenset[str]
    not_parts_after: frozenset[str]
    tags: dict[str, str]
    """Tag of a newspaper → name of the area it serves."""


@cache
def load_words() -> PlaceWords:
    """Read the declared words, once in a process."""
    table = tomllib.loads(DATA.read_text("utf8"))
    phrases = _phrases(table, load_areas())
    first: dict[str, list[Phrase]] = {}
    for words, kind, value in phrases:
        first.setdefault(words[0], []).append((words[1:], kind, value))
    with OUTLETS.open(encoding="utf8") as lines:
        tags = {row["tag"]: row["area"] for row in csv.DictReader(lines)}
    agencies, people, generic = table["agencies"], table["people"], table["generic"]
    return PlaceWords(
        phrases={word: tuple(sorted(known, key=lambda one: -len(one[0]))) for word, known in first.items()},
        leads=frozenset(form for word in first for form in (word, word.capitalize(), word.upper())),
        generic_before=frozenset(generic["before"]),
        generic_after=frozenset(generic["after"]),
        gives=frozenset(agencies["gives"]),
        bodies=frozenset(table["bodies"]["words"]),
        not_bodies=frozenset(table["bodies"]["except"]),
        breaks=frozenset(table["bodies"]["breaks"]),
        school_levels=frozenset(table["bodies"]["school_levels"]),
        alone=frozenset(table["whole"]["alone"]),
        people=frozenset(people["before"]),
        family=frozenset(people["family"]),
        function=frozenset(table["function"]["words"]),
        shy=frozenset(table["shy"]["names"]),
        guarded_regions=frozenset(table["regions"]["guarded"]),
        region_before=frozenset(table["regions"]["after"]),
        insurance=frozenset(agencies["insurance"]),
        agencies=frozenset(agencies["insurance"] + agencies["others"]),
        like_parts=_like_parts(table["parts"]["words"], load_areas()),
        first_words=frozenset({"việt", *(key.partition(" ")[0] for key in load_areas().tables.names)}),
        numbered_parts=frozenset(table["parts"]["numbered"]),
        not_parts_after=frozenset(table["parts"]["not_after"]),
        tags=tags,
    )


def _phrases(
    table: dict[str, dict[str, list[str]]], gazetteer: Gazetteer
) -> Iterable[tuple[tuple[str, ...], PhraseKind, str]]:
    ranks: dict[str, str] = dict(table["ranks"])  # type: ignore[arg-type]
    short: dict[str, str] = dict(table["short_ranks"])  # type: ignore[arg-type]
    lists: tuple[tuple[PhraseKind, list[str]], ...] = (
        ("pre", table["whole"]["before"]),
        ("alone", table["whole"]["alone"]),
        ("country", table["whole"]["country"]),
        ("capital", table["whole"]["capital"]),
        ("region-word", table["whole"]["region"]),
        ("agency", table["agencies"]["insurance"] + table["agencies"]["others"]),
        ("office", table["agencies"]["offices"]),
        ("part", table["parts"]["words"]),
    )
    for word, rank in ranks.items():
        yield tuple(word.split()), "rank", rank
    for word, rank in short.items():
        yield tuple(word.split()), "short-rank", rank
    for kind, words in lists:
        for word in words:
            yield tuple(word.replace("(", "").replace(")", "").replace(",", "").split()), kind, word
    for code, name in gazetteer.tables.regions.items():
        if code.startswith("VN-"):
            for one in (name, *gazetteer.get(code).aliases):
                yield tuple(name_key(one).replace(",", "").replace(" - ", " ").split()), "region", code


def _like_parts(parts: list[str], gazetteer: Gazetteer) -> frozenset[str]:
    starts = tuple(f"{word} " for word in parts)
    return frozenset(" ".join(key.split()[:2]) for key in gazetteer.tables.names if key.startswith(starts))
