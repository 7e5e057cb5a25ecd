"""Making mentions: parents that follow a name, labels, agencies that assign, and what is kept in mind."""

import re
from dataclasses import dataclass, field, replace

from extract.places_context import Context
from extract.places_model import PlaceHow, PlaceKind, PlaceMention, common_name
from extract.places_names import Named, NameReader
from extract.places_scan import Atom, Words
from extract.places_words import PlaceWords
from model.areas import Area
from model.areas_names import RANK_LEVELS
from model.records import AreaLevel

_LINK = re.compile(r"\s?(?:,|\(|[-–]|,?\s(?:thuộc|của|ở))?\s?")
_ORDER: tuple[AreaLevel, ...] = ("country", "region", "province", "district", "commune")


@dataclass(slots=True)
class Parents:
    """The units named behind a name to say where it lies."""

    areas: tuple[Area, ...]
    """Candidates that lie in all of them."""
    next_index: int
    """Index of the first atom behind them."""
    found: list[tuple[int, int, tuple[Area, ...], str | None]] = field(default_factory=list)
    """(first word, last word, areas, rank) of each."""


@dataclass(slots=True)
class Sense:
    """What a mention is to say; the fields are those of `PlaceMention`."""

    kind: PlaceKind
    areas: tuple[Area, ...]
    how: PlaceHow
    name: str | None = None
    level: AreaLevel | None = None
    rank: str | None = None
    part: str | None = None
    agency: str | None = None
    whole: bool = False
    qualifies: bool = False


