"""What a reader of a document knows when a name comes up: its date, its title, its outlet, what was named before."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from extract.places.model import PlaceHow
from model.areas import Area, Gazetteer
from model.areas_names import RANK_LEVELS
from model.records import AreaLevel

NEW_LIST = date(2025, 7, 1)
_MONTH_AND_YEAR = re.compile(r"(?:0?[7-9]|1[0-2])(?:\s?[/.-]\s?|\s+năm\s+)2025(?!\d)")
_LATER = re.compile(r"(?<!\d)20(?:2[6-9]|3\d)(?!\d)")
_SINCE = re.compile(
    r"(?<!\d)(?:(?:0?[89]|1[0-2])(?:\s?[/.-]\s?|\s+năm\s+)2025"
    r"|(?:0?[1-9]|1[0-2])(?:\s?[/.-]\s?|\s+năm\s+)20(?:2[6-9]|3\d))(?!\d)"
    r"|quý (?:[1-4]|iv|i{1,3})(?:\s?[/-]\s?|\s+(?:năm\s+)?)20(?:2[6-9]|3\d)(?!\d)"
)
"""A month or quarter since the merger of 2025. Aims are told by the year."""
_DISTRICTS = re.compile(r"(?<!\w)(?:huyện|thị xã|quận) (?=[A-ZĐÂÊÔƠƯÁÉÍÓÚÝ0-9])")
"""Districts are named: the text is of the time before, whatever it foresees."""
_TWO_TIERS = (
    "chính quyền địa phương hai cấp",
    "chính quyền địa phương 2 cấp",
    "chính quyền hai cấp",
    "chính quyền 2 cấp",
    "bhxh cơ sở",
    "sau khi sáp nhập tỉnh",
    "sau sáp nhập tỉnh",
    "không còn cấp huyện",
)
_HEAD = 6000
_DISTRICT_RANKS = frozenset(("huyện", "quận", "thị xã", "thị trấn"))
_FAR = 1000
_KEPT = 24
"""How many places a reader keeps in mind: bounds the work on long texts."""


def reads_new_list(text: str, published: date | None) -> bool:
    """Tell whether names are those of the 34-province list: by the date, without one by what the text says."""
    if published is not None:
        return published >= NEW_LIST
    head = text[:_HEAD].lower()
    if any(words in head for words in _TWO_TIERS):
        return True
    if "2025" in head and _MONTH_AND_YEAR.search(head) and _LATER.search(head):
        return True
    return _SINCE.search(head) is not None and _DISTRICTS.search(text, 0, _HEAD) is None


class Decision(NamedTuple):
    """What remains of a name's candidates."""

    areas: tuple[Area, ...]
    how: PlaceHow
    """What decided; `open` where several remain, or one that lies in nothing named."""
    depth: int
    """How far the first place in force was that held any of them."""


