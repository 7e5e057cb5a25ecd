"""What is found of a place in a text."""

from dataclasses import dataclass
from typing import Literal

from model.areas import Area, load_areas
from model.records import AreaLevel

PlaceKind = Literal["named", "described", "agency", "outlet-tag"]
PlaceHow = Literal["named", "context", "title", "prior", "unique", "open", "unknown"]


@dataclass(kw_only=True, slots=True, unsafe_hash=True)  # not frozen: see `Quantity`
class PlaceMention:
    """One mention of a place: `text[start:end] == text` of the mention, spans do not overlap."""

    start: int
    """Where it begins: at its rank (`huyện Tam Bình`), at `BHXH` or another agency's first word, at `toàn` or `cả`."""
    end: int
    """Where it ends."""
    text: str
    """The mention as written."""
    kind: PlaceKind
    """`named`: by its name. `described`: `toàn tỉnh`, `huyện`, `cả nước`, resolved by what was named. `agency`: an
    office or body of or in a place (`BHXH tỉnh Lạng Sơn`, `UBND tỉnh`, `Đại học Cần Thơ`). `outlet-tag`: `(GLO)`."""
    areas: tuple[Area, ...] = ()
    """Areas it may mean, one where it is decided; empty where it is no known unit (see `name`) or nothing fixes it."""
    how: PlaceHow = "named"
    """What decided it: its own words, the text before, the title, the outlet's area, or that only one unit bears the
    name. `open`: several remain. `unknown`: no unit known, or nothing was named that it could refer to."""
    name: str | None = None
    """Names from small to large as an `area_name`: `Loan Mỹ, Tam Bình, Vĩnh Long`; also for a hamlet (`Tân Thành 1,
    Hoài Nhơn Đông, Gia Lai`), an insurance office (`Cẩm Khê, Phú Thọ`), a unit no list knows. None: unresolved."""
    level: AreaLevel | None = None
    """Level of the place (hamlets: `commune`; offices below the province: `district`); None where open."""
    rank: str | None = None
    """Rank as written, spelled out (`TP.` is `thành phố`); None where none was written."""
    part: str | None = None
    """Hamlet, quarter or office by its own name, where the mention is one: then `areas` is empty, no code names it."""
    agency: str | None = None
    """Agency in lower case as declared (`bhxh`, `ubnd`, `đại học`) for kind `agency`."""
    whole: bool = False
    """True for `toàn tỉnh`, `cả nước`, `trên địa bàn huyện`: the figure is meant for all of it."""
    qualifies: bool = False
    """True for a unit that only says where the one before lies: `Quảng Ninh` in `thị xã Đông Triều (Quảng Ninh)`."""
    gives: bool = False
    """True for an agency that assigns or sets something (`BHXH Việt Nam giao`): an issuer, not a place."""

    @property
    def area(self) -> Area | None:
        """The area, where it is decided."""
        return self.areas[0] if len(self.areas) == 1 else None


def common_name(areas: tuple[Area, ...]) -> str | None:
    """Give what candidates share of their path: `Hồng Ngự, Đồng Tháp` for a district and a town of one name."""
    if not areas:
        return None
    gazetteer = load_areas()
    paths = [gazetteer.path_name(area).split(", ") for area in areas]
    shared = [paths[0][0]] + ([paths[0][-1]] if len(paths[0]) > 1 and len({path[-1] for path in paths}) == 1 else [])
    return ", ".join(paths[0] if len(set(map(tuple, paths))) == 1 else shared)