class MentionWriter:
    """Collects the mentions of one text."""

    def __init__(self, words: Words, atoms: list[Atom], known: PlaceWords, context: Context) -> None:
        self.words = words
        self.atoms = atoms
        self.known = known
        self.context = context
        self.names = NameReader(words, known, context)
        self.mentions: list[PlaceMention] = []

    def add(self, first: int, last: int, sense: Sense) -> None:
        """Add a mention of the words first..last."""
        start, end = self.words.starts[first], self.words.ends[last - 1]
        areas = sense.areas
        levels = {area.level for area in areas}
        self.mentions.append(
            PlaceMention(
                start=start,
                end=end,
                text=self.words.text[start:end],
                kind=sense.kind,
                areas=areas,
                how="open" if len(areas) > 1 else sense.how,
                name=sense.name or self.label(areas),
                level=sense.level or (levels.pop() if len(levels) == 1 else None),
                rank=sense.rank,
                part=sense.part,
                agency=sense.agency,
                whole=sense.whole,
                qualifies=sense.qualifies,
                gives=bool(sense.agency) and self._gives(end),
            )
        )

    def label(self, areas: tuple[Area, ...]) -> str | None:
        """Name areas by the names in force on the day of publication."""
        if len(areas) == 1:
            return self.context.gazetteer.path_name(areas[0], on=self.context.published)
        return common_name(areas)

    def _gives(self, end: int) -> bool:
        after = self.words.text[end : end + 24].split()
        return bool(after) and any(" ".join(after[:count]).strip(",.;:)") in self.known.gives for count in (1, 2))

    def emit(self, named: Named, next_index: int, *, first: int, rank: str | None, agency: str | None) -> int:
        """Add a name with the parents behind it, keep it in mind; gives the index of the next atom."""
        parents = self.parents(next_index, named)
        if len(parents.areas) > 1:
            parents.areas = tuple(area for area in parents.areas if area in named.areas) or parents.areas
        if rank is None and len(parents.areas) > 1:
            districts = [area for area in parents.areas if area.level == "district"]
            parents.areas = tuple(districts) or parents.areas
        how: PlaceHow = "named" if parents.found else named.how
        kind: PlaceKind = "agency" if agency else "named"
        if parents.areas:
            self.add(first, named.last, Sense(kind, parents.areas, how=how, rank=rank, agency=agency))
            if agency is None or agency in self.known.agencies:
                self._remember(named, parents, rank)
        else:
            name, level = self._unknown(named, parents, rank)
            self.add(
                first, named.last, Sense(kind, (), how="unknown", name=name, level=level, rank=rank, agency=agency)
            )
        self._place_part(self.mentions[-1])
        for start, last, areas, its_rank in parents.found:
            self.add(start, last, Sense("named", areas, how="named", rank=its_rank, qualifies=True))
        return parents.next_index

    def _place_part(self, after: PlaceMention) -> None:
        """Let a hamlet lie in the unit named right behind it: `ấp An Phong, xã Loan Mỹ`."""
        if len(self.mentions) < 2 or after.level not in ("commune", "district") or not after.name:
            return
        before = self.mentions[-2]
        if before.part and before.kind == "named" and _LINK.fullmatch(self.words.text[before.end : after.start]):
            self.mentions[-2] = replace(before, name=f"{before.part}, {after.name}", how="named")

    def _remember(self, named: Named, parents: Parents, rank: str | None) -> None:
        if len(parents.areas) != 1:
            return
        area = parents.areas[0]
        self.context.put(area)
        if (rank or parents.found) and area.level != "province":
            known = self.context.memory.get(named.key, ())
            twins = tuple(one for one in known if one != area and one.level == area.level)
            self.context.memory[named.key] = (area, *twins)

    def _unknown(self, named: Named, parents: Parents, rank: str | None) -> tuple[str, AreaLevel | None]:
        """Name a unit that no list knows by its own name and by what it lies in."""
        own = self.words.text[self.words.starts[named.first] : self.words.ends[named.last - 1]]
        level = RANK_LEVELS[rank][-1] if rank else None
        above = parents.found[0][2][0] if parents.found else None
        if above is None:
            above, _ = self.context.described(("district", "province") if level == "commune" else ("province",), None)
        return (f"{own}, {self.context.gazetteer.path_name(above)}" if above else own), level

    # -- parents

    def parents(self, index: int, named: Named) -> Parents:
        """Follow `(Quảng Ninh)`, `, tỉnh Vĩnh Long`, `(Tam Bình, Vĩnh Long)` behind a name that lies in them."""
        result = Parents(named.options or named.areas, index)
        if named.areas and all(area.level in ("province", "region", "country") for area in named.areas):
            return result
        last = named.last
        while result.next_index < len(self.atoms):
            step = self._parent_at(result.next_index, last, result.areas)
            if step is None:
                break
            rank, run_index, end, above = step
            if not rank and any(one.level == "province" for one in above):
                above = [one for one in above if one.level == "province"]
            inside = [area for area in result.areas if any(self._above(area, one) for one in above)]
            if result.areas and not inside and not self._lost(result.areas, rank, above):
                break
            result.areas = tuple(inside)
            kept = tuple(one for one in above if not inside or any(self._above(area, one) for area in inside))
            start = self.atoms[result.next_index].first
            result.found.append((start, end, kept, rank))
            result.next_index, last = run_index + 1, end
        if not result.found:
            result.areas = named.areas
        return result

    def _lost(self, areas: tuple[Area, ...], rank: str | None, above: list[Area]) -> bool:
        """Tell whether a commune is named in a district that no list has it in: one that ended before the lists."""
        district = rank is not None and {one.level for one in above} == {"district"}
        return district and {area.level for area in areas} == {"commune"}

    def _above(self, area: Area, one: Area) -> bool:
        return _ORDER.index(one.level) < _ORDER.index(area.level) and self.context.inside(area, one)

    def _parent_at(
        self, index: int, last: int, children: tuple[Area, ...]
    ) -> tuple[str | None, int, int, list[Area]] | None:
        """Read one parent at an atom: its rank, the index of its run, its last word and what it may be."""
        atom = self.atoms[index]
        start = self.words.starts[atom.first]
        between = self.words.text[self.words.ends[last - 1] : start]
        if len(between) > 10 or not _LINK.fullmatch(between):
            return None
        rank = atom.value if atom.kind in ("rank", "short-rank") else None
        if rank:
            index += 1
            if index >= len(self.atoms) or self.atoms[index].first != atom.last:
                return None
            atom = self.atoms[index]
        elif not between.strip():
            return None
        if atom.kind == "number" and rank == "quận":
            above = self.context.candidates(f"quận {int(atom.value)}", rank) if atom.value.isdigit() else []
            return (rank, index, atom.last, above) if above else None
        found = self.names.longest(atom.first, atom.last) if atom.kind == "run" else None
        if not found or (found[0] < atom.last and not rank and self.words.gap(found[0] - 1) == " "):
            return None
        above = [area for area in self.context.candidates(found[1], rank) if area.level in ("province", "district")]
        if not children and not rank and not any(area.level == "province" for area in above):
            above = list(self.context.decide(above).areas)
            above = above if len(above) == 1 else []
        return (rank, index, found[0], above) if above else None
