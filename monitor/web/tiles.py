"""The grid map: a tile of one size for each province, near its place, so that small ones are seen as well as large."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from model.areas import Area, ProvinceList

FILE = Path(__file__).parent / "map" / "tiles.json"
WIDTH, HEIGHT, GAP = 54, 40, 3
"""A tile, and the room between two."""
ISLES = {"hoang-sa": ("Hoàng Sa", "48"), "truong-sa": ("Trường Sa", "56")}
"""The archipelagos, with the code of the province to which each belongs."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tile:
    """One tile: its corner, the code of its province, its name on one or two lines."""

    x: int
    y: int
    code: str
    lines: tuple[str, ...]
    isle: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """The tiles of one list of provinces."""

    width: int
    height: int
    tiles: tuple[Tile, ...]
    """In the order of the ranking, the archipelagos last."""


@cache
def _places() -> dict[str, dict[str, dict[str, list[int]] | list[int]]]:
    """Give column and row of each tile; `map/tiles.json` is drawn by hand."""
    loaded: dict[str, dict[str, dict[str, list[int]] | list[int]]] = json.loads(FILE.read_text("utf-8"))
    return loaded


def grid(wanted: ProvinceList, areas: Iterable[Area]) -> Grid:
    """Lay out the provinces of a list and the archipelagos."""
    placed = dict(_places()[wanted])
    cells: dict[str, list[int]] = placed.pop("provinces")  # type: ignore[assignment]
    tiles = [_tile(cells[area.code], area.code, two_lines(area.name)) for area in areas]
    for key, (name, code) in ISLES.items():
        column, row = placed[key]
        tiles.append(_tile([int(column), int(row)], f"{wanted}:{code}", two_lines(name), isle=True))
    width = max(tile.x for tile in tiles) + WIDTH
    return Grid(width=width, height=max(tile.y for tile in tiles) + HEIGHT, tiles=tuple(tiles))


def _tile(cell: list[int], code: str, lines: tuple[str, ...], *, isle: bool = False) -> Tile:
    return Tile(x=cell[0] * (WIDTH + GAP), y=cell[1] * (HEIGHT + GAP), code=code, lines=lines, isle=isle)


def two_lines(name: str) -> tuple[str, ...]:
    """Break a name so that no line is long: `Lạng | Sơn`, `Hồ Chí | Minh`, `Bà Rịa – | Vũng Tàu`."""
    if " - " in name:
        first, _, second = name.partition(" - ")
        return f"{first} –", second
    words = name.split()
    half = (len(words) + 1) // 2
    return tuple(filter(None, (" ".join(words[:half]), " ".join(words[half:]))))
