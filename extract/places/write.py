"""Making mentions: parents that follow a name, labels, agencies that assign, and what is kept in mind."""

import re
from dataclasses import dataclass, replace

from extract.places.context import Context
from extract.places.model import PlaceHow, PlaceKind, PlaceMention, common_name
from extract.places.names import Named, NameReader
from extract.places.parents import LINK, ParentReader, Parents
from extract.places.scan import Atom, Words
from extract.places.words import PlaceWords
from model.areas import Area
from model.areas_names import RANK_LEVELS
from model.records import AreaLevel

_MERGED = r"(?:hợp nhất|sáp nhập|sát nhập|nhập)(?: địa giới(?: hành chính)?)?"
_PARTNER = re.compile(
    rf"(?<!\w){_MERGED}(?: (?:với|cùng|thêm|giữa))?(?P<many> (?:các|hai|ba|\d))?(?: tỉnh| thành phố)? $", re.I
)
"""Before who was joined: `sau khi hợp nhất với Phú Yên`, `sáp nhập ba tỉnh Bến Tre, ...`; not `nhập vào Đắk Lắk`."""
_ENTERS = re.compile(rf" {_MERGED} (?:vào|về)(?!\w)")
"""Behind who joined: `sau khi Phú Yên sáp nhập vào`."""
_SINCE = re.compile(r"(?<!\w)(?:sau khi|từ khi|kể từ khi|khi|từ ngày)(?: tỉnh)? $", re.I)
_REACH = 48


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
        self.parents = ParentReader(words, atoms, self.names).follow
        self.mentions: list[PlaceMention] = []
        self.partners: tuple[int, bool] = (-1, False)
        """Where the last unit ends that another was joined with, and whether a list of such goes on."""
        self.options: dict[int, tuple[Area, ...]] = {}
        """Index of a mention → all that its name could mean."""

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
        self.options[len(self.mentions)] = named.options
        partner = agency is None and self._partner(self.words.starts[first], self.words.ends[named.last - 1])
        if parents.areas:
            sense = Sense(kind, parents.areas, how=how, rank=rank, agency=agency, qualifies=partner)
            self.add(first, named.last, sense)
            if partner:
                return parents.next_index
            if agency is None or agency in self.known.agencies:
                self._remember(named, parents, rank)
        else:
            name, level = self._unknown(named, parents, rank)
            self.add(
                first, named.last, Sense(kind, (), how="unknown", name=name, level=level, rank=rank, agency=agency)
            )
        self._place_part(self.mentions[-1])
        for parent in parents.found:
            sense = Sense("named", parent.areas, how="named", rank=parent.rank, qualifies=True)
            self.add(parent.first, parent.last, sense)
        return parents.next_index

    def _partner(self, start: int, end: int) -> bool:
        """Whether a unit is only named because another was joined with it: nothing is told of it."""
        text = self.words.text
        before = text[max(0, start - _REACH) : start]
        last, many = self.partners
        if 0 <= last <= start and text[last:start] in (" và ", " với ", *((", ",) if many else ())):
            self.partners = (end, many)
            return True
        joined = _PARTNER.search(before)
        if joined is None and not (_SINCE.search(before) and _ENTERS.match(text, end)):
            return False
        self.partners = (end, joined is not None and joined["many"] is not None)
        return True

    def _place_part(self, after: PlaceMention) -> None:
        """Let a hamlet lie in the unit named right behind it: `ấp An Phong, xã Loan Mỹ`."""
        if len(self.mentions) < 2 or after.level not in ("commune", "district") or not after.name:
            return
        before = self.mentions[-2]
        if before.part and before.kind == "named" and LINK.fullmatch(self.words.text[before.end : after.start]):
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
        if rank and own.isdigit():
            own = f"{rank.capitalize()} {int(own)}"
        level = RANK_LEVELS[rank][-1] if rank else None
        above = parents.found[0].areas[0] if parents.found else None
        if above is None:
            above, _ = self.context.described(("district", "province") if level == "commune" else ("province",), None)
        return (f"{own}, {self.context.gazetteer.path_name(above)}" if above else own), level
