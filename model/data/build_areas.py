"""Build `areas.tsv` from the data of vietnamadminunits 1.0.4; compare it with vietnam-address-converter 1.0.5.

    python model/data/build_areas.py            write the table
    python model/data/build_areas.py --compare  only print where the two packages differ

Both packages are needed only here (extra `data`), never at run time. One line a unit, tab-separated:
code, name, rank, parent (bare code), successors (bare codes of the 34 list, for units of the 63 list), and the name's
key where it is not simply the name in lower case.
"""

import argparse
import json
import re
import sqlite3
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from model.areas_names import name_key

TABLE = Path(__file__).with_name("areas.tsv")
RANKS = ("thành phố", "tỉnh", "thị xã", "thị trấn", "quận", "huyện", "phường", "xã", "đặc khu")
Row = tuple[str, str, str, str, str]


def package_data(package: str) -> Path:
    """Give the folder of an installed package without importing it (its imports are heavy)."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        sys.exit(f"{package} is not installed: install the extra `data` first")
    return Path(spec.origin).parent


def split_rank(full: str) -> tuple[str, str]:
    """`Thị Trấn Ái Tử` gives (`thị trấn`, `Ái Tử`); numbered units keep their rank: `Quận 3`, `Phường IV`."""
    full = " ".join(unicodedata.normalize("NFC", full).split())
    for rank in RANKS:
        if full.lower().startswith(rank + " "):
            name = full[len(rank) + 1 :]
            if re.fullmatch("[0-9]+|[IVX]+", name):
                return rank, f"{rank.capitalize()} {int(name) if name.isdigit() else name}"
            return rank, name
    raise ValueError(f"no rank in {full!r}")


def squeeze(text: str) -> str:
    """Give the package's key of a name: lower case, no diacritics, no spaces."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in plain if c.isalnum())


def accented(text: str) -> str:
    """Give the package's key of a name whose plain key is borne twice: lower case, no spaces."""
    return "".join(c for c in unicodedata.normalize("NFC", text.lower()) if c.isalnum())


