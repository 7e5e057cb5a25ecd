"""Where a figure holds: the country, its regions, and the administrative units of both official lists, with dates.

    gazetteer = load_areas()
    gazetteer.get("2024:205")                          the area of a code
    gazetteer.by_name("thị xã Đông Triều")             all areas that a name may mean
    gazetteer.resolve("Lạng Sơn")                      what a person means by it: 2024:20 and 2025:20
    gazetteer.path_name(area)                          `Đông Triều, Quảng Ninh`

A code is `LIST:CODE`: `2024:` the 63-province list in force until 2025-06-30, `2025:` the 34-province list since; a
unit that ended earlier bears the last year it stood (`2019:204`; the year before, where that year's list gave the
number to another unit). Regions are `VN-...` and `BHXH:KV01`..., the country is `VN`.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache

from model.areas_names import RANK_LEVELS, name_key, split_rank
from model.areas_table import Form, Membership, read_tables
from model.areas_units import Area, ProvinceList, Units, display
from model.errors import AmbiguousNameError, UnknownNameError
from model.fold import fold
from model.records import AreaLevel

__all__ = ["Area", "Form", "Gazetteer", "Membership", "ProvinceList", "display", "load_areas"]

_ORDER: tuple[AreaLevel, ...] = ("country", "region", "province", "district", "commune")


class Gazetteer(Units):
    """All areas, by code and by name."""

    _folded: dict[str, list[str]] | None = None

    def by_name(
        self, name: str, *, on: date | None = None, level: AreaLevel | None = None, within: Area | None = None
    ) -> list[Area]:
        """Give every area that a name may mean, provinces first, then by code; an empty list where none does.

        Spelling habits do not matter; diacritics only where a name written so exists. A rank in the name (`huyện Hồng
        Ngự`, `TP.HCM`) is respected: areas that bear or bore it, else those of its level. Units after a comma narrow
        it (`Tam Bình, Vĩnh Long`), as does `within`. `on`: only units that stood that day.
        """
        head, _, rest = name.partition(",")
        found = self._bearing(head)
        if not found:
            found = self._bearing(name)  # a few names hold a comma: `Trung du, miền núi phía Bắc`
        elif rest.strip():
            above = self.by_name(rest)
            inside = [area for area in found if any(self.lies_in(area, one) for one in above)]
            # `thành phố Huế, Thừa Thiên Huế` is the city in that province, not the province itself.
            found = [area for area in inside if area not in above] or inside
        return [
            area
            for area in found
            if (on is None or area.stands(on))
            and (level is None or area.level == level)
            and (within is None or self.lies_in(area, within))
        ]

    def resolve(self, name_or_code: str, *, on: date | None = None) -> list[Area]:
        """Give what a person means by a name or code: one area, or the same name in both lists.

        Of several levels that bear a name the highest is meant; with a rank that units of several levels bore one
        after the other, all of them (`thành phố Bắc Ninh`: the province now, a district's city before). A city that lay
        in the very unit that bears the rank now is not meant (`thành phố Huế`): it is found by its code, or as
        `thành phố Huế, Thừa Thiên Huế`.
        UnknownNameError offers near names; AmbiguousNameError lists the candidates where the name stays open (`Châu
        Thành`).
        """
        text = name_or_code.strip()
        if text in self:
            return [self.get(text)]
        found = self.by_name(text, on=on) or self.by_name(text)
        if not found and text.isdecimal():
            found = [self.get(code) for code in (f"2024:{text}", f"2025:{text}") if code in self]
            if found:
                raise AmbiguousNameError(
                    "area", text, [f"{one.code} {self.path_name(one, ranks=True)}" for one in found]
                )
        if not found:
            raise UnknownNameError("area", text, self._codes_like(text) if ":" in text else self._near(text))
        top = [area for area in found if area.level == found[0].level]
        family = self._family(top[0], found)
        others = [area for area in top if area not in family]
        if others:
            labels = [f"{area.code} {self.path_name(area, ranks=True)}" for area in top[:11]]
            if len(found) > len(labels):
                labels.append(f"lower ranks: {len(found) - len(labels)} more, found by `xã {text}` and the like")
            raise AmbiguousNameError("area", text, labels)
        lower = self._bore_too(text, family, found)
        return [area for area in found if area in family or area in lower]

    def path_name(self, area: Area, *, on: date | None = None, ranks: bool = False) -> str:
        """Name the area and the units above it from small to large: `Đông Triều, Quảng Ninh`; the country stays out.

        Names are those in force on the day `on`, by default the last ones; `ranks` puts the rank before each.
        """
        chain = [unit for unit in (area, *self.ancestors(area)) if unit.level != "country" or unit is area]
        forms = [unit.form(on) for unit in chain]
        return ", ".join(display(form.rank, form.name) if ranks else form.name for form in forms)

    def lies_in(self, area: Area, other: Area) -> bool:
        """Tell whether an area is another or lies below it (for regions: in a province that was ever a member)."""
        chain = (area, *self.ancestors(area))
        if other.level == "region":
            inside = {code for dated in self.tables.memberships.get(other.code, ()) for code in dated.members}
            return area == other or any(unit.code in inside for unit in chain)
        return other in chain

    # -- inside

    def _bearing(self, name: str) -> list[Area]:
        """Give the areas of one name with or without rank, highest level first."""
        rank, bare = split_rank(name)
        found = self._of_key(bare)
        if rank is None:
            return found
        exact = [area for area in found if area.bore(rank)]
        return exact or [area for area in found if area.level in RANK_LEVELS[rank]] or self._of_key(name)

    def _of_key(self, name: str) -> list[Area]:
        key = name_key(name)
        codes = ["VN"] if key == "việt nam" else self.tables.names.get(key, "").split()
        codes = codes or self.folded_names().get(fold(key), [])
        return sorted(map(self.get, codes), key=lambda area: (_ORDER.index(area.level), area.code))

    def folded_names(self) -> dict[str, list[str]]:
        """Give folded name key → codes, built at the first call: for names written without diacritics."""
        if self._folded is None:
            self._folded = {"viet nam": ["VN"]}
            for key, codes in self.tables.names.items():
                known = self._folded.setdefault(fold(key), [])
                known.extend(code for code in codes.split() if code not in known)
        return self._folded

    def _family(self, first: Area, found: Iterable[Area]) -> list[Area]:
        """Give the areas of one name that are one place through time: linked as predecessor and successor."""
        family, waiting = [first], [area for area in found if area != first]
        grown = True
        while grown:
            near = {code for area in family for code in self._linked(area)}
            joined = [area for area in waiting if area.code in near]
            family += joined
            waiting = [area for area in waiting if area not in joined]
            grown = bool(joined)
        return family

    def _bore_too(self, name: str, family: Iterable[Area], found: Iterable[Area]) -> list[Area]:
        """Give the units of lower levels that bore the very rank a name says before any of the family stood."""
        rank, _ = split_rank(name.partition(",")[0])
        since = [area.valid_from for area in family]
        if rank is None or not any(form.rank == rank for area in family for form in area.forms):
            return []
        return [
            area for area in found if area not in family and area.bore(rank) and area.valid_to is not None
            and all(day is not None and day > area.valid_to for day in since)
        ]  # fmt: skip

    def _linked(self, area: Area) -> set[str]:
        """Give codes of the same level before and after; across levels only where the territory is the same."""
        linked = {
            other.code for other in (*self.predecessors(area), *self.successors(area)) if other.level == area.level
        }
        return linked | set(self.same_territory(area.code))

    def _near(self, name: str) -> list[str]:
        """Give names to search for near ones: all large units, and communes that begin alike."""
        _, bare = split_rank(name.partition(",")[0])
        start = fold(bare)[:2]
        large: dict[str, None] = {}
        for code in sorted(self.codes(), key=len):  # of names that differ by diacritics alone the largest unit's first
            if len(code) < 10 or fold(self.get(code).name).startswith(start):
                large[self.get(code).name] = None
        return list(large)


@cache
def load_areas() -> Gazetteer:
    """Load the shipped gazetteer, once in a process."""
    return Gazetteer(read_tables())
