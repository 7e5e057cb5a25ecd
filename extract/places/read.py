"""From atoms to mentions: `[agency] [toàn] [rank] [name]`, lists and hamlets, each resolved by what is in force."""

import re
from bisect import bisect_right
from dataclasses import replace

from extract.places.context import Context
from extract.places.model import PlaceHow, PlaceKind, PlaceMention
from extract.places.names import Named
from extract.places.parts import PartReader
from extract.places.scan import Atom, Words, line_and_sentence_ends, word_key
from extract.places.words import PlaceWords
from extract.places.write import Sense
from model.areas_names import RANK_LEVELS, roman_value
from model.records import AreaLevel

_SPACES = frozenset((" ", "\u00a0"))
_OLD = re.compile(r"\s{0,3}[(\[]?\s{0,3}(?:cũ|trước đây|trước (?:khi )?sáp nhập)(?!\w)")
_BETWEEN = re.compile(r"\s*(?:\([^()\n]{0,60}\)\s*)?(?:[,;]|và|cùng|&)\s*(?:và\s+)?")
_ANY_LEVEL: tuple[AreaLevel, ...] = ("commune", "district", "province", "region")
_FARTHEST = 80
_LISTED = frozenset((", ", "/", ",", " - ", "-", " / "))
_SUBJECT_VERBS = frozenset(("phấn", "đã", "hiện", "mới", "có", "đạt", "còn", "vẫn", "được", "đang"))
"""Words behind a bare rank that make it the subject of a report."""
_RANK_BEGINS = frozenset(("tỉnh", "thành", "huyện", "quận", "thị", "phường", "xã", "tp"))
_RANK_ENDS = frozenset(("tỉnh", "phố", "huyện", "quận", "xã", "phường", "trấn", "tp"))