class Package:
    """The 63 and the 34 list, and which unit of the one became which of the other."""

    def __init__(self, folder: Path) -> None:
        base = sqlite3.connect(folder / "data" / "dataset.db")
        base.row_factory = sqlite3.Row
        self.old = base.execute("select * from admin_units_legacy").fetchall()
        self.new = base.execute("select * from admin_units").fetchall()
        base.close()
        self.mapping = json.loads((folder / "data" / "converter_2025.json").read_text("utf8"))
        self.new_by_key = self._new_by_key()
        self.successors = self._successors()

    def _new_by_key(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for row in self.new:
            for key in (squeeze(row["ward"]), accented(row["ward"])):
                found.setdefault(f"{row['provinceKey']}_{key}", row["wardCode"])
        return found

    def _successors(self) -> dict[str, list[str]]:
        """Map each old ward's key to the codes of its new wards."""
        found: dict[str, list[str]] = defaultdict(list)
        for province, wards in self.mapping["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
            for ward, olds in wards.items():
                for old in olds:
                    found[old].append(self.new_by_key[f"{province}_{ward}"])
        for province, olds in self.mapping["DICT_PROVINCE_WARD_DIVIDED"].items():
            for old, news in olds.items():
                found[old].extend(self.new_by_key[f"{province}_{new['newWardKey']}"] for new in news)
        return found

    def new_of(self, row: sqlite3.Row) -> list[str]:
        """Give the new wards of an old one (of a district without wards: of itself)."""
        above = f"{row['provinceKey']}_{squeeze(row['district'])}_"
        keys = [above + squeeze(row["ward"]), above + accented(row["ward"])] if row["ward"] else [above]
        return next((sorted(set(self.successors[key])) for key in keys if key in self.successors), [])


def provinces(data: Package) -> Iterable[Row]:
    """Rows of the 63 and the 34 provinces."""
    new_code = {row["provinceKey"]: row["provinceCode"] for row in data.new}
    became = {old: new_code[new] for new, olds in data.mapping["DICT_PROVINCE"].items() for old in olds}
    for row in {row["provinceCode"]: row for row in data.old}.values():
        rank, name = split_rank(row["province"])
        yield f"2024:{row['provinceCode']}", name, rank, "", became[row["provinceKey"]]
    for row in {row["provinceCode"]: row for row in data.new}.values():
        rank, name = split_rank(row["province"])
        yield f"2025:{row['provinceCode']}", name, rank, "", ""


def below(data: Package) -> Iterable[Row]:
    """Rows of districts and communes."""
    districts: dict[str, tuple[str, str, str]] = {}
    of_district: dict[str, set[str]] = defaultdict(set)
    for row in data.old:
        news = data.new_of(row)
        districts[row["districtCode"]] = (*split_rank(row["district"]), row["provinceCode"])
        of_district[row["districtCode"]].update(news)
        if row["ward"]:
            rank, name = split_rank(row["ward"])
            yield f"2024:{row['wardCode']}", name, rank, row["districtCode"], " ".join(news)
    for code, (rank, name, province) in districts.items():
        yield f"2024:{code}", name, rank, province, " ".join(sorted(of_district[code]))
    for row in data.new:
        rank, name = split_rank(row["ward"])
        yield f"2025:{row['wardCode']}", name, rank, row["provinceCode"], ""


def compare(rows: list[Row], folder: Path) -> None:
    """Print what vietnam-address-converter has otherwise: names and successors of communes."""
    source = (folder / "data.py").read_text("utf8")
    space: dict[str, object] = {}
    exec(source, space)
    theirs: set[tuple[str, str, str]] = set()
    theirs_new: set[tuple[str, str]] = set()
    for row in space["DEFAULT_DATA"]["mapping"]["rows"]:  # type: ignore[index]
        old, new = row["old"], row["new"]
        theirs.add(tuple(squeeze(old[f"{level}_name"] or "") for level in ("province", "district", "ward")))  # type: ignore[arg-type]
        theirs_new.add((squeeze(new["province_name"]), squeeze(new["ward_name"])))
    full = {row[0]: row for row in rows}

    def keyed(row: Row) -> str:
        return squeeze(row[1] if row[1].lower().startswith(row[2]) else f"{row[2]} {row[1]}")

    ours, ours_new = set(), set()
    for row in rows:
        if row[0].startswith("2024:") and len(row[0]) == 10:
            district = full[f"2024:{row[3]}"]
            ours.add((keyed(full[f"2024:{district[3]}"]), keyed(district), keyed(row)))
        elif row[0].startswith("2025:") and len(row[0]) == 10:
            ours_new.add((keyed(full[f"2025:{row[3]}"]), keyed(row)))
    for title, mine, other in (("63 list", ours, theirs), ("34 list", ours_new, theirs_new)):
        sys.stdout.write(f"{title}: {len(mine)} here, {len(other)} there, {len(mine & other)} alike\n")
        for label, some in (("only here", mine - other), ("only there", other - mine)):
            sys.stdout.write("\n    ".join([f"  {label}: {len(some)}", *map(str, sorted(some))]) + "\n")


def main() -> None:
    """Write the table, or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compare", action="store_true")
    args = parser.parse_args()
    data = Package(package_data("vietnamadminunits"))
    rows = sorted([*provinces(data), *below(data)])
    if args.compare:
        compare(rows, package_data("vietnam_address_converter"))
        return
    with TABLE.open("w", encoding="utf8", newline="\n") as table:
        for row in rows:
            key = name_key(row[1])
            table.write("\t".join([*row, "" if key == row[1].lower() else key]) + "\n")
    sys.stdout.write(f"{len(rows)} units written to {TABLE.name}\n")


if __name__ == "__main__":
    main()
