"""Reading the shipped files of areas: the table of both lists, dated overrides, aliases, regions.

`areas.tsv` is made by `data/build_areas.py`; the three CSV files are kept by hand, each row with its source. The table
stays as lines: an `Area` is only made when it is asked for, so that loading stays cheap.
"""

import csv
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from model.areas_names import name_key
from model.errors import DeclarationError

DATA = Path(__file__).parent / "data"
LIST_ENDED = date(2025, 6, 30)
"""Last day of the 63-province list (202/2025/QH15)."""
LIST_BEGAN = date(2025, 7, 1)
"""First day of the 34-province list."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """Name and rank that a unit bore for a time."""

    name: str
    """Without the rank: `Đông Triều`; numbered units keep it: `Quận 2`."""
    rank: str
    """`tỉnh`, `thành phố`, `huyện`, `quận`, `thị xã`, `phường`, `xã`, `thị trấn`, `đặc khu`, `vùng`, `khu vực`."""
    valid_from: date | None = None
    """First day; None: before what the tables know."""
    valid_to: date | None = None
    """Last day; None: still in force."""
    resolution: str = ""
    """Number of the resolution that made or ended it; `""` where the tables give none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Membership:
    """The provinces of a region for a time."""

    members: tuple[str, ...]
    """Codes of provinces; empty where no list of them is known."""
    valid_from: date | None
    """First day; None: unknown."""
    valid_to: date | None
    """Last day; None: still in force."""
    source: str
    """Decree or decision that lists them."""


@dataclass(slots=True)
class Tables:
    """All that the files say, by code (`2024:20`) and by key of the name."""

    units: dict[str, str] = field(default_factory=dict)
    """code → its line; `row` splits it."""
    forms: dict[str, list[Form]] = field(default_factory=dict)
    """code → dated forms, oldest first, for units that have any."""
    ended: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """code of a unit that only the overrides know → (bare code of its parent, codes of its successors)."""
    aliases: dict[str, list[str]] = field(default_factory=dict)
    """code → other names."""
    regions: dict[str, str] = field(default_factory=dict)
    """code of a region → its name."""
    memberships: dict[str, list[Membership]] = field(default_factory=dict)
    """code of a region → its dated members."""
    names: dict[str, str] = field(default_factory=dict)
    """key of a name (official, former or alias) → codes, apart by spaces."""

    def row(self, code: str) -> list[str]:
        """Give [code, name, rank, bare code of the parent, bare codes of successors, key] of a unit."""
        return self.units[code].split("\t")

    def index(self, key: str, code: str) -> None:
        """Let a name lead to a code, once."""
        codes = self.names.get(key, "")
        if code not in codes.split():
            self.names[key] = f"{codes} {code}".lstrip()


def read_tables(folder: Path = DATA) -> Tables:
    """Read the four files; a DeclarationError names the file and the row that is wrong."""
    tables = Tables()
    units, names = tables.units, tables.names
    for line in _lines(folder / "areas.tsv"):
        code, name, _, _, _, key = line.split("\t")
        units[code] = line
        key = key or name.lower()
        names[key] = f"{names[key]} {code}" if key in names else code
    _read_overrides(tables, folder / "areas_overrides.csv")
    _read_regions(tables, folder / "areas_regions.csv")
    _read_aliases(tables, folder / "areas_aliases.csv")
    return tables


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf8").splitlines()
    except OSError as error:
        cure = "install ansinh again, its data file is missing"
        raise DeclarationError(f"{path.name} cannot be read ({error.strerror})", cure=cure) from None


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(_lines(path)))


def _day(text: str, path: Path, code: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise DeclarationError(f"{path.name}: '{text}' of {code} is no date", cure="write YYYY-MM-DD") from None


def _read_overrides(tables: Tables, path: Path) -> None:
    for row in _rows(path):
        code = row["code"]
        form = Form(
            name=row["name"],
            rank=row["rank"],
            valid_from=_day(row["valid_from"], path, code),
            valid_to=_day(row["valid_to"], path, code),
            resolution=row["resolution"],
        )
        tables.forms.setdefault(code, []).append(form)
        if code not in tables.units:
            tables.ended[code] = (row["parent"], tuple(row["successors"].split()))
        tables.index(name_key(form.name), code)
    for forms in tables.forms.values():
        forms.sort(key=lambda form: form.valid_from or date.min)


def _read_regions(tables: Tables, path: Path) -> None:
    for row in _rows(path):
        code = row["code"]
        first, last = (_day(row[side], path, code) for side in ("valid_from", "valid_to"))
        members = tuple(row["members"].split())
        unknown = [member for member in members if member not in tables.units]
        if unknown:
            raise DeclarationError(f"{path.name}: {code} has no province {unknown[0]}", cure="mend the code")
        tables.memberships.setdefault(code, []).append(
            Membership(members=members, valid_from=first, valid_to=last, source=row["source"])
        )
        tables.regions[code] = row["name"]
        tables.index(name_key(row["name"]), code)
        _alias(tables, code, row["aliases"])


def _read_aliases(tables: Tables, path: Path) -> None:
    for row in _rows(path):
        for code in row["codes"].split():
            if code != "VN" and code not in tables.units:
                raise DeclarationError(f"{path.name}: nothing bears the code {code}", cure="mend the code")
            _alias(tables, code, row["aliases"])


def _alias(tables: Tables, code: str, names: str) -> None:
    for name in filter(None, names.split("|")):
        tables.aliases.setdefault(code, []).append(name)
        tables.index(name_key(name), code)
