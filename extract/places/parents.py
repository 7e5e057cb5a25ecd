"""The units named behind a name to say where it lies: `(Quảng Ninh)`, `, huyện Tam Bình, tỉnh Vĩnh Long`."""

import re
from dataclasses import dataclass, field

from extract.places.names import Named, NameReader
from extract.places.scan import Atom, Words
from model.areas import Area
from model.areas_names import RANK_LEVELS
from model.records import AreaLevel

LINK = re.compile(r"\s?(?:,|\(|[-–]|,?\s(?:thuộc|của|ở))?\s?")
"""What stands between a name and the unit it lies in."""
_LONGEST_LINK = 10
_ORDER: tuple[AreaLevel, ...] = ("country", "region", "province", "district", "commune")


@dataclass(slots=True)
class Parent:
    """One unit named behind a name."""

    first: int
    """Index of its first word, rank included."""
    last: int
    """Index after its last word."""
    areas: tuple[Area, ...]
    """What it may be."""
    exact: tuple[Area, ...]
    """Those that bear the rank it is written with."""
    rank: str | None


@dataclass(slots=True)
class Parents:
    """All units named behind a name, nearest first."""

    areas: tuple[Area, ...]
    """What the name may mean, so that it lies in them."""
    next_index: int
    """Index of the first atom behind them."""
    found: list[Parent] = field(default_factory=list)


class ParentReader:
    """Follows the units behind a name."""

    def __init__(self, words: Words, atoms: list[Atom], names: NameReader) -> None:
        self.words = words
        self.atoms = atoms
        self.names = names
        self.context = names.context

    def follow(self, index: int, named: Named) -> Parents:
        """Read the units behind a name, from the atom at `index` on; a unit that holds no candidate ends them."""
        result = Parents(named.options or named.areas, index)
        if named.areas and all(area.level in ("province", "region", "country") for area in named.areas):
            return result
        last = named.last
        while result.next_index < len(self.atoms):
            parent = self._parent_at(result.next_index, last)
            if parent is None or not self._take(result, parent, named):
                break
            last = parent.last
        if not result.found:
            result.areas = named.areas
        for low, high in zip(reversed(result.found[:-1]), reversed(result.found[1:]), strict=True):
            low.areas = tuple(one for one in low.areas if self._holds(high.areas, one)) or low.areas
        for parent in result.found:
            parent.areas = tuple(one for one in parent.areas if one in parent.exact) or parent.areas
        return result

    def _take(self, result: Parents, parent: Parent, named: Named) -> bool:
        """Narrow the candidates by a parent; False where it is none."""
        if not result.areas and named.rank and "district" in RANK_LEVELS[named.rank]:
            parent.areas = self._provinces(parent.areas)
            if not parent.areas:
                return False
        if not result.areas and not parent.rank and not self._provinces(parent.areas):
            choice = self.context.decide(parent.areas)
            if len(choice.areas) > 1:
                return False
            parent.areas = choice.areas
        inside = tuple(area for area in result.areas if self._holds(parent.areas, area))
        if result.areas and not inside and not (named.rank and self._lost(result.areas, parent)):
            return False
        if inside:
            parent.areas = tuple(one for one in parent.areas if any(self._holds((one,), area) for area in inside))
        result.areas = inside
        result.found.append(parent)
        result.next_index += 1 if parent.rank is None else 2
        return True

    def _provinces(self, areas: tuple[Area, ...]) -> tuple[Area, ...]:
        return tuple(area for area in areas if area.level == "province")

    def _holds(self, above: tuple[Area, ...], area: Area) -> bool:
        level = _ORDER.index(area.level)
        return any(_ORDER.index(one.level) < level and self.context.inside(area, one) for one in above)

    def _lost(self, areas: tuple[Area, ...], parent: Parent) -> bool:
        """Tell whether a commune is named in a district that no list has it in: one that ended before the lists."""
        of_district = parent.rank is not None and {one.level for one in parent.areas} == {"district"}
        return of_district and {area.level for area in areas} == {"commune"}

    def _parent_at(self, index: int, last: int) -> Parent | None:
        """Read the unit that an atom names, where it is linked to the word before `last`."""
        atom = self.atoms[index]
        between = self.words.text[self.words.ends[last - 1] : self.words.starts[atom.first]]
        if len(between) > _LONGEST_LINK or not LINK.fullmatch(between):
            return None
        rank = atom.value if atom.kind in ("rank", "short-rank") else None
        name = atom
        if rank:
            if index + 1 >= len(self.atoms) or self.atoms[index + 1].first != atom.last:
                return None
            name = self.atoms[index + 1]
        elif not between.strip():
            return None
        read = self._name(name, rank)
        if read is None:
            return None
        end, key = read
        areas = tuple(area for area in self.context.of_level(key, rank) if area.level in ("province", "district"))
        if rank is None:
            areas = self._provinces(areas) or areas
        exact = tuple(self.context.candidates(key, rank))
        return Parent(atom.first, end, areas, exact, rank) if areas else None

    def _name(self, atom: Atom, rank: str | None) -> tuple[int, str] | None:
        if atom.kind == "number" and rank == "quận" and atom.value.isdigit():
            return atom.last, f"quận {int(atom.value)}"
        found = self.names.longest(atom.first, atom.last) if atom.kind == "run" else None
        if found and found[0] < atom.last and not rank and self.words.gap(found[0] - 1) == " ":
            return None  # a bare name must fill its run: `Vĩnh Long Nguyễn ...` does not
        return found