class PlaceReader(PartReader):
    """Reads the atoms of one text in order."""

    def __init__(self, words: Words, atoms: list[Atom], known: PlaceWords, context: Context) -> None:
        super().__init__(words, atoms, known, context)
        self._ends = line_and_sentence_ends(words.text)
        self._passed = 0

    def read(self) -> None:
        """Fill `mentions`, in order."""
        index = 0
        while index < len(self.atoms):
            atom = self.atoms[index]
            if atom.kind == "run" and not self.context.parts and not self._may_name(atom):
                index += 1
                continue
            self._move_to(self.words.starts[atom.first])
            index = self._phrase(index)

    def _may_name(self, run: Atom) -> bool:
        """Whether any word of a run begins a name that a list has; most runs are persons, bodies or first words."""
        return not self.known.first_words.isdisjoint(map(word_key, self.words.words[run.first : run.last]))

    def _move_to(self, start: int) -> None:
        now = bisect_right(self._ends, start)
        if now != self._passed:
            lines = any(self.words.text[end] == "\n" for end in self._ends[self._passed : now])
            self.context.next_sentence(paragraph=lines)
            self._passed = now

    def _phrase(self, index: int) -> int:
        """Read the phrase that begins with an atom; gives the index of the next atom."""
        first, agency, whole = self.atoms[index].first, None, False
        if self.atoms[index].kind == "agency":
            agency = self.atoms[index].value
            if not self.joined(index):
                return index + 1
            index += 1
            if agency in self.known.insurance and self.atoms[index].kind in ("office", "region-word"):
                return self._insurance(index, first)
        if self.atoms[index].kind == "pre":
            if not self.joined(index):
                if self.atoms[index].value in self.known.alone and not agency:
                    self._alone(first, self.atoms[index].last, _ANY_LEVEL)
                return index + 1
            index, whole = index + 1, True
        kind = self.atoms[index].kind
        if kind in ("rank", "short-rank"):
            return self._ranked(index, first, agency, whole=whole)
        if kind == "run":
            return self._bare(index, first, agency)
        if kind == "part":
            return self.part(index)
        if whole and kind == "region-word" and self.joined(index) and self.atoms[index + 1].kind == "region":
            index += 1
        if agency is None:
            self._lone(index, first, whole=whole)
        return index + 1

    # -- regions, the country, what stands for a place

    def _insurance(self, index: int, first: int) -> int:
        """`BHXH khu vực XXII`, `BHXH cơ sở Cẩm Khê`, `BHXH liên huyện A - B`."""
        atom = self.atoms[index]
        if not self.joined(index):
            return index + 1
        name = self.atoms[index + 1]
        if atom.kind == "region-word" and name.kind == "number":
            number = int(name.value) if name.value.isdigit() else roman_value(name.value.lower())
            code = f"BHXH:KV{number:02}"
            areas = (self.context.gazetteer.get(code),) if code in self.context.gazetteer else ()
            self.add(first, name.last, Sense("agency", areas, how="named", agency="bhxh"))
            if areas:
                self.context.put(areas[0])
        elif atom.kind == "office" and name.kind == "run":
            above, how = self.context.described(("province",), None)
            own = self.words.text[self.words.starts[name.first] : self.words.ends[name.last - 1]]
            label = f"{own}, {self.context.gazetteer.path_name(above)}" if above else own
            self.add(
                first, name.last, Sense("agency", (), how=how, agency="bhxh", part=own, name=label, level="district")
            )
        return index + 2

    def _lone(self, index: int, first: int, *, whole: bool) -> None:
        atom = self.atoms[index]
        get = self.context.gazetteer.get
        if atom.kind == "country":
            self.add(first, atom.last, Sense("described", (get("VN"),), how="named", whole=True))
        elif atom.kind == "capital":
            named = Named(first, atom.last, tuple(self.context.candidates("hà nội", "thành phố")), "named", "hà nội")
            self.emit(named, len(self.atoms), first=first, rank=None, agency=None)
        elif atom.kind == "region":
            if not whole and self.words.lower(first - 1) == "vùng" and self.words.gap(first - 1) in _SPACES:
                first -= 1
            self.add(first, atom.last, Sense("named", (get(atom.value),), how="named", whole=whole))
            self.context.put(get(atom.value))
        elif (atom.kind == "region-word" and whole) or (atom.kind == "alone" and not self.joined(index)):
            self._alone(first, atom.last, ("region",) if atom.kind == "region-word" else _ANY_LEVEL)

    def _alone(self, first: int, last: int, levels: tuple[AreaLevel, ...]) -> None:
        office = self._office(self.words.starts[first])
        if office is not None:
            own = Sense(
                "described", (), how="context", name=office.name, level="district", part=office.part, whole=True
            )
            self.add(first, last, own)
            return
        unit, how = self.context.described(levels, None)
        self.add(first, last, Sense("described", (unit,) if unit else (), how=how, whole=True))

    def _office(self, at: int) -> PlaceMention | None:
        """`BHXH cơ sở Cẩm Khê cho biết, trên địa bàn ...`: an office of this sentence whose ground no list knows."""
        last = next((one for one in reversed(self.mentions) if not one.qualifies), None)
        if last is None or not last.part or last.kind == "named":
            return None
        return last if bisect_right(self._ends, last.start) == bisect_right(self._ends, at) else None

    def _described(self, rank: Atom, first: int, agency: str | None, *, whole: bool) -> None:
        """`toàn tỉnh`, `huyện`, `BHXH tỉnh`: the unit of that rank in force."""
        before, after = self.words.gap(rank.first - 1), self.words.gap(rank.last - 1)
        if not whole and not agency and before in _SPACES and self._generic_before(rank):
            return
        if after in _SPACES and self.words.lower(rank.last) in self.known.generic_after:
            return
        if self._among_ranks(rank):
            return
        levels = RANK_LEVELS[rank.value]
        unit, how = self.context.described(levels, rank.value, far=whole or bool(agency) or "province" in levels)
        if unit is None and not whole and not agency and not self._subject(rank):
            return
        level = unit.level if unit else (levels[0] if len(levels) == 1 else None)
        kind: PlaceKind = "agency" if agency else "described"
        areas = (unit,) if unit else ()
        self.add(
            first, rank.last, Sense(kind, areas, how=how, level=level, rank=rank.value, agency=agency, whole=whole)
        )

    def _subject(self, rank: Atom) -> bool:
        """`Huyện phấn đấu ...`, `Xã hiện có ...`: a unit that the text does not name begins the sentence."""
        opened = rank.first == 0 or self.words.gap(rank.first - 1).rstrip(" ").endswith((".", "\n"))
        return opened and self.words.lower(rank.last) in _SUBJECT_VERBS

    def _generic_before(self, rank: Atom) -> bool:
        word = self.words.lower(rank.first - 1)
        return word in self.known.generic_before or word.isdigit()

    def _among_ranks(self, rank: Atom) -> bool:
        """Tell whether a rank stands in a list of ranks: `huyện, thị xã, thành phố`, `xã/phường`."""
        after = self.words.gap(rank.last - 1) in _LISTED and self.words.lower(rank.last) in _RANK_BEGINS
        return after or (self.words.gap(rank.first - 1) in _LISTED and self.words.lower(rank.first - 1) in _RANK_ENDS)

    # -- names

    def _ranked(self, index: int, first: int, agency: str | None, *, whole: bool) -> int:
        rank = self.atoms[index]
        named = self._behind(index) if self.joined(index) else None
        if agency is None and not whole:
            body = self.names.body(first)
            agency = body if body not in self.known.school_levels else None
        if named is None:
            if rank.kind == "rank":
                self._described(rank, first, agency, whole=whole)
            return index + 1
        after = self.emit(named, self._after(index + 1, named), first=first, rank=rank.value, agency=agency)
        return self._list(after, rank.value, agency) if self._plural(rank) else after

    def _behind(self, index: int) -> Named | None:
        """Read the name behind a rank."""
        rank, atom = self.atoms[index], self.atoms[index + 1]
        if atom.kind == "number" and rank.value in ("quận", "phường") and not self._plural(rank):
            number = int(atom.value) if atom.value.isdigit() else roman_value(atom.value.lower())
            return self.names.numbered(atom.first, rank.value, number)
        if atom.kind == "run":
            named = self.names.ranked(atom.first, atom.last, rank.value, old=self._is_old(atom.last))
            return None if named and rank.kind == "short-rank" and not named.areas else named
        return None

    def _is_old(self, last: int) -> bool:
        return bool(_OLD.match(self.words.text, self.words.ends[last - 1]))

    def _plural(self, rank: Atom) -> bool:
        return self.words.gap(rank.first - 1) in _SPACES and self._generic_before(rank)

    def _after(self, index: int, named: Named) -> int:
        """Give the index behind a name; what stands behind a hyphen in the same run is read next."""
        run = self.atoms[index]
        if named.last < run.last and self.words.gap(named.last - 1) not in _SPACES:
            self.atoms[index] = Atom("run", named.last, run.last)
            return index
        return index + 1

    def _list(self, index: int, rank: str, agency: str | None) -> int:
        """Follow `các huyện Chi Lăng, Hữu Lũng và Cao Lộc`: runs that only separators or brackets divide."""
        begun = len(self.mentions) - 1
        while index < len(self.atoms):
            atom = self.atoms[index]
            end, start = self.mentions[-1].end, self.words.starts[atom.first]
            if atom.kind != "run" or start - end > _FARTHEST or not _BETWEEN.fullmatch(self.words.text[end:start]):
                break
            named = self.names.ranked(atom.first, atom.last, rank)
            if named is None or (not named.areas and named.last < atom.last):
                break
            index = self.emit(named, self._after(index, named), first=named.first, rank=rank, agency=agency)
        self._share_parent(begun)
        return index

    def _share_parent(self, begun: int) -> None:
        """Let the parent behind a list count for all of it: `các huyện Châu Thành và Long Mỹ, tỉnh Hậu Giang`."""
        if not self.mentions[-1].qualifies:
            return
        above = self.mentions[-1].areas
        for index in range(begun, len(self.mentions)):
            one = self.mentions[index]
            if one.qualifies or (one.area and any(self.context.inside(one.area, top) for top in above)):
                continue
            options = self.options.get(index, ())
            inside = tuple(area for area in options if any(self.context.inside(area, top) for top in above))
            if inside:
                how: PlaceHow = "named" if len(inside) == 1 else "open"
                level = inside[0].level
                self.mentions[index] = replace(one, areas=inside, how=how, name=self.label(inside), level=level)

    def _bare(self, index: int, first: int, agency: str | None) -> int:
        run = self.atoms[index]
        if (
            self.words.lower(run.first) == "việt"
            and self.words.lower(run.first + 1) == "nam"
            and run.last - run.first > 1
        ):
            body = agency or self.names.body(run.first)
            kind: PlaceKind = "agency" if body else "named"
            self.add(first, run.first + 2, Sense(kind, (self.context.gazetteer.get("VN"),), how="named", agency=body))
            return index + 1
        if self.hamlet_again(run):
            return index + 1
        old = self._is_old(run.last)
        named = self.names.bare(run.first, run.last, old=old) or self._with_parent(index)
        if named is None:
            return self._behind_hyphen(index)
        start = first if agency else named.first
        body = agency or self.names.body(named.first)
        return self.emit(named, self._after(index, named), first=start, rank=None, agency=body)

    def _with_parent(self, index: int) -> Named | None:
        """Read a district or commune that only its parent behind it makes known: `Đông Triều (Quảng Ninh)`."""
        run = self.atoms[index]
        first = run.first + (self.words.lower(run.first) in self.known.function)
        found = self.names.longest(first, run.last) if first < run.last else None
        if not found or found[0] < run.last:
            return None
        areas = tuple(area for area in self.context.candidates(found[1], None) if area.level in ("district", "commune"))
        named = Named(first, found[0], areas, "named", found[1])
        parents = self.parents(index + 1, named) if areas else None
        return named if parents and parents.found else None

    def _behind_hyphen(self, index: int) -> int:
        run = self.atoms[index]
        for word in range(run.first, run.last - 1):
            if self.words.gap(word) not in _SPACES:
                self.atoms[index] = Atom("run", word + 1, run.last)
                return index
        return index + 1
