"""One area, and the tree of all of them by code: parents, children, members, what became of what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from model.areas_table import LIST_BEGAN, LIST_ENDED, Form, Membership, Tables
from model.errors import UnknownNameError
from model.records import AreaLevel

ProvinceList = Literal["2024", "2025"]
_LEVELS: tuple[AreaLevel, ...] = ("country", "region", "province", "district", "commune")
_LEVEL_OF_LENGTH: dict[int, AreaLevel] = {2: "province", 3: "district", 5: "commune"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """One unit of one list; the same place in the other list is another area."""

    code: str
    """`LIST:CODE`, `VN`, `VN-...`, `BHXH:KV..`."""
    name: str
    """Last name, without rank: `Đông Triều`; numbered units keep it: `Quận 3`."""
    rank: str
    """Last rank: `tỉnh`, `thành phố`, `thị xã`, ...; `vùng` or `khu vực` for regions; `nước` for the country."""
    level: AreaLevel
    """Rank among the contract's five."""
    list: str
    """Part of the code before the colon (`2024`, `2025`, `2019`); `""` for the country and regions."""
    parent: str | None
    """Code of the unit above it in its own list; `VN` for provinces and regions, None for the country."""
    valid_from: date | None
    """First day it stood; None: before what the tables know."""
    valid_to: date | None
    """Last day it stood; None: still in force."""
    forms: tuple[Form, ...]
    """Names and ranks it bore, oldest first; at least one."""
    aliases: tuple[str, ...] = ()
    """Other names in use."""

    @property
    def display(self) -> str:
        """Rank and name: `thị xã Đông Triều`."""
        return display(self.rank, self.name)

    def form(self, on: date | None) -> Form:
        """Give name and rank in force on a day; the last one where no day is given or none covers it."""
        for form in self.forms:
            if on and _covers(form, on):
                return form
        return self.forms[-1]

    def stands(self, on: date) -> bool:
        """Tell whether the unit existed on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)

    def bore(self, rank: str) -> bool:
        """Tell whether the unit ever bore a rank."""
        return any(form.rank == rank for form in self.forms)


def display(rank: str, name: str) -> str:
    """Join rank and name; numbered units and insurance regions already hold theirs."""
    if name.lower().startswith((rank + " ", "bhxh ")) or rank == "nước":
        return name
    return f"{rank} {name}"


class Units:
    """All areas by code, and how they hang together. Read-only; areas are made when asked for and kept."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._made: dict[str, Area] = {}
        self._ancestors: dict[str, tuple[Area, ...]] = {}
        self._predecessors: dict[str, list[str]] | None = None
        self._children: dict[str, list[str]] | None = None

    # -- by code

    def get(self, code: str) -> Area:
        """Give the area of a code; UnknownNameError where nothing bears it."""
        area = self._made.get(code)
        if area is None:
            area = self._made[code] = self._make(code)
        return area

    def __contains__(self, code: object) -> bool:
        tables = self.tables
        return code == "VN" or code in tables.units or code in tables.ended or code in tables.regions

    def codes(self) -> Iterable[str]:
        """Give every code: country, regions, units of both lists, units that ended earlier."""
        yield "VN"
        yield from self.tables.regions
        yield from self.tables.units
        yield from self.tables.ended

    def _make(self, code: str) -> Area:
        tables = self.tables
        forms = tuple(tables.forms.get(code, ()))
        names = tuple(tables.aliases.get(code, ()))
        year, _, bare = code.partition(":")
        if code == "VN" or code in tables.regions:
            return self._make_region(code, names)
        if code in tables.units:
            row = tables.row(code)
            if not forms:
                first, last = (LIST_BEGAN, None) if year == "2025" else (None, LIST_ENDED)
                forms = (Form(name=row[1], rank=row[2], valid_from=first, valid_to=last),)
            parent = row[3]
        elif code in tables.ended:
            parent = tables.ended[code][0]
        else:
            raise UnknownNameError("area", code, self._codes_like(code))
        list_above = "2025" if year == "2025" else "2024"
        return Area(
            code=code,
            name=forms[-1].name,
            rank=forms[-1].rank,
            level=_LEVEL_OF_LENGTH[len(bare)],
            list=year,
            parent=f"{list_above}:{parent}" if parent else "VN",
            valid_from=forms[0].valid_from,
            valid_to=forms[-1].valid_to,
            forms=forms,
            aliases=names,
        )

    def _make_region(self, code: str, aliases: tuple[str, ...]) -> Area:
        name, level, rank = "Việt Nam", _LEVELS[0], "nước"
        first = last = None
        if code != "VN":
            name, level = self.tables.regions[code], "region"
            rank = "khu vực" if code.startswith("BHXH:") else "vùng"
            dated = self.tables.memberships[code]
            first, last = dated[0].valid_from, dated[-1].valid_to
            if code.startswith("VN-"):
                last = None  # the press goes on using the names of regions
        form = Form(name=name, rank=rank, valid_from=first, valid_to=last)
        return Area(
            code=code, name=name, rank=rank, level=level, list="", parent=None if code == "VN" else "VN",
            valid_from=first, valid_to=last, forms=(form,), aliases=aliases,
        )  # fmt: skip

    # -- up, down and through time

    def parent(self, area: Area) -> Area | None:
        """Give the unit above: district of a commune, province of a district, country of a province."""
        return self.get(area.parent) if area.parent else None

    def ancestors(self, area: Area) -> tuple[Area, ...]:
        """Give the units above, smallest first, the country last."""
        known = self._ancestors.get(area.code)
        if known is None:
            above = self.parent(area)
            known = self._ancestors[area.code] = (above, *self.ancestors(above)) if above else ()
        return known

    def province_of(self, area: Area) -> Area | None:
        """Give the province a unit lies in (itself, if it is one); None for regions and the country."""
        return next((unit for unit in (area, *self.ancestors(area)) if unit.level == "province"), None)

    def children(self, area: Area) -> tuple[Area, ...]:
        """Give the units right below in the same list, by code; regions have members, the country `provinces`."""
        if self._children is None:
            self._children = {}
            for code in self.tables.units:
                parent = self.tables.row(code)[3]
                if parent:
                    self._children.setdefault(f"{code[:4]}:{parent}", []).append(code)
        return tuple(self.get(code) for code in self._children.get(area.code, ()))

    def provinces(self, of_list: ProvinceList) -> tuple[Area, ...]:
        """Give the 63 or the 34 provinces, by code."""
        return tuple(self.get(code) for code in self.tables.units if len(code) == 7 and code.startswith(of_list))

    def members(self, region: Area, on: date | None = None) -> tuple[Area, ...]:
        """Give a region's provinces on a day (by default today's last known); empty where no list is known."""
        dated = self.tables.memberships.get(region.code, [])
        for one in reversed(dated):
            if on is None or _covers(one, on):
                return tuple(self.get(code) for code in one.members)
        return ()

    def successors(self, area: Area) -> tuple[Area, ...]:
        """Give what became of a unit: for units of the 63 list the units of the 34 list that took its territory."""
        return tuple(self.get(code) for code in self._successor_codes(area.code))

    def predecessors(self, area: Area) -> tuple[Area, ...]:
        """Give the units whose territory, whole or in part, went into this one."""
        return tuple(self.get(code) for code in self._predecessor_codes(area.code))

    def split_communes(self) -> tuple[str, ...]:
        """Give the codes of the communes of the 63 list whose territory went to several communes."""
        return tuple(code for code in self.tables.units if len(code) == 10 and len(self._successor_codes(code)) > 1)

    def same_territory(self, code: str) -> tuple[str, ...]:
        """Give the codes of all units with exactly this territory, itself among them, oldest list first."""
        area = self.get(code)
        found = {code}
        for one in (area, *self.predecessors(area)):
            after = self._successor_codes(one.code)
            if len(after) == 1 and (one.code == code or after[0] == code) and self._whole(one.code, after[0]):
                found |= {one.code, after[0]}
        return tuple(sorted(found))

    def _whole(self, before: str, after: str) -> bool:
        """Tell whether `after` was made of all of `before` and nothing else."""
        if before in self.tables.ended:
            return False  # it went into a unit that stood before
        sources = self._predecessor_codes(after)
        parts = {child.code for child in self.children(self.get(before))}
        if parts and len(after) == 10:
            return parts == set(sources) and all(self._successor_codes(part) == (after,) for part in parts)
        return sources == (before,)

    def _successor_codes(self, code: str) -> tuple[str, ...]:
        if code in self.tables.ended:
            return self.tables.ended[code][1]
        row = self.tables.row(code) if code in self.tables.units else None
        return tuple(f"2025:{bare}" for bare in row[4].split()) if row else ()

    def _predecessor_codes(self, code: str) -> tuple[str, ...]:
        if self._predecessors is None:
            self._predecessors = {}
            communes = (code for code in self.tables.units if len(code) == 10 and code.startswith("2024"))
            above = {f"2024:{self.tables.row(code)[3]}" for code in communes}
            for before in (*self.tables.units, *self.tables.ended):
                if before not in above:  # a district's territory is told by its communes
                    for after in self._successor_codes(before):
                        self._predecessors.setdefault(after, []).append(before)
        return tuple(self._predecessors.get(code, ()))

    def _codes_like(self, code: str) -> list[str]:
        start = code[:6]
        return [known for known in self.codes() if known.startswith(start)][:200] or ["VN", "2025:01", "2024:01"]


def _covers(one: Form | Membership, on: date) -> bool:
    return (one.valid_from is None or one.valid_from <= on) and (one.valid_to is None or on <= one.valid_to)
