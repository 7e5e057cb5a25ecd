"""Names inside runs of capitalised words: which unit a name may be, and which runs are persons, firms or streets."""

import re
from dataclasses import dataclass, replace

from extract.places.context import Context
from extract.places.model import PlaceHow
from extract.places.scan import Words, word_key
from extract.places.words import PlaceWords
from model.areas import Area
from model.areas_names import RANK_LEVELS

_SPACES = frozenset((" ", "\u00a0"))
_LONGEST = 7
_LOOK_BACK = 6
_UNKNOWN_LONGEST = 4
_FOREIGN = re.compile(r"(?:[BCDĐGHKMPST][blr]|[JWZF])\w+$", re.I)
"""Names whose first letters begin no Vietnamese word."""


@dataclass(slots=True)
class Named:
    """A name read at a place in the text."""

    first: int
    """Index of its first word."""
    last: int
    """Index after its last word."""
    areas: tuple[Area, ...]
    """What it may mean; empty for a name that no list knows."""
    how: PlaceHow
    key: str
    options: tuple[Area, ...] = ()
    """All it could mean before the text around decided, where that was more."""
    rank: str | None = None
    """The rank written before it."""


class NameReader:
    """Matches runs against the gazetteer, with what the text around says."""

    def __init__(self, words: Words, known: PlaceWords, context: Context) -> None:
        self.words = words
        self.known = known
        self.context = context
        self.names = context.gazetteer.tables.names

    def longest(self, first: int, last: int) -> tuple[int, str] | None:
        """Give the end and the key of the longest name that begins at a word and ends before `last`."""
        if word_key(self.words.words[first]) not in self.known.first_words:
            return None
        stop = min(last, first + _LONGEST)
        numbered = (
            stop < self.words.count
            and self.words.gap(stop - 1) in _SPACES
            and self.words.words[stop].isdigit()
            and len(self.words.words[stop]) < 3
        )
        keys = self.words.keys(first, stop + numbered)
        for length in range(len(keys), 0, -1):
            if keys[length - 1] in self.names:
                return first + length, keys[length - 1]
        return None

    # -- with a rank before

    def ranked(self, first: int, last: int, rank: str, *, old: bool = False) -> Named | None:
        """Read the name behind a rank; a name no list knows comes without areas, None where it is no name at all."""
        found = self.longest(first, last)
        if found:
            end, key = found
            areas = self.context.candidates(key, rank, old=old)
            longer = last - end == 1 and RANK_LEVELS[rank] == ("commune",) and self.words.gap(end - 1) in _SPACES
            if areas and not (longer and not self.words.words[first].isupper()):
                named = Named(first, end, tuple(areas), "open", key, rank=rank)
                return self._decided(named, tuple(self.context.of_level(key, rank, old=old)))
        return self._unknown(first, last, rank)

    def numbered(self, first: int, rank: str, number: int) -> Named:
        """Read `Quận 3`, `phường 11`."""
        key = f"{rank} {number}"
        named = Named(first, first + 1, tuple(self.context.candidates(key, rank)), "open", key, rank=rank)
        return self._decided(named, tuple(self.context.of_level(key, rank))) if named.areas else named

    def _unknown(self, first: int, last: int, rank: str) -> Named | None:
        words = self.words
        if rank in ("tỉnh", "thành phố", "đặc khu") or words.lower(first) in self.known.function:
            return None
        while last > first and len(words.words[last - 1]) > 1 and words.words[last - 1].isupper():
            if words.words[first].isupper():
                break
            last -= 1
        for index in range(first + 1, last):
            if words.gap(index - 1) not in _SPACES:
                last = index
                break
        person = last - first > 2 and words.lower(first) in self.known.family
        if person or not 2 <= last - first <= _UNKNOWN_LONGEST or words.lower(first) in self.known.generic_after:
            return None
        return Named(first, last, (), "unknown", words.key(first, last), rank=rank)

    # -- without a rank

    def bare(self, first: int, last: int, *, old: bool = False) -> Named | None:
        """Read a run without a rank: provinces and remembered names at once, districts and communes only in context."""
        while first < last and self.words.lower(first) in self.known.function and not self._is_name(first, last):
            first += 1
        if first == last or self._person(first):
            return None
        found = self.longest(first, last)
        if not found or not self._covers(found[0], last):
            return self._shouted(first, last)
        end, key = found
        return self._bare_areas(first, end, key, last, old=old)

    def _shouted(self, first: int, last: int) -> Named | None:
        """Read a province in a line of capitals, where a run has no end: `NGƯỜI DÂN BẮC GIANG THAM GIA`."""
        if last - first < 3 or not all(word.isupper() for word in self.words.words[first:last]):
            return None
        for start in range(first, last - 1):
            found = self.longest(start, last)
            if found and found[0] - start > 1:
                named = self._bare_areas(start, found[0], found[1], found[0], old=False)
                if named and named.areas[0].level == "province":
                    return named
        return None

    def _is_name(self, first: int, last: int) -> bool:
        known = word_key(self.words.words[first]) in self.known.first_words
        return known and self.words.key(first, last) in self.names

    def _covers(self, end: int, last: int) -> bool:
        """Tell whether a name fills its run: up to a hyphen, or to a person's name of at least two words behind it."""
        if end >= last or self.words.gap(end - 1) not in _SPACES:
            return True
        return last - end >= 2 and self.words.lower(end) in self.known.family

    def _bare_areas(self, first: int, end: int, key: str, last: int, *, old: bool) -> Named | None:
        context = self.context
        areas = context.candidates(key, None, old=old)
        provinces = [area for area in areas if area.level == "province"]
        remembered = context.memory.get(key)
        if remembered and not provinces:
            return Named(first, end, remembered, "context", key)
        sibling = self._sibling(areas, first) if provinces and len(self.context.sentence) > 1 else None
        if sibling is not None:
            return Named(first, end, (sibling,), "context", key)
        if provinces and self.words.words[first][0].isupper():
            chosen = [
                area for area in provinces if area.list == ("2025" if context.new_list and not old else "2024")
            ] or provinces
            return Named(first, end, tuple(chosen[:1]), "named", key)
        if end < last and self.words.gap(end - 1) in _SPACES:
            return None
        if key in self.known.shy or (end - first < 2 and not self._lone_word(areas)):
            return None
        return self._in_context(first, end, key, areas)

    def _lone_word(self, areas: list[Area]) -> bool:
        """Tell whether a name of one syllable may stand alone: cities do (`Vinh`), and names like `Krong`."""
        cities = any(area.level in ("district", "region") and area.rank in ("thành phố", "vùng") for area in areas)
        return cities or any(_FOREIGN.match(area.name) for area in areas)

    def _in_context(self, first: int, end: int, key: str, areas: list[Area]) -> Named | None:
        sibling = self._sibling(areas, first)
        if sibling is not None:
            return Named(first, end, (sibling,), "context", key)
        narrowed, how, _ = self.context.decide(areas)
        inside = [area for area in narrowed if self._lies_in_force(area)]
        first_level = "commune" if self.context.new_list and any(area.list == "2025" for area in inside) else "district"
        districts = [area for area in inside if area.level == first_level]
        inside = self._as_said(end, districts or inside)
        if inside:
            return Named(first, end, tuple(inside), how if len(inside) == 1 and how != "open" else "context", key)
        cities = [area for area in areas if area.level == "district" and area.rank == "thành phố"]
        if len(cities) == 1 and len(areas) == 1:
            return Named(first, end, tuple(cities), "unique", key)
        return None

    def _sibling(self, areas: list[Area], first: int) -> Area | None:
        """`huyện Tri Tôn 95,7%; Tịnh Biên 94,6%; An Phú 86,2%`: a list of districts goes on with one, no commune."""
        told = self.context.sentence
        if not told or told[-1].level != "district":
            return None
        last = told[-1]
        found = [area for area in areas if area.level == "district" and area.parent == last.parent and area != last]
        listed = sum(one.level == "district" and one.parent == last.parent for one in told) > 1
        listed = listed or (first > 0 and self.words.gap(first - 1).strip() in (";", "%;", "%,"))
        if len(found) != 1 or (not listed and any(self.context.inside(area, last) for area in areas)):
            return None
        return found[0]

    def _as_said(self, end: int, areas: list[Area]) -> list[Area]:
        """Keep those of the rank that follows: `Long Mỹ là huyện cao nhất`."""
        if len(areas) > 1 and self.words.lower(end) == "là":
            rank = self.words.lower(end + 1)
            rank = rank if rank in RANK_LEVELS else f"{rank} {self.words.lower(end + 2)}"
            return [area for area in areas if area.bore(rank)] or areas
        return areas

    def _lies_in_force(self, area: Area) -> bool:
        """Tell whether a unit's own parent is in force: the province of a district, the district of a commune."""
        wanted = "province" if area.level == "district" or area.list == "2025" else "district"
        return any(one.level == wanted and self.context.inside(area, one) for _, one in self.context.in_force())

    def _decided(self, named: Named, every: tuple[Area, ...]) -> Named:
        """Decide a name with a rank: as it was meant before, by what is in force, or as the only one there is.

        `every`: all of the rank's level; of communes a nearer one counts more than one of the very rank, as villages
        become wards.
        """
        remembered = tuple(area for area in self.context.memory.get(named.key, ()) if area in every)
        exact = tuple(area for area in remembered if area in named.areas)
        twins = {area.parent for area in named.areas if area.level == "district"}  # thị xã Cai Lậy, huyện Cai Lậy
        if remembered and (exact or not twins & {area.parent for area in remembered if area.level == "district"}):
            return replace(named, areas=exact or remembered, how="context", options=every)
        choice = self.context.decide(named.areas)
        if every[0].level == "commune":
            near = self.context.decide(every)
            choice = near if near.depth < choice.depth else choice
        if every[0].level == "commune" and choice.how == "open" and self._elsewhere(every):
            return replace(named, areas=(), how="unknown", options=every)
        if len(named.areas) == 1 and choice.areas == named.areas:
            how: PlaceHow = "named" if named.areas[0].level == "province" else "unique"
            return replace(named, how=how if choice.how == "open" else choice.how, options=every)
        return replace(named, areas=choice.areas, how=choice.how, options=every)

    def _elsewhere(self, areas: tuple[Area, ...]) -> bool:
        """Tell whether all communes of a name lie outside every province in force: one that ended may be meant."""
        provinces = [place for _, place in self.context.in_force() if place.level == "province"]
        return bool(provinces) and not any(self.context.inside(area, place) for area in areas for place in provinces)

    # -- persons and bodies

    def _person(self, first: int) -> bool:
        return self._phrase_before(first, self.known.people)

    def body(self, first: int) -> str | None:
        """Give the firm, school, street or office whose name holds the word, by the words before it; None without."""
        parts: list[str] = []
        for back in range(1, _LOOK_BACK + 1):
            index = first - back
            if index < 0 or self.words.gap(index) not in _SPACES:
                return None
            word = self.words.lower(index)
            if word in self.known.breaks:
                return None
            parts.insert(0, word)
            for length in range(min(3, len(parts)), 0, -1):
                phrase = " ".join(parts[:length])
                if phrase in self.known.bodies and not self._no_body(phrase, index, parts[length : length + 1]):
                    longer = f"{self.words.lower(index - 1)} {phrase}"
                    return longer if longer in self.known.bodies else phrase
        return None

    def _no_body(self, phrase: str, index: int, after: list[str]) -> bool:
        """Tell whether a word that names bodies is part of another word: `trường hợp`, `cán bộ`, `yêu cầu`."""
        before = f"{self.words.lower(index - 1)} {phrase}"
        return before in self.known.not_bodies or " ".join([phrase, *after]) in self.known.not_bodies

    def _phrase_before(self, first: int, phrases: frozenset[str]) -> bool:
        parts: list[str] = []
        for back in range(1, 4):
            index = first - back
            if index < 0 or self.words.gap(index) not in _SPACES:
                return False
            parts.insert(0, self.words.lower(index))
            if " ".join(parts) in phrases:
                return True
        return False