class Context:
    """The places in force at a point of the text, nearest first."""

    def __init__(self, gazetteer: Gazetteer, *, new_list: bool, published: date | None) -> None:
        self.gazetteer = gazetteer
        self.new_list = new_list
        self.published = published
        self._inside: dict[tuple[str, str], bool] = {}
        self.title: list[Area] = []
        self.prior: Area | None = None
        self.named: list[Area] = []
        """Every area decided so far, the last one last."""
        self.here: list[Area] = []
        """Those of the paragraph at hand."""
        self.sentence: list[Area] = []
        """Those of the sentence at hand."""
        self.memory: dict[str, tuple[Area, ...]] = {}
        """Name key → what it was decided to mean when it was named with its rank or its parent."""
        self.parts: dict[str, str] = {}
        """Name key of a hamlet → its name as it was named with its rank."""

    # -- what names may mean

    def candidates(self, key: str, rank: str | None, *, old: bool = False) -> list[Area]:
        """Give the areas that a name key may mean in the list at hand; `old`: in the 63 list whatever the date."""
        found = self.of_level(key, rank, old=old)
        on = self.published
        if rank:
            found = [area for area in found if self._bore(area, rank)] or found
            if on:
                found = [area for area in found if area.stands(on) and area.form(on).rank == rank] or found
        if not on and (old or not self.new_list):
            found = [area for area in found if area.list in ("2024", "")] or found
        return found

    def of_level(self, key: str, rank: str | None, *, old: bool = False) -> list[Area]:
        """Give the areas of a name key and of a rank's level, whatever rank they bear: villages become wards."""
        found = [self.gazetteer.get(code) for code in self.gazetteer.tables.names.get(key, "").split()]
        if rank:
            found = [area for area in found if area.level in RANK_LEVELS[rank]]
        return self._of_list(found, rank, old)

    def _bore(self, area: Area, rank: str) -> bool:
        """Tell whether a unit bore a rank by the day of publication."""
        on = self.published
        return any(
            form.rank == rank and (not on or not form.valid_from or form.valid_from <= on) for form in area.forms
        )

    def _of_list(self, found: list[Area], rank: str | None, old: bool) -> list[Area]:
        if self.new_list and not old and rank not in _DISTRICT_RANKS:
            chosen: list[Area] = []
            for level in {area.level for area in found}:
                same = [area for area in found if area.level == level]
                chosen += [area for area in same if area.list != "2024" and area.stands(NEW_LIST)] or same
            return chosen
        before = [area for area in found if area.list != "2025"] or found
        if self.published and not old and not self.new_list:
            on = self.published
            return [area for area in before if area.stands(on)] or before
        return before

    def decide(self, found: Sequence[Area]) -> Decision:
        """Narrow candidates by what is in force, nearest first."""
        remaining, decided, depth = list(found), None, _FAR
        for step, (how, place) in enumerate(self.in_force()):
            if place in remaining:
                return Decision((place,), how, step)
            inside = [area for area in remaining if area != place and self.inside(area, place)]
            if inside:
                remaining, decided, depth = inside, decided or how, min(depth, step)
            if decided and len(remaining) == 1:
                return Decision(tuple(remaining), decided, depth)
        return Decision(tuple(remaining), "open", depth)

    def in_force(self) -> Iterable[tuple[PlaceHow, Area]]:
        """Give the places in force, nearest first, with where they come from."""
        seen: set[str] = set()
        sources: tuple[tuple[PlaceHow, Iterable[Area]], ...] = (
            ("context", reversed(self.sentence)),
            ("context", reversed(self.here)),
            ("title", self.title),
            ("prior", [self.prior] if self.prior else []),
            ("context", reversed(self.named)),
        )
        for how, places in sources:
            for place in places:
                chain = [place] if place.level not in ("district", "commune") else [place, *self._above(place)]
                for one in chain:
                    if one.code not in seen and one.level in ("region", "province", "district"):
                        seen.add(one.code)
                        yield how, one

    def _above(self, place: Area) -> list[Area]:
        return [unit for unit in self.gazetteer.ancestors(place) if unit.level in ("province", "district")]

    def inside(self, area: Area, place: Area) -> bool:
        """Tell whether an area lies in another, or in what became of it or what it was before."""
        pair = (area.code, place.code)
        known = self._inside.get(pair)
        if known is None:
            known = self._inside[pair] = self._lies_in(area, place)
        return known

    def _lies_in(self, area: Area, place: Area) -> bool:
        if self.gazetteer.lies_in(area, place):
            return True
        if place.code in self.gazetteer.tables.ended:
            return area != place and any(self.inside(area, heir) for heir in self.gazetteer.successors(place))
        if place.level != "province" or area.list == place.list or area.level == "province":
            return False
        others = self.gazetteer.successors(place) if place.list == "2024" else self.gazetteer.predecessors(place)
        return any(self.gazetteer.lies_in(area, other) for other in others)

    # -- what descriptions mean

    def described(
        self, levels: Sequence[AreaLevel], rank: str | None, *, far: bool = True
    ) -> tuple[Area | None, PlaceHow]:
        """Give the unit that `toàn tỉnh`, `huyện` or `trên địa bàn` refers to, and what decided.

        Districts and communes are looked for in the sentence and the paragraph first, provinces in the sentence, then
        in the title and the outlet's area; at last, where `far`, in all that was named before.
        """
        topic: list[tuple[PlaceHow, Area]] = [("title", area) for area in self.title]
        if self.prior:
            topic.append(("prior", self.prior))
        sentence = [area for area in reversed(self.sentence) if not self._absorbed(area, topic)]
        here = list(reversed(self.here))
        if topic and rank is None:
            sentence = [area for area in sentence if any(self.inside(area, one) for _, one in topic)]
            here = []
        order: list[tuple[PlaceHow, Area]] = [("context", area) for area in sentence]
        if "district" in levels or "commune" in levels:
            order += [("context", area) for area in here]
        order += topic
        order += [("context", area) for area in (*here, *(reversed(self.named) if far else ()))]
        for how, area in order:
            for unit in (area, *self._above(area)):
                if unit.level in levels and self._may_be(unit, rank):
                    return unit, how
        if rank == "xã":
            for how, area in order:
                if area.level == "commune" and area.list == "2024" and area.rank == "phường":
                    return area, how  # a ward of the last list, which does not tell since when
        return None, "unknown"

    def _absorbed(self, area: Area, topic: Sequence[tuple[PlaceHow, Area]]) -> bool:
        """Tell whether a province has become a part of the text's own: `tỉnh Kon Tum trước đây ...; toàn tỉnh ...`."""
        if not self.new_list or area.list != "2024" or area.level != "province":
            return False
        heirs = self.gazetteer.successors(area)
        return any(one in heirs for _, one in topic)

    def _may_be(self, unit: Area, rank: str | None) -> bool:
        """Tell whether a unit can be called by a bare rank: `huyện` is no city, `thành phố` no province."""
        if rank is None or unit.form(self.published).rank == rank:
            return True
        if rank in ("tỉnh", "thành phố") and unit.level == "province":
            return any(form.rank == rank for form in unit.forms) and self.published is None
        return unit.bore(rank) and self.published is None

    # -- moving on

    def put(self, area: Area) -> None:
        """Put a decided area in force."""
        for places in (self.sentence, self.here, self.named):
            if area in places:
                places.remove(area)
            places.append(area)
            del places[:-_KEPT]

    def next_sentence(self, *, paragraph: bool) -> None:
        """Leave a sentence, and with it perhaps the paragraph."""
        self.sentence = []
        if paragraph:
            self.here = []
